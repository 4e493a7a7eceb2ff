//! As many clips as a person wants: what nobody touched beyond that number goes, and where there are fewer the next best come.
//! Plain data; which passages are the next best is known to whoever ranks them.

use super::History;
use crate::merge::{Pinned, by_score};
use crate::snapshot::Drag;
use clip::edit::{ClipEdit, ClipId};

impl History {
    /// As many as `wanted`, with `more` where there are fewer: one step for as long as nothing else is done.
    pub fn count_to(&mut self, wanted: usize, more: Vec<ClipEdit>, pinned: &Pinned) {
        let snapshot = self.now();
        let holds = |id: &ClipId| {
            [&snapshot.kept, &snapshot.touched, &snapshot.looked_at, pinned]
                .iter()
                .any(|ids| ids.contains(id))
        };
        let surplus = self.shown().count().saturating_sub(wanted);
        let free = self.shown().map(|clip| clip.id).filter(|id| !holds(id)).collect::<Vec<_>>();
        let going: Vec<ClipId> = free.into_iter().rev().take(surplus).collect();
        self.put_in_place(Drag::Count, |snapshot, number| {
            let mut clips: Vec<ClipEdit> =
                snapshot.clips.iter().filter(|clip| !going.contains(&clip.id)).cloned().collect();
            for clip in more {
                let is_free = |id: ClipId| {
                    [&snapshot.clips, &clips].iter().all(|all| all.iter().all(|clip| clip.id != id))
                };
                let id = number(&clip, &is_free);
                by_score(&mut clips, ClipEdit { id, ..clip });
            }
            clips
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::clip_between;
    use crate::snapshot::Snapshot;
    use crate::steps::Step;

    /// Seven clips, of which some were kept; what is shown after as many as `wanted` are asked for, by number.
    fn check(kept: &[u32], wanted: usize, more: Vec<ClipEdit>, shown: &[u32]) {
        let clip = |id: u32| ClipEdit {
            score: 90.0 - id as f32,
            ..clip_between(id, f64::from(id) * 30.0, f64::from(id) * 30.0 + 20.0)
        };
        let kept = kept.iter().map(|id| ClipId(*id)).collect();
        let mut clips =
            History::new(Snapshot { clips: (1..=7).map(clip).collect(), kept, ..Snapshot::default() });
        let before = clips.now().clone();
        clips.count_to(wanted, more, &Pinned::new());
        assert_eq!(clips.shown().map(|clip| clip.id.0).collect::<Vec<_>>(), shown);
        if *clips.now() != before {
            assert_eq!(clips.steps().0, Some(Step::Counted));
            clips.undo();
        }
        assert_eq!(*clips.now(), before, "one step");
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
        let mut clips = History::new(Snapshot { clips: (1..=7).map(clip).collect(), ..Snapshot::default() });
        for wanted in [6, 5, 4] {
            clips.count_to(wanted, vec![], &Pinned::new());
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
}
