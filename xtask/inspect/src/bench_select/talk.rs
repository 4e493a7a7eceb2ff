//! Labeled talks: text with marks, as `xtask/inspect/talks` holds it, to a transcript with times and the highlights an editor would take.
//! The talks are invented; their times come from the lengths of words, so that nothing is told by how somebody spoke.

use clip::insights::{Insights, SoundSignals, Speaker, Turn};
use clip::recording::Recording;
use clip::transcript::{Segment, Transcript, WindowSpan, Word};
use media::time::{Instant, Span};

/// A word lasts so long, and each of its letters so much longer.
const WORD_S: f64 = 0.12;
const LETTER_S: f64 = 0.052;
const COMMA_S: f64 = 0.18;
const STOP_S: f64 = 0.42;
const PARAGRAPH_S: f64 = 0.7;
const EMPTY_LINE_S: f64 = 1.3;
const REACTION_S: f64 = 2.5;
/// How sure a listener for laughter is, where people laugh.
const REACTION: f32 = 0.8;
const SAMPLES_PER_S: f64 = 16_000.0;

pub struct Talk {
    pub recording: Recording,
    /// Who speaks, and where people react; without loudness and meaning.
    pub insights: Insights,
    pub highlights: Vec<(Instant, Instant)>,
}

/// Reads the marks: `# title`, `Name: ` at the begin of a paragraph, `[[ why` and `]]` around a highlight, `(laughter)`.
pub fn parse(text: &str) -> Talk {
    let mut reading = Reading::default();
    text.lines().skip(1).for_each(|line| reading.line(line.trim()));
    let end = reading.at_s;
    let mut reaction = vec![0.0; end.ceil() as usize];
    for (from, to) in &reading.reactions {
        reaction[*from as usize..(to.ceil() as usize).min(end as usize)].fill(REACTION);
    }
    let transcript = Transcript {
        language: "en".to_owned(),
        segments: reading.segments,
        windows: vec![WindowSpan { start_sample: 0, end_sample: (end * SAMPLES_PER_S) as u64 }],
    };
    let speakers = reading
        .names
        .iter()
        .enumerate()
        .map(|(number, name)| Speaker { name: name.as_str().into(), ..Speaker::numbered(number) });
    let insights = Insights {
        sound: SoundSignals { loudness_lufs: Vec::new(), reaction },
        turns: reading.turns,
        speakers: speakers.collect(),
        ..Insights::default()
    };
    Talk { recording: Recording::new(transcript), insights, highlights: reading.highlights }
}

#[derive(Default)]
struct Reading {
    at_s: f64,
    segments: Vec<Segment>,
    turns: Vec<Turn>,
    names: Vec<String>,
    reactions: Vec<(f64, f64)>,
    highlights: Vec<(Instant, Instant)>,
    /// How many segments there were where the open highlight began.
    open: Option<usize>,
}

impl Reading {
    fn line(&mut self, line: &str) {
        match line {
            "" => self.at_s += EMPTY_LINE_S,
            "(laughter)" | "(applause)" => {
                self.reactions.push((self.at_s, self.at_s + REACTION_S));
                self.at_s += REACTION_S;
            }
            "]]" => {
                let first = self.open.take().and_then(|first| self.segments.get(first));
                if let (Some(first), Some(last)) = (first, self.segments.last()) {
                    self.highlights.push((first.start, last.end));
                }
            }
            _ if line.starts_with("[[") => self.open = Some(self.segments.len()),
            _ => self.paragraph(line),
        }
    }

    fn paragraph(&mut self, line: &str) {
        let named = line.split_once(": ").filter(|(name, _)| name.chars().all(char::is_alphabetic));
        let text = named.map_or(line, |(_, text)| text);
        let start = Instant::from_seconds(self.at_s);
        let words: Vec<Word> = text.split_whitespace().map(|word| self.word(word)).collect();
        let end = words.last().map_or(start, |word| word.end);
        if let Some((name, _)) = named {
            let known = self.names.iter().position(|known| known == name);
            let speaker = known.unwrap_or_else(|| {
                self.names.push(name.to_owned());
                self.names.len() - 1
            });
            self.turns.push(Turn { start, end, speaker });
        }
        self.segments.push(Segment {
            start,
            end,
            tokens: Vec::new(),
            avg_logprob: -0.2,
            no_speech_prob: 0.0,
            words,
        });
        self.at_s += PARAGRAPH_S;
    }

    fn word(&mut self, word: &str) -> Word {
        let letters = word.chars().filter(|letter| letter.is_alphanumeric()).count();
        let start = Instant::from_seconds(self.at_s);
        let end = start + Span::from_seconds(WORD_S + LETTER_S * letters as f64);
        self.at_s = end.seconds();
        self.at_s += match word.chars().last() {
            Some(',' | ';' | ':') => COMMA_S,
            Some('.' | '?' | '!') => STOP_S,
            _ => 0.0,
        };
        Word { text: format!(" {word}"), start, end, confidence: 0.9 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_times() {
        let talk = parse(
            "# T\n\nAnna: Hello there.\n(laughter)\n[[ why\nBen: One two.\nAnna: Three.\n]]\nBen: Bye.\n",
        );
        let names: Vec<String> =
            talk.insights.speakers.iter().map(|speaker| speaker.name.to_string()).collect();
        assert_eq!(names, ["Anna", "Ben"]);
        assert_eq!(talk.insights.turns.iter().map(|turn| turn.speaker).collect::<Vec<_>>(), [0, 1, 0, 1]);
        let segments = &talk.recording.transcript().segments;
        assert_eq!(talk.highlights, [(segments[1].start, segments[2].end)]);
        let laughed = talk.insights.sound.reaction.iter().filter(|value| **value > 0.0).count();
        assert!((2..=4).contains(&laughed), "{laughed}");
        assert_eq!(talk.recording.transcript().text(), "Hello there. One two. Three. Bye.");
    }
}
