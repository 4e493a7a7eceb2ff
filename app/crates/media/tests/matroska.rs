//! Matroska built element by element, for what ffmpeg does not write: laces, stripped headers, samples that are thrown
//! away, artwork, and numbers that no recording has.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use media::{Demuxer, Error, Instant, Packet, Span, TrackId, TrackKind};

fn element(id: u32, body: &[u8]) -> Vec<u8> {
    let id = id.to_be_bytes();
    let id = &id[id.iter().position(|&byte| byte != 0).expect("a number")..];
    let size = (body.len() as u64 | 1 << 56).to_be_bytes();
    [id, &size, body].concat()
}

fn number(id: u32, value: u64) -> Vec<u8> {
    element(id, &value.to_be_bytes())
}

fn parts(parts: &[Vec<u8>]) -> Vec<u8> {
    parts.concat()
}

/// A sound track of number 1, described by the elements besides.
fn sound(codec: &str, channels: u64, more: &[Vec<u8>]) -> Vec<u8> {
    let audio = parts(&[element(0xB5, &48_000f64.to_be_bytes()), number(0x9F, channels), number(0x6264, 16)]);
    let head = [number(0xD7, 1), number(0x83, 2), element(0x86, codec.as_bytes()), element(0xE1, &audio)];
    element(0xAE, &parts(&[head.concat(), more.concat()]))
}

/// A whole file of these tracks and this content of its only cluster.
fn file(tracks: &[Vec<u8>], blocks: &[Vec<u8>]) -> Vec<u8> {
    let info = number(0x2AD7B1, 1_000_000);
    let cluster = parts(&[number(0xE7, 0), blocks.concat()]);
    let segment = parts(&[
        element(0x1549_A966, &info),
        element(0x1654_AE6B, &tracks.concat()),
        element(0x1F43_B675, &cluster),
    ]);
    parts(&[element(0x1A45_DFA3, &element(0x4282, b"matroska")), element(0x1853_8067, &segment)])
}

/// A simple block of track 1 with these flags and this payload.
fn block(ms: i16, flags: u8, payload: &[u8]) -> Vec<u8> {
    element(0xA3, &[&[0x81], &ms.to_be_bytes()[..], &[flags], payload].concat())
}

fn read(bytes: Vec<u8>) -> (Demuxer, Vec<Packet>) {
    let mut demuxer = media::open(Box::new(bytes)).expect("opens");
    let packets = common::packets(&mut demuxer, TrackId(1));
    (demuxer, packets)
}

#[test]
fn laced_frames_have_their_stripped_bytes_put_back() {
    let settings = element(0x5034, &parts(&[number(0x4254, 3), element(0x4255, b"head")]));
    let encodings = element(0x6D80, &element(0x6240, &settings));
    let track = sound("A_AAC/MPEG4/LC", 1, &[encodings, number(0x23E383, 20_000_000)]);
    // A lace of equal sizes: three frames of two bytes.
    let bytes = file(&[track], &[block(0, 0x84, b"\x02aabbcc"), block(60, 0x80, b"dd")]);
    let (demuxer, packets) = read(bytes);
    let data: Vec<&[u8]> = packets.iter().map(|packet| packet.data.as_slice()).collect();
    assert_eq!(data, [b"headaa", b"headbb", b"headcc", b"headdd"]);
    let times: Vec<i64> = packets.iter().map(|packet| packet.pts.micros() / 1000).collect();
    assert_eq!(times, [0, 20, 40, 60]);
    assert_eq!(demuxer.facts().tracks[0].sample_count, 4);
}

#[test]
fn a_stripped_header_has_a_limit() {
    let settings = element(0x5034, &parts(&[number(0x4254, 3), element(0x4255, &vec![7; 100_000])]));
    let track = sound("A_AAC/MPEG4/LC", 1, &[element(0x6D80, &element(0x6240, &settings))]);
    let lace = [&[255u8][..], &[1; 256]].concat();
    let error = media::open(Box::new(file(&[track], &[block(0, 0x84, &lace)]))).err().expect("refused");
    assert_eq!(error, Error::CompressedFrames);
}

#[test]
fn what_is_thrown_away_is_not_heard() {
    let head = b"OpusHead\x01\x01\x38\x01\x80\xBB\0\0\0\0\0";
    let delay = number(0x56AA, 6_500_000);
    let track = sound("A_OPUS", 1, &[element(0x63A2, head), delay]);
    // Two packets of 20 ms, of the last of which 13.5 ms are thrown away.
    let last = element(0xA1, &[0x81, 0, 20, 0, 0xF8, 1, 2]);
    let group = element(0xA0, &parts(&[last, element(0x75A2, &13_500_000i64.to_be_bytes())]));
    let (_, packets) = read(file(&[track], &[block(0, 0x80, &[0xF8, 1, 2]), group]));
    let heard: Vec<(i64, i64)> = packets
        .iter()
        .filter_map(|packet| packet.shown.clip(packet.pts, packet.pts + packet.duration))
        .map(|(from, until)| (from.micros(), until.micros()))
        .collect();
    assert_eq!(heard, [(0, 13_500), (13_500, 20_000)]);
}

#[test]
fn artwork_beside_sound_is_no_film() {
    let picture = |number_of: u64| {
        let video = parts(&[number(0xB0, 300), number(0xBA, 300)]);
        let head =
            [number(0xD7, number_of), number(0x83, 1), element(0x86, b"V_MJPEG"), element(0xE0, &video)];
        element(0xAE, &head.concat())
    };
    let pcm = sound("A_PCM/INT/LIT", 1, &[]);
    let still = element(0xA3, &[0x82, 0, 0, 0x80, 0xFF, 0xD8]);
    let blocks = [block(0, 0x80, &vec![0; 96_000]), still, block(1000, 0x80, &[0; 9600])];
    let (demuxer, _) = read(file(&[pcm, picture(2)], &blocks));
    let kinds: Vec<TrackKind> = demuxer.facts().tracks.iter().map(|track| track.kind).collect();
    assert_eq!(kinds, [TrackKind::Audio, TrackKind::Other]);
    assert!(demuxer.default_video().is_none());
}

#[test]
fn numbers_that_no_recording_has_are_survived() {
    for (channels, frame_ns) in [(u64::from(u32::MAX), 0), (0, u64::MAX), (1 << 31, u64::MAX - 3)] {
        let track = sound("A_PCM/INT/LIT", channels, &[number(0x23E383, frame_ns)]);
        let other =
            sound("A_AAC/MPEG4/LC", channels, &[number(0x23E383, frame_ns), number(0x56AA, u64::MAX)]);
        for track in [track, other] {
            let bytes = file(&[track], &[block(0, 0x80, &[0; 64]), block(i16::MIN, 0x80, &[0; 64])]);
            if let Ok(mut demuxer) = media::open(Box::new(bytes)) {
                common::packets(&mut demuxer, TrackId(1));
                demuxer.seek(TrackId(1), Instant::MAX - Span::from_millis(1)).expect("seeks");
                common::packets(&mut demuxer, TrackId(1));
            }
        }
    }
}
