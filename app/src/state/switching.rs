//! Another model or device is got ready beside the engine that works. That one goes on until the other is ready, and stays where the other
//! cannot be had or is not wanted any more.
//! Plain data; the engines themselves are the session's.

use super::OpenFile;
use super::loading::Loading;
use clip::protocol::{DevicePreference, FromEngine};
use project::project::Analysis;

/// The setting that is to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    Model(String),
    /// The language model that writes; `None`: the rules do.
    Writer(Option<String>),
    Device(DevicePreference),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Switching {
    pub wanted: Wanted,
    /// Settings of other kinds that were chosen just before and are got ready along with it.
    pub along: Vec<Wanted>,
    /// How far the other engine is.
    pub loading: Loading,
    /// What was heard so far is worth nothing: the other model starts over.
    pub starts_over: bool,
}

impl Switching {
    pub fn new(wanted: Wanted) -> Self {
        Self { wanted, along: Vec::new(), loading: Loading::Starting, starts_over: false }
    }

    /// All settings that are to change, what was chosen last first.
    pub fn all(&self) -> impl Iterator<Item = &Wanted> {
        std::iter::once(&self.wanted).chain(&self.along)
    }

    /// What goes along where another setting is chosen meanwhile: everything of another kind, unless it failed.
    pub fn going_along(&self, next: &Wanted) -> Vec<Wanted> {
        let is_other = |wanted: &&Wanted| std::mem::discriminant(*wanted) != std::mem::discriminant(next);
        if self.has_failed() { Vec::new() } else { self.all().filter(is_other).cloned().collect() }
    }

    /// What the other engine says. It has no file open yet, so it speaks of nothing else than getting ready.
    pub fn fold(&mut self, event: FromEngine, now_s: f64) {
        match event {
            FromEngine::Failed { failure, .. } => self.loading = Loading::Broken(failure),
            event => {
                self.loading.fold(event, now_s);
            }
        }
    }

    pub fn has_failed(&self) -> bool {
        matches!(self.loading, Loading::Broken(_))
    }
}

impl super::AppState {
    /// Whether another speech model is being got ready.
    pub fn changes_its_model(&self) -> bool {
        let to_a_model = |it: &Switching| matches!(it.wanted, Wanted::Model(_)) && !it.has_failed();
        self.switching.as_ref().is_some_and(to_a_model)
    }

    /// Whether the other engine can take over: nothing runs that would be lost.
    pub fn may_take_over(&self) -> bool {
        let is_ready = self.switching.as_ref().is_some_and(|switching| switching.loading.is_ready());
        is_ready && !self.is_busy()
    }

    /// The other engine takes over, and opens the file again. What it was got ready for; nothing where there is none.
    pub fn take_over(&mut self) -> Vec<Wanted> {
        let Some(switching) = self.switching.take() else { return Vec::new() };
        let all: Vec<Wanted> = switching.all().cloned().collect();
        let Switching { loading, starts_over, .. } = switching;
        let is_worthless =
            |file: &OpenFile| file.analysis != Analysis::Done || !file.transcript().has_words();
        if starts_over && self.file.as_ref().is_some_and(is_worthless) {
            self.forget_words();
        }
        self.engine_starts();
        self.loading = loading;
        let was_heard =
            |file: &&mut OpenFile| !file.transcript().segments.is_empty() || file.is_without_words();
        if let Some(file) = self.file.as_mut().filter(was_heard) {
            file.asks_to_hear_again = all.iter().any(|wanted| matches!(wanted, Wanted::Model(_)));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::loading::Ready;
    use crate::state::tests::{failure, heard, opened, words_are_whole};
    use crate::state::{AppState, Phase};
    use clip::failure::FailureClass;
    use clip::protocol::{DeviceKind, PrepareStep};

    fn switching() -> AppState {
        let (mut state, job) = opened();
        state.fold(heard(job, 0), 1.0);
        words_are_whole(&mut state, job);
        state.switching = Some(Switching::new(Wanted::Model("base".into())));
        let fetching = FromEngine::Preparing { step: PrepareStep::Fetching, done_bytes: 1, total_bytes: 2 };
        state.switching.as_mut().expect("it switches").fold(fetching, 0.0);
        state
    }

    fn ready() -> FromEngine {
        FromEngine::Ready {
            model: "base".into(),
            model_title: "Base".into(),
            device: DeviceKind::Cpu,
            adapter: None,
            threads: 2,
            seconds: 1.0,
            writer: None,
        }
    }

    #[test]
    fn the_engine_that_works_stays_until_the_other_is_ready() {
        let mut state = switching();
        assert!(state.changes_its_model());
        let works = |state: &AppState| (state.loading.is_ready(), state.is_attached(), state.phase());
        assert_eq!(works(&state), (true, true, Phase::Ready));
        assert!(!state.may_take_over());
        if let Some(switching) = &mut state.switching {
            switching.fold(ready(), 1.0);
        }
        // Not while clips are made or voices are looked for.
        let job = state.begin_understanding();
        assert!(!state.may_take_over());
        state.fold(FromEngine::Cancelled { job }, 1.0);
        assert!(state.may_take_over());
        assert_eq!(state.take_over(), [Wanted::Model("base".into())]);
        assert!(state.awaits_opening() && state.loading.is_ready() && state.switching.is_none());
        assert_eq!(
            state.file.map(|file| (file.asks_to_hear_again, file.clips.shown().count())),
            Some((true, 2))
        );
    }

    #[test]
    fn what_was_chosen_before_goes_along() {
        let mut switching = Switching::new(Wanted::Model("base".into()));
        let writer = Wanted::Writer(None);
        assert_eq!(switching.going_along(&writer), [Wanted::Model("base".into())]);
        assert_eq!(switching.going_along(&Wanted::Model("tiny.en".into())), []);
        switching.loading = Loading::Broken(failure(FailureClass::Crash));
        assert_eq!(switching.going_along(&writer), []);
        let mut state = AppState {
            switching: Some(Switching {
                along: vec![Wanted::Model("base".into())],
                ..Switching::new(writer.clone())
            }),
            ..AppState::default()
        };
        assert_eq!(state.take_over(), [writer, Wanted::Model("base".into())]);
    }

    #[test]
    fn guesses_of_a_model_that_does_not_know_the_language_are_not_gone_on_with() {
        for (starts_over, kept) in [(true, 0), (false, 1)] {
            let (mut state, job) = opened();
            state.fold(heard(job, 0), 1.0);
            let loading = Loading::Ready(Ready {
                model: "base".into(),
                model_title: "Base".into(),
                device: DeviceKind::Cpu,
                adapter: None,
                threads: 2,
            });
            state.switching =
                Some(Switching { loading, starts_over, ..Switching::new(Wanted::Model("base".into())) });
            state.fold(FromEngine::Cancelled { job }, 2.0);
            assert!(state.may_take_over());
            assert!(state.is_unfinished());
            state.take_over();
            assert_eq!(state.file.map(|file| file.transcript().windows.len()), Some(kept));
        }
    }

    #[test]
    fn one_that_cannot_be_had_takes_nothing_away() {
        let mut state = switching();
        let before = AppState { switching: None, ..state.clone() };
        if let Some(switching) = &mut state.switching {
            let failure = failure(FailureClass::Model);
            switching.fold(FromEngine::Failed { job: None, failure }, 1.0);
            assert!(switching.has_failed());
        }
        assert!(!state.changes_its_model());
        assert!(!state.may_take_over());
        state.switching = None;
        assert_eq!(state, before);
    }
}
