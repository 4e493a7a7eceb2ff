//! The sound of the opened file behind the domain's port: one track, or all that can be decoded together.

use crate::codec::audio_decoder::check_decodable;
use crate::codec::audio_source::FileAudio;
use clip::failure::{Failure, SoundForm};
use clip::port::{AudioSource, PcmBlock, SoundFile};
use clip::sound::Together;
use clip::tracks::{Listening, SoundTrack, Tracks, first_choice};
use media::facts::Facts;
use media::time::Instant;
use std::rc::Rc;
use web_sys::File;

/// Sound tracks of a file, and which of them are in use.
#[derive(Clone)]
pub struct FileSounds {
    file: File,
    tracks: Rc<[SoundTrack]>,
    /// `None`: not found out yet.
    pub listening: Option<Listening>,
}

pub enum FileSound {
    One(Box<FileAudio>),
    All(Together<FileAudio>),
}

impl FileSounds {
    /// Asks which of the tracks can be decoded.
    ///
    /// # Errors
    /// If the file has no sound, or none that can be decoded.
    pub async fn of(file: &File, facts: &Facts) -> Result<Self, Failure> {
        let mut tracks = Vec::new();
        let mut refused = None;
        for track in facts.audio_tracks() {
            let answer = check_decodable(track).await;
            tracks.push(SoundTrack::new(track, answer.is_ok()));
            refused = refused.or(answer.err());
        }
        if first_choice(&tracks).is_some() {
            return Ok(Self { file: file.clone(), tracks: tracks.into(), listening: None });
        }
        Err(match refused {
            Some(_) if tracks.len() > 1 => {
                let form = |track: SoundTrack| SoundForm { codec: track.codec, channels: track.channels };
                Failure::UndecodableSounds { tracks: tracks.into_iter().map(form).collect() }
            }
            Some(failure) => failure,
            None => Failure::NoSound,
        })
    }

    /// What is used now, from `from` on.
    pub fn in_use(&self, from: Instant) -> Result<FileSound, Failure> {
        let usual = || first_choice(&self.tracks).ok_or_else(|| Failure::internal("the sound went away"));
        let sound = self.listening.map_or_else(usual, |listening| Ok(listening.sound))?;
        self.open(sound.tracks, from)
    }
}

impl SoundFile for FileSounds {
    type Sound = FileSound;

    fn tracks(&self) -> &[SoundTrack] {
        &self.tracks
    }

    fn open(&self, tracks: Tracks, from: Instant) -> Result<FileSound, Failure> {
        let usable = self.tracks.iter().filter(|track| track.can_decode);
        match tracks {
            Tracks::One(id) => FileAudio::open(&self.file, id, from).map(Box::new).map(FileSound::One),
            Tracks::All => {
                let opened = usable.map(|track| FileAudio::open(&self.file, track.id, from));
                Ok(FileSound::All(Together::new(opened.collect::<Result<_, _>>()?, from)))
            }
        }
    }
}

impl AudioSource for FileSound {
    async fn next_block(&mut self) -> Result<Option<PcmBlock>, Failure> {
        match self {
            Self::One(audio) => audio.next_block().await,
            Self::All(audio) => audio.next_block().await,
        }
    }
}
