//! `report.json`: what was made of a file, in which time. Plain data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use clip::edit::ClipEdit;
use clip::writing::{Authors, Written};

/// Times in seconds. `requests_after_open` and `peak_memory_mb` are filled in by whoever watched the browser.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub input: String,
    pub model: String,
    pub device: String,
    pub duration_s: f64,
    /// Seconds by stage: `open`, `transcribe`, `select`, `export`.
    pub stages: BTreeMap<String, f64>,
    pub clips: Vec<ReportClip>,
    #[serde(default)]
    pub requests_after_open: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak_memory_mb: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportClip {
    /// Relative to the report.
    pub file: String,
    pub start_s: f64,
    pub end_s: f64,
    pub title: String,
    pub reason: String,
    /// `None`: a person chose it, and nobody weighed it.
    pub score: Option<f32>,
    /// What was written about it, where something was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub texts: Option<ReportTexts>,
}

/// What goes with a clip where it is published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportTexts {
    /// Proposed; the clip's own title stands beside it.
    pub title: String,
    pub hook: String,
    pub summary: String,
    pub post: String,
    pub hashtags: Vec<String>,
    pub by: Authors,
}

impl ReportTexts {
    pub fn of(written: &Written) -> Self {
        let Written { title, hook, summary, post, hashtags, by, .. } = written.clone();
        Self { title, hook, summary, post, hashtags, by }
    }
}

impl ReportClip {
    /// A clip that was exported under `name`, and why it was chosen, in words.
    pub fn of(clip: &ClipEdit, name: &str, reason: String) -> Self {
        Self {
            file: format!("clips/{name}"),
            start_s: clip.start().seconds(),
            end_s: clip.end().seconds(),
            title: clip.title.clone(),
            reason,
            score: clip.claimed_score(),
            texts: None,
        }
    }
}

impl Report {
    /// Seconds by stage as the report names them.
    pub fn stages(open: f64, transcribe: f64, select: f64, export: f64) -> BTreeMap<String, f64> {
        let stages = [("open", open), ("transcribe", transcribe), ("select", select), ("export", export)];
        stages.into_iter().map(|(name, seconds)| (name.to_owned(), seconds)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_what_the_manual_says() {
        let clip =
            ClipEdit { title: "Ask not".into(), score: 61.5, ..crate::fixtures::clip_between(1, 1.25, 20.0) };
        let report = Report {
            input: "talk.mp4".into(),
            model: "tiny.en".into(),
            device: "cpu".into(),
            duration_s: 311.36,
            stages: Report::stages(0.1, 60.0, 0.01, 30.0),
            clips: vec![ReportClip::of(
                &clip,
                "01-ask-not.mp4",
                "Opens with a question; Keeps to one topic".into(),
            )],
            requests_after_open: Vec::new(),
            peak_memory_mb: None,
        };
        let want = serde_json::json!({
            "input": "talk.mp4", "model": "tiny.en", "device": "cpu", "duration_s": 311.36,
            "stages": {"open": 0.1, "transcribe": 60.0, "select": 0.01, "export": 30.0},
            "clips": [{
                "file": "clips/01-ask-not.mp4", "start_s": 1.25, "end_s": 20.0, "title": "Ask not",
                "reason": "Opens with a question; Keeps to one topic", "score": 61.5,
            }],
            "requests_after_open": [],
        });
        let value = serde_json::to_value(&report).unwrap();
        assert_eq!(value, want);
        assert_eq!(serde_json::from_value::<Report>(value).unwrap(), report);
    }
}
