//! Stills for the cards of clips.

use super::context::JobContext;
use crate::picture::{fonts, poster};
use crate::web::page_sender::PageSender;
use clip::captions::CaptionSource;
use clip::edit::{ClipEdit, OutputSize};
use clip::failure::Failure;
use clip::port::Events;
use clip::protocol::FromEngine;
use wasm_bindgen::JsValue;

/// Paints one and hands it to the page.
pub async fn poster(
    context: &JobContext,
    clip: &ClipEdit,
    words: &CaptionSource,
    size: OutputSize,
    by_its_faces: bool,
) {
    let job = context.job;
    match painted(context, clip, words, size, by_its_faces).await {
        Ok(picture) => PageSender.emit_with(&FromEngine::Poster { job, clip: clip.id }, "picture", &picture),
        Err(failure) => {
            // A card without a picture is still a card; the export reports what is wrong.
            log::warn!("no poster: {failure}");
            PageSender.emit(FromEngine::Failed { job: Some(job), failure });
        }
    }
}

async fn painted(
    context: &JobContext,
    clip: &ClipEdit,
    words: &CaptionSource,
    size: OutputSize,
    by_its_faces: bool,
) -> Result<JsValue, Failure> {
    let open = context.opened()?;
    fonts::load_for(words).await;
    // Where faces cannot be found, it shows the middle.
    let faces = if by_its_faces { context.faces().await.ok() } else { None };
    poster::poster(open, faces.as_ref(), clip, words, size).await
}
