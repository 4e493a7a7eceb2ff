//! Every container and codec against ffprobe: tracks, codecs, sizes, packet counts, times; and seeking against a plain
//! read from the start.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use media::{Class, Container, Error, Foreign, Instant, Packet, Span, TrackKind};

/// What a fixture must be, beyond what ffprobe says.
struct Expected {
    container: Container,
    /// WebCodecs strings of the tracks in order; empty for none.
    webcodecs: &'static [&'static str],
}

/// Opens a fixture, holds it against ffprobe, reads it whole and seeks about in it.
fn check(name: &str, arguments: &[&str], expected: Expected) {
    let path = common::fixture(name, arguments);
    let seen = common::ffprobe(&path);
    let mut demuxer = common::open(&path);
    let facts = demuxer.facts().clone();
    assert_eq!(facts.container, expected.container, "{name}");
    let duration = common::number(&seen["format"]["duration"]);
    assert!((facts.duration.seconds() - duration).abs() < 0.06, "{name}: {} and {duration}", facts.duration);

    let streams = seen["streams"].as_array().expect("streams");
    assert_eq!(facts.tracks.len(), streams.len(), "{name}");
    for ((track, stream), webcodecs) in facts.tracks.iter().zip(streams).zip(expected.webcodecs) {
        assert_eq!(stream["codec_name"], track.codec.name.as_str(), "{name}");
        assert_eq!(track.codec.webcodecs.as_deref().unwrap_or_default(), *webcodecs, "{name}");
        if let Some(video) = &track.video {
            assert_eq!(stream["width"], video.width, "{name}");
            assert_eq!(stream["height"], video.height, "{name}");
            let rate = video.frame_rate.expect("a frame rate");
            // Fragmented files of ffmpeg stretch one frame, and ffprobe sees the same.
            assert!((rate - 30.0).abs() < 0.2, "{name}: {rate}");
        }
        if let Some(audio) = &track.audio {
            assert_eq!(common::number(&stream["sample_rate"]), f64::from(audio.sample_rate), "{name}");
            assert_eq!(stream["channels"], audio.channels, "{name}");
        }
        let packets = common::packets(&mut demuxer, track.id);
        assert_eq!(packets.len() as u64, track.sample_count, "{name}");
        if !track.codec.name.starts_with("pcm") {
            assert_eq!(common::number(&stream["nb_read_packets"]) as usize, packets.len(), "{name}");
        }
        check_times(name, &packets, track.start, track.end());
        check_seeks(name, &mut demuxer, track.id, &packets, track.kind == TrackKind::Video);
    }
}

fn check_times(name: &str, packets: &[Packet], start: Instant, end: Instant) {
    let tolerance = Span::from_millis(60);
    let first = packets.iter().map(|packet| packet.pts).min().expect("packets");
    let last = packets.iter().map(|packet| packet.pts + packet.duration).max().expect("packets");
    assert!(first <= start + tolerance, "{name}: {first} {start}");
    assert!(last + tolerance >= end && last <= end + tolerance, "{name}: {last} {end}");
    for pair in packets.windows(2) {
        // The first packet of Vorbis only prepares the second.
        assert!(
            pair[0].dts < pair[1].dts || pair[0].duration == Span::ZERO,
            "{name}: {:?} {:?}",
            pair[0].dts,
            pair[1].dts
        );
    }
    assert!(packets[0].is_key, "{name}");
}

/// A seek lands on a packet from which what is shown at the target can be decoded, and reading goes on from there as it
/// did the first time.
fn check_seeks(
    name: &str,
    demuxer: &mut media::Demuxer,
    track: media::TrackId,
    all: &[Packet],
    is_picture: bool,
) {
    for at in [0.0, 2.5, 0.7, 4.99, 3.3333, 60.0, -1.0] {
        let at = Instant::from_seconds(at);
        let landed = demuxer.seek(track, at).expect("seeks");
        let next = demuxer.next_packet(track).expect("reads").expect("a packet");
        let place =
            all.iter().position(|packet| packet.data == next.data).expect("one of the packets read before");
        assert_eq!(next.pts, landed, "{name} at {at}");
        let drift = (next.pts - all[place].pts).micros().abs();
        assert!(drift < 2_000, "{name} at {at}: {} became {}", all[place].pts, next.pts);
        assert!(next.is_key, "{name} at {at}");
        let first = all[0].pts;
        assert!(next.pts <= at.max(first), "{name} at {at}: {}", next.pts);
        if is_picture {
            let nearest =
                all.iter().filter(|packet| packet.is_key && packet.pts <= at.max(first)).map(|p| p.pts).max();
            assert_eq!(Some(all[place].pts), nearest, "{name} at {at}");
        } else {
            let near = at.min(all[all.len() - 1].pts) - Span::from_millis(600);
            assert!(next.pts >= near, "{name} at {at}: {}", next.pts);
        }
        for following in all[place + 1..].iter().take(5) {
            let read = demuxer.next_packet(track).expect("reads").expect("a packet");
            assert_eq!(read.data, following.data, "{name} at {at}");
        }
    }
}

const X264: [&str; 8] = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "30"];

#[test]
fn mp4_and_mov() {
    let both = &["avc1.64000d", "mp4a.40.2"];
    let expect = |container, webcodecs| Expected { container, webcodecs };
    check("a.mp4", &[&X264[..], &["-c:a", "aac"]].concat(), expect(Container::Mp4, both));
    check("b.mov", &[&X264[..], &["-c:a", "aac"]].concat(), expect(Container::Mov, both));
    check(
        "c.mov",
        &[&X264[..], &["-c:a", "pcm_s16le"]].concat(),
        expect(Container::Mov, &["avc1.64000d", "pcm-s16"]),
    );
    check("d.m4a", &["-map", "1:a", "-c:a", "alac"], expect(Container::Mp4, &[""]));
    check("e.mp4", &["-map", "1:a", "-c:a", "flac", "-strict", "-2"], expect(Container::Mp4, &["flac"]));
}

#[test]
fn fragmented_mp4() {
    let flags = "+frag_keyframe+empty_moov+default_base_moof";
    for (name, flags) in [("a.mp4", flags), ("b.mp4", "+frag_keyframe"), ("c.mp4", "+dash+frag_keyframe")] {
        let arguments = [&X264[..], &["-bf", "0", "-c:a", "aac", "-movflags", flags]].concat();
        let webcodecs = &["avc1.64000d", "mp4a.40.2"];
        check(&format!("fragmented-{name}"), &arguments, Expected { container: Container::Mp4, webcodecs });
    }
}

#[test]
fn matroska_and_webm() {
    let expect = |container, webcodecs| Expected { container, webcodecs };
    check(
        "a.mkv",
        &[&X264[..], &["-c:a", "libopus"]].concat(),
        expect(Container::Matroska, &["avc1.64000d", "opus"]),
    );
    let vp9 =
        ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "30", "-c:a", "libvorbis"];
    check("b.webm", &vp9, expect(Container::WebM, &["vp09.00.11.08", "vorbis"]));
    let vp8 = ["-c:v", "libvpx", "-deadline", "realtime", "-g", "30", "-c:a", "libopus"];
    check("c.webm", &vp8, expect(Container::WebM, &["vp8", "opus"]));
    let live = [
        "-c:v",
        "libvpx",
        "-deadline",
        "realtime",
        "-g",
        "30",
        "-map",
        "0:v",
        "-f",
        "webm",
        "-cluster_time_limit",
        "900",
    ];
    check("d.webm", &live, expect(Container::WebM, &["vp8"]));
}

#[test]
fn sound_files() {
    let check = |name: &str, codec: &str, container, webcodecs| {
        check(name, &["-map", "1:a", "-c:a", codec], Expected { container, webcodecs });
    };
    check("a.wav", "pcm_s24le", Container::Wav, &["pcm-s24"]);
    check("b.wav", "pcm_mulaw", Container::Wav, &["ulaw"]);
    check("c.w64", "pcm_s16le", Container::Wav, &["pcm-s16"]);
    check("d.aiff", "pcm_s16be", Container::Aiff, &[""]);
    check("e.caf", "pcm_f32le", Container::Caf, &["pcm-f32"]);
    check("f.flac", "flac", Container::Flac, &["flac"]);
    check("g.ogg", "libvorbis", Container::Ogg, &["vorbis"]);
    check("h.opus", "libopus", Container::Ogg, &["opus"]);
    check("i.oga", "flac", Container::Ogg, &["flac"]);
    check("j.aac", "aac", Container::Adts, &["mp4a.40.2"]);
}

#[test]
fn mp3_with_and_without_a_count() {
    let mp3 = |name: &str, more: &[&str]| {
        let path = common::fixture(name, &[&["-map", "1:a", "-c:a", "libmp3lame"], more].concat());
        let mut demuxer = common::open(&path);
        let track = demuxer.default_audio().expect("sound").clone();
        assert_eq!((demuxer.facts().container, track.codec.name.as_str()), (Container::Mp3, "mp3"));
        let all = common::packets(&mut demuxer, track.id);
        assert_eq!(all.len() as u64, track.sample_count, "{name}");
        check_seeks(name, &mut demuxer, track.id, &all, false);
        (track.duration.seconds(), all[0].pts)
    };
    let (duration, first) = mp3("counted.mp3", &["-q:a", "4"]);
    assert!((duration - 5.0).abs() < 0.001, "encoder delay and padding are known: {duration}");
    assert!(first < Instant::ZERO);
    let (duration, first) = mp3("bare.mp3", &["-b:a", "96k", "-write_xing", "0", "-id3v2_version", "0"]);
    assert!((duration - 5.0).abs() < 0.08, "{duration}");
    assert_eq!(first, Instant::ZERO);
}

#[test]
fn what_is_not_read_is_named() {
    let check = |name: &str, arguments: &[&str], kind: Foreign| {
        let bytes = std::fs::read(common::fixture(name, arguments)).expect("read");
        let error = media::open(Box::new(bytes)).err().expect("refused");
        assert_eq!((error.class(), error), (Class::Unsupported, Error::Foreign(kind)));
    };
    check("a.avi", &["-c:v", "mpeg4", "-c:a", "mp2"], Foreign::Avi);
    check("b.flv", &["-c:v", "flv", "-c:a", "adpcm_swf", "-ar", "44100"], Foreign::Flv);
    check("c.ts", &["-c:v", "mpeg2video", "-c:a", "mp2"], Foreign::MpegTransport);
    check("d.mpg", &["-c:v", "mpeg2video", "-c:a", "mp2"], Foreign::MpegProgram);
    check("e.gif", &["-map", "0:v"], Foreign::Gif);
    check("f.png", &["-map", "0:v", "-frames:v", "1"], Foreign::Png);
    let text = media::open(Box::new(b"Dear diary, today I recorded nothing at all.\n".to_vec()))
        .err()
        .expect("refused");
    assert_eq!(text, Error::Foreign(Foreign::Text));
}
