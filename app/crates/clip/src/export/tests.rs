use std::cell::RefCell;

use media::time::{FrameRate, Instant};

use super::*;
use crate::captions::CaptionSource;
use crate::edit::{ClipId, Shape};
use crate::failure::FailureClass;
use crate::fakes::{Blocks, Later, World, run};
use crate::frame::FrameRecipe;
use crate::timeline::{SourceRange, Timeline};
use crate::transcript::tests::segment;

/// Shows the instant it was asked for.
struct Pictures {
    shown: Option<Instant>,
    last: Instant,
    fails_at: Option<Instant>,
    goes_back: bool,
}

impl Pictures {
    fn new() -> Self {
        Self { shown: None, last: Instant::MIN, fails_at: None, goes_back: false }
    }
}

impl VideoSource for Pictures {
    type Frame = Instant;

    async fn frame_at(&mut self, at: Instant) -> Result<Option<&Instant>, Failure> {
        assert!(at >= self.last || self.goes_back, "the instants go back");
        self.last = at;
        Later(1).await;
        if self.fails_at.is_some_and(|limit| at >= limit) {
            return Err(media::Error::IndexUnreadable.into());
        }
        self.shown = Some(at);
        Ok(self.shown.as_ref())
    }
}

/// A painted picture is the instant it shows and the word that is marked.
struct Words;

impl Painter<Instant> for Words {
    type Painted = (Instant, String);

    async fn paint(
        &mut self,
        frame: Option<&Instant>,
        recipe: &FrameRecipe,
    ) -> Result<Self::Painted, Failure> {
        assert_eq!(frame, Some(&recipe.at));
        let words = recipe.caption.iter().flat_map(|caption| caption.lines.iter().flatten());
        Ok((recipe.at, words.filter(|word| word.spoken).map(|word| word.text.as_str()).collect()))
    }
}

#[derive(Debug, Default, PartialEq)]
struct Log {
    pictures: Vec<(Instant, String)>,
    samples: Vec<f32>,
    /// 'v' for a picture, 'a' for a piece of sound.
    order: String,
    abandoned: bool,
}

struct Sink<'a>(&'a RefCell<Log>);

impl ClipSink<(Instant, String)> for Sink<'_> {
    type Output = usize;

    async fn write_frame(&mut self, picture: (Instant, String), index: FrameIndex) -> Result<(), Failure> {
        let mut log = self.0.borrow_mut();
        assert_eq!(index.0, log.pictures.len() as u64);
        log.pictures.push(picture);
        log.order.push('v');
        Ok(())
    }

    async fn write_audio(&mut self, samples: &[f32]) -> Result<(), Failure> {
        let mut log = self.0.borrow_mut();
        log.samples.extend_from_slice(samples);
        log.order.push('a');
        Ok(())
    }

    async fn finish(self) -> Result<usize, Failure> {
        Ok(self.0.borrow().pictures.len())
    }

    async fn abandon(self) {
        self.0.borrow_mut().abandoned = true;
    }
}

fn clip(start_s: f64, end_s: f64) -> ExportClip {
    ExportClip {
        clip: crate::edit::tests::clip(3, start_s, end_s),
        words: CaptionSource::of_one(vec![segment(
            "zero one two three four five six seven eight nine",
            0.0,
            10.0,
        )]),
        name: "clip.mp4".into(),
    }
}

fn write_clip(
    world: &World,
    clip: &ExportClip,
    rate: (u32, u32),
    video: &mut Pictures,
    sound: Option<&Blocks>,
) -> (Result<usize, Failure>, Log) {
    let task = ExportTask {
        job: JobId(7),
        clip,
        source: None,
        output: OutputSpec {
            frame_rate: FrameRate::new(rate.0, rate.1).unwrap(),
            ..OutputSpec::for_source(None, Shape::Upright)
        },
    };
    let log = RefCell::default();
    let mut progress = ExportProgress::new(std::slice::from_ref(clip), 0.0);
    let open = sound.map(|blocks| move |_: Instant| Ok(blocks.clone()));
    let open = open.as_ref().map(|open| open as &dyn Fn(Instant) -> Result<Blocks, Failure>);
    let written = run(export_clip(&task, video, open, &mut Words, Sink(&log), world.ports(), &mut progress));
    (written, log.into_inner())
}

#[test]
fn pictures_and_samples_fill_the_clip_exactly() {
    let check = |start_s: f64, end_s: f64, rate: (u32, u32), pictures: usize| {
        let (world, clip) = (World::default(), clip(start_s, end_s));
        let sound = Blocks::of(12, 0.25);
        let (written, log) = write_clip(&world, &clip, rate, &mut Pictures::new(), Some(&sound));
        assert_eq!((written, log.pictures.len()), (Ok(pictures), pictures));
        let frames = ((end_s - start_s) * 48_000.0).round() as usize;
        assert_eq!(log.samples.len(), frames * 2);
        assert!(log.pictures.iter().all(|(at, _)| *at >= clip.clip.start() && *at < clip.clip.end()));
        // The first and the last quarter second are not the only ones with sound.
        assert!((log.samples[frames] - 0.25).abs() < 1e-3 && !log.abandoned);
        log
    };
    let log = check(2.0, 4.0, (30, 1), 60);
    let step = log.pictures[31].0 - log.pictures[30].0;
    assert_eq!(log.pictures[30].0, Instant::from_seconds(3.0));
    assert_eq!(step.micros(), 33_333);
    assert_eq!(log.order, format!("{}a", "v".repeat(15)).repeat(4));
    // The word that is said in each second is the marked one.
    assert_eq!((log.pictures[0].1.as_str(), log.pictures[45].1.as_str()), ("two", "three"));
    check(0.25, 1.0, (30_000, 1001), 22);
    check(1.0, 1.013, (30, 1), 1);
    check(1.111_111, 7.777_777, (24, 1), 160);
}

#[test]
fn a_clip_without_sound_has_none() {
    let (world, clip) = (World::default(), clip(0.0, 1.0));
    let (written, log) = write_clip(&world, &clip, (25, 1), &mut Pictures::new(), None);
    assert_eq!((written, log.order), (Ok(25), "v".repeat(25)));
}

/// Words of one sentence: the second and the fifth second left out, and what comes before said at the end.
#[test]
fn ranges_are_played_in_their_order_and_join_without_a_gap() {
    let mut cut = clip(2.0, 4.0);
    let range = |start_s: f64, end_s: f64| SourceRange {
        start: Instant::from_seconds(start_s),
        end: Instant::from_seconds(end_s),
    };
    // Of no whole number of samples.
    let ranges = [range(2.0, 4.000_007), range(6.000_013, 7.0), range(0.0, 1.0)];
    cut.clip.timeline = Timeline::new(ranges).unwrap();
    let mut video = Pictures { goes_back: true, ..Pictures::new() };
    let (written, log) =
        write_clip(&World::default(), &cut, (10, 1), &mut video, Some(&Blocks::of(12, 0.25)));
    assert_eq!(written, Ok(40));
    let shown = |frame: usize| (log.pictures[frame].0.seconds(), log.pictures[frame].1.as_str());
    assert_eq!([shown(0), shown(15)], [(2.0, "two"), (3.5, "three")]);
    assert_eq!([shown(25).1, shown(35).1], ["six", "zero"]);
    assert!((shown(25).0 - 6.5).abs() < 1e-4 && (shown(35).0 - 0.5).abs() < 1e-4);
    let all = (cut.clip.length().seconds() * 48_000.0).round() as usize;
    assert_eq!(log.samples.len(), 2 * all);
    // Full within a range, silent where two meet, and never a step.
    let left: Vec<f32> = log.samples.iter().step_by(2).copied().collect();
    assert!((left[48_000] - 0.25).abs() < 1e-3 && left[96_000].abs() < 0.01);
    assert!(left.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.01));
    assert!(log.pictures.iter().all(|(at, _)| cut.clip.timeline.time_of(*at).is_some()));
}

#[test]
fn progress_counts_over_all_clips() {
    let world = World::default();
    let clips = [clip(0.0, 1.0), clip(2.0, 5.0)];
    let mut progress = ExportProgress::new(&clips, 0.0);
    for clip in &clips {
        let task = ExportTask {
            job: JobId(7),
            clip,
            source: None,
            output: OutputSpec {
                frame_rate: FrameRate::nearest(10.0),
                ..OutputSpec::for_source(None, Shape::Upright)
            },
        };
        let log = RefCell::default();
        let (mut video, sound) = (Pictures::new(), |_: Instant| Ok(Blocks::of(6, 0.1)));
        let (sink, ports) = (Sink(&log), world.ports());
        run(export_clip(&task, &mut video, Some(&sound), &mut Words, sink, ports, &mut progress)).unwrap();
    }
    let mut seen = Vec::new();
    for event in world.events.borrow().iter() {
        if let FromEngine::Progress {
            job: JobId(7),
            stage: Stage::Export,
            clip: Some(ClipId(3)),
            done,
            seconds_left,
            ..
        } = event
        {
            seen.push((*done, seconds_left.unwrap()));
        }
    }
    assert_eq!(seen.iter().map(|one| one.0).collect::<Vec<_>>()[..4], [0.5, 1.0, 1.0 / 6.0, 1.0 / 3.0]);
    assert_eq!(seen.last(), Some(&(1.0, 0.0)));
    assert!(seen[1].1 > 0.0, "three seconds are left after the first clip");
}

#[test]
fn whatever_goes_wrong_leaves_nothing_behind() {
    let whole = World::default();
    let clip_of_two = clip(2.0, 4.0);
    write_clip(&whole, &clip_of_two, (10, 1), &mut Pictures::new(), None).0.unwrap();
    for after in 0..whole.asked.get() {
        let world = World::default();
        world.cancel_after.set(Some(after));
        let (written, log) = write_clip(&world, &clip_of_two, (10, 1), &mut Pictures::new(), None);
        assert!(written.unwrap_err().is_cancelled() && log.abandoned, "after {after}");
    }
    let mut broken = Pictures { fails_at: Some(Instant::from_seconds(3.0)), ..Pictures::new() };
    let (written, log) = write_clip(&World::default(), &clip_of_two, (10, 1), &mut broken, None);
    assert_eq!(written.unwrap_err().class(), FailureClass::Truncated);
    assert!(log.abandoned && log.pictures.len() == 10);
}
