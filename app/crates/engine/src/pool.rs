//! The lanes as the engine sees them: starts them, gives each one request at a time, replaces one that died. A request that
//! nobody waits for any more is left to finish; its answer is dropped.

use crate::device::Choice;
use crate::lane::{FromLane, ToLane, Trust};
use crate::{js, lane};
use clip::port::{Heard, PcmWindow, Transcriber, Understander};
use clip::protocol::{DeviceKind, Failure, FailureClass, JobId, SpeechOptions};
use clip::speakers::Utterance;
use clip::writing::{Prompt, Writer};
use futures::channel::oneshot;
use futures::future::join_all;
use js_sys::Float32Array;
use models::weights::ModelEntry;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// Who waits for an answer: a job, or the engine itself.
struct Waiting {
    job: Option<JobId>,
    sender: oneshot::Sender<FromLane>,
}

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

struct Lane {
    worker: Worker,
    busy: Cell<bool>,
    answer: RefCell<Option<Waiting>>,
}

struct Shared {
    lanes: RefCell<Vec<Rc<Lane>>>,
    waiting: RefCell<Vec<Waker>>,
    entry: ModelEntry,
    device: DeviceKind,
    trust: Trust,
    others: Others,
}

pub struct Pool {
    shared: Rc<Shared>,
    lanes: usize,
}

/// The pool in the hands of one job.
pub struct JobLanes {
    pool: Rc<Pool>,
    job: JobId,
}

fn died() -> Failure {
    Failure::new(
        FailureClass::OutOfMemory,
        "Transcribing stopped: the browser ended one of the workers, most likely for want of memory.",
        "Close other tabs and go on; what was transcribed so far is kept.",
    )
}

impl Pool {
    /// Starts `lanes` workers and loads the model in each. Fails with the first failure of any.
    pub async fn start(entry: ModelEntry, others: Others, choice: &Choice) -> Result<Self, Failure> {
        let shared = Rc::new(Shared {
            lanes: RefCell::default(),
            waiting: RefCell::default(),
            entry,
            device: choice.kind,
            trust: choice.trust,
            others,
        });
        let pool = Self { shared: Rc::clone(&shared), lanes: choice.lanes as usize };
        let loads = (0..choice.lanes).map(|_| shared.start_lane());
        let outcome: Result<Vec<()>, Failure> = join_all(loads).await.into_iter().collect();
        outcome.map(|_| pool)
    }
}

impl Pool {
    pub fn for_job(self: &Rc<Self>, job: JobId) -> JobLanes {
        JobLanes { pool: Rc::clone(self), job }
    }

    /// Answers every request of a job with "cancelled". Its lane takes the next one when it is through with this one.
    pub fn abandon(&self, job: JobId) {
        for lane in self.shared.lanes.borrow().iter() {
            let of_job = |waiting: &mut Waiting| waiting.job == Some(job);
            if let Some(waiting) = lane.answer.borrow_mut().take_if(of_job) {
                let _ = waiting.sender.send(FromLane::Failed { failure: Failure::cancelled() });
            }
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        for lane in self.shared.lanes.take() {
            lane.worker.terminate();
        }
    }
}

impl Shared {
    async fn start_lane(self: &Rc<Self>) -> Result<(), Failure> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&js::scope().location().href(), &options)
            .map_err(|error| crate::failure::from_js("starting a worker", &error))?;
        let lane = Rc::new(Lane { worker, busy: Cell::new(true), answer: RefCell::default() });
        let (this, own) = (Rc::downgrade(self), Rc::downgrade(&lane));
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let (Some(this), Some(lane)) = (this.upgrade(), own.upgrade()) else { return };
            this.settle(&lane, lane::read(&event.data()));
        });
        let (this, own) = (Rc::downgrade(self), Rc::downgrade(&lane));
        let error = Closure::<dyn FnMut(JsValue)>::new(move |_: JsValue| {
            let (Some(this), Some(lane)) = (this.upgrade(), own.upgrade()) else { return };
            this.replace(&lane);
        });
        lane.worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
        lane.worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        // The worker keeps its handlers as long as it lives, which is as long as the pool's.
        message.forget();
        error.forget();
        self.lanes.borrow_mut().push(Rc::clone(&lane));
        let load = ToLane::Load { entry: self.entry.clone(), device: self.device, trust: self.trust };
        let failure = match self.ask(&lane, None, &load, None).await {
            Ok(FromLane::Loaded) => return Ok(()),
            Ok(FromLane::Failed { failure }) | Err(failure) => failure,
            Ok(_) => out_of_turn(),
        };
        self.lanes.borrow_mut().retain(|other| !Rc::ptr_eq(other, &lane));
        lane.worker.terminate();
        Err(failure)
    }

    async fn ask(
        &self,
        lane: &Rc<Lane>,
        job: Option<JobId>,
        request: &ToLane,
        samples: Option<&[f32]>,
    ) -> Result<FromLane, Failure> {
        let (sender, receiver) = oneshot::channel();
        lane.busy.set(true);
        *lane.answer.borrow_mut() = Some(Waiting { job, sender });
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
            .map_err(|error| crate::failure::from_js("handing work to a worker", &error))?;
        receiver.await.map_err(|_| died())
    }

    fn settle(&self, lane: &Lane, answer: FromLane) {
        lane.busy.set(false);
        if let Some(waiting) = lane.answer.borrow_mut().take() {
            // Nobody may be waiting any more: the job was cancelled.
            let _ = waiting.sender.send(answer);
        }
        for waker in self.waiting.take() {
            waker.wake();
        }
    }

    /// A trap in wasm leaves a worker unusable: it is ended and another takes its place.
    fn replace(self: &Rc<Self>, dead: &Rc<Lane>) {
        dead.worker.terminate();
        self.lanes.borrow_mut().retain(|lane| !Rc::ptr_eq(lane, dead));
        self.settle(dead, FromLane::Failed { failure: died() });
        let this = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            // A lane that cannot be started again leaves the others to do the work; with none left, waiting ones are told.
            let _ = this.start_lane().await;
            for waker in this.waiting.take() {
                waker.wake();
            }
        });
    }

    /// The first idle lane of those that will do.
    async fn idle_lane(&self, of: fn(&[Rc<Lane>]) -> &[Rc<Lane>]) -> Result<Rc<Lane>, Failure> {
        poll_fn(|context| {
            let lanes = self.lanes.borrow();
            if lanes.is_empty() {
                return Poll::Ready(Err(died()));
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
}

impl JobLanes {
    /// Asks the first lane that is idle.
    async fn ask(&self, request: &ToLane, samples: Option<&[f32]>) -> Result<FromLane, Failure> {
        let shared = &self.pool.shared;
        let lane = shared.idle_lane(|lanes| lanes).await?;
        match shared.ask(&lane, Some(self.job), request, samples).await? {
            FromLane::Failed { failure } => Err(failure),
            answer => Ok(answer),
        }
    }

    /// Asks the first of all lanes, which alone holds the language model: it is large, and has read the beginning of the prompt.
    async fn ask_writer(&self, request: &ToLane) -> Result<FromLane, Failure> {
        let shared = &self.pool.shared;
        let lane = shared.idle_lane(|lanes| &lanes[..1]).await?;
        match shared.ask(&lane, Some(self.job), request, None).await? {
            FromLane::Failed { failure } => Err(failure),
            answer => Ok(answer),
        }
    }

    fn writer(&self) -> Result<ModelEntry, Failure> {
        self.pool
            .shared
            .others
            .writer
            .clone()
            .ok_or_else(|| Failure::internal("no language model was asked for"))
    }

    fn minds(&self) -> Result<Minds, Failure> {
        self.pool.shared.others.minds.clone().ok_or_else(|| {
            Failure::new(
                FailureClass::Model,
                "The models for voices and topics are not on this server.",
                "Clips are still chosen by the words; whoever runs the server can add the models.",
            )
        })
    }
}

impl Transcriber for JobLanes {
    fn lanes(&self) -> usize {
        self.pool.lanes
    }

    async fn transcribe(&self, window: PcmWindow, speech: &SpeechOptions) -> Result<Heard, Failure> {
        let request = ToLane::Window { speech: speech.clone() };
        match self.ask(&request, Some(&window.samples)).await? {
            FromLane::Heard { language, segments } => Ok(Heard { language, segments }),
            _ => Err(out_of_turn()),
        }
    }
}

impl Understander for JobLanes {
    fn lanes(&self) -> usize {
        self.pool.lanes
    }

    async fn voices(&self, samples: Vec<f32>) -> Result<Vec<Utterance>, Failure> {
        let request = ToLane::Voices { model: self.minds()?.voices };
        match self.ask(&request, Some(&samples)).await? {
            FromLane::Voices { utterances } => Ok(utterances),
            _ => Err(out_of_turn()),
        }
    }

    async fn meanings(&self, texts: Vec<String>) -> Result<Vec<Vec<f32>>, Failure> {
        let request = ToLane::Meanings { model: self.minds()?.sentences, texts };
        match self.ask(&request, None).await? {
            FromLane::Meanings { vectors } => Ok(vectors),
            _ => Err(out_of_turn()),
        }
    }
}

impl Writer for JobLanes {
    async fn answer(&self, prompt: &Prompt, most_tokens: usize) -> Result<String, Failure> {
        let Prompt { system, user } = prompt.clone();
        let request = ToLane::Answer { model: self.writer()?, system, user, max_tokens: most_tokens };
        match self.ask_writer(&request).await? {
            FromLane::Answer { text, .. } => Ok(text),
            _ => Err(out_of_turn()),
        }
    }

    async fn weigh(&self, prompt: &Prompt, choices: &[String]) -> Result<Vec<f32>, Failure> {
        let Prompt { system, user } = prompt.clone();
        let request = ToLane::Weigh { model: self.writer()?, system, user, choices: choices.to_vec() };
        match self.ask_writer(&request).await? {
            FromLane::Weights { weights } => Ok(weights),
            _ => Err(out_of_turn()),
        }
    }

    async fn fill(
        &self,
        prompt: &Prompt,
        schema: &Value,
        most_tokens: usize,
    ) -> Result<Option<Value>, Failure> {
        let Prompt { system, user } = prompt.clone();
        let (model, schema, max_tokens) = (self.writer()?, schema.clone(), most_tokens);
        match self.ask_writer(&ToLane::Fill { model, system, user, schema, max_tokens }).await? {
            FromLane::Filled { document } => Ok(document),
            _ => Err(out_of_turn()),
        }
    }
}

fn out_of_turn() -> Failure {
    Failure::internal("a lane answered out of turn")
}
