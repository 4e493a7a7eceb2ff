//! Stills for the cards of clips.

use super::context::JobContext;
use crate::picture::{fonts, poster};
use crate::web::page_sender::PageSender;
use clip::captions::CaptionSource;
use clip::edit::{ClipEdit, Framing, OutputSize};
use clip::protocol::FromEngine;
use clip::scene::{Crop, Scenes};

/// Paints one and hands it to the page.
pub async fn poster(context: &JobContext, clip: &ClipEdit, words: &CaptionSource, size: OutputSize) {
    let Ok(open) = context.opened() else { return };
    fonts::load_for(words).await;
    // Where nobody has looked at it yet, it is in the middle.
    let is_unseen =
        clip.framing == Framing::Automatic && clip.scenes == Scenes::centered(Crop::LARGEST.center_x);
    let faces = if is_unseen { context.faces().await.ok() } else { None };
    match poster::poster(open, faces.as_ref(), clip, words, size).await {
        Ok(picture) => {
            PageSender.emit_with(
                &FromEngine::Poster { job: context.job, clip: clip.id },
                "picture",
                &picture,
            );
        }
        // A card without a picture is still a card; the export reports what is wrong.
        Err(failure) => log::warn!("no poster: {failure}"),
    }
}
