//! How the next token is chosen among what a model thinks likely.

/// How a text is written. The default is greedy: the likeliest token each time.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampling {
    /// Tokens at most.
    pub max_tokens: usize,
    /// Zero is greedy; one takes the probabilities as the model gives them.
    pub temperature: f32,
    /// Only the likeliest tokens that have this much probability together are drawn from.
    pub top_p: f32,
    /// Start of the random numbers; the same seed gives the same text.
    pub seed: u64,
}

impl Default for Sampling {
    fn default() -> Sampling {
        Sampling { max_tokens: 128, temperature: 0.0, top_p: 1.0, seed: 0 }
    }
}

/// Chooses tokens one after the other.
pub(super) struct Sampler {
    temperature: f32,
    top_p: f32,
    rng: fastrand::Rng,
}

impl Sampler {
    pub fn new(sampling: &Sampling) -> Sampler {
        Sampler {
            temperature: sampling.temperature.max(0.0),
            top_p: sampling.top_p.clamp(0.0, 1.0),
            rng: fastrand::Rng::with_seed(sampling.seed),
        }
    }

    /// `logits`: of the whole vocabulary, at least one.
    pub fn choose(&mut self, logits: &[f32]) -> u32 {
        let first = likeliest(logits);
        if self.temperature == 0.0 {
            return first;
        }
        let largest = logits[first as usize];
        let weight = |logit: f32| ((logit - largest) / self.temperature).exp();
        let mut weights: Vec<(u32, f32)> =
            (0u32..).zip(logits).map(|(token, logit)| (token, weight(*logit))).collect();
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let total: f32 = weights.iter().map(|(_, weight)| weight).sum();
        let mut kept = 0.0;
        let mut count = 0;
        for (_, weight) in &weights {
            kept += weight;
            count += 1;
            if kept >= self.top_p * total {
                break;
            }
        }
        let mut left = self.rng.f32() * kept;
        for (token, weight) in &weights[..count] {
            left -= weight;
            if left <= 0.0 {
                return *token;
            }
        }
        first
    }
}

/// The first of the largest.
pub(super) fn likeliest(logits: &[f32]) -> u32 {
    let mut best = 0;
    for (index, logit) in logits.iter().enumerate() {
        if *logit > logits[best] {
            best = index;
        }
    }
    best as u32
}

/// Logarithm of the probability of `token`, in nats.
pub(super) fn log_probability(logits: &[f32], token: u32) -> f32 {
    let largest = logits[likeliest(logits) as usize];
    let sum: f32 = logits.iter().map(|logit| (logit - largest).exp()).sum();
    logits[token as usize] - largest - sum.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often each of three tokens is drawn in a thousand.
    fn drawn(sampling: &Sampling) -> [u32; 3] {
        let logits = [0.5f32.ln(), 0.3f32.ln(), 0.2f32.ln()];
        let mut sampler = Sampler::new(sampling);
        let mut counts = [0; 3];
        (0..1000).for_each(|_| counts[sampler.choose(&logits) as usize] += 1);
        counts
    }

    #[test]
    fn tokens_are_drawn_as_often_as_they_are_likely() {
        let near = |found: [u32; 3], expected: [u32; 3]| {
            for (found, expected) in found.iter().zip(expected) {
                assert!(found.abs_diff(expected) < 50, "{found} for {expected}");
            }
        };
        let sampling = Sampling { temperature: 1.0, seed: 1, ..Sampling::default() };
        near(drawn(&sampling), [500, 300, 200]);
        // Squares of the probabilities.
        near(drawn(&Sampling { temperature: 0.5, ..sampling.clone() }), [658, 237, 105]);
        near(drawn(&Sampling { top_p: 0.7, ..sampling.clone() }), [625, 375, 0]);
        assert_eq!(drawn(&Sampling { top_p: 0.0, ..sampling.clone() }), [1000, 0, 0]);
        assert_eq!(drawn(&Sampling::default()), [1000, 0, 0]);
        assert_eq!(drawn(&sampling), drawn(&sampling), "the same seed");
    }

    #[test]
    fn probabilities_add_up_to_one() {
        let logits = [3.0, -1.0, 100.0, 99.0];
        let sum: f32 = (0..4).map(|token| log_probability(&logits, token).exp()).sum();
        assert!((sum - 1.0).abs() < 1e-6);
        assert!((log_probability(&logits, 3) - log_probability(&logits, 2) + 1.0).abs() < 1e-4);
    }
}
