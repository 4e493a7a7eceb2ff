//! A few seconds of a file's tracks, to be listened to before one is chosen.

use crate::open_file::OpenFile;
use crate::web::js;
use crate::web::page_sender::PageSender;
use clip::port::Events;
use clip::protocol::FromEngine;
use clip::tracks::Tracks;

/// Finds a loud moment and hands it to the page as a WAV.
pub async fn moment(open: &OpenFile, tracks: Tracks) {
    let (wav, failure) = match clip::sound::moment(&open.sounds, tracks).await {
        Ok(wav) => (wav, None),
        Err(failure) => (None, Some(failure)),
    };
    let told = FromEngine::Moment { tracks, failure };
    match wav.and_then(|wav| js::blob(&wav)) {
        Some(sound) => PageSender.emit_with(&told, "sound", &sound),
        None => PageSender.emit(told),
    }
}
