//! Puts the messages of each language together, one file per language from the files of its folder, without what only translators read.

use std::path::Path;
use std::{env, fs, io};

const LANGUAGES: [&str; 4] = ["en", "de", "es", "ja"];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=locales");
    let out =
        env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo names no folder for what is made"))?;
    for language in LANGUAGES {
        fs::write(
            Path::new(&out).join(format!("{language}.ftl")),
            messages(&Path::new("locales").join(language))?,
        )?;
    }
    Ok(())
}

/// The messages in `folder`, in the order of its files' names.
fn messages(folder: &Path) -> io::Result<String> {
    let mut files = fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect::<io::Result<Vec<_>>>()?;
    files.sort();
    let mut messages = String::new();
    for file in files {
        // Comments of Fluent begin their line.
        for line in
            fs::read_to_string(file)?.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            messages.push_str(line);
            messages.push('\n');
        }
    }
    Ok(messages)
}
