//! Made-up words, clips and projects, for tests here and of whoever uses this crate.

use crate::history::History;
use crate::project::{Analysis, Project, SavedClip};
use crate::snapshot::{Drag, Snapshot};
use crate::texts::{Place, Text, Texts};
use clip::edit::{CaptionStyle, ClipEdit, ClipId, Framing, Shape, SpeakerMarks};
use clip::note::Note;
use clip::reason::Reason;
use clip::scene::Scenes;
use clip::select::Evidence;
use clip::select::Slider;
use clip::timeline::Timeline;
use clip::transcript::{Segment, Word};
use clip::writing::Written;
use media::facts::{Codec, Container, Facts, Orientation, Track, TrackId, TrackKind, VideoFacts};
use media::time::{Instant, Span};
use std::collections::BTreeSet;

/// Words one second apart from `start_s` on, each 0.8 s long.
pub fn segment_of(start_s: f64, words: &[&str]) -> Segment {
    let at = |seconds: f64| Instant::from_seconds(start_s + seconds);
    let words: Vec<Word> = words
        .iter()
        .enumerate()
        .map(|(index, text)| Word {
            text: (*text).into(),
            start: at(index as f64),
            end: at(index as f64 + 0.8),
            confidence: 0.9,
        })
        .collect();
    Segment {
        start: at(0.0),
        end: words.last().map_or(at(0.0), |word| word.end),
        tokens: vec![],
        avg_logprob: -0.2,
        no_speech_prob: 0.01,
        words,
    }
}

/// A clip of this number between two times in seconds.
pub fn clip_between(id: u32, start_s: f64, end_s: f64) -> ClipEdit {
    ClipEdit {
        id: ClipId(id),
        timeline: Timeline::single(Instant::from_seconds(start_s), Instant::from_seconds(end_s)),
        title: format!("Clip {id}"),
        reasons: vec![Reason::Written("It is said in whole sentences.".into())],
        score: 80.0,
        captions: CaptionStyle::Bold,
        shape: Shape::default(),
        framing: Framing::Automatic,
        scenes: Scenes::centered(0.5),
        evidence: Evidence::default(),
    }
}

/// An MP4 file of a minute.
pub fn facts() -> Facts {
    Facts { container: Container::Mp4, duration: Span::from_seconds(60.0), tracks: vec![] }
}

/// Of a wide film of so many seconds.
pub fn film_facts(seconds: f64) -> Facts {
    let video = VideoFacts {
        width: 1920,
        height: 1080,
        display_width: 1920,
        display_height: 1080,
        orientation: Orientation::UPRIGHT,
        frame_rate: Some(25.0),
        color: None,
    };
    let duration = Span::from_seconds(seconds);
    let track = Track {
        id: TrackId(1),
        kind: TrackKind::Video,
        codec: Codec { name: "avc1".into(), webcodecs: None, description: None },
        start: Instant::ZERO,
        duration,
        sample_count: 1,
        language: None,
        is_default: true,
        video: Some(video),
        audio: None,
        more: vec![],
    };
    Facts { tracks: vec![track], duration, ..facts() }
}

/// A segment from one time in seconds to another, whose words lie evenly in it.
pub fn spread_segment(text: &str, start_s: f64, end_s: f64) -> Segment {
    let count = text.split_whitespace().count().max(1);
    let each_s = (end_s - start_s) / count as f64;
    let at = |index: usize| Instant::from_seconds(start_s + each_s * index as f64);
    let word = |(index, word): (usize, &str)| Word {
        text: format!(" {word}"),
        start: at(index),
        end: at(index + 1),
        confidence: 0.9,
    };
    Segment {
        start: Instant::from_seconds(start_s),
        end: Instant::from_seconds(end_s),
        tokens: vec![],
        avg_logprob: -0.2,
        no_speech_prob: 0.01,
        words: text.split_whitespace().enumerate().map(word).collect(),
    }
}

/// The same text about clips, as they were cut by these edges in microseconds.
pub fn kept_texts(of: &[(ClipId, i64, i64)]) -> Texts {
    let hook = "Ask not.".to_owned();
    let written = Written { hook, hashtags: vec!["#ask".into()], ..Written::default() };
    let text = |(clip, start, end): &(ClipId, i64, i64)| {
        let (start, end) = (Instant::from_micros(*start), Instant::from_micros(*end));
        Text { place: Place { clip: *clip, start, end, ranges: vec![] }, written: written.clone() }
    };
    of.iter().map(text).collect()
}

/// Two clips, of which the first is kept, has a text and was exported, and the second was put aside.
pub fn project() -> Project {
    let mut project = Project { analysis: Analysis::Done, ..Project::default() };
    project.label.name = "talk.mp4".into();
    let segments = vec![segment_of(0.0, &["Hello", " there."]), segment_of(4.0, &[" Bye."])];
    project.recording.change(|transcript| transcript.segments = segments);
    project.clips = History::new(Snapshot {
        clips: vec![clip_between(1, 0.0, 20.0), clip_between(2, 30.0, 50.0)],
        removed: vec![ClipId(2)],
        fillers: [(ClipId(2), ClipId(1))].into(),
        kept: BTreeSet::from([ClipId(1)]),
        ..Snapshot::default()
    });
    project.clips.steer(Drag::Single, |preferences| preferences.weights.set(Slider::Hook, 0.5));
    project.clips.settle();
    project.notes = vec![Note::NothingAbout("bread".into())];
    project.clips.mark_speakers(SpeakerMarks::Names);
    project.texts = kept_texts(&[(ClipId(1), 0, 20_000_000)]);
    project.saved.insert(ClipId(1), SavedClip { name: "01 Clip 1.mp4".into(), bytes: 7, made_of: None });
    project
}
