//! Stills for the cards of clips.

use crate::open_file::OpenFile;
use crate::picture::{fonts, poster};
use crate::web::page_sender::PageSender;
use clip::captions::CaptionSource;
use clip::edit::{ClipEdit, OutputSize};
use clip::protocol::{FromEngine, JobId};

/// Paints one and hands it to the page.
pub async fn poster(open: &OpenFile, job: JobId, clip: &ClipEdit, words: &CaptionSource, size: OutputSize) {
    fonts::load_for(words).await;
    match poster::poster(open, clip, words, size).await {
        Ok(picture) => PageSender.emit_with(&FromEngine::Poster { job, clip: clip.id }, "picture", &picture),
        // A card without a picture is still a card; the export reports what is wrong.
        Err(failure) => log::warn!("no poster: {failure}"),
    }
}
