//! The workers that hold models: started, given one request at a time, watched, and replaced when they die, hang or lose their device.
//! A request that nobody waits for any more is left to finish; its answer is dropped.

use super::device;
use crate::models::device::Choice;
use crate::models::restarts::{Restarts, Task, patience_s};
use crate::models::worker::messages::{self, FromWorker, ToWorker, Trust, out_of_turn};
use crate::web::failure::from_js;
use crate::web::js;
use crate::web::page_sender::PageSender;
use clip::failure::{Doing, Failure, FailureClass};
use clip::port::Events as _;
use clip::protocol::{DeviceKind, FromEngine, JobId};
use futures::channel::oneshot;
use futures::future::{Either, join_all, select};
use js_sys::Float32Array;
use models::weights::{Manifest, ModelEntry, ModelKind};
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
pub struct EmbeddingModels {
    pub voices: ModelEntry,
    pub sentences: ModelEntry,
}

impl EmbeddingModels {
    /// The first of each, where the server offers both.
    pub fn offered(manifest: &Manifest) -> Option<Self> {
        let first = |kind: ModelKind| manifest.models.iter().find(|entry| entry.kind == kind).cloned();
        Some(Self { voices: first(ModelKind::Voices)?, sentences: first(ModelKind::Sentence)? })
    }
}

/// The models beside the one of speech, as far as they are on disk.
#[derive(Clone, Default)]
pub struct OtherModels {
    /// `None` where the server does not offer them.
    pub embedding: Option<EmbeddingModels>,
    /// What finds faces; `None` where the server does not offer it.
    pub faces: Option<ModelEntry>,
    /// `None` where the person did not ask for one.
    pub writer: Option<ModelEntry>,
}

/// A watch looks so often. While the machine sleeps no time passes for it, whatever the clock says then.
const WATCH_S: f64 = 10.0;

/// Who waits for an answer: a job, or the engine itself.
struct Waiting {
    job: Option<JobId>,
    sender: oneshot::Sender<FromWorker>,
}

pub struct ModelWorker {
    thread: Worker,
    busy: Cell<bool>,
    answer: RefCell<Option<Waiting>>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(Event)>,
}

impl ModelWorker {
    /// Whoever waits for it is told `failure`.
    fn end(&self, failure: Failure) {
        self.thread.set_onmessage(None);
        self.thread.set_onerror(None);
        self.thread.terminate();
        self.settle(FromWorker::Failed { failure });
    }

    fn settle(&self, answer: FromWorker) {
        self.busy.set(false);
        if let Some(waiting) = self.answer.borrow_mut().take() {
            // Nobody may be waiting any more: the job was cancelled.
            let _ = waiting.sender.send(answer);
        }
    }
}

pub struct ModelWorkers {
    running: RefCell<Vec<Rc<ModelWorker>>>,
    /// ModelWorkers that are being started; they will take work.
    starting: Cell<u32>,
    waiting: RefCell<Vec<Waker>>,
    restarts: RefCell<Restarts>,
    device: Cell<DeviceKind>,
    trust: Cell<Trust>,
    wanted: Cell<u32>,
    entry: ModelEntry,
    pub others: OtherModels,
    own: Weak<ModelWorkers>,
    closed: Cell<bool>,
}

/// A worker ended while it was at something: that may be its fault.
fn crashed(detail: &str) -> Failure {
    let is_memory = detail.contains("memory") || detail.contains("allocation");
    if is_memory { Failure::WorkerMemory } else { Failure::WorkerStopped }
}

impl ModelWorkers {
    /// Starts as many as chosen and loads the model in each. Fails with the first failure of any.
    pub async fn start(entry: ModelEntry, others: OtherModels, choice: &Choice) -> Result<Rc<Self>, Failure> {
        let workers = Rc::new_cyclic(|own| Self {
            running: RefCell::default(),
            starting: Cell::new(0),
            waiting: RefCell::default(),
            restarts: RefCell::default(),
            device: Cell::new(choice.kind),
            trust: Cell::new(choice.trust),
            wanted: Cell::new(choice.workers),
            entry,
            others,
            own: own.clone(),
            closed: Cell::new(false),
        });
        let loads = (0..choice.workers).map(|_| workers.add());
        let outcome: Result<Vec<()>, Failure> = join_all(loads).await.into_iter().collect();
        if outcome.is_err() {
            workers.close();
        }
        outcome.map(|_| workers)
    }

    pub fn wanted(&self) -> usize {
        self.wanted.get() as usize
    }

    /// Answers every request of a job with "cancelled". Its worker takes the next one when it is through with this one.
    pub fn abandon(&self, job: JobId) {
        for worker in self.running.borrow().iter() {
            let of_job = |waiting: &mut Waiting| waiting.job == Some(job);
            if let Some(waiting) = worker.answer.borrow_mut().take_if(of_job) {
                let _ = waiting.sender.send(FromWorker::Failed { failure: Failure::cancelled() });
            }
        }
    }

    /// Ends all of them, those that are being started too.
    pub fn close(&self) {
        self.closed.set(true);
        for worker in self.running.take() {
            worker.end(Failure::cancelled());
        }
    }

    /// Where none is left, all are started again: somebody asked for more work.
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
                Err(failure) if failure.class() == FailureClass::DeviceLost => this.lost_device(),
                // One that cannot be started leaves the others to do the work; with none left, waiting ones are told.
                Err(failure) => log::warn!("a worker could not be started again: {failure}"),
                Ok(()) => {}
            }
            this.wake();
        });
    }

    /// Starts one more.
    async fn add(&self) -> Result<(), Failure> {
        let worker = self.spawn()?;
        let load =
            ToWorker::Load { entry: self.entry.clone(), device: self.device.get(), trust: self.trust.get() };
        let failure = match self.ask(&worker, None, &load, None).await {
            Ok(FromWorker::Loaded) if !self.closed.get() => return Ok(()),
            Ok(FromWorker::Loaded) => Failure::cancelled(),
            Ok(FromWorker::Failed { failure }) | Err(failure) => failure,
            Ok(_) => out_of_turn(),
        };
        self.remove(&worker, failure.clone());
        Err(failure)
    }

    fn spawn(&self) -> Result<Rc<ModelWorker>, Failure> {
        if self.closed.get() {
            return Err(Failure::cancelled());
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&js::scope().location().href(), &options)
            .map_err(|error| from_js(Doing::StartWorker, &error))?;
        let worker = Rc::new_cyclic(|own: &Weak<ModelWorker>| {
            let (this, me) = (self.own.clone(), own.clone());
            let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let (Some(this), Some(worker)) = (this.upgrade(), me.upgrade()) else { return };
                worker.settle(messages::read(&event.data()));
                this.wake();
            });
            let (this, me) = (self.own.clone(), own.clone());
            let error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                // Otherwise the browser reports it on in this scope, and from there to the page, which would take it for the
                // end of the engine.
                event.prevent_default();
                let (Some(this), Some(worker)) = (this.upgrade(), me.upgrade()) else { return };
                let detail = js::get(&event, "message").as_string().unwrap_or_default();
                log::warn!("a worker died: {detail}");
                this.replace(&worker, crashed(&detail));
            });
            worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
            worker.set_onerror(Some(error.as_ref().unchecked_ref()));
            ModelWorker {
                thread: worker,
                busy: Cell::new(true),
                answer: RefCell::default(),
                _message: message,
                _error: error,
            }
        });
        self.running.borrow_mut().push(Rc::clone(&worker));
        Ok(worker)
    }

    /// # Errors
    /// What the worker died of, where it died.
    pub async fn ask(
        &self,
        worker: &Rc<ModelWorker>,
        job: Option<JobId>,
        request: &ToWorker,
        samples: Option<&[f32]>,
    ) -> Result<FromWorker, Failure> {
        let (sender, mut receiver) = oneshot::channel();
        worker.busy.set(true);
        *worker.answer.borrow_mut() = Some(Waiting { job, sender });
        if let Err(failure) = post(worker, request, samples) {
            worker.settle(FromWorker::Failed { failure });
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
                    this.replace(worker, crashed(""));
                }
                return Err(crashed(""));
            }
        }
    }

    /// As [`Self::ask`], of the first idle worker; a worker whose device is lost is ended, because the device does not come back to it.
    pub async fn ask_idle(
        self: &Rc<Self>,
        of: fn(&[Rc<ModelWorker>]) -> &[Rc<ModelWorker>],
        job: JobId,
        request: &ToWorker,
        samples: Option<&[f32]>,
    ) -> Result<FromWorker, Failure> {
        let worker = self.idle(of).await?;
        match self.ask(&worker, Some(job), request, samples).await? {
            FromWorker::Failed { failure } => {
                if failure.class() == FailureClass::DeviceLost {
                    self.remove(&worker, failure.clone());
                    self.lost_device();
                }
                Err(failure)
            }
            answer => Ok(answer),
        }
    }

    /// The first idle worker of those that will do.
    async fn idle(
        &self,
        of: fn(&[Rc<ModelWorker>]) -> &[Rc<ModelWorker>],
    ) -> Result<Rc<ModelWorker>, Failure> {
        poll_fn(|context| {
            let workers = self.running.borrow();
            if workers.is_empty() && self.starting.get() == 0 {
                return Poll::Ready(Err(Failure::NoWorkersLeft));
            }
            if let Some(worker) = of(&workers).iter().find(|worker| !worker.busy.get()) {
                worker.busy.set(true);
                return Poll::Ready(Ok(Rc::clone(worker)));
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

    fn remove(&self, worker: &Rc<ModelWorker>, failure: Failure) {
        self.running.borrow_mut().retain(|other| !Rc::ptr_eq(other, worker));
        worker.end(failure);
        self.wake();
    }

    /// A trap in wasm leaves a worker unusable: it is ended and another takes its place, unless too many did so lately.
    fn replace(self: &Rc<Self>, dead: &Rc<ModelWorker>, failure: Failure) {
        if !self.running.borrow().iter().any(|worker| Rc::ptr_eq(worker, dead)) {
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

    /// Goes on with a device opened again, or with the processor. The page is told which.
    fn lost_device(self: &Rc<Self>) {
        if self.closed.get() || self.device.get() == DeviceKind::Cpu {
            return;
        }
        let next = self.restarts.borrow_mut().device_after_loss(self.device.get());
        if next == DeviceKind::Cpu {
            let cpu = device::cpu();
            self.device.set(cpu.kind);
            self.trust.set(cpu.trust);
            self.wanted.set(cpu.workers);
            PageSender.emit(FromEngine::DeviceChanged { device: cpu.kind, threads: cpu.workers });
        }
        let there = self.running.borrow().len() as u32 + self.starting.get();
        (there..self.wanted.get()).for_each(|_| self.add_soon(0.0));
        self.wake();
    }
}

fn post(worker: &ModelWorker, request: &ToWorker, samples: Option<&[f32]>) -> Result<(), Failure> {
    let json = serde_json::to_string(request).map_err(Failure::internal)?;
    let message: js_sys::Object = js::dictionary(&[("lane", json.into())]);
    let transfer = js_sys::Array::new();
    if let Some(samples) = samples {
        let samples = Float32Array::from(samples);
        transfer.push(&samples.buffer());
        js::set(&message, "samples", &samples);
    }
    worker
        .thread
        .post_message_with_transfer(&message, &transfer)
        .map_err(|error| from_js(Doing::HandOverWork, &error))
}
