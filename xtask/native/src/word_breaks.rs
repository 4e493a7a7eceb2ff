//! Words of scripts that write none apart, by the networks of Unicode's ICU4X: what a browser knows by itself.

use clip::port::WordBreaks;
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

pub struct NetworkWordBreaks;

impl WordBreaks for NetworkWordBreaks {
    fn begins(&self, text: &str) -> Vec<usize> {
        WordSegmenter::new_lstm(WordBreakInvariantOptions::default()).segment_str(text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// e2e/tests/language.test.mjs asks a browser for the same.
    #[test]
    fn words_begin_where_a_browser_says() {
        let check = |words: &[&str]| {
            let text = words.concat();
            let begins = NetworkWordBreaks.begins(&text);
            let got: Vec<&str> = begins.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
            assert_eq!(got, words);
        };
        check(&["วัน", "นี้", "เรา", "พูด"]);
        check(&["ខ្ញុំ", "ស្រឡាញ់", "ប្រទេស"]);
        check(&["ພາສາ", "ລາວ", "ເປັນ", "ພາສາ"]);
        check(&["မင်္ဂလာ", "ပါ"]);
    }
}
