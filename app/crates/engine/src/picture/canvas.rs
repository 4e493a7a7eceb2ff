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

/// Puts a painted picture on a canvas of its size; the browser converts it as any player would the exported file.
pub fn draw(canvas: &OffscreenCanvas, painted: I420, color: Color) -> Result<(), JsValue> {
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
    context.draw_image_with_video_frame(frame.raw(), 0.0, 0.0)
}
