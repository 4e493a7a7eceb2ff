//! What the real models say to real speech, against the reference implementation (faster-whisper, 32-bit, greedy) and against
//! a published alignment of the words. Needs the exported models.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;

use models::device;
use models::weights::ModelFiles;
use models::whisper::{DecodeOptions, Language, Whisper, WindowTranscript};

const TEXT: &str = " He might even have been made amiable himself.";
/// Where each word begins, in seconds, by forced alignment; it errs by up to 0.05 s itself.
const STARTS: [f64; 8] = [0.21, 0.38, 0.64, 0.92, 1.07, 1.33, 1.70, 2.27];

/// The models folder, as `cargo xtask` finds it.
fn folder() -> PathBuf {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = || from("XDG_CACHE_HOME").or_else(|| from("HOME").map(|home| home.join(".cache")));
    from("INCUT_MODELS").or_else(|| cache().map(|cache| cache.join("incut/models"))).unwrap()
}

fn model(id: &str) -> Whisper {
    let folder = folder().join(id);
    let read = |path: PathBuf| {
        std::fs::read(&path)
            .unwrap_or_else(|error| panic!("run `cargo xtask models`: {}: {error}", path.display()))
    };
    let list = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("run `cargo xtask models`: {}: {error}", folder.display()));
    let is_shard = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "safetensors");
    let files = ModelFiles {
        config_json: read(folder.join("config.json")),
        tokenizer_json: read(folder.join("tokenizer.json")),
        shards: list.map(|entry| entry.unwrap().path()).filter(is_shard).map(read).collect(),
    };
    Whisper::load(files, &device::flex()).unwrap()
}

/// The samples of the 16-bit file beside this test.
fn speech() -> Vec<f32> {
    let wav = include_bytes!("data/austen-0930.wav");
    let data = wav.windows(4).position(|name| name == b"data").unwrap() + 8;
    wav[data..]
        .as_chunks::<2>()
        .0
        .iter()
        .map(|bytes| f32::from(i16::from_le_bytes(*bytes)) / 32_768.0)
        .collect()
}

fn transcribe(model: &Whisper, options: &DecodeOptions) -> WindowTranscript {
    pollster::block_on(model.transcribe_window(&speech(), options, &|| false)).unwrap()
}

fn check(id: &str, tokens: &[u32], avg_logprob: f32, no_speech_prob: f32) {
    let transcript = transcribe(&model(id), &DecodeOptions::default());
    assert_eq!(transcript.language, Language::english());
    let [segment] = transcript.segments.as_slice() else { panic!("{id}: {transcript:?}") };
    assert_eq!(segment.text, TEXT);
    assert_eq!(segment.tokens, tokens);
    assert!((segment.avg_logprob - avg_logprob).abs() < 0.02, "{id}: {}", segment.avg_logprob);
    assert!((segment.no_speech_prob - no_speech_prob).abs() < 0.01, "{id}: {}", segment.no_speech_prob);
    let words: String = segment.words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(words, TEXT);
    // The first word takes in the silence before it, as in the reference.
    for (word, start_s) in segment.words.iter().zip(STARTS).skip(1) {
        assert!((word.start_s - start_s).abs() < 0.2, "{id}: {word:?} begins at {start_s}");
        assert!(word.confidence > 0.7, "{id}: {word:?}");
    }
}

#[test]
fn tiny_says_what_the_reference_says() {
    check("tiny.en", &[50363, 679, 1244, 772, 423, 587, 925, 716, 3379, 2241, 13, 50513], -0.2799, 0.0359);
}

#[test]
fn base_says_what_the_reference_says() {
    check("base", &[50364, 634, 1062, 754, 362, 668, 1027, 669, 9364, 3647, 13, 50514], -0.3592, 0.0096);
}

#[test]
fn base_hears_english() {
    let guesses = pollster::block_on(model("base").detect_language(&speech())).unwrap();
    assert_eq!(guesses.len(), 99);
    assert_eq!(guesses[0].0, Language::english());
    assert!(guesses[0].1 > 0.9, "{:?}", guesses[0]);
    assert!((guesses.iter().map(|(_, probability)| probability).sum::<f32>() - 1.0).abs() < 1e-3);
}
