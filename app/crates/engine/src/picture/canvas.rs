//! Painted pictures on the browser's canvases.

use crate::codec::frame::video_frame;
use crate::web::js;
use clip::paint::I420;
use media::facts::Color;
use media::time::Instant;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// A canvas whose pixels are read back often, so kept where that is cheap.
pub fn readable(
    width_px: u32,
    height_px: u32,
) -> Result<(OffscreenCanvas, OffscreenCanvasRenderingContext2d), JsValue> {
    let canvas = OffscreenCanvas::new(width_px, height_px)?;
    let options: JsValue = js::dictionary::<js_sys::Object>(&[("willReadFrequently", true.into())]).into();
    let context = canvas
        .get_context_with_context_options("2d", &options)?
        .ok_or_else(|| js_sys::Error::new("the canvas has no 2d context"))?
        .unchecked_into();
    Ok((canvas, context))
}

/// A canvas that painted pictures are put on. Its context is asked for once: asked again for that of a canvas of the page's, Firefox 153
/// throws "Cannot update created context to different thread".
pub struct Screen {
    canvas: OffscreenCanvas,
    context: OffscreenCanvasRenderingContext2d,
}

impl Screen {
    pub fn new(canvas: OffscreenCanvas) -> Result<Self, JsValue> {
        let context = canvas
            .get_context("2d")?
            .ok_or_else(|| js_sys::Error::new("the canvas has no 2d context"))?
            .unchecked_into();
        Ok(Self { canvas, context })
    }

    pub fn canvas(&self) -> &OffscreenCanvas {
        &self.canvas
    }

    /// Gives the canvas the picture's size; the browser converts the picture as any player would the exported file.
    pub fn show(&self, painted: I420, color: Color) -> Result<(), JsValue> {
        let size = painted.size();
        if (self.canvas.width(), self.canvas.height()) != (size.width_px, size.height_px) {
            self.canvas.set_width(size.width_px);
            self.canvas.set_height(size.height_px);
        }
        let frame = video_frame(painted, color, Instant::ZERO)?;
        self.context.draw_image_with_video_frame(frame.raw(), 0.0, 0.0)
    }
}
