//! Ogg (RFC 3533) with Opus (RFC 7845), Vorbis, FLAC and, by name only, Speex and Theora, and several of them chained.
//! One walk over the pages at opening gives the lengths and the places to seek to; packets are put together on demand.

use super::ogg_page::{Page, next_page};
use super::ogg_stream::{Place, Stream, identify};
use crate::error::{Error, Result};
use crate::facts::{Container, Facts, Packet, Track, TrackId, TrackKind};
use crate::reader::Reader;
use crate::source::CachedSource;
use crate::time::{Instant, Span};

/// More streams than any file has.
const MOST_STREAMS: usize = 64;
/// More links than any chain has: a station that is recorded for a month begins one with every song.
const MOST_LINKS: usize = 20_000;

/// One track: the streams that follow each other in it, one of each link.
struct Chain {
    id: TrackId,
    streams: Vec<Stream>,
    /// The one that is being read.
    at: usize,
}

pub(crate) struct OggReader {
    source: CachedSource,
    facts: Facts,
    chains: Vec<Chain>,
}

impl OggReader {
    pub fn open(source: CachedSource, start: u64) -> Result<Self> {
        let mut source = source;
        let mut links = Vec::new();
        let mut next = Some(start);
        while let Some(at) = next.filter(|_| links.len() < MOST_LINKS) {
            let (mut streams, data) = read_streams(&mut source, at)?;
            next = survey(&mut source, &mut streams, data)?;
            for stream in &mut streams {
                stream.end_at(next.unwrap_or(u64::MAX));
                stream.find_origin(&mut source)?;
                stream.rewind();
            }
            links.push(streams);
        }
        if links.first().is_none_or(Vec::is_empty) {
            return Err(Error::NoKnownStream);
        }
        let mut facts = Facts { container: Container::Ogg, duration: Span::ZERO, tracks: Vec::new() };
        let mut chains = Vec::new();
        let mut start = Instant::ZERO;
        for (run, streams) in links.into_iter().enumerate() {
            let length = streams.iter().filter(|stream| stream.is_sound()).map(Stream::length).max();
            if run == 0 {
                for stream in streams {
                    facts.tracks.push(stream.describe());
                    chains.push(Chain { id: TrackId(stream.serial), streams: vec![stream], at: 0 });
                }
            } else {
                append(&mut chains, &mut facts.tracks, streams, start, run as u32);
            }
            start += length.unwrap_or(Span::ZERO);
        }
        let sounds = || facts.tracks.iter().filter(|track| track.kind == TrackKind::Audio);
        facts.duration = sounds().map(|track| track.end().since_zero()).max().unwrap_or(Span::ZERO);
        if let Some(first) = facts.tracks.iter_mut().find(|track| track.kind == TrackKind::Audio) {
            first.is_default = true;
        }
        Ok(Self { source, facts, chains })
    }

    fn chain(&mut self, track: TrackId) -> Result<(&mut Chain, &mut CachedSource)> {
        let chain = self.chains.iter_mut().find(|chain| chain.id == track);
        let chain = chain.ok_or(Error::NoSuchTrack { track })?;
        Ok((chain, &mut self.source))
    }
}

impl Reader for OggReader {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn seek(&mut self, track: TrackId, at: Instant) -> Result<Instant> {
        let (chain, source) = self.chain(track)?;
        let begun = chain.streams.partition_point(|stream| stream.place().start <= at);
        chain.at = begun.saturating_sub(1);
        match chain.streams.get_mut(chain.at) {
            Some(stream) => stream.seek(source, at),
            None => Ok(Instant::ZERO),
        }
    }

    fn next_packet(&mut self, track: TrackId) -> Result<Option<Packet>> {
        let (chain, source) = self.chain(track)?;
        while let Some(stream) = chain.streams.get_mut(chain.at) {
            if let Some(packet) = stream.next_packet(source)? {
                return Ok(Some(packet));
            }
            if chain.at + 1 == chain.streams.len() {
                break;
            }
            chain.at += 1;
            chain.streams[chain.at].rewind();
        }
        Ok(None)
    }
}

/// Puts the sounds of another link behind those that are there, the first behind the first.
fn append(chains: &mut [Chain], tracks: &mut [Track], streams: Vec<Stream>, start: Instant, run: u32) {
    let sounds = streams.into_iter().filter(Stream::is_sound);
    let places = tracks.iter_mut().zip(chains).filter(|(track, _)| track.kind == TrackKind::Audio);
    for (mut stream, (track, chain)) in sounds.zip(places) {
        let description = stream.description();
        let is_first = (&track.codec, &track.audio) == (&description.codec, &description.audio);
        let known = track.more.iter().position(|more| *more == description);
        let number = match known {
            _ if is_first => 0,
            Some(known) => known + 1,
            None => {
                track.more.push(description);
                track.more.len()
            }
        };
        stream.put(Place {
            start,
            run,
            description: u16::try_from(number).unwrap_or(u16::MAX),
            track: track.id,
        });
        track.sample_count = track.sample_count.saturating_add(stream.describe().sample_count);
        track.duration = (start + stream.length()) - track.start;
        chain.streams.push(stream);
    }
}

/// The streams that begin at an offset, with their header packets, and what lies behind their first pages.
fn read_streams(source: &mut CachedSource, start: u64) -> Result<(Vec<Stream>, u64)> {
    let mut streams: Vec<Stream> = Vec::new();
    let mut at = start;
    while let Some(page) = next_page(source, at)?.filter(|page| page.begins) {
        at = page.end();
        if streams.len() < MOST_STREAMS && streams.iter().all(|stream| stream.serial != page.serial) {
            streams.extend(identify(page.serial, first_packet(source, &page)?));
        }
    }
    for stream in &mut streams {
        stream.read_headers(source, at)?;
    }
    Ok((streams, at))
}

fn first_packet(source: &mut CachedSource, page: &Page) -> Result<Vec<u8>> {
    let size: u64 = page.segments.iter().map(|&size| u64::from(size)).sum();
    Ok(source.read_vec(page.body(), size)?.unwrap_or_default())
}

/// One walk over the pages of a link: packets, last positions, and a point about every second. Returns where the next
/// link begins.
fn survey(source: &mut CachedSource, streams: &mut [Stream], start: u64) -> Result<Option<u64>> {
    let mut at = start;
    while let Some(page) = next_page(source, at)? {
        // Damage may look like a beginning; a stream of a known kind does not.
        if page.begins
            && identify(page.serial, first_packet(source, &page)?).is_some_and(|stream| stream.is_known())
        {
            return Ok(Some(page.start));
        }
        at = page.end();
        if let Some(stream) = streams.iter_mut().find(|stream| stream.serial == page.serial) {
            stream.note(&page);
        }
    }
    Ok(None)
}
