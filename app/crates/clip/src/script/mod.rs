//! What the scripts of the world ask of text that is joined and broken: where a space stands between words, where a line may
//! not begin or end, how wide a letter is. Refuses to know times and fonts.

mod direction;

pub use direction::{Direction, Piece, direction, embedded, marked, visual};

/// With its first letter as a capital, where the script has them.
pub(crate) fn raised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Han, kana, bopomofo, and the marks and full-width letters that are set among them: no space between two of these.
/// Korean is written with spaces.
fn is_ideographic(c: char) -> bool {
    matches!(u32::from(c),
        0x2e80..=0x30ff | 0x3105..=0x312f | 0x31a0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0xa4cf | 0xf900..=0xfaff
        | 0xfe30..=0xfe4f | 0xff01..=0xffef | 0x1b000..=0x1b2ff | 0x20000..=0x3fffd)
}

/// Full stops, commas and brackets as wide as an ideograph: they bring their own space.
fn is_ideographic_mark(c: char) -> bool {
    matches!(u32::from(c), 0x3001..=0x3003 | 0x3008..=0x3011 | 0x3014..=0x301f | 0x30fb
        | 0xff01..=0xff0f | 0xff1a..=0xff20 | 0xff3b..=0xff40 | 0xff5b..=0xff65)
}

/// Thai, Lao, Khmer and Burmese: words stand without spaces, which part phrases.
pub(crate) fn is_southeast_asian(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x19e0..=0x19ff | 0xaa60..=0xaa7f)
}

/// Columns of a text: a full-width letter or a picture takes two, what is set over or under another none.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

pub(crate) fn char_width(c: char) -> usize {
    match u32::from(c) {
        _ if is_combining(c) => 0,
        0x1100..=0x115f | 0xac00..=0xd7a3 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff => 2,
        0xff61..=0xffef => 1,
        _ if is_ideographic(c) => 2,
        _ => 1,
    }
}

/// Set over, under or into the letter before it, or invisible.
fn is_combining(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036f | 0x0591..=0x05bd | 0x05bf | 0x05c1..=0x05c2 | 0x05c4..=0x05c5 | 0x0610..=0x061a | 0x064b..=0x065f
        | 0x0670 | 0x06d6..=0x06dc | 0x0e31 | 0x0e34..=0x0e3a | 0x0e47..=0x0e4e | 0x0eb1 | 0x0eb4..=0x0ebc
        | 0x0ec8..=0x0ece | 0x102d..=0x1030 | 0x1032..=0x1037 | 0x1039..=0x103a | 0x103d..=0x103e | 0x17b4..=0x17b5
        | 0x17b7..=0x17bd | 0x17c6 | 0x17c9..=0x17d3 | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2069
        | 0x3099..=0x309a | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f | 0xfeff | 0x1f3fb..=0x1f3ff)
}

/// No line begins with it: closing marks, small kana, the sign that a vowel is long, repetition marks (JIS X 4051), and what
/// belongs to the letter before.
pub(crate) fn begins_no_line(c: char) -> bool {
    is_combining(c)
        || matches!(
            c,
            ')' | ']'
                | '}'
                | ','
                | '.'
                | ':'
                | ';'
                | '!'
                | '?'
                | '%'
                | '”'
                | '’'
                | '»'
                | '›'
                | '…'
                | '‥'
                | '،'
                | '؛'
                | '؟'
                | '۔'
                | '٪'
                | '।'
                | '॥'
                | '‼'
                | '⁇'
                | '⁈'
                | '⁉'
                | '゠'
                | '–'
                | '〜'
                | '・'
                | 'ー'
                | '々'
                | '〻'
                | 'ヽ'
                | 'ヾ'
                | 'ゝ'
                | 'ゞ'
                | '゛'
                | '゜'
                | 'ぁ'
                | 'ぃ'
                | 'ぅ'
                | 'ぇ'
                | 'ぉ'
                | 'っ'
                | 'ゃ'
                | 'ゅ'
                | 'ょ'
                | 'ゎ'
                | 'ゕ'
                | 'ゖ'
                | 'ァ'
                | 'ィ'
                | 'ゥ'
                | 'ェ'
                | 'ォ'
                | 'ッ'
                | 'ャ'
                | 'ュ'
                | 'ョ'
                | 'ヮ'
                | 'ヵ'
                | 'ヶ'
        )
        || matches!(u32::from(c),
            0x3001..=0x3002 | 0x3009 | 0x300b | 0x300d | 0x300f | 0x3011 | 0x3015 | 0x3017 | 0x3019 | 0x301b
            | 0x301e..=0x301f | 0x31f0..=0x31ff | 0xff01 | 0xff05 | 0xff09 | 0xff0c | 0xff0e | 0xff1a..=0xff1b | 0xff1f
            | 0xff3d | 0xff5d | 0xff60..=0xff61 | 0xff63..=0xff65 | 0xff67..=0xff70 | 0xff9e..=0xff9f
            // Vowels that follow their consonant, and marks of repetition, of Thai, Lao, Burmese and Khmer.
            | 0x0e2f..=0x0e30 | 0x0e32..=0x0e33 | 0x0e45..=0x0e46 | 0x0eaf..=0x0eb0 | 0x0eb2..=0x0eb3 | 0x0ebd | 0x0ec6
            | 0x102b..=0x102c | 0x1031 | 0x1038 | 0x103b..=0x103c | 0x104a..=0x104b | 0x1056..=0x1059 | 0x17b6
            | 0x17be..=0x17c5 | 0x17c7..=0x17c8 | 0x17d4..=0x17d7)
}

/// No line ends with it: opening brackets, currency before a number, vowels that stand before their consonant, and what
/// stacks the next letter below.
fn ends_no_line(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '¿'
            | '¡'
            | '〝'
            | '#'
            | '$'
            | '£'
            | '¥'
            | '€'
    ) || matches!(u32::from(c),
            0x3008 | 0x300a | 0x300c | 0x300e | 0x3010 | 0x3014 | 0x3016 | 0x3018 | 0x301a | 0xff04 | 0xff08 | 0xff3b
            | 0xff5b | 0xff5f | 0xff62 | 0xffe1 | 0xffe5 | 0x0e40..=0x0e44 | 0x0ec0..=0x0ec4 | 0x1039 | 0x17d2 | 0x200d)
}

/// Whether a space stands between two texts that follow each other; `spaced`: whether one stood there where they were written.
pub fn is_spaced(left: &str, right: &str, spaced: bool) -> bool {
    let (Some(last), Some(first)) = (left.chars().next_back(), right.chars().next()) else { return false };
    let joined = is_ideographic(last) && is_ideographic(first)
        || is_ideographic_mark(last)
        || is_ideographic_mark(first);
    spaced && !joined
}

/// Appends a text with a space between it and what stands there already, where their scripts have one.
pub fn push(text: &mut String, piece: &str) {
    let piece = piece.trim();
    if is_spaced(text, piece, true) {
        text.push(' ');
    }
    text.push_str(piece);
}

/// Whether the two may not be parted by the end of a line. Where a space stands between them, only a mark that is all of
/// `right`, or one that is all of `left`, holds them together: " ?" in French.
pub(crate) fn sticks(left: &str, right: &str, spaced: bool) -> bool {
    let (Some(last), Some(first)) = (left.chars().next_back(), right.chars().next()) else { return false };
    if spaced {
        let closes = |c: char| matches!(c, '?' | '!' | ':' | ';' | '»' | '›' | '%' | '…' | '؟' | '।');
        return right.chars().all(closes) || matches!(left, "«" | "‹" | "¿" | "¡");
    }
    begins_no_line(first) || ends_no_line(last)
}

/// Whether lines may be broken between the letters of the two without a space: one of them is written so.
pub(crate) fn breaks_without_space(left: &str, right: &str) -> bool {
    let is_unspaced = |c: char| is_ideographic(c) || is_southeast_asian(c);
    left.chars().rfind(|c| !is_combining(*c)).is_some_and(is_unspaced)
        || right.chars().next().is_some_and(is_unspaced)
}

/// A long run of ideographs as the shortest parts that a line may be broken between; any other text whole.
pub(crate) fn parts(text: &str) -> Vec<&str> {
    const LONG: usize = 8;
    if width(text) <= LONG || !text.chars().any(is_ideographic) {
        return vec![text];
    }
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices().skip(1) {
        let (left, right) = (&text[from..at], &text[at..]);
        let last = left.chars().next_back().unwrap_or(c);
        let apart = is_ideographic(c) || is_ideographic(last);
        if apart && !c.is_whitespace() && !sticks(left, right, false) {
            parts.push(left.trim_end());
            from = at;
        }
    }
    parts.push(&text[from..]);
    parts
}

/// How much it disturbs to break a line between two texts that have no space between them: phrases of Japanese mostly begin with
/// an ideograph or katakana behind hiragana; a run of one kind of letters is mostly a word.
pub(crate) fn tearing(left: &str, right: &str) -> f32 {
    let (Some(last), Some(first)) = (left.chars().next_back(), right.chars().next()) else { return 0.0 };
    let (hiragana, katakana) = (|c| matches!(c, 'ぁ'..='ゟ'), |c| matches!(c, '゠'..='ヿ'));
    match (last, first) {
        (last, first) if hiragana(last) && !hiragana(first) => 0.3,
        (last, first) if katakana(last) && katakana(first) => 1.5,
        (last, first) if hiragana(last) && hiragana(first) => 0.9,
        (_, first) if hiragana(first) => 1.2,
        (last, first) if is_ideographic(last) && is_ideographic(first) => 0.8,
        _ => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_stand_where_scripts_have_them() {
        let check = |left: &str, right: &str, want: &str| {
            let mut text = left.to_owned();
            push(&mut text, right);
            assert_eq!(text, want);
        };
        check("Hello", "world", "Hello world");
        check("", "world", "world");
        check("今日は", "天気", "今日は天気");
        check("天気。", "明日", "天気。明日");
        check("天気。", "Hello", "天気。Hello");
        check("これは", "iPhone", "これは iPhone");
        check("他说", "（笑）", "他说（笑）");
        check("안녕하세요", "여러분", "안녕하세요 여러분");
        check("สวัสดี", "ครับ", "สวัสดี ครับ");
        check("שלום", "עולם", "שלום עולם");
    }

    #[test]
    fn lines_neither_begin_nor_end_with_what_belongs_to_the_other() {
        let check = |left: &str, right: &str, spaced: bool, want: bool| {
            assert_eq!(sticks(left, right, spaced), want, "{left} {right}");
        };
        check("天気", "。", false, true);
        check("天気", "、", false, true);
        check("「", "天気", false, true);
        check("行", "っ", false, true);
        check("コンピュ", "ー", false, true);
        check("人", "々", false, true);
        check("今日", "は", false, false);
        check("เ", "ธอ", false, true);
        check("น", "้ำ", false, true);
        check("ប", "្រ", false, true);
        check("Quoi", "?", true, true);
        check("«", "Bonjour", true, true);
        check("100", "%", true, true);
        check("Hello", "(really)", true, false);
    }

    #[test]
    fn letters_have_columns() {
        let check = |text: &str, want: usize| assert_eq!(width(text), want, "{text}");
        check("abc", 3);
        check("日本", 4);
        check("ｱｲ", 2);
        check("。", 2);
        check("น้ำ", 2);
        check("한국", 4);
        check("e\u{301}", 1);
        check("🙂", 2);
    }

    #[test]
    fn long_runs_are_cut_where_a_line_may_be() {
        let check = |text: &str, want: &[&str]| assert_eq!(parts(text), want);
        check("天気です", &["天気です"]);
        check("行っちゃった。「はい」", &["行っ", "ちゃっ", "た。", "「は", "い」"]);
        check("今日はiPhoneを", &["今", "日", "は", "iPhone", "を"]);
        check("Donaudampfschifffahrt", &["Donaudampfschifffahrt"]);
    }
}
