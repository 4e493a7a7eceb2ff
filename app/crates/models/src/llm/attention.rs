//! Attention where several queries share a key, with keys and values kept from one call to the next. Positions are told apart by
//! rotating queries and keys (RoPE, <https://arxiv.org/abs/2104.09864>).

use super::config::Config;

/// Keys and values of one layer, position by position, `[positions, key_width]` each.
#[derive(Clone, Default)]
pub(super) struct KvCache {
    keys: Vec<f32>,
    values: Vec<f32>,
}

impl KvCache {
    /// Of `positions` keeps the first `length`.
    pub fn truncate(&mut self, length: usize, positions: usize) {
        for list in [&mut self.keys, &mut self.values] {
            list.truncate(list.len() / positions.max(1) * length);
        }
    }
}

/// Sizes, and the frequencies of the rotary embedding.
pub(super) struct Attention {
    heads: usize,
    key_heads: usize,
    head_width: usize,
    /// `[head_width / 2]`, radians from one position to the next.
    frequencies: Vec<f32>,
}

impl Attention {
    pub fn new(config: &Config) -> Attention {
        let width = config.head_width();
        let frequency = |pair: usize| config.rope_theta.powf(-((2 * pair) as f32) / width as f32);
        Attention {
            heads: config.num_attention_heads,
            key_heads: config.num_key_value_heads,
            head_width: width,
            frequencies: (0..width / 2).map(frequency).collect(),
        }
    }

    /// Lets each row attend to itself and all before it. `projected`: `[rows, query_width + 2 × key_width]`, queries, keys and values
    /// side by side; the first row stands at position `first` → `[rows, query_width]`.
    pub fn attend(&self, projected: &mut [f32], kept: &mut KvCache, first: usize) -> Vec<f32> {
        let (query_width, key_width) = (self.heads * self.head_width, self.key_heads * self.head_width);
        let columns = query_width + 2 * key_width;
        for (row, projected) in projected.chunks_exact_mut(columns).enumerate() {
            self.rotate(&mut projected[..query_width + key_width], first + row);
            kept.keys.extend_from_slice(&projected[query_width..query_width + key_width]);
            kept.values.extend_from_slice(&projected[query_width + key_width..]);
        }
        let mut out = vec![0.0; projected.len() / columns * query_width];
        let mut scores = Vec::new();
        for (row, (projected, out)) in
            projected.chunks_exact(columns).zip(out.chunks_exact_mut(query_width)).enumerate()
        {
            let heads = projected.chunks_exact(self.head_width).zip(out.chunks_exact_mut(self.head_width));
            for (head, (query, out)) in heads.take(self.heads).enumerate() {
                let shared = head / (self.heads / self.key_heads) * self.head_width;
                self.attend_one(query, kept, (shared, first + row + 1), &mut scores, out);
            }
        }
        out
    }

    /// One head of one row. `seen`: the column of its key, and how many positions it sees.
    fn attend_one(
        &self,
        query: &[f32],
        kept: &KvCache,
        seen: (usize, usize),
        scores: &mut Vec<f32>,
        out: &mut [f32],
    ) {
        let (column, count) = seen;
        let key_width = self.key_heads * self.head_width;
        let scale = (self.head_width as f32).sqrt().recip();
        let of = |list: &'_ [f32], position: usize| {
            position * key_width + column..position * key_width + column + list.len()
        };
        scores.clear();
        scores.extend((0..count).map(|position| dot(query, &kept.keys[of(query, position)]) * scale));
        let largest = scores.iter().copied().fold(f32::MIN, f32::max);
        let mut sum = 0.0;
        for score in scores.iter_mut() {
            *score = (*score - largest).exp();
            sum += *score;
        }
        for (position, weight) in scores.iter().enumerate() {
            let value = &kept.values[of(query, position)];
            let weight = weight / sum;
            out.iter_mut().zip(value).for_each(|(out, value)| *out += weight * value);
        }
    }

    /// Rotates every head of a row; the halves of a head are the two parts of its pairs.
    fn rotate(&self, heads: &mut [f32], position: usize) {
        for (pair, frequency) in self.frequencies.iter().enumerate() {
            let (sin, cos) = (position as f32 * frequency).sin_cos();
            for head in heads.chunks_exact_mut(self.head_width) {
                let (a, b) = (head[pair], head[pair + self.frequencies.len()]);
                head[pair] = a * cos - b * sin;
                head[pair + self.frequencies.len()] = b * cos + a * sin;
            }
        }
    }
}

/// In eight sums, which the compiler keeps in vectors.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Attention {
        Attention {
            heads: 4,
            key_heads: 2,
            head_width: 8,
            frequencies: (0..4).map(|pair| 0.5f32.powi(pair)).collect(),
        }
    }

    fn random(rng: &mut fastrand::Rng, count: usize) -> Vec<f32> {
        (0..count).map(|_| rng.f32() * 2.0 - 1.0).collect()
    }

    /// All at once, in pieces, and one by one.
    #[test]
    fn it_makes_no_difference_how_a_text_is_cut() {
        let (attention, mut rng) = (small(), fastrand::Rng::with_seed(3));
        let columns = 32 + 2 * 16;
        let text = random(&mut rng, 9 * columns);
        let read = |pieces: &[usize]| {
            let (mut kept, mut first, mut out) = (KvCache::default(), 0, Vec::new());
            for count in pieces {
                let mut rows = text[first * columns..(first + count) * columns].to_vec();
                out.extend(attention.attend(&mut rows, &mut kept, first));
                first += count;
            }
            out
        };
        let whole = read(&[9]);
        assert_eq!(whole, read(&[1; 9]));
        assert_eq!(whole, read(&[4, 3, 2]));
    }

    /// What a query finds depends on how far away things were said, not on where.
    #[test]
    fn only_distance_counts() {
        let (attention, mut rng) = (small(), fastrand::Rng::with_seed(4));
        let rows = random(&mut rng, 3 * 64);
        let at = |first: usize| {
            let mut kept = KvCache { keys: vec![0.0; first * 16], values: vec![0.0; first * 16] };
            // What lies before is made invisible.
            kept.keys.iter_mut().for_each(|key| *key = 0.0);
            let turned = |rows: &[f32]| {
                let mut rows = rows.to_vec();
                attention.rotate(&mut rows[..48], first);
                rows
            };
            let (a, b) = (turned(&rows[..64]), turned(&rows[..64]));
            dot(&a[..8], &b[32..40])
        };
        assert!((at(0) - at(70)).abs() < 1e-4);
    }
}
