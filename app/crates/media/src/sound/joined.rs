//! The recordings that were joined into one file of framed sound, one behind the other: where each begins, what it is
//! like, how long it is, and what of it only leads in or out. A file of one recording has one piece.

use super::framing::{self, FrameHead, Framing, Information, Position, ReadHead};
use crate::error::{Error, Result};
use crate::facts::Container;
use crate::source::{ByteSource as _, CachedSource};
use crate::time::{Instant, Span, Ticks, Timescale};

/// A place to seek to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub at: u64,
    pub frame: u64,
    pub sample: u64,
}

/// One recording.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// The first frame with sound.
    pub at: u64,
    pub head: FrameHead,
    pub frames: u64,
    samples: u64,
    /// Whether all its frames were walked; otherwise their number was stated or estimated.
    pub is_counted: bool,
    early: u32,
    late: u32,
    rate: Timescale,
    /// On the presentation timeline.
    pub start: Instant,
    pub description: u16,
    points: Vec<Point>,
}

/// A place to seek to is kept every so many frames.
const POINT_EVERY: u64 = 128;
/// Up to this size every file is walked whole.
const SMALL_BYTES: u64 = 32 << 20;
/// Up to this size one is that does not state its length; beyond it that is estimated.
const WALK_BYTES: u64 = 512 << 20;
/// Fewer frames of another kind, without a frame that holds facts, are what chance finds in a picture or a tag.
const LEAST_FRAMES: u64 = 8;
/// More recordings than anybody joins.
const MOST_PIECES: usize = 10_000;

impl Piece {
    fn new(at: u64, head: FrameHead, rate: Timescale, said: Information) -> Self {
        Self {
            at,
            head,
            frames: 0,
            samples: 0,
            is_counted: true,
            early: said.early,
            late: said.late,
            rate,
            start: Instant::ZERO,
            description: 0,
            points: Vec::new(),
        }
    }

    /// How long the sound is.
    pub fn length(&self) -> Span {
        let extra = u64::from(self.early) + u64::from(self.late);
        self.rate.span(Ticks(i64::try_from(self.samples.saturating_sub(extra)).unwrap_or(i64::MAX)))
    }

    /// Where the sound ends, if that is known for certain.
    pub fn until(&self) -> Instant {
        if self.is_counted { self.start + self.length() } else { Instant::MAX }
    }

    pub fn shown_at(&self, sample: u64) -> Instant {
        let sample = i64::try_from(sample).unwrap_or(i64::MAX).saturating_sub(self.early.into());
        self.start + self.rate.span(Ticks(sample))
    }

    /// The sample from which to decode for an instant, some frames earlier.
    pub fn sample_at(&self, at: Instant, lead_in: u64) -> u64 {
        let sample = self.rate.ticks(at - self.start).0.saturating_add(self.early.into()).max(0) as u64;
        let last = self.samples.saturating_sub(self.head.samples.into());
        sample.min(last).saturating_sub(lead_in.saturating_mul(self.head.samples.into()))
    }

    pub fn point_before(&self, sample: u64) -> Point {
        let behind = self.points.partition_point(|point| point.sample <= sample);
        let known = behind.checked_sub(1).and_then(|point| self.points.get(point));
        known.copied().unwrap_or(Point { at: self.at, frame: 0, sample: 0 })
    }

    pub fn remember(&mut self, point: Point) {
        if point.frame.is_multiple_of(POINT_EVERY) && self.points.len() as u64 == point.frame / POINT_EVERY {
            self.points.push(point);
        }
    }

    /// The frame of this piece at or behind an offset.
    pub fn find(
        &self,
        source: &mut CachedSource,
        offset: u64,
        read: ReadHead,
    ) -> Result<Option<(u64, FrameHead)>> {
        let here = framing::read_head(source, offset, read)?.filter(|head| head.kind == self.head.kind);
        let found = match here {
            Some(head) => Some((offset, head)),
            None => framing::find_frame(source, offset.saturating_add(1), u64::MAX, read)?
                .filter(|(_, head)| head.kind == self.head.kind),
        };
        Ok(found.filter(|(at, head)| at + head.length <= source.len()))
    }
}

/// The recordings in a file, without their places on the timeline.
pub(super) fn survey(source: &mut CachedSource, start: u64, framing: Framing) -> Result<Vec<Piece>> {
    let within = source.len();
    let Some((at, head)) = framing::find_frame(source, start, within, framing.read)? else {
        return Err(Error::NotAsNamed { container: framing.claimed });
    };
    let mut pieces = Vec::new();
    let Some((mut piece, said)) = begin(source, at, head, framing)? else { return Ok(pieces) };
    if let Some(frames) = stated_frames(source, at, &piece, said, framing)? {
        piece.frames = frames;
        piece.samples = frames.saturating_mul(head.samples.into());
        piece.is_counted = false;
        return Ok(vec![piece]);
    }
    let (mut said, stop) = (said, at.saturating_add(WALK_BYTES));
    let mut position = Position { offset: piece.at, ..Position::default() };
    while position.offset < stop {
        let Some((at, head, is_information)) = next_frame(source, position.offset, &piece, framing)? else {
            break;
        };
        // A frame of facts that no sound follows is read as sound itself.
        let begins = head.kind != piece.head.kind || is_information && at != piece.at;
        if begins && pieces.len() < MOST_PIECES {
            let Some((next, next_said)) = begin(source, at, head, framing)? else { break };
            keep(&mut pieces, finish(piece, position, said), said);
            (piece, said) = (next, next_said);
            position = Position { offset: piece.at, ..Position::default() };
            continue;
        }
        piece.remember(Point { at, frame: position.frame, sample: position.sample });
        position.frame += 1;
        position.sample += u64::from(head.samples);
        position.offset = at + head.length;
    }
    let walked = position.offset - piece.at.min(position.offset);
    let is_estimated = position.offset >= stop && position.offset < source.len();
    let mut last = finish(piece, position, said);
    if is_estimated {
        let share = (source.len() - last.at) as f64 / walked.max(1) as f64;
        last.frames = (last.frames as f64 * share) as u64;
        last.samples = (last.samples as f64 * share) as u64;
        last.is_counted = false;
    }
    keep(&mut pieces, last, said);
    Ok(pieces)
}

fn keep(pieces: &mut Vec<Piece>, piece: Piece, said: Information) {
    let least = if pieces.is_empty() || said.frames.is_some() { 1 } else { LEAST_FRAMES };
    if piece.frames >= least {
        pieces.push(piece);
    }
}

/// A piece that begins with a frame; where that frame holds facts, behind it.
fn begin(
    source: &mut CachedSource,
    at: u64,
    head: FrameHead,
    framing: Framing,
) -> Result<Option<(Piece, Information)>> {
    let Some(rate) = Timescale::new(head.sample_rate) else {
        return Err(Error::NoSampleRate { container: framing.container });
    };
    let bytes = source.read_array::<{ framing::HEAD_BYTES }>(at)?.unwrap_or([0; framing::HEAD_BYTES]);
    if (framing.is_information)(&bytes, head) {
        let said = (framing.information)(source, at, head)?;
        let next = framing::find_frame(source, at + head.length, u64::MAX, framing.read)?;
        if let Some((next, next_head)) = next.filter(|(_, next)| next.kind == head.kind) {
            return Ok(Some((Piece::new(next, next_head, rate, said), said)));
        }
    }
    Ok(Some((Piece::new(at, head, rate, Information::default()), Information::default())))
}

fn finish(piece: Piece, position: Position, said: Information) -> Piece {
    // Behind a cut nothing is known of the samples at the end.
    let is_whole = said.frames.is_none_or(|frames| frames <= position.frame + 1);
    Piece {
        frames: position.frame,
        samples: position.sample,
        late: if is_whole { piece.late } else { 0 },
        ..piece
    }
}

/// The frame at or behind an offset, of whatever kind, and whether it holds facts instead of sound.
fn next_frame(
    source: &mut CachedSource,
    offset: u64,
    piece: &Piece,
    framing: Framing,
) -> Result<Option<(u64, FrameHead, bool)>> {
    let mut bytes = [0; framing::HEAD_BYTES];
    let count = source.read_up_to(offset, &mut bytes)?;
    let here = (framing.read)(&bytes[..count]).filter(|head| head.kind == piece.head.kind);
    let found = match here {
        Some(head) => Some((offset, head)),
        None => framing::find_frame(source, offset.saturating_add(1), u64::MAX, framing.read)?,
    };
    let Some((at, head)) = found.filter(|(at, head)| at + head.length <= source.len()) else {
        return Ok(None);
    };
    if at != offset {
        let count = source.read_up_to(at, &mut bytes)?;
        bytes[count..].fill(0);
    }
    Ok(Some((at, head, (framing.is_information)(&bytes, head))))
}

/// The number of frames as the file states it, where it is too large to be walked, the number is possible, and nothing
/// is behind what it counts.
fn stated_frames(
    source: &mut CachedSource,
    at: u64,
    piece: &Piece,
    said: Information,
    framing: Framing,
) -> Result<Option<u64>> {
    let left = source.len() - at;
    let (Some(frames), Some(bytes)) = (said.frames, said.bytes) else { return Ok(None) };
    if left <= SMALL_BYTES || frames == 0 || framing.container == Container::Adts {
        return Ok(None);
    }
    let is_possible = (16..=2048).contains(&(left / frames)) && bytes <= left + left / 50;
    let behind = at.saturating_add(bytes).max(piece.at);
    let goes_on = framing::find_frame(source, behind, u64::MAX, framing.read)?.is_some();
    Ok((is_possible && !goes_on).then_some(frames))
}
