//! The text that is kept of a project between visits, in all its versions: what outlives a visit, and what is never lost on the way.
//! Knows which parts outlive a visit; refuses to know where the text lies.

pub(crate) mod stored;
mod versions;

use crate::cut::has_cuts;
use crate::project::{Analysis, Project, StageSeconds};
use crate::sound::Sound;
use clip::edit::ClipId;
use media::time::{Instant, Span};
use std::mem::take;
use stored::{Kept, StoredProject};
use versions::{NEWEST, OF_SINGLE_RANGES};

/// What became of a kept text: there is none, it was read, or it cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Nothing is kept.
    Absent,
    Whole,
    /// A newer page made it, and what is known here of it was read. To be shown and never written over.
    Newer,
    /// Damaged, or so new that nothing in it is known. To be left as it is.
    Unreadable,
}

/// What the list of kept projects says about one.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub duration: Span,
    pub clips: usize,
    /// Up to where the file has been heard.
    pub heard: Instant,
    pub is_done: bool,
    /// Exported clips that lie in the browser's file storage.
    pub finished: Vec<Finished>,
}

/// An exported clip, as the list of kept projects tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    pub id: ClipId,
    pub name: String,
    pub bytes: u64,
}

/// The text that is kept of a project.
pub fn write(project: &Project) -> Option<String> {
    serde_json::to_string(&StoredProject::of(project, version_of(project))).ok()
}

fn version_of(project: &Project) -> u32 {
    // An exported clip is kept as it was then.
    let exported = project.saved.values().filter_map(|saved| saved.made_of.as_ref()).map(|made| &made.clip);
    let has_cuts = project.clips.now().clips.iter().chain(exported).any(has_cuts);
    if has_cuts { NEWEST } else { OF_SINGLE_RANGES }
}

fn read(text: Option<&str>) -> (Reading, Option<Kept>) {
    let Some(text) = text else { return (Reading::Absent, None) };
    match versions::read(text) {
        Some((version, kept)) if version <= NEWEST => (Reading::Whole, Some(kept)),
        Some((_, kept)) => (Reading::Newer, Some(kept)),
        None => (Reading::Unreadable, None),
    }
}

/// Reads what is kept of a project, where there is something. Text that cannot be read leaves the project as it is.
pub fn read_into(text: Option<&str>, project: &mut Project) -> Reading {
    let (reading, kept) = read(text);
    let Some(Kept { project: kept, speech, duration: _ }) = kept else { return reading };
    // What lies elsewhere, or is the file's own, stays.
    *project = Project {
        label: take(&mut project.label),
        facts: project.facts.take(),
        waveform: take(&mut project.waveform),
        recording: kept.recording.after(&project.recording),
        speech: speech.unwrap_or_else(|| take(&mut project.speech)),
        sound: Sound { tracks: take(&mut project.sound.tracks), ..kept.sound },
        seconds: StageSeconds { open: project.seconds.open, ..kept.seconds },
        ..kept
    };
    project.frame_shots();
    reading
}

/// `None` where it cannot be read.
pub fn summary(text: &str) -> (Reading, Option<Summary>) {
    let (reading, kept) = read(Some(text));
    let summary = kept.map(|Kept { project, duration, speech: _ }| Summary {
        duration,
        clips: project.clips.shown().count(),
        heard: project.transcript().segments.last().map(|segment| segment.end).unwrap_or_default(),
        is_done: project.analysis == Analysis::Done,
        finished: project
            .saved
            .into_iter()
            .map(|(id, saved)| Finished { id, name: saved.name, bytes: saved.bytes })
            .collect(),
    });
    (reading, summary)
}

#[cfg(test)]
mod tests;
