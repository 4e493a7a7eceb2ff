//! Words and pairs of words weighed by how much of a text they tell: by frequency, and by a guess at rarity from the word
//! and its neighbors alone.

use crate::order;
use std::collections::{HashMap, HashSet};

use super::passage::Read;
use super::token::{Kind, Token};
use super::vocabulary::{hedges, is_connecting, reverses};
use crate::script::raised;
use crate::select::lexicon::is_content;

/// A word, or two that stand together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term {
    /// As they are written inside of sentences.
    pub words: Vec<String>,
    pub weight: f32,
}

/// Every term of a text, most telling first; words that are only said as part of a pair are left to the pair.
pub(super) fn terms(sentences: &[Read]) -> Vec<Term> {
    let said = Said::new(sentences);
    let mut found: Vec<(Term, usize)> = Vec::new();
    for (words, count) in &said.counts {
        let weight = said.weight(words, count.times);
        if weight > 0.0 {
            let words = words.iter().map(|word| said.spelled(word)).collect();
            found.push((Term { words, weight }, count.place));
        }
    }
    order::sort_by(&mut found, |(a, a_place), (b, b_place)| {
        b.weight.total_cmp(&a.weight).then(a_place.cmp(b_place))
    });
    found.into_iter().map(|(term, _)| term).collect()
}

/// What is known of a text's words.
struct Said {
    /// Of words and of neighbors.
    counts: HashMap<Vec<String>, Count>,
    /// How often a word is said as part of a pair.
    paired: HashMap<String, usize>,
    names: HashSet<String>,
    verbs: HashSet<String>,
}

struct Count {
    times: usize,
    /// Where it is said first; no two are the same.
    place: usize,
}

impl Said {
    fn new(sentences: &[Read]) -> Self {
        let seen: HashSet<&str> = all(sentences).map(|token| token.plain.as_str()).collect();
        // Forms of one word are counted together, under the one that is said itself.
        let base = |token: &Token| {
            let form = token.forms.iter().skip(1).find(|form| seen.contains(form.as_str()));
            form.unwrap_or(&token.plain).clone()
        };
        let mut said = Self {
            counts: HashMap::new(),
            paired: HashMap::new(),
            names: names(sentences),
            verbs: verbs(sentences),
        };
        for sentence in sentences {
            for (at, first) in sentence.tokens.iter().enumerate().filter(|(_, token)| is_topic(token)) {
                said.count(vec![base(first)]);
                let second = sentence.tokens.get(at + 1).filter(|_| !first.breaks);
                if let Some(second) = second.filter(|second| is_topic(second) && !second.is_same(first)) {
                    said.count(vec![first.plain.clone(), second.plain.clone()]);
                }
            }
        }
        said.note_pairs();
        said
    }

    fn count(&mut self, words: Vec<String>) {
        let place = self.counts.len();
        self.counts.entry(words).or_insert(Count { times: 0, place }).times += 1;
    }

    /// Two names side by side, or two words that come together again.
    fn is_pair(&self, words: &[String], times: usize) -> bool {
        words.len() == 2 && (times > 1 || words.iter().all(|word| self.names.contains(word)))
    }

    /// 0 for what is no term of its own.
    fn weight(&self, words: &[String], times: usize) -> f32 {
        const TOGETHER: f32 = 1.3;
        let rarity = words.iter().map(|word| self.rarity(word)).sum::<f32>() / words.len().max(1) as f32;
        let by_count = |times: usize| rarity * (1.0 + (times as f32).ln());
        match words {
            [word] => match times.saturating_sub(self.paired.get(word).copied().unwrap_or(0)) {
                0 => 0.0,
                alone => by_count(alone),
            },
            pair if self.is_pair(pair, times) => {
                let most = pair.iter().filter_map(|word| self.counts.get(std::slice::from_ref(word)));
                TOGETHER * by_count(most.map(|count| count.times).fold(times, usize::max))
            }
            _ => 0.0,
        }
    }

    fn note_pairs(&mut self) {
        let mut paired: HashMap<String, usize> = HashMap::new();
        for (words, count) in self.counts.iter().filter(|(words, count)| self.is_pair(words, count.times)) {
            for word in words {
                *paired.entry(word.clone()).or_default() += count.times;
            }
        }
        self.paired = paired;
    }

    /// Long words are rarer, names tell most, verbs and adverbs least.
    fn rarity(&self, word: &str) -> f32 {
        let long = 1.0 + 0.06 * word.chars().count().min(12) as f32;
        let doing = if self.verbs.contains(word) { 0.6 } else { 1.0 };
        if self.names.contains(word) {
            1.6 * long
        } else if word.ends_with("ly") || word.ends_with("ed") || word.ends_with("ing") {
            0.7 * long * doing
        } else {
            long * doing
        }
    }

    fn spelled(&self, word: &str) -> String {
        if self.names.contains(word) { raised(word) } else { word.to_owned() }
    }
}

fn all(sentences: &[Read]) -> impl Iterator<Item = &Token> {
    sentences.iter().flat_map(|sentence| &sentence.tokens)
}

/// Words that are written with a capital inside of sentences and never without; and those that only begin sentences, if
/// they do so again and again and are no form of another word.
fn names(sentences: &[Read]) -> HashSet<String> {
    let mut opening: HashMap<&str, usize> = HashMap::new();
    for first in all(sentences).filter(|token| token.word == 0 && is_topic(token) && token.forms.len() == 1) {
        *opening.entry(first.plain.as_str()).or_default() += usize::from(first.is_capital);
    }
    let again = opening.into_iter().filter(|(_, count)| *count > 1).map(|(word, _)| word.to_owned());
    let inside = all(sentences).filter(|token| token.is_inner_capital()).map(|token| token.plain.clone());
    let mut names: HashSet<String> = inside.chain(again).collect();
    for small in all(sentences).filter(|token| !token.is_capital) {
        names.remove(&small.plain);
    }
    names
}

/// Words behind "to", "will" and persons, which do something rather than are something.
fn verbs(sentences: &[Read]) -> HashSet<String> {
    const BEFORE: [&str; 20] = [
        "to", "will", "can", "could", "would", "should", "may", "might", "must", "not", "never", "always",
        "i", "you", "we", "they", "he", "she", "it", "who",
    ];
    let pairs = sentences.iter().flat_map(|sentence| sentence.tokens.windows(2));
    let doing = pairs.filter(|pair| BEFORE.contains(&pair[0].plain.as_str()) && !pair[1].is_capital);
    doing.map(|pair| pair[1].plain.clone()).collect()
}

/// Whether a word can name what is spoken about.
pub(super) fn is_topic(token: &Token) -> bool {
    let word = token.plain.as_str();
    let is_common = || token.forms.iter().any(|form| COMMON.contains(&form.as_str()));
    // "New" is a common word, but not in "New York".
    token.kind == Kind::Content
        && (is_content(word) || word == "new")
        && (token.is_inner_capital() || !is_common())
        && !is_connecting(word)
        && !reverses(word)
        && !hedges(word)
}

/// Content by the look of it, but of every video.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "know", "think", "want", "like", "look", "going", "get", "got", "make", "take", "say", "tell", "people", "person",
    "lot", "kind", "sort", "stuff", "good", "great", "really", "very", "right", "okay", "yeah", "see", "use", "need",
    "work", "try", "find", "give", "come", "put", "let", "mean", "feel", "talk", "call", "ask", "start", "keep",
    "time", "day", "today", "year", "first", "last", "next", "new", "old", "big", "little", "long", "much", "many",
    "something", "anything", "everything", "nothing", "someone", "everyone", "everybody", "somebody", "always", "never",
    "every", "own", "part", "point", "place", "end", "different", "same", "able", "actually", "just", "even", "well",
    "bit", "happen", "become", "believe", "began", "whole", "once", "only", "best", "better", "leave", "live", "bring",
];
