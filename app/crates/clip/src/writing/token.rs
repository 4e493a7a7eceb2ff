//! Text as what the quote test compares: words with their forms, numbers by value, and the mood each stands in.
//! Refuses to know where the text came from: passages and answers are read alike.

use super::number::{is_scale, leading_number};
use super::vocabulary::{
    denies, determines, forms, hedges, is_free, is_plural, joins, opens_yes_or_no, opines, qualifies,
    reverses, weighs_nothing,
};

/// How a word is meant. A word that is denied in the passage is not quoted by a sentence that claims it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    Plain,
    /// In a question for yes or no.
    Asked,
    /// Behind "could", "if" and their kin.
    Hedged,
    Denied,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Adds no claim of its own.
    Free,
    Denial,
    Content,
    Number,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// In small letters without marks; of a number its value.
    pub plain: String,
    pub forms: Vec<String>,
    pub kind: Kind,
    pub mood: Mood,
    /// Written with a capital.
    pub is_capital: bool,
    /// Behind an article, an owner or a number: a thing, of which one is not many.
    pub is_noun: bool,
    /// "Anna's": what is said of hers is not said of her.
    pub owns: bool,
    /// A mark of punctuation follows.
    pub breaks: bool,
    /// Which word of its sentence it begins with, counted between spaces.
    pub word: usize,
}

impl Token {
    pub fn is_content(&self) -> bool {
        matches!(self.kind, Kind::Content | Kind::Number)
    }

    pub fn is_same(&self, other: &Token) -> bool {
        self.forms.iter().any(|form| other.forms.contains(form))
    }

    /// Whether one of the two names one thing and the other many of it.
    pub fn is_other_number(&self, other: &Token) -> bool {
        let differ = |one: &Token, many: &Token| is_plural(&many.plain, &one.plain);
        // Amounts of money are written with a sign, which has no plural; the number beside it says how many.
        let is_money = is_sign(&self.plain) || is_sign(&other.plain);
        !is_money && (self.is_noun || other.is_noun) && (differ(self, other) || differ(other, self))
    }

    /// A name, or what is written like one, inside of a sentence.
    pub fn is_inner_capital(&self) -> bool {
        self.is_capital && self.word > 0
    }
}

/// The tokens of one sentence.
pub(super) fn tokens(sentence: &str) -> Vec<Token> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, word) in sentence.split_whitespace().enumerate() {
        split_word(at, word, &mut pieces);
    }
    // "$5 million": the sign belongs to all of the number.
    for at in 1..pieces.len().saturating_sub(1) {
        if is_sign(&pieces[at].plain) && is_scale(&pieces[at + 1].plain) && !pieces[at].breaks {
            pieces.swap(at, at + 1);
        }
    }
    let mut tokens = with_numbers(&pieces);
    set_nouns(&mut tokens);
    set_moods(&mut tokens, is_yes_or_no(sentence));
    tokens
}

/// Part of a word as it is compared: "don't" has two, "well-known" too.
struct Piece {
    plain: String,
    word: usize,
    is_capital: bool,
    owns: bool,
    breaks: bool,
}

fn split_word(at: usize, word: &str, pieces: &mut Vec<Piece>) {
    const JOINTS: [char; 4] = ['-', '–', '—', '/'];
    let before = pieces.len();
    let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '-'));
    let minus = bare.starts_with('-') && bare[1..].starts_with(|c: char| c.is_ascii_digit());
    let signed = if minus { &bare[1..] } else { bare };
    for part in joined_prefixes(signed.split(JOINTS)) {
        let is_capital = part.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        let small = part.to_lowercase().replace('’', "'");
        let owns = is_owner(&small);
        let mut push = |plain: &str| {
            pieces.push(Piece { plain: plain.into(), word: at, is_capital, owns, breaks: false })
        };
        split_part(&small, &mut push);
    }
    if minus && let Some(first) = pieces.get_mut(before) {
        first.plain.insert(0, '-');
    }
    let has_mark = word
        .trim_end_matches(['"', '\'', '”', '’', ')'])
        .ends_with([',', ';', ':', '.', '?', '!', '…', '—', '–', '。', '，']);
    if let Some(last) = pieces.last_mut() {
        last.breaks = last.breaks || has_mark;
    }
}

fn is_owner(part: &str) -> bool {
    const WITH_IS: [&str; 16] = [
        "it",
        "he",
        "she",
        "that",
        "this",
        "what",
        "who",
        "there",
        "here",
        "let",
        "where",
        "how",
        "when",
        "why",
        "one",
        "everything",
    ];
    let part = part.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\'');
    part.ends_with("s'") || part.strip_suffix("'s").is_some_and(|base| !WITH_IS.contains(&base))
}

/// An ex-wife is no wife: what stands before the hyphen is part of the word.
fn joined_prefixes<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut is_open = false;
    for part in parts {
        match joined.last_mut().filter(|_| is_open && !part.is_empty()) {
            Some(last) => last.push_str(part),
            None => joined.push(part.to_owned()),
        }
        is_open = joins(&part.to_lowercase());
    }
    joined
}

const SIGNS: [(char, &str); 4] = [('$', "dollar"), ('€', "euro"), ('£', "pound"), ('%', "percent")];

fn is_sign(plain: &str) -> bool {
    SIGNS.iter().any(|(_, name)| *name == plain)
}

fn split_part(part: &str, push: &mut impl FnMut(&str)) {
    let sign = SIGNS.iter().find(|(sign, _)| part.contains(*sign)).map(|(_, name)| *name);
    let plain = part.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(base) = plain.strip_suffix("n't") {
        let whole = match base {
            "ca" => "can",
            "wo" => "will",
            other => other,
        };
        push(whole);
        push("not");
    } else if plain == "cannot" {
        push("can");
        push("not");
    } else if !plain.is_empty() {
        let base = plain.split('\'').next().unwrap_or(plain);
        push(if base.chars().count() > 1 || base == "i" { base } else { plain });
    }
    if let Some(sign) = sign {
        push(sign);
    }
}

/// Joins the words of each number to one token.
fn with_numbers(pieces: &[Piece]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        // A number ends where its clause does.
        let until =
            pieces[at..].iter().position(|piece| piece.breaks).map_or(pieces.len(), |end| at + end + 1);
        let words: Vec<&str> = pieces[at..until].iter().map(|piece| piece.plain.as_str()).collect();
        let number = leading_number(&words);
        let taken = number.as_ref().map_or(1, |(_, taken)| *taken);
        let (plain, kind) = match number {
            Some((value, _)) => (value, Kind::Number),
            None => (piece.plain.clone(), kind_of(&piece.plain)),
        };
        let forms = if kind == Kind::Number { vec![plain.clone()] } else { forms(&plain) };
        let breaks = pieces[at + taken - 1].breaks;
        let (word, is_capital) = (piece.word, piece.is_capital);
        let (mood, is_noun, owns) = (Mood::Plain, false, pieces[at + taken - 1].owns);
        tokens.push(Token { plain, forms, kind, mood, is_capital, is_noun, owns, breaks, word });
        at += taken;
    }
    tokens
}

fn kind_of(plain: &str) -> Kind {
    if denies(plain) {
        Kind::Denial
    } else if is_free(plain) {
        Kind::Free
    } else {
        Kind::Content
    }
}

fn is_yes_or_no(sentence: &str) -> bool {
    const OPENINGS: [&str; 5] = ["and", "but", "so", "or", "well"];
    let words = sentence.split_whitespace().map(crate::select::lexicon::plain);
    let first = words.into_iter().find(|word| !OPENINGS.contains(&word.as_str())).unwrap_or_default();
    sentence.trim_end_matches(['"', '”', '\'']).ends_with(['?', '？']) && opens_yes_or_no(&first)
}

/// "My brother", "my older brother", "two brothers".
fn set_nouns(tokens: &mut [Token]) {
    for at in 1..tokens.len() {
        let before = &tokens[at - 1];
        let behind_quality = at > 1 && qualifies(&before.plain) && !before.breaks;
        let before = if behind_quality { &tokens[at - 2] } else { before };
        tokens[at].is_noun = !before.breaks && (determines(&before.plain) || before.kind == Kind::Number);
    }
}

/// Words that deny or hedge reach the next two words of their clause that weigh; "nobody" reaches all of it. An opinion that is
/// denied passes the denial on: "I do not think that it works."
fn set_moods(tokens: &mut [Token], asked: bool) {
    const REACH: usize = 2;
    let mut reach: Option<(Mood, usize)> = None;
    for at in 0..tokens.len() {
        let next = tokens.get(at + 1).map_or("", |next| next.plain.as_str()).to_owned();
        let token = &mut tokens[at];
        token.mood = if asked { Mood::Asked } else { Mood::Plain };
        if token.plain == "but" {
            reach = None;
        }
        if token.is_content() {
            reach = match reach {
                Some((mood, left)) => {
                    token.mood = mood;
                    let left = if opines(&token.plain) {
                        left.max(REACH)
                    } else if weighs_nothing(&token.plain) {
                        left
                    } else {
                        left - 1
                    };
                    (left > 0).then_some((mood, left))
                }
                None => None,
            };
        }
        // "Not only" grants what follows.
        let denial = token.kind == Kind::Denial && !matches!(next.as_str(), "only" | "just");
        if denial || reverses(&token.plain) {
            let whole = matches!(token.plain.as_str(), "nobody" | "nothing" | "none");
            reach = Some((Mood::Denied, if whole { usize::MAX } else { REACH }));
        } else if hedges(&token.plain) && !reach.is_some_and(|(mood, _)| mood == Mood::Denied) {
            reach = Some((Mood::Hedged, REACH));
        }
        if token.breaks {
            reach = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Telling words with a sign for their mood.
    fn check(sentence: &str, want: &str) {
        let sign = |token: &Token| match token.mood {
            Mood::Plain => token.plain.clone(),
            Mood::Asked => format!("{}?", token.plain),
            Mood::Hedged => format!("{}~", token.plain),
            Mood::Denied => format!("{}!", token.plain),
        };
        let got: Vec<String> = tokens(sentence).iter().filter(|token| token.is_content()).map(sign).collect();
        assert_eq!(got.join(" "), want, "{sentence}");
    }

    #[test]
    fn words_carry_their_mood() {
        check("The rocket landed.", "rocket landed");
        check("The rocket did not land.", "rocket land!");
        check("It didn’t land, but the crew lived.", "land! crew lived");
        check("The rocket failed to land.", "rocket failed land!");
        check("Nobody in our town laughed at me.", "our! town! laughed! me!");
        check("Not only fast but cheap.", "only fast cheap");
        check("It might rain tomorrow.", "might rain~ tomorrow~");
        check("Is the earth flat?", "earth? flat?");
        check("Why is the sky blue?", "sky blue");
        check("I don't think my old dog bites.", "i think! my! old! dog! bites");
        check("He never once in his life lied.", "he once! his! life! lied!");
        check("The former king of France left.", "former king! france! left");
    }

    #[test]
    fn numbers_and_signs_are_words_of_their_own() {
        check("It costs $5 or 20%.", "costs 5 dollar 20 percent");
        check("Twenty-five well-known people.", "25 well known people");
        check("At -5 degrees, five froze.", "-5 degrees 5 froze");
        check("It costs $5 million.", "costs 5000000 dollar");
        check("My ex-wife is self-made, not well-known.", "my exwife selfmade well! known!");
    }
}
