//! What the clips are ranked by: the person's wishes and verdicts, what is found out beside the work, and questions of meaning.

use super::{Session, VERDICTS_KEY};
use crate::browser;
use crate::persistence;
use crate::state::AppState;
use crate::state::jobs::{Kind, Outcome, Purpose};
use clip::edit::{ClipEdit, ClipId};
use clip::insights::Insights;
use clip::note::Note;
use clip::order;
use clip::protocol::ToEngine;
use clip::select::Verdict;
use clip::sentence::Sentence;
use leptos::prelude::*;
use media::time::Instant;
use project::history::History;
use project::preferences::Preferences;
use project::ranking::{Occasion, Ranking, first_picks};
use project::snapshot::Drag;
use project::verdicts::{PassageKey, Verdicts};
use std::collections::BTreeMap;
use std::time::Duration;
use text::say;

/// A dialog is closed and the focus is back by then.
const AFTER_CLOSING: Duration = Duration::from_millis(300);

/// Verdicts on the clips of the open file, with the clips themselves.
type Said = BTreeMap<ClipId, (ClipEdit, Verdict)>;

impl Session {
    /// Has more found out about the open file, if there is more and nobody stopped it.
    pub fn understand(self) {
        if !self.may_change() {
            return;
        }
        if self.state.with_untracked(AppState::may_know_better) {
            self.rank(Occasion::KnownBetter);
        }
        if !self.state.with_untracked(AppState::may_understand) {
            return;
        }
        let Some(job) = self.state.try_update(AppState::begin_understanding) else { return };
        let message = self.state.with_untracked(|state| {
            let file = state.file.as_ref()?;
            Some(ToEngine::Understand { job, transcript: file.transcript().clone() })
        });
        if let Some(message) = message {
            self.use_sound();
            self.send(&message);
        }
    }

    pub fn understand_again(self) {
        self.state.update(|state| {
            if let Some(file) = &mut state.file {
                file.understanding = Outcome::NotYet;
            }
        });
        self.understand();
    }

    pub fn stop_understanding(self) {
        self.stop(Kind::is_understanding);
    }

    /// The words that it is about go away.
    pub(super) fn stop_background(self) {
        self.cancel_jobs(self.state.with_untracked(|state| state.jobs.all(Kind::is_about_words)));
    }

    /// Another wish, and the clips that follow from it.
    pub fn steer(self, drag: Drag, change: impl FnOnce(&mut Preferences)) {
        if !self.may_change_or_say_why() {
            return;
        }
        self.state.update(|state| {
            state.edit_clips(|clips, _| clips.steer(drag, change));
        });
        self.rank(Occasion::Asked(drag));
    }

    /// Ranks the passages again. They are weighed only when something has changed that they are weighed from.
    pub fn rank(self, occasion: Occasion) {
        if !self.may_change() {
            return;
        }
        let Some(ranking) = self.take_ranking() else { return };
        let taste = self.verdicts.with_untracked(Verdicts::taste);
        self.state.update(|state| state.rank(&ranking, taste, occasion));
        self.held.update_value(|held| held.ranking = Some(ranking));
        self.ask_for_posters();
        persistence::save_soon(self);
    }

    /// The person wants the better clips that were found.
    pub fn show_better(self) {
        let better = self
            .state
            .with_untracked(|state| state.file.as_ref().map(|file| file.better))
            .unwrap_or_default();
        self.rank(Occasion::Asked(Drag::Single));
        self.tell(&say!("clips-told-better", count = better));
    }

    /// The person wants another number of clips. What is told of it, where that changes those of the open file.
    pub fn count_clips(self) -> Option<String> {
        self.fragment.update_value(|fragment| fragment.clips = None);
        if self.state.with_untracked(AppState::is_working) || !self.may_change() {
            return None;
        }
        let (options, taste) = (self.options(), self.verdicts.with_untracked(Verdicts::taste));
        let now = self.state.try_update(|state| state.count_clips_to(&options, taste)).flatten()?;
        self.ask_for_posters();
        persistence::save_soon(self);
        Some(counted(now, options.clips as usize))
    }

    /// Fills the place of a clip that was put aside; gives what fills it.
    pub(super) fn fill(self, skipped: ClipId) -> Option<ClipId> {
        let ranking = self.take_ranking()?;
        let taste = self.verdicts.with_untracked(Verdicts::taste);
        let filler = self.state.try_update(|state| state.fill(&ranking, taste, skipped)).flatten();
        self.held.update_value(|held| held.ranking = Some(ranking));
        self.ask_for_posters();
        persistence::save_soon(self);
        filler
    }

    /// A clip of the words that start from `first` to `last`, chosen by the person, open in the editor.
    pub fn make_clip(self, first: Instant, last: Instant) {
        if !self.may_change_or_say_why() {
            return;
        }
        let Some(ranking) = self.take_ranking() else { return };
        let taste = self.verdicts.with_untracked(Verdicts::taste);
        let made = self.state.try_update(|state| state.make_clip(&ranking, taste, first, last)).flatten();
        self.held.update_value(|held| held.ranking = Some(ranking));
        if made.is_some() {
            persistence::save_soon(self);
            self.choose_clip(made);
        }
    }

    /// The passages of the open file, weighed; to be put back.
    fn take_ranking(self) -> Option<Ranking> {
        let options = self.options();
        let before = self.held.try_update_value(|held| held.ranking.take()).flatten();
        self.state.with_untracked(|state| {
            let file = state.file.as_ref().filter(|file| file.is_heard())?;
            Some(match before {
                Some(ranking) if ranking.holds_for(file, &options) => ranking,
                _ => Ranking::of(file, &options),
            })
        })
    }

    /// All words are there, and clips are made of them. Where the person has wishes already, the clips follow them at once.
    pub(super) fn words_are_whole(self, notes: Vec<Note>) {
        let (options, began_ms) = (self.options(), browser::now_ms());
        self.state.update(|state| {
            let Some(file) = &state.file else { return };
            let (clips, notes) = first_picks(&file.listening().recording, &options, notes);
            state.words_are_whole(clips, notes);
            if let Some(file) = &mut state.file {
                file.seconds.select = (browser::now_ms() - began_ms) / 1000.0;
            }
        });
        persistence::save_soon(self);
        self.ask_for_posters();
        let has_wishes = self.verdicts.with_untracked(|verdicts| verdicts.count() > 0)
            || self.state.with_untracked(|state| {
                state.file.as_ref().is_some_and(|file| file.clips.now().preferences != Preferences::default())
            });
        if has_wishes {
            self.rank(Occasion::Unseen);
        }
        self.understand();
    }

    // Questions of meaning

    /// Clips about something; an empty text is no wish.
    pub fn look_for_clips(self, text: &str) {
        let text = text.trim().to_owned();
        if text.is_empty() {
            self.forget_question(Purpose::Clips);
            return self.steer(Drag::Single, |preferences| preferences.about = None);
        }
        if self.has_answer(&text) {
            self.forget_question(Purpose::Clips);
            return self.steer(Drag::Single, |preferences| preferences.about = Some(text));
        }
        self.ask(Purpose::Clips, text);
    }

    pub fn look_for_places(self, text: &str) {
        let text = text.trim().to_owned();
        self.forget_question(Purpose::Places);
        if !text.is_empty() && !self.has_answer(&text) {
            self.ask(Purpose::Places, text);
        }
    }

    fn has_answer(self, text: &str) -> bool {
        self.state.with_untracked(|state| {
            state.file.as_ref().is_some_and(|file| file.questions.answer(text).is_some())
        })
    }

    fn ask(self, purpose: Purpose, text: String) {
        if !self.state.with_untracked(AppState::is_attached) {
            return;
        }
        self.forget_question(purpose);
        let asked = self.state.try_update(|state| {
            let job = state.begin_search(purpose, text.clone())?;
            let sentence = |one: &Sentence| (one.id, one.text());
            let sentences = state.file.as_ref()?.recording.sentences().iter().map(sentence).collect();
            Some(ToEngine::Search { job, text, sentences })
        });
        if let Some(message) = asked.flatten() {
            self.send(&message);
        }
    }

    pub fn forget_question(self, purpose: Purpose) {
        let left = self.state.try_update(|state| state.forget_question(purpose)).unwrap_or_default();
        self.cancel_jobs(left);
    }

    // Who speaks

    /// The person says who speaks; what follows from it for the clips is the same step.
    pub fn change_speakers(self, change: impl FnOnce(&mut Insights)) {
        if !self.may_change_or_say_why() {
            return;
        }
        let changed = self.state.try_update(|state| {
            state.edit_clips(|clips, _| {
                let before = clips.now().known.insights.clone();
                clips.change_insights(change);
                let is_another = before.turns != clips.now().known.insights.turns;
                let is_wanted = clips.now().preferences.speaker.is_some();
                if !is_another || !is_wanted {
                    clips.settle();
                }
                (is_another, is_wanted)
            })
        });
        match changed.flatten() {
            // Clips of one speaker follow who that is.
            Some((true, true)) => self.rank(Occasion::Asked(Drag::Single)),
            Some((true, false)) => self.rank(Occasion::KnownBetter),
            // Another name alone ranks nothing again.
            _ => {}
        }
        persistence::save_soon(self);
    }

    /// The menu closes first: what lies behind it is not read out.
    pub fn rename_speaker(self, speaker: usize, name: &str) {
        let name_of = || {
            self.state.with_untracked(|state| {
                Some(text::speaker(&state.file.as_ref()?.insights().speakers.get(speaker)?.name))
            })
        };
        let before = name_of();
        self.change_speakers(|insights| insights.rename(speaker, name, text::speaker));
        if let (Some(before), Some(now)) = (before, name_of())
            && before != now
        {
            set_timeout(
                move || self.tell(&say!("clips-told-renamed", before = &before, now = &now)),
                AFTER_CLOSING,
            );
        }
    }

    // Verdicts

    /// A change of the clips that may say something of them, by a press or by taking one back.
    pub(super) fn judge(self, change: impl FnOnce(&mut AppState)) {
        let said = |session: Self| session.state.with_untracked(said_of_the_open_file);
        let before = said(self);
        self.state.update(change);
        let after = said(self);
        let verdict = |said: &Said, id: &ClipId| said.get(id).map(|(_, verdict)| *verdict);
        let label = self.state.with_untracked(|state| state.file.as_ref().map(|file| file.label.clone()));
        let Some(label) = label else { return };
        let changes: Vec<_> = before
            .iter()
            .chain(after.iter().filter(|(id, _)| !before.contains_key(id)))
            .filter(|(id, _)| verdict(&before, id) != verdict(&after, id))
            .map(|(id, (clip, _))| (PassageKey::of(clip, &label), clip.evidence, verdict(&after, id)))
            .collect();
        if !changes.is_empty() {
            self.verdicts.update(|verdicts| *verdicts = verdicts.with(&changes));
            browser::store_text(VERDICTS_KEY, &self.verdicts.with_untracked(Verdicts::to_text));
        }
    }

    /// Forgets what was learned; what was said of the clips at hand stays said.
    pub fn forget_verdicts(self) {
        self.verdicts.set(Verdicts::default());
        browser::store_text(VERDICTS_KEY, &Verdicts::default().to_text());
    }
}

/// What is told of another number of clips. `wanted`: fewer than there are where more than that were touched.
fn counted(now: usize, wanted: usize) -> String {
    match now > wanted {
        true => say!("clips-told-count-stays", count = now),
        false => say!("common-clips", count = now),
    }
}

fn said_of_the_open_file(state: &AppState) -> Said {
    let Some(file) = &state.file else { return Said::new() };
    let clips: &History = &file.clips;
    let verdicts = clips.verdicts().into_iter();
    order::gathered(verdicts.filter_map(|(id, verdict)| Some((id, (clips.get(id)?.clone(), verdict)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_there_are_is_told_with_why() {
        assert_eq!(counted(4, 4), "4 clips");
        assert_eq!(counted(3, 9), "3 clips");
        assert_eq!(counted(5, 4), "5 clips: those you opened, changed, kept or exported stay");
    }
}
