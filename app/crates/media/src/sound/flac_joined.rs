//! FLAC recordings joined into one file: each is read by a reader of its own, one behind the other on the timeline.
//! Finds their beginnings; what is in them is none of its business.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use super::flac::FlacReader;
use crate::codec::flac_stream_info;
use crate::error::{Error, Result};
use crate::facts::{Codec, Container, Description, Facts, Packet, Shown, TrackId};
use crate::reader::Reader;
use crate::source::{ByteSource, CachedSource};
use crate::time::{Instant, Span};

/// Files up to this size are searched for further recordings.
const SEARCHED_BYTES: u64 = 128 << 20;
const MOST_PARTS: usize = 1000;
/// Marker, and the header of the block that must come first (RFC 9639 §8); the last one of its kind or not.
const BEGINNINGS: [&[u8; 8]; 2] = [b"fLaC\0\0\0\x22", b"fLaC\x80\0\0\x22"];

/// A file up to one of its offsets.
struct Part {
    whole: Rc<RefCell<CachedSource>>,
    until: u64,
}

impl ByteSource for Part {
    fn len(&self) -> u64 {
        self.until
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let count = usize::try_from(self.until.saturating_sub(offset)).unwrap_or(usize::MAX).min(buf.len());
        let mut whole = self.whole.try_borrow_mut().map_err(io::Error::other)?;
        whole.read_up_to(offset, &mut buf[..count])
    }
}

struct Recording {
    reader: FlacReader,
    start: Instant,
    length: Span,
    description: u16,
}

struct JoinedReader {
    facts: Facts,
    recordings: Vec<Recording>,
    at: usize,
}

pub(crate) fn open(source: CachedSource, start: u64) -> Result<Box<dyn Reader>> {
    let mut source = source;
    let further =
        if source.len() <= SEARCHED_BYTES { beginnings(&mut source, start + 8)? } else { Vec::new() };
    if further.is_empty() {
        return Ok(Box::new(FlacReader::open(source, start)?));
    }
    let length = source.len();
    let whole = Rc::new(RefCell::new(source));
    let mut facts: Option<Facts> = None;
    let mut recordings = Vec::new();
    let mut at = Instant::ZERO;
    let ends = further.iter().copied().chain([length]);
    for (begin, until) in [start].into_iter().chain(further.iter().copied()).zip(ends) {
        let part = CachedSource::new(Box::new(Part { whole: Rc::clone(&whole), until }));
        let reader = match FlacReader::open(part, begin) {
            Ok(reader) => reader,
            // Only the first one must be there; the marker of another may be chance.
            Err(error) if recordings.is_empty() => return Err(error),
            Err(_) => continue,
        };
        let Some(track) = reader.facts().tracks.first().cloned() else { continue };
        let mut number = 0;
        match &mut facts {
            None => facts = Some(reader.facts().clone()),
            Some(facts) => {
                let first = &mut facts.tracks[0];
                let description = Description { codec: track.codec, video: None, audio: track.audio };
                let form = form_of(&description.codec);
                if form_of(&first.codec) != form {
                    let known = first.more.iter().position(|more| form_of(&more.codec) == form);
                    number = known.unwrap_or(first.more.len()) + 1;
                    if known.is_none() {
                        first.more.push(description);
                    }
                }
                first.sample_count += track.sample_count;
                first.duration = (at + track.duration).since_zero();
                facts.duration = first.duration;
            }
        }
        let description = u16::try_from(number).unwrap_or(u16::MAX);
        recordings.push(Recording { reader, start: at, length: track.duration, description });
        at += track.duration;
    }
    match facts {
        Some(facts) => Ok(Box::new(JoinedReader { facts, recordings, at: 0 })),
        None => Err(Error::NoSound { container: Container::Flac }),
    }
}

/// What of STREAMINFO decides how to decode: block sizes, rate, channels and bits. Its lengths and its checksum differ
/// with every recording.
fn form_of(codec: &Codec) -> Option<(&[u8], &[u8], u8)> {
    let info = codec.description.as_deref()?.get(8..)?;
    Some((info.get(..4)?, info.get(10..13)?, info.get(13)? >> 4))
}

/// Where recordings begin behind an offset.
fn beginnings(source: &mut CachedSource, from: u64) -> Result<Vec<u64>> {
    let mut window = vec![0; 256 << 10];
    let (mut at, mut found) = (from, Vec::new());
    while found.len() < MOST_PARTS {
        let count = source.read_up_to(at, &mut window)?;
        if count < 8 {
            break;
        }
        let marks = window[..count].windows(8).enumerate();
        let marks: Vec<u64> = marks
            .filter(|(_, bytes)| bytes[0] == b'f' && BEGINNINGS.iter().any(|mark| *bytes == mark.as_slice()))
            .map(|(offset, _)| at + offset as u64)
            .collect();
        for mark in marks {
            if source.read_vec(mark + 8, 34)?.is_some_and(|body| flac_stream_info(&body).is_some()) {
                found.push(mark);
            }
        }
        at += (count - 7) as u64;
    }
    Ok(found)
}

impl Reader for JoinedReader {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn seek(&mut self, track: TrackId, at: Instant) -> Result<Instant> {
        let begun = self.recordings.partition_point(|recording| recording.start <= at);
        self.at = begun.saturating_sub(1);
        let recording = &mut self.recordings[self.at];
        let landed = recording.reader.seek(track, Instant::ZERO + (at - recording.start))?;
        Ok(recording.start + landed.since_zero())
    }

    fn next_packet(&mut self, track: TrackId) -> Result<Option<Packet>> {
        loop {
            let number = self.at;
            let recording = &mut self.recordings[number];
            if let Some(packet) = recording.reader.next_packet(track)? {
                let Recording { start, length, description, .. } = *recording;
                return Ok(Some(Packet {
                    pts: start + packet.pts.since_zero(),
                    dts: start + packet.dts.since_zero(),
                    shown: Shown { from: start, until: start + length },
                    run: number as u32,
                    description,
                    ..packet
                }));
            }
            // What was read of this one is not held beside the next.
            recording.reader.forget();
            let Some(next) = self.recordings.get_mut(number + 1) else { return Ok(None) };
            next.reader.seek(track, Instant::ZERO)?;
            self.at = number + 1;
        }
    }
}
