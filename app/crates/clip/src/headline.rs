//! What can stand as a title: a sentence or a clause that is whole, without what fills it and without what dangles at its end.
//! Finds and checks; refuses to weigh.

mod words;

use self::words::{
    AFTER_UM, ASIDES, CONJUNCTIONS, DANGLING, ENDINGS, FILLERS, FILLERS_APART, HEDGES, LEADS, OPENINGS,
    SUBJECTS, SUBORDINATES, has_verb,
};
use crate::script;
use crate::select::lexicon::{claims, is_content, plain};
use crate::sentence::{cut, ends_between, is_finished};
use media::time::Span;

/// Columns of a title, at least and at most.
pub(crate) const SHORTEST: usize = 12;
pub(crate) const LONGEST: usize = 60;

/// Part of a sentence that could stand as a title: first letter raised, no mark at the end but one of a question or a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub text: String,
    /// Begins where the sentence does.
    pub begins: bool,
    /// Ends where the sentence does, or where a mark is.
    pub ends: bool,
}

/// All phrases of a sentence that can stand as a title, in the order of their begins.
pub(crate) fn phrases(sentence: &str) -> Vec<Phrase> {
    let words = without_fillers(sentence);
    if !words.iter().any(|word| word.is_ascii()) && words.iter().any(|word| script::parts(word).len() > 1) {
        return unspaced(&words.concat());
    }
    let mut found: Vec<Phrase> = Vec::new();
    for start in (0..words.len()).filter(|&at| may_begin(&words, at)) {
        for end in start + 1..=words.len() {
            let Some(ends) = may_end(&words, start, end) else { continue };
            let Some(text) = tidy(&words[start..end]) else { continue };
            let phrase = Phrase { text, begins: start == 0, ends };
            if is_whole(&phrase.text) && !found.iter().any(|known| known.text == phrase.text) {
                found.push(phrase);
            }
        }
    }
    found
}

/// The words of a text without what people say while they look for the next one: "I, uh, I mean, I hope" is "I hope".
pub(crate) fn without_fillers(text: &str) -> Vec<&str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut kept: Vec<&str> = Vec::new();
    // Whether the word before was cut off or followed by a filler: it may be begun again.
    let mut halts = false;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let filler = filler_at(&words, at, kept.last().copied());
        if filler > 0 {
            // Commas around it went with it.
            if let Some(last) = kept.last_mut().filter(|_| words[at + filler - 1].ends_with(',')) {
                *last = last.trim_end_matches(',');
            }
            (halts, at) = (true, at + filler);
            continue;
        }
        let again = kept.last().is_some_and(|last| plain(last) == plain(word));
        if again && (halts || kept.last().is_some_and(|last| last.ends_with([',', '-', '—', '…']))) {
            kept.pop();
        }
        kept.push(word);
        (halts, at) = (false, at + 1);
    }
    kept
}

/// A sentence without what people say while they look for the next word, and without what only leads on from the one before:
/// "Um, uh, so, the boat was late." is "the boat was late."
pub(crate) fn unfilled(text: &str) -> String {
    let words = without_fillers(text);
    if words.iter().any(|word| script::parts(word).len() > 1) {
        return text.trim().to_owned();
    }
    let mut words = words.as_slice();
    while let Some(opening) = opening_of(words) {
        // Without a comma it may be more than filling: "So far nobody came."
        let is_apart = words[opening - 1].ends_with(',');
        let joins = opening == 1 && CONJUNCTIONS.contains(&plain(words[0]).as_str()) && is_subject(words, 1);
        if !is_apart && !joins {
            break;
        }
        words = &words[opening..];
    }
    words.join(" ")
}

/// Whether a text is no clause and no thing either, but a circumstance: "Maybe in some cases".
pub(crate) fn is_fragment(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.iter().map(|word| plain(word)).find(|word| !HEDGES.contains(&word.as_str()));
    !has_verb(&words) && first.is_none_or(|first| LEADS.contains(&first.as_str()))
}

/// How many words at the begin are an opening that says nothing; something is left behind it.
fn opening_of(words: &[&str]) -> Option<usize> {
    let is_there = |opening: &&&str| {
        let count = opening.split(' ').count();
        words.len() > count && opening.split(' ').zip(words).all(|(filling, word)| filling == plain(word))
    };
    OPENINGS.iter().find(is_there).map(|opening| opening.split(' ').count())
}

/// How many words from `at` on fill: one that is no word, or two with commas around them.
fn filler_at(words: &[&str], at: usize, before: Option<&str>) -> usize {
    let bare = plain(words[at]);
    let has_comma = words[at].ends_with([',', '…']);
    let is_before =
        |known: &[&str]| words.get(at + 1).is_some_and(|next| known.contains(&plain(next).as_str()));
    let is_sound = FILLERS.contains(&bare.as_str())
        || bare == "um" && (has_comma || is_before(AFTER_UM))
        || FILLERS_APART.contains(&bare.as_str())
            && has_comma
            && before.is_some_and(|before| before.ends_with(','));
    if is_sound {
        return 1;
    }
    let is_apart = before.is_none_or(|before| before.ends_with(','));
    let Some(second) = words.get(at + 1).filter(|second| is_apart && second.ends_with(',')) else { return 0 };
    if ASIDES.contains(&[bare.as_str(), plain(second).as_str()]) { 2 } else { 0 }
}

/// Whether a text could be a title as it stands: long enough and short enough, one sentence, no list, nothing that dangles.
pub(crate) fn is_whole(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let has_length = (SHORTEST..=LONGEST).contains(&script::width(text));
    let has_words = words.len() >= 3 || script::parts(text).len() > 1 || words.len() == 2 && !text.is_ascii();
    has_length && has_words && !is_torn(text)
}

/// Whether a text ends in the middle of something, is a list without a verb, or runs two sentences together.
pub(crate) fn is_torn(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some(last) = words.last() else { return true };
    let end = plain(last);
    let small = format!(" {}", text.to_lowercase().trim_end_matches(['.', ',', ';', ':', '!', '…', ' ']));
    let dangles = !text.ends_with('?') && DANGLING.contains(&end.as_str())
        || ENDINGS.iter().any(|ending| ending.contains([' ', '.']) && small.ends_with(&format!(" {ending}")))
        || !is_finished(&format!("{}.", text.trim_end_matches(['.', '?', '!'])));
    let parts: Vec<&str> = text.split([',', '、']).collect();
    let is_short = |part: &&str| part.split_whitespace().count() <= 2 && script::width(part) <= 16;
    let is_list = parts.len() > 1 && parts.iter().all(is_short) && !has_verb(&words);
    dangles
        || is_list
        || balanced(text) != text
        || text.matches('“').count() != text.matches('”').count()
        || cut(text).len() > 1
}

/// A phrase may begin with its sentence, behind a strong mark, behind a comma and a conjunction before a subject, and behind
/// what only leads up to it: "Unlike any other rabbit, Luna …".
fn may_begin(words: &[&str], at: usize) -> bool {
    if at == 0 || is_strong(words, at) {
        return true;
    }
    if !words[at - 1].ends_with(',') || !is_subject(words, at) {
        return false;
    }
    let first = (0..at).rev().find(|&from| from == 0 || is_strong(words, from)).unwrap_or(0);
    let lead = (first..at).find(|&from| !CONJUNCTIONS.contains(&plain(words[from]).as_str()));
    let commas = words[first..at - 1].iter().filter(|word| word.ends_with(',')).count();
    let leads_up = commas == 0 && lead.is_some_and(|lead| LEADS.contains(&plain(words[lead]).as_str()));
    leads_up || CONJUNCTIONS.contains(&plain(words[at]).as_str())
}

/// Whether somebody or something is named at `at`, behind conjunctions: then a clause follows, not a second verb.
fn is_subject(words: &[&str], at: usize) -> bool {
    let first = words[at..].iter().find(|word| !CONJUNCTIONS.contains(&plain(word).as_str()));
    first.is_some_and(|first| {
        first.starts_with(char::is_uppercase) || SUBJECTS.contains(&plain(first).as_str())
    })
}

/// Whether a strong mark stands before the word `at`.
fn is_strong(words: &[&str], at: usize) -> bool {
    let before = at.checked_sub(2).map(|before| words[before]);
    let last = words[at - 1];
    last.ends_with([';', ':', '—', '–']) || ends_between(before, last, words[at], Span::ZERO)
}

/// Whether a phrase from `start` on may end before `end`; then also whether a mark is there.
fn may_end(words: &[&str], start: usize, end: usize) -> Option<bool> {
    if end == words.len() || is_strong(words, end) {
        return Some(true);
    }
    let (phrase, next) = (&words[start..end], plain(words[end]));
    let first = phrase.iter().map(|word| plain(word)).find(|word| !CONJUNCTIONS.contains(&word.as_str()));
    let leads = first.is_some_and(|first| LEADS.contains(&first.as_str()) || first == "if");
    if phrase.len() < 3 || leads || !has_verb(phrase) {
        return None;
    }
    if words[end - 1].ends_with(',') {
        let changes = matches!(
            next.as_str(),
            "if" | "unless" | "except" | "until" | "provided" | "said" | "says" | "not"
        );
        let begin = phrase[..phrase.len() - 1].iter().rposition(|word| word.ends_with(','));
        let is_in_list =
            begin.is_some_and(|comma| phrase.len() - comma <= 4 && !has_verb(&phrase[comma + 1..]));
        return (!changes && !is_in_list && !is_listing(words, end)).then_some(true);
    }
    (SUBORDINATES.contains(&next.as_str()) && phrase.len() >= 4).then_some(false)
}

/// Whether a list goes on behind the comma before `at`: something short without a verb, and more behind it or an "and" before.
fn is_listing(words: &[&str], at: usize) -> bool {
    let rest = &words[at..];
    let length = rest
        .iter()
        .position(|word| word.ends_with([',', '.', ';', ':', '?', '!']))
        .map_or(rest.len(), |at| at + 1);
    let item = &rest[..length];
    let joins = item.iter().any(|word| matches!(plain(word).as_str(), "and" | "or"));
    let goes_on = item.last().is_some_and(|last| last.ends_with(','));
    item.len() <= 4 && !has_verb(item) && (joins || goes_on)
}

/// Without filling at the start, what dangles at the end and the marks there; first letter raised.
fn tidy(words: &[&str]) -> Option<String> {
    let mut words = words;
    while let Some(opening) = opening_of(words) {
        words = &words[opening..];
    }
    'dangling: loop {
        for ending in ENDINGS {
            let count = ending.split(' ').count();
            let tail = &words[words.len().saturating_sub(count)..];
            let same = words.len() > count
                && ending.split(' ').zip(tail).all(|(dangling, word)| dangling == plain(word));
            // Only behind a comma: "That is right" says it.
            if same && words[words.len() - count - 1].ends_with(',') {
                words = &words[..words.len() - count];
                continue 'dangling;
            }
        }
        break;
    }
    let says = |word: &&str| is_content(&plain(word)) || claims(&plain(word));
    if !words.iter().any(says) {
        return None;
    }
    let joined = words.join(" ");
    let bare = joined.trim_end_matches([',', ';', ':', '—', '–', '-', ' ']);
    // The stop of something short belongs to it.
    let bare = if is_short_at_end(bare) { bare } else { bare.trim_end_matches('.') };
    let bare = balanced(bare.trim());
    (!bare.is_empty()).then(|| script::raised(bare))
}

/// "U.S.", "p.m."
fn is_short_at_end(text: &str) -> bool {
    text.rsplit(' ').next().is_some_and(|last| {
        last.ends_with('.') && last.trim_end_matches('.').contains('.') && !last.contains("..")
    })
}

/// Without a quotation mark or bracket at an end whose partner lies outside.
fn balanced(text: &str) -> &str {
    const PAIRS: [(char, char); 5] = [('“', '”'), ('(', ')'), ('«', '»'), ('「', '」'), ('"', '"')];
    let mut text = text;
    for (open, close) in PAIRS {
        let is_odd = if open == close {
            text.matches(open).count() % 2 == 1
        } else {
            text.matches(open).count() != text.matches(close).count()
        };
        if is_odd {
            text = text.trim_start_matches(open).trim_end_matches(close);
        }
    }
    text
}

/// Of a script without spaces: the sentence, or what stands between its commas.
fn unspaced(sentence: &str) -> Vec<Phrase> {
    let mut found = Vec::new();
    let bare = |text: &str| balanced(text.trim_matches(['。', '、', '，', '；', '：', '.', ' '])).to_owned();
    let mut starts = vec![0];
    let marks =
        sentence.char_indices().filter(|(_, c)| matches!(c, '、' | '，' | '；' | '：' | '。' | '！' | '？'));
    starts.extend(marks.map(|(at, c)| at + c.len_utf8()));
    starts.push(sentence.len());
    for (from, &start) in starts.iter().enumerate() {
        for &end in starts.iter().skip(from + 1).rev() {
            // A clause of Japanese that another follows leads up to it.
            let is_japanese = sentence.contains(|c| matches!(c, 'ぁ'..='ゟ'));
            if is_japanese && sentence[start..end].ends_with(['、', '，']) {
                continue;
            }
            let text = bare(&sentence[start..end]);
            let phrase = Phrase { text, begins: start == 0, ends: end == sentence.len() };
            if (SHORTEST..=LONGEST).contains(&script::width(&phrase.text))
                && cut(&phrase.text).len() == 1
                && !found.contains(&phrase)
            {
                found.push(phrase);
            }
        }
    }
    found
}

/// The begin of a text, cut where a line could be and shown to be cut; for where nothing whole is short enough.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if script::width(text) <= most {
        return text.to_owned();
    }
    let mut taken = String::new();
    for word in text.split_whitespace() {
        for (at, part) in script::parts(word).into_iter().enumerate() {
            let space = if at == 0 && !taken.is_empty() { " " } else { "" };
            if script::width(&taken) + script::width(part) + space.len() + 1 > most {
                return format!("{}…", trimmed(&taken, part, most));
            }
            taken.push_str(space);
            taken.push_str(part);
        }
    }
    taken
}

/// What fits, without words that lean on what is left out; of one long word its first letters.
fn trimmed(taken: &str, next: &str, most: usize) -> String {
    let mut words: Vec<&str> = taken.split(' ').filter(|word| !word.is_empty()).collect();
    while words.len() > 2 && words.last().is_some_and(|last| DANGLING.contains(&plain(last).as_str())) {
        words.pop();
    }
    if words.is_empty() {
        return next.chars().take(most.saturating_sub(1)).collect();
    }
    words.join(" ").trim_end_matches([',', ';', ':', '.', ' ', '、', '。']).to_owned()
}

#[cfg(test)]
mod tests;
