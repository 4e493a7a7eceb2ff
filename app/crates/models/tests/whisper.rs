//! The whole of Whisper with made-up weights: shapes, limits, cancelling, and that each device and storage computes the
//! same. What real weights say is tested where they are.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod synthetic;

use std::cell::Cell;

use models::weights::StoredAs;
use models::whisper::{DecodeOptions, Fallback, Language, Task, Whisper};
use models::{Error, device};
use synthetic::Shape;

/// Small enough for a test without optimization.
const SMALL: Shape = Shape { width: 32, heads: 2, layers: 2, positions: 100, text_tokens: 60 };

fn small() -> Whisper {
    Whisper::load(synthetic::files(SMALL, |_, _| StoredAs::F16), &device::flex()).unwrap()
}

/// A tone that comes and goes, `seconds` long.
fn tone(seconds: f64) -> Vec<f32> {
    (0..(seconds * 16_000.0) as usize)
        .map(|i| (0.3 * (i as f64 * 0.05).sin() * (i as f64 * 0.0007).sin()) as f32)
        .collect()
}

fn greedy() -> DecodeOptions {
    let fallback = Fallback { temperatures: vec![0.0], max_no_speech_prob: 1.1, ..Fallback::default() };
    DecodeOptions { fallback, ..DecodeOptions::default() }
}

#[test]
fn a_window_gives_ordered_segments_within_it() {
    let transcript = pollster::block_on(small().transcribe_window(&tone(2.0), &greedy(), &|| false)).unwrap();
    assert_eq!(transcript.language, Language::english());
    for segment in &transcript.segments {
        assert!(segment.start_s <= segment.end_s && segment.end_s <= 2.0 + 1e-9, "{segment:?}");
        assert!(!segment.text.trim().is_empty());
        for word in &segment.words {
            assert!(0.0 <= word.start_s && word.start_s <= word.end_s, "{word:?}");
            assert!((0.0..=1.0).contains(&word.confidence), "{word:?}");
        }
    }
}

#[test]
fn the_same_sound_gives_the_same_text() {
    let model = small();
    let sampled = DecodeOptions {
        fallback: Fallback { temperatures: vec![0.8], ..greedy().fallback },
        ..DecodeOptions::default()
    };
    for options in [greedy(), sampled] {
        let run = || pollster::block_on(model.transcribe_window(&tone(1.5), &options, &|| false)).unwrap();
        assert_eq!(run(), run());
    }
}

#[test]
fn no_sound_gives_no_text() {
    for samples in [0, 1, 159] {
        let transcript =
            pollster::block_on(small().transcribe_window(&vec![0.0; samples], &greedy(), &|| false)).unwrap();
        assert!(transcript.segments.is_empty());
    }
}

#[test]
fn too_much_sound_is_refused() {
    let result = pollster::block_on(small().transcribe_window(&tone(2.1), &greedy(), &|| false));
    assert!(matches!(result, Err(Error::Input(_))), "{result:?}");
}

#[test]
fn a_language_it_lacks_is_refused() {
    for options in [
        DecodeOptions { language: Some(Language::new("de")), ..greedy() },
        DecodeOptions { task: Task::Translate, ..greedy() },
    ] {
        let result = pollster::block_on(small().transcribe_window(&tone(1.0), &options, &|| false));
        assert!(matches!(result, Err(Error::Unsupported(_))), "{result:?}");
    }
}

#[test]
fn cancelling_stops_between_tokens() {
    let asked = Cell::new(0);
    let cancelled = || {
        asked.set(asked.get() + 1);
        asked.get() > 3
    };
    let result = pollster::block_on(small().transcribe_window(&tone(1.0), &greedy(), &cancelled));
    assert!(matches!(result, Err(Error::Cancelled)), "{result:?}");
    assert_eq!(asked.get(), 4);
}

#[test]
fn damaged_files_are_refused() {
    let files = synthetic::files(SMALL, |_, _| StoredAs::F16);
    let load = |change: &dyn Fn(&mut models::weights::ModelFiles)| {
        let mut files = files.clone();
        change(&mut files);
        Whisper::load(files, &device::flex()).map(|_| ())
    };
    assert!(load(&|_| ()).is_ok());
    assert!(matches!(load(&|files| files.shards.clear()), Err(Error::Weights(_))));
    assert!(matches!(load(&|files| files.config_json.truncate(9)), Err(Error::Malformed(_))));
    assert!(matches!(load(&|files| files.tokenizer_json.clear()), Err(Error::Malformed(_))));
    let wider = |files: &mut models::weights::ModelFiles| {
        files.config_json =
            String::from_utf8_lossy(&files.config_json).replace(": 32,", ": 64,").into_bytes();
    };
    assert!(matches!(load(&wider), Err(Error::Weights(_))));
}

#[test]
fn fingerprints_tell_models_apart() {
    let one = pollster::block_on(small().fingerprint()).unwrap();
    assert!(one.agrees_with(&pollster::block_on(small().fingerprint()).unwrap()));
    let other = Shape { layers: 3, ..SMALL };
    let other = Whisper::load(synthetic::files(other, |_, _| StoredAs::F16), &device::flex()).unwrap();
    assert!(!one.agrees_with(&pollster::block_on(other.fingerprint()).unwrap()));
}

#[test]
fn eight_bits_are_close_to_sixteen() {
    let eight = Whisper::load(synthetic::files(SMALL, StoredAs::shipped), &device::flex()).unwrap();
    let (eight, sixteen) = (
        pollster::block_on(eight.fingerprint()).unwrap(),
        pollster::block_on(small().fingerprint()).unwrap(),
    );
    let worst = eight.logits.iter().zip(&sixteen.logits).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(worst < 0.5 && worst > 0.0, "{worst}");
}
