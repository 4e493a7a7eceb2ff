//! A talk in a few sentences and in a few words, all of them the speaker's own.

use crate::order;
use std::collections::{HashMap, HashSet};

use super::centrality::{Centrality, content_stem};
use crate::headline::unfilled;
use crate::script::raised;
use crate::select::FEWEST_WORDS;
use crate::select::lexicon::plain;
use crate::sentence::{End, Sentence};

/// In English; in other languages they are as rare as any.
const BEFORE_THINGS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "my", "our", "your", "his", "her", "their", "its",
    "of", "in", "for", "with", "about", "no", "every", "some", "many", "more",
];

/// A sentence of a summary as it is read: without what fills it, the first letter raised.
pub fn point(sentence: &Sentence) -> String {
    raised(&unfilled(&sentence.text()))
}

/// Whether a sentence begins and ends where the speaker's does, and says something by itself.
fn is_whole(sentences: &[Sentence], at: usize) -> bool {
    let begins = at.checked_sub(1).is_none_or(|before| sentences[before].ends == End::Mark);
    begins
        && sentences[at].ends == End::Mark
        && unfilled(&sentences[at].text()).split_whitespace().count() >= FEWEST_WORDS
}

/// The two to four sentences that say most of a talk, in their order. None is a piece of one, unless there are only pieces.
pub fn summary(sentences: &[Sentence]) -> Vec<usize> {
    let centrality = Centrality::of(sentences);
    let wanted = match sentences.len() {
        0..8 => 2,
        8..40 => 3,
        _ => 4,
    };
    let whole: Vec<usize> = (0..sentences.len()).filter(|&at| is_whole(sentences, at)).collect();
    let whole = if whole.len() < wanted { (0..sentences.len()).collect() } else { whole };
    let mut worth = centrality.worth(0..sentences.len());
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < wanted.min(sentences.len()) {
        let best = whole.iter().copied().filter(|at| !chosen.contains(at));
        let Some(best) = best.max_by(|&a, &b| worth[a].total_cmp(&worth[b]).then(b.cmp(&a))) else { break };
        chosen.push(best);
        // What was said needs not be said again.
        for (at, worth) in worth.iter_mut().enumerate() {
            let shared = centrality.stems[at].intersection(&centrality.stems[best]).count() as f64;
            *worth *= 1.0 - shared / centrality.stems[at].len().max(1) as f64;
        }
    }
    order::sort_by(&mut chosen, Ord::cmp);
    chosen
}

/// The words that tell what a talk is about, the most telling first; at most twelve, fewer where few are said twice.
pub fn keywords(sentences: &[Sentence]) -> Vec<String> {
    const MOST: usize = 12;
    const FEW: usize = 8;
    let mut said: HashMap<String, Said> = HashMap::new();
    for sentence in sentences {
        let mut here: HashSet<String> = HashSet::new();
        for (place, word) in sentence.words.iter().enumerate() {
            let bare = plain(&word.text);
            let Some(stem) = content_stem(&bare) else { continue };
            let of = said.entry(stem.clone()).or_default();
            of.sentences += usize::from(here.insert(stem));
            let shown = word.spoken().trim_matches(|c: char| !c.is_alphanumeric());
            let shown = shown.strip_suffix("'s").or(shown.strip_suffix("’s")).unwrap_or(shown);
            let is_name = place > 0 && shown.starts_with(char::is_uppercase);
            of.names += usize::from(is_name);
            let before = place.checked_sub(1).map(|before| plain(&sentence.words[before].text));
            of.things += usize::from(before.is_some_and(|before| BEFORE_THINGS.contains(&before.as_str())));
            of.times += 1;
            *of.forms.entry(if is_name { shown.to_owned() } else { shown.to_lowercase() }).or_default() += 1;
        }
    }
    let mut ranked: Vec<(f64, usize, String)> = said
        .into_iter()
        .filter_map(|(stem, of)| {
            let long = stem.chars().count().min(9) as f64;
            let name = of.names as f64 / of.times as f64;
            let thing = of.things as f64 / of.times as f64;
            let worth = of.sentences as f64 * (0.4 + 0.1 * long) * (0.4 + thing + 1.2 * name);
            let form = of.forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))?;
            Some((worth, of.sentences, form.0))
        })
        .collect();
    order::sort_by(&mut ranked, |a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
    let again = ranked.iter().filter(|(_, sentences, _)| *sentences > 1).count();
    ranked.truncate(again.clamp(FEW, MOST));
    ranked.into_iter().map(|(.., form)| form).collect()
}

/// How often a stem is said, and as what.
#[derive(Default)]
struct Said {
    sentences: usize,
    times: usize,
    names: usize,
    /// After a word that things follow rather than deeds.
    things: usize,
    forms: HashMap<String, usize>,
}
