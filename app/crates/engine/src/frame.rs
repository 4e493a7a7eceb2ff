//! Owners of decoded frames: a `VideoFrame` or `AudioData` holds memory of the browser (or of the GPU) until it is
//! closed, so each lives in a type that closes on drop, and a counter tells how many are open.

use std::cell::Cell;
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
