//! What a person saves of a file besides its clips: subtitles, transcript, report, chapters, notes.
//! Knows their forms and names; not how they are saved.

use crate::state::loading::Loading;
use clip::subtitles;
use media::time::Instant;
use project::caption_language::{CaptionLanguage, ENGLISH};
use project::export::outline::Outline;
use project::export::report::{Report, ReportClip, ReportTexts};
use project::export::timecode;
use project::export::transcript_json::{TranscriptInfo, TranscriptJson};
use project::project::Project;
use std::fmt::Write;
use text::say;

/// One of them.
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
    /// `language`: of a transcript that needs it in its name, see [`language_in_names`].
    pub fn file_name(self, stem: &str, language: Option<&str>) -> String {
        let dotted = language.map(|code| format!(".{code}")).unwrap_or_default();
        match self {
            Self::Srt => format!("{stem}{dotted}.srt"),
            Self::Vtt => format!("{stem}{dotted}.vtt"),
            Self::Transcript => format!("transcript{dotted}.json"),
            Self::Report => "report.json".into(),
            Self::Chapters => say!("files-chapters-name", name = stem) + ".txt",
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

/// The language that has to stand in the names of files with words: of a translation, and of what is not English, so that one of them
/// does not take the place of the other.
pub fn language_in_names(project: &Project, language: CaptionLanguage) -> Option<&str> {
    if language == CaptionLanguage::English && project.translation.is_some() {
        return Some(ENGLISH);
    }
    let is_translation = project.heard_with.as_ref().is_some_and(|heard| heard.speech.translate);
    let code = project.transcript().language.as_str();
    (!code.is_empty() && (is_translation || code != "en")).then_some(code)
}

/// The text of a form, its words in a language. `fetched`: what this page asked of the network since the file was opened.
pub fn render(
    form: Form,
    project: &Project,
    language: CaptionLanguage,
    loading: &Loading,
    fetched: &[String],
) -> Option<String> {
    let words = project.words_in(language);
    let who = || project.insights().worded(text::speaker);
    let (model, device) = match loading {
        Loading::Ready(ready) => (ready.model.as_str(), ready.device.name()),
        _ => ("", ""),
    };
    match form {
        Form::Srt => Some(subtitles::srt_with_names(words, &who())),
        Form::Vtt => Some(subtitles::vtt_with_names(words, &who())),
        Form::Transcript => {
            let info = TranscriptInfo {
                model,
                device,
                duration: project.duration(),
                seconds: project.seconds.transcribe,
            };
            let json = TranscriptJson::new(words, &info);
            serde_json::to_string_pretty(&json.with_speakers(words, &who())).ok()
        }
        Form::Chapters => Some(Outline::of(project).chapter_lines()),
        Form::Notes => Some(notes(&Outline::of(project), &project.label.name)),
        Form::Report => serde_json::to_string_pretty(&report(project, model, device, fetched)).ok(),
    }
}

/// Key points, chapters and topics of the file `name` in one text to read, in Markdown.
fn notes(outline: &Outline, name: &str) -> String {
    let mut text = format!("# {name}\n");
    let mut part = |heading: String, body: String| {
        if !body.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\n## {heading}\n\n{body}");
        }
    };
    let line = |start: Instant, words: &str| format!("- {} {words}\n", timecode::stamp(start));
    part(
        say!("outline-key-points"),
        outline.summary.iter().map(|said| line(said.start, &said.text)).collect(),
    );
    part(say!("outline-chapters"), outline.chapters.iter().map(|one| line(one.start, &one.title)).collect());
    let topics = outline.keywords.join(&say!("common-comma"));
    part(say!("outline-topics"), if topics.is_empty() { topics } else { topics + "\n" });
    text
}

/// Clips that were exported stand under the name they were saved by; the others have none.
fn report(project: &Project, model: &str, device: &str, fetched: &[String]) -> Report {
    let seconds = &project.seconds;
    let clips = project.clips.shown().map(|clip| {
        let texts = project.texts.of(clip).map(ReportTexts::of);
        // Programs read it: it is in English, whatever the page speaks.
        let reason = text::in_english(|| text::reasons::reasons(&clip.reasons));
        match project.saved.get(&clip.id) {
            Some(saved) => ReportClip { texts, ..ReportClip::of(clip, &saved.name, reason) },
            None => ReportClip { file: String::new(), texts, ..ReportClip::of(clip, "", reason) },
        }
    });
    Report {
        input: project.label.name.clone(),
        model: model.to_owned(),
        device: device.to_owned(),
        duration_s: project.duration().seconds(),
        stages: Report::stages(seconds.open, seconds.transcribe, seconds.select, seconds.export),
        clips: clips.collect(),
        requests_after_open: fetched.to_vec(),
        peak_memory_mb: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clip::transcript::SpeechOptions;
    use project::export::outline::{Chapter, Said};
    use project::fixtures::project;
    use project::project::HeardWith;
    use project::project::Translation;
    use text::Language;

    #[test]
    fn a_translation_and_its_original_have_names_of_their_own() {
        let check = |language: &str, translate: bool, expected: [&str; 3]| {
            let mut project = project();
            project.recording.change(|transcript| transcript.language = language.into());
            let speech = SpeechOptions { translate, ..SpeechOptions::default() };
            project.heard_with = Some(HeardWith { model: "base".into(), speech });
            let names = [Form::Srt, Form::Transcript, Form::Report];
            assert_eq!(
                names.map(
                    |form| form.file_name("talk", language_in_names(&project, CaptionLanguage::Original))
                ),
                expected
            );
        };
        check("es", false, ["talk.es.srt", "transcript.es.json", "report.json"]);
        check("en", true, ["talk.en.srt", "transcript.en.json", "report.json"]);
        check("en", false, ["talk.srt", "transcript.json", "report.json"]);
        check("", false, ["talk.srt", "transcript.json", "report.json"]);
    }

    #[test]
    fn words_in_two_languages_are_two_files() {
        let mut project = project();
        project.recording.change(|transcript| transcript.language = "es".into());
        let mut transcript = project.transcript().clone();
        transcript.segments.truncate(1);
        transcript.language = "en".into();
        project.translation = Some(Translation { transcript, heard_with: None });
        let check = |language: CaptionLanguage, name: &str, lines: usize| {
            assert_eq!(Form::Srt.file_name("talk", language_in_names(&project, language)), name);
            let text = render(Form::Srt, &project, language, &Loading::Starting, &[]).expect("a text");
            assert_eq!(text.matches("-->").count(), lines, "{text}");
        };
        check(CaptionLanguage::Original, "talk.es.srt", 2);
        check(CaptionLanguage::English, "talk.en.srt", 1);
    }

    #[test]
    fn notes_have_only_what_there_is() {
        let check = |outline: &Outline, expected: &str| assert_eq!(notes(outline, "talk.mp4"), expected);
        check(&Outline::default(), "# talk.mp4\n");
        let at = Instant::from_seconds;
        let chapter = |start: f64, title: &str| Chapter { start: at(start), title: title.into() };
        let outline = Outline {
            chapters: vec![chapter(0.0, "The sea"), chapter(61.5, "Bread")],
            summary: vec![Said { start: at(8.0), text: "The sea took the village.".into() }],
            keywords: vec!["sea".into(), "bread".into()],
        };
        check(
            &outline,
            "# talk.mp4\n\n## Key points\n\n- 00:08 The sea took the village.\n\n## Chapters\n\n- 00:00 The sea\n\
             - 01:01 Bread\n\n## Topics\n\nsea, bread\n",
        );
        text::use_language(Language::German, text::source(Language::German).unwrap_or_default());
        check(
            &Outline { keywords: vec!["See".into()], ..Outline::default() },
            "# talk.mp4\n\n## Themen\n\nSee\n",
        );
        assert_eq!(Form::Chapters.file_name("talk", None), "talk Kapitel.txt");
        text::use_language(Language::English, "");
    }

    #[test]
    fn every_form_says_what_was_spoken_or_made() {
        let check = |form: Form, expected: &str| {
            let text =
                render(form, &project(), CaptionLanguage::Original, &Loading::Starting, &[]).expect("a text");
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
