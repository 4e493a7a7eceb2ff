//! What is kept of a file between visits, as one versioned JSON document. A document that is cut off, damaged or of a
//! later version is refused with its reason, never read as whole. Refuses to know where it is stored.

use media::time::Span;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::edit::{ClipEdit, ClipId};
use crate::transcript::Transcript;

/// The version that is written. Documents of versions before it are migrated, later ones refused.
pub const VERSION: u64 = 1;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Project {
    pub file: FileIdentity,
    /// The speech model that heard it.
    pub model: Option<String>,
    pub duration: Span,
    pub transcript: Transcript,
    pub clips: Vec<ClipEdit>,
    /// Clips that the person put aside.
    pub removed: Vec<ClipId>,
    /// Whether all of the file was heard and clips were suggested.
    pub is_analyzed: bool,
    /// Why there are no clips, or few.
    pub note: Option<String>,
    pub exported: Vec<ExportedClip>,
    pub seconds: StageSeconds,
    /// Milliseconds since 1970.
    pub created_ms: i64,
    pub updated_ms: i64,
}

/// Enough to recognise a file on another day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FileIdentity {
    pub name: String,
    pub bytes: u64,
    /// Milliseconds since 1970, as the file system says.
    pub modified_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedClip {
    pub id: ClipId,
    pub name: String,
    pub bytes: u64,
}

/// What each stage took.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct StageSeconds {
    pub open: f64,
    pub transcribe: f64,
    pub select: f64,
    pub export: f64,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProjectError {
    #[error("this project was kept by a later version of Incut ({0}); reload the page to get it")]
    Later(u64),
    #[error("this project was not kept whole: {0}")]
    Broken(String),
}

impl Project {
    /// The document as it is stored.
    pub fn to_json(&self) -> Result<String, ProjectError> {
        let mut document = serde_json::to_value(self).map_err(broken)?;
        if let Value::Object(fields) = &mut document {
            fields.insert("version".into(), VERSION.into());
        }
        Ok(document.to_string())
    }

    pub fn from_json(json: &str) -> Result<Self, ProjectError> {
        let document = migrated(serde_json::from_str(json).map_err(broken)?)?;
        let project: Self = serde_json::from_value(document).map_err(broken)?;
        for clip in &project.clips {
            if clip.end <= clip.start {
                return Err(ProjectError::Broken(format!("clip {} ends before it begins", clip.id.0)));
            }
        }
        Ok(project)
    }
}

/// The same document in the form of [`VERSION`].
fn migrated(document: Value) -> Result<Value, ProjectError> {
    match document.get("version").and_then(Value::as_u64) {
        Some(VERSION) => Ok(document),
        Some(later) if later > VERSION => Err(ProjectError::Later(later)),
        _ => Err(ProjectError::Broken("it has no version".into())),
    }
}

fn broken(error: serde_json::Error) -> ProjectError {
    ProjectError::Broken(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::CaptionStyle;
    use crate::transcript::tests::segment;
    use media::time::Instant;

    fn project() -> Project {
        let mut transcript = Transcript { language: "en".into(), ..Transcript::default() };
        transcript.merge(vec![segment("Ask not.", 1.0, 2.0)]);
        Project {
            file: FileIdentity { name: "talk.mp4".into(), bytes: 12_345, modified_ms: 1_700_000_000_000 },
            model: Some("tiny.en".into()),
            duration: Span::from_millis(311_360),
            transcript,
            clips: vec![ClipEdit {
                id: ClipId(4),
                start: Instant::from_seconds(1.0),
                end: Instant::from_seconds(2.0),
                title: "Ask not".into(),
                reasons: vec!["Opens with a claim".into()],
                score: 50.0,
                captions: CaptionStyle::Plate,
                crop_center_x: 0.25,
                evidence: crate::select::Evidence::default(),
            }],
            removed: vec![ClipId(4)],
            is_analyzed: true,
            note: None,
            exported: vec![ExportedClip { id: ClipId(4), name: "04-ask-not.mp4".into(), bytes: 99 }],
            seconds: StageSeconds { open: 0.1, transcribe: 20.0, select: 0.01, export: 3.0 },
            created_ms: 1,
            updated_ms: 2,
        }
    }

    #[test]
    fn a_project_comes_back_as_it_was() {
        let json = project().to_json().unwrap();
        assert!(json.contains("\"version\":1"));
        assert_eq!(Project::from_json(&json), Ok(project()));
    }

    #[test]
    fn a_document_cut_off_anywhere_is_refused() {
        let json = project().to_json().unwrap();
        for end in (0..json.len()).filter(|&end| json.is_char_boundary(end)) {
            assert!(matches!(Project::from_json(&json[..end]), Err(ProjectError::Broken(_))), "cut at {end}");
        }
    }

    #[test]
    fn what_is_not_ours_is_refused_with_its_reason() {
        let check = |change: fn(&mut Value), want: &str| {
            let mut document: Value = serde_json::from_str(&project().to_json().unwrap()).unwrap();
            change(&mut document);
            let error = Project::from_json(&document.to_string()).unwrap_err().to_string();
            assert!(error.contains(want), "{error}");
        };
        check(|document| document["version"] = 2.into(), "later version of Incut (2)");
        check(|document| document["version"] = 0.into(), "no version");
        check(|document| document["version"] = "1".into(), "no version");
        check(|document| *document = Value::Array(Vec::new()), "no version");
        check(|document| document["clips"][0]["end"] = 0.into(), "clip 4 ends before it begins");
        check(|document| document["transcript"] = Value::Null, "not kept whole");
    }
}
