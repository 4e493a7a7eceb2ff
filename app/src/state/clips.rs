//! The clips as the person has them now, with undo and redo, and the moves of their edges along words and sentences.
//! Plain data; knows neither the page nor how a clip is painted.

use clip::edit::{ClipEdit, ClipId};
use clip::sentence::{Sentence, sentences};
use clip::transcript::{Transcript, Word};
use media::time::{Instant, Span};

/// Steps that can be taken back.
const HISTORY: usize = 100;

/// A clip is never made shorter than this by moving an edge.
const SHORTEST: Span = Span::from_millis(1_000);

/// What a person sees: shown clips in order, and those put aside.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cut {
    pub clips: Vec<ClipEdit>,
    pub removed: Vec<ClipId>,
}

/// [`Cut`] with its past and its undone future.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clips {
    now: Cut,
    past: Vec<Cut>,
    future: Vec<Cut>,
    /// How things were before a drag that is still going on.
    before_drag: Option<Cut>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Start,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Earlier,
    Later,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stride {
    Word,
    Sentence,
}

impl Clips {
    /// What was stored or suggested; there is nothing to undo yet.
    pub fn new(now: Cut) -> Self {
        Self { now, ..Self::default() }
    }

    pub fn cut(&self) -> &Cut {
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

    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// One step that can be undone. A change that changes nothing leaves no step.
    pub fn edit(&mut self, id: ClipId, change: impl FnOnce(&mut ClipEdit)) {
        let before = self.before_drag.take().unwrap_or_else(|| self.now.clone());
        if let Some(clip) = self.now.clips.iter_mut().find(|clip| clip.id == id) {
            change(clip);
        }
        self.remember(before);
    }

    /// Part of a drag: shown at once, one step only when [`Self::edit`] ends it.
    pub fn drag(&mut self, id: ClipId, change: impl FnOnce(&mut ClipEdit)) {
        if self.before_drag.is_none() {
            self.before_drag = Some(self.now.clone());
        }
        if let Some(clip) = self.now.clips.iter_mut().find(|clip| clip.id == id) {
            change(clip);
        }
    }

    pub fn remove(&mut self, id: ClipId) {
        let before = self.now.clone();
        if self.get(id).is_some() && !self.now.removed.contains(&id) {
            self.now.removed.push(id);
        }
        self.remember(before);
    }

    pub fn restore(&mut self, id: ClipId) {
        let before = self.now.clone();
        self.now.removed.retain(|removed| *removed != id);
        self.remember(before);
    }

    pub fn undo(&mut self) {
        if let Some(before) = self.past.pop() {
            self.future.push(std::mem::replace(&mut self.now, before));
        }
    }

    pub fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.now, after));
        }
    }

    fn remember(&mut self, before: Cut) {
        if before == self.now {
            return;
        }
        self.future.clear();
        self.past.push(before);
        if self.past.len() > HISTORY {
            self.past.remove(0);
        }
    }
}

/// Moves one edge to the next word's or sentence's boundary. Stays where there is none, or where the clip would become
/// shorter than a second.
pub fn move_edge(
    clip: &mut ClipEdit,
    edge: Edge,
    direction: Direction,
    stride: Stride,
    transcript: &Transcript,
) {
    let from = match edge {
        Edge::Start => clip.start,
        Edge::End => clip.end,
    };
    let boundaries = boundaries(transcript, edge, stride).into_iter();
    let next = match direction {
        Direction::Earlier => boundaries.filter(|at| *at < from).max(),
        Direction::Later => boundaries.filter(|at| *at > from).min(),
    };
    let Some(next) = next else { return };
    match edge {
        Edge::Start if clip.end - next >= SHORTEST => clip.start = next,
        Edge::End if next - clip.start >= SHORTEST => clip.end = next,
        _ => {}
    }
}

/// Where an edge may lie: where words or sentences start for the start, where they end for the end.
fn boundaries(transcript: &Transcript, edge: Edge, stride: Stride) -> Vec<Instant> {
    match (stride, edge) {
        (Stride::Word, Edge::Start) => transcript.words().map(|word| word.start).collect(),
        (Stride::Word, Edge::End) => transcript.words().map(|word| word.end).collect(),
        (Stride::Sentence, Edge::Start) => sentences(transcript).iter().map(Sentence::start).collect(),
        (Stride::Sentence, Edge::End) => sentences(transcript).iter().map(Sentence::end).collect(),
    }
}

/// The spoken words between the edges, joined.
pub fn spoken_text(clip: &ClipEdit, transcript: &Transcript) -> String {
    let within = |word: &&Word| word.end > clip.start && word.start < clip.end;
    transcript.words().filter(within).map(|word| word.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{clip_between, segment_of};

    fn talk() -> Transcript {
        let segments = vec![
            segment_of(0.0, &["One", " two.", " Three", " four", " five.”"]),
            segment_of(5.0, &[" Six", " seven"]),
        ];
        Transcript { segments, ..Transcript::default() }
    }

    fn check(edge: Edge, direction: Direction, stride: Stride, start_s: f64, end_s: f64) {
        let mut clip = clip_between(1, 2.0, 4.0);
        move_edge(&mut clip, edge, direction, stride, &talk());
        assert_eq!(
            (clip.start.seconds(), clip.end.seconds()),
            (start_s, end_s),
            "{edge:?} {direction:?} {stride:?}"
        );
    }

    #[test]
    fn edges_move_along_words_and_sentences() {
        // Word n lies from n to n + 0.8 seconds.
        check(Edge::Start, Direction::Earlier, Stride::Word, 1.0, 4.0);
        check(Edge::Start, Direction::Later, Stride::Word, 3.0, 4.0);
        check(Edge::Start, Direction::Earlier, Stride::Sentence, 0.0, 4.0);
        check(Edge::End, Direction::Later, Stride::Word, 2.0, 4.8);
        check(Edge::End, Direction::Earlier, Stride::Word, 2.0, 3.8);
        check(Edge::End, Direction::Later, Stride::Sentence, 2.0, 4.8);
        // Nothing there, or too short: stays.
        check(Edge::Start, Direction::Later, Stride::Sentence, 2.0, 4.0);
        check(Edge::End, Direction::Earlier, Stride::Sentence, 2.0, 4.0);
    }

    #[test]
    fn every_step_can_be_taken_back_and_again() {
        let mut clips = Clips::new(Cut {
            clips: vec![clip_between(1, 0.0, 20.0), clip_between(2, 30.0, 50.0)],
            removed: vec![],
        });
        let first = clips.clone();
        clips.edit(ClipId(1), |clip| clip.title = "New".into());
        clips.remove(ClipId(2));
        assert_eq!((clips.shown().count(), clips.number(ClipId(2))), (1, None));
        let last = clips.cut().clone();
        clips.undo();
        clips.undo();
        assert_eq!(clips.cut(), first.cut());
        assert!(!clips.can_undo());
        clips.redo();
        clips.redo();
        assert_eq!(clips.cut(), &last);
        clips.restore(ClipId(2));
        assert!(!clips.can_redo());
        assert_eq!(clips.shown().count(), 2);
    }

    #[test]
    fn a_drag_is_one_step_and_no_change_is_none() {
        let mut clips = Clips::new(Cut { clips: vec![clip_between(1, 0.0, 20.0)], removed: vec![] });
        for step in 1..=20 {
            clips.drag(ClipId(1), |clip| clip.crop_center_x = step as f32 / 20.0);
        }
        clips.edit(ClipId(1), |clip| clip.crop_center_x = 0.9);
        clips.undo();
        assert_eq!(clips.get(ClipId(1)).map(|clip| clip.crop_center_x), Some(0.5));
        assert!(!clips.can_undo());
        clips.edit(ClipId(1), |clip| clip.crop_center_x = 0.5);
        clips.remove(ClipId(9));
        assert!(!clips.can_undo() && clips.can_redo());
    }

    #[test]
    fn an_edge_is_quoted_by_its_words() {
        assert_eq!(spoken_text(&clip_between(1, 2.0, 4.0), &talk()), " Three four");
    }
}
