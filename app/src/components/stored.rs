//! What is stored in this browser, how much room it takes, and how to delete parts of it or everything.

use crate::browser::{self, Room};
use crate::phrasing;
use crate::projects;
use crate::session::session;
use clip::protocol::ToEngine;
use leptos::prelude::*;

#[component]
pub fn Stored(room: RwSignal<Option<Room>>, on_change: impl Fn() + Copy + Send + 'static) -> impl IntoView {
    let session = session();
    let is_busy =
        Memo::new(move |_| session.state.with(|state| state.work.is_some() || state.file.is_some()));
    let promise = move || match session.persisted.get() {
        Some(true) => "The browser promised not to clear it by itself.",
        Some(false) => "The browser may clear it if the disk fills up.",
        None => "The browser did not say whether it keeps it.",
    };
    let asks = RwSignal::new(false);
    // What was deleted is counted out a moment later.
    let measure_soon = move || set_timeout(on_change, std::time::Duration::from_millis(700));
    let used = move || match room.get() {
        Some(room) => {
            format!("{} of {}. ", phrasing::size(room.used_bytes), phrasing::size(room.allowed_bytes))
        }
        None => String::new(),
    };
    view! {
        <section class="settings-part">
            <h3>"Stored in this browser"</h3>
            <p id="storage">{used} {promise}</p>
            <div class="alert-actions">
                <button
                    type="button"
                    id="delete-projects"
                    class="button button-small button-danger"
                    disabled=is_busy
                    on:click=move |_| {
                        projects::forget(session, session.recents.get_untracked());
                        session.settings_open.set(false);
                    }
                >
                    "Delete projects and clips"
                </button>
                <button
                    type="button"
                    class="button button-small button-danger"
                    disabled=is_busy
                    on:click=move |_| {
                        session.send(&ToEngine::ClearModels);
                        measure_soon();
                    }
                >
                    "Delete speech models"
                </button>
                <button
                    type="button"
                    id="erase"
                    class="button button-small button-danger"
                    disabled=is_busy
                    aria-expanded=move || asks.get().to_string()
                    on:click=move |_| asks.update(|asks| *asks = !*asks)
                >
                    "Erase everything"
                </button>
            </div>
            <Show when=move || asks.get() && !is_busy.get()>
                <div class="notice" id="erase-question" role="alert">
                    <p>
                        "Projects, clips, models, settings, the names you typed and what Incut learned from your picks will be gone "
                        "from this browser. This cannot be undone."
                    </p>
                    <div class="alert-actions">
                        <button type="button" class="button" on:click=move |_| {
                            asks.set(false);
                            browser::focus("#erase");
                        }>
                            "Keep everything"
                        </button>
                        <button
                            type="button"
                            id="erase-now"
                            class="button button-danger"
                            on:click=move |_| projects::erase_everything(session)
                        >
                            "Yes, erase it"
                        </button>
                    </div>
                </div>
            </Show>
            <Show when=move || is_busy.get()>
                <p class="field-note">"Close the open video first."</p>
            </Show>
        </section>
    }
}
