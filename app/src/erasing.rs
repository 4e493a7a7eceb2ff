//! Deleting what is no project: the models, and everything that Incut has put into this browser; and the receipt of it.

use crate::browser::{self, Room};
use crate::finished;
use crate::locks;
use crate::persistence;
use crate::projects;
use crate::recents;
use crate::session::Session;
use crate::settings::Settings;
use crate::state::AppState;
use crate::state::receipt::{Everything, Receipt};
use clip::protocol::{EXPORTS, FONTS, MODELS, MODELS_LOCK};
use leptos::prelude::*;
use project::verdicts::Verdicts;
use text::say;
use wasm_bindgen_futures::spawn_local;

/// An engine that was ended has let go of its files by then.
const LETTING_GO_MS: u32 = 300;
/// A tab that only looks whether the models are there is done by then.
const LOOKING_MS: u32 = 2_000;

/// Files of the models and of the fonts that come with them, and their bytes.
async fn models() -> (usize, u64) {
    let files = [finished::sizes(MODELS).await, finished::sizes(FONTS).await].concat();
    (files.len(), files.iter().sum())
}

/// How much room there is, and how much is taken: as the browser says it, but no less than the files take that lie here. Chromium forgets
/// after a restart what was written through sync access handles, and so are models, fonts and clips.
pub async fn room() -> Option<Room> {
    let clips: u64 = finished::sizes(EXPORTS).await.iter().sum();
    let files = models().await.1 + clips;
    browser::room().await.map(|room| Room { used_bytes: room.used_bytes.max(files), ..room })
}

/// “4 model files, 98.0 MB”.
pub async fn models_in_words() -> String {
    let (files, bytes) = models().await;
    say!("kept-model-files", count = files, size = crate::format::size(bytes))
}

/// Deletes the models, also the one that is loaded: what the page says of them is true at once.
pub fn delete_models(session: Session) {
    spawn_local(async move {
        let what = models_in_words().await;
        // It may be fetching them itself.
        session.end_engine();
        session.state.update(AppState::models_are_deleted);
        let Some(_lock) = locks::take_within(MODELS_LOCK, LOOKING_MS).await else {
            session.start_engine();
            return projects::tell(session, say!("kept-models-stay"));
        };
        browser::sleep_ms(LETTING_GO_MS).await;
        finished::remove_all_of(MODELS).await;
        finished::remove_all_of(FONTS).await;
        projects::tell(
            session,
            match models().await {
                (0, _) => say!("kept-models-deleted", what = what),
                _ => say!("kept-models-partly"),
            },
        );
    });
}

/// What there is to erase.
pub async fn everything(session: Session) -> Everything {
    let (model_files, model_bytes) = models().await;
    // What is open may be kept since they were listed.
    projects::list(session).await;
    let settings = session.settings.get_untracked();
    Everything {
        load: session.recents.with_untracked(|listed| recents::load(listed)),
        model_files,
        model_bytes,
        has_settings: settings != Settings::default(),
        names: settings.names.split([',', '\n']).filter(|name| !name.trim().is_empty()).count(),
        verdicts: session.verdicts.with_untracked(Verdicts::count),
        has_pages: browser::has_stored_pages().await,
    }
}

/// Erases everything, closes what is open, and leaves the page as on a first visit. Nothing is fetched until a video is opened.
/// `lines`: what there was.
pub fn erase_everything(session: Session, lines: Vec<String>) {
    // What is open is not to be kept.
    persistence::let_go(session);
    session.put_everything_down();
    browser::forget_texts();
    spawn_local(async move {
        for wait_ms in [0, LETTING_GO_MS] {
            browser::sleep_ms(wait_ms).await;
            session.store().erase().await;
            finished::erase_all_files().await;
        }
        browser::forget_pages().await;
        let is_whole = finished::nothing_is_left().await && !browser::has_stored_pages().await;
        session.receipt.set(Some(Receipt { lines, is_whole }));
        browser::sleep_ms(0).await;
        browser::focus("#receipt");
    });
}
