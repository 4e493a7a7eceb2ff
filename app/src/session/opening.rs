//! From a chosen, dropped, sampled or remembered file to one that the engine has open, and closing it.

use super::{Expected, Expecting, Mismatch, SAMPLE_NAME, Session, file_input, label_of};
use crate::browser::{self, MayAsk};
use crate::keeping;
use crate::projects::{self, Recent};
use crate::state::{AppState, FileLabel};
use clip::protocol::{Failure, FailureClass, ToEngine};
use leptos::prelude::*;
use media::time::Instant;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

const OPEN_KEY: &str = "incut-open";

impl Session {
    pub fn choose_file(self) {
        if browser::has_file_handles() {
            spawn_local(async move {
                if let Some((file, handle)) = browser::pick_file().await {
                    self.take_file(file, Some(handle));
                }
            });
        } else if let Some(input) = file_input() {
            input.click();
        }
    }

    /// A file was chosen or dropped. Where another one was expected, the person is asked first.
    pub fn take_file(self, file: File, handle: Option<JsValue>) {
        let label = label_of(&file);
        let wanted = self.expected.get_untracked().filter(|expected| expected.how == Expecting::Wanted);
        if let Some(Expected { label: expected, .. }) = wanted.filter(|wanted| !wanted.label.is_same(&label))
        {
            self.held.update_value(|held| held.doubted = Some((file, handle)));
            return self.mismatch.set(Some(Mismatch { expected, chosen: label }));
        }
        self.begin_with(file, handle);
    }

    /// The person decided to open the other file all the same.
    pub fn take_doubted_file(self) {
        if let Some((file, handle)) = self.held.try_update_value(|held| held.doubted.take()).flatten() {
            self.begin_with(file, handle);
        }
    }

    fn begin_with(self, file: File, handle: Option<JsValue>) {
        self.stop_background();
        self.cancel();
        keeping::save_now(self);
        keeping::let_go(self);
        self.shell.witness.end();
        self.let_go_of_addresses();
        self.now.set(Instant::ZERO);
        self.expected.set(None);
        self.mismatch.set(None);
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
                Some(file) => self.begin_with(file, None),
                None => self.state.update(|state| state.failure = Some(sample_missing())),
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
        spawn_local(async move {
            if let Some(handle) = recent.handle
                && let Some(file) = browser::reopen(&handle, MayAsk::Yes).await
            {
                self.take_file(file, Some(handle));
            }
        });
    }

    /// After a reload, the file that was open is opened again where the browser still allows it without asking; elsewhere the person
    /// is told which file to choose.
    pub async fn reopen_last(self) {
        let mark = browser::stored_for_tab(OPEN_KEY);
        let is_marked = |recent: &&Recent| {
            mark.as_deref() == Some(&format!("{} {}", recent.label.bytes, recent.label.name))
        };
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
            Some(file) => self.take_file(file, recent.handle),
            None => self.expected.set(Some(Expected { label: recent.label, how: Expecting::Offered })),
        }
    }

    pub fn file_is_open_again(self) {
        let goes_on = self.held.try_update_value(|held| std::mem::take(&mut held.goes_on_after_reopening));
        if goes_on == Some(true) && self.state.with_untracked(AppState::is_unfinished) {
            return self.analyze();
        }
        self.ask_for_posters();
        self.understand();
    }

    pub fn close_file(self) {
        self.stop_background();
        self.cancel();
        keeping::save_now(self);
        keeping::let_go(self);
        mark_open(None);
        self.send(&ToEngine::Close);
        self.shell.witness.end();
        self.state.update(AppState::close_file);
        self.let_go_of_addresses();
        self.held.update_value(|held| {
            held.file = None;
            held.handle = None;
        });
        self.now.set(Instant::ZERO);
        self.playing.set(false);
        spawn_local(projects::list(self));
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
    let mark = label.map(|label| format!("{} {}", label.bytes, label.name));
    browser::store_for_tab(OPEN_KEY, mark.as_deref());
}

async fn fetch_sample(path: &str) -> Option<File> {
    let response = JsFuture::from(browser::the_window()?.fetch_with_str(path)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    let blob = JsFuture::from(response.ok().then(|| response.blob().ok()).flatten()?).await.ok()?;
    File::new_with_blob_sequence(&js_sys::Array::of1(&blob), SAMPLE_NAME).ok()
}

fn sample_missing() -> Failure {
    Failure {
        class: FailureClass::Unsupported,
        message: "The sample could not be fetched.".into(),
        advice: "Connect to the network and try again, or choose a video of your own.".into(),
    }
}
