//! What a person prefers, kept between visits: speech model, who writes texts, device, theme, number of clips.
//! Knows its own text form and the theme's attribute; not who uses it.

use clip::json;
use clip::protocol::DevicePreference;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `None`: what the server's catalogue names first.
    pub model: Option<String>,
    /// The language model that writes about clips; `None`: the rules do.
    pub writer: Option<String>,
    pub device: DevicePreference,
    pub theme: Theme,
    /// How many clips to suggest at most.
    pub clips: u32,
    /// What an earlier page kept for all files alike: names and words to expect. Only projects of that page get them.
    pub names: String,
    /// Whether single letters are keys; whoever dictates to the page switches them off.
    pub single_keys: bool,
    /// The code of the page's language; `None`: as the browser has it.
    pub language: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            model: None,
            writer: None,
            device: DevicePreference::Auto,
            theme: Theme::System,
            clips: 6,
            names: String::new(),
            single_keys: true,
            language: None,
        }
    }
}

impl Settings {
    /// Text that cannot be read gives the defaults: settings are no reason not to start.
    pub fn from_text(text: Option<&str>) -> Self {
        let mut settings: Self = text.and_then(|text| json::read(text).ok()).unwrap_or_default();
        settings.clips = settings.clips.clamp(1, 9);
        settings
    }

    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        let settings = Settings {
            model: Some("base".into()),
            writer: Some("smollm2".into()),
            device: DevicePreference::Cpu,
            theme: Theme::Dark,
            clips: 8,
            names: "Anna Bergström, Kubernetes".into(),
            single_keys: false,
            language: Some("de".into()),
        };
        assert_eq!(Settings::from_text(Some(&settings.to_text())), settings);
    }

    #[test]
    fn damaged_or_partial_text_gives_defaults() {
        let check = |text: Option<&str>, expected: Settings| assert_eq!(Settings::from_text(text), expected);
        check(None, Settings::default());
        check(Some("{"), Settings::default());
        check(
            Some(r#"{"theme":"dark","clips":4000000}"#),
            Settings { theme: Theme::Dark, clips: 9, ..Settings::default() },
        );
    }
}
