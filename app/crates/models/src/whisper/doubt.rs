//! Whether words were said at all: what a model makes of music, breath and silence, of sound that it has written down already, and
//! of sound in which it lost the thread. Judges words by their times, their confidence and the sound; it finds none itself.

use std::ops::Range;

use super::decode::Fallback;
use super::speech_mask::SpeechMask;
use super::transcript::{Segment, Word};
use super::vocabulary::Task;

/// Mean confidence of the words under which a failed decoding is thrown away. Words made of music had 0.003 to 0.01.
const MIN_CONFIDENCE: f32 = 0.15;
/// Mean confidence from which words that were passed over at first are believed, and words where nobody speaks.
const SURE_CONFIDENCE: f32 = 0.5;
/// Where less of a segment than this is speech, nobody speaks.
const LEAST_SPEECH: f64 = 0.1;
/// Above the mean log-probability at which the reference takes words for silence: what music is made into lies just there.
const DOUBT_LOGPROB: f32 = 0.3;
/// As many at most are an exclamation.
const FEW_WORDS: usize = 3;
/// Letters in a second that no mouth says: hasty speech has 30, of a readily misjudged word or two more.
const FASTEST_LETTERS_PER_S: f64 = 50.0;
/// Mean log-probability under which the name of a sound is taken for a label. Somebody who says "Music." is heard far more surely.
const LABEL_LOGPROB: f32 = -0.4;
/// What captions write of sound that is no speech, in the languages of most captions.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "music", "applause", "laughter", "laughing", "laughs", "silence", "noise", "musik", "applaus", "gelächter", "música",
    "aplausos", "risas", "musique", "applaudissements", "rires", "musica", "applausi", "risate", "palmas", "risos", "музыка",
    "аплодисменты", "смех", "音楽", "拍手", "笑い", "音乐", "掌声", "笑声", "음악", "박수", "웃음",
];
/// Fewer letters than these are too few to tell how fast they were said.
const FEWEST_LETTERS: usize = 8;
/// So many words in a row that are too fast were not said, however sure the model is; of fewer only their times may be wrong.
const CROWD: usize = 6;
/// A repetition is at least so many words.
const REPEATED_WORDS: usize = 3;
/// The longest phrase, in tokens, that is looked for again and again.
const LONGEST_PHRASE: usize = 24;

/// Whether words that no temperature made good are still words: music and noise give some that the model itself, asked
/// again, does not believe, or that it finds no time for. Beyond the reference, which lets them pass.
pub(super) fn is_credible(segments: &[Segment], task: Task) -> bool {
    let has_words = segments.iter().any(|segment| !segment.words.is_empty());
    // The words of a translation are not spoken, so their times say nothing.
    let is_crowded = |segment: &&Segment| task == Task::Transcribe && is_anomalous(&segment.words);
    let anomalous = segments.iter().filter(is_crowded).count();
    !has_words || (mean_confidence(segments) >= MIN_CONFIDENCE && 2 * anomalous <= segments.len())
}

/// Whether the words are too unlikely, too short or too long to have been spoken (`is_segment_anomaly` of
/// `whisper/transcribe.py`).
fn is_anomalous(words: &[Word]) -> bool {
    let anomaly = |word: &Word| {
        let length_s = word.end_s - word.start_s;
        f64::from(word.confidence < MIN_CONFIDENCE)
            + (0.133 - length_s).max(0.0) * 15.0
            + (length_s - 2.0).max(0.0)
    };
    let words = &words[..words.len().min(8)];
    let sum: f64 = words.iter().map(anomaly).sum();
    !words.is_empty() && (sum >= 3.0 || sum + 0.01 >= words.len() as f64)
}

/// Whether nobody speaks where these words should be, and the model does not quite believe them either.
pub(super) fn is_invented(segment: &Segment, speech_mask: &SpeechMask) -> bool {
    speech_mask.share_of_speech(segment.start_s, segment.end_s) < LEAST_SPEECH
        && mean_confidence(std::slice::from_ref(segment)) < SURE_CONFIDENCE
}

/// Whether a few words ("Thank you.") were made of music or noise: the model heard no speech, and is nearly as doubtful of them as
/// where the reference drops everything. Lyrics, which look the same otherwise, are longer.
pub(super) fn is_exclamation(segment: &Segment, fallback: &Fallback) -> bool {
    segment.no_speech_prob > fallback.max_no_speech_prob
        && segment.avg_logprob < fallback.min_avg_logprob + DOUBT_LOGPROB
        && segment.words.len() <= FEW_WORDS
}

/// Whether a segment is what captions write in brackets of sound that is no speech: "Music", and nothing else.
pub(super) fn is_label(segment: &Segment) -> bool {
    segment.avg_logprob < LABEL_LOGPROB
        && !segment.words.is_empty()
        && segment.words.iter().all(|word| LABELS.contains(&bare(&word.text).as_str()))
}

/// Whether a segment is good enough to be put where the model said nothing at first.
pub(super) fn is_sure(segment: &Segment, fallback: &Fallback) -> bool {
    segment.avg_logprob >= fallback.min_avg_logprob
        && mean_confidence(std::slice::from_ref(segment)) >= SURE_CONFIDENCE
        && !is_anomalous(&segment.words)
        && !is_label(segment)
}

/// Of the words; 1 where there are none.
fn mean_confidence(segments: &[Segment]) -> f32 {
    let words = segments.iter().flat_map(|segment| &segment.words);
    let (count, sum) = words.fold((0u32, 0.0), |(count, sum), word| (count + 1, sum + word.confidence));
    if count == 0 { 1.0 } else { sum / count as f32 }
}

/// Whether these words came from nowhere: faster than anybody speaks, and doubted, or said already in `others`, or many. Breath
/// between two sentences gives such words, and the end of a window in which the model says its last clause again.
pub(super) fn is_phantom(segment: &Segment, others: &[Segment]) -> bool {
    is_too_fast(&segment.words)
        && (segment.words.len() >= CROWD
            || mean_confidence(std::slice::from_ref(segment)) < SURE_CONFIDENCE
            || others.iter().any(|other| other != segment && is_within(&segment.words, &other.words)))
}

/// The longest row of words within a segment that is too fast to have been said, long enough that it is not their times that
/// are wrong.
pub(super) fn crowd(words: &[Word]) -> Option<Range<usize>> {
    let rows = (0..words.len()).flat_map(|first| (first + CROWD..=words.len()).map(move |end| first..end));
    let is_crowd = |row: &Range<usize>| {
        let words = &words[row.clone()];
        let ends = [&words[..1], &words[words.len() - 1..]];
        is_too_fast(words) && ends.iter().all(|end| letters_of(end) as f64 > most_letters(end))
    };
    rows.filter(is_crowd).max_by_key(ExactSizeIterator::len)
}

fn is_too_fast(words: &[Word]) -> bool {
    let letters = letters_of(words);
    letters >= FEWEST_LETTERS && letters as f64 > most_letters(words)
}

/// As many as can be said in the time that the words take.
fn most_letters(words: &[Word]) -> f64 {
    let length_s = words.first().zip(words.last()).map_or(0.0, |(first, last)| last.end_s - first.start_s);
    FASTEST_LETTERS_PER_S * length_s
}

fn letters_of(words: &[Word]) -> usize {
    words.iter().map(|word| letters(&word.text)).sum()
}

/// As long as it takes to say: a sign that stands for a syllable or two counts for three.
fn letters(text: &str) -> usize {
    let of = |c: char| if c >= '\u{2E80}' { 3 } else { 1 };
    text.chars().filter(|c| c.is_alphanumeric()).map(of).sum()
}

/// Whether `words` stand in `others`, in the same order.
fn is_within(words: &[Word], others: &[Word]) -> bool {
    let bare = |words: &[Word]| -> Vec<String> { words.iter().map(|word| bare(&word.text)).collect() };
    let (words, others) = (bare(words), bare(others));
    words.len() >= REPEATED_WORDS && others.windows(words.len()).any(|row| row == words)
}

/// Without punctuation and case.
fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where the model lost the thread and says a phrase again and again: the index right after the first time. A phrase of one token
/// may be said seven times ("no no no"), one of six twice.
pub(super) fn loop_after(tokens: &[u32]) -> Option<usize> {
    (0..tokens.len()).find_map(|first| {
        let is_loop = |phrase: &usize| {
            let rest = &tokens[first..];
            let same = rest.iter().zip(rest.iter().skip(*phrase)).take_while(|(a, b)| a == b).count();
            same + phrase >= phrase * (3 + 5 / phrase)
        };
        (1..=LONGEST_PHRASE).find(is_loop).map(|phrase| first + phrase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of (text, start, end, confidence).
    fn said(words: &[(&str, f64, f64, f32)]) -> Segment {
        let times: Vec<_> = words.iter().map(|word| (word.1, word.2, word.3)).collect();
        let mut segment = segment(&times, -0.3);
        segment.words.iter_mut().zip(words).for_each(|(word, said)| word.text = said.0.to_owned());
        segment
    }

    /// The words of a text, one after another from `start_s`, so many letters a second.
    fn read(text: &str, start_s: f64, letters_per_s: f64, confidence: f32) -> Segment {
        let mut end_s = start_s;
        let word = |word| {
            let start_s = end_s;
            end_s += letters(word) as f64 / letters_per_s;
            (word, start_s, end_s, confidence)
        };
        said(&text.split_inclusive(' ').map(word).collect::<Vec<_>>())
    }

    const CLAUSE: &str = "which led me to leave my native country.";

    #[test]
    fn words_made_of_a_breath_are_phantoms() {
        let others = [read(CLAUSE, 24.9, 16.0, 0.97)];
        let breath = said(&[(" Chair", 27.22, 27.37, 0.14), (" Powell.", 27.4, 27.4, 0.59)]);
        assert!(is_phantom(&breath, &others));
        // A whole clause again, of which the model is sure, in no time; or the end of it.
        assert!(is_phantom(&read(CLAUSE, 26.9, 200.0, 0.95), &others));
        assert!(is_phantom(&read("my native country.", 26.9, 100.0, 0.95), &others));
    }

    #[test]
    fn fast_short_and_repeated_words_are_no_phantoms() {
        let others = [read(CLAUSE, 24.9, 16.0, 0.97)];
        for segment in [
            read("Terms and conditions apply.", 1.0, 32.0, 0.3),
            read(CLAUSE, 27.5, 32.0, 0.9),
            said(&[(" Yes.", 3.0, 3.04, 0.4)]),
            // Of two words that the model is sure of the times may be wrong.
            said(&[(" Thank", 3.0, 3.02, 0.9), (" you.", 3.02, 3.1, 0.95)]),
            said(&[(" はい、", 3.0, 3.3, 0.4), ("そうです。", 3.3, 4.0, 0.4)]),
        ] {
            assert!(!is_phantom(&segment, &others), "{segment:?}");
        }
    }

    #[test]
    fn a_crowd_is_found_within_a_segment() {
        let (slow, fast) = (read("Nothing was left of it", 1.0, 15.0, 0.9), read(CLAUSE, 2.3, 150.0, 0.9));
        let words = [slow.words.clone(), fast.words].concat();
        assert_eq!(crowd(&words).map(|row| row.end), Some(words.len()));
        assert!(crowd(&words).is_some_and(|row| row.start >= 4), "{:?}", crowd(&words));
        assert_eq!(crowd(&slow.words), None);
        assert_eq!(crowd(&[]), None);
    }

    #[test]
    fn a_loop_is_cut_after_its_first_phrase() {
        let again = |phrase: &[u32], times: usize| [&[7, 8], phrase.repeat(times).as_slice()].concat();
        for (phrase, said, looped) in
            [(vec![1], 7, 8), (vec![1, 2], 4, 5), (vec![1, 2, 3], 3, 4), ((10..16).collect(), 2, 3)]
        {
            assert_eq!(loop_after(&again(&phrase, said)), None, "{phrase:?} may be said {said} times");
            assert_eq!(loop_after(&again(&phrase, looped)), Some(2 + phrase.len()), "{phrase:?}");
        }
        assert_eq!(loop_after(&[]), None);
        let sentence: Vec<u32> = (0..200).map(|token| token * token % 97).collect();
        assert_eq!(loop_after(&sentence[..48]), None);
    }

    /// Words of (start, end, confidence) in one segment.
    fn segment(words: &[(f64, f64, f32)], avg_logprob: f32) -> Segment {
        let word = |&(start_s, end_s, confidence): &(f64, f64, f32)| Word {
            text: " a".into(),
            start_s,
            end_s,
            confidence,
        };
        Segment {
            start_s: words[0].0,
            end_s: words[words.len() - 1].1,
            text: " a".into(),
            tokens: Vec::new(),
            avg_logprob,
            no_speech_prob: 0.3,
            temperature: 1.0,
            words: words.iter().map(word).collect(),
        }
    }

    const SPOKEN: [(f64, f64, f32); 3] = [(0.0, 0.3, 0.9), (0.3, 0.7, 0.8), (0.7, 1.1, 0.4)];
    /// Believed one by one, but all at the same instant.
    const CROWDED: [(f64, f64, f32); 3] = [(9.0, 9.0, 0.9), (9.0, 9.0, 0.8), (9.0, 9.04, 0.9)];
    const DOUBTED: [(f64, f64, f32); 3] = [(0.0, 0.3, 0.01), (0.3, 0.7, 0.002), (0.7, 1.1, 0.1)];

    #[test]
    fn words_that_nobody_spoke_are_not_credible() {
        for (words, expected) in [
            (vec![SPOKEN], true),
            (vec![CROWDED], false),
            (vec![DOUBTED], false),
            (vec![SPOKEN, CROWDED], true),
            (vec![SPOKEN, CROWDED, CROWDED], false),
        ] {
            let segments: Vec<Segment> = words.iter().map(|words| segment(words, -1.2)).collect();
            assert_eq!(is_credible(&segments, Task::Transcribe), expected, "{words:?}");
        }
        assert!(is_credible(&[], Task::Transcribe));
        assert!(is_credible(&[segment(&CROWDED, -1.2)], Task::Translate));
    }

    #[test]
    fn a_doubted_word_or_two_over_music_are_no_words() {
        let exclamation = Segment { no_speech_prob: 0.7, ..segment(&SPOKEN, -0.9) };
        let lyrics = segment(&[SPOKEN, SPOKEN].concat(), -0.9);
        for (segment, expected) in [
            (exclamation.clone(), true),
            (Segment { no_speech_prob: 0.5, ..exclamation.clone() }, false),
            (Segment { avg_logprob: -0.6, ..exclamation }, false),
            (Segment { no_speech_prob: 0.7, ..lyrics }, false),
        ] {
            assert_eq!(is_exclamation(&segment, &Fallback::default()), expected, "{segment:?}");
        }
    }

    #[test]
    fn the_name_of_a_sound_is_no_word() {
        let doubted = |words: &[(&str, f64, f64, f32)]| Segment { avg_logprob: -0.8, ..said(words) };
        for (segment, expected) in [
            (doubted(&[(" Music.", 46.2, 47.0, 0.94)]), true),
            (doubted(&[(" [Applause", 1.0, 2.0, 0.4), (" Music]", 2.0, 3.0, 0.4)]), true),
            (doubted(&[("音楽", 1.0, 2.0, 0.4)]), true),
            (said(&[(" Music.", 46.2, 47.0, 0.94)]), false),
            (doubted(&[(" Music", 1.0, 2.0, 0.4), (" lessons", 2.0, 3.0, 0.4)]), false),
        ] {
            assert_eq!(is_label(&segment), expected, "{segment:?}");
        }
    }

    #[test]
    fn what_was_passed_over_is_believed_when_the_model_is_sure() {
        let fallback = Fallback::default();
        assert!(is_sure(&segment(&SPOKEN, -0.3), &fallback));
        assert!(!is_sure(&segment(&SPOKEN, -1.3), &fallback));
        assert!(!is_sure(&segment(&CROWDED, -0.3), &fallback));
        assert!(!is_sure(&segment(&DOUBTED, -0.3), &fallback));
    }
}
