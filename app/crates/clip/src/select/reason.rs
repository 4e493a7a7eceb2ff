//! The strongest of a clip's signals in plain words.

use std::ops::Range;

use super::evidence::{Judge, Scene, sums};
use super::line::Hook;
use super::signal::Evidence;
use crate::sentence::End;

impl Scene {
    /// Two to four reasons in plain words, the strongest first; each is true of this clip.
    pub fn reasons(&self, run: Range<usize>, evidence: &Evidence, judge: &Judge<'_>) -> Vec<String> {
        let lines = &self.lines[run.clone()];
        let Some(first) = lines.first() else { return Vec::new() };
        let sums = sums(lines);
        let mut reasons: Vec<(f32, String)> = Vec::new();
        if let Some(hook) = hook_in_words(first.hook) {
            reasons.push((0.4 + evidence.hook, hook.to_owned()));
        }
        let whole = lines.last().is_some_and(|last| last.ends != End::Cut);
        if whole {
            let what = match lines.len() {
                1 => "A complete thought in one sentence".to_owned(),
                n => format!("A complete thought: {n} whole sentences"),
            };
            reasons.push((0.9, what));
        }
        let before_s = first.gap_before_s;
        if run.start > 0 && before_s >= 0.8 && evidence.opening > 0.6 {
            reasons.push((0.5 + 0.4 * evidence.opening, format!("Begins after a pause of {before_s:.1} s")));
        } else if run.start > 0 && evidence.opening > 0.75 {
            reasons.push((0.8, "Begins where a new topic begins".to_owned()));
        }
        let words_a_second = sums.words as f32 / sums.spoken_s.max(0.1);
        if words_a_second >= 2.8 && evidence.pace > 0.8 {
            reasons.push((0.7, format!("Brisk, {words_a_second:.1} words a second")));
        }
        if judge.likeness.is_some() && evidence.topic > 0.4 {
            reasons.push((2.0, "Speaks about what you asked for".to_owned()));
        }
        if evidence.reaction > 0.5 {
            let how_sure =
                if evidence.reaction > 0.75 { "People laugh or applaud" } else { "People seem to react" };
            reasons.push((0.6 + 0.6 * evidence.reaction, how_sure.to_owned()));
        }
        if evidence.telling > 0.65 {
            reasons.push((0.3 + evidence.telling, "A real story, not small talk".to_owned()));
        }
        if evidence.energy > 0.5 {
            reasons.push((0.3 + 0.6 * evidence.energy, "More energy than the rest".to_owned()));
        }
        if evidence.dialogue > 0.6 {
            reasons.push((0.75, "A question and its answer".to_owned()));
        }
        if evidence.feeling > 0.6 {
            reasons.push((0.2 + 0.6 * evidence.feeling, "Says how somebody feels".to_owned()));
        }
        if evidence.unity > 0.9 && lines.len() > 2 {
            reasons.push((0.4 + 0.5 * evidence.unity, "Keeps to one topic".to_owned()));
        }
        if evidence.density > 0.7 {
            reasons.push((0.2 + 0.6 * evidence.density, "Dense, little filler".to_owned()));
        }
        if sums.names + sums.numbers >= 3 {
            let specific = match (sums.names, sums.numbers) {
                (names, 0) => format!("Specific: {names} names"),
                (0, numbers) => format!("Specific: {numbers} numbers"),
                (names, numbers) => format!("Specific: {} names and numbers", names + numbers),
            };
            reasons.push((0.6, specific));
        }
        if evidence.closing > 0.75 {
            reasons.push((0.5, "Ends on a full stop and a pause".to_owned()));
        }
        if reasons.len() < 2 {
            let length_s = lines.last().map_or(0.0, |last| (last.end - first.start).seconds());
            reasons.push((0.0, format!("{length_s:.0} seconds without a cut")));
        }
        reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
        reasons.truncate(4);
        reasons.into_iter().map(|(_, reason)| reason).collect()
    }
}

fn hook_in_words(hook: Hook) -> Option<&'static str> {
    Some(match hook {
        Hook { question: true, .. } => "Opens with a question",
        Hook { story: true, .. } => "Opens like a story",
        Hook { surprise: true, .. } => "Opens with a contrast or a surprise",
        Hook { claim: true, .. } => "Opens with a strong claim",
        Hook { you: true, .. } => "Speaks to the listener from the first line",
        Hook { number: true, .. } => "Opens with a number",
        Hook { name: true, .. } => "Opens with a name",
        _ => return None,
    })
}
