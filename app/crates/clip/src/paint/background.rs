//! What is shown where a file has sound and no picture: a calm vertical gradient.

use super::color::{Matrix, Rgb};
use super::picture::I420;

/// The stock background: deep blue above, violet-black below.
pub const NIGHT: (Rgb, Rgb) = (Rgb(38, 46, 92), Rgb(14, 12, 28));

/// Fills the picture from `top` to `bottom`. A 4×4 ordered dither hides the bands that 8 bits would show.
pub fn fill_gradient(picture: &mut I420, top: Rgb, bottom: Rgb, matrix: Matrix) {
    let (width, height) = (picture.size().width_px as usize, picture.size().height_px as usize);
    let (from, to) = (top.to_yuv_exact(matrix), bottom.to_yuv_exact(matrix));
    for (channel, plane) in picture.planes_mut().into_iter().enumerate() {
        let half = usize::from(channel > 0);
        let (width, height) = (width >> half, height >> half);
        for (row, line) in plane.chunks_exact_mut(width).enumerate() {
            let at = row as f32 / (height.max(2) - 1) as f32;
            let value = from[channel] + (to[channel] - from[channel]) * at;
            let dithered: [u8; 4] = std::array::from_fn(|x| (value + THRESHOLDS[row % 4][x] / 16.0) as u8);
            for (x, pixel) in line.iter_mut().enumerate() {
                *pixel = dithered[x % 4];
            }
        }
    }
}

/// Bayer's 4×4 matrix, in sixteenths, centered in its steps.
const THRESHOLDS: [[f32; 4]; 4] =
    [[0.5, 8.5, 2.5, 10.5], [12.5, 4.5, 14.5, 6.5], [3.5, 11.5, 1.5, 9.5], [15.5, 7.5, 13.5, 5.5]];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::OutputSize;

    #[test]
    fn runs_from_top_to_bottom() {
        let mut picture = I420::black(OutputSize { width_px: 8, height_px: 256 }).unwrap();
        fill_gradient(&mut picture, Rgb(255, 255, 255), Rgb(0, 0, 0), Matrix::Bt709);
        let [y, u, v] = picture.planes();
        assert_eq!((y[0], y[8 * 255]), (235, 16));
        let means: Vec<u32> = y.chunks(8 * 16).map(|band| band.iter().map(|&p| u32::from(p)).sum()).collect();
        assert!(means.windows(2).all(|pair| pair[0] > pair[1]), "{means:?}");
        assert!(u.iter().chain(v).all(|&c| c.abs_diff(128) <= 1));
    }
}
