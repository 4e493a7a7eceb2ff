//! `listen FILE [OUT.raw]`: decodes the sound to 16 kHz mono, writes it as 32-bit floats, and prints what it was.

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: listen FILE [OUT.raw]");
        return ExitCode::from(2);
    };
    let mut out =
        arguments.next().and_then(|path| std::fs::File::create(path).ok()).map(std::io::BufWriter::new);
    let file = match std::fs::File::open(&path) {
        Ok(file) => Box::new(file),
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    let mut peaks = media::pcm::WaveformPeaks::new(1 << 30);
    let mut failed = false;
    let result = media::decode::decode_audio_16k_mono(file, &mut |samples| {
        peaks.push(samples);
        if let Some(out) = &mut out {
            failed |= samples.iter().any(|sample| out.write_all(&sample.to_le_bytes()).is_err());
        }
    });
    match result {
        Ok(summary) if !failed => {
            println!("{summary:?} {:?}", peaks.finish().first());
            ExitCode::SUCCESS
        }
        Ok(_) => {
            eprintln!("the samples could not be written");
            ExitCode::from(3)
        }
        Err(error) => {
            println!("{error}");
            ExitCode::from(1)
        }
    }
}
