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
    Error::malformed(if !found.moofs.is_empty() {
        "This is a piece of a fragmented MP4 without its header (no moov box), so nothing says how to play it. Choose \
         the complete file."
    } else if found.has_media {
        "The MP4 has picture or sound data but no index (no moov box): the recording was cut off before it was \
         finished, or only part of it was copied. Copy it again from the camera or phone."
    } else {
        "The file is laid out like an MP4 but holds no recording (no moov box). Copy or download it again."
    })
}

pub(super) fn refuse_unreadable(movie: &Movie, is_cut: bool) -> Result<()> {
    if movie.is_compressed && movie.tracks.is_empty() {
        return Err(Error::unsupported(
            "The MOV has a compressed index, a form from the 1990s that is not read. Export it again as MP4.",
        ));
    }
    let played = |track: &&MovieTrack| matches!(&track.handler, b"vide" | b"soun");
    if movie.tracks.iter().filter(played).any(|track| track.entry.is_protected) {
        return Err(Error::unsupported(
            "The recording is protected (DRM): its picture or sound is encrypted, so it cannot be opened here. \
             Choose an unprotected copy.",
        ));
    }
    if movie.tracks.is_empty() {
        return Err(Error::malformed(if is_cut {
            "The index of the recording is cut off, so nothing of it can be found. Copy or download the file again."
        } else {
            "The index of the recording is damaged: it describes no track that makes sense. Copy the file again."
        }));
    }
    Ok(())
}
