use super::PaintError;
use super::picture::{I420, I420View};
use super::scale::{Geometry, Scaler};
use crate::edit::OutputSize;
use crate::frame::AreaPx;
use media::facts::Orientation;

/// A picture whose luma is given row by row, with rows padded to a stride, and whose chroma counts upward.
fn paint(
    luma: &[&[u8]],
    crop: [u32; 4],
    orientation: Orientation,
    out: (u32, u32),
) -> Result<I420, PaintError> {
    let (width, height) = (luma[0].len(), luma.len());
    let stride = width + 3;
    let y: Vec<u8> = luma.iter().flat_map(|row| row.iter().copied().chain([255; 3])).collect();
    let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
    let u: Vec<u8> = (0..half_width * half_height).map(|i| 100 + (i % 50) as u8).collect();
    let v: Vec<u8> = u.iter().map(|c| c + 50).collect();
    let view = I420View::new(width as u32, height as u32, [&y, &u, &v], [stride, half_width, half_width])?;
    let [x, top, crop_width, crop_height] = crop;
    let size = OutputSize { width_px: out.0, height_px: out.1 };
    let mut scaler = Scaler::new(Geometry {
        source_width_px: width as u32,
        source_height_px: height as u32,
        crop: AreaPx { x, y: top, width: crop_width, height: crop_height },
        orientation,
        size,
    })?;
    let mut painted = I420::black(size)?;
    scaler.paint(&view, &mut painted)?;
    let once = painted.clone();
    scaler.paint(&view, &mut painted)?;
    assert_eq!(once, painted, "the second picture differs");
    Ok(painted)
}

const SOURCE: &[&[u8]] = &[&[10, 20, 30, 40], &[50, 60, 70, 80]];

fn turned(rotation: u16) -> Orientation {
    Orientation::new(rotation.into(), false)
}

fn check(crop: [u32; 4], rotation: u16, out: (u32, u32), luma: &[&[u8]], u: &[u8]) {
    check_lying(crop, turned(rotation), out, luma, u);
}

fn check_lying(crop: [u32; 4], orientation: Orientation, out: (u32, u32), luma: &[&[u8]], u: &[u8]) {
    let painted = paint(SOURCE, crop, orientation, out).unwrap();
    let [y, got_u, got_v] = painted.planes();
    assert_eq!(y, luma.concat(), "{crop:?} {orientation:?} to {out:?}");
    assert_eq!(got_u, u, "{crop:?} {orientation:?} to {out:?}");
    assert!(got_v.iter().zip(u).all(|(v, u)| v - 50 == *u));
}

#[test]
fn mirrored_pictures_are_brought_upright() {
    let check = |rotation: u16, crop, out, luma: &[&[u8]], u: &[u8]| {
        check_lying(crop, Orientation::new(rotation.into(), true), out, luma, u);
    };
    check(0, [0, 0, 4, 2], (4, 2), &[&[40, 30, 20, 10], &[80, 70, 60, 50]], &[101, 100]);
    check(180, [0, 0, 4, 2], (4, 2), &[&[50, 60, 70, 80], &[10, 20, 30, 40]], &[100, 101]);
    check(90, [0, 0, 2, 4], (2, 4), &[&[80, 40], &[70, 30], &[60, 20], &[50, 10]], &[101, 100]);
    check(270, [0, 0, 2, 4], (2, 4), &[&[10, 50], &[20, 60], &[30, 70], &[40, 80]], &[100, 101]);
    // Crops are taken of the upright picture.
    check(0, [2, 0, 2, 2], (2, 2), &[&[20, 10], &[60, 50]], &[100]);
    check(180, [2, 0, 2, 2], (2, 2), &[&[70, 80], &[30, 40]], &[101]);
    check(90, [0, 2, 2, 2], (2, 2), &[&[60, 20], &[50, 10]], &[100]);
    check(270, [0, 2, 2, 2], (2, 2), &[&[30, 70], &[40, 80]], &[101]);
}

#[test]
fn pictures_are_turned_upright() {
    check([0, 0, 4, 2], 0, (4, 2), SOURCE, &[100, 101]);
    check([0, 0, 4, 2], 180, (4, 2), &[&[80, 70, 60, 50], &[40, 30, 20, 10]], &[101, 100]);
    check([0, 0, 2, 4], 90, (2, 4), &[&[50, 10], &[60, 20], &[70, 30], &[80, 40]], &[100, 101]);
    check([0, 0, 2, 4], 270, (2, 4), &[&[40, 80], &[30, 70], &[20, 60], &[10, 50]], &[101, 100]);
}

#[test]
fn crops_are_taken_of_the_upright_picture() {
    check([2, 0, 2, 2], 0, (2, 2), &[&[30, 40], &[70, 80]], &[101]);
    check([2, 0, 2, 2], 180, (2, 2), &[&[60, 50], &[20, 10]], &[100]);
    check([0, 2, 2, 2], 90, (2, 2), &[&[70, 30], &[80, 40]], &[101]);
    check([0, 2, 2, 2], 270, (2, 2), &[&[20, 60], &[10, 50]], &[100]);
}

#[test]
fn growing_interpolates_and_shrinking_averages() {
    check(
        [0, 0, 2, 2],
        0,
        (4, 4),
        &[&[10, 13, 18, 20], &[20, 23, 28, 30], &[40, 43, 48, 50], &[50, 53, 58, 60]],
        &[100; 4],
    );
    check([0, 0, 4, 2], 0, (2, 2), &[&[15, 35], &[55, 75]], &[101]);
    // A flat picture stays flat however it is scaled.
    let flat: Vec<&[u8]> = vec![&[77; 31]; 45];
    for (rotation, out) in [(0, (8, 14)), (90, (6, 90)), (180, (62, 20)), (270, (30, 44))] {
        let crop = if rotation % 180 == 0 { [2, 4, 28, 38] } else { [4, 2, 38, 28] };
        let painted = paint(&flat, crop, turned(rotation), out).unwrap();
        assert!(painted.planes()[0].iter().all(|&y| y == 77), "turned {rotation} to {out:?}");
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let check = |crop, rotation, out, want: PaintError| {
        assert_eq!(paint(SOURCE, crop, turned(rotation), out).unwrap_err(), want);
    };
    check([0, 0, 6, 2], 0, (2, 2), PaintError::Crop);
    check([2, 0, 4, 2], 0, (2, 2), PaintError::Crop);
    check([u32::MAX, 0, 4, 2], 0, (2, 2), PaintError::Crop);
    check([0, 0, 4, 2], 90, (2, 2), PaintError::Crop);
    check([0, 0, 0, 2], 0, (2, 2), PaintError::Crop);
    check([0, 0, 4, 2], 0, (3, 2), PaintError::Size);
    check([0, 0, 4, 2], 0, (0, 2), PaintError::Size);
    assert_eq!(
        I420View::new(4, 4, [&[0; 16], &[0; 4], &[0; 3]], [4, 2, 2]).unwrap_err(),
        PaintError::ShortPlane
    );
    assert_eq!(
        I420View::new(4, 4, [&[0; 16], &[0; 4], &[0; 4]], [3, 2, 2]).unwrap_err(),
        PaintError::ShortPlane
    );
    assert_eq!(I420View::new(0, 4, [&[0; 16], &[0; 4], &[0; 4]], [4, 2, 2]).unwrap_err(), PaintError::Size);
}

#[test]
fn a_single_pixel_fills_the_picture() {
    let painted = paint(&[&[99]], [0, 0, 2, 2], Orientation::UPRIGHT, (4, 4)).unwrap();
    assert!(painted.planes()[0].iter().all(|&y| y == 99));
}
