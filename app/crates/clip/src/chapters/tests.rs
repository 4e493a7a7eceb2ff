//! Talks made of matters that have nothing to do with each other, so that it is known where chapters should begin.

use std::collections::HashSet;

use super::*;
use crate::sentence::sentences;
use crate::transcript::Transcript;
use crate::transcript::tests::segment;

const MATTERS: [[&str; 3]; 4] = [
    ["storm", "harbour", "Zeeland"],
    ["bread", "dough", "Vienna"],
    ["violin", "melody", "Cremona"],
    ["glacier", "granite", "Bergen"],
];

/// Each part: its matter, and how many sentences of eight seconds it has; two seconds of silence after each.
fn talk(parts: &[(usize, usize)]) -> Vec<Sentence> {
    let mut transcript = Transcript::default();
    let mut at = 0.5;
    for (matter, count) in parts {
        let [first, second, name] = MATTERS[*matter];
        for sentence in 0..*count {
            let text = match sentence % 3 {
                0 => format!("There was a {first} before that, and there is a {second} in {name}."),
                1 => format!("Here in {name} they are with the {second}, and then with that {first}."),
                _ => format!("Our {first} was there for them, and your {second} was there for us."),
            };
            transcript.merge(vec![segment(&text, at, at + 7.5)]);
            at += 8.0;
        }
        at += 2.0;
    }
    sentences(&transcript)
}

/// As meaning would say it: something else begins where a part does.
fn shifts(sentences: &[Sentence], parts: &[(usize, usize)]) -> BySentence {
    let shifts =
        parts.iter().flat_map(|(_, count)| std::iter::once(1.0).chain(std::iter::repeat_n(0.05, count - 1)));
    sentences.iter().map(|sentence| sentence.id).zip(shifts).collect()
}

fn starts(parts: &[(usize, usize)]) -> Vec<usize> {
    parts.iter().scan(0, |at, (_, count)| Some(std::mem::replace(at, *at + count))).collect()
}

/// What holds for all chapters.
fn check_form(sentences: &[Sentence], chapters: &[Chapter]) {
    assert_eq!(chapters.first().map(|first| first.start), Some(Instant::ZERO));
    assert_eq!(chapters.last().map(|last| last.end), sentences.last().map(Sentence::end));
    assert!(chapters.len() <= 24, "{}", chapters.len());
    for pair in chapters.windows(2) {
        assert_eq!((pair[0].end, pair[0].sentences.end), (pair[1].start, pair[1].sentences.start));
    }
    for chapter in chapters {
        assert!(chapters.len() == 1 || chapter.end - chapter.start >= SHORTEST, "{chapter:?}");
        let title = chapter.title();
        assert!(!title.is_empty() && title.chars().count() <= 60, "{title}");
        assert!(sentences[chapter.sentences.clone()].iter().any(|one| one.text() == chapter.text));
    }
}

#[test]
fn chapters_begin_where_the_topic_changes() {
    let check = |parts: &[(usize, usize)]| {
        let sentences = talk(parts);
        // With meaning, and by words and pauses alone.
        for shifts in [shifts(&sentences, parts), BySentence::default()] {
            let chapters = chapters(&sentences, &shifts);
            check_form(&sentences, &chapters);
            let found: Vec<usize> = chapters.iter().map(|chapter| chapter.sentences.start).collect();
            assert_eq!(found, starts(parts), "{shifts:?}");
        }
    };
    check(&[(0, 12), (1, 12), (2, 12), (3, 12)]);
    check(&[(0, 9), (1, 12), (2, 8), (3, 12), (0, 10)]);
}

#[test]
fn any_length_has_chapters_of_a_sensible_length() {
    let check = |count: usize, least: usize, most: usize| {
        let parts = [(0, count)];
        let sentences = talk(&parts);
        let chapters = chapters(&sentences, &shifts(&sentences, &parts));
        check_form(&sentences, &chapters);
        assert!((least..=most).contains(&chapters.len()), "{count}: {}", chapters.len());
    };
    check(1, 1, 1);
    check(3, 1, 1);
    check(10, 1, 1);
    // Even where nothing changes, no chapter is the whole of a long talk.
    check(60, 3, 10);
    check(900, 4, 24);
    assert_eq!(chapters(&[], &BySentence::default()), []);
}

#[test]
fn many_topics_have_not_too_many_chapters() {
    let parts: Vec<(usize, usize)> = (0..120).map(|at| (at % 4, 7)).collect();
    let sentences = talk(&parts);
    let chapters = chapters(&sentences, &shifts(&sentences, &parts));
    check_form(&sentences, &chapters);
    assert!(chapters.len() >= 8, "{}", chapters.len());
    let all = starts(&parts);
    assert!(chapters.iter().all(|chapter| all.contains(&chapter.sentences.start)));
}

#[test]
fn a_summary_is_short_in_order_and_about_different_things() {
    let check = |parts: &[(usize, usize)], expected: usize| {
        let sentences = talk(parts);
        let summary = summary(&sentences);
        assert_eq!(summary.len(), expected);
        assert!(summary.is_sorted() && summary.last().is_none_or(|last| *last < sentences.len()));
        summary
    };
    check(&[], 0);
    check(&[(0, 1)], 1);
    check(&[(0, 6)], 2);
    let parts = [(0, 12), (1, 12), (2, 12), (3, 12)];
    let matters: HashSet<usize> = check(&parts, 4).iter().map(|at| at / 12).collect();
    assert_eq!(matters.len(), 4, "one of each");
}

#[test]
fn keywords_are_what_is_spoken_about() {
    let words = keywords(&talk(&[(0, 12), (1, 12), (2, 12), (3, 12)]));
    assert!((8..=12).contains(&words.len()), "{words:?}");
    for word in MATTERS.iter().flatten() {
        assert!(words.iter().any(|found| found == word), "{word} in {words:?}");
    }
    assert_eq!(keywords(&[]), Vec::<String>::new());
}

#[test]
fn titles_are_whole_or_say_that_they_are_not() {
    let check = |text: &str, expected: &str| assert_eq!(short(text), expected);
    check("The sea took their village.", "The sea took their village");
    check("And so, nobody had been warned.", "Nobody had been warned");
    check(
        "Unlike any other rabbit in the wood, Luna was born with wings that she had yet to understand.",
        "Luna was born with wings that she had yet to understand",
    );
    check(
        "They waited there for thirty hours until the water had gone back to where it had come from",
        "They waited there for thirty hours until the water had gone…",
    );
    check("Why?", "Why?");
    check("", "");
    assert_eq!(short(&"a".repeat(90)).chars().count(), 60);
}

/// What was said, one sentence after the other, with a pause behind each `|`.
fn spoken(text: &str, words_a_second: f64) -> Vec<Sentence> {
    let mut transcript = Transcript::default();
    let mut at = 0.5;
    for part in text.split('|') {
        for sentence in part.split_inclusive(['.', '?', '!']) {
            let long = sentence.split_whitespace().count() as f64 / words_a_second;
            transcript.merge(vec![segment(sentence.trim(), at, at + long)]);
            at += long + 0.4;
        }
        at += 0.9;
    }
    sentences(&transcript)
}

/// People who look for their words, about three matters.
const HESITANT: &str = "Um, uh, so the recent news, you know, about the harbour wall surprised the whole village. I don't. \
    Uh huh. Maybe in some cases. The harbour wall was built by two fishermen and a priest. And, um, the storm took that \
    wall in one night. We had no harbour and no wall when the storm was over. Mm. The priest rang the bell of the harbour \
    until the morning. So, uh, the fishermen built the harbour wall again. Nobody paid the fishermen for the harbour. Right.|\
    Okay, um, bread. The, uh, the baker of the village never sold his bread on a Monday. I mean. He gave the bread to the \
    school, and the baker never said why. But the children knew the baker and his bread. Perhaps on Mondays. Well, you \
    know, the baker had been hungry at that school as a child. That is why the bread of the baker was free. Yeah.|\
    And so, um, the violin. My uncle carried a violin over the mountain. The violin had no strings, I mean, the violin had \
    one string. On the mountain he played that string for the goats. Uh, the goats followed the violin into the valley. \
    I don't. My uncle sold the goats and bought three strings for the violin.";

#[test]
fn no_title_and_no_key_point_is_filled_or_a_fragment() {
    let fillers = [" um ", " uh ", " mm ", " you know ", " i mean ", " okay "];
    let fragments = ["i don't", "uh huh", "maybe in some cases", "perhaps on mondays", "right", "yeah"];
    let check = |text: &str| {
        assert!(text.starts_with(char::is_uppercase), "{text}");
        let bare = text.to_lowercase().replace(['.', ',', '…'], "");
        assert!(!fragments.contains(&bare.as_str()), "{text}");
        assert!(!fillers.iter().any(|filler| format!(" {bare} ").contains(filler)), "{text}");
        assert!(!["so ", "and ", "but "].iter().any(|opening| bare.starts_with(opening)), "{text}");
    };
    for sentences in [spoken(HESITANT, 1.5), conversation()] {
        let chapters = chapters(&sentences, &BySentence::default());
        check_form(&sentences, &chapters);
        chapters.iter().for_each(|chapter| check(&chapter.title()));
        for at in summary(&sentences) {
            check(&point(&sentences[at]));
        }
    }
}

#[test]
fn a_key_point_is_a_whole_sentence() {
    // Cut in its middle by length alone, neither half is what the speaker said.
    let endless = format!(
        "The glacier carried {} granite down to the bridge.",
        "stones and more stones and ".repeat(14)
    );
    let text = format!(
        "The glacier is older than the bridge. {endless} The bridge is made of granite from the glacier."
    );
    let sentences = spoken(&text, 2.2);
    assert!(sentences.iter().any(|sentence| sentence.ends == End::Cut), "or there is nothing to test");
    let points: Vec<String> = summary(&sentences).iter().map(|&at| point(&sentences[at])).collect();
    assert_eq!(
        points,
        ["The glacier is older than the bridge.", "The bridge is made of granite from the glacier."]
    );
}

#[test]
fn half_an_hour_has_six_to_nine_chapters() {
    let count = chapters(&conversation(), &BySentence::default()).len();
    assert!((6..=9).contains(&count), "{count}");
    // Also where voices and topics tell of many changes.
    let sentences = conversation();
    let shift = |(at, sentence): (usize, &Sentence)| (sentence.id, if at % 9 == 0 { 0.9 } else { 0.1 });
    let shifts = sentences.iter().enumerate().map(shift).collect();
    let count = chapters(&sentences, &shifts).len();
    assert!((6..=9).contains(&count), "{count}");
}

/// Thirty-five minutes in which two people talk about a dozen things.
fn conversation() -> Vec<Sentence> {
    let text = include_str!("../../../../../e2e/fixtures/two-people.txt");
    let turns = text.lines().map(|turn| turn.split_once(": ").expect("somebody speaks").1);
    let text = turns.collect::<Vec<_>>().join("|");
    let sentences = spoken(&text, 1.33);
    let end_s = sentences.last().map_or(0.0, |last| last.end().seconds());
    assert!((1900.0..2300.0).contains(&end_s), "{end_s}");
    sentences
}
