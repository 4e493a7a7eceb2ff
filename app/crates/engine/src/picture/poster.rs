//! A still of a clip as it will look, by the painter of preview and export.

use super::canvas::draw;
use super::painter::FilePainter;
use crate::codec::video_source::Pictures;
use crate::open_file::OpenFile;
use crate::web::failure::from_js;
use crate::web::js;
use clip::captions::{CaptionSource, Layout, pages};
use clip::edit::{ClipEdit, OutputSize};
use clip::failure::{Doing, Failure};
use clip::frame::recipe;
use clip::port::{Painter, VideoSource};
use media::time::Span;
use wasm_bindgen::JsValue;
use web_sys::OffscreenCanvas;

const QUALITY: f64 = 0.86;

/// A still of the clip a little after its start, as a JPEG.
pub async fn poster(
    open: &OpenFile,
    clip: &ClipEdit,
    words: &CaptionSource,
    size: OutputSize,
) -> Result<JsValue, Failure> {
    let source = open.facts.default_video().and_then(|track| track.video.clone());
    let time = clip.length().min(Span::from_millis(1_500));
    let at = clip.timeline.source_at(time).unwrap_or_else(|| clip.timeline.last());
    let mut pictures = Pictures::open(&open.file)?;
    let color = pictures.color_at(at).await?;
    let mut painter = FilePainter::new(color, source.as_ref());
    let captions = pages(words, &clip.timeline, &Layout::new(clip.captions, size));
    let picture = pictures.frame_at(at).await?;
    let recipe = recipe(clip, &captions, source.as_ref(), size, time);
    let painted = painter.paint(picture, &recipe).await?;
    let fail = |error: JsValue| from_js(Doing::DrawStill, &error);
    let canvas = OffscreenCanvas::new(size.width_px, size.height_px).map_err(fail)?;
    draw(&canvas, painted, color).map_err(fail)?;
    let options = js::dictionary(&[("type", "image/jpeg".into()), ("quality", QUALITY.into())]);
    js::settle(canvas.convert_to_blob_with_options(&options).map_err(fail)?).await.map_err(fail)
}
