//! What is stored in this browser, how much room it takes, and how to delete parts of it or everything.

use super::listed::Listed;
use super::pressed::pressed;
use super::show::Show;
use crate::browser::{self, Room};
use crate::erasing;
use crate::format;
use crate::projects;
use crate::reactive::{effect, memo};
use crate::recents::{Recent, load};
use crate::session::{Session, session};
use leptos::prelude::*;
use text::say;
use wasm_bindgen_futures::spawn_local;

#[component]
pub fn Stored(
    room: RwSignal<Option<Room>>,
    on_change: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = session();
    let is_busy = memo(move || session.state.with(|state| state.is_working() || state.file.is_some()));
    let promise = move || match session.persisted.get() {
        Some(true) => say!("kept-promised"),
        Some(false) => say!("kept-may-be-cleared"),
        None => say!("kept-unsaid"),
    };
    let asks = RwSignal::new(None::<Ask>);
    let ask = move |what: What| {
        asks.set(None);
        spawn_local(async move {
            asks.set(Some(Ask::of(what, session).await));
            // It lies below what is seen of the settings. The way out of it comes first.
            browser::focus_soon("#erase-not");
        });
    };
    // What was deleted is counted out a moment later.
    let measure_soon = move || set_timeout(on_change, std::time::Duration::from_millis(1_500));
    let used = move || {
        let room = room.get()?;
        let (used, allowed) = (format::size(room.used_bytes), format::size(room.allowed_bytes));
        Some(say!("kept-used", used = used, allowed = allowed))
    };
    effect(move || {
        if !session.settings_open.get() {
            asks.set(None);
        }
    });
    view! {
        <section class="settings-part">
            <h3>{say!("kept-stored")}</h3>
            <p id="storage">{used}" "{promise}</p>
            <div class="alert-actions">
                <button
                    type="button"
                    id="delete-projects"
                    class="button button-small button-danger"
                    disabled=move || is_busy.get() || session.recents.with(Vec::is_empty)
                    on:click=move |_| ask(What::Projects)
                >
                    {say!("kept-delete-projects")}
                </button>
                <button
                    type="button"
                    id="delete-models"
                    class="button button-small button-danger"
                    disabled=is_busy
                    on:click=move |_| ask(What::Models)
                >
                    {say!("kept-delete-models")}
                </button>
                <button
                    type="button"
                    id="erase"
                    class="button button-small button-danger"
                    on:click=move |_| ask(What::Everything)
                >
                    {say!("kept-erase")}
                </button>
            </div>
            {move || asks.get().map(|ask| view! { <Question ask asks measure_soon=Callback::new(move |()| measure_soon())/> })}
            <Show when=move || is_busy.get()>
                <p class="field-note">{say!("kept-close-first")}</p>
            </Show>
        </section>
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Projects,
    Models,
    Everything,
}

/// A question that is asked with numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ask {
    what: What,
    words: String,
    lines: Vec<String>,
}

impl Ask {
    async fn of(what: What, session: Session) -> Self {
        match what {
            What::Projects => session.recents.with_untracked(|recents| Self {
                what,
                words: say!("kept-delete-question", what = load(recents).words()),
                lines: recents.iter().map(with_exports).collect(),
            }),
            What::Models => Self {
                what,
                words: say!("kept-delete-models-question", what = erasing::models_in_words().await),
                lines: vec![],
            },
            What::Everything => Self {
                what,
                words: say!("kept-erase-question"),
                lines: erasing::everything(session).await.lines(),
            },
        }
    }
}

/// A project, and the exported clips that go with it.
fn with_exports(recent: &Recent) -> String {
    let names: Vec<&str> = recent.exports().iter().map(|export| export.name.as_str()).collect();
    match names.as_slice() {
        [] => recent.label.name.clone(),
        names => {
            let exports = names.join(&say!("common-comma"));
            say!("kept-with-exports", name = &recent.label.name, exports = exports)
        }
    }
}

#[component]
fn Question(ask: Ask, asks: RwSignal<Option<Ask>>, measure_soon: Callback<()>) -> impl IntoView {
    let session = session();
    let (back, yes, no) = match ask.what {
        What::Projects => ("#delete-projects", say!("kept-delete"), say!("common-keep")),
        What::Models => ("#delete-models", say!("kept-delete"), say!("common-keep")),
        What::Everything => ("#erase", say!("kept-erase-and-close"), say!("kept-keep-everything")),
    };
    let erased = ask.lines.clone();
    let act = move || match ask.what {
        What::Projects => {
            projects::forget(session, session.recents.get_untracked());
            session.settings_open.set(false);
        }
        What::Models => {
            erasing::delete_models(session);
            session.settings_open.set(false);
            measure_soon.run(());
        }
        What::Everything => erasing::erase_everything(session, erased.clone()),
    };
    view! {
        <div class="notice" id="erase-question" role="alert">
            <p><strong>{ask.words}</strong></p>
            {(!ask.lines.is_empty()).then(|| view! {
                <ul class="told">{ask.lines.into_iter().map(|line| view! { <li>{line}</li> }).listed()}</ul>
            })}
            <div class="alert-actions">
                {pressed("erase-now", "button-danger", yes, act)}
                {pressed("erase-not", "", no, move || {
                    asks.set(None);
                    browser::focus(back);
                })}
            </div>
        </div>
    }
}
