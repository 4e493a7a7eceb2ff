//! Words that were misheard say what a person says, as a step.

use super::History;
use crate::snapshot::Drag;
use crate::spelling::Misheard;
use clip::transcript::Transcript;

impl History {
    /// The person says what words are: one step. Titles that nobody gave follow where they quote them.
    pub fn spell(&mut self, misheard: &[(Misheard, String)], transcript: &Transcript) {
        self.step(Drag::Single, |snapshot| {
            let titled = &snapshot.titled;
            for (misheard, text) in misheard {
                let spelling = misheard.spelled(transcript, text);
                if spelling.is_empty() {
                    continue;
                }
                snapshot.spelling.extend(spelling);
                let mut said = transcript.numbered_words().filter(|(id, _)| misheard.words.contains(id));
                let Some((_, first)) = said.next() else { continue };
                for clip in snapshot.clips.iter_mut().filter(|clip| !titled.contains(&clip.id)) {
                    if clip.timeline.plays(first) {
                        clip.title = misheard.quoted(&clip.title, text);
                    }
                }
            }
        });
    }
}
