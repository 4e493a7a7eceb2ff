mod everything;

use super::*;
use crate::fixtures::{kept_texts as texts, project as file};
use crate::preferences::Preferences;
use crate::project::{Exported, HeardWith};
use crate::snapshot::Snapshot;
use crate::texts::Texts;
use clip::edit::{ClipEdit, Shape, SpeakerMarks};
use clip::insights::Insights;
use clip::note::Note;
use clip::reason::Reason;
use clip::recording::Spelling;
use clip::select::Slider;
use clip::timeline::SourceRange;
use clip::transcript::{SpeechOptions, WordId};
use serde::Serialize;
use std::collections::BTreeSet;

#[test]
fn what_is_kept_comes_back() {
    let before = file();
    let text = write(&before).expect("a document");
    let mut after = Project { label: before.label.clone(), ..Project::default() };
    read_into(Some(&text), &mut after);
    assert_eq!(after.transcript(), before.transcript());
    // What was exported stays, as if it had been touched.
    let expected = Snapshot { touched: BTreeSet::from([ClipId(1)]), ..before.clips.now().clone() };
    assert_eq!(after.clips.now(), &expected);
    assert!(!after.is_understood());
    assert_eq!((&after.texts, &after.notes), (&before.texts, &before.notes));
    assert_eq!(after.analysis, Analysis::Done);
    assert_eq!(after.saved, before.saved);
    let (reading, summary) = summary(&text);
    let summary = summary.expect("a summary");
    assert_eq!(reading, Reading::Whole);
    assert_eq!((summary.clips, summary.heard.seconds(), summary.is_done), (1, 4.8, true));
    let finished = Finished { id: ClipId(1), name: "01 Clip 1.mp4".into(), bytes: 7 };
    assert_eq!(summary.finished, [finished]);
}

/// As a page of November 2026 wrote it: what a person did then is there, however documents are written now.
#[test]
fn a_document_of_version_1_opens_with_everything() {
    let mut file = Project::default();
    assert_eq!(read_into(Some(include_str!("version-1.json")), &mut file), Reading::Whole);
    let cut = file.clips.now();
    let clip =
        |clip: &ClipEdit| (clip.id.0, clip.start().seconds(), clip.end().seconds(), clip.title.clone());
    assert_eq!(
        cut.clips.iter().map(clip).collect::<Vec<_>>(),
        [(1, 0.0, 20.0, "Clip 1".to_owned()), (2, 30.0, 50.0, "Clip 2".to_owned())]
    );
    assert!(cut.clips.iter().all(|clip| clip.timeline.ranges().len() == 1));
    assert_eq!((cut.removed.as_slice(), &cut.kept), ([ClipId(2)].as_slice(), &BTreeSet::from([ClipId(1)])));
    assert_eq!((cut.marks, cut.preferences.weights[Slider::Hook]), (SpeakerMarks::Names, 0.5));
    assert_eq!(file.transcript().segments[1].words[0].text, " Bye.");
    assert_eq!(file.insights().speakers[1].name, "Ben".into());
    assert_eq!(file.insights().speaker_at(Instant::from_seconds(4.5)), Some(1));
    assert!(file.is_understood());
    let speech = SpeechOptions { language: Some("es".into()), translate: false, names: "Leptos".into() };
    assert_eq!(file.heard_with, Some(HeardWith { model: "base".into(), speech: speech.clone() }));
    assert_eq!((&file.speech, file.is_its_language), (&speech, true));
    assert_eq!(file.notes, [Note::Written("Not transcribed: 0:10 to 0:12.".into())]);
    assert_eq!(cut.clips[0].reasons, [Reason::Written("It is said in whole sentences.".into())]);
    assert_eq!(file.saved.get(&ClipId(1)).map(|saved| saved.bytes), Some(7));
    assert_eq!(file.texts, texts(&[(ClipId(1), 0, 20_000_000)]));
}

/// A page that knows no ranges takes it for newer, and does not write over it.
#[test]
fn a_clip_with_a_cut_makes_a_document_of_version_2_and_one_without_does_not() {
    let version = |file: &Project| {
        let text = write(file).expect("a document");
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        (json["version"].as_u64(), text)
    };
    assert_eq!(version(&file()).0, Some(1));
    let part = SourceRange { start: Instant::from_seconds(5.0), end: Instant::from_seconds(7.5) };
    let mut cut = file();
    cut.clips.edit(ClipId(1), |clip| clip.timeline = clip.timeline.without(part));
    let (number, text) = version(&cut);
    assert_eq!(number, Some(2));
    let mut after = Project::default();
    assert_eq!(read_into(Some(&text), &mut after), Reading::Whole);
    assert_eq!(after.clips.now().clips, cut.clips.now().clips);
    assert_eq!(after.texts, Texts::default(), "it was written about more than is said now");
    assert_eq!(summary(&text).0, Reading::Whole);
    // Exported with its cut, which was taken back since.
    let clip = after.clips.get(ClipId(1)).expect("the clip").clone();
    let made = Exported { words: after.caption_source(&clip), clip, name: "01 Clip 1.mp4".into() };
    after.saved.values_mut().for_each(|saved| saved.made_of = Some(made.clone()));
    after.clips.edit(ClipId(1), |clip| clip.timeline = clip.timeline.with(part));
    assert_eq!(version(&after).0, Some(2));
    after.saved.clear();
    assert_eq!(version(&after).0, Some(1));
}

#[test]
fn texts_of_clips_that_are_cut_otherwise_are_not_kept() {
    let check = |before: &[(ClipId, i64, i64)], kept: &[(ClipId, i64, i64)]| {
        let file = Project { texts: texts(before), ..file() };
        let mut after = Project::default();
        read_into(write(&file).as_deref(), &mut after);
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
    let topic_shifts = before.recording.gaps().zip([1.0, 0.25, 1.0]).collect();
    before.clips.learn(Insights { speakers, topic_shifts, ..Insights::default() });
    before.clips.change_insights(|insights| insights.rename(1, "Anna", ToString::to_string));
    let mut after = Project::default();
    read_into(write(&before).as_deref(), &mut after);
    assert_eq!((after.insights(), after.is_understood()), (before.insights(), true));
    assert_eq!(after.insights().name(1), Some(&"Anna".into()));
    assert!(after.insight_edition() > 0);
}

#[test]
fn a_document_of_an_earlier_page_is_read_and_its_clips_are_left_alone() {
    let text = write(&file()).expect("a document");
    let mut old: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    for field in ["fillers", "kept", "touched", "steering", "marks", "insights", "texts"] {
        old.as_object_mut().expect("an object").remove(field);
    }
    let mut after = Project::default();
    read_into(Some(&old.to_string()), &mut after);
    let cut = after.clips.now();
    assert_eq!((cut.clips.len(), cut.touched.len(), cut.kept.len()), (2, 2, 0));
    assert_eq!((&cut.preferences, after.is_understood()), (&Preferences::default(), false));
    assert_eq!(cut.marks, SpeakerMarks::Off);
}

#[test]
fn nothing_kept_changes_nothing() {
    let mut project = file();
    assert_eq!(read_into(None, &mut project), Reading::Absent);
    assert_eq!(project, file());
}

#[test]
fn damaged_texts_are_not_read_and_not_taken_for_nothing() {
    let text = write(&file()).expect("a document");
    let check = |text: &str| {
        let mut file = Project::default();
        assert_eq!(read_into(Some(text), &mut file), Reading::Unreadable, "{text}");
        assert_eq!(file, Project::default());
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
    let text = write(&file()).expect("a document").replace(r#""version":1"#, r#""version":3"#);
    let mut after = Project::default();
    assert_eq!(read_into(Some(&text), &mut after), Reading::Newer);
    assert_eq!(after.transcript(), file().transcript());
    assert_eq!(summary(&text).0, Reading::Newer);
}

#[test]
fn fields_of_a_page_that_knows_more_are_carried_along() {
    let text = write(&file()).expect("a document");
    let mut more: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    more["stars"] = serde_json::json!({ "1": [5, "loved"] });
    let mut after = Project::default();
    assert_eq!(read_into(Some(&more.to_string()), &mut after), Reading::Whole);
    after.clips.toggle_kept(ClipId(1));
    let written: serde_json::Value = serde_json::from_str(&write(&after).expect("a document")).expect("JSON");
    assert_eq!(written["stars"], more["stars"]);
    assert_ne!(written["kept"], more["kept"]);
}

/// As it would be written, laid out like the files beside this.
fn laid_out(project: &Project) -> String {
    let mut text = Vec::new();
    let form = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, form);
    StoredProject::of(project, version_of(project)).serialize(&mut serializer).expect("JSON");
    String::from_utf8(text).expect("text") + "\n"
}

/// As the first page that cuts by words wrote it: what is written must be read there.
#[test]
fn a_document_of_version_2_opens_with_everything_and_is_written_as_it_was() {
    let text = include_str!("version-2.json");
    let mut project = Project::default();
    assert_eq!(read_into(Some(text), &mut project), Reading::Whole);
    let everything = everything::everything();
    // How long the file is, and how long it took to open it, the file says.
    let seconds = StageSeconds { open: 0.0, ..everything.seconds.clone() };
    assert_eq!(project, Project { facts: None, seconds, ..everything });
    assert_eq!(laid_out(&everything::everything()), text);
}

#[test]
fn a_document_of_version_1_is_written_as_it_was() {
    let text = include_str!("version-1.json");
    let mut project = Project::default();
    read_into(Some(text), &mut project);
    let mut expected: serde_json::Value = serde_json::from_str(text).expect("JSON");
    // What the page that wrote it did not know.
    for (field, value) in [
        ("fillers", serde_json::json!([])),
        ("captions_in", serde_json::json!("original")),
        ("translation", serde_json::Value::Null),
    ] {
        assert_eq!(expected.get(field), None);
        expected[field] = value;
    }
    assert_eq!(serde_json::from_str::<serde_json::Value>(&laid_out(&project)).expect("JSON"), expected);
}

#[test]
fn corrected_words_are_kept_with_what_was_heard() {
    let mut before = file();
    let spelling = Spelling::from([(WordId(0), "Servus".to_owned())]);
    let first = before.transcript().words().next().expect("a word").clone();
    assert!(before.recording.spell(&spelling));
    let text = write(&before).expect("a document");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["heard"], serde_json::json!([[0, first.text, 0.9]]));
    let mut after = Project::default();
    read_into(Some(&text), &mut after);
    assert_eq!(after.transcript().words().next().map(|word| word.spoken()), Some("Servus"));
    assert_eq!(after.clips.now().spelling, spelling);
    assert!(after.recording.spell(&Spelling::new()));
    assert_eq!(after.transcript(), file().transcript());
    assert!(!write(&after).expect("a document").contains("\"heard\""), "nothing is kept of nothing");
}

/// Beside the clips, so that a page that knows no shapes shows them upright and carries it on.
#[test]
fn the_shape_of_clips_is_kept() {
    let mut before = file();
    before.clips.reshape(Shape::Portrait);
    let clip = before.clips.get(ClipId(1)).expect("the clip").clone();
    let made = Exported { words: before.caption_source(&clip), clip, name: "01 Clip 1.mp4".into() };
    before.saved.values_mut().for_each(|saved| saved.made_of = Some(made.clone()));
    let text = write(&before).expect("a document");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&json["version"], &json["shape"]), (&1.into(), &"4:5".into()));
    let mut after = Project::default();
    assert_eq!(read_into(Some(&text), &mut after), Reading::Whole);
    assert_eq!(after.clips.now().clips, before.clips.now().clips);
    assert_eq!((after.clips.now().shape, &after.saved), (Shape::Portrait, &before.saved));
    after.clips.reshape(Shape::Upright);
    after.saved.clear();
    assert!(!write(&after).expect("a document").contains("\"shape\""), "every document had it upright");
}
