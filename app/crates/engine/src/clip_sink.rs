//! One clip on its way to disk: encoder, AAC pieces and muxer behind the domain's sink port. Writes to OPFS as it goes,
//! so a clip needs no more memory than the codecs hold.

use crate::aac::{AacPieces, CHANNELS, PACKET_SAMPLES, PRIMING_SAMPLES, SAMPLE_RATE, audio_specific_config};
use crate::failure::{from_js};
use crate::js;
use crate::opfs::{self, OpfsFile};
use crate::video_encoder::H264Encoder;
use clip::edit::OutputSize;
use clip::paint::{I420, Matrix};
use clip::port::ClipSink;
use clip::protocol::{Failure, FailureClass};
use media::mux::{AudioOut, Movie, Mp4Muxer, VideoOut};
use media::time::{FrameIndex, FrameRate, Instant, Span};
use wasm_bindgen::JsCast;
use web_sys::{File, FileSystemDirectoryHandle, FileSystemFileHandle};

/// What one clip is written as.
#[derive(Clone, Copy)]
pub struct ClipShape {
    pub size: OutputSize,
    pub frame_rate: FrameRate,
    pub length: Span,
    /// Luma coefficients that the pictures are painted in.
    pub matrix: Matrix,
    pub has_sound: bool,
}

pub struct ClipFile {
    encoder: H264Encoder,
    sound: Option<AacPieces>,
    muxer: MuxerState,
    folder: FileSystemDirectoryHandle,
    name: String,
    handle: FileSystemFileHandle,
    shape: ClipShape,
    /// Packets of sound that came before the muxer could be opened (it needs the first picture's avcC).
    early_sound: Vec<Vec<u8>>,
}

enum MuxerState {
    Waiting(OpfsFile),
    Open(Box<Mp4Muxer>),
    Closed,
}

impl ClipFile {
    /// `folder` is this visit's export folder; a file of the same name is replaced.
    pub async fn create(
        folder: &FileSystemDirectoryHandle,
        name: &str,
        shape: ClipShape,
    ) -> Result<Self, Failure> {
        let encoder = H264Encoder::new(shape.size, shape.frame_rate, shape.matrix).await?;
        let file = OpfsFile::create(folder, name).await?;
        let handle = file.handle();
        Ok(Self {
            encoder,
            sound: shape.has_sound.then(AacPieces::default),
            muxer: MuxerState::Waiting(file),
            folder: folder.clone(),
            name: name.to_owned(),
            handle,
            shape,
            early_sound: Vec::new(),
        })
    }

    /// The muxer, opened with the first encoded picture.
    fn open_muxer(&mut self) -> Result<(), Failure> {
        let Some(avcc) = self.encoder.avcc() else { return Ok(()) };
        match std::mem::replace(&mut self.muxer, MuxerState::Closed) {
            MuxerState::Waiting(file) => {
                let movie = Movie {
                    video: Some(VideoOut {
                        width: self.shape.size.width_px,
                        height: self.shape.size.height_px,
                        frame_rate: self.shape.frame_rate,
                        avcc,
                    }),
                    audio: self.sound.is_some().then(|| AudioOut {
                        sample_rate: SAMPLE_RATE,
                        #[expect(clippy::cast_possible_truncation, reason = "two channels")]
                        channels: CHANNELS as u8,
                        asc: audio_specific_config(),
                        priming_samples: PRIMING_SAMPLES,
                    }),
                    expected: self.shape.length,
                };
                let muxer = Mp4Muxer::new(Box::new(file), movie).map_err(|error| mux_failure(&error))?;
                self.muxer = MuxerState::Open(Box::new(muxer));
                for packet in std::mem::take(&mut self.early_sound) {
                    self.mux_sound(packet)?;
                }
            }
            other => self.muxer = other,
        }
        Ok(())
    }

    fn mux_sound(&mut self, packet: Vec<u8>) -> Result<(), Failure> {
        match &mut self.muxer {
            MuxerState::Open(muxer) => {
                #[expect(clippy::cast_possible_truncation, reason = "1024")]
                muxer.write_audio(&packet, PACKET_SAMPLES as u32).map_err(|error| mux_failure(&error))
            }
            MuxerState::Waiting(_) | MuxerState::Closed => {
                self.early_sound.push(packet);
                Ok(())
            }
        }
    }

    fn mux_ready_pictures(&mut self) -> Result<(), Failure> {
        while let Some(picture) = self.encoder.pop() {
            self.open_muxer()?;
            let index = self.shape.frame_rate.frame_at(picture.pts + self.shape.frame_rate.frame_span().half());
            let pts = self.shape.frame_rate.instant_of(index);
            let duration = self.shape.frame_rate.instant_of(FrameIndex(index.0 + 1)) - pts;
            match &mut self.muxer {
                MuxerState::Open(muxer) => muxer
                    .write_video(&picture.data, pts, pts, duration, picture.is_key)
                    .map_err(|error| mux_failure(&error))?,
                MuxerState::Waiting(_) | MuxerState::Closed => {
                    return Err(Failure::internal("the encoder gave no configuration"));
                }
            }
        }
        Ok(())
    }
}

/// Storage that is full is the person's to free; anything else is ours.
fn mux_failure(error: &media::Error) -> Failure {
    let text = error.to_string();
    if error.is_storage_full() {
        Failure::new(
            FailureClass::OutOfRoom,
            "The browser has no room left for this clip.",
            "Free some disk space or delete stored models and exports in the settings, then export again.",
        )
    } else {
        Failure::internal(text)
    }
}

impl ClipSink<I420> for ClipFile {
    type Output = File;

    async fn write_frame(&mut self, picture: I420, index: FrameIndex) -> Result<(), Failure> {
        self.encoder.push(&picture, index).await?;
        self.mux_ready_pictures()
    }

    async fn write_audio(&mut self, samples: &[f32]) -> Result<(), Failure> {
        let Some(sound) = &mut self.sound else { return Ok(()) };
        for packet in sound.push(samples).map_err(|error| Failure::internal(format!("{error:?}")))? {
            self.mux_sound(packet)?;
        }
        Ok(())
    }

    async fn finish(mut self) -> Result<File, Failure> {
        self.encoder.flush().await?;
        self.mux_ready_pictures()?;
        if let Some(sound) = self.sound.take() {
            for packet in sound.finish().map_err(|error| Failure::internal(format!("{error:?}")))? {
                self.mux_sound(packet)?;
            }
        }
        let MuxerState::Open(muxer) = std::mem::replace(&mut self.muxer, MuxerState::Closed) else {
            return Err(Failure::internal("a clip without a picture"));
        };
        // Finishing drops the writer and so closes the file.
        muxer.finish().map_err(|error| mux_failure(&error))?;
        let file = js::settle(self.handle.get_file())
            .await
            .map_err(|error| from_js("reading back the finished clip", &error))?;
        Ok(file.unchecked_into())
    }

    async fn abandon(mut self) {
        self.muxer = MuxerState::Closed;
        opfs::remove(&self.folder, &self.name).await;
    }
}
