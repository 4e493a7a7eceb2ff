//! Pictures of a file, small and upright: the browser's canvas scales and turns them, which works for every frame it decodes.

use super::canvas::readable;
use crate::codec::frame::{FilePicture, Layout};
use crate::codec::video_source::Pictures;
use crate::web::failure::from_js;
use crate::web::js;
use clip::failure::{Doing, Failure};
use clip::port::{Thumbnails, VideoSource};
use clip::thumbnail::{Gray, Thumbnail};
use js_sys::Uint8Array;
use media::facts::{Orientation, VideoFacts};
use media::time::Instant;
use wasm_bindgen::JsValue;
use web_sys::{File, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// What thumbnails are drawn on.
pub struct ThumbnailCanvas {
    canvas: OffscreenCanvas,
    context: OffscreenCanvasRenderingContext2d,
}

impl ThumbnailCanvas {
    pub fn new() -> Result<Self, Failure> {
        let made = readable(1, 1).map_err(|error| from_js(Doing::ReadPicture, &error));
        made.map(|(canvas, context)| Self { canvas, context })
    }

    pub fn draw(&self, picture: &FilePicture) -> Result<Thumbnail, Failure> {
        self.drawn(picture).map_err(|error| from_js(Doing::ReadPicture, &error))
    }

    fn drawn(&self, picture: &FilePicture) -> Result<Thumbnail, JsValue> {
        let shown = picture.shown();
        let (width, height) = upright_size(&shown);
        let (width, height) = Thumbnail::size_of(width, height);
        let (width_px, height_px) = (width as u32, height as u32);
        if (self.canvas.width(), self.canvas.height()) != (width_px, height_px) {
            self.canvas.set_width(width_px);
            self.canvas.set_height(height_px);
        }
        let (across, down) = (width as f64, height as f64);
        // As it lies in the file: turned around the middle.
        let (wide, high) = if shown.orientation.is_sideways() { (down, across) } else { (across, down) };
        let context = &self.context;
        context.reset_transform()?;
        context.translate(across / 2.0, down / 2.0)?;
        context.rotate(f64::from(shown.orientation.rotation()).to_radians())?;
        context.scale(if shown.orientation.is_flipped() { -1.0 } else { 1.0 }, 1.0)?;
        let frame = picture.picture.raw();
        context.draw_image_with_video_frame_and_dw_and_dh(frame, -wide / 2.0, -high / 2.0, wide, high)?;
        let rgba = js::pixels(context, width_px, height_px)?;
        Ok(Thumbnail { from: picture.from, width, height, rgba })
    }
}

pub struct FileThumbnails {
    pictures: Pictures,
    canvas: ThumbnailCanvas,
    /// What was made last.
    last: Option<Gray>,
    /// Where the browser copies a picture to.
    scratch: Option<Uint8Array>,
}

impl FileThumbnails {
    /// Of the file's first video track, if it has one.
    pub fn open(file: &File) -> Result<Self, Failure> {
        Ok(Self {
            pictures: Pictures::open(file)?,
            canvas: ThumbnailCanvas::new()?,
            last: None,
            scratch: None,
        })
    }
}

impl Thumbnails for FileThumbnails {
    async fn gray(&mut self, at: Instant) -> Result<Option<Gray>, Failure> {
        let Some(picture) = self.pictures.frame_at(at).await? else { return Ok(None) };
        if let Some(last) = self.last.as_ref().filter(|last| last.from == picture.from) {
            return Ok(Some(last.clone()));
        }
        let is_upright = picture.facts.orientation == Orientation::UPRIGHT;
        let gray = match picture.layout() {
            Layout::I420 | Layout::Nv12 if is_upright => sampled(picture, &mut self.scratch).await?,
            _ => self.canvas.draw(picture)?.gray(),
        };
        Ok(self.last.insert(gray).clone().into())
    }

    async fn thumbnail(&mut self, at: Instant) -> Result<Option<Thumbnail>, Failure> {
        let Some(picture) = self.pictures.frame_at(at).await? else { return Ok(None) };
        Ok(Some(self.canvas.draw(picture)?))
    }
}

/// The luma at places of a picture that lies as it is shown. No canvas: that would turn every pixel of it into colors first.
async fn sampled(picture: &FilePicture, scratch: &mut Option<Uint8Array>) -> Result<Gray, Failure> {
    let bytes = picture.planes(scratch.take()).await?;
    let (wide, high) = picture.size();
    let (width, height) = upright_size(&picture.shown());
    let (width, height) = Thumbnail::size_of(width, height);
    let mut luma = Vec::with_capacity(width * height);
    let mut line = vec![0; wide as usize];
    for row in 0..height {
        // From the middle of the pixels that it stands for.
        let y = (2 * row + 1) as u32 * high / (2 * height as u32);
        let line_bytes = bytes.subarray(y * wide, (y + 1) * wide);
        if line_bytes.length() == wide {
            line_bytes.copy_to(&mut line);
        }
        let place = |column: usize| (2 * column + 1) * line.len() / (2 * width);
        luma.extend((0..width).map(|column| line.get(place(column)).copied().unwrap_or_default()));
    }
    *scratch = Some(bytes);
    Ok(Gray { from: picture.from, width, height, luma })
}

/// How wide and high it is shown.
fn upright_size(shown: &VideoFacts) -> (f64, f64) {
    let side = |display: u32, coded: u32| f64::from(if display > 0 { display } else { coded });
    let (width, height) = (side(shown.display_width, shown.width), side(shown.display_height, shown.height));
    if shown.orientation.is_sideways() { (height, width) } else { (width, height) }
}
