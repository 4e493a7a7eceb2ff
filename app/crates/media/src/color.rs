//! What the numbers of a picture mean: primaries, transfer, matrix and range, by ITU-T H.273 code points.
//! Puts together what container and bit stream state, and what players take the rest for; converts nothing.

use serde::{Deserialize, Serialize};

/// "Not stated".
const UNKNOWN: u16 = 2;

/// Color description by ITU-T H.273 code points; 2 means "not stated".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Color {
    pub primaries: u16,
    pub transfer: u16,
    pub matrix: u16,
    pub full_range: bool,
}

impl Color {
    /// Limited-range BT.709, what H.264 players expect.
    pub const BT709: Self = Self { primaries: 1, transfer: 1, matrix: 1, full_range: false };
    /// Limited-range BT.601 with the primaries of SMPTE 170M.
    pub const BT601: Self = Self { primaries: 6, transfer: 6, matrix: 6, full_range: false };

    /// PQ (16) and HLG (18) are the high-dynamic-range transfers.
    pub const fn is_hdr(self) -> bool {
        matches!(self.transfer, 16 | 18)
    }

    /// With everything known, as players take it that are told nothing: pictures of less than 720 lines for BT.601,
    /// others for BT.709 (Chromium's rule). What is stated stays; BT.2020 primaries imply their matrix.
    pub fn resolved(self, height_px: u32) -> Self {
        let guess = if height_px < 720 { Self::BT601 } else { Self::BT709 };
        if [self.primaries, self.transfer, self.matrix] == [UNKNOWN; 3] {
            return Self { full_range: self.full_range, ..guess };
        }
        let known = |stated: u16, otherwise: u16| if stated == UNKNOWN { otherwise } else { stated };
        let matrix = match (self.matrix, self.primaries) {
            (UNKNOWN, 9) => 9,
            (UNKNOWN, 5 | 6) => 6,
            (stated, _) => known(stated, guess.matrix),
        };
        Self {
            primaries: known(self.primaries, 1),
            transfer: known(self.transfer, 1),
            matrix,
            full_range: self.full_range,
        }
    }
}

/// What one place states of a picture's colors; each field may be silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ColorTags {
    pub primaries: u16,
    pub transfer: u16,
    pub matrix: u16,
    pub full_range: Option<bool>,
}

impl Default for ColorTags {
    fn default() -> Self {
        Self { primaries: UNKNOWN, transfer: UNKNOWN, matrix: UNKNOWN, full_range: None }
    }
}

impl ColorTags {
    /// What VP8 is, having no way to say otherwise (RFC 6386 §9.2).
    pub const VP8: Self = Self { primaries: 6, transfer: 6, matrix: 6, full_range: Some(false) };

    /// Field by field, `other` where this is silent. 0 and 3 are reserved (but for the matrix 0, which is RGB).
    pub fn or(self, other: Self) -> Self {
        let stated = |value: u16| !matches!(value, UNKNOWN | 3);
        let first = |a: u16, b: u16| if stated(a) { a } else { b };
        Self {
            primaries: first(self.primaries, other.primaries),
            transfer: first(self.transfer, other.transfer),
            matrix: first(self.matrix, other.matrix),
            full_range: self.full_range.or(other.full_range),
        }
    }

    /// A range that nobody states is the limited one.
    pub fn color(self) -> Color {
        Color {
            primaries: self.primaries,
            transfer: self.transfer,
            matrix: self.matrix,
            full_range: self.full_range.unwrap_or(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_container_comes_first_and_silence_is_filled() {
        let nclc = ColorTags { primaries: 9, transfer: 1, matrix: 2, full_range: None };
        let stream = ColorTags { primaries: 1, transfer: 1, matrix: 9, full_range: Some(true) };
        let both = nclc.or(stream).color();
        assert_eq!(both, Color { primaries: 9, transfer: 1, matrix: 9, full_range: true });
        assert_eq!(ColorTags::default().or(stream), stream);
        assert!(!nclc.color().full_range);
    }

    #[test]
    fn what_nobody_states_is_guessed_by_height() {
        let check = |stated: [u16; 3], height, want: [u16; 3]| {
            let [primaries, transfer, matrix] = stated;
            let color = Color { primaries, transfer, matrix, full_range: true }.resolved(height);
            assert_eq!([color.primaries, color.transfer, color.matrix], want, "{stated:?} at {height}");
            assert!(color.full_range);
        };
        check([2, 2, 2], 360, [6, 6, 6]);
        check([2, 2, 2], 576, [6, 6, 6]);
        check([2, 2, 2], 720, [1, 1, 1]);
        check([2, 2, 5], 1080, [1, 1, 5]);
        check([2, 2, 1], 480, [1, 1, 1]);
        check([9, 14, 2], 1080, [9, 14, 9]);
        check([6, 2, 2], 1080, [6, 1, 6]);
        check([9, 16, 9], 2160, [9, 16, 9]);
    }
}
