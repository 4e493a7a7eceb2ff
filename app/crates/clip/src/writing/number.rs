//! Numbers as they are spoken and as they are written: "two hundred and fifty", "250" and "1998" said in two halves.
//! Knows English number words; refuses to know what is counted.

use crate::decimal;

/// The value of the number that `words` begin with, written one way, and how many of them it takes. Plain words.
pub(super) fn leading_number(words: &[&str]) -> Option<(String, usize)> {
    let first = words.first()?;
    if let Some(rank) = rank(first) {
        return Some((rank, 1));
    }
    let mut reading = Reading::default();
    let mut taken = 0;
    while let Some(word) = words.get(taken) {
        let joins =
            *word == "and" && reading.may_go_on() && words.get(taken + 1).is_some_and(|next| small(next));
        if !joins && !reading.take(word) {
            break;
        }
        taken += 1;
    }
    if taken > 0 {
        return Some((reading.value().to_string(), taken));
    }
    // "3:30", "5k": as it stands.
    first.chars().any(|c| c.is_ascii_digit()).then(|| ((*first).to_owned(), 1))
}

/// What was read of a number so far.
#[derive(Debug, Default)]
struct Reading {
    /// Thousands and more.
    whole: f64,
    part: f64,
    last: Last,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Last {
    #[default]
    Nothing,
    /// Nothing small can follow, but the second half of a year can.
    Full,
    /// "twenty": a digit can follow.
    Tens,
    /// "hundred", "thousand": anything smaller can follow.
    Scale,
    /// In digits: only a scale can follow.
    Digits,
}

impl Reading {
    fn value(&self) -> f64 {
        self.whole + self.part
    }

    fn may_go_on(&self) -> bool {
        self.last == Last::Scale
    }

    /// Whether the word goes on with the number.
    fn take(&mut self, word: &str) -> bool {
        if let Some(value) = digits(word) {
            let free = self.last == Last::Nothing;
            (self.part, self.last) = if free { (value, Last::Digits) } else { (self.part, self.last) };
            return free;
        }
        match (self.last, counted(word), scale(word)) {
            (last, _, Some(scale)) if scale > 100.0 && last != Last::Nothing => {
                self.whole += self.part.max(1.0) * scale;
                (self.part, self.last) = (0.0, Last::Scale);
            }
            (_, _, Some(scale)) => {
                self.part = self.part.max(1.0) * scale;
                self.last = Last::Scale;
            }
            (Last::Nothing | Last::Scale, Some(value), _) => self.add(value),
            (Last::Tens, Some(value), _) if (1.0..10.0).contains(&value) => {
                self.part += value;
                self.last = Last::Full;
            }
            // "nineteen ninety": a year in two halves.
            (Last::Tens | Last::Full, Some(value), _)
                if self.whole == 0.0 && (10.0..100.0).contains(&self.part) && value >= 10.0 =>
            {
                self.part *= 100.0;
                self.add(value);
            }
            _ => return false,
        }
        true
    }

    fn add(&mut self, value: f64) {
        self.part += value;
        self.last = if value >= 20.0 { Last::Tens } else { Last::Full };
    }
}

fn small(word: &str) -> bool {
    counted(word).is_some()
}

fn digits(word: &str) -> Option<f64> {
    let bare = word.strip_suffix('s').unwrap_or(word);
    // "1,500" is a number; "3,5" is one only elsewhere.
    let is_group = |group: &str| group.split('.').next().is_some_and(|whole| whole.len() == 3);
    if !bare.split(',').skip(1).all(is_group) {
        return None;
    }
    let bare = bare.replace(',', "");
    let is_number = bare.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    is_number.then(|| decimal::read(&bare)).flatten()
}

fn counted(word: &str) -> Option<f64> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let at = |list: &[&str]| list.iter().position(|one| *one == word);
    at(&SMALL).map(|value| value as f64).or_else(|| at(&TENS).map(|tens| (tens * 10 + 20) as f64))
}

fn scale(word: &str) -> Option<f64> {
    match word {
        "hundred" => Some(1e2),
        "thousand" => Some(1e3),
        "million" => Some(1e6),
        "billion" => Some(1e9),
        "trillion" => Some(1e12),
        _ => None,
    }
}

/// Whether a word multiplies the number in front of it.
pub(super) fn is_scale(word: &str) -> bool {
    scale(word).is_some()
}

/// "third" and "3rd" are the same, and neither is "three".
fn rank(word: &str) -> Option<String> {
    const RANKS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    if let Some(at) = RANKS.iter().position(|one| *one == word) {
        return Some(format!("{}.", at + 1));
    }
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))?;
    (!bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit())).then(|| format!("{bare}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: Option<(&str, usize)>) {
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(leading_number(&words), want.map(|(value, taken)| (value.to_owned(), taken)), "{text}");
    }

    #[test]
    fn numbers_are_read_one_way() {
        check("five years", Some(("5", 1)));
        check("5 years", Some(("5", 1)));
        check("twenty five", Some(("25", 2)));
        check("two hundred and fifty people", Some(("250", 4)));
        check("hundred and somebody", Some(("100", 1)));
        check("1,500 people", Some(("1500", 1)));
        check("1,234,567.5 people", Some(("1234567.5", 1)));
        check("3,5 years", Some(("3,5", 1)));
        check("1.5 million", Some(("1500000", 2)));
        check("three thousand four hundred", Some(("3400", 4)));
        check("nineteen ninety eight", Some(("1998", 3)));
        check("1990s", Some(("1990", 1)));
        check("two three", Some(("2", 1)));
        check("million", Some(("1000000", 1)));
        check("third", Some(("3.", 1)));
        check("3rd", Some(("3.", 1)));
        check("3:30", Some(("3:30", 1)));
        check("years", None);
        check("and five", None);
    }
}
