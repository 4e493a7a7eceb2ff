//! `native sentences`: a JSON list of texts on standard input → a JSON list of what they are about, as vectors.

use std::io::Read as _;
use std::path::PathBuf;

use clap::Args;
use clip::understand::read;
use models::text_embedding::SentenceEncoder;
use pollster::block_on;

use crate::embeddings::EmbeddingModels;
use crate::failure::Failure;
use crate::world::World;
use crate::{broken, store};

/// The model of sentences.
const MODEL: &str = "minilm";

#[derive(Debug, Args)]
pub struct Options {
    /// The models folder [default: $INCUT_MODELS, else incut/models in the cache folder]
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
}

/// Runs the command and prints its result.
pub fn run(options: &Options) -> Result<(), Failure> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|e| broken(&e.to_string()))?;
    let texts: Vec<String> =
        serde_json::from_str(&text).map_err(|e| Failure::Usage(format!("no list of texts: {e}")))?;
    let files = store::load(&store::models_dir(options.models.as_deref())?, MODEL)?;
    let models =
        EmbeddingModels { sentences: Some(SentenceEncoder::load(files)?), ..EmbeddingModels::default() };
    let world = World::default();
    let vectors = models.lead(|models| block_on(read(&texts, models, world.ports(), &|_| {})))?;
    println!("{}", serde_json::to_string(&vectors).map_err(|e| broken(&e.to_string()))?);
    Ok(())
}
