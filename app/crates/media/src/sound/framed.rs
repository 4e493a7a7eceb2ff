//! Sound in frames that each state their length: MP3 and ADTS. Hops from header to header, finds its way again
//! behind damage, and from one recording to the next where several were joined. Knows the two formats by their functions.

use super::framing::{FrameHead, Framing, Position};
use super::joined::{self, Piece, Point};
use super::{ONLY_TRACK, single_track};
use crate::error::{Error, Result};
use crate::facts::{AudioFacts, Description, Facts, Packet, Shown, TrackId};
use crate::reader::Reader;
use crate::source::CachedSource;
use crate::time::Instant;

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
            return Err(Error::NoSound { container: framing.container });
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
