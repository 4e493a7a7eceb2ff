//! Normalization by the root of the mean square.

/// Over the last axis, times `weight`: `[rows, width]` → the same shape.
pub fn rms_norm(x: &[f32], weight: &[f32], epsilon: f32) -> Vec<f32> {
    let row = |row: &[f32]| {
        let square = row.iter().map(|value| value * value).sum::<f32>() / row.len() as f32;
        let scale = (square + epsilon).sqrt().recip();
        row.iter().zip(weight).map(|(value, weight)| value * scale * weight).collect::<Vec<f32>>()
    };
    x.chunks_exact(weight.len()).flat_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_get_the_length_of_their_weights() {
        let out = rms_norm(&[3.0, -4.0, 0.3, -0.4], &[1.0, 10.0], 0.0);
        let expected = [0.848_528_1, -11.313_708, 0.848_528_1, -11.313_708];
        out.iter().zip(expected).for_each(|(found, expected)| assert!((found - expected).abs() < 1e-5));
    }
}
