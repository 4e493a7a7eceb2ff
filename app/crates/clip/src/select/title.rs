//! A title in the speaker's own words: the strongest short phrase of a clip.

use std::collections::HashMap;

use super::lexicon::{is_content, plain, stem};
use super::line::Line;

const LONGEST: usize = 60;
const SHORTEST: usize = 12;

/// At most 60 characters, quoted from the clip; only the first letter is raised and marks at the end are left out.
/// Empty if no phrase is long enough.
pub(super) fn title(lines: &[Line]) -> String {
    let mut said: HashMap<String, usize> = HashMap::new();
    for word in lines.iter().flat_map(|line| line.text.split_whitespace()) {
        if let Some(stem) = stem(&plain(word)) {
            *said.entry(stem).or_default() += 1;
        }
    }
    let mut best: Option<(f32, String)> = None;
    for (place, line) in lines.iter().enumerate() {
        let dull = line.housekeeping || line.repeats;
        let of_line =
            if place == 0 { 0.5 } else { 0.0 } + 0.6 * line.hook.strength() - if dull { 1.0 } else { 0.0 };
        for phrase in phrases(&line.text) {
            let value = of_line + phrase.worth(&said);
            if best.as_ref().is_none_or(|(most, _)| value > *most) {
                best = Some((value, phrase.text));
            }
        }
    }
    best.map(|(_, text)| text).unwrap_or_default()
}

/// Part of a sentence that could stand as a title.
struct Phrase {
    text: String,
    /// Begins where the sentence does, ends where it or one of its clauses does.
    begins: bool,
    ends: bool,
}

impl Phrase {
    fn worth(&self, said: &HashMap<String, usize>) -> f32 {
        let words: Vec<String> = self.text.split_whitespace().map(plain).collect();
        let mut stems: Vec<String> = words.iter().filter_map(|word| stem(word)).collect();
        stems.sort();
        stems.dedup();
        // What the clip comes back to is what it is about.
        let recurring = |stem: &String| {
            0.3 + 0.2 * said.get(stem).map_or(0, |count| count.saturating_sub(1).min(3)) as f32
        };
        let about: f32 = stems.iter().map(recurring).sum();
        let filling = 1.0 - stems.len() as f32 / words.len().max(1) as f32;
        let names =
            self.text.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_uppercase)).count();
        let hanging = words.first().is_some_and(|first| HANGS.contains(&first.as_str()));
        about.min(2.2) - 0.5 * filling
            + 0.15 * names.min(2) as f32
            + if self.begins { 0.35 } else { 0.0 }
            + if self.ends { 0.5 } else { 0.0 }
            - if hanging { 0.7 } else { 0.0 }
    }
}

/// A phrase that begins so belongs to what stands before it.
const HANGS: &[&str] = &[
    "in", "on", "at", "by", "of", "to", "from", "with", "for", "as", "which", "that", "who", "whose",
    "where", "when", "if", "than", "then", "into", "about", "before", "after", "it", "he", "she", "they",
    "this", "these", "those", "him", "her", "them", "is", "was", "were", "are", "be", "because", "while",
    "until", "since", "is",
];

fn phrases(text: &str) -> Vec<Phrase> {
    let ends_clause = |word: &str| word.ends_with([',', ';', ':', '.', '?', '!', '—', '–']);
    let words: Vec<&str> = text.split_whitespace().collect();
    let starts = (0..words.len()).filter(|&i| i == 0 || ends_clause(words[i - 1]));
    let mut found = Vec::new();
    for start in starts {
        let mut length = 0;
        let (mut reach, mut has_clause) = (start, false);
        for (i, word) in words.iter().enumerate().skip(start) {
            length += word.chars().count() + usize::from(i > start);
            // A mark at the end will be taken off.
            if length > LONGEST + 1 {
                break;
            }
            reach = i + 1;
            if ends_clause(word) || reach == words.len() {
                has_clause = true;
                found.extend(tidy(&words[start..reach], start == 0, true));
            }
        }
        if !has_clause {
            found.extend(tidy(&words[start..reach], start == 0, false));
        }
    }
    found
}

/// Takes off filling at the start, what dangles at the end and the marks there; raises the first letter.
fn tidy(words: &[&str], begins: bool, ends: bool) -> Option<Phrase> {
    const FILLING: &[&str] = &[
        "and", "but", "so", "yeah", "yes", "well", "okay", "ok", "um", "uh", "or", "because", "now", "oh",
        "like", "",
    ];
    let mut words = words;
    while let Some((first, rest)) = words.split_first()
        && FILLING.contains(&plain(first).as_str())
    {
        words = rest;
    }
    while let Some((last, rest)) = words.split_last()
        && !ends
        && !is_content(&plain(last))
    {
        words = rest;
    }
    let joined = words.join(" ");
    let text =
        joined.trim_end_matches([',', ';', ':', '.', '—', '–', '-', ' ']).trim_matches(['"', '“', '”']);
    let mut letters = text.chars();
    let first = letters.next()?;
    let text: String = first.to_uppercase().chain(letters).collect();
    (SHORTEST..=LONGEST).contains(&text.chars().count()).then_some(Phrase { text, begins, ends })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        let got: Vec<String> = phrases(text).into_iter().map(|phrase| phrase.text).collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn phrases_are_short_whole_and_tidy() {
        check("Ask what you can do.", &["Ask what you can do"]);
        check("And so, why do we dream?", &["Why do we dream?", "Why do we dream?"]);
        check(
            "Unlike any other rabbit, Luna was born with wings, a rare gift that she had yet to understand the purpose of.",
            &[
                "Unlike any other rabbit",
                "Unlike any other rabbit, Luna was born with wings",
                "Luna was born with wings",
                "A rare gift that she had yet to understand the purpose of",
            ],
        );
        check("Yes. No.", &[]);
    }
}
