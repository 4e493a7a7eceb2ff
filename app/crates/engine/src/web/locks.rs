//! The browser's locks, which all tabs of one origin share.

use crate::web::js;
use js_sys::{Function, Object, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Only one tab holds it at a time; dropping it lets go. In a browser without locks everybody gets one.
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

/// Takes the lock if nobody else holds it.
pub async fn take_now(name: &str) -> Option<Lock> {
    request(name, true).await
}

/// Takes the lock as soon as it is free.
pub async fn take(name: &str) -> Lock {
    request(name, false).await.unwrap_or(Lock { release: None })
}

async fn request(name: &str, only_now: bool) -> Option<Lock> {
    let unguarded = Some(Lock { release: None });
    let locks = js::get(&js::scope().navigator(), "locks");
    let Ok(method) = js::get(&locks, "request").dyn_into::<Function>() else { return unguarded };
    let (Some((tell, told)), Some((release, released))) = (settler(), settler()) else { return unguarded };
    // The browser holds the lock until the promise that is answered here is resolved.
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let is_ours = lock.is_object();
        let _ = tell.call1(&JsValue::UNDEFINED, &is_ours.into());
        if is_ours { released.into() } else { JsValue::UNDEFINED }
    });
    let options: Object = js::dictionary(&[("ifAvailable", only_now.into())]);
    if method.call3(&locks, &name.into(), &options, &granted).is_err() {
        return unguarded;
    }
    // Whoever stops waiting lets go of what would be granted later.
    let lock = Lock { release: Some(release) };
    js::settle(told).await.is_ok_and(|is_ours| is_ours.is_truthy()).then_some(lock)
}

/// A promise and the function that resolves it.
fn settler() -> Option<(Function, Promise)> {
    let resolve = Rc::new(RefCell::new(None));
    let kept = Rc::clone(&resolve);
    let promise = Promise::new(&mut move |resolve, _| *kept.borrow_mut() = Some(resolve));
    let resolve = resolve.take()?;
    Some((resolve, promise))
}
