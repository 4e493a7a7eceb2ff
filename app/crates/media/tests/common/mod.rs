//! Fixtures made by the `ffmpeg` binary, and `ffprobe` as the second opinion. A missing binary fails the test.

#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of this module")]
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use std::process::Command;

use media::decode::{TrackSound, first_decodable};
use media::pcm::{MonoMixer, Resampler, SPEECH_RATE};
use media::{ByteSource, Demuxer, Instant, Packet, TrackId};

/// Runs ffmpeg with a five-second test picture (input 0) and noise (input 1); `arguments` choose the rest.
pub fn fixture(name: &str, arguments: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!(
        "{}-{}",
        std::process::id(),
        name.replace('.', "-")
    ));
    std::fs::create_dir_all(&folder).expect("a folder for fixtures");
    let path = folder.join(name);
    let picture = "testsrc2=size=320x180:rate=30:duration=5";
    // Noise, so that no two packets are the same.
    let tone = "anoisesrc=sample_rate=48000:duration=5:seed=7:amplitude=0.3";
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone])
        .args(arguments)
        .arg(&path)
        .output()
        .expect("the tests need the ffmpeg binary");
    assert!(output.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&output.stderr));
    path
}

/// What ffprobe says about a file, with packets counted.
pub fn ffprobe(path: &Path) -> serde_json::Value {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-count_packets", "-show_streams", "-show_format", "-of", "json"])
        .arg(path)
        .output()
        .expect("the tests need the ffprobe binary");
    assert!(output.stderr.is_empty(), "ffprobe: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("ffprobe writes JSON")
}

/// Decodes everything with ffmpeg; whatever it complains about is returned.
pub fn decode_errors(path: &Path) -> String {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-xerror", "-i"])
        .arg(path)
        .args(["-f", "null", "-"])
        .output()
        .expect("the tests need the ffmpeg binary");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn open(path: &Path) -> Demuxer {
    let file = std::fs::File::open(path).expect("the fixture opens");
    media::open(Box::new(file)).expect("the fixture is read")
}

pub fn packets(demuxer: &mut Demuxer, track: TrackId) -> Vec<Packet> {
    std::iter::from_fn(|| demuxer.next_packet(track).expect("packets are read")).collect()
}

/// What is heard of a file: its first track that can be decoded, 16 kHz mono from time zero on.
pub struct Heard {
    pub samples: Vec<f32>,
    pub damaged_packets: u64,
}

impl Heard {
    pub fn seconds(&self) -> f64 {
        self.samples.len() as f64 / f64::from(SPEECH_RATE)
    }
}

pub fn listen<S: ByteSource + Clone + 'static>(source: S) -> media::Result<Heard> {
    let demuxer = media::open(Box::new(source.clone()))?;
    let track = first_decodable(demuxer.facts())?.id;
    let mut sound = TrackSound::open(Box::new(source), track, Instant::ZERO)?;
    let (mut mixer, mut stage): (_, Option<(u32, Resampler)>) = (MonoMixer::default(), None);
    let mut samples = Vec::new();
    while let Some(block) = sound.next_block()? {
        if stage.as_ref().is_none_or(|(rate, _)| *rate != block.sample_rate) {
            if let Some((_, before)) = stage.take() {
                before.finish(&mut samples);
            }
            stage = Some((block.sample_rate, Resampler::new(block.sample_rate, SPEECH_RATE)?));
        }
        let mut mono = Vec::new();
        mixer.push(&block.samples, block.channels as usize, block.sample_rate, &mut mono);
        if let Some((_, resampler)) = &mut stage {
            resampler.push(&mono, &mut samples);
        }
    }
    if let Some((_, resampler)) = stage {
        resampler.finish(&mut samples);
    }
    Ok(Heard { samples, damaged_packets: sound.damaged_packets() })
}

pub fn number(value: &serde_json::Value) -> f64 {
    value.as_str().and_then(|text| text.parse().ok()).or(value.as_f64()).expect("a number")
}
