use super::held::candidates;
use super::*;
use crate::failure::Failure;
use crate::fakes::{SECOND, World, run};
use crate::port::{Heard, PcmBlock, SoundFrame};
use crate::tracks::{SoundTrack, Tracks};
use crate::transcript::{Segment, WindowSpan};
use media::facts::TrackId;
use std::cell::RefCell;

/// What is heard in the made-up sound: each sample is the number of what sounds there.
const QUIET: f32 = 0.0;
const SPEECH: f32 = 0.5;
const UM: f32 = 0.25;

/// Seconds of sound as pairs of what and how long.
fn sound(parts: &[(f32, f64)]) -> Vec<f32> {
    let part = |(what, seconds): &(f32, f64)| vec![*what; (seconds * SECOND as f64) as usize];
    parts.iter().flat_map(part).collect()
}

/// Frames of such sound: speech changes its color all the time, what is held does not.
struct Numbers;

impl FrameMeter for Numbers {
    fn frames(&self, samples: &[f32]) -> Vec<SoundFrame> {
        let windows = samples.windows(SoundFrame::LENGTH).step_by(SoundFrame::HOP);
        let frame = |(number, window): (usize, &[f32])| {
            let what = window[SoundFrame::LENGTH / 2];
            let mut bands = [0.0; SoundFrame::BANDS];
            if what == SPEECH {
                bands[number / 4 % SoundFrame::BANDS] = 5.0;
            }
            SoundFrame { level: what, voicing: if what > 0.0 { 0.9 } else { 0.0 }, bands }
        };
        windows.enumerate().map(frame).collect()
    }
}

/// A file of one track that gives its sound in seconds.
struct Recording(Vec<f32>, [SoundTrack; 1]);

impl Recording {
    fn new(samples: Vec<f32>) -> Self {
        let track =
            SoundTrack { id: TrackId(1), codec: "AAC".into(), channels: 1, language: None, can_decode: true };
        Self(samples, [track])
    }
}

struct Blocks(Vec<PcmBlock>);

impl AudioSource for Blocks {
    async fn next_block(&mut self) -> Result<Option<PcmBlock>, Failure> {
        Ok(if self.0.is_empty() { None } else { Some(self.0.remove(0)) })
    }
}

impl SoundFile for Recording {
    type Sound = Blocks;

    fn tracks(&self) -> &[SoundTrack] {
        &self.1
    }

    fn open(&self, _tracks: Tracks, from: Instant) -> Result<Blocks, Failure> {
        let second = |(number, samples): (usize, &[f32])| PcmBlock {
            start: Instant::from_seconds(number as f64),
            sample_rate: SPEECH_RATE,
            channels: 1,
            samples: samples.to_vec(),
        };
        // As containers seek: from the second before.
        let seconds = self.0.chunks(SECOND as usize).enumerate().skip(from.seconds() as usize);
        Ok(Blocks(seconds.map(second).collect()))
    }
}

/// One window of all that there is.
#[derive(Default)]
struct Whole(Vec<f32>);

impl Windows for Whole {
    fn push(&mut self, samples: &[f32]) -> Vec<PcmWindow> {
        self.0.extend(samples);
        vec![]
    }

    fn finish(&mut self) -> Vec<PcmWindow> {
        let span = WindowSpan { start_sample: 0, end_sample: self.0.len() as u64 };
        vec![PcmWindow { span, samples: std::mem::take(&mut self.0), has_speech: true }]
    }
}

/// Hears a word in each run of speech: those of a list, one after the other. `needs`: the word that is missed where so many seconds of
/// held sound are not there any more.
struct Listener {
    words: Vec<&'static str>,
    needs: Option<(usize, f64)>,
    lengths_s: RefCell<Vec<f64>>,
}

impl Transcriber for Listener {
    fn worker_count(&self) -> usize {
        2
    }

    async fn transcribe(&self, window: PcmWindow, _speech: &SpeechOptions) -> Result<Heard, Failure> {
        self.lengths_s.borrow_mut().push(window.samples.len() as f64 / SECOND as f64);
        let held = window.samples.iter().filter(|sample| **sample == UM).count() as f64 / SECOND as f64;
        let missed = self.needs.filter(|(_, seconds)| held < *seconds).map(|(word, _)| word);
        let mut words = Vec::new();
        let mut from = None;
        for (at, sample) in window.samples.iter().chain([&QUIET]).enumerate() {
            let time = Instant::from_seconds(at as f64 / SECOND as f64);
            match from {
                None if *sample > UM => from = Some(time),
                Some(start) if *sample == QUIET => {
                    let text = self.words.get(words.len()).copied().unwrap_or("more");
                    words.push(Word { text: format!(" {text}"), start, end: time, confidence: 0.95 });
                    from = None;
                }
                _ => {}
            }
        }
        if let Some(missed) = missed {
            words.remove(missed);
        }
        Ok(Heard { language: "en".into(), segments: vec![segment(words)] })
    }
}

fn segment(words: Vec<Word>) -> Segment {
    let (start, end) = (Instant::ZERO, Instant::from_seconds(9.0));
    Segment { start, end, tokens: vec![], avg_logprob: -0.2, no_speech_prob: 0.0, words }
}

/// "One", a held sound of 0.4 s, "two", one of 0.22 s, "three".
fn talk() -> Vec<f32> {
    let (word, pause) = ((SPEECH, 0.5), (QUIET, 0.12));
    sound(&[(QUIET, 0.5), word, pause, (UM, 0.4), pause, word, pause, (UM, 0.22), pause, word, (QUIET, 0.6)])
}

fn word(text: &str, start_s: f64, end_s: f64) -> Word {
    let at = Instant::from_seconds;
    Word { text: format!(" {text}"), start: at(start_s), end: at(end_s), confidence: 0.95 }
}

/// As models time them: what nobody wrote down is given to the words around it.
fn words() -> Vec<Word> {
    vec![word("One", 0.5, 1.1), word("two", 1.1, 2.2), word("three.", 2.2, 3.1)]
}

fn found(
    listener: &Listener,
    words: &[Word],
    range: (f64, f64),
    world: &World,
) -> Result<Vec<(f64, f64)>, Failure> {
    let search = Search {
        file: &Recording::new(talk()),
        sound: None,
        windows: &Whole::default,
        meter: &Numbers,
        pool: listener,
        speech: &SpeechOptions::default(),
        job: JobId(3),
        ports: world.ports(),
    };
    let range = SourceRange { start: Instant::from_seconds(range.0), end: Instant::from_seconds(range.1) };
    let found = run(search.find(range, words, "en"))?;
    let round = |at: Instant| (at.seconds() * 10.0).round() / 10.0;
    Ok(found.iter().map(|range| (round(range.start), round(range.end))).collect())
}

fn listener(needs: Option<(usize, f64)>) -> Listener {
    Listener { words: vec!["one", "two", "three"], needs, lengths_s: RefCell::default() }
}

const WHOLE: (f64, f64) = (0.0, 4.0);

#[test]
fn held_sounds_that_no_word_needs_are_found() {
    let (hears, world) = (listener(None), World::default());
    assert_eq!(found(&hears, &words(), WHOLE, &world), Ok(vec![(1.1, 1.5), (2.3, 2.5)]));
    // Once without the surer one, once without both.
    let lengths: Vec<f64> =
        hears.lengths_s.borrow().iter().map(|length| (length * 10.0).round() / 10.0).collect();
    assert_eq!(lengths, [3.3, 3.1]);
    let is_progress =
        |event: &FromEngine| matches!(event, FromEngine::Progress { stage: Stage::Hesitations, .. });
    assert!(world.count(is_progress) >= 4);
    // In a part of it, with the file's times.
    let three = Listener { words: vec!["three"], ..listener(None) };
    let part = found(&three, &words()[2..], (2.2, 4.0), &world);
    assert_eq!(part, Ok(vec![(2.3, 2.5)]));
}

#[test]
fn what_a_word_is_missed_with_stays() {
    let world = World::default();
    // "Three" is not heard where both sounds are gone; "two" is not where the first one is, and it stays.
    assert_eq!(found(&listener(Some((2, 0.1))), &words(), WHOLE, &world), Ok(vec![(1.1, 1.5)]));
    assert_eq!(found(&listener(Some((1, 0.3))), &words(), WHOLE, &world), Ok(vec![(2.3, 2.5)]));
}

#[test]
fn a_filler_that_was_written_down_needs_no_proof() {
    let mut words = words();
    words.insert(1, word("Um,", 1.05, 1.6));
    words[2] = word("two", 1.6, 2.2);
    // The other one is missed with its word.
    let found = found(&listener(Some((2, 0.3))), &words, WHOLE, &World::default());
    assert_eq!(found, Ok(vec![(1.1, 1.5)]));
}

#[test]
fn it_stops_when_it_is_told_to() {
    let world = World::default();
    world.cancel_after.set(Some(1));
    assert_eq!(found(&listener(None), &words(), WHOLE, &world), Err(Failure::cancelled()));
}

#[test]
fn a_word_that_has_no_other_sound_is_no_candidate() {
    let frames = Numbers.frames(&talk());
    let said = |text, start_s, end_s| Said::new(text, start_s, end_s, 0.9);
    let with = |words: &[Said]| candidates(&frames, words).len();
    assert_eq!(with(&[said("one", 0.5, 1.0), said("two", 1.64, 2.14), said("three", 2.6, 3.1)]), 2);
    // "Oh", held for 0.4 s, between words that have theirs.
    assert_eq!(
        with(&[
            said("one", 0.5, 1.0),
            said("oh", 1.12, 1.52),
            said("two", 1.64, 2.14),
            said("three", 2.6, 3.1)
        ]),
        1
    );
    // Silence, noise of one color throughout, and nothing at all.
    assert!(candidates(&Numbers.frames(&sound(&[(QUIET, 3.0)])), &[]).is_empty());
    assert!(candidates(&Numbers.frames(&sound(&[(UM, 3.0)])), &[]).is_empty());
    assert!(candidates(&[], &[]).is_empty());
}

mod proofs {
    use super::super::held::Held;
    use super::super::proof::proved;
    use super::super::said::Said;

    fn held(steady_s: f64) -> Held {
        Held { start_s: 1.0, end_s: 1.4, steady_s, quiet_sides: 2 }
    }

    fn said(words: &[(&str, f32)]) -> Vec<Said> {
        // The second word lies around the sound.
        let times = [(0.2, 0.8), (0.9, 1.6), (1.7, 2.2), (4.0, 5.0)];
        words
            .iter()
            .zip(times)
            .map(|((text, sure), (start, end))| Said::new(text, start, end, *sure))
            .collect()
    }

    fn is_proved(steady_s: f64, with: &[(&str, f32)], without: &[(&str, f32)]) -> bool {
        !proved(&[held(steady_s)], &said(with), &said(without)).is_empty()
    }

    #[test]
    fn words_have_to_be_the_same() {
        let with = [("I", 0.9), ("bake", 0.9), ("bread", 0.9), ("now", 0.9)];
        assert!(is_proved(0.25, &with, &with));
        assert!(!is_proved(0.25, &with, &[("I", 0.9), ("bread", 0.9), ("now", 0.9)]));
        assert!(!is_proved(0.25, &with, &[("I", 0.9), ("break", 0.9), ("bread", 0.9), ("now", 0.9)]));
        // Far away it is not the sound's doing; a letter is how it is spelled, where the sound is too long for a part of a word.
        assert!(is_proved(0.25, &with, &[("I", 0.9), ("bake", 0.9), ("bread", 0.9), ("how", 0.9)]));
        assert!(is_proved(0.4, &with, &[("I", 0.9), ("baked", 0.9), ("bread", 0.9), ("now", 0.9)]));
        assert!(!is_proved(0.25, &with, &[("I", 0.9), ("baked", 0.9), ("bread", 0.9), ("now", 0.9)]));
    }

    #[test]
    fn words_that_were_made_of_the_sound_may_go() {
        let with = [("I", 0.9), ("boom", 0.2), ("bread", 0.9), ("now", 0.9)];
        assert!(is_proved(0.25, &with, &[("I", 0.9), ("bread", 0.9), ("now", 0.9)]));
        assert!(is_proved(0.25, &with, &[("I", 0.9), ("bake", 0.8), ("bread", 0.9), ("now", 0.9)]));
        assert!(!is_proved(0.25, &with, &[("I", 0.9), ("doom", 0.3), ("bread", 0.9), ("now", 0.9)]));
    }

    #[test]
    fn words_beside_it_stay_as_certain() {
        let with = [("I", 0.9), ("bake", 0.95), ("bread", 0.9), ("now", 0.9)];
        let weaker = [("I", 0.9), ("bake", 0.5), ("bread", 0.9), ("now", 0.9)];
        assert!(!is_proved(0.25, &with, &weaker));
        assert!(is_proved(0.4, &with, &weaker));
    }
}
