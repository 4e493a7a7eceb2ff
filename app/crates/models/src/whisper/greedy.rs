//! The rules and the greedy choice once more, as tensors: where reading a tensor back costs more than computing it, the
//! chosen token stays on the device and is read later, with others. Its twin in memory is `rules`.

use burn::tensor::{Device, Int, Tensor, TensorData};

use super::rules::Rules;

/// Added to what may not be said. Not −∞, which shaders need not respect.
const BLOCKED: f32 = -1e9;

/// The constants of the rules on a device.
pub(super) struct Greedy {
    /// `[1, text]`: [`BLOCKED`] for what is never said. "Text" is all below the timestamps.
    never: Tensor<2>,
    /// `[1, text]`: [`BLOCKED`] for text, 0 for the end and what follows it.
    spoken: Tensor<2>,
    /// `[1, text]`: [`BLOCKED`] for the end.
    end: Tensor<2>,
    /// `[1, timestamps]`: 0, 1, 2…
    ticks: Tensor<2>,
    begin: usize,
    size: usize,
}

/// What the rules remember. All `[1, 1]`.
#[derive(Clone)]
pub(super) struct Memory {
    token: Tensor<2>,
    /// 1 or 0.
    last_is_time: Tensor<2>,
    before_is_time: Tensor<2>,
    /// Whether anything but the first timestamp was said.
    has_spoken: Tensor<2>,
    /// Ticks of the latest timestamp.
    latest: Tensor<2>,
}

impl Memory {
    /// The last token, `[1]`.
    pub fn token(&self) -> Tensor<1, Int> {
        self.token.clone().reshape([1]).int()
    }
}

impl Greedy {
    /// `size`: tokens of the model.
    pub fn new(rules: &Rules, size: usize, device: &Device) -> Greedy {
        let begin = rules.timestamp_begin();
        let row = |values: Vec<f32>| {
            let width = values.len();
            Tensor::from_data(TensorData::new(values, [1, width]), device)
        };
        let mut never = vec![0.0; begin];
        rules.never().filter(|&token| token < begin).for_each(|token| never[token] = BLOCKED);
        let spoken =
            (0..begin).map(|token| if token < rules.end_of_text() { BLOCKED } else { 0.0 }).collect();
        let mut end = vec![0.0; begin];
        end[rules.end_of_text()] = BLOCKED;
        let ticks = (0..size - begin).map(|tick| tick as f32).collect();
        Greedy { never: row(never), spoken: row(spoken), end: row(end), ticks: row(ticks), begin, size }
    }

    /// What is remembered after the first token of a window, always a timestamp.
    pub fn after_first(&self, token: u32) -> Memory {
        let value = |value: f32| Tensor::full([1, 1], value, &self.never.device());
        Memory {
            token: value(token as f32),
            last_is_time: value(1.0),
            before_is_time: value(1.0),
            has_spoken: value(0.0),
            latest: value(token as f32 - self.begin as f32),
        }
    }

    /// Chooses from `logits` (`[1, tokens]`) → what is remembered then, and the token with its log-probability, `[1, 2]`.
    /// `goes_on`: as in `decode::Speaker`.
    pub fn choose(&self, logits: Tensor<2>, memory: &Memory, goes_on: bool) -> (Memory, Tensor<2>) {
        let opens = memory.last_is_time.clone() * memory.before_is_time.clone();
        let closes = memory.last_is_time.clone() - opens.clone();
        let text = logits.clone().slice_dim(1, 0..self.begin);
        let text = text + self.never.clone() + self.spoken.clone() * closes.clone(); // [1, text]
        let text =
            if goes_on { text } else { text + self.end.clone() * opens.clone() * memory.has_spoken.clone() };
        let earliest = memory.latest.clone() + 1.0 - closes;
        let runs_back = self.ticks.clone().lower(earliest).float();
        let blocked = runs_back.max_pair(opens) * BLOCKED;
        let times = logits.slice_dim(1, self.begin..self.size) + blocked; // [1, timestamps]

        let (best_time, time_sum) = peak(&times);
        let (best_text, text_sum) = peak(&text);
        // Where a timestamp is likelier than any one word, it is a timestamp.
        let silenced = time_sum.clone().greater(best_text.clone()).float() * BLOCKED;
        let (best_text, text_sum) = (best_text + silenced.clone(), text_sum + silenced);
        let is_time = best_time.clone().greater(best_text.clone()).float(); // [1, 1]
        let best = best_time.max_pair(best_text);
        let sum = (time_sum - best.clone()).exp() + (text_sum - best).exp();
        let logprob = sum.log().neg();

        let tick = times.argmax(1).float();
        let is_text = is_time.clone().neg() + 1.0;
        let token =
            (tick.clone() + self.begin as f32) * is_time.clone() + text.argmax(1).float() * is_text.clone();
        let picked = Tensor::cat(vec![token.clone(), logprob], 1);
        let next = Memory {
            token,
            before_is_time: memory.last_is_time.clone(),
            last_is_time: is_time.clone(),
            has_spoken: memory.has_spoken.ones_like(),
            latest: tick * is_time + memory.latest.clone() * is_text,
        };
        (next, picked)
    }
}

/// The largest of a row and the logarithm of the sum of its exponentials, `[1, 1]` each.
fn peak(row: &Tensor<2>) -> (Tensor<2>, Tensor<2>) {
    let largest = row.clone().max_dim(1);
    let sum = (row.clone() - largest.clone()).exp().sum_dim(1).log();
    (largest.clone(), largest + sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::{flex, read};
    use crate::whisper::rules::log_sum_exp;

    const SIZE: usize = 120;

    /// Both twins choose from the same random logits, over several texts.
    #[test]
    fn chooses_as_the_rules_in_memory_do() {
        let rules = Rules::for_tests();
        let greedy = Greedy::new(&rules, SIZE, &flex());
        let mut rng = fastrand::Rng::with_seed(11);
        let mut ends = 0;
        for round in 0..60 {
            let goes_on = round % 2 == 0;
            let mut said = vec![(rules.timestamp_begin() + rng.usize(..30)) as u32];
            let mut memory = greedy.after_first(said[0]);
            for _ in 0..25 {
                let lift = 6.0 * rng.f32();
                let mut logits: Vec<f32> = (0..SIZE).map(|_| 8.0 * rng.f32()).collect();
                logits[..rules.end_of_text()].iter_mut().for_each(|logit| *logit += lift);
                let on_device = Tensor::from_data(TensorData::new(logits.clone(), [1, SIZE]), &flex());
                let (next, picked) = greedy.choose(on_device, &memory, goes_on);
                let picked = pollster::block_on(read(picked)).unwrap();

                rules.apply(&mut logits, &said);
                if !goes_on {
                    rules.speak_on(&mut logits, &said);
                }
                let token = crate::whisper::decode::argmax(&logits);
                assert_eq!(picked[0] as usize, token, "after {said:?}");
                let logprob = logits[token] - log_sum_exp(&logits);
                assert!((picked[1] - logprob).abs() < 1e-4, "{} for {logprob}", picked[1]);
                if token == rules.end_of_text() {
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
