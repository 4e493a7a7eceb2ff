//! Recognizes a file by what is in it: the SHA-256 of its length and of a few slices of it. Nothing else of a file is read on the page.

use crate::browser;
use crate::session::label_of;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use project::identity::FileLabel;
use project::identity::slices;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// What is known of `file` before it is opened, with the fingerprint of its content where it can be read.
pub async fn label(file: &File) -> FileLabel {
    FileLabel { fingerprint: of(file).await, ..label_of(file) }
}

async fn of(file: &File) -> Option<String> {
    let parts = Array::of1(&format!("{}\n", file.size()).into());
    for (start, end) in slices(file.size() as u64) {
        parts.push(&file.slice_with_f64_and_f64(start as f64, end as f64).ok()?.into());
    }
    let told = Blob::new_with_blob_sequence(&parts).ok()?;
    let bytes = JsFuture::from(told.array_buffer()).await.ok()?;
    let crypto = Reflect::get(&browser::the_window()?.into(), &"crypto".into()).ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    let digest: Function = Reflect::get(&subtle, &"digest".into()).ok()?.dyn_into().ok()?;
    let hashing: Promise =
        digest.call2(&subtle, &JsValue::from_str("SHA-256"), &bytes).ok()?.dyn_into().ok()?;
    let hash = Uint8Array::new(&JsFuture::from(hashing).await.ok()?).to_vec();
    Some(hash.iter().map(|byte| format!("{byte:02x}")).collect())
}
