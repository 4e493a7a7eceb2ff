//! Which tokens may come next: those never said, and the grammar of timestamps. Works on logits in memory; it neither
//! computes them nor chooses among what is left.
//!
//! The rules are those of `whisper/decoding.py` (`SuppressBlank`, `SuppressTokens`, `ApplyTimestampRules`).

use super::config::Config;
use super::vocabulary::Vocabulary;

/// The first timestamp of a decoding is at most this many ticks of 20 ms: one second.
const MAX_FIRST_TICKS: u32 = 50;

/// What may not be said, for one model.
pub(super) struct Rules {
    suppressed: Vec<u32>,
    not_first: Vec<u32>,
    end_of_text: usize,
    timestamp_begin: usize,
}

impl Rules {
    pub fn new(config: &Config, vocabulary: &Vocabulary) -> Rules {
        let below_size = |token: &u32| (*token as usize) < vocabulary.size;
        let specials = [
            Some(vocabulary.start_of_transcript),
            Some(vocabulary.translate),
            Some(vocabulary.transcribe),
            Some(vocabulary.no_speech),
            Some(vocabulary.no_timestamps),
            vocabulary.start_of_previous,
            vocabulary.start_of_lm,
        ];
        let mut suppressed: Vec<u32> = config.suppress_tokens.iter().flatten().copied().collect();
        suppressed.extend(specials.into_iter().flatten());
        suppressed.retain(below_size);
        suppressed.sort_unstable();
        suppressed.dedup();
        let mut not_first: Vec<u32> = config.begin_suppress_tokens.clone().unwrap_or_default();
        not_first.retain(below_size);
        Rules {
            suppressed,
            not_first,
            end_of_text: vocabulary.end_of_text as usize,
            timestamp_begin: vocabulary.timestamp_begin as usize,
        }
    }

    /// Tokens that are never said.
    pub fn suppressed(&self) -> impl Iterator<Item = usize> {
        self.suppressed.iter().map(|&token| token as usize)
    }

    /// Sets what may not follow `said` (without the prompt) to −∞ in `logits` (`[tokens]`).
    pub fn apply(&self, logits: &mut [f32], said: &[u32]) {
        for &token in &self.suppressed {
            logits[token as usize] = f32::NEG_INFINITY;
        }
        if said.is_empty() {
            for &token in &self.not_first {
                logits[token as usize] = f32::NEG_INFINITY;
            }
        }
        self.apply_grammar(logits, said);
        // Where a timestamp is likelier than any one word, it is a timestamp.
        let (text, times) = logits.split_at_mut(self.timestamp_begin);
        if log_sum_exp(times) > max(text) {
            text.fill(f32::NEG_INFINITY);
        }
    }

    /// For sound that ends here: a segment that was opened says something. Beyond the reference, which leaves it to the next
    /// stretch of 30 s.
    pub fn forbid_empty_segment(&self, logits: &mut [f32], said: &[u32]) {
        let opens = |pair: &[u32]| pair.iter().all(|&token| token as usize >= self.timestamp_begin);
        if said.last_chunk::<2>().is_some_and(|pair| opens(pair)) {
            logits[self.end_of_text] = f32::NEG_INFINITY;
        }
    }

    /// Timestamps come in pairs, except right before the end; they do not run back; the first token is one.
    fn apply_grammar(&self, logits: &mut [f32], said: &[u32]) {
        let begin = self.timestamp_begin;
        let is_time = |token: u32| token as usize >= begin;
        let last_is_time = said.last().is_some_and(|&token| is_time(token));
        let before_is_time = said.len() < 2 || is_time(said[said.len() - 2]);
        if last_is_time {
            if before_is_time {
                logits[begin..].fill(f32::NEG_INFINITY);
            } else {
                logits[..self.end_of_text].fill(f32::NEG_INFINITY);
            }
        }
        if let Some(&latest) = said.iter().rev().find(|&&token| is_time(token)) {
            // A segment's end may be followed by a start of the same time, but a segment has a length.
            let earliest =
                if last_is_time && !before_is_time { latest as usize } else { latest as usize + 1 };
            let earliest = earliest.min(logits.len());
            logits[begin..earliest].fill(f32::NEG_INFINITY);
        }
        if said.is_empty() {
            logits[..begin].fill(f32::NEG_INFINITY);
            let latest = (begin + MAX_FIRST_TICKS as usize + 1).min(logits.len());
            logits[latest..].fill(f32::NEG_INFINITY);
        }
    }
}

fn max(logits: &[f32]) -> f32 {
    logits.iter().copied().fold(f32::NEG_INFINITY, f32::max)
}

/// `ln Σ exp(logits)`; −∞ where all are.
pub(super) fn log_sum_exp(logits: &[f32]) -> f32 {
    let max = max(logits);
    if max == f32::NEG_INFINITY {
        return max;
    }
    // What lies e⁻³⁰ below the largest cannot change the sum of any vocabulary in f32.
    let floor = max - 30.0;
    let sum: f32 = logits.iter().filter(|&&logit| logit > floor).map(|&logit| (logit - max).exp()).sum();
    max + sum.ln()
}

#[cfg(test)]
mod tests {
    use burn::tensor::{Tensor, TensorData};

    use super::*;
    use crate::device;
    use crate::kernel::gpu::{GreedySampler, Limits, testing};

    // 0..10 text, 10 end, 11 a task, 12.. timestamps.
    const END: usize = 10;
    const BEGIN: usize = 12;
    const SIZE: usize = 120;

    impl Rules {
        pub fn for_tests() -> Rules {
            Rules { suppressed: vec![3, 11], not_first: vec![4], end_of_text: END, timestamp_begin: BEGIN }
        }
    }

    /// The tokens left after `said`, when every logit is equal but for those listed.
    fn check(said: &[u32], high: &[(usize, f32)], expected: impl Fn(usize) -> bool) {
        let mut logits = vec![0.0; SIZE];
        for &(token, value) in high {
            logits[token] = value;
        }
        Rules::for_tests().apply(&mut logits, said);
        for (token, logit) in logits.iter().enumerate() {
            assert_eq!(*logit > f32::NEG_INFINITY, expected(token), "token {token} after {said:?}");
        }
    }

    #[test]
    fn a_window_begins_within_its_first_second() {
        check(&[], &[], |token| (BEGIN..=BEGIN + 50).contains(&token));
    }

    #[test]
    fn text_follows_a_start() {
        check(&[20], &[], |token| token <= END && token != 3);
    }

    #[test]
    fn an_end_is_followed_by_a_start_or_the_end() {
        check(&[20, 1, 30], &[(END, 9.0)], |token| token == END || token >= 30);
        check(&[20, 1, 30], &[], |token| token >= 30);
        check(&[20, 1, 30, 30], &[], |token| token <= END && token != 3);
    }

    #[test]
    fn a_segment_has_a_length() {
        check(&[20, 1], &[(1, 9.0)], |token| token > 20 || (token <= END && token != 3));
    }

    #[test]
    fn likely_timestamps_silence_text() {
        check(&[20, 1], &[(1, 3.0)], |token| token > 20);
    }

    #[test]
    fn the_last_timestamp_leaves_no_timestamp() {
        check(&[20, 1, SIZE as u32 - 1], &[(END, 9.0)], |token| token == END || token == SIZE - 1);
        check(&[20, 1, SIZE as u32 - 1, SIZE as u32 - 1, 2], &[], |token| token <= END && token != 3);
    }

    #[test]
    fn sums_do_not_overflow() {
        assert_eq!(log_sum_exp(&[f32::NEG_INFINITY; 3]), f32::NEG_INFINITY);
        assert!((log_sum_exp(&[1000.0, 1000.0]) - 1000.693).abs() < 1e-3);
    }

    /// Both choose from the same random logits, over several texts.
    #[test]
    fn the_gpus_twin_chooses_alike() {
        let rules = Rules::for_tests();
        let device = testing::gpu();
        let limits = Limits { end_of_text: END as u32, timestamp_begin: BEGIN as u32, size: SIZE };
        let greedy = GreedySampler::new(rules.suppressed(), limits, &device);
        let mut rng = fastrand::Rng::with_seed(11);
        let mut ends = 0;
        for round in 0..60 {
            let goes_on = round % 2 == 0;
            let mut said = vec![(BEGIN + rng.usize(..30)) as u32];
            let mut memory = greedy.after_first(said[0]);
            for _ in 0..25 {
                let lift = 6.0 * rng.f32();
                let mut logits: Vec<f32> = (0..SIZE).map(|_| 8.0 * rng.f32()).collect();
                logits[..END].iter_mut().for_each(|logit| *logit += lift);
                let on_device = Tensor::from_data(TensorData::new(logits.clone(), [1, SIZE]), &device);
                let (next, picked) = greedy.choose(on_device, &memory, goes_on);
                let picked = pollster::block_on(device::read(picked)).unwrap();

                rules.apply(&mut logits, &said);
                if !goes_on {
                    rules.forbid_empty_segment(&mut logits, &said);
                }
                let token = crate::whisper::decode::argmax(&logits);
                assert_eq!(picked[0] as usize, token, "after {said:?}");
                let logprob = logits[token] - log_sum_exp(&logits);
                assert!((picked[1] - logprob).abs() < 1e-4, "{} for {logprob}", picked[1]);
                if token == END {
                    ends += 1;
                    break;
                }
                said.push(token as u32);
                memory = next;
            }
        }
        assert!(ends > 5, "the texts must reach their ends too: {ends}");
    }
}
