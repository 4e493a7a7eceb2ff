//! The words of a recording with the sentences that they make, cut once: whoever needs sentences reads them here.

use std::sync::OnceLock;

use crate::sentence::{Sentence, SentenceId, sentences};
use crate::transcript::{Transcript, WordId};

/// A transcript and what follows from it.
#[derive(Debug, Clone, Default)]
pub struct Recording {
    transcript: Transcript,
    edition: u32,
    /// Cut when somebody first asks: while words come in nobody does.
    sentences: OnceLock<Vec<Sentence>>,
}

impl Recording {
    /// A transcript in its first edition.
    pub fn new(transcript: Transcript) -> Self {
        Self { transcript, ..Self::default() }
    }

    /// The words.
    pub fn transcript(&self) -> &Transcript {
        &self.transcript
    }

    /// The words alone.
    pub fn into_transcript(self) -> Transcript {
        self.transcript
    }

    /// Another one for each change, so that nothing has to be compared.
    pub fn edition(&self) -> u32 {
        self.edition
    }

    /// In order; each word is in exactly one.
    pub fn sentences(&self) -> &[Sentence] {
        self.sentences.get_or_init(|| sentences(&self.transcript))
    }

    /// What each gap is known by: the ones before a sentence by that sentence, the one after the last by the sentence that would
    /// follow it.
    pub fn gaps(&self) -> impl Iterator<Item = SentenceId> {
        let words = u32::try_from(self.transcript.words().count()).unwrap_or(u32::MAX);
        self.sentences().iter().map(|sentence| sentence.id).chain([SentenceId(WordId(words))])
    }

    /// Changes the words.
    pub fn change(&mut self, change: impl FnOnce(&mut Transcript)) {
        change(&mut self.transcript);
        self.edition = self.edition.wrapping_add(1);
        self.sentences = OnceLock::new();
    }

    /// The same words in the place of others.
    #[must_use]
    pub fn after(self, others: &Self) -> Self {
        Self { edition: others.edition.wrapping_add(1), ..self }
    }
}

impl PartialEq for Recording {
    /// Whether sentences have been cut makes no difference.
    fn eq(&self, other: &Self) -> bool {
        self.edition == other.edition && self.transcript == other.transcript
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::tests::segment;

    fn ids(recording: &Recording) -> Vec<u32> {
        recording.gaps().map(|SentenceId(WordId(word))| word).collect()
    }

    fn talk() -> Recording {
        let mut transcript = Transcript::default();
        transcript.merge(vec![segment("One two. Three four Five.", 0.0, 3.0), segment("Six.", 4.0, 5.0)]);
        Recording::new(transcript)
    }

    #[test]
    fn sentences_are_known_by_their_first_words() {
        assert_eq!(ids(&talk()), [0, 2, 5, 6]);
        assert_eq!(ids(&Recording::default()), [0]);
    }

    #[test]
    fn a_corrected_word_leaves_the_sentences_around_it_what_they_are() {
        let mut recording = talk();
        let before = recording.clone();
        recording.change(|transcript| transcript.segments[0].words[3].text = " four.".into());
        assert_eq!(ids(&recording), [0, 2, 4, 5, 6]);
        // Left out, it is still counted.
        recording.change(|transcript| transcript.segments[0].words[1].text = String::new());
        assert_eq!(ids(&recording), [0, 4, 5, 6]);
        assert_eq!((before.edition(), recording.edition()), (0, 2));
    }

    #[test]
    fn whether_sentences_have_been_cut_makes_no_difference() {
        let (cut, whole) = (talk(), talk());
        assert_eq!(cut.sentences().len(), 3);
        assert_eq!(cut, whole);
        assert_ne!(talk().after(&cut), whole, "another edition");
    }
}
