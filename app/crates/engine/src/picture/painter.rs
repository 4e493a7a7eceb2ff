//! Decoded pictures to what is shown: copies the planes out of the browser's frame and hands them to the domain's I420
//! painting. Preview and export use this same painter.

use super::canvas::readable;
use crate::codec::frame::{FilePicture, Layout};
use crate::picture::caption_raster::CaptionRaster;
use crate::web::failure::from_js;
use crate::web::js;
use clip::failure::{Doing, Failure};
use clip::frame::FrameRecipe;
use clip::paint::background::NIGHT;
use clip::paint::{Conversion, I420, I420View, Matrix, PaintError, RegionPainter, Rgb, fill_gradient};
use clip::port::Painter;
use js_sys::Uint8Array;
use media::facts::{Color, VideoFacts};
use wasm_bindgen::JsValue;
use web_sys::{OffscreenCanvas, OffscreenCanvasRenderingContext2d, VideoFrame};

/// The bytes of one picture and what they mean.
struct Planes {
    bytes: Vec<u8>,
    layout: Layout,
    width_px: u32,
    height_px: u32,
}

pub struct FilePainter {
    /// What pictures are painted in.
    color: Color,
    /// What recipes are made for.
    described: Option<VideoFacts>,
    captions: CaptionRaster,
    regions: RegionPainter,
    /// From the colors of the pictures painted last.
    conversion: Option<(Color, Conversion)>,
    /// Where the browser copies a picture to: kept outside wasm memory, which may grow while the copy is under way.
    scratch: Option<Uint8Array>,
    canvas: Option<(OffscreenCanvas, OffscreenCanvasRenderingContext2d)>,
    planes: Vec<u8>,
}

impl FilePainter {
    /// Paints in these colors: the source's own where a clip can be in them, so that its samples pass through. `source` is
    /// what recipes are made for.
    pub fn new(color: Color, source: Option<&VideoFacts>) -> Self {
        Self {
            color,
            described: source.cloned(),
            captions: CaptionRaster::default(),
            regions: RegionPainter::default(),
            conversion: None,
            scratch: None,
            canvas: None,
            planes: Vec::new(),
        }
    }

    pub fn color(&self) -> Color {
        self.color
    }

    /// Copies the visible part of a picture, in the cheapest form the browser gives.
    async fn copy(&mut self, picture: &FilePicture) -> Result<Planes, Failure> {
        let frame = picture.picture.raw();
        let ((width_px, height_px), layout) = (picture.size(), picture.layout());
        let mut bytes = std::mem::take(&mut self.planes);
        if layout == Layout::Rgba {
            self.copy_rgba(frame, width_px, height_px, &mut bytes)?;
            return Ok(Planes { bytes, layout, width_px, height_px });
        }
        let scratch = picture.planes(self.scratch.take()).await?;
        bytes.resize(scratch.length() as usize, 0);
        scratch.copy_to(&mut bytes);
        self.scratch = Some(scratch);
        Ok(Planes { bytes, layout, width_px, height_px })
    }

    /// By way of a canvas: works for every frame, GPU-only ones included.
    fn copy_rgba(
        &mut self,
        frame: &VideoFrame,
        width_px: u32,
        height_px: u32,
        bytes: &mut Vec<u8>,
    ) -> Result<(), Failure> {
        let fail = |error: JsValue| from_js(Doing::ReadPicture, &error);
        if self.canvas.is_none() {
            self.canvas = Some(readable(width_px, height_px).map_err(fail)?);
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
        let (width, height) = (planes.width_px as usize, planes.height_px as usize);
        let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
        let chroma = half_width * half_height;
        let (luma, rest) = planes.bytes.split_at_checked(width * height).ok_or(PaintError::ShortPlane)?;
        let mut paint = |parts: [&[u8]; 3]| {
            let strides = [width, half_width, half_width];
            let view = I420View::new(planes.width_px, planes.height_px, parts, strides)?;
            self.regions.paint(recipe, &view, out)
        };
        match planes.layout {
            Layout::I420 => {
                let (u, v) = rest.split_at_checked(chroma).ok_or(PaintError::ShortPlane)?;
                paint([luma, u, v])
            }
            Layout::Nv12 => {
                let (u, v): (Vec<u8>, Vec<u8>) =
                    rest.chunks_exact(2).take(chroma).map(|pair| (pair[0], pair[1])).unzip();
                paint([luma, &u, &v])
            }
            Layout::Rgba => {
                let [y, u, v] = i420_of_rgba(&planes.bytes, width, height, Matrix::of(self.color));
                paint([&y, &u, &v])
            }
        }
    }

    fn convert(&mut self, from: Color, out: &mut I420) {
        let target = self.color;
        let conversion = match self.conversion.take() {
            Some((known, conversion)) if known == from => conversion,
            _ => Conversion::new(from, target),
        };
        conversion.apply(out);
        self.conversion = Some((from, conversion));
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

impl Painter<FilePicture> for FilePainter {
    type Painted = I420;

    async fn paint(&mut self, picture: Option<&FilePicture>, recipe: &FrameRecipe) -> Result<I420, Failure> {
        let fail = |error: PaintError| Failure::UnpaintablePicture { detail: error.to_string() };
        let matrix = Matrix::of(self.color);
        let mut out = I420::black(recipe.size).map_err(fail)?;
        match picture {
            Some(picture) => {
                let planes = self.copy(picture).await?;
                let fitted =
                    self.described.as_ref().map(|described| recipe.fitted(described, &picture.shown()));
                let painted = self.scale(&planes, fitted.as_ref().unwrap_or(recipe), &mut out);
                let is_converted = planes.layout == Layout::Rgba;
                self.planes = planes.bytes;
                painted.map_err(fail)?;
                if !is_converted {
                    self.convert(picture.color(), &mut out);
                }
            }
            None => fill_gradient(&mut out, NIGHT.0, NIGHT.1, matrix),
        }
        if let Some(caption) = &recipe.caption
            && let Some(bitmap) = self.captions.bitmap(caption, recipe.size, matrix)?
        {
            bitmap.blend(&mut out);
        }
        Ok(out)
    }
}
