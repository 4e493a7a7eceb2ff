use std::cell::Cell;

use super::*;
use crate::failure::FailureClass;
use crate::fakes::{Blocks, Later, TenSeconds, World, run};
use crate::speakers::utterance::Utterance;
use crate::transcript::tests::segment;

/// Two voices that take turns window by window, and sentences whose topic is their first letter.
#[derive(Default)]
struct Models {
    windows: Cell<usize>,
    now: Cell<usize>,
    most: Cell<usize>,
    fails: bool,
}

impl Understander for Models {
    fn worker_count(&self) -> usize {
        2
    }

    async fn voices(&self, samples: Vec<f32>) -> Result<HeardVoices, Failure> {
        let number = self.windows.replace(self.windows.get() + 1);
        self.now.set(self.now.get() + 1);
        self.most.set(self.most.get().max(self.now.get()));
        Later(if number.is_multiple_of(2) { 20 } else { 2 }).await;
        self.now.set(self.now.get() - 1);
        if self.fails {
            return Err(Failure::internal("no voice model"));
        }
        let pieces = samples.len() / 6_400;
        let piece = |at: usize| Utterance {
            start: Instant::from_seconds(at as f64 * 0.4),
            end: Instant::from_seconds((at + 1) as f64 * 0.4),
            // No two sound quite alike.
            embedding: (0..48)
                .map(|axis| {
                    let own = f32::from(u8::from(axis / 12 == number % 2));
                    own + 0.3 * ((at * 31 + axis * 17 + number * 7) % 23) as f32 / 23.0
                })
                .collect(),
            is_overlapped: false,
        };
        Ok(HeardVoices { pieces: (0..pieces).map(piece).collect(), ..HeardVoices::default() })
    }

    async fn embeddings(&self, texts: Vec<String>) -> Result<Vec<Vec<f32>>, Failure> {
        Later(if texts.len() == BATCH { 5 } else { 1 }).await;
        let vector = |text: &String| if text.starts_with('A') { vec![1.0, 0.0] } else { vec![0.0, 1.0] };
        Ok(texts.iter().map(vector).collect())
    }
}

fn talk() -> Recording {
    let mut transcript = Transcript::default();
    for at in 0..20 {
        let text = if at < 10 { "All the bees fly home." } else { "Bridges cross the river." };
        let start = f64::from(at) * 2.0;
        transcript.merge(vec![segment(text, start, start + 1.5)]);
    }
    Recording::new(transcript)
}

fn found(world: &World, models: &Models) -> Result<Insights, Failure> {
    let (mut audio, mut windows) = (Blocks::of(40, 0.5), TenSeconds::new(&[]));
    let duration = Some(Span::from_seconds(40.0));
    run(understand(&mut audio, duration, &mut windows, models, &talk(), JobId(3), world.ports()))
}

#[test]
fn voices_sound_and_topics_are_found_side_by_side() {
    let (world, models) = (World::default(), Models::default());
    let insights = found(&world, &models).unwrap();
    assert_eq!(models.most.get(), 2, "lanes did not run side by side");
    let speakers: Vec<usize> = insights.turns.iter().map(|turn| turn.speaker).collect();
    assert_eq!((speakers, insights.speakers.len()), (vec![0, 1, 0, 1], 2));
    assert_eq!(insights.sound.loudness_lufs.len(), 40);
    let gaps: Vec<_> = talk().gaps().collect();
    assert_eq!(gaps.len(), 21);
    let shifts: Vec<f32> = gaps.iter().filter_map(|gap| insights.topic_shifts.get(*gap)).collect();
    assert!(shifts[10] == 1.0 && shifts[5] < 0.2, "{shifts:?}");
    assert_eq!(shifts.len(), 21);
    let is_told: Vec<bool> = gaps.iter().map(|gap| insights.narrative.get(*gap).is_some()).collect();
    assert!(is_told[..20].iter().all(|told| *told) && !is_told[20], "of sentences, and of nothing else");
    let done: Vec<f32> = world.events.borrow().iter().filter_map(done_of).collect();
    assert!(done.is_sorted() && done.last() == Some(&1.0), "{done:?}");
}

fn done_of(event: &FromEngine) -> Option<f32> {
    match event {
        FromEngine::Progress { stage: Stage::Understand, done, .. } => Some(*done),
        _ => None,
    }
}

#[test]
fn it_stops_when_asked_and_says_what_failed() {
    let world = World::default();
    world.cancel_after.set(Some(3));
    assert_eq!(found(&world, &Models::default()).unwrap_err().class(), FailureClass::Cancelled);
    let models = Models { fails: true, ..Models::default() };
    assert_eq!(found(&World::default(), &models).unwrap_err().class(), FailureClass::Internal);
}

#[test]
fn laughter_between_words_counts_and_under_words_does_not() {
    let mut sound = SoundSignals { loudness_lufs: vec![-20.0; 4], reaction: vec![1.0; 4] };
    let mut transcript = Transcript::default();
    transcript.merge(vec![segment("Said at once.", 0.0, 1.0), segment("So.", 2.0, 2.3)]);
    quiet_where_words_are(&mut sound, &transcript);
    assert_eq!((sound.reaction[0], sound.reaction[1], sound.reaction[3]), (0.0, 1.0, 1.0));
    assert!((0.3..0.7).contains(&sound.reaction[2]), "{:?}", sound.reaction);
}
