//! Whisper: up to 30 s of speech to text, segments and words with times. It knows one window; how a long recording is cut
//! into windows is `vad`'s, and what a transcript is for is nobody's here.

mod again;
mod align;
mod attention;
mod config;
mod decode;
mod decoder;
mod doubt;
mod encoder;
mod fingerprint;
mod linear;
mod rules;
mod segments;
mod speech_mask;
mod timing;
mod transcribe;
mod transcript;
mod vocabulary;
mod words;

use burn::tensor::{Device, Tensor};

pub use config::Config;
pub use decode::Fallback;
pub use fingerprint::Fingerprint;
pub use transcribe::MAX_WINDOW_SAMPLES;
pub use transcript::{DecodeOptions, Segment, WindowTranscript, Word};
pub use vocabulary::{Language, Task};

use crate::Error;
use crate::kernel::gpu::{self, GreedySampler, Limits};
use crate::mel::MelSpectrogram;
use crate::tokenizer::{TextEncoder, Tokenizer};
use crate::weights::{ModelFiles, Reader};
use attention::CrossKv;
use decode::DecodeRun;
use decoder::Decoder;
use encoder::Encoder;
use linear::{Arithmetic, Loader};
use rules::Rules;
use vocabulary::Vocabulary;

/// One Whisper on one device.
pub struct Whisper {
    config: Config,
    vocabulary: Vocabulary,
    rules: Rules,
    mel: MelSpectrogram,
    encoder: Encoder,
    decoder: Decoder,
    /// Only where reading back is slow.
    greedy: Option<GreedySampler>,
    device: Device,
    tokenizer_json: Vec<u8>,
}

impl Whisper {
    /// Loads the weights onto `device`. The files are taken, so that each shard is freed as soon as it has been read.
    ///
    /// # Errors
    /// `Malformed` or `Weights` where the files do not fit together, `Unsupported` where they describe something beyond
    /// Whisper up to large-v2.
    pub fn load(files: ModelFiles, device: &Device) -> Result<Whisper, Error> {
        let config = Config::from_json(&files.config_json)?;
        let vocabulary = Vocabulary::new(Tokenizer::from_json(&files.tokenizer_json)?, config.vocab_size)?;
        let rules = Rules::new(&config, &vocabulary);
        let mut reader = Reader::new(files.shards)?;
        let is_cpu = *device == crate::device::flex();
        let limits = Limits {
            end_of_text: vocabulary.end_of_text,
            timestamp_begin: vocabulary.timestamp_begin,
            size: config.vocab_size,
        };
        let greedy = (!is_cpu).then(|| GreedySampler::new(rules.suppressed(), limits, device));
        let is_quantized = is_quantized(&reader, &config);
        let fits_gpu = gpu::fits(
            config.decoder_head_width(),
            config.max_source_positions.max(config.max_target_positions),
        );
        // The encoder's products are large: a GPU computes them best in floating point.
        let (encoding, decoding) = match is_cpu {
            true if is_quantized => (Arithmetic::Integer, Arithmetic::Integer),
            false if is_quantized && fits_gpu => (Arithmetic::Float, Arithmetic::Shaders),
            _ => (Arithmetic::Float, Arithmetic::Float),
        };
        let mut loader = Loader { reader: &mut reader, device, arithmetic: encoding };
        let encoder = Encoder::load(&mut loader, &config)?;
        loader.arithmetic = decoding;
        Ok(Whisper {
            encoder,
            decoder: Decoder::load(&mut loader, &config)?,
            mel: MelSpectrogram::new(config.num_mel_bins),
            greedy,
            device: device.clone(),
            tokenizer_json: files.tokenizer_json,
            config,
            vocabulary,
            rules,
        })
    }

    /// The languages it writes down.
    pub fn languages(&self) -> Vec<Language> {
        if !self.vocabulary.is_multilingual {
            return vec![Language::english()];
        }
        self.vocabulary.languages.iter().map(|(language, _)| language.clone()).collect()
    }

    /// `text` as what may be expected to be said, for [`DecodeOptions::prompt`]. Takes a moment: keep the tokens.
    ///
    /// # Errors
    /// `Malformed` where the model's tokenizer cannot encode.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>, Error> {
        match text.trim() {
            "" => Ok(Vec::new()),
            text => TextEncoder::from_json(&self.tokenizer_json)?.encode(&format!(" {text}")),
        }
    }

    /// Whether the CPU computes it.
    pub fn is_on_cpu(&self) -> bool {
        self.device == crate::device::flex()
    }

    /// Whether it knows languages beside English and can translate into it.
    pub fn is_multilingual(&self) -> bool {
        self.vocabulary.is_multilingual
    }

    /// What the decoder hears in `mel` (`[bands, frames]` of a whole window, row-major).
    fn hear(&self, mel: Vec<f32>) -> Vec<CrossKv> {
        let states: Tensor<2> = self.encoder.forward(mel); // [positions, width]
        self.decoder.cross(&states)
    }

    fn decode_run<'a>(&'a self, cross: &'a [CrossKv], cancelled: &'a dyn Fn() -> bool) -> DecodeRun<'a> {
        DecodeRun {
            decoder: &self.decoder,
            vocabulary: &self.vocabulary,
            rules: &self.rules,
            device: &self.device,
            cross,
            goes_on: false,
            greedy: self.greedy.as_ref(),
            cancelled,
        }
    }
}

/// Whether the weights are in 8-bit blocks, of a shape that the kernels take.
fn is_quantized(reader: &Reader, config: &Config) -> bool {
    let head_widths = [config.encoder_attention_heads, config.decoder_attention_heads];
    let fits = head_widths.iter().all(|heads| (config.d_model / heads).is_multiple_of(8));
    fits && reader.is_quantized("model.decoder.embed_tokens.weight")
}
