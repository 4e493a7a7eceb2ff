//! What the page calls a voice that nobody gave a name.

use crate::say;
use clip::insights::SpeakerName;

/// The name that was given, or a number in the words of the language in use.
pub fn speaker(name: &SpeakerName) -> String {
    match name {
        SpeakerName::Given(name) => name.clone(),
        // A name rather than a number: it is not to be grouped by thousands.
        SpeakerName::Numbered(number) => {
            say!("transcript-speaker-numbered", number = (number + 1).to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, source, use_language};

    #[test]
    fn a_voice_without_a_name_is_called_by_its_number() {
        let spoken = |language, name: &SpeakerName| {
            use_language(language, source(language).expect("natively all languages are here"));
            speaker(name)
        };
        let second = SpeakerName::Numbered(1);
        assert_eq!(spoken(Language::English, &second), "Speaker 2");
        assert_eq!(spoken(Language::German, &second), "Sprecher 2");
        assert_eq!(spoken(Language::Spanish, &second), "Hablante 2");
        assert_eq!(spoken(Language::Japanese, &second), "話者2");
        assert_eq!(speaker(&"Anna".into()), "Anna");
        use_language(Language::English, "");
    }
}
