//! `native voices`: file → sound → windows → pieces of speech, each with the vector of its utterance, and how loud each channel is. Knows
//! the pipeline; who sounds like whom is decided by whoever asked.

use std::path::PathBuf;

use clap::Args;
use clip::speakers::{Levels, are_told_apart};
use models::mel::SAMPLE_RATE;
use models::speaker::{LocalSpeaker, SpeakerEncoder, Utterance};
use models::vad::{Window, WindowPlanner};
use serde::Serialize;

use crate::failure::Failure;
use crate::transcript::round_ms;
use crate::{broken, store, tracks};

/// The model of voices.
const MODEL: &str = "voices";

#[derive(Debug, Args)]
pub struct Options {
    /// A sound or video file
    file: PathBuf,
    /// The models folder [default: $INCUT_MODELS, else incut/models in the cache folder]
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
}

/// What is printed. Times in seconds from the file's begin.
#[derive(Debug, Serialize)]
struct Voices {
    duration_s: f64,
    pieces: Vec<Piece>,
    local: Vec<Local>,
    levels: Levels,
}

#[derive(Debug, Serialize)]
struct Piece {
    start_s: f64,
    end_s: f64,
    embedding: Vec<f32>,
    is_overlapped: bool,
}

#[derive(Debug, Serialize)]
struct Local {
    embedding: Vec<f32>,
    alone_s: f64,
    spans_s: Vec<(f64, f64)>,
}

/// Runs the command and prints its result.
pub fn run(options: &Options) -> Result<(), Failure> {
    let sound = tracks::open(&options.file)?;
    let files = store::load(&store::models_dir(options.models.as_deref())?, MODEL)?;
    let encoder = SpeakerEncoder::load(files)?;
    let mut planner = WindowPlanner::new();
    let mut heard = Heard { encoder, pending: Vec::new(), pieces: Vec::new(), local: Vec::new() };
    let mut samples = 0;
    let mut hear = |pcm: &[f32]| {
        samples += pcm.len();
        heard.pending.extend_from_slice(pcm);
        heard.take(&planner.push(pcm));
    };
    let tracks = tracks::decodable(&options.file)?;
    let mut levels = tracks::levels(&options.file, &tracks)?;
    // Tracks that only repeat each other, such as languages of one film, are not mixed.
    if tracks.len() > 1 && are_told_apart(&levels) {
        tracks::mixed(&options.file, &tracks)?.chunks(SAMPLE_RATE).for_each(hear);
    } else {
        media::decode::decode_audio_16k_mono(Box::new(sound), &mut hear)?;
        if tracks.len() > 1 {
            levels = tracks::levels(&options.file, &tracks[..1])?;
        }
    }
    heard.take(&planner.finish());
    let duration_s = round_ms(samples as f64 / SAMPLE_RATE as f64);
    let voices = Voices { duration_s, pieces: heard.pieces, local: heard.local, levels };
    println!("{}", serde_json::to_string(&voices).map_err(|e| broken(&e.to_string()))?);
    Ok(())
}

struct Heard {
    encoder: SpeakerEncoder,
    /// Sound that no window has claimed yet.
    pending: Vec<f32>,
    pieces: Vec<Piece>,
    local: Vec<Local>,
}

impl Heard {
    fn take(&mut self, windows: &[Window]) {
        for window in windows {
            let length = (window.end_sample - window.start_sample) as usize;
            let rest = self.pending.split_off(length.min(self.pending.len()));
            let pcm = std::mem::replace(&mut self.pending, rest);
            if !window.has_speech {
                continue;
            }
            let place = |seconds: f64| round_ms(window.start_sample as f64 / SAMPLE_RATE as f64 + seconds);
            let piece = |utterance: Utterance| Piece {
                start_s: place(utterance.start_s),
                end_s: place(utterance.end_s),
                embedding: utterance.embedding,
                is_overlapped: utterance.is_overlapped,
            };
            let local = |speaker: LocalSpeaker| Local {
                embedding: speaker.embedding,
                alone_s: speaker.alone_s,
                spans_s: speaker.spans_s.into_iter().map(|(start, end)| (place(start), place(end))).collect(),
            };
            let heard = self.encoder.hear(&pcm);
            self.pieces.extend(heard.utterances.into_iter().map(piece));
            self.local.extend(heard.local.into_iter().map(local));
        }
    }
}
