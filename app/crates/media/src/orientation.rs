//! The eight ways in which a picture can lie: four quarter turns, mirrored or not.
//! Knows neither pixels nor containers.

use serde::{Deserialize, Serialize};

/// How a decoded picture is brought upright: mirrored left to right first where `is_flipped`, then turned clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Stated", into = "Stated")]
pub struct Orientation {
    /// 0 to 3.
    quarters: u8,
    flip: bool,
}

/// The stored form. Documents from before pictures could be mirrored hold the rotation alone.
#[derive(Serialize, Deserialize)]
struct Stated {
    rotation: u16,
    #[serde(default)]
    flip: bool,
}

impl From<Stated> for Orientation {
    fn from(stated: Stated) -> Self {
        Self::new(f64::from(stated.rotation), stated.flip)
    }
}

impl From<Orientation> for Stated {
    fn from(orientation: Orientation) -> Self {
        Self { rotation: orientation.rotation(), flip: orientation.flip }
    }
}

impl Orientation {
    pub const UPRIGHT: Self = Self { quarters: 0, flip: false };

    /// The quarter turn nearest to some clockwise degrees; none where they are not a number.
    pub fn new(degrees: f64, flip: bool) -> Self {
        let quarters = if degrees.is_finite() { (degrees.rem_euclid(360.0) / 90.0).round() } else { 0.0 };
        Self { quarters: quarters as u8 % 4, flip }
    }

    /// The symmetry nearest to a display matrix: `x' = a·x + c·y`, `y' = b·x + d·y`, with y downward, as in ISO/IEC
    /// 14496-12 §8.3.2. A matrix that turns by other angles loses the rest; one that flattens the picture says nothing.
    pub fn of_matrix([a, b, c, d]: [f64; 4]) -> Self {
        let determinant = a * d - b * c;
        if !determinant.is_finite() || determinant == 0.0 {
            return Self::UPRIGHT;
        }
        let flip = determinant < 0.0;
        // Mirroring comes first, so it negates what becomes of x.
        let (a, b) = if flip { (-a, -b) } else { (a, b) };
        Self::new((b - c).atan2(a + d).to_degrees(), flip)
    }

    /// Clockwise degrees: 0, 90, 180 or 270.
    pub const fn rotation(self) -> u16 {
        self.quarters as u16 * 90
    }

    pub const fn is_flipped(self) -> bool {
        self.flip
    }

    /// Whether width and height change places.
    pub const fn is_sideways(self) -> bool {
        self.quarters % 2 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_give_the_eight_symmetries() {
        let check = |matrix: [f64; 4], rotation: u16, flip: bool| {
            let got = Orientation::of_matrix(matrix);
            assert_eq!((got.rotation(), got.is_flipped()), (rotation, flip), "{matrix:?}");
        };
        check([1.0, 0.0, 0.0, 1.0], 0, false);
        check([0.0, 1.0, -1.0, 0.0], 90, false);
        check([-1.0, 0.0, 0.0, -1.0], 180, false);
        check([0.0, -1.0, 1.0, 0.0], 270, false);
        check([-1.0, 0.0, 0.0, 1.0], 0, true);
        check([1.0, 0.0, 0.0, -1.0], 180, true);
        check([0.0, 1.0, 1.0, 0.0], 270, true);
        check([0.0, -1.0, -1.0, 0.0], 90, true);
        // Stretched, a little askew, flattened.
        check([2.0, 0.0, 0.0, 0.5], 0, false);
        check([0.1, 0.995, -0.995, 0.1], 90, false);
        check([0.0, 0.0, 0.0, 0.0], 0, false);
        check([f64::NAN, 0.0, 0.0, 1.0], 0, false);
    }

    #[test]
    fn stored_rotations_without_a_flip_are_read() {
        let read = |text: &str| serde_json::from_str::<Orientation>(text).expect("an orientation");
        assert_eq!(read(r#"{"rotation":270}"#), Orientation::new(270.0, false));
        let mirrored = Orientation::new(90.0, true);
        assert_eq!(read(&serde_json::to_string(&mirrored).expect("JSON")), mirrored);
        assert_eq!(Orientation::new(-90.0, false).rotation(), 270);
        assert_eq!(Orientation::new(f64::NAN, false), Orientation::UPRIGHT);
    }
}
