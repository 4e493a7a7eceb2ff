//! `probe FILE`: what the demuxer finds, as JSON. `probe FILE packets` also reads every packet and adds, for each
//! track, how many there are, how many are key packets, the bytes, and the first and last times.

use std::process::ExitCode;

use media::probe;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: probe FILE [packets]");
        return ExitCode::from(2);
    };
    let source = match std::fs::File::open(&path) {
        Ok(file) => Box::new(file),
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    let mut demuxer = match media::open(source) {
        Ok(demuxer) => demuxer,
        Err(error) => {
            println!("{}", probe::error_json(&error, &error.to_string()));
            return ExitCode::from(1);
        }
    };
    let mut report = probe::facts_json(demuxer.facts());
    if arguments.next().is_some() {
        let tracks = demuxer.facts().tracks.clone();
        for (at, track) in tracks.iter().enumerate() {
            let (mut count, mut keys, mut bytes) = (0u64, 0u64, 0u64);
            let mut times: Option<(i64, i64)> = None;
            loop {
                match demuxer.next_packet(track.id) {
                    Ok(Some(packet)) => {
                        count += 1;
                        keys += u64::from(packet.is_key);
                        bytes += packet.data.len() as u64;
                        let (from, to) = (packet.pts.micros(), (packet.pts + packet.duration).micros());
                        times =
                            Some(times.map_or((from, to), |(first, last)| (first.min(from), last.max(to))));
                    }
                    Ok(None) => break,
                    Err(error) => {
                        report["tracks"][at]["packet_error"] = error.to_string().into();
                        break;
                    }
                }
            }
            report["tracks"][at]["packets"] = serde_json::json!({
                "count": count, "keys": keys, "bytes": bytes,
                "first_us": times.map(|times| times.0), "last_us": times.map(|times| times.1),
            });
            report["tracks"][at]["webcodecs"] = track.codec.webcodecs.clone().into();
            report["tracks"][at]["start_us"] = track.start.micros().into();
            report["tracks"][at]["duration_us"] = track.duration.micros().into();
        }
    }
    println!("{report}");
    ExitCode::SUCCESS
}
