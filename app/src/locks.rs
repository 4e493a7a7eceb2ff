//! The browser's locks, which all tabs of one origin share: whoever holds one is the only one who does, until it lets go or its tab ends.

use crate::browser;
use futures::future::{Either, select};
use js_sys::{Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;

/// A lock that is held; dropping it lets go. In a browser without locks everybody gets one.
#[derive(Debug)]
pub struct Lock {
    release: Option<Function>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            // Resolves a promise of ours, which does not fail.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Takes the lock as soon as it is free.
pub async fn take(name: &str) -> Lock {
    request(name, &Object::new()).await.unwrap_or(Lock { release: None })
}

/// `None`: somebody else holds it.
pub async fn take_now(name: &str) -> Option<Lock> {
    let options = Object::new();
    // Setting a property of a fresh plain object does not fail.
    let _ = Reflect::set(&options, &"ifAvailable".into(), &true.into());
    request(name, &options).await
}

/// `None`: somebody else held it all the time.
pub async fn take_within(name: &str, milliseconds: u32) -> Option<Lock> {
    match select(pin!(take(name)), pin!(browser::sleep_ms(milliseconds))).await {
        Either::Left((lock, _)) => Some(lock),
        Either::Right(_) => None,
    }
}

async fn request(name: &str, options: &Object) -> Option<Lock> {
    let unguarded = Some(Lock { release: None });
    let navigator = browser::the_window().map(|window| JsValue::from(window.navigator()));
    let locks = navigator.and_then(|navigator| Reflect::get(&navigator, &"locks".into()).ok());
    let Some(locks) = locks.filter(JsValue::is_object) else { return unguarded };
    let method = Reflect::get(&locks, &"request".into()).ok().map(Function::from);
    let Some(method) = method else { return unguarded };

    let (Some((tell, told)), Some((release, released))) = (settler(), settler()) else { return unguarded };
    // The browser holds the lock until the promise that is answered here is resolved.
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let is_ours = lock.is_object();
        let _ = tell.call1(&JsValue::UNDEFINED, &is_ours.into());
        if is_ours { released.into() } else { JsValue::UNDEFINED }
    });
    let asked = method.call3(&locks, &name.into(), options, &granted);
    let Ok(asked) = asked.map(Promise::from) else { return unguarded };
    // A request that is refused altogether is never granted.
    let outcome = Promise::race(&js_sys::Array::of2(&told, &refusal(&asked)));
    // Whoever stops waiting lets go of what would be granted later.
    let lock = Lock { release: Some(release) };
    match JsFuture::from(outcome).await {
        Ok(is_ours) => is_ours.is_truthy().then_some(lock),
        Err(_) => unguarded,
    }
}

/// A promise and the function that resolves it.
fn settler() -> Option<(Function, Promise)> {
    let resolve = Rc::new(RefCell::new(None));
    let kept = Rc::clone(&resolve);
    let promise = Promise::new(&mut move |resolve, _| *kept.borrow_mut() = Some(resolve));
    let resolve = resolve.take()?;
    Some((resolve, promise))
}

/// Fails as `promise` does and never resolves: its end is the end of the lock, not its begin.
fn refusal(promise: &Promise) -> Promise {
    let promise = promise.clone();
    Promise::new(&mut move |_, reject| {
        let refuse = Closure::once_into_js(move |error: JsValue| {
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        });
        if let Ok(catch) = Reflect::get(&promise, &"catch".into()) {
            let _ = Function::from(catch).call1(&promise, &refuse);
        }
    })
}
