//! The long work and what a person does with its outcome: analyze, cancel, edit clips, look at them, export them.

use super::Session;
use crate::browser;
use crate::format;
use crate::persistence;
use crate::reactive::memo;
use crate::state::jobs::{Kind, Still};
use crate::state::{AppState, Phase};
use crate::wording::{redone, undone};
use clip::edit::{CaptionStyle, ClipEdit, ClipId, OutputSize, Shape, SpeakerMarks};
use clip::protocol::{ExportClip, ToEngine};
use clip::recording::Recording;
use clip::select::AnalyzeOptions;
use clip::timeline::Timeline;
use leptos::prelude::*;
use media::time::Span;
use project::history::History;
use project::identity::FileLabel;
use project::project::HeardWith;
use project::project::Marked;
use project::spelling::Misheard;
use project::steps::Step;
use text::say;

const SHORTEST_CLIP: Span = Span::from_millis(15_000);
const LONGEST_CLIP: Span = Span::from_millis(60_000);

impl Session {
    pub fn analyze(self) {
        if !self.may_change_or_say_why() {
            return;
        }
        let speech = untrack(|| self.speech());
        let speech = self.state.with_untracked(|state| match &state.file {
            Some(file) => file.speech_of_listening(speech),
            None => speech,
        });
        let heard_with = HeardWith { model: self.model(), speech: speech.clone() };
        let job = self.state.try_update(|state| {
            state.hear_with(heard_with);
            state.begin_analysis()
        });
        let Some(job) = job else { return };
        let message = self.state.with_untracked(|state| {
            let file = state.file.as_ref()?.listening();
            Some(ToEngine::Analyze {
                job,
                speech,
                finished: file.transcript().windows.clone(),
                known: file.transcript().segments.clone(),
            })
        });
        if let Some(message) = message {
            self.use_sound();
            self.send(&message);
        }
    }

    /// What is listened to and exported, as the page knows it.
    pub(super) fn use_sound(self) {
        let listening = self.state.with_untracked(|state| state.file.as_ref()?.listening().sound.listening);
        self.send(&ToEngine::UseSound { listening });
    }

    /// What is asked of every ranking.
    pub(super) fn options(self) -> AnalyzeOptions {
        AnalyzeOptions {
            knows_one_language: untrack(|| self.doubts_the_language()),
            clips: self.clips_wanted(),
            shortest: SHORTEST_CLIP,
            longest: LONGEST_CLIP,
        }
    }

    fn clips_wanted(self) -> u32 {
        self.fragment
            .with_value(|fragment| fragment.clips)
            .unwrap_or_else(|| self.settings.with_untracked(|settings| settings.clips))
    }

    /// Stops what runs; a file that only waits for the model is put back.
    pub fn cancel(self) {
        if self.state.with_untracked(AppState::is_working) {
            self.stop(Kind::is_work);
        } else if self.state.with_untracked(|state| state.phase() == Phase::Opening) {
            self.state.update(AppState::close_file);
            self.let_go_of_addresses();
            self.held.update_value(|held| held.file = None);
            self.tell(&say!("told-canceled-opening"));
        }
    }

    pub fn export(self, ids: &[ClipId]) {
        let clips = self.state.with_untracked(|state| {
            let Some(file) = &state.file else { return vec![] };
            let clip = |id: &ClipId| {
                let (clip, number) = (file.clips.get(*id)?, file.clips.number(*id)?);
                let words = file.caption_source(clip);
                let name = format::clip_file_name(number, &clip.title);
                Some((number, ExportClip { clip: clip.clone(), words, name }))
            };
            ids.iter().filter_map(clip).collect::<Vec<_>>()
        });
        let is_working = self.state.with_untracked(AppState::is_working);
        if clips.is_empty() || is_working || !self.may_change_or_say_why() || self.watch_before_export(ids) {
            return;
        }
        let project = self.state.with_untracked(|state| state.file.as_ref().map(|file| file.label.short()));
        match clips.as_slice() {
            [(number, _)] => self.tell(&say!("clips-told-exporting", number = *number)),
            all => self.tell(&say!("clips-told-exporting-all", count = all.len())),
        }
        let clips: Vec<ExportClip> = clips.into_iter().map(|(_, clip)| clip).collect();
        let job = self.state.try_update(|state| state.begin_export(&clips));
        if let (Some(project), Some(job)) = (project, job) {
            self.use_sound();
            let framed = |clip: &ClipEdit| self.state.with_untracked(|state| state.framed(clip.id));
            let shown = |asked: ExportClip| ExportClip {
                clip: framed(&asked.clip).unwrap_or(asked.clip),
                words: format::named(asked.words),
                ..asked
            };
            let clips = clips.into_iter().map(shown).collect();
            self.send(&ToEngine::Export { job, project, clips });
        }
    }

    pub fn export_all(self) {
        self.export(&self.shown_ids());
    }

    pub fn save_again(self, id: ClipId) {
        let name = self.state.with_untracked(|state| Some(state.file.as_ref()?.saved.get(&id)?.name.clone()));
        let url = self.finished.with_untracked(|finished| finished.get(&id).cloned());
        if let (Some(name), Some(url)) = (name, url) {
            browser::save(&url, &name);
        }
    }

    pub fn dismiss_failure(self) {
        self.state.update(AppState::dismiss_failure);
    }

    // Clips

    pub fn edit_clips(self, change: impl FnOnce(&mut History, &Recording)) {
        let mut change = Some(change);
        self.edit_clips_by(&mut |clips, recording| {
            if let Some(change) = change.take() {
                change(clips, recording);
            }
        });
    }

    /// The same for every kind of change, so that it is in the page once.
    fn edit_clips_by(self, change: &mut dyn FnMut(&mut History, &Recording)) {
        if !self.may_change_or_say_why() {
            return;
        }
        let hearing = || self.state.with_untracked(|state| state.file.as_ref().map(|file| file.hearing));
        let jobs = self.state.with_untracked(|state| state.jobs.all(Kind::is_about_words));
        let heard = hearing();
        self.judge(|state| {
            state.edit_clips(change);
        });
        if hearing() != heard {
            // Other words: what was being found out is about those before.
            self.cancel_jobs(jobs);
            self.understand();
        }
        self.ask_for_posters();
        self.watch_chosen();
        persistence::save_soon(self);
    }

    pub fn undo(self) {
        let (step, _) = self.steps();
        self.edit_clips(|clips, _| clips.undo());
        self.tell_step(step, undone);
    }

    pub fn redo(self) {
        let (_, step) = self.steps();
        self.edit_clips(|clips, _| clips.redo());
        self.tell_step(step, redone);
    }

    /// What the next step back takes back, and what the next step forward makes again.
    fn steps(self) -> (Option<Step>, Option<Step>) {
        let steps = |state: &AppState| state.file.as_ref().map(|file| file.clips.steps());
        self.state.with_untracked(steps).unwrap_or_default()
    }

    fn tell_step(self, step: Option<Step>, words: fn(Step) -> String) {
        if let Some(step) = step.filter(|_| self.may_change()) {
            self.tell(&words(step));
        }
    }

    pub fn edit_clip(self, id: ClipId, change: impl FnOnce(&mut ClipEdit, &Recording)) {
        let style = || self.state.with_untracked(|state| Some(state.file.as_ref()?.clips.get(id)?.captions));
        let before = style();
        self.edit_clips(|clips, recording| clips.edit(id, |clip| change(clip, recording)));
        if let Some(now) = style().filter(|now| Some(*now) != before) {
            self.tell_edit(&style_words(now));
        }
    }

    /// One clip becomes two; gives the number of the second among those shown.
    pub fn split_clip(self, id: ClipId, parts: [Timeline; 2]) -> Option<usize> {
        let mut number = None;
        self.edit_clips(|clips, recording| {
            let second = clips.split(id, parts, recording.transcript());
            number = second.and_then(|second| clips.number(second));
        });
        number
    }

    /// What the person says that was said, where it was misheard: one step. Whether anything changed.
    pub fn spell(self, misheard: &[(Misheard, String)]) -> bool {
        let edition = || untrack(|| self.edition());
        let before = edition();
        self.edit_clips(|clips, recording| clips.spell(misheard, recording.transcript()));
        edition() != before
    }

    /// Moves the frame of a clip. A run of moves is one step, whether by a pointer or by keys, until [`Self::frame_stays`].
    pub fn frame_clip(self, id: ClipId, center_x: f32) {
        self.edit_clips(|clips, _| clips.frame(id, center_x));
    }

    /// Lets what is seen decide what a clip shows, from its faces on.
    pub fn frame_automatically(self, id: ClipId) {
        self.edit_clips(|clips, _| clips.frame_automatically(id));
    }

    /// The next move of a frame begins another step.
    pub fn frame_stays(self) {
        self.state.update(|state| {
            state.edit_clips(|clips, _| clips.settle());
        });
    }

    /// The shape of the pictures of all clips.
    pub fn reshape(self, shape: Shape) {
        self.edit_clips(|clips, _| clips.reshape(shape));
    }

    /// How the captions of all clips tell who speaks.
    pub fn mark_speakers(self, marks: SpeakerMarks) {
        self.edit_clips(|clips, _| clips.mark_speakers(marks));
    }

    /// Stills show captions, so they follow when those of all clips change: by a choice, a name, or a step taken back.
    pub(super) fn keep_posters_true(self) {
        let marked = memo(move || {
            self.state.with(|state| state.file.as_ref().map(|file| (file.label.clone(), file.marked())))
        });
        Effect::new(move |before: Option<Option<(FileLabel, Marked)>>| {
            let now = marked.get();
            if let (Some((file, before)), Some((same, now))) = (before.flatten(), &now)
                && file == *same
                && before != *now
                && self.state.with_untracked(AppState::is_attached)
            {
                self.ask_for_posters();
            }
            now
        });
    }

    pub fn choose_clip(self, id: Option<ClipId>) {
        let before = self.state.with_untracked(|state| state.chosen);
        self.state.update(|state| state.choose(id));
        self.watch_chosen();
        if before.is_some_and(|before| Some(before) != id) {
            self.ask_for_posters();
        }
    }

    /// Stills of the clips that have none, or none of what they are now: heard again, ranked again, cut otherwise, or a step taken back.
    /// The one in the editor is made when that is closed.
    pub(super) fn ask_for_posters(self) {
        let missing: Vec<ClipId> = self.state.with_untracked(|state| {
            let shown = state.shown_clips().into_iter().filter(|clip| Some(clip.id) != state.chosen);
            let stills = shown.filter_map(|clip| state.still(clip.id));
            stills.filter(|still| !state.has_still(still)).map(|still| still.clip.id).collect()
        });
        if !missing.is_empty() {
            self.state.update(|state| missing.into_iter().for_each(|id| state.posters.want(id)));
            self.ask_next_poster();
        }
    }

    pub(super) fn ask_next_poster(self) {
        if let Some((job, Still { clip, words, is_unseen })) =
            self.state.try_update(AppState::begin_poster).flatten()
        {
            let words = format::named(words);
            let size = OutputSize::poster(clip.shape);
            self.send(&ToEngine::Poster { job, clip, words, size, by_its_faces: is_unseen });
        }
    }
}

fn style_words(style: CaptionStyle) -> String {
    match style {
        CaptionStyle::Bold => say!("editor-told-captions-bold"),
        CaptionStyle::Plate => say!("editor-told-captions-plate"),
        CaptionStyle::Off => say!("editor-told-captions-off"),
    }
}
