//! The clips as the person has them now, what was said of them and how they are ranked, with undo and redo.
//! Plain data; knows neither the page nor how a clip is painted.

mod adding;
mod counting;
mod filling;
mod spelling;

use crate::caption_language::CaptionLanguage;
use crate::carry_over;
use crate::merge::{self, Number, Pinned, Score};
use crate::preferences::Preferences;
use crate::snapshot::{Drag, RevisedInsights, Snapshot};
use crate::steps::{Step, told};
use clip::edit::{ClipEdit, ClipId, Framing, Shape, SpeakerMarks};
use clip::insights::Insights;
use clip::order;
use clip::scene::{Crop, Scenes};
use clip::select::Verdict;
use clip::transcript::Transcript;
pub use filling::Suggested;
use media::time::Instant;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Steps that can be taken back.
const HISTORY: usize = 100;

/// [`Snapshot`] with its past and its undone future.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    now: Snapshot,
    past: Vec<Snapshot>,
    future: Vec<Snapshot>,
    /// What is being dragged, and how things were before.
    open: Option<(Drag, Box<Snapshot>)>,
    /// The number that each suggested passage was given, by its edges: it stays the same when it comes again.
    numbers: BTreeMap<(Instant, Instant), ClipId>,
    last_number: u32,
    last_edition: u32,
}

impl History {
    /// What was stored or suggested; there is nothing to undo yet.
    pub fn new(now: Snapshot) -> Self {
        let numbers = order::gathered(now.clips.iter().map(|clip| ((clip.start(), clip.end()), clip.id)));
        let last_number = now.clips.iter().map(|clip| clip.id.0).max().unwrap_or_default();
        let last_edition = now.known.edition;
        Self { now, numbers, last_number, last_edition, ..Self::default() }
    }

    pub fn now(&self) -> &Snapshot {
        &self.now
    }

    pub fn shown(&self) -> impl Iterator<Item = &ClipEdit> {
        self.now.clips.iter().filter(|clip| !self.now.removed.contains(&clip.id))
    }

    pub fn removed(&self) -> impl Iterator<Item = &ClipEdit> {
        self.now.clips.iter().filter(|clip| self.now.removed.contains(&clip.id))
    }

    pub fn get(&self, id: ClipId) -> Option<&ClipEdit> {
        self.now.clips.iter().find(|clip| clip.id == id)
    }

    /// Place of a clip among those shown, from 1.
    pub fn number(&self, id: ClipId) -> Option<usize> {
        self.shown().position(|clip| clip.id == id).map(|index| index + 1)
    }

    /// What the person said of each clip.
    pub fn verdicts(&self) -> BTreeMap<ClipId, Verdict> {
        let kept = self.now.kept.iter().map(|id| (*id, Verdict::Kept));
        order::gathered(kept.chain(self.now.removed.iter().map(|id| (*id, Verdict::Rejected))))
    }

    #[cfg(any(test, feature = "fixtures"))]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty() || self.open.as_ref().is_some_and(|(_, before)| **before != self.now)
    }

    #[cfg(any(test, feature = "fixtures"))]
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// One step that can be undone, or the end of a drag of the same clip. A change that changes nothing leaves no step.
    pub fn edit(&mut self, id: ClipId, change: impl FnOnce(&mut ClipEdit)) {
        self.drag(id, change);
        self.settle();
    }

    /// Part of a drag: shown at once, one step only when [`Self::edit`] ends it.
    pub fn drag(&mut self, id: ClipId, change: impl FnOnce(&mut ClipEdit)) {
        self.change(Drag::Clip(id), id, change);
    }

    /// Moves the frame. What follows belongs to the same step, until something else is done or [`Self::settle`] ends it.
    pub fn frame(&mut self, id: ClipId, center_x: f32) {
        self.change(Drag::Framing(id), id, |clip| {
            (clip.framing, clip.scenes) = (Framing::ByHand, Scenes::centered(center_x));
        });
    }

    /// Lets what is seen decide what a clip shows.
    pub fn frame_automatically(&mut self, id: ClipId) {
        self.edit(id, |clip| {
            (clip.framing, clip.scenes) = (Framing::Automatic, Scenes::centered(Crop::LARGEST.center_x));
        });
    }

    fn change(&mut self, drag: Drag, id: ClipId, change: impl FnOnce(&mut ClipEdit)) {
        self.step(drag, |snapshot| {
            let Some(clip) = snapshot.clips.iter_mut().find(|clip| clip.id == id) else { return };
            let before = clip.clone();
            change(clip);
            if *clip != before {
                snapshot.touched.insert(id);
            }
            if clip.title != before.title {
                snapshot.titled.insert(id);
            }
        });
    }

    /// Rejects a clip: it is put aside, and its passage is not suggested again.
    pub fn remove(&mut self, id: ClipId) {
        self.step(Drag::Single, |snapshot| {
            if snapshot.clips.iter().any(|clip| clip.id == id) && !snapshot.removed.contains(&id) {
                snapshot.removed.push(id);
                snapshot.kept.remove(&id);
            }
        });
    }

    /// Keeps a clip, or does no longer.
    pub fn toggle_kept(&mut self, id: ClipId) {
        self.step(Drag::Single, |snapshot| {
            if snapshot.clips.iter().any(|clip| clip.id == id) && !snapshot.kept.remove(&id) {
                snapshot.kept.insert(id);
            }
        });
    }

    /// What the clips are ranked by. The ranking itself belongs to the same step: it follows with the same `drag`.
    pub fn steer(&mut self, drag: Drag, change: impl FnOnce(&mut Preferences)) {
        self.begin(drag);
        change(&mut self.now.preferences);
    }

    /// The shape of the pictures of all clips, those to come too.
    pub fn reshape(&mut self, shape: Shape) {
        self.step(Drag::Single, |snapshot| {
            snapshot.shape = shape;
            snapshot.clips.iter_mut().for_each(|clip| clip.shape = shape);
        });
    }

    /// How captions tell who speaks, in all clips.
    pub fn mark_speakers(&mut self, marks: SpeakerMarks) {
        self.step(Drag::Single, |snapshot| snapshot.marks = marks);
    }

    /// The language of the captions of all clips.
    pub fn caption_in(&mut self, language: CaptionLanguage) {
        self.step(Drag::Single, |snapshot| snapshot.captions_in = language);
    }

    /// Somebody has looked at this clip closely: whatever is found later, it stays, also where steps are taken back.
    pub fn look_at(&mut self, id: ClipId) {
        for snapshot in self.all() {
            if snapshot.clips.iter().any(|clip| clip.id == id) {
                snapshot.looked_at.insert(id);
            }
        }
    }

    /// Puts what was suggested in the place of what nobody touched. `pinned`: clips that must not go for other reasons.
    pub fn rank(&mut self, drag: Drag, suggested: impl Into<Suggested>, pinned: &Pinned, score: &Score<'_>) {
        self.begin(drag);
        self.put(suggested.into(), pinned, score);
        if drag == Drag::Single {
            self.settle();
        }
    }

    /// As [`Self::rank`], but no step of the person: nobody has seen what goes.
    pub fn rank_unseen(&mut self, suggested: impl Into<Suggested>, pinned: &Pinned, score: &Score<'_>) {
        self.settle();
        self.put(suggested.into(), pinned, score);
    }

    fn put(&mut self, suggested: Suggested, pinned: &Pinned, score: &Score<'_>) {
        let Suggested { clips, fillers } = suggested;
        let all = clips.into_iter().chain(fillers.iter().map(|(_, filler)| filler.clone())).collect();
        self.place(|snapshot, number| merge::merged(snapshot, all, pinned, score, number));
        self.note_fillers(&fillers);
    }

    /// What is said of the clips that are there, where the same passages were suggested again. Nothing comes, goes or moves: where
    /// the order would contradict the new scores, all is said as before.
    pub fn reassess(&mut self, suggested: &[ClipEdit]) {
        self.settle();
        let before = self.now.clips.clone();
        for clip in &mut self.now.clips {
            let same = |other: &&ClipEdit| other.timeline == clip.timeline;
            if let Some(ClipEdit { score, reasons, evidence, .. }) = suggested.iter().find(same) {
                (clip.score, clip.reasons, clip.evidence) = (*score, reasons.clone(), *evidence);
            }
        }
        let falls = |clips: &[ClipEdit]| -> Vec<bool> {
            let shown: Vec<&ClipEdit> =
                clips.iter().filter(|clip| !self.now.removed.contains(&clip.id)).collect();
            shown.windows(2).map(|pair| pair[0].score >= pair[1].score).collect()
        };
        let fell = falls(&before);
        if fell.iter().zip(falls(&self.now.clips)).any(|(before, now)| *before && !now) {
            self.now.clips = before;
        }
    }

    /// The words were heard once more, and this is suggested from them: one step. What a person did is carried over by time.
    pub fn hear_again(
        &mut self,
        hearing: u32,
        suggested: Vec<ClipEdit>,
        pinned: &Pinned,
        transcript: &Transcript,
    ) {
        self.settle();
        self.begin(Drag::Single);
        self.now.hearing = hearing;
        self.now.spelling.clear();
        let edition = self.next_edition();
        self.now.known = self.now.known.of_the_sound(edition);
        self.place(|snapshot, number| carry_over::carried(snapshot, suggested, pinned, transcript, number));
        // Numbers of clips that went are given to others there.
        self.now.fillers.clear();
        self.settle();
    }

    /// Other clips, as a part of a step.
    pub(super) fn put_in_place(
        &mut self,
        drag: Drag,
        place: impl FnOnce(&Snapshot, &mut Number<'_>) -> Vec<ClipEdit>,
    ) {
        self.begin(drag);
        self.place(place);
        if drag == Drag::Single {
            self.settle();
        }
    }

    fn place(&mut self, place: impl FnOnce(&Snapshot, &mut Number<'_>) -> Vec<ClipEdit>) {
        let (numbers, last_number) = (&mut self.numbers, &mut self.last_number);
        let mut number = |clip: &ClipEdit, is_free: &dyn Fn(ClipId) -> bool| {
            let given = numbers.get(&(clip.start(), clip.end())).copied().filter(|id| is_free(*id));
            given.unwrap_or_else(|| {
                *last_number += 1;
                numbers.insert((clip.start(), clip.end()), ClipId(*last_number));
                ClipId(*last_number)
            })
        };
        self.now.clips = place(&self.now, &mut number);
        self.now.clips.iter_mut().for_each(|clip| clip.shape = self.now.shape);
        let present: BTreeSet<ClipId> = order::gathered(self.now.clips.iter().map(|clip| clip.id));
        self.now.touched.retain(|id| present.contains(id));
        self.now.looked_at.retain(|id| present.contains(id));
        self.now.titled.retain(|id| present.contains(id));
        self.now.fillers.retain(|skipped, filler| present.contains(skipped) && present.contains(filler));
    }

    /// The person says who speaks. The ranking that may follow belongs to the same step.
    pub fn change_insights(&mut self, change: impl FnOnce(&mut Insights)) {
        self.begin(Drag::Single);
        let before = self.now.known.insights.clone();
        change(Arc::make_mut(&mut self.now.known.insights));
        if before == self.now.known.insights {
            return;
        }
        self.now.known.edition = self.next_edition();
        self.now.known.is_told = true;
        let after = &self.now.known.insights;
        self.now.preferences.speaker =
            self.now.preferences.speaker.and_then(|wanted| same_speaker(wanted, &before, after));
    }

    /// What was found out. No step of the person: it holds in all of them that are about the words it was found out from.
    pub fn learn(&mut self, insights: Insights) {
        let (hearing, found, mut edition) = (self.now.hearing, Arc::new(insights), self.last_edition);
        // The same before is the same after.
        let mut renewed: Vec<(u32, RevisedInsights)> = vec![];
        for snapshot in self.all().filter(|snapshot| snapshot.hearing == hearing) {
            let before = snapshot.known.edition;
            snapshot.known = match renewed.iter().find(|(of, _)| *of == before) {
                Some((_, known)) => known.clone(),
                None => {
                    edition = edition.wrapping_add(1);
                    let known = snapshot.known.renewed(edition, &found);
                    renewed.push((before, known.clone()));
                    known
                }
            };
        }
        self.last_edition = edition;
    }

    /// Every cut that can be had, the present one last.
    fn all(&mut self) -> impl Iterator<Item = &mut Snapshot> {
        let open = self.open.iter_mut().map(|(_, before)| before.as_mut());
        self.past.iter_mut().chain(&mut self.future).chain(open).chain([&mut self.now])
    }

    /// Whether words of this hearing can be had by taking steps back or making them again.
    pub fn leads_to(&self, hearing: u32) -> bool {
        self.past.iter().chain(&self.future).any(|snapshot| snapshot.hearing == hearing)
    }

    /// What the next step back takes back, and what the next step forward makes again.
    pub fn steps(&self) -> (Option<Step>, Option<Step>) {
        let open =
            self.open.as_ref().map(|(_, before)| before.as_ref()).filter(|before| **before != self.now);
        let after = self.future.last().filter(|_| open.is_none());
        let before = open.or(self.past.last());
        (before.map(|before| told(before, &self.now)), after.map(|after| told(&self.now, after)))
    }

    /// Whether the last step was that the words were heard once more.
    pub fn was_heard_again(&self) -> bool {
        self.past.last().is_some_and(|before| before.hearing != self.now.hearing)
    }

    pub fn undo(&mut self) {
        self.settle();
        if let Some(before) = self.past.pop() {
            self.future.push(std::mem::replace(&mut self.now, before));
        }
    }

    pub fn redo(&mut self) {
        self.settle();
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.now, after));
        }
    }

    /// Ends what is being dragged: the next change is a step of its own.
    pub fn settle(&mut self) {
        let Some((_, before)) = self.open.take().filter(|(_, before)| **before != self.now) else { return };
        self.future.clear();
        self.past.push(*before);
        if self.past.len() > HISTORY {
            self.past.remove(0);
        }
    }

    fn begin(&mut self, drag: Drag) {
        if self.open.as_ref().is_some_and(|(open, _)| *open != drag) {
            self.settle();
        }
        if self.open.is_none() {
            self.open = Some((drag, Box::new(self.now.clone())));
        }
    }

    fn step(&mut self, drag: Drag, change: impl FnOnce(&mut Snapshot)) {
        self.begin(drag);
        change(&mut self.now);
        if drag == Drag::Single {
            self.settle();
        }
    }

    fn next_edition(&mut self) -> u32 {
        self.last_edition = self.last_edition.wrapping_add(1);
        self.last_edition
    }
}

/// The number of the same person after speakers were renamed or made one: by name, else by who now says what they said first.
fn same_speaker(wanted: usize, before: &Insights, after: &Insights) -> Option<usize> {
    let name = &before.speakers.get(wanted)?.name;
    let by_name = after.speakers.iter().position(|speaker| speaker.name == *name);
    by_name.or_else(|| {
        let first = before.turns.iter().find(|turn| turn.speaker == wanted)?;
        after.speaker_at(first.start)
    })
}

#[cfg(test)]
mod tests;
