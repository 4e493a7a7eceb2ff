//! Which sound track and channel of a file is transcribed, by the rules of the page: the first that can be decoded, another one where
//! somebody speaks in that and not in the first. Hearing itself is left to whoever asks.

use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;

use clip::analyze::LookMeter;
use clip::note::Note;
use clip::port::{PcmWindow, Windows};
use clip::tracks::{
    Look, MOST_TRIES, SoundChoice, SoundTrack, Tracks, first_choice, found_note, others, preferred,
    silent_note, worth_hearing,
};
use clip::transcript::WindowSpan;
use media::decode::{AudioDecoder, AudioSummary, decode_audio_16k_mono, decode_track_16k_mono};
use media::source::SeekSource;
use models::vad::{Window, WindowPlanner};
use text::reasons::note;

use crate::failure::Failure;

/// How much of a track is looked at, in seconds.
const LOOK_S: f64 = 180.0;
/// Fewer words are none.
const FEWEST_WORDS: usize = 5;

pub fn open(path: &Path) -> Result<SeekSource<File>, Failure> {
    SeekSource::open(path).map_err(|e| {
        let message = format!("{}: {e}", path.display());
        Failure::input(media::Error::from(e).class(), message)
    })
}

/// Has the best place of a file heard. `hear` gives what was heard and the number of words in it; what was used or tried instead
/// of the first track is told on standard error.
pub fn hear<T>(
    path: &Path,
    mut hear: impl FnMut(Option<SoundChoice>) -> Result<(T, usize), Failure>,
) -> Result<T, Failure> {
    let tracks = tracks(path)?;
    // Without a track that can be decoded, the decoder says why.
    let Some(usual) = first_choice(&tracks) else { return hear(None).map(|heard| heard.0) };
    let whole: Vec<_> = tracks
        .iter()
        .filter(|track| track.can_decode)
        .map(|track| SoundChoice::of(Tracks::One(track.id)))
        .collect();
    let first = match whole.len() {
        0 | 1 => usual,
        _ => preferred(&looks(path, &whole, LOOK_S)?).unwrap_or(usual),
    };
    if first != usual {
        eprintln!("{}", note(&found_note(&tracks, usual, first)));
    }
    let (mut best, mut words) = hear(Some(first))?;
    if words >= FEWEST_WORDS {
        return Ok(best);
    }
    let candidates = others(&tracks, first);
    let mut found = worth_hearing(&looks(path, &candidates, LOOK_S)?);
    if found.is_empty() {
        let whole: Vec<_> = candidates.iter().filter(|choice| choice.channel.is_none()).copied().collect();
        found = worth_hearing(&looks(path, &whole, f64::INFINITY)?);
    }
    let mut heard = vec![first];
    for choice in found.into_iter().take(MOST_TRIES) {
        let (now, count) = hear(Some(choice))?;
        heard.push(choice);
        if count > words {
            (best, words) = (now, count);
            eprintln!("{}", note(&found_note(&tracks, first, choice)));
        }
        if words >= FEWEST_WORDS {
            return Ok(best);
        }
    }
    eprintln!("{}", note(&silent_note(&tracks, words > 0, &heard, &candidates)));
    Ok(best)
}

/// Decodes what was chosen.
pub fn decode(
    sound: SeekSource<File>,
    choice: Option<SoundChoice>,
    sink: &mut dyn FnMut(&[f32]),
) -> Result<AudioSummary, Failure> {
    let summary = match choice.map(|choice| (choice.tracks, choice.listened())) {
        Some((Tracks::One(track), listened)) => {
            decode_track_16k_mono(Box::new(sound), track, listened, &mut |samples| {
                sink(samples);
                ControlFlow::Continue(())
            })?
        }
        _ => decode_audio_16k_mono(Box::new(sound), sink)?,
    };
    if summary.has_cancelled {
        eprintln!("{}", note(&Note::Cancelled));
    }
    Ok(summary)
}

fn tracks(path: &Path) -> Result<Vec<SoundTrack>, Failure> {
    let demuxer = media::open(Box::new(open(path)?))?;
    let tracks = demuxer.facts().audio_tracks().into_iter();
    Ok(tracks.map(|track| SoundTrack::new(track, AudioDecoder::new(track).is_ok())).collect())
}

fn looks(path: &Path, choices: &[SoundChoice], limit_s: f64) -> Result<Vec<Look>, Failure> {
    choices.iter().map(|choice| look(path, *choice, limit_s)).collect()
}

fn look(path: &Path, choice: SoundChoice, limit_s: f64) -> Result<Look, Failure> {
    let mut meter = LookMeter::new(Planner::default());
    if let Tracks::One(track) = choice.tracks {
        let mut take = |samples: &[f32]| {
            meter.push(samples);
            if meter.seconds() < limit_s { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        decode_track_16k_mono(Box::new(open(path)?), track, choice.listened(), &mut take)?;
    }
    Ok(meter.finish(choice))
}

/// The planner of windows behind the domain's port. Their samples are not asked for.
#[derive(Default)]
struct Planner(WindowPlanner);

fn without_samples(window: Window) -> PcmWindow {
    let span = WindowSpan { start_sample: window.start_sample, end_sample: window.end_sample };
    PcmWindow { span, samples: Vec::new(), has_speech: window.has_speech }
}

impl Windows for Planner {
    fn push(&mut self, samples: &[f32]) -> Vec<PcmWindow> {
        self.0.push(samples).into_iter().map(without_samples).collect()
    }

    fn finish(&mut self) -> Vec<PcmWindow> {
        self.0.finish().into_iter().map(without_samples).collect()
    }
}
