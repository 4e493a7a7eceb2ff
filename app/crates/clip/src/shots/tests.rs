use super::*;
use crate::thumbnail::tests::gray;

/// A picture of patches that `number` places, so that two numbers are two rooms; patches, for a wave that moves is a mixture of waves.
fn room(number: u32) -> impl Fn(f64, f64) -> f64 {
    let turn = f64::from(number);
    let patch = |wave: f64, height: f64| if wave > 0.2 { height } else { -height };
    move |x, y| {
        let broad = patch((x * (7.0 + turn) + turn).sin() + (y * 5.0 - turn).cos(), 55.0);
        let fine = patch((x * (17.0 - turn) - 2.0 * turn).cos() + (y * (9.0 + turn)).sin(), 35.0);
        120.0 + 25.0 * (turn - 2.0) + broad + fine
    }
}

/// Cuts found in `seconds` of film at `rate` pictures a second, whose picture at a time is `tone`.
fn cuts(seconds: f64, rate: f64, tone: impl Fn(f64, f64, f64) -> f64) -> Vec<f64> {
    let mut detector = CutDetector::default();
    for frame in 0..(seconds * rate) as u32 {
        let at = f64::from(frame) / rate;
        detector.push(&gray(at, |x, y| tone(at, x, y).clamp(0.0, 255.0) as u8).gray());
    }
    detector.finish().into_iter().map(Instant::seconds).collect()
}

fn near(found: &[f64], expected: &[f64], within: f64) {
    let is_near =
        found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= within);
    assert!(is_near, "found {found:?}, expected {expected:?}");
}

#[test]
fn a_cut_is_where_the_new_shot_begins() {
    for rate in [10.0, 24.0, 60.0] {
        let found = cuts(5.0, rate, |at, x, y| if at < 2.0 { room(1)(x, y) } else { room(2)(x, y) });
        near(&found, &[2.0], 1e-6);
    }
}

#[test]
fn cuts_next_to_each_other_are_two() {
    let found = cuts(4.0, 25.0, |at, x, y| {
        room(if at < 2.0 {
            1
        } else if at < 2.4 {
            2
        } else {
            3
        })(x, y)
    });
    near(&found, &[2.0, 2.4], 1e-6);
}

#[test]
fn what_moves_is_no_cut() {
    // The camera turns quickly.
    near(&cuts(4.0, 25.0, |at, x, y| room(1)(x + at * 0.8, y)), &[], 0.0);
    // And a cut while it does is one.
    let turning =
        |at: f64, x: f64, y: f64| if at < 2.0 { room(1)(x + at * 0.3, y) } else { room(2)(x + at * 0.3, y) };
    near(&cuts(4.0, 25.0, turning), &[2.0], 1e-6);
}

#[test]
fn a_flash_is_no_cut() {
    let flashed =
        |at: f64, x: f64, y: f64| room(1)(x, y) + if (2.0..2.12).contains(&at) { 180.0 } else { 0.0 };
    near(&cuts(4.0, 25.0, flashed), &[], 0.0);
    // Nor is light that comes up.
    near(&cuts(4.0, 25.0, |at, x, y| room(1)(x, y) * (0.3 + 0.1 * at)), &[], 0.0);
}

#[test]
fn a_dissolve_is_one_cut_in_its_middle() {
    for length in [0.4, 0.8, 1.2] {
        let share = |at: f64| ((at - 2.0) / length).clamp(0.0, 1.0);
        let found = cuts(5.0, 25.0, |at, x, y| room(1)(x, y) * (1.0 - share(at)) + room(2)(x, y) * share(at));
        near(&found, &[2.0 + length / 2.0], 0.2);
    }
}

#[test]
fn the_same_picture_again_says_nothing() {
    let mut detector = CutDetector::default();
    for at in [0.0, 0.1, 0.1, 0.05, 0.2] {
        detector.push(&gray(at, |x, y| room(1)(x, y) as u8).gray());
    }
    assert_eq!(detector.looks.len(), 3);
    assert!(detector.finish().is_empty());
    assert!(CutDetector::default().finish().is_empty());
}
