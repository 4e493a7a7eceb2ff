//! Incut as an installed app: the service worker, the badge “Works offline”, updates, the install button, and the
//! witness that counts what was asked of the network after a file was opened.

mod requests;
mod witness;
mod words;

pub use witness::origin;

use crate::reactive::memo;
use crate::{browser, net};
use gloo::events::EventListener;
use js_sys::Reflect;
use leptos::prelude::*;
use std::cell::Cell;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    MessageEvent, RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerState, ServiceWorkerUpdateViaCache,
};
use witness::Witness;
use words::{Doing, Told};

const WORKER: &str = "/sw.js";
/// A file that is to be opened waits for the shell to be stored until the page is this old; then storing is given up until the next visit.
const LONGEST_SETTLING_MS: f64 = 20_000.0;
/// The same where everything is stored already, and only a newer build is looked for: a server that hangs keeps nobody waiting.
const LONGEST_LOOKING_MS: f64 = 5_000.0;
/// A worker that was told to fetch nothing more has stopped by then.
const STOPPING: Duration = Duration::from_secs(2);
/// A server that does not say within this time whether there is a newer build is asked again at the next visit.
const NEWER_WITHIN_MS: u32 = 2_000;
/// Fetching what was missing may take a while. Who opens a file does not wait for it.
const HEALED_WITHIN_MS: u32 = 120_000;
/// Every open page is asked whether it may be taken from.
const TAKEN_WITHIN_MS: u32 = 5_000;
const REFUSAL_SHOWN: Duration = Duration::from_secs(6);
/// The build that this tab was loaded again for, so that it is not loaded again and again.
const RELOADED_KEY: &str = "incut-reloaded-for";

/// Plain signals; the browser's objects stay in here.
#[derive(Clone, Copy)]
pub struct Shell {
    /// Page and engine are stored, were compared with their hashes, and will start without a network.
    pub stored: RwSignal<bool>,
    /// No more fetches for storing the shell are under way, so a file can be opened without any traffic after it.
    pub settled: Memo<bool>,
    pub online: RwSignal<bool>,
    /// A newer build waits; it takes over when the person says so.
    pub update: RwSignal<bool>,
    /// The person said so, but another tab is at work.
    pub update_refused: RwSignal<bool>,
    /// Page and service worker are of different builds, also after loading again.
    pub mixed: RwSignal<bool>,
    pub can_install: RwSignal<bool>,
    pub witness: Witness,
    /// What may still fetch: looking, registering, installing.
    under_way: RwSignal<u32>,
    given_up: RwSignal<bool>,
    held: StoredValue<Held, LocalStorage>,
}

#[derive(Default)]
struct Held {
    /// Tells this tab's workers from those of others.
    tab: String,
    registration: Option<ServiceWorkerRegistration>,
    install_prompt: Option<JsValue>,
    is_hurrying: bool,
}

impl Shell {
    pub fn start() -> Self {
        let (under_way, given_up) = (RwSignal::new(1), RwSignal::new(false));
        let tab = format!("{:x}", (js_sys::Math::random() * 2f64.powi(52)) as u64);
        let shell = Self {
            stored: RwSignal::new(false),
            settled: memo(move || under_way.get() == 0 || given_up.get()),
            online: RwSignal::new(browser::is_online()),
            update: RwSignal::new(false),
            update_refused: RwSignal::new(false),
            mixed: RwSignal::new(false),
            can_install: RwSignal::new(false),
            witness: Witness::new(),
            under_way,
            given_up,
            held: StoredValue::new_local(Held { tab, ..Held::default() }),
        };
        shell.listen();
        spawn_local(async move {
            // Where there are no service workers, or the script is refused, everything else works without.
            if let Some(container) = container() {
                shell.register(&container).await;
            }
            shell.step_ends();
        });
        shell
    }

    /// What is put behind `#` in a worker's address, so that the service worker knows whose it is.
    pub fn tab(self) -> String {
        self.held.with_value(|held| held.tab.clone())
    }

    fn listen(self) {
        for (name, online) in [("online", true), ("offline", false)] {
            window_event_listener_untyped(name, move |_| self.online.set(online));
        }
        window_event_listener_untyped("beforeinstallprompt", move |event| {
            event.prevent_default();
            self.held.update_value(|held| held.install_prompt = Some(event.into()));
            self.can_install.set(true);
        });
        window_event_listener_untyped("appinstalled", move |_| self.can_install.set(false));
        self.witness.listen(&self.tab());
        let Some(container) = container() else { return };
        // Nobody has to start them: the browser hands messages out once the page is parsed.
        EventListener::new(&container, "message", move |event| {
            match event.dyn_ref::<MessageEvent>().and_then(words::read) {
                Some(Told::Asks { port }) => words::answer(&port, self.doing()),
                Some(told) => {
                    let (Told::Request { tab, .. } | Told::Received { tab, .. }) = &told else { return };
                    if tab.is_empty() || *tab == self.tab() {
                        self.witness.hear(told);
                    }
                }
                None => {}
            }
        })
        .forget();

        let was_controlled = Cell::new(container.controller().is_some());
        EventListener::new(&container, "controllerchange", move |_| {
            // Another tab let a newer build take over: a page with nothing open follows, one with a file goes on as it is.
            let doing = self.doing();
            if was_controlled.replace(true) && !doing.is_open && !doing.is_busy {
                reload();
            }
        })
        .forget();
    }

    fn doing(self) -> Doing {
        let is_at_work = |data: &web_sys::DomStringMap| {
            let job = data.get("job").is_some_and(|job| !job.is_empty());
            let runs = |name| data.get(name).as_deref() == Some("running");
            job || runs("understanding") || runs("writing")
        };
        let is_busy = browser::root().is_some_and(|root| is_at_work(&root.dataset()));
        Doing { is_open: self.witness.is_on.get_untracked(), is_busy }
    }

    async fn register(self, container: &ServiceWorkerContainer) -> Option<()> {
        let known = JsFuture::from(container.get_registration()).await.ok()?;
        if let Ok(known) = known.dyn_into::<ServiceWorkerRegistration>() {
            self.held.update_value(|held| held.registration = Some(known.clone()));
            self.look(&known).await;
        }
        // A browser looks for a newer worker whenever it likes, also minutes after a file was opened. It is told to look
        // into its cache, where the script stays for a day, and the copy there is made new here, before any file is
        // opened. Without a network the copy stays as it is, and a server that does not answer is not waited for.
        net::renew(WORKER, NEWER_WITHIN_MS).await;
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::All);
        let registered = container.register_with_options(WORKER, &options);
        let registration: ServiceWorkerRegistration =
            JsFuture::from(registered).await.ok()?.dyn_into().ok()?;
        self.held.update_value(|held| held.registration = Some(registration.clone()));
        let watched = registration.clone();
        EventListener::new(&registration, "updatefound", move |_| self.watch(&watched)).forget();
        self.watch(&registration);
        if registration.active().is_some()
            && let Ok(looked) = registration.update()
        {
            // What is found shows itself as the installing worker.
            words::within(looked, NEWER_WITHIN_MS).await;
        }
        self.show_update(&registration);
        Some(())
    }

    fn step_ends(self) {
        self.under_way.update(|steps| *steps = steps.saturating_sub(1));
    }

    /// Follows the worker that is being installed, if there is one, until nothing more is fetched for it.
    fn watch(self, registration: &ServiceWorkerRegistration) {
        let Some(worker) = registration.installing() else { return };
        self.under_way.update(|steps| *steps += 1);
        let is_first = registration.active().is_none();
        let (registration, followed) = (registration.clone(), worker.clone());
        let has_ended = Cell::new(false);
        EventListener::new(&worker, "statechange", move |_| {
            let state = followed.state();
            self.show_update(&registration);
            // The first one of all takes charge by itself; a later one waits for a person.
            let is_through = match state {
                ServiceWorkerState::Installed => !is_first,
                ServiceWorkerState::Activated | ServiceWorkerState::Redundant => true,
                _ => false,
            };
            if is_through && !has_ended.replace(true) {
                let registration = registration.clone();
                spawn_local(async move {
                    if state == ServiceWorkerState::Activated {
                        self.look(&registration).await;
                    }
                    self.step_ends();
                });
            }
        })
        .forget();
    }

    /// Asks the worker in charge what it has, and has it fetch what it lacks.
    async fn look(self, registration: &ServiceWorkerRegistration) {
        self.show_update(registration);
        let Some(active) = registration.active() else { return self.stored.set(false) };
        let heal = !self.witness.is_on.get_untracked();
        let kept = words::look(&active, heal, HEALED_WITHIN_MS).await;
        self.stored.set(kept.as_ref().is_some_and(|kept| kept.is_whole));
        let is_controlled = container().is_some_and(|container| container.controller().is_some());
        if let Some(kept) = kept.filter(|_| is_controlled)
            && browser::meta("incut-build").is_some_and(|build| build != kept.build)
        {
            self.is_of_another_build(&kept.build);
        }
    }

    /// Loading again gives page and engine of the worker's build, unless something is wrong with what is stored.
    fn is_of_another_build(self, build: &str) {
        if browser::stored_for_tab(RELOADED_KEY).as_deref() != Some(build) && !self.doing().is_open {
            browser::store_for_tab(RELOADED_KEY, Some(build));
            reload();
        } else {
            self.mixed.set(true);
        }
    }

    fn show_update(self, registration: &ServiceWorkerRegistration) {
        self.update.set(registration.waiting().is_some() && registration.active().is_some());
    }

    /// A file waits to be opened. Storing the shell gets the rest of its time, then it is told to stop, so that nothing is fetched
    /// beside the open file.
    pub fn hurry(self) {
        if self.held.try_update_value(|held| std::mem::replace(&mut held.is_hurrying, true)) != Some(false) {
            return;
        }
        let longest_ms = if self.stored.get_untracked() { LONGEST_LOOKING_MS } else { LONGEST_SETTLING_MS };
        let left_ms = (longest_ms - browser::now_ms()).max(0.0) as u64;
        browser::after(Duration::from_millis(left_ms), move || self.stop_storing());
    }

    fn stop_storing(self) {
        let registration = self.held.with_value(|held| held.registration.clone());
        let workers = registration.iter().flat_map(|known| [known.installing(), known.active()]);
        workers.flatten().for_each(|worker: ServiceWorker| words::stop(&worker));
        browser::after(STOPPING, move || self.given_up.set(true));
    }

    /// The waiting build takes over and the page is loaded again, unless another tab is at work.
    pub fn update_now(self) {
        let waiting =
            self.held.with_value(|held| held.registration.as_ref().and_then(|known| known.waiting()));
        let (Some(waiting), Some(container)) = (waiting, container()) else { return };
        spawn_local(async move {
            if !words::take_over(&waiting, TAKEN_WITHIN_MS).await {
                self.update_refused.set(true);
                return browser::after(REFUSAL_SHOWN, move || self.update_refused.set(false));
            }
            // Who is in charge may have changed before the answer came.
            if container.controller().is_some_and(|now| js_sys::Object::is(&now, &waiting)) {
                return reload();
            }
            EventListener::once(&container, "controllerchange", |_| reload()).forget();
        });
    }

    pub fn install(self) {
        let prompt = self.held.try_update_value(|held| held.install_prompt.take()).flatten();
        self.can_install.set(false);
        spawn_local(async move {
            if let Some(prompt) = prompt {
                browser::call(&prompt, "prompt", &JsValue::UNDEFINED).await;
            }
        });
    }
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = browser::the_window()?.navigator();
    let is_there = Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false);
    is_there.then(|| navigator.service_worker())
}

fn reload() {
    if let Some(window) = browser::the_window() {
        // Nothing can be done about a reload that is refused.
        let _ = window.location().reload();
    }
}
