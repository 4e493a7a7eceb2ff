//! Keeps the open project in the browser's store and finds it again: when it is saved, by whom, and what becomes of a save that failed.
//! The list of all projects is `projects`'s, the record's form `store`'s, the document's `project::document`'s.

use crate::browser;
use crate::finished;
use crate::holding::{Holding, LeftBehind, SOON_FREE_MS, lock_of};
use crate::locks::{self, Lock};
use crate::projects;
use crate::session::Session;
use crate::state::AppState;
use crate::state::jobs::Kind;
use crate::state::saving::{ReadOnly, Saving, Trouble};
use crate::state::shelf;
use crate::store::{Record, StoreError};
use clip::edit::ClipId;
use futures::future::{Either, select};
use leptos::prelude::*;
use project::document::{self, Reading};
use project::identity::FileLabel;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;
use text::say;
use wasm_bindgen_futures::spawn_local;

/// Edits in quick succession are saved once.
const QUIET: Duration = Duration::from_millis(800);
/// A long document is saved less often while words come: 4 s more for a megabyte, which is an hour of speech.
const QUIET_PER_BYTE: Duration = Duration::from_micros(4);
/// Within so long another tab gives up a project, if it does.
const ANSWERED_WITHIN: Duration = Duration::from_secs(3);
/// Lists what is kept, and saves whenever the page may be about to go. Without a store (a private window) everything works, and it is
/// said that nothing is kept.
pub async fn open(session: Session) {
    window_event_listener_untyped("visibilitychange", move |_| save_at_once(session));
    window_event_listener_untyped("pagehide", move |_| save_at_once(session));
    projects::open(session, move |asked| give_up(session, asked)).await;
}

// Saving

pub fn save_soon(session: Session) {
    let nobody_waits = session.saving.try_update(Saving::change);
    let now_ms = browser::now_ms();
    if nobody_waits == Some(true) {
        let bytes = session.held.with_value(|held| held.holding.saved_bytes);
        save_after(session, QUIET + QUIET_PER_BYTE * bytes);
    } else if session.held.with_value(|held| now_ms >= held.holding.save_by_ms) {
        // Timers of a hidden tab come late, events of the engine do not.
        save_now(session);
    }
}

fn save_after(session: Session, quiet: Duration) {
    let save_by_ms = browser::now_ms() + quiet.as_secs_f64() * 1000.0;
    session.held.update_value(|held| held.holding.save_by_ms = save_by_ms);
    browser::after(quiet, move || save_now(session));
}

/// Saves if something has changed since the last time.
pub fn save_now(session: Session) {
    let Some(record) = record(session) else { return };
    let Some(changes) = session.saving.try_update(Saving::begin).flatten() else { return };
    let known = session.saving.with_untracked(|saving| saving.revision);
    let store = session.store();
    let (number, lock) = session.held.with_value(|held| (held.holding.number, held.holding.lock.clone()));
    spawn_local(async move {
        let outcome = store.put(&record, known).await;
        settle(session, Some(number), changes, outcome, LeftBehind { record, known, _lock: lock });
    });
}

/// The page may be about to go: what is due is handed to the browser before this returns, as far as this tab is the owner.
fn save_at_once(session: Session) {
    let lock = session.held.with_value(|held| held.holding.lock.clone());
    let (Some(lock), Some(record)) = (lock, record(session)) else { return save_now(session) };
    let Some(changes) = session.saving.try_update(Saving::begin_at_once).flatten() else { return };
    let known = session.saving.with_untracked(|saving| saving.revision);
    let number = session.held.with_value(|held| held.holding.number);
    let begun = session.store().put_at_once(&record, known);
    spawn_local(async move {
        let outcome = match begun {
            Some(begun) => begun.await,
            None => session.store().put(&record, known).await,
        };
        settle(session, Some(number), changes, outcome, LeftBehind { record, known, _lock: Some(lock) });
    });
}

fn record(session: Session) -> Option<Record> {
    let record = session.state.with_untracked(|state| {
        let file = state.file.as_ref().filter(|file| file.facts.is_some())?;
        session.held.with_value(|held| {
            Some(Record {
                label: file.label.clone(),
                kept_ms: js_sys::Date::now(),
                order: held.holding.order,
                document: document::write(file)?,
                waveform: file.waveform.clone(),
                handle: held.handle.clone(),
                unknown: held.holding.unknown.clone(),
            })
        })
    })?;
    let bytes = u32::try_from(record.document.len()).unwrap_or(u32::MAX);
    session.held.update_value(|held| held.holding.saved_bytes = bytes);
    Some(record)
}

/// `number`: of the project while it was open.
fn settle(
    session: Session,
    number: Option<u32>,
    changes: u64,
    outcome: Result<u64, StoreError>,
    written: LeftBehind,
) {
    if let Err(error) = &outcome {
        leptos::logging::warn!("{error}");
    }
    let is_kept = outcome.is_ok();
    if number.is_some_and(|number| is_open(session, number)) {
        let outcome = outcome.map_err(|error| error.trouble);
        let again = session.saving.try_update(|saving| saving.end(changes, outcome)).flatten();
        if let Some(seconds) = again {
            save_after(session, QUIET.max(Duration::from_secs(seconds.into())));
        }
    } else if let Err(error) = outcome {
        session.left_behind.set(Some((written.record.label.name.clone(), error.trouble)));
        session.held.update_value(|held| held.left_behind = Some(written));
    }
    if is_kept {
        // The list is older than this.
        session.held.update_value(|held| held.is_listed = false);
        projects::announce(session);
    }
}

/// The person does not want to wait.
pub fn try_again(session: Session) {
    if let Some(left) = session.held.try_update_value(|held| held.left_behind.take()).flatten() {
        session.left_behind.set(None);
        spawn_local(async move {
            let outcome = session.store().put(&left.record, left.known).await;
            settle(session, None, 0, outcome, left);
            projects::list(session).await;
        });
    }
    save_now(session);
}

/// The person wants what is here kept, whatever is stored.
pub fn insist(session: Session) {
    let Some((label, number)) = open_project(session) else { return };
    spawn_local(async move {
        let stored = session.store().get(&label).await;
        if !is_open(session, number) {
            return;
        }
        match stored {
            Ok(stored) => session.saving.update(|saving| saving.insist(stored.map(|stored| stored.revision))),
            Err(error) => session.saving.update(|saving| saving.trouble = Some(error.trouble)),
        }
        save_now(session);
    });
}

/// The person wants what is stored, whatever is here.
pub fn take_stored(session: Session) {
    let Some((label, number)) = open_project(session) else { return };
    session.drop_draft();
    spawn_local(async move {
        read_stored(session, &label, number).await;
        go_on(session, number);
    });
}

// Opening and closing

/// The opened file may have been worked on before: its transcript, clips and edits come back, and only what is missing is done. Where
/// another tab has it open, it is shown, and taken over when that tab lets go.
pub fn restore_then_analyze(session: Session) {
    let Some((_, number)) = open_project(session) else { return };
    spawn_local(async move {
        let Some(label) = session.recognize(number).await else { return };
        let name = lock_of(&label);
        let taking = Box::pin(async move { locks::take(&name).await });
        match select(taking, pin!(browser::sleep_ms(SOON_FREE_MS))).await {
            Either::Left((lock, _)) => hold(session, number, lock),
            Either::Right((_, taking)) => only_show(session, label.clone(), number, taking),
        }
        read_stored(session, &label, number).await;
        go_on(session, number);
    });
}

/// The project is shown until its lock is free.
fn only_show(session: Session, label: FileLabel, number: u32, taking: impl Future<Output = Lock> + 'static) {
    session.saving.update(|saving| saving.read_only = Some(ReadOnly::Elsewhere));
    spawn_local(async move {
        let lock = taking.await;
        if is_open(session, number) {
            hold(session, number, lock);
            read_stored(session, &label, number).await;
            go_on(session, number);
        }
    });
}

/// The person wants to work on the project here: the tab that has it is asked to keep what it has and let go.
pub fn take_over(session: Session) {
    let Some((label, number)) = open_project(session) else { return };
    projects::ask_for(session, &lock_of(&label));
    browser::after(ANSWERED_WITHIN, move || {
        let waits = session.saving.with_untracked(|saving| saving.read_only == Some(ReadOnly::Elsewhere));
        if is_open(session, number) && waits {
            projects::tell(session, say!("kept-at-work-elsewhere"));
        }
    });
}

/// Another tab wants the project with this lock. What is at work here goes on; otherwise it goes there with everything that was done.
fn give_up(session: Session, name: &str) {
    let Some((label, number)) = open_project(session) else { return };
    let is_idle = session.state.with_untracked(|state| state.rests());
    if lock_of(&label) != name || !is_idle || !session.may_change() {
        return;
    }
    session.choose_clip(None);
    save_now(session);
    // What is being written holds the lock until it is.
    session.held.update_value(|held| held.holding.lock = None);
    let name = name.to_owned();
    only_show(session, label, number, async move {
        // The other tab waited first.
        locks::take(&name).await
    });
}

fn hold(session: Session, number: u32, lock: Lock) {
    if is_open(session, number) {
        session.held.update_value(|held| held.holding.lock = Some(Rc::new(lock)));
        session.saving.update(|saving| saving.read_only = None);
    }
}

/// The project is closed. What is being written still holds its lock.
pub fn let_go(session: Session) {
    session.held.update_value(|held| {
        held.holding = Holding { number: held.holding.number.wrapping_add(1), ..Holding::default() };
    });
    session.saving.set(Saving::default());
}

fn open_project(session: Session) -> Option<(FileLabel, u32)> {
    let label = session.state.with_untracked(|state| state.file.as_ref().map(|file| file.label.clone()))?;
    Some((label, session.held.with_value(|held| held.holding.number)))
}

pub fn is_open(session: Session, number: u32) -> bool {
    session.held.try_with_value(|held| held.holding.number) == Some(number)
}

async fn read_stored(session: Session, label: &FileLabel, number: u32) {
    let found = session.store().get(label).await;
    if !is_open(session, number) {
        return;
    }
    let order = session
        .recents
        .with_untracked(|recents| shelf::next_order(recents.iter().map(|recent| recent.place)));
    session.held.update_value(|held| held.holding.order = order);
    let stored = match found {
        Ok(stored) => stored,
        Err(error) => {
            // Not to be reached is not the same as not there: what may be stored is not written over.
            leptos::logging::warn!("{error}");
            return session.saving.update(|saving| {
                saving.know(None);
                saving.trouble = Some(error.trouble);
            });
        }
    };
    let revision = stored.as_ref().map(|stored| stored.revision);
    let mut is_known_otherwise = false;
    let reading = match stored.map(|stored| stored.record) {
        None => Reading::Absent,
        Some(None) => Reading::Unreadable,
        Some(Some(record)) => {
            let unknown = record.unknown.clone();
            is_known_otherwise = record.label.name != label.name || record.label.fingerprint.is_none();
            session.held.update_value(|held| held.holding.unknown = unknown);
            let reading = session.state.try_update(|state| {
                let file = state.file.as_mut().filter(|file| file.label.is_same(label))?;
                // Names that a person typed for an earlier page, which kept them for all projects alike.
                file.speech.names = session.settings.with_untracked(|settings| settings.names.clone());
                let reading = file.restore(Some(&record.document));
                if reading != Reading::Unreadable {
                    file.waveform = record.waveform;
                }
                // What is being found out is about what was there before.
                state.jobs.leave(Kind::is_understanding);
                Some(reading)
            });
            reading.flatten().unwrap_or(Reading::Unreadable)
        }
    };
    session.saving.update(|saving| {
        saving.know(revision);
        match reading {
            Reading::Absent => {}
            Reading::Whole => saving.trouble = None,
            Reading::Newer => saving.read_only = Some(saving.read_only.unwrap_or(ReadOnly::Newer)),
            Reading::Unreadable => saving.trouble = Some(Trouble::Unreadable),
        }
    });
    if reading == Reading::Absent {
        return;
    }
    if is_known_otherwise && reading == Reading::Whole {
        save_soon(session);
    }
    find_finished(session, label, number).await;
}

/// Finished clips of earlier visits can be saved again, those that are still there.
async fn find_finished(session: Session, label: &FileLabel, number: u32) {
    let ids: Vec<ClipId> = session.state.with_untracked(|state| {
        state.file.as_ref().map(|file| file.saved.keys().copied().collect()).unwrap_or_default()
    });
    for id in ids {
        let url = finished::open(&label.short(), id).await.and_then(|file| browser::object_url(&file));
        if !is_open(session, number) {
            if let Some(url) = url {
                browser::forget_url(&url);
            }
            return;
        }
        match url {
            Some(url) => session.put_finished(id, url),
            None => session.state.update(|state| {
                if let Some(file) = &mut state.file {
                    file.saved.remove(&id);
                }
            }),
        }
    }
}

fn go_on(session: Session, number: u32) {
    if !is_open(session, number) {
        return;
    }
    let may_work = session.may_change();
    if may_work && session.state.with_untracked(|state| state.is_unfinished()) {
        session.analyze();
    } else {
        session.file_is_open_again();
    }
    if !may_work {
        // Nothing will come here.
        session.state.update(AppState::nothing_is_heard);
    }
}
