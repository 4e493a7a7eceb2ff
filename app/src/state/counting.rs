//! As many clips as a person wants.

use super::AppState;
use clip::edit::ClipEdit;
use clip::insights::Insights;
use clip::select::{AnalyzeOptions, Candidates, Taste};

impl AppState {
    /// As many clips as `options` say: one step. How many there are then, where that changes them.
    pub fn count_clips_to(&mut self, options: &AnalyzeOptions, taste: Taste) -> Option<usize> {
        let pinned = self.pinned();
        let file = self.file.as_mut().filter(|file| file.is_heard())?;
        let (before, wanted) = (file.clips.shown().count(), options.clips as usize);
        let more = match wanted.saturating_sub(before) {
            0 => vec![],
            missing => {
                let insights = Some(file.insights()).filter(|insights| **insights != Insights::default());
                let preferences = &file.clips.now().preferences;
                let likeness = preferences.about.as_deref().and_then(|about| file.questions.answer(about));
                let beside: Vec<&ClipEdit> = file.clips.now().clips.iter().collect();
                let candidates = Candidates::new(&file.recording, insights, options);
                candidates.more(&preferences.ranking_options(taste), likeness, &beside, missing)
            }
        };
        file.clips.count_to(wanted, more, &pinned);
        let now = file.clips.shown().count();
        (now != before).then_some(now)
    }
}
