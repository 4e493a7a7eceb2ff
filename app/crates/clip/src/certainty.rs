//! Whether the words are those that were said. A model of one language writes fluent nonsense when another is spoken, and is unsure of
//! nearly all of it; of its own language it is unsure of few words, however noisy, distant or accented.

use crate::timeline::SourceRange;
use crate::transcript::{Transcript, Word};

/// A word below this is unsure: here, and where the page marks it.
pub const UNSURE_BELOW: f32 = 0.5;
/// Fewer words say nothing.
const FEWEST_WORDS: usize = 8;
/// Enough to ask about, in seconds of finished windows.
const EARLY_S: f64 = 30.0;
const EARLIEST_S: f64 = 8.0;

/// Whether at least half of the words are unsure. English read, telephoned or spoken across a room into a model of English has up to
/// 0.36 of them; Spanish, German and Dutch had 0.60 to 0.83.
pub fn is_unsure<'a>(words: impl Iterator<Item = &'a Word>) -> bool {
    let (mut all, mut unsure) = (0, 0);
    for word in words.filter(|word| !word.spoken().is_empty()) {
        all += 1;
        unsure += usize::from(word.confidence < UNSURE_BELOW);
    }
    all >= FEWEST_WORDS && 2 * unsure >= all
}

/// The same of the first half minute that was heard, as soon as there is enough of it; `false` until then.
pub fn begins_unsure(transcript: &Transcript) -> bool {
    let Some(first) = transcript.windows.first() else { return false };
    let mut heard_s = 0.0;
    let mut end = first.start();
    for window in &transcript.windows {
        if window.start() > end || heard_s >= EARLY_S {
            break;
        }
        end = window.end();
        heard_s += (window.end() - window.start()).seconds();
    }
    let heard = SourceRange { start: first.start(), end };
    heard_s >= EARLIEST_S && is_unsure(transcript.words().filter(|word| heard.holds(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::WindowSpan;
    use crate::transcript::tests::segment;

    /// So many words in ten seconds, of which every n-th is sure.
    fn spoken(at_s: f64, words: usize, sure_every: usize) -> crate::transcript::Segment {
        let mut spoken = segment(&"word ".repeat(words), at_s, at_s + 10.0);
        for (number, word) in spoken.words.iter_mut().enumerate() {
            word.confidence = if number % sure_every == 0 { 0.9 } else { 0.3 };
        }
        spoken
    }

    fn window(start_s: u64, end_s: u64) -> WindowSpan {
        let rate = u64::from(WindowSpan::SAMPLE_RATE);
        WindowSpan { start_sample: start_s * rate, end_sample: end_s * rate }
    }

    #[test]
    fn what_is_half_unsure_is_another_language() {
        assert!(is_unsure(spoken(0.0, 20, 2).words.iter()));
        assert!(is_unsure(spoken(0.0, 20, 5).words.iter()));
        assert!(!is_unsure(spoken(0.0, 20, 1).words.iter()));
        assert!(!is_unsure(spoken(0.0, 7, 5).words.iter()), "too few");
        assert!(!is_unsure([].iter()));
    }

    #[test]
    fn the_first_half_minute_is_enough_and_later_words_do_not_hide_it() {
        let mut transcript = Transcript::default();
        assert!(!begins_unsure(&transcript));
        transcript.merge_window(window(0, 7), vec![]);
        assert!(!begins_unsure(&transcript));
        transcript.merge_window(window(7, 17), vec![spoken(7.0, 20, 4)]);
        assert!(begins_unsure(&transcript));
        transcript.merge_window(window(17, 40), vec![spoken(20.0, 30, 4)]);
        // Windows come out of order: what lies behind a hole does not count.
        transcript.merge_window(window(60, 90), vec![spoken(60.0, 200, 1)]);
        assert!(begins_unsure(&transcript));
        transcript.merge_window(window(40, 60), vec![spoken(40.0, 200, 1)]);
        assert!(begins_unsure(&transcript));
    }
}
