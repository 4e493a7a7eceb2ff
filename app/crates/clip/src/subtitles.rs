//! Subtitle files: SubRip and WebVTT, of a whole transcript or of one clip.

use std::fmt::Write;

use media::time::{Instant, Span};

use crate::insights::Insights;
use crate::line_breaks::{Limits, Said, groups, line_text, second_line, shown_words, turns};
use crate::script::{Direction, direction, embedded, marked};
use crate::timeline::SourceRange;
use crate::transcript::{Segment, Transcript, Word};

/// What broadcasters' guides agree on: two lines of 42 characters, seven seconds.
const LIMITS: Limits =
    Limits { line_chars: 42, longest: Span::from_millis(7_000), pause: Span::from_millis(1_200) };
/// A cue stays so long if nothing follows it, or it could not be read.
const SHORTEST: Span = Span::from_millis(1_000);

#[derive(Debug, Clone, PartialEq)]
struct Cue {
    start: Instant,
    end: Instant,
    lines: Vec<String>,
    /// Which way most of its words are read.
    way: Direction,
    /// Who speaks, where several do.
    voice: Option<String>,
}

/// A SubRip file of everything that was said.
pub fn srt(transcript: &Transcript) -> String {
    srt_with_names(transcript, &Insights::default())
}

/// The same; where several people speak, a name stands where each begins.
pub fn srt_with_names(transcript: &Transcript, insights: &Insights) -> String {
    let turns = turns(shown_words(transcript.words()), insights);
    let named = turns.into_iter().map(|turn| turn.named(|speaker| speaker.name.to_string()));
    srt_of(&cues(&named.collect::<Vec<_>>(), Instant::ZERO))
}

/// A WebVTT file of everything that was said.
pub fn vtt(transcript: &Transcript) -> String {
    vtt_with_names(transcript, &Insights::default())
}

/// The same; where several people speak, each cue says whose voice it is.
pub fn vtt_with_names(transcript: &Transcript, insights: &Insights) -> String {
    vtt_of(&cues(&turns(shown_words(transcript.words()), insights), Instant::ZERO))
}

/// A SubRip file of one clip; its times count from `start`. Words whose middle lies outside are left out.
pub fn clip_srt(segments: &[Segment], start: Instant, end: Instant) -> String {
    let words = segments.iter().flat_map(|segment| &segment.words);
    let range = SourceRange { start, end };
    let words = shown_words(words.filter(|word: &&Word| range.holds(word)));
    srt_of(&cues(&turns(words, &Insights::default()), start))
}

fn cues(turns: &[Said], zero: Instant) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    for (index, turn) in turns.iter().enumerate() {
        let after = turns.get(index + 1).and_then(|next| next.words.first());
        let words = &turn.words;
        for group in groups(words, LIMITS) {
            let members = &words[group.clone()];
            let (Some(first), Some(last)) = (members.first(), members.last()) else { continue };
            let (upper, lower) = members.split_at(second_line(members, LIMITS.line_chars));
            let lines = [upper, lower].into_iter().filter(|line| !line.is_empty()).map(line_text).collect();
            let next = words.get(group.end).or(after).map_or(Instant::MAX, |word| word.start);
            let end = last.end.max(first.start + SHORTEST).min(next).max(first.start);
            let at = |instant: Instant| Instant::ZERO + (instant - zero).max(Span::ZERO);
            let voice = turn.speaker.map(|speaker| speaker.name.to_string());
            let spoken = members.iter().filter(|word| !word.is_name).map(|word| word.text.as_str());
            let way = direction(spoken);
            cues.push(Cue { start: at(first.start), end: at(end), lines, way, voice });
        }
    }
    cues
}

fn srt_of(cues: &[Cue]) -> String {
    let mut text = String::new();
    for (cue, number) in cues.iter().zip(1..) {
        let (start, end) = (clock(cue.start, ','), clock(cue.end, ','));
        let lines: Vec<String> = cue.lines.iter().map(|line| embedded(line.clone(), cue.way)).collect();
        // Writing to a string cannot fail.
        let _ = write!(text, "{number}\n{start} --> {end}\n{}\n\n", lines.join("\n"));
    }
    text
}

fn vtt_of(cues: &[Cue]) -> String {
    let mut text = String::from("WEBVTT\n\n");
    for cue in cues {
        let (start, end) = (clock(cue.start, '.'), clock(cue.end, '.'));
        let lines: Vec<String> = cue.lines.iter().map(|line| marked(line.clone(), cue.way)).collect();
        let lines = escaped(&lines.join("\n"));
        let voice = cue.voice.as_ref().map(|name| format!("<v {}>", escaped(name))).unwrap_or_default();
        let _ = write!(text, "{start} --> {end}\n{voice}{lines}\n\n");
    }
    text
}

/// WebVTT §3.4: these three would begin markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// `hh:mm:ss.mmm` with the given mark before the milliseconds.
fn clock(at: Instant, mark: char) -> String {
    let millis = at.micros().max(0).saturating_add(500) / 1000;
    let (hours, minutes, seconds) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}{mark}{:03}", millis % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insights::tests::conversation;
    use crate::transcript::tests::segment;

    fn talk() -> Transcript {
        let mut transcript = Transcript::default();
        transcript.merge(vec![
            segment(
                "In the heart of an ancient forest, where the trees whispered secrets of the past,",
                1.0,
                6.0,
            ),
            segment("there lived a rabbit named Luna & <friends>.", 6.0, 9.0),
            segment("Yes.", 3_600.0, 3_600.25),
        ]);
        transcript
    }

    #[test]
    fn scripts_without_spaces_have_none() {
        let mut segment = segment("今日 は 天気 が いい です 。 明日 も 、 きっと 。", 1.0, 4.0);
        segment.words.iter_mut().for_each(|word| word.text = word.text.trim().to_owned());
        let transcript = Transcript { segments: vec![segment], ..Transcript::default() };
        let want = "1\n00:00:01,000 --> 00:00:02,750\n今日は天気がいいです。\n\n\
                    2\n00:00:02,750 --> 00:00:04,000\n明日も、きっと。\n\n";
        assert_eq!(srt(&transcript), want);
        assert!(vtt(&transcript).contains("\n今日は天気がいいです。\n"));
    }

    #[test]
    fn lines_from_right_to_left_are_marked_as_such() {
        let transcript =
            |text: &str| Transcript { segments: vec![segment(text, 1.0, 3.0)], ..Transcript::default() };
        let check = |text: &str, in_srt: &str, in_vtt: &str| {
            let (srt, vtt) = (srt(&transcript(text)), vtt(&transcript(text)));
            assert!(srt.contains(&format!("000\n{in_srt}\n\n")), "{srt:?}");
            assert!(vtt.contains(&format!("000\n{in_vtt}\n\n")), "{vtt:?}");
        };
        check("שלום, עולם!", "\u{202b}שלום, עולם!\u{202c}", "שלום, עולם!");
        check("Rust היא שפה.", "\u{202b}Rust היא שפה.\u{202c}", "\u{200f}Rust היא שפה.");
        check("مرحبا بكم.", "\u{202b}مرحبا بكم.\u{202c}", "مرحبا بكم.");
        check("Hello, world!", "Hello, world!", "Hello, world!");
    }

    #[test]
    fn subrip() {
        let got = srt(&talk());
        let first = "1\n00:00:01,000 --> 00:00:06,000\nIn the heart of an ancient forest, where\n\
                     the trees whispered secrets of the past,\n\n";
        assert!(got.starts_with(first), "{got}");
        assert!(got.contains("\n01:00:00,000 --> 01:00:01,000\nYes.\n\n"), "{got}");
        let numbers = got.split("\n\n").filter_map(|cue| cue.split('\n').next()?.parse::<u32>().ok());
        assert!(numbers.zip(1..).all(|(number, want)| number == want));
    }

    #[test]
    fn cues_keep_the_limits_and_their_order() {
        let insights = Insights::default();
        let cues = cues(&turns(shown_words(talk().words()), &insights), Instant::ZERO);
        assert!(cues.len() >= 3);
        for cue in &cues {
            assert!(
                cue.lines.len() <= 2 && cue.lines.iter().all(|line| line.chars().count() <= 42),
                "{cue:?}"
            );
            assert!(cue.end - cue.start <= Span::from_millis(7_000), "{cue:?}");
        }
        assert!(cues.windows(2).all(|pair| pair[0].end <= pair[1].start));
        let words: Vec<String> = cues.iter().flat_map(|cue| cue.lines.iter().cloned()).collect();
        assert_eq!(words.join(" "), talk().text());
    }

    #[test]
    fn webvtt_escapes_markup() {
        let got = vtt(&talk());
        assert!(got.starts_with("WEBVTT\n\n00:00:01.000 --> "), "{got}");
        assert!(got.contains("&amp; &lt;friends&gt;."), "{got}");
        assert_eq!(vtt(&Transcript::default()), "WEBVTT\n\n");
    }

    /// Anna until 6 s, then Ben until 3000 s, then Anna again.
    fn turns_of_two() -> Insights {
        let turns = [(0.0, 6.0, 0), (6.0, 3000.0, 1), (3000.0, 4000.0, 0)];
        conversation(&turns, &[("Anna", 0), ("Ben & Co", 1)])
    }

    #[test]
    fn names_stand_where_somebody_else_begins() {
        let got = srt_with_names(&talk(), &turns_of_two());
        let check = |text: &str, part: &str, count: usize| {
            assert_eq!(text.matches(part).count(), count, "{part} in {text}");
        };
        check(&got, "\nAnna: ", 2);
        check(&got, "\nAnna: In the heart", 1);
        check(&got, "\nBen & Co: there lived", 1);
        assert!(got.lines().all(|line| line.chars().count() <= 42), "{got}");
        let got = vtt_with_names(&talk(), &turns_of_two());
        check(&got, "<v Anna>", 2);
        check(&got, "<v Ben &amp; Co>there lived", 1);
        // One voice needs no name.
        let mut alone = turns_of_two();
        alone.merge(1, 0);
        assert_eq!(srt_with_names(&talk(), &alone), srt(&talk()));
        assert_eq!(vtt_with_names(&talk(), &alone), vtt(&talk()));
    }

    #[test]
    fn a_clip_counts_from_its_own_start() {
        let got = clip_srt(&talk().segments, Instant::from_seconds(3_599.9), Instant::from_seconds(3_601.0));
        assert_eq!(got, "1\n00:00:00,100 --> 00:00:01,100\nYes.\n\n");
    }
}
