//! The owner of a WebCodecs codec, and its life: opened and configured, fed, drained, put in its first state, closed. Decoders and encoders
//! alike; what differs between them is [`WebCodec`]. How much is fed, and what comes of a failure, is decided by who holds one.

use super::callbacks::{on_dequeue, on_error, on_output};
use super::queue::CodecQueue;
use crate::web::failure::from_js;
use crate::web::js;
use clip::failure::{Doing, Failure};
use js_sys::{Function, Object, Promise};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

/// What the standard gives all codecs, for which the bindings have no trait.
pub trait WebCodec: Sized {
    type Config: Clone;
    /// What is fed.
    type Input<'a>;
    /// What the browser hands out.
    type Output: JsCast + 'static;
    /// That in the hands of its owner.
    type Item: 'static;

    /// What fails, in the words of a failure: its start, its work, its end.
    const STARTING: Doing;
    const WORKING: Doing;
    const FINISHING: Doing;

    fn construct(callbacks: &Object) -> Result<Self, JsValue>;
    fn set_up(&self, config: &Self::Config) -> Result<(), JsValue>;
    fn listen(&self, on_dequeue: Option<&Function>);
    fn submit(&self, input: Self::Input<'_>) -> Result<(), JsValue>;
    /// Given in and not begun with.
    fn waiting(&self) -> u32;
    fn finish(&self) -> Promise;
    fn end(&self) -> Result<(), JsValue>;
    /// Owns what came out; `more` is what came along with it. Called after the end too, so that it is closed.
    fn receive(output: Self::Output, more: &JsValue) -> Result<Self::Item, Failure>;
}

pub struct Codec<W: WebCodec> {
    inner: W,
    config: W::Config,
    queue: Rc<CodecQueue<W::Item>>,
}

impl<W: WebCodec> Codec<W> {
    /// # Errors
    /// If the browser has none, or none of this configuration.
    pub fn open(config: W::Config) -> Result<Self, Failure> {
        let queue = CodecQueue::new();
        let callbacks: Object = js::dictionary(&[
            ("output", on_output(&queue, W::receive)),
            ("error", on_error(&queue, W::WORKING)),
        ]);
        let fail = |error: JsValue| from_js(W::STARTING, &error);
        let inner = W::construct(&callbacks).map_err(fail)?;
        inner.listen(Some(&on_dequeue(&queue)));
        // From here on it is closed, whatever comes.
        let codec = Self { inner, config, queue };
        codec.inner.set_up(&codec.config).map_err(fail)?;
        Ok(codec)
    }

    /// What has come out, or what went wrong.
    pub fn queue(&self) -> &Rc<CodecQueue<W::Item>> {
        &self.queue
    }

    /// Inputs that it has not begun with.
    pub fn waiting(&self) -> u32 {
        self.inner.waiting()
    }

    /// # Errors
    /// What is wrong with the input; what is wrong with the codec comes by its queue.
    pub fn feed(&self, input: W::Input<'_>) -> Result<(), Failure> {
        self.inner.submit(input).map_err(|error| from_js(W::WORKING, &error))
    }

    /// Until all that was fed has come out. A decoder wants a key next.
    ///
    /// # Errors
    /// If it failed over it; the queue knows more where the codec itself did.
    pub async fn drain(&self) -> Result<(), Failure> {
        let finished = js::settle(self.inner.finish()).await;
        finished.map(drop).map_err(|error| from_js(W::FINISHING, &error))
    }

    /// As newly opened; what is inside never comes out. By a codec in its place: WebCodecs closes one that failed, and has no way back
    /// from there.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn reset(&mut self) -> Result<(), Failure> {
        // Some machines have only so many.
        self.close();
        *self = Self::open(self.config.clone())?;
        Ok(())
    }

    fn close(&self) {
        self.queue.close();
        self.inner.listen(None);
        // One that failed is closed already and says so.
        let _ = self.inner.end();
    }
}

impl<W: WebCodec> Drop for Codec<W> {
    fn drop(&mut self) {
        self.close();
    }
}
