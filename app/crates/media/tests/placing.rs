//! Real files through a decoder that counts as browsers do: sound lies where its packets lie, also from the middle on.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;

use media::decode::TrackSound;
use media::time::{Instant, Timescale};

const RATE: u32 = 48_000;

/// A click every second and a quiet tone that never repeats itself.
const CLICKS: &str =
    "aevalsrc=0.1*sin(300*t*(1+t/20)*2*PI)+0.8*lt(mod(t\\,1)\\,0.002)*sin(3000*2*PI*t):s=48000:d=12";

fn recording(name: &str, arguments: &[&str]) -> std::path::PathBuf {
    common::fixture(name, &[&["-f", "lavfi", "-i", CLICKS, "-map", "2:a"], arguments].concat())
}

/// Mono at 48 kHz from `from` on.
fn placed(path: &Path, from: Instant) -> Vec<f32> {
    let file = || Box::new(std::fs::File::open(path).expect("it is there"));
    let track = media::open(file()).expect("opened").default_audio().expect("sound").id;
    let mut sound = TrackSound::open(file(), track, from).expect("opened");
    let mut row = Vec::new();
    while let Some(block) = sound.next_block().expect("decoded") {
        assert_eq!((block.sample_rate, block.channels), (RATE, 1));
        row.extend(block.samples);
    }
    assert_eq!(sound.damaged_packets(), 0);
    row
}

/// Seconds at which clicks set in.
fn clicks(row: &[f32]) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    for (at, sample) in row.iter().enumerate() {
        let second = at as f64 / f64::from(RATE);
        if sample.abs() > 0.4 && found.last().is_none_or(|last| second - last > 0.3) {
            found.push(second);
        }
    }
    found
}

fn check(name: &str, arguments: &[&str], shown: impl Fn(f64) -> f64) {
    let row = placed(&recording(name, arguments), Instant::ZERO);
    let found = clicks(&row);
    assert_eq!(found.len(), 12, "{name}: {found:?}");
    // Matroska as ffmpeg writes it begins with AAC's priming: all of it is as much late.
    let late = found[0] - shown(0.0);
    assert!((-0.001..0.022).contains(&late), "{name}: the first click is heard at {late} s");
    for (second, found) in found.iter().enumerate() {
        let expected = shown(second as f64) + late;
        assert!((found - expected).abs() < 0.012, "{name}: a click of {expected} s is heard at {found} s");
    }
}

#[test]
fn a_hole_in_the_times_is_heard_as_one() {
    let late = "asetpts=PTS+gt(T\\,4.5)*6.1/TB";
    let shown = |second: f64| if second > 4.5 { second + 6.1 } else { second };
    check("hole.mkv", &["-af", late, "-c:a", "aac", "-b:a", "128k"], shown);
    check("hole.mka", &["-af", late, "-c:a", "libopus", "-b:a", "96k"], shown);
    check("hole-pcm.mkv", &["-af", late, "-c:a", "pcm_s16be"], shown);
}

#[test]
fn a_clock_that_runs_wrong_is_followed() {
    // Three in a thousand, much more than sound cards are off.
    check("slow.mka", &["-af", "asetpts=PTS*1.003", "-c:a", "libopus", "-b:a", "96k"], |second| {
        second * 1.003
    });
    check("fast.mkv", &["-af", "asetpts=PTS*0.997", "-c:a", "aac", "-b:a", "128k"], |second| second * 0.997);
}

#[test]
fn from_the_middle_on_the_samples_are_those_of_the_whole() {
    for (name, codec) in
        [("seek.mp4", "aac"), ("seek.mka", "libopus"), ("seek.mp3", "libmp3lame"), ("seek.flac", "flac")]
    {
        let path = recording(name, &["-c:a", codec]);
        let whole = placed(&path, Instant::ZERO);
        let from = Instant::from_micros(5_432_100);
        let part = placed(&path, from);
        let first = from.since_zero().samples(Timescale::new(RATE).expect("a rate")) as usize;
        let length = part.len().min(whole.len() - first);
        assert!(length > RATE as usize * 6, "{name}: {length}");
        // Matroska rounds times to a millisecond; the others lie to the sample.
        let reach = if name.ends_with("mka") { 48 } else { 1 };
        let best = (0..=2 * reach)
            .map(|shift| {
                let there = &whole[first + shift - reach..];
                let off =
                    part[..length].iter().zip(there).map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>();
                (off / length as f64).sqrt()
            })
            .fold(f64::MAX, f64::min);
        assert!(best < 0.004, "{name}: {best}");
    }
}
