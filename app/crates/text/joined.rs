//! The messages of each language as one source, from the files of its folder, without what only translators read. For what makes the
//! crate, and for what puts the languages beside the page.

use std::path::Path;
use std::{fs, io};

pub const LANGUAGES: [&str; 4] = ["en", "de", "es", "ja"];

/// The messages in `folder`, in the order of its files' names.
pub fn messages(folder: &Path) -> io::Result<String> {
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
