//! A title in the speaker's own words: the strongest phrase of a clip that is whole and short. Refuses to cut one.

use crate::order;
use std::collections::HashMap;

use super::lexicon::{claims, plain, stem};
use super::sentence_features::SentenceFeatures;
use crate::headline::{LONGEST, Phrase, phrases, shortened, without_fillers};
use crate::script::raised;
use crate::writing::keyphrase_of;

/// At most 60 columns, quoted from the clip; only the first letter is raised and marks at the end are left out. Where no whole
/// phrase is short enough, the words that tell most; where none do, the begin of the clip, with a sign that it goes on.
pub(super) fn title(features: &[SentenceFeatures]) -> String {
    let mut said: HashMap<String, usize> = HashMap::new();
    for word in features.iter().flat_map(|sentence| sentence.text.split_whitespace()) {
        if let Some(stem) = stem(&plain(word)) {
            *said.entry(stem).or_default() += 1;
        }
    }
    let mut best: Option<(f32, String)> = None;
    for (place, sentence) in features.iter().enumerate() {
        let dull = sentence.housekeeping || sentence.repeats;
        let of_sentence = if place == 0 { 0.5 } else { 0.0 } + 0.6 * sentence.hook.strength()
            - if dull { 1.0 } else { 0.0 };
        for phrase in phrases(&sentence.text) {
            let value = of_sentence + worth(&phrase, &said);
            if best.as_ref().is_none_or(|(most, _)| value > *most) {
                best = Some((value, phrase.text));
            }
        }
    }
    best.map_or_else(|| makeshift(features), |(_, text)| text)
}

fn makeshift(features: &[SentenceFeatures]) -> String {
    let texts: Vec<&str> = features.iter().map(|sentence| sentence.text.as_str()).collect();
    let keyphrase = keyphrase_of(&texts);
    if crate::headline::is_whole(&keyphrase) {
        return keyphrase;
    }
    let says =
        features.iter().find(|sentence| !sentence.housekeeping && !sentence.repeats).or(features.first());
    says.map(|sentence| shortened(&raised(&without_fillers(&sentence.text).join(" ")), LONGEST))
        .unwrap_or_default()
}

fn worth(phrase: &Phrase, said: &HashMap<String, usize>) -> f32 {
    let words: Vec<String> = phrase.text.split_whitespace().map(plain).collect();
    let mut stems: Vec<String> = words.iter().filter_map(|word| stem(word)).collect();
    order::sort_by(&mut stems, Ord::cmp);
    stems.dedup();
    // What the clip comes back to is what it is about.
    let recurring =
        |stem: &String| 0.3 + 0.2 * said.get(stem).map_or(0, |count| count.saturating_sub(1).min(3)) as f32;
    let about: f32 = stems.iter().map(recurring).sum();
    let filling = 1.0 - stems.len() as f32 / words.len().max(1) as f32;
    let names =
        phrase.text.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_uppercase)).count();
    let hanging = words.first().is_some_and(|first| HANGS.contains(&first.as_str()));
    let says = phrase.text.ends_with(['?', '？']) || words.iter().any(|word| claims(word));
    about.min(2.2) - 0.5 * filling
        + 0.15 * names.min(2) as f32
        + if phrase.begins { 0.35 } else { 0.0 }
        + if phrase.ends { 0.3 } else { 0.0 }
        + if says { 0.3 } else { 0.0 }
        - if hanging { 0.7 } else { 0.0 }
}

/// A phrase that begins so belongs to what stands before it.
const HANGS: &[&str] = &[
    "in", "on", "at", "by", "of", "to", "from", "with", "for", "as", "which", "that", "who", "whose",
    "where", "when", "if", "than", "then", "into", "about", "before", "after", "it", "he", "she", "they",
    "this", "these", "those", "him", "her", "them", "is", "was", "were", "are", "be", "because", "while",
    "until", "since", "is",
];

#[cfg(test)]
mod tests {
    use super::super::sentence_features::sentence_features;
    use super::*;
    use crate::sentence::sentences;
    use crate::transcript::Transcript;
    use crate::transcript::tests::segment;

    fn check(text: &str, want: &str) {
        let transcript = Transcript { segments: vec![segment(text, 0.0, 30.0)], ..Transcript::default() };
        assert_eq!(title(&sentence_features(&sentences(&transcript))), want);
    }

    #[test]
    fn a_title_is_a_claim_or_a_question_said_in_the_clip() {
        check(
            "So, um, hello everybody and welcome to the show. And the brain never really sleeps at night. It was in May.",
            "The brain never really sleeps at night",
        );
        check(
            "Yeah. Why do cats land on their feet? They turn, i.e. they twist.",
            "Why do cats land on their feet?",
        );
        check("今日は天気がとてもいいですね。", "今日は天気がとてもいいですね");
    }

    #[test]
    fn without_a_whole_phrase_nothing_is_torn() {
        check(
            "the thing that was in all of the villages and the rivers and at the coast of the northern sea of the old \
             kingdom that nobody from the city had ever heard of until then",
            "Coast of the northern sea",
        );
        check("Ein", "Ein");
    }
}
