//! The regions of a scene, each cropped, turned and scaled to its place in the picture.

use super::PaintError;
use super::picture::{I420, I420View};
use super::scale::{Geometry, Scaler};
use crate::frame::FrameRecipe;

/// Paints the regions of recipes; keeps what it knows of each place between pictures.
#[derive(Debug, Default)]
pub struct RegionPainter {
    scalers: Vec<Scaler>,
}

impl RegionPainter {
    /// Paints what `recipe` shows of `source`, which is as it was decoded, over `out`, which has the recipe's size.
    pub fn paint(
        &mut self,
        recipe: &FrameRecipe,
        source: &I420View<'_>,
        out: &mut I420,
    ) -> Result<(), PaintError> {
        let mut kept = std::mem::take(&mut self.scalers).into_iter();
        for region in &recipe.regions {
            let geometry = Geometry {
                source_width_px: source.width_px,
                source_height_px: source.height_px,
                crop: region.crop,
                orientation: recipe.orientation,
                size: region.place.size(),
            };
            let mut scaler = match kept.next() {
                Some(scaler) if *scaler.geometry() == geometry => scaler,
                _ => Scaler::new(geometry)?,
            };
            if geometry.size == out.size() {
                scaler.paint(source, out)?;
            } else {
                let mut part = I420::black(geometry.size)?;
                scaler.paint(source, &mut part)?;
                out.put(&part, region.place.x, region.place.y)?;
            }
            self.scalers.push(scaler);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{ClipEdit, OutputSize};
    use crate::frame::recipe;
    use crate::scene::{Area, Crop, CropPath, Region, Scene, Scenes};
    use media::facts::{Orientation, VideoFacts};
    use media::time::Span;

    const SIZE: OutputSize = OutputSize { width_px: 4, height_px: 8 };

    /// Luma and chroma of what is shown of a picture of 8 by 4, whose columns are 10, 20, … 80.
    fn painted(painter: &mut RegionPainter, scenes: Scenes) -> (Vec<u8>, Vec<u8>) {
        let y: Vec<u8> = (0..32).map(|at| (at % 8 + 1) * 10).collect();
        let u: Vec<u8> = (0..8).map(|at| at % 4 * 20 + 110).collect();
        let view = I420View::new(8, 4, [&y, &u, &u], [8, 4, 4]).unwrap();
        let video = VideoFacts {
            width: 8,
            height: 4,
            display_width: 8,
            display_height: 4,
            orientation: Orientation::UPRIGHT,
            frame_rate: None,
            color: None,
        };
        let edit = ClipEdit { scenes, ..crate::edit::tests::clip(1, 0.0, 9.0) };
        let recipe = recipe(&edit, &[], Some(&video), SIZE, Span::ZERO);
        let mut out = I420::black(SIZE).unwrap();
        painter.paint(&recipe, &view, &mut out).unwrap();
        let [y, u, v] = out.planes();
        assert_eq!(u, v);
        (y.to_vec(), u.to_vec())
    }

    fn part(center_x: f32, place: Area) -> Region {
        Region { crop: CropPath::still(Crop { center_x, ..Crop::LARGEST }), place }
    }

    fn scene(regions: Vec<Region>) -> Scenes {
        Scenes::new(Scene { regions }, vec![])
    }

    #[test]
    fn two_people_are_stacked() {
        let half = |top| Area { top, height: 0.5, ..Area::WHOLE };
        let stacked = || scene(vec![part(0.25, half(0.0)), part(0.75, half(0.5))]);
        let (above, below) = ([10, 20, 30, 40], [50, 60, 70, 80]);
        let chroma = [[110, 130], [150, 170]].map(|row| row.repeat(2)).concat();
        let expected = ([above, below].map(|row| row.repeat(4)).concat(), chroma);
        let mut painter = RegionPainter::default();
        assert_eq!(painted(&mut painter, stacked()), expected);
        // With what is kept, and after a scene of another kind.
        assert_eq!(painted(&mut painter, stacked()), expected);
        let mut fresh = RegionPainter::default();
        assert_eq!(painted(&mut painter, Scenes::centered(0.5)), painted(&mut fresh, Scenes::centered(0.5)));
        assert_eq!(painted(&mut painter, stacked()), expected);
    }

    #[test]
    fn later_regions_lie_over_earlier_ones_and_what_none_covers_is_black() {
        let corner = Area { left: 0.5, top: 0.0, width: 0.5, height: 0.25 };
        let left = Area { width: 0.5, height: 0.5, ..Area::WHOLE };
        let over = Area { height: 0.25, ..left };
        let regions = vec![part(0.0, left), part(1.0, over), part(0.5, corner)];
        let (luma, _) = painted(&mut RegionPainter::default(), scene(regions));
        let rows = [0, 2, 7].map(|row| &luma[row * 4..][..4]);
        assert_eq!(rows, [[55, 75, 35, 55], [10, 20, 16, 16], [16; 4]]);
    }
}
