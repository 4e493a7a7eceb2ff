//! How long one picture takes to paint: `cargo bench -p clip`.

#![expect(clippy::unwrap_used, reason = "the inputs are constants")]

use clip::edit::OutputSize;
use clip::frame::AreaPx;
use clip::paint::{CaptionBitmap, Conversion, Geometry, I420, I420View, Matrix, Scaler};
use criterion::{Criterion, criterion_group, criterion_main};
use media::{Color, Orientation};

fn bench(c: &mut Criterion, name: &str, source: (u32, u32), rotation: u16, size: OutputSize) {
    let upright = if rotation.is_multiple_of(180) { source } else { (source.1, source.0) };
    let width = (upright.1 * 9 / 16).min(upright.0) / 2 * 2;
    let crop = AreaPx { x: (upright.0 - width) / 4 * 2, y: 0, width, height: upright.1 };
    let orientation = Orientation::new(rotation.into(), false);
    let (source_width_px, source_height_px) = source;
    let geometry = Geometry { source_width_px, source_height_px, crop, orientation, size };
    let mut scaler = Scaler::new(geometry).unwrap();
    let (w, h) = (source.0 as usize, source.1 as usize);
    let bytes: Vec<u8> = (0..w * h * 3 / 2).map(|i| (i * 31 % 220) as u8 + 16).collect();
    let (y, chroma) = bytes.split_at(w * h);
    let (u, v) = chroma.split_at(w * h / 4);
    let view = I420View::new(source.0, source.1, [y, u, v], [w, w / 2, w / 2]).unwrap();
    let mut out = I420::black(size).unwrap();
    c.bench_function(name, |b| b.iter(|| scaler.paint(&view, &mut out).unwrap()));
}

fn paint(c: &mut Criterion) {
    bench(c, "1280x720 to 720x1280", (1280, 720), 0, OutputSize::HD);
    bench(c, "1920x1080 to 1080x1920", (1920, 1080), 0, OutputSize::FULL_HD);
    bench(c, "1920x1080 turned to 720x1280", (1920, 1080), 90, OutputSize::HD);
    bench(c, "1920x1080 turned to 1080x1920", (1920, 1080), 90, OutputSize::FULL_HD);
    bench(c, "3840x2160 to 1080x1920", (3840, 2160), 0, OutputSize::FULL_HD);
    bench(c, "3840x2160 to 720x1280", (3840, 2160), 0, OutputSize::HD);
    for (name, matrix, primaries) in [("BT.601", 6, 1), ("BT.2020", 9, 9)] {
        let from = Color { primaries, transfer: 1, matrix, full_range: false };
        let conversion = Conversion::new(from, Color::BT709);
        let mut out = I420::black(OutputSize::HD).unwrap();
        c.bench_function(&format!("{name} to BT.709, 720x1280"), |b| b.iter(|| conversion.apply(&mut out)));
    }
    let rgba: Vec<u8> = (0..600 * 160)
        .flat_map(|i: u32| [255, 255, 255, if i.is_multiple_of(3) { 200 } else { 0 }])
        .collect();
    c.bench_function("a caption drawn anew", |b| {
        b.iter(|| CaptionBitmap::from_rgba(&rgba, 600, 160, 60, 900, Matrix::Bt709).unwrap());
    });
    let caption = CaptionBitmap::from_rgba(&rgba, 600, 160, 60, 900, Matrix::Bt709).unwrap();
    let mut out = I420::black(OutputSize::HD).unwrap();
    c.bench_function("a caption blended", |b| b.iter(|| caption.blend(&mut out)));
}

criterion_group!(benches, paint);
criterion_main!(benches);
