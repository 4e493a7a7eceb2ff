//! The result of `transcribe` as JSON (docs/CLI.md) and as text for people. Times are seconds from the file's begin.

use clip::transcript::{Segment, Transcript};
use project::export::transcript_json::{TranscriptInfo, TranscriptJson};

/// The form that the page writes too, with rounded times.
pub fn json(transcript: &Transcript, making: &TranscriptInfo<'_>) -> TranscriptJson {
    let mut json = TranscriptJson::new(transcript, making);
    let words = json.segments.iter_mut().flat_map(|segment| {
        let words = segment.words.iter_mut().flat_map(|word| [&mut word.start_s, &mut word.end_s]);
        [&mut segment.start_s, &mut segment.end_s].into_iter().chain(words)
    });
    for time in words.chain([&mut json.duration_s, &mut json.seconds, &mut json.rtf]) {
        *time = round_ms(*time);
    }
    json
}

/// `[00:01.20 → 00:04.00] text`.
pub fn line(segment: &Segment) -> String {
    let (start, end) = (segment.start.seconds(), segment.end.seconds());
    format!("[{} → {}] {}", clock(start), clock(end), segment.text().trim())
}

/// Nothing here is known better than to a millisecond, and fewer digits read better.
pub fn round_ms(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

fn clock(seconds: f64) -> String {
    let hundredths = (seconds * 100.0).round().max(0.0) as u64;
    let (minutes, rest) = (hundredths / 6000, hundredths % 6000);
    let tail = format!("{:02}:{:02}.{:02}", minutes % 60, rest / 100, rest % 100);
    if minutes >= 60 { format!("{}:{tail}", minutes / 60) } else { tail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clip::transcript::Word;
    use media::time::{Instant, Span};

    #[test]
    fn clocks_read_like_clocks() {
        let check = |seconds, want| assert_eq!(clock(seconds), want);
        check(0.0, "00:00.00");
        check(59.996, "01:00.00");
        check(61.25, "01:01.25");
        check(3661.5, "1:01:01.50");
        check(-0.01, "00:00.00");
    }

    #[test]
    fn the_form_is_the_manuals_with_milliseconds() {
        let at = Instant::from_seconds;
        let word = Word { text: " Hi".into(), start: at(30.5004), end: at(30.9), confidence: 0.5 };
        let segment = Segment {
            start: at(30.5004),
            end: at(31.0),
            tokens: vec![1],
            avg_logprob: -0.5,
            no_speech_prob: 0.0,
            words: vec![word],
        };
        assert_eq!(line(&segment), "[00:30.50 → 00:31.00] Hi");
        let mut transcript = Transcript { language: "en".into(), ..Transcript::default() };
        transcript.merge(vec![segment]);
        let making = TranscriptInfo {
            model: "tiny.en",
            device: "flex",
            duration: Span::from_millis(40_000),
            seconds: 2.000_04,
        };
        let want = concat!(
            r#"{"model":"tiny.en","device":"flex","language":"en","duration_s":40.0,"seconds":2.0,"rtf":0.05,"text":"Hi","#,
            r#""segments":[{"start_s":30.5,"end_s":31.0,"text":" Hi","tokens":[1],"avg_logprob":-0.5,"no_speech_prob":0.0,"#,
            r#""words":[{"text":" Hi","start_s":30.5,"end_s":30.9,"confidence":0.5}]}]}"#
        );
        assert_eq!(serde_json::to_string(&json(&transcript, &making)).unwrap(), want);
    }
}
