//! All kept projects: listing them, forgetting them and taking that back, and what is left of forgotten ones.
//! How one of them is saved is `persistence`'s, erasing everything is `erasing`'s.

use crate::browser;
use crate::finished;
use crate::format;
use crate::holding::{SOON_FREE_MS, lock_name, lock_of};
use crate::locks;
use crate::recents::{Forgotten, Recent, Standing, Toast, load};
use crate::session::Session;
use crate::state::shelf;
use crate::store::Store;
use clip::order;
use gloo::events::EventListener;
use leptos::prelude::*;
use project::identity::FileLabel;
use std::collections::BTreeMap;
use std::time::Duration;
use text::say;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, MessageEvent};

/// Tabs tell each other on it that something was kept or forgotten.
const CHANNEL: &str = "incut projects";
/// How long forgetting can be taken back.
pub const REGRET: Duration = Duration::from_secs(10);

/// `asked`: another tab asks for the project with this lock.
pub async fn open(session: Session, asked: impl Fn(&str) + 'static) {
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        // It listens as long as the page lives.
        EventListener::new(&channel, "message", move |event| {
            let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            match data.and_then(|data| data.as_string()) {
                Some(lock) => asked(&lock),
                None => spawn_local(list(session)),
            }
        })
        .forget();
        session.held.update_value(|held| held.channel = Some(channel));
    }
    list(session).await;
    spawn_local(sweep(session));
}

/// Other tabs list again.
pub fn announce(session: Session) {
    session.held.with_value(|held| {
        if let Some(channel) = &held.channel {
            // A closed channel belongs to a page that is gone.
            let _ = channel.post_message(&JsValue::TRUE);
        }
    });
}

/// The tab that has the project with this lock is asked for it.
pub fn ask_for(session: Session, lock: &str) {
    session.held.with_value(|held| {
        if let Some(channel) = &held.channel {
            // A closed channel belongs to a page that is gone.
            let _ = channel.post_message(&lock.into());
        }
    });
}

pub async fn list(session: Session) {
    match session.store().all().await {
        Ok(stored) => {
            let mut recents: Vec<Recent> = stored.into_iter().map(Recent::of).collect();
            shelf::sort(&mut recents, |recent| recent.place);
            session.recents.set(recents);
            session.shelf_is_there.set(true);
        }
        Err(error) => {
            leptos::logging::warn!("{error}");
            session.shelf_is_there.set(false);
        }
    }
    // Also where there is no answer: it is not waited for again.
    session.held.update_value(|held| held.is_listed = true);
}

// Forgetting

/// Forgets projects that no tab has open, with their exported clips. For a while it can be taken back.
pub fn forget(session: Session, projects: Vec<Recent>) {
    let at = projects.first().map(|first| place_of(session, &first.label)).unwrap_or_default();
    spawn_local(async move {
        let (mut gone, mut busy, mut failed) = (Vec::new(), 0, 0);
        for recent in projects {
            let Some(_lock) = locks::take_within(&lock_of(&recent.label), SOON_FREE_MS).await else {
                busy += 1;
                continue;
            };
            match session.store().take(&recent.key).await {
                Ok(Some(raw)) => gone.push(Forgotten { recent, raw }),
                // Another tab was quicker.
                Ok(None) => {}
                Err(error) => {
                    leptos::logging::warn!("{error}");
                    failed += 1;
                }
            }
        }
        announce(session);
        list(session).await;
        let words = forgotten_words(&gone, busy, failed);
        show(session, words, gone);
        focus_row(session, at).await;
    });
}

/// Where a project stands in the list.
fn place_of(session: Session, label: &FileLabel) -> usize {
    let at = |recents: &Vec<Recent>| recents.iter().position(|recent| recent.label.is_same(label));
    session.recents.with_untracked(at).unwrap_or_default()
}

/// Moves the focus to the row that stands there now, which is no button that deletes; where there is none, to what is nearest.
async fn focus_row(session: Session, at: usize) {
    // The list is drawn first.
    browser::sleep_ms(0).await;
    let count = session.recents.with_untracked(Vec::len);
    if count == 0 {
        return browser::focus("#main");
    }
    // A row that is not shown leaves the focus above the list.
    browser::focus("#recents-title");
    browser::focus(&format!(".recent:nth-child({})", at.min(count.saturating_sub(1)) + 1));
}

fn forgotten_words(gone: &[Forgotten], busy: usize, failed: usize) -> String {
    let load = load(gone.iter().map(|gone| &gone.recent));
    let forgotten = match gone {
        [] => None,
        [one] => {
            let (name, size) = (&one.recent.label.name, format::size(load.bytes));
            Some(match load.exports {
                0 => say!("kept-forgot", name = name),
                exports => say!("kept-forgot-exports", name = name, count = exports, size = size),
            })
        }
        _ => Some(say!("kept-deleted", what = load.words())),
    };
    let busy = (busy > 0).then(|| say!("kept-stayed-open", count = busy));
    let failed = (failed > 0).then(|| say!("kept-stayed-unreachable", count = failed));
    [forgotten, busy, failed].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Shows a word, unless a way back is shown, which nothing takes away before its time.
pub fn tell(session: Session, words: String) {
    if session.held.with_value(|held| held.forgotten.is_empty()) {
        show(session, words, vec![]);
    }
}

/// Shows a word, and forgets for good what the one before it could have brought back.
fn show(session: Session, words: String, gone: Vec<Forgotten>) {
    let before = session.held.try_update_value(|held| std::mem::replace(&mut held.forgotten, gone));
    spawn_local(remove_finished(session, before.unwrap_or_default()));
    if words.is_empty() {
        return session.toast.set(None);
    }
    let number = session.toast.with_untracked(|toast| toast.as_ref().map_or(0, |toast| toast.number)) + 1;
    let can_undo = session.held.with_value(|held| !held.forgotten.is_empty());
    session.toast.set(Some(Toast { number, words, can_undo }));
    expire(session, number);
}

fn expire(session: Session, number: u32) {
    browser::after(REGRET, move || {
        let is_shown = |toast: &Option<Toast>| toast.as_ref().is_some_and(|toast| toast.number == number);
        if !session.toast.try_with_untracked(is_shown).unwrap_or_default() {
            return;
        }
        // Whoever is on it is not hurried.
        if browser::is_on("#toast") {
            return expire(session, number);
        }
        session.toast.set(None);
        let gone = session.held.try_update_value(|held| std::mem::take(&mut held.forgotten));
        spawn_local(remove_finished(session, gone.unwrap_or_default()));
    });
}

/// Whether something was forgotten a moment ago, and nothing is open that other steps could be taken back of.
pub fn can_undo(session: Session) -> bool {
    let is_open = session.state.with_untracked(|state| state.file.is_some());
    !is_open && session.held.with_value(|held| !held.forgotten.is_empty())
}

/// Brings back what was forgotten last.
pub fn undo(session: Session) {
    let gone = session.held.try_update_value(|held| std::mem::take(&mut held.forgotten)).unwrap_or_default();
    spawn_local(async move {
        let mut lost = 0;
        let first = gone.first().map(|gone| gone.recent.label.clone()).unwrap_or_default();
        for Forgotten { raw, .. } in &gone {
            if let Err(error) = session.store().put_back(raw).await {
                leptos::logging::warn!("{error}");
                lost += 1;
            }
        }
        announce(session);
        list(session).await;
        let words = match (gone.len(), lost) {
            (_, 1..) => say!("kept-back-partly"),
            (count, _) => say!("kept-back", count = count),
        };
        show(session, words, vec![]);
        focus_row(session, place_of(session, &first)).await;
    });
}

/// The pictures and voices of forgotten projects go too.
async fn remove_finished(session: Session, gone: Vec<Forgotten>) {
    for Forgotten { recent: Recent { label, .. }, .. } in gone {
        let lock = locks::take_now(&lock_of(&label)).await;
        if lock.is_some() && matches!(session.store().get(&label).await, Ok(None)) {
            finished::remove_project(&label.short()).await;
        }
    }
}

/// Removes half-finished clips of tabs that ended, and clips of projects that are not kept. Nothing is touched where a tab has the project
/// open, where its record cannot be read, or where the records are not to be had.
async fn sweep(session: Session) {
    let folders = finished::projects().await;
    if folders.is_empty() {
        return;
    }
    for folder in folders {
        let Some(_lock) = locks::take_now(&lock_name(&folder)).await else { continue };
        let Ok(known) = standings(&session.store()).await else { return };
        match known.get(&folder) {
            None => finished::remove_project(&folder).await,
            Some(Standing::Whole(summary)) => {
                let clips: Vec<_> = summary.finished.iter().map(|finished| finished.id).collect();
                finished::keep_only(&folder, &clips).await;
            }
            Some(_) => {}
        }
    }
}

async fn standings(store: &Store) -> Result<BTreeMap<String, Standing>, crate::store::StoreError> {
    let recents = store.all().await?.into_iter().map(Recent::of);
    Ok(order::gathered(recents.map(|recent| (recent.label.short(), recent.standing))))
}

/// Saves what is stored of a project as it is, for whoever can read it.
pub fn save_raw(session: Session, label: FileLabel) {
    spawn_local(async move {
        if let Ok(Some(stored)) = session.store().get(&label).await {
            let text = stored.text();
            browser::save_text(&text, &format!("{}.incut.json", label.name), "application/json");
        }
    });
}
