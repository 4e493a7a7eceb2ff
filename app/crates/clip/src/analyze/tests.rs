use std::cell::{Cell, RefCell};

use super::*;
use crate::fakes::{Constants, Later, SECOND, TenSeconds, World, run};
use crate::note::SoundPlace;
use crate::tracks::{SoundChoice, Tracks};
use crate::transcript::tests::segment;
use media::facts::TrackId;
use media::time::Instant;

/// Says one sentence a window, the later windows sooner than the earlier ones.
#[derive(Default)]
struct Workers {
    worker_count: usize,
    now: Cell<usize>,
    most: Cell<usize>,
    asked: RefCell<Vec<(WindowSpan, Option<String>)>>,
    /// Failures to give before any answer.
    failures: RefCell<Vec<Failure>>,
}

impl Transcriber for Workers {
    fn worker_count(&self) -> usize {
        self.worker_count
    }

    async fn transcribe(&self, window: PcmWindow, speech: &SpeechOptions) -> Result<Heard, Failure> {
        assert!(window.has_speech && !window.samples.is_empty());
        self.asked.borrow_mut().push((window.span, speech.language.clone()));
        self.now.set(self.now.get() + 1);
        self.most.set(self.most.get().max(self.now.get()));
        let number = window.span.start_sample / (10 * SECOND);
        let seconds = window.span.samples() as f64 / SECOND as f64;
        Later(if number.is_multiple_of(2) { 300 } else { 3 }).await;
        self.now.set(self.now.get() - 1);
        if let Some(failure) = self.failures.borrow_mut().pop() {
            return Err(failure);
        }
        let text = format!(
            "Window {number} tells of bridge and river where old houses stand near water gates today."
        );
        let segments = vec![segment(&text, 0.5, seconds + 1.0)];
        Ok(Heard { language: "en".into(), segments })
    }
}

fn listen(
    world: &World,
    seconds: usize,
    silent: &[u64],
    pool: &Workers,
    resume: Resume,
) -> Result<(), Failure> {
    hear(world, &Constants::of(seconds, &[0.5]), silent, None, pool, resume)
}

fn hear(
    world: &World,
    file: &Constants,
    silent: &[u64],
    listening: Option<Listening>,
    pool: &Workers,
    resume: Resume,
) -> Result<(), Failure> {
    let duration = Some(Span::from_seconds(file.seconds as f64));
    let speech = SpeechOptions::default();
    let windows = || TenSeconds::new(silent);
    run(analyze(file, listening, duration, &windows, pool, &speech, resume, JobId(7), world.ports()))
}

fn two_workers() -> Workers {
    Workers { worker_count: 2, ..Workers::default() }
}

/// Windows as they were reported, with their number of words.
fn reported(world: &World) -> Vec<(u64, usize)> {
    let window = |event: &FromEngine| match event {
        FromEngine::Segments { job: JobId(7), window, segments, .. } => {
            for segment in segments {
                let (start, end) = (window.start(), window.end());
                assert!(segment.start >= start && segment.end <= end, "{segment:?} is not absolute");
            }
            Some((window.start_sample / (10 * SECOND), segments.iter().map(|one| one.words.len()).sum()))
        }
        _ => None,
    };
    world.events.borrow().iter().filter_map(window).collect()
}

#[test]
fn every_window_is_heard_once_and_the_end_comes_last() {
    let (world, pool) = (World::default(), two_workers());
    listen(&world, 95, &[3], &pool, Resume::default()).unwrap();
    let mut windows = reported(&world);
    assert_ne!(windows[0].0, 0, "lanes did not run side by side");
    windows.sort_unstable();
    let want: Vec<(u64, usize)> = (0..10).map(|number| (number, if number == 3 { 0 } else { 15 })).collect();
    assert_eq!(windows, want);
    assert_eq!(pool.most.get(), 2);
    let events = world.events.borrow();
    let Some(FromEngine::Analyzed { job: JobId(7), notes, seconds }) = events.last() else {
        panic!("{:?}", events.last());
    };
    assert!(notes.is_empty() && *seconds > 0.0, "{notes:?}");
    assert_eq!(world.count(|event| matches!(event, FromEngine::Waveform { .. })), 10);
}

#[test]
fn progress_rises_to_the_end() {
    let (world, pool) = (World::default(), two_workers());
    listen(&world, 60, &[], &pool, Resume::default()).unwrap();
    let mut progress = Vec::new();
    for event in world.events.borrow().iter() {
        if let FromEngine::Progress { stage: Stage::Transcribe, done, seconds_left, speed, .. } = event {
            progress.push((*done, *seconds_left, *speed));
        }
    }
    assert_eq!(progress.first(), Some(&(0.0, None, None)));
    assert!(progress.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{progress:?}");
    let (done, left, speed) = *progress.last().unwrap();
    assert_eq!((done, left), (1.0, Some(0.0)));
    assert!(speed.unwrap() > 0.0);
}

#[test]
fn finished_windows_are_not_heard_again() {
    let first = World::default();
    listen(&first, 60, &[], &two_workers(), Resume::default()).unwrap();
    let mut resume = Resume::default();
    for event in first.events.borrow().iter() {
        if let FromEngine::Segments { window, segments, .. } = event
            && window.start_sample < 40 * SECOND
        {
            resume.finished.push(*window);
            resume.known.extend(segments.clone());
        }
    }
    let (world, pool) = (World::default(), two_workers());
    listen(&world, 60, &[], &pool, resume).unwrap();
    assert_eq!(pool.asked.borrow().len(), 2);
    assert!(matches!(world.events.borrow().last(), Some(FromEngine::Analyzed { .. })));
    let mut windows = reported(&world);
    windows.sort_unstable();
    assert_eq!(windows, [(4, 15), (5, 15)], "only the others");
}

#[test]
fn the_language_is_settled_once_enough_was_heard() {
    let (world, pool) = (World::default(), Workers { worker_count: 1, ..Workers::default() });
    listen(&world, 100, &[], &pool, Resume::default()).unwrap();
    let languages: Vec<Option<String>> = pool.asked.borrow().iter().map(|asked| asked.1.clone()).collect();
    assert_eq!(languages[0], None);
    assert_eq!(languages[9].as_deref(), Some("en"));
}

#[test]
fn a_window_is_tried_twice() {
    let lost = || Failure::GpuStopped;
    let (world, pool) = (World::default(), two_workers());
    pool.failures.borrow_mut().push(lost());
    listen(&world, 40, &[], &pool, Resume::default()).unwrap();
    assert_eq!((reported(&world).len(), pool.asked.borrow().len()), (4, 5));

    let (world, pool) = (World::default(), Workers { worker_count: 1, ..Workers::default() });
    pool.failures.borrow_mut().extend([lost(), lost()]);
    let failure = listen(&world, 40, &[], &pool, Resume::default()).unwrap_err();
    assert_eq!(failure.class(), FailureClass::DeviceLost);
    assert_eq!(world.count(|event| matches!(event, FromEngine::Analyzed { .. })), 0);
}

#[test]
fn a_window_that_ends_its_worker_twice_is_left_out_and_named() {
    let crash = || Failure::WorkerStopped;
    let (world, pool) = (World::default(), Workers { worker_count: 1, ..Workers::default() });
    pool.failures.borrow_mut().extend([crash(), crash()]);
    listen(&world, 40, &[], &pool, Resume::default()).unwrap();
    assert_eq!(reported(&world).iter().map(|(window, _)| *window).collect::<Vec<_>>(), [1, 2, 3]);
    let events = world.events.borrow();
    let Some(FromEngine::Analyzed { notes, .. }) = events.last() else { panic!("{events:?}") };
    let left_out = SourceRange { start: Instant::ZERO, end: Instant::from_seconds(10.0) };
    assert_eq!(notes.first(), Some(&Note::Skipped(vec![left_out])));

    // Windows that all do so are not the windows' fault.
    let (world, pool) = (World::default(), two_workers());
    pool.failures.borrow_mut().extend((0..20).map(|_| crash()));
    assert_eq!(listen(&world, 95, &[], &pool, Resume::default()).unwrap_err().class(), FailureClass::Crash);
}

#[test]
fn no_speech_is_said_and_not_a_failure() {
    let (world, pool) = (World::default(), two_workers());
    listen(&world, 20, &[0, 1], &pool, Resume::default()).unwrap();
    assert!(pool.asked.borrow().is_empty());
    let events = world.events.borrow();
    let Some(FromEngine::Analyzed { notes, .. }) = events.last() else { panic!("{events:?}") };
    assert!(matches!(notes[..], [Note::Silent { has_words: false, .. }]), "{notes:?}");
}

#[test]
fn cancelling_stops_it_at_every_step() {
    let whole = World::default();
    listen(&whole, 40, &[1], &two_workers(), Resume::default()).unwrap();
    for after in 0..whole.asked.get() {
        let world = World::default();
        world.cancel_after.set(Some(after));
        let failure = listen(&world, 40, &[1], &two_workers(), Resume::default()).unwrap_err();
        assert!(failure.is_cancelled(), "after {after}");
        assert_eq!(world.count(|event| matches!(event, FromEngine::Analyzed { .. })), 0);
    }
    // A pool that says so itself is not asked again.
    let (world, pool) = (World::default(), Workers { worker_count: 1, ..Workers::default() });
    pool.failures.borrow_mut().push(Failure::cancelled());
    assert!(listen(&world, 40, &[], &pool, Resume::default()).unwrap_err().is_cancelled());
    assert_eq!(pool.asked.borrow().len(), 1);
}

#[test]
fn a_source_that_fails_ends_it_and_keeps_what_was_heard() {
    let (world, pool) = (World::default(), Workers { worker_count: 1, ..Workers::default() });
    let file = Constants::of(60, &[0.1]);
    file.failure.replace(Some(media::Error::IndexUnreadable.into()));
    let failure = hear(&world, &file, &[], None, &pool, Resume::default()).unwrap_err();
    assert_eq!(failure.class(), FailureClass::Truncated);
    assert!(!reported(&world).is_empty());
}

#[test]
fn a_translation_is_english_and_its_windows_are_heard_in_what_is_spoken() {
    let (world, pool) = (World::default(), two_workers());
    let speech = SpeechOptions { language: Some("de".into()), translate: true, names: "Anna".into() };
    let (file, windows, resume) = (Constants::of(30, &[0.5]), || TenSeconds::new(&[]), Resume::default());
    run(analyze(&file, None, None, &windows, &pool, &speech, resume, JobId(7), world.ports())).unwrap();
    assert!(pool.asked.borrow().iter().all(|(_, language)| language.as_deref() == Some("de")));
    let languages: Vec<String> = world
        .events
        .borrow()
        .iter()
        .filter_map(|event| match event {
            FromEngine::Segments { language, .. } => Some(language.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(languages, ["en", "en", "en"]);
}

/// What was said to be listened to and whether a note was, and the numbers of the tracks that were tried in vain.
fn listened(world: &World) -> (Vec<(u32, bool)>, Vec<Option<usize>>) {
    let mut choices = Vec::new();
    let mut in_vain = Vec::new();
    for event in world.events.borrow().iter() {
        match event {
            FromEngine::Listening { listening, notes, .. } => match listening.sound.tracks {
                Tracks::One(id) => choices.push((id.0, !notes.is_empty())),
                Tracks::All => panic!("nobody wanted all of them"),
            },
            FromEngine::Analyzed { notes, .. } => {
                let tried = notes.iter().flat_map(|note| match note {
                    Note::Silent { has_words: false, tried, .. } => tried.as_slice(),
                    _ => &[],
                });
                in_vain.extend(tried.map(|place| match place {
                    SoundPlace::Track { number, .. } => *number,
                    SoundPlace::AllTracks => None,
                }));
            }
            _ => {}
        }
    }
    (choices, in_vain)
}

#[test]
fn a_microphone_on_another_track_is_heard() {
    let (world, pool) = (World::default(), two_workers());
    hear(&world, &Constants::of(40, &[0.0, 0.5]), &[], None, &pool, Resume::default()).unwrap();
    assert_eq!(listened(&world).0, [(2, true)]);
    assert_eq!(reported(&world).len(), 4);
    // Both speak: the first.
    let (world, pool) = (World::default(), two_workers());
    hear(&world, &Constants::of(40, &[0.5, 0.5]), &[], None, &pool, Resume::default()).unwrap();
    assert_eq!(listened(&world).0, [(1, false)]);
}

#[test]
fn other_tracks_are_tried_before_there_is_no_speech() {
    // An earlier visit began with the first track and did not get to its end.
    let listening = |is_wanted| {
        let sound = SoundChoice::of(Tracks::One(TrackId(1)));
        Some(Listening { sound, is_wanted })
    };
    let file = Constants::of(40, &[0.0, 0.0, 0.5]);
    let (world, pool) = (World::default(), two_workers());
    hear(&world, &file, &[], listening(false), &pool, Resume::default()).unwrap();
    assert_eq!(listened(&world).0, [(3, true)]);
    // What a person wants is heard, and nothing else.
    let (world, pool) = (World::default(), two_workers());
    hear(&world, &file, &[], listening(true), &pool, Resume::default()).unwrap();
    assert_eq!(listened(&world), (vec![], vec![Some(1)]));
    // Nobody speaks anywhere.
    let (world, pool) = (World::default(), two_workers());
    hear(&world, &Constants::of(40, &[0.0, 0.0]), &[], None, &pool, Resume::default()).unwrap();
    assert_eq!(listened(&world), (vec![(1, false)], vec![Some(1), Some(2)]));
}
