//! A recording and everything that was made of it: what outlives a visit, whoever works on it.
//! Plain data; what runs about it is the page's.

use crate::caption_language::CaptionLanguage;
use crate::history::History;
use crate::identity::FileLabel;
use crate::sound::Sound;
use crate::texts::Texts;
use crate::view::waveform::Waveform;
use clip::captions::CaptionSource;
use clip::edit::{ClipEdit, ClipId, Shape, SpeakerMarks};
use clip::insights::Insights;
use clip::note::Note;
use clip::recording::Recording;
use clip::reframe::FramedShot;
use clip::sight::Sight;
use clip::tracks::Listening;
use clip::transcript::{Segment, SpeechOptions, Transcript, WindowSpan};
use media::facts::Facts;
use media::time::{Instant, Span};
use std::collections::BTreeMap;

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
#[derive(Debug, Clone, PartialEq)]
pub struct SavedClip {
    pub name: String,
    pub bytes: u64,
    /// As it was when it was made; `None` where nobody noted it.
    pub made_of: Option<Exported>,
}

/// What a clip was when it was exported.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    pub clip: ClipEdit,
    pub words: CaptionSource,
    /// File name without a folder.
    pub name: String,
}

/// What words were heard with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardWith {
    /// The speech model.
    pub model: String,
    pub speech: SpeechOptions,
}

/// The words in English, beside those that were spoken.
#[derive(Debug, Clone, PartialEq)]
pub struct Translation {
    pub transcript: Transcript,
    pub heard_with: Option<HeardWith>,
}

/// What all captions of a file show of who speaks: how, and which edition of the insights; 0 where they show nothing. And in which
/// language.
pub type Marked = (SpeakerMarks, u32, CaptionLanguage);

/// A file and everything that was made of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Project {
    pub label: FileLabel,
    /// `None` until an engine has opened it.
    pub facts: Option<Facts>,
    /// What was heard.
    pub recording: Recording,
    pub waveform: Waveform,
    /// How the person wants what is spoken to be written down; what holds of it, the model decides.
    pub speech: SpeechOptions,
    /// The person said that what is spoken is what the model knows, however unsure it is.
    pub is_its_language: bool,
    /// `None`: an earlier page heard the words.
    pub heard_with: Option<HeardWith>,
    /// The words in English as well.
    pub translation: Option<Translation>,
    pub sound: Sound,
    /// What was seen of the picture, and what clips show of each shot of it.
    pub sight: Sight,
    pub framed_shots: Vec<FramedShot>,
    /// The shape of clips that these are framed for.
    pub framed_for: Shape,
    pub clips: History,
    pub analysis: Analysis,
    pub texts: Texts,
    /// Why there are no clips.
    pub notes: Vec<Note>,
    /// Whether the clips were chosen before it was known who speaks and what about.
    pub has_first_picks: bool,
    /// How many better clips were found that are not shown. Not kept: they are found again.
    pub better: usize,
    pub saved: BTreeMap<ClipId, SavedClip>,
    pub seconds: StageSeconds,
    /// Fields of the kept document that this page does not know. They are kept on.
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

impl Project {
    /// Windows come in any order and may come twice after a resumption; the later word counts.
    pub fn hear(&mut self, window: WindowSpan, language: String, segments: Vec<Segment>) {
        self.recording.change(|transcript| {
            if transcript.language.is_empty() {
                transcript.language = language;
            }
            transcript.merge_window(window, segments);
        });
    }

    /// The words that were heard.
    pub fn transcript(&self) -> &Transcript {
        self.recording.transcript()
    }

    /// Whether all was heard and there was no word in it: also what a model of one language makes of another.
    pub fn is_without_words(&self) -> bool {
        self.analysis == Analysis::Done && !self.transcript().has_words()
    }

    /// Whether everything was heard and there are words in it.
    pub fn is_heard(&self) -> bool {
        self.analysis == Analysis::Done && !self.transcript().segments.is_empty()
    }

    /// What was found out beyond the words; empty where nothing was.
    pub fn insights(&self) -> &Insights {
        &self.clips.now().known.insights
    }

    /// Changes whenever the insights do; also goes back with them.
    pub fn insight_edition(&self) -> u32 {
        self.clips.now().known.edition
    }

    /// Whether it was found out who speaks and what about, in the words that are there.
    pub fn is_understood(&self) -> bool {
        self.clips.now().known.is_whole
    }

    /// Whether there are people to tell apart.
    pub fn has_speakers(&self) -> bool {
        self.insights().speakers.len() > 1
    }

    /// The file made of a clip, if it still shows what the clip shows now.
    pub fn saved_now(&self, id: ClipId) -> Option<&SavedClip> {
        let (saved, now) = (self.saved.get(&id)?, self.clips.get(id)?);
        let is_same = |made: &Exported| made.clip.is_same_film(now) && made.words == self.caption_source(now);
        saved.made_of.as_ref().is_none_or(is_same).then_some(saved)
    }

    /// The words in a language; where there is no translation, as they were spoken.
    pub fn words_in(&self, language: CaptionLanguage) -> &Transcript {
        match (language, &self.translation) {
            (CaptionLanguage::English, Some(translation)) => &translation.transcript,
            _ => self.transcript(),
        }
    }

    /// What captions show now.
    pub fn caption_language(&self) -> CaptionLanguage {
        match self.translation {
            Some(_) => self.clips.now().captions_in,
            None => CaptionLanguage::Original,
        }
    }

    /// What the captions of a clip are made of.
    pub fn caption_source(&self, clip: &ClipEdit) -> CaptionSource {
        let hull = clip.timeline.hull();
        let segments = self.words_in(self.caption_language()).segments_between(hull.start, hull.end);
        CaptionSource::new(segments, self.insights(), self.clips.now().marks)
    }

    /// Changes whenever all captions do.
    pub fn marked(&self) -> Marked {
        let language = self.caption_language();
        match self.clips.now().marks {
            SpeakerMarks::Off => (SpeakerMarks::Off, 0, language),
            marks => (marks, self.insight_edition(), language),
        }
    }

    /// How long the medium is; nothing until that is known.
    pub fn duration(&self) -> Span {
        self.facts.as_ref().map(|facts| facts.duration).unwrap_or_default()
    }

    /// Whether there is anything to see.
    pub fn has_picture(&self) -> bool {
        self.facts.as_ref().is_some_and(|facts| facts.default_video().is_some())
    }

    /// The last instant that can be sought.
    pub fn end(&self) -> Instant {
        Instant::ZERO + self.duration()
    }
}

impl Project {
    /// The engine listens to this from now on: words of anything else hold no more.
    pub fn listen(&mut self, listening: Listening, notes: Vec<Note>) {
        if self.sound.listening.is_some_and(|before| before.sound != listening.sound) {
            self.recording = Recording::default().after(&self.recording);
        }
        self.sound.listening = Some(listening);
        self.sound.notes = notes;
    }
}
