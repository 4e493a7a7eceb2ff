//! What there is to say beside a result, in sentences.

use crate::media::codec_title;
use crate::say;
use clip::note::{Note, SoundPlace};
use clip::timeline::SourceRange;
use media::time::Instant;

/// All notes in one line; empty where there is none.
pub fn notes(all: &[Note]) -> String {
    in_a_row(all.iter().map(note))
}

/// One or more sentences.
pub fn note(note: &Note) -> String {
    match note {
        Note::Skipped(parts) => say!("reasons-skipped", parts = listed(parts)),
        Note::NoSpeech { has_words: false } => say!("reasons-no-speech"),
        Note::NoSpeech { has_words: true } => say!("reasons-hardly-speech"),
        Note::Silent { has_words, tried, by_channel, undecodable } => {
            let any_channel = by_channel.then(|| say!("reasons-place-any-channel"));
            let tried = tried.iter().map(place).chain(any_channel);
            let tried = joined(tried, |first, second| say!("reasons-or-in", first = first, second = second));
            let silent = match has_words {
                false => say!("reasons-silent", tried = tried),
                true => say!("reasons-nearly-silent", tried = tried),
            };
            let tracks = undecodable.iter().map(place);
            let tracks = joined(tracks, |first, second| say!("reasons-and", first = first, second = second));
            let unread = (!tracks.is_empty()).then(|| say!("reasons-undecodable", tracks = tracks));
            in_a_row([silent].into_iter().chain(unread).chain([say!("reasons-choose-speech")]))
        }
        Note::Foreign => say!("reasons-foreign"),
        Note::AllOfIt { spoken } => say!("reasons-all-of-it", seconds = spoken.seconds().round()),
        Note::Nearest => say!("reasons-nearest"),
        Note::Few(count) => say!("reasons-few", count = *count),
        Note::NothingAbout(about) => say!("reasons-nothing-about", about = about),
        Note::ListenedElsewhere { usual, instead } => {
            say!("reasons-listened-elsewhere", usual = place(usual), instead = place(instead))
        }
        Note::Cancelled => say!("reasons-cancelled"),
        Note::Written(words) => words.clone(),
    }
}

/// How the sound of a track is stored: "AAC, stereo".
pub fn form(codec: &str, channels: u32) -> String {
    let codec = codec_title(codec);
    match channels {
        0 => codec,
        1 => say!("reasons-form-mono", codec = codec),
        2 => say!("reasons-form-stereo", codec = codec),
        6 => say!("reasons-form-surround", codec = codec, layout = "5.1"),
        8 => say!("reasons-form-surround", codec = codec, layout = "7.1"),
        count => say!("reasons-form-channels", codec = codec, count = count),
    }
}

/// "sound track 2 (AAC, mono)", "all sound tracks together", "the right channel of the sound track"
fn place(place: &SoundPlace) -> String {
    let SoundPlace::Track { number, codec, channels, channel } = place else {
        return say!("reasons-place-all");
    };
    let track = match number {
        Some(number) => {
            say!("reasons-place-track", number = *number, form = form(codec, *channels))
        }
        None => say!("reasons-place-only"),
    };
    match (channel, channels) {
        (None, _) => track,
        (Some(0), 2) => say!("reasons-place-left", track = track),
        (Some(1), 2) => say!("reasons-place-right", track = track),
        (Some(channel), _) => say!("reasons-place-channel", number = *channel + 1, track = track),
    }
}

fn listed(parts: &[SourceRange]) -> String {
    let part = |part: &SourceRange| say!("reasons-from-to", from = clock(part.start), to = clock(part.end));
    joined(parts.iter().map(part), |first, second| say!("reasons-list", first = first, second = second))
}

/// Sentences, one behind the other.
fn in_a_row(sentences: impl IntoIterator<Item = String>) -> String {
    joined(sentences, |first, second| say!("reasons-sentence-after", first = first, second = second))
}

fn joined(parts: impl IntoIterator<Item = String>, join: impl Fn(String, String) -> String) -> String {
    parts.into_iter().reduce(join).unwrap_or_default()
}

/// Minutes and seconds, as a player shows them.
fn clock(at: Instant) -> String {
    let seconds = at.seconds().max(0.0).round() as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, source, use_language};

    fn track(
        number: impl Into<Option<usize>>,
        codec: &str,
        channels: u32,
        channel: Option<u32>,
    ) -> SoundPlace {
        SoundPlace::Track { number: number.into(), codec: codec.into(), channels, channel }
    }

    #[test]
    fn what_was_tried_is_said() {
        let (surround, stereo, mono) =
            (track(1, "AC-3", 6, None), track(2, "AAC", 2, None), track(3, "Opus", 1, None));
        let elsewhere = Note::ListenedElsewhere { usual: stereo.clone(), instead: mono.clone() };
        let silent = Note::Silent {
            has_words: false,
            tried: vec![stereo, mono],
            by_channel: true,
            undecodable: vec![surround],
        };
        let only = Note::Silent {
            has_words: true,
            tried: vec![track(None, "MP3", 1, None)],
            by_channel: false,
            undecodable: vec![],
        };
        assert_eq!(
            notes(&[elsewhere, Note::Cancelled]),
            "In sound track 2 (AAC, stereo) hardly anybody speaks, so sound track 3 (Opus, mono) was listened to. \
             The channels cancel each other out when they are mixed, so the louder one was listened to."
        );
        assert_eq!(
            note(&silent),
            "No speech was found in sound track 2 (AAC, stereo), or in sound track 3 (Opus, mono), or in any channel by itself. \
             This browser cannot decode sound track 1 (AC-3, 5.1). Choose a video in which somebody speaks."
        );
        assert_eq!(
            note(&only),
            "Hardly any speech was found in the sound track. Choose a video in which somebody speaks."
        );
        assert_eq!(place(&track(None, "AAC", 2, Some(1))), "the right channel of the sound track");
        assert_eq!(place(&track(2, "AAC", 6, Some(2))), "channel 3 of sound track 2 (AAC, 5.1)");
        assert_eq!(notes(&[]), "");
        let read =
            |language| use_language(language, source(language).expect("natively all languages are here"));
        read(Language::Japanese);
        assert_eq!(
            note(&only),
            "音声トラックには話し声がほとんど見つかりませんでした。人が話している動画を選んでください。"
        );
        use_language(Language::English, "");
    }

    #[test]
    fn what_was_left_out_is_said_by_its_times() {
        let part = |start_s, end_s| SourceRange {
            start: Instant::from_seconds(start_s),
            end: Instant::from_seconds(end_s),
        };
        assert_eq!(
            notes(&[Note::Skipped(vec![part(0.0, 10.2), part(3_599.7, 3_630.0)]), Note::Few(1)]),
            "Not transcribed: 0:00 to 0:10, 60:00 to 60:30. The speech model failed there twice; transcribe again to try once \
             more. Found 1 clip at the asked length."
        );
        assert_eq!(note(&Note::Few(2)), "Found 2 clips at the asked length.");
        assert_eq!(note(&Note::Written("Why.".into())), "Why.");
    }
}
