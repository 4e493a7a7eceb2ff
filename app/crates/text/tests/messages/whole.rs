//! What is said is what Fluent's own implementation says, with the plural rules of the Unicode CLDR.

use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use text::{Given, Language, source, use_language};

/// Zero, one, some and many, and what is no whole number.
const NUMBERS: [f64; 8] = [0.0, 1.0, 2.0, 5.0, 1.5, 21.0, 1234.0, -1.0];

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let source = source(language).expect("natively all languages are here");
    let code = language.code().parse().expect("a language of BCP 47");
    let mut bundle = FluentBundle::new(vec![code]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => {
            Some(text::decimal(number.value, usize::from(number.value.fract() != 0.0)))
        }
        _ => None,
    }));
    let resource =
        FluentResource::try_new(source.to_owned()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    bundle.add_resource(resource).unwrap_or_else(|errors| panic!("{errors:?}"));
    bundle
}

#[test]
fn every_message_is_said_as_fluent_says_it() {
    for language in Language::ALL {
        use_language(language, source(language).expect("natively all languages are here"));
        let bundle = bundle(language);
        for (id, shape) in super::messages(language) {
            let pattern = bundle.get_message(&id).and_then(|message| message.value()).expect("its words");
            let names: Vec<&'static str> = shape.variables.iter().map(|name| &*name.clone().leak()).collect();
            // Each variable has another number, so that none stands for another.
            for first in 0..=NUMBERS.len() {
                let given: Vec<(&'static str, Given)> = (first..)
                    .zip(&names)
                    .map(|(at, name)| {
                        (*name, NUMBERS.get(at).map_or(Given::from("words"), |n| Given::from(*n)))
                    })
                    .collect();
                let arguments: FluentArgs = given
                    .iter()
                    .map(|(name, value)| match value {
                        Given::Number(number) => (*name, FluentValue::Number(FluentNumber::from(*number))),
                        Given::Text(text) => (*name, FluentValue::from(text.as_str())),
                    })
                    .collect();
                let mut errors = Vec::new();
                let expected = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
                assert!(errors.is_empty(), "{language:?}: {id}: {errors:?}");
                assert_eq!(text::say(&id, &given), expected, "{language:?}: {id} with {given:?}");
            }
        }
        use_language(Language::English, "");
    }
}
