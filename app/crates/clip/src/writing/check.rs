//! Whether an answer of the language model may be shown as the piece it was asked for. What it quotes is given back in
//! the passage's own spelling. Refuses to mend what is wrong: for that there are the rules.

use super::clause::clauses;
use super::clean::clean;
use super::hashtags::{join_tags, tag_of};
use super::passage::Passage;
use super::piece::{FEWEST_TAGS, MOST_TAGS, Piece};
use super::quotation::quotes;
use super::rejection::Rejection;
use super::token::{Token, tokens};
use crate::headline::is_torn;
use crate::script::raised;
use crate::sentence::{cut, is_finished};

/// The answer as it can be shown, or what is wrong with it.
pub fn check(piece: Piece, answer: &str, passage: &Passage) -> Result<String, Rejection> {
    let answer = clean(piece, answer)?;
    match piece {
        Piece::Title => title(&answer, passage),
        Piece::Hook => hook(&answer, passage),
        Piece::Summary => sentences(&answer, 2, piece.most_chars(), passage),
        Piece::Post => post(&answer, passage),
        Piece::Hashtags => hashtags(&answer, passage),
    }
}

fn title(answer: &str, passage: &Passage) -> Result<String, Rejection> {
    let title = answer.trim_end_matches(['.', ',', ';', ':', ' ']);
    if title.chars().count() > Piece::Title.most_chars() {
        return Err(Rejection::TooLong(Piece::Title.most_chars()));
    }
    let read = tokens(title);
    if read.len() < 2 || !read.iter().any(Token::is_content) {
        return Err(Rejection::TooShort);
    }
    repeats(&read, passage)?;
    quotes(title, passage)?;
    if is_torn(title) {
        return Err(Rejection::Torn);
    }
    Ok(raised(title))
}

fn hook(answer: &str, passage: &Passage) -> Result<String, Rejection> {
    const FEWEST_WORDS: usize = 3;
    let first = cut(answer).into_iter().next().ok_or(Rejection::Empty)?;
    let said = tokens(&first);
    if said.len() < FEWEST_WORDS {
        return Err(Rejection::TooShort);
    }
    let same = |(a, b): (&Token, &Token)| a.plain == b.plain;
    let mut rejection = Rejection::NotQuoted;
    for sentence in passage.sentences() {
        let mut runs = sentence.tokens.windows(said.len());
        if runs.any(|run| run.iter().zip(&said).all(same)) {
            rejection = Rejection::Torn;
        }
        let whole = clauses(sentence)
            .into_iter()
            .find(|clause| clause.tokens.len() == said.len() && clause.tokens.iter().zip(&said).all(same));
        let Some(whole) = whole else { continue };
        if whole.text.chars().count() > Piece::Hook.most_chars() {
            return Err(Rejection::TooLong(Piece::Hook.most_chars()));
        }
        return Ok(whole.text);
    }
    Err(rejection)
}

/// As many of the first sentences as pass: behind one that does not, the next may have lost its sense.
fn sentences(answer: &str, most: usize, most_chars: usize, passage: &Passage) -> Result<String, Rejection> {
    const FEWEST_WORDS: usize = 4;
    let mut kept = String::new();
    let mut rejection = Rejection::TooShort;
    for sentence in cut(answer).iter().take(most) {
        let longer = if kept.is_empty() { sentence.clone() } else { format!("{kept} {sentence}") };
        if let Err(found) = statement(sentence, &longer, most_chars, passage) {
            rejection = found;
            break;
        }
        kept = longer;
    }
    if kept.split_whitespace().count() >= FEWEST_WORDS { Ok(raised(&kept)) } else { Err(rejection) }
}

/// `so_far`: the sentence with all before it.
fn statement(sentence: &str, so_far: &str, most_chars: usize, passage: &Passage) -> Result<(), Rejection> {
    if !is_finished(sentence) {
        return Err(Rejection::Unfinished);
    }
    if so_far.chars().count() > most_chars {
        return Err(Rejection::TooLong(most_chars));
    }
    // "It is poison" says something of anything.
    if tokens(sentence).iter().filter(|token| token.is_content()).count() < 2 {
        return Err(Rejection::TooShort);
    }
    quotes(sentence, passage)?;
    repeats(&tokens(so_far), passage)
}

fn post(answer: &str, passage: &Passage) -> Result<String, Rejection> {
    let words: Vec<&str> = answer.split_whitespace().collect();
    let tail = words.iter().rev().take_while(|word| word.starts_with('#')).count();
    let (said, tags) = words.split_at(words.len() - tail);
    let said = sentences(&said.join(" "), 3, Piece::Post.most_chars(), passage)?;
    Ok(join_tags(&said, &known_tags(tags, passage)))
}

fn hashtags(answer: &str, passage: &Passage) -> Result<String, Rejection> {
    let marked: Vec<&str> = answer.split([' ', ',']).filter(|word| word.starts_with('#')).collect();
    let named = if marked.is_empty() { answer.split([',', ';']).collect() } else { marked };
    let tags = known_tags(&named, passage);
    if tags.len() < FEWEST_TAGS {
        return Err(Rejection::TooFewTags(FEWEST_TAGS));
    }
    Ok(tags.join(" "))
}

/// Those of the passage, each once.
fn known_tags(names: &[&str], passage: &Passage) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in names.iter().filter_map(|name| tag_of(name, passage)) {
        if !tags.contains(&tag) && tags.len() < MOST_TAGS {
            tags.push(tag);
        }
    }
    tags
}

/// Three words in a row more often than the passage says them.
fn repeats(said: &[Token], passage: &Passage) -> Result<(), Rejection> {
    const ROW: usize = 3;
    let count = |tokens: &[Token], row: &[Token]| {
        let same = |other: &&[Token]| other.iter().zip(row).all(|(a, b)| a.plain == b.plain);
        tokens.windows(ROW).filter(same).count()
    };
    let in_passage = |row: &[Token]| -> usize {
        passage.sentences().iter().map(|sentence| count(&sentence.tokens, row)).sum()
    };
    let again = said.windows(ROW).any(|row| count(said, row) > in_passage(row).max(1));
    let stutters = said.windows(2).any(|pair| pair[0].plain == pair[1].plain && pair[0].is_content());
    let may_stutter = || {
        let mut all = passage.sentences().iter().flat_map(|sentence| sentence.tokens.windows(2));
        all.any(|pair| pair[0].plain == pair[1].plain)
    };
    if again || stutters && !may_stutter() { Err(Rejection::Repeats) } else { Ok(()) }
}

#[cfg(test)]
mod lies;
