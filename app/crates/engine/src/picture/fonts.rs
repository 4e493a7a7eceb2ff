//! Fonts for the scripts that the caption font has no letters of. They are fetched with a model of many languages and kept
//! beside it, so that nothing is fetched once a file is open; of each, the parts with the letters of a clip are loaded.

use crate::web::failure::from_js;
use crate::web::js;
use crate::web::net;
use crate::web::opfs::{self, OpfsFile};
use clip::captions::CaptionSource;
use clip::failure::{Doing, Failure};
use clip::protocol::FONTS as FOLDER;
use models::weights::FileEntry;
use serde::Deserialize;
use std::cell::RefCell;
use std::collections::BTreeSet;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::FontFace;

/// Written by the build: which files there are. Part of the page itself, so it is there without a network too.
const LIST: &str = "/fonts/scripts.json";
/// Where the files are on the server, and in OPFS.
const ADDRESS: &str = "/fonts/scripts";

/// One family, as the build packs it: the length of `Slices` as JSON in four bytes (little-endian), that, then the slices
/// one after the other, each a whole WOFF2 file.
struct Family {
    /// As the canvas asks for it.
    name: String,
    slices: Vec<Slice>,
    bytes: Vec<u8>,
}

#[derive(Deserialize)]
struct Slice {
    /// As CSS writes it.
    range: String,
    /// First and last letters, ordered.
    letters: Vec<(u32, u32)>,
    /// Where it lies behind the list.
    at: usize,
    bytes: usize,
    #[serde(skip)]
    is_loaded: bool,
}

#[derive(Default)]
struct Fonts {
    files: Vec<FileEntry>,
    families: Vec<Family>,
    /// Names of those that hold letters, in the order in which a letter is looked for.
    stack: Vec<String>,
}

thread_local! {
    static FONTS: RefCell<Fonts> = RefCell::default();
}

/// The families that hold letters for what was loaded last, as the canvas reads them; empty, or ending in a comma.
pub fn stack() -> String {
    FONTS.with_borrow(|fonts| fonts.stack.iter().map(|name| format!("\"{name}\", ")).collect())
}

/// Fetches what is not stored. Without them captions use the system's fonts: no reason to stop.
pub async fn ensure() {
    match fetch_missing().await {
        Ok(files) => FONTS.with_borrow_mut(|fonts| fonts.files = files),
        Err(failure) => log::warn!("captions use the system's fonts: {failure}"),
    }
}

async fn fetch_missing() -> Result<Vec<FileEntry>, Failure> {
    let list = fetched(LIST).await?;
    let files: Vec<FileEntry> = serde_json::from_slice(&list).map_err(Failure::internal)?;
    let folder = opfs::folder(FOLDER).await?;
    for file in &files {
        if opfs::existing(&folder, &file.name).await.is_some_and(|stored| stored.size() == file.bytes as f64)
        {
            continue;
        }
        let bytes = fetched(&format!("{ADDRESS}/{}", file.name)).await?;
        file.check(&bytes).map_err(Failure::internal)?;
        let stored = OpfsFile::create(&folder, &file.name).await?;
        stored.write(0, &bytes).map_err(|error| from_js(Doing::StoreFonts, &error))?;
        stored.flush().map_err(|error| from_js(Doing::StoreFonts, &error))?;
    }
    Ok(files)
}

async fn fetched(path: &str) -> Result<Vec<u8>, Failure> {
    net::get(path, None).await.map_err(Failure::internal)
}

/// Loads the parts that hold the letters of a clip's captions, from what is stored.
pub async fn load_for(said: &CaptionSource) {
    let words = said.segments.iter().flat_map(|segment| &segment.words);
    let names: Vec<String> = said.speaking.speakers.iter().map(|speaker| speaker.name.to_string()).collect();
    let letters: BTreeSet<char> = words
        .map(|word| word.text.as_str())
        .chain(names.iter().map(String::as_str))
        .flat_map(str::chars)
        .filter(|c| needs_font(*c))
        .collect();
    if letters.is_empty() {
        return;
    }
    if let Err(failure) = load(&letters).await {
        log::warn!("captions use the system's fonts: {failure}");
    }
}

/// Whether the caption font may lack the letter: it has those of Western Europe.
fn needs_font(c: char) -> bool {
    !c.is_whitespace() && u32::from(c) > 0xff && !('\u{2000}'..'\u{2070}').contains(&c)
}

async fn load(letters: &BTreeSet<char>) -> Result<(), Failure> {
    let mut files = FONTS.with_borrow(|fonts| fonts.files.clone());
    files.sort_by_key(|file| (rank(&file.name, letters), file.name.clone()));
    let mut stack = Vec::new();
    let mut left = letters.clone();
    for file in &files {
        if left.is_empty() {
            break;
        }
        let name = file.name.split('.').next().unwrap_or(&file.name).to_owned();
        let is_open = FONTS.with_borrow(|fonts| fonts.families.iter().any(|family| family.name == name));
        if !is_open {
            let family = open(file, name.clone()).await?;
            FONTS.with_borrow_mut(|fonts| fonts.families.push(family));
        }
        let mut holds = false;
        for (range, bytes) in wanted(&name, &mut left, &mut holds) {
            add(&name, &range, &bytes).await.map_err(|error| from_js(Doing::ReadFont, &error))?;
        }
        if holds {
            stack.push(name);
        }
    }
    FONTS.with_borrow_mut(|fonts| {
        // Another clip may be in the making whose letters are in these.
        stack.extend(fonts.stack.drain(..).filter(|name| !stack.contains(name)).collect::<Vec<_>>());
        fonts.stack = stack;
    });
    Ok(())
}

/// Ideographs look different in Japan, Korea and China: what else is written says which are meant.
fn rank(file: &str, letters: &BTreeSet<char>) -> u8 {
    let has = |from: char, to: char| letters.range(from..=to).next().is_some();
    let wanted = if has('\u{3041}', '\u{30ff}') {
        "noto-sans-jp"
    } else if has('\u{ac00}', '\u{d7a3}') {
        "noto-sans-kr"
    } else {
        "noto-sans-sc"
    };
    let is_large = ["noto-sans-jp", "noto-sans-kr", "noto-sans-sc"].iter().any(|name| file.starts_with(name));
    match (is_large, file.starts_with(wanted)) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => 2,
    }
}

async fn open(file: &FileEntry, name: String) -> Result<Family, Failure> {
    let damaged = || Failure::internal(format!("the stored font {} is damaged", file.name));
    let folder = opfs::folder(FOLDER).await?;
    let stored = opfs::existing(&folder, &file.name).await.ok_or_else(damaged)?;
    let mut bytes = opfs::read_all(&stored)?;
    if file.check(&bytes).is_err() {
        opfs::remove(&folder, &file.name).await;
        return Err(damaged());
    }
    let length: [u8; 4] = bytes.get(..4).and_then(|head| head.try_into().ok()).ok_or_else(damaged)?;
    let end = 4 + u32::from_le_bytes(length) as usize;
    let slices = bytes.get(4..end).and_then(|list| serde_json::from_slice(list).ok()).ok_or_else(damaged)?;
    bytes.drain(..end);
    Ok(Family { name, slices, bytes })
}

/// The slices of a family with letters that are still looked for, those that are not loaded yet; `left` loses what they hold.
fn wanted(name: &str, left: &mut BTreeSet<char>, holds: &mut bool) -> Vec<(String, Vec<u8>)> {
    FONTS.with_borrow_mut(|fonts| {
        let Some(family) = fonts.families.iter_mut().find(|family| family.name == name) else {
            return Vec::new();
        };
        let mut wanted = Vec::new();
        for slice in &mut family.slices {
            let before = left.len();
            left.retain(|c| {
                !slice.letters.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(*c)))
            });
            if left.len() == before {
                continue;
            }
            *holds = true;
            if !std::mem::replace(&mut slice.is_loaded, true)
                && let Some(bytes) = family.bytes.get(slice.at..slice.at + slice.bytes)
            {
                wanted.push((slice.range.clone(), bytes.to_vec()));
            }
        }
        wanted
    })
}

async fn add(name: &str, range: &str, bytes: &[u8]) -> Result<(), JsValue> {
    install(name, bytes, |face| {
        face.set_weight("100 900");
        face.set_unicode_range(range);
    })
    .await
}

/// Lets canvases use a font file; `describe` says what it is for.
pub async fn install(family: &str, bytes: &[u8], describe: impl FnOnce(&FontFace)) -> Result<(), JsValue> {
    let buffer = js_sys::Uint8Array::from(bytes).buffer();
    let face = FontFace::new_with_array_buffer(family, &buffer)?;
    describe(&face);
    js::settle(face.load()?.unchecked_into()).await?;
    let fonts = js::get(&js::scope(), "fonts");
    let add: js_sys::Function = js::get(&fonts, "add").dyn_into()?;
    add.call1(&fonts, &face).map(drop)
}
