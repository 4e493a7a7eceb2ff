//! The text that is kept of a file between visits, in all its versions: what outlives a visit, and what is never lost on the way.
//! Knows which parts outlive a visit; refuses to know where the text lies.

use crate::caption_language::CaptionLanguage;
use crate::cut::has_cuts;
use crate::history::History;
use crate::preferences::Preferences;
use crate::project::{Analysis, HeardWith, Project, SavedClip, StageSeconds, Translation};
use crate::snapshot::{RevisedInsights, Snapshot};
use crate::sound::Sound;
use crate::texts::Texts;
use clip::edit::{ClipEdit, ClipId, SpeakerMarks};
use clip::insights::{Insights, Speaker};
use clip::transcript::SpeechOptions;
use clip::transcript::Transcript;
use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Raised whenever an older page could not read what this one writes, or would drop a part of it: only whole fields of the document
/// that a page does not know are carried along by it.
const VERSION: u32 = 2;
/// What any page reads that knows no clips of several ranges: written wherever there are none. Such a page would play what is cut out,
/// and drop the cuts when it writes.
const VERSION_OF_SINGLE_RANGES: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Document {
    version: u32,
    duration: Span,
    transcript: Transcript,
    clips: Vec<ClipEdit>,
    removed: Vec<ClipId>,
    /// What was put aside, and what fills its place.
    #[serde(default)]
    fillers: Vec<(ClipId, ClipId)>,
    done: bool,
    note: Option<String>,
    /// Open, transcribe, select, export.
    seconds: [f64; 4],
    #[serde(default)]
    kept: BTreeSet<ClipId>,
    /// An earlier page did not say which: then all of them may be.
    #[serde(default)]
    touched: Option<BTreeSet<ClipId>>,
    #[serde(default)]
    steering: Preferences,
    #[serde(default)]
    marks: SpeakerMarks,
    #[serde(default)]
    captions_in: CaptionLanguage,
    #[serde(default)]
    translation: Option<Translation>,
    /// `None`: not found out yet.
    #[serde(default)]
    insights: Option<Insights>,
    /// Whether a person said who speaks. An earlier page did not say so: then a name tells.
    #[serde(default)]
    told: Option<bool>,
    /// Clips that a person gave a title. An earlier page did not say which: then those that were touched.
    #[serde(default)]
    titled: Option<BTreeSet<ClipId>>,
    /// Clips that were chosen before it was known who speaks and what about.
    #[serde(default)]
    first_picks: bool,
    /// The person said that the words are in the model's own language.
    #[serde(default)]
    its_language: bool,
    /// How the person wants speech written down. An earlier page kept that for all files alike.
    #[serde(default)]
    speech: Option<SpeechOptions>,
    #[serde(default)]
    heard_with: Option<HeardWith>,
    #[serde(default)]
    texts: Texts,
    /// What the words were heard in.
    #[serde(default)]
    sound: Sound,
    /// Clips that were exported and lie in the browser's file storage.
    #[serde(default)]
    finished: Vec<(ClipId, SavedClip)>,
    /// What a page with more fields has put here.
    #[serde(flatten)]
    rest: serde_json::Map<String, serde_json::Value>,
}

/// How far a kept text can be read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Whole,
    /// A newer page made it, and what is known here of it could be read. To be shown and never written over.
    Newer,
    /// Damaged, or so new that nothing in it is known. To be left as it is.
    Unreadable,
}

/// What the list of kept projects says about one.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub duration: Span,
    pub clips: usize,
    /// Up to where the file has been heard.
    pub heard: Instant,
    pub is_done: bool,
    /// Exported clips that lie in the browser's file storage.
    pub finished: Vec<Finished>,
}

/// An exported clip, as the list of kept projects tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    pub id: ClipId,
    pub name: String,
    pub bytes: u64,
}

/// The text that is kept of a project.
pub fn write(project: &Project) -> Option<String> {
    let now = project.clips.now();
    let seconds = &project.seconds;
    serde_json::to_string(&Document {
        version: version_of(project),
        duration: project.duration(),
        transcript: project.transcript.clone(),
        clips: now.clips.clone(),
        removed: now.removed.clone(),
        fillers: now.fillers.iter().map(|(skipped, filler)| (*skipped, *filler)).collect(),
        done: project.analysis == Analysis::Done,
        note: project.note.clone(),
        seconds: [seconds.open, seconds.transcribe, seconds.select, seconds.export],
        kept: now.kept.clone(),
        // What was exported stays as it is, also after this visit.
        touched: Some(
            now.touched.iter().chain(&now.looked_at).chain(project.saved.keys()).copied().collect(),
        ),
        steering: now.preferences.clone(),
        marks: now.marks,
        captions_in: now.captions_in,
        translation: project.translation.clone(),
        // Names that a person gave are kept also before voices were looked for once more.
        insights: (now.known.is_whole || now.known.is_told).then(|| project.insights().clone()),
        told: Some(now.known.is_told),
        titled: Some(now.titled.clone()),
        first_picks: project.has_first_picks,
        its_language: project.is_its_language,
        speech: Some(project.speech.clone()),
        heard_with: project.heard_with.clone(),
        texts: project.texts.that_hold(&project.clips),
        sound: project.sound.clone(),
        finished: project.saved.iter().map(|(id, saved)| (*id, saved.clone())).collect(),
        rest: project.unknown.clone(),
    })
    .ok()
}

fn version_of(project: &Project) -> u32 {
    // An exported clip is kept as it was then.
    let exported = project.saved.values().filter_map(|saved| saved.made_of.as_ref()).map(|made| &made.clip);
    let has_cuts = project.clips.now().clips.iter().chain(exported).any(has_cuts);
    if has_cuts { VERSION } else { VERSION_OF_SINGLE_RANGES }
}

fn read(text: &str) -> (Reading, Option<Document>) {
    let document = serde_json::from_str::<Document>(text).ok();
    match document {
        Some(document) if (VERSION_OF_SINGLE_RANGES..=VERSION).contains(&document.version) => {
            (Reading::Whole, Some(document))
        }
        Some(document) if document.version > VERSION => (Reading::Newer, Some(document)),
        _ => (Reading::Unreadable, None),
    }
}

/// Text that cannot be read leaves the file as it is.
pub fn read_into(text: &str, project: &mut Project) -> Reading {
    let (reading, document) = read(text);
    let Some(document) = document else { return reading };
    project.transcript = document.transcript;
    project.transcript_edition = project.transcript_edition.wrapping_add(1);
    let touched = document.touched.unwrap_or_else(|| document.clips.iter().map(|clip| clip.id).collect());
    let titled = document.titled.unwrap_or_else(|| touched.clone());
    let has_names = |insights: &Insights| {
        let numbered = |(number, speaker): (usize, &Speaker)| speaker.name == Speaker::numbered(number).name;
        !insights.speakers.iter().enumerate().all(numbered)
    };
    let is_told = document.told.unwrap_or_else(|| document.insights.as_ref().is_some_and(has_names));
    let is_whole = match &document.insights {
        // Of words that were heard once more only who speaks is known yet.
        Some(insights) => !(is_told && insights.shifts.is_empty()),
        None => false,
    };
    project.clips = History::new(Snapshot {
        clips: document.clips,
        removed: document.removed,
        fillers: document.fillers.into_iter().collect(),
        kept: document.kept,
        touched,
        looked_at: BTreeSet::new(),
        preferences: document.steering,
        marks: document.marks,
        captions_in: document.captions_in,
        known: RevisedInsights {
            edition: u32::from(document.insights.is_some()),
            insights: Arc::new(document.insights.unwrap_or_default()),
            is_told,
            is_whole,
        },
        titled,
        hearing: 0,
    });
    (project.better, project.has_first_picks) = (0, document.first_picks);
    project.is_its_language = document.its_language;
    project.speech = document.speech.unwrap_or_else(|| std::mem::take(&mut project.speech));
    project.heard_with = document.heard_with;
    project.translation = document.translation;
    project.texts = document.texts;
    project.analysis = if document.done { Analysis::Done } else { Analysis::Stopped };
    project.note = document.note;
    project.sound = Sound { tracks: std::mem::take(&mut project.sound.tracks), ..document.sound };
    project.saved = document.finished.into_iter().collect();
    project.unknown = document.rest;
    let [_, transcribe, select, export] = document.seconds;
    project.seconds = StageSeconds { open: project.seconds.open, transcribe, select, export };
    reading
}

/// `None` where it cannot be read.
pub fn summary(text: &str) -> (Reading, Option<Summary>) {
    let (reading, document) = read(text);
    let summary = document.map(|document| Summary {
        duration: document.duration,
        clips: document.clips.len() - document.removed.len().min(document.clips.len()),
        heard: document.transcript.segments.last().map(|segment| segment.end).unwrap_or_default(),
        is_done: document.done,
        finished: document
            .finished
            .into_iter()
            .map(|(id, saved)| Finished { id, name: saved.name, bytes: saved.bytes })
            .collect(),
    });
    (reading, summary)
}

#[cfg(test)]
mod tests;
