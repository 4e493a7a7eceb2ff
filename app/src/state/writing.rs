//! Titles and posts about clips: who writes them, how far that is, and which are kept. Like all that runs beside the work it
//! stops nothing. A text belongs to a clip as it was cut when it was written: moved edges leave it aside, taken back they bring it
//! back.

use super::jobs::{End, Kind, Outcome};
use super::{AppState, Consequence, OpenFile};
use clip::edit::ClipId;
use clip::protocol::{FromEngine, JobId, SpokenClip};
use clip::writing::{Passage, by_rules};
use project::project::Project;
use project::texts::Place;

impl OpenFile {
    /// What is said in these clips, and how they are cut.
    fn spoken(&self, ids: &[ClipId]) -> Vec<(Place, SpokenClip)> {
        let sentences = self.recording.sentences();
        let spoken = |id: &ClipId| {
            let clip = self.clips.get(*id)?;
            let sentences = Passage::heard(sentences, clip);
            // A title of the person's own is none that the rules gave.
            let is_touched = self.clips.now().touched.contains(id);
            let title = if is_touched { String::new() } else { clip.title.clone() };
            Some((Place::of(clip), SpokenClip { clip: clip.id, sentences, title }))
        };
        ids.iter().filter_map(spoken).collect()
    }
}

impl AppState {
    /// Gives what the engine has to write about; `None` while it writes already, or where there is nothing to write about.
    pub fn begin_writing(&mut self, ids: &[ClipId]) -> Option<(JobId, Vec<SpokenClip>)> {
        let file = self.file.as_ref().filter(|_| !self.jobs.runs(Kind::is_writing))?;
        let (places, clips): (Vec<Place>, Vec<SpokenClip>) = file.spoken(ids).into_iter().unzip();
        if clips.is_empty() {
            return None;
        }
        if let Some(file) = &mut self.file {
            file.writing = Outcome::NotYet;
        }
        Some((self.jobs.begin(Kind::Write(places)), clips))
    }

    /// At once, without the engine.
    pub fn write_by_rules(&mut self, ids: &[ClipId]) {
        let is_free = !self.jobs.runs(Kind::is_writing);
        let Some(file) = self.file.as_mut().filter(|_| is_free) else { return };
        for (place, spoken) in file.spoken(ids) {
            file.texts.put(place, by_rules(&Passage::new(&spoken.sentences, &spoken.title)));
            file.writing = Outcome::Done;
        }
    }

    /// How far it is, in a word: also `data-writing` of the document.
    pub fn writing(&self) -> &'static str {
        match &self.file {
            _ if self.jobs.runs(Kind::is_writing) => "running",
            file => file.as_ref().map(|file| file.writing.name()).unwrap_or_default(),
        }
    }

    pub(super) fn fold_write(&mut self, job: JobId, event: FromEngine) -> Vec<Consequence> {
        let FromEngine::Written { clip, written, .. } = event else { return vec![] };
        let Some(Kind::Write(places)) = self.jobs.get(job) else { return vec![] };
        let Some(Project { texts, clips, .. }) = self.file.as_mut().map(|file| &mut file.project) else {
            return vec![];
        };
        let asked = places.iter().find(|place| place.clip == clip && place.holds(clips));
        let Some(place) = asked else { return vec![] };
        texts.put(place.clone(), written);
        vec![Consequence::Keep]
    }

    pub(super) fn writing_ends(&mut self, end: End) {
        if let Some(file) = &mut self.file {
            file.writing = end.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{failure, heard, opened, words_are_whole};
    use clip::edit::ClipEdit;
    use clip::failure::FailureClass;
    use clip::protocol::Stage;
    use clip::writing::Written;
    use media::time::Span;
    use project::texts::Texts;

    const FIRST: ClipId = ClipId(1);
    const BOTH: [ClipId; 2] = [FIRST, ClipId(2)];

    fn ready() -> AppState {
        let (mut state, job) = opened();
        state.fold(heard(job, 0), 0.5);
        words_are_whole(&mut state, job);
        state
    }

    fn begun() -> (AppState, JobId) {
        let mut state = ready();
        let (job, clips) = state.begin_writing(&BOTH).expect("there are clips");
        let said: Vec<(ClipId, Vec<String>)> =
            clips.into_iter().map(|clip| (clip.clip, clip.sentences)).collect();
        assert_eq!(said, [(FIRST, vec!["Hello there.".to_owned()]), (ClipId(2), vec![])]);
        (state, job)
    }

    fn written(job: JobId, clip: ClipId) -> FromEngine {
        let written = Written { title: format!("Title {}", clip.0), ..Written::default() };
        FromEngine::Written { job, clip, written }
    }

    fn title(state: &AppState, id: ClipId) -> Option<&str> {
        let file = state.file.as_ref()?;
        Some(file.texts.of(file.clips.get(id)?)?.title.as_str())
    }

    fn name(state: &AppState) -> &'static str {
        state.writing()
    }

    #[test]
    fn it_runs_beside_the_work_and_ends_as_it_ends() {
        let check = |end: fn(JobId) -> FromEngine, expected: &str| {
            let (mut state, job) = begun();
            assert_eq!(state.begin_writing(&BOTH), None, "one at a time");
            let export = state.begin_export(&[]);
            let stage = Stage::Write;
            state.fold(
                FromEngine::Progress {
                    job,
                    stage,
                    clip: None,
                    done: 0.5,
                    seconds_left: Some(4.0),
                    speed: None,
                },
                2.0,
            );
            assert_eq!(state.fold(written(job, FIRST), 2.0), [Consequence::Keep]);
            assert_eq!(state.fold(end(job), 3.0), []);
            assert_eq!((name(&state), title(&state, FIRST)), (expected, Some("Title 1")));
            assert_eq!(state.jobs.work().map(|work| work.job), Some(export), "the work goes on");
            let before = state.clone();
            state.fold(written(job, ClipId(2)), 4.0);
            state.fold(FromEngine::Cancelled { job }, 4.0);
            assert_eq!(state, before, "what comes after its end changes nothing");
            assert!(state.failure.is_none());
        };
        check(|job| FromEngine::Finished { job, stage: Stage::Write, seconds: 1.0 }, "done");
        check(|job| FromEngine::Cancelled { job }, "stopped");
        check(|job| FromEngine::Failed { job: Some(job), failure: failure(FailureClass::Model) }, "failed");
        check(
            |job| FromEngine::Failed { job: Some(job), failure: failure(FailureClass::Cancelled) },
            "stopped",
        );
    }

    #[test]
    fn what_is_about_another_job_file_or_cut_is_left_out() {
        let check = |leave: fn(&mut AppState), clip: ClipId| {
            let (mut state, job) = begun();
            leave(&mut state);
            let before = state.clone();
            assert_eq!(state.fold(written(job, clip), 2.0), []);
            assert_eq!(state, before);
        };
        check(AppState::close_file, FIRST);
        check(AppState::forget_words, FIRST);
        check(AppState::engine_starts, FIRST);
        check(|state| state.take_file(project::identity::FileLabel::default()), FIRST);
        check(|_| {}, ClipId(9));
        check(
            |state| {
                state.edit_clips(|clips, _| {
                    clips.edit(FIRST, |clip| {
                        clip.timeline = clip.timeline.ending_at(clip.end() - Span::from_seconds(1.0))
                    });
                });
            },
            FIRST,
        );
        let (mut state, job) = begun();
        let before = state.clone();
        assert_eq!(state.fold(written(JobId(job.0 + 9), FIRST), 2.0), []);
        assert_eq!(state, before);
    }

    #[test]
    fn texts_follow_the_edges_but_not_the_rest_of_a_clip() {
        let (mut state, job) = begun();
        state.fold(written(job, FIRST), 2.0);
        let edit = |state: &mut AppState, change: fn(&mut ClipEdit)| {
            state.edit_clips(|clips, _| clips.edit(FIRST, change));
        };
        edit(&mut state, |clip| clip.title = "Mine".into());
        assert_eq!(title(&state, FIRST), Some("Title 1"));
        edit(&mut state, |clip| {
            clip.timeline = clip.timeline.starting_at(clip.start() + Span::from_seconds(1.0))
        });
        assert_eq!(title(&state, FIRST), None);
        let file = state.file.as_ref().expect("the file is open");
        assert_eq!(file.texts.that_hold(&file.clips), Texts::default());
        state.edit_clips(|clips, _| clips.undo());
        assert_eq!(title(&state, FIRST), Some("Title 1"));
    }

    #[test]
    fn an_engine_that_died_is_said() {
        let (mut state, _) = begun();
        state.engine_died(failure(FailureClass::OutOfMemory));
        assert_eq!(name(&state), "failed");
        let (mut state, _) = begun();
        state.engine_starts();
        assert_eq!(name(&state), "stopped");
    }

    #[test]
    fn rules_write_at_once() {
        let mut state = ready();
        state.write_by_rules(&[ClipId(9)]);
        assert_eq!(name(&state), "");
        state.write_by_rules(&[FIRST]);
        assert_eq!((name(&state), title(&state, FIRST)), ("done", Some("Clip 1")));
        assert_eq!(title(&state, ClipId(2)), None);
    }
}
