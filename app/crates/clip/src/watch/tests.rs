use super::*;
use crate::fakes::{Later, World, run};
use crate::scene::Area;
use crate::sight::Face;
use crate::thumbnail::tests::gray;
use crate::thumbnail::{Gray, Thumbnail};
use std::cell::RefCell;
use std::future::Future;

/// A film of rooms, each a tone of its own, with one light spot in it.
struct Film {
    /// When each room begins, and how it looks at a time.
    tone: fn(f64, f64, f64) -> u8,
    end_s: f64,
}

impl Thumbnails for Film {
    async fn gray(&mut self, at: Instant) -> Result<Option<Gray>, Failure> {
        Ok(self.thumbnail(at).await?.map(|picture| picture.gray()))
    }

    async fn thumbnail(&mut self, at: Instant) -> Result<Option<Thumbnail>, Failure> {
        // 25 pictures a second, the last of which stays.
        let shown_s = (at.seconds().min(self.end_s) * 25.0 + 1e-6).floor() / 25.0;
        Ok(Some(gray(shown_s, |x, y| (self.tone)(shown_s, x, y))))
    }
}

/// Finds one face in each picture, after others have had a turn, and keeps count.
#[derive(Default)]
struct Finder {
    asked: RefCell<Vec<f64>>,
    fails_at: Option<usize>,
}

impl FaceFinder for Finder {
    fn faces(&self, picture: Thumbnail) -> impl Future<Output = Result<Vec<Face>, Failure>> {
        self.asked.borrow_mut().push(picture.from.seconds());
        let fails = self.fails_at.is_some_and(|at| self.asked.borrow().len() > at);
        async move {
            Later(1).await;
            if fails {
                return Err(Failure::internal("no faces any more"));
            }
            let left = picture.from.seconds() as f32 / 100.0;
            Ok(vec![Face { area: Area { left, ..Area::WHOLE }, score: 1.0 }])
        }
    }
}

fn range(start_s: f64, end_s: f64) -> SourceRange {
    SourceRange { start: Instant::from_seconds(start_s), end: Instant::from_seconds(end_s) }
}

fn rooms(at: f64, x: f64, y: f64) -> u8 {
    let across = if at < 4.0 { 9.0 } else { 23.0 };
    (128.0 + 100.0 * (x * across + at * 0.4).sin() * (y * across * 0.7).cos()) as u8
}

fn watched(film: &mut Film, finder: &Finder, world: &World, range: SourceRange) -> Result<Sight, Failure> {
    run(watch(range, film, finder, JobId(1), world.ports()))
}

#[test]
fn shots_and_faces_of_a_range_are_found() {
    let (world, finder) = (World::default(), Finder::default());
    let sight =
        watched(&mut Film { tone: rooms, end_s: 10.0 }, &finder, &world, range(2.0, 7.0)).expect("seen");
    let shots: Vec<_> = sight.shots.iter().map(|shot| (shot.start.seconds(), shot.end.seconds())).collect();
    assert_eq!(shots, [(2.0, 4.0), (4.0, 7.0)]);
    let at: Vec<_> = sight.faces.iter().map(|seen| (seen.at.seconds() * 10.0).round() as i32).collect();
    assert_eq!(at, (20..70).step_by(2).collect::<Vec<_>>());
    // Each has the faces of its own picture, and of no other.
    assert!(
        sight
            .faces
            .iter()
            .all(|seen| (seen.faces[0].area.left - seen.at.seconds() as f32 / 100.0).abs() < 1e-3)
    );
    assert_eq!(sight.missing(range(2.0, 7.0)), None);
    let told = world.count(|event| matches!(event, FromEngine::Progress { stage: Stage::Watch, .. }));
    assert!(told > 50, "{told} times");
}

#[test]
fn a_still_picture_is_asked_about_once() {
    let (world, finder) = (World::default(), Finder::default());
    let mut film = Film { tone: |_, x, _| (x * 200.0) as u8, end_s: 10.0 };
    let sight = watched(&mut film, &finder, &world, range(1.0, 6.0)).expect("seen");
    assert_eq!(finder.asked.borrow().len(), 1);
    assert_eq!((sight.faces.len(), sight.shots.len()), (25, 1));
    assert!(sight.faces.iter().all(|seen| seen.faces == sight.faces[0].faces));
}

#[test]
fn a_film_without_pictures_has_one_shot_and_no_face() {
    struct Sound;
    impl Thumbnails for Sound {
        async fn gray(&mut self, _: Instant) -> Result<Option<Gray>, Failure> {
            Ok(None)
        }

        async fn thumbnail(&mut self, _: Instant) -> Result<Option<Thumbnail>, Failure> {
            Ok(None)
        }
    }
    let (world, finder) = (World::default(), Finder::default());
    let sight = run(watch(range(0.0, 3.0), &mut Sound, &finder, JobId(1), world.ports())).expect("seen");
    assert_eq!((sight.shots.len(), sight.faces.len()), (1, 0));
}

#[test]
fn what_fails_and_what_is_cancelled_ends_it() {
    let (world, finder) = (World::default(), Finder { fails_at: Some(3), ..Finder::default() });
    let film = || Film { tone: rooms, end_s: 10.0 };
    assert!(watched(&mut film(), &finder, &world, range(0.0, 5.0)).is_err());
    let world = World::default();
    world.cancel_after.set(Some(40));
    let outcome = watched(&mut film(), &Finder::default(), &world, range(0.0, 5.0));
    assert!(outcome.is_err_and(|failure| failure.is_cancelled()));
}
