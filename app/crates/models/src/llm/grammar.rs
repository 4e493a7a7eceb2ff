//! Answers that can only have a given form: after each token, which others can go on to a document of that form. The grammar's
//! arithmetic is `llguidance`'s; this joins it to our tokens.

use std::sync::Arc;

use llguidance::api::TopLevelGrammar;
use llguidance::toktrie::{ApproximateTokEnv, TokEnv, TokRxInfo, TokTrie};
use llguidance::{Matcher, ParserFactory};
use serde_json::{Value, json};

use crate::Error;
use crate::tokenizer::Tokenizer;

/// Grammars over one vocabulary.
pub(super) struct Grammars(ParserFactory);

impl Grammars {
    /// `vocabulary`: as many tokens as there are logits; `end` ends an answer.
    pub fn new(tokenizer: &Tokenizer, vocabulary: usize, end: u32) -> Result<Grammars, Error> {
        let count = u32::try_from(vocabulary).map_err(|_| Error::malformed("too many tokens"))?;
        let bytes: Vec<Vec<u8>> = (0..count).map(|token| tokenizer.bytes(token).to_vec()).collect();
        let tokens: TokEnv =
            Arc::new(ApproximateTokEnv::new(TokTrie::from(&TokRxInfo::new(count, end), &bytes)));
        let mut factory = ParserFactory::new_simple(&tokens).map_err(unusable)?;
        factory.set_stderr_log_level(0);
        Ok(Grammars(factory))
    }

    /// Documents that `schema` allows, without white space of the model's own invention: there is no end to it.
    pub fn json(&self, schema: &Value) -> Result<Constraint, Error> {
        let mut schema = schema.clone();
        if let Some(fields) = schema.as_object_mut() {
            fields.insert("x-guidance".to_owned(), json!({"whitespace_flexible": false}));
        }
        let parser = self.0.create_parser(TopLevelGrammar::from_json_schema(schema)).map_err(unusable)?;
        Ok(Constraint(Matcher::new(Ok(parser))))
    }
}

/// How far an answer has come.
pub(super) struct Constraint(Matcher);

impl Constraint {
    /// Makes impossible what no document goes on with; once it is complete, all but the end.
    pub fn restrict(&mut self, logits: &mut [f32]) -> Result<(), Error> {
        let allowed = self.0.compute_mask_or_eos().map_err(unusable)?;
        for (token, logit) in (0..).zip(logits) {
            if !allowed.is_allowed(token) {
                *logit = f32::NEG_INFINITY;
            }
        }
        Ok(())
    }

    /// The token that was chosen.
    pub fn take(&mut self, token: u32) -> Result<(), Error> {
        self.0.consume_token(token).map_err(unusable)
    }
}

fn unusable(error: impl std::fmt::Display) -> Error {
    Error::Input(format!("the form asked for cannot be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::super::sampling::{Sampler, Sampling};
    use super::*;

    /// One token a byte and some longer ones.
    fn tokenizer() -> Tokenizer {
        let letters = (b'!'..=b'~').map(|byte| (char::from(byte).to_string(), u32::from(byte)));
        let words =
            [("Ġ".to_owned(), 32), ("red".to_owned(), 200), ("\"]".to_owned(), 201), ("\",".to_owned(), 202)];
        let vocab: serde_json::Map<String, Value> =
            letters.chain(words).map(|(text, id)| (text, Value::from(id))).collect();
        let json = json!({"added_tokens": [{"id": 255, "content": "<end>"}], "model": {"vocab": vocab}});
        Tokenizer::from_json(json.to_string().as_bytes()).unwrap()
    }

    /// What comes out when a model wants anything at all, by chance.
    fn babble(schema: &Value, seed: u64) -> String {
        let tokenizer = tokenizer();
        let grammars = Grammars::new(&tokenizer, 256, 255).unwrap();
        let mut constraint = grammars.json(schema).unwrap();
        let mut sampler = Sampler::new(&Sampling { temperature: 1.0, seed, ..Sampling::default() });
        let mut said = Vec::new();
        for _ in 0..2000 {
            let mut logits = vec![0.0; 256];
            constraint.restrict(&mut logits).unwrap();
            match sampler.choose(&logits) {
                255 => return tokenizer.decode(&said),
                token => {
                    constraint.take(token).unwrap();
                    said.push(token);
                }
            }
        }
        panic!("{} did not end", tokenizer.decode(&said));
    }

    #[test]
    fn only_documents_of_the_schema_can_be_written() {
        let colors = json!({"type": "array", "items": {"enum": ["red", "grey", "rose"]}, "minItems": 2, "maxItems": 4});
        let schema = json!({"type": "object", "properties": {"colours": colors, "sure": {"type": "boolean"}},
            "required": ["colours", "sure"], "additionalProperties": false});
        let mut lengths = [0; 5];
        for seed in 0..40 {
            let text = babble(&schema, seed);
            let document: Value = serde_json::from_str(&text).unwrap();
            let found = document["colours"].as_array().unwrap();
            assert!(
                found.iter().all(|color| ["red", "grey", "rose"].map(Value::from).contains(color)),
                "{text}"
            );
            assert!(document["sure"].is_boolean() && document.as_object().unwrap().len() == 2, "{text}");
            lengths[found.len()] += 1;
        }
        assert!(lengths[..2] == [0, 0] && lengths[2..].iter().all(|count| *count > 0), "{lengths:?}");
    }

    /// As lists are asked for whose items must differ.
    #[test]
    fn places_of_a_list_have_choices_of_their_own() {
        let schema = json!({"type": "array", "prefixItems": [{"enum": ["red", "rose"]}, {"enum": ["#Blue", "#Black"]}],
            "items": false, "minItems": 2});
        for seed in 0..20 {
            let document: Vec<String> = serde_json::from_str(&babble(&schema, seed)).unwrap();
            assert_eq!(document.len(), 2);
            assert!(document[0].starts_with('r') && document[1].starts_with("#B"), "{document:?}");
        }
    }

    #[test]
    fn a_schema_that_is_none_is_refused() {
        let grammars = Grammars::new(&tokenizer(), 256, 255).unwrap();
        assert!(matches!(grammars.json(&json!({"type": "colour"})), Err(Error::Input(_))));
    }
}
