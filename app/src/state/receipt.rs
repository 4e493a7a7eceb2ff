//! What deleting takes with it, in numbers: asked with before, and answered with after.
//! Plain data; whoever counts knows where things lie.

use crate::format;
use text::say;

/// Projects and the exported clips that go with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    pub projects: usize,
    pub exports: usize,
    pub bytes: u64,
}

impl Load {
    pub fn add(self, exports: usize, bytes: u64) -> Self {
        Self { projects: self.projects + 1, exports: self.exports + exports, bytes: self.bytes + bytes }
    }

    /// “6 projects, 9 exported clips, 69 MB”.
    pub fn words(&self) -> String {
        let size = format::size(self.bytes);
        match self.exports {
            0 => say!("files-projects", projects = self.projects, size = size),
            clips => {
                say!("files-projects-and-clips", projects = self.projects, clips = clips, size = size)
            }
        }
    }
}

/// Everything that Incut has put into this browser.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Everything {
    pub load: Load,
    pub model_files: usize,
    pub model_bytes: u64,
    pub has_settings: bool,
    /// Names and words that the person typed.
    pub names: usize,
    pub verdicts: usize,
    pub has_pages: bool,
}

/// What was erased, and whether something could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub lines: Vec<String>,
    pub is_whole: bool,
}

impl Everything {
    /// One line for each kind of thing that there is.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = |is_there: bool, words: String| {
            if is_there {
                lines.push(words);
            }
        };
        line(self.load.projects > 0, self.load.words());
        let models = say!("files-models", count = self.model_files, size = format::size(self.model_bytes));
        line(self.model_files > 0, models);
        line(self.has_settings, say!("files-settings"));
        line(self.names > 0, say!("files-names", count = self.names));
        line(self.verdicts > 0, say!("files-taste", count = self.verdicts));
        line(self.has_pages, say!("files-page"));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deleting_is_told_in_numbers() {
        let load = Load::default().add(2, 30_000_000).add(0, 9_000_000).add(7, 30_000_000);
        assert_eq!(load.words(), "3 projects, 9 exported clips, 69.0 MB");
        assert_eq!(Load::default().add(0, 9_000).words(), "1 project, 9 kB");
    }

    #[test]
    fn a_receipt_names_what_there_was_and_nothing_else() {
        assert_eq!(Everything::default().lines(), [""; 0]);
        let all = Everything {
            load: Load::default().add(1, 2_000_000),
            model_files: 4,
            model_bytes: 98_000_000,
            has_settings: true,
            names: 1,
            verdicts: 12,
            has_pages: true,
        };
        assert_eq!(
            all.lines(),
            [
                "1 project, 1 exported clip, 2.0 MB",
                "Models: 4 files, 98.0 MB",
                "Your settings",
                "1 name you typed",
                "What was learned from 12 clips you kept or skipped",
                "The page itself, stored for offline use",
            ]
        );
    }
}
