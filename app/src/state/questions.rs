//! Questions of meaning and their answers: how near each sentence comes to a text. Neither stops anything, and that one cannot be
//! answered is no error of the page.

use super::jobs::{End, Kind, Purpose};
use super::{AppState, Consequence};
use clip::failure::Failure;
use clip::protocol::{FromEngine, JobId};
use clip::sentence::BySentence;
use std::collections::VecDeque;

/// Answers that are kept, so that a question asked again is answered at once.
const MOST_ANSWERS: usize = 12;

/// Questions of meaning and their answers: how near each sentence comes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Questions {
    answers: VecDeque<(String, BySentence)>,
    failed: Vec<(Purpose, String, Failure)>,
}

impl Questions {
    pub fn answer(&self, text: &str) -> Option<&BySentence> {
        self.answers.iter().find(|(asked, _)| asked == text).map(|(_, likeness)| likeness)
    }

    pub fn failure(&self, purpose: Purpose) -> Option<(&str, &Failure)> {
        let failed = self.failed.iter().find(|(of, ..)| *of == purpose);
        failed.map(|(_, text, failure)| (text.as_str(), failure))
    }

    fn found(&mut self, text: &str, likeness: BySentence) {
        self.answers.retain(|(asked, _)| asked != text);
        self.answers.push_back((text.to_owned(), likeness));
        if self.answers.len() > MOST_ANSWERS {
            self.answers.pop_front();
        }
    }
}

impl AppState {
    /// What waits for an answer.
    pub fn pending(&self, purpose: Purpose) -> Option<&str> {
        self.jobs.kinds().find_map(|kind| match kind {
            Kind::Search(of, text) if *of == purpose => Some(text.as_str()),
            _ => None,
        })
    }

    /// A new question takes the place of the one before; `None` where no engine has the file open.
    pub fn begin_search(&mut self, purpose: Purpose, text: String) -> Option<JobId> {
        self.file.as_ref().filter(|file| file.is_attached)?;
        Some(self.jobs.begin(Kind::Search(purpose, text)))
    }

    /// Nobody waits for an answer any more. Gives the job that looks for one.
    pub fn forget_question(&mut self, purpose: Purpose) -> Vec<JobId> {
        if let Some(file) = &mut self.file {
            file.questions.failed.retain(|(of, ..)| *of != purpose);
        }
        self.jobs.leave(|kind| matches!(kind, Kind::Search(of, _) if *of == purpose))
    }

    pub(super) fn fold_search(&mut self, job: JobId, event: FromEngine) -> Vec<Consequence> {
        let FromEngine::Found { likeness, .. } = event else { return vec![] };
        let Some(Kind::Search(purpose, text)) = self.jobs.end(job) else { return vec![] };
        if let Some(file) = &mut self.file {
            file.questions.found(&text, likeness);
        }
        if purpose == Purpose::Clips { vec![Consequence::RankAbout(text)] } else { vec![] }
    }

    pub(super) fn search_ends(&mut self, purpose: Purpose, text: String, end: End) {
        if let (End::Failed(failure), Some(file)) = (end, &mut self.file) {
            file.questions.failed.push((purpose, text, failure));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Phase;
    use crate::state::tests::{failure, heard, opened, words_are_whole};
    use clip::failure::FailureClass;
    use clip::sentence::SentenceId;
    use clip::transcript::WordId;

    #[test]
    fn questions_are_answered_once_and_the_last_one_counts() {
        let (mut state, job) = opened();
        state.fold(heard(job, 0), 0.5);
        words_are_whole(&mut state, job);
        let ask = |state: &mut AppState, purpose, text: &str| {
            let before = state.forget_question(purpose);
            (state.begin_search(purpose, text.to_owned()).expect("an engine"), before)
        };
        let (first, _) = ask(&mut state, Purpose::Clips, "sea");
        let (second, before) = ask(&mut state, Purpose::Clips, "bread");
        let (places, none) = ask(&mut state, Purpose::Places, "sea");
        assert_eq!((before, none), (vec![first], vec![]));
        let answer = |value| BySentence::from_iter([(SentenceId(WordId(0)), value)]);
        let found = |job, value| FromEngine::Found { job, likeness: answer(value) };
        assert_eq!(state.fold(found(first, 0.1), 1.0), []);
        assert_eq!(state.fold(found(second, 0.2), 1.0), [Consequence::RankAbout("bread".into())]);
        assert_eq!(state.pending(Purpose::Places), Some("sea"));
        assert_eq!(state.fold(found(places, 0.3), 1.0), []);
        let failed = ask(&mut state, Purpose::Places, "stone").0;
        state.fold(FromEngine::Failed { job: Some(failed), failure: failure(FailureClass::Model) }, 1.0);
        let questions = &state.file.as_ref().expect("the file is open").questions;
        assert_eq!(
            (questions.answer("bread"), questions.answer("sea")),
            (Some(&answer(0.2)), Some(&answer(0.3)))
        );
        assert_eq!(questions.failure(Purpose::Places).map(|(text, _)| text), Some("stone"));
        assert_eq!((state.pending(Purpose::Places), state.phase()), (None, Phase::Ready));
        let (stopped, _) = ask(&mut state, Purpose::Places, "water");
        state.fold(FromEngine::Cancelled { job: stopped }, 2.0);
        let file = state.file.as_mut().expect("the file is open");
        assert_eq!(file.questions.failure(Purpose::Places), None);
        file.is_attached = false;
        assert_eq!(state.begin_search(Purpose::Places, "wind".into()), None);
    }
}
