//! Recordings joined into one file, one behind the other: all of them are heard, each at its time, with its own header
//! and its own padding.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use media::{Instant, Track};

/// One second of silence, then a second of 440 Hz at half level.
const LATE_TONE: &str = "aevalsrc=if(gte(t\\,1)\\,0.5*sin(440*2*PI*t)\\,0):s=44100:d=2";

fn part(name: &str, arguments: &[&str]) -> Vec<u8> {
    let input = ["-f", "lavfi", "-i", LATE_TONE, "-map", "2:a"];
    std::fs::read(common::fixture(name, &[&input[..], arguments].concat())).expect("read")
}

/// Joins parts of two seconds and holds length, number of packets and every onset against what must be. Returns the
/// track.
fn check(name: &str, parts: &[&[u8]], each: f64, slack: f64) -> Track {
    let bytes = parts.concat();
    let mut demuxer = media::open(Box::new(bytes.clone())).expect("opens");
    let track = demuxer.default_audio().expect("sound").clone();
    let packets = common::packets(&mut demuxer, track.id);
    assert_eq!(packets.len() as u64, track.sample_count, "{name}");
    let length = each * parts.len() as f64;
    assert!((track.duration.seconds() - length).abs() < slack, "{name}: {} of {length}", track.duration);
    assert_eq!(demuxer.facts().duration, track.duration, "{name}");

    let common::Heard { samples, damaged_packets } = common::listen(bytes).expect("decoded");
    assert_eq!(damaged_packets, 0, "{name}");
    for number in 0..parts.len() {
        let begin = (each * number as f64 * 16_000.0) as usize;
        let after = begin + 8_000;
        let onset = samples[after..].iter().position(|sample| sample.abs() > 0.1).expect("a tone") + after;
        let off = onset as f64 / 16_000.0 - (each * number as f64 + 1.0);
        assert!(off.abs() < slack, "{name}: tone {number} is {off} s off");
        // A seek into each part gives the packets of a read from the start.
        let at = Instant::from_seconds(each * number as f64 + 1.5);
        let landed = demuxer.seek(track.id, at).expect("seeks");
        let next = demuxer.next_packet(track.id).expect("reads").expect("a packet");
        assert_eq!(next.pts, landed, "{name}");
        let place = packets.iter().position(|packet| packet.data == next.data && packet.run == next.run);
        assert!(
            place.is_some() && landed <= at && at - landed < media::Span::from_millis(700),
            "{name}: {landed}"
        );
    }
    track
}

#[test]
fn joined_mp3() {
    let counted = part("joined-a.mp3", &["-c:a", "libmp3lame", "-q:a", "4", "-metadata", "title=First"]);
    let other = part("joined-b.mp3", &["-c:a", "libmp3lame", "-b:a", "64k", "-ar", "22050", "-ac", "2"]);
    let tail = [b"TAG".as_slice(), &[0; 125]].concat();
    let once = check("once", &[&counted], 2.0, 0.003);
    assert!(once.more.is_empty());
    let tagged = [&counted[..], &tail].concat();
    let alike = check("alike", &[&tagged, &counted, &tagged], 2.0, 0.003);
    assert!(alike.more.is_empty());
    let mixed = check("mixed", &[&tagged, &other, &counted], 2.0, 0.003);
    assert_eq!(mixed.more.len(), 1);
    assert_eq!(
        mixed.described(1).and_then(|(_, _, audio)| audio).map(|audio| audio.sample_rate),
        Some(22_050)
    );
}

#[test]
fn joined_adts() {
    let one = part("joined-a.aac", &["-c:a", "aac"]);
    let other = part("joined-b.aac", &["-c:a", "aac", "-ar", "48000", "-ac", "2"]);
    // Frames in front and behind are not told from sound here.
    let track = check("adts", &[&one, &other, &one], 2.0, 0.2);
    assert_eq!(track.more.len(), 1);
}

#[test]
fn joined_flac() {
    let one = part("joined-a.flac", &["-c:a", "flac"]);
    let other = part("joined-b.flac", &["-c:a", "flac", "-ar", "22050", "-ac", "2"]);
    assert!(check("alike", &[&one, &one], 2.0, 0.003).more.is_empty());
    assert_eq!(check("mixed", &[&one, &other, &one], 2.0, 0.003).more.len(), 1);
}

#[test]
fn chained_ogg() {
    let check = |name: &str, first: &[&str], second: &[&str]| {
        let one = part(&format!("chain-a-{name}"), first);
        let other = part(&format!("chain-b-{name}"), second);
        let track = check(name, &[&one, &other, &one], 2.0, 0.003);
        assert!(!track.more.is_empty(), "{name}");
        // The very same stream once more, under the same number.
        let track = self::check(name, &[&one, &one], 2.0, 0.003);
        assert!(track.more.is_empty(), "{name}");
    };
    check("x.opus", &["-c:a", "libopus"], &["-c:a", "libopus", "-ac", "2"]);
    check("x.ogg", &["-c:a", "libvorbis"], &["-c:a", "libvorbis", "-ac", "2", "-ar", "22050"]);
    check("x.oga", &["-c:a", "flac"], &["-c:a", "flac", "-ac", "2", "-ar", "48000"]);
}
