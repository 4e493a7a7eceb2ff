//! `native voices`: file → `clip`'s loop over sound and voices → how it sounds second by second, pieces of speech with the vectors of
//! their voices, and how loud each channel is. Who sounds like whom is decided by whoever asked.

use std::path::PathBuf;

use clap::Args;
use clip::insights::SoundSignals;
use clip::port::{AudioSource as _, SoundFile as _};
use clip::speakers::{LevelMeter, Levels, Voices, are_told_apart};
use clip::tracks::{Tracks, first_choice};
use clip::understand::listen;
use media::TrackId;
use media::time::Instant;
use models::speaker::SpeakerEncoder;
use pollster::block_on;
use serde::Serialize;
use speech::SpeechWindows;

use crate::embeddings::EmbeddingModels;
use crate::failure::Failure;
use crate::sound::FileOnDisk;
use crate::world::World;
use crate::{broken, store};

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

/// What is printed.
#[derive(Debug, Serialize)]
struct Heard {
    sound: SoundSignals,
    voices: Voices,
}

/// Runs the command and prints its result.
pub fn run(options: &Options) -> Result<(), Failure> {
    let file = FileOnDisk::open(&options.file)?;
    let files = store::load(&store::models_dir(options.models.as_deref())?, MODEL)?;
    let models = EmbeddingModels { voices: Some(SpeakerEncoder::load(files)?), ..EmbeddingModels::default() };
    let heard = models.lead(|models| {
        block_on(async {
            let apart = levels_apart(&file).await?;
            let first = || first_choice(file.tracks()).map(|choice| choice.tracks);
            let used = if apart.is_some() { Some(Tracks::All) } else { first() };
            let used = used.ok_or_else(|| broken("the sound went away"))?;
            let mut audio = file.open(used, Instant::ZERO)?;
            let mut windows = SpeechWindows::default();
            let world = World::default();
            let (sound, mut voices) =
                listen(&mut audio, file.duration(), &mut windows, models, world.ports(), &|_| {}).await?;
            voices.levels = apart.unwrap_or(voices.levels);
            Ok::<_, Failure>(Heard { sound, voices })
        })
    })?;
    println!("{}", serde_json::to_string(&heard).map_err(|e| broken(&e.to_string()))?);
    Ok(())
}

/// The levels of all tracks' channels, where several tracks have somebody each. Tracks that only repeat each other, such as languages
/// of one film, are not mixed.
async fn levels_apart(file: &FileOnDisk) -> Result<Option<Levels>, Failure> {
    let tracks: Vec<TrackId> = file.decodable().collect();
    if tracks.len() < 2 {
        return Ok(None);
    }
    let mut levels = Levels::default();
    for track in tracks {
        let mut audio = file.open(Tracks::One(track), Instant::ZERO)?;
        let mut meter = LevelMeter::default();
        while let Some(block) = audio.next_block().await? {
            meter.push(&block);
        }
        levels.beside(meter.finish());
    }
    Ok(are_told_apart(&levels).then_some(levels))
}
