//! Reading MP4, MOV, M4A and 3GP (ISO/IEC 14496-12, QuickTime File Format): boxes, sample tables, fragments, edits.
//! Sample tables stay the bytes they are and are walked run by run, so a claimed count never becomes an allocation.

mod audio_entry;
mod boxes;
mod descriptions;
mod edit;
mod entries;
mod fragment;
mod movie;
mod pcm_entry;
mod reader;
mod sample_entry;
mod scan;
mod table;
mod track;
mod visual_entry;

pub(crate) use reader::Mp4Reader;
