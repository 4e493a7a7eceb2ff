//! Files of framed sound that begin with no signature: known by frames that follow one another.

use super::framing::find_frame;
use super::{adts, mpeg};
use crate::error::Result;
use crate::reader::Format;
use crate::source::CachedSource;

/// How far the first frame may lie behind other things.
const SEARCH_BYTES: u64 = 256 << 10;

/// Whether the file is MP3 or ADTS without any signature in front.
pub(crate) fn look_for_frames(source: &mut CachedSource) -> Result<Option<Format>> {
    let mpeg = find_frame(source, 0, SEARCH_BYTES, mpeg::read_head)?;
    let adts = find_frame(source, 0, SEARCH_BYTES, adts::read_head)?;
    Ok(match (mpeg, adts) {
        (Some((mpeg, _)), Some((adts, _))) if adts < mpeg => Some(Format::Adts),
        (Some(_), _) => Some(Format::MpegAudio),
        (None, Some(_)) => Some(Format::Adts),
        (None, None) => None,
    })
}

/// Whether MP3 frames begin somewhere behind an offset.
pub(crate) fn frames_behind(source: &mut CachedSource, at: u64) -> Result<bool> {
    Ok(find_frame(source, at, SEARCH_BYTES, mpeg::read_head)?.is_some())
}
