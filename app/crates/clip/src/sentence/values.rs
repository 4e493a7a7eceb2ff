//! Values of sentences, by sentence: where the text is cut otherwise, each that is still there keeps its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::SentenceId;
use crate::order;

/// A value for each of some sentences.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BySentence(BTreeMap<SentenceId, f32>);

impl BySentence {
    /// What is known of a sentence.
    pub fn get(&self, id: SentenceId) -> Option<f32> {
        self.0.get(&id).copied()
    }

    /// Whether nothing is known of any.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(SentenceId, f32)> for BySentence {
    fn from_iter<T: IntoIterator<Item = (SentenceId, f32)>>(values: T) -> Self {
        Self(order::gathered(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::WordId;

    #[test]
    fn values_travel_as_json() {
        let id = |word| SentenceId(WordId(word));
        let values: BySentence = [(id(0), 0.5), (id(12), 1.0)].into_iter().collect();
        let json = serde_json::to_string(&values).unwrap();
        assert_eq!(json, r#"{"0":0.5,"12":1.0}"#);
        assert_eq!(serde_json::from_str::<BySentence>(&json).unwrap(), values);
        assert_eq!((values.get(id(12)), values.get(id(1))), (Some(1.0), None));
    }
}
