//! What is asked of the speech model and what it answers, as the domain says both.

use clip::port::{Heard, WordBreaks};
use clip::transcript::{Segment, SpeechOptions, Word, whole_words};
use media::time::Instant;
use models::whisper::{DecodeOptions, Language, Task, Whisper, WindowTranscript};

/// The names that were asked for last, and their tokens: encoding takes longer than some windows.
#[derive(Debug, Default)]
pub struct Names {
    text: String,
    tokens: Vec<u32>,
}

impl Names {
    fn tokens(&mut self, whisper: &Whisper, text: &str) -> Result<Vec<u32>, models::Error> {
        if self.text != text {
            self.tokens = whisper.encode(text)?;
            text.clone_into(&mut self.text);
        }
        Ok(self.tokens.clone())
    }
}

/// How the model is to decode what is to be written down so.
///
/// # Errors
/// If the names cannot be encoded.
pub fn decoding(
    whisper: &Whisper,
    speech: &SpeechOptions,
    names: &mut Names,
) -> Result<DecodeOptions, models::Error> {
    Ok(DecodeOptions {
        language: speech.language.as_deref().map(Language::new),
        task: if speech.translate { Task::Translate } else { Task::Transcribe },
        prompt: names.tokens(whisper, &speech.names)?,
        ..DecodeOptions::default()
    })
}

/// What a window said, in whole words.
pub fn heard(window: WindowTranscript, breaks: &impl WordBreaks) -> Heard {
    Heard {
        language: window.language.code().to_owned(),
        segments: window.segments.into_iter().map(|said| segment(said, breaks)).collect(),
    }
}

fn segment(segment: models::whisper::Segment, breaks: &impl WordBreaks) -> Segment {
    Segment {
        start: Instant::from_seconds(segment.start_s),
        end: Instant::from_seconds(segment.end_s),
        tokens: segment.tokens,
        avg_logprob: segment.avg_logprob,
        no_speech_prob: segment.no_speech_prob,
        words: whole_words(segment.words.into_iter().map(word).collect(), breaks),
    }
}

fn word(word: models::whisper::Word) -> Word {
    Word {
        text: word.text,
        start: Instant::from_seconds(word.start_s),
        end: Instant::from_seconds(word.end_s),
        confidence: word.confidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Knows no word, as a browser without a dictionary.
    struct Nowhere;

    impl WordBreaks for Nowhere {
        fn begins(&self, _text: &str) -> Vec<usize> {
            Vec::new()
        }
    }

    #[test]
    fn a_window_is_told_on_the_domains_clock() {
        let word = models::whisper::Word { text: " Hi".into(), start_s: 0.5, end_s: 0.9, confidence: 0.5 };
        let segment = models::whisper::Segment {
            start_s: 0.5,
            end_s: 1.0,
            text: " Hi".into(),
            tokens: vec![1],
            avg_logprob: -0.1,
            no_speech_prob: 0.25,
            temperature: 0.0,
            words: vec![word],
        };
        let window = WindowTranscript { segments: vec![segment], language: Language::new("de") };
        let heard = heard(window, &Nowhere);
        let [segment] = heard.segments.as_slice() else { panic!("{heard:?}") };
        assert_eq!((heard.language.as_str(), segment.text(), segment.tokens[0]), ("de", " Hi".to_owned(), 1));
        assert_eq!((segment.start, segment.end), (Instant::from_seconds(0.5), Instant::from_seconds(1.0)));
        assert_eq!(segment.words[0].end, Instant::from_seconds(0.9));
        assert_eq!((segment.avg_logprob, segment.no_speech_prob), (-0.1, 0.25));
    }
}
