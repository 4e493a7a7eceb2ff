//! Numbers as a language writes them. Fluent leaves that to whoever uses it.

use crate::Language;

/// How digits are set apart.
struct Marks {
    decimal: char,
    /// Between thousands.
    group: char,
    /// Digits from which thousands are set apart: Spanish writes 1234, and 12.345.
    grouped_from: usize,
}

/// As the Unicode CLDR lists them (numbers, symbols and minimumGroupingDigits).
const fn marks(language: Language) -> Marks {
    match language {
        Language::English | Language::Japanese => Marks { decimal: '.', group: ',', grouped_from: 4 },
        Language::German => Marks { decimal: ',', group: '.', grouped_from: 4 },
        Language::Spanish => Marks { decimal: ',', group: '.', grouped_from: 5 },
    }
}

/// `number` with `digits` behind the decimal mark, in the language in use.
pub fn decimal(number: f64, digits: usize) -> String {
    localized(&format!("{number:.digits$}"), crate::language())
}

/// What Rust writes of a number (`-1234.5`), as `language` does.
pub(crate) fn localized(plain: &str, language: Language) -> String {
    let marks = marks(language);
    let (sign, unsigned) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain),
    };
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(a, b)| (a, Some(b)));
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return plain.to_owned();
    }
    let mut said = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len() - at;
        if at > 0 && left.is_multiple_of(3) && whole.len() >= marks.grouped_from {
            said.push(marks.group);
        }
        said.push(digit);
    }
    if let Some(fraction) = fraction {
        said.push(marks.decimal);
        said.push_str(fraction);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_marks() {
        let check = |plain: &str, expected: [&str; 4]| {
            let said = Language::ALL.map(|language| localized(plain, language));
            assert_eq!(said, expected);
        };
        check("7", ["7"; 4]);
        check("41.3", ["41.3", "41,3", "41,3", "41.3"]);
        check("1234", ["1,234", "1.234", "1234", "1,234"]);
        check("-1234567.25", ["-1,234,567.25", "-1.234.567,25", "-1.234.567,25", "-1,234,567.25"]);
        check("inf", ["inf"; 4]);
    }
}
