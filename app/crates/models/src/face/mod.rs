//! Where faces are in a picture, and where eyes, nose, mouth and ears are in each. Whose they are is not its business.

mod anchors;
mod network;

use crate::Error;
use crate::weights::{ModelFiles, Reader};
use anchors::VALUES;
use network::{Config, Network};

/// Pixels of a picture's side.
pub const SIDE: usize = 256;
/// Points of a face.
const POINTS: usize = 6;

/// The weights of BlazeFace.
pub struct FaceDetector {
    network: Network,
}

/// A face in fractions of the picture's side, from its upper left corner. It may reach over the edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    pub left: f32,
    pub top: f32,
    /// The box goes from the brows to the chin.
    pub width: f32,
    pub height: f32,
    /// How certain it is, from 0.5 to 1.
    pub score: f32,
    /// Across and down: the person's right eye, left eye, tip of the nose, middle of the mouth, right ear, left ear.
    pub points: [[f32; 2]; POINTS],
}

impl FaceDetector {
    /// Loads the weights for the CPU.
    ///
    /// # Errors
    /// `Malformed`, `Unsupported` or `Weights` where the files do not fit together.
    pub fn load(files: ModelFiles) -> Result<FaceDetector, Error> {
        let config: Config = serde_json::from_slice(&files.config_json)
            .map_err(|error| Error::malformed(format!("config.json: {error}")))?;
        let mut weights = Reader::new(files.shards)?;
        Ok(FaceDetector { network: Network::load(&config, &mut weights)? })
    }

    /// The faces in `rgb`, the most certain first. `rgb`: `[SIDE, SIDE, 3]`, row-major, the whole picture fitted in, with black bars where
    /// it is not square.
    ///
    /// # Errors
    /// `Input` where `rgb` has another length.
    pub fn detect(&self, rgb: &[u8]) -> Result<Vec<Face>, Error> {
        Ok(anchors::faces(&self.said(rgb)?))
    }

    /// What the network says of `rgb` before anything is made of it, anchor by anchor: a score before its sigmoid; middle, width and
    /// height; six points; all but the score in pixels, and places from the middle of the anchor's cell.
    ///
    /// # Errors
    /// As [`Self::detect`].
    pub fn raw(&self, rgb: &[u8]) -> Result<Vec<[f32; VALUES]>, Error> {
        let said = self.said(rgb)?;
        Ok(said.iter().flat_map(|anchors| anchors.values.as_chunks().0).copied().collect())
    }

    fn said(&self, rgb: &[u8]) -> Result<Vec<anchors::Anchors>, Error> {
        if rgb.len() != SIDE * SIDE * 3 {
            return Err(Error::Input(format!(
                "{} bytes are no picture of {SIDE} by {SIDE} pixels",
                rgb.len()
            )));
        }
        Ok(self.network.run(rgb))
    }
}
