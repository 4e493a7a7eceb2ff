//! Clips of a person's own: of words that they chose, and of one clip that they split in two.
//! Plain data; which words, and where a clip is split, is known to others.

use super::History;
use crate::merge;
use crate::passage::own_clip;
use crate::snapshot::Drag;
use clip::edit::{ClipEdit, ClipId};
use clip::timeline::Timeline;
use clip::transcript::Transcript;

impl History {
    /// A clip of the person's own: a step. It stands where its score puts it, and no ranking takes it away.
    pub fn add(&mut self, clip: ClipEdit) -> ClipId {
        let mut added = ClipId(0);
        self.begin(Drag::Single);
        self.place(|snapshot, number| {
            let is_free = |id: ClipId| snapshot.clips.iter().all(|clip| clip.id != id);
            added = number(&clip, &is_free);
            let mut clips = snapshot.clips.clone();
            merge::by_score(&mut clips, ClipEdit { id: added, ..clip });
            clips
        });
        self.now.touched.insert(added);
        self.settle();
        added
    }

    /// One clip becomes two, see [`crate::split`]: a step. The first part is the clip as it was, the second follows it, a clip of the
    /// person's own that looks the same. Gives the second.
    pub fn split(&mut self, id: ClipId, parts: [Timeline; 2], transcript: &Transcript) -> Option<ClipId> {
        let whole = self.get(id)?.clone();
        let [one, other] = parts;
        let ClipEdit { score, captions, framing, scenes, .. } = whole;
        let other = ClipEdit { score, captions, framing, scenes, ..own_clip(other, transcript) };
        let mut added = None;
        self.begin(Drag::Single);
        self.place(|snapshot, number| {
            let is_free = |id: ClipId| snapshot.clips.iter().all(|clip| clip.id != id);
            let new = number(&other, &is_free);
            added = Some(new);
            let mut clips = snapshot.clips.clone();
            if let Some(at) = clips.iter().position(|clip| clip.id == id) {
                clips[at].timeline = one;
                clips.insert(at + 1, ClipEdit { id: new, ..other });
            }
            clips
        });
        self.now.touched.extend(added.into_iter().chain([id]));
        self.settle();
        added
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::clip_between;
    use crate::snapshot::Snapshot;
    use crate::steps::Step;
    use clip::reason::Reason;
    use clip::scene::Scenes;
    use media::time::Instant;

    #[test]
    fn a_split_is_one_step_of_one_clip() {
        let whole = ClipEdit { scenes: Scenes::centered(0.2), ..clip_between(1, 0.0, 20.0) };
        let clips = vec![whole, clip_between(2, 30.0, 50.0)];
        let mut clips = History::new(Snapshot { clips, ..Snapshot::default() });
        let before = clips.now().clone();
        let part = |start_s: f64, end_s: f64| {
            Timeline::single(Instant::from_seconds(start_s), Instant::from_seconds(end_s))
        };
        let second = clips.split(ClipId(1), [part(0.0, 8.0), part(8.5, 20.0)], &Transcript::default());
        assert_eq!(second, Some(ClipId(3)));
        let shown: Vec<_> = clips.shown().map(|clip| (clip.id.0, clip.timeline.clone())).collect();
        assert_eq!(shown, [(1, part(0.0, 8.0)), (3, part(8.5, 20.0)), (2, part(30.0, 50.0))]);
        let second = clips.get(ClipId(3)).expect("the second part");
        assert_eq!(
            (&second.scenes, second.reasons.as_slice()),
            (&Scenes::centered(0.2), &[Reason::Chosen][..])
        );
        assert_eq!(clips.steps().0, Some(Step::Split(1)));
        assert!([ClipId(1), ClipId(3)].iter().all(|id| clips.now().touched.contains(id)));
        clips.undo();
        assert_eq!(clips.now(), &before);
        assert_eq!(clips.split(ClipId(9), [part(0.0, 8.0), part(8.5, 20.0)], &Transcript::default()), None);
        assert!(clips.steps().0.is_none(), "there is no such clip");
    }
}
