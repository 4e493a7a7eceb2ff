//! What a person can do, turned into state changes, engine messages and stored records.
//! The only place where state, engine, store and browser meet; components call it and show what it holds.

mod engine;
mod hearing;
mod making;
pub mod moments;
mod opening;
mod playing;
mod queueing;
mod ranking;
mod switching;
pub mod telling;
mod writing;

use self::moments::Moment;
use crate::browser;
use crate::catalogue::{self, Catalogue};
use crate::engine_link::{EngineLink, Heard};
use crate::erasing::Receipt;
use crate::fragment::Fragment;
use crate::keeping::{self, Holding, LeftBehind};
use crate::phrasing;
use crate::projects::{Forgotten, Recent, Toast};
use crate::settings::{Settings, Theme};
use crate::shell::Shell;
use crate::state::clips::Drag;
use crate::state::queue::Queue;
use crate::state::ranking::{Occasion, Ranking};
use crate::state::saving::{Saving, Trouble};
use crate::state::{AppState, Consequence, FileLabel};
use crate::store::Store;
use crate::verdicts::Verdicts;
use clip::edit::{ClipId, OutputSize};
use clip::failure::{Failure, FailureClass};
use clip::protocol::{FromEngine, Stage, ToEngine};
use leptos::prelude::*;
use media::time::Instant;
use queueing::Taken;
use std::collections::BTreeMap;
use telling::Told;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, File, HtmlMediaElement, OffscreenCanvas};

/// As in `index.html`.
const TITLE: &str = "Incut: long video in, short clips out";
/// What the sample is called, whatever name the build gave its file.
pub const SAMPLE_NAME: &str = "Incut sample talk.mp4";
const SETTINGS_KEY: &str = "incut-settings";
const VERDICTS_KEY: &str = "incut-taste";
pub const PREVIEW: OutputSize = OutputSize { width_px: 360, height_px: 640 };

/// Everything a component may read or ask for. Copied freely: it only points.
#[derive(Clone, Copy)]
pub struct Session {
    pub state: RwSignal<AppState>,
    pub settings: RwSignal<Settings>,
    /// On clips of all files, and what was learned from them.
    pub verdicts: RwSignal<Verdicts>,
    pub shell: Shell,
    pub catalogue: RwSignal<Catalogue>,
    /// All kept projects, the latest first.
    pub recents: RwSignal<Vec<Recent>>,
    /// Whether they could be listed.
    pub shelf_is_there: RwSignal<bool>,
    /// How far the open project is kept.
    pub saving: RwSignal<Saving>,
    /// A project whose last changes could not be kept before it was closed.
    pub left_behind: RwSignal<Option<(String, Trouble)>>,
    pub toast: RwSignal<Option<Toast>>,
    /// What was erased from this browser.
    pub receipt: RwSignal<Option<Receipt>>,
    /// Object addresses by clip: stills, and finished files.
    pub posters: RwSignal<BTreeMap<ClipId, String>>,
    pub finished: RwSignal<BTreeMap<ClipId, String>>,
    pub media_url: RwSignal<Option<String>>,
    /// Where the player stands.
    pub now: RwSignal<Instant>,
    pub playing: RwSignal<bool>,
    /// A few seconds of a sound track, being listened to.
    pub moment: RwSignal<Option<Moment>>,
    /// Another file than the one that was to be gone on with.
    pub mismatch: RwSignal<Option<Mismatch>>,
    /// The project that waits for its file to be chosen again.
    pub expected: RwSignal<Option<Expected>>,
    /// Files that are heard one after another.
    pub queue: RwSignal<Queue>,
    /// Names of files that came while another one is being heard, until the person says what becomes of them.
    pub arrived: RwSignal<Vec<String>>,
    /// Whether the browser promised to keep what is stored.
    pub persisted: RwSignal<Option<bool>>,
    /// Counts engines: the preview's canvas belongs to one of them.
    pub engine_number: RwSignal<u32>,
    pub settings_open: RwSignal<bool>,
    /// What the live regions say.
    pub told: RwSignal<Told>,
    pub edited: RwSignal<String>,
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
    /// Another engine that is got ready beside it, with its number.
    candidate: Option<(u32, EngineLink)>,
    last_engine: u32,
    pub file: Option<File>,
    pub handle: Option<JsValue>,
    /// A file that differs from the expected one, until the person decides.
    doubted: Option<Taken>,
    /// Files in the order of [`Session::arrived`], and those that wait in the queue by their numbers.
    arrived: Vec<Taken>,
    waiting: Vec<(u32, Taken)>,
    /// When a person pressed something last.
    touched_ms: f64,
    /// Whether the kept projects were listed.
    pub is_listed: bool,
    pub store: Store,
    pub holding: Holding,
    pub left_behind: Option<LeftBehind>,
    pub forgotten: Vec<Forgotten>,
    pub channel: Option<BroadcastChannel>,
    pub player: Option<HtmlMediaElement>,
    preview: Option<OffscreenCanvas>,
    /// Passages of the open file, weighed.
    ranking: Option<Ranking>,
    goes_on_after_reopening: bool,
}

impl Session {
    pub fn start() -> Self {
        let fragment = browser::the_window().and_then(|window| window.location().hash().ok());
        let session = Self {
            state: RwSignal::new(AppState::default()),
            settings: RwSignal::new(Settings::from_text(browser::stored_text(SETTINGS_KEY).as_deref())),
            verdicts: RwSignal::new(Verdicts::from_text(browser::stored_text(VERDICTS_KEY).as_deref())),
            shell: Shell::start(),
            catalogue: RwSignal::new(Catalogue::default()),
            recents: RwSignal::new(vec![]),
            shelf_is_there: RwSignal::new(true),
            saving: RwSignal::new(Saving::default()),
            left_behind: RwSignal::new(None),
            toast: RwSignal::new(None),
            receipt: RwSignal::new(None),
            posters: RwSignal::new(BTreeMap::new()),
            finished: RwSignal::new(BTreeMap::new()),
            media_url: RwSignal::new(None),
            now: RwSignal::new(Instant::ZERO),
            playing: RwSignal::new(false),
            moment: RwSignal::new(None),
            mismatch: RwSignal::new(None),
            expected: RwSignal::new(None),
            queue: RwSignal::new(Queue::default()),
            arrived: RwSignal::new(vec![]),
            persisted: RwSignal::new(None),
            engine_number: RwSignal::new(0),
            settings_open: RwSignal::new(false),
            told: RwSignal::new(Told::default()),
            edited: RwSignal::new(String::new()),
            fragment: StoredValue::new(Fragment::parse(&fragment.unwrap_or_default())),
            held: StoredValue::new_local(Held::default()),
        };
        session.mirror_state_on_the_document();
        session.keep_posters_true();
        session.tell_when_ready();
        session.take_over_when_free();
        session.work_off_the_queue();
        // None of these waits for another: a store or a server that does not answer keeps nobody from work.
        match browser::missing_ability() {
            Some(failure) => session.state.update(|state| state.engine_died(failure)),
            None => spawn_local(async move {
                session.read_catalogue().await;
                session.start_engine();
            }),
        }
        spawn_local(async move {
            keeping::open(session).await;
            session.reopen_last().await;
        });
        spawn_local(async move { session.persisted.set(browser::is_persisted().await) });
        Effect::new(move || {
            if session.shell.settled.get() {
                session.open_if_possible();
            }
        });
        Effect::new(move || {
            if session.shell.mixed.get() {
                session.state.update(|state| state.failure = Some(mixed_builds()));
            }
        });
        session
    }

    /// The catalogue as it was stored, at once, and the server's when it comes. Only where nothing is stored is the server waited for.
    async fn read_catalogue(self) {
        let fresh = async move {
            if let Some(fresh) = catalogue::fetch().await {
                self.catalogue.set(fresh);
            }
        };
        match catalogue::stored().await {
            Some(stored) => {
                self.catalogue.set(stored);
                spawn_local(fresh);
            }
            None => fresh.await,
        }
    }

    /// `data-state`, `data-model-ready`, `data-job`, `data-understanding` and `data-writing` of the document: what automation and styles go by.
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
        let understanding = Memo::new(move |_| {
            self.state
                .with(|state| state.file.as_ref().map(|file| file.understanding.name()).unwrap_or_default())
        });
        let writing = Memo::new(move |_| {
            self.state.with(|state| state.file.as_ref().map(|file| file.writing.name()).unwrap_or_default())
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
                Some(Stage::Understand) => "understand",
                Some(Stage::Search) => "search",
                Some(Stage::Write) => "write",
                Some(Stage::Export) => "export",
            };
            let ready = if is_ready.get() { "true" } else { "false" };
            let values = [
                ("state", phase.get().name()),
                ("modelReady", ready),
                ("job", job),
                ("understanding", understanding.get()),
                ("writing", writing.get()),
            ];
            for (key, value) in values {
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

    fn hear(self, heard: Heard) {
        let (event, file, blob) = match heard {
            Heard::Event { event: FromEngine::Moment { tracks, failure }, blob, .. } => {
                return self.play_moment(tracks, blob.as_ref(), failure);
            }
            Heard::Event { event, file, blob } => (event, file, blob),
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
                Consequence::GoOn => self.analyze(),
                Consequence::AskForPosters => self.ask_for_posters(),
                Consequence::AskNextPoster => self.ask_next_poster(),
                Consequence::Understand => self.words_are_known(),
                Consequence::UnderstandOn => self.understand(),
                Consequence::Offer => self.rank(Occasion::KnownBetter),
                Consequence::RankAbout(text) => {
                    self.steer(Drag::Single, |steering| steering.about = Some(text));
                }
                Consequence::TakePoster(id) => {
                    if let Some(url) = blob.as_ref().and_then(browser::object_url) {
                        replace_url(self.posters, id, url);
                    }
                }
                Consequence::TakeClip(id) => {
                    if let Some(url) = file.as_ref().and_then(|file| browser::object_url(file)) {
                        self.put_finished(id, url);
                        self.save_again(id);
                        self.tell(&format!("{} saved", self.clip_name(id)));
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

    pub fn put_finished(self, id: ClipId, url: String) {
        replace_url(self.finished, id, url);
    }

    pub fn store(self) -> Store {
        self.held.with_value(|held| held.store.clone())
    }

    /// Whether this tab may change the open project.
    pub fn may_change(self) -> bool {
        self.saving.with_untracked(|saving| saving.read_only.is_none())
    }

    /// As [`Self::may_change`]; where it may not, the person who tried is shown why.
    fn may_change_or_say_why(self) -> bool {
        let may = self.may_change();
        if !may {
            browser::focus("#not-kept");
        }
        may
    }

    // Settings

    pub fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.get_untracked();
        change(&mut settings);
        self.put_settings(settings);
    }

    fn put_settings(self, settings: Settings) {
        browser::store_text(SETTINGS_KEY, &settings.to_text());
        self.settings.set(settings);
    }
}

/// The one session of this page; components are only made inside it.
pub fn session() -> Session {
    expect_context::<Session>()
}

pub fn label_of(file: &File) -> FileLabel {
    let modified_ms = file.last_modified() as i64;
    FileLabel { name: file.name(), bytes: file.size() as u64, modified_ms, ..FileLabel::default() }
}

pub fn file_input() -> Option<web_sys::HtmlInputElement> {
    browser::the_window()?.document()?.get_element_by_id("file-input")?.dyn_into().ok()
}

fn mixed_builds() -> Failure {
    Failure {
        class: FailureClass::Browser,
        message: "This page and what is stored of Incut in this browser are of different versions.".into(),
        advice: "Close all tabs of Incut, then open it again.".into(),
    }
}

fn replace_url(addresses: RwSignal<BTreeMap<ClipId, String>>, id: ClipId, url: String) {
    if let Some(before) = addresses.try_update(|addresses| addresses.insert(id, url)).flatten() {
        browser::forget_url(&before);
    }
}
