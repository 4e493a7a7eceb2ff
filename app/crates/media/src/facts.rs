//! What is known about a medium before any of it is decoded: container, tracks, codecs, sizes, times.
//! Plain data; knows neither how it was found nor what will be done with it.

use serde::{Deserialize, Serialize};

pub use crate::color::Color;
pub use crate::orientation::Orientation;
use crate::time::{Instant, Span};

/// The outer format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Container {
    Mp4,
    Mov,
    WebM,
    Matroska,
    Mp3,
    Wav,
    Flac,
    Ogg,
    Adts,
    Aiff,
    Caf,
}

impl Container {
    /// The name used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::WebM => "webm",
            Self::Matroska => "matroska",
            Self::Mp3 => "mp3",
            Self::Wav => "wav",
            Self::Flac => "flac",
            Self::Ogg => "ogg",
            Self::Adts => "adts",
            Self::Aiff => "aiff",
            Self::Caf => "caf",
        }
    }

    /// The name a person knows.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Mp4 => "MP4",
            Self::Mov => "MOV",
            Self::WebM => "WebM",
            Self::Matroska => "MKV",
            Self::Mp3 => "MP3",
            Self::Wav => "WAV",
            Self::Flac => "FLAC",
            Self::Ogg => "Ogg",
            Self::Adts => "AAC",
            Self::Aiff => "AIFF",
            Self::Caf => "CAF",
        }
    }
}

/// Names one track of one file, as the file itself numbers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TrackId(pub u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TrackKind {
    Video,
    Audio,
    /// Subtitles, time code, chapters, cover pictures, anything not played.
    Other,
}

/// How a track is coded.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Codec {
    /// The short name that ffmpeg uses as well: "h264", "aac", "pcm_s16le".
    pub name: String,
    /// The WebCodecs registry string ("avc1.64001f", "mp4a.40.2"); `None` where no browser could decode it.
    pub webcodecs: Option<String>,
    /// `VideoDecoderConfig.description` or `AudioDecoderConfig.description`. For H.264 and HEVC, `None` means that the
    /// packets are in Annex B form.
    pub description: Option<Vec<u8>>,
}

impl Codec {
    /// The name a person knows.
    pub fn title(&self) -> String {
        codec_title(&self.name)
    }
}

/// The name a person knows of the codec of a short name; it is the same in all languages.
pub fn codec_title(name: &str) -> String {
    let title = match name {
        "h264" => "H.264",
        "hevc" => "HEVC (H.265)",
        "vvc" => "VVC (H.266)",
        "vp8" => "VP8",
        "vp9" => "VP9",
        "av1" => "AV1",
        "mpeg4" => "MPEG-4 Part 2 (DivX, Xvid)",
        "mpeg2video" => "MPEG-2 video",
        "mpeg1video" => "MPEG-1 video",
        "mjpeg" => "Motion JPEG",
        "prores" => "Apple ProRes",
        "dnxhd" => "Avid DNxHD",
        "dvvideo" => "DV",
        "h263" => "H.263",
        "theora" => "Theora",
        "aac" => "AAC",
        "mp3" => "MP3",
        "opus" => "Opus",
        "vorbis" => "Vorbis",
        "flac" => "FLAC",
        "alac" => "Apple Lossless (ALAC)",
        "ac3" => "AC-3 (Dolby Digital)",
        "eac3" => "E-AC-3 (Dolby Digital Plus)",
        "ac4" => "AC-4 (Dolby)",
        "dts" => "DTS",
        "truehd" => "Dolby TrueHD",
        "amr_nb" | "amr_wb" => "AMR",
        "speex" => "Speex",
        "adpcm_ima_wav" | "adpcm_ms" | "adpcm_ima_qt" => "ADPCM",
        name if name.starts_with("pcm") => "PCM",
        name => name,
    };
    title.to_owned()
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VideoFacts {
    /// The picture as decoded, in pixels.
    pub width: u32,
    pub height: u32,
    /// The same with the pixel aspect applied, before rotation.
    pub display_width: u32,
    pub display_height: u32,
    /// How to bring the picture upright.
    pub orientation: Orientation,
    /// Mean frames per second, where the file has more than one frame.
    pub frame_rate: Option<f64>,
    /// As the container states it, then the bit stream's header, field by field; `None` where neither was read, so that
    /// only the decoder may know.
    pub color: Option<Color>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudioFacts {
    /// As the header states it. HE-AAC may decode to twice this: trust the decoder's output.
    pub sample_rate: u32,
    pub channels: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Track {
    pub id: TrackId,
    pub kind: TrackKind,
    pub codec: Codec,
    /// When the first packet that is shown begins.
    pub start: Instant,
    /// From `start` to the end of the last packet.
    pub duration: Span,
    /// Packets in the track; for PCM, groups of samples as they will be delivered.
    pub sample_count: u64,
    /// ISO 639-2, where the file names one.
    pub language: Option<String>,
    /// The track its file would have played first.
    pub is_default: bool,
    pub video: Option<VideoFacts>,
    pub audio: Option<AudioFacts>,
    /// Other ways in which packets of this track are coded ([`Packet::description`] counts from 1 here): a second
    /// sample entry, a picture of another size. Mostly empty.
    #[serde(default)]
    pub more: Vec<Description>,
}

/// How some of a track's packets are coded, where one description does not hold for all of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Description {
    pub codec: Codec,
    pub video: Option<VideoFacts>,
    pub audio: Option<AudioFacts>,
}

impl Track {
    /// What a packet needs to be decoded: codec, picture, sound. `None` for a number that the track does not have.
    pub fn described(&self, number: u16) -> Option<(&Codec, Option<&VideoFacts>, Option<&AudioFacts>)> {
        match usize::from(number).checked_sub(1) {
            None => Some((&self.codec, self.video.as_ref(), self.audio.as_ref())),
            Some(index) => {
                self.more.get(index).map(|more| (&more.codec, more.video.as_ref(), more.audio.as_ref()))
            }
        }
    }

    pub fn end(&self) -> Instant {
        self.start + self.duration
    }
}

/// Everything known about an opened medium.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    pub container: Container,
    /// From zero to the end of the last track.
    pub duration: Span,
    pub tracks: Vec<Track>,
}

impl Facts {
    pub fn track(&self, id: TrackId) -> Option<&Track> {
        self.tracks.iter().find(|track| track.id == id)
    }

    /// The picture to show: among tracks that carry packets, the one marked default, then the largest.
    pub fn default_video(&self) -> Option<&Track> {
        let area = |track: &Track| {
            let video = track.video.as_ref()?;
            Some((
                track.codec.webcodecs.is_some(),
                track.is_default,
                u64::from(video.width) * u64::from(video.height),
            ))
        };
        self.best(TrackKind::Video, area)
    }

    /// The sound to use: the first of [`Facts::audio_tracks`].
    pub fn default_audio(&self) -> Option<&Track> {
        self.audio_tracks().first().copied()
    }

    /// The sound tracks that carry packets, in the order in which they are to be tried: the one marked default, those
    /// whose codec is known, then as the file numbers them.
    pub fn audio_tracks(&self) -> Vec<&Track> {
        let mut tracks: Vec<&Track> = self
            .tracks
            .iter()
            .filter(|track| track.kind == TrackKind::Audio && track.sample_count > 0)
            .collect();
        tracks.sort_by_key(|track| (!track.is_default, track.codec.name == "unknown"));
        tracks
    }

    fn best<K: Ord>(&self, kind: TrackKind, key: impl Fn(&Track) -> Option<K>) -> Option<&Track> {
        let mut best: Option<(&Track, Option<K>)> = None;
        for track in self.tracks.iter().filter(|track| track.kind == kind && track.sample_count > 0) {
            let key = key(track);
            if best.as_ref().is_none_or(|(_, best)| key > *best) {
                best = Some((track, key));
            }
        }
        best.map(|(track, _)| track)
    }
}

/// The stretch of the presentation timeline in which what a packet decodes to may be seen or heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    pub from: Instant,
    /// Exclusive.
    pub until: Instant,
}

impl Shown {
    /// Everything from zero on.
    pub const ALL: Self = Self { from: Instant::ZERO, until: Instant::MAX };

    /// The part of `from..until` that is shown; `None` where nothing of it is.
    pub fn clip(self, from: Instant, until: Instant) -> Option<(Instant, Instant)> {
        let (from, until) = (from.max(self.from), until.min(self.until));
        (from < until).then_some((from, until))
    }
}

/// One coded frame, or a group of PCM samples, with its place on the presentation timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    pub track: TrackId,
    /// When it is shown. Before `shown.from` for what is only decoded to lead in.
    pub pts: Instant,
    /// When it is decoded; within a run packets come in this order.
    pub dts: Instant,
    pub duration: Span,
    /// Whether decoding can start here.
    pub is_key: bool,
    /// What of it may be seen or heard: an edit list may hide the rest, or all.
    pub shown: Shown,
    /// Counts the stretches that are decoded on their own. Where it changes, a decoder is drained and starts again with this
    /// packet, which is a sync packet: another edit, another description. Times may go back there for what is not shown.
    pub run: u32,
    /// Which of the track's descriptions it is coded by: see [`Track::described`].
    pub description: u16,
    pub data: Vec<u8>,
}

impl Packet {
    /// Decoded in the order in which it is shown, all of it shown, of the first run and description.
    pub(crate) fn new(track: TrackId, pts: Instant, duration: Span, is_key: bool, data: Vec<u8>) -> Self {
        Self { track, pts, dts: pts, duration, is_key, shown: Shown::ALL, run: 0, description: 0, data }
    }
}
