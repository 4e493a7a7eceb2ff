//! What is told of a file that cannot be read or written: what is wrong, and what to do about it. The kinds are `media`'s; here each
//! has its words, and none is without.

use ::media::{Error, Foreign, IoKind, Medium, MuxFault, WavCoding};

use crate::say;

/// The name of the codec of a short name, or that nothing is known of it.
pub(crate) fn codec_title(name: &str) -> String {
    if name == "unknown" { say!("media-codec-unknown") } else { ::media::facts::codec_title(name) }
}

/// What is wrong, in one sentence, rarely two.
pub fn message(error: &Error) -> String {
    match error {
        Error::Foreign(kind) => foreign(*kind),
        Error::Unrecognized => say!("media-unrecognized"),
        Error::OtherDocument { kind } => say!("media-other-document", kind = kind),
        Error::NothingPlayed => say!("media-nothing-played"),
        Error::Protected => say!("media-protected"),
        Error::CompressedIndex => say!("media-compressed-index"),
        Error::CompressedFrames => say!("media-compressed-frames"),
        Error::WavCoding { coding, tag } => wav(*coding, *tag),
        Error::AiffCoding { coding, bits } => say!("media-aiff-coding", coding = coding, bits = *bits),
        Error::CafCoding { coding } => say!("media-caf-coding", coding = coding),
        Error::Undecodable { codec } if codec == "unknown" => say!("media-undecodable-unknown"),
        Error::Undecodable { codec } => say!("media-undecodable", codec = codec_title(codec)),
        Error::SampleRates { from_hz, to_hz } => say!("media-sample-rates", from = *from_hz, to = *to_hz),
        // A name rather than a number: it is not to be grouped by thousands.
        Error::NoSuchTrack { track } => say!("media-no-such-track", track = track.0.to_string()),
        Error::NoBytes => say!("media-no-bytes"),
        Error::FewBytes => say!("media-few-bytes"),
        Error::TagTooLarge => say!("media-tag-too-large"),
        Error::NoDescription { container } => say!("media-no-description", format = container.title()),
        Error::ImpossibleSound { container, channels, sample_rate } => {
            say!(
                "media-impossible-sound",
                format = container.title(),
                channels = *channels,
                rate = *sample_rate
            )
        }
        Error::ImpossibleSampleSize { container } => {
            say!("media-impossible-sample-size", format = container.title())
        }
        Error::NoSampleRate { container } => say!("media-no-sample-rate", format = container.title()),
        Error::NoSound { container } => say!("media-no-sound", format = container.title()),
        Error::SoundMissing { container } => say!("media-sound-missing", format = container.title()),
        Error::NotAsNamed { container } => say!("media-not-as-named", format = container.title()),
        Error::NoKnownStream => say!("media-no-known-stream"),
        Error::IndexTooLarge => say!("media-index-too-large"),
        Error::IndexCut => say!("media-index-cut"),
        Error::IndexDamaged => say!("media-index-damaged"),
        Error::FragmentWithoutHeader => say!("media-fragment"),
        Error::MediaWithoutIndex => say!("media-no-index"),
        Error::NoRecording => say!("media-no-recording"),
        Error::HeaderDamaged => say!("media-header-damaged"),
        Error::NoTracks => say!("media-no-tracks"),
        Error::RecordingMissing => say!("media-recording-missing"),
        Error::NoLength => say!("media-no-length"),
        Error::NoSuchDescription => say!("media-no-such-description"),
        Error::DamagedSound { at } => say!("media-damaged-sound", at = crate::decimal(at.seconds(), 1)),
        Error::NothingDecoded { packets, codec } => {
            say!("media-nothing-decoded", packets = *packets, codec = codec_title(codec))
        }
        Error::IndexUnreadable => say!("media-index-unreadable"),
        Error::Io { kind: IoKind::NoRoom, .. } => say!("media-no-room"),
        Error::Io { kind: IoKind::Other, detail } => say!("media-io", detail = detail),
        Error::NoSoundTrack => say!("media-no-sound-track"),
        Error::NoSuchSoundTrack { .. } => say!("media-no-such-sound-track"),
        Error::Unwritable(fault) => unwritable(fault),
    }
}

/// What to do now.
pub fn advice(error: &Error) -> String {
    match error {
        Error::Foreign(kind) => way_out(*kind),
        Error::Unrecognized => say!("media-advice-read-here"),
        Error::OtherDocument { .. } | Error::NothingPlayed => say!("media-advice-other-file"),
        Error::Protected => say!("media-advice-unprotected"),
        Error::CompressedIndex => say!("media-advice-as-mp4"),
        Error::CompressedFrames => say!("media-advice-remux"),
        Error::WavCoding { .. } => say!("media-advice-plain-wav"),
        Error::AiffCoding { .. } => say!("media-advice-wav"),
        Error::CafCoding { .. } => say!("media-advice-m4a"),
        Error::Undecodable { .. } => say!("media-advice-codecs"),
        Error::SampleRates { .. } => say!("media-advice-rates"),
        Error::NoSuchTrack { .. } => say!("media-advice-open-again"),
        Error::NoBytes
        | Error::FewBytes
        | Error::TagTooLarge
        | Error::IndexTooLarge
        | Error::IndexCut
        | Error::IndexDamaged
        | Error::NoRecording
        | Error::HeaderDamaged
        | Error::RecordingMissing
        | Error::IndexUnreadable => say!("media-advice-download"),
        Error::NoDescription { .. }
        | Error::NoSound { .. }
        | Error::SoundMissing { .. }
        | Error::NotAsNamed { .. }
        | Error::NoKnownStream
        | Error::NoTracks
        | Error::NoLength
        | Error::NoSuchDescription
        | Error::DamagedSound { .. }
        | Error::NothingDecoded { .. } => say!("media-advice-export"),
        Error::ImpossibleSound { .. } | Error::ImpossibleSampleSize { .. } | Error::NoSampleRate { .. } => {
            say!("media-advice-export-sound")
        }
        Error::FragmentWithoutHeader => say!("media-advice-complete"),
        Error::MediaWithoutIndex => say!("media-advice-camera"),
        Error::Io { kind: IoKind::NoRoom, .. } => say!("media-advice-room"),
        Error::Io { kind: IoKind::Other, .. } => say!("media-advice-moved"),
        Error::NoSoundTrack => say!("media-advice-with-sound"),
        Error::NoSuchSoundTrack { .. } => say!("media-advice-other-track"),
        Error::Unwritable(_) => say!("media-advice-export-clip"),
    }
}

/// Both, one behind the other.
pub fn message_and_advice(error: &Error) -> String {
    both(message(error), advice(error))
}

/// One sentence behind another, as the language sets them apart.
fn both(first: String, second: String) -> String {
    say!("media-both", first = first, second = second)
}

fn foreign(kind: Foreign) -> String {
    match kind {
        Foreign::Avi => say!("media-foreign-avi"),
        Foreign::Flv => say!("media-foreign-flv"),
        Foreign::MpegTransport => say!("media-foreign-mpeg-ts"),
        Foreign::M2ts => say!("media-foreign-m2ts"),
        Foreign::MpegProgram => say!("media-foreign-mpeg-ps"),
        Foreign::MpegVideo => say!("media-foreign-mpeg-video"),
        Foreign::WindowsMedia => say!("media-foreign-windows-media"),
        Foreign::RealMedia => say!("media-foreign-real-media"),
        Foreign::Ivf => say!("media-foreign-ivf"),
        Foreign::Amr => say!("media-foreign-amr"),
        Foreign::Silk => say!("media-foreign-silk"),
        Foreign::MonkeysAudio => say!("media-foreign-monkeys-audio"),
        Foreign::WavPack => say!("media-foreign-wavpack"),
        Foreign::Au => say!("media-foreign-au"),
        Foreign::Ac3 => say!("media-foreign-ac3"),
        Foreign::Dts => say!("media-foreign-dts"),
        Foreign::Zip => say!("media-foreign-zip"),
        Foreign::Rar => say!("media-foreign-rar"),
        Foreign::SevenZip => say!("media-foreign-7z"),
        Foreign::Gzip => say!("media-foreign-gzip"),
        Foreign::Midi => say!("media-foreign-midi"),
        Foreign::WebP => say!("media-foreign-webp"),
        Foreign::Png => say!("media-foreign-png"),
        Foreign::Jpeg => say!("media-foreign-jpeg"),
        Foreign::Gif => say!("media-foreign-gif"),
        Foreign::Heif => say!("media-foreign-heif"),
        Foreign::Pdf => say!("media-foreign-pdf"),
        Foreign::WindowsProgram => say!("media-foreign-windows-program"),
        Foreign::Program => say!("media-foreign-program"),
        Foreign::Database => say!("media-foreign-database"),
        Foreign::WebPage => say!("media-foreign-web-page"),
        Foreign::Text => say!("media-foreign-text"),
    }
}

/// What is read here, and how to get there.
fn way_out(kind: Foreign) -> String {
    let read_here = say!("media-advice-read-here");
    let way = match kind {
        Foreign::Avi
        | Foreign::Flv
        | Foreign::MpegTransport
        | Foreign::M2ts
        | Foreign::MpegProgram
        | Foreign::MpegVideo
        | Foreign::WindowsMedia
        | Foreign::RealMedia
        | Foreign::Ivf => say!("media-advice-to-mp4"),
        Foreign::Amr
        | Foreign::Silk
        | Foreign::MonkeysAudio
        | Foreign::WavPack
        | Foreign::Au
        | Foreign::Ac3
        | Foreign::Dts => say!("media-advice-to-mp3"),
        Foreign::Zip | Foreign::Rar | Foreign::SevenZip | Foreign::Gzip => say!("media-advice-unpack"),
        Foreign::Midi
        | Foreign::WebP
        | Foreign::Png
        | Foreign::Jpeg
        | Foreign::Gif
        | Foreign::Heif
        | Foreign::Pdf
        | Foreign::WindowsProgram
        | Foreign::Program
        | Foreign::Database => say!("media-advice-recording"),
        Foreign::WebPage => say!("media-advice-fetch"),
        Foreign::Text => return read_here,
    };
    both(read_here, way)
}

fn wav(coding: WavCoding, tag: u16) -> String {
    let name = match coding {
        WavCoding::UnusualBits => return say!("media-wav-bits", tag = tag_of(tag)),
        WavCoding::Unknown => return say!("media-wav-unknown", tag = tag_of(tag)),
        WavCoding::Gsm => "GSM",
        WavCoding::MpegLayer2 => "MPEG layer 2",
        WavCoding::Aac => "AAC",
        WavCoding::WindowsMediaAudio => "Windows Media Audio",
        WavCoding::Ac3 => "AC-3",
    };
    say!("media-wav-coding", coding = name, tag = tag_of(tag))
}

/// As lists of formats have it.
fn tag_of(tag: u16) -> String {
    format!("{tag:#06x}")
}

fn unwritable(fault: &MuxFault) -> String {
    match fault {
        MuxFault::NothingEncoded => say!("media-nothing-encoded"),
        MuxFault::NoTrackWanted => say!("media-no-track-wanted"),
        MuxFault::NoSuchTrack(Medium::Picture) => say!("media-no-picture-track"),
        MuxFault::NoSuchTrack(Medium::Sound) => say!("media-no-audio-track"),
        MuxFault::Form => say!("media-form"),
        MuxFault::PacketTooLarge { .. } => say!("media-packet-too-large"),
        MuxFault::Order => say!("media-order"),
        MuxFault::VideoConfig { detail } => say!("media-video-config", detail = detail),
        MuxFault::AudioConfig => say!("media-audio-config"),
        MuxFault::Index { detail } => say!("media-index-unwritten", detail = detail),
    }
}
