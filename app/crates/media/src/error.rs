//! Why a file cannot be read or written, as data: a kind and its details, which cross from the worker to the page. What people are
//! told of it lies with the other words. Knows the four classes the outside world distinguishes.

use std::{fmt, io};

use serde::{Deserialize, Serialize};

use crate::facts::{Container, TrackId};
use crate::foreign::Foreign;
use crate::time::Instant;

/// Why a medium cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Error {
    // Of a kind that is not read here.
    /// A format that is known, and not read.
    Foreign(Foreign),
    /// No format that is known.
    Unrecognized,
    /// An EBML document of another kind than WebM and Matroska.
    OtherDocument { kind: String },
    /// Tracks, of which none is picture or sound.
    NothingPlayed,
    /// Picture or sound is encrypted.
    Protected,
    /// A QuickTime index in compressed form (`cmov`).
    CompressedIndex,
    /// Matroska frames that are compressed once more.
    CompressedFrames,
    /// The sound of a WAV file; `tag` is the format's number there.
    WavCoding { coding: WavCoding, tag: u16 },
    /// The sound of an AIFF file; `coding` is its four-character code.
    AiffCoding { coding: String, bits: u32 },
    /// The sound of a CAF file; `coding` is its four-character code.
    CafCoding { coding: String },
    /// A codec that is not decoded here, by its short name.
    Undecodable { codec: String },
    /// Sample rates that are too far apart, or no rates.
    SampleRates { from_hz: u32, to_hz: u32 },
    /// The file has no track of that number.
    NoSuchTrack { track: TrackId },

    // Bytes that contradict their format.
    /// A file of no bytes.
    NoBytes,
    /// A file too short for any format.
    FewBytes,
    /// An ID3 tag beyond the end of the file.
    TagTooLarge,
    /// A header that does not say how the sound is stored.
    NoDescription { container: Container },
    /// A header whose numbers no sound has.
    ImpossibleSound { container: Container, channels: u32, sample_rate: u32 },
    /// A header by which samples have no size, or one that cannot be.
    ImpossibleSampleSize { container: Container },
    /// Sound that does not say how fast it is.
    NoSampleRate { container: Container },
    /// A file without any sound data.
    NoSound { container: Container },
    /// Sound data of no length.
    SoundMissing { container: Container },
    /// Named or tagged like a format, without sound of that format.
    NotAsNamed { container: Container },
    /// An Ogg file none of whose streams is known.
    NoKnownStream,
    /// An MP4 index that claims to be larger than any is.
    IndexTooLarge,
    /// An MP4 index that ends too early.
    IndexCut,
    /// An MP4 index without a track that makes sense.
    IndexDamaged,
    /// MP4 fragments without the header that explains them.
    FragmentWithoutHeader,
    /// MP4 media data without an index.
    MediaWithoutIndex,
    /// MP4 boxes without index and media data.
    NoRecording,
    /// The header of a WebM or Matroska file.
    HeaderDamaged,
    /// A file without tracks.
    NoTracks,
    /// Tracks that are described, and of which nothing is there.
    RecordingMissing,
    /// Tracks without any length.
    NoLength,
    /// A packet names a description that its track does not have.
    NoSuchDescription,
    /// A packet that cannot be decoded.
    DamagedSound { at: Instant },
    /// Not one packet could be decoded.
    NothingDecoded { packets: u64, codec: String },

    // The file ends before anything usable, or does not let itself be read.
    /// An MP4 index that is not there as far as it should be.
    IndexUnreadable,
    /// The source or the target itself failed.
    Io { kind: IoKind, detail: String },

    // The format is right, and there is nothing in it.
    /// No sound track at all.
    NoSoundTrack,
    /// Not the sound track that was asked for.
    NoSuchSoundTrack { track: TrackId },

    /// A file cannot be written.
    Unwritable(MuxFault),
}

/// How the sound of a WAV file is coded that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WavCoding {
    /// Plain samples of a number of bits that nobody uses.
    UnusualBits,
    Gsm,
    MpegLayer2,
    Aac,
    WindowsMediaAudio,
    Ac3,
    Unknown,
}

/// How a source or a target failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum IoKind {
    /// The disk, or what the browser gives of it, is full.
    NoRoom,
    Other,
}

/// Why a file cannot be written. The fault is always that of whoever gave what is written, but for the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MuxFault {
    /// Nothing was added until the end.
    NothingEncoded,
    /// Neither picture nor sound was asked for.
    NoTrackWanted,
    /// Picture or sound was added that had not been asked for.
    NoSuchTrack(Medium),
    /// The size of the picture or the form of the sound.
    Form,
    /// A packet larger than the format can hold.
    PacketTooLarge { bytes: u64 },
    /// Pictures out of order, or two at one time.
    Order,
    /// No usable H.264 configuration record.
    VideoConfig { detail: String },
    /// No AAC configuration.
    AudioConfig,
    /// The index could not be put into bytes.
    Index { detail: String },
}

/// The two kinds of what is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Medium {
    Picture,
    Sound,
}

/// The four classes of what can be wrong with a file, as `docs/CLI.md` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// The bytes are in order, but they are of a kind that is not read here.
    Unsupported,
    /// The bytes contradict their own format.
    Malformed,
    /// The file ends before anything usable.
    Truncated,
    /// The format is right, and there is nothing in it.
    Empty,
}

impl Class {
    /// The name used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unsupported => "unsupported",
            Self::Malformed => "malformed",
            Self::Truncated => "truncated",
            Self::Empty => "empty",
        }
    }
}

impl Error {
    /// A source that fails to deliver counts as truncated.
    pub const fn class(&self) -> Class {
        match self {
            Self::Foreign(_)
            | Self::Unrecognized
            | Self::OtherDocument { .. }
            | Self::NothingPlayed
            | Self::Protected
            | Self::CompressedIndex
            | Self::CompressedFrames
            | Self::WavCoding { .. }
            | Self::AiffCoding { .. }
            | Self::CafCoding { .. }
            | Self::Undecodable { .. }
            | Self::SampleRates { .. }
            | Self::NoSuchTrack { .. } => Class::Unsupported,
            Self::NoBytes
            | Self::FewBytes
            | Self::TagTooLarge
            | Self::NoDescription { .. }
            | Self::ImpossibleSound { .. }
            | Self::ImpossibleSampleSize { .. }
            | Self::NoSampleRate { .. }
            | Self::NoSound { .. }
            | Self::SoundMissing { .. }
            | Self::NotAsNamed { .. }
            | Self::NoKnownStream
            | Self::IndexTooLarge
            | Self::IndexCut
            | Self::IndexDamaged
            | Self::FragmentWithoutHeader
            | Self::MediaWithoutIndex
            | Self::NoRecording
            | Self::HeaderDamaged
            | Self::NoTracks
            | Self::RecordingMissing
            | Self::NoLength
            | Self::NoSuchDescription
            | Self::DamagedSound { .. }
            | Self::NothingDecoded { .. } => Class::Malformed,
            Self::IndexUnreadable | Self::Io { .. } => Class::Truncated,
            Self::NoSoundTrack | Self::NoSuchSoundTrack { .. } => Class::Empty,
            Self::Unwritable(fault) => fault.class(),
        }
    }
}

impl MuxFault {
    const fn class(&self) -> Class {
        match self {
            Self::NothingEncoded | Self::NoTrackWanted => Class::Empty,
            Self::NoSuchTrack(_) | Self::Form | Self::PacketTooLarge { .. } => Class::Unsupported,
            Self::Order | Self::VideoConfig { .. } | Self::AudioConfig | Self::Index { .. } => {
                Class::Malformed
            }
        }
    }
}

/// For logs: class, kind and details.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {self:?}", self.class().name())
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => IoKind::NoRoom,
            _ => IoKind::Other,
        };
        Self::Io { kind, detail: error.to_string() }
    }
}

impl From<MuxFault> for Error {
    fn from(fault: MuxFault) -> Self {
        Self::Unwritable(fault)
    }
}

/// What this crate returns.
pub type Result<T> = std::result::Result<T, Error>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_crosses_as_json_and_is_the_same() {
        let errors = [
            Error::Foreign(Foreign::Avi),
            Error::ImpossibleSound { container: Container::Wav, channels: 0, sample_rate: 48_000 },
            Error::NoSuchTrack { track: TrackId(7) },
            io::Error::from(io::ErrorKind::StorageFull).into(),
            MuxFault::NoSuchTrack(Medium::Sound).into(),
        ];
        for error in errors {
            let json = serde_json::to_string(&error).expect("JSON");
            assert_eq!(serde_json::from_str::<Error>(&json).expect("read back"), error, "{json}");
        }
    }

    #[test]
    fn logs_name_class_kind_and_details() {
        let error = Error::Undecodable { codec: "ac3".into() };
        assert_eq!(error.to_string(), r#"unsupported: Undecodable { codec: "ac3" }"#);
    }

    #[test]
    fn a_full_disk_is_told_from_other_faults() {
        let kind = |kind: io::ErrorKind| match Error::from(io::Error::from(kind)) {
            Error::Io { kind, .. } => kind,
            other => panic!("{other}"),
        };
        assert_eq!(kind(io::ErrorKind::StorageFull), IoKind::NoRoom);
        assert_eq!(kind(io::ErrorKind::NotFound), IoKind::Other);
    }
}
