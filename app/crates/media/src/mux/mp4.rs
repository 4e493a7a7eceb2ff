//! MP4 of H.264 and AAC, index first (faststart), picture and sound interleaved about every half second. The boxes themselves are
//! `mp4-atom`'s.

use std::io;

use super::chunks::{self, Interleaver};
use super::track::TrackTable;
use super::{AudioOut, Movie, Muxer, RandomWrite, VideoOut, boxes};
use crate::error::{Medium, MuxFault, Result};
use crate::time::{Instant, Span, Timescale};

/// One MP4 on its way.
pub struct Mp4Muxer {
    out: Box<dyn RandomWrite>,
    movie: Movie,
    video: Option<TrackTable>,
    audio: Option<TrackTable>,
    interleaver: Interleaver,
    head_bytes: u64,
    reserved_bytes: u64,
}

impl Mp4Muxer {
    /// Writes the file's head and keeps room for its index.
    ///
    /// # Errors
    /// If neither track is asked for, a size or a rate is zero, or the target fails.
    pub fn new(mut out: Box<dyn RandomWrite>, movie: Movie) -> Result<Self> {
        check_movie(&movie)?;
        let head = boxes::file_type()?;
        out.write_at(0, &head)?;
        let head_bytes = head.len() as u64;
        let reserved_bytes = expected_index_bytes(&movie);
        let media_start = head_bytes + reserved_bytes + boxes::MEDIA_HEADER_BYTES;
        let tracks = usize::from(movie.video.is_some()) + usize::from(movie.audio.is_some());
        Ok(Self {
            video: movie.video.as_ref().and(Timescale::new(boxes::MOVIE_TICKS)).map(TrackTable::new),
            audio: movie
                .audio
                .as_ref()
                .and_then(|audio| Timescale::new(audio.sample_rate))
                .map(TrackTable::new),
            interleaver: Interleaver::new(media_start, tracks),
            out,
            movie,
            head_bytes,
            reserved_bytes,
        })
    }

    fn write_ready(&mut self, closed: bool) -> Result<()> {
        if closed { self.drain(chunks::Until::Interleaved) } else { Ok(()) }
    }

    fn drain(&mut self, until: chunks::Until) -> Result<()> {
        while let Some((track, chunk)) = self.interleaver.pop(until) {
            let offset = self.interleaver.place(chunk.bytes.len() as u64);
            self.out.write_at(offset, &chunk.bytes)?;
            let table = if track == chunks::VIDEO { &mut self.video } else { &mut self.audio };
            if let Some(table) = table {
                table.add_chunk(offset, chunk.samples);
            }
        }
        Ok(())
    }

    fn index(&self, moved: u64) -> Result<Vec<u8>> {
        boxes::movie(&self.movie, self.video.as_ref(), self.audio.as_ref(), moved)
    }

    /// Moves the media data `by` bytes back, from its end on so that nothing is overwritten unread.
    fn move_media(&mut self, by: u64) -> Result<()> {
        const BLOCK: u64 = 1 << 20;
        let start = self.head_bytes + self.reserved_bytes + boxes::MEDIA_HEADER_BYTES;
        let mut end = self.interleaver.end();
        while end > start {
            let from = end.saturating_sub(BLOCK).max(start);
            let mut block = vec![0; (end - from) as usize];
            let mut filled = 0;
            while filled < block.len() {
                match self.out.read_at(from + filled as u64, &mut block[filled..])? {
                    0 => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
                    count => filled += count,
                }
            }
            self.out.write_at(from + by, &block)?;
            end = from;
        }
        Ok(())
    }
}

impl Muxer for Mp4Muxer {
    fn set_video_config(&mut self, config: Vec<u8>) {
        if let Some(video) = &mut self.movie.video {
            video.config = config;
        }
    }

    fn write_video(
        &mut self,
        data: &[u8],
        pts: Instant,
        dts: Instant,
        duration: Span,
        is_key: bool,
    ) -> Result<()> {
        let Some(table) = &mut self.video else { return Err(MuxFault::NoSuchTrack(Medium::Picture).into()) };
        table.add_timed(data.len(), pts, dts, duration, is_key)?;
        let closed = self.interleaver.push(chunks::VIDEO, data, dts, dts + duration);
        self.write_ready(closed)
    }

    fn write_audio(&mut self, data: &[u8], samples: u32) -> Result<()> {
        let Some(table) = &mut self.audio else { return Err(MuxFault::NoSuchTrack(Medium::Sound).into()) };
        let (start, end) = table.add_counted(data.len(), samples)?;
        let closed = self.interleaver.push(chunks::AUDIO, data, start, end);
        self.write_ready(closed)
    }

    fn finish(mut self: Box<Self>) -> Result<u64> {
        self.interleaver.close_all();
        self.drain(chunks::Until::Empty)?;
        let is_empty = |table: &Option<TrackTable>| table.as_ref().is_none_or(TrackTable::is_empty);
        if is_empty(&self.video) && is_empty(&self.audio) {
            return Err(MuxFault::NothingEncoded.into());
        }
        if let Some(video) = &mut self.video {
            video.settle_order();
        }
        let mut moved = 0;
        let mut index = self.index(moved)?;
        // The index must fill its room exactly, or leave enough for a `free` box.
        while !fits(index.len() as u64, self.reserved_bytes + moved) {
            moved = (index.len() as u64 + 8).saturating_sub(self.reserved_bytes).max(moved + 8);
            index = self.index(moved)?;
        }
        if moved > 0 {
            self.move_media(moved)?;
        }
        let room = self.reserved_bytes + moved;
        index.extend(boxes::free(room - index.len() as u64));
        self.out.write_at(self.head_bytes, &index)?;
        let media_header = self.head_bytes + room;
        let end = self.interleaver.end() + moved;
        self.out.write_at(media_header, &boxes::media_header(end - media_header))?;
        Ok(end)
    }
}

fn fits(index: u64, room: u64) -> bool {
    index == room || index + 8 <= room
}

fn check_movie(movie: &Movie) -> Result<()> {
    let sound_size =
        |video: &VideoOut| (1..=16_384).contains(&video.width) && (1..=16_384).contains(&video.height);
    let sound_rate = |audio: &AudioOut| audio.sample_rate > 0 && (1..=8).contains(&audio.channels);
    if movie.video.is_none() && movie.audio.is_none() {
        return Err(MuxFault::NoTrackWanted.into());
    }
    if !movie.video.as_ref().is_none_or(sound_size) || !movie.audio.as_ref().is_none_or(sound_rate) {
        return Err(MuxFault::Form.into());
    }
    Ok(())
}

/// Room for the index: sizes of every sample, times in a few runs, one offset per half second, and the fixed boxes.
fn expected_index_bytes(movie: &Movie) -> u64 {
    let expected = movie.expected.max(Span::ZERO);
    let chunks = (expected.seconds() * 2.0) as u64 + 4;
    let mut bytes = 2048;
    if let Some(video) = &movie.video {
        let frames = video.frame_rate.frames_in(expected) + 16;
        bytes += frames * 5 + frames / 8 * 4 + chunks * 20 + video.config.len() as u64;
    }
    if let Some(audio) = &movie.audio {
        let blocks = Timescale::new(audio.sample_rate).map_or(0, |rate| expected.samples(rate)) / 1024 + 16;
        bytes += blocks * 4 + chunks * 20;
    }
    bytes
}
