//! The world of the loops in tests: recorded events, a clock that ticks when it is read, cancellation after so many
//! questions, sound from a list, and futures that are ready only when they are asked again.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use media::facts::TrackId;
use media::time::Instant;

use crate::analyze::Ports;
use crate::failure::Failure;
use crate::port::{AudioSource, Cancellation, Clock, Events, PcmBlock, PcmWindow, SoundFile, Windows};
use crate::protocol::FromEngine;
use crate::tracks::{SoundTrack, Tracks};
use crate::transcript::WindowSpan;

/// Runs a future that only waits for others here.
#[expect(clippy::disallowed_methods, reason = "natively there is no event loop to block")]
pub fn run<F: Future>(future: F) -> F::Output {
    futures::executor::block_on(future)
}

#[derive(Default)]
pub struct World {
    pub events: RefCell<Vec<FromEngine>>,
    now_s: Cell<f64>,
    /// Cancelled once it was asked so often.
    pub cancel_after: Cell<Option<usize>>,
    pub asked: Cell<usize>,
}

impl World {
    pub fn ports(&self) -> Ports<'_> {
        Ports { events: self, clock: self, cancel: self }
    }

    pub fn count(&self, of: impl Fn(&FromEngine) -> bool) -> usize {
        self.events.borrow().iter().filter(|event| of(event)).count()
    }
}

impl Events for World {
    fn emit(&self, event: FromEngine) {
        self.events.borrow_mut().push(event);
    }
}

impl Clock for World {
    fn now_s(&self) -> f64 {
        self.now_s.set(self.now_s.get() + 0.5);
        self.now_s.get()
    }
}

impl Cancellation for World {
    fn is_cancelled(&self) -> bool {
        self.asked.set(self.asked.get() + 1);
        self.cancel_after.get().is_some_and(|after| self.asked.get() > after)
    }
}

/// Blocks of a list, then the end, or a failure in its place.
#[derive(Clone)]
pub struct Blocks {
    pub blocks: std::vec::IntoIter<PcmBlock>,
    pub failure: Option<Failure>,
}

impl Blocks {
    /// `seconds` of a constant in blocks of a quarter second at 16 kHz mono.
    pub fn of(seconds: usize, value: f32) -> Self {
        let block = |i: usize| PcmBlock {
            start: Instant::from_seconds(i as f64 * 0.25),
            sample_rate: 16_000,
            channels: 1,
            samples: vec![value; 4000],
        };
        let blocks: Vec<PcmBlock> = (0..seconds * 4).map(block).collect();
        Self { blocks: blocks.into_iter(), failure: None }
    }
}

impl AudioSource for Blocks {
    async fn next_block(&mut self) -> Result<Option<PcmBlock>, Failure> {
        match self.blocks.next() {
            Some(block) => Ok(Some(block)),
            None => self.failure.take().map_or(Ok(None), Err),
        }
    }
}

/// A file whose tracks, numbered from 1, hold a constant each, for so many seconds.
pub struct Constants {
    tracks: Vec<SoundTrack>,
    values: Vec<f32>,
    pub seconds: usize,
    pub failure: RefCell<Option<Failure>>,
}

impl Constants {
    pub fn of(seconds: usize, values: &[f32]) -> Self {
        let track = |number: usize| SoundTrack {
            id: TrackId(number as u32 + 1),
            codec: "AAC".into(),
            channels: 1,
            language: None,
            can_decode: true,
        };
        let tracks = (0..values.len()).map(track).collect();
        Self { tracks, values: values.to_vec(), seconds, failure: RefCell::new(None) }
    }
}

impl SoundFile for Constants {
    type Sound = Blocks;

    fn tracks(&self) -> &[SoundTrack] {
        &self.tracks
    }

    fn open(&self, tracks: Tracks, _from: Instant) -> Result<Blocks, Failure> {
        let value = match tracks {
            Tracks::One(id) => self.values[id.0 as usize - 1],
            Tracks::All => self.values.iter().sum(),
        };
        Ok(Blocks { failure: self.failure.take(), ..Blocks::of(self.seconds, value) })
    }
}

/// Samples.
pub const SECOND: u64 = 16_000;

/// Windows of ten seconds; those whose number is in `silent` have no speech, nor those in which all is zero at the end.
pub struct TenSeconds {
    taken: u64,
    given: u64,
    silent: Vec<u64>,
    is_loud: bool,
}

impl TenSeconds {
    pub fn new(silent: &[u64]) -> Self {
        Self { taken: 0, given: 0, silent: silent.to_vec(), is_loud: false }
    }

    fn window(&mut self, end: u64) -> PcmWindow {
        let span = WindowSpan { start_sample: self.given, end_sample: end };
        let has_speech = self.is_loud && !self.silent.contains(&(self.given / (10 * SECOND)));
        self.given = end;
        let samples = if has_speech { vec![0.1; span.samples() as usize] } else { Vec::new() };
        PcmWindow { span, samples, has_speech }
    }
}

impl Windows for TenSeconds {
    fn push(&mut self, samples: &[f32]) -> Vec<PcmWindow> {
        self.taken += samples.len() as u64;
        self.is_loud = samples.last().map_or(self.is_loud, |&sample| sample != 0.0);
        let mut windows = Vec::new();
        while self.taken - self.given >= 10 * SECOND {
            windows.push(self.window(self.given + 10 * SECOND));
        }
        windows
    }

    fn finish(&mut self) -> Vec<PcmWindow> {
        if self.taken > self.given { vec![self.window(self.taken)] } else { Vec::new() }
    }
}

/// Ready after being asked so many times.
pub struct Later(pub usize);

impl Future for Later {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
