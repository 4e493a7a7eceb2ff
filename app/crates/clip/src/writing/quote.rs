//! The quote test: whether a sentence says only what a passage says. Every number, name and telling word must be said
//! there, meant the same way, and stand by the words it stands by there. Refuses to know what the sentence is for.

use super::complaint::Complaint;
use super::passage::Passage;
use super::token::{Kind, Mood, Token, tokens};
use super::vocabulary::loosens;

/// How many telling words apart two neighbours of an answer may stand in the passage.
const TIGHT: usize = 6;
const LOOSE: usize = 16;
/// A number belongs to what it counts.
const COUNTED: usize = 2;

/// `Err` with the first thing that the passage does not say.
pub(super) fn quotes(sentence: &str, passage: &Passage) -> Result<(), Complaint> {
    let tokens = tokens(sentence);
    for token in &tokens {
        known(token, passage)?;
    }
    denials(&tokens, passage)?;
    let telling: Vec<usize> = (0..tokens.len()).filter(|&at| tokens[at].is_telling()).collect();
    for pair in telling.windows(2) {
        together(&tokens[pair[0]..=pair[1]], passage)?;
    }
    Ok(())
}

fn known(token: &Token, passage: &Passage) -> Result<(), Complaint> {
    if !token.is_telling() {
        return Ok(());
    }
    let word = token.plain.clone();
    if passage.places_of(token).is_empty() {
        return Err(match token.kind {
            Kind::Number => Complaint::UnknownNumber(word),
            _ if token.is_capital && token.word > 0 => Complaint::UnknownName(word),
            _ => Complaint::UnknownWord(word),
        });
    }
    if !passage.quotes_of(token).is_empty() {
        return Ok(());
    }
    let meant_otherwise = |mood| !passage.quotes_of(&Token { mood, ..token.clone() }).is_empty();
    let denied = token.mood == Mood::Denied || meant_otherwise(Mood::Denied);
    Err(if denied { Complaint::Denial(word) } else { Complaint::Supposed(word) })
}

/// A denial at the end reaches no word that could be looked up: then the passage must deny something at least.
fn denials(tokens: &[Token], passage: &Passage) -> Result<(), Complaint> {
    match tokens.iter().find(|token| token.kind == Kind::Denial) {
        Some(denial) if !passage.denies() => Err(Complaint::Denial(denial.plain.clone())),
        _ => Ok(()),
    }
}

/// `span`: two telling words with what stands between them.
fn together(span: &[Token], passage: &Passage) -> Result<(), Complaint> {
    let [first, between @ .., second] = span else { return Ok(()) };
    if first.is_same(second) {
        return Ok(());
    }
    let is_loose = first.breaks || between.iter().any(|token| token.breaks || loosens(&token.plain));
    let counts = first.kind == Kind::Number && !first.breaks;
    let fits = |from: usize, to: usize| match (counts, is_loose) {
        (true, _) => (from..=from + COUNTED).contains(&to),
        (false, true) => from.abs_diff(to) <= LOOSE,
        (false, false) => (from..=from + TIGHT).contains(&to),
    };
    let (from, to) = (passage.quotes_of(first), passage.quotes_of(second));
    if from.iter().any(|&from| to.iter().any(|&to| fits(from, to))) {
        Ok(())
    } else {
        Err(Complaint::Rearranged(first.plain.clone(), second.plain.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: [&str; 7] = [
        "In 1998 my dog Rex bit the postman twice.",
        "The postman paid us five hundred dollars, and Rex did not bite him again.",
        "Dogs never forget a face.",
        "Is the earth flat?",
        "The rocket failed to land on Mars.",
        "Coffee could cure sadness.",
        "Why do we dream?",
    ];

    fn check(sentence: &str, want: Result<(), Complaint>) {
        assert_eq!(quotes(sentence, &Passage::new(&TALK, "")), want, "{sentence}");
    }

    #[test]
    fn what_is_said_passes() {
        check("My dog Rex bit the postman", Ok(()));
        check("The postman paid us 500 dollars.", Ok(()));
        check("The postman paid $500", Ok(()));
        check("The story of my dog Rex and the postman", Ok(()));
        check("How the dog bites the postman", Ok(()));
        check("Why we dream", Ok(()));
        check("Dogs never forget a face", Ok(()));
        check("The speaker explains how coffee could cure sadness.", Ok(()));
        check("Is the earth flat?", Ok(()));
    }

    #[test]
    fn what_is_not_said_is_refused() {
        check("The postman paid us 600 dollars", Err(Complaint::UnknownNumber("600".into())));
        check("My dog Max bit the postman", Err(Complaint::UnknownName("max".into())));
        check("My lovely dog Rex", Err(Complaint::UnknownWord("lovely".into())));
        check("He is Rex", Err(Complaint::UnknownWord("he".into())));
        check("Rex always bit the postman", Err(Complaint::UnknownWord("always".into())));
    }

    #[test]
    fn what_is_turned_around_is_refused() {
        check("The postman bit my dog", Err(Complaint::Rearranged("postman".into(), "bit".into())));
        check("1998 dollars", Err(Complaint::Rearranged("1998".into(), "dollars".into())));
        check("Dogs forget a face", Err(Complaint::Denial("forget".into())));
        check("Rex never bit the postman", Err(Complaint::Denial("postman".into())));
        check("Why the rocket did land on Mars", Err(Complaint::Denial("land".into())));
        check("The earth is flat", Err(Complaint::Supposed("earth".into())));
        check("Coffee can't cure sadness", Err(Complaint::UnknownWord("can".into())));
        check("Coffee cures sadness", Err(Complaint::Supposed("cures".into())));
    }
}
