//! One clip on its way to disk: encoder, AAC pieces and muxer behind the domain's sink port. Writes to OPFS as it goes,
//! so a clip needs no more memory than the codecs hold.

use crate::codec::aac::{
    AacPieces, CHANNELS, PACKET_SAMPLES, PRIMING_SAMPLES, SAMPLE_RATE, audio_specific_config,
};
use crate::codec::video_encoder::H264Encoder;
use crate::web::opfs::{self, OpfsFile};
use clip::failure::Failure;
use clip::output::OutputSpec;
use clip::paint::I420;
use clip::port::ClipSink;
use media::IoKind;
use media::facts::Color;
use media::mux::{AudioCodec, AudioOut, Movie, Muxer, VideoCodec, VideoOut, muxer, record_of_parameter_sets};
use media::time::{FrameIndex, FrameRate, Span};
use web_sys::{File, FileSystemDirectoryHandle, FileSystemFileHandle};

/// Ends the name of a clip that is not whole yet.
const PARTIAL: &str = ".part";

/// What one clip is written as.
#[derive(Clone, Copy)]
pub struct ClipShape {
    pub output: OutputSpec,
    pub length: Span,
    /// What the pictures are painted in.
    pub color: Color,
    pub has_sound: bool,
}

pub struct ClipFile {
    encoder: H264Encoder,
    sound: Option<AacPieces>,
    /// `None` once it is finished or given up: dropping it closes the file.
    muxer: Option<Box<dyn Muxer>>,
    folder: FileSystemDirectoryHandle,
    name: String,
    handle: FileSystemFileHandle,
    frame_rate: FrameRate,
    /// Pictures written so far: the next one's place in decode order.
    written: u64,
}

impl ClipFile {
    /// `folder` is the project's export folder. The file gets its `name` when it is whole, and replaces one of that name only then.
    pub async fn create(
        folder: &FileSystemDirectoryHandle,
        name: &str,
        shape: ClipShape,
    ) -> Result<Self, Failure> {
        let OutputSpec { container, video, audio, size, frame_rate, quality } = shape.output;
        let encoder = match video {
            VideoCodec::H264 => H264Encoder::new(&shape.output, shape.color).await?,
        };
        let file = OpfsFile::create(folder, &partial(name)).await?;
        let handle = file.handle();
        let sound = AudioOut {
            sample_rate: SAMPLE_RATE,
            channels: CHANNELS as u32,
            codec: audio,
            config: audio_specific_config(),
            priming_samples: PRIMING_SAMPLES,
        };
        let movie = Movie {
            video: Some(VideoOut {
                width: size.width_px,
                height: size.height_px,
                frame_rate,
                codec: video,
                // Comes with the first encoded picture.
                config: Vec::new(),
                color: shape.color,
            }),
            audio: shape.has_sound.then_some(sound),
            expected: shape.length,
        };
        let muxer = muxer(container, Box::new(file), movie).map_err(mux_failure)?;
        Ok(Self {
            encoder,
            sound: shape.has_sound.then(|| match audio {
                AudioCodec::Aac => AacPieces::new(quality.audio_bps),
            }),
            muxer: Some(muxer),
            folder: folder.clone(),
            name: name.to_owned(),
            handle,
            frame_rate,
            written: 0,
        })
    }

    fn mux_sound(&mut self, packets: Vec<Vec<u8>>) -> Result<(), Failure> {
        let Some(muxer) = &mut self.muxer else { return Ok(()) };
        for packet in packets {
            muxer.write_audio(&packet, PACKET_SAMPLES as u32).map_err(mux_failure)?;
        }
        Ok(())
    }

    fn mux_ready_pictures(&mut self) -> Result<(), Failure> {
        let Some(muxer) = &mut self.muxer else { return Ok(()) };
        while let Some(mut picture) = self.encoder.pop() {
            if let Some(avcc) = picture.avcc.take() {
                muxer.set_video_config(record_of_parameter_sets(&picture.data).unwrap_or(avcc));
            }
            // The encoder keeps whole microseconds; the frame number gives the exact time back.
            let index = self.frame_rate.frame_at(picture.pts + self.frame_rate.frame_span().half());
            let pts = self.frame_rate.instant_of(index);
            let duration = self.frame_rate.instant_of(FrameIndex(index.0 + 1)) - pts;
            // Firefox encodes with B-frames: pictures come in the order in which they are decoded. None is left out.
            let dts = self.frame_rate.instant_of(FrameIndex(self.written));
            self.written += 1;
            muxer.write_video(&picture.data, pts, dts, duration, picture.is_key).map_err(mux_failure)?;
        }
        Ok(())
    }
}

fn partial(name: &str) -> String {
    format!("{name}{PARTIAL}")
}

/// Storage that is full is the person's to free; anything else is ours.
fn mux_failure(error: media::Error) -> Failure {
    match error {
        media::Error::Io { kind: IoKind::NoRoom, .. } => Failure::NoRoomForClip,
        other => Failure::Unwritable(other),
    }
}

impl ClipSink<I420> for ClipFile {
    type Output = File;

    async fn write_frame(&mut self, picture: I420, index: FrameIndex) -> Result<(), Failure> {
        self.encoder.push(picture, index).await?;
        self.mux_ready_pictures()
    }

    async fn write_audio(&mut self, samples: &[f32]) -> Result<(), Failure> {
        let Some(sound) = &mut self.sound else { return Ok(()) };
        let packets = sound.push(samples).map_err(|error| Failure::internal(format!("{error:?}")))?;
        self.mux_sound(packets)
    }

    async fn finish(mut self) -> Result<File, Failure> {
        self.encoder.drain().await?;
        self.mux_ready_pictures()?;
        if let Some(sound) = self.sound.take() {
            let packets = sound.finish().map_err(|error| Failure::internal(format!("{error:?}")))?;
            self.mux_sound(packets)?;
        }
        let muxer = self.muxer.take().ok_or_else(|| Failure::internal("a clip was finished twice"))?;
        muxer.finish().map_err(mux_failure)?;
        opfs::rename(&self.folder, &self.handle, &self.name).await?;
        let file = opfs::existing(&self.folder, &self.name).await;
        file.ok_or_else(|| Failure::internal("the finished clip is not where it was put"))
    }

    async fn abandon(mut self) {
        self.muxer = None;
        opfs::remove(&self.folder, &partial(&self.name)).await;
    }
}
