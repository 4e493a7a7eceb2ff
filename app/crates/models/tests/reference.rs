//! What the real models say. To synthetic speech always (espeak-ng speaks at test time); to real speech, token for token
//! against the reference implementation (faster-whisper, 32-bit, greedy), where `INCUT_TEST_DATA` names the data pack.
//! Needs the exported models, and espeak-ng and ffmpeg, which the test command installs.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::process::Command;

use models::device;
use models::speaker::SpeakerEncoder;
use models::weights::ModelFiles;
use models::whisper::{DecodeOptions, Language, Whisper, WindowTranscript};

/// The models folder, as `cargo xtask` finds it.
fn folder() -> PathBuf {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = || from("XDG_CACHE_HOME").or_else(|| from("HOME").map(|home| home.join(".cache")));
    from("INCUT_MODELS").or_else(|| cache().map(|cache| cache.join("incut/models"))).unwrap()
}

fn model(id: &str) -> Whisper {
    Whisper::load(files(id), &device::flex()).unwrap()
}

fn files(id: &str) -> ModelFiles {
    let folder = folder().join(id);
    let read = |path: PathBuf| {
        std::fs::read(&path)
            .unwrap_or_else(|error| panic!("run `cargo xtask models`: {}: {error}", path.display()))
    };
    let list = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("run `cargo xtask models`: {}: {error}", folder.display()));
    let is_shard = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "safetensors");
    let tokenizer = folder.join("tokenizer.json");
    ModelFiles {
        config_json: read(folder.join("config.json")),
        tokenizer_json: if tokenizer.exists() { read(tokenizer) } else { Vec::new() },
        shards: list.map(|entry| entry.unwrap().path()).filter(is_shard).map(read).collect(),
    }
}

/// What a program writes to its standard output.
fn output_of(program: &str, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program} is needed for this test: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A file's sound at 16 kHz, mono.
fn samples_of(file: &Path) -> Vec<f32> {
    let form = ["-ac", "1", "-ar", "16000", "-f", "s16le", "-"];
    let mut arguments = vec!["-v", "error", "-i", file.to_str().unwrap()];
    arguments.extend(form);
    let bytes = output_of("ffmpeg", &arguments);
    bytes.as_chunks::<2>().0.iter().map(|pair| f32::from(i16::from_le_bytes(*pair)) / 32_768.0).collect()
}

/// `text` as espeak-ng speaks it.
fn spoken(text: &str, name: &str) -> Vec<f32> {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.wav"));
    output_of("espeak-ng", &["-v", "en-us", "-s", "140", "-w", file.to_str().unwrap(), text]);
    samples_of(&file)
}

fn words_of(text: &str) -> Vec<String> {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).collect();
    plain.to_lowercase().split_whitespace().map(str::to_owned).collect()
}

/// Of tiny.en; timestamps lie above it.
const END_OF_TEXT: u64 = 50_256;

/// The model hears nearly all the words, each at a time within the sound and after the one before it.
fn check_spoken(id: &str) {
    let text = "The garden was quiet in the morning. Nobody had opened the window since the summer.";
    let pcm = spoken(text, id);
    let length_s = pcm.len() as f64 / 16_000.0;
    let heard =
        pollster::block_on(model(id).transcribe_window(&pcm, &DecodeOptions::default(), &|| false)).unwrap();
    assert_eq!(heard.language, Language::english());
    let said: String = heard.segments.iter().map(|segment| segment.text.as_str()).collect();
    let (expected, said) = (words_of(text), words_of(&said));
    let missed = expected.iter().filter(|word| !said.contains(word)).count();
    assert!(missed <= 2 && said.len() <= expected.len() + 2, "{id} heard {said:?}");
    let mut last_s = 0.0;
    for word in heard.segments.iter().flat_map(|segment| &segment.words) {
        assert!(word.start_s >= last_s - 1e-6 && word.end_s >= word.start_s, "{id}: {word:?} after {last_s}");
        assert!(word.end_s <= length_s + 0.05, "{id}: {word:?} of {length_s}");
        last_s = word.start_s;
    }
    assert!(last_s > 0.6 * length_s, "{id}: the last word begins at {last_s} of {length_s}");
}

#[test]
fn tiny_hears_synthetic_speech() {
    check_spoken("tiny.en");
}

#[test]
fn base_hears_synthetic_speech_and_its_language() {
    check_spoken("base");
    let pcm = spoken("This is a sentence in plain English, spoken by a machine.", "language");
    let guesses = pollster::block_on(model("base").detect_language(&pcm)).unwrap();
    assert_eq!(guesses.len(), 99);
    assert_eq!(guesses[0].0, Language::english());
    assert!((guesses.iter().map(|(_, probability)| probability).sum::<f32>() - 1.0).abs() < 1e-3);
}

/// The data pack, where `INCUT_TEST_DATA` names it.
fn pack() -> Option<PathBuf> {
    let pack = std::env::var_os("INCUT_TEST_DATA").map(PathBuf::from);
    if pack.is_none() {
        eprintln!("INCUT_TEST_DATA is not set: the comparison with the reference's tokens was not made");
    }
    pack
}

fn tokens_of_reference(pack: &Path, model: &str, clip: &Path) -> Vec<u64> {
    let stem = clip.file_stem().unwrap().to_str().unwrap();
    let reference = std::fs::read(pack.join(format!("reference/{model}/{stem}.json"))).unwrap();
    let reference: serde_json::Value = serde_json::from_slice(&reference).unwrap();
    let segments = reference["segments"].as_array().unwrap().iter();
    let tokens = segments.flat_map(|segment| segment["tokens"].as_array().unwrap());
    tokens.map(|token| token.as_u64().unwrap()).collect()
}

fn tokens_heard(heard: &WindowTranscript) -> Vec<u64> {
    heard.segments.iter().flat_map(|segment| &segment.tokens).map(|token| u64::from(*token)).collect()
}

#[test]
fn names_are_spelled_as_in_the_prompt() {
    let whisper = model("tiny.en");
    let text = "Our guest Siobhan Macleod wrote a library called Leptos. She deploys it with Kubernetes.";
    let pcm = spoken(text, "names");
    let said = |prompt: &str| {
        let options = DecodeOptions { prompt: whisper.encode(prompt).unwrap(), ..DecodeOptions::default() };
        let heard = pollster::block_on(whisper.transcribe_window(&pcm, &options, &|| false)).unwrap();
        heard.segments.into_iter().map(|segment| segment.text).collect::<String>()
    };
    assert!(!said("").contains("Siobhan"));
    assert!(said("Siobhan MacLeod, Leptos").contains(" Siobhan MacLeod wrote a library called Leptos."));
    // Of too many words the last count.
    assert!(said(&"Shivaun McCloud, ".repeat(200)).contains("Shivaun McCloud"));
}

/// Two voices of espeak-ng, each saying two things: what one says sounds more like what it says else than like the other.
#[test]
fn voices_are_told_apart() {
    let encoder = SpeakerEncoder::load(files("voices")).unwrap();
    let said = |voice: &str, text: &str, name: &str| {
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.wav"));
        output_of("espeak-ng", &["-v", voice, "-s", "140", "-w", file.to_str().unwrap(), text]);
        let voices = encoder.hear(&samples_of(&file)).utterances;
        assert!(voices.len() >= 4, "{} pieces of speech", voices.len());
        let mut sum = vec![0.0f32; voices[0].embedding.len()];
        for voice in &voices {
            sum.iter_mut().zip(&voice.embedding).for_each(|(sum, value)| *sum += value);
        }
        sum
    };
    let alike = |a: &[f32], b: &[f32]| {
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    };
    let (first, second) =
        ("The garden was quiet in the morning.", "Nobody had opened the window since the summer.");
    let low = [said("en-us+m7", first, "low-1"), said("en-us+m7", second, "low-2")];
    let high = [said("en-us+f3", first, "high-1"), said("en-us+f3", second, "high-2")];
    let within = alike(&low[0], &low[1]).min(alike(&high[0], &high[1]));
    let between = alike(&low[0], &high[0]).max(alike(&low[1], &high[1]));
    assert!(within > between + 0.1, "{within} within, {between} between");
}

/// Sample `at` of a vowel that wanders about `pitch`, in Hz.
fn vowel(at: u32, pitch: f64, phase: f64) -> f32 {
    let t = f64::from(at) / 16_000.0;
    let partial = |h: f64| {
        let angle = std::f64::consts::TAU * h * (pitch * t + 3.0 * (5.0 * t + phase).sin());
        let formant = (-(h * pitch - 700.0).abs() / 600.0).exp();
        angle.sin() * formant * (1.0 + (h + 7.0 * t + phase).sin())
    };
    let sum: f64 = (1..=30).map(|h| partial(f64::from(h))).sum();
    (sum * 0.05 * (1.0 + (20.0 * t + phase).sin())) as f32
}

/// Two vowels, of which one begins a second late and the other ends a second early, beside what pyannote's network makes of them in torch.
#[test]
fn voice_activity_is_that_of_the_reference() {
    // Every fortieth frame from the twentieth on: that anybody speaks, that two do.
    const EXPECTED: [[f32; 2]; 15] = [
        [0.268, 0.008],
        [0.914, 0.097],
        [0.99, 0.185],
        [0.997, 0.153],
        [0.997, 0.111],
        [0.996, 0.145],
        [0.995, 0.801],
        [0.999, 0.899],
        [0.995, 0.814],
        [0.972, 0.16],
        [0.986, 0.067],
        [0.983, 0.027],
        [0.971, 0.01],
        [0.247, 0.002],
        [0.223, 0.003],
    ];
    let second = 16_000;
    let one = |at: u32, from: u32, to: u32| f32::from(u8::from(at > from * second && at < to * second));
    let pcm: Vec<f32> = (0..10 * second)
        .map(|at| one(at, 1, 6) * vowel(at, 120.0, 0.0) + one(at, 4, 9) * vowel(at, 210.0, 1.0))
        .collect();
    let found = SpeakerEncoder::load(files("voices")).unwrap().activity(&pcm);
    // The first frame's middle lies one frame after the begin.
    for (found, [speech, overlap]) in found.iter().skip(20 + 1).step_by(40).zip(EXPECTED) {
        let is_near = (found.speech - speech).abs() < 0.08 && (found.overlap - overlap).abs() < 0.08;
        assert!(is_near, "{found:?} for {speech}, {overlap}");
    }
}

/// A vowel that wanders, beside what 3D-Speaker's network makes of it in torch with kaldi-native-fbank, in thousandths.
#[test]
fn a_voice_is_the_vector_of_the_reference() {
    const EXPECTED: [i16; 192] = [
        -100, -55, 12, -143, -98, 47, -3, 47, 65, -13, -54, 102, 72, -103, 30, 26, 24, 47, 4, 45, 161, -39,
        -39, 125, -101, -50, 52, -16, 17, -9, -26, 54, 61, -41, -65, -88, -195, 112, 101, 40, 86, 50, -26,
        34, 98, -39, -60, -31, 48, 26, 112, -35, 12, -115, 83, 13, 72, -69, -99, -66, -150, 72, 53, -39, -51,
        10, 29, 66, -61, -131, -26, 87, 62, 13, -79, -64, 53, 118, -102, 8, 103, -12, 80, 33, 2, 103, 106,
        27, -21, -21, 27, -49, -49, 21, -29, 34, 82, -53, -95, -111, 135, -118, 30, -32, 4, 8, 25, -97, 69,
        28, -52, -64, 108, 90, 72, 150, 4, 71, 96, -50, 54, -6, -118, -26, -132, 46, 60, -25, 9, 57, -26,
        114, 122, -42, 72, 34, -101, 19, -49, 85, 84, 27, 65, 52, -70, -87, 104, 121, -33, -51, -84, -2, 99,
        30, -90, 16, 50, -12, 45, 21, 75, -6, 23, -78, 51, -182, -53, 12, -111, -102, -109, -67, 126, 22, -1,
        -23, 29, 58, 104, 10, -7, -40, -19, 26, -144, -107, 29, -6, -42, 92, -47, 92,
    ];
    let pcm: Vec<f32> = (0..32_000).map(|sample| vowel(sample, 120.0, 0.0)).collect();
    let found = SpeakerEncoder::load(files("voices")).unwrap().embedding(&pcm);
    let length = EXPECTED.iter().map(|value| f32::from(*value).powi(2)).sum::<f32>().sqrt();
    let alike: f32 = found.iter().zip(EXPECTED).map(|(a, b)| a * f32::from(b) / length).sum();
    assert!(alike > 0.99, "{alike}");
}

/// Token for token on clean clips, in the eight-bit form that is shipped.
#[test]
fn tokens_are_the_references() {
    let Some(pack) = pack() else { return };
    let whisper = model("tiny.en");
    for clip in ["jfk.flac", "lj001-0001.wav", "lj001-0005.wav", "libri-198.ogg", "austen-0930.wav"] {
        let path = pack.join("speech").join(clip);
        let (pcm, options) = (samples_of(&path), DecodeOptions::default());
        let heard = pollster::block_on(whisper.transcribe_window(&pcm, &options, &|| false)).unwrap();
        assert_eq!(tokens_heard(&heard), tokens_of_reference(&pack, "tiny.en", &path), "{clip}");
    }
}

/// Minutes long, gone through as the reference does: the words' tokens are the same but for what eight bits
/// change.
#[test]
fn tokens_of_a_long_recording_are_the_references() {
    let Some(pack) = pack() else { return };
    let path = pack.join("speech/long.flac");
    let whisper = model("tiny.en");
    let (pcm, options) = (samples_of(&path), DecodeOptions::default());
    let heard = pollster::block_on(whisper.transcribe_in_sequence(&pcm, &options, &|| false)).unwrap();
    let words =
        |tokens: Vec<u64>| tokens.into_iter().filter(|token| *token < END_OF_TEXT).collect::<Vec<_>>();
    let tokens = words(tokens_heard(&heard));
    let expected = words(tokens_of_reference(&pack, "tiny.en", &path));
    let differ = edits(&tokens, &expected);
    assert!(differ * 100 <= expected.len() * 3, "{differ} of {} tokens differ", expected.len());
}

/// Levenshtein's distance.
fn edits(a: &[u64], b: &[u64]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
