//! A title in the speaker's own words: the strongest short phrase of a clip.

use std::collections::HashMap;

use super::lexicon::{is_content, plain};
use super::line::Line;

const LONGEST: usize = 60;
const SHORTEST: usize = 12;

/// At most 60 characters, quoted from the clip without changing a word's letters (a first small letter is raised).
/// `common`: how often each content word is said in the clip.
pub(super) fn title(lines: &[Line], common: &HashMap<u32, f32>) -> String {
    let mut best: Option<(f32, String)> = None;
    for (place, line) in lines.iter().enumerate() {
        let about =
            line.stems.iter().map(|stem| common.get(stem).copied().unwrap_or(0.0).min(4.0)).sum::<f32>();
        let mut worth = about / (line.stems.len().max(4) as f32) + 0.8 * line.hook.strength();
        worth += if place == 0 { 0.7 } else { 0.0 };
        worth -= 0.5 * line.leaning + if line.housekeeping || line.repeats { 1.0 } else { 0.0 };
        for (phrase, whole) in phrases(&line.text) {
            let content = phrase.split_whitespace().filter(|word| is_content(&plain(word))).count() as f32;
            let value = worth + 0.22 * content.min(5.0) + if whole { 0.5 } else { 0.0 };
            if best.as_ref().is_none_or(|(most, _)| value > *most) {
                best = Some((value, phrase));
            }
        }
    }
    best.map(|(_, phrase)| phrase).unwrap_or_default()
}

/// Phrases of a sentence that could stand as a title, and whether each ends where the sentence or a clause of it does.
fn phrases(text: &str) -> Vec<(String, bool)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut starts = vec![0];
    starts.extend(
        (1..words.len()).filter(|&i| words[i - 1].ends_with([',', ';', ':', '—', '–', '.', '?', '!'])),
    );
    let mut found = Vec::new();
    for start in starts {
        // Up to each end of a clause that fits, or as far as a line reaches.
        let mut length = 0;
        let mut end = start;
        let mut clause = None;
        for (i, word) in words.iter().enumerate().skip(start) {
            length += word.chars().count() + usize::from(i > start);
            if length > LONGEST + 1 {
                break;
            }
            end = i + 1;
            if word.ends_with([',', ';', ':', '.', '?', '!', '—', '–']) || end == words.len() {
                clause = Some(end);
            }
        }
        let (end, whole) = match clause {
            Some(end) => (end, true),
            None => (end, false),
        };
        if let Some(phrase) = tidy(&words[start..end], whole) {
            found.push((phrase, whole));
        }
    }
    found
}

/// Takes off filling at the start, what dangles at the end and the marks there; raises the first letter.
fn tidy(words: &[&str], whole: bool) -> Option<String> {
    let mut words = words;
    while let Some((first, rest)) = words.split_first()
        && matches!(
            plain(first).as_str(),
            "and"
                | "but"
                | "so"
                | "yeah"
                | "well"
                | "okay"
                | "um"
                | "uh"
                | "or"
                | "because"
                | ""
                | "now"
                | "oh"
        )
    {
        words = rest;
    }
    while let Some((last, rest)) = words.split_last()
        && !whole
        && !is_content(&plain(last))
    {
        words = rest;
    }
    let joined = words.join(" ");
    let phrase =
        joined.trim_end_matches([',', ';', ':', '.', '—', '–', '-', ' ']).trim_matches(['"', '“', '”']);
    let length = phrase.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return None;
    }
    let mut letters = phrase.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}
