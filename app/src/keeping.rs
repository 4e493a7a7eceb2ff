//! Keeps the open project in the browser's store and finds it again: when it is saved, listed, restored and deleted.
//! Knows when; the record's form is `store`'s and the document's is `document`'s.

use crate::browser::{self, MayAsk};
use crate::document;
use crate::session::{Expected, Expecting, SAMPLE_NAME, Session};
use crate::state::FileLabel;
use crate::store::{Record, Store};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

const OPEN_KEY: &str = "incut-open";
/// Edits in quick succession are saved once.
const QUIET: Duration = Duration::from_millis(800);
/// A long document is saved less often while words come: 4 s more for a megabyte, which is an hour of speech.
const QUIET_PER_BYTE: Duration = Duration::from_micros(4);

/// A kept project as the first page lists it.
#[derive(Debug, Clone)]
pub struct Recent {
    pub label: FileLabel,
    pub summary: document::Summary,
    pub handle: Option<JsValue>,
}

/// Opens the store and lists what is in it. Without a store (a private window) everything works, and nothing is kept.
pub async fn open(session: Session) {
    match Store::open().await {
        Ok(store) => session.held.update_value(|held| held.store = Some(store)),
        Err(error) => leptos::logging::warn!("{error}"),
    }
    window_event_listener_untyped("visibilitychange", move |_| save_now(session));
    window_event_listener_untyped("pagehide", move |_| save_now(session));
    list(session).await;
}

fn store(session: Session) -> Option<Store> {
    session.held.with_value(|held| held.store.clone())
}

pub fn list_again(session: Session) {
    spawn_local(list(session));
}

async fn list(session: Session) {
    let Some(store) = store(session) else { return };
    match store.all().await {
        Ok(records) => {
            let recents = records.into_iter().filter_map(|record| {
                let summary = document::summary(&record.document)?;
                Some(Recent { label: record.label, summary, handle: record.handle })
            });
            session.recents.set(recents.collect());
        }
        Err(error) => leptos::logging::warn!("{error}"),
    }
}

pub fn save_soon(session: Session) {
    let was_due = session.held.try_update_value(|held| std::mem::replace(&mut held.save_is_due, true));
    if was_due == Some(false) {
        let bytes = session.held.with_value(|held| held.saved_bytes);
        set_timeout(move || save_now(session), QUIET + QUIET_PER_BYTE * bytes);
    }
}

/// Saves if something has changed since the last time.
pub fn save_now(session: Session) {
    let due = session.held.try_update_value(|held| std::mem::take(&mut held.save_is_due));
    let Some(store) = store(session).filter(|_| due == Some(true)) else { return };
    let record = session.state.with_untracked(|state| {
        let file = state.file.as_ref().filter(|file| file.facts.is_some())?;
        Some(Record {
            label: file.label.clone(),
            kept_ms: js_sys::Date::now(),
            document: document::write(file)?,
            waveform: file.waveform.clone(),
            handle: session.held.with_value(|held| held.handle.clone()),
        })
    });
    let Some(record) = record else { return };
    let bytes = u32::try_from(record.document.len()).unwrap_or(u32::MAX);
    session.held.update_value(|held| held.saved_bytes = bytes);
    spawn_local(async move {
        // A full disk must not stop the work; the page says how much room there is in the settings.
        if let Err(error) = store.put(&record).await {
            leptos::logging::warn!("{error}");
        }
    });
}

/// The opened file may have been worked on before: its transcript, clips and edits come back, and only what is missing
/// is done.
pub fn restore_then_analyze(session: Session) {
    spawn_local(async move {
        let label = session.state.with_untracked(|state| state.file.as_ref().map(|file| file.label.clone()));
        if let (Some(store), Some(label)) = (store(session), label)
            && let Ok(Some(record)) = store.get(&label).await
        {
            session.state.update(|state| {
                if let Some(file) = state.file.as_mut().filter(|file| file.label.is_same(&label)) {
                    document::read_into(&record.document, file);
                    file.waveform = record.waveform;
                }
            });
        }
        if session.state.with_untracked(|state| state.is_unfinished()) {
            session.analyze();
        } else {
            session.file_is_open_again();
        }
        if let Some(store) = store(session)
            && let Err(error) = store.forget_the_oldest().await
        {
            leptos::logging::warn!("{error}");
        }
    });
}

/// Remembers for this tab which file is open, so that a reload can go on with it; `None`: it was closed.
pub fn mark_open(label: Option<&FileLabel>) {
    let mark = label.map(|label| format!("{} {}", label.bytes, label.name));
    browser::store_for_tab(OPEN_KEY, mark.as_deref());
}

/// After a reload, the file that was open is opened again where the browser still allows it without asking; elsewhere
/// the person is told which file to choose.
pub async fn reopen_last(session: Session) {
    let mark = browser::stored_for_tab(OPEN_KEY);
    let is_marked =
        |recent: &&Recent| mark.as_deref() == Some(&format!("{} {}", recent.label.bytes, recent.label.name));
    let found = session.recents.with_untracked(|recents| recents.iter().find(is_marked).cloned());
    let Some(recent) = found else { return };
    if recent.label.name == SAMPLE_NAME {
        return session.open_sample();
    }
    let file = match &recent.handle {
        Some(handle) => browser::reopen(handle, MayAsk::No).await,
        None => None,
    };
    if session.state.with_untracked(|state| state.file.is_some()) {
        return;
    }
    match file {
        Some(file) => session.take_file(file, recent.handle),
        None => session.expected.set(Some(Expected { label: recent.label, how: Expecting::Offered })),
    }
}

pub fn delete(session: Session, label: FileLabel) {
    spawn_local(async move {
        if let Some(store) = store(session) {
            if let Err(error) = store.delete(&label).await {
                leptos::logging::warn!("{error}");
            }
            list(session).await;
        }
    });
}

pub fn delete_all(session: Session) {
    spawn_local(async move {
        if let Some(store) = store(session) {
            if let Err(error) = store.delete_all().await {
                leptos::logging::warn!("{error}");
            }
            list(session).await;
        }
    });
}
