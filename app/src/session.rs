//! What a person can do, turned into state changes, engine messages and stored records.
//! The only place where state, engine, store and browser meet; components call it and show what it holds.

pub mod announcements;
mod clips;
mod engine;
mod events;
pub mod expected;
mod language;
pub mod moments;
mod opening;
mod playback;
mod preview;
mod queueing;
mod ranking;
mod start;
mod switching;
mod transcription;
mod watching;
mod writing;

use self::moments::Moment;
use crate::browser;
use crate::catalogue::Catalogue;
use crate::engine_link::EngineLink;
use crate::fragment::Fragment;
use crate::holding::{Holding, LeftBehind};
use crate::recents::{Forgotten, Recent, Toast};
use crate::settings::Settings;
use crate::shell::Shell;
use crate::state::AppState;
use crate::state::queue::Queue;
use crate::state::receipt::Receipt;
use crate::state::saving::{Saving, Trouble};
use crate::state::ticks::Ticks;
use crate::store::Store;
use announcements::Announcement;
use clip::edit::{ClipId, Shape};
use expected::{Expected, Mismatch};
use leptos::prelude::*;
use media::time::Instant;
use project::identity::FileLabel;
use project::ranking::Ranking;
use project::verdicts::Verdicts;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, File, HtmlMediaElement, OffscreenCanvas};

/// What the sample is called, whatever name the build gave its file.
pub const SAMPLE_NAME: &str = "Incut sample talk.mp4";
const SETTINGS_KEY: &str = "incut-settings";
const VERDICTS_KEY: &str = "incut-taste";

/// Everything a component may read or ask for. Copied freely: it only points.
#[derive(Clone, Copy)]
pub struct Session {
    pub state: RwSignal<AppState>,
    /// How far each job is. Apart from the state, which is looked at in many places and changes seldom.
    pub ticks: RwSignal<Ticks>,
    /// Whether work runs that a person waits for.
    pub is_working: Memo<bool>,
    pub settings: RwSignal<Settings>,
    /// What the page speaks; everything shown is mounted again when it changes.
    pub language: RwSignal<text::Language>,
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
    pub announced: RwSignal<Announcement>,
    pub edited: RwSignal<Announcement>,
    pub fragment: StoredValue<Fragment>,
    pub held: StoredValue<Held, LocalStorage>,
}

/// The settings as they were kept.
pub fn stored_settings() -> Settings {
    Settings::from_text(browser::stored_text(SETTINGS_KEY).as_deref())
}

/// A file that was chosen or dropped, with the handle that opens it again where the browser gave one.
pub type Taken = (File, Option<JsValue>);

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
    /// Files of the queue that are done: they can be opened again.
    worked_off: Vec<(u32, Taken)>,
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
    /// Which edition of the words is shown, for memos: whoever shows words tracks it.
    pub fn edition(self) -> u32 {
        self.state.with(|state| state.file.as_ref().map(|file| file.recording.edition()).unwrap_or_default())
    }

    /// The shape of the pictures of all clips, for memos.
    pub fn shape(self) -> Shape {
        self.state.with(|state| state.file.as_ref().map(|file| file.clips.now().shape).unwrap_or_default())
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

    /// The same for who shows it and follows it.
    pub fn is_only_shown(self) -> bool {
        self.saving.with(|saving| saving.read_only.is_some())
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

fn replace_url(addresses: RwSignal<BTreeMap<ClipId, String>>, id: ClipId, url: String) {
    if let Some(before) = addresses.try_update(|addresses| addresses.insert(id, url)).flatten() {
        browser::forget_url(&before);
    }
}
