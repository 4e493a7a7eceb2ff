//! The ranking of the open file's clips: which of them stay for reasons that the project does not know, and what is known of what the
//! person looks for. How clips are ranked is the project's.

use super::jobs::Kind;
use super::questions::Questions;
use super::{AppState, OpenFile};
use clip::edit::ClipId;
use clip::select::Taste;
use media::time::Instant;
use project::merge::Pinned;
use project::project::Project;
use project::ranking::{Likeness, Occasion, Ranking};

impl Questions {
    /// How near each sentence comes to what clips are looked for about.
    pub(super) fn likeness(&self, project: &Project) -> Likeness<'_> {
        self.answer(project.clips.now().preferences.about.as_deref()?)
    }
}

impl AppState {
    /// Puts what comes first now in the place of what nobody touched, or says how much there is to be put.
    pub fn rank(&mut self, ranking: &Ranking, taste: Taste, occasion: Occasion) {
        let pinned = self.pinned();
        let Some(OpenFile { project, questions, .. }) = &mut self.file else { return };
        let likeness = questions.likeness(project);
        project.rank(ranking, taste, likeness, pinned, occasion);
    }

    /// Fills the place of a clip that was put aside, see [`Project::fill`].
    pub fn fill(&mut self, ranking: &Ranking, taste: Taste, skipped: ClipId) -> Option<ClipId> {
        let OpenFile { project, questions, .. } = self.file.as_mut()?;
        let likeness = questions.likeness(project);
        project.fill(ranking, taste, likeness, skipped)
    }

    /// A clip of the person's own, see [`Project::make_clip`].
    pub fn make_clip(
        &mut self,
        ranking: &Ranking,
        taste: Taste,
        first: Instant,
        last: Instant,
    ) -> Option<ClipId> {
        let OpenFile { project, questions, .. } = self.file.as_mut()?;
        let made = project.passage(ranking, taste, questions.likeness(project), first, last)?;
        Some(project.make_clip(made))
    }

    /// Clips that stay for reasons that the clips themselves do not know.
    pub fn pinned(&self) -> Pinned {
        let saved = self.file.iter().flat_map(|file| file.saved.keys());
        let being_made = self.jobs.kinds().flat_map(|kind| match kind {
            Kind::Export(export) => export.made_of.as_slice(),
            _ => &[],
        });
        saved.copied().chain(being_made.map(|made| made.clip.id)).chain(self.chosen).collect()
    }

    /// The person wants the clips that are shown, and not the better ones.
    pub fn keep_first_picks(&mut self) {
        if let Some(file) = &mut self.file {
            file.project.keep_first_picks();
        }
    }

    /// Whether it was found out who speaks and what about, and not yet seen whether there are better clips.
    pub fn may_know_better(&self) -> bool {
        self.file.as_ref().is_some_and(|file| file.may_know_better())
    }

    /// The editor shows another clip, or none.
    pub fn choose(&mut self, id: Option<ClipId>) {
        self.chosen = id;
        if let (Some(id), Some(file)) = (id, &mut self.file) {
            file.clips.look_at(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{heard, opened, words_are_whole};
    use clip::select::AnalyzeOptions;
    use project::project::SavedClip;
    use project::snapshot::Drag;

    #[test]
    fn an_exported_clip_and_the_open_one_stay() {
        let (mut state, job) = opened();
        state.fold(heard(job, 0), 1.0);
        words_are_whole(&mut state, job);
        let ranking = Ranking::of(&state.file.as_ref().expect("open").project, &AnalyzeOptions::default());
        let check = |pin: fn(&mut AppState), expected: &[u32]| {
            let mut state = state.clone();
            pin(&mut state);
            state.rank(&ranking, Taste::default(), Occasion::Asked(Drag::Single));
            let after: Vec<u32> = state.shown_clips().iter().map(|clip| clip.id.0).collect();
            assert_eq!(after, expected);
        };
        check(|_| {}, &[]);
        check(|state| state.choose(Some(ClipId(2))), &[2]);
        let export = |state: &mut AppState| {
            let file = state.file.as_mut().expect("open");
            file.saved.insert(ClipId(1), SavedClip { name: "1.mp4".into(), bytes: 1, made_of: None });
        };
        check(export, &[1]);
    }
}
