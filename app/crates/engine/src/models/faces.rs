//! The model that finds faces. It runs here, beside the codecs: a picture takes it hundredths of a second, and the workers may be busy
//! for minutes. Loaded when it is first asked for; it stays.

use super::failure::model_failure;
use super::store;
use clip::failure::Failure;
use clip::port::FaceFinder;
use clip::scene::Area;
use clip::sight::Face;
use clip::thumbnail::Thumbnail;
use models::face::FaceDetector;
use models::weights::ModelEntry;
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    static DETECTOR: RefCell<Option<Rc<FaceDetector>>> = const { RefCell::new(None) };
}

pub struct Faces(Rc<FaceDetector>);

impl Faces {
    /// # Errors
    /// If it cannot be read, or is not what it says.
    pub async fn load(entry: &ModelEntry) -> Result<Self, Failure> {
        if let Some(detector) = DETECTOR.with_borrow(Clone::clone) {
            return Ok(Self(detector));
        }
        let detector = FaceDetector::load(store::load(entry).await?).map_err(model_failure)?;
        let detector = Rc::new(detector);
        DETECTOR.with_borrow_mut(|slot| *slot = Some(Rc::clone(&detector)));
        Ok(Self(detector))
    }
}

impl FaceFinder for Faces {
    async fn faces(&self, picture: Thumbnail) -> Result<Vec<Face>, Failure> {
        let found = self.0.detect(&picture.squared()).map_err(model_failure)?;
        let faces = found.iter().filter_map(|face| {
            let area = Area { left: face.left, top: face.top, width: face.width, height: face.height };
            picture.out_of_square(&Face { area, score: face.score })
        });
        Ok(faces.collect())
    }
}
