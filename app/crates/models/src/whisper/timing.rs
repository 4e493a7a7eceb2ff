//! From a decoding to spans and words with times: the text is read once more, and where the model looks says when each word is
//! said, or that none was.

use super::Whisper;
use super::align::{HeadScores, attention_map, path_starts};
use super::attention::{CrossKv, Tap};
use super::decode::Decoding;
use super::doubt::loop_after;
use super::segments::{FRAMES_PER_TICK, Span, Spans, split};
use super::transcribe::{FRAMES_PER_S, Stretch, Window};
use super::words::{Spelled, Timed, split_words};
use crate::Error;

/// Seconds from one encoder position, and so one step of the alignment, to the next.
const POSITION_S: f64 = 0.02;
/// A word that lasts no longer was not said where it stands.
const NO_TIME_S: f64 = 0.05;

impl Whisper {
    /// A decoding's spans and their words. `is_cut`: it says less than it did.
    pub(super) async fn read(
        &self,
        stretch: &Stretch,
        window: &Window<'_>,
        decoding: &Decoding,
        cross: &[CrossKv],
        is_cut: bool,
    ) -> Result<(Spans, Vec<Timed>), Error> {
        // A window was cut in silence, so what the model leaves without an end is nevertheless whole.
        let goes_on = window.is_sequence || is_cut || decoding.tokens.len() >= self.decoder.max_said();
        let spans = split(&decoding.tokens, &self.vocabulary, stretch.first, stretch.frames, goes_on);
        let words = match window.word_times {
            true => self.align(stretch, window, &spans.spans, decoding, cross).await?,
            false => Vec::new(),
        };
        Ok((spans, words))
    }

    /// Where the model lost the thread, as an index of a token: it says a phrase again and again, and there is no time in which
    /// some of its words are said. What follows is heard again by itself. Who repeats himself takes his time.
    pub(super) fn loop_end(&self, decoding: &Decoding, words: &[Timed]) -> Option<usize> {
        let is_text = |index: &usize| self.vocabulary.is_text(decoding.tokens[*index]);
        let places: Vec<usize> = (0..decoding.tokens.len()).filter(is_text).collect();
        let text: Vec<u32> = places.iter().map(|&index| decoding.tokens[index]).collect();
        let end = loop_after(&text)?;
        let mut count = 0;
        let is_after = |word: &&Timed| {
            count += word.tokens;
            count > end
        };
        let mut repeated: Vec<&Timed> = words.iter().filter(is_after).collect();
        repeated.retain(|word| word.text.contains(char::is_alphanumeric));
        let hurried = repeated.iter().filter(|word| word.end_s - word.start_s < NO_TIME_S).count();
        (4 * hurried >= repeated.len().max(1)).then(|| places.get(end).copied()).flatten()
    }

    /// The words of `spans` with their times: the text is read once more at one go, and what the alignment heads look at
    /// says when each token is spoken (`whisper/timing.py`).
    async fn align(
        &self,
        stretch: &Stretch,
        window: &Window<'_>,
        spans: &[Span],
        decoding: &Decoding,
        cross: &[CrossKv],
    ) -> Result<Vec<Timed>, Error> {
        let start = window.start.as_slice();
        let text: Vec<u32> = spans
            .iter()
            .flat_map(|span| &span.tokens)
            .copied()
            .filter(|&token| self.vocabulary.is_text(token))
            .collect();
        let positions = stretch.frames / FRAMES_PER_TICK;
        if text.is_empty() || positions == 0 {
            return Ok(Vec::new());
        }
        let tokens =
            [start, &[self.vocabulary.no_timestamps], text.as_slice(), &[self.vocabulary.end_of_text]]
                .concat();
        let map = self.look_again(&tokens, positions, cross).await?;
        // The tokens of the spans are the first of the decoding's.
        let said = decoding.tokens.iter().zip(&decoding.logprobs);
        let confidences: Vec<f32> = said
            .filter(|(token, _)| self.vocabulary.is_text(**token))
            .map(|(_, logprob)| logprob.exp())
            .take(text.len())
            .collect();
        // The rows from "no timestamps" on: the first text token is said while the model looks from there.
        let rows = &map[start.len() * positions..(tokens.len() - 1) * positions];
        let starts = path_starts(rows, positions);
        let first_s = stretch.first as f64 / FRAMES_PER_S;
        let time_of = |position: usize| {
            let seen_s = position as f64 * POSITION_S;
            first_s + (seen_s - self.config.alignment_lag_s).clamp(0.0, positions as f64 * POSITION_S)
        };
        let mut row = 0;
        let timed = |Spelled { text, tokens }: Spelled| {
            let end = row + tokens.len();
            let word = Timed {
                text,
                tokens: tokens.len(),
                start_s: time_of(starts[row]),
                end_s: time_of(starts[end]),
                confidence: confidences[row..end].iter().sum::<f32>() / tokens.len() as f32,
            };
            row = end;
            word
        };
        Ok(split_words(&text, &self.vocabulary, window.language).into_iter().map(timed).collect())
    }

    /// One pass over `tokens` → the attention map `[tokens, positions]`.
    async fn look_again(
        &self,
        tokens: &[u32],
        positions: usize,
        cross: &[CrossKv],
    ) -> Result<Vec<f32>, Error> {
        let run = self.decode_run(cross, &|| false);
        let mut tap = Tap::new(self.config.alignment_heads().collect(), positions);
        let mut cache = self.decoder.cache(1);
        self.decoder.forward(run.ids(tokens), &mut cache, cross, Some(&mut tap));
        let scores = tap.read().await?;
        let looks: Vec<_> = scores
            .chunks_exact(tokens.len() * positions)
            .map(|values| HeadScores { values, stride: positions })
            .collect();
        Ok(attention_map(&looks, tokens.len(), positions))
    }
}
