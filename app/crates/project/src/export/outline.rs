//! A recording at a glance: chapters, summary and keywords, and the texts made of them.
//! How they are found is `clip::chapters`'s.

use crate::export::timecode::stamp;
use crate::project::Project;
use clip::chapters::{chapters, keywords, point, summary};
use media::time::Instant;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline {
    pub chapters: Vec<Chapter>,
    pub summary: Vec<Said>,
    pub keywords: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    pub start: Instant,
    pub title: String,
}

/// A sentence, without what fills it, and when it is said.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    pub start: Instant,
    pub text: String,
}

impl Outline {
    pub fn of(project: &Project) -> Self {
        let sentences = project.recording.sentences();
        let said = |at: usize| Said { start: sentences[at].start(), text: point(&sentences[at]) };
        let chapters = chapters(sentences, &project.insights().topic_shifts).into_iter();
        Self {
            chapters: chapters.map(|one| Chapter { start: one.start, title: one.title() }).collect(),
            summary: summary(sentences).into_iter().map(said).collect(),
            keywords: keywords(sentences),
        }
    }

    /// `00:00 Title`, one line each: the form that video sites read.
    pub fn chapter_lines(&self) -> String {
        let line = |chapter: &Chapter| format!("{} {}\n", stamp(chapter.start), chapter.title);
        self.chapters.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline() -> Outline {
        let at = Instant::from_seconds;
        let chapter = |start: f64, title: &str| Chapter { start: at(start), title: title.into() };
        Outline {
            chapters: vec![chapter(0.0, "The sea"), chapter(61.5, "Bread")],
            summary: vec![Said { start: at(8.0), text: "The sea took the village.".into() }],
            keywords: vec!["sea".into(), "bread".into()],
        }
    }

    #[test]
    fn chapters_are_written_as_video_sites_read_them() {
        assert_eq!(outline().chapter_lines(), "00:00 The sea\n01:01 Bread\n");
        assert_eq!(Outline::default().chapter_lines(), "");
    }
}
