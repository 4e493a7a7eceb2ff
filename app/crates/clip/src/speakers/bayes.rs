//! How many speakers a sequence of voice vectors needs, and who is whose: variational Bayes over a hidden Markov model with one state for
//! each speaker, whose voice is drawn from a Gaussian. Each speaker more must explain more than he costs; who does not fades away.
//! Knows vectors in order and how likely the speaker stays, nothing of time.
//!
//! Landini et al., "Bayesian HMM clustering of x-vector sequences (VBx) in speaker diarization" (<https://arxiv.org/abs/2012.14952>);
//! for want of a trained PLDA voices vary alike along every axis, between speakers as much as within one.

/// Squared distance of a vector from the mean of its speaker, on average: measured on vectors of length 1.
const WITHIN: f32 = 0.33;
/// Neighboring vectors say partly the same: each counts as so many independent ones (`F_A`).
const EVIDENCE: f64 = 0.2;
/// No more evidence than that of so many vectors: a voice changes over an hour, and that makes no second speaker.
const MOST_EVIDENCE: f64 = 500.0 * EVIDENCE;
/// What each speaker costs, against [`EVIDENCE`] (`F_B`).
const COST: f64 = 12.0;
/// How sure the first speakers are.
const SURE: f64 = 0.9;
const ROUNDS: usize = 20;
/// Rounds end where no probability changes more.
const CHANGE: f64 = 1e-3;

/// The likeliest speaker of each of `vectors`, out of those of `first`, which is a guess with too many. `stays`: how likely the speaker
/// is that of the vector before.
pub fn speakers(vectors: &[Vec<f32>], stays: &[f64], first: &[usize]) -> Vec<usize> {
    let count = first.iter().max().map_or(0, |last| last + 1);
    let vectors = standardized(vectors);
    let evidence = EVIDENCE.min(MOST_EVIDENCE / vectors.len().max(1) as f64);
    let unsure = (1.0 - SURE) / count as f64;
    let sure =
        |speaker: &usize| (0..count).map(|k| if k == *speaker { SURE + unsure } else { unsure }).collect();
    let mut belief: Vec<Vec<f64>> = first.iter().map(sure).collect();
    let mut weights = vec![1.0 / count as f64; count];
    for _ in 0..ROUNDS {
        let voices: Vec<Voice> =
            (0..count).map(|speaker| Voice::of(speaker, &vectors, &belief, evidence)).collect();
        let likely: Vec<Vec<f64>> =
            vectors.iter().map(|vector| likelihoods(vector, &voices, evidence)).collect();
        let believed = posterior(&likely, stays, &weights);
        weights = believed.weights;
        let change = largest_change(&belief, &believed.belief);
        belief = believed.belief;
        if change < CHANGE {
            break;
        }
    }
    let likeliest = |row: &Vec<f64>| (0..count).max_by(|a, b| row[*a].total_cmp(&row[*b]).then(b.cmp(a)));
    belief.iter().map(|row| likeliest(row).unwrap_or(0)).collect()
}

/// Around their mean, in deviations of one voice.
fn standardized(vectors: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mean = super::mean(vectors.iter());
    let deviation = (WITHIN / mean.len().max(1) as f32).sqrt();
    let standard =
        |vector: &Vec<f32>| vector.iter().zip(&mean).map(|(x, mean)| (x - mean) / deviation).collect();
    vectors.iter().map(standard).collect()
}

/// What is believed of a speaker's voice.
struct Voice {
    mean: Vec<f32>,
    /// Squared length of the mean, and the variance that is left along all axes together.
    size: f64,
}

impl Voice {
    fn of(speaker: usize, vectors: &[Vec<f32>], belief: &[Vec<f64>], evidence: f64) -> Voice {
        let total: f64 = belief.iter().map(|row| row[speaker]).sum();
        let variance = 1.0 / (1.0 + evidence / COST * total);
        let mut mean = vec![0.0f32; vectors.first().map_or(0, Vec::len)];
        for (vector, row) in vectors.iter().zip(belief) {
            let part = (evidence / COST * variance * row[speaker]) as f32;
            mean.iter_mut().zip(vector).for_each(|(mean, value)| *mean += part * value);
        }
        let size = f64::from(super::dot(&mean, &mean)) + variance * mean.len() as f64;
        Voice { mean, size }
    }
}

/// How likely each voice says `vector`, the likeliest being 1.
fn likelihoods(vector: &[f32], voices: &[Voice], evidence: f64) -> Vec<f64> {
    let log = |voice: &Voice| evidence * (f64::from(super::dot(vector, &voice.mean)) - 0.5 * voice.size);
    let logs: Vec<f64> = voices.iter().map(log).collect();
    let most = logs.iter().copied().fold(f64::MIN, f64::max);
    logs.iter().map(|log| (log - most).exp()).collect()
}

struct Believed {
    /// Of each speaker for each vector, each row of sum 1.
    belief: Vec<Vec<f64>>,
    /// How often each speaker comes on; sum 1.
    weights: Vec<f64>,
}

/// Forward and backward through the chain, each step scaled to sum 1.
fn posterior(likely: &[Vec<f64>], stays: &[f64], weights: &[f64]) -> Believed {
    let mut forward: Vec<Vec<f64>> = Vec::with_capacity(likely.len());
    // How much of `forward` came on rather than stayed.
    let mut came: Vec<Vec<f64>> = Vec::with_capacity(likely.len());
    for (likely, stays) in likely.iter().zip(stays) {
        let stayed = |speaker: usize| forward.last().map_or(0.0, |before| stays * before[speaker]);
        let comes = if forward.is_empty() { 1.0 } else { 1.0 - stays };
        let prior: Vec<f64> = (0..weights.len()).map(|k| stayed(k) + comes * weights[k]).collect();
        came.push((0..weights.len()).map(|k| comes * weights[k] / prior[k].max(f64::MIN_POSITIVE)).collect());
        forward.push(scaled(prior.iter().zip(likely).map(|(prior, likely)| prior * likely).collect()));
    }
    let mut backward = vec![1.0; weights.len()];
    let mut belief = forward;
    let mut comings = vec![0.0; weights.len()];
    for index in (0..likely.len()).rev() {
        let row = scaled(belief[index].iter().zip(&backward).map(|(a, b)| a * b).collect());
        comings.iter_mut().zip(&row).zip(&came[index]).for_each(|((sum, p), came)| *sum += p * came);
        belief[index] = row;
        let after: Vec<f64> = likely[index].iter().zip(&backward).map(|(likely, b)| likely * b).collect();
        let change: f64 = after.iter().zip(weights).map(|(after, weight)| after * weight).sum();
        let stays = stays[index];
        backward = scaled(after.iter().map(|after| stays * after + (1.0 - stays) * change).collect());
    }
    Believed { belief, weights: scaled(comings) }
}

/// Of sum 1.
fn scaled(mut values: Vec<f64>) -> Vec<f64> {
    let sum = values.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    values.iter_mut().for_each(|value| *value /= sum);
    values
}

fn largest_change(a: &[Vec<f64>], b: &[Vec<f64>]) -> f64 {
    a.iter().flatten().zip(b.iter().flatten()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of 64 axes and length 1: `runs` of a speaker's voice with noise, the same every time.
    fn sequence(runs: &[(usize, usize)]) -> Vec<Vec<f32>> {
        let mut noise = 1u32;
        let mut vectors = Vec::new();
        for (speaker, count) in runs {
            for _ in 0..*count {
                let value = |axis: usize| {
                    noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let random = (noise >> 8) as f32 / (1 << 24) as f32;
                    0.8 * random + f32::from(u8::from(axis / 16 == *speaker))
                };
                vectors.push(super::super::unit((0..64).map(value).collect()));
            }
        }
        vectors
    }

    fn check(runs: &[(usize, usize)], first: &[(usize, usize)], expected: &[(usize, usize)]) {
        let named = |runs: &[(usize, usize)]| -> Vec<usize> {
            runs.iter().flat_map(|(speaker, count)| std::iter::repeat_n(*speaker, *count)).collect()
        };
        let vectors = sequence(runs);
        let found = speakers(&vectors, &vec![0.8; vectors.len()], &named(first));
        assert_eq!(found, named(expected), "{runs:?} from {first:?}");
    }

    #[test]
    fn speakers_who_explain_nothing_fade_away() {
        check(&[(0, 40)], &[(0, 10), (1, 20), (2, 10)], &[(1, 40)]);
        check(&[(0, 30), (1, 30)], &[(0, 20), (1, 10), (2, 30)], &[(0, 30), (2, 30)]);
    }

    #[test]
    fn speakers_who_differ_stay_and_get_what_is_theirs() {
        check(&[(0, 30), (1, 30), (2, 30)], &[(0, 34), (1, 22), (2, 34)], &[(0, 30), (1, 30), (2, 30)]);
        check(&[(0, 30), (1, 12), (0, 30)], &[(0, 28), (1, 16), (0, 28)], &[(0, 30), (1, 12), (0, 30)]);
    }

    #[test]
    fn nothing_has_no_speakers() {
        check(&[], &[], &[]);
        check(&[(3, 1)], &[(0, 1)], &[(0, 1)]);
    }

    /// Each step by hand for two speakers and three vectors: all eight paths, weighed.
    #[test]
    fn beliefs_are_those_of_all_paths_together() {
        let likely = [[1.0, 0.3], [0.2, 1.0], [1.0, 0.9]];
        let (stays, weights) = ([0.7, 0.7, 0.4], [0.6, 0.4]);
        let mut sums = [[0.0; 2]; 3];
        for path in 0..8usize {
            let state = |step: usize| path >> step & 1;
            let mut weight = weights[state(0)] * likely[0][state(0)];
            for step in 1..3 {
                let stayed = if state(step) == state(step - 1) { stays[step] } else { 0.0 };
                weight *= (stayed + (1.0 - stays[step]) * weights[state(step)]) * likely[step][state(step)];
            }
            (0..3).for_each(|step| sums[step][state(step)] += weight);
        }
        let rows: Vec<Vec<f64>> = likely.iter().map(|row| row.to_vec()).collect();
        let found = posterior(&rows, &stays, &weights);
        for (row, sums) in found.belief.iter().zip(&sums) {
            let expected = sums[0] / (sums[0] + sums[1]);
            assert!((row[0] - expected).abs() < 1e-12, "{row:?}, expected {expected}");
        }
    }
}
