//! Sound in frames that each state their length: MP3 and ADTS. Hops from header to header, finds its way again
//! behind damage, and remembers places to seek to. Knows the two formats by a trait only.

use super::{ONLY_TRACK, single_track};
use crate::demux::Reader;
use crate::error::{Error, Result};
use crate::facts::{AudioFacts, Codec, Container, Facts, Packet, TrackId};
use crate::sniff::Format;
use crate::source::{ByteSource as _, CachedSource};
use crate::time::{Instant, Span, Ticks, Timescale};

/// A frame's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FrameHead {
    /// Bytes of the whole frame.
    pub length: u64,
    /// Bytes in front of the coded data that a decoder is not given.
    pub skip: u64,
    pub samples: u32,
    pub sample_rate: u32,
    pub channels: u32,
    /// What may not change from frame to frame.
    pub kind: u32,
}

/// Reads one header out of a frame's first bytes.
pub(super) type ReadHead = fn(&[u8]) -> Option<FrameHead>;

/// Bytes that are enough for any header.
const HEAD_BYTES: usize = 10;
/// How far the first frame may lie behind other things.
const SEARCH_BYTES: u64 = 256 << 10;
/// A place to seek to is kept every so many frames.
const POINT_EVERY: u64 = 128;
/// Files without a stated length are walked whole up to this size, and estimated beyond it.
const WALK_BYTES: u64 = 512 << 20;

/// The first frame at or behind `from` that another one of its kind follows (or the end does).
pub(super) fn find_frame(
    source: &mut CachedSource,
    from: u64,
    within: u64,
    read: ReadHead,
) -> Result<Option<(u64, FrameHead)>> {
    let mut window = vec![0; 32 << 10];
    let limit = from.saturating_add(within).min(source.len());
    let mut at = from;
    while at < limit {
        let count = source.read_up_to(at, &mut window)?;
        if count < 4 {
            break;
        }
        for (offset, byte) in window[..count - 3].iter().enumerate() {
            let here = at + offset as u64;
            if *byte != 0xFF || here >= limit {
                continue;
            }
            if let Some(head) = read_head(source, here, read)?
                && is_followed(source, here, head, read)?
            {
                return Ok(Some((here, head)));
            }
        }
        at += (count - 3) as u64;
    }
    Ok(None)
}

fn read_head(source: &mut CachedSource, at: u64, read: ReadHead) -> Result<Option<FrameHead>> {
    let mut bytes = [0; HEAD_BYTES];
    let count = source.read_up_to(at, &mut bytes)?;
    Ok(read(&bytes[..count]))
}

/// Two more frames of the same kind behind this one, or the end of the file.
fn is_followed(source: &mut CachedSource, at: u64, head: FrameHead, read: ReadHead) -> Result<bool> {
    let mut next = at + head.length;
    for follower in 0..2 {
        // A cut last frame must not speak for itself.
        if next >= source.len() {
            return Ok(follower > 0 || next == source.len());
        }
        match read_head(source, next, read)? {
            Some(other) if other.kind == head.kind => next += other.length,
            _ => return Ok(follower > 0 && is_tag(source, next)?),
        }
    }
    Ok(true)
}

fn is_tag(source: &mut CachedSource, at: u64) -> Result<bool> {
    Ok(source.read_array::<3>(at)?.is_some_and(|tag| matches!(&tag, b"TAG" | b"APE" | b"ID3" | b"LYR")))
}

/// Whether the file is MP3 or ADTS without any signature in front.
pub(crate) fn look_for_frames(source: &mut CachedSource) -> Result<Option<Format>> {
    let mpeg = find_frame(source, 0, SEARCH_BYTES, super::mpeg::read_head)?;
    let adts = find_frame(source, 0, SEARCH_BYTES, super::adts::read_head)?;
    Ok(match (mpeg, adts) {
        (Some((mpeg, _)), Some((adts, _))) if adts < mpeg => Some(Format::Adts),
        (Some(_), _) => Some(Format::MpegAudio),
        (None, Some(_)) => Some(Format::Adts),
        (None, None) => None,
    })
}

/// Whether MP3 frames begin somewhere behind an offset.
pub(crate) fn frames_behind(source: &mut CachedSource, at: u64) -> Result<bool> {
    Ok(find_frame(source, at, SEARCH_BYTES, super::mpeg::read_head)?.is_some())
}

/// What a reader of framed sound starts from.
pub(super) struct Stream {
    pub container: Container,
    pub codec: Codec,
    pub first: (u64, FrameHead),
    /// Frames in the file, where a header says so.
    pub stated_frames: Option<u64>,
    /// Samples in front of the sound, which lie before time zero.
    pub early_samples: u32,
    /// Samples behind it.
    pub late_samples: u32,
    /// Frames a decoder needs before its output is sound.
    pub lead_in: u64,
    pub read: ReadHead,
}

pub(super) struct FramedReader {
    source: CachedSource,
    facts: Facts,
    stream: Stream,
    rate: Timescale,
    /// Offset of every 128th frame.
    points: Vec<u64>,
    offset: u64,
    frame: u64,
}

impl FramedReader {
    pub fn open(source: CachedSource, stream: Stream) -> Result<Self> {
        let head = stream.first.1;
        let rate = Timescale::new(head.sample_rate)
            .ok_or_else(|| Error::malformed("The sound has no sample rate. Export it again."))?;
        let audio = AudioFacts { sample_rate: head.sample_rate, channels: head.channels };
        let facts = single_track(stream.container, stream.codec.clone(), audio, Span::ZERO, 0);
        let offset = stream.first.0;
        let mut reader = Self { source, facts, stream, rate, points: Vec::new(), offset, frame: 0 };
        let frames = match reader.stream.stated_frames.filter(|&frames| reader.bears_out(frames)) {
            Some(frames) => frames,
            None => reader.count_frames()?,
        };
        if frames == 0 {
            return Err(Error::malformed(
                "The file holds no complete piece of sound. Copy or download it again.",
            ));
        }
        let track = &mut reader.facts.tracks[0];
        track.sample_count = frames;
        let extra = u64::from(reader.stream.early_samples) + u64::from(reader.stream.late_samples);
        let samples = frames.saturating_mul(head.samples.into()).saturating_sub(extra);
        track.duration = rate.span(Ticks(samples as i64));
        reader.facts.duration = reader.facts.tracks[0].duration;
        Ok(reader)
    }

    /// A stated count is believed if the frames would have a possible size.
    fn bears_out(&self, frames: u64) -> bool {
        let bytes = self.source.len().saturating_sub(self.stream.first.0);
        frames > 0 && (16..=2048).contains(&(bytes / frames))
    }

    /// Walks the frames to the end, or for a while and multiplies.
    fn count_frames(&mut self) -> Result<u64> {
        let start = self.offset;
        let stop = start.saturating_add(WALK_BYTES);
        while self.offset < stop && self.step()?.is_some() {}
        let (frames, walked) = (self.frame, self.offset - start);
        let total = self.source.len() - start;
        (self.offset, self.frame) = (start, 0);
        if walked >= WALK_BYTES {
            return Ok((frames as f64 * total as f64 / walked as f64) as u64);
        }
        Ok(frames)
    }

    /// Moves past one frame and returns where it was.
    fn step(&mut self) -> Result<Option<(u64, FrameHead)>> {
        let kind = self.stream.first.1.kind;
        let head = read_head(&mut self.source, self.offset, self.stream.read)?;
        let (at, head) = match head.filter(|head| head.kind == kind) {
            Some(head) => (self.offset, head),
            None => match find_frame(&mut self.source, self.offset + 1, u64::MAX, self.stream.read)? {
                Some((at, head)) if head.kind == kind => (at, head),
                // Another kind of sound joined on behind is another recording.
                _ => {
                    self.offset = self.source.len();
                    return Ok(None);
                }
            },
        };
        if at + head.length > self.source.len() {
            return Ok(None);
        }
        if self.frame.is_multiple_of(POINT_EVERY) && self.points.len() as u64 == self.frame / POINT_EVERY {
            self.points.push(at);
        }
        self.offset = at + head.length;
        self.frame += 1;
        Ok(Some((at, head)))
    }

    fn shown(&self, frame: u64) -> Instant {
        let sample = frame.saturating_mul(self.stream.first.1.samples.into()) as i64;
        self.rate.instant(Ticks(sample.saturating_sub(self.stream.early_samples.into())))
    }
}

impl Reader for FramedReader {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn seek(&mut self, _track: TrackId, at: Instant) -> Result<Instant> {
        let sample =
            self.rate.ticks(at.since_zero()).0.saturating_add(self.stream.early_samples.into()).max(0) as u64;
        let last = self.facts.tracks[0].sample_count.saturating_sub(1);
        let wanted = (sample / u64::from(self.stream.first.1.samples.max(1)))
            .min(last)
            .saturating_sub(self.stream.lead_in);
        if let Some(last) = self.points.len().checked_sub(1) {
            let point = ((wanted / POINT_EVERY) as usize).min(last);
            (self.offset, self.frame) = (self.points[point], point as u64 * POINT_EVERY);
        } else {
            (self.offset, self.frame) = (self.stream.first.0, 0);
        }
        while self.frame < wanted {
            let before = (self.offset, self.frame);
            if self.step()?.is_none() {
                (self.offset, self.frame) = before;
                break;
            }
        }
        Ok(self.shown(self.frame))
    }

    fn next_packet(&mut self, _track: TrackId) -> Result<Option<Packet>> {
        let pts = self.shown(self.frame);
        let Some((at, head)) = self.step()? else { return Ok(None) };
        let Some(data) = self.source.read_vec(at + head.skip, head.length - head.skip)? else {
            return Ok(None);
        };
        let duration = self.shown(self.frame) - pts;
        Ok(Some(Packet::new(ONLY_TRACK, pts, duration, true, data)))
    }
}
