//! The quote test: whether a sentence says only what a passage says. Every number, name and content word must be said
//! there, meant the same way, and stand by the words it stands by there: the whole sentence is followed through the passage, so
//! that no two of its places make a third. It knows words, not grammar: what it is unsure of it refuses, and of "the dog that bit
//! my brother died" it still takes "my brother died".

use super::passage::Passage;
use super::rejection::Rejection;
use super::token::{Kind, Mood, Token, tokens};
use super::vocabulary::{coordinates, determines, is_person, places, subordinates, weighs_nothing};

/// How many content words apart two neighbors of an answer may stand in the passage.
const TIGHT: usize = 6;
const LOOSE: usize = 16;
/// A number belongs to what it counts, and a part to its whole.
const NEAR: usize = 2;

/// `Err` with the first thing that the passage does not say.
pub(super) fn quotes(sentence: &str, passage: &Passage) -> Result<(), Rejection> {
    let tokens = tokens(sentence);
    for token in &tokens {
        known(token, passage)?;
    }
    denials(&tokens, passage)?;
    let content: Vec<usize> = (0..tokens.len()).filter(|&at| tokens[at].is_content()).collect();
    let Some((&first, rest)) = content.split_first() else { return Ok(()) };
    let mut at = first;
    let mut reached = passage.quotes_of(&tokens[first]);
    for (number, &next) in rest.iter().enumerate() {
        // "Luna and her wings": whose they are was just said.
        let is_owner = matches!(tokens[next].plain.as_str(), "his" | "her");
        let after = rest.get(number + 1).copied();
        if let Some(after) = after.filter(|_| is_owner && Link::of(&tokens[at..=next]) == Link::Joined) {
            let owned = passage.quotes_of(&tokens[next]);
            step(&tokens[next..=after], Place::Inner, &owned, passage)?;
            continue;
        }
        let place = if after.is_none() { Place::Last } else { Place::Inner };
        reached = step(&tokens[at..=next], place, &reached, passage)?;
        at = next;
    }
    Ok(())
}

fn known(token: &Token, passage: &Passage) -> Result<(), Rejection> {
    if !token.is_content() {
        return Ok(());
    }
    let word = token.plain.clone();
    if passage.places_of(token).is_empty() {
        return Err(match token.kind {
            Kind::Number => Rejection::UnknownNumber(word),
            _ if token.is_capital && token.word > 0 => Rejection::UnknownName(word),
            _ => Rejection::UnknownWord(word),
        });
    }
    if !passage.quotes_of(token).is_empty() {
        return Ok(());
    }
    let meant_otherwise = |mood| !passage.quotes_of(&Token { mood, ..token.clone() }).is_empty();
    let denied = token.mood == Mood::Denied || meant_otherwise(Mood::Denied);
    Err(if denied { Rejection::Denial(word) } else { Rejection::Supposed(word) })
}

/// A denial at the end reaches no word that could be looked up: then the passage must deny something at least.
fn denials(tokens: &[Token], passage: &Passage) -> Result<(), Rejection> {
    match tokens.iter().find(|token| token.kind == Kind::Denial) {
        Some(denial) if !passage.denies() => Err(Rejection::Denial(denial.plain.clone())),
        _ => Ok(()),
    }
}

/// How an answer puts two of its words together.
#[derive(Clone, Copy, PartialEq)]
enum Link {
    /// A number and what it counts.
    Counted,
    /// "the roof of the farm"
    Owned,
    /// "flew with the rabbits"
    Placed,
    /// "rabbits and wings", or a mark between them.
    Joined,
    Tight,
}

impl Link {
    /// `span`: two words with what stands between them.
    fn of(span: &[Token]) -> Self {
        let [first, between @ .., _] = span else { return Self::Tight };
        let any = |test: fn(&str) -> bool| between.iter().any(|token| test(&token.plain));
        if first.kind == Kind::Number && !first.breaks {
            Self::Counted
        } else if first.breaks || between.iter().any(|token| token.breaks) || any(coordinates) {
            Self::Joined
        } else if any(|plain| plain == "of") {
            Self::Owned
        } else if any(places) {
            Self::Placed
        } else {
            Self::Tight
        }
    }
}

/// Which of two words the second is.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Inner,
    Last,
}

/// Where the passage says the second of two content words so that it goes on from where the first was `reached`. `span`: both
/// words with what stands between them.
fn step(span: &[Token], place: Place, reached: &[usize], passage: &Passage) -> Result<Vec<usize>, Rejection> {
    let [first, .., second] = span else { return Ok(reached.to_vec()) };
    if first.is_same(second) {
        return Ok(reached.to_vec());
    }
    let link = Link::of(span);
    let goes_on = |from: usize, to: usize| match passage.stretch(from, to) {
        Some(said) if said[0].owns != first.owns => false,
        Some(said) if is_word_for_word(said, span) => true,
        Some(said) => source(said) == source(span) && fits(link, place, from, to, passage),
        None => fits(link, place, from, to, passage),
    };
    let mut next = passage.quotes_of(second);
    next.retain(|&to| reached.iter().any(|&from| goes_on(from, to)));
    if next.is_empty() {
        return Err(Rejection::Rearranged(first.plain.clone(), second.plain.clone()));
    }
    Ok(next)
}

/// Whether the same stands between the ends of both.
fn is_word_for_word(said: &[Token], span: &[Token]) -> bool {
    let same = |(a, b): (&Token, &Token)| a.plain == b.plain;
    said.len() == span.len() && said.iter().zip(span).take(said.len() - 1).skip(1).all(same)
}

fn fits(link: Link, place: Place, from: usize, to: usize, passage: &Passage) -> bool {
    let forward = |most: usize| (from < to && to - from <= most).then(|| passage.stretch(from, to)).flatten();
    let is_beside = from.abs_diff(to) == 1 && passage.stretch(from.min(to), from.max(to)).is_some();
    let is_near = from.abs_diff(to) <= LOOSE;
    match link {
        Link::Counted => forward(NEAR).is_some(),
        Link::Owned => {
            is_beside || forward(NEAR).is_some_and(|stretch| stretch.iter().any(|t| t.plain == "of"))
        }
        Link::Placed => forward(LOOSE).is_some_and(is_clean),
        Link::Tight => forward(TIGHT).is_some_and(is_clean) || is_taken_up(from, to, passage),
        Link::Joined if !is_near => false,
        Link::Joined => match passage.stretch(from.min(to), from.max(to)) {
            Some(stretch) => is_clean(stretch),
            None => place == Place::Inner && opens_sentence(to, passage),
        },
    }
}

/// "By" and "from" turn around who does what: the one that stands nearest before the end of a stretch.
fn source(stretch: &[Token]) -> Option<&str> {
    let between = stretch.get(1..stretch.len().saturating_sub(1)).unwrap_or_default();
    let is_direction = |plain: &str| matches!(plain, "by" | "from" | "to" | "into" | "of") || places(plain);
    let nearest = between.iter().rfind(|token| is_direction(&token.plain))?;
    Some(nearest.plain.as_str()).filter(|plain| matches!(*plain, "by" | "from"))
}

/// Whether what stands between the ends of a stretch can be left out: nobody else and no other clause begins there. "My dog Rex"
/// is one and the same.
fn is_clean(stretch: &[Token]) -> bool {
    let [first, between @ .., _] = stretch else { return true };
    let is_name = |token: &Token| token.is_content() && token.is_inner_capital() && token.plain != "i";
    let own = if first.is_noun { between.iter().take_while(|token| is_name(token)).count() } else { 0 };
    let is_foreign = |token: &Token| subordinates(&token.plain) || is_name(token);
    let joint = between.iter().rposition(|token| token.breaks || coordinates(&token.plain));
    let behind_joint = match joint {
        Some(joint) => &between[joint + 1..],
        None if first.breaks => between,
        None => &[],
    };
    !between[own..].iter().any(is_foreign) && !behind_joint.iter().any(Token::is_content)
}

/// Only a whole sentence may be joined to another one: "and he never learned".
fn opens_sentence(place: usize, passage: &Passage) -> bool {
    let leads = |token: &Token| {
        coordinates(&token.plain) || matches!(token.plain.as_str(), "the" | "a" | "an" | "so")
    };
    passage.before(place).iter().all(leads)
}

/// Whether the next sentence goes on about what one began with: "My father bought a boat. He never learned to swim." Where the
/// pronoun could mean something else in the first sentence, it does not count.
fn is_taken_up(from: usize, to: usize, passage: &Passage) -> bool {
    let Some(behind) = passage.followed_by(from, to) else { return false };
    let before = passage.before(to);
    let is_pronoun = |token: &&Token| matches!(token.plain.as_str(), "he" | "she" | "it" | "they");
    let Some(pronoun) = before.iter().rfind(is_pronoun) else { return false };
    let says_more = before.iter().filter(|token| !is_pronoun(token)).any(Token::is_content);
    let is_thing = matches!(pronoun.plain.as_str(), "it" | "they");
    let is_rival = |token: &Token| {
        token.is_inner_capital() || if is_thing { determines(&token.plain) } else { is_person(&token.plain) }
    };
    let opens = !passage
        .before(from)
        .iter()
        .any(|token| token.kind == Kind::Content && !weighs_nothing(&token.plain));
    opens && !says_more && !behind.iter().any(is_rival)
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

    fn check(sentence: &str, want: Result<(), Rejection>) {
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
        check("The postman paid us 600 dollars", Err(Rejection::UnknownNumber("600".into())));
        check("My dog Max bit the postman", Err(Rejection::UnknownName("max".into())));
        check("My lovely dog Rex", Err(Rejection::UnknownWord("lovely".into())));
        check("He is Rex", Err(Rejection::UnknownWord("he".into())));
        check("Rex always bit the postman", Err(Rejection::UnknownWord("always".into())));
    }

    #[test]
    fn what_is_turned_around_is_refused() {
        check("The postman bit my dog", Err(Rejection::Rearranged("postman".into(), "bit".into())));
        check("1998 dollars", Err(Rejection::Rearranged("1998".into(), "dollars".into())));
        check("Dogs forget a face", Err(Rejection::Denial("forget".into())));
        check("Rex never bit the postman", Err(Rejection::Denial("postman".into())));
        check("Why the rocket did land on Mars", Err(Rejection::Denial("land".into())));
        check("The earth is flat", Err(Rejection::Supposed("earth".into())));
        check("Coffee can't cure sadness", Err(Rejection::UnknownWord("can".into())));
        check("Coffee cures sadness", Err(Rejection::Supposed("cures".into())));
    }
}
