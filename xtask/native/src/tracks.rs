//! Every sound track of a file: how loud each channel is, and all tracks as one. Nothing here knows voices.

use std::fs::File;
use std::path::Path;

use clip::port::PcmBlock;
use clip::speakers::{LevelMeter, Levels};
use media::decode::AudioDecoder;
use media::pcm::{Resampler, SPEECH_RATE, downmix_interleaved};
use media::source::SeekSource;
use media::time::{Instant, Span, Timescale};
use media::{Demuxer, Track, TrackId, TrackKind};

use crate::failure::Failure;

/// A hole in the packets' times longer than this is silence; shorter ones are a codec's own doing.
const HOLE: Span = Span::from_millis(100);
/// What is said to sound later than this after the recording's end is damaged.
const LATE: Span = Span::from_millis(60_000);

pub fn open(file: &Path) -> Result<SeekSource<File>, Failure> {
    SeekSource::open(file).map_err(|error| {
        let message = format!("{}: {error}", file.display());
        Failure::input(media::Error::from(error).class(), message)
    })
}

/// The sound tracks that can be decoded here.
pub fn decodable(file: &Path) -> Result<Vec<TrackId>, Failure> {
    let demuxer = media::open(Box::new(open(file)?))?;
    let is_sound = |track: &&Track| track.kind == TrackKind::Audio && track.sample_count > 0;
    let tracks = demuxer.facts().tracks.iter().filter(is_sound);
    Ok(tracks.filter(|track| AudioDecoder::new(track).is_ok()).map(|track| track.id).collect())
}

/// The track that is heard where one is.
pub fn default(file: &Path) -> Result<Option<TrackId>, Failure> {
    let demuxer = media::open(Box::new(open(file)?))?;
    Ok(demuxer.facts().default_audio().map(|track| track.id))
}

/// The levels of all channels of `tracks`.
pub fn levels(file: &Path, tracks: &[TrackId]) -> Result<Levels, Failure> {
    let mut levels = Levels::default();
    for track in tracks {
        let mut meter = LevelMeter::default();
        each_block(file, *track, &mut |block| meter.push(&block))?;
        levels.beside(meter.finish());
    }
    Ok(levels)
}

/// The sum of `tracks`, mono at 16 kHz, from time zero on.
pub fn mixed(file: &Path, tracks: &[TrackId]) -> Result<Vec<f32>, Failure> {
    let mut mix = Vec::new();
    for track in tracks {
        let mut line = Line { mix: &mut mix, at: 0, until: Instant::ZERO, resampler: None };
        let mut failure = None;
        each_block(file, *track, &mut |block| {
            if let Err(error) = line.lay(&block) {
                failure.get_or_insert(error);
            }
        })?;
        line.end_run();
        failure.map_or(Ok(()), Err)?;
    }
    Ok(mix)
}

/// One track on its way into the mix.
struct Line<'a> {
    mix: &'a mut Vec<f32>,
    /// Where the next sample of the run goes.
    at: usize,
    /// Where the run's sound ends in the file.
    until: Instant,
    resampler: Option<(u32, Resampler)>,
}

impl Line<'_> {
    fn lay(&mut self, block: &PcmBlock) -> Result<(), media::Error> {
        let (Some(rate), Some(speech)) = (Timescale::new(block.sample_rate), Timescale::new(SPEECH_RATE))
        else {
            return Ok(());
        };
        let is_hole = block.start - self.until > HOLE || self.until - block.start > HOLE;
        if is_hole || self.resampler.as_ref().is_none_or(|(known, _)| *known != block.sample_rate) {
            self.end_run();
            self.resampler = Some((block.sample_rate, Resampler::new(block.sample_rate, SPEECH_RATE)?));
            self.at = block.start.since_zero().samples(speech) as usize;
            self.until = block.start;
        }
        let mut mono = Vec::new();
        downmix_interleaved(&block.samples, block.channels as usize, &mut mono);
        self.until += rate.span(media::Ticks(mono.len() as i64));
        let mut out = Vec::new();
        if let Some((_, resampler)) = &mut self.resampler {
            resampler.push(&mono, &mut out);
        }
        self.add(&out);
        Ok(())
    }

    fn end_run(&mut self) {
        if let Some((_, resampler)) = self.resampler.take() {
            let mut out = Vec::new();
            resampler.finish(&mut out);
            self.add(&out);
        }
    }

    fn add(&mut self, samples: &[f32]) {
        let end = self.at + samples.len();
        if end > self.mix.len() {
            self.mix.resize(end, 0.0);
        }
        self.mix[self.at..end].iter_mut().zip(samples).for_each(|(mixed, sample)| *mixed += sample);
        self.at = end;
    }
}

/// Decodes a track. What is damaged is left out.
fn each_block(file: &Path, id: TrackId, sink: &mut dyn FnMut(PcmBlock)) -> Result<(), Failure> {
    let mut demuxer: Demuxer = media::open(Box::new(open(file)?))?;
    let end = Instant::ZERO + demuxer.facts().duration + LATE;
    let Some(track) = demuxer.facts().track(id).cloned() else { return Ok(()) };
    let mut decoder = AudioDecoder::new(&track)?;
    while let Some(packet) = demuxer.next_packet(id)? {
        let mut samples = Vec::new();
        let Ok(sound) = decoder.decode(&packet, &mut samples) else { continue };
        if packet.pts >= Instant::ZERO && packet.pts < end {
            let (sample_rate, channels) = (sound.sample_rate, sound.channels);
            sink(PcmBlock { start: packet.pts, sample_rate, channels, samples });
        }
    }
    Ok(())
}
