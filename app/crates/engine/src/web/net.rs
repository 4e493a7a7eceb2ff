//! The engine's one door to the network: plain GET of files of its own server. What is fetched, when, and whether it is right, is decided
//! by who asks.

use crate::web::js;
use clip::address::is_own_file;
use js_sys::{Function, Object, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ReadableStreamDefaultReader, Response};

/// Why a file did not come.
#[derive(Debug, thiserror::Error)]
pub enum NetError {
    #[error("{0} is not a file of this server")]
    Foreign(String),
    #[error("{0} is not served")]
    NotServed(String),
    /// No network, no server, or a connection that broke.
    #[error("{0}")]
    Unreachable(String),
}

/// All of a file. `within_ms`: it is given up after so long; a browser that cannot give up does not ask.
///
/// # Errors
/// If it does not come whole.
pub async fn get(path: &str, within_ms: Option<f64>) -> Result<Vec<u8>, NetError> {
    let mut options = Vec::new();
    if let Some(ms) = within_ms {
        let no_timeout = || NetError::Unreachable("the browser has no timeouts".into());
        options.push(("signal", timeout(ms).ok_or_else(no_timeout)?));
    }
    let response = ask(path, &options).await?;
    if !response.ok() {
        return Err(NetError::NotServed(path.to_owned()));
    }
    let buffer = js::settle(response.array_buffer().map_err(unreachable)?).await.map_err(unreachable)?;
    Ok(js::take_bytes(buffer.unchecked_ref()))
}

/// A file from this byte on, or all of it where the server gives no part. Past the browser's own cache: what comes is stored by who asks,
/// and once is enough.
///
/// # Errors
/// If no answer comes.
pub async fn get_from(path: &str, byte: u64) -> Result<Answer, NetError> {
    let mut options = vec![("cache", JsValue::from_str("no-store"))];
    if byte > 0 {
        let headers: Object = js::dictionary(&[("range", format!("bytes={byte}-").into())]);
        options.push(("headers", headers.into()));
    }
    Ok(Answer { path: path.to_owned(), response: ask(path, &options).await? })
}

/// What the server answered, its bytes still to come.
pub struct Answer {
    path: String,
    response: Response,
}

impl Answer {
    pub fn is_ok(&self) -> bool {
        self.response.ok()
    }

    /// Whether it is the part that was asked for and not the whole.
    pub fn is_part(&self) -> bool {
        const PARTIAL_CONTENT: u16 = 206;
        self.response.status() == PARTIAL_CONTENT
    }

    /// # Errors
    /// If the server has no such file.
    pub fn body(self) -> Result<Body, NetError> {
        let body = self.response.body().filter(|_| self.response.ok());
        let body = body.ok_or(NetError::NotServed(self.path))?;
        Ok(Body { reader: body.get_reader().unchecked_into() })
    }
}

/// The bytes of an answer as they come.
pub struct Body {
    reader: ReadableStreamDefaultReader,
}

impl Body {
    /// The next piece, `None` at the end. A connection that ended early looks like the end.
    ///
    /// # Errors
    /// If the connection broke.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, NetError> {
        let step = js::settle(self.reader.read()).await.map_err(unreachable)?;
        let is_over = js::get(&step, "done").is_truthy();
        Ok((!is_over).then(|| js::take_bytes(&Uint8Array::new(&js::get(&step, "value")).buffer())))
    }

    /// Nothing more is wanted.
    pub async fn cancel(self) {
        // That no more comes is the browser's matter.
        let _ = js::settle(self.reader.cancel()).await;
    }
}

fn unreachable(error: JsValue) -> NetError {
    NetError::Unreachable(js::text_of(&error))
}

/// An `AbortSignal` that comes after so long.
fn timeout(ms: f64) -> Option<JsValue> {
    let class = js::get(&js_sys::global(), "AbortSignal");
    let timeout: Function = js::get(&class, "timeout").dyn_into().ok()?;
    timeout.call1(&class, &ms.into()).ok()
}

async fn ask(path: &str, options: &[(&str, JsValue)]) -> Result<Response, NetError> {
    if !is_own_file(path) {
        return Err(NetError::Foreign(path.to_owned()));
    }
    js::settle(fetch(path, options)).await.map(JsCast::unchecked_into).map_err(unreachable)
}

/// `fetch(path, options)`. By name: the bindings of its options are a feature of web-sys, and with another feature wgpu and burn are
/// compiled again.
fn fetch(path: &str, options: &[(&str, JsValue)]) -> Promise {
    let options: Object = js::dictionary(options);
    let fetch: Result<Function, _> = js::get(&js_sys::global(), "fetch").dyn_into();
    let asked = fetch.and_then(|fetch| fetch.call2(&js_sys::global(), &path.into(), &options));
    asked.map_or_else(|error| Promise::reject(&error), |asked| Promise::resolve(&asked))
}
