//! From what a decoded picture's numbers mean to what a clip's mean: range, luma coefficients, primaries.
//! Works on painted pictures in place; what needs no change costs nothing.

use media::facts::Color;

use super::color::{coefficients, limit_chroma, limit_luma};
use super::picture::I420;

/// The colors in which a clip is painted that begins with a picture of these: its own where H.264 players know them, so
/// that its samples pass through, else BT.709. Always limited range; `source` has been [resolved](Color::resolved).
pub fn painted_in(source: Color) -> Color {
    if to_bt709(source.primaries).is_some() || source.is_hdr() {
        return Color::BT709;
    }
    let base = if matches!(source.matrix, 4..=6) { Color::BT601 } else { Color::BT709 };
    let primaries = if matches!(source.primaries, 1 | 5 | 6) { source.primaries } else { base.primaries };
    Color { primaries, ..base }
}

/// What has to be done to pictures of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion(Kind);

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Nothing,
    /// Full range to limited.
    Range,
    /// Other luma coefficients, and perhaps another range.
    Linear(Linear),
    /// Other primaries: no longer linear.
    Cube(Box<Cube>),
}

impl Conversion {
    /// From pictures of one kind to those that a clip is painted in, which is of limited range. Transfers of standard
    /// dynamic range count as one, as browsers have it.
    pub fn new(from: Color, to: Color) -> Self {
        Self(match to_bt709(from.primaries) {
            Some(primaries) => Kind::Cube(Box::new(Cube::new(from, to, primaries))),
            None if coefficients(from.matrix) != coefficients(to.matrix) => {
                Kind::Linear(Linear::new(from, to))
            }
            None if from.full_range => Kind::Range,
            None => Kind::Nothing,
        })
    }

    pub fn apply(&self, picture: &mut I420) {
        match &self.0 {
            Kind::Nothing => {}
            Kind::Range => {
                let [y, u, v] = picture.planes_mut();
                limit_luma(y);
                limit_chroma(u);
                limit_chroma(v);
            }
            Kind::Linear(linear) => linear.apply(picture),
            Kind::Cube(cube) => cube.apply(picture),
        }
    }
}

/// R′G′B′ from 0 to 1 of a sample, not clipped.
fn rgb_of(yuv: [f64; 3], color: Color) -> [f64; 3] {
    let (kr, kb) = wide_coefficients(color);
    let (black, luma, chroma) = if color.full_range { (0.0, 255.0, 255.0) } else { (16.0, 219.0, 224.0) };
    let (y, cb, cr) = ((yuv[0] - black) / luma, (yuv[1] - 128.0) / chroma, (yuv[2] - 128.0) / chroma);
    let (r, b) = (y + 2.0 * (1.0 - kr) * cr, y + 2.0 * (1.0 - kb) * cb);
    [r, (y - kr * r - kb * b) / (1.0 - kr - kb), b]
}

/// The limited-range sample of R′G′B′.
fn yuv_of([r, g, b]: [f64; 3], color: Color) -> [f64; 3] {
    let (kr, kb) = wide_coefficients(color);
    let y = kr * r + (1.0 - kr - kb) * g + kb * b;
    let (cb, cr) = ((b - y) / (2.0 * (1.0 - kb)), (r - y) / (2.0 * (1.0 - kr)));
    [16.0 + 219.0 * y, 128.0 + 224.0 * cb, 128.0 + 224.0 * cr]
}

fn wide_coefficients(color: Color) -> (f64, f64) {
    let (kr, kb) = coefficients(color.matrix);
    (kr.into(), kb.into())
}

/// What turns linear light of these primaries into that of BT.709; `None` where they are BT.709's, or so near that the
/// numbers are better left alone. BT.2020 by ITU-R BT.2087-0 annex 2, P3 with the white of D65 likewise.
fn to_bt709(primaries: u16) -> Option<[[f64; 3]; 3]> {
    match primaries {
        9 => Some([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]]),
        11 | 12 => Some([[1.2249, -0.2249, 0.0], [-0.0421, 1.0421, 0.0], [-0.0196, -0.0786, 1.0983]]),
        _ => None,
    }
}

/// The camera's curve backwards (ITU-R BT.709-6 §1.2; BT.601 and BT.2020 have the same).
fn linear_light(signal: f64) -> f64 {
    if signal < 0.081 { signal / 4.5 } else { ((signal + 0.099) / 1.099).powf(1.0 / 0.45) }
}

fn signal(light: f64) -> f64 {
    if light < 0.018 { 4.5 * light } else { 1.099 * light.powf(0.45) - 0.099 }
}

/// Parts of 2^14. Gray stays gray, so chroma does not depend on luma.
#[derive(Debug, Clone, PartialEq)]
struct Linear {
    /// Of Y, U and V in Y, and what is added.
    luma: [i32; 4],
    /// Of U and V in U and in V, and what is added.
    chroma: [[i32; 3]; 2],
}

const LINEAR_BITS: u32 = 14;

impl Linear {
    fn new(from: Color, to: Color) -> Self {
        let at = |yuv: [f64; 3]| yuv_of(rgb_of(yuv, from), to);
        let base = at([0.0; 3]);
        let [of_y, of_u, of_v] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].map(at);
        let part = |value: f64| (value * f64::from(1 << LINEAR_BITS)).round() as i32;
        let half = 1 << (LINEAR_BITS - 1);
        Self {
            luma: [
                part(of_y[0] - base[0]),
                part(of_u[0] - base[0]),
                part(of_v[0] - base[0]),
                part(base[0]) + half,
            ],
            chroma: [1, 2].map(|channel| {
                let base = base[channel];
                [part(of_u[channel] - base), part(of_v[channel] - base), part(base) + half]
            }),
        }
    }

    fn apply(&self, picture: &mut I420) {
        let width = picture.size().width_px as usize;
        let byte = |sum: i32| (sum >> LINEAR_BITS).clamp(0, 255) as u8;
        let [y, u, v] = picture.planes_mut();
        let mut shift = vec![0; width / 2];
        let [luma, of_u, of_v, added] = self.luma;
        let chroma_rows = u.chunks_exact_mut(width / 2).zip(v.chunks_exact_mut(width / 2));
        for (rows, (u, v)) in y.chunks_exact_mut(2 * width).zip(chroma_rows) {
            for ((shift, u), v) in shift.iter_mut().zip(u).zip(v) {
                let (old_u, old_v) = (i32::from(*u), i32::from(*v));
                *shift = of_u * old_u + of_v * old_v + added;
                let mixed = self.chroma.map(|[of_u, of_v, added]| byte(of_u * old_u + of_v * old_v + added));
                [*u, *v] = mixed;
            }
            for row in rows.chunks_exact_mut(width) {
                for (pair, shift) in row.chunks_exact_mut(2).zip(&shift) {
                    for y in pair {
                        *y = byte(luma * i32::from(*y) + shift);
                    }
                }
            }
        }
    }
}

/// Nodes along each side of a cube of samples, one every eight levels, the last one behind level 255.
const NODES: usize = 33;
const LEVELS: usize = 8;
/// Fractions of a level in which nodes are kept.
const NODE_FRACTIONS: f64 = 32.0;

/// A table over Y, U and V: [Y × U × V] of converted samples, read with linear interpolation.
#[derive(Debug, Clone, PartialEq)]
struct Cube {
    nodes: Vec<[i16; 3]>,
}

impl Cube {
    fn new(from: Color, to: Color, primaries: [[f64; 3]; 3]) -> Self {
        let convert = |yuv: [f64; 3]| {
            let light = rgb_of(yuv, from).map(|signal| linear_light(signal.clamp(0.0, 1.0)));
            let light = primaries.map(|row| row[0] * light[0] + row[1] * light[1] + row[2] * light[2]);
            let yuv = yuv_of(light.map(|light| signal(light.clamp(0.0, 1.0))), to);
            yuv.map(|value| (value * NODE_FRACTIONS).round() as i16)
        };
        let level = |node: usize| (node * LEVELS) as f64;
        let nodes = (0..NODES * NODES * NODES).map(|node| {
            convert([level(node / (NODES * NODES)), level(node / NODES % NODES), level(node % NODES)])
        });
        Self { nodes: nodes.collect() }
    }

    /// Channels `from..` of the converted sample.
    fn at<const COUNT: usize>(&self, y: u8, u: u8, v: u8, from: usize) -> [u8; COUNT] {
        let split = |code: u8| (usize::from(code) / LEVELS, i32::from(code) % LEVELS as i32);
        let ((y, in_y), (u, in_u), (v, in_v)) = (split(y), split(u), split(v));
        let mut sums = [0i32; COUNT];
        for (dy, wy) in [(0, LEVELS as i32 - in_y), (1, in_y)] {
            for (du, wu) in [(0, LEVELS as i32 - in_u), (1, in_u)] {
                for (dv, wv) in [(0, LEVELS as i32 - in_v), (1, in_v)] {
                    let node = self.nodes[((y + dy) * NODES + u + du) * NODES + v + dv];
                    let weight = wy * wu * wv;
                    for (sum, channel) in sums.iter_mut().zip(&node[from..]) {
                        *sum += weight * i32::from(*channel);
                    }
                }
            }
        }
        let whole = (LEVELS * LEVELS * LEVELS) as i32 * NODE_FRACTIONS as i32;
        sums.map(|sum| ((sum + whole / 2) / whole).clamp(0, 255) as u8)
    }

    fn apply(&self, picture: &mut I420) {
        let width = picture.size().width_px as usize;
        let [y, u, v] = picture.planes_mut();
        let chroma_rows = u.chunks_exact_mut(width / 2).zip(v.chunks_exact_mut(width / 2));
        for (rows, (u, v)) in y.chunks_exact_mut(2 * width).zip(chroma_rows) {
            let (upper, lower) = rows.split_at_mut(width);
            let pairs = upper.chunks_exact_mut(2).zip(lower.chunks_exact_mut(2));
            for ((upper, lower), (u, v)) in pairs.zip(u.iter_mut().zip(v)) {
                let (old_u, old_v) = (*u, *v);
                let sum: u32 = upper.iter().chain(&*lower).map(|&y| u32::from(y)).sum();
                [*u, *v] = self.at(((sum + 2) / 4) as u8, old_u, old_v, 1);
                for y in upper.iter_mut().chain(lower) {
                    [*y] = self.at(*y, old_u, old_v, 0);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::OutputSize;

    /// What every patch of the golden pictures shows.
    const PATCHES: [[u8; 3]; 6] =
        [[200, 30, 30], [30, 180, 60], [40, 60, 200], [128, 128, 128], [235, 235, 235], [20, 20, 20]];

    /// A sample of a patch as a camera with these colors writes it.
    fn coded(patch: [u8; 3], color: Color) -> [u8; 3] {
        let [y, u, v] = yuv_of(patch.map(|code| f64::from(code) / 255.0), color);
        let [y, u, v] = if color.full_range {
            [
                (y - 16.0) * 255.0 / 219.0,
                128.0 + (u - 128.0) * 255.0 / 224.0,
                128.0 + (v - 128.0) * 255.0 / 224.0,
            ]
        } else {
            [y, u, v]
        };
        [y, u, v].map(|value| value.round().clamp(0.0, 255.0) as u8)
    }

    fn flat(sample: [u8; 3]) -> I420 {
        let mut picture = I420::black(OutputSize { width_px: 6, height_px: 4 }).unwrap();
        for (plane, value) in picture.planes_mut().into_iter().zip(sample) {
            plane.fill(value);
        }
        picture
    }

    /// The color that a flat picture shows, by its own tags.
    fn shown(picture: &I420, color: Color) -> [u8; 3] {
        let planes = picture.planes();
        assert!(planes.iter().all(|plane| plane.iter().all(|value| *value == plane[0])), "not flat");
        rgb_of(planes.map(|plane| f64::from(plane[0])), color)
            .map(|value| (value.clamp(0.0, 1.0) * 255.0).round() as u8)
    }

    /// Every patch, written with `stated` (what nobody states by height), must show as it was; within `off` levels.
    fn check(written: Color, stated: Color, height: u32, target: Option<Color>, off: u8) {
        let source = stated.resolved(height);
        let target = target.unwrap_or(painted_in(source));
        let conversion = Conversion::new(source, target);
        for patch in PATCHES {
            let mut picture = flat(coded(patch, written));
            conversion.apply(&mut picture);
            let got = shown(&picture, target);
            let worst = got.iter().zip(patch).map(|(a, b)| a.abs_diff(b)).max();
            assert!(
                worst <= Some(off),
                "{patch:?} became {got:?}: {written:?} stated as {stated:?} at {height}"
            );
        }
    }

    #[test]
    fn patches_keep_their_colors_whatever_they_are_written_in() {
        for full_range in [false, true] {
            for height in [360, 480, 576, 720, 1080] {
                for known in [
                    Color::BT601,
                    Color::BT709,
                    Color { primaries: 5, transfer: 6, matrix: 5, ..Color::BT601 },
                ] {
                    let tagged = Color { full_range, ..known };
                    for target in [None, Some(Color::BT709), Some(Color::BT601)] {
                        check(tagged, tagged, height, target, 4);
                    }
                    // The matrix alone is stated.
                    check(tagged, Color { primaries: 2, transfer: 2, ..tagged }, height, None, 4);
                }
                let guess = if height < 720 { Color::BT601 } else { Color::BT709 };
                let untagged = Color { primaries: 2, transfer: 2, matrix: 2, full_range };
                check(Color { full_range, ..guess }, untagged, height, None, 4);
                // Wide coefficients without wide primaries.
                let wide = Color { primaries: 1, transfer: 1, matrix: 9, full_range };
                check(wide, wide, height, None, 4);
            }
        }
    }

    #[test]
    fn what_is_there_already_passes_through() {
        for color in
            [Color::BT601, Color::BT709, Color { primaries: 5, transfer: 6, matrix: 5, full_range: false }]
        {
            assert_eq!(Conversion::new(color, painted_in(color)).0, Kind::Nothing, "{color:?}");
        }
        let full = Color { full_range: true, ..Color::BT601 };
        assert_eq!(Conversion::new(full, painted_in(full)).0, Kind::Range);
    }

    #[test]
    fn wide_primaries_become_those_of_bt709() {
        // BT.709 patches as a BT.2020 camera writes them, computed with the inverse of the table's matrix.
        let into_2020 = [[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]];
        for full_range in [false, true] {
            let source = Color { primaries: 9, transfer: 14, matrix: 9, full_range };
            for target in [Color::BT709, Color::BT601] {
                let conversion = Conversion::new(source, target);
                for patch in PATCHES {
                    let light = patch.map(|code| linear_light(f64::from(code) / 255.0));
                    let wide = into_2020.map(|row: [f64; 3]| {
                        signal(row[0] * light[0] + row[1] * light[1] + row[2] * light[2])
                    });
                    let mut picture = flat(coded(wide.map(|value| (value * 255.0).round() as u8), source));
                    conversion.apply(&mut picture);
                    let got = shown(&picture, target);
                    let worst = got.iter().zip(patch).map(|(a, b)| a.abs_diff(b)).max();
                    assert!(worst <= Some(8), "{patch:?} became {got:?}");
                }
            }
            assert_eq!(painted_in(source), Color::BT709);
        }
    }
}
