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

/// The path of its one region.
fn path(framed: &FramedShot) -> &CropPath {
    let [region] = framed.regions.as_slice() else { panic!("one region: {framed:?}") };
    &region.crop
}

/// How far the face's middle gets from the crop's, in halves of the crop.
fn farthest(sight: &Sight, framed: &FramedShot, view: View) -> f32 {
    let off = sight.faces.iter().flat_map(|seen| {
        let crop = path(framed).at(seen.at).center_x;
        seen.faces.iter().map(move |face| (face.center()[0] - crop).abs() / (view.width / 2.0))
    });
    off.fold(0.0, f32::max)
}

/// The greatest speed, in crops a second, and the greatest change of it within a fifth of a second.
fn hurry(framed: &FramedShot, seconds: f64, view: View) -> (f32, f32) {
    let at: Vec<f32> = (0..(seconds * 5.0) as u32)
        .map(|step| path(framed).at(second(f64::from(step) * 0.2)).center_x / view.width)
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
    let places: Vec<f32> = [0.0, 3.0, 9.9].map(|at| path(&framed).at(second(at)).center_x).into();
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
    let text = serde_json::to_value(path(framed)).expect("JSON");
    text["keyframes"].as_array().expect("keyframes").len()
}

#[test]
fn a_jump_within_a_shot_is_caught_up_with() {
    let sight = seen(10.0, |at| vec![face(if at < 5.0 { 0.25 } else { 0.7 }, 0.08)]);
    let framed = only(&sight, UPRIGHT);
    let outside = sight.faces.iter().filter(|seen| {
        let crop = path(&framed).at(seen.at).center_x;
        (seen.faces[0].center()[0] - crop).abs() > UPRIGHT.width / 2.0
    });
    assert_eq!(outside.count(), 0);
}

#[test]
fn two_who_fit_are_shown_together_and_two_who_do_not_one_below_the_other() {
    let near = only(&seen(5.0, |_| vec![face(0.4, 0.06), face(0.55, 0.06)]), UPRIGHT);
    assert_eq!((near.aim, (path(&near).at(second(1.0)).center_x - 0.475).abs() < 0.01), (Aim::Faces, true));
    // Each below the other, never the gap between them.
    let apart = only(&seen(5.0, |_| vec![face(0.8, 0.1), face(0.2, 0.08)]), UPRIGHT);
    assert_eq!(apart.aim, Aim::Split);
    let places: Vec<Area> = apart.regions.iter().map(|region| region.place).collect();
    let half = |top| Area { top, height: 0.5, ..Area::WHOLE };
    assert_eq!(places, [half(0.0), half(0.5)]);
    let crops: Vec<Crop> = apart.regions.iter().map(|region| region.crop.at(second(1.0))).collect();
    let view = UPRIGHT.of_place(&half(0.0));
    assert!((view.width - 0.632).abs() < 1e-3 && view.height == 1.0, "{view:?}");
    for (crop, x) in crops.iter().zip([0.2f32, 0.8]) {
        // As near as the picture's edge lets it.
        let half_width = view.width * crop.size / 2.0;
        let nearest = x.clamp(half_width, 1.0 - half_width);
        assert!((crop.center_x - nearest).abs() < 0.02 && crop.size < 0.8, "{crop:?} for {x}");
    }
    // A glimpse of two is one.
    let short = only(&seen(1.0, |_| vec![face(0.2, 0.08), face(0.8, 0.1)]), UPRIGHT);
    assert_eq!((short.aim, (path(&short).at(second(0.5)).center_x - 0.8).abs() < 0.05), (Aim::Face, true));
}

#[test]
fn three_are_in_a_column_and_four_in_two_rows() {
    let row = |count: u32| {
        move |_| (0..count).map(|at| face(0.1 + 0.8 / (count - 1) as f32 * at as f32, 0.06)).collect()
    };
    let places = |count| {
        let framed = only(&seen(5.0, row(count)), UPRIGHT);
        framed.regions.iter().map(|region| region.place).collect::<Vec<_>>()
    };
    let third = |top: f32| Area { top, height: 1.0 / 3.0, ..Area::WHOLE };
    let three = places(3);
    assert!(
        three.iter().zip([0.0, 1.0 / 3.0, 2.0 / 3.0]).all(|(place, top)| (place.top - top).abs() < 1e-6),
        "{three:?}"
    );
    assert_eq!((three.len(), three[0]), (3, third(0.0)));
    let quarter = |left, top| Area { left, top, width: 0.5, height: 0.5 };
    assert_eq!(places(4), [quarter(0.0, 0.0), quarter(0.5, 0.0), quarter(0.0, 0.5), quarter(0.5, 0.5)]);
    // More than that have no place each.
    assert_eq!(places(6).len(), 1);
}

#[test]
fn one_who_comes_when_another_has_gone_is_looked_at() {
    let sight = seen(10.0, |at| vec![if at < 4.0 { face(0.25, 0.1) } else { face(0.75, 0.1) }]);
    let framed = only(&sight, UPRIGHT);
    let at = |at_s| path(&framed).at(second(at_s)).center_x;
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
    assert_eq!((still.aim, path(&still).at(second(1.0))), (Aim::Middle, Crop::LARGEST));
    sight.shots[0].motion_x = Some(0.7);
    let moving = only(&sight, UPRIGHT);
    assert_eq!((moving.aim, path(&moving).at(second(1.0)).center_x), (Aim::Motion, 0.7));
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
    let crop = path(&framed).at(second(1.0));
    assert!(crop.center_x == 0.5 && crop.center_y > 0.3 && crop.center_y < 0.36, "{crop:?}");
}

#[test]
fn a_picture_that_is_shown_whole_is_not_split() {
    let whole = View { width: 1.0, height: 1.0 };
    let framed = only(&seen(5.0, |_| vec![face(0.04, 0.08), face(0.96, 0.08)]), whole);
    assert_eq!((framed.aim, path(&framed).at(second(1.0))), (Aim::Faces, Crop::LARGEST));
}
