//! Puts the messages of each language together, one file per language.

mod joined;

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=joined.rs");
    let out =
        env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo names no folder for what is made"))?;
    for language in joined::LANGUAGES {
        fs::write(
            Path::new(&out).join(format!("{language}.ftl")),
            joined::messages(&Path::new("locales").join(language))?,
        )?;
    }
    Ok(())
}
