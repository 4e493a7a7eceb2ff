//! A project as it lies on disk, in the newest form: types of its own, so that another name in the rest of the house changes nothing that
//! is stored. What a name in here is, is what stands in the file; whoever changes one makes a new version.

mod clip;
pub(crate) mod evidence;
mod exported;
mod failure;
mod insights;
mod notes;
mod sight;
mod sound;
mod texts;
mod words;

pub use clip::{StoredCaptionLanguage, StoredClip, StoredMarks, StoredShape};
pub use evidence::StoredSteering;
pub use exported::StoredSaved;
pub use insights::StoredInsights;
pub use notes::StoredNotes;
pub use sight::StoredSight;
pub use sound::StoredSound;
pub use texts::StoredTexts;
pub use words::{StoredHeardWith, StoredSpeech, StoredTranscript, StoredTranslation};

use crate::history::History;
use crate::project::{Analysis, HeardWith, Project, SavedClip, StageSeconds, Translation};
use crate::snapshot::{RevisedInsights, Snapshot};
use ::clip::edit::{ClipEdit, ClipId};
use ::clip::note::Note;
use ::clip::order;
use ::clip::recording::{Heard, Recording};
use ::clip::transcript::{SpeechOptions, WordId};
use media::time::Span;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a page may leave out that knows more than this one has a neutral value.
#[derive(Serialize, Deserialize)]
pub struct StoredProject {
    pub version: u32,
    pub duration: i64,
    pub transcript: StoredTranscript,
    pub clips: Vec<StoredClip>,
    pub removed: Vec<u32>,
    /// What was put aside, and what fills its place.
    #[serde(default)]
    pub fillers: Vec<(u32, u32)>,
    pub done: bool,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Open, transcribe, select, export.
    pub seconds: [f64; 4],
    #[serde(default)]
    pub kept: BTreeSet<u32>,
    /// Early pages did not say which clips a person touched, nor what follows as an option here: [`Self::completed`] does.
    #[serde(default)]
    pub touched: Option<BTreeSet<u32>>,
    #[serde(default)]
    pub steering: StoredSteering,
    /// Of all clips.
    #[serde(default, skip_serializing_if = "StoredShape::is_upright")]
    pub shape: StoredShape,
    #[serde(default)]
    pub marks: StoredMarks,
    #[serde(default)]
    pub captions_in: StoredCaptionLanguage,
    #[serde(default)]
    pub translation: Option<StoredTranslation>,
    /// `None`: not found out yet.
    #[serde(default)]
    pub insights: Option<StoredInsights>,
    /// Whether a person said who speaks.
    #[serde(default)]
    pub told: Option<bool>,
    /// Clips that a person gave a title.
    #[serde(default)]
    pub titled: Option<BTreeSet<u32>>,
    /// Clips that were chosen before it was known who speaks and what about.
    #[serde(default)]
    pub first_picks: bool,
    /// The person said that the words are in the model's own language.
    #[serde(default)]
    pub its_language: bool,
    /// How the person wants speech written down. An earlier page kept that for all files alike.
    #[serde(default)]
    pub speech: Option<StoredSpeech>,
    #[serde(default)]
    pub heard_with: Option<StoredHeardWith>,
    #[serde(default)]
    pub texts: StoredTexts,
    /// What the words were heard in.
    #[serde(default)]
    pub sound: StoredSound,
    /// What was seen of the picture.
    #[serde(default, skip_serializing_if = "StoredSight::is_empty")]
    pub sight: StoredSight,
    /// Words that a person corrected, by their number: what was heard there and how surely.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heard: Vec<(u32, String, f32)>,
    /// Clips that were exported and lie in the browser's file storage.
    #[serde(default)]
    pub finished: Vec<(u32, StoredSaved)>,
    /// What a page with more fields has put here: whoever reads the document puts it in.
    #[serde(flatten, skip_deserializing)]
    pub rest: serde_json::Map<String, serde_json::Value>,
}

/// What was read: a project with neutral values where nothing is kept, and what of the document is not in it.
pub struct Kept {
    pub project: Project,
    pub duration: Span,
    /// `None`: an earlier page kept that for all files alike.
    pub speech: Option<SpeechOptions>,
}

fn numbers<'a>(ids: impl IntoIterator<Item = &'a ClipId>) -> BTreeSet<u32> {
    order::gathered(ids.into_iter().map(|id| id.0))
}

fn ids(numbers: BTreeSet<u32>) -> BTreeSet<ClipId> {
    order::gathered(numbers.into_iter().map(ClipId))
}

/// What was heard, by word.
fn heard_by_word(heard: &BTreeMap<WordId, Heard>) -> Vec<(u32, String, f32)> {
    heard.iter().map(|(id, heard)| (id.0, heard.text.clone(), heard.confidence)).collect()
}

impl StoredProject {
    /// As it is written under a version's number.
    pub fn of(project: &Project, version: u32) -> Self {
        let now = project.clips.now();
        let StageSeconds { open, transcribe, select, export } = project.seconds;
        let StoredNotes { note, notes } = project.notes.clone().into();
        Self {
            version,
            duration: project.duration().micros(),
            transcript: project.transcript().into(),
            clips: now.clips.iter().map(StoredClip::from).collect(),
            removed: now.removed.iter().map(|id| id.0).collect(),
            fillers: now.fillers.iter().map(|(skipped, filler)| (skipped.0, filler.0)).collect(),
            done: project.analysis == Analysis::Done,
            note,
            notes,
            seconds: [open, transcribe, select, export],
            kept: numbers(&now.kept),
            // What was exported stays as it is, also after this visit.
            touched: Some(numbers(now.touched.iter().chain(&now.looked_at).chain(project.saved.keys()))),
            steering: (&now.preferences).into(),
            shape: now.shape.into(),
            marks: now.marks.into(),
            captions_in: now.captions_in.into(),
            translation: project.translation.as_ref().map(StoredTranslation::from),
            // Names that a person gave are kept also before voices were looked for once more.
            insights: (now.known.is_whole || now.known.is_told)
                .then(|| StoredInsights::of(project.insights(), &project.recording)),
            told: Some(now.known.is_told),
            titled: Some(numbers(&now.titled)),
            first_picks: project.has_first_picks,
            its_language: project.is_its_language,
            speech: Some((&project.speech).into()),
            heard_with: project.heard_with.as_ref().map(StoredHeardWith::from),
            texts: (&project.texts.that_hold(&project.clips)).into(),
            sound: (&project.sound).into(),
            sight: (&project.sight).into(),
            heard: heard_by_word(project.recording.heard()),
            finished: project.saved.iter().map(|(id, saved)| (id.0, saved.into())).collect(),
            rest: project.unknown.clone(),
        }
    }
}

impl StoredProject {
    /// With what the first pages left unsaid: any of their clips may have been touched, any touched one titled; and as nobody else gives
    /// any but numbers, a name tells that a person gave it.
    pub fn completed(mut self) -> Self {
        let all = || self.clips.iter().map(StoredClip::id).collect();
        let touched = self.touched.take().unwrap_or_else(all);
        self.titled = Some(self.titled.take().unwrap_or_else(|| touched.clone()));
        self.touched = Some(touched);
        let is_named = || self.insights.as_ref().is_some_and(StoredInsights::has_given_names);
        self.told = Some(self.told.unwrap_or_else(is_named));
        self
    }
}

impl TryFrom<StoredProject> for Kept {
    type Error = &'static str;

    /// Fails where a clip plays nothing.
    fn try_from(stored: StoredProject) -> Result<Self, Self::Error> {
        let clips: Result<Vec<ClipEdit>, _> = stored.clips.into_iter().map(ClipEdit::try_from).collect();
        let saved =
            stored.finished.into_iter().map(|(id, saved)| Ok((ClipId(id), SavedClip::try_from(saved)?)));
        let saved: Result<Vec<_>, Self::Error> = saved.collect();
        // Of words that were heard once more only who speaks is known yet.
        let is_told = stored.told.unwrap_or_default();
        let is_whole = stored.insights.as_ref().is_some_and(|insights| !is_told || insights.knows_topics());
        let heard =
            stored.heard.into_iter().map(|(id, text, confidence)| (WordId(id), Heard { text, confidence }));
        let heard = order::gathered(heard);
        let recording = Recording::spelled(stored.transcript.into(), heard);
        let spelling = recording.spelling();
        let known = RevisedInsights {
            edition: u32::from(stored.insights.is_some()),
            insights: Arc::new(stored.insights.map(|of| of.insights(&recording)).unwrap_or_default()),
            is_told,
            is_whole,
        };
        let shape = stored.shape.into();
        let snapshot = Snapshot {
            clips: clips?.into_iter().map(|clip| ClipEdit { shape, ..clip }).collect(),
            removed: stored.removed.into_iter().map(ClipId).collect(),
            fillers: order::gathered(
                stored.fillers.into_iter().map(|(skipped, filler)| (ClipId(skipped), ClipId(filler))),
            ),
            kept: ids(stored.kept),
            touched: ids(stored.touched.unwrap_or_default()),
            looked_at: BTreeSet::new(),
            preferences: stored.steering.into(),
            shape,
            marks: stored.marks.into(),
            captions_in: stored.captions_in.into(),
            known,
            titled: ids(stored.titled.unwrap_or_default()),
            spelling,
            hearing: 0,
        };
        let [_, transcribe, select, export] = stored.seconds;
        let project = Project {
            recording,
            is_its_language: stored.its_language,
            heard_with: stored.heard_with.map(HeardWith::from),
            translation: stored.translation.map(Translation::from),
            sound: stored.sound.into(),
            sight: stored.sight.into(),
            clips: History::new(snapshot),
            analysis: if stored.done { Analysis::Done } else { Analysis::Stopped },
            texts: stored.texts.into(),
            notes: StoredNotes { note: stored.note, notes: stored.notes }.into(),
            has_first_picks: stored.first_picks,
            saved: order::gathered(saved?),
            seconds: StageSeconds { open: 0.0, transcribe, select, export },
            unknown: stored.rest,
            ..Project::default()
        };
        let speech = stored.speech.map(SpeechOptions::from);
        Ok(Self { project, duration: Span::from_micros(stored.duration), speech })
    }
}
