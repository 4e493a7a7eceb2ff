//! One track's sound, decoded natively and laid where its packets lie: the same stretches and the same placing as in the page, whose
//! decoders alone are others.

use super::AudioDecoder;
use crate::demux::Demuxer;
use crate::error::{Error, Result};
use crate::facts::{Track, TrackId};
use crate::placing::{PlacedSound, Placer};
use crate::source::ByteSource;
use crate::stretches::{Fed, Stretches};
use crate::time::{Instant, Span, Ticks, Timescale};

/// AAC and Opus need earlier packets before their output is right, MP3 takes bits out of the nine before.
const PREROLL: Span = Span::from_millis(300);

/// Blocks of one track from an instant on, without gaps. What is damaged is silence.
pub struct TrackSound {
    demuxer: Demuxer,
    track: Track,
    stretches: Stretches,
    placer: Placer,
    decoder: AudioDecoder,
    clock: SampleClock,
    /// Whether the next packet begins a stretch though it follows the one before.
    begins: bool,
    packets: u64,
    damaged_packets: u64,
}

/// What a decoder has given out since its stretch began, whatever its rate.
#[derive(Default)]
struct SampleClock {
    before: Span,
    rate: Option<Timescale>,
    frames: i64,
}

impl SampleClock {
    /// When a block of this rate begins.
    fn at(&mut self, rate: Timescale) -> Span {
        if self.rate.is_some_and(|known| known != rate) {
            self.before = self.now();
            self.frames = 0;
        }
        self.rate = Some(rate);
        self.now()
    }

    fn now(&self) -> Span {
        self.before + self.rate.map_or(Span::ZERO, |rate| rate.span(Ticks(self.frames)))
    }
}

impl TrackSound {
    /// # Errors
    /// If the source cannot be read, there is no such track, or its codec is not read here.
    pub fn open(source: Box<dyn ByteSource>, track: TrackId, from: Instant) -> Result<Self> {
        let mut demuxer = crate::open(source)?;
        let track = demuxer.facts().track(track).cloned().ok_or(Error::NoSuchSoundTrack { track })?;
        if from > Instant::ZERO {
            demuxer.seek(track.id, from - PREROLL)?;
        }
        Ok(Self {
            stretches: Stretches::new(&track),
            placer: Placer::new(from),
            decoder: AudioDecoder::new(&track)?,
            clock: SampleClock::default(),
            begins: true,
            packets: 0,
            damaged_packets: 0,
            demuxer,
            track,
        })
    }

    /// The track that is decoded.
    pub const fn track(&self) -> &Track {
        &self.track
    }

    /// Packets that were read so far.
    pub const fn packets(&self) -> u64 {
        self.packets
    }

    /// Those of them that could not be decoded.
    pub const fn damaged_packets(&self) -> u64 {
        self.damaged_packets
    }

    /// The next block, `None` at the end.
    ///
    /// # Errors
    /// If the file cannot be read on, or nothing of its sound could be decoded.
    pub fn next_block(&mut self) -> Result<Option<PlacedSound>> {
        loop {
            if let Some(sound) = self.placer.take() {
                return Ok(Some(sound));
            }
            while self.stretches.is_hungry() {
                let packet = self.demuxer.next_packet(self.track.id)?;
                self.stretches.push(packet);
            }
            match self.stretches.pop() {
                Some(fed) => self.decode(&fed)?,
                None if self.packets == self.damaged_packets => {
                    let codec = self.track.codec.name.clone();
                    return Err(Error::NothingDecoded { packets: self.packets, codec });
                }
                None => return Ok(None),
            }
        }
    }

    fn decode(&mut self, Fed { packet, starts_anew }: &Fed) -> Result<()> {
        if *starts_anew && self.packets > 0 {
            self.decoder = AudioDecoder::new(&described(&self.track, packet.description)?)?;
        }
        if *starts_anew || self.begins {
            self.placer.begin_stretch(packet.pts);
            self.clock = SampleClock::default();
        }
        self.packets += 1;
        self.placer.send(packet);
        let mut samples = Vec::new();
        let decoded = self.decoder.decode(packet, &mut samples).ok();
        let form = decoded.and_then(|sound| Some((Timescale::new(sound.sample_rate)?, sound.channels)));
        let Some((rate, channels @ 1..)) = form else {
            // Silence stands in for it: what follows lies where its own packet says.
            self.damaged_packets += 1;
            self.begins = true;
            return Ok(());
        };
        let frames = (samples.len() / channels as usize) as i64;
        let stamp = self.clock.at(rate);
        self.clock.frames += frames;
        // What only primes the decoder takes no time.
        self.begins = self.clock.now() == Span::ZERO;
        self.placer.lay(stamp, rate.get(), channels, samples);
        Ok(())
    }
}

/// The track as one of its descriptions has it.
fn described(track: &Track, number: u16) -> Result<Track> {
    let (codec, _, audio) = track.described(number).ok_or(Error::NoSuchDescription)?;
    Ok(Track { codec: codec.clone(), audio: audio.cloned(), more: Vec::new(), ..track.clone() })
}
