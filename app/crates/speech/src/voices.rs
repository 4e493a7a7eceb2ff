//! Voices as the model finds them, on the domain's clock.

use clip::speakers::utterance::{HeardVoices, LocalSpeaker, Utterance};
use media::time::{Instant, Span};
use models::speaker::SpeakerEncoder;

/// Who speaks where in 16 kHz mono; times from its begin.
pub fn voices(model: &SpeakerEncoder, samples: &[f32]) -> HeardVoices {
    let heard = model.hear(samples);
    HeardVoices {
        pieces: heard.utterances.into_iter().map(utterance).collect(),
        local: heard.local.into_iter().map(local).collect(),
    }
}

fn utterance(found: models::speaker::Utterance) -> Utterance {
    Utterance {
        start: Instant::from_seconds(found.start_s),
        end: Instant::from_seconds(found.end_s),
        embedding: found.embedding,
        is_overlapped: found.is_overlapped,
    }
}

fn local(found: models::speaker::LocalSpeaker) -> LocalSpeaker {
    let at = Instant::from_seconds;
    LocalSpeaker {
        embedding: found.embedding,
        alone: Span::from_seconds(found.alone_s),
        spans: found.spans_s.into_iter().map(|(start, end)| (at(start), at(end))).collect(),
    }
}
