//! One walk over a file's top-level boxes, and the refusals that follow from what it finds.
//! Looks into no box but `ftyp`.

use super::boxes::{self, FileBox};
use super::movie::{Movie, MovieTrack};
use crate::error::{Error, Result};
use crate::source::CachedSource;

#[derive(Default)]
pub(super) struct Found {
    pub moov: Option<FileBox>,
    pub moofs: Vec<FileBox>,
    pub is_quicktime: bool,
    has_media: bool,
    boxes: u64,
}

/// One walk over the top-level boxes.
pub(super) fn scan(source: &mut CachedSource) -> Result<Found> {
    let mut found = Found::default();
    let mut at = 0;
    while let Some(file_box) = boxes::read_file_box(source, at)? {
        found.boxes += 1;
        match &file_box.kind {
            b"ftyp" => {
                let brand = source.read_array::<4>(file_box.body)?;
                found.is_quicktime = brand == Some(*b"qt  ");
            }
            b"moov" if found.moov.is_none() => found.moov = Some(file_box),
            b"moof" => found.moofs.push(file_box),
            b"mdat" => found.has_media = true,
            _ => {}
        }
        if file_box.end <= at {
            break;
        }
        at = file_box.end;
    }
    // Files without ftyp are QuickTime files from before it existed.
    if found.boxes > 0
        && source.read_array::<8>(0)?.is_some_and(|head| !matches!(&head[4..], b"ftyp" | b"styp"))
    {
        found.is_quicktime = true;
    }
    Ok(found)
}

pub(super) fn no_movie(found: &Found) -> Error {
    if !found.moofs.is_empty() {
        Error::FragmentWithoutHeader
    } else if found.has_media {
        Error::MediaWithoutIndex
    } else {
        Error::NoRecording
    }
}

pub(super) fn refuse_unreadable(movie: &Movie, is_cut: bool) -> Result<()> {
    if movie.is_compressed && movie.tracks.is_empty() {
        return Err(Error::CompressedIndex);
    }
    let played = |track: &&MovieTrack| matches!(&track.handler, b"vide" | b"soun");
    if movie.tracks.iter().filter(played).any(|track| track.entry.is_protected) {
        return Err(Error::Protected);
    }
    if movie.tracks.is_empty() {
        return Err(if is_cut { Error::IndexCut } else { Error::IndexDamaged });
    }
    Ok(())
}
