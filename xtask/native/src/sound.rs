//! Sound of a file as mono 16 kHz blocks: a pure-Rust demuxer and decoder, the mean of all channels, and a change of rate.
//! Refuses to know what the sound is for.

use std::f64::consts::PI;
use std::fs::File;
use std::path::Path;

use models::mel::SAMPLE_RATE;
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::errors::Error;
use symphonia::core::formats::TrackType;
use symphonia::core::formats::probe::Hint;
use symphonia::core::io::MediaSourceStream;

use crate::failure::Failure;

/// Decodes the first audio track of `path` and hands it to `take` in blocks, until that says false.
pub fn each_block(path: &Path, take: &mut dyn FnMut(&[f32]) -> Result<bool, Failure>) -> Result<(), Failure> {
    let name = path.display();
    let file = File::open(path).map_err(|e| Failure::input("truncated", format!("{name}: {e}")))?;
    let mut hint = Hint::new();
    if let Some(extension) = path.extension().and_then(|e| e.to_str()) {
        hint.with_extension(extension);
    }
    let stream = MediaSourceStream::new(Box::new(file), Default::default());
    let mut format = symphonia::default::get_probe()
        .probe(&hint, stream, Default::default(), Default::default())
        .map_err(|e| refused(path, &e))?;
    let none = || Failure::input("empty", format!("{name}: there is no sound in this file"));
    let track = format.default_track(TrackType::Audio).ok_or_else(none)?;
    let parameters = track.codec_params.as_ref().and_then(|p| p.audio()).ok_or_else(none)?;
    let id = track.id;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(parameters, &AudioDecoderOptions::default())
        .map_err(|e| refused(path, &e))?;

    let mut change: Option<(u32, Resampler)> = None;
    let (mut interleaved, mut mono) = (Vec::new(), Vec::new());
    let mut any = false;
    loop {
        let packet = match format.next_packet() {
            Ok(Some(packet)) if packet.track_id == id => packet,
            Ok(Some(_)) => continue,
            // A file that ends early still gives what it has.
            Ok(None) | Err(Error::IoError(_) | Error::ResetRequired) => break,
            Err(error) if any => {
                eprintln!("{name}: stops being readable: {error}");
                break;
            }
            Err(error) => return Err(refused(path, &error)),
        };
        let block = match decoder.decode(&packet) {
            Ok(block) => block,
            Err(Error::DecodeError(_) | Error::IoError(_)) => continue,
            Err(error) => return Err(refused(path, &error)),
        };
        let (rate, channels) = (block.spec().rate(), block.spec().channels().count());
        if rate == 0 || channels == 0 || block.frames() == 0 {
            continue;
        }
        block.copy_to_vec_interleaved::<f32>(&mut interleaved);
        mono.clear();
        mono.extend(
            interleaved.chunks_exact(channels).map(|frame| frame.iter().sum::<f32>() / channels as f32),
        );
        any = true;
        let resampler = match &mut change {
            Some((known, resampler)) if *known == rate => resampler,
            _ => &mut change.insert((rate, Resampler::new(rate))).1,
        };
        if !take(&resampler.push(&mono))? {
            return Ok(());
        }
    }
    match change {
        Some((_, mut resampler)) => take(&resampler.finish()).map(|_| ()),
        None => Err(none()),
    }
}

fn refused(path: &Path, error: &Error) -> Failure {
    let class = match error {
        Error::Unsupported(_) => "unsupported",
        Error::IoError(_) => "truncated",
        _ => "malformed",
    };
    Failure::input(class, format!("{}: {error}", path.display()))
}

/// Band-limited change of rate to 16 kHz: a windowed sinc evaluated at each output instant.
struct Resampler {
    /// Input samples an output sample.
    step: f64,
    /// Cut-off in cycles an input sample, times two.
    cutoff: f64,
    /// Half the filter's length, in input samples.
    half: usize,
    /// Input from `first` on; `half` zeros stand before the begin.
    input: Vec<f32>,
    first: i64,
    next_output: u64,
    received: u64,
}

impl Resampler {
    fn new(rate: u32) -> Self {
        let step = f64::from(rate) / SAMPLE_RATE as f64;
        let cutoff = (1.0 / step).min(1.0) * 0.97;
        let half = (24.0 / cutoff).ceil() as usize;
        Self {
            step,
            cutoff,
            half,
            input: vec![0.0; half],
            first: -(half as i64),
            next_output: 0,
            received: 0,
        }
    }

    fn push(&mut self, samples: &[f32]) -> Vec<f32> {
        self.received += samples.len() as u64;
        self.input.extend_from_slice(samples);
        self.outputs()
    }

    fn finish(&mut self) -> Vec<f32> {
        self.input.extend(std::iter::repeat_n(0.0, self.half + 1));
        let mut rest = self.outputs();
        let total = (self.received as f64 / self.step).ceil() as u64;
        let over = self.next_output.saturating_sub(total) as usize;
        rest.truncate(rest.len().saturating_sub(over));
        rest
    }

    fn outputs(&mut self) -> Vec<f32> {
        if self.step == 1.0 {
            let ready = self.input.len().saturating_sub(self.half);
            self.next_output += ready as u64;
            return self.input.drain(self.half..).collect();
        }
        let mut out = Vec::new();
        loop {
            let at = self.next_output as f64 * self.step;
            let centre = at.floor() as i64;
            let from = (centre - self.half as i64 + 1 - self.first) as usize;
            let Some(taps) = self.input.get(from..from + 2 * self.half) else { break };
            let mut sum = 0.0;
            for (i, tap) in taps.iter().enumerate() {
                let x = (centre - self.half as i64 + 1 + i as i64) as f64 - at;
                sum += f64::from(*tap) * self.kernel(x);
            }
            out.push(sum as f32);
            self.next_output += 1;
        }
        let keep = (self.next_output as f64 * self.step).floor() as i64 - self.half as i64 - self.first;
        let drop = usize::try_from(keep).unwrap_or(0).min(self.input.len());
        self.input.drain(..drop);
        self.first += drop as i64;
        out
    }

    fn kernel(&self, x: f64) -> f64 {
        let sinc = if x == 0.0 { 1.0 } else { (PI * self.cutoff * x).sin() / (PI * self.cutoff * x) };
        let window = 0.5 + 0.5 * (PI * x / self.half as f64).cos();
        self.cutoff * sinc * window
    }
}
