//! The table of sample descriptions (`stsd`, ISO/IEC 14496-12 §8.5.2). Tolerates children it cannot read.

use std::ops::Range;

use super::audio_entry::parse_audio;
use super::boxes::{self, Kind};
use super::sample_entry::{SampleEntry, name_of};
use super::visual_entry::parse_video;
use crate::codec;

/// More descriptions than any recording has.
const MOST_ENTRIES: usize = 64;

/// Parses `stsd`, at least one description; an unreadable one yields a codec called "unknown".
pub(super) fn parse(data: &[u8], stsd: &Range<usize>, handler: Kind) -> Vec<SampleEntry> {
    let named = |name: String| SampleEntry { codec: codec::named(name), ..SampleEntry::default() };
    let parse = |entry: boxes::Child| {
        let parsed = match &handler {
            b"vide" => parse_video(data, entry.kind, &entry.body),
            b"soun" => parse_audio(data, entry.kind, &entry.body),
            _ => None,
        };
        parsed.unwrap_or_else(|| named(name_of(entry.kind)))
    };
    let claimed = data.get(stsd.start + 4..stsd.start + 8).and_then(|count| count.try_into().ok());
    let count = claimed.map_or(1, |count| u32::from_be_bytes(count) as usize).clamp(1, MOST_ENTRIES);
    let mut entries: Vec<_> =
        boxes::children(data, stsd.start + 8..stsd.end).take(count).map(parse).collect();
    if entries.is_empty() {
        entries.push(named("unknown".into()));
    }
    entries
}
