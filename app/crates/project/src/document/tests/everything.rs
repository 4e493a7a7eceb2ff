//! A project that has everything which is kept of one, each part in a form that no other part has.

use crate::caption_language::CaptionLanguage;
use crate::fixtures::{clip_between, segment_of};
use crate::history::History;
use crate::preferences::Preferences;
use crate::project::{Analysis, Exported, HeardWith, Project, SavedClip, StageSeconds, Translation};
use crate::snapshot::{RevisedInsights, Snapshot};
use crate::sound::Sound;
use crate::texts::{Place, Texts};
use clip::captions::CaptionSource;
use clip::edit::{CaptionStyle, ClipEdit, ClipId, Framing, SpeakerMarks};
use clip::failure::{Failure, FailureClass};
use clip::insights::{Insights, SoundSignals, Speaker, Turn};
use clip::note::Note;
use clip::reason::Reason;
use clip::recording::Recording;
use clip::scene::{Area, Scenes};
use clip::select::{Evidence, Signal, Slider, Weights};
use clip::sight::{Face, FacesAt, Shot, Sight};
use clip::timeline::{SourceRange, Timeline};
use clip::tracks::{Listening, SoundChoice, Tracks};
use clip::transcript::{SpeechOptions, Transcript, WindowSpan};
use clip::writing::{Author, Authors, Piece, Refused, Rejection, Written};
use media::facts::{Container, Facts, TrackId};
use media::time::{Instant, Span};
use std::sync::Arc;

fn range(start_s: f64, end_s: f64) -> SourceRange {
    SourceRange { start: Instant::from_seconds(start_s), end: Instant::from_seconds(end_s) }
}

fn transcript(language: &str, words: &[&str]) -> Transcript {
    let mut first = segment_of(0.5, words);
    first.tokens = vec![50_364, 2_425];
    let windows = vec![WindowSpan { start_sample: 0, end_sample: 480_000 }];
    Transcript { language: language.into(), segments: vec![first, segment_of(30.0, &[" Adiós."])], windows }
}

fn speech(language: Option<&str>, translate: bool) -> SpeechOptions {
    SpeechOptions { language: language.map(str::to_owned), translate, names: "Leptos, Ada".into() }
}

fn weights() -> Weights {
    let mut weights = Weights::default();
    for slider in Slider::ALL {
        let value = match slider {
            Slider::Hook => 0.5,
            Slider::Substance => 0.75,
            Slider::Energy => 1.25,
            Slider::Reaction => 1.5,
            Slider::Dialogue => 1.75,
            Slider::Feeling => 2.0,
        };
        weights.set(slider, value);
    }
    weights
}

fn evidence() -> Evidence {
    Evidence::of(|signal| match signal {
        Signal::Opening => 0.01,
        Signal::Closing => 0.02,
        Signal::Unity => 0.03,
        Signal::Body => 0.04,
        Signal::Hook => 0.05,
        Signal::Density => 0.06,
        Signal::Coherence => 0.07,
        Signal::Pace => 0.08,
        Signal::Flow => 0.09,
        Signal::Clarity => 0.1,
        Signal::Independence => 0.11,
        Signal::Substance => 0.12,
        Signal::Narrative => 0.13,
        Signal::Energy => 0.14,
        Signal::Reaction => 0.15,
        Signal::Dialogue => 0.16,
        Signal::Feeling => 0.17,
        Signal::Topic => 0.18,
        Signal::Voice => 0.19,
    })
}

fn insights(recording: &Recording) -> Insights {
    let turn = |start_s, end_s, speaker| Turn {
        start: Instant::from_seconds(start_s),
        end: Instant::from_seconds(end_s),
        speaker,
    };
    Insights {
        sound: SoundSignals { loudness_lufs: vec![-70.0, -14.5], reaction: vec![0.0, 0.875] },
        turns: vec![turn(0.0, 3.0, 0), turn(30.0, 31.0, 1)],
        speakers: vec![Speaker::numbered(0), Speaker { name: "Ben".into(), color: 1 }],
        topic_shifts: recording.gaps().zip([0.0, 0.5, 1.0]).collect(),
        narrative: recording.gaps().zip([0.25, 0.75]).collect(),
    }
}

/// One answer that was not shown for each reason that there can be.
fn refused() -> Vec<Refused> {
    let word = || "word".to_owned();
    let rejections = [
        Rejection::Empty,
        Rejection::TooLong(60),
        Rejection::TooShort,
        Rejection::Unfinished,
        Rejection::Repeats,
        Rejection::Chatter,
        Rejection::UnknownNumber("7".into()),
        Rejection::UnknownName(word()),
        Rejection::UnknownWord(word()),
        Rejection::Denial(word()),
        Rejection::Supposed(word()),
        Rejection::Rearranged(word(), "other".into()),
        Rejection::NotQuoted,
        Rejection::Torn,
        Rejection::TooFewTags(3),
    ];
    let pieces = Piece::ALL.into_iter().cycle();
    rejections
        .into_iter()
        .zip(pieces)
        .map(|(rejection, piece)| Refused { piece, answer: "An answer.".into(), rejection })
        .collect()
}

fn written() -> Written {
    Written {
        title: "A title".into(),
        hook: "Ask not.".into(),
        summary: "Somebody asks.".into(),
        post: "Somebody asks. #ask".into(),
        hashtags: vec!["#ask".into(), "#not".into()],
        by: Authors { title: Author::Model, hook: Author::Choice, ..Authors::default() },
        refused: refused(),
        trouble: Some(Failure::Told {
            class: FailureClass::OutOfMemory,
            message: "There was no room.".into(),
            advice: "Close other tabs.".into(),
        }),
    }
}

fn clips() -> Vec<ClipEdit> {
    let cut = clip_between(1, 0.0, 20.0).timeline.without(range(5.0, 7.5));
    let turned = Timeline::new([range(40.0, 50.0), range(25.0, 30.0)]);
    vec![
        ClipEdit {
            timeline: cut,
            title: "Mine".into(),
            score: 81.5,
            evidence: evidence(),
            framing: Framing::ByHand,
            scenes: Scenes::centered(0.25),
            ..clip_between(1, 0.0, 20.0)
        },
        ClipEdit {
            timeline: turned.expect("ranges"),
            captions: CaptionStyle::Plate,
            reasons: vec![Reason::Written("One.".into()), Reason::Written("Two.".into())],
            ..clip_between(2, 25.0, 50.0)
        },
        ClipEdit { captions: CaptionStyle::Off, reasons: vec![], ..clip_between(4, 60.0, 80.25) },
    ]
}

fn sight() -> Sight {
    let at = Instant::from_seconds;
    let face = Face { area: Area { left: 0.25, top: -0.125, width: 0.0625, height: 0.1 }, score: 0.9375 };
    Sight {
        shots: vec![
            Shot { start: at(0.0), end: at(4.5), motion_x: None },
            Shot { start: at(4.5), end: at(9.0), motion_x: Some(0.75) },
        ],
        faces: vec![FacesAt { at: at(0.0), faces: vec![face] }, FacesAt { at: at(4.6), faces: vec![] }],
    }
}

/// As it is once it was written and read: what is not kept has its neutral value.
pub fn everything() -> Project {
    let clips = clips();
    let words = transcript("es", &["Hola,", " amigos."]);
    // Read, it takes the place of what was there before: nothing.
    let recording = Recording::new(words.clone()).after(&Recording::default());
    let insights = insights(&recording);
    let made_of = Exported {
        clip: clips[0].clone(),
        words: CaptionSource::new(words.segments, &insights, SpeakerMarks::Colors),
        name: "01 Mine.mp4".into(),
    };
    let mut texts = Texts::default();
    texts.put(Place::of(&clips[0]), written());
    texts.put(Place::of(&clips[2]), Written { title: "Another".into(), ..Written::default() });
    Project {
        facts: Some(Facts { container: Container::Mp4, duration: Span::from_seconds(90.5), tracks: vec![] }),
        recording,
        speech: speech(Some("es"), false),
        is_its_language: true,
        heard_with: Some(HeardWith { model: "base".into(), speech: speech(None, false) }),
        translation: Some(Translation {
            transcript: transcript("en", &["Hello,", " friends."]),
            heard_with: Some(HeardWith { model: "small".into(), speech: speech(Some("es"), true) }),
        }),
        sound: Sound {
            tracks: vec![],
            listening: Some(Listening {
                sound: SoundChoice { tracks: Tracks::One(TrackId(2)), channel: Some(1) },
                is_wanted: true,
            }),
            notes: vec![Note::Written("Nobody speaks in the first track.".into())],
        },
        sight: sight(),
        clips: History::new(Snapshot {
            removed: vec![ClipId(2)],
            fillers: [(ClipId(2), ClipId(4))].into(),
            kept: [ClipId(4)].into(),
            touched: [ClipId(1), ClipId(2)].into(),
            preferences: Preferences { weights: weights(), speaker: Some(1), about: None },
            marks: SpeakerMarks::Colors,
            captions_in: CaptionLanguage::English,
            known: RevisedInsights {
                edition: 1,
                insights: Arc::new(insights),
                is_told: true,
                is_whole: true,
            },
            titled: [ClipId(1)].into(),
            clips,
            ..Snapshot::default()
        }),
        analysis: Analysis::Done,
        texts,
        notes: vec![Note::Written("Not transcribed: 0:10 to 0:12.".into())],
        has_first_picks: true,
        saved: [
            (ClipId(1), SavedClip { name: "01 Mine.mp4".into(), bytes: 12_345, made_of: Some(made_of) }),
            (ClipId(2), SavedClip { name: "02 Clip 2.mp4".into(), bytes: 7, made_of: None }),
        ]
        .into(),
        seconds: StageSeconds { open: 0.5, transcribe: 61.25, select: 0.125, export: 30.5 },
        unknown: serde_json::Map::from_iter([("stars".to_owned(), serde_json::json!({ "1": [5] }))]),
        ..Project::default()
    }
}
