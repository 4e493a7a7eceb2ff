//! The words that tell most of what a text is about, as keywords, hashtags and titles of chapters. Refuses to weigh them:
//! that is done by [`terms`].

use std::collections::HashMap;

use super::passage::{Passage, Read};
use super::piece::Piece;
use super::terms::{is_topic, terms};
use super::token::{Kind, Mood, Token, tokens};
use crate::script::raised;
use crate::sentence::Sentence;

/// What a video is about, most telling first; at most `most` words and names.
pub fn keywords(sentences: &[Sentence], most: usize) -> Vec<String> {
    let read: Vec<Read> = sentences.iter().map(|sentence| Read::new(&sentence.text())).collect();
    terms(&read).into_iter().take(most).map(|term| term.words.join(" ")).collect()
}

/// A short phrase in the words of a chapter; empty where nothing is said.
pub fn chapter_title(sentences: &[Sentence]) -> String {
    let read: Vec<Read> = sentences.iter().map(|sentence| Read::new(&sentence.text())).collect();
    keyphrase(&read)
}

/// The run of words that holds most of what some sentences are about; empty where nothing is said.
pub(crate) fn keyphrase_of(sentences: &[&str]) -> String {
    let read: Vec<Read> = sentences.iter().map(|text| Read::new(text)).collect();
    keyphrase(&read)
}

/// Hashtags for a passage, most telling first, at most `most`; fewer where it says little.
pub(super) fn tags(passage: &Passage, most: usize) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for term in terms(passage.sentences()) {
        let (tag, name) = (tag(&term.words), term.words.concat());
        if tags.len() < most && !tags.contains(&tag) && tag_of(&name, passage).is_some() {
            tags.push(tag);
        }
    }
    tags
}

/// A name given as a hashtag, in the passage's words: one content word, or up to three that stand together. Parts of words are
/// none, nor is what is denied each time it is said.
pub(super) fn tag_of(name: &str, passage: &Passage) -> Option<String> {
    const MOST_WORDS: usize = 3;
    let glued: String = name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let alone = tokens(&glued);
    let mut spelled: Option<String> = None;
    for sentence in passage.sentences() {
        for from in 0..sentence.tokens.len() {
            for to in from + 1..=sentence.tokens.len().min(from + MOST_WORDS) {
                let run = &sentence.tokens[from..to];
                let is_run = run.iter().map(|token| token.plain.as_str()).collect::<String>() == glued;
                let is_form = run.len() == 1 && alone.len() == 1 && run[0].is_same(&alone[0]);
                let ends_tell = [run.first(), run.last()].into_iter().flatten().all(is_topic);
                if (is_run || is_form) && ends_tell && is_whole(&sentence.tokens, from, to) {
                    let words: Vec<String> = run.iter().map(|token| token.plain.clone()).collect();
                    let spelled = spelled.get_or_insert_with(|| tag(&words));
                    if is_meant(run) {
                        return Some(spelled.clone());
                    }
                }
            }
        }
    }
    None
}

/// Whether a run neither begins nor ends inside of a word, as "sun" does in "Sun-Times", nor goes on over a mark.
fn is_whole(tokens: &[Token], from: usize, to: usize) -> bool {
    let apart = |a: usize, b: usize| tokens.get(a).zip(tokens.get(b)).is_none_or(|(a, b)| a.word != b.word);
    let begins = from.checked_sub(1).is_none_or(|before| apart(before, from));
    begins && apart(to - 1, to) && !tokens[from..to - 1].iter().any(|token| token.breaks)
}

/// "Not guilty" is not about a guilty one; "nobody in New York" is about New York.
fn is_meant(run: &[Token]) -> bool {
    run.iter().all(|token| token.mood != Mood::Denied || token.is_inner_capital())
}

/// Text with hashtags below it, as many as there is room for.
pub(super) fn join_tags(text: &str, tags: &[String]) -> String {
    let mut joined = text.to_owned();
    for (at, tag) in tags.iter().enumerate() {
        let space = if at == 0 { "\n\n" } else { " " };
        let longer = format!("{joined}{space}{tag}");
        if longer.chars().count() > Piece::Post.most_chars() {
            break;
        }
        joined = longer;
    }
    joined
}

fn tag(words: &[String]) -> String {
    let named: String = words.iter().map(|word| raised(word)).collect();
    format!("#{}", named.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
}

/// The run of words that holds most of what a text is about.
pub(super) fn keyphrase(sentences: &[Read]) -> String {
    let weights: HashMap<String, f32> = terms(sentences)
        .into_iter()
        .flat_map(|term| term.words.into_iter().map(move |word| (word.to_lowercase(), term.weight)))
        .collect();
    let mut best: Option<(f32, String)> = None;
    for sentence in sentences {
        for (worth, text) in phrases(sentence, &weights) {
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, text));
            }
        }
    }
    let opening = || {
        let first = sentences.first().map_or("", |sentence| sentence.text.as_str());
        first.split_whitespace().take(6).collect::<Vec<_>>().join(" ")
    };
    let text = best.map_or_else(opening, |(_, text)| text);
    raised(text.trim_matches(|c: char| !c.is_alphanumeric()))
}

fn phrases(sentence: &Read, weights: &HashMap<String, f32>) -> Vec<(f32, String)> {
    const LONGEST: usize = 45;
    const MOST_WORDS: usize = 6;
    let words: Vec<&str> = sentence.text.split_whitespace().collect();
    let tokens = &sentence.tokens;
    let mut found = Vec::new();
    for from in (0..tokens.len()).filter(|&at| is_topic(&tokens[at])) {
        for to in from..tokens.len().min(from + MOST_WORDS) {
            let token = &tokens[to];
            // What is denied must not be named as if it were said.
            let denied = matches!(token.mood, Mood::Denied | Mood::Hedged);
            if denied || !(is_topic(token) || token.kind == Kind::Number || binds(&token.plain)) {
                break;
            }
            let text = words[tokens[from].word..=token.word].join(" ");
            if is_topic(token) && text.chars().count() <= LONGEST {
                found.push((worth(&tokens[from..=to], weights), text));
            }
            if token.breaks {
                break;
            }
        }
    }
    found
}

/// Distinct words add up with less and less gained, so that a phrase stays short.
fn worth(run: &[Token], weights: &HashMap<String, f32>) -> f32 {
    let mut counted: Vec<&Token> = Vec::new();
    let mut sum = 0.0;
    for token in run.iter().filter(|token| is_topic(token)) {
        if !counted.iter().any(|other| other.is_same(token)) {
            let weight = token.forms.iter().filter_map(|form| weights.get(form)).copied().fold(0.5, f32::max);
            sum += weight * 0.75_f32.powi(counted.len() as i32);
            counted.push(token);
        }
    }
    sum - 0.2 * (run.len() - counted.len()) as f32
}

fn binds(plain: &str) -> bool {
    matches!(plain, "of" | "the" | "a" | "an" | "in" | "for" | "to" | "with" | "from" | "by" | "on")
}
