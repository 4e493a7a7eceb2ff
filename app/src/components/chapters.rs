//! The talk at a glance: what it says in a few sentences, what it is about, its chapters, and ways to take them along.
//! What they are is `project::export::outline`'s.

use super::copying;
use super::icon::{Drawn, Icon};
use super::listed::Listed;
use super::show::Show;
use crate::browser;
use crate::format;
use crate::forms::{self, Form};
use crate::reactive::memo;
use crate::session::session;
use leptos::prelude::*;
use media::time::Instant;
use project::caption_language::CaptionLanguage;
use project::export::outline::{Chapter, Outline, Said};
use text::say;

#[component]
pub fn Chapters(outline: Memo<Option<Outline>>) -> impl IntoView {
    let session = session();
    let known = memo(move || outline.get().filter(|outline| !outline.chapters.is_empty()));
    let current = memo(move || {
        let now = session.now.get();
        known.with(|outline| {
            let chapters = &outline.as_ref()?.chapters;
            chapters.partition_point(|chapter| chapter.start <= now).checked_sub(1)
        })
    });
    let chapter = move |(index, chapter): (usize, Chapter)| {
        view! {
            <li>
                <button
                    type="button"
                    class="chapter"
                    aria-current=move || (current.get() == Some(index)).then_some("true")
                    on:click=move |_| session.seek(chapter.start)
                >
                    <Time at=chapter.start/>
                    <span class="chapter-title" dir="auto">{chapter.title}</span>
                </button>
            </li>
        }
    };
    let said = move |said: Said| {
        view! {
            <li>
                <button type="button" class="chapter" on:click=move |_| session.seek(said.start)>
                    <Time at=said.start/>
                    <span dir="auto">{said.text}</span>
                </button>
            </li>
        }
    };
    let of = move |part: fn(&Outline) -> usize| known.with(|outline| outline.as_ref().map_or(0, part));
    view! {
        <Show when=move || known.with(Option::is_some)>
            <section class="glance card" id="chapters" aria-labelledby="chapters-title">
                <div class="section-head">
                    <h2 id="chapters-title">{say!("outline-chapters")}</h2>
                    <TakeAlong/>
                </div>
                <ol class="chapter-list" id="chapter-list">
                    {move || known.get().unwrap_or_default().chapters.into_iter().enumerate().map(chapter).listed()}
                </ol>
                <Show when=move || { of(|outline| outline.summary.len()) > 0 }>
                    <h3>{say!("outline-key-points")}</h3>
                    <ul class="chapter-list" id="summary">
                        {move || known.get().unwrap_or_default().summary.into_iter().map(said).listed()}
                    </ul>
                </Show>
                <Show when=move || { of(|outline| outline.keywords.len()) > 0 }>
                    <h3>{say!("outline-topics")}</h3>
                    <ul class="keywords" id="keywords">
                        {move || {
                            known.get().unwrap_or_default().keywords.into_iter().map(|word| view! { <Keyword word/> }).listed()
                        }}
                    </ul>
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn Time(at: Instant) -> impl IntoView {
    view! { <span class="time chapter-time">{format::position(at)}</span> }
}

/// Pressed, it is looked for.
#[component]
fn Keyword(word: String) -> impl IntoView {
    let session = session();
    let label = say!("outline-find-clips", word = &word);
    let about = word.clone();
    view! {
        <li>
            <button
                type="button"
                class="badge keyword"
                aria-label=label.clone()
                title=label
                on:click=move |_| session.look_for_clips(&about)
            >
                {word}
            </button>
        </li>
    }
}

#[component]
fn TakeAlong() -> impl IntoView {
    let session = session();
    let told = RwSignal::new(String::new());
    let made = move |form: Form| {
        session.state.with_untracked(|state| {
            let file = state.file.as_ref()?;
            let stem = format::stem(&file.label.name).to_owned();
            Some((
                forms::render(form, file, CaptionLanguage::Original, &state.loading, &[])?,
                form.file_name(&stem, None),
            ))
        })
    };
    let copy = move |_| {
        if let Some((text, _)) = made(Form::Chapters) {
            copying::copy(text, told);
        }
    };
    let save = move |form: Form| {
        if let Some((text, name)) = made(form) {
            browser::save_text(&text, &name, form.media_type());
        }
    };
    view! {
        <div class="downloads" role="group" aria-label=say!("outline-export")>
            <span role="status">{told}</span>
            <button
                type="button"
                id="copy-chapters"
                class="button button-small"
                aria-label=say!("outline-copy-label")
                on:click=copy
            >
                <Drawn icon=Icon::Copy/>
                {say!("common-copy")}
            </button>
            <button
                type="button"
                id="save-chapters"
                class="button button-small"
                aria-label=say!("outline-save-label")
                on:click=move |_| save(Form::Chapters)
            >
                {say!("common-save")}
            </button>
            <button
                type="button"
                id="save-notes"
                class="button button-small"
                aria-label=say!("outline-notes-label")
                on:click=move |_| save(Form::Notes)
            >
                {say!("outline-notes")}
            </button>
        </div>
    }
}
