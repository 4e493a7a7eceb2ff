use super::*;
use crate::facts::TrackId;
use crate::stretches::Stretches;

const RATE: u32 = 48_000;
/// Frames in a packet: 20 ms.
const FRAMES: usize = 960;

fn packet(start_us: i64) -> Packet {
    Packet::new(TrackId(1), Instant::from_micros(start_us), Span::from_millis(20), true, Vec::new())
}

/// How a decoder stamps what it puts out.
#[derive(Clone, Copy)]
enum Clock {
    /// By counting from the first packet, as Chromium does.
    Counts,
    /// The same, and draining does not set it back.
    CountsOn,
    /// As the packet was stamped.
    Copies,
}

/// A decoder that makes 20 ms of each packet; frame `n` of packet `k` has the value `960 k + n`.
fn decoded(packets: &[Packet], from: Instant, clock: Clock) -> Vec<PlacedSound> {
    let mut placer = Placer::new(from);
    let mut stretches = Stretches::new(&opus());
    let (mut given, mut counted, mut out) = (packets.iter().cloned().enumerate(), 0, Vec::new());
    let mut number = 0;
    loop {
        while stretches.is_hungry() {
            stretches.push(given.next().map(|(_, packet)| packet));
        }
        let Some(fed) = stretches.pop() else { break };
        if fed.starts_anew {
            placer.begin_stretch(fed.packet.pts);
            counted = 0;
        }
        let stamp = placer.send(&fed.packet);
        let stamp = match clock {
            Clock::Copies => stamp,
            Clock::Counts => Span::from_millis(20 * counted),
            Clock::CountsOn => Span::from_millis(20 * number as i64),
        };
        let samples = (0..FRAMES).map(|frame| (number * FRAMES + frame) as f32).collect();
        placer.lay(stamp, RATE, 1, samples);
        (number, counted) = (number + 1, counted + 1);
        out.extend(std::iter::from_fn(|| placer.take()));
    }
    out
}

fn opus() -> crate::facts::Track {
    crate::facts::Track {
        id: TrackId(1),
        kind: crate::facts::TrackKind::Audio,
        codec: crate::codec::named("opus"),
        start: Instant::ZERO,
        duration: Span::from_millis(1_000),
        sample_count: 1,
        language: None,
        is_default: true,
        video: None,
        audio: Some(crate::facts::AudioFacts { sample_rate: RATE, channels: 1 }),
        more: Vec::new(),
    }
}

/// All samples in a row; that pieces follow each other is checked on the way.
fn row(pieces: &[PlacedSound], from: Instant) -> Vec<f32> {
    let rate = Timescale::new(RATE).unwrap();
    let mut samples: Vec<f32> = Vec::new();
    for piece in pieces {
        let expected = from + rate.span(Ticks(samples.len() as i64));
        let off = (piece.start - expected).micros().abs();
        assert!(off <= 1, "{} instead of {expected}", piece.start);
        samples.extend(&piece.samples);
    }
    samples
}

/// Packets of 20 ms with a shift for each, in milliseconds.
fn shifted(count: usize, shift_ms: impl Fn(usize) -> f64) -> Vec<Packet> {
    (0..count).map(|at| packet(at as i64 * 20_000 + (shift_ms(at) * 1_000.0).round() as i64)).collect()
}

fn each(check: impl Fn(Clock)) {
    check(Clock::Counts);
    check(Clock::CountsOn);
    check(Clock::Copies);
}

#[test]
fn a_hole_is_silence_and_what_follows_keeps_its_time() {
    each(|clock| {
        let packets = shifted(200, |at| if at < 100 { 0.0 } else { 6_100.0 });
        let samples = row(&decoded(&packets, Instant::ZERO, clock), Instant::ZERO);
        assert_eq!(samples.len(), 200 * FRAMES + 6_100 * 48);
        assert_eq!(samples[100 * FRAMES - 1], (100 * FRAMES - 1) as f32);
        assert!(samples[100 * FRAMES..100 * FRAMES + 6_100 * 48].iter().all(|&sample| sample == 0.0));
        assert_eq!(samples[100 * FRAMES + 6_100 * 48], (100 * FRAMES) as f32);
    });
}

#[test]
fn an_overlap_is_cut() {
    each(|clock| {
        let packets = shifted(200, |at| if at < 100 { 0.0 } else { -50.0 });
        let samples = row(&decoded(&packets, Instant::ZERO, clock), Instant::ZERO);
        assert_eq!(samples.len(), 200 * FRAMES - 50 * 48);
        assert_eq!(samples[100 * FRAMES], (100 * FRAMES + 50 * 48) as f32);
    });
}

#[test]
fn a_clock_that_drifts_is_followed() {
    each(|clock| {
        for per_packet_ms in [20.0 / 1200.0, -20.0 / 1200.0] {
            let packets = shifted(2_000, |at| at as f64 * per_packet_ms);
            let samples = row(&decoded(&packets, Instant::ZERO, clock), Instant::ZERO);
            for second in (10..39).step_by(4) {
                // What sample lies there, and which one the packets put there.
                let heard = f64::from(samples[second * 48_000]);
                let meant = second as f64 * 48_000.0 / (1.0 + per_packet_ms / 20.0);
                assert!((heard - meant).abs() < 480.0, "{heard} instead of {meant} at {second} s");
            }
            // Nothing jumps.
            assert!(samples.windows(2).all(|pair| (0.5..1.5).contains(&(pair[1] - pair[0]))));
        }
    });
}

#[test]
fn jitter_moves_nothing() {
    each(|clock| {
        let packets = shifted(500, |at| [0.0, 8.0, -6.0, 3.0, 4.0, -9.0][at % 6]);
        let samples = row(&decoded(&packets, Instant::ZERO, clock), Instant::ZERO);
        let off = samples.iter().enumerate().map(|(at, &sample)| (at as f64 - f64::from(sample)).abs());
        assert!(off.fold(0.0, f64::max) < 300.0);
    });
}

#[test]
fn what_is_hidden_is_cut_to_the_sample() {
    each(|clock| {
        // Priming before zero; the first edit shows 0 to 1 s, the second goes on there with a lead-in that is hidden.
        let until = Instant::from_seconds(1.0);
        let mut packets: Vec<Packet> = (0..60).map(|at| packet(at * 20_000 - 6_500)).collect();
        packets.iter_mut().for_each(|packet| packet.shown = Shown { from: Instant::ZERO, until });
        packets.extend((0..50).map(|at| Packet {
            run: 1,
            shown: Shown { from: until, until: Instant::from_seconds(1.5) },
            ..packet(at * 20_000 + 947_000)
        }));
        let samples = row(&decoded(&packets, Instant::ZERO, clock), Instant::ZERO);
        assert_eq!(samples.len(), 72_000);
        assert_eq!((samples[0], samples[47_999]), (312.0, 48_311.0));
        assert_eq!(samples[48_000], (60 * FRAMES + 53 * 48) as f32);
    });
}

#[test]
fn starting_in_the_middle_gives_the_samples_of_the_whole() {
    let packets: Vec<Packet> = (0..400).map(|at| packet(at * 20_000 - 6_500)).collect();
    let whole = row(&decoded(&packets, Instant::ZERO, Clock::Counts), Instant::ZERO);
    let from = Instant::from_micros(3_141_593);
    // A decoder that begins with packet 150 calls its frames 0 and on; the packets say where they lie.
    let part = row(&decoded(&packets[150..], from, Clock::Counts), from);
    let first = from.since_zero().samples(Timescale::new(RATE).unwrap()) as usize;
    let offset = (150 * FRAMES) as f32;
    assert!(part.iter().zip(&whole[first..]).all(|(part, whole)| part + offset == *whole));
    assert!(part.len() > 200_000);
}

#[test]
fn times_that_cannot_be_lose_no_sound() {
    each(|clock| {
        for shift in [-3_600_000.0, 9e9] {
            let from = Instant::from_seconds(7_200.0);
            let packets = shifted(400, |at| 7_200_000.0 + if at < 200 { 0.0 } else { shift });
            assert_eq!(row(&decoded(&packets, from, clock), from).len(), 400 * FRAMES, "{shift}");
        }
    });
}

#[test]
fn an_hour_of_nothing_comes_in_pieces() {
    let pieces = decoded(&[packet(3_600_000_000)], Instant::ZERO, Clock::Counts);
    assert_eq!(pieces.len(), 3_601);
    assert!(pieces.iter().all(|piece| piece.samples.len() <= 48_000));
}
