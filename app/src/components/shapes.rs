//! The shape of the pictures of all clips, chosen by how it looks.

use crate::reactive::memo;
use crate::session::session;
use clip::edit::Shape;
use leptos::prelude::*;
use text::say;

#[component]
pub fn ShapeChoice() -> impl IntoView {
    let session = session();
    let shape = memo(move || session.shape());
    let choice = move |value: Shape| {
        let (width, height) = value.ratio();
        let ratio = format!("{width}:{height}");
        let words = match value {
            Shape::Upright => say!("editor-shape-upright", ratio = &ratio),
            Shape::Portrait => say!("editor-shape-portrait", ratio = &ratio),
            Shape::Square => say!("editor-shape-square", ratio = &ratio),
            Shape::Wide => say!("editor-shape-wide", ratio = &ratio),
        };
        view! {
            <label class="choice" title=words.clone()>
                <input
                    type="radio"
                    name="shape"
                    aria-label=words.clone()
                    prop:checked=move || shape.get() == value
                    on:change=move |_| session.reshape(value)
                />
                <span class=format!("shape-sign shape-{}", value.name()) aria-hidden="true"></span>
                <span aria-hidden="true">{ratio}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field field-set" id="shape" aria-describedby="shape-note">
            <legend class="field-label">{say!("editor-shape")}</legend>
            <div class="choices">{Shape::ALL.map(choice).into_iter().collect_view()}</div>
            <p class="field-note" id="shape-note">{say!("editor-shape-note")}</p>
        </fieldset>
    }
}
