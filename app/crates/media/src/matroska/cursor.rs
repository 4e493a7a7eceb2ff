//! Walking the blocks of a segment from any element on, and making packets of one track's frames.
//! Enters clusters as it meets them; where bytes make no sense, it looks for the next cluster.

use std::collections::VecDeque;

use super::block::{self, BlockHead};
use super::ebml::{self, Element};
use super::header::{Info, TrackEntry};
use super::ids;
use crate::codec::opus;
use crate::error::Result;
use crate::facts::{Packet, Shown, TrackId, TrackKind};
use crate::source::CachedSource;
use crate::time::{Instant, Span};

/// No coded frame is larger.
const MOST_FRAME_BYTES: u64 = 256 << 20;
/// The sizes of a lace fit into this (256 frames of Xiph sizes, a few large ones).
const LACE_BYTES: u64 = 64 << 10;

/// A place in front of an element, and the time of the cluster it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    at: u64,
    cluster_ticks: u64,
}

impl Cursor {
    /// In front of a cluster.
    pub fn at(offset: u64) -> Self {
        Self { at: offset, cluster_ticks: 0 }
    }
}

/// A block's time on the segment's timeline.
pub(super) fn instant(ticks: i64, info: Info) -> Instant {
    let ns = i128::from(ticks) * i128::from(info.scale_ns);
    let micros = (ns + if ns < 0 { -500 } else { 500 }) / 1000;
    Instant::from_micros(micros.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
}

/// One block on the way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    /// Where the walk stood in front of it.
    pub cursor: Cursor,
    pub element_start: u64,
    pub head: BlockHead,
    pub ticks: i64,
    pub is_key: bool,
    /// Ticks, where a block group states them.
    pub duration: Option<u64>,
    /// Nanoseconds of what it decodes to that are thrown away at its end; at its beginning, if negative.
    pub discarded_ns: i64,
    /// The block itself, head included.
    start: u64,
    size: u64,
}

pub(super) struct Walk {
    pub cursor: Cursor,
    /// Offsets of the clusters entered, with their times, in order.
    pub entered: Option<(u64, u64)>,
}

impl Walk {
    pub fn new(cursor: Cursor) -> Self {
        Self { cursor, entered: None }
    }

    /// The next block of any track; `None` at the end.
    pub fn next_block(&mut self, source: &mut CachedSource) -> Result<Option<Block>> {
        loop {
            let before = self.cursor;
            let element = ebml::read_element(source, before.at)?;
            let Some(element) = element.filter(is_expected) else {
                match find_cluster(source, before.at + 1)? {
                    Some(cluster) => self.cursor = Cursor::at(cluster),
                    None => return Ok(None),
                }
                continue;
            };
            self.cursor.at = element.end;
            match element.id {
                ids::EBML => {}
                ids::SEGMENT => self.cursor.at = element.body,
                ids::CLUSTER => {
                    self.cursor = Cursor { at: element.body, cluster_ticks: 0 };
                    self.entered = Some((element.start, 0));
                }
                ids::TIMESTAMP => {
                    let ticks = source.read_vec(element.body, (element.end - element.body).min(9))?;
                    self.cursor.cluster_ticks = ticks.as_deref().and_then(ebml::unsigned).unwrap_or(0);
                    if let Some(entered) = &mut self.entered {
                        entered.1 = self.cursor.cluster_ticks;
                    }
                }
                ids::SIMPLE_BLOCK | ids::BLOCK_GROUP if element.is_cut => return Ok(None),
                ids::SIMPLE_BLOCK => {
                    if let Some(block) = read_simple(source, &element, before)? {
                        return Ok(Some(block));
                    }
                }
                ids::BLOCK_GROUP => {
                    if let Some(block) = read_group(source, &element, before)? {
                        return Ok(Some(block));
                    }
                }
                _ => {}
            }
        }
    }
}

/// Elements of the segment and cluster levels. Anything else means that the walk has lost its way.
fn is_expected(element: &Element) -> bool {
    let is_known = matches!(
        element.id,
        ids::EBML
            | ids::SEGMENT
            | ids::CLUSTER
            | ids::TIMESTAMP
            | ids::POSITION
            | ids::PREV_SIZE
            | ids::SIMPLE_BLOCK
            | ids::BLOCK_GROUP
            | ids::ENCRYPTED_BLOCK
            | ids::SILENT_TRACKS
            | ids::VOID
            | ids::CRC_32
            | ids::SEEK_HEAD
            | ids::INFO
            | ids::TRACKS
            | ids::CUES
            | ids::CHAPTERS
            | ids::ATTACHMENTS
            | ids::TAGS
    );
    is_known && (!element.is_unknown_size || matches!(element.id, ids::SEGMENT | ids::CLUSTER))
}

/// The next cluster at or behind an offset: its number followed by a size and, soon, a time stamp.
pub(super) fn find_cluster(source: &mut CachedSource, from: u64) -> Result<Option<u64>> {
    const MARK: [u8; 4] = ids::CLUSTER.to_be_bytes();
    let mut buffer = vec![0; 64 << 10];
    let mut at = from;
    loop {
        let count = source.read_up_to(at, &mut buffer)?;
        if count < MARK.len() {
            return Ok(None);
        }
        if let Some(found) = buffer[..count].windows(MARK.len()).position(|window| window == MARK) {
            return Ok(Some(at + found as u64));
        }
        at += (count - MARK.len() + 1) as u64;
    }
}

fn read_simple(source: &mut CachedSource, element: &Element, cursor: Cursor) -> Result<Option<Block>> {
    let mut bytes = [0; 16];
    let wanted = (element.end - element.body).min(16) as usize;
    let count = source.read_up_to(element.body, &mut bytes[..wanted])?;
    Ok(block::read_head(&bytes[..count]).map(|head| Block {
        cursor,
        element_start: element.start,
        head,
        ticks: absolute(cursor, head),
        is_key: head.is_key,
        duration: None,
        discarded_ns: 0,
        start: element.body,
        size: element.end - element.body,
    }))
}

fn absolute(cursor: Cursor, head: BlockHead) -> i64 {
    i64::try_from(cursor.cluster_ticks).unwrap_or(i64::MAX).saturating_add(head.time.into())
}

fn read_group(source: &mut CachedSource, group: &Element, cursor: Cursor) -> Result<Option<Block>> {
    let mut at = group.body;
    let (mut found, mut duration, mut is_key) = (None, None, true);
    let mut discarded_ns = 0;
    while at < group.end {
        let Some(element) = ebml::read_element(source, at)?.filter(|element| element.end <= group.end) else {
            break;
        };
        match element.id {
            ids::BLOCK => found = read_simple(source, &element, cursor)?,
            ids::BLOCK_DURATION => {
                let ticks = source.read_vec(element.body, (element.end - element.body).min(9))?;
                duration = ticks.as_deref().and_then(ebml::unsigned);
            }
            ids::DISCARD_PADDING => {
                let bytes = source.read_vec(element.body, (element.end - element.body).min(9))?;
                discarded_ns = bytes.as_deref().and_then(ebml::signed).unwrap_or(0);
            }
            ids::REFERENCE_BLOCK => is_key = false,
            _ => {}
        }
        if element.end <= at {
            break;
        }
        at = element.end;
    }
    Ok(found.map(|block| Block { element_start: group.start, is_key, duration, discarded_ns, ..block }))
}

/// How many frames a block holds.
pub(super) fn frame_count(source: &mut CachedSource, block: &Block) -> Result<u64> {
    if !block.head.is_laced() {
        return Ok(1);
    }
    let mut bytes = [0; 16];
    let wanted = block.size.min(16) as usize;
    let count = source.read_up_to(block.start, &mut bytes[..wanted])?;
    Ok(block.head.lace_count(&bytes[..count]).unwrap_or(1))
}

/// Packets of one track, in order, each with a duration as soon as the next one is known.
pub(super) struct Frames {
    id: TrackId,
    is_picture: bool,
    reorders: bool,
    /// Frames of a block that are still to be read.
    laced: Laced,
    ready: VecDeque<Packet>,
    last_span: Span,
    last_dts: Option<Instant>,
    is_over: bool,
}

impl Frames {
    pub fn new(entry: &TrackEntry, id: TrackId) -> Self {
        Self {
            id,
            is_picture: entry.kind == Some(TrackKind::Video),
            reorders: matches!(entry.codec.name.as_str(), "h264" | "hevc" | "mpeg4" | "mpeg2video"),
            laced: Laced::default(),
            ready: VecDeque::new(),
            last_span: Span::ZERO,
            last_dts: None,
            is_over: false,
        }
    }

    pub fn reset(&mut self) {
        self.laced = Laced::default();
        self.ready.clear();
        self.last_dts = None;
        self.is_over = false;
    }

    pub fn next(
        &mut self,
        source: &mut CachedSource,
        cursor: &mut Cursor,
        entry: &TrackEntry,
        info: Info,
    ) -> Result<Option<Packet>> {
        while !self.is_over && self.ready.len() < 2 {
            if self.take_frame(source, entry)? {
                continue;
            }
            let mut walk = Walk::new(*cursor);
            let found = loop {
                match walk.next_block(source)? {
                    Some(block) if block.head.track == entry.number => break Some(block),
                    Some(_) => {}
                    None => break None,
                }
            };
            *cursor = walk.cursor;
            match found {
                Some(block) => self.take_block(source, &block, entry, info)?,
                None => self.is_over = true,
            }
        }
        let Some(mut packet) = self.ready.pop_front() else { return Ok(None) };
        if packet.duration == Span::ZERO {
            let gap = self.ready.front().map(|next| next.pts - packet.pts);
            packet.duration = gap
                .filter(|gap| gap.is_positive() && (!self.reorders || !self.is_picture))
                .unwrap_or(self.last_span);
        }
        if packet.duration.is_positive() {
            self.last_span = packet.duration;
        }
        packet.dts = self.decode_time(&packet);
        Ok(Some(packet))
    }

    /// Matroska stores no decode times. They must ascend and not come after the presentation.
    fn decode_time(&mut self, packet: &Packet) -> Instant {
        let reach =
            if self.is_picture && self.reorders { self.last_span + self.last_span } else { Span::ZERO };
        let earliest = packet.pts - reach - reach;
        let dts = self.last_dts.map_or(earliest, |last| earliest.max(last + Span::from_micros(1)));
        self.last_dts = Some(dts);
        dts
    }

    fn take_block(
        &mut self,
        source: &mut CachedSource,
        block: &Block,
        entry: &TrackEntry,
        info: Info,
    ) -> Result<()> {
        let start = if block.head.is_laced() {
            source.read_vec(block.start, block.size.min(LACE_BYTES))?.unwrap_or_default()
        } else {
            Vec::new()
        };
        // A lace that contradicts itself loses its block only.
        let Some(lace) = block.head.lace(&start, block.size) else { return Ok(()) };
        let delay = Span::from_micros((entry.delay_ns / 1000) as i64);
        let frames = lace.frames.len() as i64;
        let stated =
            block.duration.map(|ticks| instant(i64::try_from(ticks).unwrap_or(0), info).since_zero());
        self.laced = Laced {
            frames: lace.frames.into(),
            start: block.start,
            pts: instant(block.ticks, info) - delay,
            stated: stated.map(|span| Span::from_micros(span.micros() / frames)),
            is_key: !self.is_picture || block.is_key,
            discarded: Span::from_micros(block.discarded_ns / 1000),
        };
        Ok(())
    }

    /// Reads the next frame of the block that was met last; whether there was one.
    fn take_frame(&mut self, source: &mut CachedSource, entry: &TrackEntry) -> Result<bool> {
        let Some((offset, size)) = self.laced.frames.pop_front() else { return Ok(false) };
        if size == 0 || size > MOST_FRAME_BYTES {
            return Ok(true);
        }
        let Some(bytes) = source.read_vec(self.laced.start + offset, size)? else { return Ok(true) };
        let data = if entry.stripped.is_empty() { bytes } else { [&entry.stripped[..], &bytes].concat() };
        let duration = self.laced.stated.or_else(|| frame_span(entry, &data)).unwrap_or(Span::ZERO);
        let packet = Packet::new(self.id, self.laced.pts, duration, self.laced.is_key, data);
        self.laced.pts += duration;
        let shown = match self.laced.discarded.micros() {
            0 => packet.shown,
            ..0 => Shown { from: (packet.pts - self.laced.discarded).max(Instant::ZERO), ..packet.shown },
            // Of a lace, the end is cut off the last frame.
            _ if !self.laced.frames.is_empty() => packet.shown,
            _ => Shown { until: self.laced.pts - self.laced.discarded, ..packet.shown },
        };
        self.ready.push_back(Packet { shown, ..packet });
        Ok(true)
    }
}

/// The frames of one block, and what holds for all of them.
#[derive(Default)]
struct Laced {
    /// Offset from the block's first byte, and size.
    frames: VecDeque<(u64, u64)>,
    start: u64,
    /// Of the next one.
    pts: Instant,
    /// How long each lasts, where the block says so.
    stated: Option<Span>,
    is_key: bool,
    discarded: Span,
}

/// How long a frame lasts, by its codec or by the track's statement.
fn frame_span(entry: &TrackEntry, data: &[u8]) -> Option<Span> {
    let of_rate = |samples: f64, rate: u32| (rate > 0).then(|| Span::from_seconds(samples / f64::from(rate)));
    match entry.codec.name.as_str() {
        "opus" => of_rate(opus::packet_samples(data).into(), opus::RATE).filter(|span| span.is_positive()),
        name if name.starts_with("pcm_") => {
            let bytes =
                crate::pcm::PcmFormat::from_codec_name(name)?.bytes() as f64 * f64::from(entry.channels);
            of_rate(data.len() as f64 / bytes.max(1.0), entry.sample_rate)
        }
        _ => entry
            .frame_ns
            .map(|ns| Span::from_micros(i64::try_from(ns.saturating_add(500) / 1000).unwrap_or(0))),
    }
}
