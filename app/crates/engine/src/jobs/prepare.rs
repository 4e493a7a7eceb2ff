//! The models that were asked for: fetched where they are not stored, and loaded in workers.

use crate::models::pool::Pool;
use crate::models::workers::{EmbeddingModels, OtherModels};
use crate::models::{device, store};
use crate::picture::{caption_raster, fonts};
use crate::web::clock::WorkerClock;
use crate::web::page_sender::PageSender;
use clip::failure::{Failure, FailureClass};
use clip::port::{Clock, Events};
use clip::protocol::{DevicePreference, FromEngine, PrepareStep};
use models::weights::{ModelEntry, ModelKind};

/// What the page asks for.
pub struct Asked {
    pub model: String,
    pub device: DevicePreference,
    /// `None`: the rules write.
    pub writer: Option<String>,
}

/// `let_go` ends the workers there are: their memory goes before the new ones ask for theirs.
///
/// # Errors
/// If a model is not listed, cannot be fetched, or does not run.
pub async fn prepare(asked: Asked, let_go: impl FnOnce()) -> Result<Pool, Failure> {
    let started_s = WorkerClock.now_s();
    let report = |step, done_bytes, total_bytes| {
        PageSender.emit(FromEngine::Preparing { step, done_bytes, total_bytes });
    };
    report(PrepareStep::Fetching, 0, 0);
    let manifest = store::manifest().await?;
    let listed =
        |id: &str| manifest.model(id).cloned().ok_or_else(|| Failure::UnknownModel { id: id.to_owned() });
    let entry = listed(&asked.model)?;
    caption_raster::load_font().await;
    if entry.languages.len() > 1 {
        fonts::ensure().await;
    }
    let writer = asked.writer.as_deref().map(listed).transpose()?;
    let faces = manifest.models.iter().find(|entry| entry.kind == ModelKind::Faces).cloned();
    let others = OtherModels { embedding: EmbeddingModels::offered(&manifest), faces, writer };
    let embedding = others.embedding.iter().flat_map(|models| [&models.voices, &models.sentences]);
    let wanted: Vec<&ModelEntry> =
        std::iter::once(&entry).chain(embedding).chain(&others.faces).chain(&others.writer).collect();
    let total = wanted.iter().map(|entry| entry.bytes).sum();
    let fetch_missing = async || store::ensure(&wanted, &|step, done| report(step, done, total)).await;
    fetch_missing().await?;
    let mut choice = device::choose(asked.device).await;
    report(PrepareStep::Loading, total, total);
    let_go();
    let mut started = Pool::start(entry.clone(), others.clone(), &choice).await;
    if let Err(failure) = &started {
        log::warn!("starting again: {failure}");
        match failure.class() {
            // A damaged file was deleted by then: it is fetched again.
            FailureClass::Model => fetch_missing().await?,
            // The graphics processor is not to be trusted, or not to be had.
            _ => choice = device::cpu(),
        }
        started = Pool::start(entry.clone(), others.clone(), &choice).await;
    }
    let pool = started?;
    PageSender.emit(FromEngine::Ready {
        model: entry.id,
        model_title: entry.title,
        device: choice.kind,
        adapter: choice.adapter,
        threads: choice.workers,
        seconds: WorkerClock.now_s() - started_s,
        writer: others.writer.map(|writer| writer.id),
    });
    Ok(pool)
}
