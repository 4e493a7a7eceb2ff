//! Owners of decoded frames: a `VideoFrame` or `AudioData` holds memory of the browser (or of the GPU) until it is
//! closed, so each lives in a type that closes on drop, and a counter tells how many are open.

use crate::codec::color_space::{self, color_of};
use crate::web::failure::from_js;
use crate::web::js;
use clip::failure::{Doing, Failure};
use clip::paint::{I420, painted_in};
use js_sys::Uint8Array;
use media::facts::{Color, VideoFacts};
use media::time::Instant;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AudioData, VideoFrame};

thread_local! {
    static OPEN: Cell<u32> = const { Cell::new(0) };
}

/// How many frames this worker holds open.
pub fn open_frames() -> u32 {
    OPEN.get()
}

pub struct Picture(VideoFrame);

impl Picture {
    pub fn new(frame: VideoFrame) -> Self {
        OPEN.set(OPEN.get() + 1);
        Self(frame)
    }

    pub fn raw(&self) -> &VideoFrame {
        &self.0
    }

    /// Presentation time in microseconds, as it was given with the chunk.
    pub fn timestamp_us(&self) -> i64 {
        self.0.timestamp() as i64
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        self.0.close();
        OPEN.set(OPEN.get() - 1);
    }
}

/// How the browser laid out the bytes of a picture.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    I420,
    /// Y, then U and V interleaved: what hardware decoders give.
    Nv12,
    /// Anything else, converted by the browser: ten bits, other chroma, RGB, high dynamic range.
    Rgba,
}

/// A picture of a file: from when on it is shown, and what the file says of pictures coded like it.
pub struct FilePicture {
    pub picture: Picture,
    pub from: Instant,
    pub facts: Rc<VideoFacts>,
}

impl FilePicture {
    /// Width and height of what is meant to be seen, in pixels; decoders round the rest up to their blocks.
    pub fn size(&self) -> (u32, u32) {
        let frame = self.picture.raw();
        match frame.visible_rect() {
            Some(rectangle) => (rectangle.width() as u32, rectangle.height() as u32),
            None => (frame.coded_width(), frame.coded_height()),
        }
    }

    /// What its samples mean: as the file states it, else as the decoder found out, else as players guess.
    pub fn color(&self) -> Color {
        let stated = self.facts.color.unwrap_or_else(|| color_of(&self.picture.raw().color_space()));
        stated.resolved(self.size().1)
    }

    pub fn layout(&self) -> Layout {
        match js::get(self.picture.raw(), "format").as_string().as_deref() {
            _ if self.color().is_hdr() => Layout::Rgba,
            Some("I420") => Layout::I420,
            Some("NV12") => Layout::Nv12,
            _ => Layout::Rgba,
        }
    }

    /// The colors of a clip that begins with this picture.
    pub fn painted_in(&self) -> Color {
        if self.layout() == Layout::Rgba { Color::BT709 } else { painted_in(self.color()) }
    }

    /// A copy of its bytes, as [`Self::layout`] says; `scratch`: where the one before went, outside wasm memory, which may grow while the
    /// copy is under way.
    ///
    /// # Errors
    /// If the browser does not give them.
    pub async fn planes(&self, scratch: Option<Uint8Array>) -> Result<Uint8Array, Failure> {
        let fail = |error: JsValue| from_js(Doing::ReadPicture, &error);
        let frame = self.picture.raw();
        let size = frame.allocation_size().map_err(fail)?;
        let bytes = match scratch {
            Some(scratch) if scratch.length() == size => scratch,
            _ => Uint8Array::new_with_length(size),
        };
        js::settle(frame.copy_to_with_u8_array(&bytes).unchecked_into()).await.map_err(fail)?;
        Ok(bytes)
    }

    /// The facts of this very picture, which may have another size than the file says.
    pub fn shown(&self) -> VideoFacts {
        /// Containers and streams round differently; a stream that changes size changes it by more.
        const ROUNDING: u32 = 16;
        let (width, height) = self.size();
        let facts = &*self.facts;
        let is_near = facts.width.abs_diff(width) < ROUNDING && facts.height.abs_diff(height) < ROUNDING;
        let frame = self.picture.raw();
        let (display_width, display_height) = if (facts.width, facts.height) == (width, height) {
            (facts.display_width, facts.display_height)
        } else if is_near {
            let scaled = |display: u32, to: u32, from: u32| {
                u32::try_from(u64::from(display) * u64::from(to) / u64::from(from.max(1))).unwrap_or(to)
            };
            (
                scaled(facts.display_width, width, facts.width),
                scaled(facts.display_height, height, facts.height),
            )
        } else {
            (frame.display_width(), frame.display_height())
        };
        VideoFacts { width, height, display_width, display_height, ..facts.clone() }
    }
}

pub struct Sound(AudioData);

impl Sound {
    pub fn new(data: AudioData) -> Self {
        OPEN.set(OPEN.get() + 1);
        Self(data)
    }

    pub fn raw(&self) -> &AudioData {
        &self.0
    }
}

impl Drop for Sound {
    fn drop(&mut self) {
        self.0.close();
        OPEN.set(OPEN.get() - 1);
    }
}

/// A `VideoFrame` of packed I420 bytes, tagged with the colors that it was painted in.
pub fn video_frame(picture: I420, color: Color, at: Instant) -> Result<Picture, JsValue> {
    let init = js::dictionary(&[
        ("format", "I420".into()),
        ("codedWidth", picture.size().width_px.into()),
        ("codedHeight", picture.size().height_px.into()),
        ("timestamp", (at.micros() as f64).into()),
        ("colorSpace", color_space::init(color)),
    ]);
    let frame = VideoFrame::new_with_u8_slice_and_video_frame_buffer_init(&mut picture.into_bytes(), &init);
    frame.map(Picture::new)
}
