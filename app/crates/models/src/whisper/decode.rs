//! From the encoder's states to tokens: greedy choice, sampling where greedy fails, and the measures by which failing is
//! judged. It knows nothing of segments, words and time.

use burn::tensor::{Device, Int, Tensor, TensorData};

use super::attention::CrossKv;
use super::decoder::{Cache, Decoder};
use super::rules::{Rules, log_sum_exp};
use super::vocabulary::{Language, Vocabulary};
use crate::kernel::gpu::GreedySampler;
use crate::{Error, device};

/// Tokens that a GPU chooses before they are read: more would only be more to throw away after the end.
const READ_EVERY: usize = 8;

/// When a decoding is tried again, and how. The defaults are those of the reference implementation.
#[derive(Debug, Clone, PartialEq)]
pub struct Fallback {
    /// Tried in turn until one result is good enough. Zero is greedy.
    pub temperatures: Vec<f32>,
    /// Samples drawn at each temperature above zero; the likeliest is kept.
    pub best_of: usize,
    /// Text that zlib shrinks by more than this factor repeats itself.
    pub max_compression_ratio: f32,
    /// A mean log-probability below this is a bad guess.
    pub min_avg_logprob: f32,
    /// Above this probability of silence a bad guess is taken for silence.
    pub max_no_speech_prob: f32,
    /// Start of the random numbers; the same seed gives the same text.
    pub seed: u64,
}

impl Default for Fallback {
    fn default() -> Fallback {
        Fallback {
            temperatures: vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0],
            best_of: 5,
            max_compression_ratio: 2.4,
            min_avg_logprob: -1.0,
            max_no_speech_prob: 0.6,
            seed: 0,
        }
    }
}

/// One decoding of one stretch of sound.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Decoding {
    /// Text and timestamps, without prompt and end.
    pub tokens: Vec<u32>,
    /// Log-probability of each, among those that might have followed, in nats.
    pub logprobs: Vec<f32>,
    /// Mean over the tokens and the end, in nats.
    pub avg_logprob: f32,
    pub no_speech_prob: f32,
    pub compression_ratio: f32,
    pub temperature: f32,
}

impl Fallback {
    fn is_silence(&self, decoding: &Decoding) -> bool {
        decoding.no_speech_prob > self.max_no_speech_prob && decoding.avg_logprob < self.min_avg_logprob
    }

    pub(super) fn is_good(&self, decoding: &Decoding) -> bool {
        self.is_silence(decoding)
            || (decoding.compression_ratio <= self.max_compression_ratio
                && decoding.avg_logprob >= self.min_avg_logprob)
    }

    /// Whether the stretch holds no speech, so that the decoding should be thrown away.
    pub(super) fn should_skip(&self, decoding: &Decoding) -> bool {
        decoding.no_speech_prob > self.max_no_speech_prob && decoding.avg_logprob <= self.min_avg_logprob
    }
}

/// What decoding reads; nothing of it changes.
pub(super) struct DecodeRun<'a> {
    pub decoder: &'a Decoder,
    pub vocabulary: &'a Vocabulary,
    pub rules: &'a Rules,
    pub device: &'a Device,
    pub cross: &'a [CrossKv],
    /// Speech may go on where the sound ends, and is heard again from where the last whole segment ended.
    pub goes_on: bool,
    /// Set where reading back is slow: greedy tokens are then chosen on the device.
    pub greedy: Option<&'a GreedySampler>,
    pub cancelled: &'a dyn Fn() -> bool,
}

impl DecodeRun<'_> {
    /// Decodes at each temperature in turn until a result is good enough; where none is, the likeliest that does not repeat
    /// itself, else the likeliest (`generate_with_fallback` of faster-whisper).
    pub async fn decode(&self, prompt: &[u32], fallback: &Fallback) -> Result<Decoding, Error> {
        let mut tried: Vec<Decoding> = Vec::new();
        for (round, &temperature) in fallback.temperatures.iter().enumerate() {
            let choice = if temperature > 0.0 {
                let rng = fastrand::Rng::with_seed(fallback.seed.wrapping_add(round as u64));
                Choice::Sample { temperature, count: fallback.best_of.clamp(1, 16), rng }
            } else {
                Choice::Greedy
            };
            let decoding = self.decode_once(prompt, choice).await?;
            if fallback.is_good(&decoding) {
                return Ok(decoding);
            }
            tried.push(decoding);
        }
        let unrepetitive = |decoding: &Decoding| decoding.compression_ratio <= fallback.max_compression_ratio;
        let rank = |decoding: &Decoding| (unrepetitive(decoding), decoding.avg_logprob);
        tried
            .into_iter()
            .max_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal))
            .ok_or_else(|| Error::Input("no temperature to decode at".into()))
    }

    async fn decode_once(&self, prompt: &[u32], mut choice: Choice) -> Result<Decoding, Error> {
        let batch = choice.count();
        let mut cache = self.decoder.cache(batch);
        let (mut logits, no_speech_prob) = self.read_prompt(prompt, &mut cache).await?;
        let mut spoken = vec![Spoken::default(); batch];
        let limit = self.decoder.max_said();
        for step in 0..limit {
            if (self.cancelled)() {
                return Err(Error::Cancelled);
            }
            for (spoken, logits) in spoken.iter_mut().zip(logits.chunks_exact_mut(self.vocabulary.size)) {
                if !spoken.is_over {
                    self.rules.apply(logits, &spoken.tokens);
                    if !self.goes_on {
                        self.rules.forbid_empty_segment(logits, &spoken.tokens);
                    }
                    spoken.say(logits, &mut choice, self.vocabulary.end_of_text);
                }
            }
            if spoken.iter().all(|spoken| spoken.is_over) || step + 1 == limit {
                break;
            }
            if let (Some(greedy), Choice::Greedy, [spoken]) = (self.greedy, &choice, spoken.as_mut_slice()) {
                self.say_on_device(greedy, spoken, &mut cache, limit).await?;
                break;
            }
            let next: Vec<u32> =
                spoken.iter().map(|spoken| spoken.next(self.vocabulary.end_of_text)).collect();
            let hidden = self.decoder.forward(self.ids(&next), &mut cache, self.cross, None);
            logits = self.read(self.decoder.logits(hidden)).await?;
        }
        let best = spoken.into_iter().max_by(|a, b| a.avg_logprob().total_cmp(&b.avg_logprob()));
        let best = best.unwrap_or_default();
        Ok(Decoding {
            avg_logprob: best.avg_logprob(),
            compression_ratio: compression_ratio(self.vocabulary.decode(&best.tokens).trim()),
            tokens: best.tokens,
            logprobs: best.logprobs,
            no_speech_prob,
            temperature: choice.temperature(),
        })
    }

    /// Goes on after the first token without reading each: tokens are chosen on the device and read several at a time.
    async fn say_on_device(
        &self,
        greedy: &GreedySampler,
        spoken: &mut Spoken,
        cache: &mut Cache,
        limit: usize,
    ) -> Result<(), Error> {
        let mut memory = greedy.after_first(spoken.next(self.vocabulary.end_of_text));
        while !spoken.is_over && spoken.tokens.len() < limit {
            if (self.cancelled)() {
                return Err(Error::Cancelled);
            }
            let mut picked = Vec::with_capacity(READ_EVERY);
            for _ in 0..READ_EVERY.min(limit - spoken.tokens.len()) {
                let hidden = self.decoder.forward(memory.token(), cache, self.cross, None);
                let (next, pick) = greedy.choose(self.decoder.logits(hidden), &memory, self.goes_on);
                memory = next;
                picked.push(pick);
            }
            let picked = self.read(Tensor::cat(picked, 0)).await?; // [picked, 2]
            for &[token, logprob] in picked.as_chunks::<2>().0 {
                spoken.add(token as u32, logprob, self.vocabulary.end_of_text);
            }
        }
        Ok(())
    }

    /// Reads the prompt into every sequence of the cache → logits for what follows it, `[batch × tokens]`, and the
    /// probability that there is no speech, which the model tells right after the start token.
    async fn read_prompt(&self, prompt: &[u32], cache: &mut Cache) -> Result<(Vec<f32>, f32), Error> {
        let batch = cache.batch();
        let start =
            prompt.iter().position(|&token| token == self.vocabulary.start_of_transcript).unwrap_or(0);
        let tokens: Vec<u32> = prompt.repeat(batch);
        let hidden = self.decoder.forward(self.ids(&tokens), cache, self.cross, None);
        // All sequences are the same so far.
        let at = |row: usize| self.decoder.logits(hidden.clone().slice_dim(0, row..row + 1));
        let last = self.read(at(prompt.len() - 1)).await?;
        let first = if start + 1 == prompt.len() { last.clone() } else { self.read(at(start)).await? };
        let no_speech = first[self.vocabulary.no_speech as usize] - log_sum_exp(&first);
        Ok((last.repeat(batch), no_speech.exp()))
    }

    /// The model's guess of the language, likeliest first.
    pub async fn languages(&self) -> Result<Vec<(Language, f32)>, Error> {
        let mut cache = self.decoder.cache(1);
        let start = [self.vocabulary.start_of_transcript];
        let hidden = self.decoder.forward(self.ids(&start), &mut cache, self.cross, None);
        let logits = self.read(self.decoder.logits(hidden)).await?;
        let logit = |(language, token): &(Language, u32)| (language.clone(), logits[*token as usize]);
        let mut known: Vec<_> = self.vocabulary.languages.iter().map(logit).collect();
        let sum = log_sum_exp(&known.iter().map(|(_, logit)| *logit).collect::<Vec<_>>());
        for (_, value) in &mut known {
            *value = (*value - sum).exp();
        }
        known.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(known)
    }

    pub fn ids(&self, tokens: &[u32]) -> Tensor<1, Int> {
        let ids: Vec<i32> = tokens.iter().map(|&token| token as i32).collect();
        Tensor::from_data(TensorData::new(ids, [tokens.len()]), self.device)
    }

    /// Reads back numbers, row-major.
    pub async fn read(&self, logits: Tensor<2>) -> Result<Vec<f32>, Error> {
        let logits = device::read(logits).await?;
        if logits.iter().any(|logit| logit.is_nan()) {
            return Err(Error::Device("the model's output is not a number".into()));
        }
        Ok(logits)
    }
}

/// How the next token is chosen.
enum Choice {
    Greedy,
    Sample { temperature: f32, count: usize, rng: fastrand::Rng },
}

impl Choice {
    fn count(&self) -> usize {
        match self {
            Choice::Greedy => 1,
            Choice::Sample { count, .. } => *count,
        }
    }

    fn temperature(&self) -> f32 {
        match self {
            Choice::Greedy => 0.0,
            Choice::Sample { temperature, .. } => *temperature,
        }
    }

    /// `logits`: `[tokens]`, at least one above −∞.
    fn token(&mut self, logits: &[f32]) -> usize {
        match self {
            Choice::Greedy => argmax(logits),
            // Gumbel's trick: the largest of logit/T + noise is a sample of softmax(logits / T).
            Choice::Sample { temperature, rng, .. } => {
                let noisy = |logit: &f32| {
                    let uniform = rng.f32().max(f32::MIN_POSITIVE);
                    logit / *temperature - (-uniform.ln()).ln()
                };
                argmax(&logits.iter().map(noisy).collect::<Vec<_>>())
            }
        }
    }
}

pub(super) fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    for (index, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = index;
        }
    }
    best
}

/// One sequence of a batch.
#[derive(Clone, Default)]
struct Spoken {
    tokens: Vec<u32>,
    logprobs: Vec<f32>,
    /// Of all, the end included.
    logprob: f32,
    is_over: bool,
}

impl Spoken {
    /// `logits`: of what the rules let follow.
    fn say(&mut self, logits: &[f32], choice: &mut Choice, end_of_text: u32) {
        let token = choice.token(logits);
        self.add(token as u32, logits[token] - log_sum_exp(logits), end_of_text);
    }

    fn add(&mut self, token: u32, logprob: f32, end_of_text: u32) {
        if self.is_over {
            return;
        }
        self.logprob += logprob;
        if token == end_of_text {
            self.is_over = true;
        } else {
            self.tokens.push(token);
            self.logprobs.push(logprob);
        }
    }

    fn next(&self, end_of_text: u32) -> u32 {
        if self.is_over { end_of_text } else { self.tokens.last().copied().unwrap_or(end_of_text) }
    }

    fn avg_logprob(&self) -> f32 {
        self.logprob / (self.tokens.len() + 1) as f32
    }
}

/// By how much zlib shrinks a text: high where it repeats itself.
fn compression_ratio(text: &str) -> f32 {
    let shrunk = miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), 6);
    text.len() as f32 / shrunk.len().max(1) as f32
}
