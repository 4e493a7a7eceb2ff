//! The lanes as workers: started, given one request at a time, watched, and replaced when they die, hang or lose their device.
//! A request that nobody waits for any more is left to finish; its answer is dropped.

use crate::device::Choice;
use crate::failure::from_js;
use crate::jobs::Page;
use crate::lane::messages::{self, FromLane, ToLane, Trust, out_of_turn};
use crate::restarts::{Restarts, Task, patience_s};
use crate::{device, js};
use clip::failure::{Failure, FailureClass};
use clip::port::Events as _;
use clip::protocol::{DeviceKind, FromEngine, JobId};
use futures::channel::oneshot;
use futures::future::{Either, join_all, select};
use js_sys::Float32Array;
use models::weights::ModelEntry;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::rc::{Rc, Weak};
use std::task::{Poll, Waker};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

/// The models that find out more about a recording.
#[derive(Clone)]
pub struct Minds {
    pub voices: ModelEntry,
    pub sentences: ModelEntry,
}

/// The models beside the one of speech, as far as they are on disk.
#[derive(Clone, Default)]
pub struct Others {
    /// `None` where the server does not offer them.
    pub minds: Option<Minds>,
    /// `None` where the person did not ask for one.
    pub writer: Option<ModelEntry>,
}

/// A watch looks so often. While the machine sleeps no time passes for it, whatever the clock says then.
const WATCH_S: f64 = 10.0;

/// Who waits for an answer: a job, or the engine itself.
struct Waiting {
    job: Option<JobId>,
    sender: oneshot::Sender<FromLane>,
}

pub struct Lane {
    worker: Worker,
    busy: Cell<bool>,
    answer: RefCell<Option<Waiting>>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(Event)>,
}

impl Lane {
    /// Whoever waits for it is told `failure`.
    fn end(&self, failure: Failure) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        self.settle(FromLane::Failed { failure });
    }

    fn settle(&self, answer: FromLane) {
        self.busy.set(false);
        if let Some(waiting) = self.answer.borrow_mut().take() {
            // Nobody may be waiting any more: the job was cancelled.
            let _ = waiting.sender.send(answer);
        }
    }
}

pub struct Lanes {
    running: RefCell<Vec<Rc<Lane>>>,
    /// Lanes that are being started; they will take work.
    starting: Cell<u32>,
    waiting: RefCell<Vec<Waker>>,
    restarts: RefCell<Restarts>,
    device: Cell<DeviceKind>,
    trust: Cell<Trust>,
    wanted: Cell<u32>,
    entry: ModelEntry,
    pub others: Others,
    own: Weak<Lanes>,
    closed: Cell<bool>,
}

/// A lane ended while it was at something: that may be its fault.
fn crashed(detail: &str) -> Failure {
    let is_memory = detail.contains("memory") || detail.contains("allocation");
    let message = if is_memory {
        "A worker got no more memory from the browser."
    } else {
        "A worker stopped in the middle of its work."
    };
    Failure::new(
        FailureClass::Crash,
        message,
        "Close other tabs and go on; what was transcribed so far is kept.",
    )
}

fn none_left() -> Failure {
    Failure::new(
        FailureClass::OutOfMemory,
        "Transcribing stopped: the browser ended the workers again and again, most likely for want of memory.",
        "Close other tabs and go on; what was transcribed so far is kept.",
    )
}

impl Lanes {
    /// Starts as many as chosen and loads the model in each. Fails with the first failure of any.
    pub async fn start(entry: ModelEntry, others: Others, choice: &Choice) -> Result<Rc<Self>, Failure> {
        let lanes = Rc::new_cyclic(|own| Self {
            running: RefCell::default(),
            starting: Cell::new(0),
            waiting: RefCell::default(),
            restarts: RefCell::default(),
            device: Cell::new(choice.kind),
            trust: Cell::new(choice.trust),
            wanted: Cell::new(choice.lanes),
            entry,
            others,
            own: own.clone(),
            closed: Cell::new(false),
        });
        let loads = (0..choice.lanes).map(|_| lanes.add());
        let outcome: Result<Vec<()>, Failure> = join_all(loads).await.into_iter().collect();
        if outcome.is_err() {
            lanes.close();
        }
        outcome.map(|_| lanes)
    }

    pub fn wanted(&self) -> usize {
        self.wanted.get() as usize
    }

    /// Answers every request of a job with "cancelled". Its lane takes the next one when it is through with this one.
    pub fn abandon(&self, job: JobId) {
        for lane in self.running.borrow().iter() {
            let of_job = |waiting: &mut Waiting| waiting.job == Some(job);
            if let Some(waiting) = lane.answer.borrow_mut().take_if(of_job) {
                let _ = waiting.sender.send(FromLane::Failed { failure: Failure::cancelled() });
            }
        }
    }

    /// Ends all of them, those that are being started too.
    pub fn close(&self) {
        self.closed.set(true);
        for lane in self.running.take() {
            lane.end(Failure::cancelled());
        }
    }

    /// Where none is left, all are started anew: somebody asked for more work.
    pub fn revive(self: &Rc<Self>) {
        if self.running.borrow().is_empty() && self.starting.get() == 0 {
            *self.restarts.borrow_mut() = Restarts::default();
            (0..self.wanted.get()).for_each(|_| self.add_soon(0.0));
        }
    }

    fn add_soon(self: &Rc<Self>, pause_s: f64) {
        self.starting.set(self.starting.get() + 1);
        let this = Rc::clone(self);
        spawn_local(async move {
            if pause_s > 0.0 {
                js::sleep_ms((pause_s * 1_000.0) as i32).await;
            }
            let outcome = this.add().await;
            this.starting.set(this.starting.get() - 1);
            match outcome {
                // One that lost its device while loading leaves this to the processor.
                Err(failure) if failure.class == FailureClass::DeviceLost => this.lost_device(),
                // One that cannot be started leaves the others to do the work; with none left, waiting ones are told.
                Err(failure) => log::warn!("a worker could not be started again: {failure}"),
                Ok(()) => {}
            }
            this.wake();
        });
    }

    /// Starts one more.
    async fn add(&self) -> Result<(), Failure> {
        let lane = self.spawn()?;
        let load =
            ToLane::Load { entry: self.entry.clone(), device: self.device.get(), trust: self.trust.get() };
        let failure = match self.ask(&lane, None, &load, None).await {
            Ok(FromLane::Loaded) if !self.closed.get() => return Ok(()),
            Ok(FromLane::Loaded) => Failure::cancelled(),
            Ok(FromLane::Failed { failure }) | Err(failure) => failure,
            Ok(_) => out_of_turn(),
        };
        self.remove(&lane, failure.clone());
        Err(failure)
    }

    fn spawn(&self) -> Result<Rc<Lane>, Failure> {
        if self.closed.get() {
            return Err(Failure::cancelled());
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&js::scope().location().href(), &options)
            .map_err(|error| from_js("starting a worker", &error))?;
        let lane = Rc::new_cyclic(|own: &Weak<Lane>| {
            let (this, me) = (self.own.clone(), own.clone());
            let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let (Some(this), Some(lane)) = (this.upgrade(), me.upgrade()) else { return };
                lane.settle(messages::read(&event.data()));
                this.wake();
            });
            let (this, me) = (self.own.clone(), own.clone());
            let error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                // Otherwise the browser reports it on in this scope, and from there to the page, which would take it for the
                // end of the engine.
                event.prevent_default();
                let (Some(this), Some(lane)) = (this.upgrade(), me.upgrade()) else { return };
                let detail = js::get(&event, "message").as_string().unwrap_or_default();
                log::warn!("a worker died: {detail}");
                this.replace(&lane, crashed(&detail));
            });
            worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
            worker.set_onerror(Some(error.as_ref().unchecked_ref()));
            Lane {
                worker,
                busy: Cell::new(true),
                answer: RefCell::default(),
                _message: message,
                _error: error,
            }
        });
        self.running.borrow_mut().push(Rc::clone(&lane));
        Ok(lane)
    }

    /// # Errors
    /// What the lane died of, where it died.
    pub async fn ask(
        &self,
        lane: &Rc<Lane>,
        job: Option<JobId>,
        request: &ToLane,
        samples: Option<&[f32]>,
    ) -> Result<FromLane, Failure> {
        let (sender, mut receiver) = oneshot::channel();
        lane.busy.set(true);
        *lane.answer.borrow_mut() = Some(Waiting { job, sender });
        if let Err(failure) = post(lane, request, samples) {
            lane.settle(FromLane::Failed { failure });
            self.wake();
        }
        let task = samples.map_or(Task::Other, |samples| {
            Task::Sound(samples.len() as f64 / f64::from(clip::sound::SPEECH_RATE))
        });
        let mut left_s = patience_s(task, self.device.get());
        loop {
            let watch = pin!(js::sleep_ms((WATCH_S * 1_000.0) as i32));
            match select(&mut receiver, watch).await {
                Either::Left((answer, _)) => return answer.map_err(|_| crashed("")),
                Either::Right(_) => left_s -= WATCH_S,
            }
            if left_s <= 0.0 {
                log::warn!("a worker gave no sign any more");
                if let Some(this) = self.own.upgrade() {
                    this.replace(lane, crashed(""));
                }
                return Err(crashed(""));
            }
        }
    }

    /// As [`Self::ask`], of the first idle lane; a lane whose device is lost is ended, because the device does not come back to it.
    pub async fn ask_idle(
        self: &Rc<Self>,
        of: fn(&[Rc<Lane>]) -> &[Rc<Lane>],
        job: JobId,
        request: &ToLane,
        samples: Option<&[f32]>,
    ) -> Result<FromLane, Failure> {
        let lane = self.idle(of).await?;
        match self.ask(&lane, Some(job), request, samples).await? {
            FromLane::Failed { failure } => {
                if failure.class == FailureClass::DeviceLost {
                    self.remove(&lane, failure.clone());
                    self.lost_device();
                }
                Err(failure)
            }
            answer => Ok(answer),
        }
    }

    /// The first idle lane of those that will do.
    async fn idle(&self, of: fn(&[Rc<Lane>]) -> &[Rc<Lane>]) -> Result<Rc<Lane>, Failure> {
        poll_fn(|context| {
            let lanes = self.running.borrow();
            if lanes.is_empty() && self.starting.get() == 0 {
                return Poll::Ready(Err(none_left()));
            }
            if let Some(lane) = of(&lanes).iter().find(|lane| !lane.busy.get()) {
                lane.busy.set(true);
                return Poll::Ready(Ok(Rc::clone(lane)));
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    fn wake(&self) {
        for waker in self.waiting.take() {
            waker.wake();
        }
    }

    fn remove(&self, lane: &Rc<Lane>, failure: Failure) {
        self.running.borrow_mut().retain(|other| !Rc::ptr_eq(other, lane));
        lane.end(failure);
        self.wake();
    }

    /// A trap in wasm leaves a worker unusable: it is ended and another takes its place, unless too many did so lately.
    fn replace(self: &Rc<Self>, dead: &Rc<Lane>, failure: Failure) {
        if !self.running.borrow().iter().any(|lane| Rc::ptr_eq(lane, dead)) {
            return;
        }
        let pause_s = self.restarts.borrow_mut().after_death(js::now_ms() / 1_000.0);
        // Before anybody is told: who asks again at once shall wait for it.
        match pause_s {
            Some(pause_s) => self.add_soon(pause_s),
            None => log::warn!("too many workers died within a minute: the ones that are left go on"),
        }
        self.remove(dead, failure);
    }

    /// Goes on with a device opened anew, or with the processor. The page is told which.
    fn lost_device(self: &Rc<Self>) {
        if self.closed.get() || self.device.get() == DeviceKind::Cpu {
            return;
        }
        let next = self.restarts.borrow_mut().device_after_loss(self.device.get());
        if next == DeviceKind::Cpu {
            let cpu = device::cpu();
            self.device.set(cpu.kind);
            self.trust.set(cpu.trust);
            self.wanted.set(cpu.lanes);
            Page.emit(FromEngine::DeviceChanged { device: cpu.kind, threads: cpu.lanes });
        }
        let there = self.running.borrow().len() as u32 + self.starting.get();
        (there..self.wanted.get()).for_each(|_| self.add_soon(0.0));
        self.wake();
    }
}

fn post(lane: &Lane, request: &ToLane, samples: Option<&[f32]>) -> Result<(), Failure> {
    let json = serde_json::to_string(request).map_err(Failure::internal)?;
    let message: js_sys::Object = js::dictionary(&[("lane", json.into())]);
    let transfer = js_sys::Array::new();
    if let Some(samples) = samples {
        let samples = Float32Array::from(samples);
        transfer.push(&samples.buffer());
        js::set(&message, "samples", &samples);
    }
    lane.worker
        .post_message_with_transfer(&message, &transfer)
        .map_err(|error| from_js("handing work to a worker", &error))
}
