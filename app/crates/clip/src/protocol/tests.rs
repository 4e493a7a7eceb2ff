use super::*;
use crate::json;
use crate::timeline::SourceRange;
use crate::writing::{Piece, Refused, Rejection};
use media::facts::{Container, Track, TrackId, TrackKind, VideoFacts};

fn facts() -> Facts {
    let video = VideoFacts {
        width: 1280,
        height: 720,
        display_width: 1280,
        display_height: 720,
        orientation: media::Orientation::new(90.0, true),
        frame_rate: Some(29.97),
        color: None,
    };
    let track = Track {
        id: TrackId(1),
        kind: TrackKind::Video,
        codec: media::facts::Codec { name: "h264".into(), webcodecs: None, description: Some(vec![1, 255]) },
        start: Instant::ZERO,
        duration: Span::from_millis(1_500),
        sample_count: 45,
        language: None,
        is_default: true,
        video: Some(video),
        audio: None,
        more: vec![],
    };
    Facts { container: Container::Mp4, duration: Span::from_millis(1_500), tracks: vec![track] }
}

#[test]
fn what_the_engine_says_the_page_hears() {
    let refused = |rejection| Refused { piece: Piece::Post, answer: "So.".into(), rejection };
    let refused = [
        Rejection::Torn,
        Rejection::TooLong(80),
        Rejection::UnknownName("Ann".into()),
        Rejection::Rearranged("a".into(), "b".into()),
    ]
    .map(refused);
    let trouble = Some(Failure::DamagedPicture(Box::new(media::Error::NoTracks.into())));
    let written = Written { title: "So".into(), refused: refused.into(), trouble, ..Written::default() };
    let left_out = SourceRange { start: Instant::ZERO, end: Instant::from_micros(5) };
    let notes = vec![Note::Foreign, Note::Few(2), Note::Skipped(vec![left_out])];
    let job = JobId(7);
    let said = [
        FromEngine::Opened { job, facts: facts(), tracks: vec![], seconds: 0.25 },
        FromEngine::Written { job, clip: ClipId(3), written },
        FromEngine::Analyzed { job, notes, seconds: 1.0 },
        FromEngine::Moment { tracks: Tracks::One(TrackId(2)), failure: None },
        FromEngine::Failed { job: None, failure: Failure::Cancelled },
        FromEngine::Cancelled { job },
    ];
    for event in said {
        let text = serde_json::to_string(&event).expect("JSON");
        assert_eq!(json::read::<FromEngine>(&text).ok(), Some(event), "{text}");
    }
}
