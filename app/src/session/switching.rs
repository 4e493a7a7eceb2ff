//! Another model or device, got ready by an engine of its own beside the one that works, which stays until the other is ready.

use super::Session;
use crate::browser;
use crate::engine_link::{EngineLink, Heard};
use crate::reactive::{effect, memo};
use crate::state::AppState;
use crate::state::loading::Loading;
use crate::state::switching::{Switching, Wanted};
use clip::protocol::ToEngine;
use leptos::prelude::*;

impl Session {
    /// The person chose another model or device. Where no engine works yet, it is what the next one starts with.
    pub fn switch_to(self, wanted: Wanted) {
        let along = self.state.with_untracked(|state| {
            state.switching.as_ref().map(|before| before.going_along(&wanted)).unwrap_or_default()
        });
        self.stay();
        if !self.state.with_untracked(|state| state.loading.is_ready()) {
            self.note(wanted);
            return self.try_again_with_a_new_engine();
        }
        let (mut model, mut writer, mut device) = (self.model(), self.writer(), self.device());
        let mut is_another = |wanted: &Wanted| match wanted {
            Wanted::Model(id) => std::mem::replace(&mut model, id.clone()) != *id,
            Wanted::Writer(id) => std::mem::replace(&mut writer, id.clone()) != *id,
            Wanted::Device(id) => std::mem::replace(&mut device, *id) != *id,
        };
        // Chosen as it is already, a setting only takes its own change back.
        let mut all: Vec<Wanted> =
            std::iter::once(wanted).chain(along).filter(|one| is_another(one)).collect();
        if all.is_empty() {
            return;
        }
        let along = all.split_off(1);
        let switching = all.pop().map(|wanted| Switching { along, ..Switching::new(wanted) });
        self.state.update(|state| state.switching = switching);
        match self.make_engine() {
            Ok((number, link)) => {
                let sent = link.send(&ToEngine::Prepare { model, device, writer });
                self.held.update_value(|held| held.candidate = Some((number, link)));
                if let Err(failure) = sent {
                    self.hear_candidate(Heard::Died(failure));
                }
            }
            Err(failure) => self.hear_candidate(Heard::Died(failure)),
        }
    }

    /// Everything stays with the engine that works.
    pub fn stay(self) {
        self.held.update_value(|held| held.candidate = None);
        self.state.update(|state| state.switching = None);
    }

    pub fn switch_again(self) {
        let all: Vec<Wanted> = self.state.with_untracked(|state| {
            state
                .switching
                .iter()
                .flat_map(|switching| switching.all().cloned().collect::<Vec<_>>())
                .collect()
        });
        all.into_iter().rev().for_each(|wanted| self.switch_to(wanted));
    }

    /// Whether what the engine with this number says is about getting ready beside another.
    pub(super) fn is_candidate(self, number: u32) -> bool {
        self.held.with_value(|held| held.candidate.as_ref().is_some_and(|(of, _)| *of == number))
    }

    pub(super) fn hear_candidate(self, heard: Heard) {
        let now_s = browser::now_ms() / 1000.0;
        self.state.update(|state| {
            let Some(switching) = &mut state.switching else { return };
            match heard {
                Heard::Event { event, .. } => switching.fold(event, now_s),
                Heard::Died(failure) => switching.loading = Loading::Broken(failure),
            }
        });
        let has_failed =
            |state: &AppState| state.switching.as_ref().is_some_and(|switching| switching.has_failed());
        if self.state.with_untracked(has_failed) {
            self.held.update_value(|held| held.candidate = None);
        }
    }

    /// The other engine takes over as soon as it is ready and nothing runs that would be lost.
    pub(super) fn take_over_when_free(self) {
        let may_take_over = memo(move || self.state.with(AppState::may_take_over));
        effect(move || {
            if may_take_over.get() {
                untrack(|| self.take_over());
            }
        });
    }

    fn take_over(self) {
        let Some((_, link)) = self.held.try_update_value(|held| held.candidate.take()).flatten() else {
            return;
        };
        self.held.update_value(|held| {
            held.link = Some(link);
            held.goes_on_after_reopening = true;
        });
        let all = self.state.try_update(AppState::take_over).unwrap_or_default();
        all.into_iter().for_each(|wanted| self.note(wanted));
        self.engine_number.update(|number| *number += 1);
        self.engine_is_ready();
    }

    /// From now on, and on other days.
    pub(super) fn note(self, wanted: Wanted) {
        self.fragment.update_value(|fragment| match wanted {
            Wanted::Model(_) => fragment.model = None,
            Wanted::Writer(_) => fragment.writer = None,
            Wanted::Device(_) => fragment.device = None,
        });
        self.change_settings(|settings| match wanted {
            Wanted::Model(id) => settings.model = Some(id),
            Wanted::Writer(id) => settings.writer = id,
            Wanted::Device(device) => settings.device = device,
        });
    }

    /// An engine of its own, not yet told what to do. It is known by its number.
    pub(super) fn make_engine(self) -> Result<(u32, EngineLink), clip::failure::Failure> {
        let url = browser::meta("incut-engine").unwrap_or_else(|| "/engine.js".into());
        let number = self.held.try_update_value(|held| {
            held.last_engine += 1;
            held.last_engine
        });
        let number = number.unwrap_or_default();
        let link = EngineLink::start(&format!("{url}#{}", self.shell.tab()), move |heard| {
            match self.is_candidate(number) {
                true => self.hear_candidate(heard),
                false => self.hear(heard),
            }
        });
        link.map(|link| (number, link))
    }
}
