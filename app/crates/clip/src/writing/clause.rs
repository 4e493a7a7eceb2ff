//! The parts of a sentence that can be quoted alone without saying something else. Refuses to weigh them.

use super::passage::Read;
use super::token::{Kind, Token};
use super::vocabulary::conditions;
use crate::script::raised;

/// Stands by itself: begins where its sentence does or behind a strong mark, and ends at a mark.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Clause<'a> {
    pub tokens: &'a [Token],
    /// In the spelling of the passage, first letter raised, without a dangling comma.
    pub text: String,
}

/// The whole sentence first, then each smaller part, longest first from each beginning.
pub(super) fn clauses(sentence: &Read) -> Vec<Clause<'_>> {
    let tokens = &sentence.tokens;
    let words: Vec<&str> = sentence.text.split_whitespace().collect();
    let starts = (0..tokens.len()).filter(|&at| begins(tokens, &words, at));
    let ends = |from: usize| {
        (from..tokens.len()).rev().filter(move |&at| at + 1 == tokens.len() || ends_early(tokens, from, at))
    };
    let clause = |from: usize, to: usize| {
        let last = tokens.get(to + 1).map_or(words.len(), |next| next.word);
        let text = words[tokens[from].word..last].join(" ");
        let text = text.trim_end_matches([',', ';', ':', '—', '–', '-', ' ']);
        Clause { tokens: &tokens[from..=to], text: raised(text) }
    };
    let all = starts.flat_map(|from| ends(from).map(move |to| clause(from, to)));
    all.collect()
}

/// Whether what begins at `from` is whole where a mark inside of its sentence stands: the last part says something, and it
/// does not only lead up to what follows ("Unlike any other rabbit, …"), nor does what follows take it back ("…, unless it rains").
fn ends_early(tokens: &[Token], from: usize, at: usize) -> bool {
    const FEWEST_CONTENT: usize = 3;
    if !tokens[at].breaks || tokens[at].kind == Kind::Free || !is_between(tokens, at) {
        return false;
    }
    if tokens.get(at + 1).is_some_and(|next| conditions(&next.plain)) {
        return false;
    }
    let mark = tokens[from..at].iter().rposition(|token| token.breaks);
    let last_part = mark.map_or(from, |mark| from + mark + 1);
    let content = tokens[last_part..=at].iter().filter(|token| token.is_content()).count();
    content >= FEWEST_CONTENT && !(last_part == from && hangs(&tokens[from..=at]))
}

/// Whether the sentence's spelling can be cut behind the token.
fn is_between(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_none_or(|next| next.word > tokens[at].word)
}

/// At the beginning; behind a strong mark; behind a comma with its "but". Behind any other comma a clause may hang on
/// what stands before: "If it rains, we stay."
fn begins(tokens: &[Token], words: &[&str], at: usize) -> bool {
    if at == 0 {
        return true;
    }
    if !is_between(tokens, at - 1) {
        return false;
    }
    // A stop inside of a sentence stands behind an abbreviation.
    let strong = words[tokens[at].word - 1].ends_with([';', ':', '—', '–', '?', '!', '…']);
    let mut before = at;
    while before > 0 && opens(&tokens[before - 1].plain) && !(before < at && tokens[before - 1].breaks) {
        before -= 1;
    }
    strong || before < at && (before == 0 || tokens[before - 1].breaks && !hangs(&tokens[..before]))
}

fn opens(plain: &str) -> bool {
    matches!(
        plain,
        "and" | "but" | "so" | "well" | "now" | "okay" | "yeah" | "yes" | "oh" | "um" | "uh" | "yet"
    )
}

/// Whether a clause only leads up to what follows: "If you come, and I hope so, …".
fn hangs(clause: &[Token]) -> bool {
    const LEADING: [&str; 28] = [
        "if", "unless", "when", "while", "although", "though", "because", "since", "as", "unlike", "like",
        "in", "on", "at", "for", "with", "without", "by", "after", "before", "under", "from", "during",
        "despite", "imagine", "suppose", "whether", "once",
    ];
    let first = clause.iter().find(|token| !opens(&token.plain));
    first.is_some_and(|first| LEADING.contains(&first.plain.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, want: &[&str]) {
        let read = Read::new(sentence);
        let got: Vec<String> = clauses(&read).into_iter().map(|clause| clause.text).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn clauses_can_stand_alone() {
        check("Dogs bark.", &["Dogs bark."]);
        check("And dogs bark.", &["And dogs bark.", "Dogs bark."]);
        let whole = "Dogs bark at strangers here and now, but cats do not.";
        check(whole, &[whole, "Dogs bark at strangers here and now", "Cats do not."]);
        for whole in
            ["If it rains on Sundays, we stay.", "Drawn to it, Luna approached the pond and, for once, flew."]
        {
            check(whole, &[whole]);
        }
        check("Hear me: Mrs. Allen barks.", &["Hear me: Mrs. Allen barks.", "Mrs. Allen barks."]);
    }
}
