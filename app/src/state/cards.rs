//! What a card says of its clip beside title and length: how it begins, and the reasons that set it apart from the others.

use super::OpenFile;
use clip::edit::{ClipEdit, ClipId};
use clip::reason::Reason;
use project::trim::{Edge, Quote, quote};

/// So many reasons stand on a card.
const MOST: usize = 2;
/// Of fewer clips nothing is common.
const FEWEST: usize = 3;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// `None` where nothing is said.
    pub quote: Option<Quote>,
    pub reasons: Vec<Reason>,
}

impl Card {
    pub fn of(file: &OpenFile, id: ClipId) -> Option<Self> {
        let clip = file.clips.get(id)?;
        let quote = Some(quote(clip, Edge::Start, file.transcript())).filter(|quote| !quote.text.is_empty());
        let all: Vec<&ClipEdit> = file.clips.shown().collect();
        Some(Self { quote, reasons: telling(clip, &all) })
    }
}

/// What is true of most clips tells nothing of one.
fn telling(clip: &ClipEdit, all: &[&ClipEdit]) -> Vec<Reason> {
    let is_common = |reason: &&Reason| {
        let count = all.iter().filter(|one| one.reasons.contains(reason)).count();
        all.len() >= FEWEST && count * 2 > all.len()
    };
    clip.reasons.iter().filter(|reason| !is_common(reason)).take(MOST).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use project::fixtures::clip_between;

    #[test]
    fn what_most_clips_share_is_not_said() {
        let named = |names: &[&str]| -> Vec<Reason> {
            names.iter().map(|name| Reason::Written((*name).to_owned())).collect()
        };
        let clip =
            |id: u32, reasons: &[&str]| ClipEdit { reasons: named(reasons), ..clip_between(id, 0.0, 20.0) };
        let all =
            [clip(1, &["A", "B", "C", "D"]), clip(2, &["A", "B"]), clip(3, &["A", "E"]), clip(4, &["A"])];
        let check = |all: &[&ClipEdit], expected: &[&str]| assert_eq!(telling(all[0], all), named(expected));
        let [one, two, three, four] = &all;
        check(&[one, two, three, four], &["B", "C"]);
        check(&[one, two, three], &["C", "D"]);
        check(&[three, four, one], &["E"]);
        check(&[four, one, two], &[]);
        // Two have everything in common by chance.
        check(&[one, two], &["A", "B"]);
    }

    #[test]
    fn a_card_begins_with_what_is_said() {
        let file = OpenFile::from(project::fixtures::project());
        let card = Card::of(&file, ClipId(1)).expect("a card");
        assert_eq!(card.quote, Some(Quote { text: "Hello there. Bye.".into(), is_cut: false }));
        assert_eq!(Card::of(&file, ClipId(9)), None);
    }
}
