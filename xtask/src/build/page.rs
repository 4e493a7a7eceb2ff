//! The page's half: the Leptos crate's module, its styles as one file, and `index.html`, in which both stand under the names that
//! their content gives them, with the hashes by which a browser knows that they are whole. The icon stands in the page itself.

use super::module::Recipe;
use super::{Effort, clear, compile, content_hash, copy_tree, files_under, read, read_text, write};
use crate::failure::{Failure, Outcome};
use crate::shell::{root, work_dir};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha384};
use std::path::{Path, PathBuf};

const RECIPE: Recipe =
    Recipe { name: "incut-app", has_names: true, has_parts: true, start: "app/bootstrap.js" };
const INDEX: &str = "app/index.html";

/// Where the page's styles lie, as `index.html` names them for this build and for Trunk, in the order in which they count.
const STYLES: (&str, &str) = ("<link data-trunk rel=\"css\" href=\"", "\">");
/// Stands in `index.html` where the module belongs. Trunk is told that it need not build it, and leaves it with a number of its own.
const MODULE: (&str, &str) = ("<link data-trunk rel=\"rust\" href=\"Cargo.toml\" data-trunk-skip", ">");

/// The script that runs before the module, as `index.html` names it: no script runs whose hash does not stand beside its name.
const FIRST_SCRIPT: (&str, &str) = ("<script src=\"/boot.js\"", "public/boot.js");
/// Browsers fetch a page's icon again whenever they like, also beside an open file; one that stands in the page they need not.
const ICON: (&str, &str) = ("<link rel=\"icon\" href=\"/icons/favicon.svg\"", "public/icons/favicon.svg");

/// Compiles the page's crate; the folder with its module and what starts it.
pub fn module(effort: Effort) -> Outcome<PathBuf> {
    RECIPE.finish(&compile::page(effort)?, effort)
}

/// Builds the page; the folder it filled.
pub fn build(effort: Effort) -> Outcome<PathBuf> {
    let finished = module(effort)?;
    let folder = folder();
    clear(&folder)?;
    copy_tree(&finished, &folder)?;
    let index = read_text(&root().join(INDEX))?;
    let (index, name, styles) = with_one_style(&index, |file| read_text(&root().join("app").join(file)))?;
    write(&folder.join(name), styles)?;
    let index = with_module(&index, &finished)?;
    let index = with_first_script(&index, &read(&root().join(FIRST_SCRIPT.1))?)?;
    let index = with_icon(&index, &read(&root().join(ICON.1))?)?;
    write(&folder.join("index.html"), index)?;
    Ok(folder)
}

/// The folder as the last build left it.
pub fn last_built() -> Outcome<PathBuf> {
    let folder = folder();
    if folder.join("index.html").is_file() {
        Ok(folder)
    } else {
        Err(Failure::Usage("The page was never built here; leave out --engine-only.".to_owned()))
    }
}

fn folder() -> PathBuf {
    work_dir().join("page")
}

/// `index` with one link to all the styles that it names, that file's name, and they one after the other as `read` finds them.
fn with_one_style(
    index: &str,
    mut read: impl FnMut(&str) -> Outcome<String>,
) -> Outcome<(String, String, String)> {
    let mut pieces = index.split(STYLES.0);
    let mut page = pieces.next().unwrap_or_default().to_owned();
    let mut styles = String::new();
    let place = page.len();
    for piece in pieces {
        let Some((file, rest)) = piece.split_once(STYLES.1) else {
            return Err(Failure::Ours(format!("{INDEX} has a style without an end")));
        };
        styles += &read(file)?;
        page += rest.trim_start();
    }
    if styles.is_empty() {
        return Err(Failure::Ours(format!("{INDEX} names no style")));
    }
    let name = format!("page-{}.css", content_hash(&[styles.as_bytes()]));
    let link = format!(
        "<link rel=\"stylesheet\" href=\"/{name}\" integrity=\"{}\">\n    ",
        integrity(styles.as_bytes())
    );
    page.insert_str(place, &link);
    Ok((page, name, styles))
}

/// `index` with what starts the module that lies in `finished`.
pub fn with_module(index: &str, finished: &Path) -> Outcome<String> {
    let mut scripts = Vec::new();
    for (name, path) in files_under(finished)? {
        if name.ends_with(".js") && !name.contains('/') {
            scripts.push((format!("/{name}"), read(&path)?));
        }
    }
    let [(script, bytes)] = scripts.as_slice() else {
        return Err(Failure::Ours("the page must have one script".to_owned()));
    };
    with_script(index, script, bytes)
}

/// `index` with the module's script, and a word to the browser that it and its wasm will be wanted.
fn with_script(index: &str, script: &str, bytes: &[u8]) -> Outcome<String> {
    let parts = index.split_once(MODULE.0);
    let parts = parts.and_then(|(before, rest)| Some((before, rest.split_once(MODULE.1)?.1)));
    let (Some(stem), Some((before, behind))) = (script.strip_suffix(".js"), parts) else {
        return Err(Failure::Ours(format!("{INDEX} has no `{}`", MODULE.0)));
    };
    let tags = format!(
        "<link rel=\"preload\" href=\"{stem}_bg.wasm\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n    \
         <script type=\"module\" src=\"{script}\" integrity=\"{}\"></script>",
        integrity(bytes)
    );
    Ok(format!("{before}{tags}{behind}"))
}

fn with_first_script(index: &str, bytes: &[u8]) -> Outcome<String> {
    let tag = FIRST_SCRIPT.0;
    replaced(index, tag, &format!("{tag} crossorigin integrity=\"{}\"", integrity(bytes)))
}

fn with_icon(index: &str, svg: &[u8]) -> Outcome<String> {
    let link = format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{}\"", BASE64.encode(svg));
    replaced(index, ICON.0, &link)
}

fn replaced(index: &str, old: &str, new: &str) -> Outcome<String> {
    if index.contains(old) {
        Ok(index.replace(old, new))
    } else {
        Err(Failure::Ours(format!("{INDEX} has no `{old}`")))
    }
}

/// What a browser compares a file with before it uses it.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_become_one_in_their_order() {
        let index = "<head>\n    <link data-trunk rel=\"css\" href=\"style/a.css\">\n    \
                     <link data-trunk rel=\"css\" href=\"style/b.css\">\n    <meta>";
        let (page, name, styles) = with_one_style(index, |file| Ok(format!("/*{file}*/"))).unwrap();
        assert_eq!(styles, "/*style/a.css*//*style/b.css*/");
        assert!(name.starts_with("page-") && name.ends_with(".css"), "{name}");
        let link = format!("<link rel=\"stylesheet\" href=\"/{name}\" integrity=\"sha384-");
        assert!(
            page.starts_with(&format!("<head>\n    {link}")) && page.ends_with("\">\n    <meta>"),
            "{page}"
        );
        assert!(with_one_style("<head>", |_| Ok(String::new())).is_err());
    }

    #[test]
    fn the_script_is_named_and_known_by_its_hash() {
        // As Trunk leaves it.
        let index = format!("<meta>{} data-trunk-id=\"11\"><meta>", MODULE.0);
        let page = with_script(&index, "/incut-app-00ff.js", b"alert('Hello, world.');").unwrap();
        assert!(
            page.starts_with("<meta><link rel=\"preload\"") && page.ends_with("</script><meta>"),
            "{page}"
        );
        assert!(page.contains("href=\"/incut-app-00ff_bg.wasm\""), "{page}");
        // The example of the specification, https://www.w3.org/TR/SRI/.
        assert!(
            page.contains("sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"),
            "{page}"
        );
        assert!(with_script("<head>", "/incut-app-00ff.js", b"").is_err());
        let page =
            with_first_script("<script src=\"/boot.js\"></script>", b"alert('Hello, world.');").unwrap();
        assert!(
            page.starts_with("<script src=\"/boot.js\" crossorigin integrity=\"sha384-H8BRh8j4"),
            "{page}"
        );
        assert!(with_first_script("<head>", b"").is_err());
    }

    #[test]
    fn the_icon_is_not_fetched() {
        let page =
            with_icon("<link rel=\"icon\" href=\"/icons/favicon.svg\" type=\"image/svg+xml\">", b"<svg/>")
                .unwrap();
        assert_eq!(
            page,
            "<link rel=\"icon\" href=\"data:image/svg+xml;base64,PHN2Zy8+\" type=\"image/svg+xml\">"
        );
    }
}
