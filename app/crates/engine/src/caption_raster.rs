//! Draws a caption once per state on an OffscreenCanvas: the browser shapes the text, so every script and emoji works.
//! Gives planes to blend; knows nothing of when a caption is shown.

use crate::failure::from_js;
use crate::js;
use clip::edit::{CaptionStyle, OutputSize};
use clip::frame::{Caption, CaptionWord};
use clip::paint::ink::{DARK, PLATE_ALPHA};
use clip::paint::{CaptionBitmap, Matrix, Rgb, ink};
use clip::protocol::Failure;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{FontFace, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// The shipped caption font, and what stands in for the scripts that it lacks.
const FONT_FILE: &str = "/fonts/caption.woff2";
const FONT_FAMILY: &str = "Incut Caption";
const FONT_STACK: &str = "\"Incut Caption\", \"Noto Sans\", system-ui, \"Segoe UI\", Roboto, sans-serif";

/// As fractions of the picture's width.
const FONT_SIZE: f64 = 0.078;
const LARGEST_LINE: f64 = 0.9;
/// As fractions of the font size.
const LINE_HEIGHT: f64 = 1.22;
const OUTLINE: f64 = 0.2;
const PLATE_PADDING: f64 = 0.34;
/// Middle of the caption as a fraction of the picture's height: above the buttons that every platform lays over a clip.
const MIDDLE: f64 = 0.69;

/// Captions kept drawn; the spoken word moves on and rarely back.
const KEPT: usize = 6;

/// Loads the caption font if the server ships it. Without it the system's font is used: a caption is never lost.
pub async fn load_font() {
    let load = async {
        let response: web_sys::Response =
            js::settle(js::scope().fetch_with_str(FONT_FILE)).await?.unchecked_into();
        if !response.ok() {
            return Err(JsValue::from_str("not served"));
        }
        let bytes: js_sys::ArrayBuffer = js::settle(response.array_buffer()?).await?.unchecked_into();
        let face = FontFace::new_with_array_buffer(FONT_FAMILY, &bytes)?;
        // All weights are in the one file; without this the heavy one would be smeared from the normal one.
        face.set_weight("300 900");
        js::settle(face.load()?.unchecked_into()).await?;
        let fonts = js::get(&js::scope(), "fonts");
        let add: js_sys::Function = js::get(&fonts, "add").dyn_into()?;
        add.call1(&fonts, &face)
    };
    if let Err(error) = load.await {
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
        if caption.style == CaptionStyle::Off || caption.lines.iter().all(Vec::is_empty) {
            return Ok(None);
        }
        let is_same =
            |drawn: &&Drawn| drawn.caption == *caption && drawn.size == size && drawn.matrix == matrix;
        if let Some(drawn) = self.drawn.iter().find(is_same) {
            return Ok(Some(Rc::clone(&drawn.bitmap)));
        }
        let drawn = self.draw(caption, size, matrix);
        let bitmap = Rc::new(drawn.map_err(|error| from_js("drawing the caption", &error))?);
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
        let width = f64::from(size.width_px);
        let font_px = (width * FONT_SIZE).round();
        let lines = caption.lines.len() as f64;
        let height = (lines * font_px * LINE_HEIGHT + font_px * 2.0 * PLATE_PADDING).ceil();
        // Chroma is shared by two by two pixels: the box starts and ends on even ones.
        let height_px = (height as u32).next_multiple_of(2).min(size.height_px);
        let top_px = ((f64::from(size.height_px) * MIDDLE - height / 2.0).max(0.0) as u32 / 2 * 2)
            .min(size.height_px - height_px);

        let (canvas, context) = self.canvas()?;
        canvas.set_width(size.width_px);
        canvas.set_height(height_px);
        context.clear_rect(0.0, 0.0, width, f64::from(height_px));
        let middle = f64::from(height_px) / 2.0;
        let widest = caption.lines.iter().try_fold(0.0_f64, |widest, line| {
            set_font(&context, font_px);
            Ok::<_, JsValue>(widest.max(line_width(&context, line)?))
        })?;
        let shrink = (width * LARGEST_LINE / widest.max(1.0)).min(1.0);
        let font_px = font_px * shrink;
        set_font(&context, font_px);
        if caption.style == CaptionStyle::Plate {
            let pad = font_px * PLATE_PADDING;
            let plate = (widest * shrink + 2.0 * pad, lines * font_px * LINE_HEIGHT + pad);
            context.begin_path();
            context.round_rect_with_f64(
                (width - plate.0) / 2.0,
                middle - plate.1 / 2.0,
                plate.0,
                plate.1,
                font_px * 0.3,
            )?;
            context.set_fill_style_str(&css(DARK, PLATE_ALPHA));
            context.fill();
        }
        let mut baseline = middle - (lines - 1.0) / 2.0 * font_px * LINE_HEIGHT;
        for line in &caption.lines {
            draw_line(&context, line, caption.style, width / 2.0, baseline, font_px)?;
            baseline += font_px * LINE_HEIGHT;
        }
        let rgba = js::pixels(&context, size.width_px, height_px)?;
        let top_px = i32::try_from(top_px).unwrap_or_default();
        CaptionBitmap::from_rgba(&rgba, size.width_px, height_px, 0, top_px, matrix)
            .map_err(|error| js_sys::Error::new(&error.to_string()).into())
    }

    fn canvas(&mut self) -> Result<(OffscreenCanvas, OffscreenCanvasRenderingContext2d), JsValue> {
        if self.canvas.is_none() {
            let canvas = OffscreenCanvas::new(16, 16)?;
            // Read back at once: kept in the processor's memory.
            let options: JsValue =
                js::dictionary::<js_sys::Object>(&[("willReadFrequently", true.into())]).into();
            let context = canvas
                .get_context_with_context_options("2d", &options)?
                .ok_or_else(|| js_sys::Error::new("no 2d canvas"))?
                .unchecked_into();
            self.canvas = Some((canvas, context));
        }
        self.canvas.clone().ok_or_else(|| js_sys::Error::new("no canvas").into())
    }
}

fn set_font(context: &OffscreenCanvasRenderingContext2d, font_px: f64) {
    context.set_font(&format!("800 {font_px}px {FONT_STACK}"));
    context.set_text_baseline("middle");
    context.set_text_align("left");
    context.set_line_join("round");
}

fn space_width(context: &OffscreenCanvasRenderingContext2d) -> Result<f64, JsValue> {
    Ok(context.measure_text(" ")?.width())
}

fn line_width(context: &OffscreenCanvasRenderingContext2d, line: &[CaptionWord]) -> Result<f64, JsValue> {
    let mut width = 0.0;
    for (index, word) in line.iter().enumerate() {
        if index > 0 {
            width += space_width(context)?;
        }
        width += context.measure_text(&word.text)?.width();
    }
    Ok(width)
}

fn draw_line(
    context: &OffscreenCanvasRenderingContext2d,
    line: &[CaptionWord],
    style: CaptionStyle,
    center_x: f64,
    y: f64,
    font_px: f64,
) -> Result<(), JsValue> {
    let mut x = center_x - line_width(context, line)? / 2.0;
    let space = space_width(context)?;
    let mut placed = Vec::with_capacity(line.len());
    let mut in_order: Vec<&CaptionWord> = line.iter().collect();
    // Words are placed one by one to colour the spoken one, so a right-to-left line is laid out from its end. Most of its
    // words decide which it is: a name may be written in another script than what is said.
    let from_right = line.iter().filter(|word| word.text.chars().any(is_right_to_left)).count();
    if 2 * from_right > line.len() {
        in_order.reverse();
    }
    for word in in_order {
        placed.push((word, x));
        x += context.measure_text(&word.text)?.width() + space;
    }
    if style == CaptionStyle::Bold {
        context.set_stroke_style_str(&css(DARK, 1.0));
        context.set_line_width(font_px * OUTLINE);
        for (word, x) in &placed {
            context.stroke_text(&word.text, *x, y)?;
        }
    }
    for (word, x) in &placed {
        context.set_fill_style_str(&css(ink(style, word), 1.0));
        context.fill_text(&word.text, *x, y)?;
    }
    Ok(())
}

/// A colour as the canvas reads it.
fn css(Rgb(red, green, blue): Rgb, alpha: f32) -> String {
    format!("rgb({red} {green} {blue} / {alpha})")
}

/// Hebrew, Arabic and their relatives and presentation forms.
fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}
