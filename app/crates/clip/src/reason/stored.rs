//! How a reason stands in a document: in the English words that all pages have written there, whatever language they speak. A page from
//! before reasons were data reads and shows them as they are; a page of today reads its own and theirs as data. These words are a form
//! of the file and never change; what people read is the crate `text`'s.

use media::time::Span;

use super::{Opening, Reason};
use crate::decimal;

static WITHOUT_NUMBER: [(Reason, &str); 20] = [
    (Reason::Chosen, "You chose it yourself"),
    (Reason::OpensWith(Opening::Question), "Opens with a question"),
    (Reason::OpensWith(Opening::Story), "Opens like a story"),
    (Reason::OpensWith(Opening::Surprise), "Opens with a contrast or a surprise"),
    (Reason::OpensWith(Opening::Claim), "Opens with a strong claim"),
    (Reason::OpensWith(Opening::You), "Speaks to the listener from the first line"),
    (Reason::OpensWith(Opening::Number), "Opens with a number"),
    (Reason::OpensWith(Opening::Name), "Opens with a name"),
    (Reason::WholeSentences(1), "A complete thought in one sentence"),
    (Reason::NewTopic, "Begins where a new topic begins"),
    (Reason::AsWanted, "Speaks about what you asked for"),
    (Reason::Reaction { is_sure: true }, "People laugh or applaud"),
    (Reason::Reaction { is_sure: false }, "People seem to react"),
    (Reason::Story, "A real story, not small talk"),
    (Reason::Energy, "More energy than the rest"),
    (Reason::Dialogue, "A question and its answer"),
    (Reason::Feeling, "Says how somebody feels"),
    (Reason::OneTopic, "Keeps to one topic"),
    (Reason::Dense, "Dense, little filler"),
    (Reason::CleanEnd, "Ends on a full stop and a pause"),
];

/// What stands around a number.
const SENTENCES: (&str, &str) = ("A complete thought: ", " whole sentences");
const PAUSE: (&str, &str) = ("Begins after a pause of ", " s");
const BRISK: (&str, &str) = ("Brisk, ", " words a second");
const NAMES: (&str, &str) = ("Specific: ", " names");
const NUMBERS: (&str, &str) = ("Specific: ", " numbers");
const NAMES_AND_NUMBERS: (&str, &str) = ("Specific: ", " names and numbers");
const ONE_PIECE: (&str, &str) = ("", " seconds without a cut");

impl From<Reason> for String {
    fn from(reason: Reason) -> String {
        if let Some((_, words)) = WITHOUT_NUMBER.iter().find(|(known, _)| *known == reason) {
            return (*words).to_owned();
        }
        let around = |(before, behind): (&str, &str), number: f64, digits: usize| {
            format!("{before}{number:.digits$}{behind}")
        };
        match reason {
            Reason::WholeSentences(count) => around(SENTENCES, count as f64, 0),
            Reason::AfterPause(pause) => around(PAUSE, pause.seconds(), 1),
            Reason::Brisk(words) => around(BRISK, f64::from(words) / 10.0, 1),
            Reason::Names(count) => around(NAMES, count as f64, 0),
            Reason::Numbers(count) => around(NUMBERS, count as f64, 0),
            Reason::NamesAndNumbers(count) => around(NAMES_AND_NUMBERS, count as f64, 0),
            Reason::InOnePiece(length) => around(ONE_PIECE, length.seconds(), 0),
            Reason::Written(words) => words,
            // All of these stand in the list; a test says so.
            Reason::Chosen
            | Reason::OpensWith(_)
            | Reason::NewTopic
            | Reason::AsWanted
            | Reason::Reaction { .. }
            | Reason::Story
            | Reason::Energy
            | Reason::Dialogue
            | Reason::Feeling
            | Reason::OneTopic
            | Reason::Dense
            | Reason::CleanEnd => String::new(),
        }
    }
}

/// Words that no page of today writes stay words.
impl From<String> for Reason {
    fn from(words: String) -> Reason {
        if let Some((reason, _)) = WITHOUT_NUMBER.iter().find(|(_, known)| *known == words) {
            return reason.clone();
        }
        let within = |(before, behind): (&str, &str)| {
            let number = words.strip_prefix(before)?.strip_suffix(behind)?;
            decimal::read(number).filter(|number| (0.0..1e6).contains(number))
        };
        let count = |around| within(around).map(|number| number as usize);
        let sentences = || count(SENTENCES).map(Reason::WholeSentences);
        let pause = || within(PAUSE).map(|seconds| Reason::AfterPause(Span::from_seconds(seconds)));
        let brisk = || within(BRISK).map(|words| Reason::Brisk((words * 10.0).round() as u32));
        let both = || count(NAMES_AND_NUMBERS).map(Reason::NamesAndNumbers);
        let names = || count(NAMES).map(Reason::Names);
        let numbers = || count(NUMBERS).map(Reason::Numbers);
        let length = || within(ONE_PIECE).map(|seconds| Reason::InOnePiece(Span::from_seconds(seconds)));
        let read = sentences().or_else(pause).or_else(brisk).or_else(both).or_else(names).or_else(numbers);
        read.or_else(length).unwrap_or(Reason::Written(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_stands_in_words_and_comes_back() {
        let check = |reason: Reason, words: &str| {
            assert_eq!(String::from(reason.clone()), words);
            assert_eq!(Reason::from(words.to_owned()), reason);
        };
        for (reason, words) in &WITHOUT_NUMBER {
            check(reason.clone(), words);
        }
        check(Reason::WholeSentences(3), "A complete thought: 3 whole sentences");
        check(Reason::AfterPause(Span::from_millis(1_000)), "Begins after a pause of 1.0 s");
        check(Reason::Brisk(34), "Brisk, 3.4 words a second");
        check(Reason::Names(3), "Specific: 3 names");
        check(Reason::Numbers(4), "Specific: 4 numbers");
        check(Reason::NamesAndNumbers(5), "Specific: 5 names and numbers");
        check(Reason::InOnePiece(Span::from_millis(42_000)), "42 seconds without a cut");
        check(Reason::Written("Told for its own sake".into()), "Told for its own sake");
        check(Reason::Written("Specific: many names".into()), "Specific: many names");
        check(Reason::Written("-3 seconds without a cut".into()), "-3 seconds without a cut");
    }

    #[test]
    fn a_list_of_reasons_is_a_list_of_words() {
        let text = r#"["Keeps to one topic","Because."]"#;
        let reasons = vec![Reason::OneTopic, Reason::Written("Because.".into())];
        assert_eq!(serde_json::from_str::<Vec<Reason>>(text).expect("reasons"), reasons);
        assert_eq!(serde_json::to_string(&reasons).expect("JSON"), text);
    }
}
