//! How long the parts of transcribing take on the CPU backend, with made-up weights of the tiny model's shape.

#[path = "../tests/synthetic/mod.rs"]
mod synthetic;

use criterion::{Criterion, criterion_group, criterion_main};
use models::device;
use models::mel::MelSpectrogram;
use models::vad::WindowPlanner;
use models::weights::StoredAs;
use models::whisper::{DecodeOptions, Fallback, Whisper};
use synthetic::Shape;

/// Whisper tiny.en.
const TINY: Shape = Shape { width: 384, heads: 6, layers: 4, positions: 1500, text_tokens: 50_256 };

fn noise(samples: usize) -> Vec<f32> {
    let mut rng = fastrand::Rng::with_seed(1);
    (0..samples).map(|_| 0.2 * rng.f32() - 0.1).collect()
}

fn benches(criterion: &mut Criterion) {
    let window = noise(30 * 16_000);
    let spectrogram = MelSpectrogram::new(80);
    criterion.bench_function("mel, 30 s", |bench| bench.iter(|| spectrogram.compute(&window)));
    criterion.bench_function("voice activity and windows, 30 s", |bench| {
        bench.iter(|| WindowPlanner::new().push(&window));
    });
    let files = synthetic::files(TINY, |_, _| StoredAs::F16);
    let Ok(model) = Whisper::load(files, &device::flex()) else { return };
    let mut group = criterion.benchmark_group("tiny");
    group.sample_size(10);
    // One encoder pass and three decoder steps.
    group.bench_function("self-test", |bench| bench.iter(|| pollster::block_on(model.fingerprint())));
    // One encoder pass and up to 224 decoder steps.
    let fallback = Fallback { temperatures: vec![0.0], max_no_speech_prob: 1.1, ..Fallback::default() };
    let options = DecodeOptions { fallback, word_times: false, ..DecodeOptions::default() };
    group.bench_function("window of 30 s", |bench| {
        bench.iter(|| pollster::block_on(model.transcribe_window(&window, &options, &|| false)));
    });
    group.finish();
}

criterion_group!(whisper, benches);
criterion_main!(whisper);
