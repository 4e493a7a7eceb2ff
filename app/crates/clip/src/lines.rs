//! Breaking spoken words into groups of at most two lines at the bounds of phrases. Captions and subtitles use it with
//! different limits. Knows nothing of styles and file formats.

use std::ops::Range;

use media::time::{Instant, Span};

use crate::insights::{Insights, Speaker};
use crate::transcript::Word;

/// A word as it is shown: without spaces around it, with what the tokenizer split off put back.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownWord {
    pub text: String,
    pub start: Instant,
    pub end: Instant,
    /// Of who says the words behind it: takes room and no time, and never stands alone.
    pub is_name: bool,
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

/// Words with text, in order, none beginning before the one in front of it.
pub fn shown_words<'a>(words: impl IntoIterator<Item = &'a Word>) -> Vec<ShownWord> {
    let mut shown: Vec<ShownWord> = Vec::new();
    for word in words {
        let text = word.text.trim();
        let Some(first) = text.chars().next() else { continue };
        let glued = !word.text.starts_with(char::is_whitespace) && !is_wide(first);
        match shown.last_mut() {
            Some(last) if glued && word.start - last.end < Span::from_millis(300) => {
                last.text.push_str(text);
                last.end = last.end.max(word.end);
            }
            last => {
                let start = last.map_or(word.start, |last| word.start.max(last.start));
                let end = word.end.max(start);
                shown.push(ShownWord { text: text.to_owned(), start, end, is_name: false });
            }
        }
    }
    shown
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
            self.words.insert(0, ShownWord { text, start, end: start, is_name: true });
        }
        self
    }
}

/// The first `columns` of a name, with a sign where it goes on.
pub fn shortened(name: &str, columns: usize) -> String {
    if text_width(name) <= columns {
        return name.to_owned();
    }
    let mut taken = 1;
    let cut: String = name
        .chars()
        .take_while(|c| {
            taken += char_width(*c);
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
                let Some(cost) = kept_together(&words[start], &words[start + 1], limits) else { break };
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
        over as f32 * 100.0 + uneven + 0.5 * break_cost(&words[at - 1].text)
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
        line += usize::from(line > 0) + text_width(&word.text);
        line <= limits.line_chars
    });
    let taken = longest_first.count();
    taken > 0 && width(&words[taken..]) <= limits.line_chars
}

/// The cost of two neighbours standing in one group; `None`: they must not.
fn kept_together(left: &ShownWord, right: &ShownWord, limits: Limits) -> Option<f32> {
    let pause = right.start - left.end;
    if pause >= limits.pause {
        return None;
    }
    let sentence = if ends_sentence(&left.text) { 1.2 } else { 0.0 };
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
            (break_cost(&words[group.end - 1].text) - pause).max(0.0)
        }
    };
    0.4 + 0.6 * emptiness * emptiness + flash + bound
}

/// How much it disturbs to break after this word.
fn break_cost(text: &str) -> f32 {
    if ends_sentence(text) {
        0.0
    } else if text.ends_with([',', ';', ':', '–', '—', '、', '，']) {
        0.1
    } else if BINDS_FORWARD.contains(&text.to_lowercase().as_str()) {
        1.2
    } else {
        0.5
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', ')', ']']).ends_with(['.', '?', '!', '…', '。', '？', '！'])
}

/// Words that lean on the next one.
const BINDS_FORWARD: &[&str] = &[
    "a", "an", "and", "as", "at", "be", "but", "by", "can", "for", "from", "her", "his", "i", "if", "in",
    "into", "is", "its", "my", "no", "not", "of", "on", "or", "our", "so", "than", "that", "the", "their",
    "this", "to", "was", "we", "were", "when", "which", "who", "will", "with", "would", "your",
];

/// Columns of the words with one space between them.
fn width(words: &[ShownWord]) -> usize {
    let letters: usize = words.iter().map(|word| text_width(&word.text)).sum();
    letters + words.len().saturating_sub(1)
}

fn text_width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    if is_wide(c) { 2 } else { 1 }
}

/// Ideographs, kana and hangul take two columns and no space between them.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff00..=0xff60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::tests::segment;

    const CAPTION: Limits =
        Limits { line_chars: 20, longest: Span::from_millis(5000), pause: Span::from_millis(700) };

    fn check(text: &str, seconds: f64, want: &[&str]) {
        let words = shown_words(&segment(text, 0.0, seconds).words);
        let got: Vec<String> = groups(&words, CAPTION)
            .into_iter()
            .map(|group| {
                let members = &words[group];
                let split = second_line(members, CAPTION.line_chars);
                let line = |words: &[ShownWord]| {
                    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
                };
                let (first, second) = (line(&members[..split]), line(&members[split..]));
                if second.is_empty() { first } else { format!("{first} / {second}") }
            })
            .collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn breaks_fall_at_phrases() {
        check("One.", 0.4, &["One."]);
        check("Ask what you can do for your country.", 3.0, &["Ask what you can do / for your country."]);
        check(
            "In the heart of an ancient forest, where the trees whispered secrets of the past, there lived a rabbit.",
            8.0,
            &[
                "In the heart of / an ancient forest,",
                "where the trees / whispered secrets",
                "of the past, there / lived a rabbit.",
            ],
        );
        check("No! Yes.", 0.8, &["No! Yes."]);
        check("No! Yes.", 3.0, &["No!", "Yes."]);
        check(
            "Donaudampfschifffahrtsgesellschaft ist lang",
            2.0,
            &["Donaudampfschifffahrtsgesellschaft", "ist lang"],
        );
    }

    #[test]
    fn every_word_is_in_one_group_and_every_line_fits() {
        let text = "the quick brown fox jumps over the lazy dog and then it does so again because nobody told it to \
                    stop, which is what happens to foxes. They like it! Do they? Perhaps; I never asked one myself";
        let words = shown_words(&segment(text, 0.0, 15.0).words);
        let groups = groups(&words, CAPTION);
        assert_eq!(groups.first().map(|group| group.start), Some(0));
        assert_eq!(groups.last().map(|group| group.end), Some(words.len()));
        assert!(groups.windows(2).all(|pair| pair[0].end == pair[1].start));
        for group in groups {
            let members = &words[group];
            let split = second_line(members, 20);
            assert!(width(&members[..split]) <= 20 && width(&members[split..]) <= 20, "{members:?}");
        }
    }

    #[test]
    fn a_name_stands_with_the_first_word() {
        use crate::insights::Turn;
        let check = |name: &str, text: &str, want: &[&str]| {
            let turns_of = |speaker: usize| Turn {
                start: Instant::from_seconds(9.0 * speaker as f64),
                end: Instant::from_seconds(9.0 * (speaker + 1) as f64),
                speaker,
            };
            let mut insights = Insights {
                turns: (0..2).map(turns_of).collect(),
                speakers: (0..2).map(Speaker::numbered).collect(),
                ..Insights::default()
            };
            insights.rename(0, name);
            let said = turns(shown_words(&segment(text, 0.0, 4.0).words), &insights);
            let said = said.into_iter().map(|said| said.named(|speaker| shortened(&speaker.name, 14)));
            let said: Vec<Said> = said.collect();
            assert_eq!(said.len(), 1);
            let words = &said[0].words;
            let got: Vec<String> = groups(words, CAPTION)
                .into_iter()
                .map(|group| {
                    let texts: Vec<&str> = words[group].iter().map(|word| word.text.as_str()).collect();
                    texts.join(" ")
                })
                .collect();
            assert_eq!(got, want, "{name}: {text}");
        };
        check("Anna", "Yes.", &["Anna: Yes."]);
        check(
            "Anna",
            "Donaudampfschifffahrtsgesellschaft ist lang",
            &["Anna: Donaudampfschifffahrtsgesellschaft", "ist lang"],
        );
        check("Bartholomew the Great", "Ask what you can do.", &["Bartholomew t…: Ask what you can do."]);
    }

    #[test]
    fn long_names_are_cut_with_a_sign() {
        let check = |name: &str, want: &str| assert_eq!(shortened(name, 8), want);
        check("Anna", "Anna");
        check("Theodore", "Theodore");
        check("Theodora B.", "Theodor…");
        check("Dr. Who is it", "Dr. Who…");
        check("Anna B. Berg", "Anna B.…");
        check("山田太郎", "山田太郎");
        check("山田太郎丸", "山田太…");
    }

    #[test]
    fn split_off_pieces_return_to_their_word() {
        let mut parts = segment("non -real time 日 本", 0.0, 2.0).words;
        parts[1].text = "-real".into();
        parts[4].text = "本".into();
        let texts: Vec<String> = shown_words(&parts).into_iter().map(|word| word.text).collect();
        assert_eq!(texts, ["non-real", "time", "日", "本"]);
    }
}
