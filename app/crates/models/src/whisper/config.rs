//! The shape of one Whisper and the tokens it must not say, from `config.json` in the Hugging Face form.
//! It refuses to know where the file came from and what the weights weigh.

use serde::Deserialize;

use crate::Error;

/// `config.json` of a Whisper. The names are those of Hugging Face; `alignment_heads` stands there in
/// `generation_config.json` and is carried over by whoever writes the model's folder.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Config {
    /// Width of the model.
    pub d_model: usize,
    /// Encoder blocks.
    pub encoder_layers: usize,
    /// Heads of each encoder block.
    pub encoder_attention_heads: usize,
    /// Decoder blocks.
    pub decoder_layers: usize,
    /// Heads of each decoder block.
    pub decoder_attention_heads: usize,
    /// Tokens, timestamps included.
    pub vocab_size: usize,
    /// Mel bands.
    #[serde(default = "eighty")]
    pub num_mel_bins: usize,
    /// Encoder positions of 20 ms.
    #[serde(default = "fifteen_hundred")]
    pub max_source_positions: usize,
    /// Decoder positions: prompt and text.
    #[serde(default = "four_four_eight")]
    pub max_target_positions: usize,
    /// Tokens that are never said.
    #[serde(default)]
    pub suppress_tokens: Option<Vec<u32>>,
    /// Tokens that do not begin a window.
    #[serde(default)]
    pub begin_suppress_tokens: Option<Vec<u32>>,
    /// `[layer, head]` of the cross-attentions that follow the speech.
    #[serde(default)]
    pub alignment_heads: Option<Vec<[usize; 2]>>,
    /// How much later than the word those heads look, in seconds: measured, and different from model to model.
    #[serde(default)]
    pub alignment_lag_s: f64,
}

fn eighty() -> usize {
    80
}

fn fifteen_hundred() -> usize {
    1500
}

fn four_four_eight() -> usize {
    448
}

impl Config {
    /// Reads and checks a `config.json`.
    ///
    /// # Errors
    /// `Malformed` where it is not of that form; `Unsupported` where a size is beyond any Whisper.
    pub fn from_json(json: &[u8]) -> Result<Config, Error> {
        let config: Config = serde_json::from_slice(json)
            .map_err(|error| Error::malformed(format!("config.json: {error}")))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), Error> {
        let within = [
            ("d_model", self.d_model, 8, 2048),
            ("encoder_layers", self.encoder_layers, 1, 64),
            ("decoder_layers", self.decoder_layers, 1, 64),
            ("encoder_attention_heads", self.encoder_attention_heads, 1, 64),
            ("decoder_attention_heads", self.decoder_attention_heads, 1, 64),
            ("vocab_size", self.vocab_size, 8, 1 << 17),
            ("num_mel_bins", self.num_mel_bins, 1, 256),
            ("max_source_positions", self.max_source_positions, 1, 1500),
            ("max_target_positions", self.max_target_positions, 8, 448),
        ];
        for (name, value, low, high) in within {
            if !(low..=high).contains(&value) {
                return Err(Error::Unsupported(format!("config.json: {name} is {value}")));
            }
        }
        for heads in [self.encoder_attention_heads, self.decoder_attention_heads] {
            if !self.d_model.is_multiple_of(heads) {
                return Err(Error::malformed(format!(
                    "config.json: {heads} heads do not divide {}",
                    self.d_model
                )));
            }
        }
        if !(-0.5..=0.5).contains(&self.alignment_lag_s) {
            return Err(Error::malformed(format!("config.json: a lag of {} s", self.alignment_lag_s)));
        }
        let mut heads = self.alignment_heads();
        if heads.any(|[layer, head]| layer >= self.decoder_layers || head >= self.decoder_attention_heads) {
            return Err(Error::malformed("config.json: an alignment head beyond the decoder"));
        }
        Ok(())
    }

    /// `[layer, head]` of the cross-attentions that follow the speech: those listed, else every head of the upper half.
    pub fn alignment_heads(&self) -> impl Iterator<Item = [usize; 2]> {
        let listed = self.alignment_heads.clone().filter(|heads| !heads.is_empty());
        let upper = (self.decoder_layers / 2..self.decoder_layers)
            .flat_map(|layer| (0..self.decoder_attention_heads).map(move |head| [layer, head]));
        listed.unwrap_or_else(|| upper.collect()).into_iter()
    }

    /// Width of one decoder head.
    pub fn decoder_head_width(&self) -> usize {
        self.d_model / self.decoder_attention_heads
    }

    /// Mel frames of a window: two for each encoder position.
    pub fn window_frames(&self) -> usize {
        2 * self.max_source_positions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TINY: &str = r#"{"d_model": 384, "encoder_layers": 4, "encoder_attention_heads": 6, "decoder_layers": 4,
        "decoder_attention_heads": 6, "vocab_size": 51864, "alignment_heads": [[1, 0]]}"#;

    #[test]
    fn reads_the_hugging_face_names() {
        let config = Config::from_json(TINY.as_bytes()).unwrap();
        assert_eq!((config.window_frames(), config.decoder_head_width()), (3000, 64));
        assert_eq!(config.alignment_heads().collect::<Vec<_>>(), [[1, 0]]);
    }

    #[test]
    fn without_a_list_the_upper_half_aligns() {
        let config = Config { alignment_heads: None, ..Config::from_json(TINY.as_bytes()).unwrap() };
        assert_eq!(config.alignment_heads().count(), 12);
        assert_eq!(config.alignment_heads().next(), Some([2, 0]));
    }

    #[test]
    fn impossible_shapes_are_refused() {
        for (from, to) in [
            ("\"d_model\": 384", "\"d_model\": 999999999"),
            ("\"d_model\": 384", "\"d_model\": 385"),
            ("\"encoder_layers\": 4", "\"encoder_layers\": 0"),
            ("[[1, 0]]", "[[4, 0]]"),
            ("[[1, 0]]", "[[-1, 0]]"),
            ("[[1, 0]]", "[[1, 0]], \"alignment_lag_s\": 3"),
        ] {
            assert!(Config::from_json(TINY.replace(from, to).as_bytes()).is_err(), "{to}");
        }
    }
}
