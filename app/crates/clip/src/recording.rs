//! The words of a recording with the sentences that they make, cut once: whoever needs sentences reads them here.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::order;
use crate::sentence::{Sentence, SentenceId, sentences};
use crate::transcript::{Transcript, Word, WordId};

/// What a person says that words are, where they were misheard: without the spaces around them, an empty one where a word before it says
/// all. Times stay those of what was heard.
pub type Spelling = BTreeMap<WordId, String>;

/// What was heard of a word, and how surely.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// As the tokenizer spaced it.
    pub text: String,
    /// 0 to 1.
    pub confidence: f32,
}

/// A transcript and what follows from it.
#[derive(Debug, Clone, Default)]
pub struct Recording {
    transcript: Transcript,
    /// What was heard where the transcript says what a person says.
    heard: BTreeMap<WordId, Heard>,
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

    /// Lets the words say what `spelling` says, for certain, and all others what was heard. Whether that changed any.
    pub fn spell(&mut self, spelling: &Spelling) -> bool {
        // Asked after every step, most of which are about something else.
        if *spelling == self.spelling() {
            return false;
        }
        let mut changes: Vec<(WordId, Heard)> = Vec::new();
        let mut heard = BTreeMap::new();
        for (id, word) in self.transcript.numbered_words() {
            let now = Heard { text: word.text.clone(), confidence: word.confidence };
            let original = self.heard.get(&id).unwrap_or(&now);
            let wanted = spelling.get(&id).map(|spelled| spaced_like(&original.text, spelled));
            let wanted = match wanted.filter(|text| *text != original.text) {
                Some(text) => {
                    heard.insert(id, original.clone());
                    Heard { text, confidence: 1.0 }
                }
                None => original.clone(),
            };
            if wanted != now {
                changes.push((id, wanted));
            }
        }
        self.heard = heard;
        let is_changed = !changes.is_empty();
        if is_changed {
            self.change(|transcript| write(transcript, changes));
        }
        is_changed
    }

    /// What was heard where a person said otherwise.
    pub fn heard(&self) -> &BTreeMap<WordId, Heard> {
        &self.heard
    }

    /// A kept transcript with the spelling of a person in it, and what was heard there.
    pub fn spelled(transcript: Transcript, heard: BTreeMap<WordId, Heard>) -> Self {
        let differs = |(id, word): (WordId, &Word)| {
            let heard = heard.get(&id).filter(|heard| heard.text != word.text)?;
            Some((id, heard.clone()))
        };
        let heard = order::gathered(transcript.numbered_words().filter_map(differs));
        Self { heard, ..Self::new(transcript) }
    }

    /// What a person said of the words that are there.
    pub fn spelling(&self) -> Spelling {
        let words = self.transcript.numbered_words().filter(|(id, _)| self.heard.contains_key(id));
        order::gathered(words.map(|(id, word)| (id, word.spoken().to_owned())))
    }

    /// The same words in the place of others.
    #[must_use]
    pub fn after(self, others: &Self) -> Self {
        Self { edition: others.edition.wrapping_add(1), ..self }
    }
}

/// `spelled` with the spaces that stand around `heard`; where it says nothing, they go too.
fn spaced_like(heard: &str, spelled: &str) -> String {
    if spelled.is_empty() {
        return String::new();
    }
    let before = &heard[..heard.len() - heard.trim_start().len()];
    let after = if heard.trim().is_empty() { "" } else { &heard[heard.trim_end().len()..] };
    format!("{before}{spelled}{after}")
}

/// Has words say something else; `changes` are in the order of the words.
fn write(transcript: &mut Transcript, changes: Vec<(WordId, Heard)>) {
    let words = transcript.segments.iter_mut().flat_map(|segment| &mut segment.words);
    let mut changes = changes.into_iter().peekable();
    for (id, word) in (0..).map(WordId).zip(words) {
        if let Some((_, Heard { text, confidence })) = changes.next_if(|(changed, _)| *changed == id) {
            (word.text, word.confidence) = (text, confidence);
        }
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
    fn words_say_what_a_person_says_until_that_is_taken_back() {
        let mut recording = talk();
        let spelling = Spelling::from([(WordId(1), "too.".to_owned()), (WordId(3), "flour".to_owned())]);
        assert!(recording.spell(&spelling));
        assert_eq!(recording.transcript().text(), "One too. Three flour Five. Six.");
        let heard = |text: &str| Heard {
            text: text.into(),
            confidence: talk().transcript().segments[0].words[0].confidence,
        };
        assert_eq!(
            recording.heard(),
            &BTreeMap::from([(WordId(1), heard(" two.")), (WordId(3), heard(" four"))])
        );
        let sure = |recording: &Recording| recording.transcript().segments[0].words[1].confidence;
        assert_eq!(sure(&recording), 1.0);
        assert_eq!((recording.spelling(), recording.edition()), (spelling.clone(), 1));
        assert!(!recording.spell(&spelling), "the same once more");
        // Kept and read again.
        let kept = Recording::spelled(recording.transcript().clone(), recording.heard().clone());
        assert_eq!(kept.spelling(), spelling);
        // One of them is what was heard after all, the other one nothing of its own.
        let spelling = Spelling::from([(WordId(1), "two.".to_owned()), (WordId(3), String::new())]);
        assert!(recording.spell(&spelling));
        assert_eq!(recording.transcript().text(), "One two. Three Five. Six.");
        assert_eq!(recording.spelling(), Spelling::from([(WordId(3), String::new())]));
        assert!(recording.spell(&Spelling::new()));
        assert_eq!(recording.transcript(), talk().transcript());
    }

    #[test]
    fn what_was_heard_of_words_that_are_not_there_is_nothing() {
        let heard = |text: &str| Heard { text: text.into(), confidence: 0.5 };
        let heard = BTreeMap::from([(WordId(0), heard(" One")), (WordId(99), heard(" none"))]);
        assert_eq!(Recording::spelled(talk().into_transcript(), heard).heard(), &BTreeMap::new());
    }

    #[test]
    fn whether_sentences_have_been_cut_makes_no_difference() {
        let (cut, whole) = (talk(), talk());
        assert_eq!(cut.sentences().len(), 3);
        assert_eq!(cut, whole);
        assert_ne!(talk().after(&cut), whole, "another edition");
    }
}
