//! What the person said of clips, kept between visits, and the taste learned from it.
//! Knows its own text form; of the clips it keeps numbers only, neither names nor words.

use crate::document::stored::evidence::StoredEvidence;
use crate::identity::FileLabel;
use clip::edit::ClipEdit;
use clip::json;
use clip::select::{Evidence, Taste, Verdict};
use serde::{Deserialize, Serialize};

/// Older ones are forgotten: taste changes.
const MOST: usize = 300;

#[derive(Debug, Clone, Copy, PartialEq)]
struct Judged {
    passage: PassageKey,
    evidence: Evidence,
    verdict: Verdict,
}

/// As it is kept; like those of documents, a type of its own.
#[derive(Serialize, Deserialize)]
struct StoredJudged {
    passage: u64,
    evidence: StoredEvidence,
    verdict: StoredVerdict,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredVerdict {
    Kept,
    Rejected,
}

/// Recognizes a passage of a file without saying which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassageKey(u64);

/// All verdicts there are, the latest last.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Verdicts {
    judged: Vec<Judged>,
    taste: Taste,
}

impl From<&Judged> for StoredJudged {
    fn from(judged: &Judged) -> Self {
        let Judged { passage: PassageKey(passage), evidence, verdict } = judged;
        let verdict = match verdict {
            Verdict::Kept => StoredVerdict::Kept,
            Verdict::Rejected => StoredVerdict::Rejected,
        };
        Self { passage: *passage, evidence: evidence.into(), verdict }
    }
}

impl From<StoredJudged> for Judged {
    fn from(stored: StoredJudged) -> Self {
        let verdict = match stored.verdict {
            StoredVerdict::Kept => Verdict::Kept,
            StoredVerdict::Rejected => Verdict::Rejected,
        };
        Self { passage: PassageKey(stored.passage), evidence: stored.evidence.into(), verdict }
    }
}

impl PassageKey {
    pub fn of(clip: &ClipEdit, label: &FileLabel) -> Self {
        let numbers = [label.bytes, clip.start().micros() as u64, clip.end().micros() as u64];
        let bytes = label.project_name().bytes().chain(numbers.into_iter().flat_map(u64::to_le_bytes));
        // FNV-1a: the same in every visit, which the standard hasher does not promise.
        Self(bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }
}

impl Verdicts {
    /// Text that cannot be read is no verdict.
    pub fn from_text(text: Option<&str>) -> Self {
        let stored: Vec<StoredJudged> = text.and_then(|text| json::read(text).ok()).unwrap_or_default();
        Self::learned(stored.into_iter().map(Judged::from).collect())
    }

    pub fn to_text(&self) -> String {
        let stored: Vec<StoredJudged> = self.judged.iter().map(StoredJudged::from).collect();
        serde_json::to_string(&stored).unwrap_or_default()
    }

    pub fn count(&self) -> usize {
        self.judged.len()
    }

    pub fn taste(&self) -> Taste {
        self.taste
    }

    /// These verdicts with another one on each of these passages; `None`: taken back. Of a clip of which nothing is known nothing
    /// is learned.
    pub fn with(&self, changes: &[(PassageKey, Evidence, Option<Verdict>)]) -> Self {
        let mut judged = self.judged.clone();
        for (passage, evidence, verdict) in changes {
            judged.retain(|before| before.passage != *passage);
            if let Some(verdict) = verdict.filter(|_| *evidence != Evidence::default()) {
                judged.push(Judged { passage: *passage, evidence: *evidence, verdict });
            }
        }
        Self::learned(judged)
    }

    fn learned(mut judged: Vec<Judged>) -> Self {
        judged.drain(..judged.len().saturating_sub(MOST));
        let examples: Vec<(Evidence, Verdict)> =
            judged.iter().map(|judged| (judged.evidence, judged.verdict)).collect();
        Self { taste: Taste::learned(&examples), judged }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::clip_between;
    use clip::select::Signal;

    fn change(start: f64, verdict: Option<Verdict>) -> (PassageKey, Evidence, Option<Verdict>) {
        let clip = clip_between(1, start, start + 20.0);
        let evidence = Evidence::default().with(Signal::Hook, 0.25).with(Signal::Opening, 0.1);
        (PassageKey::of(&clip, &FileLabel::default()), evidence, verdict)
    }

    #[test]
    fn one_verdict_a_passage_and_it_can_be_taken_back() {
        let check = |changes: &[(f64, Option<Verdict>)], count: usize| {
            let verdicts = changes.iter().fold(Verdicts::default(), |verdicts, (start, verdict)| {
                verdicts.with(&[change(*start, *verdict)])
            });
            assert_eq!(
                (verdicts.count(), verdicts.taste().verdicts() as usize),
                (count, count),
                "{changes:?}"
            );
            assert_eq!(Verdicts::from_text(Some(&verdicts.to_text())), verdicts);
        };
        let (kept, rejected) = (Some(Verdict::Kept), Some(Verdict::Rejected));
        check(&[], 0);
        check(&[(0.0, kept), (30.0, rejected)], 2);
        check(&[(0.0, kept), (0.0, rejected)], 1);
        check(&[(0.0, kept), (0.0, None), (30.0, None)], 0);
        let many: Vec<_> = (0..MOST + 9).map(|at| (at as f64, kept)).collect();
        check(&many[MOST - 5..], 14);
        let all: Vec<_> = many.iter().map(|(start, verdict)| change(*start, *verdict)).collect();
        assert_eq!(Verdicts::default().with(&all).count(), MOST);
    }

    #[test]
    fn nothing_is_learned_from_nothing() {
        let (passage, _, verdict) = change(0.0, Some(Verdict::Kept));
        assert_eq!(Verdicts::default().with(&[(passage, Evidence::default(), verdict)]), Verdicts::default());
        for text in [None, Some(""), Some("{}"), Some("[{")] {
            assert_eq!(Verdicts::from_text(text), Verdicts::default());
        }
        let same = clip_between(1, 0.0, 20.0);
        let other = FileLabel { bytes: 1, ..FileLabel::default() };
        assert_ne!(PassageKey::of(&same, &FileLabel::default()), PassageKey::of(&same, &other));
    }

    #[test]
    fn verdicts_of_an_earlier_visit_are_read() {
        let text = r#"[{"passage":12157170054180749580,"evidence":{"hook":0.25},"verdict":"kept"},
            {"passage":2,"evidence":{"hook":0.5,"opening":0.25},"verdict":"rejected"}]"#;
        let verdicts = Verdicts::from_text(Some(text));
        let known =
            |hook, opening| Evidence::default().with(Signal::Hook, hook).with(Signal::Opening, opening);
        let judged = |passage, evidence, verdict| Judged { passage: PassageKey(passage), evidence, verdict };
        assert_eq!(
            verdicts.judged,
            [
                judged(12_157_170_054_180_749_580, known(0.25, 0.0), Verdict::Kept),
                judged(2, known(0.5, 0.25), Verdict::Rejected),
            ]
        );
        let written = verdicts.to_text();
        assert!(
            written.starts_with(r#"[{"passage":12157170054180749580,"evidence":{"opening":0.0,"#),
            "{written}"
        );
        assert!(written.ends_with(r#"},"verdict":"rejected"}]"#), "{written}");
    }
}
