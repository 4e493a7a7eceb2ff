//! The strongest of a clip's signals as reasons.

use crate::order;
use std::ops::Range;

use media::time::Span;

use super::evidence::{Criteria, Scene, sums};
use super::sentence_features::Hook;
use super::signal::{Evidence, Signal};
use crate::reason::{Opening, Reason};
use crate::sentence::End;

impl Scene {
    /// Two to four reasons, the strongest first; each is true of this clip.
    pub fn reasons(&self, run: Range<usize>, evidence: &Evidence, criteria: &Criteria<'_>) -> Vec<Reason> {
        let features = &self.features[run.clone()];
        let Some(first) = features.first() else { return Vec::new() };
        let sums = sums(features);
        let mut reasons: Vec<(f32, Reason)> = Vec::new();
        if let Some(opening) = opening(first.hook) {
            reasons.push((0.4 + evidence[Signal::Hook], Reason::OpensWith(opening)));
        }
        let whole = features.last().is_some_and(|last| last.ends != End::Cut);
        if whole {
            reasons.push((0.9, Reason::WholeSentences(features.len())));
        }
        let before_s = first.gap_before_s;
        let begins = evidence[Signal::Opening];
        if run.start > 0 && before_s >= 0.8 && begins > 0.6 {
            let pause = Span::from_millis((before_s * 10.0).round() as i64 * 100);
            reasons.push((0.5 + 0.4 * begins, Reason::AfterPause(pause)));
        } else if run.start > 0 && begins > 0.75 {
            reasons.push((0.8, Reason::NewTopic));
        }
        let words_a_second = sums.words as f32 / sums.spoken_s.max(0.1);
        if words_a_second >= 2.8 && evidence[Signal::Pace] > 0.8 {
            reasons.push((0.7, Reason::Brisk((words_a_second * 10.0).round() as u32)));
        }
        if criteria.likeness.is_some() && evidence[Signal::Topic] > 0.4 {
            reasons.push((2.0, Reason::AsWanted));
        }
        let reaction = evidence[Signal::Reaction];
        if reaction > 0.5 {
            reasons.push((0.6 + 0.6 * reaction, Reason::Reaction { is_sure: reaction > 0.75 }));
        }
        let strong = [
            (Signal::Narrative, 0.65, (0.3, 1.0), Reason::Story),
            (Signal::Energy, 0.5, (0.3, 0.6), Reason::Energy),
            (Signal::Dialogue, 0.6, (0.75, 0.0), Reason::Dialogue),
            (Signal::Feeling, 0.6, (0.2, 0.6), Reason::Feeling),
            (Signal::Unity, 0.9, (0.4, 0.5), Reason::OneTopic),
            (Signal::Density, 0.7, (0.2, 0.6), Reason::Dense),
        ];
        for (signal, least, (base, slope), reason) in strong {
            // Two sentences always keep to one topic.
            if evidence[signal] > least && (reason != Reason::OneTopic || features.len() > 2) {
                reasons.push((base + slope * evidence[signal], reason));
            }
        }
        if sums.names + sums.numbers >= 3 {
            let specific = match (sums.names, sums.numbers) {
                (names, 0) => Reason::Names(names),
                (0, numbers) => Reason::Numbers(numbers),
                (names, numbers) => Reason::NamesAndNumbers(names + numbers),
            };
            reasons.push((0.6, specific));
        }
        if evidence[Signal::Closing] > 0.75 {
            reasons.push((0.5, Reason::CleanEnd));
        }
        if reasons.len() < 2 {
            let length_s = features.last().map_or(0.0, |last| (last.end - first.start).seconds());
            reasons.push((0.0, Reason::InOnePiece(Span::from_seconds(length_s.round()))));
        }
        order::sort_by(&mut reasons, |a, b| b.0.total_cmp(&a.0));
        reasons.truncate(4);
        reasons.into_iter().map(|(_, reason)| reason).collect()
    }
}

fn opening(hook: Hook) -> Option<Opening> {
    Some(match hook {
        Hook { question: true, .. } => Opening::Question,
        Hook { story: true, .. } => Opening::Story,
        Hook { surprise: true, .. } => Opening::Surprise,
        Hook { claim: true, .. } => Opening::Claim,
        Hook { you: true, .. } => Opening::You,
        Hook { number: true, .. } => Opening::Number,
        Hook { name: true, .. } => Opening::Name,
        _ => return None,
    })
}
