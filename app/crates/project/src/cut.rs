//! Cutting by words: which words a clip has, which of them it plays, and where a cut lies between them.
//! Plain data; knows neither the page nor how steps are taken back.

use crate::trim::SHORTEST;
use clip::edit::ClipEdit;
use clip::script;
use clip::timeline::{SourceRange, Timeline};
use clip::transcript::{Transcript, Word, WordId, join_words};
use media::time::{Instant, Span};
use std::ops::RangeInclusive;

/// Of the pause beside a cut at most so much stays on each side.
const KEPT_PAUSE: Span = Span::from_millis(150);
/// What is told of a cut quotes no more words.
const QUOTED: usize = 10;

/// A word between a clip's edges, as its text shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClipWord {
    pub id: WordId,
    /// The last word that says nothing of its own because this one says it, or this one.
    pub last: WordId,
    pub text: String,
    /// Whether a space stands before it.
    pub is_spaced: bool,
    pub start: Instant,
    pub is_played: bool,
}

/// What a cut, or taking one back, makes of a clip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub timeline: Timeline,
    /// The words that are played no longer, or again.
    pub words: String,
}

/// Too little would be left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooShort;

/// Whether a clip leaves something out between its edges, or plays it in another order.
pub fn has_cuts(clip: &ClipEdit) -> bool {
    clip.timeline.ranges().len() > 1
}

/// All words between the edges of a clip, those that it leaves out as well.
pub fn words_of(timeline: &Timeline, transcript: &Transcript) -> Vec<ClipWord> {
    let hull = timeline.hull();
    let mut words: Vec<ClipWord> = Vec::new();
    let mut before: Option<(&Word, Instant)> = None;
    let lines = transcript.segments.iter().flat_map(|segment| segment.words.iter().map(|_| segment.start));
    let all = transcript.numbered_words().zip(lines);
    for ((id, word), line) in all.filter(|((_, word), _)| hull.holds(word)) {
        if word.spoken().is_empty() {
            if let Some(before) = words.last_mut() {
                before.last = id;
            }
            continue;
        }
        let is_spaced = before.is_some_and(|(before, of)| {
            let spaced = of != line
                || before.text.ends_with(char::is_whitespace)
                || word.text.starts_with(char::is_whitespace);
            script::is_spaced(before.spoken(), word.spoken(), spaced)
        });
        before = Some((word, line));
        let (text, is_played) = (word.spoken().to_owned(), timeline.plays(word));
        words.push(ClipWord { id, last: id, text, is_spaced, start: word.start, is_played });
    }
    words
}

fn is_in(hull: SourceRange, word: &Word) -> bool {
    hull.holds(word) && !word.spoken().is_empty()
}

/// What was picked of a clip's words, and what stands around it.
struct Picked<'a> {
    hull: SourceRange,
    before: Vec<&'a Word>,
    words: Vec<&'a Word>,
    after: Vec<&'a Word>,
}

impl<'a> Picked<'a> {
    fn of(timeline: &Timeline, transcript: &'a Transcript, picked: &RangeInclusive<WordId>) -> Self {
        let hull = timeline.hull();
        let (mut before, mut words, mut after) = (vec![], vec![], vec![]);
        for (id, word) in transcript.numbered_words().filter(|(_, word)| is_in(hull, word)) {
            match id {
                id if picked.contains(&id) => words.push(word),
                id if id < *picked.start() => before.push(word),
                _ => after.push(word),
            }
        }
        Self { hull, before, words, after }
    }
}

/// What stays of the pause between two words, on each of its sides. Words that overlap have none.
pub(crate) fn kept(left: &Word, right: &Word) -> Span {
    (right.start - left.end).half().clamp(Span::ZERO, KEPT_PAUSE)
}

/// Without the picked words: from the middle of the pause before them to the middle of the one behind, or to the clip's edge where no
/// word is played before it.
pub fn cut(
    timeline: &Timeline,
    transcript: &Transcript,
    picked: &RangeInclusive<WordId>,
) -> Result<Option<Change>, TooShort> {
    let Picked { hull, before, words, after } = Picked::of(timeline, transcript, picked);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Ok(None) };
    let plays = |word: &&&Word| timeline.plays(word);
    let (is_led, is_followed) =
        (before.iter().any(|word| plays(&word)), after.iter().any(|word| plays(&word)));
    // Not into a word that stays; but of words said at once, the picked one goes.
    let start = before
        .last()
        .filter(|_| is_led)
        .map_or(hull.start, |before| (before.end + kept(before, first)).min(first.middle()));
    let end = after.first().filter(|_| is_followed).map_or(hull.end, |after| {
        (after.start - kept(last, after)).max(last.middle() + Span::from_micros(1))
    });
    let gone: Vec<&Word> = words.iter().filter(plays).copied().collect();
    let rest = timeline.without(SourceRange { start, end });
    if !(is_led || is_followed) || rest.duration() < SHORTEST {
        return Err(TooShort);
    }
    Ok((rest != *timeline).then(|| Change { timeline: rest, words: quoted(&gone) }))
}

/// With those of the picked words that were cut out between others.
pub fn bring_back(
    timeline: &Timeline,
    transcript: &Transcript,
    picked: &RangeInclusive<WordId>,
) -> Option<Change> {
    let Picked { hull, before, words, after } = Picked::of(timeline, transcript, picked);
    let (first, last) = (words.first()?, words.last()?);
    // Up to a word that is played nothing is left out; a word that stays out keeps its pause.
    let start = before.last().map_or(hull.start, |before| match timeline.plays(before) {
        true => before.middle(),
        false => first.start - kept(before, first),
    });
    let end = after.first().map_or(hull.end, |after| match timeline.plays(after) {
        true => after.middle(),
        false => last.end + kept(last, after),
    });
    let whole = timeline.with(SourceRange { start, end });
    let back: Vec<&Word> = words.iter().filter(|word| !timeline.plays(word)).copied().collect();
    (whole != *timeline).then(|| Change { timeline: whole, words: quoted(&back) })
}

fn quoted(words: &[&Word]) -> String {
    let text = join_words(words.iter().take(QUOTED).copied());
    if words.len() > QUOTED { format!("{text} …") } else { text }
}

#[cfg(test)]
mod tests;
