//! What the muxer writes, our demuxer and ffprobe read alike; what ffmpeg writes, we read as ffprobe does.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use media::mux::{AudioCodec, AudioOut, Movie, OutputContainer, VideoCodec, VideoOut, muxer};
use media::{Color, Demuxer, FrameRate, Instant, Packet, Span};

const H264_AAC: &[&str] = &["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"];

/// Copies packets into a new file, as an export would write them; returns its path.
fn remux(demuxer: &mut Demuxer, name: &str, expected: Span, interleaved: bool) -> std::path::PathBuf {
    let video = demuxer.default_video().cloned();
    let audio = demuxer.default_audio().cloned();
    let folder =
        std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-mux", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    let file = std::fs::File::options().create(true).truncate(true).read(true).write(true).open(&path);
    let movie = Movie {
        video: video.as_ref().map(|track| VideoOut {
            width: 320,
            height: 180,
            frame_rate: FrameRate::new(30, 1).expect("a rate"),
            codec: VideoCodec::H264,
            config: track.codec.description.clone().expect("avcC"),
            color: Color::BT709,
        }),
        audio: audio.as_ref().map(|track| AudioOut {
            sample_rate: 48_000,
            channels: 1,
            codec: AudioCodec::Aac,
            config: track.codec.description.clone().expect("ASC"),
            priming_samples: 1024,
        }),
        expected,
    };
    let mut muxer = muxer(OutputContainer::Mp4, Box::new(file.expect("a file")), movie).expect("a muxer");
    let mut pictures =
        video.map(|track| common::packets(demuxer, track.id)).unwrap_or_default().into_iter().peekable();
    let mut sounds =
        audio.map(|track| common::packets(demuxer, track.id)).unwrap_or_default().into_iter().peekable();
    loop {
        let sound_first = match (pictures.peek(), sounds.peek()) {
            (Some(picture), Some(sound)) => interleaved && sound.dts < picture.dts,
            (None, None) => break,
            (picture, _) => picture.is_none(),
        };
        if sound_first {
            let sound = sounds.next().expect("peeked");
            muxer.write_audio(&sound.data, 1024).expect("written");
        } else {
            let picture = pictures.next().expect("peeked");
            let Packet { pts, dts, duration, is_key, .. } = picture;
            muxer.write_video(&picture.data, pts, dts, duration, is_key).expect("written");
        }
    }
    let bytes = muxer.finish().expect("finished");
    assert_eq!(bytes, std::fs::metadata(&path).expect("written").len());
    path
}

/// Names of the top-level boxes.
fn layout(path: &std::path::Path) -> Vec<String> {
    let bytes = std::fs::read(path).expect("read");
    let (mut at, mut names) = (0, Vec::new());
    while at + 8 <= bytes.len() {
        let size = u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize;
        names.push(String::from_utf8_lossy(&bytes[at + 4..at + 8]).into_owned());
        at += match size {
            1 => u64::from_be_bytes(bytes[at + 8..at + 16].try_into().expect("eight bytes")) as usize,
            size => size,
        };
    }
    assert_eq!(at, bytes.len(), "boxes fill the file");
    names
}

/// Remuxes a fixture and holds the result against ffprobe and against the packets that went in.
fn check(name: &str, arguments: &[&str], expected: Span, interleaved: bool) {
    let fixture = common::fixture(name, arguments);
    let mut source = common::open(&fixture);
    let written = remux(&mut source, name, expected, interleaved);
    assert_eq!(common::decode_errors(&written), "", "{name} decodes");

    let names = layout(&written);
    let place = |kind: &str| names.iter().position(|name| name == kind).expect("the box is there");
    assert!(place("moov") < place("mdat"), "{name}: {names:?}");

    let seen = common::ffprobe(&written);
    let duration = common::number(&seen["format"]["duration"]);
    assert!((duration - 5.0).abs() <= 1.0 / 30.0 + 0.001, "{name}: {duration} s");
    for stream in seen["streams"].as_array().expect("streams") {
        assert!(common::number(&stream["start_time"]).abs() < 0.001, "{name}: {stream}");
        if stream["codec_type"] == "video" {
            assert_eq!(stream["color_space"], "bt709");
            assert_eq!(stream["color_range"], "tv");
            assert_eq!(stream["nb_read_packets"], "150");
            assert_eq!(stream["avg_frame_rate"], "30/1");
        }
    }

    let mut again = common::open(&written);
    let mut original = common::open(&fixture);
    assert_eq!(again.facts().tracks.len(), original.facts().tracks.len());
    let pairs = [
        (original.default_video().cloned(), again.default_video().cloned()),
        (original.default_audio().cloned(), again.default_audio().cloned()),
    ];
    for (before, after) in pairs {
        let (Some(before), Some(after)) = (before, after) else { continue };
        assert_eq!(before.codec, after.codec);
        let (before, after) =
            (common::packets(&mut original, before.id), common::packets(&mut again, after.id));
        assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            assert_eq!((&before.data, before.is_key), (&after.data, after.is_key));
            assert!(
                (before.pts.micros() - after.pts.micros()).abs() <= 12,
                "{name}: {:?} {:?}",
                before.pts,
                after.pts
            );
        }
    }
}

#[test]
fn a_muxed_file_holds_what_went_in() {
    check("plain.mp4", &[H264_AAC, &["-bf", "0"]].concat(), Span::from_seconds(5.0), true);
}

#[test]
fn pictures_stored_out_of_order_keep_their_times() {
    check("b-frames.mp4", &[H264_AAC, &["-bf", "3"]].concat(), Span::from_seconds(5.0), true);
}

#[test]
fn tracks_given_one_after_the_other_are_interleaved_all_the_same() {
    check("apart.mp4", &[H264_AAC, &["-bf", "0"]].concat(), Span::from_seconds(5.0), false);
}

#[test]
fn an_index_that_outgrows_its_room_moves_the_data() {
    check("unknown-length.mp4", &[H264_AAC, &["-bf", "2", "-g", "2"]].concat(), Span::ZERO, true);
}

#[test]
fn a_picture_without_sound_is_a_movie_too() {
    check(
        "silent.mp4",
        &["-map", "0:v", "-c:v", "libx264", "-pix_fmt", "yuv420p"],
        Span::from_seconds(5.0),
        true,
    );
}

#[test]
fn seeking_lands_on_the_key_picture_before() {
    let path =
        common::fixture("seek.mp4", &[H264_AAC, &["-bf", "2", "-g", "25", "-sc_threshold", "0"]].concat());
    let mut demuxer = common::open(&path);
    let video = demuxer.default_video().expect("a picture").id;
    let all = common::packets(&mut demuxer, video);
    let keys: Vec<Instant> = all.iter().filter(|packet| packet.is_key).map(|packet| packet.pts).collect();
    assert!(keys.len() > 4);
    for at_ms in (-500..6000).step_by(37) {
        let at = Instant::from_micros(at_ms * 1000);
        let want = keys.iter().copied().filter(|&key| key <= at).max().unwrap_or(keys[0]);
        assert_eq!(demuxer.seek(video, at).expect("seeks"), want, "{at}");
        let packet = demuxer.next_packet(video).expect("reads").expect("a packet");
        assert_eq!((packet.pts, packet.is_key), (want, true), "{at}");
    }
}
