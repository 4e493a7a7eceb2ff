//! What is said of the clips as a whole, as far as it fits what else the page says.
//! Plain data; what there is to say is found by `clip::select`.

use super::OpenFile;
use text::say;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub words: String,
    pub weight: Weight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Plain,
    /// Nothing to do about it: it stands there for whoever wonders.
    Quiet,
    /// Nobody sees it: the page says something else. Automation goes by it all the same.
    Unseen,
}

impl OpenFile {
    /// `doubts_the_language`: the page asks whether another language is spoken.
    pub fn clips_note(&self, doubts_the_language: bool) -> Option<Note> {
        if let Some(about) = self.clips.now().preferences.about.as_deref().filter(|_| self.is_hardly_about) {
            return Some(Note {
                words: say!("clips-note-hardly-about", about = about),
                weight: Weight::Plain,
            });
        }
        let note = about_clips(self.note.as_deref()?)?;
        // Whoever is asked for the language is not told beside it that nobody speaks.
        let is_unseen = doubts_the_language && self.is_without_words();
        Some(if is_unseen { Note { weight: Weight::Unseen, ..note } } else { note })
    }
}

/// On the page nobody asks for a length: what is said of "the asked length" would be news of something that never was.
fn about_clips(note: &str) -> Option<Note> {
    if note.ends_with("at the asked length.") {
        return None;
    }
    let words = note.replace("has the asked length", "is as long as a clip should be");
    let weight = if words == note { Weight::Plain } else { Weight::Quiet };
    Some(Note { words, weight })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clip::select::{AnalyzeOptions, suggest};
    use clip::transcript::Transcript;
    use project::fixtures::segment_of;
    use project::project::{Analysis, Project};
    use project::snapshot::Drag;

    /// What `clip::select` says, and what is made of it.
    fn said_of(transcript: Transcript, doubts: bool) -> (Option<String>, Option<Note>) {
        let note = suggest(&transcript, &AnalyzeOptions::default()).note;
        let file = OpenFile::from(Project {
            analysis: Analysis::Done,
            transcript,
            note: note.clone(),
            ..Project::default()
        });
        let shown = file.clips_note(doubts);
        (note, shown)
    }

    #[test]
    fn a_length_that_nobody_asked_for_is_not_spoken_of() {
        let words: Vec<String> = "Why does bread rise so well in a warm old kitchen?"
            .split(' ')
            .map(|word| format!(" {word}"))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let segments = (0..3).map(|at| segment_of(f64::from(at) * 8.2, &words)).collect();
        let (note, shown) = said_of(Transcript { segments, ..Transcript::default() }, false);
        assert!(
            note.as_deref().is_some_and(|note| note.contains("asked length")),
            "else this shows nothing: {note:?}"
        );
        assert_eq!(shown, None);
        let nearest = about_clips("No whole passage has the asked length; these come nearest.");
        let words = "No whole passage is as long as a clip should be; these come nearest.".into();
        assert_eq!(nearest, Some(Note { words, weight: Weight::Quiet }));
    }

    #[test]
    fn what_nothing_speaks_about_is_named_while_it_is_looked_for() {
        let mut file = OpenFile::from(Project {
            note: Some("All.".into()),
            is_hardly_about: true,
            ..Project::default()
        });
        let words = |file: &OpenFile| file.clips_note(false).map(|note| note.words);
        assert_eq!(words(&file).as_deref(), Some("All."));
        file.clips.steer(Drag::Single, |steering| steering.about = Some("bread".into()));
        let expected = "Nothing speaks clearly about “bread”. This comes nearest.";
        assert_eq!(words(&file).as_deref(), Some(expected));
    }

    #[test]
    fn nobody_is_told_that_nobody_speaks_and_asked_for_the_language() {
        for (doubts, weight) in [(false, Weight::Plain), (true, Weight::Unseen)] {
            let (note, shown) = said_of(Transcript::default(), doubts);
            assert!(note.is_some());
            assert_eq!(shown, note.map(|words| Note { words, weight }));
        }
    }
}
