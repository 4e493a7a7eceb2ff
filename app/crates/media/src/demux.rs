//! One face for every container: open, facts, seek, next packet. Chooses the reader by the file's first bytes.
//! Knows the readers by their common trait only.

use crate::error::{Error, Result};
use crate::facts::{Facts, Packet, Track, TrackId, TrackKind};
use crate::reader::{Format, Reader};
use crate::sniff::sniff;
use crate::source::{ByteSource, CachedSource};
use crate::time::{Instant, Span};
use crate::{matroska, mp4, sound};

/// An opened medium.
pub struct Demuxer {
    reader: Box<dyn Reader>,
}

/// Reads the headers and the index of a medium, and as little else as its format allows.
pub fn open(source: Box<dyn ByteSource>) -> Result<Demuxer> {
    let mut source = CachedSource::new(source);
    let (format, start) = sniff(&mut source)?;
    let reader: Box<dyn Reader> = match format {
        Format::IsoMedia => Box::new(mp4::Mp4Reader::open(source)?),
        Format::Matroska => Box::new(matroska::MatroskaReader::open(source)?),
        Format::Riff => sound::open_riff(source, start)?,
        Format::Aiff => sound::open_aiff(source, start)?,
        Format::Caf => sound::open_caf(source)?,
        Format::Flac => sound::open_flac(source, start)?,
        Format::Ogg => Box::new(sound::OggReader::open(source, start)?),
        Format::MpegAudio => sound::open_mpeg(source, start)?,
        Format::Adts => sound::open_adts(source, start)?,
    };
    check_worth(reader.facts())?;
    Ok(Demuxer { reader })
}

fn check_worth(facts: &Facts) -> Result<()> {
    let played = |track: &&Track| track.kind != TrackKind::Other;
    if facts.tracks.is_empty() {
        return Err(Error::NoTracks);
    }
    if !facts.tracks.iter().any(|track| played(&track)) {
        return Err(Error::NothingPlayed);
    }
    if facts.tracks.iter().filter(played).all(|track| track.sample_count == 0) {
        return Err(Error::RecordingMissing);
    }
    if facts.duration <= Span::ZERO {
        return Err(Error::NoLength);
    }
    Ok(())
}

impl Demuxer {
    pub fn facts(&self) -> &Facts {
        self.reader.facts()
    }

    pub fn default_video(&self) -> Option<&Track> {
        self.facts().default_video()
    }

    pub fn default_audio(&self) -> Option<&Track> {
        self.facts().default_audio()
    }

    /// Moves one track to the sync packet at or before `at` (the first one if there is none before) and returns when
    /// that packet is shown. Other tracks stay where they are.
    pub fn seek(&mut self, track: TrackId, at: Instant) -> Result<Instant> {
        self.known(track)?;
        self.reader.seek(track, at)
    }

    /// The next packet of one track in decode order, `None` at its end. What is missing from a cut file is an end;
    /// what is damaged inside is skipped.
    pub fn next_packet(&mut self, track: TrackId) -> Result<Option<Packet>> {
        self.known(track)?;
        self.reader.next_packet(track)
    }

    fn known(&self, track: TrackId) -> Result<()> {
        match self.facts().track(track) {
            Some(_) => Ok(()),
            None => Err(Error::NoSuchTrack { track }),
        }
    }
}
