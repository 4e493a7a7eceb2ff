//! What can be told from vectors of meaning, one a sentence: where the matter changes, and what comes near to a question.
//! Refuses to know where vectors come from.

/// Sentences on each side of a gap that are compared.
const AROUND: usize = 4;

/// Cosine of two vectors of length 1.
pub fn likeness(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// For each gap before a sentence, and one after the last: 0 (the same matter goes on) to 1 (something else begins). What comes
/// before is held against what comes after, as TextTiling does with words (M. Hearst, 1997); a gap is as deep as it lies below
/// the peaks beside it.
pub fn shifts(vectors: &[Vec<f32>]) -> Vec<f32> {
    let count = vectors.len();
    let alike: Vec<f32> = (0..=count)
        .map(|gap| {
            let before = sum(&vectors[gap.saturating_sub(AROUND)..gap]);
            let after = sum(&vectors[gap..(gap + AROUND).min(count)]);
            cosine(&before, &after)
        })
        .collect();
    let inner = 1..count;
    let depth = |gap: usize| {
        let own = alike[gap];
        let before = climb((1..gap).rev().map(|at| alike[at]), own);
        let after = climb((gap + 1..count).map(|at| alike[at]), own);
        before + after - 2.0 * own
    };
    let depths: Vec<f32> = inner.clone().map(depth).collect();
    let mut sorted = depths.clone();
    sorted.sort_by(f32::total_cmp);
    let deep = sorted.get(sorted.len() * 9 / 10).copied().unwrap_or_default().max(0.15);
    let mut shifts = vec![1.0; count + 1];
    for (gap, depth) in inner.zip(depths) {
        shifts[gap] = (depth / deep).clamp(0.0, 1.0);
    }
    shifts
}

/// The last value of those that do not fall, from `first` on.
fn climb(values: impl Iterator<Item = f32>, first: f32) -> f32 {
    let mut peak = first;
    for value in values {
        if value < peak {
            break;
        }
        peak = value;
    }
    peak
}

fn sum(vectors: &[Vec<f32>]) -> Vec<f32> {
    let mut sum = vec![0.0; vectors.first().map_or(0, Vec::len)];
    for vector in vectors {
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
    }
    sum
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let length = (likeness(a, a) * likeness(b, b)).sqrt();
    if length > 0.0 { likeness(a, b) / length } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matter_changes_where_vectors_turn() {
        // Three matters of six sentences, each sentence a little its own.
        let vector = |at: usize| {
            let mut vector = vec![0.0; 8];
            vector[at / 6] = 1.0;
            vector[3 + at % 5] = 0.5;
            vector
        };
        let shifts = shifts(&(0..18).map(vector).collect::<Vec<_>>());
        assert_eq!(shifts.len(), 19);
        let sharp: Vec<usize> = (0..=18).filter(|gap| shifts[*gap] > 0.7).collect();
        assert_eq!(sharp, [0, 6, 12, 18], "{shifts:?}");
    }

    #[test]
    fn few_sentences_have_bounds_too() {
        for count in 0..3 {
            assert_eq!(shifts(&vec![vec![1.0, 0.0]; count]).len(), count + 1);
        }
        assert!((likeness(&[0.6, 0.8], &[0.8, 0.6]) - 0.96).abs() < 1e-6);
    }
}
