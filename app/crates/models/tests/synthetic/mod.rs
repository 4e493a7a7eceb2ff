//! A Whisper of any size with made-up weights, as files: what tests and benchmarks load where the text does not matter.

#![expect(clippy::unwrap_used, reason = "what is made up here is valid")]

use models::weights::{ModelFiles, StoredAs, Writer};

/// The shape of a made-up model.
#[derive(Clone, Copy)]
pub struct Shape {
    pub width: usize,
    pub heads: usize,
    pub layers: usize,
    /// Encoder positions.
    pub positions: usize,
    /// Text tokens; special ones and timestamps come on top.
    pub text_tokens: usize,
}

const SPECIALS: [&str; 8] = [
    "endoftext",
    "startoftranscript",
    "en",
    "translate",
    "transcribe",
    "startofprev",
    "nospeech",
    "notimestamps",
];

/// The files of a model of this shape. The same shape gives the same bytes.
pub fn files(shape: Shape, stored_as: fn(&str, &[usize]) -> StoredAs) -> ModelFiles {
    let vocabulary = shape.text_tokens + SPECIALS.len() + shape.positions + 1;
    let config_json = format!(
        r#"{{"d_model": {}, "encoder_layers": {layers}, "encoder_attention_heads": {heads}, "decoder_layers": {layers},
            "decoder_attention_heads": {heads}, "vocab_size": {vocabulary}, "max_source_positions": {},
            "alignment_heads": [[{}, 0], [{}, 1]]}}"#,
        shape.width,
        shape.positions,
        shape.layers - 1,
        shape.layers - 1,
        layers = shape.layers,
        heads = shape.heads,
    );
    let mut weights = Weights { writer: Writer::new(), rng: fastrand::Rng::with_seed(7), stored_as };
    weights.model(shape, vocabulary);
    let shards = weights.writer.finish().unwrap().into_iter().map(|(_, bytes)| bytes).collect();
    ModelFiles { config_json: config_json.into_bytes(), tokenizer_json: tokenizer(shape.text_tokens), shards }
}

fn tokenizer(text_tokens: usize) -> Vec<u8> {
    let letter = |digit: usize| char::from(b'a' + digit as u8);
    let spelled = |id: usize| {
        format!(
            "\"Ġ{}{}{}{}\": {id}",
            letter(id / 17_576),
            letter(id / 676 % 26),
            letter(id / 26 % 26),
            letter(id % 26)
        )
    };
    let vocab: Vec<String> = (0..text_tokens).map(spelled).collect();
    let special = |(id, name): (usize, &str)| format!("{{\"id\": {id}, \"content\": \"<|{name}|>\"}}");
    let added: Vec<String> = (text_tokens..).zip(SPECIALS).map(special).collect();
    format!("{{\"added_tokens\": [{}], \"model\": {{\"vocab\": {{{}}}}}}}", added.join(","), vocab.join(","))
        .into_bytes()
}

struct Weights {
    writer: Writer,
    rng: fastrand::Rng,
    stored_as: fn(&str, &[usize]) -> StoredAs,
}

impl Weights {
    /// Values of about the size that keeps activations near one.
    fn random(&mut self, name: &str, shape: &[usize]) {
        let inputs: usize = shape[1..].iter().product();
        let scale = 1.7 / (inputs as f32).sqrt();
        self.add(name, shape, |rng| (2.0 * rng.f32() - 1.0) * scale);
    }

    fn add(&mut self, name: &str, shape: &[usize], value: impl Fn(&mut fastrand::Rng) -> f32) {
        let values: Vec<f32> = (0..shape.iter().product()).map(|_| value(&mut self.rng)).collect();
        self.writer.add(name, shape, &values, (self.stored_as)(name, shape)).unwrap();
    }

    fn linear(&mut self, name: &str, outputs: usize, inputs: usize) {
        self.random(&format!("{name}.weight"), &[outputs, inputs]);
        if !name.ends_with("k_proj") {
            self.add(&format!("{name}.bias"), &[outputs], |rng| 0.2 * rng.f32() - 0.1);
        }
    }

    fn norm(&mut self, name: &str, width: usize) {
        self.add(&format!("{name}.weight"), &[width], |rng| 0.9 + 0.2 * rng.f32());
        self.add(&format!("{name}.bias"), &[width], |rng| 0.2 * rng.f32() - 0.1);
    }

    fn attention(&mut self, name: &str, width: usize) {
        for part in ["q_proj", "k_proj", "v_proj", "out_proj"] {
            self.linear(&format!("{name}.{part}"), width, width);
        }
        self.norm(&format!("{name}_layer_norm"), width);
    }

    fn model(&mut self, shape: Shape, vocabulary: usize) {
        let width = shape.width;
        for (name, inputs) in [("conv1", 80), ("conv2", width)] {
            self.random(&format!("model.encoder.{name}.weight"), &[width, inputs, 3]);
            self.add(&format!("model.encoder.{name}.bias"), &[width], |rng| 0.2 * rng.f32() - 0.1);
        }
        for (side, positions) in [("encoder", shape.positions), ("decoder", 448)] {
            let side = format!("model.{side}");
            self.add(&format!("{side}.embed_positions.weight"), &[positions, width], |rng| rng.f32() - 0.5);
            self.norm(&format!("{side}.layer_norm"), width);
            for layer in 0..shape.layers {
                let block = format!("{side}.layers.{layer}");
                self.attention(&format!("{block}.self_attn"), width);
                if side.ends_with("decoder") {
                    self.attention(&format!("{block}.encoder_attn"), width);
                }
                self.linear(&format!("{block}.fc1"), 4 * width, width);
                self.linear(&format!("{block}.fc2"), width, 4 * width);
                self.norm(&format!("{block}.final_layer_norm"), width);
            }
        }
        self.add("model.decoder.embed_tokens.weight", &[vocabulary, width], |rng| rng.f32() - 0.5);
    }
}
