//! The languages of the page.

/// A language that the page speaks. What is spoken in a video is another matter, and may be any language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum Language {
    /// In the page itself; the others are fetched when they are used.
    #[default]
    English,
    German,
    Spanish,
    Japanese,
}

impl Language {
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::Spanish, Self::Japanese];

    /// As BCP 47 has it, for `lang` and for the names of files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::Japanese => "ja",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// What its speakers call it: whoever looks for it may read no other.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Spanish => "Español",
            Self::Japanese => "日本語",
        }
    }

    /// The direction in which it is written, as `dir` has it.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::English | Self::German | Self::Spanish | Self::Japanese => "ltr",
        }
    }

    /// The first of the languages that a person reads, as a browser lists them, that the page speaks; else English.
    pub fn best<T: AsRef<str>>(read: impl IntoIterator<Item = T>) -> Self {
        read.into_iter().find_map(|tag| Self::of_tag(tag.as_ref())).unwrap_or_default()
    }

    /// `de-AT` is German.
    fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::of_code(&primary.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_is_spoken_is_taken() {
        let check = |read: &[&str], expected| assert_eq!(Language::best(read), expected, "{read:?}");
        check(&[], Language::English);
        check(&["fr-CH", "de-CH", "en"], Language::German);
        check(&["ES"], Language::Spanish);
        check(&["ja_JP"], Language::Japanese);
        check(&["en-GB", "de"], Language::English);
        check(&["den", "", "-"], Language::English);
    }

    #[test]
    fn codes_go_both_ways() {
        for language in Language::ALL {
            assert_eq!(Language::of_code(language.code()), Some(language));
        }
        assert_eq!(Language::of_code("fr"), None);
    }
}
