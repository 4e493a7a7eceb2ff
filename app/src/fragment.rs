//! What the address asks for: `/#model=tiny.en&device=cpu&clips=6`. It overrides the stored settings for this visit.
//! Unknown keys and values that do not parse are ignored.

use clip::protocol::DevicePreference;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fragment {
    pub model: Option<String>,
    /// The language model that writes about clips.
    pub writer: Option<String>,
    pub device: Option<DevicePreference>,
    /// How many clips to suggest at most, 1 to 30.
    pub clips: Option<u32>,
    /// ISO 639-1.
    pub language: Option<String>,
}

impl Fragment {
    /// `hash` as `location.hash` gives it, with or without `#`.
    pub fn parse(hash: &str) -> Self {
        let mut fragment = Self::default();
        for pair in hash.trim_start_matches('#').split('&') {
            let Some((key, value)) = pair.split_once('=') else { continue };
            match key {
                "model" if is_plain_name(value) => fragment.model = Some(value.to_owned()),
                "writer" if is_plain_name(value) => fragment.writer = Some(value.to_owned()),
                "device" => {
                    fragment.device = match value {
                        "auto" => Some(DevicePreference::Auto),
                        "cpu" => Some(DevicePreference::Cpu),
                        "webgpu" => Some(DevicePreference::Webgpu),
                        _ => fragment.device,
                    }
                }
                "clips" => {
                    fragment.clips =
                        value.parse().ok().filter(|count| (1..=30).contains(count)).or(fragment.clips);
                }
                "language" if value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_lowercase()) => {
                    fragment.language = Some(value.to_owned());
                }
                _ => {}
            }
        }
        fragment
    }
}

/// Model names become part of a path: letters, digits, dots, dashes and underscores, not starting with a dot.
fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 64
        && !name.starts_with('.')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hash: &str, model: Option<&str>, device: Option<DevicePreference>, clips: Option<u32>) {
        let fragment = Fragment::parse(hash);
        assert_eq!(fragment.model.as_deref(), model, "{hash}");
        assert_eq!((fragment.device, fragment.clips), (device, clips), "{hash}");
    }

    #[test]
    fn reads_what_is_asked_and_ignores_the_rest() {
        check("#model=tiny.en&device=cpu&clips=6", Some("tiny.en"), Some(DevicePreference::Cpu), Some(6));
        check("device=webgpu", None, Some(DevicePreference::Webgpu), None);
        check("#model=../../etc&device=tpu&clips=-1", None, None, None);
        check("#clips=900&&=&model", None, None, None);
        check("", None, None, None);
        assert_eq!(Fragment::parse("#language=de").language.as_deref(), Some("de"));
        assert_eq!(Fragment::parse("#language=D3").language, None);
        assert_eq!(Fragment::parse("#writer=smollm2").writer.as_deref(), Some("smollm2"));
        assert_eq!(Fragment::parse("#writer=../x").writer, None);
    }
}
