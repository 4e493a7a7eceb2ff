//! The text that is kept of a file between visits, in all its versions: what outlives a visit, and what is never lost on the way.
//! Knows which parts outlive a visit; refuses to know where the text lies.

use crate::state::HeardWith;
use crate::state::Translation;
use crate::state::background::Understanding;
use crate::state::caption_language::CaptionLanguage;
use crate::state::clips::{Clips, Cut, Known};
use crate::state::sound::Sound;
use crate::state::steering::Steering;
use crate::state::texts::Texts;
use crate::state::{Analysis, OpenFile, SavedClip, StageSeconds};
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
const VERSION: u32 = 1;

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
    steering: Steering,
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

/// The text that is kept of a file.
pub fn write(file: &OpenFile) -> Option<String> {
    let cut = file.clips.cut();
    let seconds = &file.seconds;
    serde_json::to_string(&Document {
        version: VERSION,
        duration: file.duration(),
        transcript: file.transcript.clone(),
        clips: cut.clips.clone(),
        removed: cut.removed.clone(),
        fillers: cut.fillers.iter().map(|(skipped, filler)| (*skipped, *filler)).collect(),
        done: file.analysis == Analysis::Done,
        note: file.note.clone(),
        seconds: [seconds.open, seconds.transcribe, seconds.select, seconds.export],
        kept: cut.kept.clone(),
        // What was exported stays as it is, also after this visit.
        touched: Some(cut.touched.iter().chain(&cut.looked_at).chain(file.saved.keys()).copied().collect()),
        steering: cut.steering.clone(),
        marks: cut.marks,
        captions_in: cut.captions_in,
        translation: file.translation.clone(),
        // Names that a person gave are kept also before voices were looked for once more.
        insights: (file.understanding == Understanding::Done || cut.known.is_told)
            .then(|| file.insights().clone()),
        told: Some(cut.known.is_told),
        titled: Some(cut.titled.clone()),
        first_picks: file.has_first_picks,
        its_language: file.is_its_language,
        speech: Some(file.speech.clone()),
        heard_with: file.heard_with.clone(),
        texts: file.texts.that_hold(&file.clips),
        sound: file.sound.clone(),
        finished: file.saved.iter().map(|(id, saved)| (*id, saved.clone())).collect(),
        rest: file.unknown.clone(),
    })
    .ok()
}

fn read(text: &str) -> (Reading, Option<Document>) {
    let document = serde_json::from_str::<Document>(text).ok();
    match document {
        Some(document) if document.version == VERSION => (Reading::Whole, Some(document)),
        Some(document) if document.version > VERSION => (Reading::Newer, Some(document)),
        _ => (Reading::Unreadable, None),
    }
}

/// Text that cannot be read leaves the file as it is.
pub fn read_into(text: &str, file: &mut OpenFile) -> Reading {
    let (reading, document) = read(text);
    let Some(document) = document else { return reading };
    file.transcript = document.transcript;
    file.transcript_edition = file.transcript_edition.wrapping_add(1);
    let touched = document.touched.unwrap_or_else(|| document.clips.iter().map(|clip| clip.id).collect());
    let titled = document.titled.unwrap_or_else(|| touched.clone());
    let has_names = |insights: &Insights| {
        let numbered = |(number, speaker): (usize, &Speaker)| speaker.name == Speaker::numbered(number).name;
        !insights.speakers.iter().enumerate().all(numbered)
    };
    let is_told = document.told.unwrap_or_else(|| document.insights.as_ref().is_some_and(has_names));
    file.understanding = match &document.insights {
        // Of words that were heard once more only who speaks is known yet.
        Some(insights) if !(is_told && insights.shifts.is_empty()) => Understanding::Done,
        _ => Understanding::NotYet,
    };
    file.clips = Clips::new(Cut {
        clips: document.clips,
        removed: document.removed,
        fillers: document.fillers.into_iter().collect(),
        kept: document.kept,
        touched,
        looked_at: BTreeSet::new(),
        steering: document.steering,
        marks: document.marks,
        captions_in: document.captions_in,
        known: Known {
            edition: u32::from(document.insights.is_some()),
            insights: Arc::new(document.insights.unwrap_or_default()),
            is_told,
        },
        titled,
        hearing: 0,
    });
    (file.hearing, file.draft) = (0, None);
    file.earlier.clear();
    (file.better, file.has_first_picks) = (0, document.first_picks);
    file.is_its_language = document.its_language;
    file.speech = document.speech.unwrap_or_else(|| std::mem::take(&mut file.speech));
    file.heard_with = document.heard_with;
    file.translation = document.translation;
    file.texts = document.texts;
    file.analysis = if document.done { Analysis::Done } else { Analysis::Stopped };
    file.note = document.note;
    file.sound = Sound { tracks: std::mem::take(&mut file.sound.tracks), ..document.sound };
    file.saved = document.finished.into_iter().collect();
    file.unknown = document.rest;
    let [_, transcribe, select, export] = document.seconds;
    file.seconds = StageSeconds { open: file.seconds.open, transcribe, select, export };
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
pub mod tests {
    use super::*;
    use crate::state::clips::Drag;
    use crate::state::tests::{clip_between, segment_of};
    use clip::writing::Written;

    /// In the form in which they are kept; edges in microseconds.
    fn texts(of: &[(ClipId, i64, i64)]) -> Texts {
        let hook = "Ask not.".to_owned();
        let written = Written { hook, hashtags: vec!["#ask".into()], ..Written::default() };
        let text = |(clip, start, end): &(ClipId, i64, i64)| {
            let place = serde_json::json!({ "clip": clip, "start": start, "end": end });
            serde_json::json!({ "place": place, "written": written })
        };
        serde_json::from_value(of.iter().map(text).collect()).expect("texts")
    }

    pub fn file() -> OpenFile {
        let mut file = OpenFile { analysis: Analysis::Done, ..OpenFile::default() };
        file.label.name = "talk.mp4".into();
        file.transcript.segments = vec![segment_of(0.0, &["Hello", " there."]), segment_of(4.0, &[" Bye."])];
        file.clips = Clips::new(Cut {
            clips: vec![clip_between(1, 0.0, 20.0), clip_between(2, 30.0, 50.0)],
            removed: vec![ClipId(2)],
            fillers: [(ClipId(2), ClipId(1))].into(),
            kept: BTreeSet::from([ClipId(1)]),
            ..Cut::default()
        });
        file.clips.steer(Drag::Single, |steering| steering.weights.hook = 0.5);
        file.clips.settle();
        file.clips.mark_speakers(SpeakerMarks::Names);
        file.texts = texts(&[(ClipId(1), 0, 20_000_000)]);
        file.saved.insert(ClipId(1), SavedClip { name: "01 Clip 1.mp4".into(), bytes: 7, made_of: None });
        file
    }

    #[test]
    fn what_is_kept_comes_back() {
        let before = file();
        let text = write(&before).expect("a document");
        let mut after = OpenFile { label: before.label.clone(), ..OpenFile::default() };
        read_into(&text, &mut after);
        assert_eq!(after.transcript, before.transcript);
        // What was exported stays, as if it had been touched.
        let expected = Cut { touched: BTreeSet::from([ClipId(1)]), ..before.clips.cut().clone() };
        assert_eq!(after.clips.cut(), &expected);
        assert_eq!(after.understanding, Understanding::NotYet);
        assert_eq!(after.texts, before.texts);
        assert_eq!(after.analysis, Analysis::Done);
        assert_eq!(after.saved, before.saved);
        let (reading, summary) = summary(&text);
        let summary = summary.expect("a summary");
        assert_eq!(reading, Reading::Whole);
        assert_eq!((summary.clips, summary.heard.seconds(), summary.is_done), (1, 4.8, true));
        let finished = Finished { id: ClipId(1), name: "01 Clip 1.mp4".into(), bytes: 7 };
        assert_eq!(summary.finished, [finished]);
    }

    #[test]
    fn texts_of_clips_that_are_cut_otherwise_are_not_kept() {
        let check = |before: &[(ClipId, i64, i64)], kept: &[(ClipId, i64, i64)]| {
            let file = OpenFile { texts: texts(before), ..file() };
            let mut after = OpenFile::default();
            read_into(&write(&file).expect("a document"), &mut after);
            assert_eq!(after.texts, texts(kept));
        };
        let whole = (ClipId(1), 0, 20_000_000);
        check(&[whole, (ClipId(2), 30_000_000, 49_000_000), (ClipId(9), 0, 20_000_000)], &[whole]);
        check(&[], &[]);
    }

    #[test]
    fn what_was_found_out_comes_back_with_its_names() {
        let mut before = file();
        let speakers = (0..2).map(clip::insights::Speaker::numbered).collect();
        before.clips.learn(Insights { speakers, shifts: vec![1.0, 0.25, 1.0], ..Insights::default() });
        before.clips.change_insights(|insights| insights.rename(1, "Anna"));
        before.understanding = Understanding::Done;
        let mut after = OpenFile::default();
        read_into(&write(&before).expect("a document"), &mut after);
        assert_eq!((after.insights(), &after.understanding), (before.insights(), &Understanding::Done));
        assert_eq!(after.insights().name(1), Some("Anna"));
        assert!(after.insight_edition() > 0);
    }

    #[test]
    fn a_document_of_an_earlier_page_is_read_and_its_clips_are_left_alone() {
        let text = write(&file()).expect("a document");
        let mut old: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        for field in ["fillers", "kept", "touched", "steering", "marks", "insights", "texts"] {
            old.as_object_mut().expect("an object").remove(field);
        }
        let mut after = OpenFile::default();
        read_into(&old.to_string(), &mut after);
        let cut = after.clips.cut();
        assert_eq!((cut.clips.len(), cut.touched.len(), cut.kept.len()), (2, 2, 0));
        assert_eq!((&cut.steering, &after.understanding), (&Steering::default(), &Understanding::NotYet));
        assert_eq!(cut.marks, SpeakerMarks::Off);
    }

    #[test]
    fn damaged_texts_are_not_read_and_not_taken_for_nothing() {
        let text = write(&file()).expect("a document");
        let check = |text: &str| {
            let mut file = OpenFile::default();
            assert_eq!(read_into(text, &mut file), Reading::Unreadable, "{text}");
            assert_eq!(file, OpenFile::default());
            assert_eq!(summary(text), (Reading::Unreadable, None));
        };
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            check(&text[..end]);
        }
        check("{}");
        check(&text.replace(r#""version":1"#, r#""version":0"#));
        // So new that its transcript has another form.
        check(&text.replace(r#""version":1"#, r#""version":9"#).replace(r#""segments":["#, r#""lines":["#));
        // A clip that ends before it begins.
        check(&text.replace(r#""end":20000000"#, r#""end":-1"#));
    }

    #[test]
    fn a_newer_text_is_shown_and_known_as_newer() {
        let text = write(&file()).expect("a document").replace(r#""version":1"#, r#""version":2"#);
        let mut after = OpenFile::default();
        assert_eq!(read_into(&text, &mut after), Reading::Newer);
        assert_eq!(after.transcript, file().transcript);
        assert_eq!(summary(&text).0, Reading::Newer);
    }

    #[test]
    fn fields_of_a_page_that_knows_more_are_carried_along() {
        let text = write(&file()).expect("a document");
        let mut more: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        more["stars"] = serde_json::json!({ "1": [5, "loved"] });
        let mut after = OpenFile::default();
        assert_eq!(read_into(&more.to_string(), &mut after), Reading::Whole);
        after.clips.toggle_kept(ClipId(1));
        let written: serde_json::Value =
            serde_json::from_str(&write(&after).expect("a document")).expect("JSON");
        assert_eq!(written["stars"], more["stars"]);
        assert_ne!(written["kept"], more["kept"]);
    }
}
