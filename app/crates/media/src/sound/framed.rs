//! Sound in frames that each state their length: MP3 and ADTS. Hops from header to header, finds its way again
//! behind damage, and from one recording to the next where several were joined. Knows the two formats by their functions.

use super::joined::{self, Information, Piece, Point};
use super::{ONLY_TRACK, single_track};
use crate::demux::Reader;
use crate::error::{Error, Result};
use crate::facts::{AudioFacts, Codec, Container, Description, Facts, Packet, Shown, TrackId};
use crate::sniff::Format;
use crate::source::{ByteSource as _, CachedSource};
use crate::time::Instant;

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

/// Bytes that are enough for any header, and for the mark of a frame that holds facts instead of sound.
pub(super) const HEAD_BYTES: usize = 48;
/// How far the first frame may lie behind other things.
const SEARCH_BYTES: u64 = 256 << 10;

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

pub(super) fn read_head(source: &mut CachedSource, at: u64, read: ReadHead) -> Result<Option<FrameHead>> {
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

/// How one of the two formats is read.
#[derive(Clone, Copy)]
pub(super) struct Framing {
    pub container: Container,
    pub read: ReadHead,
    /// Whether the first bytes of a frame say that it holds facts about the file instead of sound.
    pub is_information: fn(&[u8], FrameHead) -> bool,
    /// What such a frame says.
    pub information: fn(&mut CachedSource, u64, FrameHead) -> Result<Information>,
    pub codec: fn(&mut CachedSource, u64, FrameHead) -> Result<Codec>,
    /// Frames a decoder needs before its output is sound.
    pub lead_in: u64,
    /// What to say of a file in which nothing is found.
    pub nothing: &'static str,
}

/// In front of a frame.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Position {
    pub piece: usize,
    /// Frames and samples of the piece that lie before.
    pub frame: u64,
    pub sample: u64,
    pub offset: u64,
}

pub(super) struct FramedReader {
    source: CachedSource,
    facts: Facts,
    framing: Framing,
    pieces: Vec<Piece>,
    position: Position,
}

impl FramedReader {
    pub fn open(source: CachedSource, start: u64, framing: Framing) -> Result<Self> {
        let mut source = source;
        let mut pieces = joined::survey(&mut source, start, framing)?;
        let mut descriptions: Vec<Description> = Vec::new();
        let (mut at, mut frames) = (Instant::ZERO, 0u64);
        for piece in &mut pieces {
            let head = piece.head;
            let description = Description {
                codec: (framing.codec)(&mut source, piece.at, head)?,
                video: None,
                audio: Some(AudioFacts { sample_rate: head.sample_rate, channels: head.channels }),
            };
            let known = descriptions.iter().position(|known| *known == description);
            let number = known.unwrap_or(descriptions.len());
            if known.is_none() {
                descriptions.push(description);
            }
            piece.description = u16::try_from(number).unwrap_or(u16::MAX);
            piece.start = at;
            at += piece.length();
            frames = frames.saturating_add(piece.frames);
        }
        let (Some(first), false) = (pieces.first().cloned(), descriptions.is_empty()) else {
            return Err(Error::malformed(
                "The file holds no complete piece of sound. Copy or download it again.",
            ));
        };
        let Description { codec, audio, .. } = descriptions.remove(0);
        let audio = audio.unwrap_or(AudioFacts { sample_rate: 0, channels: 0 });
        let mut facts = single_track(framing.container, codec, audio, at.since_zero(), frames);
        facts.tracks[0].more = descriptions;
        let position = Position { offset: first.at, ..Position::default() };
        Ok(Self { source, facts, framing, pieces, position })
    }

    /// Moves past one frame, into the next piece behind the last one, and returns where it was.
    fn step(&mut self) -> Result<Option<(u64, FrameHead)>> {
        loop {
            let Some(piece) = self.pieces.get_mut(self.position.piece) else { return Ok(None) };
            if piece.is_counted && self.position.frame >= piece.frames {
                let next = self.position.piece + 1;
                let Some(piece) = self.pieces.get(next) else { return Ok(None) };
                self.position = Position { piece: next, offset: piece.at, ..Position::default() };
                continue;
            }
            let Some((at, head)) = piece.find(&mut self.source, self.position.offset, self.framing.read)?
            else {
                return Ok(None);
            };
            piece.remember(Point { at, frame: self.position.frame, sample: self.position.sample });
            self.position.frame += 1;
            self.position.sample += u64::from(head.samples);
            self.position.offset = at + head.length;
            return Ok(Some((at, head)));
        }
    }
}

impl Reader for FramedReader {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn seek(&mut self, _track: TrackId, at: Instant) -> Result<Instant> {
        let number = self.pieces.partition_point(|piece| piece.start <= at).saturating_sub(1);
        let Some(piece) = self.pieces.get(number) else { return Ok(Instant::ZERO) };
        let wanted = piece.sample_at(at, self.framing.lead_in);
        let point = piece.point_before(wanted);
        self.position =
            Position { piece: number, frame: point.frame, sample: point.sample, offset: point.at };
        loop {
            let before = self.position;
            let more = self.step()?.is_some();
            if !more || self.position.piece != number || self.position.sample > wanted {
                self.position = before;
                break;
            }
        }
        Ok(self.pieces[number].shown_at(self.position.sample))
    }

    fn next_packet(&mut self, _track: TrackId) -> Result<Option<Packet>> {
        let Some((at, head)) = self.step()? else { return Ok(None) };
        let number = self.position.piece;
        let Some(piece) = self.pieces.get(number) else { return Ok(None) };
        let pts = piece.shown_at(self.position.sample - u64::from(head.samples));
        let duration = piece.shown_at(self.position.sample) - pts;
        let shown = Shown { from: piece.start, until: piece.until() };
        let description = piece.description;
        let Some(data) = self.source.read_vec(at + head.skip, head.length - head.skip)? else {
            return Ok(None);
        };
        let packet = Packet::new(ONLY_TRACK, pts, duration, true, data);
        Ok(Some(Packet { shown, run: number as u32, description, ..packet }))
    }
}
