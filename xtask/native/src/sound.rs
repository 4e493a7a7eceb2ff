//! The sound of a file on disk behind the domain's port: one track, or all that can be decoded together.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clip::failure::Failure as Fault;
use clip::port::{AudioSource, PcmBlock, SoundFile};
use clip::sound::Together;
use clip::tracks::{SoundTrack, Tracks};
use media::decode::{AudioDecoder, TrackSound, first_decodable};
use media::source::SeekSource;
use media::time::{Instant, Span};
use media::{PlacedSound, TrackId};

use crate::failure::Failure;

/// Packets that were damaged, and all, of each track that was read to its end.
type Damage = Rc<RefCell<BTreeMap<TrackId, (u64, u64)>>>;

/// A file with at least one track that can be decoded.
pub struct FileOnDisk {
    path: PathBuf,
    duration: Span,
    tracks: Vec<SoundTrack>,
    damage: Damage,
}

pub enum Sound {
    One(Box<OneTrack>),
    All(Together<OneTrack>),
}

pub struct OneTrack {
    sound: TrackSound,
    damage: Damage,
}

impl FileOnDisk {
    /// Asks which of the tracks can be decoded.
    ///
    /// # Errors
    /// If the file cannot be read, has no sound, or none that can be decoded.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let demuxer = media::open(Box::new(bytes_of(path)?))?;
        let facts = demuxer.facts();
        first_decodable(facts)?;
        let tracks = facts.audio_tracks().into_iter();
        let tracks = tracks.map(|track| SoundTrack::new(track, AudioDecoder::new(track).is_ok())).collect();
        Ok(Self { path: path.to_owned(), duration: facts.duration, tracks, damage: Damage::default() })
    }

    /// As the file says; `None` where it does not.
    pub fn duration(&self) -> Option<Span> {
        self.duration.is_positive().then_some(self.duration)
    }

    /// The tracks that can be decoded.
    pub fn decodable(&self) -> impl Iterator<Item = TrackId> {
        self.tracks.iter().filter(|track| track.can_decode).map(|track| track.id)
    }

    /// How many of a track's packets were damaged, and how many there are; once it was read to its end.
    pub fn damage(&self, track: TrackId) -> Option<(u64, u64)> {
        self.damage.borrow().get(&track).copied()
    }

    fn one(&self, track: TrackId, from: Instant) -> Result<OneTrack, Fault> {
        let source = SeekSource::open(&self.path).map_err(media::Error::from)?;
        let sound = TrackSound::open(Box::new(source), track, from)?;
        Ok(OneTrack { sound, damage: Rc::clone(&self.damage) })
    }
}

fn bytes_of(path: &Path) -> Result<SeekSource<File>, Failure> {
    SeekSource::open(path).map_err(|error| {
        let message = format!("{}: {error}", path.display());
        Failure::input(media::Error::from(error).class(), message)
    })
}

impl SoundFile for FileOnDisk {
    type Sound = Sound;

    fn tracks(&self) -> &[SoundTrack] {
        &self.tracks
    }

    fn open(&self, tracks: Tracks, from: Instant) -> Result<Sound, Fault> {
        match tracks {
            Tracks::One(track) => self.one(track, from).map(Box::new).map(Sound::One),
            Tracks::All => {
                let opened = self.decodable().map(|track| self.one(track, from));
                Ok(Sound::All(Together::new(opened.collect::<Result<_, _>>()?, from)))
            }
        }
    }
}

impl AudioSource for Sound {
    async fn next_block(&mut self) -> Result<Option<PcmBlock>, Fault> {
        match self {
            Self::One(one) => one.next_block().await,
            Self::All(all) => all.next_block().await,
        }
    }
}

impl AudioSource for OneTrack {
    async fn next_block(&mut self) -> Result<Option<PcmBlock>, Fault> {
        let block = self.sound.next_block()?;
        if block.is_none() {
            let counts = (self.sound.damaged_packets(), self.sound.packets());
            self.damage.borrow_mut().insert(self.sound.track().id, counts);
        }
        Ok(block.map(|PlacedSound { start, sample_rate, channels, samples }| PcmBlock {
            start,
            sample_rate,
            channels,
            samples,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pollster::block_on;

    /// One second of a rising line at 8 kHz, mono, as a WAV file.
    fn recording() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("line.wav");
        let data: Vec<u8> = (0..8_000_i16).flat_map(i16::to_le_bytes).collect();
        let (rate, length) = (8_000_u32, data.len() as u32);
        let mut bytes = Vec::new();
        bytes.extend(b"RIFF");
        bytes.extend((36 + length).to_le_bytes());
        bytes.extend(b"WAVEfmt ");
        bytes.extend(16_u32.to_le_bytes());
        bytes.extend([1, 0, 1, 0]);
        bytes.extend(rate.to_le_bytes());
        bytes.extend((2 * rate).to_le_bytes());
        bytes.extend([2, 0, 16, 0]);
        bytes.extend(b"data");
        bytes.extend(length.to_le_bytes());
        bytes.extend(data);
        std::fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    fn samples(sound: &mut Sound) -> Vec<f32> {
        let mut all = Vec::new();
        while let Some(block) = block_on(sound.next_block()).unwrap() {
            all.extend(block.samples);
        }
        all
    }

    #[test]
    fn a_track_is_given_whole_from_where_it_is_asked_for() {
        let (_folder, path) = recording();
        let file = FileOnDisk::open(&path).unwrap();
        assert_eq!(file.duration(), Some(Span::from_millis(1_000)));
        let track = file.decodable().next().unwrap();
        assert_eq!(file.damage(track), None);
        let line: Vec<f32> = (0..8_000_i16).map(|value| f32::from(value) / 32_768.0).collect();
        assert_eq!(samples(&mut file.open(Tracks::One(track), Instant::ZERO).unwrap()), line);
        assert_eq!(file.damage(track).map(|(damaged, _)| damaged), Some(0));
        let half = Instant::from_seconds(0.5);
        assert_eq!(samples(&mut file.open(Tracks::One(track), half).unwrap()), line[4_000..]);
        // All together come as 48 kHz stereo.
        assert_eq!(samples(&mut file.open(Tracks::All, Instant::ZERO).unwrap()).len(), 2 * 48_000);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_its_own_fault() {
        let (folder, _) = recording();
        let check = |name: &str, bytes: Option<&[u8]>| {
            let path = folder.path().join(name);
            if let Some(bytes) = bytes {
                std::fs::write(&path, bytes).unwrap();
            }
            FileOnDisk::open(&path).err().map(|failure| failure.exit_code())
        };
        assert_eq!(check("absent.wav", None), Some(1));
        assert_eq!(check("empty.wav", Some(b"")), Some(1));
        assert_eq!(check("letter.txt", Some(b"Dear all, this is no recording.")), Some(1));
    }
}
