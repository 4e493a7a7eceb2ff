//! Incut as an installed app: the service worker, the badge “Ready offline”, updates, the install button, and the
//! witness that counts what this page asked of the network after a file was opened.

use crate::browser;
use js_sys::{Array, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Event, PerformanceEntry, PerformanceObserver, PerformanceObserverEntryList, PerformanceObserverInit,
    RegistrationOptions, RequestCache, RequestInit, ServiceWorkerRegistration, ServiceWorkerState,
    ServiceWorkerUpdateViaCache,
};

const WORKER: &str = "/sw.js";
/// Storing the shell is waited for this long before a file is opened regardless.
const LONGEST_SETTLING_MS: u64 = 20_000;

/// Plain signals; the browser's objects stay in here.
#[derive(Clone, Copy)]
pub struct Shell {
    /// The page and its engine are stored and will start without a network.
    pub stored: RwSignal<bool>,
    /// No more fetches for storing the shell are under way, so a file can be opened without any traffic after it.
    pub settled: RwSignal<bool>,
    pub online: RwSignal<bool>,
    /// A newer build waits; it takes over when the person says so.
    pub update: RwSignal<bool>,
    pub can_install: RwSignal<bool>,
    /// What this page fetched since the file was opened.
    pub fetched: RwSignal<Vec<String>>,
    held: StoredValue<Held, LocalStorage>,
}

/// An observer and what it calls, which must live as long.
struct Witness {
    observer: PerformanceObserver,
    _on_entries: Closure<dyn FnMut(PerformanceObserverEntryList)>,
}

#[derive(Default)]
struct Held {
    registration: Option<ServiceWorkerRegistration>,
    install_prompt: Option<JsValue>,
    witness: Option<Witness>,
}

impl Shell {
    pub fn start() -> Self {
        let shell = Self {
            stored: RwSignal::new(false),
            settled: RwSignal::new(false),
            online: RwSignal::new(browser::is_online()),
            update: RwSignal::new(false),
            can_install: RwSignal::new(false),
            fetched: RwSignal::new(vec![]),
            held: StoredValue::new_local(Held::default()),
        };
        shell.listen();
        spawn_local(async move {
            if shell.register().await.is_none() {
                shell.settled.set(true);
            }
        });
        set_timeout(move || shell.settled.set(true), std::time::Duration::from_millis(LONGEST_SETTLING_MS));
        shell
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
    }

    /// `None` where there are no service workers or the script is refused: everything else works without.
    async fn register(self) -> Option<()> {
        let window = browser::the_window()?;
        let navigator: JsValue = window.navigator().into();
        if !Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false) {
            return None;
        }
        let container = window.navigator().service_worker();
        // A browser looks for a newer worker whenever it likes, also minutes after a file was opened. It is told to look
        // into its cache, where the script stays for a day, and the copy there is made new here, before any file is
        // opened. Without a network the copy stays as it is.
        let anew = RequestInit::new();
        anew.set_cache(RequestCache::NoCache);
        let _ = JsFuture::from(window.fetch_with_str_and_init(WORKER, &anew)).await;
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::All);
        let registered = container.register_with_options(WORKER, &options);
        let registration: ServiceWorkerRegistration =
            JsFuture::from(registered).await.ok()?.dyn_into().ok()?;
        if registration.active().is_some()
            && let Ok(looked) = registration.update()
        {
            // What is found shows itself as the installing worker.
            let _ = JsFuture::from(looked).await;
        }
        self.held.update_value(|held| held.registration = Some(registration.clone()));
        self.look(&registration);
        let watched = registration.clone();
        let on_update = Closure::<dyn FnMut(Event)>::new(move |_| self.watch(&watched));
        registration.set_onupdatefound(Some(on_update.as_ref().unchecked_ref()));
        on_update.forget();
        self.watch(&registration);
        Some(())
    }

    /// Follows the worker that is being installed, if there is one.
    fn watch(self, registration: &ServiceWorkerRegistration) {
        let Some(worker) = registration.installing() else { return self.look(registration) };
        self.settled.set(false);
        let registration = registration.clone();
        let on_state = Closure::<dyn FnMut(Event)>::new(move |_| self.look(&registration));
        worker.set_onstatechange(Some(on_state.as_ref().unchecked_ref()));
        on_state.forget();
    }

    fn look(self, registration: &ServiceWorkerRegistration) {
        let is_active = |worker: web_sys::ServiceWorker| {
            matches!(worker.state(), ServiceWorkerState::Activated | ServiceWorkerState::Activating)
        };
        let active = registration.active().is_some_and(is_active);
        self.stored.set(active);
        self.update.set(registration.waiting().is_some() && active);
        self.settled.set(registration.installing().is_none());
    }

    /// The waiting build takes over and the page is loaded again.
    pub fn update_now(self) {
        let waiting =
            self.held.with_value(|held| held.registration.as_ref().and_then(|known| known.waiting()));
        let (Some(waiting), Some(window)) = (waiting, browser::the_window()) else { return };
        let container = window.navigator().service_worker();
        let reload = Closure::once_into_js(move || {
            // Nothing can be done about a reload that is refused.
            let _ = window.location().reload();
        });
        container.set_oncontrollerchange(Some(reload.unchecked_ref()));
        let message = Object::new();
        if Reflect::set(&message, &"type".into(), &"skip-waiting".into()).is_ok() {
            // A worker that has gone in the meantime needs no message.
            let _ = waiting.post_message(&message);
        }
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

    /// From now on every request of this page is counted.
    pub fn begin_witness(self) {
        self.fetched.set(vec![]);
        let since_ms = browser::now_ms();
        let on_entries = Closure::<dyn FnMut(PerformanceObserverEntryList)>::new(
            move |list: PerformanceObserverEntryList| {
                let urls = list.get_entries().into_iter().filter_map(|entry| {
                    let entry: PerformanceEntry = entry.dyn_into().ok()?;
                    let url = entry.name();
                    let is_local = url.starts_with("blob:") || url.starts_with("data:");
                    (entry.start_time() >= since_ms && !is_local).then_some(url)
                });
                let urls: Vec<String> = urls.collect();
                if !urls.is_empty() {
                    self.fetched.update(|fetched| fetched.extend(urls));
                }
            },
        );
        let Ok(observer) = PerformanceObserver::new(on_entries.as_ref().unchecked_ref()) else { return };
        observer.observe(&PerformanceObserverInit::new(&Array::of1(&"resource".into())));
        let witness = Witness { observer, _on_entries: on_entries };
        let before = self.held.try_update_value(|held| held.witness.replace(witness)).flatten();
        if let Some(before) = before {
            before.observer.disconnect();
        }
    }
}
