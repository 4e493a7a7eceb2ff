//! One axis of a scaling: which source pixels each output pixel is made of, and by what parts of 256.

/// Shrinking by more than this averages all pixels under an output pixel; up to it two neighbors are enough.
const AVERAGE_FROM: f64 = 1.5;

#[derive(Debug)]
pub(super) struct Axis {
    start: usize,
    length: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// Pixel for pixel.
    Copy { reversed: bool },
    /// Two neighbors: the first one's place in the part, and the second one's weight, 0 to 256.
    Pairs(Vec<(u32, u16)>),
    /// Runs of neighbors: the first one's place in the part, and the run's piece of `weights`.
    Runs { runs: Vec<(u32, std::ops::Range<u32>)>, weights: Vec<u16> },
}

impl Axis {
    /// Maps `length` pixels from `start` on to `out` ones, in reverse order on demand.
    pub(super) fn new(start: usize, length: usize, out: usize, reversed: bool) -> Self {
        let step = length as f64 / out as f64;
        let kind = if length == out {
            Kind::Copy { reversed }
        } else if step > AVERAGE_FROM || length < 2 {
            runs(length, out, step, reversed)
        } else {
            Kind::Pairs(pairs(length, out, step, reversed))
        };
        Self { start, length, kind }
    }

    pub(super) fn shrinks(&self) -> bool {
        matches!(self.kind, Kind::Runs { .. })
    }

    /// The stretch of a source row that this axis reads; shorter where the row is.
    pub(super) fn part_of<'a>(&self, row: &'a [u8]) -> &'a [u8] {
        let start = self.start.min(row.len());
        &row[start..(start + self.length).min(row.len())]
    }

    /// The source row and the weight of the next one, for an axis of rows that does not shrink.
    pub(super) fn pair(&self, i: usize) -> (usize, u16) {
        match &self.kind {
            Kind::Copy { reversed: false } => (self.start + i, 0),
            Kind::Copy { reversed: true } => (self.start + self.length - 1 - i, 0),
            Kind::Pairs(pairs) => {
                let (first, weight) = pairs[i];
                (self.start + first as usize, weight)
            }
            Kind::Runs { runs, .. } => (self.start + runs[i].0 as usize, 0),
        }
    }

    /// Source rows and their weights, which add up to 256.
    pub(super) fn taps(&self, i: usize) -> impl Iterator<Item = (usize, u16)> + '_ {
        let two = self.pair(i);
        let (run, pair): (&[u16], _) = match &self.kind {
            Kind::Runs { runs, weights } => {
                let (from, to) = (runs[i].1.start as usize, runs[i].1.end as usize);
                (&weights[from..to], None)
            }
            _ => (&[], Some([(two.0, 256 - two.1), (two.0 + 1, two.1)])),
        };
        let run = run.iter().enumerate().map(move |(k, &weight)| (two.0 + k, weight));
        run.chain(pair.into_iter().flatten()).filter(|&(_, weight)| weight > 0)
    }

    /// Scales one row: `part` holds `length` pixels, `out` one for each output pixel.
    pub(super) fn apply(&self, part: &[u8], out: &mut [u8]) {
        match &self.kind {
            Kind::Copy { reversed: false } => out.copy_from_slice(part),
            Kind::Copy { reversed: true } => {
                for (out, &pixel) in out.iter_mut().zip(part.iter().rev()) {
                    *out = pixel;
                }
            }
            Kind::Pairs(pairs) => {
                for (out, &(first, weight)) in out.iter_mut().zip(pairs) {
                    if let &[left, right] = &part[first as usize..first as usize + 2] {
                        let sum =
                            u32::from(left) * u32::from(256 - weight) + u32::from(right) * u32::from(weight);
                        *out = ((sum + 128) >> 8) as u8;
                    }
                }
            }
            Kind::Runs { runs, weights } => {
                for (out, (first, run)) in out.iter_mut().zip(runs) {
                    let weights = &weights[run.start as usize..run.end as usize];
                    let pixels = &part[*first as usize..*first as usize + weights.len()];
                    let sum: u32 =
                        pixels.iter().zip(weights).map(|(&p, &w)| u32::from(p) * u32::from(w)).sum();
                    *out = ((sum + 128) >> 8) as u8;
                }
            }
        }
    }
}

fn in_order(i: usize, out: usize, reversed: bool) -> usize {
    if reversed { out - 1 - i } else { i }
}

/// Linear interpolation between pixel centers; the edges repeat the outermost pixel.
fn pairs(length: usize, out: usize, step: f64, reversed: bool) -> Vec<(u32, u16)> {
    let pair = |i| {
        let center = (in_order(i, out, reversed) as f64 + 0.5) * step - 0.5;
        let center = center.clamp(0.0, (length - 1) as f64);
        let first = (center as usize).min(length - 2);
        (first as u32, ((center - first as f64) * 256.0).round() as u16)
    };
    (0..out).map(pair).collect()
}

/// The mean over the part of the source that an output pixel covers. Rounding the running total instead of each
/// weight keeps every sum at exactly 256, so that flat areas stay what they are.
fn runs(length: usize, out: usize, step: f64, reversed: bool) -> Kind {
    let mut weights = Vec::new();
    let run = |i| {
        let i = in_order(i, out, reversed) as f64;
        let (from, to) = (i * step, ((i + 1.0) * step).min(length as f64));
        let first = (from as usize).min(length - 1);
        let last = ((to.ceil() as usize).max(first + 1)).min(length);
        let begin = weights.len() as u32;
        let mut given = 0;
        for pixel in first..last {
            let covered = ((pixel + 1) as f64).min(to) - from;
            let total = if pixel + 1 == last { 256 } else { (covered / (to - from) * 256.0).round() as u16 };
            weights.push(total.max(given) - given);
            given = total.max(given);
        }
        (first as u32, begin..weights.len() as u32)
    };
    let runs = (0..out).map(run).collect();
    Kind::Runs { runs, weights }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(length: usize, out: usize, reversed: bool, row: &[u8], want: &[u8]) {
        let mut got = vec![0; out];
        Axis::new(0, length, out, reversed).apply(row, &mut got);
        assert_eq!(got, want, "{length} to {out}");
    }

    #[test]
    fn rows_are_copied_interpolated_or_averaged() {
        check(4, 4, false, &[1, 2, 3, 4], &[1, 2, 3, 4]);
        check(4, 4, true, &[1, 2, 3, 4], &[4, 3, 2, 1]);
        check(2, 4, false, &[0, 100], &[0, 25, 75, 100]);
        check(2, 4, true, &[0, 100], &[100, 75, 25, 0]);
        check(4, 2, false, &[10, 20, 30, 50], &[15, 40]);
        check(4, 2, true, &[10, 20, 30, 50], &[40, 15]);
        check(6, 2, false, &[0, 0, 255, 255, 255, 255], &[85, 255]);
        check(1, 3, false, &[77], &[77, 77, 77]);
        check(5, 3, false, &[0, 30, 60, 90, 120], &[12, 60, 108]);
    }

    #[test]
    fn weights_add_up() {
        for (length, out) in [(2, 3), (100, 99), (100, 66), (3000, 7), (16_384, 2), (1, 9), (1080, 608)] {
            for reversed in [false, true] {
                let axis = Axis::new(5, length, out, reversed);
                for i in 0..out {
                    let taps: Vec<_> = axis.taps(i).collect();
                    assert_eq!(taps.iter().map(|tap| tap.1).sum::<u16>(), 256, "{length} to {out} at {i}");
                    assert!(
                        taps.iter().all(|tap| (5..5 + length).contains(&tap.0)),
                        "{length} to {out} at {i}"
                    );
                }
            }
        }
    }
}
