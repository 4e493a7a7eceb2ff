//! Documents of version 1: of pages on which a clip is one range. What was added while this was the newest version may be missing.

use crate::document::stored::{
    StoredCaptionLanguage, StoredClip, StoredHeardWith, StoredInsights, StoredMarks, StoredNotes,
    StoredSaved, StoredSound, StoredSpeech, StoredSteering, StoredTexts, StoredTranscript, StoredTranslation,
};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
pub struct Version1 {
    /// Read before; named so that it is none of the rest.
    #[serde(rename = "version")]
    _version: u32,
    pub duration: i64,
    pub transcript: StoredTranscript,
    pub clips: Vec<StoredClip>,
    pub removed: Vec<u32>,
    #[serde(default)]
    pub fillers: Vec<(u32, u32)>,
    pub done: bool,
    #[serde(flatten)]
    pub notes: StoredNotes,
    pub seconds: [f64; 4],
    #[serde(default)]
    pub kept: BTreeSet<u32>,
    touched: Option<BTreeSet<u32>>,
    #[serde(default)]
    pub steering: StoredSteering,
    #[serde(default)]
    pub marks: StoredMarks,
    #[serde(default)]
    pub captions_in: StoredCaptionLanguage,
    pub translation: Option<StoredTranslation>,
    pub insights: Option<StoredInsights>,
    told: Option<bool>,
    titled: Option<BTreeSet<u32>>,
    #[serde(default)]
    pub first_picks: bool,
    #[serde(default)]
    pub its_language: bool,
    pub speech: Option<StoredSpeech>,
    pub heard_with: Option<StoredHeardWith>,
    #[serde(default)]
    pub texts: StoredTexts,
    #[serde(default)]
    pub sound: StoredSound,
    #[serde(default)]
    pub finished: Vec<(u32, StoredSaved)>,
    #[serde(flatten)]
    pub rest: serde_json::Map<String, serde_json::Value>,
}

impl Version1 {
    /// An early page did not say which clips a person touched: then all of them may be.
    pub fn touched_clips(&self) -> BTreeSet<u32> {
        self.touched.clone().unwrap_or_else(|| self.clips.iter().map(StoredClip::id).collect())
    }

    /// Nor which got a title: then those that were touched.
    pub fn titled_clips(&self, touched: &BTreeSet<u32>) -> BTreeSet<u32> {
        self.titled.clone().unwrap_or_else(|| touched.clone())
    }

    /// Nor whether a person said who speaks: then a name tells. Nobody else gives any but these.
    pub fn is_told(&self) -> bool {
        let has_names = |insights: &StoredInsights| {
            let is_given = |(number, name): (usize, &str)| name != format!("Speaker {}", number + 1);
            insights.names().enumerate().any(is_given)
        };
        self.told.unwrap_or_else(|| self.insights.as_ref().is_some_and(has_names))
    }
}
