//! The part of a long short-term memory that is no product: gates, cell and output, four units at a time.

use wide::f32x4;

use super::activation::exp_of_negative;

/// One step of every unit: `gates` holds the input, forget, cell and output gate one after the other for each row,
/// `[rows, 4 × width]`; `cell` and `hidden` are `[rows, width]` and become the next ones. `width` divides by four.
/// The order of the gates is torch's.
pub fn lstm_cell(gates: &[f32], cell: &mut [f32], hidden: &mut [f32], width: usize) {
    debug_assert!(width.is_multiple_of(4) && gates.len() == 4 * cell.len() && cell.len() == hidden.len());
    let rows =
        gates.chunks_exact(4 * width).zip(cell.chunks_exact_mut(width)).zip(hidden.chunks_exact_mut(width));
    for ((gates, cell), hidden) in rows {
        let part = |part: usize| gates[part * width..(part + 1) * width].as_chunks::<4>().0;
        let inputs = part(0).iter().zip(part(1)).zip(part(2)).zip(part(3));
        let states = cell.as_chunks_mut::<4>().0.iter_mut().zip(hidden.as_chunks_mut::<4>().0);
        for ((((input, forget), new), output), (cell, hidden)) in inputs.zip(states) {
            let kept = sigmoid(f32x4::new(*forget)) * f32x4::new(*cell);
            let next = kept + sigmoid(f32x4::new(*input)) * tanh(f32x4::new(*new));
            *cell = next.to_array();
            *hidden = (sigmoid(f32x4::new(*output)) * tanh(next)).to_array();
        }
    }
}

#[inline(always)]
fn sigmoid(x: f32x4) -> f32x4 {
    let small = exp_of_negative(f32x4::ZERO - x.abs());
    let large = f32x4::ONE / (f32x4::ONE + small);
    x.simd_lt(f32x4::ZERO).select(f32x4::ONE - large, large)
}

#[inline(always)]
fn tanh(x: f32x4) -> f32x4 {
    let twice = sigmoid(x + x);
    twice + twice - f32x4::ONE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the definition in f64, over two steps.
    #[test]
    fn steps_are_those_of_the_definition() {
        let (rows, width) = (3, 8);
        let mut rng = fastrand::Rng::with_seed(7);
        let (mut cell, mut hidden) = (vec![0.0f32; rows * width], vec![0.0f32; rows * width]);
        let mut expected = vec![(0.0f64, 0.0f64); rows * width];
        let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
        for _ in 0..2 {
            let gates: Vec<f32> = (0..rows * 4 * width).map(|_| 12.0 * rng.f32() - 6.0).collect();
            lstm_cell(&gates, &mut cell, &mut hidden, width);
            for (index, (cell, hidden)) in expected.iter_mut().enumerate() {
                let (row, unit) = (index / width, index % width);
                let gate = |part: usize| f64::from(gates[row * 4 * width + part * width + unit]);
                *cell = sigmoid(gate(1)) * *cell + sigmoid(gate(0)) * gate(2).tanh();
                *hidden = sigmoid(gate(3)) * cell.tanh();
            }
            for ((cell, hidden), (cell_is, hidden_is)) in expected.iter().zip(cell.iter().zip(&hidden)) {
                assert!(
                    (cell - f64::from(*cell_is)).abs() < 2e-5
                        && (hidden - f64::from(*hidden_is)).abs() < 2e-5
                );
            }
        }
    }
}
