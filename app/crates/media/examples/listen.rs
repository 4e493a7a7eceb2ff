//! `listen FILE [OUT.raw]`: decodes the first sound track that can be, writes its samples as interleaved 32-bit floats, and prints what
//! they were.

use std::process::ExitCode;

use media::decode::{TrackSound, first_decodable};
use media::{Instant, Ticks, Timescale};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: listen FILE [OUT.raw]");
        return ExitCode::from(2);
    };
    let out = arguments.next().and_then(|path| std::fs::File::create(path).ok()).map(std::io::BufWriter::new);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    match listen(bytes, out) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("the samples could not be written");
            ExitCode::from(3)
        }
        Err(error) => {
            println!("{error}");
            ExitCode::from(1)
        }
    }
}

/// `false`: the samples could not be written.
fn listen(bytes: Vec<u8>, mut out: Option<impl std::io::Write>) -> media::Result<bool> {
    let track = first_decodable(media::open(Box::new(bytes.clone()))?.facts())?.id;
    let mut sound = TrackSound::open(Box::new(bytes), track, Instant::ZERO)?;
    let (mut form, mut end, mut peak, mut written) = ((0, 0), Instant::ZERO, 0.0_f32, true);
    while let Some(block) = sound.next_block()? {
        form = (block.sample_rate, block.channels);
        let frames = block.samples.len() / block.channels.max(1) as usize;
        end = Timescale::new(block.sample_rate)
            .map_or(end, |rate| block.start + rate.span(Ticks(frames as i64)));
        peak = block.samples.iter().fold(peak, |peak, sample| peak.max(sample.abs()));
        if let Some(out) = &mut out {
            written &= block.samples.iter().all(|sample| out.write_all(&sample.to_le_bytes()).is_ok());
        }
    }
    let (codec, (rate, channels)) = (&sound.track().codec.name, form);
    let (damaged, packets) = (sound.damaged_packets(), sound.packets());
    println!(
        "{codec}, {rate} Hz, {channels} channels, {end} long, peak {peak}, {damaged} of {packets} packets damaged"
    );
    Ok(written)
}
