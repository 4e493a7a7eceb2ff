//! A project that waits for its file, and a file that is not the one that was waited for.

use project::identity::FileLabel;

/// A project that could go on if its file were chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    pub label: FileLabel,
    pub how: Expecting,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expecting {
    /// The page proposes it after a reload; any other file is as welcome.
    Offered,
    /// The person wants to go on with it, so another file is a mistake to ask about.
    Wanted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    pub expected: FileLabel,
    pub chosen: FileLabel,
}
