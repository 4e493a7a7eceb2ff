//! What is shown when no model wrote it: the passage's own words, chosen by rules. Never fails, never adds a claim.

use super::clause::clauses;
use super::hashtags::{join_tags, keyphrase, tags};
use super::passage::{Passage, Read};
use super::piece::{MOST_TAGS, Piece};
use super::token::{Kind, Token};
use crate::headline::{is_torn, shortened};
use crate::order;
use crate::script::raised;
use crate::select::lexicon::{asks, claims, is_housekeeping, leaning, opens_story, plain, surprises};

/// The piece by rules; empty only for an empty passage (or, of hashtags, one without a content word).
pub fn fallback(piece: Piece, passage: &Passage) -> String {
    match piece {
        Piece::Title => title(passage),
        Piece::Hook => hook(passage),
        Piece::Summary => summary(passage),
        Piece::Post => join_tags(&hook(passage), &tags(passage, MOST_TAGS)),
        Piece::Hashtags => tags(passage, MOST_TAGS).join(" "),
    }
}

/// Clauses of the passage that could be the piece, the best by rules first; none for pieces that are more than a clause.
pub fn candidates(piece: Piece, passage: &Passage) -> Vec<String> {
    const MOST: usize = 6;
    if !matches!(piece, Piece::Title | Piece::Hook) {
        return Vec::new();
    }
    let mut found = catching(passage, piece.most_chars());
    order::sort_by(&mut found, |a, b| b.0.total_cmp(&a.0));
    let mut texts: Vec<String> = Vec::new();
    for (_, text) in found {
        let text = if piece == Piece::Title { text.trim_end_matches('.').to_owned() } else { text };
        if piece == Piece::Title && is_torn(&text) {
            continue;
        }
        // A part of one that is there already is no other choice.
        if !texts.iter().any(|known| known.contains(&text) || text.contains(known.as_str())) {
            texts.push(text);
        }
        if texts.len() == MOST {
            break;
        }
    }
    texts
}

fn title(passage: &Passage) -> String {
    let given = passage.title();
    let made = if given.is_empty() { keyphrase(passage.sentences()) } else { given.to_owned() };
    shortened(&made, Piece::Title.most_chars())
}

/// The clause that would best make one listen; of equal ones the first.
fn hook(passage: &Passage) -> String {
    let most = Piece::Hook.most_chars();
    let found = catching(passage, most);
    let best = found.into_iter().rev().max_by(|a, b| a.0.total_cmp(&b.0));
    let opening = || passage.sentences().first().map(|first| shortened(&raised(&first.text), most));
    best.map(|(_, text)| text).or_else(opening).unwrap_or_default()
}

/// Clauses of at most so many characters, each with how well it would make one listen, in the order of the passage.
fn catching(passage: &Passage, most_chars: usize) -> Vec<(f32, String)> {
    let mut found = Vec::new();
    for (place, sentence) in passage.sentences().iter().enumerate() {
        for clause in clauses(sentence).into_iter().filter(|clause| clause.text.chars().count() <= most_chars)
        {
            let early = if place == 0 { 0.2 } else { 0.0 };
            let part = if clause.tokens.len() < sentence.tokens.len() { 0.25 } else { 0.0 };
            found.push((early - part + catch(&clause.text, clause.tokens), clause.text));
        }
    }
    found
}

fn catch(text: &str, tokens: &[Token]) -> f32 {
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    let first = words.first().map_or("", String::as_str);
    let signals = [
        (asks(first, text), 0.6),
        (opens_story(&words.join(" ")), 0.5),
        (words.iter().any(|word| surprises(word)), 0.4),
        (words.iter().any(|word| claims(word)), 0.3),
        (tokens.iter().any(|token| token.kind == Kind::Number), 0.25),
        (tokens.iter().any(|token| token.is_capital && token.word > 0 && token.plain != "i"), 0.15),
    ];
    let signaled: f32 = signals.iter().filter(|signal| signal.0).map(|signal| signal.1).sum();
    let content = tokens.iter().filter(|token| token.is_content()).count();
    let bare = if content < 3 { 0.8 } else { 0.0 };
    let long = 0.03 * words.len().saturating_sub(14) as f32;
    let hangs = 0.5 * leaning(first, words.get(1).map_or("", String::as_str));
    let housekeeping = if is_housekeeping(&words.join(" ")) { 1.5 } else { 0.0 };
    signaled + 0.05 * content.min(6) as f32 - bare - long - hangs - housekeeping
}

/// The most central sentence, and a second one where there is room, in the order in which they were said.
fn summary(passage: &Passage) -> String {
    let most = Piece::Summary.most_chars();
    let sentences = passage.sentences();
    let mut ranked: Vec<usize> = (0..sentences.len()).collect();
    let worth: Vec<f32> = ranked.iter().map(|&at| centrality(at, sentences)).collect();
    order::sort_by(&mut ranked, |&a, &b| worth[b].total_cmp(&worth[a]).then(a.cmp(&b)));
    let length = |at: usize| sentences[at].text.chars().count();
    let Some(first) = ranked.iter().copied().find(|&at| length(at) <= most) else {
        return sentences.first().map(|first| shortened(&raised(&first.text), most)).unwrap_or_default();
    };
    let fits = |&at: &usize| {
        at != first
            && length(at) + length(first) < most
            && worth[at] > 0.0
            && shared(&sentences[at], &sentences[first]) < 0.7
    };
    let mut chosen = vec![first];
    chosen.extend(ranked.into_iter().find(fits));
    order::sort_by(&mut chosen, Ord::cmp);
    chosen.iter().map(|&at| raised(&sentences[at].text)).collect::<Vec<_>>().join(" ")
}

/// How much of a sentence the others say too. A question or a greeting sums up nothing.
fn centrality(at: usize, sentences: &[Read]) -> f32 {
    let one = &sentences[at];
    let plain_words: Vec<String> = one.text.split_whitespace().map(plain).collect();
    let others = sentences.iter().enumerate().filter(|(other, _)| *other != at);
    let sum: f32 = others.map(|(_, other)| shared(one, other)).sum();
    let hangs = 0.4
        * leaning(
            plain_words.first().map_or("", String::as_str),
            plain_words.get(1).map_or("", String::as_str),
        );
    let asks = if one.text.ends_with('?') { 0.3 } else { 0.0 };
    let housekeeping = if is_housekeeping(&plain_words.join(" ")) { 1.0 } else { 0.0 };
    let content = one.tokens.iter().filter(|token| token.is_content()).count();
    sum / (sentences.len().max(2) - 1) as f32 + 0.02 * content.min(12) as f32
        - 0.1 * (hangs + asks + housekeeping)
}

/// The share of content words that two sentences have in common.
fn shared(a: &Read, b: &Read) -> f32 {
    let content = |read: &'_ Read| read.tokens.iter().filter(|token| token.is_content()).count() as f32;
    let said = |token: &&Token| {
        token.is_content() && b.tokens.iter().any(|other| other.is_content() && other.is_same(token))
    };
    let common = a.tokens.iter().filter(said).count() as f32;
    common / (content(a) * content(b)).sqrt().max(1.0)
}
