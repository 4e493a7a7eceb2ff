//! Ogg (RFC 3533) with Opus (RFC 7845), Vorbis, FLAC and, by name only, Speex and Theora.
//! One walk over the pages at opening gives the lengths and the places to seek to; packets are put together on demand.

use super::flac;
use crate::bytes::Fields;
use crate::codec::{self, FlacStreamInfo, opus, xiph};
use crate::demux::Reader;
use crate::error::{Error, Result};
use crate::facts::{AudioFacts, Codec, Container, Facts, Packet, Track, TrackId, TrackKind};
use crate::source::{ByteSource as _, CachedSource};
use crate::time::{Instant, Span, Ticks, Timescale};

/// More streams than any file has.
const MOST_STREAMS: usize = 64;
/// Header packets hold pictures at most.
const MOST_PACKET_BYTES: usize = 32 << 20;

/// A page header and its segment table.
#[derive(Debug, Clone)]
struct Page {
    start: u64,
    is_continued: bool,
    begins: bool,
    granule: i64,
    serial: u32,
    segments: Vec<u8>,
}

impl Page {
    fn body(&self) -> u64 {
        self.start + 27 + self.segments.len() as u64
    }

    fn end(&self) -> u64 {
        self.body() + self.segments.iter().map(|&size| u64::from(size)).sum::<u64>()
    }

    /// Packets that end on this page. A zero behind a whole packet is an empty one, which says nothing.
    fn packets_ended(&self) -> u64 {
        let before =
            std::iter::once(if self.is_continued { 255 } else { 0 }).chain(self.segments.iter().copied());
        self.segments
            .iter()
            .zip(before)
            .filter(|&(&size, before)| size < 255 && (size > 0 || before == 255))
            .count() as u64
    }
}

/// The page at or behind an offset; `None` when there is none any more.
fn next_page(source: &mut CachedSource, from: u64) -> Result<Option<Page>> {
    let mut at = from;
    loop {
        if let Some(head) = source.read_array::<27>(at)?
            && head.starts_with(b"OggS\0")
        {
            let mut fields = Fields::new(&head[5..]);
            let flags = fields.u8().unwrap_or(0);
            let granule = fields.u64_le().unwrap_or(0) as i64;
            let serial = fields.u32_le().unwrap_or(0);
            let Some(segments) = source.read_vec(at + 27, head[26].into())? else { return Ok(None) };
            let page = Page {
                start: at,
                is_continued: flags & 1 != 0,
                begins: flags & 2 != 0,
                granule,
                serial,
                segments,
            };
            return Ok((page.end() <= source.len()).then_some(page));
        }
        match find_capture(source, at + 1)? {
            Some(found) => at = found,
            None => return Ok(None),
        }
    }
}

fn find_capture(source: &mut CachedSource, from: u64) -> Result<Option<u64>> {
    let mut window = vec![0; 64 << 10];
    let mut at = from;
    loop {
        let count = source.read_up_to(at, &mut window)?;
        if count < 5 {
            return Ok(None);
        }
        if let Some(found) = window[..count].windows(5).position(|bytes| bytes == b"OggS\0") {
            return Ok(Some(at + found as u64));
        }
        at += (count - 4) as u64;
    }
}

/// What times a stream's packets.
enum Clock {
    Opus,
    Vorbis(xiph::Vorbis),
    Flac(FlacStreamInfo, u32),
    /// Not delivered: facts only.
    None,
}

struct Stream {
    serial: u32,
    codec: Codec,
    clock: Clock,
    rate: Timescale,
    channels: u32,
    kind: TrackKind,
    /// Samples to take off every time.
    pre_skip: i64,
    headers: Vec<Vec<u8>>,
    headers_wanted: usize,
    /// Data packets, and the last position on any page.
    packets: u64,
    last_granule: i64,
    /// `(position at the end, offset)` of pages, about one a second.
    points: Vec<(i64, u64)>,
    /// Where data pages begin, and the sample position there.
    data_start: u64,
    origin: i64,
    position: Position,
}

#[derive(Debug, Clone, Default)]
struct Position {
    /// Where to look for the next page.
    at: u64,
    page: Option<Page>,
    segment: usize,
    offset: u64,
    /// Samples before the next packet; unknown behind a seek until a page has ended.
    sample: i64,
    partial: Vec<u8>,
    /// The rest of a packet whose beginning was not seen.
    skips: bool,
}

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
        stream.data_start = start;
        stream.position = Position { at, ..Position::default() };
        while stream.headers.len() < stream.headers_wanted {
            let Some((packet, _)) = stream.next_bytes(source)? else { break };
            stream.headers.push(packet);
        }
        stream.data_start = at;
        if let Some(page) = &stream.position.page {
            // Data packets may share the page that the last header ends on.
            stream.data_start =
                if stream.position.segment < page.segments.len() { page.start } else { page.end() };
        } else if stream.headers_wanted > 1 {
            stream.data_start = stream.position.at;
        }
        stream.finish_headers();
    }
    Ok(streams)
}

/// What a stream is, by its first packet.
fn identify(serial: u32, packet: Vec<u8>) -> Option<Stream> {
    let mut stream = Stream {
        serial,
        codec: codec::named("unknown"),
        clock: Clock::None,
        rate: Timescale::MICROS,
        channels: 0,
        kind: TrackKind::Audio,
        pre_skip: 0,
        headers: Vec::new(),
        headers_wanted: 1,
        packets: 0,
        last_granule: 0,
        points: Vec::new(),
        data_start: 0,
        origin: 0,
        position: Position::default(),
    };
    if packet.starts_with(b"OpusHead") {
        let head = opus::parse_head(&packet)?;
        stream.codec = opus::from_head(&packet);
        stream.clock = Clock::Opus;
        stream.rate = Timescale::new(opus::RATE)?;
        (stream.channels, stream.pre_skip) = (head.channels, head.pre_skip.into());
        stream.headers_wanted = 2;
    } else if packet.starts_with(b"\x01vorbis") {
        stream.codec = codec::named("vorbis");
        stream.headers_wanted = 3;
    } else if packet.starts_with(b"\x7FFLAC") {
        let info = packet.get(17..).and_then(codec::flac_stream_info)?;
        let block = u16::from_be_bytes(packet.get(17..19)?.try_into().ok()?);
        let header = [b"fLaC\x80\x00\x00\x22".as_slice(), packet.get(17..51)?].concat();
        stream.codec = xiph::flac(header);
        stream.rate = Timescale::new(info.sample_rate)?;
        stream.channels = info.channels;
        stream.clock = Clock::Flac(info, block.into());
        stream.headers_wanted =
            1 + usize::from(u16::from_be_bytes(packet.get(7..9)?.try_into().ok()?)).min(64);
    } else if packet.starts_with(b"Speex   ") {
        let field = |at: usize| {
            packet.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes)
        };
        stream.codec = codec::named("speex");
        stream.rate = Timescale::new(field(36)?)?;
        stream.channels = field(48)?;
        stream.headers_wanted = 2;
    } else if packet.starts_with(b"\x80theora") {
        stream.codec = codec::named("theora");
        stream.kind = TrackKind::Other;
        stream.headers_wanted = 3;
    } else {
        stream.kind = TrackKind::Other;
    }
    stream.headers.push(packet);
    Some(stream)
}

/// One walk over all pages: packets, last positions, and a point about every second.
fn survey(source: &mut CachedSource, streams: &mut [Stream], start: u64) -> Result<()> {
    let mut at = start;
    while let Some(page) = next_page(source, at)? {
        at = page.end();
        let Some(stream) = streams.iter_mut().find(|stream| stream.serial == page.serial) else { continue };
        if page.start < stream.data_start || page.begins && page.start > stream.data_start {
            continue;
        }
        stream.packets += page.packets_ended();
        if page.granule >= 0 {
            stream.last_granule = stream.last_granule.max(page.granule);
            let second = i64::from(stream.rate.get());
            if stream.points.last().is_none_or(|&(last, _)| page.granule.saturating_sub(last) >= second) {
                stream.points.push((page.granule, page.end()));
            }
        }
    }
    Ok(())
}

impl Stream {
    fn finish_headers(&mut self) {
        if let [identification, comment, setup] = self.headers.as_slice()
            && self.codec.name == "vorbis"
            && let Some(vorbis) = xiph::Vorbis::new(identification, setup)
            && let Some(rate) = Timescale::new(vorbis.sample_rate)
        {
            self.codec = xiph::vorbis(&xiph::lace(&[identification, comment, setup]));
            self.rate = rate;
            self.channels = vorbis.channels;
            self.clock = Clock::Vorbis(vorbis);
        }
        self.headers = Vec::new();
    }

    fn rewind(&mut self) {
        self.position = Position { at: self.data_start, sample: self.origin, ..Position::default() };
        if let Clock::Vorbis(vorbis) = &mut self.clock {
            vorbis.reset();
        }
    }

    /// The next packet's bytes, and the position stated by its page if it is the last to end there.
    fn next_bytes(&mut self, source: &mut CachedSource) -> Result<Option<(Vec<u8>, Option<i64>)>> {
        let serial = self.serial;
        let position = &mut self.position;
        loop {
            let Some(page) = &position.page else {
                let Some(page) = next_page(source, position.at)? else { return Ok(None) };
                position.at = page.end();
                if page.serial != serial {
                    continue;
                }
                if !page.is_continued {
                    position.partial.clear();
                    position.skips = false;
                } else if position.partial.is_empty() {
                    position.skips = true;
                }
                (position.segment, position.offset) = (0, page.body());
                position.page = Some(page);
                continue;
            };
            let mut size = 0u64;
            let mut ended = false;
            while let Some(&segment) = page.segments.get(position.segment) {
                size += u64::from(segment);
                position.segment += 1;
                if segment < 255 {
                    ended = true;
                    break;
                }
            }
            if let Some(bytes) = source.read_vec(position.offset, size)?
                && position.partial.len() + bytes.len() <= MOST_PACKET_BYTES
            {
                position.partial.extend(bytes);
            }
            position.offset += size;
            let is_last = !page.segments[position.segment..].iter().any(|&segment| segment < 255);
            let granule = Some(page.granule).filter(|&granule| is_last && granule >= 0);
            if position.segment >= page.segments.len() {
                position.page = None;
            }
            if !ended {
                continue;
            }
            let packet = std::mem::take(&mut position.partial);
            if std::mem::take(&mut position.skips) || packet.is_empty() {
                continue;
            }
            return Ok(Some((packet, granule)));
        }
    }

    /// Samples in a packet; `None` for a header packet.
    fn samples(&mut self, packet: &[u8]) -> Option<u32> {
        match &mut self.clock {
            Clock::Opus => (!packet.starts_with(b"Opus")).then(|| opus::packet_samples(packet)),
            Clock::Vorbis(vorbis) => (packet.first()? & 1 == 0).then(|| vorbis.packet_samples(packet)),
            Clock::Flac(info, block) => flac::read_head(packet, info, *block).map(|head| head.block_samples),
            Clock::None => None,
        }
    }

    /// Streams cut out of longer ones do not begin at zero: the first page says where its packets end.
    fn find_origin(&mut self, source: &mut CachedSource) -> Result<()> {
        if matches!(self.clock, Clock::None) {
            return Ok(());
        }
        self.rewind();
        let mut samples = 0i64;
        while let Some((packet, granule)) = self.next_bytes(source)? {
            samples += i64::from(self.samples(&packet).unwrap_or(0));
            if let Some(granule) = granule.filter(|&granule| granule > 0) {
                // A stream of one page may end inside its last packet, so that less is stated than is there.
                self.origin = granule.saturating_sub(samples).max(0);
                break;
            }
        }
        Ok(())
    }

    fn shown(&self, sample: i64) -> Instant {
        self.rate.instant(Ticks(sample.saturating_sub(self.pre_skip).saturating_sub(self.origin)))
    }

    fn next_packet(&mut self, source: &mut CachedSource) -> Result<Option<Packet>> {
        if matches!(self.clock, Clock::None) {
            return Ok(None);
        }
        while let Some((data, granule)) = self.next_bytes(source)? {
            let Some(samples) = self.samples(&data) else { continue };
            let pts = self.shown(self.position.sample);
            let after = self.position.sample.saturating_add(samples.into());
            // The page's own count heals any error, except at the end, where it cuts the last packet short.
            self.position.sample = match granule {
                Some(granule) if granule < self.last_granule => granule,
                _ => after,
            };
            let duration = self.rate.span(Ticks(samples.into()));
            return Ok(Some(Packet {
                track: TrackId(self.serial),
                pts,
                dts: pts,
                duration,
                is_key: true,
                data,
            }));
        }
        Ok(None)
    }

    /// From the page before, packet by packet, up to the one that holds the target; a little earlier for Opus, whose
    /// decoder needs 80 ms to settle (RFC 7845 §4.6), and for Vorbis, whose first block only prepares the second.
    fn seek(&mut self, source: &mut CachedSource, at: Instant) -> Result<Instant> {
        let (settle, pages_back) = match &self.clock {
            Clock::Opus => (3840, 1),
            // One more page, at whose end the count is right again.
            Clock::Vorbis(vorbis) => (i64::from(vorbis.longest_packet()), 2),
            _ => (0, 1),
        };
        let ticks = self.rate.ticks(at.since_zero()).0;
        let wanted = ticks.saturating_add(self.pre_skip).saturating_add(self.origin);
        let target = wanted.min(self.last_granule - 1).saturating_sub(settle);
        let point = self.points.partition_point(|&(sample, _)| sample < target);
        self.rewind();
        if let Some(&(sample, offset)) =
            point.checked_sub(pages_back).and_then(|point| self.points.get(point))
        {
            self.position = Position { at: offset, sample, ..Position::default() };
        }
        loop {
            let before = (self.position.clone(), self.snapshot());
            let Some(packet) = self.next_packet(source)? else {
                (self.position, _) = before;
                return Ok(self.shown(self.position.sample));
            };
            if self.position.sample > target {
                let (position, clock) = before;
                self.position = position;
                self.restore(clock);
                return Ok(packet.pts);
            }
        }
    }

    fn snapshot(&self) -> Option<xiph::Vorbis> {
        match &self.clock {
            Clock::Vorbis(vorbis) => Some(vorbis.clone()),
            _ => None,
        }
    }

    fn restore(&mut self, saved: Option<xiph::Vorbis>) {
        if let (Clock::Vorbis(vorbis), Some(saved)) = (&mut self.clock, saved) {
            *vorbis = saved;
        }
    }

    fn describe(&self) -> Track {
        let length = self.last_granule.saturating_sub(self.pre_skip).saturating_sub(self.origin).max(0);
        Track {
            id: TrackId(self.serial),
            kind: self.kind,
            codec: self.codec.clone(),
            start: Instant::ZERO,
            duration: self.rate.span(Ticks(length)),
            sample_count: self.packets,
            language: None,
            is_default: false,
            video: None,
            audio: (self.kind == TrackKind::Audio)
                .then_some(AudioFacts { sample_rate: self.rate.get(), channels: self.channels }),
        }
    }
}
