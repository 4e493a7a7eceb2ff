//! What takes the place of a clip that was put aside, and goes again when that one comes back.
//! Plain data; which passage is the next best is known to whoever ranks them.

use super::History;
use crate::merge::Pinned;
use crate::snapshot::{Drag, Snapshot};
use clip::edit::{ClipEdit, ClipId};
use clip::order;

/// What comes first now, best first, and behind it what fills the places of clips that were put aside, with their numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Suggested {
    pub clips: Vec<ClipEdit>,
    pub fillers: Vec<(ClipId, ClipEdit)>,
}

impl From<Vec<ClipEdit>> for Suggested {
    fn from(clips: Vec<ClipEdit>) -> Self {
        Self { clips, fillers: vec![] }
    }
}

impl History {
    /// Fills the place of a clip that was put aside, at the end of the list. Part of the step that put it aside.
    pub fn fill(&mut self, skipped: ClipId, filler: ClipEdit) -> Option<ClipId> {
        self.place(|snapshot, number| {
            let is_free = |id: ClipId| snapshot.clips.iter().all(|clip| clip.id != id);
            let id = number(&filler, &is_free);
            snapshot.clips.iter().cloned().chain([ClipEdit { id, ..filler }]).collect()
        });
        let id = self.now.clips.last()?.id;
        self.now.fillers.insert(skipped, id);
        Some(id)
    }

    /// Brings back a clip that was put aside. What fills its place goes, unless a person has done something with it, or it is `pinned`.
    pub fn restore(&mut self, id: ClipId, pinned: &Pinned) {
        self.step(Drag::Single, |snapshot| {
            snapshot.removed.retain(|removed| *removed != id);
            if let Some(filler) = filler_of(snapshot, id, pinned) {
                snapshot.clips.retain(|clip| clip.id != filler);
                snapshot.fillers.retain(|_, of| *of != filler);
            }
            snapshot.fillers.remove(&id);
        });
    }

    /// Which clip fills the place of which, once `fillers` were suggested and placed.
    pub(super) fn note_fillers(&mut self, fillers: &[(ClipId, ClipEdit)]) {
        let same = |filler: &ClipEdit| self.now.clips.iter().find(|clip| clip.timeline == filler.timeline);
        let placed = fillers.iter().filter_map(|(skipped, filler)| Some((*skipped, same(filler)?.id)));
        self.now.fillers = order::gathered(placed);
    }
}

/// What fills the place of a clip and may go. One that was put aside itself has its place filled by another one.
fn filler_of(snapshot: &Snapshot, skipped: ClipId, pinned: &Pinned) -> Option<ClipId> {
    let mut filler = *snapshot.fillers.get(&skipped)?;
    // Each is asked about once: a document that leads in a circle ends as well.
    for _ in 0..snapshot.fillers.len() {
        match snapshot.fillers.get(&filler) {
            Some(next) if snapshot.removed.contains(&filler) => filler = *next,
            _ => break,
        }
    }
    let holds = [&snapshot.kept, &snapshot.touched, &snapshot.looked_at, pinned]
        .iter()
        .any(|ids| ids.contains(&filler));
    (!holds && !snapshot.removed.contains(&filler)).then_some(filler)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::clip_between;

    /// Three clips, of which each that is skipped is filled by one of 20 s at 100, 200, … s.
    fn check(act: impl FnOnce(&mut History), shown: &[u32]) {
        let clips = (1..=3).map(|id| clip_between(id, f64::from(id) * 30.0, f64::from(id) * 30.0 + 20.0));
        let mut clips = History::new(Snapshot { clips: clips.collect(), ..Snapshot::default() });
        act(&mut clips);
        assert_eq!(clips.shown().map(|clip| clip.id.0).collect::<Vec<_>>(), shown);
    }

    fn skip(clips: &mut History, id: u32) {
        let at = 100.0 * f64::from(clips.now().fillers.len() as u32 + 1);
        clips.remove(ClipId(id));
        clips.fill(ClipId(id), clip_between(0, at, at + 20.0));
    }

    fn back(clips: &mut History, id: u32) {
        clips.restore(ClipId(id), &Pinned::new());
    }

    #[test]
    fn a_place_is_filled_at_the_end_and_in_the_same_step() {
        check(|clips| skip(clips, 1), &[2, 3, 4]);
        check(
            |clips| {
                skip(clips, 1);
                clips.undo();
                assert!(!clips.can_undo(), "one step");
            },
            &[1, 2, 3],
        );
        check(
            |clips| {
                skip(clips, 1);
                clips.undo();
                clips.redo();
            },
            &[2, 3, 4],
        );
    }

    #[test]
    fn what_fills_a_place_goes_when_the_clip_comes_back_unless_a_person_touched_it() {
        check(
            |clips| {
                skip(clips, 2);
                back(clips, 2);
                clips.undo();
                assert_eq!(clips.shown().count(), 3, "one step");
                clips.redo();
            },
            &[1, 2, 3],
        );
        let touched = |touch: fn(&mut History)| {
            check(
                |clips| {
                    skip(clips, 2);
                    touch(clips);
                    back(clips, 2);
                },
                &[1, 2, 3, 4],
            );
        };
        touched(|clips| clips.toggle_kept(ClipId(4)));
        touched(|clips| clips.edit(ClipId(4), |clip| clip.title = "Mine".into()));
        touched(|clips| clips.look_at(ClipId(4)));
        check(
            |clips| {
                skip(clips, 2);
                clips.restore(ClipId(2), &[ClipId(4)].into());
            },
            &[1, 2, 3, 4],
        );
    }

    #[test]
    fn of_several_each_goes_with_its_own() {
        check(
            |clips| {
                skip(clips, 1);
                skip(clips, 3);
                back(clips, 1);
            },
            &[1, 2, 5],
        );
        // What filled the place was skipped as well, and its place was filled.
        let twice = |clips: &mut History| {
            skip(clips, 1);
            skip(clips, 4);
        };
        check(twice, &[2, 3, 5]);
        check(
            |clips| {
                twice(clips);
                back(clips, 1);
            },
            &[1, 2, 3],
        );
        check(
            |clips| {
                twice(clips);
                back(clips, 4);
            },
            &[2, 3, 4],
        );
    }

    #[test]
    fn a_new_ranking_fills_places_too() {
        check(
            |clips| {
                clips.remove(ClipId(2));
                let suggested = Suggested {
                    clips: vec![clip_between(1, 60.0, 80.0), clip_between(2, 30.0, 50.0)],
                    fillers: vec![(ClipId(2), clip_between(0, 100.0, 120.0))],
                };
                clips.rank(Drag::Single, suggested, &Pinned::new(), &|_| 1.0);
                assert_eq!(clips.shown().map(|clip| clip.id.0).collect::<Vec<_>>(), [1, 4]);
                back(clips, 2);
            },
            &[1, 2],
        );
    }
}
