//! A talk at a glance: its chapters, the few sentences that say most of it, and the words that tell what it is about.
//! By the speaker's own words alone; refuses to know models and how a chapter is shown.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use media::time::{Instant, Span};

use crate::select::lexicon::{is_content, leaning, plain, stem};
use crate::sentence::Sentence;

/// No chapter is shorter, but for a talk that is.
const SHORTEST: Span = Span::from_millis(45_000);
const MOST: f64 = 24.0;
/// What a bound must be worth to be better than none.
const LEAST_BOUND: f64 = 0.3;
/// A pause this long is as good as a pause can be.
const LONG_PAUSE_S: f64 = 2.5;
const TITLE: usize = 60;
const FEWEST_SENTENCES: usize = 2;

/// A stretch of the talk about one matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// Of the first chapter, zero.
    pub start: Instant,
    /// Where the next one starts; of the last chapter, where its last sentence ends.
    pub end: Instant,
    /// Which of the sentences it is made of.
    pub sentences: Range<usize>,
    /// Its most central sentence, whole.
    pub text: String,
}

impl Chapter {
    /// A short run from its most central sentence, at most 60 characters.
    pub fn title(&self) -> String {
        short(&self.text, TITLE)
    }
}

/// The chapters of a talk. `shifts`: how much the matter changes before each sentence and after the last, see
/// [`crate::meaning::shifts`]; of another length where that is not known, then pauses and words alone count.
pub fn chapters(sentences: &[Sentence], shifts: &[f32]) -> Vec<Chapter> {
    let Some(last) = sentences.last() else { return Vec::new() };
    let told = Told::of(sentences);
    let bounds = bounds(sentences, &told, shifts);
    let long = last.end() - Instant::ZERO;
    let shortest = Span::from_seconds((long.seconds() / MOST).max(SHORTEST.seconds()));
    let starts = cut(sentences, &bounds, shortest, long);
    let ends = starts.iter().skip(1).copied().chain([sentences.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&from, to)| Chapter {
            start: if from == 0 { Instant::ZERO } else { sentences[from].start() },
            end: sentences.get(to).map_or(last.end(), Sentence::start),
            sentences: from..to,
            text: told.most_central(from..to).map(|at| sentences[at].text()).unwrap_or_default(),
        })
        .collect()
}

/// The two to four sentences that say most of a talk, in their order.
pub fn summary(sentences: &[Sentence]) -> Vec<usize> {
    let told = Told::of(sentences);
    let wanted = match sentences.len() {
        0..8 => 2,
        8..40 => 3,
        _ => 4,
    };
    let mut worth = told.worth(0..sentences.len());
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < wanted.min(sentences.len()) {
        let best = (0..worth.len()).filter(|at| !chosen.contains(at));
        let Some(best) = best.max_by(|&a, &b| worth[a].total_cmp(&worth[b]).then(b.cmp(&a))) else { break };
        chosen.push(best);
        // What was said needs not be said again.
        for (at, worth) in worth.iter_mut().enumerate() {
            let shared = told.stems[at].intersection(&told.stems[best]).count() as f64;
            *worth *= 1.0 - shared / told.stems[at].len().max(1) as f64;
        }
    }
    chosen.sort_unstable();
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
            let Some(stem) = telling(&bare) else { continue };
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
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
    let again = ranked.iter().filter(|(_, sentences, _)| *sentences > 1).count();
    ranked.truncate(again.clamp(FEW, MOST));
    ranked.into_iter().map(|(.., form)| form).collect()
}

/// In English; in other languages they are as rare as any.
const BEFORE_THINGS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "my", "our", "your", "his", "her", "their", "its",
    "of", "in", "for", "with", "about", "no", "every", "some", "many", "more",
];

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
fn telling(plain: &str) -> Option<String> {
    let says_nothing =
        plain.contains('\'') && !plain.ends_with("'s") || SAID_EVERYWHERE.binary_search(&plain).is_ok();
    stem(plain).filter(|_| !says_nothing && plain.chars().any(char::is_alphabetic))
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

/// What the sentences are about.
struct Told {
    /// In order, so that sums come out the same every time.
    stems: Vec<BTreeSet<u32>>,
    /// How much each sentence leans on what was said before it, and how short of content it is: 0 to 1.
    fitness: Vec<f64>,
    /// In how many sentences each stem is said.
    spread: Vec<usize>,
}

impl Told {
    fn of(sentences: &[Sentence]) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut stems = Vec::with_capacity(sentences.len());
        let mut fitness = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let words: Vec<String> = sentence.words.iter().map(|word| plain(&word.text)).collect();
            let numbered = words.iter().filter_map(|word| telling(word)).map(|stem| {
                let next = numbers.len() as u32;
                *numbers.entry(stem).or_insert(next)
            });
            stems.push(numbered.collect::<BTreeSet<u32>>());
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
    fn worth(&self, run: Range<usize>) -> Vec<f64> {
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

    /// Of equal ones the first; where nothing is shared, the fittest.
    fn most_central(&self, run: Range<usize>) -> Option<usize> {
        let worth = self.worth(run.clone());
        let value = |at: usize| (worth[at - run.start], self.fitness[at]);
        run.clone().max_by(|&a, &b| {
            let (a_worth, b_worth) = (value(a), value(b));
            a_worth.0.total_cmp(&b_worth.0).then(a_worth.1.total_cmp(&b_worth.1)).then(b.cmp(&a))
        })
    }
}

/// What a chapter gains by beginning before each sentence, 0 to 1.
fn bounds(sentences: &[Sentence], told: &Told, shifts: &[f32]) -> Vec<f64> {
    let is_known = shifts.len() == sentences.len() + 1;
    (0..sentences.len())
        .map(|at| {
            let Some(before) = at.checked_sub(1).map(|before| &sentences[before]) else { return 1.0 };
            let pause =
                (sentences[at].start() - before.end()).seconds().clamp(0.0, LONG_PAUSE_S) / LONG_PAUSE_S;
            let turn = if is_known { f64::from(shifts[at]) } else { 0.7 * told.turn(at) };
            let word = |place: usize| sentences[at].words.get(place).map(|word| plain(&word.text));
            let leans = leaning(&word(0).unwrap_or_default(), &word(1).unwrap_or_default());
            (0.65 * turn + 0.35 * pause) * (1.0 - 0.25 * f64::from(leans))
        })
        .collect()
}

impl Told {
    /// 1 where the sentences before and after a gap share no word, toward 0 where they share many.
    fn turn(&self, at: usize) -> f64 {
        const AROUND: usize = 6;
        let gather = |run: Range<usize>| self.stems[run].iter().flatten().copied().collect::<BTreeSet<u32>>();
        let before = gather(at.saturating_sub(AROUND)..at);
        let after = gather(at..(at + AROUND).min(self.stems.len()));
        let shared = before.intersection(&after).count() as f64;
        1.0 - (3.0 * shared / before.len().min(after.len()).max(1) as f64).min(1.0)
    }
}

/// The sentences that chapters begin with: of all ways to cut, the one whose bounds are worth most, where lengths far from a
/// tenth of the talk cost and none but the last resort is shorter than `shortest` or longer than a quarter.
fn cut(sentences: &[Sentence], bounds: &[f64], shortest: Span, long: Span) -> Vec<usize> {
    let count = sentences.len();
    let start = |at: usize| if at == 0 { Instant::ZERO } else { sentences[at].start() };
    let end = |at: usize| sentences.get(at).map_or(Instant::ZERO + long, Sentence::start);
    if long < shortest + shortest || count < 2 * FEWEST_SENTENCES {
        return vec![0];
    }
    let usual_s = (long.seconds() / 10.0).max(shortest.seconds() * 1.4);
    let longest_s = (long.seconds() / 4.0).max(shortest.seconds() * 2.5);
    let cost = |from: usize, to: usize| {
        let length_s = (end(to) - start(from)).seconds();
        let off = (length_s / usual_s).max(0.01).ln();
        let too_long = ((length_s - longest_s) / usual_s).max(0.0);
        0.08 * off * off + 4.0 * too_long
    };
    // `best[to]`: what the best cut of the first `to` sentences is worth, and where its last chapter begins.
    let mut best: Vec<(f64, usize)> = vec![(f64::NEG_INFINITY, 0); count + 1];
    best[0].0 = 0.0;
    for to in 1..=count {
        for from in (0..to).rev() {
            let length = end(to) - start(from);
            if length < shortest || to - from < FEWEST_SENTENCES {
                continue;
            }
            let gain = if from == 0 { 0.0 } else { bounds[from] - LEAST_BOUND };
            let worth = best[from].0 + gain - cost(from, to);
            if worth > best[to].0 {
                best[to] = (worth, from);
            }
            // Longer ones only cost more; one is kept, so that there is always a way.
            if length.seconds() > 2.0 * longest_s && best[to].0 > f64::NEG_INFINITY {
                break;
            }
        }
    }
    if best[count].0 == f64::NEG_INFINITY {
        return vec![0];
    }
    let mut starts = Vec::new();
    let mut to = count;
    while to > 0 {
        to = best[to].1;
        starts.push(to);
    }
    starts.reverse();
    starts
}

/// The begin of a sentence in at most `most` characters: a whole clause where one is long enough, else whole words, without what
/// dangles at the end.
fn short(text: &str, most: usize) -> String {
    const FEWEST: usize = 18;
    let length =
        |words: &[&str]| words.iter().map(|word| word.chars().count() + 1).sum::<usize>().saturating_sub(1);
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let filling =
        |word: &&str| matches!(plain(word).as_str(), "and" | "but" | "so" | "well" | "now" | "or" | "");
    while words.len() > 1 && words.first().is_some_and(filling) {
        words.remove(0);
    }
    if length(&words) > most + 1 {
        let fitting = (1..words.len()).take_while(|&count| length(&words[..count]) <= most);
        let fitting = fitting.last().unwrap_or(1);
        let clause = (1..=fitting)
            .rev()
            .find(|&count| words[count - 1].ends_with([',', ';', ':', '.', '?', '!', '—']));
        let clause = clause.filter(|&count| length(&words[..count]) >= FEWEST);
        words.truncate(clause.unwrap_or(fitting));
        while clause.is_none()
            && words.len() > 2
            && words.last().is_some_and(|last| !is_content(&plain(last)))
        {
            words.pop();
        }
    }
    let joined = words.join(" ");
    let bare =
        joined.trim_end_matches([',', ';', ':', '.', '—', '–', '-', ' ']).trim_matches(['"', '“', '”']);
    // A word longer than all a title may have.
    let bare: String = bare.chars().take(most).collect();
    let mut letters = bare.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
