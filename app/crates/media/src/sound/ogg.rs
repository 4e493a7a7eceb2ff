//! Ogg (RFC 3533) with Opus (RFC 7845), Vorbis, FLAC and, by name only, Speex and Theora.
//! One walk over the pages at opening gives the lengths and the places to seek to; packets are put together on demand.

use super::ogg_page::next_page;
use super::ogg_stream::{Stream, identify};
use crate::demux::Reader;
use crate::error::{Error, Result};
use crate::facts::{Container, Facts, Packet, TrackId, TrackKind};
use crate::source::CachedSource;
use crate::time::{Instant, Span};

/// More streams than any file has.
const MOST_STREAMS: usize = 64;

pub(crate) struct OggReader {
    source: CachedSource,
    facts: Facts,
    streams: Vec<Stream>,
}

impl OggReader {
    pub fn open(source: CachedSource, start: u64) -> Result<Self> {
        let mut source = source;
        let mut streams = read_streams(&mut source, start)?;
        survey(&mut source, &mut streams, start)?;
        let mut facts = Facts { container: Container::Ogg, duration: Span::ZERO, tracks: Vec::new() };
        for stream in &mut streams {
            stream.find_origin(&mut source)?;
            stream.rewind();
            let track = stream.describe();
            if track.kind == TrackKind::Audio {
                facts.duration = facts.duration.max(track.end().since_zero());
            }
            facts.tracks.push(track);
        }
        if let Some(first) = facts.tracks.iter_mut().find(|track| track.kind == TrackKind::Audio) {
            first.is_default = true;
        }
        Ok(Self { source, facts, streams })
    }

    fn stream(&mut self, track: TrackId) -> Result<(&mut Stream, &mut CachedSource)> {
        let stream = self.streams.iter_mut().find(|stream| stream.serial == track.0);
        let stream =
            stream.ok_or_else(|| Error::unsupported(format!("The file has no track {}.", track.0)))?;
        Ok((stream, &mut self.source))
    }
}

impl Reader for OggReader {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn seek(&mut self, track: TrackId, at: Instant) -> Result<Instant> {
        let (stream, source) = self.stream(track)?;
        stream.seek(source, at)
    }

    fn next_packet(&mut self, track: TrackId) -> Result<Option<Packet>> {
        let (stream, source) = self.stream(track)?;
        stream.next_packet(source)
    }
}

/// The streams that begin at the front, with their header packets.
fn read_streams(source: &mut CachedSource, start: u64) -> Result<Vec<Stream>> {
    let mut streams: Vec<Stream> = Vec::new();
    let mut at = start;
    while let Some(page) = next_page(source, at)?.filter(|page| page.begins) {
        at = page.end();
        let size: u64 = page.segments.iter().map(|&size| u64::from(size)).sum();
        let packet = source.read_vec(page.body(), size)?.unwrap_or_default();
        if streams.len() < MOST_STREAMS && streams.iter().all(|stream| stream.serial != page.serial) {
            streams.extend(identify(page.serial, packet));
        }
    }
    if streams.is_empty() {
        return Err(Error::malformed(
            "The Ogg file begins with no stream that is known. Copy or export it again.",
        ));
    }
    for stream in &mut streams {
        stream.read_headers(source, start, at)?;
    }
    Ok(streams)
}

/// One walk over all pages: packets, last positions, and a point about every second.
fn survey(source: &mut CachedSource, streams: &mut [Stream], start: u64) -> Result<()> {
    let mut at = start;
    while let Some(page) = next_page(source, at)? {
        at = page.end();
        let Some(stream) = streams.iter_mut().find(|stream| stream.serial == page.serial) else { continue };
        stream.note(&page);
    }
    Ok(())
}
