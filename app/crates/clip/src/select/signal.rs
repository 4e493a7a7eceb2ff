//! The signals that a clip is judged by, each from 0 to 1, and the score that they add up to. One table says all that is fixed about a
//! signal. How a signal comes about is `evidence`'s matter; stored with every clip.

use crate::order;
use std::ops::{Index, IndexMut};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::named::Values;
use super::slider::{Slider, Weights};

/// What a signal does to the score.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Counts {
    /// A part of the whole: a clip that has all of these has all the points.
    Share(f32),
    /// Comes on top of them.
    Bonus(f32),
    /// Cannot be made up for by anything else: the whole is multiplied by what is left without the signal and what the signal adds to
    /// it, up to the third number.
    Factor(f32, f32, f32),
}

/// All that is fixed about a signal.
struct Row {
    name: &'static str,
    counts: Counts,
    /// Which one weighs it.
    slider: Option<Slider>,
    /// Its value where nothing is known.
    neutral: f32,
}

/// The enum and its table, of the same lines: what is left to write of a new signal, the compiler finds.
macro_rules! signals {
    ($($(#[$words:meta])* $signal:ident: $name:literal, $counts:expr, $slider:expr, $neutral:literal;)*) => {
        /// What a clip is judged by.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Signal {
            $($(#[$words])* $signal,)*
        }

        impl Signal {
            pub const ALL: [Self; SIGNALS] = [$(Self::$signal),*];
        }

        /// How many signals there are.
        pub const SIGNALS: usize = [$($name),*].len();

        /// By [`Signal`].
        const TABLE: [Row; SIGNALS] =
            [$(Row { name: $name, counts: $counts, slider: $slider, neutral: $neutral }),*];
    };
}

use Counts::{Bonus, Factor, Share};

signals! {
    /// Begins where something new begins.
    Opening: "opening", Share(0.19), None, 0.0;
    /// Ends where something ends, on a whole sentence, before a pause.
    Closing: "closing", Share(0.17), None, 0.0;
    /// Long enough to say something.
    Body: "body", Share(0.10), None, 0.0;
    /// The first line makes one stay.
    Hook: "hook", Share(0.14), Some(Slider::Hook), 0.0;
    /// Content words, names and numbers instead of filling.
    Density: "density", Share(0.13), Some(Slider::Substance), 0.0;
    /// The sentences belong together.
    Coherence: "coherence", Share(0.11), None, 0.0;
    /// Neither slow nor hurried.
    Pace: "pace", Share(0.06), Some(Slider::Energy), 0.0;
    /// Little silence inside.
    Flow: "flow", Share(0.05), None, 0.0;
    /// How sure the transcription was.
    Clarity: "clarity", Share(0.05), None, 0.0;
    /// Understood without what came before.
    Independence: "independence", Factor(0.45, 0.55, 1.0), None, 1.0;
    /// Not a list, a greeting, an announcement or a repetition.
    Substance: "substance", Factor(0.15, 0.85, 1.0), None, 1.0;
    /// One topic throughout: nothing inside is as strong a bound as the clip's own.
    Unity: "unity", Factor(0.55, 0.45, 1.0), None, 1.0;
    /// Told for its own sake, by meaning: not to greet, to announce or to point at something.
    Narrative: "telling", Factor(0.5, 0.8, 1.2), None, 0.5;
    /// Spoken louder than the rest.
    Energy: "energy", Bonus(0.05), Some(Slider::Energy), 0.0;
    /// People laugh or applaud.
    Reaction: "reaction", Bonus(0.10), Some(Slider::Reaction), 0.0;
    /// People speak with each other: questions that are answered, turns that change.
    Dialogue: "dialogue", Bonus(0.04), Some(Slider::Dialogue), 0.0;
    /// Says how somebody feels.
    Feeling: "feeling", Bonus(0.05), Some(Slider::Feeling), 0.0;
    /// Speaks about what was asked for; whole where nothing was.
    Topic: "topic", Factor(0.05, 0.95, 1.0), None, 1.0;
    /// Said by the person who was asked for; whole where nobody was.
    Voice: "voice", Factor(0.02, 0.98, 1.0), None, 1.0;
}

impl Signal {
    const fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// As it is stored.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// Its value where nothing is known.
    pub const fn neutral(self) -> f32 {
        self.row().neutral
    }
}

/// The signals of one candidate, each 0 (bad) to 1 (good). Of one of which nothing is known all are 0.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Evidence([f32; SIGNALS]);

/// What one signal adds to a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    pub signal: Signal,
    /// 0 to 1.
    pub value: f32,
    /// Of the score.
    pub points: f32,
}

impl Evidence {
    pub fn of(value: impl FnMut(Signal) -> f32) -> Self {
        Self(Signal::ALL.map(value))
    }

    /// The same with another value of one signal.
    #[must_use]
    pub const fn with(mut self, signal: Signal, value: f32) -> Self {
        self.0[signal as usize] = value;
        self
    }

    /// What cannot be made up for by anything else: whether it stands alone, says something, keeps to its topic, and is about
    /// what and by whom was asked for.
    fn whole(&self) -> f32 {
        let factor = |signal: Signal| match signal.row().counts {
            Factor(without, with, most) => (without + with * self[signal]).min(most),
            Share(_) | Bonus(_) => 1.0,
        };
        Signal::ALL.into_iter().map(factor).product()
    }

    /// 0 to 100.
    pub fn score(&self, weights: &Weights) -> f32 {
        let parts = self.parts(weights);
        parts.iter().map(|part| part.points).sum::<f32>().clamp(0.0, 100.0)
    }

    /// What each signal that adds to the score adds, most first.
    pub fn parts(&self, weights: &Weights) -> Vec<Part> {
        // However the sliders stand, a clip that has everything has all the points.
        let share = |signal: Signal| match signal.row().counts {
            Share(weight) => weight * weights.factor(signal.row().slider),
            Bonus(_) | Factor(..) => 0.0,
        };
        let total: f32 = Signal::ALL.into_iter().map(share).sum();
        let scale = 100.0 * self.whole() / total.max(0.01);
        let part = |signal: Signal| match signal.row().counts {
            Share(weight) | Bonus(weight) => {
                let weight = weight * weights.factor(signal.row().slider);
                Some(Part { signal, value: self[signal], points: self[signal] * weight * scale })
            }
            Factor(..) => None,
        };
        let mut parts: Vec<Part> = Signal::ALL.into_iter().filter_map(part).collect();
        order::sort_by(&mut parts, |a, b| b.points.total_cmp(&a.points));
        parts
    }

    /// Each signal with its value.
    pub fn signals(&self) -> [(Signal, f32); SIGNALS] {
        Signal::ALL.map(|signal| (signal, self[signal]))
    }
}

impl Index<Signal> for Evidence {
    type Output = f32;

    fn index(&self, signal: Signal) -> &f32 {
        &self.0[signal as usize]
    }
}

impl IndexMut<Signal> for Evidence {
    fn index_mut(&mut self, signal: Signal) -> &mut f32 {
        &mut self.0[signal as usize]
    }
}

/// By name. A signal that is younger than what is stored is neutral; where none is named, nothing is known.
impl Serialize for Evidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.signals().map(|(signal, value)| (signal.name(), value)))
    }
}

impl<'de> Deserialize<'de> for Evidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let named = Values::deserialize(deserializer)?;
        if Signal::ALL.iter().all(|signal| named.get(signal.name()).is_none()) {
            return Ok(Self::default());
        }
        Ok(Self::of(|signal| named.get(signal.name()).unwrap_or(signal.neutral())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARES: f32 = 0.19 + 0.17 + 0.10 + 0.14 + 0.13 + 0.11 + 0.06 + 0.05 + 0.05;

    #[test]
    fn the_shares_make_the_whole_and_what_is_neutral_takes_nothing_away() {
        let share = |signal: &Signal| match signal.row().counts {
            Share(weight) => weight,
            Bonus(_) | Factor(..) => 0.0,
        };
        assert_eq!(Signal::ALL.iter().map(share).sum::<f32>(), SHARES);
        assert!((SHARES - 1.0).abs() < 1e-5);
        let neutral = Evidence::of(Signal::neutral);
        assert!((neutral.whole() - 0.9).abs() < 1e-5, "only what narrative does is not known");
        for signal in Signal::ALL {
            let adds = neutral.parts(&Weights::default()).iter().any(|part| part.signal == signal);
            let (none, whole) = (neutral.with(signal, 0.0).whole(), neutral.with(signal, 1.0).whole());
            assert_eq!(none < whole, !adds, "{signal:?}");
        }
    }

    #[test]
    fn a_slider_weighs_its_own_signals() {
        let evidence = Evidence::of(|_| 1.0);
        let mut weights = Weights::default();
        weights.set(Slider::Energy, 0.0);
        for part in evidence.parts(&weights) {
            let is_weighed = matches!(part.signal, Signal::Pace | Signal::Energy);
            assert_eq!(part.points == 0.0, is_weighed, "{part:?}");
        }
        assert_eq!(evidence.score(&weights), 100.0);
    }

    #[test]
    fn evidence_is_stored_by_name() {
        let evidence = Evidence::default().with(Signal::Hook, 0.25).with(Signal::Voice, 1.0);
        let stored = serde_json::to_value(evidence).expect("JSON");
        assert_eq!(
            (&stored["hook"], &stored["voice"], &stored["body"]),
            (&0.25.into(), &1.0.into(), &0.0.into())
        );
        assert_eq!(stored.as_object().map(serde_json::Map::len), Some(SIGNALS));
        let read = |text: &str| serde_json::from_str::<Evidence>(text).expect("evidence");
        assert_eq!(read(&stored.to_string()), evidence);
        assert_eq!(read("{}"), Evidence::default());
        let young = read(r#"{"hook": 0.25, "of_another_page": {"of": []}}"#);
        assert_eq!(young, Evidence::of(Signal::neutral).with(Signal::Hook, 0.25));
    }
}
