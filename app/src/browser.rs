//! The few things asked of the browser itself: abilities, object addresses, saving a file, small settings, room.

use clip::failure::{Ability, Failure};
use gloo::storage::{LocalStorage, SessionStorage, Storage as _};
use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect};
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Element, Event, File, HtmlAnchorElement, HtmlElement, HtmlInputElement,
    HtmlMediaElement, Url, Window, window,
};

/// Bytes used by this site and bytes the browser would allow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub used_bytes: u64,
    pub allowed_bytes: u64,
}

pub fn the_window() -> Option<Window> {
    window()
}

pub fn root() -> Option<HtmlElement> {
    window()?.document()?.document_element()?.dyn_into().ok()
}

/// Milliseconds since the page was loaded; never goes backwards.
pub fn now_ms() -> f64 {
    window().and_then(|window| window.performance()).map(|clock| clock.now()).unwrap_or_default()
}

/// The number that an input stands at.
pub fn number_of(event: &Event) -> Option<f64> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    Some(input.value_as_number()).filter(|number| number.is_finite())
}

/// Content of `<meta name=…>`.
pub fn meta(name: &str) -> Option<String> {
    let element = window()?.document()?.query_selector(&format!("meta[name='{name}']")).ok()??;
    element.get_attribute("content").filter(|content| !content.is_empty())
}

/// What is missing for the work to be possible at all.
pub fn missing_ability() -> Option<Failure> {
    let global: JsValue = window()?.into();
    let has = |owner: &JsValue, name: &str| Reflect::has(owner, &name.into()).unwrap_or(false);
    let codecs = ["VideoDecoder", "VideoEncoder", "AudioDecoder"].iter().all(|name| has(&global, name));
    let storage = Reflect::get(&global, &"navigator".into())
        .and_then(|navigator| Reflect::get(&navigator, &"storage".into()))
        .is_ok_and(|storage| storage.is_object() && has(&storage, "getDirectory"));
    let lacks = if !codecs {
        Ability::Codecs
    } else if !storage {
        Ability::Storage
    } else if !has(&global, "Worker") || !has(&global, "OffscreenCanvas") {
        Ability::Workers
    } else {
        return None;
    };
    Some(Failure::Lacks(lacks))
}

pub fn object_url(blob: &Blob) -> Option<String> {
    Url::create_object_url_with_blob(blob).ok()
}

pub fn forget_url(url: &str) {
    // An address that is not known any more is not worth a message.
    let _ = Url::revoke_object_url(url);
}

/// Saves what an object address stands for, under the browser's own rules for downloads.
pub fn save(url: &str, name: &str) {
    let Some(document) = window().and_then(|window| window.document()) else { return };
    let anchor =
        document.create_element("a").ok().and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok());
    if let (Some(anchor), Some(body)) = (anchor, document.body()) {
        anchor.set_href(url);
        anchor.set_download(name);
        anchor.set_hidden(true);
        if body.append_child(&anchor).is_ok() {
            anchor.click();
            anchor.remove();
        }
    }
}

/// Saves a text the page made itself.
pub fn save_text(text: &str, name: &str, media_type: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&text.into());
    let url =
        Blob::new_with_str_sequence_and_options(&parts, &options).ok().and_then(|blob| object_url(&blob));
    if let Some(url) = url {
        save(&url, name);
        // The download takes the bytes before the next task.
        after(Duration::from_secs(60), move || forget_url(&url));
    }
}

/// Puts a text on the clipboard; whether the browser let it.
pub async fn copy(text: &str) -> bool {
    let navigator = window().map(|window| JsValue::from(window.navigator()));
    let clipboard = navigator.and_then(|navigator| Reflect::get(&navigator, &"clipboard".into()).ok());
    match clipboard.filter(JsValue::is_object) {
        Some(clipboard) => call(&clipboard, "writeText", &text.into()).await.is_some(),
        None => false,
    }
}

/// What the page may put aside for all its tabs. gloo takes it for granted; a browser that stores nothing refuses it.
fn storage() -> Option<web_sys::Storage> {
    let is_there = window()?.local_storage().is_ok_and(|storage| storage.is_some());
    is_there.then(LocalStorage::raw)
}

pub fn stored_text(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Where the browser refuses to store, the setting holds for this visit.
pub fn store_text(key: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, text);
    }
}

fn tab_storage() -> Option<web_sys::Storage> {
    let is_there = window()?.session_storage().is_ok_and(|storage| storage.is_some());
    is_there.then(SessionStorage::raw)
}

pub fn stored_for_tab(key: &str) -> Option<String> {
    tab_storage()?.get_item(key).ok()?
}

/// `None` removes it. Where the browser refuses to store, a reload begins again.
pub fn store_for_tab(key: &str, text: Option<&str>) {
    if let Some(storage) = tab_storage() {
        let _ = match text {
            Some(text) => storage.set_item(key, text),
            None => storage.remove_item(key),
        };
    }
}

/// Removes what this page ever put aside as text, in this tab and for all.
pub fn forget_texts() {
    for storage in [storage(), tab_storage()].into_iter().flatten() {
        // A browser that refuses has not stored anything either.
        let _ = storage.clear();
    }
}

/// Names of the caches in which the service worker keeps the page.
async fn stored_pages() -> (JsValue, js_sys::Array) {
    let caches = window().and_then(|window| Reflect::get(&window, &"caches".into()).ok()).unwrap_or_default();
    let names = call(&caches, "keys", &JsValue::UNDEFINED).await.unwrap_or_default();
    (caches, js_sys::Array::from(&names))
}

pub async fn has_stored_pages() -> bool {
    stored_pages().await.1.length() > 0
}

/// Forgets the stored page: all caches, and the worker that answers from them.
pub async fn forget_pages() {
    let (caches, names) = stored_pages().await;
    for name in names.iter() {
        call(&caches, "delete", &name).await;
    }
    let Some(window) = window() else { return };
    let workers = Reflect::get(&window.navigator(), &"serviceWorker".into()).unwrap_or_default();
    if let Some(registered) = call(&workers, "getRegistrations", &JsValue::UNDEFINED).await {
        for registration in js_sys::Array::from(&registered).iter() {
            call(&registration, "unregister", &JsValue::UNDEFINED).await;
        }
    }
}

/// Whether the pointer or the focus is on an element.
pub fn is_on(selector: &str) -> bool {
    let element = || window()?.document()?.query_selector(selector).ok()?;
    element().is_some_and(|element| {
        ["hover", "focus-within"]
            .iter()
            .any(|state| element.matches(&format!(":{state}")).unwrap_or_default())
    })
}

/// Moves the focus there, if it is there.
pub fn focus(selector: &str) {
    let element = || window()?.document()?.query_selector(selector).ok()??.dyn_into::<HtmlElement>().ok();
    if let Some(element) = element() {
        // What cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Moves the focus to the first of these that is there and takes it.
pub fn focus_one_of(selectors: &[&str]) {
    for selector in selectors {
        focus(selector);
        let took = || focused()?.matches(selector).ok();
        if took() == Some(true) {
            return;
        }
    }
}

pub fn is_there(selector: &str) -> bool {
    let found = || window()?.document()?.query_selector(selector).ok()?;
    found().is_some()
}

/// What has the focus; `None` where it is on nothing.
pub fn focused() -> Option<Element> {
    let element = window()?.document()?.active_element()?;
    (element.tag_name() != "BODY").then_some(element)
}

pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Moves the focus once what was changed just now is drawn.
pub fn focus_soon(selector: &'static str) {
    after(Duration::ZERO, move || focus(selector));
}

/// Resolves after this long; in a hidden tab later.
pub async fn sleep_ms(milliseconds: u32) {
    TimeoutFuture::new(milliseconds).await;
}

/// Does something after this long; in a hidden tab later. It cannot be called off: whoever it is for looks whether it still matters.
pub fn after(time: Duration, then: impl FnOnce() + 'static) {
    Timeout::new(u32::try_from(time.as_millis()).unwrap_or(u32::MAX), then).forget();
}

pub fn wants_less_motion() -> bool {
    window()
        .and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten())
        .is_some_and(|query| query.matches())
}

pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

pub async fn room() -> Option<Room> {
    let estimate = JsFuture::from(window()?.navigator().storage().estimate().ok()?).await.ok()?;
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    Some(Room { used_bytes: number("usage")? as u64, allowed_bytes: number("quota")? as u64 })
}

/// Asks the browser not to clear what is stored here when the disk fills up.
pub async fn ask_to_persist() -> Option<bool> {
    JsFuture::from(window()?.navigator().storage().persist().ok()?).await.ok()?.as_bool()
}

/// Whether the browser has a graphics adapter for pages.
pub async fn has_webgpu() -> bool {
    let gpu = window().and_then(|window| Reflect::get(&window.navigator(), &"gpu".into()).ok());
    match gpu.filter(JsValue::is_object) {
        Some(gpu) => {
            call(&gpu, "requestAdapter", &JsValue::UNDEFINED).await.is_some_and(|found| found.is_object())
        }
        None => false,
    }
}

pub async fn is_persisted() -> Option<bool> {
    JsFuture::from(window()?.navigator().storage().persisted().ok()?).await.ok()?.as_bool()
}

/// Starts a player. A refusal leaves it paused, which its own events tell.
pub fn play(player: &HtmlMediaElement) {
    if let Ok(promise) = player.play() {
        wasm_bindgen_futures::spawn_local(async move {
            // Awaited so that a refusal is not reported as one that nobody looked at.
            let _ = JsFuture::from(promise).await;
        });
    }
}

/// Calls a method that the bindings do not know yet; `None` where the browser does not have it or it refuses.
pub async fn call(owner: &JsValue, method: &str, argument: &JsValue) -> Option<JsValue> {
    let method: Function = Reflect::get(owner, &method.into()).ok()?.dyn_into().ok()?;
    let answer = method.call1(owner, argument).ok()?;
    match answer.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await.ok(),
        Err(value) => Some(value),
    }
}

thread_local! {
    /// The wake lock that is held, if any.
    static AWAKE: std::cell::RefCell<Option<JsValue>> = const { std::cell::RefCell::new(None) };
}

/// Keeps the screen on, or lets it rest again. Where the browser refuses, the work goes on all the same.
pub fn keep_awake(wanted: bool) {
    wasm_bindgen_futures::spawn_local(async move {
        let held = AWAKE.with(|awake| awake.borrow_mut().take());
        if let Some(lock) = held {
            call(&lock, "release", &JsValue::UNDEFINED).await;
        }
        let navigator = window().map(|window| JsValue::from(window.navigator()));
        let wake_lock = navigator.and_then(|navigator| Reflect::get(&navigator, &"wakeLock".into()).ok());
        if let Some(wake_lock) = wake_lock.filter(|lock| wanted && lock.is_object()) {
            let lock = call(&wake_lock, "request", &"screen".into()).await;
            AWAKE.with(|awake| *awake.borrow_mut() = lock);
        }
    });
}

/// Starts an asynchronous method that the bindings do not know yet, within the present event.
pub fn begin(owner: &JsValue, method: &str) -> Option<Promise> {
    let method: Function = Reflect::get(owner, &method.into()).ok()?.dyn_into().ok()?;
    method.call0(owner).ok()?.dyn_into().ok()
}

/// Whether the browser has a file dialog that gives handles which outlive the visit.
pub fn has_file_handles() -> bool {
    window().is_some_and(|window| Reflect::has(&window, &"showOpenFilePicker".into()).unwrap_or(false))
}

/// Nothing where the person closed the dialog.
pub async fn pick_files() -> Vec<(File, JsValue)> {
    let options = js_sys::Object::new();
    // Setting a property of a fresh plain object does not fail.
    let _ = Reflect::set(&options, &"multiple".into(), &true.into());
    let Some(window) = window() else { return vec![] };
    let mut files = Vec::new();
    let picked = call(&window.into(), "showOpenFilePicker", &options).await.unwrap_or_default();
    for handle in js_sys::Array::from(&picked).iter() {
        let file = call(&handle, "getFile", &JsValue::UNDEFINED).await.and_then(|file| file.dyn_into().ok());
        files.extend(file.map(|file| (file, handle)));
    }
    files
}

/// The file behind a kept handle; asks for permission where the browser wants it asked.
pub async fn reopen(handle: &JsValue, may_ask: MayAsk) -> Option<File> {
    let mode = js_sys::Object::new();
    Reflect::set(&mode, &"mode".into(), &"read".into()).ok()?;
    let method = match may_ask {
        MayAsk::Yes => "requestPermission",
        MayAsk::No => "queryPermission",
    };
    let answer = call(handle, method, &mode).await?;
    if answer.as_string().as_deref() != Some("granted") {
        return None;
    }
    call(handle, "getFile", &JsValue::UNDEFINED).await?.dyn_into().ok()
}

/// Permission can be asked for only in answer to a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayAsk {
    Yes,
    No,
}
