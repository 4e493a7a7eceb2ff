//! What is worth knowing about one sentence, gathered once, so that thousands of candidates are cheap to weigh.

use crate::order;
use std::collections::HashMap;

use media::time::{Instant, Span};

use super::lexicon::{
    asks, claims, is_feeling, is_housekeeping, is_number, leaning, links_back, opens_story, plain, stem,
    surprises,
};
use crate::insights::{Insights, SoundSignals};
use crate::sentence::{End, Sentence, SentenceId};

/// What can be seen of one sentence at a glance: a question, how many numbers and names, how many words of feeling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    pub start: Instant,
    pub end: Instant,
    pub question: bool,
    /// Numbers and names.
    pub facts: usize,
    /// Words that say how somebody feels; an exclamation mark counts as one.
    pub feelings: usize,
}

/// Of each of `sentences`.
pub fn mentions(sentences: &[Sentence]) -> Vec<Mention> {
    let mention = |one: &SentenceFeatures| Mention {
        start: one.start,
        end: one.end,
        question: one.asks,
        facts: one.numbers + one.names,
        feelings: one.feelings,
    };
    sentence_features(sentences).iter().map(mention).collect()
}

#[derive(Debug)]
pub(super) struct SentenceFeatures {
    pub id: SentenceId,
    pub start: Instant,
    pub end: Instant,
    pub text: String,
    pub ends: End,
    /// The first two words, plain.
    pub first: String,
    pub second: String,
    pub words: usize,
    /// Numbers of content words, as `SentenceFeatures`s of one transcript number them.
    pub stems: Vec<u32>,
    pub numbers: usize,
    /// Words with a capital that does not come from their place.
    pub names: usize,
    /// Silence before the first word; very long where there is none before.
    pub gap_before_s: f32,
    /// Silence within the sentence, counting pauses from 0.8 s on.
    pub silent_s: f32,
    /// Sum over words.
    pub confidence: f32,
    /// 0 to 1: needs something said before.
    pub leaning: f32,
    /// Goes on from the sentences before: by its first word or by a content word that they share.
    pub linked: bool,
    pub housekeeping: bool,
    /// Says the same as one of the last few sentences.
    pub repeats: bool,
    pub asks: bool,
    /// Words that say how somebody feels; an exclamation mark counts as one.
    pub feelings: usize,
    /// How much louder than the talk's middle, in LU; 0 where that is not known.
    pub louder_lu: f32,
    /// How surely people laugh or applaud before the next sentence begins, 0 to 1.
    pub reaction: f32,
    /// How much the topic changes before it, by meaning; `None` where that is not known.
    pub topic_shift: Option<f32>,
    /// How much it is told for its own sake; 0.5 where that is not known.
    pub narrative: f32,
    /// Who says it, by number, where several people speak.
    pub speaker: Option<usize>,
    /// What would make a listener stay, had the clip begun here.
    pub hook: Hook,
}

/// What is catching about a first sentence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hook {
    pub question: bool,
    pub story: bool,
    pub surprise: bool,
    pub claim: bool,
    pub number: bool,
    pub you: bool,
    pub name: bool,
}

impl Hook {
    /// 0 to 1; several are better than one, with less and less gained.
    pub fn strength(self) -> f32 {
        let parts = [
            (self.question, 0.65),
            (self.story, 0.6),
            (self.surprise, 0.45),
            (self.claim, 0.4),
            (self.number, 0.25),
            (self.you, 0.25),
            (self.name, 0.15),
        ];
        1.0 - parts.iter().filter(|part| part.0).map(|part| 1.0 - part.1).product::<f32>()
    }
}

const NO_GAP_KNOWN_S: f32 = 5.0;
/// A reaction that begins so long after a sentence's last word still answers it.
const REACTION_WITHIN: Span = Span::from_millis(3_000);

/// What was found out about the recording, told sentence by sentence.
pub(super) fn apply_insights(features: &mut [SentenceFeatures], sentences: &[Sentence], insights: &Insights) {
    let Insights { sound, speakers, .. } = insights;
    let loudness = |one: &SentenceFeatures| SoundSignals::mean(&sound.loudness_lufs, one.start, one.end);
    let mut known: Vec<f32> = features.iter().filter_map(loudness).collect();
    order::sort_by(&mut known, f32::total_cmp);
    let middle = known.get(known.len() / 2).copied().unwrap_or_default();
    let ends: Vec<Instant> = features
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let next = features.get(at + 1).map_or(Instant::MAX, |next| next.start);
            (one.end + REACTION_WITHIN).min(next)
        })
        .collect();
    for ((one, sentence), end) in features.iter_mut().zip(sentences).zip(ends) {
        one.topic_shift = insights.topic_shifts.get(sentence.id);
        one.narrative = insights.narrative.get(sentence.id).unwrap_or(one.narrative);
        one.louder_lu = loudness(one).map_or(0.0, |value| value - middle);
        let heard = SoundSignals::between(&sound.reaction, one.start, end).unwrap_or_default();
        one.reaction = heard.iter().copied().fold(0.0, f32::max);
        one.speaker = (speakers.len() > 1).then(|| insights.speaker_of_sentence(sentence)).flatten();
    }
}

pub(super) fn sentence_features(sentences: &[Sentence]) -> Vec<SentenceFeatures> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut features: Vec<SentenceFeatures> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let gap_before_s =
            features.last().map_or(NO_GAP_KNOWN_S, |last| (sentence.start() - last.end).seconds() as f32);
        let mut one = features_of(sentence, gap_before_s.max(0.0), &mut numbers);
        let recent = &features[features.len().saturating_sub(3)..];
        one.linked = links_back(&one.first)
            || recent.iter().any(|before| before.stems.iter().any(|stem| one.stems.contains(stem)));
        one.repeats = recent.iter().any(|before| same_words(before, &one));
        features.push(one);
    }
    features
}

fn features_of(
    sentence: &Sentence,
    gap_before_s: f32,
    numbers: &mut HashMap<String, u32>,
) -> SentenceFeatures {
    let text = sentence.text();
    let words: Vec<String> =
        sentence.words.iter().map(|word| plain(&word.text)).filter(|word| !word.is_empty()).collect();
    let plain_text = words.join(" ");
    let stems = words.iter().filter_map(|word| stem(word)).map(|stem| {
        let next = numbers.len() as u32;
        *numbers.entry(stem).or_insert(next)
    });
    let stems: Vec<u32> = stems.collect();
    let name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && !matches!(plain(word).as_str(), "i" | "i'm" | "i've" | "i'll" | "i'd")
    };
    let names = sentence.words.iter().skip(1).filter(|word| name(word.spoken())).count();
    let opening = || words.iter().take(14).map(String::as_str);
    let hook = Hook {
        question: asks(words.first().map_or("", String::as_str), &text),
        story: opens_story(&plain_text),
        surprise: opening().any(surprises),
        claim: opening().any(claims),
        number: opening().any(is_number),
        you: opening().any(|word| matches!(word, "you" | "your" | "you're" | "you've")),
        name: sentence.words.iter().take(14).skip(1).any(|word| name(word.spoken())),
    };
    let gaps = sentence.words.windows(2).map(|pair| (pair[1].start - pair[0].end).seconds() as f32);
    let first = words.first().cloned().unwrap_or_default();
    let second = words.get(1).cloned().unwrap_or_default();
    SentenceFeatures {
        id: sentence.id,
        start: sentence.start(),
        end: sentence.end(),
        ends: sentence.ends,
        leaning: leaning(&first, &second),
        words: words.len(),
        numbers: words.iter().filter(|word| is_number(word)).count(),
        names,
        gap_before_s,
        silent_s: gaps.filter(|&gap| gap >= 0.8).sum(),
        confidence: sentence
            .words
            .iter()
            .map(|word| word.confidence.clamp(0.0, 1.0))
            .filter(|sure| !sure.is_nan())
            .sum(),
        linked: false,
        housekeeping: is_housekeeping(&plain_text),
        repeats: false,
        asks: hook.question,
        feelings: words.iter().filter(|word| is_feeling(word)).count() + usize::from(text.ends_with('!')),
        louder_lu: 0.0,
        reaction: 0.0,
        topic_shift: None,
        narrative: 0.5,
        speaker: None,
        hook,
        stems,
        text,
        first,
        second,
    }
}

fn same_words(a: &SentenceFeatures, b: &SentenceFeatures) -> bool {
    !a.stems.is_empty() && a.words.abs_diff(b.words) <= 1 && a.stems == b.stems
}
