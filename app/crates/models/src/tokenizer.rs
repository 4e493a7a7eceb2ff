//! Byte-level BPE vocabulary of a Hugging Face `tokenizer.json`: from token to bytes and back by name.
//! It knows no model's special tokens. Text to tokens is `tokenizers`' work, and done only when it is asked for: its tables of
//! a vocabulary take ten times the memory of these.

use std::collections::HashMap;

use serde::Deserialize;

use crate::Error;

/// Tokens of one vocabulary, in both directions.
pub struct Tokenizer {
    /// The bytes of each text token; empty for a special one.
    bytes: Vec<Box<[u8]>>,
    specials: HashMap<String, u32>,
}

/// More tokens than any vocabulary in use, so that a hostile id cannot ask for the whole memory.
const MAX_TOKENS: usize = 1 << 20;

#[derive(Deserialize)]
struct TokenizerFile {
    #[serde(default)]
    added_tokens: Vec<AddedToken>,
    model: BpeModel,
}

#[derive(Deserialize)]
struct AddedToken {
    id: u32,
    content: String,
}

#[derive(Deserialize)]
struct BpeModel {
    vocab: HashMap<String, u32>,
}

impl Tokenizer {
    /// Reads a `tokenizer.json`.
    ///
    /// # Errors
    /// `Malformed` where it is no JSON of that form, or a token's id or spelling is out of range.
    pub fn from_json(json: &[u8]) -> Result<Tokenizer, Error> {
        let file: TokenizerFile = serde_json::from_slice(json)
            .map_err(|error| Error::malformed(format!("tokenizer.json: {error}")))?;
        let top = file.model.vocab.values().chain(file.added_tokens.iter().map(|token| &token.id)).max();
        let count = top.map_or(0, |&id| id as usize + 1);
        if count > MAX_TOKENS {
            return Err(Error::malformed(format!("tokenizer.json: {count} tokens")));
        }
        let mut bytes = vec![Box::<[u8]>::default(); count];
        let specials: HashMap<_, _> =
            file.added_tokens.into_iter().map(|token| (token.content, token.id)).collect();
        let byte_of = byte_of_char();
        for (spelling, id) in file.model.vocab {
            if specials.contains_key(&spelling) {
                continue;
            }
            let spelled: Option<Box<[u8]>> = spelling.chars().map(|c| byte_of.get(&c).copied()).collect();
            bytes[id as usize] = spelled
                .ok_or_else(|| Error::malformed(format!("tokenizer.json: token {id} is not byte-level")))?;
        }
        Ok(Tokenizer { bytes, specials })
    }

    /// Ids below this number may appear.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether the vocabulary holds no token at all.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The id of a special token such as `<|endoftext|>`.
    pub fn special(&self, content: &str) -> Option<u32> {
        self.specials.get(content).copied()
    }

    /// The special tokens.
    pub fn specials(&self) -> impl Iterator<Item = (&str, u32)> {
        self.specials.iter().map(|(content, &id)| (content.as_str(), id))
    }

    /// The bytes a token stands for; none for special and unknown ones.
    pub fn bytes(&self, token: u32) -> &[u8] {
        self.bytes.get(token as usize).map_or(&[], |bytes| bytes)
    }

    /// The text of tokens; bytes that are no UTF-8 become U+FFFD, special tokens nothing.
    pub fn decode(&self, tokens: &[u32]) -> String {
        let bytes: Vec<u8> = tokens.iter().flat_map(|&token| self.bytes(token)).copied().collect();
        match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        }
    }
}

/// Text to tokens, by the merges and the splitting rules of a `tokenizer.json`. What is spelled as a special token is text like any
/// other.
pub struct TextEncoder(tokenizers::Tokenizer);

impl TextEncoder {
    /// Builds the tables, which takes a moment.
    ///
    /// # Errors
    /// `Malformed` where the file holds no tokenizer.
    pub fn from_json(json: &[u8]) -> Result<TextEncoder, Error> {
        let mut tokenizer = tokenizers::Tokenizer::from_bytes(json).map_err(unusable)?;
        tokenizer.set_encode_special_tokens(true);
        Ok(TextEncoder(tokenizer))
    }

    /// The token of this very name, special or not.
    pub fn token(&self, name: &str) -> Option<u32> {
        self.0.token_to_id(name)
    }

    /// The tokens of `text`.
    ///
    /// # Errors
    /// `Malformed` where the tokenizer has no token for something.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>, Error> {
        let encoding = self.0.encode_fast(text, false).map_err(unusable)?;
        Ok(encoding.get_ids().to_vec())
    }
}

fn unusable(error: tokenizers::Error) -> Error {
    Error::malformed(format!("tokenizer.json: {error}"))
}

/// GPT-2 spells each byte as a printable character: itself where it is one, else the next free one from U+0100.
fn byte_of_char() -> HashMap<char, u8> {
    let printable = |byte: u8| matches!(byte, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF);
    let spare = (0u8..=255).filter(|&byte| !printable(byte)).zip('\u{100}'..).map(|(byte, c)| (c, byte));
    (0u8..=255).filter(|&byte| printable(byte)).map(|byte| (char::from(byte), byte)).chain(spare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"{
        "added_tokens": [{"id": 6, "content": "<|endoftext|>", "special": true}],
        "model": {"type": "BPE", "merges": [["a", "b"]],
                  "vocab": {"a": 0, "Ġb": 1, "Ċ": 2, "ã": 3, "ģĤ": 4, "<|endoftext|>": 6}}
    }"#;

    fn check(tokens: &[u32], text: &str) {
        let tokenizer = Tokenizer::from_json(SMALL.as_bytes()).unwrap();
        assert_eq!(tokenizer.decode(tokens), text);
    }

    #[test]
    fn bytes_join_to_text() {
        check(&[0, 1, 2], "a b\n");
        check(&[3, 4], "あ");
        check(&[0, 3], "a\u{FFFD}");
        check(&[6, 5, 99], "");
    }

    #[test]
    fn every_byte_has_one_character() {
        let map = byte_of_char();
        assert_eq!(map.len(), 256);
        assert_eq!(map[&'Ġ'], b' ');
        assert_eq!(map[&'Ń'], 0xAD);
    }

    #[test]
    fn hostile_files_are_refused() {
        for json in
            ["", "{}", r#"{"model": {"vocab": {"a": 4000000000}}}"#, r#"{"model": {"vocab": {"日": 0}}}"#]
        {
            assert!(matches!(Tokenizer::from_json(json.as_bytes()), Err(Error::Malformed(_))), "{json}");
        }
    }

    #[test]
    fn text_becomes_tokens_and_text_again() {
        let json = br#"{
            "added_tokens": [{"id": 7, "content": "<|endoftext|>", "special": true, "single_word": false,
                              "lstrip": false, "rstrip": false, "normalized": false}],
            "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
            "model": {"type": "BPE", "merges": [["a", "b"], ["\u0120", "ab"]],
                      "vocab": {"a": 0, "b": 1, "ab": 2, "\u0120": 3, "\u0120ab": 4, "|": 5, "<": 6}}
        }"#;
        let encoder = TextEncoder::from_json(json).unwrap();
        assert_eq!(encoder.encode("ab aba").unwrap(), [2, 4, 0]);
        assert_eq!(encoder.encode("").unwrap(), [0; 0]);
        let spelled = encoder.encode("<|endoftext|>").unwrap();
        assert!(!spelled.contains(&7), "nobody can smuggle in a special token");
        assert!(matches!(TextEncoder::from_json(b"{}"), Err(Error::Malformed(_))));
    }

    #[test]
    fn specials_are_found_by_name() {
        let tokenizer = Tokenizer::from_json(SMALL.as_bytes()).unwrap();
        assert_eq!(tokenizer.special("<|endoftext|>"), Some(6));
        assert_eq!(tokenizer.special("a"), None);
        assert_eq!(tokenizer.len(), 7);
    }
}
