use std::cell::Cell;

use super::*;
use crate::failure::FailureClass;
use crate::fakes::{Later, World, run};
use crate::sentence::BySentence;
use crate::speakers::utterance::HeardVoices;
use crate::transcript::WordId;

/// A text means its first letter. What has a question among it takes longer, so that later texts are read sooner.
#[derive(Default)]
struct Reader {
    read: RefCell<Vec<String>>,
    now: Cell<usize>,
    most: Cell<usize>,
    fails: Cell<bool>,
}

impl Understander for Reader {
    fn worker_count(&self) -> usize {
        2
    }

    async fn voices(&self, _samples: Vec<f32>) -> Result<HeardVoices, Failure> {
        panic!("nobody is listened to");
    }

    async fn embeddings(&self, texts: Vec<String>) -> Result<Vec<Vec<f32>>, Failure> {
        self.now.set(self.now.get() + 1);
        self.most.set(self.most.get().max(self.now.get()));
        Later(if texts[0].ends_with('?') { 9 } else { 1 }).await;
        self.now.set(self.now.get() - 1);
        if self.fails.get() {
            return Err(Failure::internal("no model of sentences"));
        }
        self.read.borrow_mut().extend(texts.iter().cloned());
        let vector = |text: &String| if text.starts_with('B') { vec![1.0, 0.0] } else { vec![0.0, 1.0] };
        Ok(texts.iter().map(vector).collect())
    }
}

fn id(number: u32) -> SentenceId {
    SentenceId(WordId(number * 2))
}

/// Twenty sentences of two words, every fourth about bridges.
fn talk() -> Vec<(SentenceId, String)> {
    let about = |number: u32| if number.is_multiple_of(4) { "Bridge" } else { "River" };
    (0..20).map(|number| (id(number), format!("{} {number}.", about(number)))).collect()
}

fn found(world: &World, reader: &Reader, known: &Embeddings, text: &str) -> Result<BySentence, Failure> {
    run(search(text, &talk(), known, reader, JobId(5), world.ports()))?;
    match world.events.borrow().last() {
        Some(FromEngine::Found { job: JobId(5), likeness }) => Ok(likeness.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_sentence_has_its_answer_in_its_place() {
    let (world, reader) = (World::default(), Reader::default());
    let likeness = found(&world, &reader, &Embeddings::default(), "Bridges?").unwrap();
    assert_eq!(reader.most.get(), 2, "batches were not read side by side");
    assert_ne!(reader.read.borrow()[0], "Bridges?", "the batches came in order");
    let want = (0..20).map(|number| (id(number), f32::from(u8::from(number % 4 == 0)))).collect();
    assert_eq!(likeness, want);
    assert_eq!(world.count(|event| matches!(event, FromEngine::Found { .. })), 1);
    let done: Vec<f32> = world.events.borrow().iter().filter_map(done_of).collect();
    assert!(done.is_sorted() && done.last() == Some(&1.0), "{done:?}");
}

fn done_of(event: &FromEngine) -> Option<f32> {
    match event {
        FromEngine::Progress { stage: Stage::Search, done, .. } => Some(*done),
        _ => None,
    }
}

#[test]
fn what_was_read_is_not_read_again_and_nothing_twice() {
    let (known, reader) = (Embeddings::default(), Reader::default());
    found(&World::default(), &reader, &known, "Bridges?").unwrap();
    assert_eq!(reader.read.take().len(), 21);
    found(&World::default(), &reader, &known, "Rivers?").unwrap();
    assert_eq!(reader.read.take(), ["Rivers?"]);
    // A sentence of the talk is asked for.
    assert_eq!(found(&World::default(), &reader, &known, "Bridge 4.").unwrap().get(id(4)), Some(1.0));
    assert!(reader.read.take().is_empty());
    let repeated = [0, 1].map(|number| (id(number), "Again.".to_owned()));
    run(search("Again.", &repeated, &known, &reader, JobId(6), World::default().ports())).unwrap();
    assert_eq!(reader.read.take(), ["Again."]);
}

#[test]
fn it_stops_when_asked_and_keeps_no_half_answer() {
    let whole = World::default();
    found(&whole, &Reader::default(), &Embeddings::default(), "Bridges?").unwrap();
    assert!(whole.asked.get() > 1);
    for after in 0..whole.asked.get() {
        let (world, known) = (World::default(), Embeddings::default());
        world.cancel_after.set(Some(after));
        let failure = found(&world, &Reader::default(), &known, "Bridges?").unwrap_err();
        assert!(failure.is_cancelled() && known.borrow().is_empty(), "after {after}");
        assert_eq!(world.count(|event| matches!(event, FromEngine::Found { .. })), 0);
    }
}

#[test]
fn a_model_that_fails_ends_it_and_may_be_asked_again() {
    let (world, reader, known) = (World::default(), Reader::default(), Embeddings::default());
    reader.fails.set(true);
    assert_eq!(found(&world, &reader, &known, "Bridges?").unwrap_err().class(), FailureClass::Internal);
    assert_eq!(world.count(|event| matches!(event, FromEngine::Found { .. })), 0);
    reader.fails.set(false);
    assert_eq!(found(&world, &reader, &known, "Bridges?").unwrap().get(id(0)), Some(1.0));
}
