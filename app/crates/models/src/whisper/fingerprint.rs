//! Whether a device computes what it should: a fixed made-up sound goes through the whole model, and what comes out is
//! compared with what another device, the CPU, made of it. Knows no device by name.

use super::Whisper;
use crate::Error;
use crate::mel::SAMPLE_RATE;

/// Tokens that the self-test says.
const STEPS: usize = 3;
/// How far a logit of one device may lie from the other's. Whisper's logits span about 40; f16 kernels err by about 0.05.
const TOLERANCE: f32 = 0.25;
/// Every so many logits are kept: enough to see that each part of the vocabulary was computed.
const KEPT_EVERY: usize = 97;

/// What a model on one device makes of the self-test's sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Fingerprint {
    /// The likeliest token at each step.
    pub tokens: Vec<u32>,
    /// Every 97th logit of each step.
    pub logits: Vec<f32>,
}

impl Fingerprint {
    /// Whether both came from the same computation, up to rounding.
    pub fn agrees_with(&self, other: &Fingerprint) -> bool {
        self.tokens == other.tokens
            && self.logits.len() == other.logits.len()
            && self.logits.iter().zip(&other.logits).all(|(a, b)| (a - b).abs() <= TOLERANCE)
    }
}

impl Whisper {
    /// Computes the fingerprint: one encoder pass and three decoder steps.
    ///
    /// # Errors
    /// `Device` where the device fails, or its output is not a number.
    pub async fn fingerprint(&self) -> Result<Fingerprint, Error> {
        let mel = self.mel.compute(&rising_tones());
        let width = self.config.window_frames();
        let cross = self.hear(mel.window(0, mel.frames, width));
        let run = self.decode_run(&cross, &|| false);
        let mut cache = self.decoder.cache(1);
        let mut token = self.vocabulary.start_of_transcript;
        let mut fingerprint = Fingerprint { tokens: Vec::new(), logits: Vec::new() };
        for _ in 0..STEPS {
            let hidden = self.decoder.forward(run.ids(&[token]), &mut cache, &cross, None);
            let logits = run.read(self.decoder.logits(hidden)).await?;
            token = super::decode::argmax(&logits) as u32;
            fingerprint.tokens.push(token);
            fingerprint.logits.extend(logits.iter().step_by(KEPT_EVERY));
        }
        Ok(fingerprint)
    }

    /// Runs the self-test on both and compares. `cpu` is the one to be trusted.
    ///
    /// # Errors
    /// `Device` where either fails.
    pub async fn agrees_with_cpu(gpu: &Whisper, cpu: &Whisper) -> Result<bool, Error> {
        Ok(cpu.fingerprint().await?.agrees_with(&gpu.fingerprint().await?))
    }
}

/// Two seconds of a voice-like buzz whose pitch rises and whose loudness beats four times a second.
fn rising_tones() -> Vec<f32> {
    let sample = |index: usize| {
        let t = index as f64 / SAMPLE_RATE as f64;
        let phase = std::f64::consts::TAU * (110.0 + 30.0 * t) * t;
        let buzz: f64 =
            (1..=12).map(|harmonic| (phase * f64::from(harmonic)).sin() / f64::from(harmonic)).sum();
        let beat = 0.5 - 0.5 * (std::f64::consts::TAU * 4.0 * t).cos();
        (0.2 * buzz * beat) as f32
    };
    (0..2 * SAMPLE_RATE).map(sample).collect()
}
