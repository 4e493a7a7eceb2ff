//! The one font of page and captions: Figtree, from the pinned npm package, under the name that both ask for.
//! Refuses to know what is written with it.

use super::{read, write};
use crate::failure::{Failure, Outcome};
use crate::shell::root;
use std::path::Path;

const PACKAGE: &str = "e2e/node_modules/@fontsource-variable/figtree";
/// Latin, all weights in one file.
const FILE: &str = "files/figtree-latin-wght-normal.woff2";

/// Puts the font and its licence (SIL Open Font License 1.1) into `dist/fonts`.
pub fn put(dist: &Path) -> Outcome {
    let (package, folder) = (root().join(PACKAGE), dist.join("fonts"));
    std::fs::create_dir_all(&folder).map_err(Failure::ours("cannot make the folder of the font"))?;
    write(&folder.join("caption.woff2"), read(&package.join(FILE))?)?;
    write(&folder.join("LICENSE.txt"), read(&package.join("LICENSE"))?)
}
