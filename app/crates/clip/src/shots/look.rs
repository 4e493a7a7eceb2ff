//! What is kept of a picture for holding it against others.

use crate::thumbnail::{COLUMNS, Gray, ROWS, Tones, part};
use media::time::Instant;

/// The picture is cut into so many cells across and down, each with a histogram of so many bins, one at each multiple of their width.
const CELLS: usize = 4;
const BINS: usize = 17;
/// Levels of luma from one bin to the next.
const WIDTH: usize = 16;

pub struct Look {
    pub at: Instant,
    /// `[CELLS, CELLS, BINS]`: of each cell the shares of its pixels, in 65,535ths.
    histograms: [u16; CELLS * CELLS * BINS],
    tones: Tones,
}

impl Look {
    pub fn of(picture: &Gray) -> Self {
        let mut histograms = [0; CELLS * CELLS * BINS];
        for (cell, bins) in histograms.chunks_exact_mut(BINS).enumerate() {
            let columns = part(cell % CELLS, CELLS, picture.width);
            let mut counts = [0u32; BINS];
            for y in part(cell / CELLS, CELLS, picture.height) {
                let line =
                    picture.luma.get(y * picture.width + columns.start..y * picture.width + columns.end);
                // Shared between the two nearest bins: a plane that becomes a little lighter does not jump from one to the next.
                for luma in line.unwrap_or_default() {
                    let (bin, beyond) = (usize::from(*luma) / WIDTH, (usize::from(*luma) % WIDTH) as u32);
                    counts[bin] += WIDTH as u32 - beyond;
                    counts[bin + 1] += beyond;
                }
            }
            let count = u64::from(counts.iter().sum::<u32>().max(1));
            for (bin, counted) in bins.iter_mut().zip(counts) {
                *bin = (u64::from(counted) * u64::from(u16::MAX) / count) as u16;
            }
        }
        Self { at: picture.from, histograms, tones: picture.tones() }
    }

    /// How much of the picture is of another luma, 0 to 1: half the sum of the differences of the histograms.
    pub fn distance(&self, other: &Self) -> f32 {
        let pairs = self.histograms.iter().zip(&other.histograms);
        let sum: u32 = pairs.map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        sum as f32 / (2 * CELLS * CELLS * usize::from(u16::MAX)) as f32
    }

    /// How alike the two are in what is light and what is dark: the correlation of their tones, -1 to 1.
    pub fn likeness(&self, other: &Self) -> f32 {
        let mean =
            |tones: &Tones| tones.iter().map(|tone| f32::from(*tone)).sum::<f32>() / (COLUMNS * ROWS) as f32;
        let (own_mean, other_mean) = (mean(&self.tones), mean(&other.tones));
        let (mut product, mut own, mut others) = (0.0, 0.0, 0.0);
        for (a, b) in self.tones.iter().zip(&other.tones) {
            let (a, b) = (f32::from(*a) - own_mean, f32::from(*b) - other_mean);
            product += a * b;
            own += a * a;
            others += b * b;
        }
        product / f32::max((own * others).sqrt(), 1.0)
    }

    /// The share of `first` in the mixture of it and `last` that comes nearest to this picture, and how much of their
    /// difference that leaves unexplained; `None` where they do not differ.
    pub fn as_mixture(&self, first: &Self, last: &Self) -> Option<(f32, f32)> {
        let values = || self.tones.iter().zip(&first.tones).zip(&last.tones);
        let values = || values().map(|((own, first), last)| [own, first, last].map(|tone| f32::from(*tone)));
        let (mut product, mut square, mut difference) = (0.0, 0.0, 0.0);
        for [own, first, last] in values() {
            product += (own - last) * (first - last);
            square += (first - last) * (first - last);
            difference += (first - last).abs();
        }
        // Two levels a piece: what coding changes.
        if difference < (2 * COLUMNS * ROWS) as f32 {
            return None;
        }
        let share = product / square;
        let left: f32 = values().map(|[own, first, last]| (own - last - share * (first - last)).abs()).sum();
        Some((share, left / difference))
    }
}
