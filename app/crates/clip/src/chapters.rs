//! A talk at a glance: its chapters, the few sentences that say most of it, and the words that tell what it is about.
//! By the speaker's own words alone; refuses to know models and how a chapter is shown.

mod centrality;
mod summary;

use std::ops::Range;

use media::time::{Instant, Span};

use self::centrality::Centrality;
pub use self::summary::{keywords, point, summary};
use crate::headline::{Phrase, is_fragment, phrases, shortened, unfilled};
use crate::script::raised;
use crate::script::width;
use crate::select::lexicon::{is_content, leaning, plain};
use crate::sentence::{BySentence, End, Sentence};

/// No chapter is shorter, but for a talk that is.
const SHORTEST: Span = Span::from_millis(45_000);
/// So many chapters are usual in a minute, and in eight minutes twice as many: four to five in seven minutes, eight in
/// thirty-five, twelve in two hours.
const IN_A_MINUTE: f64 = 2.4;
const FEWER: f64 = 0.8;
const MORE: f64 = 1.18;
/// What a bound must be worth to be better than none.
const LEAST_BOUND: f64 = 0.3;
/// A pause this long is as good as a pause can be.
const LONG_PAUSE_S: f64 = 2.5;
const TITLE: usize = 60;
const FEWEST_SENTENCES: usize = 2;

/// A stretch of the talk about one topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// Of the first chapter, zero.
    pub start: Instant,
    /// Where the next one starts; of the last chapter, where its last sentence ends.
    pub end: Instant,
    /// Which of the sentences it is made of.
    pub sentences: Range<usize>,
    /// Its most central sentence that has a title in it, whole.
    pub text: String,
}

impl Chapter {
    /// A short run from its most central sentence, at most 60 characters.
    pub fn title(&self) -> String {
        short(&self.text)
    }
}

/// The chapters of a talk. `topic_shifts`: how much the topic changes before each sentence, see [`crate::topics::topic_shifts`]; where
/// that is not known, pauses and words alone count.
pub fn chapters(sentences: &[Sentence], topic_shifts: &BySentence) -> Vec<Chapter> {
    let Some(last) = sentences.last() else { return Vec::new() };
    let centrality = Centrality::of(sentences);
    let bounds = bounds(sentences, &centrality, topic_shifts);
    let starts = cut(sentences, &bounds, last.end() - Instant::ZERO);
    let ends = starts.iter().skip(1).copied().chain([sentences.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&from, to)| Chapter {
            start: if from == 0 { Instant::ZERO } else { sentences[from].start() },
            end: sentences.get(to).map_or(last.end(), Sentence::start),
            sentences: from..to,
            text: central(sentences, &centrality, from..to),
        })
        .collect()
}

/// The most central of some sentences that has a title in it; where none has, the most central one.
fn central(sentences: &[Sentence], centrality: &Centrality, run: Range<usize>) -> String {
    let ranked = centrality.most_central(run);
    let mut texts = ranked.iter().map(|&at| sentences[at].text());
    let titled = texts.find(|text| titles(text).next().is_some());
    titled.or_else(|| ranked.first().map(|&at| sentences[at].text())).unwrap_or_default()
}

/// What a chapter gains by beginning before each sentence, 0 to 1.
fn bounds(sentences: &[Sentence], centrality: &Centrality, topic_shifts: &BySentence) -> Vec<f64> {
    (0..sentences.len())
        .map(|at| {
            let Some(before) = at.checked_sub(1).map(|before| &sentences[before]) else { return 1.0 };
            let pause =
                (sentences[at].start() - before.end()).seconds().clamp(0.0, LONG_PAUSE_S) / LONG_PAUSE_S;
            let turn =
                topic_shifts.get(sentences[at].id).map_or_else(|| 0.7 * centrality.turn(at), f64::from);
            let word = |place: usize| sentences[at].words.get(place).map(|word| plain(&word.text));
            let leans = leaning(&word(0).unwrap_or_default(), &word(1).unwrap_or_default());
            let torn = if before.ends == End::Cut { 0.2 } else { 1.0 };
            (0.65 * turn + 0.35 * pause) * (1.0 - 0.25 * f64::from(leans)) * torn
        })
        .collect()
}

/// The sentences that chapters begin with: of all ways to cut into about as many as is usual, the one whose bounds are worth most,
/// where lengths far from the usual one cost and none but the last resort is much longer.
fn cut(sentences: &[Sentence], bounds: &[f64], long: Span) -> Vec<usize> {
    let count = sentences.len();
    let start = |at: usize| if at == 0 { Instant::ZERO } else { sentences[at].start() };
    let end = |at: usize| sentences.get(at).map_or(Instant::ZERO + long, Sentence::start);
    if long < SHORTEST + SHORTEST || count < 2 * FEWEST_SENTENCES {
        return vec![0];
    }
    let usual = IN_A_MINUTE * (long.seconds() / 60.0).cbrt();
    let (fewest, most) = ((usual * FEWER) as usize, (usual * MORE).round() as usize);
    let usual_s = long.seconds() / usual;
    let longest_s = (2.0 * usual_s).min(long.seconds() / 4.0).max(SHORTEST.seconds() * 2.5);
    let cost = |length_s: f64| {
        let off = (length_s / usual_s).max(0.01).ln();
        let too_long = ((length_s - longest_s) / usual_s).max(0.0);
        0.08 * off * off + 4.0 * too_long
    };
    // `best[to][chapters]`: what the best cut of the first `to` sentences is worth, and where its last chapter begins.
    let mut best: Vec<Vec<(f64, usize)>> = vec![vec![(f64::NEG_INFINITY, 0); most + 1]; count + 1];
    best[0][0].0 = 0.0;
    for to in 1..=count {
        for from in (0..to).rev() {
            let length = end(to) - start(from);
            if length < SHORTEST || to - from < FEWEST_SENTENCES {
                continue;
            }
            let gain = if from == 0 { 0.0 } else { bounds[from] - LEAST_BOUND };
            let gain = gain - cost(length.seconds());
            for chapters in 1..=most {
                let worth = best[from][chapters - 1].0 + gain;
                if worth > best[to][chapters].0 {
                    best[to][chapters] = (worth, from);
                }
            }
            // Longer ones only cost more; one is kept, so that there is always a way.
            if length.seconds() > 2.0 * longest_s && best[to].iter().any(|(worth, _)| worth.is_finite()) {
                break;
            }
        }
    }
    let worth = |chapters: &usize| best[count][*chapters].0;
    let best_of = |range: std::ops::RangeInclusive<usize>| {
        range.filter(|chapters| worth(chapters).is_finite()).max_by(|a, b| worth(a).total_cmp(&worth(b)))
    };
    let Some(chapters) = best_of(fewest.max(1)..=most).or_else(|| best_of(1..=fewest)) else {
        return vec![0];
    };
    let mut starts = Vec::new();
    let mut to = count;
    for chapters in (1..=chapters).rev() {
        to = best[to][chapters].1;
        starts.push(to);
    }
    starts.reverse();
    starts
}

/// The phrases of a sentence that can be a chapter's title.
fn titles(text: &str) -> impl DoubleEndedIterator<Item = Phrase> {
    phrases(text).into_iter().filter(|phrase| width(&phrase.text) <= TITLE && !is_fragment(&phrase.text))
}

/// The phrase of a sentence that can stand alone, of several the one that says most; where there is none, the begin of the
/// sentence with a sign that it goes on.
fn short(text: &str) -> String {
    let says = |phrase: &Phrase| {
        let content = phrase.text.split_whitespace().filter(|word| is_content(&plain(word))).count();
        (phrase.begins && phrase.ends, content, phrase.begins)
    };
    let best = titles(text).rev().max_by_key(says).map(|phrase| phrase.text);
    best.unwrap_or_else(|| {
        let whole = unfilled(text);
        let bare = whole
            .trim_end_matches([',', ';', ':', '.', '—', '–', '-', ' ', '。'])
            .trim_matches(['"', '“', '”']);
        shortened(&raised(bare), TITLE)
    })
}

#[cfg(test)]
mod tests;
