//! How the words of the open file are heard, and hearing them once more.
//!
//! What a person wishes for (`OpenFile::speech`) belongs to the file, and beside it stands what the words were really heard with. A file
//! that has words is heard once more *beside* them: the new words grow in `OpenFile::draft`, and nothing that is shown or kept changes until
//! they are whole. Then both change places: the old ones lie in `OpenFile::earlier`, under the number that the clips' steps know them by
//! (`Snapshot::hearing` of the project), so that one step back brings everything back. A draft that is cancelled, fails or loses its
//! engine is dropped.
//! Plain data; how words are heard is the engine's.

use super::jobs::{Kind, Outcome};
use super::{AppState, OpenFile};
use clip::edit::ClipEdit;
use clip::failure::Failure;
use clip::note::Note;
use clip::order;
use clip::protocol::JobId;
use clip::tracks::Tracks;
use clip::transcript::SpeechOptions;
use project::history::History;
use project::merge::Pinned;
use project::project::Analysis;
use project::project::HeardWith;
use project::snapshot::Snapshot;
use project::texts::Texts;
use std::mem::{swap, take};

impl OpenFile {
    /// What is being heard: the words beside those that are shown, or these.
    pub fn listening(&self) -> &Self {
        self.draft.as_deref().unwrap_or(self)
    }

    pub(super) fn change_listening<T>(&mut self, change: impl FnOnce(&mut Self) -> T) -> T {
        match &mut self.draft {
            Some(draft) => change(draft),
            None => change(self),
        }
    }

    /// Whether what is wished for now would be heard otherwise than the words that are there.
    pub fn would_hear_otherwise(&self, model: &str, speech: &SpeechOptions) -> bool {
        let differs = |heard: &HeardWith| heard.model != model || heard.speech != *speech;
        let is_heard = !self.transcript().segments.is_empty() || self.is_without_words();
        is_heard && self.heard_with.as_ref().is_some_and(differs)
    }

    /// The new words are whole: they take the place of the old ones, and clips follow.
    fn take_draft(&mut self, mut draft: Self, clips: Vec<ClipEdit>, notes: Vec<Note>, pinned: &Pinned) {
        let hearing = self.earlier.iter().map(|(hearing, _)| *hearing).fold(self.hearing, u32::max) + 1;
        draft.notes = notes;
        draft.analysis = Analysis::Done;
        draft.has_first_picks = true;
        draft.speech = self.speech.clone();
        self.clips.hear_again(hearing, clips, pinned, draft.transcript());
        if let Some(heard) = &self.heard_with {
            self.speech = heard.speech.clone();
        }
        self.exchange(&mut draft);
        self.earlier.push((self.hearing, draft));
        self.hearing = hearing;
        self.tells_of_hearing = true;
        self.forget_lost_hearings();
    }

    /// A step back or forward may lead to words that were heard earlier or later.
    /// Whether it does.
    pub(super) fn follow_the_steps(&mut self) -> bool {
        let wanted = self.clips.now().hearing;
        let found = self.earlier.iter().position(|(hearing, _)| *hearing == wanted);
        if let Some(at) = found {
            let (_, mut other) = self.earlier.swap_remove(at);
            self.exchange(&mut other);
            self.earlier.push((self.hearing, other));
            self.hearing = wanted;
        }
        self.forget_lost_hearings();
        found.is_some()
    }

    fn forget_lost_hearings(&mut self) {
        let clips = &self.project.clips;
        self.earlier.retain(|(hearing, _)| clips.leads_to(*hearing));
    }

    /// What belongs to the words changes places; what belongs to the file stays. Jobs about the words are to be left: they begin again
    /// where the words come back.
    fn exchange(&mut self, other: &mut Self) {
        self.writing = Outcome::NotYet;
        let shown = take(&mut self.recording);
        self.recording = take(&mut other.recording).after(&shown);
        other.recording = shown;
        swap(&mut self.translation, &mut other.translation);
        swap(&mut self.speech, &mut other.speech);
        swap(&mut self.heard_with, &mut other.heard_with);
        swap(&mut self.sound, &mut other.sound);
        swap(&mut self.sound.tracks, &mut other.sound.tracks);
        swap(&mut self.waveform, &mut other.waveform);
        swap(&mut self.analysis, &mut other.analysis);
        swap(&mut self.understanding, &mut other.understanding);
        swap(&mut self.questions, &mut other.questions);
        swap(&mut self.texts, &mut other.texts);
        swap(&mut self.notes, &mut other.notes);
        swap(&mut self.better, &mut other.better);
        swap(&mut self.has_first_picks, &mut other.has_first_picks);
    }
}

impl AppState {
    /// The file is to be heard once more, in these tracks if any are named: beside its words, or from the start where it has none.
    pub fn hear_again(&mut self, tracks: Option<Tracks>) {
        let Some(file) = &mut self.file else { return };
        file.asks_to_hear_again = false;
        if file.transcript().segments.is_empty() {
            if let Some(tracks) = tracks {
                file.sound.want(tracks);
            }
            return self.forget_words();
        }
        let mut sound = file.sound.clone().lasting();
        if let Some(tracks) = tracks {
            sound.want(tracks);
        }
        let mut draft = Box::<OpenFile>::default();
        draft.sound = sound;
        file.draft = Some(draft);
        self.jobs.leave(Kind::is_understanding);
    }

    /// What is being heard beside the words is not wanted any more. The job that was at it.
    pub fn drop_draft(&mut self) -> Option<JobId> {
        let job = self.jobs.work()?.job;
        self.file.as_ref()?.draft.as_ref()?;
        self.stop_work();
        Some(job)
    }

    /// What the analysis that begins now hears with. Words that are gone on with were heard with what was there before.
    pub fn hear_with(&mut self, heard_with: HeardWith) {
        if let Some(file) = &mut self.file {
            file.change_listening(|file| {
                if file.transcript().segments.is_empty() {
                    file.heard_with = Some(heard_with);
                }
            });
        }
    }

    /// Heard once more, there are no words: that is said, and everything stays as it was.
    pub(super) fn nothing_was_heard_again(&mut self) -> bool {
        let Some(file) = &mut self.file else { return false };
        let is_nothing = file.draft.take_if(|draft| draft.transcript().segments.is_empty()).is_some();
        if is_nothing {
            self.failure = Some(Failure::NothingHeard);
        }
        is_nothing
    }

    /// Everything was heard. `clips`: what comes first in the words; `notes`: what is to be said of both.
    pub fn words_are_whole(&mut self, clips: Vec<ClipEdit>, notes: Vec<Note>) {
        let chosen = self.chosen;
        let Some(file) = &mut self.file else { return };
        match file.draft.take() {
            Some(draft) => {
                let looked_at = file.clips.now().looked_at.clone();
                let pinned = order::gathered(file.saved.keys().copied().chain(chosen).chain(looked_at));
                file.take_draft(*draft, clips, notes, &pinned);
                self.jobs.leave(Kind::is_about_words);
            }
            None => {
                file.clips = History::new(Snapshot { clips, ..file.clips.now().lasting() });
                (file.writing, file.texts) = (Outcome::NotYet, Texts::default());
                self.jobs.leave(Kind::is_writing);
                file.notes = notes;
                file.analysis = Analysis::Done;
                (file.better, file.has_first_picks) = (0, true);
            }
        }
    }

    /// Everything that was heard in the open file, and the clips made of it; the file itself stays open.
    pub(super) fn forget_words(&mut self) {
        self.chosen = None;
        self.posters.clear();
        self.jobs.leave(|kind| kind.is_about_words() || kind.is_poster());
        if let Some(file) = &mut self.file {
            let mut before = take(file);
            file.label = take(&mut before.label);
            file.facts = before.facts.take();
            file.is_attached = before.is_attached;
            file.recording = take(&mut file.recording).after(&before.recording);
            file.waveform = take(&mut before.waveform);
            file.speech = take(&mut before.speech);
            file.is_its_language = before.is_its_language;
            file.sound = before.sound.lasting();
            // What a person cares for is no matter of the words; who speaks is.
            file.clips = History::new(before.clips.now().lasting());
            file.seconds.open = before.seconds.open;
            file.unknown = take(&mut before.unknown);
        }
    }
}

#[cfg(test)]
mod tests;
