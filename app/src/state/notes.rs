//! What is said of the clips as a whole, as far as it fits what else the page says.
//! Plain data; what there is to say is found by `clip::select`.

use super::OpenFile;
use clip::note::Note as About;
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
        // What a person looks for is not kept, and what was said of it may be.
        let is_looking = self.clips.now().preferences.about.is_some();
        let holds = |note: &&About| is_looking || !matches!(note, About::NothingAbout(_));
        let notes: Vec<About> = self.notes.iter().filter(holds).cloned().collect();
        let note = about_clips(&notes)?;
        // Whoever is asked for the language is not told beside it that nobody speaks.
        let is_unseen = doubts_the_language && self.is_without_words();
        Some(if is_unseen { Note { weight: Weight::Unseen, ..note } } else { note })
    }
}

/// On the page nobody asks for a length: what is said of "the asked length" would be news of something that never was.
fn about_clips(notes: &[About]) -> Option<Note> {
    if let [About::Written(words)] = notes {
        return written_about_clips(words);
    }
    let of_interest = notes.iter().filter(|note| !matches!(note, About::Few(_)));
    let (nearest, others): (Vec<&About>, Vec<&About>) =
        of_interest.partition(|note| matches!(note, About::Nearest));
    let others: Vec<About> = others.into_iter().cloned().collect();
    match (nearest.is_empty(), others.is_empty()) {
        (true, true) => None,
        (_, false) => Some(Note { words: text::reasons::notes(&others), weight: Weight::Plain }),
        (false, true) => Some(Note { words: say!("reasons-nearest-usual"), weight: Weight::Quiet }),
    }
}

/// What an earlier page kept in its own words.
fn written_about_clips(note: &str) -> Option<Note> {
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
    use clip::recording::Recording;
    use clip::select::{AnalyzeOptions, suggest};
    use clip::timeline::SourceRange;
    use clip::transcript::Transcript;
    use media::time::Instant;
    use project::fixtures::segment_of;
    use project::project::{Analysis, Project};
    use project::snapshot::Drag;

    /// What `clip::select` says, and what is made of it.
    fn said_of(transcript: Transcript, doubts: bool) -> (Option<About>, Option<Note>) {
        let recording = Recording::new(transcript);
        let note = suggest(&recording, &AnalyzeOptions::default()).note;
        let file = OpenFile::from(Project {
            analysis: Analysis::Done,
            recording,
            notes: note.iter().cloned().collect(),
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
        assert_eq!(note, Some(About::Few(1)), "else this shows nothing");
        assert_eq!(shown, None);
        let words = "No whole passage is as long as a clip should be; these come nearest.";
        let nearest = Some(Note { words: words.into(), weight: Weight::Quiet });
        assert_eq!(about_clips(&[About::Nearest]), nearest);
        let written = |words: &str| about_clips(&[About::Written(words.into())]);
        assert_eq!(written("No whole passage has the asked length; these come nearest."), nearest);
        assert_eq!(written("Found 2 clips at the asked length."), None);
        assert_eq!(about_clips(&[]), None);
    }

    #[test]
    fn what_was_left_out_is_said_whatever_else_there_is() {
        let range = SourceRange { start: Instant::ZERO, end: Instant::from_seconds(10.0) };
        let skipped = About::Skipped(vec![range]);
        let words = text::reasons::note(&skipped);
        for beside in [About::Few(2), About::Nearest] {
            let shown = about_clips(&[skipped.clone(), beside]);
            assert_eq!(shown, Some(Note { words: words.clone(), weight: Weight::Plain }));
        }
    }

    #[test]
    fn what_nothing_speaks_about_is_named_while_it_is_looked_for() {
        let mut file = OpenFile::from(Project {
            notes: vec![About::NothingAbout("bread".into())],
            ..Project::default()
        });
        let words = |file: &OpenFile| file.clips_note(false).map(|note| note.words);
        assert_eq!(words(&file), None);
        file.clips.steer(Drag::Single, |steering| steering.about = Some("bread".into()));
        let expected = "Nothing speaks clearly about “bread”. This comes nearest.";
        assert_eq!(words(&file).as_deref(), Some(expected));
    }

    #[test]
    fn nobody_is_told_that_nobody_speaks_and_asked_for_the_language() {
        for (doubts, weight) in [(false, Weight::Plain), (true, Weight::Unseen)] {
            let (note, shown) = said_of(Transcript::default(), doubts);
            assert!(note.is_some());
            let words = note.as_ref().map(text::reasons::note);
            assert_eq!(shown, words.map(|words| Note { words, weight }));
        }
    }
}
