//! Whole pieces: what passes, what is refused, what the rules write, and the driver against models that are fakes.

use std::cell::RefCell;

use super::hashtags::tags;
use super::*;
use crate::failure::Failure;
use crate::fakes::run;
use crate::port::Writer;
use crate::sentence::sentences;
use crate::transcript::Transcript;
use crate::transcript::tests::segment;
use serde_json::Value;

const TALK: &str = "Luna was born with wings, and no other rabbit had them. For five years she hid her wings in the dark \
    forest. But why did she hide them? One night a storm took the roof of the old farm. Luna flew through the storm and \
    carried 12 rabbits to the forest. Nobody in New York laughed at her wings again.";

fn talk() -> Passage {
    Passage::from_text(TALK, "Luna was born with wings")
}

#[track_caller]
fn passes(piece: Piece, answer: &str, want: Result<&str, Rejection>) {
    assert_eq!(check(piece, answer, &talk()), want.map(str::to_owned), "{answer}");
}

#[test]
fn titles() {
    passes(Piece::Title, "Title: \"Luna flew through the storm.\"", Ok("Luna flew through the storm"));
    passes(Piece::Title, "The story of Luna and her wings", Ok("The story of Luna and her wings"));
    passes(Piece::Title, "How Luna carried twelve rabbits", Ok("How Luna carried twelve rabbits"));
    passes(Piece::Title, "why she hid her wings", Ok("Why she hid her wings"));
    passes(Piece::Title, "Luna's Magical Journey", Err(Rejection::UnknownName("magical".into())));
    passes(Piece::Title, "How Luna carried 13 rabbits", Err(Rejection::UnknownNumber("13".into())));
    passes(Piece::Title, "Five rabbits", Err(Rejection::Rearranged("5".into(), "rabbits".into())));
    passes(Piece::Title, "Luna laughed at New York", Err(Rejection::Denial("laughed".into())));
    passes(Piece::Title, "The story", Err(Rejection::TooShort));
    passes(Piece::Title, "Certainly! A title", Err(Rejection::Chatter));
    passes(
        Piece::Title,
        "Luna was born with wings and carried 12 rabbits to the forest",
        Err(Rejection::TooLong(60)),
    );
}

#[test]
fn hooks() {
    passes(Piece::Hook, "\"but why did she hide them\"", Ok("But why did she hide them?"));
    passes(Piece::Hook, "Why did she hide them? It is sad.", Ok("Why did she hide them?"));
    passes(Piece::Hook, "Luna was born with wings", Ok("Luna was born with wings"));
    passes(Piece::Hook, "Luna was born without wings", Err(Rejection::NotQuoted));
    passes(Piece::Hook, "she hid her wings", Err(Rejection::Torn));
    passes(Piece::Hook, "Yes.", Err(Rejection::TooShort));
}

#[test]
fn summaries_and_posts_keep_what_passes() {
    let first = "Luna was born with wings.";
    passes(
        Piece::Summary,
        "Luna was born with wings. She hid them.",
        Ok("Luna was born with wings. She hid them."),
    );
    passes(Piece::Summary, &format!("{first} She became a queen."), Ok(first));
    passes(Piece::Summary, &format!("{first} She hid her wings in the"), Ok(first));
    passes(Piece::Summary, &format!("{first} {first}"), Ok(first));
    passes(Piece::Summary, "Luna hid her wings in the", Err(Rejection::Unfinished));
    passes(
        Piece::Summary,
        "She was born without wings.",
        Err(Rejection::Rearranged("she".into(), "born".into())),
    );
    passes(
        Piece::Post,
        &format!("{first}\n#Luna #Queen #NewYork"),
        Ok("Luna was born with wings.\n\n#Luna #NewYork"),
    );
    passes(Piece::Post, "Watch Luna fly! 🚀", Err(Rejection::UnknownWord("watch".into())));
}

#[test]
fn hashtags_are_words_of_the_passage() {
    passes(Piece::Hashtags, "#luna #Wings #newyork #love #the", Ok("#Luna #Wings #NewYork"));
    passes(Piece::Hashtags, "storm, forest, rabbit, storm", Ok("#Storm #Forest #Rabbit"));
    passes(Piece::Hashtags, "#love #peace #storm", Err(Rejection::TooFewTags(3)));
}

#[test]
fn rules_write_in_the_words_of_the_passage() {
    let written = by_rules(&talk());
    assert_eq!(written.title, "Luna was born with wings");
    assert_eq!(written.by, Authors::default());
    for piece in [Piece::Hook, Piece::Summary, Piece::Post, Piece::Hashtags] {
        let text = fallback(piece, &talk());
        assert!(text.chars().count() <= piece.most_chars(), "{text}");
        assert_eq!(check(piece, &text, &talk()), Ok(text.clone()), "{piece:?}");
    }
    assert!(TALK.to_lowercase().contains(&written.hook.to_lowercase()), "{}", written.hook);
    assert!(written.hashtags.len() >= 3 && written.hashtags.contains(&"#NewYork".to_owned()), "{written:?}");
    let empty = by_rules(&Passage::from_text("", ""));
    assert_eq!(empty, Written::default());
    let unmarked = by_rules(&Passage::from_text(&"Straße ".repeat(90), ""));
    assert!(unmarked.hook.chars().count() <= 120 && unmarked.hook.ends_with('…'));
}

#[test]
fn a_video_has_keywords_and_its_chapters_titles() {
    let mut transcript = Transcript::default();
    transcript.merge(vec![segment(
        "So you know, the printing press changed Europe. A printing press made books cheap. Books spread in Europe.",
        0.0,
        20.0,
    )]);
    let sentences = sentences(&transcript);
    assert_eq!(keywords(&sentences, 3), ["Europe", "printing press", "books"]);
    assert_eq!(chapter_title(&sentences), "Printing press changed Europe");
    assert_eq!(chapter_title(&[]), "");
    assert!(keywords(&[], 3).is_empty());
}

/// Answers by what is asked: the function gets the prompt and whether this is a second try.
struct Fake<Answer>(Answer, RefCell<Vec<Prompt>>);

impl<Answer: Fn(&str, Try) -> Result<String, Failure>> Writer for Fake<Answer> {
    async fn answer(&self, prompt: &Prompt, _most_tokens: usize) -> Result<String, Failure> {
        self.1.borrow_mut().push(prompt.clone());
        crate::fakes::Later(1).await;
        let cue = prompt.user.lines().last().unwrap_or_default();
        let (cue, again) = match cue.split_once(" (") {
            Some((cue, _)) => (cue, Try::Second),
            None => (cue, Try::First),
        };
        (self.0)(cue, again)
    }

    /// Likes the shortest best.
    async fn weigh(&self, _prompt: &Prompt, choices: &[String]) -> Result<Vec<f32>, Failure> {
        Ok(choices.iter().map(|choice| -(choice.len() as f32)).collect())
    }

    /// Takes the last choice at each place; whatever else it would say, a grammar forbids.
    async fn fill(&self, prompt: &Prompt, schema: &Value, _most: usize) -> Result<Option<Value>, Failure> {
        self.1.borrow_mut().push(prompt.clone());
        (self.0)("Hashtags:", Try::First)?;
        let places = schema["prefixItems"].as_array().unwrap();
        let last = |place: &Value| place["enum"].as_array().unwrap().last().unwrap().clone();
        Ok(Some(places.iter().map(last).collect()))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Try {
    First,
    Second,
}

fn written(answer: impl Fn(&str, Try) -> Result<String, Failure>) -> (Result<Written, Failure>, usize) {
    let fake = Fake(answer, RefCell::default());
    let written = run(write(&talk(), &fake));
    (written, fake.1.into_inner().len())
}

#[test]
fn a_model_that_lies_is_not_shown() {
    let (written, asked) = written(|_, _| Ok("Luna carried 13 rabbits.".into()));
    let written = written.unwrap();
    let rules = by_rules(&talk());
    assert_eq!(written.summary, rules.summary);
    let offered = tags(&talk(), 12);
    assert!(offered.len() > 5, "{offered:?}");
    let last: Vec<String> = offered[offered.len() - 5..].to_vec();
    let mut chosen = written.hashtags.clone();
    chosen.sort_by_key(|tag| offered.iter().position(|known| known == tag));
    assert_eq!((chosen, written.by.hashtags), (last, Author::Choice), "{offered:?}");
    assert_eq!(
        (written.by.title, written.by.hook, written.by.summary),
        (Author::Choice, Author::Choice, Author::Rules)
    );
    let shortest = |piece| candidates(piece, &talk()).into_iter().min_by_key(String::len).unwrap();
    assert_eq!((written.title, written.hook), (shortest(Piece::Title), shortest(Piece::Hook)));
    for piece in [Piece::Title, Piece::Hook] {
        let texts = candidates(piece, &talk());
        assert!(texts.len() > 1 && texts.iter().all(|text| check(piece, text, &talk()).is_ok()), "{texts:?}");
    }
    assert_eq!((asked, written.refused.len()), (9, 8));
    assert_eq!(written.refused[0].rejection, Rejection::UnknownNumber("13".into()));
}

#[test]
fn a_second_try_counts() {
    let (written, asked) = written(|cue, again| {
        Ok(match (cue, again) {
            ("Title:", Try::First) => "Luna the Brave",
            ("Title:", Try::Second) => "Luna flew through the storm",
            ("Hook:", _) => "But why did she hide them?",
            _ => "",
        }
        .into())
    });
    let written = written.unwrap();
    assert_eq!((written.title.as_str(), written.by.title), ("Luna flew through the storm", Author::Model));
    assert_eq!((written.by.hook, written.by.summary), (Author::Model, Author::Rules));
    assert!(written.post.starts_with("But why did she hide them?\n\n#"), "{}", written.post);
    assert_eq!(asked, 8);
    let json = serde_json::to_string(&written).unwrap();
    assert_eq!(serde_json::from_str::<Written>(&json).unwrap(), written);
}

#[test]
fn a_model_that_fails_is_asked_no_more_and_one_that_is_stopped_stops_all() {
    let (failed, asked) = written(|_, _| Err(Failure::internal("lost")));
    let failed = failed.unwrap();
    assert_eq!(failed.trouble, Some(Failure::internal("lost")));
    assert_eq!((asked, failed.title), (1, by_rules(&talk()).title));
    let (stopped, _) = written(|_, _| Err(Failure::cancelled()));
    assert_eq!(stopped, Err(Failure::cancelled()));
}
