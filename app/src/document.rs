//! Between the page's open file and the texts made of it: what is kept between visits, and what a person saves.
//! Knows which parts outlive a visit; refuses to know where the text lies.

use crate::state::background::Understanding;
use crate::state::clips::{Clips, Cut, Known};
use crate::state::loading::Loading;
use crate::state::outline::Outline;
use crate::state::sound::Sound;
use crate::state::steering::Steering;
use crate::state::writing::Texts;
use crate::state::{Analysis, OpenFile, StageSeconds};
use clip::edit::{ClipEdit, ClipId, SpeakerMarks};
use clip::insights::Insights;
use clip::report::{Report, ReportClip, ReportTexts};
use clip::subtitles;
use clip::transcript::Transcript;
use clip::transcript_json::{Making, TranscriptJson};
use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Raised whenever an older page could not read what this one writes.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Document {
    version: u32,
    duration: Span,
    transcript: Transcript,
    clips: Vec<ClipEdit>,
    removed: Vec<ClipId>,
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
    /// `None`: not found out yet.
    #[serde(default)]
    insights: Option<Insights>,
    #[serde(default)]
    texts: Texts,
    /// What the words were heard in.
    #[serde(default)]
    sound: Sound,
}

/// What the list of kept projects says about one.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub duration: Span,
    pub clips: usize,
    /// Up to where the file has been heard.
    pub heard: Instant,
    pub is_done: bool,
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
        done: file.analysis == Analysis::Done,
        note: file.note.clone(),
        seconds: [seconds.open, seconds.transcribe, seconds.select, seconds.export],
        kept: cut.kept.clone(),
        // What was exported stays as it is, also after this visit.
        touched: Some(cut.touched.iter().chain(file.saved.keys()).copied().collect()),
        steering: cut.steering.clone(),
        marks: cut.marks,
        insights: (file.understanding == Understanding::Done).then(|| file.insights().clone()),
        texts: file.texts.that_hold(&file.clips),
        sound: file.sound.clone(),
    })
    .ok()
}

fn read(text: &str) -> Option<Document> {
    let document = serde_json::from_str::<Document>(text).ok()?;
    let is_whole = document.clips.iter().all(|clip| clip.start < clip.end);
    (document.version == VERSION && is_whole).then_some(document)
}

/// Text that cannot be read leaves the file as it is: it is heard anew.
pub fn read_into(text: &str, file: &mut OpenFile) {
    let Some(document) = read(text) else { return };
    file.transcript = document.transcript;
    file.transcript_edition = file.transcript_edition.wrapping_add(1);
    let touched = document.touched.unwrap_or_else(|| document.clips.iter().map(|clip| clip.id).collect());
    file.understanding = match document.insights {
        Some(_) => Understanding::Done,
        None => Understanding::NotYet,
    };
    file.clips = Clips::new(Cut {
        clips: document.clips,
        removed: document.removed,
        kept: document.kept,
        touched,
        steering: document.steering,
        marks: document.marks,
        known: Known {
            edition: u32::from(document.insights.is_some()),
            insights: Arc::new(document.insights.unwrap_or_default()),
        },
    });
    file.texts = document.texts;
    file.analysis = if document.done { Analysis::Done } else { Analysis::Stopped };
    file.note = document.note;
    file.sound = Sound { tracks: std::mem::take(&mut file.sound.tracks), ..document.sound };
    let [_, transcribe, select, export] = document.seconds;
    file.seconds = StageSeconds { open: file.seconds.open, transcribe, select, export };
}

pub fn summary(text: &str) -> Option<Summary> {
    let document = read(text)?;
    Some(Summary {
        duration: document.duration,
        clips: document.clips.len() - document.removed.len().min(document.clips.len()),
        heard: document.transcript.segments.last().map(|segment| segment.end).unwrap_or_default(),
        is_done: document.done,
    })
}

/// What can be saved of a file besides its clips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Srt,
    Vtt,
    Transcript,
    Report,
    /// One line a chapter, as video sites read them.
    Chapters,
    /// Chapters, summary and keywords to read.
    Notes,
}

impl Form {
    pub fn file_name(self, stem: &str) -> String {
        match self {
            Self::Srt => format!("{stem}.srt"),
            Self::Vtt => format!("{stem}.vtt"),
            Self::Transcript => "transcript.json".into(),
            Self::Report => "report.json".into(),
            Self::Chapters => format!("{stem} chapters.txt"),
            Self::Notes => format!("{stem}.md"),
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Srt => "application/x-subrip",
            Self::Vtt => "text/vtt",
            Self::Transcript | Self::Report => "application/json",
            Self::Chapters => "text/plain",
            Self::Notes => "text/markdown",
        }
    }
}

/// The text of a form. `fetched`: what this page asked of the network since the file was opened.
pub fn render(form: Form, file: &OpenFile, loading: &Loading, fetched: &[String]) -> Option<String> {
    let (model, device) = match loading {
        Loading::Ready(ready) => (ready.model.as_str(), ready.device.name()),
        _ => ("", ""),
    };
    match form {
        Form::Srt => Some(subtitles::srt_with_names(&file.transcript, file.insights())),
        Form::Vtt => Some(subtitles::vtt_with_names(&file.transcript, file.insights())),
        Form::Transcript => {
            let making =
                Making { model, device, duration: file.duration(), seconds: file.seconds.transcribe };
            let json = TranscriptJson::new(&file.transcript, &making);
            serde_json::to_string_pretty(&json.with_speakers(&file.transcript, file.insights())).ok()
        }
        Form::Chapters => Some(Outline::of(file).chapter_lines()),
        Form::Notes => Some(Outline::of(file).notes(&file.label.name)),
        Form::Report => serde_json::to_string_pretty(&report(file, model, device, fetched)).ok(),
    }
}

/// Clips that were exported stand under the name they were saved by; the others have none.
fn report(file: &OpenFile, model: &str, device: &str, fetched: &[String]) -> Report {
    let seconds = &file.seconds;
    let clips = file.clips.shown().map(|clip| {
        let texts = file.texts.of(clip).map(ReportTexts::of);
        match file.saved.get(&clip.id) {
            Some(saved) => ReportClip { texts, ..ReportClip::of(clip, &saved.name) },
            None => ReportClip { file: String::new(), texts, ..ReportClip::of(clip, "") },
        }
    });
    Report {
        input: file.label.name.clone(),
        model: model.to_owned(),
        device: device.to_owned(),
        duration_s: file.duration().seconds(),
        stages: Report::stages(seconds.open, seconds.transcribe, seconds.select, seconds.export),
        clips: clips.collect(),
        requests_after_open: fetched.to_vec(),
        peak_memory_mb: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::SavedClip;
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

    fn file() -> OpenFile {
        let mut file = OpenFile { analysis: Analysis::Done, ..OpenFile::default() };
        file.label.name = "talk.mp4".into();
        file.transcript.segments = vec![segment_of(0.0, &["Hello", " there."]), segment_of(4.0, &[" Bye."])];
        file.clips = Clips::new(Cut {
            clips: vec![clip_between(1, 0.0, 20.0), clip_between(2, 30.0, 50.0)],
            removed: vec![ClipId(2)],
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
        let summary = summary(&text).expect("a summary");
        assert_eq!((summary.clips, summary.heard.seconds(), summary.is_done), (1, 4.8, true));
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
        for field in ["kept", "touched", "steering", "marks", "insights", "texts"] {
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
    fn damaged_and_newer_texts_are_not_read() {
        let text = write(&file()).expect("a document");
        let check = |text: &str| {
            let mut file = OpenFile::default();
            read_into(text, &mut file);
            assert_eq!((file, summary(text)), (OpenFile::default(), None), "{text}");
        };
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            check(&text[..end]);
        }
        check("{}");
        check(&text.replace(r#""version":1"#, r#""version":2"#));
        // A clip that ends before it begins.
        check(&text.replace(r#""end":20000000"#, r#""end":-1"#));
    }

    #[test]
    fn every_form_says_what_was_spoken_or_made() {
        let check = |form: Form, expected: &str| {
            let text = render(form, &file(), &Loading::Starting, &[]).expect("a text");
            assert!(text.contains(expected), "{form:?}: {text}");
        };
        check(Form::Srt, "00:00:00,000 --> ");
        check(Form::Vtt, "WEBVTT");
        check(Form::Transcript, r#""text": "Hello there. Bye.""#);
        check(Form::Report, r#""file": "clips/01 Clip 1.mp4""#);
        check(Form::Report, r#""requests_after_open": []"#);
        check(Form::Report, r#""hook": "Ask not.""#);
        check(Form::Chapters, "00:00 ");
        check(Form::Notes, "# talk.mp4\n");
    }
}
