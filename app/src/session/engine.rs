//! Starting the engine, starting it again when it died or other settings were chosen, and speaking to it.

use super::Session;
use crate::catalogue;
use crate::reactive::memo;
use crate::state::AppState;
use crate::state::jobs::{Kind, Running, Work};
use crate::state::switching::Wanted;
use crate::state::ticks::Tick;
use clip::failure::Failure;
use clip::protocol::{DevicePreference, JobId, ToEngine};
use leptos::prelude::*;

impl Session {
    pub fn start_engine(self) {
        self.stay();
        self.held.update_value(|held| held.link = None);
        self.state.update(AppState::engine_starts);
        match self.make_engine() {
            Ok((_, link)) => self.held.update_value(|held| held.link = Some(link)),
            Err(failure) => return self.state.update(|state| state.engine_died(failure)),
        }
        self.engine_number.update(|number| *number += 1);
        self.send(&ToEngine::Prepare { model: self.model(), device: self.device(), writer: self.writer() });
    }

    pub fn end_engine(self) {
        self.stay();
        self.held.update_value(|held| held.link = None);
    }

    /// The engine died or its model could not be loaded: once more, and go on where it stopped.
    pub fn try_again(self) {
        let engine_is_well = self.state.with_untracked(|state| state.loading.is_ready());
        if !engine_is_well {
            self.held.update_value(|held| held.goes_on_after_reopening = true);
            return self.start_engine();
        }
        match self.state.with_untracked(AppState::is_unfinished) {
            true => self.analyze(),
            false => self.dismiss_failure(),
        }
    }

    pub fn try_again_on_cpu(self) {
        self.note(Wanted::Device(DevicePreference::Cpu));
        self.try_again_with_a_new_engine();
    }

    /// Models or device were changed in the settings.
    pub fn try_again_with_a_new_engine(self) {
        self.held.update_value(|held| held.goes_on_after_reopening = true);
        self.start_engine();
    }

    pub fn model(self) -> String {
        let asked = self.fragment.with_value(|fragment| fragment.model.clone());
        let preferred = self.settings.with_untracked(|settings| settings.model.clone());
        self.catalogue.with_untracked(|offered| {
            catalogue::choose(&offered.speech, asked.as_deref(), preferred.as_deref())
        })
    }

    /// The language model that writes about clips; `None`: the rules do.
    pub fn writer(self) -> Option<String> {
        let asked = self.fragment.with_value(|fragment| fragment.writer.clone());
        let preferred = self.settings.with_untracked(|settings| settings.writer.clone());
        self.catalogue.with_untracked(|offered| offered.writer(asked.as_deref(), preferred.as_deref()))
    }

    pub fn device(self) -> DevicePreference {
        self.fragment
            .with_value(|fragment| fragment.device)
            .unwrap_or_else(|| self.settings.with_untracked(|settings| settings.device))
    }

    /// The person does not want the job of this kind any more. It runs until the engine has answered.
    pub(super) fn stop(self, which: fn(&Kind) -> bool) {
        let is_there = self.state.with_untracked(|state| state.jobs.runs(which));
        if let Some(Some(job)) =
            is_there.then(|| self.state.try_update(|state| state.jobs.stop(which))).flatten()
        {
            self.send(&ToEngine::Cancel { job });
        }
    }

    /// Nobody waits for what these would answer.
    pub(super) fn cancel_jobs(self, jobs: Vec<JobId>) {
        jobs.into_iter().for_each(|job| self.send(&ToEngine::Cancel { job }));
    }

    /// The work that runs.
    pub fn work(self) -> Memo<Option<Work>> {
        memo(move || self.state.with(|state| state.jobs.work()))
    }

    /// The job of this kind that runs beside the work.
    pub fn running(self, which: fn(&Kind) -> bool) -> Memo<Option<Running>> {
        memo(move || self.state.with(|state| state.jobs.running(which)))
    }

    /// How far a job is.
    pub fn tick(self, job: JobId) -> Tick {
        self.ticks.with(|ticks| ticks.of(job))
    }

    /// 0 to 1 of all that the work is.
    pub fn whole_done(self, work: &Work) -> f32 {
        self.tick(work.job).whole_done(work)
    }

    pub(super) fn send(self, message: &ToEngine) {
        let sent = self.held.with_value(|held| held.link.as_ref().map(|link| link.send(message)));
        self.mind(sent);
    }

    pub(super) fn mind(self, sent: Option<Result<(), Failure>>) {
        if let Some(Err(failure)) = sent {
            self.state.update(|state| state.engine_died(failure));
        }
    }
}
