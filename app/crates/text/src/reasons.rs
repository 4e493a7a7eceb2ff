//! Why a clip was chosen, and what there is to say beside a result. The kinds are `clip`'s; here each has its words, and none is
//! without.

mod notes;

pub use notes::{form, note, notes};

use crate::{decimal, say};
use clip::reason::{Opening, Reason};

/// One reason, as it stands in a list.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Chosen => say!("reasons-chosen"),
        Reason::OpensWith(opening) => opens_with(*opening),
        Reason::WholeSentences(count) => say!("reasons-sentences", count = *count),
        Reason::AfterPause(pause) => say!("reasons-after-pause", seconds = decimal(pause.seconds(), 1)),
        Reason::NewTopic => say!("reasons-new-topic"),
        Reason::Brisk(words) => say!("reasons-brisk", words = decimal(f64::from(*words) / 10.0, 1)),
        Reason::AsWanted => say!("reasons-as-wanted"),
        Reason::Reaction { is_sure: true } => say!("reasons-reaction-sure"),
        Reason::Reaction { is_sure: false } => say!("reasons-reaction"),
        Reason::Story => say!("reasons-story"),
        Reason::Energy => say!("reasons-energy"),
        Reason::Dialogue => say!("reasons-dialogue"),
        Reason::Feeling => say!("reasons-feeling"),
        Reason::OneTopic => say!("reasons-one-topic"),
        Reason::Dense => say!("reasons-dense"),
        Reason::Names(count) => say!("reasons-names", count = *count),
        Reason::Numbers(count) => say!("reasons-numbers", count = *count),
        Reason::NamesAndNumbers(count) => say!("reasons-names-and-numbers", count = *count),
        Reason::CleanEnd => say!("reasons-clean-end"),
        Reason::InOnePiece(length) => say!("reasons-one-piece", seconds = length.seconds()),
        Reason::Written(words) => words.clone(),
    }
}

/// All reasons in one line.
pub fn reasons(all: &[Reason]) -> String {
    all.iter().map(reason).collect::<Vec<_>>().join("; ")
}

fn opens_with(opening: Opening) -> String {
    match opening {
        Opening::Question => say!("reasons-opens-question"),
        Opening::Story => say!("reasons-opens-story"),
        Opening::Surprise => say!("reasons-opens-surprise"),
        Opening::Claim => say!("reasons-opens-claim"),
        Opening::You => say!("reasons-opens-you"),
        Opening::Number => say!("reasons-opens-number"),
        Opening::Name => say!("reasons-opens-name"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, in_english, source, use_language};
    use media::time::Span;

    #[test]
    fn a_reason_is_said_in_the_language_in_use_and_in_english_where_that_is_asked_for() {
        let all = [
            Reason::WholeSentences(1),
            Reason::WholeSentences(3),
            Reason::AfterPause(Span::from_millis(1_200)),
            Reason::Written("Because.".into()),
        ];
        let english = "A complete thought in one sentence; A complete thought: 3 whole sentences; \
                       Begins after a pause of 1.2 s; Because.";
        assert_eq!(reasons(&all), english);
        use_language(Language::German, source(Language::German).expect("natively all languages are here"));
        assert_eq!(reason(&all[2]), "Beginnt nach 1,2 s Pause");
        assert_eq!(in_english(|| reasons(&all)), english);
        assert_eq!(reason(&Reason::OneTopic), "Bleibt bei einem Thema", "the language is back");
        use_language(Language::English, "");
    }

    /// What stands in documents is English that never changes; what people read may, and then this test says where.
    #[test]
    fn english_is_what_documents_have() {
        let all = [
            Reason::Chosen,
            Reason::OpensWith(Opening::Surprise),
            Reason::WholeSentences(2),
            Reason::Brisk(31),
            Reason::Reaction { is_sure: true },
            Reason::NamesAndNumbers(4),
            Reason::InOnePiece(Span::from_millis(42_000)),
        ];
        for one in all {
            assert_eq!(reason(&one), String::from(one.clone()));
        }
    }
}
