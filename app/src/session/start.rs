//! How a session starts, and what of its state the document shows: for automation, styles and the tab's title.

use super::Held;
use super::announcements::Announcement;
use super::{Session, VERDICTS_KEY, stored_settings};
use crate::browser;
use crate::catalogue::{self, Catalogue};
use crate::format;
use crate::fragment::Fragment;
use crate::persistence;
use crate::reactive::{effect, memo};
use crate::settings::Theme;
use crate::shell::Shell;
use crate::state::AppState;
use crate::state::jobs::WorkKind;
use crate::state::queue::Queue;
use crate::state::saving::Saving;
use crate::state::ticks::Ticks;
use clip::failure::Failure;
use leptos::prelude::*;
use media::time::Instant;
use project::verdicts::Verdicts;
use std::collections::BTreeMap;
use text::say;
use wasm_bindgen_futures::spawn_local;

impl Session {
    pub fn start() -> Self {
        let fragment = browser::the_window().and_then(|window| window.location().hash().ok());
        let state = RwSignal::new(AppState::default());
        let session = Self {
            state,
            ticks: RwSignal::new(Ticks::default()),
            is_working: memo(move || state.with(AppState::is_working)),
            settings: RwSignal::new(stored_settings()),
            language: RwSignal::new(text::language()),
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
            announced: RwSignal::new(Announcement::default()),
            edited: RwSignal::new(Announcement::default()),
            fragment: StoredValue::new(Fragment::parse(&fragment.unwrap_or_default())),
            held: StoredValue::new_local(Held::default()),
        };
        session.mirror_state_on_the_document();
        session.keep_posters_true();
        session.tell_when_ready();
        session.take_over_when_free();
        session.work_off_the_queue();
        session.keep_the_language();
        // None of these waits for another: a store or a server that does not answer keeps nobody from work.
        match browser::missing_ability() {
            Some(failure) => session.state.update(|state| state.engine_died(failure)),
            None => spawn_local(async move {
                session.read_catalogue().await;
                session.start_engine();
            }),
        }
        spawn_local(async move {
            persistence::open(session).await;
            session.reopen_last().await;
        });
        spawn_local(async move { session.persisted.set(browser::is_persisted().await) });
        effect(move || {
            if session.shell.settled.get() {
                session.open_if_possible();
            }
        });
        effect(move || {
            if session.shell.mixed.get() {
                session.state.update(|state| state.failure = Some(Failure::MixedBuilds));
            }
        });
        session
    }

    /// The catalogue as it was stored, at once, and the server's when it comes. Only where nothing is stored is the server waited for.
    async fn read_catalogue(self) {
        let fresh = async move {
            if let Some(fresh) = catalogue::offered().await {
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
        let phase = memo(move || self.state.with(AppState::phase));
        let is_ready = memo(move || self.state.with(|state| state.loading.is_ready()));
        let work = self.work();
        let kind = memo(move || work.get().map(|work| work.kind));
        let name =
            memo(move || self.state.with(|state| state.file.as_ref().map(|file| file.label.name.clone())));
        let title = memo(move || {
            self.language.track();
            let name = name.get()?;
            let percent = work.get().map(|work| format::percent(self.whole_done(&work)) + " · ");
            Some(format!("{}{name} · Incut", percent.unwrap_or_default()))
        });
        let shape = memo(move || self.shape());
        let understanding = memo(move || self.state.with(AppState::understanding));
        let writing = memo(move || self.state.with(AppState::writing));
        // A screen that goes dark would put the work to sleep.
        effect(move || browser::keep_awake(kind.get().is_some()));
        effect(move || {
            self.language.track();
            if let Some(document) = browser::the_window().and_then(|window| window.document()) {
                document.set_title(&title.get().unwrap_or_else(|| say!("page-title")));
            }
        });
        effect(move || {
            let Some(data) = browser::root().map(|root| root.dataset()) else { return };
            let job = kind.get().map(WorkKind::name).unwrap_or_default();
            let ready = if is_ready.get() { "true" } else { "false" };
            let values = [
                ("state", phase.get().name()),
                ("modelReady", ready),
                ("job", job),
                ("shape", shape.get().name()),
                ("understanding", understanding.get()),
                ("writing", writing.get()),
            ];
            for (key, value) in values {
                // These names are valid, so setting them does not fail.
                let _ = data.set(key, value);
            }
        });
        effect(move || {
            let Some(root) = browser::root() else { return };
            // An attribute of the document; setting it cannot fail.
            let _ = match self.settings.with(|settings| settings.theme) {
                Theme::System => root.remove_attribute("data-theme"),
                Theme::Light => root.set_attribute("data-theme", "light"),
                Theme::Dark => root.set_attribute("data-theme", "dark"),
            };
        });
    }
}
