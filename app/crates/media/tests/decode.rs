//! Sound decoded natively: right pitch, right level, and above all in the right place on the timeline.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use common::Heard;
use media::{Class, Error};

/// One second of silence, then two seconds of 440 Hz at half level.
const LATE_TONE: &str = "aevalsrc=if(gte(t\\,1)\\,0.5*sin(440*2*PI*t)\\,0):s=48000:d=3";

fn decode(path: &std::path::Path) -> Heard {
    common::listen(std::fs::read(path).expect("the fixture is read")).expect("decoded")
}

/// The amplitude of one frequency.
fn amplitude(samples: &[f32], hz: f64) -> f64 {
    let (mut real, mut imaginary) = (0.0, 0.0);
    for (at, &sample) in samples.iter().enumerate() {
        let angle = std::f64::consts::TAU * hz * at as f64 / 16_000.0;
        real += f64::from(sample) * angle.cos();
        imaginary += f64::from(sample) * angle.sin();
    }
    2.0 * real.hypot(imaginary) / samples.len() as f64
}

/// Decodes the late tone out of a file and holds onset, pitch and level against what went in.
fn check(name: &str, arguments: &[&str], onset_ms: f64) {
    let input = ["-f", "lavfi", "-i", LATE_TONE, "-map", "2:a"];
    let path = common::fixture(name, &[&input[..], arguments].concat());
    let heard = decode(&path);
    assert_eq!(heard.damaged_packets, 0, "{name}");
    assert!((heard.seconds() - 3.0).abs() < 0.08, "{name}: {} s", heard.seconds());
    let samples = heard.samples;
    let onset = samples.iter().position(|sample| sample.abs() > 0.15).expect("a tone") as f64 / 16.0;
    assert!((onset - 1000.4).abs() < onset_ms, "{name}: the tone begins at {onset} ms");
    let level = amplitude(&samples[20_000..36_000], 440.0);
    // LAME turns everything down by a twentieth.
    assert!((level - 0.5).abs() < 0.03, "{name}: {level}");
    let rest: f64 =
        samples[20_000..36_000].iter().map(|&sample| f64::from(sample).powi(2)).sum::<f64>() / 16_000.0;
    assert!(rest < 0.5 * level * level * 1.05, "{name}: more than the tone is there");
}

#[test]
fn every_codec_keeps_its_place() {
    check("a.wav", &["-c:a", "pcm_s16le"], 0.3);
    check("b.wav", &["-c:a", "pcm_f32le", "-af", "pan=stereo|c0=c0|c1=c0"], 0.3);
    check("c.wav", &["-c:a", "adpcm_ima_wav"], 1.0);
    check("d.aiff", &["-c:a", "pcm_s24be"], 0.3);
    check("e.flac", &["-c:a", "flac", "-ar", "44100"], 0.3);
    check("f.m4a", &["-c:a", "alac"], 0.3);
    check("g.m4a", &["-c:a", "aac", "-b:a", "128k"], 3.0);
    check("h.mp4", &["-c:a", "aac", "-b:a", "128k", "-af", "pan=stereo|c0=c0|c1=c0"], 3.0);
    check("i.mov", &["-c:a", "pcm_s16be"], 0.3);
    check("j.mp3", &["-c:a", "libmp3lame", "-b:a", "128k"], 3.0);
    check("k.ogg", &["-c:a", "libvorbis", "-q:a", "5"], 3.0);
    check("l.opus", &["-c:a", "libopus", "-b:a", "96k"], 3.0);
    check("m.mkv", &["-c:a", "libopus", "-b:a", "96k"], 3.0);
    check("n.webm", &["-c:a", "libvorbis", "-q:a", "5"], 3.0);
    check("o.mp4", &["-c:a", "libopus", "-b:a", "96k", "-strict", "-2"], 3.0);
}

#[test]
fn sound_that_begins_late_is_preceded_by_silence() {
    // The tone is delayed once more by the container: it begins at 1.7 s.
    let path = common::fixture(
        "late.mp4",
        &[
            "-itsoffset",
            "0.7",
            "-f",
            "lavfi",
            "-i",
            LATE_TONE,
            "-map",
            "0:v",
            "-map",
            "2:a",
            "-c:v",
            "libx264",
            "-c:a",
            "aac",
        ],
    );
    let samples = decode(&path).samples;
    let onset = samples.iter().position(|sample| sample.abs() > 0.15).expect("a tone") as f64 / 16.0;
    assert!((onset - 1700.4).abs() < 3.0, "{onset}");
}

#[test]
fn damage_costs_only_what_is_damaged() {
    let path = common::fixture(
        "damaged.mp3",
        &["-f", "lavfi", "-i", LATE_TONE, "-map", "2:a", "-c:a", "libmp3lame"],
    );
    let mut bytes = std::fs::read(&path).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 300].fill(0x55);
    let heard = common::listen(bytes).expect("decoded");
    assert!(heard.seconds() > 2.5, "{} s", heard.seconds());
}

#[test]
fn no_sound_and_no_decoder_are_different_answers() {
    let error = |path: std::path::PathBuf| {
        let bytes = std::fs::read(path).expect("read");
        common::listen(bytes).err().expect("refused")
    };
    let silent = error(common::fixture("silent.mp4", &["-map", "0:v", "-c:v", "libx264"]));
    assert_eq!((silent.class(), &silent), (Class::Empty, &Error::NoSoundTrack));
    let dolby = error(common::fixture("dolby.mp4", &["-c:v", "libx264", "-c:a", "ac3"]));
    assert_eq!(dolby.class(), Class::Unsupported);
    assert_eq!(dolby, Error::Undecodable { codec: "ac3".into() });
}
