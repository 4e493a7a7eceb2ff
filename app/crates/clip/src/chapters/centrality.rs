//! What the sentences of a talk are about, and which of them say most of what they share.
//! By their words alone; refuses to know what it is asked for.

use crate::order;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::select::lexicon::{leaning, plain, stem};
use crate::sentence::Sentence;

/// Said in every talk, whatever it is about.
const SAID_EVERYWHERE: &[&str] = &[
    "actually",
    "answer",
    "anybody",
    "anything",
    "applause",
    "ask",
    "asked",
    "away",
    "back",
    "bad",
    "behind",
    "best",
    "better",
    "big",
    "bit",
    "came",
    "come",
    "comes",
    "coming",
    "course",
    "day",
    "days",
    "different",
    "done",
    "easy",
    "end",
    "everybody",
    "everyone",
    "everything",
    "exactly",
    "fact",
    "feel",
    "find",
    "first",
    "gave",
    "get",
    "give",
    "goes",
    "going",
    "good",
    "got",
    "great",
    "guy",
    "half",
    "hand",
    "happen",
    "happened",
    "happens",
    "hard",
    "head",
    "hear",
    "heard",
    "help",
    "hour",
    "hours",
    "idea",
    "important",
    "keep",
    "kind",
    "knew",
    "know",
    "last",
    "later",
    "laughter",
    "learn",
    "left",
    "let",
    "life",
    "like",
    "line",
    "little",
    "long",
    "look",
    "looked",
    "looking",
    "looks",
    "lot",
    "lots",
    "made",
    "make",
    "makes",
    "making",
    "man",
    "maybe",
    "mean",
    "means",
    "minute",
    "minutes",
    "moment",
    "month",
    "months",
    "morning",
    "name",
    "need",
    "new",
    "next",
    "night",
    "nobody",
    "number",
    "okay",
    "old",
    "part",
    "people",
    "person",
    "place",
    "please",
    "point",
    "problem",
    "put",
    "question",
    "questions",
    "real",
    "really",
    "reason",
    "right",
    "said",
    "saw",
    "say",
    "says",
    "second",
    "see",
    "show",
    "side",
    "simply",
    "small",
    "somebody",
    "someone",
    "something",
    "stand",
    "start",
    "started",
    "stop",
    "story",
    "stuff",
    "sure",
    "take",
    "talk",
    "talking",
    "tell",
    "thank",
    "thanks",
    "thing",
    "things",
    "think",
    "third",
    "thought",
    "time",
    "times",
    "today",
    "told",
    "took",
    "tried",
    "true",
    "truth",
    "try",
    "turn",
    "turned",
    "turns",
    "understand",
    "use",
    "used",
    "want",
    "wanted",
    "way",
    "ways",
    "week",
    "weeks",
    "went",
    "whole",
    "woman",
    "word",
    "words",
    "work",
    "works",
    "world",
    "wrong",
    "year",
    "years",
    "yesterday",
];

/// What a plain word is about, if it tells something.
pub(super) fn content_stem(plain: &str) -> Option<String> {
    let says_nothing =
        plain.contains('\'') && !plain.ends_with("'s") || SAID_EVERYWHERE.binary_search(&plain).is_ok();
    stem(plain).filter(|_| !says_nothing && plain.chars().any(char::is_alphabetic))
}

/// What the sentences are about.
pub(super) struct Centrality {
    /// In order, so that sums come out the same every time.
    pub stems: Vec<BTreeSet<u32>>,
    /// How much each sentence leans on what was said before it, and how short of content it is: 0 to 1.
    fitness: Vec<f64>,
    /// In how many sentences each stem is said.
    spread: Vec<usize>,
}

impl Centrality {
    pub fn of(sentences: &[Sentence]) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut stems: Vec<BTreeSet<u32>> = Vec::with_capacity(sentences.len());
        let mut fitness = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let words: Vec<String> = sentence.words.iter().map(|word| plain(&word.text)).collect();
            let numbered = words.iter().filter_map(|word| content_stem(word)).map(|stem| {
                let next = numbers.len() as u32;
                *numbers.entry(stem).or_insert(next)
            });
            stems.push(order::gathered(numbered));
            let word = |at: usize| words.get(at).map_or("", String::as_str);
            let count = words.len() as f64;
            let length = (count / 9.0).min(1.0) * (30.0 / count.max(1.0)).min(1.0);
            fitness.push((1.0 - 0.6 * f64::from(leaning(word(0), word(1)))) * length);
        }
        let mut spread = vec![0; numbers.len()];
        for stem in stems.iter().flatten() {
            spread[*stem as usize] += 1;
        }
        Self { stems, fitness, spread }
    }

    /// How much of what these sentences share each of them says.
    pub fn worth(&self, run: Range<usize>) -> Vec<f64> {
        let mut here: HashMap<u32, usize> = HashMap::new();
        for stem in self.stems[run.clone()].iter().flatten() {
            *here.entry(*stem).or_default() += 1;
        }
        let all = self.stems.len() as f64;
        let weight = |stem: &u32| {
            let shared = here.get(stem).map_or(0, |count| count - 1) as f64;
            // Said everywhere, it tells nothing of this part.
            shared.sqrt() * (1.0 + (all / self.spread[*stem as usize] as f64).ln())
        };
        run.map(|at| {
            let said: f64 = self.stems[at].iter().map(weight).sum();
            // Long sentences say more, but not by being long.
            self.fitness[at] * said / (3.0 + self.stems[at].len() as f64).sqrt()
        })
        .collect()
    }

    /// These sentences, the most central first. Of equal ones the earlier; where nothing is shared, the fitter.
    pub fn most_central(&self, run: Range<usize>) -> Vec<usize> {
        let worth = self.worth(run.clone());
        let value = |at: usize| (worth[at - run.start], self.fitness[at]);
        let mut ranked: Vec<usize> = run.clone().collect();
        order::sort_by(&mut ranked, |&a, &b| {
            let (a_worth, b_worth) = (value(a), value(b));
            b_worth.0.total_cmp(&a_worth.0).then(b_worth.1.total_cmp(&a_worth.1))
        });
        ranked
    }

    /// 1 where the sentences before and after a gap share no word, toward 0 where they share many.
    pub fn turn(&self, at: usize) -> f64 {
        const AROUND: usize = 6;
        let gather = |run: Range<usize>| -> BTreeSet<u32> {
            order::gathered(self.stems[run].iter().flatten().copied())
        };
        let before = gather(at.saturating_sub(AROUND)..at);
        let after = gather(at..(at + AROUND).min(self.stems.len()));
        let shared = before.intersection(&after).count() as f64;
        1.0 - (3.0 * shared / before.len().min(after.len()).max(1) as f64).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_said_everywhere_are_in_order() {
        assert!(SAID_EVERYWHERE.is_sorted(), "they are looked up by halves");
    }
}
