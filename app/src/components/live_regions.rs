//! The live regions: what a screen reader says of results and of edits, for some seconds. One pair lies in the page and one in the editor,
//! as what lies behind an open dialog is not read out.

use crate::session::session;
use leptos::prelude::*;

#[component]
pub fn LiveRegions(in_editor: bool) -> impl IntoView {
    let session = session();
    let result = move || {
        session.announced.with(|announced| {
            if announced.in_editor == in_editor { announced.words.clone() } else { String::new() }
        })
    };
    let kind = if in_editor { "told-in-editor" } else { "told" };
    view! {
        <p id=kind class="for-readers-only" role="status" aria-atomic="true" data-live="results">{result}</p>
        {in_editor.then(|| view! {
            <p id="edited" class="for-readers-only" role="status" aria-atomic="true" data-live="edits">
                {move || session.edited.with(|edited| edited.words.clone())}
            </p>
        })}
    }
}
