//! Words of scripts that write none apart, as the browser finds them: `Intl.Segmenter`, which js-sys has not.

use crate::web::js;
use clip::port::WordBreaks;
use js_sys::{Array, Function, Reflect};
use std::cell::OnceCell;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// Made once; `None` where the browser has none: none that has WebCodecs.
    static SEGMENTER: OnceCell<Option<JsValue>> = const { OnceCell::new() };
}

/// Where a browser knows no words, the whole is one.
pub struct BrowserWordBreaks;

impl WordBreaks for BrowserWordBreaks {
    fn begins(&self, text: &str) -> Vec<usize> {
        SEGMENTER.with(|made| {
            let segmenter = made.get_or_init(|| segmenter().ok());
            segmenter.as_ref().and_then(|segmenter| begins(segmenter, text).ok()).unwrap_or_default()
        })
    }
}

/// Of no language: the scripts decide.
fn segmenter() -> Result<JsValue, JsValue> {
    let class: Function = js::get(&js::get(&js_sys::global(), "Intl"), "Segmenter").dyn_into()?;
    let options: JsValue = js::dictionary(&[("granularity", "word".into())]);
    Reflect::construct(&class, &Array::of2(&JsValue::UNDEFINED, &options))
}

fn begins(segmenter: &JsValue, text: &str) -> Result<Vec<usize>, JsValue> {
    let segment: Function = js::get(segmenter, "segment").dyn_into()?;
    let pieces = segment.call1(segmenter, &text.into())?;
    let mut begins = Vec::new();
    let mut at = 0;
    for piece in js_sys::try_iter(&pieces)?.into_iter().flatten() {
        begins.push(at);
        // Browsers count in UTF-16.
        at += js::get(&piece?, "segment").as_string().map_or(0, |word| word.len());
    }
    Ok(begins)
}
