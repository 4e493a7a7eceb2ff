//! Edit lists and fragments: what a player shows is delivered, at its time, and what an edit hides is marked as hidden.
//! The lists are written into films of ffmpeg's by hand, because it writes none of these itself.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use media::{Demuxer, Instant, Packet, Span, TrackKind};

/// Two seconds each of 440, 880 and 660 Hz.
const TONES: &str = "aevalsrc=0.5*sin(2*PI*t*if(lt(t\\,2)\\,440\\,if(lt(t\\,4)\\,880\\,660))):s=48000:d=6";

/// A film of six seconds with an index behind its media.
fn film(name: &str, more: &[&str]) -> Vec<u8> {
    let arguments = [
        &["-f", "lavfi", "-i", TONES, "-map", "0:v", "-map", "2:a", "-vf", "tpad=stop_duration=1"][..],
        &[
            "-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "30", "-pix_fmt", "yuv420p", "-c:a",
            "aac",
        ],
        more,
    ]
    .concat();
    std::fs::read(common::fixture(name, &arguments)).expect("read")
}

fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat()
}

/// `(kind, start, end)` of the boxes between two offsets.
fn boxes(bytes: &[u8], from: usize, to: usize) -> Vec<([u8; 4], usize, usize)> {
    let mut found = Vec::new();
    let mut at = from;
    while at + 8 <= to {
        let size = u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize;
        found.push((bytes[at + 4..at + 8].try_into().expect("four bytes"), at, at + size));
        at += size;
    }
    found
}

/// Milliseconds of the movie, media tick, rate.
type Entry = (u32, i32, i32);
const ONE: i32 = 1 << 16;

/// The film with other edit lists; one for each track, in order.
fn with_edits(bytes: &[u8], lists: &[&[Entry]]) -> Vec<u8> {
    let (_, start, end) =
        boxes(bytes, 0, bytes.len()).into_iter().find(|(kind, ..)| kind == b"moov").expect("an index");
    assert_eq!(end, bytes.len(), "the index is last");
    let mut moov = Vec::new();
    let mut lists = lists.iter();
    for (kind, from, to) in boxes(bytes, start + 8, end) {
        if &kind != b"trak" {
            moov.extend(&bytes[from..to]);
            continue;
        }
        let mut trak = Vec::new();
        for (kind, from, to) in boxes(bytes, from + 8, to) {
            if &kind == b"mdia" {
                let entries = lists.next().expect("a list for each track");
                let mut elst = vec![0; 4];
                elst.extend((entries.len() as u32).to_be_bytes());
                for (length, media, rate) in *entries {
                    elst.extend(length.to_be_bytes());
                    elst.extend(media.to_be_bytes());
                    elst.extend(rate.to_be_bytes());
                }
                trak.extend(boxed(b"edts", &boxed(b"elst", &elst)));
            }
            if &kind != b"edts" {
                trak.extend(&bytes[from..to]);
            }
        }
        moov.extend(boxed(b"trak", &trak));
    }
    [&bytes[..start], &boxed(b"moov", &moov)].concat()
}

fn open(bytes: &[u8]) -> Demuxer {
    media::open(Box::new(bytes.to_vec())).expect("opens")
}

/// Facts of the only track of a kind, and all of its packets; their number is the one promised.
fn read(bytes: &[u8], kind: TrackKind) -> (media::Track, Vec<Packet>) {
    let mut demuxer = open(bytes);
    let track = demuxer.facts().tracks.iter().find(|track| track.kind == kind).expect("a track").clone();
    let packets = common::packets(&mut demuxer, track.id);
    assert_eq!(packets.len() as u64, track.sample_count);
    for pair in packets.windows(2) {
        assert!(pair[0].run == pair[1].run || pair[1].is_key, "a run begins with a sync packet");
        assert!(pair[0].run != pair[1].run || pair[0].dts < pair[1].dts, "in the order of decoding");
    }
    (track, packets)
}

/// Where something of the packets is shown, joined to stretches in milliseconds.
fn shown(packets: &[Packet]) -> Vec<(i64, i64)> {
    let mut spans: Vec<(Instant, Instant)> = packets
        .iter()
        .filter_map(|packet| packet.shown.clip(packet.pts, packet.pts + packet.duration))
        .collect();
    spans.sort();
    let mut joined: Vec<(Instant, Instant)> = Vec::new();
    for (from, until) in spans {
        match joined.last_mut() {
            Some(last) if from - last.1 <= Span::from_millis(1) => last.1 = last.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined.iter().map(|(from, until)| ((from.micros() + 500) / 1000, (until.micros() + 500) / 1000)).collect()
}

fn heard(bytes: &[u8]) -> Vec<f32> {
    common::listen(bytes.to_vec()).expect("decoded").samples
}

/// The share of one frequency in a stretch of seconds.
fn share(samples: &[f32], from: f64, until: f64, hz: f64) -> f64 {
    let part = &samples[(from * 16_000.0) as usize..(until * 16_000.0) as usize];
    let (mut real, mut imaginary, mut power) = (0.0, 0.0, 1e-9);
    for (at, &sample) in part.iter().enumerate() {
        let angle = std::f64::consts::TAU * hz * at as f64 / 16_000.0;
        real += f64::from(sample) * angle.cos();
        imaginary += f64::from(sample) * angle.sin();
        power += f64::from(sample) * f64::from(sample);
    }
    2.0 * (real * real + imaginary * imaginary) / (power * part.len() as f64)
}

#[test]
fn what_an_edit_list_leaves_is_delivered_at_its_time() {
    let bytes = film("edits.mp4", &[]);
    let whole = read(&bytes, TrackKind::Video).1;
    let ticks = |seconds: f64| (seconds * 15_360.0) as i32 + 1024;
    let sound = |seconds: f64| (seconds * 48_000.0) as i32 + 1024;

    // The middle is cut out; the second stretch begins between two sync pictures.
    let cut = with_edits(
        &bytes,
        &[
            &[(2000, ticks(0.0), ONE), (1500, ticks(4.5), ONE)],
            &[(2000, sound(0.0), ONE), (1500, sound(4.5), ONE)],
        ],
    );
    let (track, packets) = read(&cut, TrackKind::Video);
    assert_eq!(track.duration, Span::from_millis(3500));
    assert_eq!(shown(&packets), [(0, 3500)]);
    let second: Vec<&Packet> = packets.iter().filter(|packet| packet.run != packets[0].run).collect();
    assert!(
        second[0].is_key && second[0].shown.clip(second[0].pts, second[0].pts + second[0].duration).is_none()
    );
    let mut all_seen: Vec<&[u8]> = Vec::new();
    for packet in
        packets.iter().filter(|packet| packet.shown.clip(packet.pts, packet.pts + packet.duration).is_some())
    {
        let place = whole.iter().find(|other| other.data == packet.data).expect("a packet of the film");
        let was = place.pts.seconds();
        assert!(was < 2.0 || (4.46..6.0).contains(&was), "{was} was cut out");
        all_seen.push(&packet.data);
    }
    assert_eq!(all_seen.len(), 60 + 45);
    let samples = heard(&cut);
    assert_eq!(samples.len(), 56_000);
    assert!(share(&samples, 0.1, 1.99, 440.0) > 0.98);
    assert!(share(&samples, 2.01, 3.4, 660.0) > 0.98);
    assert!(share(&samples, 0.0, 3.5, 880.0) < 0.001);

    // A gap between, and the same once more.
    let gap = with_edits(
        &bytes,
        &[
            &[(1000, ticks(0.0), ONE), (500, -1, ONE), (1000, ticks(0.0), ONE)],
            &[(1000, sound(4.0), ONE), (500, -1, ONE), (1000, sound(0.5), ONE)],
        ],
    );
    assert_eq!(shown(&read(&gap, TrackKind::Video).1), [(0, 1000), (1500, 2500)]);
    let samples = heard(&gap);
    assert_eq!(samples.len(), 40_000);
    assert!(share(&samples, 0.01, 0.99, 660.0) > 0.98 && share(&samples, 1.51, 2.49, 440.0) > 0.98);
    assert!(samples[16_100..23_900].iter().all(|sample| sample.abs() < 0.01));

    // An empty edit in front, and media that begins in the middle.
    let late = with_edits(
        &bytes,
        &[&[(1000, -1, ONE), (2000, ticks(1.0), ONE)], &[(1000, -1, ONE), (2000, sound(1.0), ONE)]],
    );
    let (track, packets) = read(&late, TrackKind::Video);
    assert_eq!((track.start, track.end()), (Instant::from_seconds(1.0), Instant::from_seconds(3.0)));
    assert_eq!(shown(&packets), [(1000, 3000)]);
    let samples = heard(&late);
    assert!(share(&samples, 1.01, 1.99, 440.0) > 0.98 && share(&samples, 2.01, 2.99, 880.0) > 0.98);

    // A picture that stands still, while the sound is silent; then twice the rate.
    let still = with_edits(
        &bytes,
        &[
            &[(1000, ticks(1.0), 0), (1000, ticks(0.0), 2 * ONE)],
            &[(1000, sound(0.0), 0), (1000, sound(0.0), ONE)],
        ],
    );
    let (_, packets) = read(&still, TrackKind::Video);
    assert_eq!(shown(&packets), [(0, 2000)]);
    let samples = heard(&still);
    assert!(samples[..15_900].iter().all(|&sample| sample == 0.0) && share(&samples, 1.1, 1.9, 440.0) > 0.98);
}

#[test]
fn seeking_lands_in_the_stretch_that_is_shown() {
    let bytes = film("seek-edits.mp4", &[]);
    let cut = with_edits(
        &bytes,
        &[
            &[(2000, 1024, ONE), (1500, 4 * 15_360 + 1024, ONE)],
            &[(2000, 1024, ONE), (1500, 4 * 48_000 + 1024, ONE)],
        ],
    );
    for kind in [TrackKind::Video, TrackKind::Audio] {
        let (track, all) = read(&cut, kind);
        let mut demuxer = open(&cut);
        for at in [0.0, 1.9, 2.0, 2.7, 3.4, 0.5, 9.0, -1.0] {
            let landed = demuxer.seek(track.id, Instant::from_seconds(at)).expect("seeks");
            let next = demuxer.next_packet(track.id).expect("reads").expect("a packet");
            assert_eq!(next.pts, landed, "{kind:?} {at}");
            assert!(next.is_key && (landed.seconds() <= at.max(0.0)), "{kind:?} {at}: {landed}");
            let place = all.iter().position(|packet| *packet == next).expect("as in a read from the start");
            let reached = all[place..].iter().any(|packet| {
                packet.shown.clip(packet.pts, packet.pts + packet.duration).is_some_and(|(from, until)| {
                    (from.seconds()..until.seconds()).contains(&at.clamp(0.0, 3.499))
                })
            });
            assert!(reached, "{kind:?} {at}: what is shown then comes behind");
            assert_eq!(demuxer.next_packet(track.id).expect("reads").as_ref(), all.get(place + 1));
        }
    }
}

const FRAGMENTS: &str = "+frag_keyframe+empty_moov+default_base_moof";

#[test]
fn sound_lies_where_the_fragments_put_it() {
    let onset = |bytes: &[u8]| {
        let samples = heard(bytes);
        // The tone changes from 440 to 880 Hz: where their shares are equal.
        (0..400)
            .find(|step| {
                let at = 1.9 + f64::from(*step) * 0.0005;
                share(&samples, at, at + 0.02, 880.0) > share(&samples, at, at + 0.02, 440.0)
            })
            .map(|step| 1.9 + f64::from(step) * 0.0005 + 0.01)
    };
    let beside_picture = |bytes: &[u8]| {
        let picture = read(bytes, TrackKind::Video).0.start.seconds();
        onset(bytes).expect("the tone changes") - picture
    };
    let plain = beside_picture(&film("plain.mp4", &[]));
    let fragmented = beside_picture(&film("stretched.mp4", &["-movflags", FRAGMENTS]));
    assert!((plain - fragmented).abs() < 0.01, "{plain} {fragmented}");
}

#[test]
fn samples_in_the_index_and_fragments_behind_an_edit() {
    let path = common::fixture(
        "half.mp4",
        &[
            "-c:v",
            "libx264",
            "-bf",
            "2",
            "-g",
            "30",
            "-pix_fmt",
            "yuv420p",
            "-c:a",
            "aac",
            "-movflags",
            "+frag_keyframe",
            "-use_editlist",
            "1",
        ],
    );
    let mut bytes = std::fs::read(path).expect("read");
    // Each list holds one edit; it is made to end with the index, which holds the first second.
    for at in 0..bytes.len() - 16 {
        if &bytes[at..at + 4] == b"elst" {
            bytes[at + 12..at + 16].copy_from_slice(&1000u32.to_be_bytes());
        }
    }
    assert!(bytes.windows(4).any(|kind| kind == b"elst") && bytes.windows(4).any(|kind| kind == b"moof"));
    // Five seconds of pictures, and of frames of 1024 samples with one in front.
    for (kind, count) in [(TrackKind::Video, 150), (TrackKind::Audio, 236)] {
        let (track, packets) = read(&bytes, kind);
        assert_eq!(packets.len(), count, "{kind:?}");
        assert!(
            track.end().seconds() > 4.9 && packets.iter().all(|packet| packet.shown.until == Instant::MAX)
        );
    }
}

#[test]
fn fragments_in_any_order_and_without_times_of_their_own() {
    let bytes = film("shuffled.mp4", &["-movflags", FRAGMENTS]);
    let whole = read(&bytes, TrackKind::Video).1;
    let top = boxes(&bytes, 0, bytes.len());
    let first = top.iter().position(|(kind, ..)| kind == b"moof").expect("fragments");
    let pairs: Vec<&[u8]> = top[first..]
        .chunks(2)
        .filter(|pair| pair.len() == 2 && &pair[1].0 == b"mdat")
        .map(|pair| &bytes[pair[0].1..pair[1].2])
        .collect();
    assert!(pairs.len() > 3);
    let head = &bytes[..top[first].1];
    let mut order: Vec<&[u8]> = pairs.clone();
    order.swap(1, 3);
    assert_eq!(read(&[head, &order.concat()].concat(), TrackKind::Video).1, whole);

    // Without decode times a fragment goes on where the one before ended.
    let mut untimed = bytes.clone();
    for at in 0..untimed.len() - 4 {
        if &untimed[at..at + 4] == b"tfdt" {
            untimed[at..at + 4].copy_from_slice(b"free");
        }
    }
    assert_eq!(read(&untimed, TrackKind::Video).1, whole);

    // Two recordings, one behind the other: the second goes on where the first one ended.
    let twice = [head, &pairs.concat(), &pairs.concat()].concat();
    let (track, packets) = read(&twice, TrackKind::Video);
    assert_eq!(packets.len(), 2 * whole.len());
    assert!((track.end().seconds() - 12.0).abs() < 0.2, "{}", track.end());
}
