//! Between the page's open file and the texts made of it: what is kept between visits, and what a person saves.
//! Knows which parts outlive a visit; refuses to know where the text lies.

use crate::state::clips::{Clips, Cut};
use crate::state::loading::Loading;
use crate::state::{Analysis, OpenFile, StageSeconds};
use clip::edit::{ClipEdit, ClipId};
use clip::report::{Report, ReportClip};
use clip::subtitles;
use clip::transcript::Transcript;
use clip::transcript_json::{Making, TranscriptJson};
use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};

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
    })
    .ok()
}

fn read(text: &str) -> Option<Document> {
    serde_json::from_str::<Document>(text).ok().filter(|document| document.version == VERSION)
}

/// Text that cannot be read leaves the file as it is: it is heard anew.
pub fn read_into(text: &str, file: &mut OpenFile) {
    let Some(document) = read(text) else { return };
    file.transcript = document.transcript;
    file.transcript_edition = file.transcript_edition.wrapping_add(1);
    file.clips = Clips::new(Cut { clips: document.clips, removed: document.removed });
    file.analysis = if document.done { Analysis::Done } else { Analysis::Stopped };
    file.note = document.note;
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
}

impl Form {
    pub fn file_name(self, stem: &str) -> String {
        match self {
            Self::Srt => format!("{stem}.srt"),
            Self::Vtt => format!("{stem}.vtt"),
            Self::Transcript => "transcript.json".into(),
            Self::Report => "report.json".into(),
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Srt => "application/x-subrip",
            Self::Vtt => "text/vtt",
            Self::Transcript | Self::Report => "application/json",
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
        Form::Srt => Some(subtitles::srt(&file.transcript)),
        Form::Vtt => Some(subtitles::vtt(&file.transcript)),
        Form::Transcript => {
            let making =
                Making { model, device, duration: file.duration(), seconds: file.seconds.transcribe };
            serde_json::to_string_pretty(&TranscriptJson::new(&file.transcript, &making)).ok()
        }
        Form::Report => serde_json::to_string_pretty(&report(file, model, device, fetched)).ok(),
    }
}

/// Clips that were exported stand under the name they were saved by; the others have none.
fn report(file: &OpenFile, model: &str, device: &str, fetched: &[String]) -> Report {
    let seconds = &file.seconds;
    let clips = file.clips.shown().map(|clip| match file.saved.get(&clip.id) {
        Some(saved) => ReportClip::of(clip, &saved.name),
        None => ReportClip { file: String::new(), ..ReportClip::of(clip, "") },
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
    use crate::state::tests::{clip_between, segment_of};

    fn file() -> OpenFile {
        let mut file = OpenFile { analysis: Analysis::Done, ..OpenFile::default() };
        file.label.name = "talk.mp4".into();
        file.transcript.segments = vec![segment_of(0.0, &["Hello", " there."]), segment_of(4.0, &[" Bye."])];
        file.clips = Clips::new(Cut {
            clips: vec![clip_between(1, 0.0, 20.0), clip_between(2, 30.0, 50.0)],
            removed: vec![ClipId(2)],
        });
        file.saved.insert(ClipId(1), SavedClip { name: "01 Clip 1.mp4".into(), bytes: 7 });
        file
    }

    #[test]
    fn what_is_kept_comes_back() {
        let before = file();
        let text = write(&before).expect("a document");
        let mut after = OpenFile { label: before.label.clone(), ..OpenFile::default() };
        read_into(&text, &mut after);
        assert_eq!((&after.transcript, after.clips.cut()), (&before.transcript, before.clips.cut()));
        assert_eq!(after.analysis, Analysis::Done);
        let summary = summary(&text).expect("a summary");
        assert_eq!((summary.clips, summary.heard.seconds(), summary.is_done), (1, 4.8, true));
    }

    #[test]
    fn damaged_and_newer_texts_are_not_read() {
        let text = write(&file()).expect("a document");
        let newer = text.replace(r#""version":1"#, r#""version":2"#);
        for text in ["", "{}", &text[..text.len() / 2], newer.as_str()] {
            let mut file = OpenFile::default();
            read_into(text, &mut file);
            assert_eq!((file, summary(text)), (OpenFile::default(), None), "{text}");
        }
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
    }
}
