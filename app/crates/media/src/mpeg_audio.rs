//! MPEG audio (MP3): being written.
use crate::error::Result;
use crate::sniff::Format;
use crate::source::CachedSource;
pub(crate) fn look_for_frames(_source: &mut CachedSource) -> Result<Option<Format>> {
    Ok(None)
}
pub(crate) fn frames_behind(_source: &mut CachedSource, _at: u64) -> Result<bool> {
    Ok(false)
}
