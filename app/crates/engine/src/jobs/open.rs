//! A file is looked at: what is in it, and whether this browser can decode that.

use super::context::JobContext;
use crate::codec::file_sound::FileSounds;
use crate::codec::video_decoder::check_decodable;
use crate::open_file::OpenFile;
use crate::web::file_source::FileSource;
use clip::failure::Failure;
use clip::port::SoundFile;
use clip::protocol::FromEngine;
use std::rc::Rc;
use web_sys::File;

/// The file as jobs need it; the page is told what is in it.
///
/// # Errors
/// If it cannot be read, or holds what this browser does not decode.
pub async fn open(context: &JobContext, file: File) -> Result<OpenFile, Failure> {
    let started_s = context.now_s();
    let source = FileSource::new(&file).map_err(Failure::internal)?;
    let demuxer = media::open(Box::new(source)).map_err(Failure::Media)?;
    let facts = demuxer.facts().clone();
    if let Some(track) = facts.default_video() {
        check_decodable(track).await?;
    }
    let sounds = FileSounds::of(&file, &facts).await?;
    let tracks = sounds.tracks().to_vec();
    let open = OpenFile { file, facts: Rc::new(facts.clone()), sounds };
    let seconds = context.now_s() - started_s;
    context.ports().events.emit(FromEngine::Opened { job: context.job, facts, tracks, seconds });
    Ok(open)
}
