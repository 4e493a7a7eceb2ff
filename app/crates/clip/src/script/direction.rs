//! Text from right to left: which way a line goes, in which order its parts stand, and the marks that files carry for it.
//! Unicode's bidirectional algorithm (UAX #9) by `unicode-bidi`.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// The way a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Direction {
    #[default]
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// As HTML and the canvas name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// Which way words are read that stand together: the way of most of them. One name in Latin letters at the front of a line of
/// Hebrew does not turn it.
pub fn direction<'a>(words: impl IntoIterator<Item = &'a str>) -> Direction {
    let (mut left, mut right) = (0_usize, 0_usize);
    for word in words.into_iter().flat_map(str::split_whitespace) {
        match word.chars().find_map(strong) {
            Some(Direction::LeftToRight) => left += 1,
            Some(Direction::RightToLeft) => right += 1,
            None => {}
        }
    }
    if right > left || right == left && right > 0 { Direction::RightToLeft } else { Direction::LeftToRight }
}

fn strong(c: char) -> Option<Direction> {
    match bidi_class(c) {
        BidiClass::L => Some(Direction::LeftToRight),
        BidiClass::R | BidiClass::AL => Some(Direction::RightToLeft),
        _ => None,
    }
}

/// A line for files whose readers take the first letter for the way of the whole (WebVTT): a mark in front where that is wrong.
pub fn marked(line: String, way: Direction) -> String {
    match (way, line.chars().find_map(strong)) {
        (Direction::RightToLeft, first) if first != Some(way) => format!("\u{200f}{line}"),
        _ => line,
    }
}

/// A line for files whose readers may set everything from left to right (SubRip): embedded, so that its parts and its marks
/// stand right whatever stands around it.
pub fn embedded(line: String, way: Direction) -> String {
    match way {
        Direction::LeftToRight => line,
        Direction::RightToLeft => format!("\u{202b}{line}\u{202c}"),
    }
}

/// Part of a word of a line, all of it in one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Which word of the line; `None` for the space between two.
    pub word: Option<usize>,
    pub text: String,
    pub way: Direction,
}

/// The pieces of a line in the order in which they stand from the left. `words`: each with whether a space stands before it.
/// Letters join only within a piece, and no two that join are ever parted: they have one direction.
pub fn visual<'a>(words: impl IntoIterator<Item = (&'a str, bool)>, way: Direction) -> Vec<Piece> {
    let mut line = String::new();
    let mut places: Vec<(Option<usize>, Range<usize>)> = Vec::new();
    for (number, (word, spaced)) in words.into_iter().enumerate() {
        if spaced && number > 0 {
            places.push((None, line.len()..line.len() + 1));
            line.push(' ');
        }
        places.push((Some(number), line.len()..line.len() + word.len()));
        line.push_str(word);
    }
    let base = if way == Direction::RightToLeft { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(&line, Some(base));
    let Some(paragraph) = info.paragraphs.first() else { return Vec::new() };
    let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
    let mut pieces = Vec::new();
    for run in runs {
        let is_rtl = levels.get(run.start).is_some_and(Level::is_rtl);
        let within = |(number, place): &(Option<usize>, Range<usize>)| {
            let (from, to) = (place.start.max(run.start), place.end.min(run.end));
            let text = line.get(from..to).filter(|text| !text.is_empty())?;
            let way = if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight };
            Some(Piece { word: *number, text: text.to_owned(), way })
        };
        let mut inside: Vec<Piece> = places.iter().filter_map(within).collect();
        if is_rtl {
            inside.reverse();
        }
        pieces.append(&mut inside);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_words_say_which_way_a_line_goes() {
        let check = |text: &str, want: &str| assert_eq!(direction([text]).name(), want, "{text}");
        check("Hello world", "ltr");
        check("שלום עולם", "rtl");
        check("Python היא שפה", "rtl");
        check("We say שלום here", "ltr");
        check("3.5", "ltr");
        check("مرحبا 123", "rtl");
        check("", "ltr");
    }

    /// The line as it is seen: from the left, pieces that go to the left written backwards.
    fn check(line: &str, want: &str) {
        let words: Vec<(&str, bool)> = line.split(' ').map(|word| (word, true)).collect();
        let seen = |piece: &Piece| -> String {
            match piece.way {
                Direction::LeftToRight => piece.text.clone(),
                Direction::RightToLeft => piece.text.chars().rev().collect(),
            }
        };
        let pieces = visual(words.iter().copied(), direction([line]));
        assert_eq!(pieces.iter().map(seen).collect::<String>(), want, "{line}");
    }

    #[test]
    fn parts_stand_where_a_reader_looks_for_them() {
        check("Hello, world.", "Hello, world.");
        check("שלום עולם.", ".םלוע םולש");
        check("אני אוהב AI, ML וגם Rust!", "!Rust םגו AI, ML בהוא ינא");
        check("זה עולה 3.5 דולר.", ".רלוד 3.5 הלוע הז");
        check("We say שלום עולם here.", "We say םלוע םולש here.");
        check("مرحبا بكم في 2024.", ".2024 يف مكب ابحرم");
        check("(שלום)", ")םולש(");
    }

    #[test]
    fn every_piece_knows_its_word() {
        let pieces = visual([("ה-AI", false), ("שלי", true)], Direction::RightToLeft);
        let got: Vec<(Option<usize>, &str)> =
            pieces.iter().map(|piece| (piece.word, piece.text.as_str())).collect();
        assert_eq!(got, [(Some(1), "שלי"), (None, " "), (Some(0), "AI"), (Some(0), "ה-")]);
    }

    #[test]
    fn files_carry_marks_where_a_reader_needs_them() {
        let rtl = Direction::RightToLeft;
        assert_eq!(marked("שלום.".into(), rtl), "שלום.");
        assert_eq!(marked("Rust היא".into(), rtl), "\u{200f}Rust היא");
        assert_eq!(marked("Hello.".into(), Direction::LeftToRight), "Hello.");
        assert_eq!(embedded("שלום.".into(), rtl), "\u{202b}שלום.\u{202c}");
        assert_eq!(embedded("Hello.".into(), Direction::LeftToRight), "Hello.");
    }
}
