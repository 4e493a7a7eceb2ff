//! Breaking spoken words into groups of at most two lines at the bounds of phrases. Captions and subtitles use it with
//! different limits.

use std::ops::Range;

use media::time::{Instant, Span};

use crate::insights::{Insights, Speaker};
use crate::script;
use crate::sentence::ends_between;
use crate::transcript::Word;

/// A word as it is shown: without spaces around it, with what the tokenizer split off put back.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownWord {
    pub text: String,
    pub start: Instant,
    pub end: Instant,
    /// Of who says the words behind it: takes room and no time, and never stands alone.
    pub is_name: bool,
    /// Whether a space stands before it where it is not the first of its line.
    pub spaced: bool,
}

/// What one person says until somebody else speaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Said<'a> {
    /// `None` where there is nobody to tell apart.
    pub speaker: Option<&'a Speaker>,
    pub words: Vec<ShownWord>,
}

/// How much one group of words may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Characters in a line; ideographs count twice.
    pub line_chars: usize,
    /// A group is shown no longer than this.
    pub longest: Span,
    /// A pause as long as this always ends a group.
    pub pause: Span,
}

/// Words with text, in order, none beginning before the one in front of it. A line may be broken between any two of them: what
/// may not stand at the end or the begin of a line is put to its neighbor.
pub fn shown_words<'a>(words: impl IntoIterator<Item = &'a Word>) -> Vec<ShownWord> {
    let mut shown: Vec<ShownWord> = Vec::new();
    for word in words {
        // One that a person corrected may say several.
        let pieces = word
            .spoken()
            .split_whitespace()
            .flat_map(|piece| script::parts(piece).into_iter().enumerate().map(|(at, part)| (at == 0, part)));
        let pieces: Vec<(bool, &str)> = pieces.filter(|(_, part)| !part.is_empty()).collect();
        let all: usize = pieces.iter().map(|(_, part)| part.len()).sum();
        let mut begin = 0;
        for (is_first, part) in pieces {
            let at = |byte: usize| {
                let share = byte as f64 / all as f64;
                word.start + Span::from_seconds((word.end - word.start).seconds() * share)
            };
            let (start, end) =
                (at(begin), if begin + part.len() == all { word.end } else { at(begin + part.len()) });
            let spaced = is_first && (begin > 0 || word.text.starts_with(char::is_whitespace));
            begin += part.len();
            push_shown(&mut shown, part, spaced, start, end);
        }
    }
    shown
}

fn push_shown(shown: &mut Vec<ShownWord>, text: &str, spaced: bool, start: Instant, end: Instant) {
    let Some(last) = shown.last_mut() else {
        shown.push(ShownWord { text: text.to_owned(), start, end: end.max(start), is_name: false, spaced });
        return;
    };
    let is_spaced = script::is_spaced(&last.text, text, spaced);
    let glued = !spaced && start - last.end < Span::from_millis(300);
    if script::sticks(&last.text, text, is_spaced) || glued && !script::breaks_without_space(&last.text, text)
    {
        if is_spaced {
            // A space that no player breaks a line at.
            last.text.push('\u{a0}');
        }
        last.text.push_str(text);
        last.end = last.end.max(end);
        return;
    }
    // Behind a breath a piece of a word stands for itself.
    let spaced = is_spaced || !script::breaks_without_space(&last.text, text);
    let start = start.max(last.start);
    shown.push(ShownWord { text: text.to_owned(), start, end: end.max(start), is_name: false, spaced });
}

/// The words of a line as it is written.
pub fn line_text(words: &[ShownWord]) -> String {
    let mut text = String::new();
    for word in words {
        if word.spaced && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    text
}

/// The same words, cut where somebody else begins to speak.
pub fn turns(words: Vec<ShownWord>, insights: &Insights) -> Vec<Said<'_>> {
    let mut turns: Vec<Said> = Vec::new();
    for word in words {
        let speaker = insights.speaker_at(word.start + (word.end - word.start).half());
        let speaker = speaker.and_then(|speaker| insights.told_apart(speaker));
        match turns.last_mut().filter(|turn| turn.speaker == speaker) {
            Some(turn) => turn.words.push(word),
            None => turns.push(Said { speaker, words: vec![word] }),
        }
    }
    turns
}

impl Said<'_> {
    /// The same with the speaker's name in front, where there is one.
    pub fn named(mut self, name: impl FnOnce(&Speaker) -> String) -> Self {
        if let (Some(speaker), Some(first)) = (self.speaker, self.words.first()) {
            let (text, start) = (format!("{}:", name(speaker)), first.start);
            if let Some(first) = self.words.first_mut() {
                first.spaced = true;
            }
            self.words.insert(0, ShownWord { text, start, end: start, is_name: true, spaced: true });
        }
        self
    }
}

/// The first `columns` of a name, with a sign where it goes on.
pub fn shortened(name: &str, columns: usize) -> String {
    if script::width(name) <= columns {
        return name.to_owned();
    }
    let mut taken = 1;
    let cut: String = name
        .chars()
        .take_while(|c| {
            taken += script::char_width(*c);
            taken <= columns
        })
        .collect();
    // What joins a picture or a letter to the next one means nothing alone.
    let cut = cut.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200d}' | '\u{fe0f}'));
    format!("{cut}…")
}

/// Cuts `words` into groups that each fit two lines, so that the breaks fall where a reader expects them: the cheapest
/// way over all of them.
pub fn groups(words: &[ShownWord], limits: Limits) -> Vec<Range<usize>> {
    // `best[i]`: the least cost of grouping the first `i` words, and where the last of these groups begins.
    let mut best: Vec<(f32, usize)> = vec![(0.0, 0)];
    for end in 1..=words.len() {
        let mut cheapest = (f32::INFINITY, end - 1);
        let mut inside = 0.0;
        for start in (0..end).rev() {
            if start + 1 < end {
                let Some(cost) = kept_together(words, start + 1, limits) else { break };
                inside += cost;
                if !fits(&words[start..end], limits) {
                    break;
                }
            }
            let cost = best[start].0 + inside + group_cost(words, start..end, limits);
            if cost < cheapest.0 {
                cheapest = (cost, start);
            }
        }
        best.push(cheapest);
    }
    let mut found = Vec::new();
    let mut end = words.len();
    while end > 0 {
        let start = best[end].1;
        found.push(start..end);
        end = start;
    }
    found.reverse();
    found
}

/// Where the second line begins, in words; `words.len()` where one line is enough.
pub fn second_line(words: &[ShownWord], line_chars: usize) -> usize {
    if width(words) <= line_chars {
        return words.len();
    }
    let cost = |at: usize| {
        let (first, second) = (width(&words[..at]), width(&words[at..]));
        let over = first.saturating_sub(line_chars) + second.saturating_sub(line_chars);
        let uneven = first.abs_diff(second) as f32 / line_chars as f32;
        over as f32 * 100.0 + uneven + 0.5 * break_cost(words, at)
    };
    (1..words.len()).min_by(|&a, &b| cost(a).total_cmp(&cost(b))).unwrap_or(words.len())
}

/// Whether the words can be shown in two lines for as long as they are spoken. One word always fits, with a name too.
fn fits(words: &[ShownWord], limits: Limits) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return true };
    if words.len() == 1 || words.len() == 2 && first.is_name {
        return true;
    }
    if last.end - first.start > limits.longest {
        return false;
    }
    if width(words) <= limits.line_chars {
        return true;
    }
    let mut line = 0;
    let longest_first = words.iter().take_while(|word| {
        line += usize::from(line > 0 && word.spaced) + script::width(&word.text);
        line <= limits.line_chars
    });
    let taken = longest_first.count();
    taken > 0 && width(&words[taken..]) <= limits.line_chars
}

/// The cost of the words before and behind `at` standing in one group; `None`: they must not.
fn kept_together(words: &[ShownWord], at: usize, limits: Limits) -> Option<f32> {
    let pause = words[at].start - words[at - 1].end;
    if pause >= limits.pause {
        return None;
    }
    let sentence = if ends_sentence(words, at) { 1.2 } else { 0.0 };
    Some(sentence + if pause >= Span::from_millis(300) { 0.6 } else { 0.0 })
}

fn group_cost(words: &[ShownWord], group: Range<usize>, limits: Limits) -> f32 {
    const NAME_ALONE: f32 = 100.0;
    let members = &words[group.clone()];
    if members.last().is_some_and(|last| last.is_name) {
        return NAME_ALONE;
    }
    let fill = width(members) as f32 / (2 * limits.line_chars) as f32;
    let emptiness = (1.0 - fill).max(0.0);
    let shown =
        members.last().zip(members.first()).map_or(Span::ZERO, |(last, first)| last.end - first.start);
    let flash = if shown < Span::from_millis(500) { 0.8 } else { 0.0 };
    let bound = match words.get(group.end) {
        None => 0.0,
        Some(next) if next.start - words[group.end - 1].end >= limits.pause => 0.0,
        Some(next) => {
            let pause = (next.start - words[group.end - 1].end).seconds().clamp(0.0, 0.4) as f32;
            (break_cost(words, group.end) - pause).max(0.0)
        }
    };
    0.4 + 0.6 * emptiness * emptiness + flash + bound
}

/// How much it disturbs to break a line before the word `at`.
fn break_cost(words: &[ShownWord], at: usize) -> f32 {
    let (text, next) = (&words[at - 1].text, &words[at]);
    if ends_sentence(words, at) {
        0.0
    } else if text.ends_with([',', ';', ':', '–', '—', '、', '，', '،', '؛', '；', '：']) {
        0.1
    } else if !next.spaced {
        script::tearing(text, &next.text)
    } else if text.ends_with('.') || BINDS_FORWARD.contains(&text.to_lowercase().as_str()) {
        // A stop that ends nothing stands behind something short: "Dr.", "z. B.".
        1.2
    } else {
        0.5
    }
}

/// Whether a sentence ends before the word `at`.
fn ends_sentence(words: &[ShownWord], at: usize) -> bool {
    let before = at.checked_sub(2).map(|before| words[before].text.as_str());
    let (word, next) = (&words[at - 1], &words[at]);
    ends_between(before, &word.text, &next.text, next.start - word.end)
}

/// Words that lean on the next one.
const BINDS_FORWARD: &[&str] = &[
    "a", "an", "and", "as", "at", "be", "but", "by", "can", "for", "from", "her", "his", "i", "if", "in",
    "into", "is", "its", "my", "no", "not", "of", "on", "or", "our", "so", "than", "that", "the", "their",
    "this", "to", "was", "we", "were", "when", "which", "who", "will", "with", "would", "your",
];

/// Columns of the words in one line.
fn width(words: &[ShownWord]) -> usize {
    let letters: usize = words.iter().map(|word| script::width(&word.text)).sum();
    letters + words.iter().skip(1).filter(|word| word.spaced).count()
}

#[cfg(test)]
mod tests;
