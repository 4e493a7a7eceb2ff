//! Time as integers: points and lengths on the presentation timeline in microseconds, and media ticks beside them.
//! Knows no container; floating-point seconds appear only in `seconds()` and `from_seconds()`.

use std::fmt;
use std::num::NonZeroU32;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Deserialize, Serialize};

const MICROS_PER_SECOND: i64 = 1_000_000;

/// A point on the presentation timeline, in microseconds; negative before the first thing shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

/// A length of time in microseconds. May be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Span(i64);

impl Instant {
    pub const ZERO: Self = Self(0);
    pub const MIN: Self = Self(i64::MIN);
    pub const MAX: Self = Self(i64::MAX);

    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Nearest microsecond; not-a-number becomes zero, and what does not fit is clamped.
    pub fn from_seconds(seconds: f64) -> Self {
        Self(round_to_micros(seconds))
    }

    pub fn seconds(self) -> f64 {
        self.0 as f64 / MICROS_PER_SECOND as f64
    }

    /// The length from the start of the timeline to here.
    pub const fn since_zero(self) -> Span {
        Span(self.0)
    }
}

impl Span {
    pub const ZERO: Self = Self(0);
    pub const MAX: Self = Self(i64::MAX);

    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Nearest microsecond; not-a-number becomes zero, and what does not fit is clamped.
    pub fn from_seconds(seconds: f64) -> Self {
        Self(round_to_micros(seconds))
    }

    pub fn seconds(self) -> f64 {
        self.0 as f64 / MICROS_PER_SECOND as f64
    }

    /// How many samples at `rate` lie in this length, to the nearest; none for a negative one.
    pub fn samples(self, rate: Timescale) -> u64 {
        rate.ticks(self).0.max(0) as u64
    }

    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    pub const fn half(self) -> Self {
        Self(self.0 / 2)
    }
}

fn round_to_micros(seconds: f64) -> i64 {
    (seconds * MICROS_PER_SECOND as f64).round() as i64
}

impl Sub for Instant {
    type Output = Span;
    fn sub(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Span> for Instant {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Instant {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl AddAssign<Span> for Instant {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for Span {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Neg for Span {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} s", self.seconds())
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} s", self.seconds())
    }
}

/// Ticks per second. Never zero, so that conversions cannot divide by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timescale(NonZeroU32);

/// A count of ticks of some [`Timescale`], kept beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ticks(pub i64);

impl Timescale {
    pub const MICROS: Self = Self(match NonZeroU32::new(MICROS_PER_SECOND as u32) {
        Some(scale) => scale,
        None => NonZeroU32::MIN,
    });

    /// `None` for zero, which a damaged header may claim.
    pub const fn new(ticks_per_second: u32) -> Option<Self> {
        match NonZeroU32::new(ticks_per_second) {
            Some(scale) => Some(Self(scale)),
            None => None,
        }
    }

    pub const fn get(self) -> u32 {
        self.0.get()
    }

    /// The length of `ticks`, to the nearest microsecond.
    pub fn span(self, ticks: Ticks) -> Span {
        Span(rescale(ticks.0, MICROS_PER_SECOND as u64, u64::from(self.get())))
    }

    /// The point `ticks` after zero, to the nearest microsecond.
    pub fn instant(self, ticks: Ticks) -> Instant {
        Instant(self.span(ticks).0)
    }

    /// A length in ticks, to the nearest.
    pub fn ticks(self, span: Span) -> Ticks {
        Ticks(rescale(span.0, u64::from(self.get()), MICROS_PER_SECOND as u64))
    }

    /// Ticks of this scale as ticks of `other`, to the nearest.
    pub fn convert(self, ticks: Ticks, other: Self) -> Ticks {
        Ticks(rescale(ticks.0, u64::from(other.get()), u64::from(self.get())))
    }
}

/// `value * by / from`, rounded half away from zero, clamped to 64 bits.
pub(crate) fn rescale(value: i64, by: u64, from: u64) -> i64 {
    let (by, from) = (i128::from(by), i128::from(from.max(1)));
    let product = i128::from(value) * by;
    let half = if product < 0 { -(from / 2) } else { from / 2 };
    ((product + half) / from).clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

/// The number of a frame at a constant rate, counted from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FrameIndex(pub u64);

/// Frames per second as a fraction: 30000/1001 stays what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FrameRate {
    numerator: NonZeroU32,
    denominator: NonZeroU32,
}

impl FrameRate {
    /// `None` if either part is zero.
    pub const fn new(numerator: u32, denominator: u32) -> Option<Self> {
        match (NonZeroU32::new(numerator), NonZeroU32::new(denominator)) {
            (Some(numerator), Some(denominator)) => Some(Self { numerator, denominator }),
            _ => None,
        }
    }

    /// The customary rate nearest to a measured one (24000/1001, 25, 30…) where it lies within 0.1 %, otherwise
    /// thousandths of a frame; clamped to 1…240 frames a second.
    pub fn nearest(frames_per_second: f64) -> Self {
        const CUSTOMARY: [(u32, u32); 10] = [
            (24000, 1001),
            (24, 1),
            (25, 1),
            (30000, 1001),
            (30, 1),
            (48, 1),
            (50, 1),
            (60000, 1001),
            (60, 1),
            (120, 1),
        ];
        let wanted = if frames_per_second.is_finite() { frames_per_second.clamp(1.0, 240.0) } else { 30.0 };
        let mut best = ((wanted * 1000.0).round() as u32, 1000);
        let mut error = 0.0005;
        for (numerator, denominator) in CUSTOMARY {
            let off = (f64::from(numerator) / f64::from(denominator) / wanted - 1.0).abs();
            if off < error {
                (best, error) = ((numerator, denominator), off);
            }
        }
        Self {
            numerator: NonZeroU32::new(best.0).unwrap_or(NonZeroU32::MIN),
            denominator: NonZeroU32::new(best.1).unwrap_or(NonZeroU32::MIN),
        }
    }

    pub const fn numerator(self) -> u32 {
        self.numerator.get()
    }

    pub const fn denominator(self) -> u32 {
        self.denominator.get()
    }

    pub fn frames_per_second(self) -> f64 {
        f64::from(self.numerator()) / f64::from(self.denominator())
    }

    /// When the frame begins, to the nearest microsecond; no error accumulates.
    pub fn instant_of(self, frame: FrameIndex) -> Instant {
        let frames = i64::try_from(frame.0).unwrap_or(i64::MAX);
        Instant(rescale(
            frames,
            u64::from(self.denominator()) * MICROS_PER_SECOND as u64,
            u64::from(self.numerator()),
        ))
    }

    /// The frame shown at an instant: the last one that begins at or before it, to half a microsecond.
    pub fn frame_at(self, at: Instant) -> FrameIndex {
        let position =
            i128::from(at.0.max(0)) * i128::from(self.numerator()) * 2 + i128::from(self.numerator());
        let unit = i128::from(self.denominator()) * i128::from(MICROS_PER_SECOND) * 2;
        FrameIndex(u64::try_from(position / unit).unwrap_or(u64::MAX))
    }

    /// How many frames fill a length, to the nearest; at least one for any positive length.
    pub fn frames_in(self, span: Span) -> u64 {
        let frames = rescale(
            span.0.max(0),
            u64::from(self.numerator()),
            u64::from(self.denominator()) * MICROS_PER_SECOND as u64,
        );
        (frames as u64).max(u64::from(span.is_positive()))
    }

    /// How long one frame stays, to the nearest microsecond.
    pub fn frame_span(self) -> Span {
        self.instant_of(FrameIndex(1)).since_zero()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_round_to_the_nearest_and_never_overflow() {
        let check = |scale: u32, ticks: i64, micros: i64| {
            let scale = Timescale::new(scale).expect("a scale");
            assert_eq!(scale.span(Ticks(ticks)).micros(), micros, "{ticks} at {}", scale.get());
        };
        check(30_000, 1001, 33_367);
        check(48_000, 1, 21);
        check(48_000, -1, -21);
        check(3, 1, 333_333);
        check(3, 2, 666_667);
        check(1, i64::MAX, i64::MAX);
        check(u32::MAX, i64::MIN, -2_147_483_648_500_000);
    }

    #[test]
    fn frames_and_instants_are_inverse() {
        for (numerator, denominator) in [(30000, 1001), (25, 1), (24000, 1001), (60, 1), (240, 1)] {
            let rate = FrameRate::new(numerator, denominator).expect("a rate");
            for frame in (0..200_000).step_by(7) {
                assert_eq!(rate.frame_at(rate.instant_of(FrameIndex(frame))), FrameIndex(frame));
            }
        }
    }

    #[test]
    fn measured_rates_become_customary_ones() {
        let check = |measured: f64, numerator: u32, denominator: u32| {
            assert_eq!(FrameRate::new(numerator, denominator), Some(FrameRate::nearest(measured)));
        };
        check(29.97, 30000, 1001);
        check(30.0001, 30, 1);
        check(23.976, 24000, 1001);
        check(16.47, 16470, 1000);
        check(f64::NAN, 30, 1);
    }

    #[test]
    fn arithmetic_saturates() {
        assert_eq!(Instant::MAX + Span::MAX, Instant::MAX);
        assert_eq!(Instant::MIN - Instant::MAX, Span::from_micros(i64::MIN));
        assert_eq!(Instant::from_seconds(f64::INFINITY), Instant::MAX);
        assert_eq!(Span::from_seconds(f64::NAN), Span::ZERO);
    }
}
