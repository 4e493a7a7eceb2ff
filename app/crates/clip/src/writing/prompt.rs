//! What the language model is asked. Everything before the question is the same for all pieces of a passage, and the
//! system part for all passages, so that a model reads it once.

use super::passage::Passage;
use super::piece::Piece;
use super::rejection::Rejection;

/// One turn of a chat that the model shall answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    pub system: String,
    pub user: String,
}

/// Asks for a piece; `rejection`: what was wrong with the first answer.
pub fn ask(piece: Piece, passage: &Passage, rejection: Option<&Rejection>) -> Prompt {
    const MOST_CHARS: usize = 1_800;
    let text = opening(passage, MOST_CHARS);
    let question = question(piece);
    let again = rejection.map_or_else(String::new, |rejection| format!(" ({})", rejection.reason()));
    Prompt { system: SYSTEM.into(), user: format!("Passage: {text}\n\n{question}{again}") }
}

/// Asks which of the hashtags `offered` fit best, as a JSON list.
pub(super) fn ask_for_tags(passage: &Passage, offered: &[String]) -> Prompt {
    let Prompt { system, user } = ask(Piece::Hashtags, passage, None);
    let (passage, _) = user.rsplit_once("\n\n").unwrap_or((&user, ""));
    let offered = offered.join(" ");
    let user = format!(
        "{passage}\n\nWhich of these hashtags tell best what the passage is about? {offered}\n\
         Answer with a JSON list.\nHashtags:"
    );
    Prompt { system, user }
}

/// Asks which of two passages makes the better clip; the answer is `A` or `B`. Small models lean to one letter, so this is
/// to be asked both ways around.
pub fn compare(a: &Passage, b: &Passage) -> Prompt {
    const MOST_CHARS: usize = 700;
    let (a, b) = (opening(a, MOST_CHARS), opening(b, MOST_CHARS));
    Prompt {
        system: "You choose the better of two clips. You answer with one letter: A or B.".into(),
        user: format!(
            "Clip A: {a}\n\nClip B: {b}\n\nWhich clip would make a stranger stop and listen to the end, \
             A or B?\nAnswer:"
        ),
    }
}

/// Worded as the model was seen to follow best.
fn question(piece: Piece) -> &'static str {
    match piece {
        Piece::Title => "Write a short title for the passage. Use only words of the passage.\nTitle:",
        Piece::Hook => "Copy the most surprising sentence of the passage, word for word.\nHook:",
        Piece::Summary => {
            "Extract the main key point of the passage in one very short sentence, with the words of the passage."
        }
        Piece::Post => "Write two short sentences that make people watch, with words of the passage.\nPost:",
        Piece::Hashtags => "Write 5 hashtags, each one word of the passage.\nHashtags:",
    }
}

/// Whole sentences from the start, at most so many characters of them.
fn opening(passage: &Passage, most_chars: usize) -> String {
    let mut text = String::new();
    for sentence in passage.sentences() {
        let length = text.chars().count() + sentence.text.chars().count() + 1;
        if length > most_chars && !text.is_empty() {
            break;
        }
        crate::script::push(&mut text, &sentence.text);
    }
    text.chars().take(most_chars).collect()
}

/// Two passages with all pieces: a small model follows what it has seen better than what it is told.
const SYSTEM: &str = "You write about a passage. You use only words of the passage and add nothing.

Passage: In 1970 my father bought a small boat. He never learned to swim. Every morning he rowed out alone, and every \
evening he came home with exactly three fish.
Hashtags: #Father #Boat #Fish #Evening
Post: My father bought a small boat. He never learned to swim.
Summary: In 1970 my father bought a small boat. Every morning he rowed out alone.
Hook: He never learned to swim.
Title: My father never learned to swim

Passage: A bee visits 100 flowers on one trip. But how does it find the way home? It remembers the sun. When clouds hide \
the sun, the bee waits.
Hashtags: #Bee #Flowers #Sun #Clouds
Post: How does a bee find the way home? It remembers the sun.
Summary: A bee visits 100 flowers on one trip. It remembers the sun.
Hook: How does it find the way home?
Title: How a bee finds the way home";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writing::check;

    #[test]
    fn the_worked_examples_pass_their_own_test() {
        for example in SYSTEM.split("\n\n").skip(1) {
            let mut lines = example.lines();
            let text = lines.next().and_then(|line| line.strip_prefix("Passage: ")).unwrap();
            let passage = Passage::from_text(text, "");
            for (piece, line) in Piece::ALL.into_iter().rev().zip(lines) {
                let (label, answer) = line.split_once(": ").unwrap();
                assert_eq!(label, format!("{piece:?}"));
                assert_eq!(check(piece, answer, &passage).as_deref(), Ok(answer), "{piece:?}");
            }
        }
    }

    #[test]
    fn pieces_of_a_passage_begin_alike() {
        let passage = Passage::from_text("We dream every night. Nobody knows why.", "");
        let prompts = Piece::ALL.map(|piece| ask(piece, &passage, None));
        let common = "Passage: We dream every night. Nobody knows why.\n\n";
        assert!(prompts.iter().all(|prompt| prompt.user.starts_with(common)));
        let again = ask(Piece::Title, &passage, Some(&Rejection::UnknownNumber("7".into())));
        assert!(again.user.starts_with(common) && again.user.contains("The number 7 is not in the passage."));
        let (a, b) = (Passage::from_text("One.", ""), Passage::from_text("Two.", ""));
        assert!(compare(&a, &b).user.starts_with("Clip A: One.\n\nClip B: Two."));
    }
}
