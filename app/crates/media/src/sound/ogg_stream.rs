//! One logical stream of an Ogg file: which codec, its packets put together from pages, their times, seeking.
//! Knows pages by their headers and codecs by how they count samples.

use super::flac;
use super::ogg_page::{Page, next_page};
use crate::codec::{FlacStreamInfo, opus, xiph};
use crate::error::Result;
use crate::facts::{AudioFacts, Codec, Description, Packet, Shown, Track, TrackId, TrackKind};
use crate::source::CachedSource;
use crate::time::{Instant, Span, Ticks, Timescale};

mod identify;

pub(super) use identify::identify;

/// Header packets hold pictures at most.
const MOST_PACKET_BYTES: usize = 32 << 20;

/// What times a stream's packets.
enum Clock {
    Opus,
    Vorbis(xiph::Vorbis),
    Flac(FlacStreamInfo, u32),
    /// Samples in every packet.
    Speex(u32),
    /// Not delivered: facts only.
    None,
}

/// Where one of several streams that follow each other has its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// On the presentation timeline.
    pub start: Instant,
    pub run: u32,
    pub description: u16,
    /// The name of the track, which is the first stream's.
    pub track: TrackId,
}

pub(super) struct Stream {
    pub serial: u32,
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
    /// In front of the first data packet, and how many header packets its page holds.
    data: Position,
    shared: u64,
    /// The sample position there.
    origin: i64,
    /// Where the next stream of the same name may begin.
    end: u64,
    place: Place,
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

impl Stream {
    /// Reads the header packets; `at` lies behind the first pages of all streams.
    pub fn read_headers(&mut self, source: &mut CachedSource, at: u64) -> Result<()> {
        self.position = Position { at, ..Position::default() };
        while self.headers.len() < self.headers_wanted {
            let Some((packet, _)) = self.next_bytes(source)? else { break };
            self.headers.push(packet);
        }
        // Data packets may share the page that the last header ends on.
        if let Some(page) = &self.position.page {
            let before = Page { segments: page.segments[..self.position.segment].to_vec(), ..page.clone() };
            self.shared = before.packets_ended();
        }
        self.data = std::mem::take(&mut self.position);
        self.finish_headers();
        Ok(())
    }

    /// Where data pages begin.
    fn data_start(&self) -> u64 {
        self.data.page.as_ref().map_or(self.data.at, |page| page.start)
    }

    /// Counts what a data page holds.
    pub fn note(&mut self, page: &Page) {
        let data_start = self.data_start();
        if page.start < data_start || page.begins && page.start > data_start {
            return;
        }
        let shared = if self.data.page.is_some() && page.start == data_start { self.shared } else { 0 };
        self.packets += page.packets_ended().saturating_sub(shared);
        if page.granule >= 0 {
            self.last_granule = self.last_granule.max(page.granule);
            let second = i64::from(self.rate.get());
            if self.points.last().is_none_or(|&(last, _)| page.granule.saturating_sub(last) >= second) {
                self.points.push((page.granule, page.end()));
            }
        }
    }

    /// Ends the stream at an offset, where another one begins.
    pub fn end_at(&mut self, offset: u64) {
        self.end = offset;
    }

    pub fn put(&mut self, place: Place) {
        self.place = place;
    }

    pub fn place(&self) -> Place {
        self.place
    }

    pub fn is_sound(&self) -> bool {
        self.kind == TrackKind::Audio
    }

    /// Whether the stream's kind is known at all.
    pub fn is_known(&self) -> bool {
        self.codec.name != "unknown"
    }

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

    pub fn rewind(&mut self) {
        self.position = Position { sample: self.origin, ..self.data.clone() };
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
                let page = next_page(source, position.at)?.filter(|page| page.start < self.end);
                let Some(page) = page else { return Ok(None) };
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
            Clock::Speex(samples) => Some(*samples),
            Clock::None => None,
        }
    }

    /// Streams cut out of longer ones do not begin at zero: the first page says where its packets end.
    pub fn find_origin(&mut self, source: &mut CachedSource) -> Result<()> {
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

    /// How long the stream is, by the positions on its pages.
    pub fn length(&self) -> Span {
        let length = self.last_granule.saturating_sub(self.pre_skip).saturating_sub(self.origin).max(0);
        self.rate.span(Ticks(length))
    }

    fn shown(&self, sample: i64) -> Instant {
        let since = self.rate.span(Ticks(sample.saturating_sub(self.pre_skip).saturating_sub(self.origin)));
        self.place.start + since
    }

    pub fn next_packet(&mut self, source: &mut CachedSource) -> Result<Option<Packet>> {
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
            let Place { start, run, description, track } = self.place;
            let length = self.length();
            let until = if length.is_positive() { start + length } else { Instant::MAX };
            let packet = Packet::new(track, pts, duration, true, data);
            return Ok(Some(Packet { shown: Shown { from: start, until }, run, description, ..packet }));
        }
        Ok(None)
    }

    /// From the page before, packet by packet, up to the one that holds the target; a little earlier for Opus, whose
    /// decoder needs 80 ms to settle (RFC 7845 §4.6), and for Vorbis, whose first block only prepares the second.
    pub fn seek(&mut self, source: &mut CachedSource, at: Instant) -> Result<Instant> {
        let (settle, pages_back) = match &self.clock {
            Clock::Opus => (3840, 1),
            // One more page, at whose end the count is right again.
            Clock::Vorbis(vorbis) => (i64::from(vorbis.longest_packet()), 2),
            _ => (0, 1),
        };
        let ticks = self.rate.ticks(at - self.place.start).0;
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

    /// How the stream is coded.
    pub fn description(&self) -> Description {
        let audio =
            self.is_sound().then_some(AudioFacts { sample_rate: self.rate.get(), channels: self.channels });
        Description { codec: self.codec.clone(), video: None, audio }
    }

    pub fn describe(&self) -> Track {
        let Description { codec, video, audio } = self.description();
        Track {
            id: self.place.track,
            kind: self.kind,
            codec,
            start: Instant::ZERO,
            duration: self.length(),
            sample_count: if matches!(self.clock, Clock::None) { 0 } else { self.packets },
            language: None,
            is_default: false,
            video,
            audio,
            more: Vec::new(),
        }
    }
}
