//! Attention where several queries share a key, with keys and values kept from one call to the next. Positions are told apart by
//! rotating queries and keys (RoPE, <https://arxiv.org/abs/2104.09864>).

use super::norm::rms_norm;

/// How a layer's heads are laid out: queries, then keys, then values side by side, each head as wide as the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heads {
    /// Of queries.
    pub count: usize,
    /// Of keys, and of values; divides `count`.
    pub keys: usize,
    pub width: usize,
}

impl Heads {
    /// Width of all queries.
    pub fn query_width(self) -> usize {
        self.count * self.width
    }

    /// Width of all keys, and of all values.
    pub fn key_width(self) -> usize {
        self.keys * self.width
    }

    /// Width of queries, keys and values.
    pub fn columns(self) -> usize {
        self.query_width() + 2 * self.key_width()
    }

    /// What a product of query and key is multiplied with.
    pub fn scale(self) -> f32 {
        (self.width as f32).sqrt().recip()
    }
}

/// What a layer does to its projected rows before they are rotated.
#[derive(Debug, Clone, PartialEq)]
pub struct QkvTransform {
    /// Bias of queries, keys and values (zeros where there is none), then weights of a query head's and a key head's
    /// normalization: `[columns + 2 × head_width]`.
    pub constants: Vec<f32>,
    /// Whether heads are normalized, and what is added to their mean square.
    pub epsilon: Option<f32>,
}

/// Cosines and sines of the first `positions`, for `frequencies` in radians from one position to the next:
/// `[positions, 2 × frequencies]`.
pub fn rope_table(frequencies: &[f32], positions: std::ops::Range<usize>) -> Vec<f32> {
    let angles = |position: usize| frequencies.iter().map(move |frequency| position as f32 * frequency);
    positions
        .flat_map(|position| angles(position).map(f32::cos).chain(angles(position).map(f32::sin)))
        .collect()
}

/// Keys and values of one layer, position by position, `[positions, key_width]` each.
#[derive(Debug, Default)]
pub struct KvCache {
    keys: Vec<f32>,
    values: Vec<f32>,
}

impl KvCache {
    /// Keeps the first `length` positions.
    pub fn truncate(&mut self, length: usize, heads: Heads) {
        self.keys.truncate(length * heads.key_width());
        self.values.truncate(length * heads.key_width());
    }

    /// Lets each row attend to itself and all before it. `projected`: `[rows, columns]`, the first row after all that is kept;
    /// `rope_table`: the rows' own → `[rows, query_width]`.
    pub fn attend(
        &mut self,
        mut projected: Vec<f32>,
        heads: Heads,
        transform: &QkvTransform,
        rope_table: &[f32],
    ) -> Vec<f32> {
        let (query_width, columns) = (heads.query_width(), heads.columns());
        let first = self.keys.len() / heads.key_width();
        for (projected, rope_table) in
            projected.chunks_exact_mut(columns).zip(rope_table.chunks_exact(heads.width))
        {
            shape(projected, heads, transform, rope_table);
            let (keys, values) = projected[query_width..].split_at(heads.key_width());
            self.keys.extend_from_slice(keys);
            self.values.extend_from_slice(values);
        }
        let mut out = vec![0.0; projected.len() / columns * query_width];
        let mut scores = Vec::new();
        for (row, (projected, out)) in
            projected.chunks_exact(columns).zip(out.chunks_exact_mut(query_width)).enumerate()
        {
            let of_heads = projected.chunks_exact(heads.width).zip(out.chunks_exact_mut(heads.width));
            for (head, (query, out)) in of_heads.take(heads.count).enumerate() {
                let column = head / (heads.count / heads.keys) * heads.width;
                self.attend_one(query, (column, first + row + 1), heads, &mut scores, out);
            }
        }
        out
    }

    /// One head of one row. `seen`: the column of its key, and how many positions it sees.
    fn attend_one(
        &self,
        query: &[f32],
        (column, count): (usize, usize),
        heads: Heads,
        scores: &mut Vec<f32>,
        out: &mut [f32],
    ) {
        let of = |position: usize| {
            let from = position * heads.key_width() + column;
            from..from + heads.width
        };
        scores.clear();
        scores.extend((0..count).map(|position| dot(query, &self.keys[of(position)]) * heads.scale()));
        let largest = scores.iter().copied().fold(f32::MIN, f32::max);
        let mut sum = 0.0;
        for score in scores.iter_mut() {
            *score = (*score - largest).exp();
            sum += *score;
        }
        for (position, weight) in scores.iter().enumerate() {
            let weight = weight / sum;
            out.iter_mut().zip(&self.values[of(position)]).for_each(|(out, value)| *out += weight * value);
        }
    }
}

/// Bias, normalization and rotation of one row.
fn shape(row: &mut [f32], heads: Heads, transform: &QkvTransform, rope_table: &[f32]) {
    let (bias, gains) = transform.constants.split_at(heads.columns());
    row.iter_mut().zip(bias).for_each(|(value, bias)| *value += bias);
    let (queries, rest) = row.split_at_mut(heads.query_width());
    let keys = &mut rest[..heads.key_width()];
    if let Some(epsilon) = transform.epsilon {
        let (of_queries, of_keys) = gains.split_at(heads.width);
        queries.copy_from_slice(&rms_norm(queries, of_queries, epsilon));
        keys.copy_from_slice(&rms_norm(keys, of_keys, epsilon));
    }
    for head in queries.chunks_exact_mut(heads.width).chain(keys.chunks_exact_mut(heads.width)) {
        rotate(head, rope_table);
    }
}

/// The halves of a head are the two parts of its pairs.
fn rotate(head: &mut [f32], rope_table: &[f32]) {
    let half = head.len() / 2;
    let ((a, b), (cosines, sines)) = (head.split_at_mut(half), rope_table.split_at(half));
    for ((a, b), (cos, sin)) in a.iter_mut().zip(b).zip(cosines.iter().zip(sines)) {
        (*a, *b) = (*a * cos - *b * sin, *b * cos + *a * sin);
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
pub mod testing {
    use super::{Heads, QkvTransform};

    pub const HEADS: Heads = Heads { count: 4, keys: 2, width: 32 };

    pub fn frequencies(heads: Heads) -> Vec<f32> {
        (0..heads.width / 2).map(|pair| 0.8f32.powi(pair as i32)).collect()
    }

    /// With bias, and normalized where asked for.
    pub fn qkv_transform(rng: &mut fastrand::Rng, heads: Heads, normalizes: bool) -> QkvTransform {
        let count = heads.columns() + 2 * heads.width;
        let constants = (0..count).map(|_| rng.f32() * 2.0 - 1.0).collect();
        QkvTransform { constants, epsilon: normalizes.then_some(1e-6) }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{HEADS, frequencies, qkv_transform};
    use super::*;

    fn random(rng: &mut fastrand::Rng, count: usize) -> Vec<f32> {
        (0..count).map(|_| rng.f32() * 2.0 - 1.0).collect()
    }

    /// All at once, in pieces, and one by one.
    #[test]
    fn it_makes_no_difference_how_a_text_is_cut() {
        let mut rng = fastrand::Rng::with_seed(3);
        let columns = HEADS.columns();
        let text = random(&mut rng, 9 * columns);
        let transform = qkv_transform(&mut rng, HEADS, true);
        let read = |pieces: &[usize]| {
            let (mut kept, mut first, mut out) = (KvCache::default(), 0, Vec::new());
            for count in pieces {
                let rows = text[first * columns..(first + count) * columns].to_vec();
                let rope_table = rope_table(&frequencies(HEADS), first..first + count);
                out.extend(kept.attend(rows, HEADS, &transform, &rope_table));
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
        let mut rng = fastrand::Rng::with_seed(4);
        let (query, key) = (random(&mut rng, HEADS.width), random(&mut rng, HEADS.width));
        let at = |first: usize| {
            let turned = |head: &[f32], position: usize| {
                let mut head = head.to_vec();
                rotate(&mut head, &rope_table(&frequencies(HEADS), position..position + 1));
                head
            };
            dot(&turned(&query, first + 3), &turned(&key, first))
        };
        assert!((at(0) - at(70)).abs() < 1e-3, "{} and {}", at(0), at(70));
        assert!((at(0) - dot(&query, &key)).abs() > 1e-2);
    }

    /// A head with weights of normalization on it has the length that they say, whatever it had before.
    #[test]
    fn heads_are_normalized_where_the_model_wants_it() {
        let mut rng = fastrand::Rng::with_seed(6);
        let mut constants = vec![0.0; HEADS.columns()];
        constants.extend([2.0; 2 * HEADS.width]);
        let transform = QkvTransform { constants, epsilon: Some(1e-6) };
        let mut row = random(&mut rng, HEADS.columns());
        let values = row[HEADS.query_width() + HEADS.key_width()..].to_vec();
        shape(&mut row, HEADS, &transform, &rope_table(&frequencies(HEADS), 5..6));
        for head in row[..HEADS.query_width() + HEADS.key_width()].chunks(HEADS.width) {
            let square = dot(head, head) / HEADS.width as f32;
            assert!((square - 4.0).abs() < 1e-3, "{square}");
        }
        assert_eq!(row[HEADS.query_width() + HEADS.key_width()..], values);
    }
}
