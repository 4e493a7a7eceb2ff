use super::*;
use crate::sight::tests::{second, shot};
use crate::sight::{Face, FacesAt};

/// 9:16 of 16:9.
const UPRIGHT: View = View { width: 0.316, height: 1.0 };

fn face(center_x: f32, width: f32) -> Face {
    let height = width * 16.0 / 9.0;
    Face { area: Area { left: center_x - width / 2.0, top: 0.3 - height / 2.0, width, height }, score: 0.9 }
}

/// A shot in which `faces` are seen at each moment.
fn seen(seconds: f64, faces: impl Fn(f64) -> Vec<Face>) -> Sight {
    let at = |step: u32| f64::from(step) * 0.2;
    let samples =
        (0..(seconds * 5.0) as u32).map(|step| FacesAt { at: second(at(step)), faces: faces(at(step)) });
    Sight { shots: vec![shot(0.0, seconds)], faces: samples.collect() }
}

fn only(sight: &Sight, view: View) -> FramedShot {
    let [framed] = framed(sight, &sight.shots, view).try_into().expect("one shot");
    framed
}

/// How far the face's middle gets from the crop's, in halves of the crop.
fn farthest(sight: &Sight, framed: &FramedShot, view: View) -> f32 {
    let off = sight.faces.iter().flat_map(|seen| {
        let crop = framed.path.at(seen.at).center_x;
        seen.faces.iter().map(move |face| (face.center()[0] - crop).abs() / (view.width / 2.0))
    });
    off.fold(0.0, f32::max)
}

/// The greatest speed, in crops a second, and the greatest change of it within a fifth of a second.
fn hurry(framed: &FramedShot, seconds: f64, view: View) -> (f32, f32) {
    let at: Vec<f32> = (0..(seconds * 5.0) as u32)
        .map(|step| framed.path.at(second(f64::from(step) * 0.2)).center_x / view.width)
        .collect();
    let speeds: Vec<f32> = at.windows(2).map(|pair| (pair[1] - pair[0]) * 5.0).collect();
    let greatest = |values: &mut dyn Iterator<Item = f32>| values.map(f32::abs).fold(0.0, f32::max);
    (greatest(&mut speeds.iter().copied()), greatest(&mut speeds.windows(2).map(|pair| pair[1] - pair[0])))
}

#[test]
fn the_camera_stands_on_a_face_that_stays() {
    let sight = seen(10.0, |at| vec![face(0.3 + 0.02 * (at * 7.0).sin() as f32, 0.1)]);
    let framed = only(&sight, UPRIGHT);
    assert_eq!(framed.aim, Aim::Face);
    let places: Vec<f32> = [0.0, 3.0, 9.9].map(|at| framed.path.at(second(at)).center_x).into();
    assert!(places.iter().all(|place| (place - 0.3).abs() < 0.02 && *place == places[0]), "{places:?}");
}

#[test]
fn a_face_that_goes_is_followed_smoothly() {
    // Across the picture, with a rest at both ends.
    let walks = |at: f64| 0.2 + 0.6 * ((at - 3.0) / 5.0).clamp(0.0, 1.0) as f32;
    let sight = seen(12.0, |at| vec![face(walks(at), 0.1)]);
    let framed = only(&sight, UPRIGHT);
    assert_eq!(framed.aim, Aim::MovingFace);
    assert!(farthest(&sight, &framed, UPRIGHT) < 0.6);
    let (speed, change) = hurry(&framed, 12.0, UPRIGHT);
    assert!(speed < 0.7 && change < 0.25, "{speed} crops a second, {change} more at once");
    let few = drawn_count(&framed);
    assert!(few <= 20, "{few} keyframes for one walk");
}

fn drawn_count(framed: &FramedShot) -> usize {
    let text = serde_json::to_value(&framed.path).expect("JSON");
    text["keyframes"].as_array().expect("keyframes").len()
}

#[test]
fn a_jump_within_a_shot_is_caught_up_with() {
    let sight = seen(10.0, |at| vec![face(if at < 5.0 { 0.25 } else { 0.7 }, 0.08)]);
    let framed = only(&sight, UPRIGHT);
    let outside = sight.faces.iter().filter(|seen| {
        let crop = framed.path.at(seen.at).center_x;
        (seen.faces[0].center()[0] - crop).abs() > UPRIGHT.width / 2.0
    });
    assert_eq!(outside.count(), 0);
}

#[test]
fn two_who_fit_are_shown_together_and_two_who_do_not_are_not() {
    let near = only(&seen(5.0, |_| vec![face(0.4, 0.06), face(0.55, 0.06)]), UPRIGHT);
    assert_eq!((near.aim, (near.path.at(second(1.0)).center_x - 0.475).abs() < 0.01), (Aim::Faces, true));
    // The larger one is what is looked at, never the gap between them.
    let far = only(&seen(5.0, |_| vec![face(0.2, 0.08), face(0.8, 0.1)]), UPRIGHT);
    assert_eq!((far.aim, (far.path.at(second(1.0)).center_x - 0.8).abs() < 0.05), (Aim::Face, true));
}

#[test]
fn one_who_comes_when_another_has_gone_is_looked_at() {
    let sight = seen(10.0, |at| vec![if at < 4.0 { face(0.25, 0.1) } else { face(0.75, 0.1) }]);
    let framed = only(&sight, UPRIGHT);
    let at = |at_s| framed.path.at(second(at_s)).center_x;
    assert!((at(1.0) - 0.25).abs() < 0.08 && (at(9.0) - 0.75).abs() < 0.08, "{} then {}", at(1.0), at(9.0));
}

#[test]
fn a_face_that_flickers_up_once_is_none() {
    let sight = seen(10.0, |at| {
        let mut faces = vec![face(0.3, 0.1)];
        if (at - 4.0).abs() < 0.01 {
            faces.push(face(0.9, 0.2));
        }
        faces
    });
    let framed = only(&sight, UPRIGHT);
    assert_eq!(framed.aim, Aim::Face);
    assert!(farthest(&seen(10.0, |_| vec![face(0.3, 0.1)]), &framed, UPRIGHT) < 0.3);
}

#[test]
fn without_a_face_what_moves_is_looked_at_else_the_middle() {
    let mut sight = seen(4.0, |_| vec![]);
    let still = only(&sight, UPRIGHT);
    assert_eq!((still.aim, still.path.at(second(1.0))), (Aim::Middle, Crop::LARGEST));
    sight.shots[0].motion_x = Some(0.7);
    let moving = only(&sight, UPRIGHT);
    assert_eq!((moving.aim, moving.path.at(second(1.0)).center_x), (Aim::Motion, 0.7));
}

#[test]
fn each_shot_is_a_scene_and_the_camera_never_moves_across_a_cut() {
    let mut sight = seen(10.0, |at| vec![face(if at < 4.0 { 0.2 } else { 0.8 }, 0.1)]);
    sight.shots = vec![shot(0.0, 4.0), shot(4.0, 10.0)];
    let scenes = scenes(&framed(&sight, &sight.shots, UPRIGHT));
    let center = |at_s| scenes.at(second(at_s)).regions[0].crop.at(second(at_s)).center_x;
    for (at_s, expected) in [(0.0, 0.2), (3.999, 0.2), (4.0, 0.8), (9.0, 0.8), (99.0, 0.8)] {
        assert!((center(at_s) - expected).abs() < 0.05, "{} at {at_s}", center(at_s));
    }
    assert_eq!(super::scenes(&[]), Scenes::centered(0.5));
}

#[test]
fn a_wide_crop_of_an_upright_picture_has_the_face_a_little_above_its_middle() {
    let wide = View { width: 1.0, height: 0.316 };
    let framed = only(&seen(4.0, |_| vec![face(0.5, 0.1)]), wide);
    let crop = framed.path.at(second(1.0));
    assert!(crop.center_x == 0.5 && crop.center_y > 0.3 && crop.center_y < 0.36, "{crop:?}");
}
