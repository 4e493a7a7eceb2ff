//! The opened file and everything made of it.
//! Plain data; how it follows the engine's events is told by the state around it.

use super::background::{Questions, Understanding};
use super::caption_language::CaptionLanguage;
use super::clips::Clips;
use super::sound::Sound;
use super::texts::{Texts, Writing};
use super::waveform::Waveform;
use clip::captions::Dialogue;
use clip::certainty::begins_unsure;
use clip::edit::{ClipEdit, ClipId, SpeakerMarks};
use clip::insights::Insights;
use clip::protocol::ExportClip;
use clip::tracks::Listening;
use clip::transcript::{Segment, SpeechOptions, Transcript, WindowSpan};
use media::facts::Facts;
use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known of a file before it is opened: enough to recognise it on another day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileLabel {
    pub name: String,
    pub bytes: u64,
    /// Milliseconds since 1970, as the file system says.
    pub modified_ms: i64,
    /// Of its content; `None` where it could not be taken, or was not when the project was made.
    pub fingerprint: Option<String>,
    /// What its project is kept under, where that is not the name: the file was renamed, or another one has this name and size.
    pub kept_as: Option<String>,
}

impl FileLabel {
    /// The name that the project is kept under.
    pub fn project_name(&self) -> &str {
        self.kept_as.as_deref().unwrap_or(&self.name)
    }

    /// Whether two labels belong to one project. The time of change is left out: copies and downloads alter it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.project_name() == other.project_name() && self.bytes == other.bytes
    }

    /// A name for this file's project that is safe as a folder's and the same on another day: its length, and FNV-1a of its own.
    pub fn short(&self) -> String {
        let hash = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        let hash = self.project_name().as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, hash);
        format!("{:x}-{hash:016x}", self.bytes)
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

/// A clip that was exported and lies in the browser's file storage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedClip {
    pub name: String,
    pub bytes: u64,
    /// As it was when it was made; `None` where nobody noted it.
    pub made_of: Option<ExportClip>,
}

/// What words were heard with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeardWith {
    /// The speech model.
    pub model: String,
    pub speech: SpeechOptions,
}

/// The words in English, beside those that were spoken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Translation {
    pub transcript: Transcript,
    pub heard_with: Option<HeardWith>,
}

/// What all captions of a file show of who speaks: how, and which edition of the insights; 0 where they show nothing. And in which
/// language.
pub type Marked = (SpeakerMarks, u32, CaptionLanguage);

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
    /// How the person wants what is spoken to be written down; what holds of it, the model decides.
    pub speech: SpeechOptions,
    /// The person said that what is spoken is what the model knows, however unsure it is.
    pub is_its_language: bool,
    /// `None`: an earlier page heard the words.
    pub heard_with: Option<HeardWith>,
    /// Words that are heard beside those that are there.
    pub draft: Option<Box<OpenFile>>,
    /// Of a draft: it is a translation of the words that are there.
    pub is_translation: bool,
    /// The words in English as well.
    pub translation: Option<Translation>,
    /// Which hearing the words are of, and what belongs to the words of others that a step leads to.
    pub hearing: u32,
    pub earlier: Vec<(u32, OpenFile)>,
    /// Whether it still has to be said that the words are of another hearing.
    pub tells_of_hearing: bool,
    /// Another speech model was chosen since the words were heard, and nobody has said yet whether it shall hear them.
    pub asks_to_hear_again: bool,
    pub sound: Sound,
    pub clips: Clips,
    pub analysis: Analysis,
    pub understanding: Understanding,
    pub questions: Questions,
    pub writing: Writing,
    pub texts: Texts,
    /// Why there are no clips.
    pub note: Option<String>,
    /// Whether the clips were chosen before it was known who speaks and what about.
    pub has_first_picks: bool,
    /// How many better clips were found that are not shown.
    pub better: usize,
    pub saved: BTreeMap<ClipId, SavedClip>,
    pub seconds: StageSeconds,
    /// Whether the browser took its codecs back since something was heard.
    pub lost_its_codecs: bool,
    /// Fields of the kept document that this page does not know. They are kept on.
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

impl OpenFile {
    /// Windows come in any order and may come twice after a resumption; the later word counts.
    pub(super) fn hear(&mut self, window: WindowSpan, language: String, segments: Vec<Segment>) {
        if self.transcript.language.is_empty() {
            self.transcript.language = language;
        }
        self.transcript.merge_window(window, segments);
        self.lost_its_codecs = false;
        self.transcript_edition = self.transcript_edition.wrapping_add(1);
    }

    /// Whether what was heard first sounds like a language that a model of one language does not know.
    pub fn begins_unsure(&self) -> bool {
        !self.is_its_language && begins_unsure(&self.listening().transcript)
    }

    /// Whether all was heard and there was no word in it: also what a model of one language makes of another.
    pub fn is_without_words(&self) -> bool {
        self.analysis == Analysis::Done && !self.transcript.has_words()
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
        let hull = clip.timeline.hull();
        let segments = self.words_in(self.caption_language()).segments_between(hull.start, hull.end);
        Dialogue::new(segments, self.insights(), self.clips.cut().marks)
    }

    /// Changes whenever all captions do.
    pub fn marked(&self) -> Marked {
        let language = self.caption_language();
        match self.clips.cut().marks {
            SpeakerMarks::Off => (SpeakerMarks::Off, 0, language),
            marks => (marks, self.insight_edition(), language),
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

impl OpenFile {
    /// The engine listens to this from now on: words of anything else hold no more.
    pub(super) fn listen(&mut self, listening: Listening, note: Option<String>) {
        if self.sound.listening.is_some_and(|before| before.sound != listening.sound) {
            self.transcript = Transcript::default();
            self.transcript_edition = self.transcript_edition.wrapping_add(1);
        }
        self.sound.listening = Some(listening);
        self.sound.note = note;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_projects_folder_is_the_same_on_another_day_and_another_for_another_file() {
        let label = |name: &str, bytes| FileLabel {
            name: name.into(),
            bytes,
            modified_ms: 7,
            ..FileLabel::default()
        };
        let short = |name: &str, bytes| label(name, bytes).short();
        // FNV-1a of "a", from the test vectors of its authors.
        assert_eq!(short("a", 16), "10-af63dc4c8601ec8c");
        assert_eq!(short("", 0), "0-cbf29ce484222325");
        assert_ne!(short("talk.mp4", 1), short("talk.mp4", 2));
        assert_ne!(short("talk.mp4", 1), short("talk2.mp4", 1));
        let renamed = FileLabel { kept_as: Some("talk.mp4".into()), ..label("final.mp4", 1) };
        assert_eq!(renamed.short(), short("talk.mp4", 1));
    }
}
