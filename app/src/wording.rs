//! How what the state knows as data is called, where several parts of the page say it: the steps that can be taken back, and the words
//! that stand at an edge of a clip. Knows no page.

use project::steps::{Part, Step};
use project::trim::{Edge, Quote};
use text::say;

/// "Skip clip 2", as it stands behind what takes it back or makes it again.
fn step(step: Step) -> String {
    match step {
        Step::HeardAgain => say!("clips-step-heard-again"),
        Step::Skipped(number) => say!("clips-step-skip", number = number),
        Step::BroughtBack(number) => say!("clips-step-bring-back", number = number),
        Step::Kept(number) => say!("clips-step-keep", number = number),
        Step::KeptNoLonger(number) => say!("clips-step-keep-no-longer", number = number),
        Step::Found => say!("clips-step-find"),
        Step::ChoseSpeaker => say!("clips-step-speaker"),
        Step::Tuned => say!("clips-step-tune"),
        Step::NamedSpeakers => say!("clips-step-names"),
        Step::MarkedSpeakers => say!("clips-step-labels"),
        Step::Reshaped => say!("clips-step-shape"),
        Step::CaptionedIn => say!("clips-step-caption-language"),
        Step::Spelled => say!("clips-step-corrected"),
        Step::Counted => say!("clips-step-count"),
        Step::Added(number) => say!("clips-step-add", number = number),
        Step::Split(number) => say!("clips-step-split", number = number),
        Step::Ranked => say!("clips-step-better"),
        Step::Edited(Part::Title, number) => say!("clips-step-title", number = number),
        Step::Edited(Part::Trim, number) => say!("clips-step-trim", number = number),
        Step::Edited(Part::WordsBack, number) => say!("clips-step-words-back", number = number),
        Step::Edited(Part::Cut, number) => say!("clips-step-cut", number = number),
        Step::Edited(Part::Captions, number) => say!("clips-step-captions", number = number),
        Step::Edited(Part::Framing, number) => say!("clips-step-framing", number = number),
        Step::Other => say!("clips-step-other"),
    }
}

/// What a button takes back; it alone where there is nothing.
pub fn undo(taken_back: Option<Step>) -> String {
    match taken_back {
        Some(taken_back) => say!("clips-undo-step", step = step(taken_back)),
        None => say!("common-undo"),
    }
}

/// What a button makes again.
pub fn redo(made_again: Option<Step>) -> String {
    match made_again {
        Some(made_again) => say!("clips-redo-step", step = step(made_again)),
        None => say!("clips-redo"),
    }
}

/// What a button does, and the keys for it.
pub fn with_keys(act: String, keys: String) -> String {
    say!("common-with-keys", act = act, keys = keys)
}

/// That it was taken back.
pub fn undone(taken_back: Step) -> String {
    say!("clips-undone", step = step(taken_back))
}

/// That it was made again.
pub fn redone(made_again: Step) -> String {
    say!("clips-redone", step = step(made_again))
}

/// In quotation marks.
pub fn quoted(quote: &Quote, edge: Edge) -> String {
    say!("clips-quoted", text = open_ended(quote, edge))
}

/// With a sign for what else the clip says there.
pub fn open_ended(Quote { text, is_cut }: &Quote, edge: Edge) -> String {
    match (edge, is_cut) {
        (_, false) => text.clone(),
        (Edge::Start, true) => format!("{text} …"),
        (Edge::End, true) => format!("… {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_called_by_what_they_did() {
        let check = |taken_back, expected: &str| assert_eq!(undo(taken_back), expected);
        check(None, "Undo");
        check(Some(Step::Skipped(2)), "Undo: skip clip 2");
        check(Some(Step::KeptNoLonger(1)), "Undo: keep clip 1 no longer");
        check(Some(Step::Edited(Part::WordsBack, 3)), "Undo: bring back words of clip 3");
        check(Some(Step::CaptionedIn), "Undo: caption language");
        assert_eq!([redo(None), redo(Some(Step::Ranked))], ["Redo", "Redo: better clips"]);
        let framing = Step::Edited(Part::Framing, 1);
        assert_eq!(
            [undone(framing), redone(framing)],
            ["Undone: framing of clip 1", "Redone: framing of clip 1"]
        );
    }

    #[test]
    fn what_stands_at_an_edge_is_quoted() {
        let check = |text: &str, is_cut, edge, expected: &str| {
            assert_eq!(quoted(&Quote { text: text.into(), is_cut }, edge), expected);
        };
        check("Hello there.", false, Edge::Start, "“Hello there.”");
        check("Hello there", true, Edge::Start, "“Hello there …”");
        check("and bye.", true, Edge::End, "“… and bye.”");
    }
}
