//! Gathers packets into chunks of about half a second and gives them out in the order of their times.
//! Holds a bounded amount; knows no box.

use std::collections::VecDeque;

use crate::time::{Instant, Span};

pub(super) const VIDEO: usize = 0;
pub(super) const AUDIO: usize = 1;

const CHUNK_SPAN: Span = Span::from_millis(500);
/// A chunk is closed at this size whatever its length, and no more than eight wait for the other track.
const MOST_CHUNK_BYTES: usize = 4 << 20;
const MOST_WAITING_BYTES: usize = 32 << 20;

pub(super) struct Chunk {
    pub bytes: Vec<u8>,
    pub samples: u32,
    start: Instant,
    end: Instant,
}

/// How far to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// As long as the order of times is certain, or too much waits.
    Interleaved,
    Empty,
}

pub(super) struct Interleaver {
    open: [Option<Chunk>; 2],
    ready: [VecDeque<Chunk>; 2],
    waiting_bytes: usize,
    tracks: usize,
    end: u64,
}

impl Interleaver {
    pub fn new(start: u64, tracks: usize) -> Self {
        Self { open: [None, None], ready: Default::default(), waiting_bytes: 0, tracks, end: start }
    }

    /// The offset behind the last chunk written.
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Takes the next `bytes` of the file.
    pub fn place(&mut self, bytes: u64) -> u64 {
        let offset = self.end;
        self.end += bytes;
        offset
    }

    /// Adds a packet; true if that closed a chunk.
    pub fn push(&mut self, track: usize, data: &[u8], start: Instant, end: Instant) -> bool {
        let chunk = self.open[track].get_or_insert_with(|| Chunk {
            bytes: Vec::new(),
            samples: 0,
            start,
            end: start,
        });
        chunk.bytes.extend_from_slice(data);
        chunk.samples += 1;
        chunk.end = chunk.end.max(end);
        let is_full = chunk.end - chunk.start >= CHUNK_SPAN || chunk.bytes.len() >= MOST_CHUNK_BYTES;
        if is_full {
            self.close(track);
        }
        is_full
    }

    fn close(&mut self, track: usize) {
        if let Some(chunk) = self.open[track].take() {
            self.waiting_bytes += chunk.bytes.len();
            self.ready[track].push_back(chunk);
        }
    }

    pub fn close_all(&mut self) {
        self.close(VIDEO);
        self.close(AUDIO);
    }

    pub fn pop(&mut self, until: Until) -> Option<(usize, Chunk)> {
        let first = |track: usize| self.ready[track].front().map(|chunk| chunk.start);
        let track = match (first(VIDEO), first(AUDIO)) {
            (Some(video), Some(audio)) => usize::from(audio < video),
            (video, audio) => {
                let certain =
                    self.tracks < 2 || until == Until::Empty || self.waiting_bytes > MOST_WAITING_BYTES;
                if !certain || (video.is_none() && audio.is_none()) {
                    return None;
                }
                usize::from(video.is_none())
            }
        };
        let chunk = self.ready[track].pop_front()?;
        self.waiting_bytes -= chunk.bytes.len();
        Some((track, chunk))
    }
}
