//! Answers the page's messages: holds what is open and loaded, and hands it to the jobs. Knows which job answers which message, and
//! nothing of what one does.

use crate::codec::frame;
use crate::jobs::context::JobContext;
use crate::jobs::export::export;
use crate::jobs::moment::moment;
use crate::jobs::open::open;
use crate::jobs::poster::poster;
use crate::jobs::prepare::{Asked, prepare};
use crate::jobs::search::search;
use crate::jobs::transcribe::transcribe;
use crate::jobs::understand::understand;
use crate::jobs::watch::watch;
use crate::jobs::write::write;
use crate::jobs::{CancelFlag, Jobs};
use crate::models::pool::Pool;
use crate::models::worker;
use crate::open_file::OpenFile;
use crate::picture::fonts;
use crate::picture::preview::Preview;
use crate::web::js;
use crate::web::page_sender::PageSender;
use clip::analyze::Resume;
use clip::failure::Failure;
use clip::port::Events;
use clip::protocol::{FromEngine, JobId, Stage, ToEngine};
use clip::recording::Recording;
use clip::search::Embeddings;
use js_sys::Array;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, MessageEvent, OffscreenCanvas};

#[derive(Default)]
struct Session {
    pool: RefCell<Option<Rc<Pool>>>,
    open: RefCell<Option<OpenFile>>,
    jobs: Jobs,
    preview: Rc<Preview>,
    embeddings: RefCell<Rc<Embeddings>>,
}

thread_local! {
    static SESSION: Rc<Session> = Rc::default();
}

/// Called once by the bootstrap with the messages that came before the module was ready.
#[wasm_bindgen]
pub fn serve(waiting: &Array) {
    console_error_panic_hook::set_once();
    // A second call only means that the logger stands already.
    let _ = console_log::init_with_level(log::Level::Warn);
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| receive(event.data()));
    js::scope().set_onmessage(Some(handler.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    handler.forget();
    for event in waiting.iter() {
        receive(js::get(&event, "data"));
    }
}

fn receive(data: JsValue) {
    if js::has(&data, "lane") {
        return worker::receive(data);
    }
    let json = js::get(&data, "json").as_string().unwrap_or_default();
    let session = SESSION.with(Rc::clone);
    match serde_json::from_str::<ToEngine>(&json) {
        Ok(message) => spawn_local(session.answer(message, data)),
        Err(error) => PageSender.emit(FromEngine::Failed { job: None, failure: Failure::internal(error) }),
    }
}

impl Session {
    async fn answer(self: Rc<Self>, message: ToEngine, data: JsValue) {
        match message {
            ToEngine::Prepare { model, device, writer } => {
                let let_go = || *self.pool.borrow_mut() = None;
                match prepare(Asked { model, device, writer }, let_go).await {
                    Ok(pool) => *self.pool.borrow_mut() = Some(Rc::new(pool)),
                    Err(failure) => PageSender.emit(FromEngine::Failed { job: None, failure }),
                }
            }
            ToEngine::Open { job } => {
                let file: File = js::get(&data, "file").unchecked_into();
                let open = async |context: &JobContext| open(context, file).await.map(|open| self.take(open));
                self.run(job, Stage::Open, open).await;
            }
            ToEngine::UseSound { listening } => {
                if let Some(open) = self.open.borrow_mut().as_mut() {
                    open.sounds.listening = listening;
                }
            }
            ToEngine::Analyze { job, speech, finished, known } => {
                let resume = Resume { finished, known };
                let listen = async |context: &JobContext| transcribe(context, &speech, resume).await;
                self.run(job, Stage::Transcribe, listen).await;
            }
            ToEngine::Understand { job, transcript } => {
                let recording = Recording::new(transcript);
                let think = async |context: &JobContext| understand(context, &recording).await;
                self.run(job, Stage::Understand, think).await;
            }
            ToEngine::Watch { job, range } => {
                let look = async |context: &JobContext| watch(context, range).await;
                self.run(job, Stage::Watch, look).await;
            }
            ToEngine::Search { job, text, sentences } => {
                let embeddings = Rc::clone(&self.embeddings.borrow());
                let look = async |context: &JobContext| search(context, &text, &sentences, &embeddings).await;
                self.run(job, Stage::Search, look).await;
            }
            ToEngine::Write { job, clips } => {
                let author = async |context: &JobContext| write(context, &clips).await;
                self.run(job, Stage::Write, author).await;
            }
            ToEngine::Export { job, project, clips } => {
                let make = async |context: &JobContext| export(context, &project, &clips).await;
                self.run(job, Stage::Export, make).await;
            }
            ToEngine::Moment { tracks } => {
                if let Some(open) = self.open_file() {
                    moment(&open, tracks).await;
                }
            }
            ToEngine::Poster { job, clip, words, size, by_its_faces } => {
                let context = self.context(job, CancelFlag::default());
                poster(&context, &clip, &words, size, by_its_faces).await;
            }
            ToEngine::AttachPreview => {
                let canvas = js::get(&data, "canvas").unchecked_into::<OffscreenCanvas>();
                if let Err(failure) = self.preview.attach(canvas) {
                    PageSender.emit(FromEngine::Failed { job: None, failure });
                }
            }
            ToEngine::PreviewClip { job, clip, words, size } => {
                if let Some(open) = self.open_file() {
                    fonts::load_for(&words).await;
                    Rc::clone(&self.preview).show(open, job, clip, words, size);
                }
            }
            ToEngine::PreviewAt { at } => Rc::clone(&self.preview).seek(at),
            ToEngine::PreviewOff => self.preview.clear(),
            ToEngine::Cancel { job } => self.cancel(job),
            ToEngine::Close => {
                self.jobs.cancel_all();
                self.preview.clear();
                *self.open.borrow_mut() = None;
                self.embeddings.take();
            }
        }
    }

    /// Runs a job to its end and says how it ended.
    async fn run<J>(&self, job: JobId, stage: Stage, start: J)
    where
        J: AsyncFnOnce(&JobContext) -> Result<(), Failure>,
    {
        let context = self.context(job, self.jobs.begin(job));
        let started_s = context.now_s();
        let outcome = start(&context).await;
        self.jobs.end(job);
        // The loops have let go of their sources by now; only the preview may still hold pictures.
        if frame::open_frames() > 0 && !self.preview.is_running() {
            log::warn!("{} decoded frames were left open", frame::open_frames());
        }
        PageSender.emit(match outcome {
            Ok(()) => FromEngine::Finished { job, stage, seconds: context.now_s() - started_s },
            Err(failure) if failure.is_cancelled() => FromEngine::Cancelled { job },
            Err(failure) => FromEngine::Failed { job: Some(job), failure },
        });
    }

    fn context(&self, job: JobId, flag: CancelFlag) -> JobContext {
        let pool = self.pool.borrow().as_ref().map(Rc::downgrade).unwrap_or_default();
        JobContext { job, flag, open: self.open_file(), pool }
    }

    fn cancel(&self, job: JobId) {
        if self.jobs.cancel(job) {
            if let Some(pool) = self.pool.borrow().as_ref() {
                pool.abandon(job);
            }
        } else {
            // It ended on its own at the same moment: the page still waits for an answer.
            PageSender.emit(FromEngine::Cancelled { job });
        }
    }

    /// From now on this is the file that jobs are handed.
    fn take(&self, open: OpenFile) {
        self.embeddings.take();
        *self.open.borrow_mut() = Some(open);
    }

    fn open_file(&self) -> Option<OpenFile> {
        self.open.borrow().clone()
    }
}
