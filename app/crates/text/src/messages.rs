//! The messages of one language, found and filled in: of Project Fluent as much as they use, which is text, places, quoted text and
//! choices by a number, a word or a plural form. Fluent's own reader has the plural rules of all the world's languages with it, and
//! everybody would wait for them; `tests/messages` holds this one against it.

use crate::Language;
use crate::given::Given;
use crate::number::localized;
use clip::order;
use std::borrow::Cow;

/// A language's messages, ready to be said.
pub struct Messages {
    pub language: Language,
    source: Cow<'static, str>,
    /// Where each begins, in the order of their names.
    starts: Vec<usize>,
}

impl Messages {
    /// `source`: a message begins where a line begins with its name. Of two of one name the first counts; a test finds the second.
    pub fn new(language: Language, source: Cow<'static, str>) -> Self {
        let mut starts = Vec::new();
        let mut at = 0;
        for line in source.split_inclusive('\n') {
            if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
                starts.push(at);
            }
            at += line.len();
        }
        order::sort_by_key(&mut starts, |start| name_at(&source, *start));
        Self { language, source, starts }
    }

    /// The message `name` with what it was given; `None` where there is none, or none that can be read.
    pub fn say(&self, name: &str, given: &[(&'static str, Given)]) -> Option<String> {
        let place = self.starts.partition_point(|start| name_at(&self.source, *start) < name);
        let start = *self.starts.get(place)?;
        if name_at(&self.source, start) != name {
            return None;
        }
        let (_, rest) = self.source.get(start..)?.split_once('=')?;
        let mut said = String::new();
        Reader { rest, given, language: self.language }.pattern(&mut said)?;
        Some(said)
    }
}

fn name_at(source: &str, start: usize) -> &str {
    let line = source.get(start..).unwrap_or_default();
    line.split([' ', '=']).next().unwrap_or_default()
}

/// Reads one message and writes down what it says; `None` where it is not as it should be.
struct Reader<'a> {
    rest: &'a str,
    given: &'a [(&'static str, Given)],
    language: Language,
}

impl<'a> Reader<'a> {
    /// Text and what stands in braces, to the end of the line.
    fn pattern(&mut self, said: &mut String) -> Option<()> {
        self.rest = self.rest.trim_start_matches(' ');
        loop {
            let end = self.rest.find(['{', '}', '\n']).unwrap_or(self.rest.len());
            let text = self.take(end);
            if self.eat("{") {
                said.push_str(text);
                self.place(said)?;
                continue;
            }
            said.push_str(text.trim_end_matches(' '));
            return (!self.rest.starts_with('}')).then_some(());
        }
    }

    /// What stands between a brace that was read and the one that closes it.
    fn place(&mut self, said: &mut String) -> Option<()> {
        self.skip_blank();
        if self.eat("\"") {
            let end = self.rest.find(['"', '\\', '\n'])?;
            said.push_str(self.take(end));
            self.eat("\"").then_some(())?;
        } else {
            self.eat("$").then_some(())?;
            let end =
                self.rest.find(|next: char| !next.is_ascii_alphanumeric() && next != '-' && next != '_')?;
            let name = self.take(end);
            let value = self.given.iter().find(|(given, _)| *given == name).map(|(_, value)| value);
            self.skip_blank();
            match value {
                _ if self.eat("->") => self.choice(value, said)?,
                Some(Given::Number(number)) => said.push_str(&localized(&number.to_string(), self.language)),
                Some(Given::Text(text)) => said.push_str(text),
                // A test finds the message that names what it is not given.
                None => said.push_str(name),
            }
        }
        self.skip_blank();
        self.eat("}").then_some(())
    }

    /// One of several patterns, each behind its key: the first whose key fits, else the one with a star.
    fn choice(&mut self, value: Option<&Given>, said: &mut String) -> Option<()> {
        let (mut fitting, mut other) = (None, None);
        loop {
            self.skip_blank();
            let is_other = self.eat("*");
            if !self.eat("[") {
                break;
            }
            let end = self.rest.find(']')?;
            let key = self.take(end).trim();
            self.eat("]");
            let mut words = String::new();
            self.pattern(&mut words)?;
            if fitting.is_none() && value.is_some_and(|value| fits(key, value, self.language)) {
                fitting = Some(words);
            } else if is_other {
                other = Some(words);
            }
        }
        said.push_str(&fitting.or(other)?);
        Some(())
    }

    /// The next `length` bytes.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        self.rest = rest;
        taken
    }

    /// Whether `next` came next; it is read then.
    fn eat(&mut self, next: &str) -> bool {
        let rest = self.rest.strip_prefix(next);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip_blank(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n']);
    }
}

/// Whether a variant is the one for `value`. Of the forms that the Unicode CLDR has for the languages of the page, `one` alone says
/// something: it is the number 1, in Japanese none. `other` has the star, and `many` of Spanish begins with a million.
fn fits(key: &str, value: &Given, language: Language) -> bool {
    match value {
        Given::Text(text) => key == text,
        Given::Number(number) if key == "one" => number.abs() == 1.0 && language != Language::Japanese,
        Given::Number(number) => key == number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_as_it_should_be_is_not_said() {
        let check = |source: &'static str, expected: Option<&str>| {
            let messages = Messages::new(Language::English, source.into());
            let given = [("n", Given::from(1)), ("who", Given::from("Ann"))];
            assert_eq!(messages.say("a", &given).as_deref(), expected, "{source}");
        };
        check("a = Yes \nab = No\n", Some("Yes"));
        check("b = No\na= { $who }{\" \"}said {$n}", Some("Ann said 1"));
        check("ab = No\n", None);
        check("", None);
        check("a = { $who", None);
        check("a = { $who -", None);
        check("a = { $who }}", None);
        check("a = { who }", None);
        check("a = { \"who }", None);
        check("a = { $n ->\n    [one] one\n   *[other] others\n} of { $who }\n", Some("one of Ann"));
        check("a = { $who ->\n    [Ann] she\n   *[other] they\n}\n", Some("she"));
        check("a = { $n ->\n    [2] two\n}\n", None);
        check("a = { $n ->\n   *[other] others\n", None);
        check("a = { $nobody }\n", Some("nobody"));
        check("a = First\na = Second\n", Some("First"));
    }
}
