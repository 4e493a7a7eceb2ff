//! Draws a caption once per state on an OffscreenCanvas: the browser shapes the text, so every script and emoji works; in which
//! order its parts stand is `clip::script`'s. Gives planes to blend; knows nothing of when a caption is shown.

use super::canvas::readable;
use crate::picture::fonts;
use crate::web::failure::from_js;
use crate::web::js;
use crate::web::net;
use clip::captions::{Caption, CaptionWord};
use clip::edit::OutputSize;
use clip::failure::{Doing, Failure};
use clip::look::{CaptionLook, Outline, Plate, SHIPPED_FONT};
use clip::paint::{CaptionBitmap, Matrix, Rgb};
use clip::script::{Direction, Piece, visual};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// The shipped caption font, and what stands in for the scripts that neither it nor [`fonts`] has.
const FONT_FILE: &str = "/fonts/caption.woff2";
const SYSTEM_FONTS: &str = "\"Noto Sans\", system-ui, \"Segoe UI\", Roboto, sans-serif";

/// Captions kept drawn; the spoken word moves on and rarely back.
const KEPT: usize = 6;

/// Loads the caption font if the server ships it. Without it the system's font is used: a caption is never lost.
pub async fn load_font() {
    let bytes = match net::get(FONT_FILE, None).await {
        Ok(bytes) => bytes,
        Err(error) => return log::warn!("captions use the system's font: {error}"),
    };
    // All weights are in the one file; without this the heavy one would be smeared from the normal one.
    let installed = fonts::install(SHIPPED_FONT, &bytes, |face| face.set_weight("300 900"));
    if let Err(error) = installed.await {
        log::warn!("captions use the system's font: {}", js::text_of(&error));
    }
}

struct Drawn {
    caption: Caption,
    size: OutputSize,
    matrix: Matrix,
    bitmap: Rc<CaptionBitmap>,
}

#[derive(Default)]
pub struct CaptionRaster {
    canvas: Option<(OffscreenCanvas, OffscreenCanvasRenderingContext2d)>,
    drawn: Vec<Drawn>,
}

impl CaptionRaster {
    /// The caption's planes, drawn now or taken from the last few.
    pub fn bitmap(
        &mut self,
        caption: &Caption,
        size: OutputSize,
        matrix: Matrix,
    ) -> Result<Option<Rc<CaptionBitmap>>, Failure> {
        if caption.lines.iter().all(Vec::is_empty) {
            return Ok(None);
        }
        let is_same =
            |drawn: &&Drawn| drawn.caption == *caption && drawn.size == size && drawn.matrix == matrix;
        if let Some(drawn) = self.drawn.iter().find(is_same) {
            return Ok(Some(Rc::clone(&drawn.bitmap)));
        }
        let drawn = self.draw(caption, size, matrix);
        let bitmap = Rc::new(drawn.map_err(|error| from_js(Doing::DrawCaption, &error))?);
        if self.drawn.len() == KEPT {
            self.drawn.remove(0);
        }
        self.drawn.push(Drawn { caption: caption.clone(), size, matrix, bitmap: Rc::clone(&bitmap) });
        Ok(Some(bitmap))
    }

    fn draw(
        &mut self,
        caption: &Caption,
        size: OutputSize,
        matrix: Matrix,
    ) -> Result<CaptionBitmap, JsValue> {
        let look = &caption.look;
        let width = f64::from(size.width_px);
        let font_px = (f64::from(size.short_side_px()) * look.size).round();
        let lines = caption.lines.len() as f64;
        let height = (lines * font_px * look.line_height + font_px * 2.0 * look.padding).ceil();
        // Chroma is shared by two by two pixels: the box starts and ends on even ones.
        let height_px = (height as u32).next_multiple_of(2).min(size.height_px);
        let top_px = ((f64::from(size.height_px) * look.middle_in(size) - height / 2.0).max(0.0) as u32 / 2
            * 2)
        .min(size.height_px - height_px);

        let (canvas, context) = self.canvas()?;
        canvas.set_width(size.width_px);
        canvas.set_height(height_px);
        context.clear_rect(0.0, 0.0, width, f64::from(height_px));
        let middle = f64::from(height_px) / 2.0;
        set_font(&context, look, font_px);
        let widest = caption.lines.iter().try_fold(0.0_f64, |widest, line| {
            let placed = placed(&context, line, caption.way)?;
            Ok::<_, JsValue>(widest.max(placed.last().map_or(0.0, |last| last.right)))
        })?;
        let shrink = (width * look.longest_line / widest.max(1.0)).min(1.0);
        let font_px = font_px * shrink;
        set_font(&context, look, font_px);
        if let Some(Plate { color, alpha, radius }) = look.plate {
            let pad = font_px * look.padding;
            let plate = (widest * shrink + 2.0 * pad, lines * font_px * look.line_height + pad);
            context.begin_path();
            context.round_rect_with_f64(
                (width - plate.0) / 2.0,
                middle - plate.1 / 2.0,
                plate.0,
                plate.1,
                font_px * radius,
            )?;
            context.set_fill_style_str(&css(color, alpha));
            context.fill();
        }
        let mut baseline = middle - (lines - 1.0) / 2.0 * font_px * look.line_height;
        for line in &caption.lines {
            let placed = placed(&context, line, caption.way)?;
            draw_line(&context, line, &placed, look, (width / 2.0, baseline), font_px)?;
            baseline += font_px * look.line_height;
        }
        let rgba = js::pixels(&context, size.width_px, height_px)?;
        let top_px = i32::try_from(top_px).unwrap_or_default();
        CaptionBitmap::from_rgba(&rgba, size.width_px, height_px, 0, top_px, matrix)
            .map_err(|error| js_sys::Error::new(&error.to_string()).into())
    }

    fn canvas(&mut self) -> Result<(OffscreenCanvas, OffscreenCanvasRenderingContext2d), JsValue> {
        if self.canvas.is_none() {
            self.canvas = Some(readable(16, 16)?);
        }
        self.canvas.clone().ok_or_else(|| js_sys::Error::new("no canvas").into())
    }
}

fn set_font(context: &OffscreenCanvasRenderingContext2d, look: &CaptionLook, font_px: f64) {
    let (weight, font, scripts) = (look.weight, look.font, fonts::stack());
    context.set_font(&format!("{weight} {font_px}px \"{font}\", {scripts}{SYSTEM_FONTS}"));
    context.set_text_baseline("middle");
    context.set_text_align("left");
    context.set_line_join("round");
}

/// A piece of a line with where it lies, counted from the left end of the line.
struct Placed {
    piece: Piece,
    left: f64,
    right: f64,
}

/// The pieces of a line from the left: each is drawn by itself, so that the spoken word has its color.
fn placed(
    context: &OffscreenCanvasRenderingContext2d,
    line: &[CaptionWord],
    way: Direction,
) -> Result<Vec<Placed>, JsValue> {
    let mut left = 0.0;
    let pieces = visual(line.iter().map(|word| (word.text.as_str(), word.spaced)), way);
    let place = |piece: Piece| {
        set_direction(context, piece.way);
        let right = left + context.measure_text(&piece.text)?.width();
        let placed = Placed { piece, left, right };
        left = right;
        Ok::<_, JsValue>(placed)
    };
    pieces.into_iter().map(place).collect()
}

/// The bindings have no setter for it.
fn set_direction(context: &OffscreenCanvasRenderingContext2d, way: Direction) {
    js::set(context, "direction", &way.name().into());
}

fn draw_line(
    context: &OffscreenCanvasRenderingContext2d,
    line: &[CaptionWord],
    placed: &[Placed],
    look: &CaptionLook,
    (center_x, y): (f64, f64),
    font_px: f64,
) -> Result<(), JsValue> {
    let begin = center_x - placed.last().map_or(0.0, |last| last.right) / 2.0;
    if let Some(Outline { color, width }) = look.outline {
        context.set_stroke_style_str(&css(color, 1.0));
        context.set_line_width(font_px * width);
        for Placed { piece, left, .. } in placed {
            set_direction(context, piece.way);
            context.stroke_text(&piece.text, begin + left, y)?;
        }
    }
    for Placed { piece, left, .. } in placed {
        let Some(word) = piece.word.and_then(|number| line.get(number)) else { continue };
        set_direction(context, piece.way);
        context.set_fill_style_str(&css(look.ink(word.color, word.spoken), 1.0));
        context.fill_text(&piece.text, begin + left, y)?;
    }
    Ok(())
}

/// A color as the canvas reads it.
fn css(Rgb(red, green, blue): Rgb, alpha: f32) -> String {
    format!("rgb({red} {green} {blue} / {alpha})")
}
