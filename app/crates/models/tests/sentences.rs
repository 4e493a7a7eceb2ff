//! What the real sentence encoder takes for alike. Needs the exported models.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;

use models::text_embedding::SentenceEncoder;
use models::weights::ModelFiles;

fn encoder() -> SentenceEncoder {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = || from("XDG_CACHE_HOME").or_else(|| from("HOME").map(|home| home.join(".cache")));
    let folder = from("INCUT_MODELS").or_else(|| cache().map(|cache| cache.join("incut/models"))).unwrap();
    let read = |name: &str| {
        let path = folder.join("minilm").join(name);
        std::fs::read(&path)
            .unwrap_or_else(|error| panic!("run `cargo xtask models`: {}: {error}", path.display()))
    };
    SentenceEncoder::load(ModelFiles {
        config_json: read("config.json"),
        tokenizer_json: read("tokenizer.json"),
        shards: vec![read("model.safetensors")],
    })
    .unwrap()
}

/// To five digits.
const EXPECTED: [[f32; 6]; 2] = [
    [0.00654, 0.01112, -0.05890, 0.01642, -0.03362, -0.01684],
    [0.12701, 0.04270, 0.02716, 0.13189, -0.00534, -0.00941],
];

/// The first numbers of the vectors that the official weights give in 32-bit floating point, computed by BERT's definition.
#[test]
fn vectors_are_those_of_the_official_weights() {
    let encoder = encoder();
    for (text, expected) in
        [("Printing differs from most arts.", EXPECTED[0]), ("The rabbit wanted to fly.", EXPECTED[1])]
    {
        let found = encoder.embed(text).unwrap();
        assert_eq!(found.len(), 384);
        let length: f32 = found.iter().map(|value| value * value).sum();
        assert!((length - 1.0).abs() < 1e-5);
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 3e-3, "{found} for {expected}: {text}");
        }
    }
}

#[test]
fn like_meaning_is_alike_whatever_the_words() {
    let encoder = encoder();
    let alike = |a: &str, b: &str| -> f32 {
        let (a, b) = (encoder.embed(a).unwrap(), encoder.embed(b).unwrap());
        a.iter().zip(&b).map(|(a, b)| a * b).sum()
    };
    let (asked, about) = ("How do birds fly?", "Their wings push the air downwards and lift them up.");
    assert!(alike(asked, about) > 0.3 + alike(asked, "The bank raised its interest rates again."));
    assert!(encoder.embed("").is_ok() && encoder.embed(&"word ".repeat(2_000)).is_ok());
}
