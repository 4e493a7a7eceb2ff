//! From what the network says of each anchor to faces: boxes decoded, and those of one face made one. Knows neither weights nor pixels.

use super::{Face, POINTS, SIDE};

/// What the network says of an anchor: a score before its sigmoid, and offsets in pixels: middle, width and height, points.
pub const VALUES: usize = 1 + 4 + 2 * POINTS;
/// A face is taken for one from this score on, as in MediaPipe.
const CERTAIN: f32 = 0.5;
/// Boxes that share more of what both cover are of one face.
const SAME_FACE: f32 = 0.3;

/// The anchors of one head.
pub struct Anchors {
    /// Cells of a row, and rows.
    pub side: usize,
    /// In the middle of each cell.
    pub of_cell: usize,
    /// `[side, side, of_cell, VALUES]`.
    pub values: Vec<f32>,
}

/// All faces, the most certain first.
pub fn faces(heads: &[Anchors]) -> Vec<Face> {
    let mut found: Vec<Face> = heads.iter().flat_map(Anchors::faces).collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut merged = Vec::new();
    while let Some(best) = found.first().copied() {
        let (same, others): (Vec<Face>, Vec<Face>) =
            found.into_iter().partition(|face| *face == best || overlap(face, &best) > SAME_FACE);
        merged.push(mean(&same, best.score));
        found = others;
    }
    merged
}

impl Anchors {
    /// Every anchor that is certain of a face.
    fn faces(&self) -> impl Iterator<Item = Face> {
        let cell = |index: usize| (index as f32 + 0.5) / self.side as f32;
        let anchors = self.values.as_chunks::<VALUES>().0.iter().enumerate();
        anchors.filter_map(move |(index, values)| {
            let index = index / self.of_cell;
            decoded(values, [cell(index % self.side), cell(index / self.side)])
        })
    }
}

/// The face that an anchor at `middle` is certain of, if it is, and if what it says are numbers.
fn decoded(values: &[f32; VALUES], middle: [f32; 2]) -> Option<Face> {
    let score = 1.0 / (1.0 + (-values[0]).exp());
    let pair = |at: usize| [values[at], values[at + 1]].map(|value| value / SIDE as f32);
    let place = |at: usize| {
        let [x, y] = pair(at);
        [middle[0] + x, middle[1] + y]
    };
    let ([x, y], [width, height]) = (place(1), pair(3));
    let is_box = width > 0.0 && height > 0.0 && values.iter().all(|value| value.is_finite());
    (score >= CERTAIN && is_box).then(|| Face {
        left: x - width / 2.0,
        top: y - height / 2.0,
        width,
        height,
        score,
        points: std::array::from_fn(|point| place(5 + 2 * point)),
    })
}

/// What two boxes both cover, over what either covers.
fn overlap(a: &Face, b: &Face) -> f32 {
    let along = |[a, a_length]: [f32; 2], [b, b_length]: [f32; 2]| {
        ((a + a_length).min(b + b_length) - a.max(b)).max(0.0)
    };
    let both = along([a.left, a.width], [b.left, b.width]) * along([a.top, a.height], [b.top, b.height]);
    both / (a.width * a.height + b.width * b.height - both)
}

/// The mean of boxes and points, each as heavy as it is certain: steadier from picture to picture than the best box alone.
fn mean(faces: &[Face], score: f32) -> Face {
    let whole: f32 = faces.iter().map(|face| face.score).sum();
    let mean =
        |value: &dyn Fn(&Face) -> f32| faces.iter().map(|face| value(face) * face.score).sum::<f32>() / whole;
    Face {
        left: mean(&|face| face.left),
        top: mean(&|face| face.top),
        width: mean(&|face| face.width),
        height: mean(&|face| face.height),
        score,
        points: std::array::from_fn(|point| {
            std::array::from_fn(|axis| mean(&|face| face.points[point][axis]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A face of `width` at `middle`, with points in other places.
    fn face([x, y]: [f32; 2], width: f32, score: f32) -> Face {
        let points = std::array::from_fn(|point| [x + 0.01 * point as f32, y - 0.02 * point as f32]);
        Face { left: x - width / 2.0, top: y - width / 2.0, width, height: width, score, points }
    }

    /// What an anchor at `middle` says of a face.
    fn encoded(face: &Face, middle: [f32; 2]) -> [f32; VALUES] {
        let score = (face.score / (1.0 - face.score)).ln();
        let place = |[x, y]: [f32; 2]| [x - middle[0], y - middle[1]].map(|value| value * SIDE as f32);
        let middle_of_face = [face.left + face.width / 2.0, face.top + face.height / 2.0];
        let size = [face.width, face.height].map(|value| value * SIDE as f32);
        let places = [place(middle_of_face), size].into_iter().chain(face.points.map(place));
        let all: Vec<f32> = std::iter::once(score).chain(places.flatten()).collect();
        all.try_into().unwrap()
    }

    /// A head of which the anchors at `said` say something, the others nothing.
    fn head(side: usize, of_cell: usize, said: &[(usize, [f32; VALUES])]) -> Anchors {
        let mut values = [vec![-9.0; 1], vec![0.0; VALUES - 1]].concat().repeat(side * side * of_cell);
        for (anchor, said) in said {
            values[anchor * VALUES..][..VALUES].copy_from_slice(said);
        }
        Anchors { side, of_cell, values }
    }

    fn assert_near(found: &Face, expected: &Face) {
        let all = |face: &Face| {
            let box_of = [face.left, face.top, face.width, face.height, face.score];
            [box_of.as_slice(), face.points.as_flattened()].concat()
        };
        let is_near =
            all(found).iter().zip(all(expected)).all(|(found, expected)| (found - expected).abs() < 1e-5);
        assert!(is_near, "{found:?} for {expected:?}");
    }

    #[test]
    fn every_anchor_tells_where_its_face_is() {
        let mut rng = fastrand::Rng::with_seed(5);
        for (side, of_cell) in [(16, 2), (8, 6)] {
            for anchor in 0..side * side * of_cell {
                // Cells lie row by row, the anchors of one beside each other.
                let (row, column) = (anchor / of_cell / side, anchor / of_cell % side);
                let middle = [column, row].map(|cell| (2 * cell + 1) as f32 / (2 * side) as f32);
                let expected = face([rng.f32(), rng.f32()], 0.05 + rng.f32(), 0.55 + 0.4 * rng.f32());
                let found = faces(&[head(side, of_cell, &[(anchor, encoded(&expected, middle))])]);
                assert_eq!(found.len(), 1, "anchor {anchor} of {side}");
                assert_near(&found[0], &expected);
            }
        }
    }

    /// Faces as one cell says them, beside what is made of them.
    fn check(said: &[Face], expected: &[Face]) {
        let middle = [0.5 / 16.0; 2];
        let anchors: Vec<_> = said.iter().map(|face| encoded(face, middle)).enumerate().collect();
        let found = faces(&[head(16, anchors.len().max(1), &anchors)]);
        assert_eq!(found.len(), expected.len(), "{found:?}");
        found.iter().zip(expected).for_each(|(found, expected)| assert_near(found, expected));
    }

    #[test]
    fn boxes_of_one_face_become_their_mean() {
        let (sure, less) = (face([0.3, 0.4], 0.2, 0.9), face([0.34, 0.4], 0.2, 0.6));
        check(&[less, sure], &[Face { score: 0.9, ..face([0.316, 0.4], 0.2, 0.9) }]);
        // What shares less is another one, the most certain first.
        let other = face([0.42, 0.4], 0.2, 0.95);
        check(&[sure, other], &[other, sure]);
        check(&[sure, face([0.8, 0.4], 0.2, 0.9)], &[sure, face([0.8, 0.4], 0.2, 0.9)]);
        // One within the other, but much smaller.
        let small = face([0.3, 0.4], 0.09, 0.7);
        check(&[sure, small], &[sure, small]);
        check(&[], &[]);
    }

    #[test]
    fn what_is_uncertain_or_no_number_is_no_face() {
        let (good, middle) = (face([0.3, 0.4], 0.2, 0.9), [0.5 / 16.0; 2]);
        check(&[face([0.3, 0.4], 0.2, 0.49)], &[]);
        check(&[face([0.3, 0.4], 0.2, 0.51)], &[face([0.3, 0.4], 0.2, 0.51)]);
        for (at, value) in [(0, f32::NAN), (3, 0.0), (4, -1.0), (1, f32::NAN), (9, f32::INFINITY)] {
            let mut said = encoded(&good, middle);
            said[at] = value;
            assert_eq!(faces(&[head(16, 2, &[(0, said)])]), [], "{value} at {at}");
        }
    }
}
