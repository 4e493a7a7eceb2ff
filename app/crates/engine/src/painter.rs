//! Decoded pictures to what is shown: copies the planes out of the browser's frame and hands them to the domain's I420
//! painting. Preview and export use this same painter.

use crate::caption_raster::CaptionRaster;
use crate::failure::from_js;
use crate::frame::Picture;
use crate::js;
use clip::frame::FrameRecipe;
use clip::paint::background::NIGHT;
use clip::paint::{ColorRange, Geometry, I420, I420View, Matrix, PaintError, Rgb, Scaler, fill_gradient};
use clip::port::Painter;
use clip::protocol::{Failure, FailureClass};
use js_sys::Uint8Array;
use media::facts::VideoFacts;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{OffscreenCanvas, OffscreenCanvasRenderingContext2d, VideoFrame};

/// How the browser laid out the bytes it handed over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    I420,
    /// Y, then U and V interleaved: what hardware decoders give.
    Nv12,
    /// Anything else, converted by the browser: ten bits, other chroma, RGB.
    Rgba,
}

/// The bytes of one picture and what they mean.
struct Planes {
    bytes: Vec<u8>,
    layout: Layout,
    width_px: u32,
    height_px: u32,
    range: ColorRange,
}

/// The luma coefficients of a decoded picture: its own, or what players take untagged video for.
pub fn matrix_of(picture: &Picture) -> Matrix {
    match js::get(&picture.raw().color_space(), "matrix").as_string().as_deref() {
        Some("bt470bg" | "smpte170m") => Matrix::Bt601,
        Some(_) => Matrix::Bt709,
        None => Matrix::guess(picture.raw().display_height()),
    }
}

#[derive(Default)]
pub struct FilePainter {
    matrix: Matrix,
    /// Width and height that the container gives, which recipes are made for.
    described: (u32, u32),
    captions: CaptionRaster,
    scaler: Option<Scaler>,
    /// Where the browser copies a picture to: kept outside wasm memory, which may grow while the copy is under way.
    scratch: Option<Uint8Array>,
    canvas: Option<(OffscreenCanvas, OffscreenCanvasRenderingContext2d)>,
    planes: Vec<u8>,
}

impl FilePainter {
    /// Paints with these luma coefficients: the source's own, so that its samples pass through.
    pub fn new(matrix: Matrix, source: Option<&VideoFacts>) -> Self {
        let described = source.map_or((0, 0), |video| (video.width, video.height));
        Self { matrix, described, ..Self::default() }
    }

    pub fn matrix(&self) -> Matrix {
        self.matrix
    }

    /// Copies the visible part of a picture, in the cheapest form the browser gives.
    async fn copy(&mut self, picture: &Picture) -> Result<Planes, Failure> {
        let frame = picture.raw();
        let fail = |error: JsValue| from_js("reading a decoded picture", &error);
        let (width_px, height_px) = visible_size(frame);
        let format = js::get(frame, "format").as_string();
        let layout = match format.as_deref() {
            Some("I420") => Layout::I420,
            Some("NV12") => Layout::Nv12,
            _ => Layout::Rgba,
        };
        let full = js::get(&frame.color_space(), "fullRange").as_bool().unwrap_or(false);
        let range = if full && layout != Layout::Rgba { ColorRange::Full } else { ColorRange::Limited };
        let mut bytes = std::mem::take(&mut self.planes);
        if layout == Layout::Rgba {
            self.copy_rgba(frame, width_px, height_px, &mut bytes)?;
            return Ok(Planes { bytes, layout, width_px, height_px, range });
        }
        let size = frame.allocation_size().map_err(fail)?;
        let scratch = match self.scratch.take() {
            Some(scratch) if scratch.length() == size => scratch,
            _ => Uint8Array::new_with_length(size),
        };
        let copied = frame.copy_to_with_u8_array(&scratch);
        js::settle(copied.unchecked_into()).await.map_err(fail)?;
        bytes.resize(size as usize, 0);
        scratch.copy_to(&mut bytes);
        self.scratch = Some(scratch);
        Ok(Planes { bytes, layout, width_px, height_px, range })
    }

    /// By way of a canvas: works for every frame, GPU-only ones included.
    fn copy_rgba(
        &mut self,
        frame: &VideoFrame,
        width_px: u32,
        height_px: u32,
        bytes: &mut Vec<u8>,
    ) -> Result<(), Failure> {
        let fail = |error: JsValue| from_js("reading a decoded picture", &error);
        if self.canvas.is_none() {
            let canvas = OffscreenCanvas::new(width_px, height_px).map_err(fail)?;
            let options: JsValue =
                js::dictionary::<js_sys::Object>(&[("willReadFrequently", true.into())]).into();
            let context = canvas
                .get_context_with_context_options("2d", &options)
                .map_err(fail)?
                .ok_or_else(|| Failure::internal("no 2d canvas"))?;
            self.canvas = Some((canvas, context.unchecked_into()));
        }
        let Some((canvas, context)) = &self.canvas else { return Ok(()) };
        if (canvas.width(), canvas.height()) != (width_px, height_px) {
            canvas.set_width(width_px);
            canvas.set_height(height_px);
        }
        let (width, height) = (f64::from(width_px), f64::from(height_px));
        context.draw_image_with_video_frame_and_dw_and_dh(frame, 0.0, 0.0, width, height).map_err(fail)?;
        *bytes = js::pixels(context, width_px, height_px).map_err(fail)?;
        Ok(())
    }

    fn scale(&mut self, planes: &Planes, recipe: &FrameRecipe, out: &mut I420) -> Result<(), PaintError> {
        let Some(geometry) = Geometry::of(recipe, planes.width_px, planes.height_px, planes.range) else {
            return Ok(());
        };
        let mut scaler = match self.scaler.take() {
            Some(scaler) if *scaler.geometry() == geometry => scaler,
            _ => Scaler::new(geometry)?,
        };
        let (width, height) = (planes.width_px as usize, planes.height_px as usize);
        let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
        let chroma = half_width * half_height;
        let (luma, rest) = planes.bytes.split_at_checked(width * height).ok_or(PaintError::ShortPlane)?;
        let painted = match planes.layout {
            Layout::I420 => {
                let (u, v) = rest.split_at_checked(chroma).ok_or(PaintError::ShortPlane)?;
                let strides = [width, half_width, half_width];
                let view = I420View::new(planes.width_px, planes.height_px, [luma, u, v], strides)?;
                scaler.paint(&view, out)
            }
            Layout::Nv12 => {
                let (u, v): (Vec<u8>, Vec<u8>) =
                    rest.chunks_exact(2).take(chroma).map(|pair| (pair[0], pair[1])).unzip();
                let strides = [width, half_width, half_width];
                let view = I420View::new(planes.width_px, planes.height_px, [luma, &u, &v], strides)?;
                scaler.paint(&view, out)
            }
            Layout::Rgba => {
                let [y, u, v] = i420_of_rgba(&planes.bytes, width, height, self.matrix);
                let strides = [width, half_width, half_width];
                let view = I420View::new(planes.width_px, planes.height_px, [&y, &u, &v], strides)?;
                scaler.paint(&view, out)
            }
        };
        self.scaler = Some(scaler);
        painted
    }
}

/// The part of a frame that is meant to be seen; decoders round the rest up to their blocks.
fn visible_size(frame: &VideoFrame) -> (u32, u32) {
    match frame.visible_rect() {
        Some(rectangle) => (rectangle.width() as u32, rectangle.height() as u32),
        None => (frame.coded_width(), frame.coded_height()),
    }
}

/// Straight conversion with chroma taken from the top left of each two by two pixels: the rare path.
fn i420_of_rgba(rgba: &[u8], width: usize, height: usize, matrix: Matrix) -> [Vec<u8>; 3] {
    let mut y_plane = Vec::with_capacity(width * height);
    let chroma = width.div_ceil(2) * height.div_ceil(2);
    let (mut u_plane, mut v_plane) = (Vec::with_capacity(chroma), Vec::with_capacity(chroma));
    for (row, line) in rgba.chunks_exact(width * 4).take(height).enumerate() {
        for (column, pixel) in line.chunks_exact(4).enumerate() {
            let yuv = Rgb(pixel[0], pixel[1], pixel[2]).to_yuv(matrix);
            y_plane.push(yuv.y);
            if row % 2 == 0 && column % 2 == 0 {
                u_plane.push(yuv.u);
                v_plane.push(yuv.v);
            }
        }
    }
    [y_plane, u_plane, v_plane]
}

/// A recipe speaks of the picture as the container describes it; where the decoder gives another size (a container
/// that errs, a stream that changes size), the crop keeps its place in proportion.
fn fitted(recipe: &FrameRecipe, described: (u32, u32), decoded: (u32, u32)) -> FrameRecipe {
    if described == decoded || described.0 == 0 || described.1 == 0 {
        return recipe.clone();
    }
    let upright = |(width, height): (u32, u32)| {
        if recipe.rotation.is_multiple_of(180) { (width, height) } else { (height, width) }
    };
    let (from, to) = (upright(described), upright(decoded));
    let mut recipe = recipe.clone();
    if let Some(crop) = &mut recipe.crop {
        let scaled = |value: u32, from: u32, to: u32| {
            u32::try_from(u64::from(value) * u64::from(to) / u64::from(from)).unwrap_or(to) / 2 * 2
        };
        crop.width = scaled(crop.width, from.0, to.0).clamp(2, to.0.max(2));
        crop.height = scaled(crop.height, from.1, to.1).clamp(2, to.1.max(2));
        crop.x = scaled(crop.x, from.0, to.0).min(to.0.saturating_sub(crop.width));
        crop.y = scaled(crop.y, from.1, to.1).min(to.1.saturating_sub(crop.height));
    }
    recipe
}

impl Painter<Picture> for FilePainter {
    type Painted = I420;

    async fn paint(&mut self, picture: Option<&Picture>, recipe: &FrameRecipe) -> Result<I420, Failure> {
        let fail = |error: PaintError| {
            Failure::new(
                FailureClass::Malformed,
                format!("A picture of this video cannot be shown ({error})."),
                "Convert the video to a fresh MP4, then open that.",
            )
        };
        let mut out = I420::black(recipe.size).map_err(fail)?;
        match picture {
            Some(picture) => {
                let planes = self.copy(picture).await?;
                let decoded = (planes.width_px, planes.height_px);
                let painted = self.scale(&planes, &fitted(recipe, self.described, decoded), &mut out);
                self.planes = planes.bytes;
                painted.map_err(fail)?;
            }
            None => fill_gradient(&mut out, NIGHT.0, NIGHT.1, self.matrix),
        }
        if let Some(caption) = &recipe.caption
            && let Some(bitmap) = self.captions.bitmap(caption, recipe.size, self.matrix)?
        {
            bitmap.blend(&mut out);
        }
        Ok(out)
    }
}
