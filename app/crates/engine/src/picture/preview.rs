//! What a clip will look like, painted live: the page's player says where it stands, the same painter as the export's
//! paints there. Paints the latest instant asked for and skips what it cannot keep up with.

use super::canvas::Screen;
use super::painter::FilePainter;
use crate::codec::video_source::Pictures;
use crate::open_file::OpenFile;
use crate::web::failure::from_js;
use crate::web::js;
use crate::web::page_sender::PageSender;
use clip::captions::{CaptionSource, Layout, Page as CaptionPage, pages};
use clip::edit::{ClipEdit, OutputSize};
use clip::failure::{Doing, Failure};
use clip::frame::recipe;
use clip::port::{Events, Painter, VideoSource};
use clip::protocol::{FromEngine, JobId};
use media::facts::VideoFacts;
use media::time::Instant;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, OffscreenCanvas};

/// The clip on show.
struct Shown {
    file: File,
    source: Option<VideoFacts>,
    job: JobId,
    clip: ClipEdit,
    captions: Vec<CaptionPage>,
    size: OutputSize,
}

#[derive(Default)]
pub struct Preview {
    screen: RefCell<Option<Rc<Screen>>>,
    shown: RefCell<Option<Rc<Shown>>>,
    /// The instant asked for last and not painted yet.
    wanted: Cell<Option<Instant>>,
    last: Cell<Option<Instant>>,
    running: Cell<bool>,
}

impl Preview {
    pub fn attach(&self, canvas: OffscreenCanvas) -> Result<(), Failure> {
        let screen = Screen::new(canvas).map_err(|error| from_js(Doing::ShowPreview, &error))?;
        *self.screen.borrow_mut() = Some(Rc::new(screen));
        Ok(())
    }

    pub fn show(
        self: Rc<Self>,
        open: OpenFile,
        job: JobId,
        clip: ClipEdit,
        words: CaptionSource,
        size: OutputSize,
    ) {
        let captions = pages(&words, &clip.timeline, &Layout::new(clip.captions, size));
        let source = open.facts.default_video().and_then(|track| track.video.clone());
        let at = self.last.get().filter(|at| clip.timeline.time_of(*at).is_some()).unwrap_or(clip.start());
        *self.shown.borrow_mut() =
            Some(Rc::new(Shown { file: open.file, source, job, clip, captions, size }));
        self.seek(at);
    }

    pub fn seek(self: Rc<Self>, at: Instant) {
        self.wanted.set(Some(at));
        self.last.set(Some(at));
        if !self.running.replace(true) {
            spawn_local(self.run());
        }
    }

    pub fn is_running(&self) -> bool {
        self.running.get()
    }

    pub fn clear(&self) {
        *self.shown.borrow_mut() = None;
        self.wanted.set(None);
        self.last.set(None);
    }

    /// Paints until nothing has been wanted for a while; the decoder and its pictures are let go then.
    async fn run(self: Rc<Self>) {
        let mut reader: Option<(File, Pictures, FilePainter)> = None;
        while let Some(at) = self.next_wanted().await {
            let Some(shown) = self.shown.borrow().clone() else { continue };
            if let Err(failure) = self.paint(&shown, &mut reader, at).await {
                PageSender.emit(FromEngine::Failed { job: Some(shown.job), failure });
                *self.shown.borrow_mut() = None;
            }
        }
        self.running.set(false);
    }

    /// The next instant to paint; waits a while for one, so that the decoder is not opened again for each step.
    async fn next_wanted(&self) -> Option<Instant> {
        const PATIENCE_MS: i32 = 15;
        const TRIES: u32 = 200;
        for _ in 0..TRIES {
            if let Some(at) = self.wanted.take() {
                return Some(at);
            }
            self.shown.borrow().as_ref()?;
            js::sleep_ms(PATIENCE_MS).await;
        }
        None
    }

    async fn paint(
        &self,
        shown: &Shown,
        reader: &mut Option<(File, Pictures, FilePainter)>,
        at: Instant,
    ) -> Result<(), Failure> {
        let is_same = reader.as_ref().is_some_and(|(file, ..)| *file == shown.file);
        if !is_same {
            let mut pictures = Pictures::open(&shown.file)?;
            let color = pictures.color_at(at).await?;
            let painter = FilePainter::new(color, shown.source.as_ref());
            *reader = Some((shown.file.clone(), pictures, painter));
        }
        let Some((_, pictures, painter)) = reader else { return Ok(()) };
        let picture = pictures.frame_at(at).await?;
        let time = shown.clip.timeline.time_near(at);
        let recipe = recipe(&shown.clip, &shown.captions, shown.source.as_ref(), shown.size, time);
        let painted = painter.paint(picture, &recipe).await?;
        let screen = self.screen.borrow().clone();
        let Some(screen) = screen else { return Ok(()) };
        screen.show(painted, painter.color()).map_err(|error| from_js(Doing::ShowPreview, &error))
    }
}
