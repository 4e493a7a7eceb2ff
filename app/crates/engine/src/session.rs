//! Answers the page's messages: prepares the models, opens a file, runs the long loops over it. Owns what is open;
//! decides nothing about clips.

use crate::codec::file_sound::FileSounds;
use crate::codec::frame;
use crate::codec::video_decoder;
use crate::jobs::export;
use crate::jobs::{CancelFlag, Jobs};
use crate::models::pool::{JobWorkers, Pool};
use crate::models::speech_windows::SpeechWindows;
use crate::models::workers::{EmbeddingModels, OtherModels};
use crate::models::{device, store, worker};
use crate::open_file::OpenFile;
use crate::picture::poster::poster;
use crate::picture::preview::Preview;
use crate::picture::{caption_raster, fonts};
use crate::web::clock::WorkerClock;
use crate::web::failure::from_media;
use crate::web::file_source::FileSource;
use crate::web::js;
use crate::web::page_sender::PageSender;
use clip::analyze::{Ports, Resume, analyze};
use clip::failure::{Failure, FailureClass};
use clip::meaning::likeness;
use clip::port::{Clock, Events, SoundFile};
use clip::protocol::{DevicePreference, FromEngine, JobId, PrepareStep, SpokenClip, Stage, ToEngine};
use clip::select::AnalyzeOptions;
use clip::sound::moment;
use clip::transcript::{Segment, Transcript, WindowSpan};
use clip::understand::{read, understand};
use clip::writing::{Passage, write};
use js_sys::Array;
use media::time::Instant;
use models::weights::{Manifest, ModelEntry, ModelKind};
use std::cell::RefCell;
use std::collections::HashMap;
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
    /// Vectors of texts that were read since the file was opened.
    meanings: RefCell<HashMap<String, Vec<f32>>>,
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
                if let Err(failure) = self.prepare(&model, device, writer.as_deref()).await {
                    PageSender.emit(FromEngine::Failed { job: None, failure });
                }
            }
            ToEngine::Open { job } => {
                let file = js::get(&data, "file").unchecked_into();
                self.run(job, Stage::Open, |flag| self.open(job, file, flag)).await;
            }
            ToEngine::UseSound { listening } => {
                if let Some(open) = self.open.borrow_mut().as_mut() {
                    open.sounds.listening = listening;
                }
            }
            ToEngine::Analyze { job, options, finished, known } => {
                self.run(job, Stage::Transcribe, |flag| self.analyze(job, options, finished, known, flag))
                    .await;
            }
            ToEngine::Understand { job, transcript } => {
                let understand = async |flag: CancelFlag| {
                    let outcome = self.understand(job, transcript.clone(), flag.clone()).await;
                    match outcome {
                        // Codecs that the browser took back it gives again.
                        Err(failure) if failure.class == FailureClass::TakenBack => {
                            self.understand(job, transcript.clone(), flag).await
                        }
                        outcome => outcome,
                    }
                };
                self.run(job, Stage::Understand, understand).await;
            }
            ToEngine::Search { job, text, sentences } => {
                self.run(job, Stage::Search, |flag| self.search(job, text, sentences, flag)).await;
            }
            ToEngine::Write { job, clips } => {
                self.run(job, Stage::Write, |flag| self.write(job, clips, flag)).await;
            }
            ToEngine::Export { job, project, clips } => {
                let export = async |flag| export::export(&self.opened()?, job, &project, clips, flag).await;
                self.run(job, Stage::Export, export).await;
            }
            ToEngine::Moment { tracks } => {
                let Some(open) = self.open_file() else { return };
                let (wav, failure) = match moment(&open.sounds, tracks).await {
                    Ok(wav) => (wav, None),
                    Err(failure) => (None, Some(failure)),
                };
                let told = FromEngine::Moment { tracks, failure };
                match wav.and_then(|wav| js::blob(&wav)) {
                    Some(sound) => PageSender.emit_with(&told, "sound", &sound),
                    None => PageSender.emit(told),
                }
            }
            ToEngine::Poster { job, clip, words, size } => {
                let Some(open) = self.open_file() else { return };
                fonts::load_for(&words).await;
                match poster(&open, &clip, &words, size).await {
                    Ok(picture) => {
                        PageSender.emit_with(&FromEngine::Poster { job, clip: clip.id }, "picture", &picture);
                    }
                    // A card without a picture is still a card; the export reports what is wrong.
                    Err(failure) => log::warn!("no poster: {failure}"),
                }
            }
            ToEngine::AttachPreview => {
                self.preview.attach(js::get(&data, "canvas").unchecked_into::<OffscreenCanvas>());
            }
            ToEngine::PreviewClip { job, clip, words, size } => {
                if let Some(open) = self.open_file() {
                    fonts::load_for(&words).await;
                    Rc::clone(&self.preview).show(open, job, clip, words, size);
                }
            }
            ToEngine::PreviewAt { at } => Rc::clone(&self.preview).seek(at),
            ToEngine::PreviewOff => self.preview.clear(),
            ToEngine::Cancel { job } => {
                if self.jobs.cancel(job) {
                    if let Some(pool) = self.pool.borrow().as_ref() {
                        pool.abandon(job);
                    }
                } else {
                    // It ended on its own at the same moment: the page still waits for an answer.
                    PageSender.emit(FromEngine::Cancelled { job });
                }
            }
            ToEngine::Close => {
                self.jobs.cancel_all();
                self.preview.clear();
                *self.open.borrow_mut() = None;
                self.meanings.take();
            }
        }
    }

    /// Runs a job to its end and says how it ended.
    async fn run<F>(&self, job: JobId, stage: Stage, start: impl FnOnce(CancelFlag) -> F)
    where
        F: Future<Output = Result<(), Failure>>,
    {
        let started_s = WorkerClock.now_s();
        let outcome = start(self.jobs.begin(job)).await;
        self.jobs.end(job);
        // The loops have let go of their sources by now; only the preview may still hold pictures.
        if frame::open_frames() > 0 && !self.preview.is_running() {
            log::warn!("{} decoded frames were left open", frame::open_frames());
        }
        match outcome {
            Ok(()) => {
                PageSender.emit(FromEngine::Finished { job, stage, seconds: WorkerClock.now_s() - started_s })
            }
            Err(failure) if failure.is_cancelled() => PageSender.emit(FromEngine::Cancelled { job }),
            Err(failure) => PageSender.emit(FromEngine::Failed { job: Some(job), failure }),
        }
    }

    fn open_file(&self) -> Option<OpenFile> {
        self.open.borrow().clone()
    }

    fn opened(&self) -> Result<OpenFile, Failure> {
        self.open_file().ok_or_else(|| Failure::internal("no file is open"))
    }

    async fn prepare(
        &self,
        model: &str,
        preference: DevicePreference,
        writer: Option<&str>,
    ) -> Result<(), Failure> {
        let started_s = WorkerClock.now_s();
        let report = |step, done_bytes, total_bytes| {
            PageSender.emit(FromEngine::Preparing { step, done_bytes, total_bytes });
        };
        report(PrepareStep::Fetching, 0, 0);
        let manifest = store::manifest().await?;
        let listed = |id: &str| {
            manifest.model(id).cloned().ok_or_else(|| {
                Failure::new(
                    FailureClass::Model,
                    format!("There is no model called “{id}” here."),
                    "Choose another one in the settings.",
                )
            })
        };
        let entry = listed(model)?;
        caption_raster::load_font().await;
        if entry.languages.len() > 1 {
            fonts::ensure().await;
        }
        let others =
            OtherModels { embedding: embedding_models(&manifest), writer: writer.map(listed).transpose()? };
        let heard = others
            .embedding
            .iter()
            .flat_map(|embedding_models| [&embedding_models.voices, &embedding_models.sentences]);
        let wanted: Vec<&ModelEntry> = std::iter::once(&entry).chain(heard).chain(&others.writer).collect();
        let total = wanted.iter().map(|entry| entry.bytes).sum();
        let fetch_missing = async || store::ensure(&wanted, &|step, done| report(step, done, total)).await;
        fetch_missing().await?;
        let mut choice = device::choose(preference).await;
        report(PrepareStep::Loading, total, total);
        // The old workers' memory goes before the new ones ask for theirs.
        *self.pool.borrow_mut() = None;
        let mut started = Pool::start(entry.clone(), others.clone(), &choice).await;
        if let Err(failure) = &started {
            log::warn!("starting again: {failure}");
            match failure.class {
                // A damaged file was deleted by then: it is fetched again.
                FailureClass::Model => fetch_missing().await?,
                // The graphics processor is not to be trusted, or not to be had.
                _ => choice = device::cpu(),
            }
            started = Pool::start(entry.clone(), others.clone(), &choice).await;
        }
        let pool = started?;
        *self.pool.borrow_mut() = Some(Rc::new(pool));
        PageSender.emit(FromEngine::Ready {
            model: entry.id,
            model_title: entry.title,
            device: choice.kind,
            adapter: choice.adapter,
            threads: choice.workers,
            seconds: WorkerClock.now_s() - started_s,
            writer: others.writer.map(|writer| writer.id),
        });
        Ok(())
    }

    async fn open(&self, job: JobId, file: File, _flag: CancelFlag) -> Result<(), Failure> {
        let started_s = WorkerClock.now_s();
        let source = FileSource::new(&file).map_err(Failure::internal)?;
        let demuxer = media::open(Box::new(source)).map_err(|error| from_media(&error))?;
        let facts = demuxer.facts().clone();
        if let Some(track) = facts.default_video() {
            video_decoder::check_decodable(track).await?;
        }
        let sounds = FileSounds::of(&file, &facts).await?;
        let tracks = sounds.tracks().to_vec();
        self.meanings.take();
        *self.open.borrow_mut() = Some(OpenFile { file, facts: Rc::new(facts.clone()), sounds });
        let seconds = WorkerClock.now_s() - started_s;
        PageSender.emit(FromEngine::Opened { job, facts, tracks, seconds });
        Ok(())
    }

    async fn analyze(
        &self,
        job: JobId,
        options: AnalyzeOptions,
        finished: Vec<WindowSpan>,
        known: Vec<Segment>,
        flag: CancelFlag,
    ) -> Result<(), Failure> {
        let open = self.opened()?;
        let workers = self.workers(job)?;
        let (sounds, listening) = (&open.sounds, open.sounds.listening);
        let duration = open.facts.duration.is_positive().then_some(open.facts.duration);
        let ports = Ports { events: &PageSender, clock: &WorkerClock, cancel: &flag };
        let resume = Resume { finished, known };
        let windows = SpeechWindows::default;
        analyze(sounds, listening, duration, &windows, &workers, &options, resume, job, ports).await
    }

    fn workers(&self, job: JobId) -> Result<JobWorkers, Failure> {
        let pool = self.pool.borrow();
        pool.as_ref().map(|pool| pool.for_job(job)).ok_or_else(|| Failure::internal("no model is loaded"))
    }

    async fn understand(&self, job: JobId, transcript: Transcript, flag: CancelFlag) -> Result<(), Failure> {
        let started_s = WorkerClock.now_s();
        let open = self.opened()?;
        let workers = self.workers(job)?;
        let mut audio = open.sounds.in_use(Instant::ZERO)?;
        let duration = open.facts.duration.is_positive().then_some(open.facts.duration);
        let ports = Ports { events: &PageSender, clock: &WorkerClock, cancel: &flag };
        let mut windows = SpeechWindows::default();
        let insights =
            understand(&mut audio, duration, &mut windows, &workers, &transcript, job, ports).await?;
        let seconds = WorkerClock.now_s() - started_s;
        PageSender.emit(FromEngine::Understood { job, insights, seconds });
        Ok(())
    }

    /// Sentences that were read before are not read again.
    async fn search(
        &self,
        job: JobId,
        text: String,
        sentences: Vec<String>,
        flag: CancelFlag,
    ) -> Result<(), Failure> {
        let workers = self.workers(job)?;
        let ports = Ports { events: &PageSender, clock: &WorkerClock, cancel: &flag };
        let known = |text: &&String| self.meanings.borrow().contains_key(*text);
        let unread: Vec<String> =
            std::iter::once(&text).chain(&sentences).filter(|text| !known(text)).cloned().collect();
        let progress = |done| {
            let stage = Stage::Search;
            let (clip, seconds_left, speed) = (None, None, None);
            PageSender.emit(FromEngine::Progress { job, stage, clip, done, seconds_left, speed });
        };
        let vectors = read(&unread, &workers, ports, &progress).await?;
        let mut meanings = self.meanings.borrow_mut();
        meanings.extend(unread.into_iter().zip(vectors));
        let vector = |text: &String| meanings.get(text).map(Vec::as_slice).unwrap_or_default();
        let asked = vector(&text);
        let likeness = sentences.iter().map(|sentence| likeness(asked, vector(sentence))).collect();
        PageSender.emit(FromEngine::Found { job, likeness });
        Ok(())
    }

    async fn write(&self, job: JobId, clips: Vec<SpokenClip>, flag: CancelFlag) -> Result<(), Failure> {
        let workers = self.workers(job)?;
        let started_s = WorkerClock.now_s();
        let ports = Ports { events: &PageSender, clock: &WorkerClock, cancel: &flag };
        for (done, spoken) in clips.iter().enumerate() {
            ports.check()?;
            let written = write(&Passage::new(&spoken.sentences, &spoken.title), &workers).await?;
            PageSender.emit(FromEngine::Written { job, clip: spoken.clip, written });
            let (done, all) = ((done + 1) as f32, clips.len() as f32);
            let spent_s = (WorkerClock.now_s() - started_s) as f32;
            PageSender.emit(FromEngine::Progress {
                job,
                stage: Stage::Write,
                clip: Some(spoken.clip),
                done: done / all,
                seconds_left: Some(spent_s / done * (all - done)),
                speed: None,
            });
        }
        Ok(())
    }
}

/// The models beside the one of speech, where the server offers them.
fn embedding_models(manifest: &Manifest) -> Option<EmbeddingModels> {
    let first = |kind: ModelKind| manifest.models.iter().find(|entry| entry.kind == kind).cloned();
    Some(EmbeddingModels { voices: first(ModelKind::Voices)?, sentences: first(ModelKind::Sentence)? })
}
