//! How numbers are said to people, as the language in use writes them: lengths, positions, sizes, time left, file names.
//! Pure text; knows neither the state nor the page.

use clip::captions::CaptionSource;
use media::time::{Instant, Span};
use project::export::timecode;
use text::{decimal, say};

/// `1:05`, or `1:02:07` from one hour on.
pub fn position(at: Instant) -> String {
    timecode::position(at)
}

/// Tenths as well, for editing: `1:05.3`.
pub fn exact_position(at: Instant) -> String {
    let tenths = (at.seconds().max(0.0) * 10.0).round() as u64;
    let (minutes, seconds) = (tenths / 600, decimal((tenths % 600) as f64 / 10.0, 1));
    format!("{minutes}:{seconds:0>4}")
}

/// A length of a clip: `42 s`, or `1 min 5 s`.
pub fn length(span: Span) -> String {
    let whole = span.seconds().max(0.0).round() as u64;
    match (whole / 60, whole % 60) {
        (0, seconds) => say!("files-seconds", seconds = seconds),
        (minutes, 0) => say!("files-minutes", minutes = minutes),
        (minutes, seconds) => say!("files-minutes-seconds", minutes = minutes, seconds = seconds),
    }
}

/// For a screen reader: `1 minute 5 seconds`.
pub fn spoken_position(at: Instant) -> String {
    let whole = at.seconds().max(0.0).floor() as u64;
    match (whole / 60, whole % 60) {
        (0, seconds) => say!("files-spoken-seconds", seconds = seconds),
        (minutes, 0) => say!("files-spoken-minutes", minutes = minutes),
        (minutes, seconds) => say!("files-spoken-minutes-seconds", minutes = minutes, seconds = seconds),
    }
}

/// `about 3 min left`; coarse on purpose, so that it does not flicker.
pub fn time_left(seconds: f32) -> String {
    let seconds = if seconds.is_finite() { seconds.max(0.0) } else { return String::new() };
    if seconds < 5.0 {
        say!("files-left-moment")
    } else if seconds < 55.0 {
        say!("files-left-seconds", seconds = ((seconds / 5.0).round() * 5.0) as u32)
    } else if seconds < 3600.0 {
        say!("files-left-minutes", minutes = (seconds / 60.0).round().max(1.0) as u32)
    } else {
        let minutes = (seconds / 60.0).round() as u32;
        say!("files-left-hours", hours = minutes / 60, minutes = minutes % 60)
    }
}

/// `41.3 MB`, in powers of ten as storage is sold. The units are the same everywhere, their numbers are not.
pub fn size(bytes: u64) -> String {
    let bytes = bytes as f64;
    if bytes < 1_000.0 {
        format!("{} B", decimal(bytes, 0))
    } else if bytes < 999_500.0 {
        format!("{} kB", decimal(bytes / 1e3, 0))
    } else if bytes < 99_950_000.0 {
        format!("{} MB", decimal(bytes / 1e6, 1))
    } else if bytes < 999_500_000.0 {
        format!("{} MB", decimal(bytes / 1e6, 0))
    } else {
        format!("{} GB", decimal(bytes / 1e9, 1))
    }
}

pub fn percent(done: f32) -> String {
    say!("files-percent", percent = (done.clamp(0.0, 1.0) * 100.0).floor() as u32)
}

/// What captions are made of, with a name for everybody whom they tell apart, in the language of the page.
pub fn named(caption_source: CaptionSource) -> CaptionSource {
    CaptionSource { speaking: caption_source.speaking.worded(text::speaker), ..caption_source }
}

/// A name that every file system takes, from a clip's number and title: `03 What we learned.mp4`.
pub fn clip_file_name(number: usize, title: &str) -> String {
    let mut plain = String::new();
    for character in title.chars() {
        let forbidden = character.is_control() || r#"\/:*?"<>|#%"#.contains(character);
        let character = if forbidden || character.is_whitespace() { ' ' } else { character };
        if character != ' ' || (!plain.is_empty() && !plain.ends_with(' ')) {
            plain.push(character);
        }
        if plain.chars().count() >= 60 {
            break;
        }
    }
    let plain = plain.trim_matches([' ', '.']);
    if plain.is_empty() { format!("{number:02}.mp4") } else { format!("{number:02} {plain}.mp4") }
}

/// The name without its last extension.
pub fn stem(name: &str) -> &str {
    match name.rfind('.') {
        Some(dot) if dot > 0 => &name[..dot],
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use text::Language;

    fn check(said: String, expected: &str) {
        assert_eq!(said, expected);
    }

    #[test]
    fn positions_and_lengths() {
        check(position(Instant::from_seconds(65.9)), "1:05");
        check(position(Instant::from_seconds(3727.0)), "1:02:07");
        check(position(Instant::from_seconds(-4.0)), "0:00");
        check(exact_position(Instant::from_seconds(65.26)), "1:05.3");
        check(exact_position(Instant::from_seconds(59.96)), "1:00.0");
        check(length(Span::from_seconds(41.6)), "42 s");
        check(length(Span::from_seconds(65.0)), "1 min 5 s");
        check(length(Span::from_seconds(120.0)), "2 min");
        check(spoken_position(Instant::from_seconds(61.0)), "1 minute 1 second");
        check(spoken_position(Instant::from_seconds(120.5)), "2 minutes");
    }

    #[test]
    fn time_left_is_coarse() {
        check(time_left(3.0), "a few seconds left");
        check(time_left(23.0), "about 25 s left");
        check(time_left(56.0), "about 1 min left");
        check(time_left(400.0), "about 7 min left");
        check(time_left(5400.0), "about 1 h 30 min left");
        check(time_left(f32::NAN), "");
    }

    #[test]
    fn sizes() {
        check(size(12), "12 B");
        check(size(41_280_000), "41.3 MB");
        check(size(999_600), "1.0 MB");
        check(size(151_000_000), "151 MB");
        check(size(1_520_000_000), "1.5 GB");
    }

    #[test]
    fn each_language_writes_numbers_and_units_its_own_way() {
        let check = |language: Language, expected: [&str; 6]| {
            text::use_language(language, text::source(language).unwrap_or_default());
            let said = [
                size(41_280_000),
                percent(0.423),
                length(Span::from_seconds(65.0)),
                exact_position(Instant::from_seconds(65.26)),
                spoken_position(Instant::from_seconds(121.0)),
                time_left(400.0),
            ];
            assert_eq!(said, expected);
        };
        check(
            Language::German,
            ["41,3 MB", "42 %", "1 min 5 s", "1:05,3", "2 Minuten 1 Sekunde", "noch etwa 7 min"],
        );
        check(
            Language::Spanish,
            ["41,3 MB", "42 %", "1 min 5 s", "1:05,3", "2 minutos 1 segundo", "faltan unos 7 min"],
        );
        check(Language::Japanese, ["41.3 MB", "42%", "1分5秒", "1:05.3", "2分1秒", "残り約7分"]);
        check(
            Language::English,
            ["41.3 MB", "42 %", "1 min 5 s", "1:05.3", "2 minutes 1 second", "about 7 min left"],
        );
    }

    #[test]
    fn names_are_safe() {
        check(clip_file_name(3, "What we learned?"), "03 What we learned.mp4");
        check(clip_file_name(4, "  a/b\\c:  d "), "04 a b c d.mp4");
        check(clip_file_name(5, "..."), "05.mp4");
        check(clip_file_name(6, "Что мы узнали"), "06 Что мы узнали.mp4");
        assert!(clip_file_name(7, &"long ".repeat(100)).chars().count() < 70);
        check(stem("my.talk.mp4").into(), "my.talk");
        check(stem(".hidden").into(), ".hidden");
    }
}
