//! The MP4 reader: opens a file, puts movie box and fragments together, works out the facts of the whole.
//! Leaves the walk over the file and the single track to their own files.

use std::collections::HashMap;

use super::fragment::{self, Runs};
use super::movie::{self, Movie};
use super::scan;
use super::track::TrackReader;
use crate::cover;
use crate::error::{Error, Result};
use crate::facts::{Container, Facts, Packet, TrackId, TrackKind};
use crate::reader::Reader;
use crate::source::{ByteSource as _, CachedSource};
use crate::time::{Instant, Span, Ticks};

/// No recording's index is larger: two days of pictures that each last differently come to 150 MB.
const MOST_INDEX_BYTES: u64 = 256 << 20;
/// Nor is that of one fragment.
const MOST_FRAGMENT_BYTES: u64 = 64 << 20;

fn too_large() -> Error {
    Error::IndexTooLarge
}

pub(crate) struct Mp4Reader {
    source: CachedSource,
    facts: Facts,
    readers: Vec<TrackReader>,
}

impl Mp4Reader {
    pub fn open(mut source: CachedSource) -> Result<Self> {
        let found = scan::scan(&mut source)?;
        let file_length = source.len();
        let Some(moov) = found.moov else { return Err(scan::no_movie(&found)) };
        if moov.end - moov.body > MOST_INDEX_BYTES {
            return Err(too_large());
        }
        let bytes = source.read_shared(moov.body, moov.end - moov.body)?.ok_or(Error::IndexUnreadable)?;
        let mut movie = movie::parse(&bytes, file_length);
        scan::refuse_unreadable(&movie, moov.is_cut)?;
        let mut runs = HashMap::new();
        for track in &movie.tracks {
            let end = track.table.total_ticks();
            runs.insert(track.id, Runs::starting_at(end));
        }
        for moof in &found.moofs {
            if moof.end - moof.body > MOST_FRAGMENT_BYTES {
                return Err(too_large());
            }
            let Some(body) = source.read_vec(moof.body, moof.end - moof.body)? else { break };
            fragment::read_moof(&body, moof.start, file_length, &movie.defaults, &mut runs);
        }
        runs.values_mut().for_each(Runs::put_in_order);
        start_clock_at_zero(&mut movie, &runs);
        let container = if found.is_quicktime { Container::Mov } else { Container::Mp4 };
        let is_fragmented = movie.is_fragmented || !found.moofs.is_empty();
        let claimed = if is_fragmented { Span::ZERO } else { movie.timescale.span(Ticks(movie.duration)) };
        let mut facts = Facts { container, duration: Span::ZERO, tracks: Vec::new() };
        let mut readers = Vec::new();
        let mut is_whole = true;
        for track in movie.tracks {
            let reader = TrackReader::new(&track, runs.remove(&track.id).unwrap_or_default(), file_length);
            if facts.track(reader.id).is_some() {
                continue;
            }
            is_whole &= track.table.count == track.table.claimed;
            let described = reader.describe(&track, &mut source)?;
            facts.tracks.push(described);
            readers.push(reader);
        }
        cover::set_aside(&mut facts.tracks);
        let played = facts.tracks.iter().filter(|track| track.kind != TrackKind::Other);
        facts.duration =
            played.map(|track| track.end().since_zero()).max().unwrap_or(Span::ZERO).max(Span::ZERO);
        believe_movie_header(&mut facts, &readers, claimed, is_whole);
        name_default(&mut facts);
        Ok(Self { source, facts, readers })
    }

    fn reader(&mut self, track: TrackId) -> Result<(&mut TrackReader, &mut CachedSource)> {
        let reader = self.readers.iter_mut().find(|reader| reader.id == track);
        let reader = reader.ok_or(Error::NoSuchTrack { track })?;
        Ok((reader, &mut self.source))
    }
}

impl Reader for Mp4Reader {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn seek(&mut self, track: TrackId, at: Instant) -> Result<Instant> {
        let (reader, _) = self.reader(track)?;
        Ok(reader.seek(at))
    }

    fn next_packet(&mut self, track: TrackId) -> Result<Option<Packet>> {
        let (reader, source) = self.reader(track)?;
        reader.next_packet(source)
    }
}

/// Live recordings begin wherever the encoder's clock stood. More than a second of nothing at the start is taken away
/// from every track alike.
fn start_clock_at_zero(movie: &mut Movie, runs: &HashMap<u32, Runs>) {
    let mut earliest: Option<Instant> = None;
    for track in &movie.tracks {
        if track.table.count > 0 {
            return;
        }
        let Some(run) = runs.get(&track.id).and_then(|runs| runs.runs.first()) else { continue };
        let start = track.edit.present_first(run.dts, track.timescale);
        earliest = Some(earliest.map_or(start, |earliest| earliest.min(start)));
    }
    if let Some(earliest) = earliest.filter(|&start| start > Instant::from_micros(1_000_000)) {
        for track in &mut movie.tracks {
            track.edit.shift_earlier(earliest.since_zero(), track.timescale);
        }
    }
}

/// The movie header's duration counts where the media bears it out: it may know of an edit that is not applied, but
/// not of media that is missing.
fn believe_movie_header(facts: &mut Facts, readers: &[TrackReader], claimed: Span, is_whole: bool) {
    let media = readers.iter().zip(&facts.tracks).filter(|(_, track)| track.kind != TrackKind::Other);
    let longest = media.map(|(reader, track)| track.start.since_zero() + reader.table_span());
    let longest = longest.max().unwrap_or_default();
    let tolerance = Span::from_millis(100);
    if is_whole && claimed > facts.duration && claimed <= longest + tolerance {
        facts.duration = claimed;
    }
}

/// Where tracks of a kind are switched on and off, the first one that is on is the default.
fn name_default(facts: &mut Facts) {
    for kind in [TrackKind::Video, TrackKind::Audio] {
        let mut seen = false;
        for track in facts.tracks.iter_mut().filter(|track| track.kind == kind) {
            track.is_default &= !seen;
            seen |= track.is_default;
        }
    }
}
