//! A still of a clip as it will look, by the painter of preview and export.

use super::canvas::Screen;
use super::painter::FilePainter;
use super::thumbnails::ThumbnailCanvas;
use crate::codec::frame::FilePicture;
use crate::codec::video_source::Pictures;
use crate::open_file::OpenFile;
use crate::web::failure::from_js;
use crate::web::js;
use clip::captions::{CaptionSource, Layout, pages};
use clip::edit::{ClipEdit, OutputSize};
use clip::failure::{Doing, Failure};
use clip::frame::{recipe, view};
use clip::port::{FaceFinder, Painter, VideoSource};
use clip::reframe::{framed, scenes};
use clip::sight::{Face, FacesAt, Shot, Sight};
use media::time::Span;
use wasm_bindgen::JsValue;
use web_sys::OffscreenCanvas;

const QUALITY: f64 = 0.86;
/// As long as a picture with faces stands for what is around it.
const LOOK: Span = Span::from_millis(200);

/// A still of the clip a little after its start, as a JPEG. `faces`: what finds those by which it is framed, where nobody has looked at the
/// clip yet.
pub async fn poster(
    open: &OpenFile,
    faces: Option<&impl FaceFinder>,
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
    let mut clip = clip.clone();
    if let (Some(picture), Some(faces), Some(video)) = (picture, faces, &source) {
        match faces_in(picture, faces).await {
            Ok(faces) => {
                let shot = Shot { start: at, end: at + LOOK, motion_x: None };
                let sight = Sight { shots: vec![shot], faces: vec![FacesAt { at, faces }] };
                clip.scenes = scenes(&framed(&sight, &sight.shots, view(video, size)));
            }
            // It is a still all the same.
            Err(failure) => log::warn!("no faces: {failure}"),
        }
    }
    let recipe = recipe(&clip, &captions, source.as_ref(), size, time);
    let painted = painter.paint(picture, &recipe).await?;
    let fail = |error: JsValue| from_js(Doing::DrawStill, &error);
    let screen = OffscreenCanvas::new(size.width_px, size.height_px).and_then(Screen::new).map_err(fail)?;
    screen.show(painted, color).map_err(fail)?;
    let options = js::dictionary(&[("type", "image/jpeg".into()), ("quality", QUALITY.into())]);
    js::settle(screen.canvas().convert_to_blob_with_options(&options).map_err(fail)?).await.map_err(fail)
}

async fn faces_in(picture: &FilePicture, finder: &impl FaceFinder) -> Result<Vec<Face>, Failure> {
    finder.faces(ThumbnailCanvas::new()?.draw(picture)?).await
}
