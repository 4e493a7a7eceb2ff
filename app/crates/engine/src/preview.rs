//! What a clip will look like, painted live: the page's player says where it stands, the same painter as the export's
//! paints there. Paints the latest instant asked for and skips what it cannot keep up with.

use crate::failure::from_js;
use crate::jobs::Page;
use crate::js;
use crate::open_file::OpenFile;
use crate::painter::FilePainter;
use crate::video_encoder::video_frame;
use crate::video_source::Pictures;
use clip::captions::{Dialogue, Layout, Page as CaptionPage, pages};
use clip::edit::{ClipEdit, OutputSize};
use clip::failure::Failure;
use clip::frame::recipe;
use clip::paint::I420;
use clip::port::{Events, Painter, VideoSource};
use clip::protocol::{FromEngine, JobId};
use media::facts::{Color, VideoFacts};
use media::time::Instant;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

const POSTER_QUALITY: f64 = 0.86;

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
    canvas: RefCell<Option<OffscreenCanvas>>,
    shown: RefCell<Option<Rc<Shown>>>,
    /// The instant asked for last and not painted yet.
    wanted: Cell<Option<Instant>>,
    last: Cell<Option<Instant>>,
    running: Cell<bool>,
}

impl Preview {
    pub fn attach(&self, canvas: OffscreenCanvas) {
        *self.canvas.borrow_mut() = Some(canvas);
    }

    pub fn show(
        self: Rc<Self>,
        open: OpenFile,
        job: JobId,
        clip: ClipEdit,
        words: Dialogue,
        size: OutputSize,
    ) {
        let captions = pages(&words, &clip.timeline, &Layout::for_size(size));
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
                Page.emit(FromEngine::Failed { job: Some(shown.job), failure });
                *self.shown.borrow_mut() = None;
            }
        }
        self.running.set(false);
    }

    /// The next instant to paint; waits a while for one, so that the decoder is not opened anew for each step.
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
        let canvas = self.canvas.borrow().clone();
        let Some(canvas) = canvas else { return Ok(()) };
        draw(&canvas, painted, painter.color()).map_err(|error| from_js("showing the preview", &error))
    }
}

/// Puts a painted picture on a canvas of its size; the browser converts it as any player would the exported file.
fn draw(canvas: &OffscreenCanvas, painted: I420, color: Color) -> Result<(), JsValue> {
    let size = painted.size();
    if (canvas.width(), canvas.height()) != (size.width_px, size.height_px) {
        canvas.set_width(size.width_px);
        canvas.set_height(size.height_px);
    }
    let context: OffscreenCanvasRenderingContext2d = canvas
        .get_context("2d")?
        .ok_or_else(|| js_sys::Error::new("the canvas has no 2d context"))?
        .unchecked_into();
    let frame = video_frame(painted, color, Instant::ZERO)?;
    let drawn = context.draw_image_with_video_frame(&frame, 0.0, 0.0);
    frame.close();
    drawn
}

/// A still of the clip a little after its start, as a JPEG.
pub async fn poster(
    open: &OpenFile,
    clip: &ClipEdit,
    words: &Dialogue,
    size: OutputSize,
) -> Result<JsValue, Failure> {
    let source = open.facts.default_video().and_then(|track| track.video.clone());
    let time = clip.length().min(media::time::Span::from_millis(1_500));
    let at = clip.timeline.source_at(time).unwrap_or_else(|| clip.timeline.last());
    let mut pictures = Pictures::open(&open.file)?;
    let color = pictures.color_at(at).await?;
    let mut painter = FilePainter::new(color, source.as_ref());
    let captions = pages(words, &clip.timeline, &Layout::for_size(size));
    let picture = pictures.frame_at(at).await?;
    let recipe = recipe(clip, &captions, source.as_ref(), size, time);
    let painted = painter.paint(picture, &recipe).await?;
    let fail = |error: JsValue| from_js("drawing a still", &error);
    let canvas = OffscreenCanvas::new(size.width_px, size.height_px).map_err(fail)?;
    draw(&canvas, painted, color).map_err(fail)?;
    let options = js::dictionary(&[("type", "image/jpeg".into()), ("quality", POSTER_QUALITY.into())]);
    js::settle(canvas.convert_to_blob_with_options(&options).map_err(fail)?).await.map_err(fail)
}
