//! What a person can do, turned into state changes, engine messages and stored records.
//! The only place where state, engine, store and browser meet; components call it and show what it holds.

use crate::browser::{self, MayAsk};
use crate::catalogue::{self, ListedModel};
use crate::engine_link::{EngineLink, Heard};
use crate::fragment::Fragment;
use crate::keeping::{self, Recent};
use crate::phrasing;
use crate::settings::{Settings, Theme};
use crate::shell::Shell;
use crate::state::clips::Clips;
use crate::state::{AppState, Consequence, FileLabel, Phase};
use crate::store::Store;
use clip::edit::{ClipEdit, ClipId, OutputSize};
use clip::protocol::{AnalyzeOptions, DevicePreference, ExportClip, Failure, Stage, ToEngine};
use clip::transcript::Transcript;
use leptos::prelude::*;
use media::time::{Instant, Span};
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, HtmlMediaElement, OffscreenCanvas};

/// As in `index.html`.
const TITLE: &str = "Incut: long video in, short clips out";
const SETTINGS_KEY: &str = "incut-settings";
const SHORTEST_CLIP: Span = Span::from_millis(15_000);
const LONGEST_CLIP: Span = Span::from_millis(60_000);
const POSTER: OutputSize = OutputSize { width_px: 270, height_px: 480 };
pub const PREVIEW: OutputSize = OutputSize { width_px: 360, height_px: 640 };

/// Everything a component may read or ask for. Copied freely: it only points.
#[derive(Clone, Copy)]
pub struct Session {
    pub state: RwSignal<AppState>,
    pub settings: RwSignal<Settings>,
    pub shell: Shell,
    pub catalogue: RwSignal<Vec<ListedModel>>,
    pub recents: RwSignal<Vec<Recent>>,
    /// Object addresses by clip: stills, and finished files.
    pub posters: RwSignal<BTreeMap<ClipId, String>>,
    pub finished: RwSignal<BTreeMap<ClipId, String>>,
    pub media_url: RwSignal<Option<String>>,
    /// Where the player stands.
    pub now: RwSignal<Instant>,
    pub playing: RwSignal<bool>,
    /// Another file than the one that was to be gone on with.
    pub mismatch: RwSignal<Option<Mismatch>>,
    /// The project that waits for its file to be chosen again.
    pub expected: RwSignal<Option<Expected>>,
    /// Whether the browser promised to keep what is stored.
    pub persisted: RwSignal<Option<bool>>,
    /// Counts engines: the preview's canvas belongs to one of them.
    pub engine_number: RwSignal<u32>,
    pub settings_open: RwSignal<bool>,
    pub fragment: StoredValue<Fragment>,
    pub held: StoredValue<Held, LocalStorage>,
}

/// A project that could go on if its file were chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    pub label: FileLabel,
    pub how: Expecting,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expecting {
    /// The page proposes it after a reload; any other file is as welcome.
    Offered,
    /// The person wants to go on with it, so another file is a mistake to ask about.
    Wanted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    pub expected: FileLabel,
    pub chosen: FileLabel,
}

/// Browser objects, which cannot live in the state.
#[derive(Default)]
pub struct Held {
    pub link: Option<EngineLink>,
    pub file: Option<File>,
    pub handle: Option<JsValue>,
    /// A file that differs from the expected one, until the person decides.
    doubted: Option<(File, Option<JsValue>)>,
    pub store: Option<Store>,
    pub player: Option<HtmlMediaElement>,
    preview: Option<OffscreenCanvas>,
    pub save_is_due: bool,
    goes_on_after_reopening: bool,
}

impl Session {
    pub fn start() -> Self {
        let fragment = browser::the_window().and_then(|window| window.location().hash().ok());
        let session = Self {
            state: RwSignal::new(AppState::default()),
            settings: RwSignal::new(Settings::from_text(browser::stored_text(SETTINGS_KEY).as_deref())),
            shell: Shell::start(),
            catalogue: RwSignal::new(vec![]),
            recents: RwSignal::new(vec![]),
            posters: RwSignal::new(BTreeMap::new()),
            finished: RwSignal::new(BTreeMap::new()),
            media_url: RwSignal::new(None),
            now: RwSignal::new(Instant::ZERO),
            playing: RwSignal::new(false),
            mismatch: RwSignal::new(None),
            expected: RwSignal::new(None),
            persisted: RwSignal::new(None),
            engine_number: RwSignal::new(0),
            settings_open: RwSignal::new(false),
            fragment: StoredValue::new(Fragment::parse(&fragment.unwrap_or_default())),
            held: StoredValue::new_local(Held::default()),
        };
        session.mirror_state_on_the_document();
        spawn_local(async move {
            keeping::open(session).await;
            session.persisted.set(browser::is_persisted().await);
            session.catalogue.set(catalogue::fetch().await);
            match browser::missing_ability() {
                Some(failure) => session.state.update(|state| state.engine_died(failure)),
                None => {
                    session.start_engine();
                    keeping::reopen_last(session).await;
                }
            }
        });
        Effect::new(move || {
            if session.shell.settled.get() {
                session.open_if_possible();
            }
        });
        session
    }

    /// `data-state`, `data-model-ready` and `data-job` of the document: what automation and styles go by.
    fn mirror_state_on_the_document(self) {
        let phase = Memo::new(move |_| self.state.with(AppState::phase));
        let is_ready = Memo::new(move |_| self.state.with(|state| state.loading.is_ready()));
        let stage = Memo::new(move |_| self.state.with(|state| state.work.as_ref().map(|work| work.stage)));
        let title = Memo::new(move |_| {
            self.state.with(|state| {
                let name = state.file.as_ref().map(|file| file.label.name.clone())?;
                let percent = state.work.as_ref().map(|work| phrasing::percent(work.whole_done()) + " · ");
                Some(format!("{}{name} · Incut", percent.unwrap_or_default()))
            })
        });
        // A screen that goes dark would put the work to sleep.
        Effect::new(move || browser::keep_awake(stage.get().is_some()));
        Effect::new(move || {
            if let Some(document) = browser::the_window().and_then(|window| window.document()) {
                document.set_title(title.get().as_deref().unwrap_or(TITLE));
            }
        });
        Effect::new(move || {
            let Some(data) = browser::root().map(|root| root.dataset()) else { return };
            let job = match stage.get() {
                None => "",
                Some(Stage::Open) => "open",
                Some(Stage::Transcribe) => "transcribe",
                Some(Stage::Select) => "select",
                Some(Stage::Export) => "export",
            };
            let ready = if is_ready.get() { "true" } else { "false" };
            for (key, value) in [("state", phase.get().name()), ("modelReady", ready), ("job", job)] {
                // These names are valid, so setting them does not fail.
                let _ = data.set(key, value);
            }
        });
        Effect::new(move || {
            let Some(root) = browser::root() else { return };
            // An attribute of the document; setting it cannot fail.
            let _ = match self.settings.with(|settings| settings.theme) {
                Theme::System => root.remove_attribute("data-theme"),
                Theme::Light => root.set_attribute("data-theme", "light"),
                Theme::Dark => root.set_attribute("data-theme", "dark"),
            };
        });
    }

    // The engine

    pub fn start_engine(self) {
        let url = browser::meta("incut-engine").unwrap_or_else(|| "/engine.js".into());
        self.held.update_value(|held| held.link = None);
        self.state.update(AppState::engine_starts);
        match EngineLink::start(&url, move |heard| self.hear(heard)) {
            Ok(link) => self.held.update_value(|held| held.link = Some(link)),
            Err(failure) => return self.state.update(|state| state.engine_died(failure)),
        }
        self.engine_number.update(|number| *number += 1);
        self.send(&ToEngine::Prepare { model: self.model(), device: self.device() });
    }

    /// The engine died or its model could not be loaded: once more, and go on where it stopped.
    pub fn try_again(self) {
        let engine_is_well = self.state.with_untracked(|state| state.loading.is_ready());
        if !engine_is_well {
            self.held.update_value(|held| held.goes_on_after_reopening = true);
            return self.start_engine();
        }
        match self.state.with_untracked(AppState::is_unfinished) {
            true => self.analyze(),
            false => self.dismiss_failure(),
        }
    }

    pub fn try_again_on_cpu(self) {
        self.fragment.update_value(|fragment| fragment.device = None);
        self.change_settings(|settings| settings.device = DevicePreference::Cpu);
        self.try_again_with_a_new_engine();
    }

    /// Model or device were changed in the settings.
    pub fn try_again_with_a_new_engine(self) {
        self.held.update_value(|held| held.goes_on_after_reopening = true);
        self.start_engine();
    }

    pub fn model(self) -> String {
        let asked = self.fragment.with_value(|fragment| fragment.model.clone());
        let preferred = self.settings.with_untracked(|settings| settings.model.clone());
        self.catalogue
            .with_untracked(|offered| catalogue::choose(offered, asked.as_deref(), preferred.as_deref()))
    }

    pub fn device(self) -> DevicePreference {
        self.fragment
            .with_value(|fragment| fragment.device)
            .unwrap_or_else(|| self.settings.with_untracked(|settings| settings.device))
    }

    pub fn send(self, message: &ToEngine) {
        let sent = self.held.with_value(|held| held.link.as_ref().map(|link| link.send(message)));
        self.mind(sent);
    }

    fn mind(self, sent: Option<Result<(), Failure>>) {
        if let Some(Err(failure)) = sent {
            self.state.update(|state| state.engine_died(failure));
        }
    }

    fn hear(self, heard: Heard) {
        let (event, file, picture) = match heard {
            Heard::Event { event, file, picture } => (event, file, picture),
            Heard::Died(failure) => {
                self.held.update_value(|held| held.link = None);
                self.state.update(|state| state.engine_died(failure));
                return keeping::save_soon(self);
            }
        };
        let now_s = browser::now_ms() / 1000.0;
        let consequences = self.state.try_update(|state| state.fold(event, now_s)).unwrap_or_default();
        for consequence in consequences {
            match consequence {
                Consequence::EngineReady => self.engine_is_ready(),
                Consequence::FileOpened => keeping::restore_then_analyze(self),
                Consequence::FileReopened => self.file_is_open_again(),
                Consequence::Keep => keeping::save_soon(self),
                Consequence::AskForPosters => self.ask_for_posters(),
                Consequence::AskNextPoster => self.ask_next_poster(),
                Consequence::TakePoster(id) => {
                    if let Some(url) = picture.as_ref().and_then(browser::object_url) {
                        replace_url(self.posters, id, url);
                    }
                }
                Consequence::TakeClip(id) => {
                    if let Some(url) = file.as_ref().and_then(|file| browser::object_url(file)) {
                        replace_url(self.finished, id, url);
                        self.save_again(id);
                    }
                }
            }
        }
    }

    fn engine_is_ready(self) {
        let sent = self.held.with_value(|held| {
            let (link, canvas) = (held.link.as_ref()?, held.preview.as_ref()?);
            Some(link.send_canvas(&ToEngine::AttachPreview, canvas))
        });
        self.held.update_value(|held| held.preview = None);
        self.mind(sent);
        self.open_if_possible();
    }

    /// The editor's canvas, handed over once for each engine.
    pub fn give_preview(self, canvas: OffscreenCanvas) {
        self.held.update_value(|held| held.preview = Some(canvas));
        if self.state.with_untracked(|state| state.loading.is_ready()) {
            self.engine_is_ready();
        }
    }

    // The file

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
        self.begin_with(file, handle, Origin::Person);
    }

    /// The person decided to open the other file all the same.
    pub fn take_doubted_file(self) {
        if let Some((file, handle)) = self.held.try_update_value(|held| held.doubted.take()).flatten() {
            self.begin_with(file, handle, Origin::Person);
        }
    }

    fn begin_with(self, file: File, handle: Option<JsValue>, origin: Origin) {
        self.cancel();
        keeping::save_now(self);
        self.let_go_of_addresses();
        self.now.set(Instant::ZERO);
        self.expected.set(None);
        self.mismatch.set(None);
        let label = label_of(&file);
        keeping::mark_open(Some(&label));
        self.state.update(|state| state.take_file(label, origin == Origin::Sample));
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
    fn open_if_possible(self) {
        let may_open = self.shell.settled.get_untracked()
            && self.state.with_untracked(|state| state.loading.is_ready() && state.awaits_opening());
        let Some(file) = self.held.with_value(|held| held.file.clone()).filter(|_| may_open) else { return };
        self.shell.begin_witness();
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
            match fetch_file(&path).await {
                Some(file) => self.begin_with(file, None, Origin::Sample),
                None => self.state.update(|state| state.failure = Some(sample_missing())),
            }
        });
    }

    /// Goes on with a kept project: opens its file where the browser still may, else asks for it.
    pub fn go_on_with(self, recent: Recent) {
        self.mismatch.set(None);
        self.expected.set(Some(Expected { label: recent.label, how: Expecting::Wanted }));
        spawn_local(async move {
            if let Some(handle) = recent.handle
                && let Some(file) = browser::reopen(&handle, MayAsk::Yes).await
            {
                self.take_file(file, Some(handle));
            }
        });
    }

    pub fn file_is_open_again(self) {
        let goes_on = self.held.try_update_value(|held| std::mem::take(&mut held.goes_on_after_reopening));
        if goes_on == Some(true) && self.state.with_untracked(AppState::is_unfinished) {
            return self.analyze();
        }
        self.ask_for_posters();
    }

    pub fn close_file(self) {
        self.cancel();
        keeping::save_now(self);
        keeping::mark_open(None);
        self.send(&ToEngine::Close);
        self.state.update(AppState::close_file);
        self.let_go_of_addresses();
        self.held.update_value(|held| {
            held.file = None;
            held.handle = None;
        });
        self.now.set(Instant::ZERO);
        self.playing.set(false);
        keeping::list_again(self);
    }

    fn let_go_of_addresses(self) {
        for addresses in [self.posters, self.finished] {
            for url in addresses.try_update(std::mem::take).unwrap_or_default().values() {
                browser::forget_url(url);
            }
        }
        if let Some(url) = self.media_url.try_update(Option::take).flatten() {
            browser::forget_url(&url);
        }
    }

    // The work

    pub fn analyze(self) {
        let Some(job) = self.state.try_update(AppState::begin_analysis) else { return };
        let message = self.state.with_untracked(|state| {
            let file = state.file.as_ref()?;
            Some(ToEngine::Analyze {
                job,
                options: AnalyzeOptions {
                    language: self.fragment.with_value(|fragment| fragment.language.clone()),
                    clips: self.clips_wanted(),
                    shortest: SHORTEST_CLIP,
                    longest: LONGEST_CLIP,
                },
                finished: file.transcript.windows.clone(),
                known: file.transcript.segments.clone(),
            })
        });
        if let Some(message) = message {
            self.send(&message);
        }
    }

    fn clips_wanted(self) -> u32 {
        self.fragment
            .with_value(|fragment| fragment.clips)
            .unwrap_or_else(|| self.settings.with_untracked(|settings| settings.clips))
    }

    /// Stops what runs; a file that only waits for the model is put back.
    pub fn cancel(self) {
        match self.state.with_untracked(|state| state.work.as_ref().map(|work| work.job)) {
            Some(job) => {
                self.state.update(AppState::work_is_stopping);
                self.send(&ToEngine::Cancel { job });
            }
            None if self.state.with_untracked(|state| state.phase() == Phase::Opening) => {
                self.state.update(AppState::close_file);
                self.let_go_of_addresses();
                self.held.update_value(|held| held.file = None);
            }
            None => {}
        }
    }

    pub fn export(self, ids: &[ClipId]) {
        let clips = self.state.with_untracked(|state| {
            let Some(file) = &state.file else { return vec![] };
            let clip = |id: &ClipId| {
                let (clip, number) = (file.clips.get(*id)?, file.clips.number(*id)?);
                let words = file.transcript.segments_between(clip.start, clip.end);
                let name = phrasing::clip_file_name(number, &clip.title);
                Some(ExportClip { clip: clip.clone(), words, name })
            };
            ids.iter().filter_map(clip).collect::<Vec<_>>()
        });
        if clips.is_empty() || self.state.with_untracked(|state| state.work.is_some()) {
            return;
        }
        if let Some(job) = self.state.try_update(|state| state.begin_export(clips.len())) {
            self.send(&ToEngine::Export { job, clips });
        }
    }

    pub fn export_all(self) {
        let ids: Vec<ClipId> =
            self.state.with_untracked(AppState::shown_clips).iter().map(|clip| clip.id).collect();
        self.export(&ids);
    }

    pub fn save_again(self, id: ClipId) {
        let name = self.state.with_untracked(|state| Some(state.file.as_ref()?.saved.get(&id)?.name.clone()));
        let url = self.finished.with_untracked(|finished| finished.get(&id).cloned());
        if let (Some(name), Some(url)) = (name, url) {
            browser::save(&url, &name);
        }
    }

    pub fn dismiss_failure(self) {
        self.state.update(AppState::dismiss_failure);
    }

    // Clips

    pub fn edit_clips(self, change: impl FnOnce(&mut Clips, &Transcript)) {
        self.state.update(|state| {
            state.edit_clips(change);
        });
        keeping::save_soon(self);
    }

    pub fn edit_clip(self, id: ClipId, change: impl FnOnce(&mut ClipEdit, &Transcript)) {
        self.edit_clips(|clips, transcript| clips.edit(id, |clip| change(clip, transcript)));
    }

    pub fn choose_clip(self, id: Option<ClipId>) {
        let before = self.state.with_untracked(|state| state.chosen);
        self.state.update(|state| state.chosen = id);
        if let Some(before) = before.filter(|before| Some(*before) != id) {
            self.state.update(|state| state.posters.want(before));
            self.ask_next_poster();
        }
    }

    fn ask_for_posters(self) {
        self.state.update(|state| {
            for clip in state.shown_clips() {
                state.posters.want(clip.id);
            }
        });
        self.ask_next_poster();
    }

    pub fn ask_next_poster(self) {
        let message = self.state.try_update(|state| {
            let job = state.next_job();
            let id = state.posters.next(job)?;
            let file = state.file.as_ref()?;
            let clip = file.clips.get(id)?.clone();
            let words = file.transcript.segments_between(clip.start, clip.end);
            Some(ToEngine::Poster { job, clip, words, size: POSTER })
        });
        if let Some(message) = message.flatten() {
            self.send(&message);
        }
    }

    // The player

    pub fn seek(self, at: Instant) {
        let end =
            self.state.with_untracked(|state| state.file.as_ref().map(|file| file.end())).unwrap_or_default();
        let at = at.clamp(Instant::ZERO, end.max(Instant::ZERO));
        self.now.set(at);
        if let Some(player) = self.player() {
            player.set_current_time(at.seconds());
        }
    }

    pub fn toggle_playing(self) {
        let Some(player) = self.player() else { return };
        if player.paused() {
            // A refused start leaves the player paused, which its own events tell.
            let _ = player.play();
        } else {
            self.pause();
        }
    }

    pub fn pause(self) {
        if let Some(player) = self.player() {
            // Pausing what is paused is no failure.
            let _ = player.pause();
        }
    }

    fn player(self) -> Option<HtmlMediaElement> {
        self.held.with_value(|held| held.player.clone())
    }

    // Settings

    pub fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        browser::store_text(SETTINGS_KEY, &self.settings.with_untracked(Settings::to_text));
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Person,
    Sample,
}

/// The one session of this page; components are only made inside it.
pub fn session() -> Session {
    expect_context::<Session>()
}

pub fn label_of(file: &File) -> FileLabel {
    FileLabel { name: file.name(), bytes: file.size() as u64, modified_ms: file.last_modified() as i64 }
}

pub fn file_input() -> Option<web_sys::HtmlInputElement> {
    browser::the_window()?.document()?.get_element_by_id("file-input")?.dyn_into().ok()
}

fn replace_url(addresses: RwSignal<BTreeMap<ClipId, String>>, id: ClipId, url: String) {
    if let Some(before) = addresses.try_update(|addresses| addresses.insert(id, url)).flatten() {
        browser::forget_url(&before);
    }
}

async fn fetch_file(path: &str) -> Option<File> {
    let response = JsFuture::from(browser::the_window()?.fetch_with_str(path)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    let blob = JsFuture::from(response.ok().then(|| response.blob().ok()).flatten()?).await.ok()?;
    let name = path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("sample.mp4");
    File::new_with_blob_sequence(&js_sys::Array::of1(&blob), name).ok()
}

fn sample_missing() -> Failure {
    Failure {
        class: clip::protocol::FailureClass::Unsupported,
        message: "The sample could not be fetched.".into(),
        advice: "Connect to the network and try again, or choose a video of your own.".into(),
    }
}
