//! Where somebody speaks, and where to cut a long recording into windows for the transcriber. It sees samples once, in order,
//! and keeps none of them; what is said in a window is not its business.

use std::collections::VecDeque;

use earshot::Detector;

use crate::mel::SAMPLE_RATE;
pub(crate) use crate::movement::FRAME;
use crate::movement::{BLOCK, DELAY, Movement, moving_frames};

const FRAMES_PER_S: f64 = SAMPLE_RATE as f64 / FRAME as f64;
/// The longest window: what Whisper hears at once.
const LONGEST: usize = 30 * SAMPLE_RATE / FRAME;
/// Windows are not cut shorter than this where there is a choice.
const SHORTEST: usize = 15 * SAMPLE_RATE / FRAME;
/// The first window may be this short, so that the first words come soon; in a shorter one the model lacks what helps it to guess.
const SHORTEST_FIRST: usize = 10 * SAMPLE_RATE / FRAME;
/// Silence that ends the first window early is at least this long (0.6 s).
const CLEAR_PAUSE: usize = 6 * SAMPLE_RATE / FRAME / 10;
/// Silence shorter than this (0.16 s) lies within a word or between two.
const SHORTEST_PAUSE: usize = 10;
/// Pauses longer than this (0.8 s) are all as good.
const GOOD_PAUSE: f64 = 0.8 * FRAMES_PER_S;
/// Silence left before the speech that follows a cut (0.4 s).
const LEAD_IN: usize = 25;
/// From this score on a frame is speech.
const SPEECH_SCORE: f32 = 0.5;
/// So many frames of speech in a row (80 ms) are somebody speaking; fewer are a click.
const SPEECH_RUN: usize = 5;

/// A stretch of the recording to be transcribed by itself. In samples from its begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub start_sample: u64,
    /// At most 30 s after the start; the next window begins here.
    pub end_sample: u64,
    /// Whether anybody may be speaking. Where not, there is nothing to transcribe.
    pub has_speech: bool,
}

/// Cuts a recording into windows as its samples arrive. Windows lie end to end and cover everything; a recording of up to 30 s
/// is one window.
pub struct WindowPlanner {
    detector: Box<Detector>,
    movement: Movement,
    /// Frames since the recording's begin of which it is known whether they move.
    settled: u64,
    /// Samples that do not fill a frame yet.
    rest: Vec<f32>,
    /// Frames since the open window's start.
    frames: VecDeque<Frame>,
    start_frame: u64,
    samples: u64,
}

#[derive(Clone, Copy)]
struct Frame {
    speech: f32,
    /// Mean square.
    energy: f32,
}

impl Default for WindowPlanner {
    fn default() -> WindowPlanner {
        WindowPlanner::new()
    }
}

impl WindowPlanner {
    /// A planner at the recording's begin.
    pub fn new() -> WindowPlanner {
        WindowPlanner {
            detector: Detector::default_boxed(),
            movement: Movement::new(),
            settled: 0,
            rest: Vec::with_capacity(FRAME),
            frames: VecDeque::new(),
            start_frame: 0,
            samples: 0,
        }
    }

    /// Takes the next samples (mono, 16 kHz, any number) and gives the windows that are settled by them.
    pub fn push(&mut self, pcm: &[f32]) -> Vec<Window> {
        let mut windows = Vec::new();
        let mut pcm = pcm;
        self.samples += pcm.len() as u64;
        while self.rest.len() + pcm.len() >= FRAME {
            let (head, tail) = pcm.split_at(FRAME - self.rest.len());
            self.rest.extend_from_slice(head);
            pcm = tail;
            self.judge_frame();
            self.rest.clear();
            if self.frames.len() > LONGEST + DELAY {
                windows.push(self.cut(LONGEST));
            }
        }
        self.rest.extend_from_slice(pcm);
        windows
    }

    /// Ends the recording and gives what is left, if anything. The planner is then at the begin of a new one.
    pub fn finish(&mut self) -> Vec<Window> {
        let mut windows = Vec::new();
        for moves in self.movement.finish() {
            self.settle(moves);
        }
        // The unfinished frame may be what does not fit.
        while self.frames.len() + usize::from(!self.rest.is_empty()) > LONGEST {
            windows.push(self.cut(LONGEST));
        }
        let start_sample = self.start_frame * FRAME as u64;
        if self.samples > start_sample {
            let has_speech = has_speech(self.frames.make_contiguous());
            windows.push(Window { start_sample, end_sample: self.samples, has_speech });
        }
        *self = WindowPlanner::new();
        windows
    }

    fn judge_frame(&mut self) {
        self.rest.iter_mut().for_each(|sample| *sample = tame(*sample));
        let energy = self.rest.iter().map(|sample| sample * sample).sum::<f32>() / FRAME as f32;
        let speech = self.detector.predict_f32(&self.rest);
        self.frames.push_back(Frame { speech, energy });
        if let Some(moves) = self.movement.push(&self.rest) {
            self.settle(moves);
        }
    }

    /// The detector takes loud noise for speech; what does not move is none.
    fn settle(&mut self, moves: bool) {
        let frames = self.settled..self.settled + BLOCK as u64;
        self.settled = frames.end;
        for frame in frames.filter(|_| !moves) {
            let index = frame.checked_sub(self.start_frame).and_then(|index| usize::try_from(index).ok());
            if let Some(frame) = index.and_then(|index| self.frames.get_mut(index)) {
                frame.speech = 0.0;
            }
        }
    }

    /// Ends the open window at the best place among its first `longest` frames.
    fn cut(&mut self, longest: usize) -> Window {
        let is_first = self.start_frame == 0;
        let frames = &self.frames.make_contiguous()[..longest];
        let early = if is_first { early_cut(frames) } else { None };
        let end = early.unwrap_or_else(|| best_cut(frames));
        let has_speech = has_speech(&frames[..end]);
        self.frames.drain(..end);
        let start_sample = self.start_frame * FRAME as u64;
        self.start_frame += end as u64;
        Window { start_sample, end_sample: self.start_frame * FRAME as u64, has_speech }
    }
}

/// Whether somebody speaks in each whole [`FRAME`] of `pcm`.
pub(crate) fn speech_frames(pcm: &[f32]) -> Vec<bool> {
    let scores = speech_scores(pcm).into_iter().zip(moving_frames(pcm));
    let mut frames: Vec<bool> = scores.map(|(score, moves)| moves && score >= SPEECH_SCORE).collect();
    for run in frames.chunk_by_mut(|a, b| a == b).filter(|run| run.len() < SPEECH_RUN) {
        run.fill(false);
    }
    frames
}

/// How likely somebody speaks in each frame of `pcm`, 0 to 1.
pub(crate) fn speech_scores(pcm: &[f32]) -> Vec<f32> {
    let mut detector = Detector::default_boxed();
    pcm.as_chunks::<FRAME>().0.iter().map(|frame| detector.predict_f32(&frame.map(tame))).collect()
}

/// Hostile samples (not finite, far beyond full scale) are heard as silence or full scale.
pub(crate) fn tame(sample: f32) -> f32 {
    if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 }
}

fn is_speech(frame: &Frame) -> bool {
    frame.speech >= SPEECH_SCORE
}

fn has_speech(frames: &[Frame]) -> bool {
    frames
        .chunk_by(|a, b| is_speech(a) == is_speech(b))
        .any(|run| is_speech(&run[0]) && run.len() >= SPEECH_RUN)
}

/// Runs of silence as (first, end), in frames.
fn pauses(frames: &[Frame]) -> impl Iterator<Item = (usize, usize)> {
    let mut end = 0;
    frames.chunk_by(|a, b| is_speech(a) == is_speech(b)).filter_map(move |run| {
        let first = end;
        end += run.len();
        (!is_speech(&run[0]) && run.len() >= SHORTEST_PAUSE).then_some((first, end))
    })
}

/// Within a pause: not in its middle but near its end, so that little silence precedes the next words.
fn cut_within((first, end): (usize, usize)) -> usize {
    (first + end).div_ceil(2).max(end.saturating_sub(LEAD_IN))
}

/// A clear pause after the first words.
fn early_cut(frames: &[Frame]) -> Option<usize> {
    let is_early = |&cut: &usize| (SHORTEST_FIRST..SHORTEST).contains(&cut);
    let clear = pauses(frames).filter(|(first, end)| end - first >= CLEAR_PAUSE);
    clear.map(cut_within).find(|cut| is_early(cut) && has_speech(&frames[..*cut]))
}

/// The longest and latest pause; where there is none, the quietest place.
fn best_cut(frames: &[Frame]) -> usize {
    let lateness = |cut: usize| cut.saturating_sub(SHORTEST) as f64 / (LONGEST - SHORTEST) as f64;
    let score = |(first, end): (usize, usize)| {
        let length = ((end - first) as f64 / GOOD_PAUSE).min(1.0);
        length + 0.5 * lateness(cut_within((first, end)))
    };
    let candidates = pauses(frames).filter(|&pause| cut_within(pause) >= SHORTEST);
    let best = candidates.max_by(|a, b| score(*a).total_cmp(&score(*b)));
    best.map_or_else(|| quietest(frames), cut_within)
}

/// The middle of the quietest 80 ms between the shortest and the longest window.
fn quietest(frames: &[Frame]) -> usize {
    let loudness =
        |cut: &usize| frames[cut - 2..(cut + 3).min(frames.len())].iter().map(|frame| frame.energy).sum();
    let cuts = SHORTEST..frames.len().saturating_sub(2);
    cuts.min_by(|a, b| f32::total_cmp(&loudness(a), &loudness(b))).unwrap_or(frames.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::movement;

    /// Frames from (is speech, frames).
    fn frames(runs: &[(bool, usize)]) -> Vec<Frame> {
        let frame = |speech: bool| Frame { speech: if speech { 0.9 } else { 0.1 }, energy: 0.01 };
        runs.iter().flat_map(|&(speech, count)| vec![frame(speech); count]).collect()
    }

    fn check_cut(runs: &[(bool, usize)], expected: usize) {
        assert_eq!(best_cut(&frames(runs)), expected, "{runs:?}");
    }

    #[test]
    fn windows_are_cut_in_the_longest_pause() {
        check_cut(&[(true, 1000), (false, 40), (true, 300), (false, 12), (true, 523)], 1020);
        check_cut(&[(true, 1000), (false, 12), (true, 300), (false, 40), (true, 523)], 1332);
    }

    #[test]
    fn of_good_pauses_the_later_is_taken() {
        check_cut(&[(true, 1000), (false, 60), (true, 500), (false, 60), (true, 255)], 1595);
    }

    #[test]
    fn a_long_pause_goes_to_the_window_before() {
        check_cut(&[(true, 1000), (false, 400), (true, 475)], 1375);
        check_cut(&[(true, 100), (false, 1775)], 1850);
    }

    #[test]
    fn early_pauses_do_not_cut() {
        check_cut(&[(true, 500), (false, 100), (true, 600), (false, 12), (true, 663)], 1206);
    }

    #[test]
    fn without_a_pause_the_quietest_place_is_cut() {
        let mut frames = frames(&[(true, LONGEST)]);
        frames[500].energy = 0.0;
        frames[1500].energy = 0.001;
        let cut = best_cut(&frames);
        assert!((1498..=1502).contains(&cut), "{cut}");
    }

    #[test]
    fn first_words_come_early_after_a_clear_pause() {
        assert_eq!(early_cut(&frames(&[(true, 650), (false, 50), (true, 1175)])), Some(675));
        assert_eq!(early_cut(&frames(&[(true, 650), (false, 20), (true, 1205)])), None);
        assert_eq!(early_cut(&frames(&[(true, 400), (false, 50), (true, 1425)])), None);
        assert_eq!(early_cut(&frames(&[(false, 700), (true, 1175)])), None);
    }

    #[test]
    fn a_click_is_no_speech() {
        assert!(!has_speech(&frames(&[(false, 50), (true, SPEECH_RUN - 1), (false, 50)])));
        assert!(has_speech(&frames(&[(false, 50), (true, SPEECH_RUN), (false, 50)])));
    }

    fn plan(pcm: &[f32], chunk: usize) -> Vec<Window> {
        let mut planner = WindowPlanner::new();
        let mut windows: Vec<Window> = pcm.chunks(chunk).flat_map(|pcm| planner.push(pcm)).collect();
        windows.extend(planner.finish());
        windows
    }

    /// Whatever the sound, the windows lie end to end.
    fn check_cover(pcm: &[f32], expected_windows: Option<usize>) -> Vec<Window> {
        let windows = plan(pcm, 4096);
        let mut end_sample = 0;
        for window in &windows {
            assert_eq!(window.start_sample, end_sample);
            assert!(window.start_sample < window.end_sample);
            assert!(window.end_sample - window.start_sample <= (30 * SAMPLE_RATE) as u64);
            end_sample = window.end_sample;
        }
        assert_eq!(end_sample, pcm.len() as u64);
        assert_eq!(plan(pcm, 777), windows, "the chunks must not matter");
        if let Some(count) = expected_windows {
            assert_eq!(windows.len(), count, "{} samples", pcm.len());
        }
        windows
    }

    #[test]
    fn up_to_thirty_seconds_are_one_window() {
        for (samples, windows) in
            [(0, 0), (1, 1), (255, 1), (256, 1), (480_000, 1), (480_001, 2), (480_256, 2)]
        {
            check_cover(&vec![0.0; samples], Some(windows));
        }
    }

    #[test]
    fn silence_has_no_speech() {
        assert!(check_cover(&vec![0.0; 1_000_000], None).iter().all(|window| !window.has_speech));
    }

    #[test]
    fn noise_that_stays_as_it_is_has_no_speech_however_loud() {
        for (name, pcm) in movement::tests::steady(33 * SAMPLE_RATE) {
            for gain in [1.0, 4.0] {
                let pcm: Vec<f32> = pcm.iter().map(|sample| gain * sample).collect();
                assert!(plan(&pcm, 4096).iter().all(|window| !window.has_speech), "{name}, {gain} times");
                assert!(speech_frames(&pcm).iter().all(|is_speech| !is_speech), "{name}, {gain} times");
            }
        }
    }

    #[test]
    fn any_sound_is_covered() {
        let mut rng = fastrand::Rng::with_seed(3);
        let noise: Vec<f32> = (0..1_200_000).map(|i| (rng.f32() - 0.5) * ((i / 9000) % 3) as f32).collect();
        check_cover(&noise, None);
        let hostile = [f32::NAN, f32::INFINITY, -1e30, 1e-30, 2.0, 0.0];
        check_cover(&(0..700_000).map(|i| hostile[i % hostile.len()]).collect::<Vec<_>>(), None);
    }
}
