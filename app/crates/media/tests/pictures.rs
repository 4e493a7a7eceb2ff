//! What a picture track says beyond its codec: how it lies, what its colors mean, and that its description changes.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use media::{Color, Demuxer, VideoFacts};

const X264: [&str; 8] = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "30"];

fn picture(demuxer: &Demuxer) -> VideoFacts {
    demuxer.default_video().and_then(|track| track.video.clone()).expect("a picture")
}

/// Writes a matrix into the first box of a kind, some bytes behind the name.
fn set_matrix(bytes: &mut [u8], kind: &[u8; 4], offset: usize, [a, b, c, d]: [i32; 4]) {
    let header = bytes.windows(4).position(|name| name == kind).expect("a header");
    let fields = [a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30];
    for (field, value) in fields.into_iter().enumerate() {
        let at = header + offset + field * 4;
        bytes[at..at + 4].copy_from_slice(&value.to_be_bytes());
    }
}

#[test]
fn orientation_shape_and_languages() {
    let more = ["-c:a", "aac", "-vf", "setsar=4/3", "-metadata:s:a:0", "language=fra"];
    let path = common::fixture("upright.mp4", &[&X264[..], &more].concat());
    let bytes = std::fs::read(path).expect("read");
    let check = |track: [i32; 4], movie: [i32; 4], rotation: u16, flip: bool| {
        let mut turned = bytes.clone();
        set_matrix(&mut turned, b"tkhd", 44, track);
        set_matrix(&mut turned, b"mvhd", 40, movie);
        let demuxer = media::open(Box::new(turned)).expect("opens");
        let video = picture(&demuxer);
        assert_eq!((video.width, video.display_width, video.display_height), (320, 427, 180));
        let found = (video.orientation.rotation(), video.orientation.is_flipped());
        assert_eq!(found, (rotation, flip), "{track:?} {movie:?}");
        assert_eq!(demuxer.default_audio().and_then(|track| track.language.clone()).as_deref(), Some("fra"));
    };
    let plain = [1, 0, 0, 1];
    check(plain, plain, 0, false);
    check([0, 1, -1, 0], plain, 90, false);
    check([-1, 0, 0, -1], plain, 180, false);
    check([0, -1, 1, 0], plain, 270, false);
    check([-1, 0, 0, 1], plain, 0, true);
    check([1, 0, 0, -1], plain, 180, true);
    check([0, 1, 1, 0], plain, 270, true);
    check([0, -1, -1, 0], plain, 90, true);
    // The movie's matrix comes after the track's; one that nobody filled in says nothing.
    check([0, 1, -1, 0], [0, 1, -1, 0], 180, false);
    check([0, 1, -1, 0], [-1, 0, 0, 1], 270, true);
    check([0, 0, 0, 0], [0, 0, 0, 0], 0, false);
}

#[test]
fn colors_come_from_the_container_then_from_the_stream() {
    let tags = |space: &'static str, primaries, transfer, range| {
        ["-colorspace", space, "-color_primaries", primaries, "-color_trc", transfer, "-color_range", range]
    };
    let wide = tags("bt2020nc", "bt2020", "bt2020-10", "pc");
    let want = Color { primaries: 9, transfer: 14, matrix: 9, full_range: true };
    let check = |name: &str, arguments: &[&str], want: Color| {
        let path = common::fixture(name, arguments);
        assert_eq!(picture(&common::open(&path)).color, Some(want), "{name}");
    };
    let short = ["-map", "0:v", "-t", "0.5"];
    let bare = ["-movflags", "-write_colr"];
    let hevc =
        ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1"];
    let av1 = ["-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime"];
    let vp9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"];
    check("a.mp4", &[&X264[..], &wide, &short].concat(), want);
    check("b.mp4", &[&X264[..], &wide, &short, &bare].concat(), want);
    check("c.mp4", &[&hevc[..], &wide, &short, &bare].concat(), want);
    check("d.mp4", &[&av1[..], &wide, &short, &bare].concat(), want);
    check("e.mkv", &[&X264[..], &wide, &short].concat(), want);
    check("f.mkv", &[&hevc[..], &wide, &short].concat(), want);
    check("g.webm", &[&av1[..], &wide, &short].concat(), want);
    check("h.webm", &[&vp9[..], &wide, &short].concat(), want);
    // Nothing is stated anywhere.
    let none = Color { primaries: 2, transfer: 2, matrix: 2, full_range: false };
    check("i.mp4", &[&X264[..], &short].concat(), none);
    check("j.mp4", &[&hevc[..], &short].concat(), none);
    check("k.webm", &[&av1[..], &short].concat(), none);
    check("l.webm", &[&vp9[..], &short].concat(), none);
    // VP8 knows nothing else.
    check("m.webm", &[&["-c:v", "libvpx", "-deadline", "realtime"][..], &short].concat(), Color::BT601);
}

#[test]
fn the_container_is_believed_before_the_stream() {
    let tags = ["-colorspace", "smpte170m", "-color_primaries", "smpte170m", "-color_trc", "smpte170m"];
    let path = common::fixture("stated.mp4", &[&X264[..], &tags, &["-map", "0:v"]].concat());
    let mut bytes = std::fs::read(path).expect("read");
    let at = bytes.windows(8).position(|name| name == b"colrnclx").expect("a colr box") + 8;
    bytes[at..at + 7].copy_from_slice(&[0, 1, 0, 1, 0, 1, 0x80]);
    let video = picture(&media::open(Box::new(bytes)).expect("opens"));
    assert_eq!(video.color, Some(Color { full_range: true, ..Color::BT709 }));
}

/// The bytes of a file with the first box of a path (from the outermost in) replaced; the boxes around it grow.
fn replace(bytes: &mut Vec<u8>, path: &[&[u8; 4]], new: impl Fn(&[u8]) -> Vec<u8>) {
    let (mut from, mut until, mut around) = (0, bytes.len(), Vec::new());
    for name in path {
        loop {
            assert!(from < until, "{} is not there", String::from_utf8_lossy(*name));
            let size = u32::from_be_bytes(bytes[from..from + 4].try_into().expect("a size")) as usize;
            if &bytes[from + 4..from + 8] == *name {
                around.push(from);
                until = from + size;
                from += 8;
                break;
            }
            from += size;
        }
    }
    let body = new(&bytes[from..until]);
    let grown = body.len() as i64 - (until - from) as i64;
    bytes.splice(from..until, body);
    for at in around {
        let size = u32::from_be_bytes(bytes[at..at + 4].try_into().expect("a size"));
        bytes[at..at + 4].copy_from_slice(&((i64::from(size) + grown) as u32).to_be_bytes());
    }
}

/// Five seconds of 320×180 in one-second chunks, of which those from the third on are described as half as wide.
fn two_descriptions(first: u32, then: u32) -> Vec<u8> {
    let path = common::fixture("plain.mp4", &[&X264[..], &["-bf", "0", "-map", "0:v"]].concat());
    let mut bytes = std::fs::read(path).expect("read");
    let table = [b"moov", b"trak", b"mdia", b"minf", b"stbl"];
    let inside = |name: &'static [u8; 4]| [&table[..], &[name]].concat();
    replace(&mut bytes, &inside(b"stsd"), |body| {
        let entry = &body[8..];
        let mut narrow = entry.to_vec();
        narrow[32..34].copy_from_slice(&160u16.to_be_bytes());
        [&body[..4], &2u32.to_be_bytes(), entry, &narrow].concat()
    });
    // The whole track is one chunk or several: count its samples again, thirty a chunk, at their true places.
    let mut demuxer = media::open(Box::new(bytes.clone())).expect("opens");
    let track = demuxer.default_video().expect("a picture").id;
    let sizes: Vec<u32> =
        common::packets(&mut demuxer, track).iter().map(|packet| packet.data.len() as u32).collect();
    let start = bytes.windows(4).position(|name| name == b"mdat").expect("media") as u32 + 4;
    let offsets: Vec<u32> = (0..5).map(|chunk| start + sizes[..chunk * 30].iter().sum::<u32>()).collect();
    replace(&mut bytes, &inside(b"stco"), |_| {
        [vec![0, 5], offsets.clone()].concat().into_iter().flat_map(u32::to_be_bytes).collect()
    });
    replace(&mut bytes, &inside(b"stsc"), |_| {
        [0, 2, 1, 30, first, 3, 30, then].into_iter().flat_map(u32::to_be_bytes).collect()
    });
    bytes
}

#[test]
fn every_description_of_a_track_is_read() {
    for (first, then) in [(1, 2), (2, 1)] {
        let bytes = two_descriptions(first, then);
        let mut demuxer = media::open(Box::new(bytes)).expect("opens");
        let track = demuxer.default_video().expect("a picture").clone();
        let width = |number| {
            let (codec, video, _) = track.described(number).expect("a description");
            assert!(codec.description.is_some());
            video.expect("a picture").width
        };
        let (of_first, of_then) = if first == 1 { (320, 160) } else { (160, 320) };
        assert_eq!((width(0), width(1), track.more.len()), (of_first, of_then, 1));
        let packets = common::packets(&mut demuxer, track.id);
        assert_eq!(packets.len(), 150);
        for (at, packet) in packets.iter().enumerate() {
            assert_eq!(packet.description, u16::from(at >= 60), "packet {at}");
            assert_eq!(packet.run != packets[0].run, at >= 60, "packet {at}");
        }
        demuxer.seek(track.id, media::Instant::from_seconds(3.5)).expect("seeks");
        let packet = demuxer.next_packet(track.id).expect("reads").expect("a packet");
        assert_eq!((packet.description, packet.run), (1, packets[149].run));
    }
}
