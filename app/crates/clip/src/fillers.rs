//! Words that only fill time, "um" and its like, as far as they were written down: by language, because what fills time in one is a word in
//! another.

use crate::timeline::Timeline;
use crate::transcript::{Transcript, WordId};

/// What fills time, in small letters, runs of a letter as one: by language (ISO 639-1).
const FILLERS: [(&str, &[&str]); 14] = [
    ("en", &["um", "uh", "uhm", "er", "erm", "hm"]),
    ("de", &["äh", "ähm", "öh", "öhm", "ähem", "hm"]),
    ("nl", &["uh", "uhm", "eh", "ehm", "hm"]),
    ("sv", &["eh", "öh", "öhm", "hm"]),
    ("da", &["øh", "øhm", "eh"]),
    ("no", &["eh", "øh", "øhm"]),
    ("fr", &["euh", "heu", "hum"]),
    ("es", &["em", "ehm", "mm", "eh"]),
    ("it", &["ehm", "uhm", "mm", "eh"]),
    ("pt", &["ahn", "hum", "hm", "eh"]),
    ("ru", &["эм", "мм", "э", "эээ"]),
    ("ja", &["えっと", "えと", "えーと", "えーっと", "あのー", "そのー"]),
    ("ko", &["음", "으음"]),
    ("zh", &["呃", "额"]),
];

/// The fillers that a clip plays.
pub fn found(timeline: &Timeline, transcript: &Transcript) -> Vec<WordId> {
    let words = transcript.numbered_words().filter(|(_, word)| timeline.plays(word));
    words.filter(|(_, word)| fills_time(word.spoken(), &transcript.language)).map(|(id, _)| id).collect()
}

/// Whether `word` only fills time in `language` (ISO 639-1). Languages that nobody has listed have no such words.
pub fn fills_time(word: &str, language: &str) -> bool {
    let known = FILLERS.iter().find(|(known, _)| language.starts_with(known));
    known.is_some_and(|(_, fillers)| is_filler(word, fillers))
}

fn is_filler(word: &str, known: &[&str]) -> bool {
    // "Eh?" asks.
    if word.contains('?') {
        return false;
    }
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != 'ー').to_lowercase();
    // One letter alone may be a name.
    let is_long = bare.chars().nth(1).is_some();
    let short = without_runs(&bare);
    known.iter().any(|filler| *filler == bare || is_long && without_runs(filler) == short)
}

/// "ummm" as "um".
fn without_runs(word: &str) -> String {
    let mut short = String::new();
    for letter in word.chars() {
        if !short.ends_with(letter) {
            short.push(letter);
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Segment, Word};
    use media::time::Instant;

    fn fillers(language: &str, said: &str) -> Vec<u32> {
        let mut transcript = Transcript { language: language.into(), ..Transcript::default() };
        let words: Vec<&str> = said.split(' ').collect();
        let time = |i: usize| Instant::from_seconds(10.0 * i as f64 / words.len() as f64);
        let word = |(i, text): (usize, &&str)| Word {
            text: format!(" {text}"),
            start: time(i),
            end: time(i + 1),
            confidence: 0.9,
        };
        let words = words.iter().enumerate().map(word).collect();
        let (start, end) = (Instant::ZERO, Instant::from_seconds(10.0));
        transcript.merge(vec![Segment {
            start,
            end,
            tokens: vec![],
            avg_logprob: -0.3,
            no_speech_prob: 0.0,
            words,
        }]);
        let timeline = Timeline::single(Instant::ZERO, Instant::from_seconds(10.0));
        found(&timeline, &transcript).into_iter().map(|id| id.0).collect()
    }

    #[test]
    fn what_fills_time_is_found_by_language() {
        assert_eq!(fillers("en", "Um, so we, uhhh, bake (er) bread. Hmm."), [0, 3, 5, 7]);
        assert_eq!(fillers("de", "Also, ähm, er backt Brot, äh."), [1, 5]);
        assert_eq!(fillers("es", "Eh, vamos, mmm, M, ¿eh?"), [0, 2]);
        assert_eq!(fillers("ja", "えーっと パン です"), [0]);
        // Words of their own, and languages that nobody has listed.
        assert_eq!(fillers("en", "An umbrella errs, mm is a unit."), [] as [u32; 0]);
        assert_eq!(fillers("tr", "um uh"), [] as [u32; 0]);
        assert_eq!(fillers("", "um uh"), [] as [u32; 0]);
    }
}
