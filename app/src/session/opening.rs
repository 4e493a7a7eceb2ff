//! From a chosen, dropped, sampled or remembered file to one that the engine has open, and closing it.

use super::expected::{Expected, Expecting, Mismatch};
use super::{SAMPLE_NAME, Session, Taken, file_input, label_of};
use crate::browser::{self, MayAsk};
use crate::fingerprint;
use crate::net;
use crate::persistence;
use crate::projects;
use crate::recents::Recent;
use crate::settings::Settings;
use crate::state::AppState;
use crate::state::jobs::Kind;
use crate::state::loading::Loading;
use crate::state::queue::Queue;
use clip::failure::Failure;
use clip::protocol::ToEngine;
use leptos::prelude::*;
use media::time::Instant;
use project::identity::FileLabel;
use project::identity::identify;
use project::verdicts::Verdicts;
use text::say;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

const OPEN_KEY: &str = "incut-open";

impl Session {
    pub fn choose_file(self) {
        if browser::has_file_handles() {
            spawn_local(async move {
                let picked = browser::pick_files().await;
                self.take_files(picked.into_iter().map(|(file, handle)| (file, Some(handle))).collect());
            });
        } else if let Some(input) = file_input() {
            input.click();
        }
    }

    /// Files were chosen or dropped. Where another one was expected, the person is asked first.
    pub fn take_files(self, mut files: Vec<Taken>) {
        let expected = self.expected.get_untracked().filter(|expected| expected.how == Expecting::Wanted);
        let Some(Expected { label: expected, .. }) = expected else { return self.place(files) };
        spawn_local(async move {
            for at in 0..files.len() {
                if self.recognized(&files[at].0).await.is_same(&expected) {
                    files.swap(0, at);
                    return self.place(files);
                }
            }
            if files.len() != 1 {
                return self.place(files);
            }
            let chosen = files.first().map(|(file, _)| label_of(file)).unwrap_or_default();
            self.held.update_value(|held| held.doubted = files.pop());
            self.mismatch.set(Some(Mismatch { expected, chosen }));
        });
    }

    /// The person decided to open the other file all the same.
    pub fn take_doubted_file(self) {
        if let Some(taken) = self.held.try_update_value(|held| held.doubted.take()).flatten() {
            self.place(vec![taken]);
        }
    }

    /// The label under which the project of `file` is kept, by its content.
    async fn recognized(self, file: &File) -> FileLabel {
        let label = fingerprint::label(file).await;
        if !self.held.with_value(|held| held.is_listed) {
            projects::list(self).await;
        }
        self.recents.with_untracked(|kept| identify(label, kept.iter().map(|recent| &recent.label)))
    }

    /// Finds out which project the open file belongs to, and says so where it had another name.
    pub async fn recognize(self, number: u32) -> Option<FileLabel> {
        let file = self.held.with_value(|held| held.file.clone())?;
        let label = self.recognized(&file).await;
        if !persistence::is_open(self, number) {
            return None;
        }
        self.state.update(|state| {
            if let Some(file) = &mut state.file {
                file.label = label.clone();
            }
        });
        mark_open(Some(&label));
        let before = self.recents.with_untracked(|kept| {
            let same = kept.iter().find(|recent| recent.label.is_same(&label))?;
            Some(same.label.name.clone()).filter(|name| *name != label.name)
        });
        if let Some(before) = before {
            projects::tell(self, say!("start-renamed", before = before));
        }
        Some(label)
    }

    pub(super) fn begin_with(self, file: File, handle: Option<JsValue>) {
        self.stop_background();
        self.cancel_jobs(self.state.with_untracked(|state| state.jobs.all(Kind::is_watching)));
        self.cancel();
        persistence::save_now(self);
        persistence::let_go(self);
        self.shell.witness.end();
        self.let_go_of_addresses();
        self.now.set(Instant::ZERO);
        self.expected.set(None);
        self.mismatch.set(None);
        self.receipt.set(None);
        let label = label_of(&file);
        mark_open(Some(&label));
        self.state.update(|state| state.take_file(label));
        self.media_url.set(browser::object_url(&file));
        self.held.update_value(|held| {
            held.file = Some(file);
            held.handle = handle;
            held.goes_on_after_reopening = false;
        });
        spawn_local(async move {
            if self.persisted.get_untracked() != Some(true) {
                self.persisted.set(browser::ask_to_persist().await);
            }
        });
        self.open_if_possible();
    }

    /// Opens the waiting file as soon as the engine is ready and nothing is being fetched any more.
    pub(super) fn open_if_possible(self) {
        if self.state.with_untracked(|state| state.loading == Loading::Deleted && state.file.is_some()) {
            return self.start_engine();
        }
        let may_open = self.state.with_untracked(|state| state.loading.is_ready() && state.awaits_opening());
        let Some(file) = self.held.with_value(|held| held.file.clone()).filter(|_| may_open) else { return };
        if !self.shell.settled.get_untracked() {
            return self.shell.hurry();
        }
        self.shell.witness.begin();
        if let Some(job) = self.state.try_update(AppState::begin_open) {
            let message = ToEngine::Open { job };
            let sent =
                self.held.with_value(|held| held.link.as_ref().map(|link| link.send_file(&message, &file)));
            self.mind(sent);
        }
    }

    pub fn open_sample(self) {
        let Some(path) = browser::meta("incut-sample") else { return };
        spawn_local(async move {
            match fetch_sample(&path).await {
                Some(file) => self.place(vec![(file, None)]),
                None => self.state.update(|state| state.failure = Some(Failure::NoSample)),
            }
        });
    }

    /// Goes on with a kept project: opens its file where the browser still may, else asks for it.
    pub fn go_on_with(self, recent: Recent) {
        self.mismatch.set(None);
        if recent.label.name == SAMPLE_NAME {
            return self.open_sample();
        }
        self.expected.set(Some(Expected { label: recent.label, how: Expecting::Wanted }));
        // It is asked for at the top, which may be out of sight.
        browser::scroll_to_top();
        browser::focus_soon("#choose-expected");
        spawn_local(async move {
            if let Some(handle) = recent.handle
                && let Some(file) = browser::reopen(&handle, MayAsk::Yes).await
            {
                self.take_files(vec![(file, Some(handle))]);
            }
        });
    }

    /// After a reload, the file that was open is opened again where the browser still allows it without asking; elsewhere the person
    /// is told which file to choose.
    pub async fn reopen_last(self) {
        let mark = browser::stored_for_tab(OPEN_KEY);
        let is_marked = |recent: &&Recent| mark.as_deref() == Some(&recent.label.short());
        let found = self.recents.with_untracked(|recents| recents.iter().find(is_marked).cloned());
        let Some(recent) = found else { return };
        if recent.label.name == SAMPLE_NAME {
            return self.open_sample();
        }
        let file = match &recent.handle {
            Some(handle) => browser::reopen(handle, MayAsk::No).await,
            None => None,
        };
        if self.state.with_untracked(|state| state.file.is_some()) {
            return;
        }
        match file {
            Some(file) => self.take_files(vec![(file, recent.handle)]),
            None => self.expected.set(Some(Expected { label: recent.label, how: Expecting::Offered })),
        }
    }

    pub fn file_is_open_again(self) {
        let goes_on = self.held.try_update_value(|held| std::mem::take(&mut held.goes_on_after_reopening));
        if goes_on == Some(true) && self.state.with_untracked(AppState::is_unfinished) {
            return self.analyze();
        }
        self.ask_for_posters();
        self.watch_chosen();
        self.understand();
    }

    pub fn close_file(self) {
        self.put_the_file_down();
        spawn_local(projects::list(self));
    }

    /// Leaves nothing of what a person did here, and no engine.
    pub fn put_everything_down(self) {
        self.put_the_file_down();
        self.end_engine();
        self.forget_the_queue();
        self.let_arrived_go();
        self.held.update_value(|held| {
            held.forgotten.clear();
            held.left_behind = None;
            held.doubted = None;
        });
        self.left_behind.set(None);
        self.toast.set(None);
        self.expected.set(None);
        self.mismatch.set(None);
        self.recents.set(vec![]);
        self.settings.set(Settings::default());
        self.verdicts.set(Verdicts::default());
        self.shell.stored.set(false);
        self.settings_open.set(false);
        self.state.update(AppState::models_are_deleted);
    }

    fn put_the_file_down(self) {
        self.stop_background();
        self.cancel();
        persistence::save_now(self);
        persistence::let_go(self);
        mark_open(None);
        self.send(&ToEngine::Close);
        self.queue.update(Queue::leave);
        self.shell.witness.end();
        self.state.update(AppState::close_file);
        self.let_go_of_addresses();
        self.held.update_value(|held| {
            held.file = None;
            held.handle = None;
        });
        self.now.set(Instant::ZERO);
        self.playing.set(false);
    }

    pub(super) fn let_go_of_addresses(self) {
        self.end_moment();
        for addresses in [self.posters, self.finished] {
            for url in addresses.try_update(std::mem::take).unwrap_or_default().values() {
                browser::forget_url(url);
            }
        }
        if let Some(url) = self.media_url.try_update(Option::take).flatten() {
            browser::forget_url(&url);
        }
    }
}

/// Remembers for this tab which file is open, so that a reload can go on with it; `None`: it was closed.
fn mark_open(label: Option<&FileLabel>) {
    let mark = label.map(FileLabel::short);
    browser::store_for_tab(OPEN_KEY, mark.as_deref());
}

async fn fetch_sample(path: &str) -> Option<File> {
    let blob = JsFuture::from(net::get(path).await?.blob().ok()?).await.ok()?;
    File::new_with_blob_sequence(&js_sys::Array::of1(&blob), SAMPLE_NAME).ok()
}
