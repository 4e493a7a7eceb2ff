//! Where one shot ends and the next begins, from how light every picture is, place by place.
//!
//! Hard cuts: how far the histograms of luma in a grid of the picture move from one picture to the next, against what is usual around
//! (position matters: one histogram of the whole is the weakest of the common ways, see the benchmarks of PySceneDetect). What is as it
//! was a moment later was a flash. Dissolves and fades: a picture that is a mixture of the one a moment before and the one a moment
//! later, which differ.

mod look;

use crate::order;
use crate::thumbnail::Gray;
use look::Look;
use media::time::{Instant, Span};
use std::collections::VecDeque;

/// A change of this much is a cut unless everything moves.
const CERTAIN: f32 = 0.35;
/// One of this much where it is so many times what is usual around.
const LEAST: f32 = 0.1;
const RATIO: f32 = 3.0;
/// Where everything moves, a certain one has to be so many times as much.
const CERTAIN_RATIO: f32 = 1.6;
/// What is usual is the median of the changes within so much before and after.
const AROUND: Span = Span::from_millis(500);
/// A change that is gone after so much is a flash.
const FLASH: Span = Span::from_millis(240);
/// So much of a change must be left then.
const LASTING: f32 = 0.5;
/// Of changes nearer to each other than this the greatest is a cut.
const SHORTEST: Span = Span::from_millis(200);
/// Where they last longer than this, one of them has to stand out so many times: else it is a dissolve, or something moves. Film that was
/// given another rate shows one or two mixed pictures at a cut.
const ABRUPT: Span = Span::from_millis(130);
const OUTSTANDING: f32 = 2.5;
/// A dissolve is looked for between pictures so much before and after.
const REACH: Span = Span::from_millis(400);
/// How much those differ at least.
const DISSOLVED: f32 = 0.3;
/// How little of their difference a mixture of them leaves unexplained.
const UNEXPLAINED: f32 = 0.3;
/// How alike they may be in what is light and what is dark: where only the light changes, they are alike.
const ALIKE: f32 = 0.8;
/// The share of the earlier one in the mixture, in the middle of a dissolve.
const MIXED: std::ops::Range<f32> = 0.2..0.8;

/// How a picture differs from the one before it.
struct Change {
    at: Instant,
    amount: f32,
    /// The least that the pictures shortly before and shortly after differ.
    lasting: f32,
}

/// Finds the cuts in pictures that come one after the other.
#[derive(Default)]
pub struct CutDetector {
    /// The last ones, as far back as anything asks for.
    looks: VecDeque<Look>,
    changes: Vec<Change>,
    /// Instants in the middle of a dissolve.
    mixed: Vec<Instant>,
    /// The last picture that was asked whether it is in the middle of a dissolve.
    asked: Option<Instant>,
}

impl CutDetector {
    /// The next picture; one that is no later than the last is passed over.
    pub fn push(&mut self, picture: &Gray) {
        let look = Look::of(picture);
        if let Some(before) = self.looks.back() {
            if look.at <= before.at {
                return;
            }
            let amount = before.distance(&look);
            // Where a flash ends, it is as it was before.
            let lately = self.looks.iter().rev().take_while(|before| look.at - before.at <= FLASH);
            let lasting = lately.map(|before| before.distance(&look)).fold(amount, f32::min);
            self.changes.push(Change { at: look.at, amount, lasting });
        }
        self.looks.push_back(look);
        self.look_back();
        let Some(now) = self.looks.back().map(|look| look.at) else { return };
        let oldest = now - REACH - REACH - FLASH;
        while self.looks.get(1).is_some_and(|look| look.at <= oldest) {
            self.looks.pop_front();
        }
    }

    /// What the last picture says of earlier ones.
    fn look_back(&mut self) {
        let Some(now) = self.looks.back() else { return };
        // Where a flash begins, it soon is as it was before.
        for change in self.changes.iter_mut().rev().take_while(|change| now.at - change.at <= FLASH) {
            let before = self.looks.iter().rev().find(|look| look.at < change.at);
            if let Some(before) = before {
                change.lasting = change.lasting.min(before.distance(now));
            }
        }
        let before = |at: Instant| self.looks.partition_point(|look| look.at <= at).checked_sub(1);
        let Some(middle) = before(now.at - REACH) else { return };
        let Some(middle_at) = self.looks.get(middle).map(|look| look.at) else { return };
        if self.asked.is_some_and(|asked| asked >= middle_at) {
            return;
        }
        self.asked = Some(middle_at);
        let Some(first) = before(middle_at - REACH) else { return };
        if let (Some(first), Some(middle)) = (self.looks.get(first), self.looks.get(middle))
            && is_mixture(first, middle, now)
        {
            self.mixed.push(middle_at);
        }
    }

    /// Where shots begin, without the first.
    pub fn finish(self) -> Vec<Instant> {
        let sudden: Vec<&Change> = (0..self.changes.len())
            .filter(|number| self.is_sudden(*number))
            .filter_map(|number| self.changes.get(number))
            .collect();
        let runs = sudden.chunk_by(|one, next| next.at - one.at <= SHORTEST);
        let mut starts: Vec<Instant> = runs.filter_map(cut_of).collect();
        for run in self.mixed.chunk_by(|one, next| *next - *one <= SHORTEST) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let middle = *first + (*last - *first).half();
            // Pictures around a cut are mixtures too, where the shot after it is still.
            if run.len() > 1 && !starts.iter().any(|cut| (*cut - middle).micros().abs() <= REACH.micros()) {
                starts.push(middle);
            }
        }
        order::sort_by_key(&mut starts, |start| *start);
        starts
    }

    fn is_sudden(&self, number: usize) -> bool {
        let Some(Change { at, amount, lasting }) = self.changes.get(number) else { return false };
        if *amount < LEAST || *lasting < amount * LASTING {
            return false;
        }
        let earlier = self.changes[..number].iter().rev().take_while(|other| *at - other.at <= AROUND);
        let later = self.changes[number + 1..].iter().take_while(|other| other.at - *at <= AROUND);
        let mut around: Vec<f32> = earlier.chain(later).map(|other| other.amount).collect();
        order::sort_by(&mut around, f32::total_cmp);
        let usual = around.get(around.len() / 2).copied().unwrap_or(0.0);
        *amount >= LEAST + RATIO * usual || (*amount >= CERTAIN && *amount >= CERTAIN_RATIO * usual)
    }
}

/// The cut in a run of sudden changes.
fn cut_of(run: &[&Change]) -> Option<Instant> {
    let (first, last) = (run.first()?, run.last()?);
    let peak = run.iter().max_by(|a, b| a.amount.total_cmp(&b.amount))?;
    let mut amounts: Vec<f32> = run.iter().map(|change| change.amount).collect();
    order::sort_by(&mut amounts, f32::total_cmp);
    let usual = amounts.get(amounts.len() / 2)?;
    (last.at - first.at <= ABRUPT || peak.amount >= OUTSTANDING * usual).then_some(peak.at)
}

/// Whether `middle` lies between two shots that are shown at once.
fn is_mixture(first: &Look, middle: &Look, last: &Look) -> bool {
    if first.distance(last) < DISSOLVED || first.likeness(last) > ALIKE {
        return false;
    }
    let Some((share, unexplained)) = middle.as_mixture(first, last) else { return false };
    MIXED.contains(&share) && unexplained <= UNEXPLAINED
}

#[cfg(test)]
mod tests;
