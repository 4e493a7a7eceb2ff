//! The opened file: the project that is made of it, and what runs about it now.
//! Plain data; how it follows the engine's events is told by the state around it.

use super::jobs::Outcome;
use super::questions::Questions;
use clip::certainty::begins_unsure;
use clip::failure::FailureClass;
use clip::timeline::SourceRange;
use clip::transcript::{Segment, WindowSpan};
use project::document::{self, Reading};
use project::project::Project;
use std::ops::{Deref, DerefMut};

/// A project that is open here. Whatever can be asked of the project can be asked of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OpenFile {
    pub project: Project,
    /// Whether the engine that runs now has it open.
    pub is_attached: bool,
    /// Words that are heard beside those that are there.
    pub draft: Option<Box<OpenFile>>,
    /// Of a draft: it is a translation of the words that are there.
    pub is_translation: bool,
    /// Which hearing the words are of, and what belongs to the words of others that a step leads to.
    pub hearing: u32,
    pub earlier: Vec<(u32, OpenFile)>,
    /// Whether it still has to be said that the words are of another hearing.
    pub tells_of_hearing: bool,
    /// Another speech model was chosen since the words were heard, and nobody has said yet whether it shall hear them.
    pub asks_to_hear_again: bool,
    /// What became of finding out more about it.
    pub understanding: Outcome,
    pub questions: Questions,
    /// What became of looking at its picture.
    pub watching: Outcome,
    /// Parts that could not be looked at.
    pub cannot_be_seen: Vec<SourceRange>,
    /// What became of the texts that were asked for last.
    pub writing: Outcome,
    /// Whether the browser took its codecs back since something was heard.
    pub lost_its_codecs: bool,
}

impl Deref for OpenFile {
    type Target = Project;

    fn deref(&self) -> &Project {
        &self.project
    }
}

impl DerefMut for OpenFile {
    fn deref_mut(&mut self) -> &mut Project {
        &mut self.project
    }
}

impl From<Project> for OpenFile {
    fn from(project: Project) -> Self {
        Self { project, ..Self::default() }
    }
}

impl OpenFile {
    /// Windows come in any order and may come twice after a resumption; the later word counts.
    pub(super) fn hear(&mut self, window: WindowSpan, language: String, segments: Vec<Segment>) {
        self.project.hear(window, language, segments);
        self.lost_its_codecs = false;
    }

    /// Whether what was heard first sounds like a language that a model of one language does not know.
    pub fn begins_unsure(&self) -> bool {
        !self.is_its_language && begins_unsure(self.listening().transcript())
    }

    /// Whether nothing here finds faces, in whatever part.
    pub fn finds_no_faces(&self) -> bool {
        matches!(&self.watching, Outcome::Failed(failure) if failure.class() == FailureClass::Model)
    }

    /// What was kept of it on another day. Where nothing was, or it cannot be read, everything stays as it is.
    pub fn restore(&mut self, text: Option<&str>) -> Reading {
        let reading = document::read_into(text, &mut self.project);
        if matches!(reading, Reading::Whole | Reading::Newer) {
            let is_understood = self.is_understood();
            self.understanding = if is_understood { Outcome::Done } else { Outcome::NotYet };
            (self.hearing, self.draft) = (0, None);
            self.earlier.clear();
        }
        reading
    }
}
