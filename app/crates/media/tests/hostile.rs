//! Damaged and cut files: whatever the bytes, opening, reading and seeking end in an answer, never in a panic or a
//! hang. Every container is cut at many places and has many bits flipped, by a fixed sequence of chance.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::time::{Duration, Instant as Clock};

use media::{Class, Error, Instant, Span};

/// No file of a few hundred kilobytes may take longer than this to go through.
const PATIENCE: Duration = Duration::from_secs(5);

/// Chance that is the same every time (xorshift64*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end.max(1)
    }
}

#[expect(clippy::disallowed_methods, reason = "a native test that looks for hangs needs a clock")]
fn now() -> Clock {
    Clock::now()
}

/// Opens, reads every packet of every track, seeks about; returns the packets read, or `None` if it was refused.
fn exercise(bytes: Vec<u8>, what: &str) -> Option<usize> {
    let started = now();
    let size = bytes.len();
    let result = media::open(Box::new(bytes)).map(|mut demuxer| {
        let tracks = demuxer.facts().tracks.clone();
        let mut read = 0;
        for track in &tracks {
            let mut delivered = 0;
            while let Ok(Some(packet)) = demuxer.next_packet(track.id) {
                read += 1;
                delivered += packet.data.len();
                assert!(delivered <= 4 * size + 4096, "{what}: packets repeat without end");
            }
            for seconds in [0.0, 1.3, 4.9, 1e6, -1.0] {
                let landed = demuxer.seek(track.id, Instant::from_seconds(seconds));
                for _ in 0..3 {
                    let _ = demuxer.next_packet(track.id);
                }
                assert!(landed.is_ok(), "{what}: {landed:?}");
            }
        }
        assert!(demuxer.facts().duration > Span::ZERO, "{what}");
        read
    });
    assert!(started.elapsed() < PATIENCE, "{what} took {:?}", started.elapsed());
    match result {
        Ok(read) => Some(read),
        Err(error) => {
            let json = serde_json::to_string(&error).expect("JSON");
            assert_eq!(serde_json::from_str::<Error>(&json).expect("read back"), error, "{what}");
            None
        }
    }
}

fn check(name: &str, arguments: &[&str]) {
    let whole = std::fs::read(common::fixture(name, arguments)).expect("the fixture is there");
    let all = exercise(whole.clone(), name).expect("the whole file opens");
    assert!(all > 0, "{name}");
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    for step in 0..60 {
        // Cuts lie close together where the headers are.
        let end = if step < 30 { step * step * 2 } else { whole.len() * (step - 29) / 31 };
        let end = end.min(whole.len());
        let read = exercise(whole[..end].to_vec(), &format!("{name} cut at {end}"));
        assert!(read.unwrap_or(0) <= all + 2, "{name} cut at {end}");
    }
    for round in 0..120 {
        let mut damaged = whole.clone();
        // Half of the rounds aim at the first and the last kilobytes, where the structure is.
        let reach = if round % 2 == 0 { damaged.len() } else { damaged.len().min(3000) };
        let from_end = round % 4 == 3;
        for _ in 0..1 + round / 6 {
            let at = chance.below(reach);
            let at = if from_end { damaged.len() - 1 - at } else { at };
            damaged[at] ^= 1 << chance.below(8);
        }
        exercise(damaged, &format!("{name} damaged {round}"));
    }
    for round in 0..20 {
        // Pieces overwritten with what makes sizes and counts enormous.
        let mut damaged = whole.clone();
        let at = chance.below(damaged.len().min(4000));
        let end = (at + 1 + chance.below(8)).min(damaged.len());
        damaged[at..end].fill(if round % 2 == 0 { 0xFF } else { 0 });
        exercise(damaged, &format!("{name} overwritten {round} at {at}"));
    }
}

const PICTURE: &[&str] = &["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-t", "2"];

fn with_picture<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [PICTURE, more].concat()
}

#[test]
fn damaged_mp4() {
    check("hostile.mp4", &with_picture(&["-c:a", "aac", "-bf", "2", "-movflags", "+faststart"]));
    check("hostile.mov", &with_picture(&["-c:a", "pcm_s16be"]));
}

#[test]
fn damaged_fragments() {
    let flags = "+frag_keyframe+empty_moov+default_base_moof";
    check("hostile-fragmented.mp4", &with_picture(&["-c:a", "aac", "-g", "15", "-movflags", flags]));
}

#[test]
fn damaged_matroska() {
    check("hostile.mkv", &with_picture(&["-c:a", "libopus"]));
    check("hostile.webm", &["-c:v", "libvpx", "-c:a", "libvorbis", "-t", "2"]);
}

#[test]
fn damaged_sound() {
    for (name, codec) in [
        ("hostile.mp3", "libmp3lame"),
        ("hostile.aac", "aac"),
        ("hostile.flac", "flac"),
        ("hostile.ogg", "libvorbis"),
        ("hostile.opus", "libopus"),
        ("hostile.wav", "pcm_s16le"),
        ("hostile.aiff", "pcm_s16be"),
        ("hostile.caf", "pcm_s16le"),
    ] {
        check(name, &["-map", "1:a", "-c:a", codec, "-t", "2"]);
    }
}

#[test]
fn damaged_joints() {
    for (name, codec) in [("joint.mp3", "libmp3lame"), ("joint.ogg", "libvorbis"), ("joint.flac", "flac")] {
        let path = common::fixture(name, &["-map", "1:a", "-c:a", codec, "-t", "1"]);
        let one = std::fs::read(path).expect("the fixture is there");
        let mut chance = Chance(11);
        for round in 0..60 {
            let mut twice = [&one[..], &one].concat();
            // Around the joint, where the second recording's headers are.
            for _ in 0..1 + round / 6 {
                let at = one.len() - 200 + chance.below(one.len().min(1500));
                twice[at] = chance.below(256) as u8;
            }
            exercise(twice, &format!("{name} damaged {round}"));
        }
    }
}

/// A file of any length that holds nothing behind its head, and counts what is read of it.
struct Hollow {
    head: Vec<u8>,
    length: u64,
    read: std::rc::Rc<std::cell::Cell<u64>>,
}

impl media::ByteSource for Hollow {
    fn len(&self) -> u64 {
        self.length
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> std::io::Result<usize> {
        let count = buf.len().min(self.length.saturating_sub(offset) as usize);
        buf[..count].fill(0);
        for (at, byte) in self.head.iter().enumerate().skip(offset as usize).take(count) {
            buf[at - offset as usize] = *byte;
        }
        self.read.set(self.read.get() + count as u64);
        Ok(count)
    }
}

#[test]
fn an_index_that_is_too_large_is_refused_before_it_is_read() {
    let moov = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2\0\0\0\x01moov\0\0\0\0\x40\0\0\0";
    let head = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2\0\0\0\x08moov\0\0\0\x01moof\0\0\0\0\x40\0\0\0";
    for head in [&moov[..], head] {
        let read = std::rc::Rc::default();
        let source = Hollow { head: head.to_vec(), length: 3 << 30, read: std::rc::Rc::clone(&read) };
        let error = media::open(Box::new(source)).err().expect("refused");
        assert_eq!(error.class(), Class::Malformed, "{error}");
        assert!(read.get() < 64 << 20, "{} bytes were read", read.get());
    }
}

/// The files that `INCUT_TEST_DATA` points to, if it is set, damaged in the same way.
#[test]
fn damaged_collection() {
    let Some(folder) = std::env::var_os("INCUT_TEST_DATA") else {
        eprintln!("INCUT_TEST_DATA is not set: only generated files are damaged");
        return;
    };
    let mut chance = Chance(99);
    let mut files = 0;
    for part in ["media", "broken"] {
        let entries =
            std::fs::read_dir(std::path::Path::new(&folder).join(part)).expect("the collection's folder");
        for entry in entries {
            let path = entry.expect("an entry").path();
            let whole = std::fs::read(&path).expect("the file is read");
            let name = path.display().to_string();
            exercise(whole.clone(), &name);
            files += 1;
            for round in 0..if whole.is_empty() { 0 } else { 24 } {
                let mut damaged = whole.clone();
                let reach = if round % 3 == 0 { damaged.len() } else { damaged.len().min(2500) };
                for _ in 0..=round {
                    let at = chance.below(reach);
                    let at = if round % 3 == 2 { damaged.len() - 1 - at } else { at };
                    damaged[at] = if round % 2 == 0 {
                        damaged[at] ^ 1 << chance.below(8)
                    } else {
                        chance.below(256) as u8
                    };
                }
                exercise(damaged, &format!("{name} damaged {round}"));
            }
        }
    }
    assert!(files > 0, "the collection is empty");
}

#[test]
fn bytes_that_are_no_medium() {
    let mut chance = Chance(7);
    for size in [0, 1, 3, 4, 7, 8, 11, 12, 16, 64, 1000, 70_000] {
        let noise: Vec<u8> = (0..size).map(|_| chance.below(256) as u8).collect();
        for head in [
            &b""[..],
            b"\0\0\0\x18ftypisom",
            b"\x1A\x45\xDF\xA3",
            b"RIFF\0\0\0\0WAVE",
            b"OggS\0\x02",
            b"fLaC",
            b"ID3\x04",
        ] {
            let mut bytes = head.to_vec();
            bytes.extend(&noise);
            let length = bytes.len();
            assert_eq!(exercise(bytes, &format!("noise of {length}")), None);
        }
    }
}
