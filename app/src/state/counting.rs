//! As many clips as a person wants: what nobody touched beyond that number goes, and where there are fewer the next best come.

use super::AppState;
use super::clips::{Clips, Drag};
use super::merging::{Staying, by_score};
use clip::edit::{ClipEdit, ClipId};
use clip::insights::Insights;
use clip::select::{AnalyzeOptions, Passages, Taste};

impl AppState {
    /// As many clips as `options` say: one step. How many there are then, where that changes them.
    pub fn count_clips_to(&mut self, options: &AnalyzeOptions, taste: Taste) -> Option<usize> {
        let staying = self.staying();
        let file = self.file.as_mut().filter(|file| file.is_heard())?;
        let (before, wanted) = (file.clips.shown().count(), options.clips as usize);
        let more = match wanted.saturating_sub(before) {
            0 => vec![],
            missing => {
                let insights = Some(file.insights()).filter(|insights| **insights != Insights::default());
                let steering = &file.clips.cut().steering;
                let likeness = steering.about.as_deref().and_then(|about| file.questions.answer(about));
                let beside: Vec<&ClipEdit> = file.clips.cut().clips.iter().collect();
                let passages = Passages::new(&file.transcript, insights, options);
                passages.more(&steering.wishes(taste), likeness, &beside, missing)
            }
        };
        file.clips.count_to(wanted, more, &staying);
        let now = file.clips.shown().count();
        (now != before).then_some(now)
    }
}

impl Clips {
    fn count_to(&mut self, wanted: usize, more: Vec<ClipEdit>, staying: &Staying) {
        let cut = self.cut();
        let holds = |id: &ClipId| {
            [&cut.kept, &cut.touched, &cut.looked_at, staying].iter().any(|ids| ids.contains(id))
        };
        let surplus = self.shown().count().saturating_sub(wanted);
        let free = self.shown().map(|clip| clip.id).filter(|id| !holds(id)).collect::<Vec<_>>();
        let going: Vec<ClipId> = free.into_iter().rev().take(surplus).collect();
        self.put_in_place(Drag::Count, |cut, number| {
            let mut clips: Vec<ClipEdit> =
                cut.clips.iter().filter(|clip| !going.contains(&clip.id)).cloned().collect();
            for clip in more {
                let is_free =
                    |id: ClipId| [&cut.clips, &clips].iter().all(|all| all.iter().all(|clip| clip.id != id));
                let id = number(&clip, &is_free);
                by_score(&mut clips, ClipEdit { id, ..clip });
            }
            clips
        });
    }
}

/// What is told of it. `wanted`: fewer than there are where more than that were touched.
pub fn told(now: usize, wanted: usize) -> String {
    let count = super::receipt::count(now, "clip");
    match now > wanted {
        true => format!("{count}: those you opened, changed, kept or exported stay"),
        false => count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::clips::Cut;
    use crate::state::tests::clip_between;

    /// Seven clips, of which some were kept; what is shown after as many as `wanted` are asked for, by number.
    fn check(kept: &[u32], wanted: usize, more: Vec<ClipEdit>, shown: &[u32]) {
        let clip = |id: u32| ClipEdit {
            score: 90.0 - id as f32,
            ..clip_between(id, f64::from(id) * 30.0, f64::from(id) * 30.0 + 20.0)
        };
        let kept = kept.iter().map(|id| ClipId(*id)).collect();
        let mut clips = Clips::new(Cut { clips: (1..=7).map(clip).collect(), kept, ..Cut::default() });
        let before = clips.cut().clone();
        clips.count_to(wanted, more, &Staying::new());
        assert_eq!(clips.shown().map(|clip| clip.id.0).collect::<Vec<_>>(), shown);
        if *clips.cut() != before {
            assert_eq!(clips.steps().0.as_deref(), Some("number of clips"));
            clips.undo();
        }
        assert_eq!(*clips.cut(), before, "one step");
        assert!(!clips.can_undo());
    }

    #[test]
    fn the_last_that_nobody_touched_go_and_touched_ones_are_counted() {
        check(&[], 7, vec![], &[1, 2, 3, 4, 5, 6, 7]);
        check(&[], 4, vec![], &[1, 2, 3, 4]);
        check(&[6, 7], 4, vec![], &[1, 2, 6, 7]);
        check(&[1, 3, 4, 5, 7], 4, vec![], &[1, 3, 4, 5, 7]);
    }

    #[test]
    fn a_run_of_keys_is_one_step() {
        let clip = |id: u32| clip_between(id, f64::from(id) * 30.0, f64::from(id) * 30.0 + 20.0);
        let mut clips = Clips::new(Cut { clips: (1..=7).map(clip).collect(), ..Cut::default() });
        for wanted in [6, 5, 4] {
            clips.count_to(wanted, vec![], &Staying::new());
        }
        assert_eq!(clips.shown().count(), 4);
        clips.undo();
        assert_eq!((clips.shown().count(), clips.can_undo()), (7, false));
    }

    #[test]
    fn more_come_where_their_score_puts_them() {
        let more = vec![ClipEdit { score: 86.5, ..clip_between(0, 400.0, 420.0) }];
        check(&[], 8, more, &[1, 2, 3, 8, 4, 5, 6, 7]);
    }

    #[test]
    fn how_many_there_are_is_told_with_why() {
        assert_eq!(told(4, 4), "4 clips");
        assert_eq!(told(3, 9), "3 clips");
        assert_eq!(told(5, 4), "5 clips: those you opened, changed, kept or exported stay");
    }
}
