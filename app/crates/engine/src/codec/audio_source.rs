//! Sound of one track from an instant on, without gaps: demuxer → decoder → blocks where their packets lie.
//! Decides when a decoder starts again; where samples belong is `media::Placer`'s.

use crate::codec::audio_decoder::Decoder;
use crate::web::file_source::FileSource;
use clip::failure::Failure;
use clip::port::{AudioSource, PcmBlock};
use media::facts::{Track, TrackId};
use media::time::{Instant, Span};
use media::{Demuxer, Fed, Packet, PlacedSound, Placer, Stretches};
use std::collections::VecDeque;
use std::rc::Rc;
use web_sys::File;

/// AAC and Opus need earlier packets before their output is right, MP3 takes bits out of the nine before.
const PREROLL: Span = Span::from_millis(300);
/// Decoders that failed one after the other without any sound between them.
const MOST_FAILURES: u32 = 64;

pub struct FileAudio {
    demuxer: Demuxer,
    track: Track,
    stretches: Stretches,
    placer: Placer,
    decoder: Decoder,
    description: u16,
    /// Packets of which nothing came out yet, in the decoder's order.
    inside: VecDeque<Packet>,
    /// Packets that a failed decoder had not come to.
    again: VecDeque<Packet>,
    /// A packet that waits until the decoder is drained.
    held: Option<Packet>,
    /// Whether the next packet begins a stretch: nothing was decoded yet, or the decoder is a new one.
    begins: bool,
    is_drained: bool,
    failures: u32,
}

impl FileAudio {
    pub fn open(file: &File, track: TrackId, from: Instant) -> Result<Self, Failure> {
        let source = FileSource::new(file).map_err(Failure::internal)?;
        let mut demuxer = media::open(Box::new(source)).map_err(Failure::Media)?;
        let track = demuxer.facts().track(track).cloned();
        let track = track.ok_or_else(|| Failure::internal("a sound track went away"))?;
        if from > Instant::ZERO {
            demuxer.seek(track.id, from - PREROLL).map_err(Failure::Media)?;
        }
        Ok(Self {
            stretches: Stretches::new(&track),
            placer: Placer::new(from),
            decoder: Decoder::new(&track, 0)?,
            description: 0,
            demuxer,
            track,
            inside: VecDeque::new(),
            again: VecDeque::new(),
            held: None,
            begins: true,
            is_drained: true,
            failures: 0,
        })
    }

    /// The next packet for the decoder; `None` at the end.
    fn next(&mut self) -> Result<Option<Fed>, Failure> {
        if let Some(packet) = self.held.take().or_else(|| self.again.pop_front()) {
            return Ok(Some(Fed { packet, starts_anew: false }));
        }
        while self.stretches.is_hungry() {
            let packet = self.demuxer.next_packet(self.track.id).map_err(Failure::Media)?;
            self.stretches.push(packet);
        }
        Ok(self.stretches.pop())
    }

    /// One more packet goes in, or the decoder is drained. `false` at the end.
    async fn feed(&mut self) -> Result<bool, Failure> {
        match self.next()? {
            Some(Fed { packet, starts_anew }) if starts_anew && !self.is_drained => {
                self.held = Some(packet);
                self.drain().await;
            }
            Some(Fed { packet, starts_anew }) => {
                if starts_anew || self.begins {
                    if packet.description != self.description {
                        self.decoder = Decoder::new(&self.track, packet.description)?;
                        self.description = packet.description;
                    }
                    self.placer.begin_stretch(packet.pts);
                    self.inside.clear();
                    self.begins = false;
                }
                let stamp = self.placer.send(&packet);
                self.decoder.feed(&packet, stamp);
                self.inside.push_back(packet);
                self.is_drained = false;
            }
            None if self.is_drained => return Ok(false),
            None => self.drain().await,
        }
        Ok(true)
    }

    async fn drain(&mut self) {
        self.decoder.drain().await;
        self.is_drained = true;
        self.begins = true;
    }

    /// The packet at which the decoder failed is left out, those behind it go in once more.
    fn recover(&mut self, failure: Failure) -> Result<(), Failure> {
        self.failures += 1;
        if self.failures > MOST_FAILURES {
            return Err(Failure::DamagedSound(Box::new(failure)));
        }
        self.inside.pop_front();
        self.inside.append(&mut self.again);
        self.again = std::mem::take(&mut self.inside);
        self.decoder.reset()?;
        self.begins = true;
        self.is_drained = true;
        Ok(())
    }
}

impl AudioSource for FileAudio {
    async fn next_block(&mut self) -> Result<Option<PcmBlock>, Failure> {
        loop {
            if let Some(sound) = self.placer.take() {
                let PlacedSound { start, sample_rate, channels, samples } = sound;
                return Ok(Some(PcmBlock { start, sample_rate, channels, samples }));
            }
            let queue = Rc::clone(self.decoder.queue());
            if let Some(block) = queue.pop() {
                self.inside.pop_front();
                self.failures = 0;
                self.placer.lay(block.stamp, block.sample_rate, block.channels, block.samples);
                continue;
            }
            if let Some(failure) = queue.take_error() {
                self.recover(failure)?;
                continue;
            }
            let seen = queue.events();
            if self.decoder.has_room() {
                if !self.feed().await? {
                    return Ok(None);
                }
                continue;
            }
            queue.after(seen).await;
        }
    }
}
