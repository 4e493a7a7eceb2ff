use std::cell::Cell;

use serde_json::Value;

use super::*;
use crate::edit::ClipId;
use crate::fakes::{Later, World, run};
use crate::writing::{Author, Prompt, Written};

/// Answers with what the speaker said; fails or is stopped where it is asked for the so-manieth time.
#[derive(Default)]
struct Model {
    asked: Cell<usize>,
    fails: Option<(usize, Failure)>,
}

impl Model {
    async fn ask(&self) -> Result<(), Failure> {
        Later(2).await;
        let number = self.asked.replace(self.asked.get() + 1);
        match &self.fails {
            Some((at, failure)) if *at == number => Err(failure.clone()),
            _ => Ok(()),
        }
    }
}

impl Writer for Model {
    async fn answer(&self, _prompt: &Prompt, _most_tokens: usize) -> Result<String, Failure> {
        self.ask().await.map(|()| "The river carried the old bridge away".to_owned())
    }

    async fn weigh(&self, _prompt: &Prompt, choices: &[String]) -> Result<Vec<f32>, Failure> {
        self.ask().await.map(|()| vec![0.0; choices.len()])
    }

    async fn fill(&self, _prompt: &Prompt, _schema: &Value, _most: usize) -> Result<Option<Value>, Failure> {
        self.ask().await.map(|()| None)
    }
}

fn clips() -> Vec<SpokenClip> {
    let sentences = [
        "One night the river carried the old bridge away.",
        "Nobody in the village had seen such water before.",
        "So they built a stone bridge over the quiet river.",
    ];
    let clip = |number| SpokenClip {
        clip: ClipId(number),
        sentences: sentences.map(str::to_owned).into(),
        title: "The river".into(),
    };
    [7, 3, 5].map(clip).into()
}

fn run_through(world: &World, model: &Model) -> Result<(), Failure> {
    run(write(&clips(), model, JobId(9), world.ports()))
}

/// What was written about which clip, in the order in which it came.
fn written(world: &World) -> Vec<(ClipId, Written)> {
    let of = |event: &FromEngine| match event {
        FromEngine::Written { job: JobId(9), clip, written } => Some((*clip, written.clone())),
        _ => None,
    };
    world.events.borrow().iter().filter_map(of).collect()
}

#[test]
fn clips_are_answered_in_the_order_in_which_they_were_asked_for() {
    let world = World::default();
    run_through(&world, &Model::default()).unwrap();
    let told: Vec<(u64, bool)> = world
        .events
        .borrow()
        .iter()
        .map(|event| match event {
            FromEngine::Written { clip, .. } => (u64::from(clip.0), true),
            FromEngine::Progress { stage: Stage::Write, clip: Some(clip), .. } => (u64::from(clip.0), false),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told, [(7, true), (7, false), (3, true), (3, false), (5, true), (5, false)]);
    assert!(written(&world).iter().all(|(_, written)| written.by.title == Author::Model));
    let done = |event: &FromEngine| match event {
        FromEngine::Progress { done, seconds_left, .. } => Some((*done, seconds_left.unwrap())),
        _ => None,
    };
    let progress: Vec<(f32, f32)> = world.events.borrow().iter().filter_map(done).collect();
    assert!(progress[0].0 < progress[1].0 && progress[0].1 > 0.0, "{progress:?}");
    assert_eq!(progress[2], (1.0, 0.0));
}

#[test]
fn it_stops_between_two_clips_and_in_the_middle_of_one() {
    for after in 0..3 {
        let world = World::default();
        world.cancel_after.set(Some(after));
        assert!(run_through(&world, &Model::default()).unwrap_err().is_cancelled());
        assert_eq!(written(&world).len(), after, "what was written stays");
    }
    // The second clip's first answer does not come any more.
    let whole = Model::default();
    run_through(&World::default(), &whole).unwrap();
    let (world, each) = (World::default(), whole.asked.get() / 3);
    let model = Model { fails: Some((each, Failure::cancelled())), ..Model::default() };
    assert!(run_through(&world, &model).unwrap_err().is_cancelled());
    assert_eq!((written(&world).len(), model.asked.get()), (1, each + 1));
}

#[test]
fn a_model_that_fails_costs_one_clip_its_texts() {
    let world = World::default();
    run_through(&world, &Model { fails: Some((0, Failure::WorkerStopped)), ..Model::default() }).unwrap();
    let written = written(&world);
    assert_eq!(written.len(), 3);
    let (first, second) = (&written[0].1, &written[1].1);
    assert_eq!(first.trouble, Some(Failure::WorkerStopped));
    assert_eq!((first.by.title, second.by.title), (Author::Rules, Author::Model));
    assert_eq!(second.trouble, None);
}

#[test]
fn nothing_to_write_is_no_failure() {
    let world = World::default();
    run(write(&[], &Model::default(), JobId(9), world.ports())).unwrap();
    assert!(world.events.borrow().is_empty());
}
