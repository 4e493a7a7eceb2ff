//! Decimal numbers of a few digits, as they stand in text. The standard library's reader gets the last of 17 digits right, with tables
//! of ten kilobytes, and everybody waits for the page's bytes.

/// What `text` says, if it says nothing but a number.
pub fn read(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('-');
    let digits = unsigned.unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value = 0.0;
    for digit in whole.chars().chain(fraction.chars()) {
        value = value * 10.0 + f64::from(digit.to_digit(10)?);
    }
    let value = value / fraction.chars().fold(1.0, |scale, _| scale * 10.0);
    Some(if unsigned.is_some() { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_standard_library_reads() {
        for text in ["0", "7", "-3", "1990", "1.5", "0.1", "12.75", "0012", "5.", "-.5", "123456789.125"] {
            assert_eq!(read(text), text.parse().ok(), "{text}");
        }
        for text in ["", ".", "-", "-.", "1.2.3", "5-6", "--1", " 1", "1e3", "inf", "NaN", "+1", "१"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
