//! The opened file and everything made of it.
//! Plain data; how it follows the engine's events is told by the state around it.

use super::background::{Questions, Understanding};
use super::clips::Clips;
use super::sound::Sound;
use super::waveform::Waveform;
use super::writing::{Texts, Writing};
use clip::captions::Dialogue;
use clip::edit::{ClipEdit, ClipId, SpeakerMarks};
use clip::insights::Insights;
use clip::protocol::ExportClip;
use clip::transcript::{Segment, Transcript, WindowSpan};
use media::facts::Facts;
use media::time::{Instant, Span};
use std::collections::BTreeMap;

/// What is known of a file before it is opened: enough to recognise it on another day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileLabel {
    pub name: String,
    pub bytes: u64,
    /// Milliseconds since 1970, as the file system says.
    pub modified_ms: i64,
}

impl FileLabel {
    /// Whether two labels most likely name one file. The time of change is left out: copies and downloads alter it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.bytes == other.bytes
    }
}

/// How far the opened file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Analysis {
    #[default]
    Untouched,
    Running,
    /// Stopped by the person or by a failure; can go on from the last finished window.
    Stopped,
    Done,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct StageSeconds {
    pub open: f64,
    pub transcribe: f64,
    pub select: f64,
    pub export: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SavedClip {
    pub name: String,
    pub bytes: u64,
    /// As it was when it was made; `None` of one that an earlier visit made.
    pub made_of: Option<ExportClip>,
}

/// What all captions of a file show of who speaks: how, and which edition of the insights; 0 where they show nothing.
pub type Marked = (SpeakerMarks, u32);

/// A file and everything made of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OpenFile {
    pub label: FileLabel,
    /// `None` until an engine has opened it.
    pub facts: Option<Facts>,
    /// Whether the engine that runs now has it open.
    pub is_attached: bool,
    pub transcript: Transcript,
    /// Changes whenever the transcript does.
    pub transcript_edition: u32,
    pub waveform: Waveform,
    pub sound: Sound,
    pub clips: Clips,
    pub analysis: Analysis,
    pub understanding: Understanding,
    pub questions: Questions,
    pub writing: Writing,
    pub texts: Texts,
    /// Why there are no clips.
    pub note: Option<String>,
    pub saved: BTreeMap<ClipId, SavedClip>,
    pub seconds: StageSeconds,
}

impl OpenFile {
    /// Windows come in any order and may come twice after a resumption; the later word counts.
    pub(super) fn hear(&mut self, window: WindowSpan, language: String, segments: Vec<Segment>) {
        if self.transcript.language.is_empty() {
            self.transcript.language = language;
        }
        self.transcript.merge_window(window, segments);
        self.transcript_edition = self.transcript_edition.wrapping_add(1);
    }

    /// Whether everything was heard and there are words in it.
    pub fn is_heard(&self) -> bool {
        self.analysis == Analysis::Done && !self.transcript.segments.is_empty()
    }

    /// What was found out beyond the words; empty where nothing was.
    pub fn insights(&self) -> &Insights {
        &self.clips.cut().known.insights
    }

    /// Changes whenever the insights do; also goes back with them.
    pub fn insight_edition(&self) -> u32 {
        self.clips.cut().known.edition
    }

    /// Whether there are people to tell apart.
    pub fn has_speakers(&self) -> bool {
        self.insights().speakers.len() > 1
    }

    /// The file made of a clip, if it still shows what the clip shows now.
    pub fn saved_now(&self, id: ClipId) -> Option<&SavedClip> {
        let (saved, now) = (self.saved.get(&id)?, self.clips.get(id)?);
        let is_same = |made: &ExportClip| made.clip.is_same_film(now) && made.words == self.dialogue(now);
        saved.made_of.as_ref().is_none_or(is_same).then_some(saved)
    }

    /// What the captions of a clip are made of.
    pub fn dialogue(&self, clip: &ClipEdit) -> Dialogue {
        let segments = self.transcript.segments_between(clip.start, clip.end);
        Dialogue::new(segments, self.insights(), self.clips.cut().marks)
    }

    /// Changes whenever all captions do.
    pub fn marked(&self) -> Marked {
        match self.clips.cut().marks {
            SpeakerMarks::Off => (SpeakerMarks::Off, 0),
            marks => (marks, self.insight_edition()),
        }
    }

    pub fn duration(&self) -> Span {
        self.facts.as_ref().map(|facts| facts.duration).unwrap_or_default()
    }

    pub fn has_picture(&self) -> bool {
        self.facts.as_ref().is_some_and(|facts| facts.default_video().is_some())
    }

    /// The last instant that can be sought.
    pub fn end(&self) -> Instant {
        Instant::ZERO + self.duration()
    }
}
