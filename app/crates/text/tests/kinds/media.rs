//! Every kind of what can be wrong with a file has words of its own in every language: what is wrong, and what to do.

use crate::{has_words_of_its_own, samples, speak};
use media::{Container, Error, Foreign, Instant, IoKind, Medium, MuxFault, TrackId, WavCoding};
use text::Language;

samples!(foreign: Foreign {
    Avi, Flv, MpegTransport, M2ts, MpegProgram, MpegVideo, WindowsMedia, RealMedia, Ivf, Amr, Silk,
    MonkeysAudio, WavPack, Au, Ac3, Dts, Zip, Rar, SevenZip, Gzip, Midi, WebP, Png, Jpeg, Gif, Heif, Pdf,
    WindowsProgram, Program, Database, WebPage, Text,
});

samples!(wav_codings: WavCoding {
    UnusualBits, Gsm, MpegLayer2, Aac, WindowsMediaAudio, Ac3, Unknown,
});

samples!(mux_faults: MuxFault {
    MuxFault::NothingEncoded => MuxFault::NothingEncoded,
    MuxFault::NoTrackWanted => MuxFault::NoTrackWanted,
    MuxFault::NoSuchTrack(Medium::Picture) => MuxFault::NoSuchTrack(Medium::Picture),
    MuxFault::NoSuchTrack(Medium::Sound) => MuxFault::NoSuchTrack(Medium::Sound),
    MuxFault::Form => MuxFault::Form,
    MuxFault::PacketTooLarge { .. } => MuxFault::PacketTooLarge { bytes: 1 << 32 },
    MuxFault::Order => MuxFault::Order,
    MuxFault::VideoConfig { .. } => MuxFault::VideoConfig { detail: "too short".into() },
    MuxFault::AudioConfig => MuxFault::AudioConfig,
    MuxFault::Index { .. } => MuxFault::Index { detail: "too long".into() },
});

const CAF: Container = Container::Caf;

samples!(plain: Error {
    Error::Foreign(_) => Error::Foreign(Foreign::Avi),
    Error::Unrecognized => Error::Unrecognized,
    Error::OtherDocument { .. } => Error::OtherDocument { kind: "opendocument".into() },
    Error::NothingPlayed => Error::NothingPlayed,
    Error::Protected => Error::Protected,
    Error::CompressedIndex => Error::CompressedIndex,
    Error::CompressedFrames => Error::CompressedFrames,
    Error::WavCoding { .. } => Error::WavCoding { coding: WavCoding::Gsm, tag: 0x31 },
    Error::AiffCoding { .. } => Error::AiffCoding { coding: "QDM2".into(), bits: 16 },
    Error::CafCoding { .. } => Error::CafCoding { coding: "alac".into() },
    Error::Undecodable { .. } => Error::Undecodable { codec: "ac3".into() },
    Error::SampleRates { .. } => Error::SampleRates { from_hz: 7_000_000, to_hz: 16_000 },
    Error::NoSuchTrack { .. } => Error::NoSuchTrack { track: TrackId(4711) },
    Error::NoBytes => Error::NoBytes,
    Error::FewBytes => Error::FewBytes,
    Error::TagTooLarge => Error::TagTooLarge,
    Error::NoDescription { .. } => Error::NoDescription { container: CAF },
    Error::ImpossibleSound { .. } => Error::ImpossibleSound { container: CAF, channels: 0, sample_rate: 8000 },
    Error::ImpossibleSampleSize { .. } => Error::ImpossibleSampleSize { container: CAF },
    Error::NoSampleRate { .. } => Error::NoSampleRate { container: CAF },
    Error::NoSound { .. } => Error::NoSound { container: CAF },
    Error::SoundMissing { .. } => Error::SoundMissing { container: CAF },
    Error::NotAsNamed { .. } => Error::NotAsNamed { container: CAF },
    Error::NoKnownStream => Error::NoKnownStream,
    Error::IndexTooLarge => Error::IndexTooLarge,
    Error::IndexCut => Error::IndexCut,
    Error::IndexDamaged => Error::IndexDamaged,
    Error::FragmentWithoutHeader => Error::FragmentWithoutHeader,
    Error::MediaWithoutIndex => Error::MediaWithoutIndex,
    Error::NoRecording => Error::NoRecording,
    Error::HeaderDamaged => Error::HeaderDamaged,
    Error::NoTracks => Error::NoTracks,
    Error::RecordingMissing => Error::RecordingMissing,
    Error::NoLength => Error::NoLength,
    Error::NoSuchDescription => Error::NoSuchDescription,
    Error::DamagedSound { .. } => Error::DamagedSound { at: Instant::from_seconds(12.34) },
    Error::NothingDecoded { .. } => Error::NothingDecoded { packets: 1234, codec: "opus".into() },
    Error::IndexUnreadable => Error::IndexUnreadable,
    Error::Io { kind: IoKind::NoRoom, .. } => Error::Io { kind: IoKind::NoRoom, detail: "full".into() },
    Error::Io { kind: IoKind::Other, .. } => Error::Io { kind: IoKind::Other, detail: "gone".into() },
    Error::NoSoundTrack => Error::NoSoundTrack,
    Error::NoSuchSoundTrack { .. } => Error::NoSuchSoundTrack { track: TrackId(7) },
    Error::Unwritable(_) => Error::Unwritable(MuxFault::Order),
});

/// Every error there is, with the kinds within kinds.
fn all() -> Vec<Error> {
    let mut all = plain();
    all.extend(foreign().into_iter().skip(1).map(Error::Foreign));
    let codings = wav_codings().into_iter().filter(|coding| *coding != WavCoding::Gsm);
    all.extend(codings.map(|coding| Error::WavCoding { coding, tag: 0x11 }));
    all.extend(mux_faults().into_iter().filter(|fault| *fault != MuxFault::Order).map(Error::Unwritable));
    all.push(Error::Undecodable { codec: "unknown".into() });
    all.push(Error::NothingDecoded { packets: 1, codec: "opus".into() });
    all
}

#[test]
fn every_kind_has_words_in_every_language() {
    has_words_of_its_own(&all(), "media-", text::media::message, text::media::advice);
}

#[test]
fn details_are_part_of_what_is_told() {
    let check = |language, error: &Error, expected: &str| {
        speak(language);
        assert_eq!(text::media::message_and_advice(error), expected);
    };
    let dolby = Error::Undecodable { codec: "ac3".into() };
    let english = "The sound is AC-3 (Dolby Digital), which cannot be decoded here. Convert it to AAC, MP3, FLAC or WAV first.";
    check(Language::English, &dolby, english);
    let none = Error::NothingDecoded { packets: 1234, codec: "opus".into() };
    let german = "Keins der 1.234 Tonstücke (Opus) ließ sich decodieren: Die Datei ist beschädigt. Kopiere oder exportiere \
                  die Datei noch einmal.";
    check(Language::German, &none, german);
    let wav = Error::WavCoding { coding: WavCoding::Ac3, tag: 0x2000 };
    let spanish = "El sonido del archivo WAV está codificado como AC-3 (formato 0x2000), que no se lee. Conviértelo a WAV \
                   normal o MP3, por ejemplo con `ffmpeg -i input output.wav`.";
    check(Language::Spanish, &wav, spanish);
    let damaged = Error::DamagedSound { at: Instant::from_seconds(12.34) };
    let japanese = "12.3秒の音声が破損しています。ファイルをもう一度コピーするか、書き出し直してください。";
    check(Language::Japanese, &damaged, japanese);
}

#[test]
fn what_is_read_here_is_told_with_each_foreign_kind() {
    for language in Language::ALL {
        speak(language);
        for kind in foreign() {
            let advice = text::media::advice(&Error::Foreign(kind));
            assert!(advice.contains("AIFF") && advice.contains("WebM"), "{language:?}: {kind:?}: {advice}");
        }
    }
}
