//! What is told to those who do not see it: results and edits, each once. And what a person says of a clip, with what is told and where
//! the focus goes after it.

use super::Session;
use crate::browser;
use crate::reactive::memo;
use crate::state::jobs::Kind;
use crate::state::notes::Weight;
use crate::state::{AppState, Phase};
use clip::edit::ClipId;
use clip::protocol::FromEngine;
use leptos::prelude::*;
use std::time::Duration;
use text::say;

/// It is read out by then. Whoever comes by with a screen reader later shall not meet old words.
const READ_OUT: Duration = Duration::from_secs(8);

/// The last result, or the last edit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Announcement {
    pub words: String,
    /// Another one for each.
    number: u32,
    /// It was told while the editor was open: what lies behind that is not read out.
    pub in_editor: bool,
}

/// A live region speaks when its text changes; the same words once more differ by a space that nobody hears.
fn once_more(before: &str, words: &str) -> String {
    if before == words { format!("{words}\u{a0}") } else { words.to_owned() }
}

impl Session {
    pub fn tell(self, words: &str) {
        self.tell_by(self.announced, words);
    }

    pub fn tell_edit(self, words: &str) {
        self.tell_by(self.edited, words);
    }

    fn tell_by(self, region: RwSignal<Announcement>, words: &str) {
        let Announcement { words: before, number, .. } = region.get_untracked();
        let (words, number) = (once_more(&before, words), number.wrapping_add(1));
        region.set(Announcement { words, number, in_editor: self.chosen().is_some() });
        set_timeout(
            move || {
                // The page may be gone.
                if region.try_with_untracked(|announced| announced.number == number).unwrap_or_default() {
                    region.update(|announced| announced.words.clear());
                }
            },
            READ_OUT,
        );
    }

    /// What was cancelled, as soon as it has ended: before the event is folded in, which forgets what it was.
    pub(super) fn tell_what_ends(self, event: &FromEngine) {
        let FromEngine::Cancelled { job } = event else { return };
        let words = self.state.with_untracked(|state| {
            let file = state.file.as_ref();
            let is_again = file.is_some_and(|file| file.draft.is_some());
            let is_translation = file.is_some_and(|file| file.is_being_translated());
            let has_words = file.is_some_and(|file| file.transcript().has_words());
            match state.jobs.get(*job)? {
                kind if kind.is_work() && is_translation => Some(say!("told-canceled-translation")),
                Kind::Open => Some(say!("told-canceled-opening")),
                Kind::Export(_) => Some(say!("told-canceled-export")),
                Kind::Transcribe if is_again => Some(say!("told-canceled-again")),
                Kind::Transcribe if has_words => Some(say!("told-canceled-saved")),
                Kind::Transcribe => Some(say!("told-canceled-nothing")),
                Kind::Understand => Some(say!("told-canceled-understanding")),
                Kind::Write(_) => Some(say!("told-canceled-writing")),
                Kind::Watch(watch) if !watch.then_export.is_empty() => Some(say!("told-canceled-export")),
                Kind::Watch(_) => Some(say!("told-canceled-faces")),
                Kind::Search(..) | Kind::Poster(_) => None,
            }
        });
        if let Some(words) = words {
            self.tell(&words);
        }
    }

    /// Whether this event, not yet folded in, is the end of a translation.
    pub(super) fn ends_translation(self, event: &FromEngine) -> bool {
        let FromEngine::Analyzed { job, .. } = event else { return false };
        self.state.with_untracked(|state| {
            state.jobs.get(*job).is_some()
                && state.file.as_ref().is_some_and(|file| file.is_being_translated())
        })
    }

    /// Tells that English is there too, if it is.
    pub(super) fn tell_translation(self) {
        let is_there = |state: &AppState| state.file.as_ref().is_some_and(|file| file.translation.is_some());
        if self.state.with_untracked(is_there) {
            self.tell(&say!("told-translated"));
        }
    }

    /// Tells that the clips are there; what is to be said of them as a whole is a part of it.
    pub(super) fn tell_when_ready(self) {
        let phase = memo(move || self.state.with(AppState::phase));
        Effect::new(move |before: Option<Phase>| {
            let now = phase.get();
            let is_news = matches!(before, Some(Phase::Working | Phase::Opening | Phase::Stopped));
            if is_news && now == Phase::Ready {
                let count = self.state.with_untracked(|state| state.shown_clips().len());
                let note = untrack(|| self.clips_note()).filter(|note| note.weight != Weight::Unseen);
                self.tell(&ready_words(count, &note.map(|note| note.words).unwrap_or_default()));
            }
            now
        });
    }

    /// "Clip 2", as it is numbered now.
    pub fn clip_name(self, id: ClipId) -> String {
        let number = self.state.with_untracked(|state| state.file.as_ref()?.clips.number(id));
        number.map_or_else(|| say!("common-the-clip"), |number| say!("common-clip-number", number = number))
    }

    /// The clip in the editor.
    pub fn chosen(self) -> Option<ClipId> {
        self.state.with_untracked(|state| state.chosen)
    }

    pub fn shown_ids(self) -> Vec<ClipId> {
        self.state.with_untracked(AppState::shown_clips).iter().map(|clip| clip.id).collect()
    }

    /// The clip beside it that is looked at next: the one after it, else the one before.
    fn neighbor(self, id: ClipId) -> Option<ClipId> {
        let ids = self.shown_ids();
        let at = ids.iter().position(|one| *one == id)?;
        ids.get(at + 1).or_else(|| ids.get(at.checked_sub(1)?)).copied()
    }

    // Verdicts

    /// Puts a clip aside, and the next best passage in its place; the focus goes to the next clip.
    pub fn reject(self, id: ClipId) {
        let (name, next) = (self.clip_name(id), self.neighbor(id));
        self.edit_clips(|clips, _| clips.remove(id));
        if self.may_change() {
            let filler = self.fill(id);
            self.tell(&match filler {
                Some(filler) => say!("told-skipped-new", clip = name, new = self.clip_name(filler)),
                None => say!("told-skipped", clip = name),
            });
            focus_card(next.or(filler));
        }
    }

    /// Keeps a clip or does no longer. `goes_on`: the focus goes to the next one after it was kept.
    pub fn keep(self, id: ClipId, goes_on: bool) {
        self.edit_clips(|clips, _| clips.toggle_kept(id));
        if !self.may_change() {
            return;
        }
        let is_kept =
            |state: &AppState| state.file.as_ref().is_some_and(|file| file.clips.now().kept.contains(&id));
        let is_kept = self.state.with_untracked(is_kept);
        let clip = self.clip_name(id);
        self.tell(&if is_kept { say!("told-kept", clip = clip) } else { say!("told-not-kept", clip = clip) });
        if goes_on && is_kept {
            focus_card(self.neighbor(id));
        }
    }

    pub fn bring_back(self, id: ClipId) {
        let pinned = self.state.with_untracked(AppState::pinned);
        let count = || self.state.with_untracked(|state| state.shown_clips().len());
        let before = count();
        self.edit_clips(|clips, _| clips.restore(id, &pinned));
        if self.may_change() {
            let clip = self.clip_name(id);
            self.tell(&match count() > before {
                true => say!("told-back", clip = clip),
                false => say!("told-back-for-last", clip = clip),
            });
            focus_card(Some(id));
        }
    }
}

fn ready_words(count: usize, note: &str) -> String {
    let ready = say!("told-ready", count = count);
    if note.is_empty() { ready } else { say!("told-ready-and", ready = ready, note = note) }
}

/// Once it is drawn. Without a card, to the heading of them all.
pub fn focus_card(id: Option<ClipId>) {
    request_animation_frame(move || {
        let card = id.map(|id| format!("#clip-{} .clip-poster", id.0));
        browser::focus_one_of(&[card.as_deref().unwrap_or("#clips-title"), "#clips-title"]);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_told_twice() {
        let check = |before: &str, words: &str| {
            let said = once_more(before, words);
            assert_ne!(said, before);
            assert_eq!(said.trim_end(), words);
        };
        check("", "Clip 1 skipped");
        check("Clip 1 skipped", "Clip 1 skipped");
        check("Clip 1 skipped\u{a0}", "Clip 1 skipped");
    }

    #[test]
    fn clips_and_what_is_to_be_said_of_them_are_one_message() {
        let check = |count, note, expected: &str| assert_eq!(ready_words(count, note), expected);
        check(5, "", "5 clips are ready");
        check(1, "Found 1 strong clip.", "1 clip is ready. Found 1 strong clip.");
        check(0, "No speech.", "No clips. No speech.");
    }
}
