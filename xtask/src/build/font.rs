//! The fonts of page and captions, from pinned npm packages: Figtree under the name that both ask for, and Noto for the scripts
//! that it lacks, each family packed into one file.

use super::{content_hash, read, write};
use crate::failure::{Failure, Outcome};
use crate::shell::root;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

const PACKAGES: &str = "e2e/node_modules/@fontsource-variable";
/// Latin, all weights in one file.
const FILE: &str = "figtree-latin-wght-normal.woff2";

/// Packages of scripts, and which of their parts are packed; none named: those that are numbered. All scripts that the speech models write.
const SCRIPTS: &[(&str, &[&str])] = &[
    (
        "noto-sans",
        &["cyrillic", "cyrillic-ext", "greek", "greek-ext", "latin-ext", "vietnamese", "devanagari"],
    ),
    ("noto-sans-arabic", &["arabic"]),
    ("noto-sans-armenian", &["armenian"]),
    ("noto-sans-bengali", &["bengali"]),
    ("noto-sans-ethiopic", &["ethiopic"]),
    ("noto-sans-georgian", &["georgian"]),
    ("noto-sans-gujarati", &["gujarati"]),
    ("noto-sans-gurmukhi", &["gurmukhi"]),
    ("noto-sans-hebrew", &["hebrew"]),
    ("noto-sans-kannada", &["kannada"]),
    ("noto-sans-khmer", &["khmer"]),
    ("noto-sans-lao", &["lao"]),
    ("noto-sans-malayalam", &["malayalam"]),
    ("noto-sans-myanmar", &["myanmar"]),
    ("noto-sans-sinhala", &["sinhala"]),
    ("noto-sans-tamil", &["tamil"]),
    ("noto-sans-telugu", &["telugu"]),
    ("noto-sans-thai", &["thai"]),
    ("noto-serif-tibetan", &["tibetan"]),
    ("noto-sans-jp", &[]),
    ("noto-sans-kr", &[]),
    ("noto-sans-sc", &[]),
];

/// As the engine reads it.
#[derive(Serialize)]
struct Slice {
    range: String,
    letters: Vec<(u32, u32)>,
    at: usize,
    bytes: usize,
}

#[derive(Serialize)]
struct Packed {
    name: String,
    bytes: usize,
    sha256: String,
}

/// Puts the fonts and their licenses (SIL Open Font License 1.1) into `dist/fonts`.
pub fn put(dist: &Path) -> Outcome {
    let (packages, folder) = (root().join(PACKAGES), dist.join("fonts"));
    let scripts = folder.join("scripts");
    std::fs::create_dir_all(&scripts).map_err(Failure::ours("cannot make the folder of the fonts"))?;
    write(&folder.join("caption.woff2"), read(&packages.join("figtree/files").join(FILE))?)?;
    let mut licences = read(&packages.join("figtree/LICENSE"))?;
    let mut list = Vec::new();
    for &(name, parts) in SCRIPTS {
        let package = packages.join(name);
        let ranges = read(&package.join("unicode.json"))?;
        let ranges: BTreeMap<String, String> =
            serde_json::from_slice(&ranges).map_err(Failure::ours("cannot read which letters a font has"))?;
        let is_wanted =
            |part: &str| if parts.is_empty() { part.starts_with('[') } else { parts.contains(&part) };
        let mut slices = Vec::new();
        for (part, range) in ranges.into_iter().filter(|(part, _)| is_wanted(part)) {
            let file = format!("files/{name}-{}-wght-normal.woff2", part.trim_matches(['[', ']']));
            slices.push((range, read(&package.join(file))?));
        }
        let bytes = packed(slices)?;
        let file = format!("{name}.{}.pack", content_hash(&[&bytes]));
        let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        list.push(Packed { name: file.clone(), bytes: bytes.len(), sha256 });
        write(&scripts.join(file), bytes)?;
        licences.extend_from_slice(format!("\n\n{name}\n\n").as_bytes());
        licences.append(&mut read(&package.join("LICENSE"))?);
    }
    let list = serde_json::to_vec(&list).map_err(Failure::ours("cannot write the list of fonts"))?;
    write(&folder.join("scripts.json"), list)?;
    write(&folder.join("LICENSE.txt"), licences)
}

/// The length of the list in four bytes, the list, the slices.
fn packed(slices: Vec<(String, Vec<u8>)>) -> Outcome<Vec<u8>> {
    let (mut list, mut body) = (Vec::new(), Vec::new());
    for (range, mut bytes) in slices {
        let letters =
            letters(&range).ok_or_else(|| Failure::Ours(format!("{range} is no range of letters")))?;
        list.push(Slice { range, letters, at: body.len(), bytes: bytes.len() });
        body.append(&mut bytes);
    }
    let list = serde_json::to_vec(&list).map_err(Failure::ours("cannot write the list of slices"))?;
    let length = u32::try_from(list.len()).map_err(Failure::ours("a font has too many slices"))?;
    Ok([length.to_le_bytes().as_slice(), &list, &body].concat())
}

/// What CSS writes as `U+30-3F,U+4E00`.
fn letters(range: &str) -> Option<Vec<(u32, u32)>> {
    let one = |part: &str| {
        let part = part.trim().strip_prefix("U+").or(part.trim().strip_prefix("u+"))?;
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        Some((u32::from_str_radix(first, 16).ok()?, u32::from_str_radix(last, 16).ok()?))
    };
    range.split(',').map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_letters_are_read() {
        assert_eq!(letters("U+30-3F,U+4E00"), Some(vec![(0x30, 0x3f), (0x4e00, 0x4e00)]));
        assert_eq!(letters("u+3?"), None);
    }

    #[test]
    fn slices_lie_one_after_the_other() {
        let bytes = packed(vec![("U+41".into(), vec![1, 2]), ("U+42".into(), vec![3])]).unwrap();
        let length = u32::from_le_bytes(bytes[..4].try_into().unwrap()) as usize;
        let list: serde_json::Value = serde_json::from_slice(&bytes[4..4 + length]).unwrap();
        assert_eq!(list[1]["at"], 2);
        assert_eq!(list[1]["letters"], serde_json::json!([[66, 66]]));
        assert_eq!(bytes[4 + length..], [1, 2, 3]);
    }
}
