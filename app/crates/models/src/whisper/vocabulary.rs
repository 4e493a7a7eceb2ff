//! Whisper's tokens beyond text: languages, tasks, timestamps. It turns tokens to text and says what each token is; which
//! token comes next is not its business.

use crate::Error;
use crate::tokenizer::Tokenizer;

/// Vocabularies of at least this many tokens are multilingual; the English ones have 51 864.
const MULTILINGUAL_TOKENS: usize = 51_865;

/// A spoken language, as Whisper names it: `en`, `haw`, `yue`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(String);

impl Language {
    /// A language by its ISO 639 code. Whether a model knows it is found out when it is asked to use it.
    pub fn new(code: &str) -> Language {
        Language(code.to_ascii_lowercase())
    }

    /// English.
    pub fn english() -> Language {
        Language::new("en")
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Whether words are written without spaces between them.
    pub(super) fn is_unspaced(&self) -> bool {
        matches!(self.code(), "zh" | "ja" | "th" | "lo" | "my" | "yue")
    }
}

/// What to write down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Task {
    /// The words that were said.
    #[default]
    Transcribe,
    /// The words in English.
    Translate,
}

/// A tokenizer and the places of Whisper's special tokens in it.
pub(super) struct Vocabulary {
    pub tokenizer: Tokenizer,
    pub size: usize,
    pub end_of_text: u32,
    pub start_of_transcript: u32,
    pub start_of_previous: Option<u32>,
    pub start_of_lm: Option<u32>,
    pub translate: u32,
    pub transcribe: u32,
    pub no_speech: u32,
    pub no_timestamps: u32,
    /// `<|0.00|>`; each following token is 20 ms later.
    pub timestamp_begin: u32,
    /// Ordered by token.
    pub languages: Vec<(Language, u32)>,
    pub is_multilingual: bool,
}

impl Vocabulary {
    /// `size`: tokens of the model, timestamps included.
    pub fn new(tokenizer: Tokenizer, size: usize) -> Result<Vocabulary, Error> {
        let found = |names: &[&str]| names.iter().find_map(|name| tokenizer.special(name));
        let needed = |names: &[&str]| {
            found(names).ok_or_else(|| Error::malformed(format!("tokenizer.json: there is no {}", names[0])))
        };
        let start_of_transcript = needed(&["<|startoftranscript|>"])?;
        let translate = needed(&["<|translate|>"])?;
        let no_timestamps = needed(&["<|notimestamps|>"])?;
        let mut languages: Vec<_> = tokenizer
            .specials()
            .filter(|(_, id)| (start_of_transcript + 1..translate).contains(id))
            .filter_map(|(name, id)| Some((Language::new(name.strip_prefix("<|")?.strip_suffix("|>")?), id)))
            .collect();
        languages.sort_by_key(|&(_, id)| id);
        let vocabulary = Vocabulary {
            size,
            end_of_text: needed(&["<|endoftext|>"])?,
            start_of_transcript,
            start_of_previous: found(&["<|startofprev|>"]),
            start_of_lm: found(&["<|startoflm|>"]),
            translate,
            transcribe: needed(&["<|transcribe|>"])?,
            no_speech: needed(&["<|nospeech|>", "<|nocaptions|>"])?,
            no_timestamps,
            timestamp_begin: no_timestamps + 1,
            languages,
            is_multilingual: size >= MULTILINGUAL_TOKENS,
            tokenizer,
        };
        vocabulary.check()?;
        Ok(vocabulary)
    }

    /// The decoding rules cut the logits at these places and rely on their order.
    fn check(&self) -> Result<(), Error> {
        let ordered = self.end_of_text < self.start_of_transcript
            && self.start_of_transcript < self.no_timestamps
            && [self.translate, self.transcribe, self.no_speech].iter().all(|&id| id < self.no_timestamps)
            && (self.timestamp_begin as usize) < self.size;
        if ordered { Ok(()) } else { Err(Error::malformed("tokenizer.json: special tokens out of order")) }
    }

    /// What stands before [`Vocabulary::start`] to say what was said, or is to be expected: the last `most` of `tokens`. Nothing
    /// where there are none, or the model knows no such thing.
    pub fn previous(&self, tokens: &[u32], most: usize) -> Vec<u32> {
        let last = &tokens[tokens.len().saturating_sub(most)..];
        match self.start_of_previous {
            Some(start) if !last.is_empty() => [&[start], last].concat(),
            _ => Vec::new(),
        }
    }

    /// The tokens that begin a decoding: start, and for a multilingual model language and task.
    ///
    /// # Errors
    /// `Unsupported` where the model lacks the language, or is English-only and should translate.
    pub fn start(&self, language: &Language, task: Task) -> Result<Vec<u32>, Error> {
        if !self.is_multilingual {
            if *language != Language::english() || task == Task::Translate {
                return Err(Error::Unsupported("it writes down English only".into()));
            }
            return Ok(vec![self.start_of_transcript]);
        }
        let known = self.languages.iter().find(|(known, _)| known == language);
        let (_, language) = known.ok_or_else(|| {
            Error::Unsupported(format!("it does not know the language {}", language.code()))
        })?;
        let task = match task {
            Task::Transcribe => self.transcribe,
            Task::Translate => self.translate,
        };
        Ok(vec![self.start_of_transcript, *language, task])
    }

    pub fn is_text(&self, token: u32) -> bool {
        token < self.end_of_text
    }

    pub fn is_timestamp(&self, token: u32) -> bool {
        token >= self.timestamp_begin
    }

    /// Ticks of 20 ms that a timestamp token stands for.
    pub fn ticks(&self, token: u32) -> u32 {
        token.saturating_sub(self.timestamp_begin)
    }

    /// The text of the text tokens among `tokens`.
    pub fn decode(&self, tokens: &[u32]) -> String {
        self.tokenizer.decode(tokens)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Letters, some after a space, half a character each, punctuation, then the special tokens and three seconds of timestamps.
    pub fn small() -> Vocabulary {
        with_size(200).unwrap()
    }

    fn with_size(size: usize) -> Result<Vocabulary, Error> {
        let words = ["a", "b", "c", "d", "e", "Ġf", "Ġg", "Ġh", "ã", "ģĤ", ".", "Ġ\\\""];
        let specials = [
            "endoftext",
            "startoftranscript",
            "en",
            "de",
            "translate",
            "transcribe",
            "startoflm",
            "startofprev",
            "nospeech",
            "notimestamps",
        ];
        let vocab: Vec<String> =
            words.iter().enumerate().map(|(id, word)| format!("\"{word}\": {id}")).collect();
        let added: Vec<String> = (words.len()..)
            .zip(specials)
            .map(|(id, name)| format!("{{\"id\": {id}, \"content\": \"<|{name}|>\"}}"))
            .collect();
        let json = format!(
            "{{\"added_tokens\": [{}], \"model\": {{\"vocab\": {{{}}}}}}}",
            added.join(","),
            vocab.join(",")
        );
        Vocabulary::new(Tokenizer::from_json(json.as_bytes())?, size)
    }

    #[test]
    fn special_tokens_have_their_places() {
        let vocabulary = small();
        assert_eq!((vocabulary.end_of_text, vocabulary.timestamp_begin), (12, 22));
        assert_eq!(vocabulary.languages, [(Language::english(), 14), (Language::new("de"), 15)]);
        assert!(vocabulary.is_text(11) && !vocabulary.is_text(12) && vocabulary.is_timestamp(22));
        assert_eq!(vocabulary.decode(&[22, 0, 5, 30, 12]), "a f");
    }

    #[test]
    fn a_vocabulary_without_timestamps_is_refused() {
        assert!(matches!(with_size(22), Err(Error::Malformed(_))));
    }

    #[test]
    fn the_end_of_what_was_said_stands_before_the_start() {
        let vocabulary = small();
        assert_eq!(vocabulary.previous(&[0, 5, 6], 2), [19, 5, 6]);
        assert_eq!(vocabulary.previous(&[0], 2), [19, 0]);
        assert_eq!(vocabulary.previous(&[], 2), [0; 0]);
        let old = Vocabulary { start_of_previous: None, ..small() };
        assert_eq!(old.previous(&[0], 2), [0; 0]);
    }

    #[test]
    fn an_english_model_refuses_other_languages() {
        let english = small();
        assert_eq!(english.start(&Language::english(), Task::Transcribe).unwrap(), [13]);
        assert!(matches!(english.start(&Language::new("de"), Task::Transcribe), Err(Error::Unsupported(_))));
        assert!(matches!(english.start(&Language::english(), Task::Translate), Err(Error::Unsupported(_))));
    }

    #[test]
    fn a_multilingual_prompt_names_language_and_task() {
        let multilingual = Vocabulary { is_multilingual: true, ..small() };
        assert_eq!(multilingual.start(&Language::new("DE"), Task::Translate).unwrap(), [13, 15, 16]);
        assert!(matches!(
            multilingual.start(&Language::new("tlh"), Task::Transcribe),
            Err(Error::Unsupported(_))
        ));
    }
}
