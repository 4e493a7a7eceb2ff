//! Which of a file's sound tracks and channels is listened to: chosen by a person, else the first that can be decoded, else the one in
//! which somebody speaks. Tells what was used and what was tried. Decodes nothing.

use media::facts::{Track, TrackId};
use media::pcm::Listened;
use serde::{Deserialize, Serialize};

use crate::note::{Note, SoundPlace};

/// Channels that are tried one by one.
const MOST_CHANNELS: u32 = 8;
/// Places that are listened to whole in search of speech, after the first.
pub const MOST_TRIES: usize = 3;

/// One track, or all that can be decoded together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tracks {
    One(TrackId),
    All,
}

/// What is listened to. What is exported are these tracks with all of their channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SoundChoice {
    pub tracks: Tracks,
    /// Counted from 0; `None`: all channels together.
    #[serde(default)]
    pub channel: Option<u32>,
}

/// What a file is listened to, and whether a person wants it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listening {
    pub sound: SoundChoice,
    pub is_wanted: bool,
}

/// A sound track as people are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundTrack {
    pub id: TrackId,
    /// The codec by the name that people know.
    pub codec: String,
    pub channels: u32,
    /// ISO 639-2.
    pub language: Option<String>,
    pub can_decode: bool,
}

impl SoundChoice {
    pub const fn of(tracks: Tracks) -> Self {
        Self { tracks, channel: None }
    }

    /// As a mixer is told.
    pub fn listened(self) -> Listened {
        self.channel.map_or(Listened::Mix, Listened::Channel)
    }
}

impl SoundTrack {
    pub fn new(track: &Track, can_decode: bool) -> Self {
        Self {
            id: track.id,
            codec: track.codec.title(),
            channels: track.audio.as_ref().map_or(0, |audio| audio.channels),
            language: track.language.clone(),
            can_decode,
        }
    }
}

/// What is listened to unless something else is wanted or found: the first that can be decoded.
pub fn first_choice(tracks: &[SoundTrack]) -> Option<SoundChoice> {
    tracks.iter().find(|track| track.can_decode).map(|track| SoundChoice::of(Tracks::One(track.id)))
}

/// Everything that could be listened to instead of `heard`: other tracks, then single channels.
pub fn others(tracks: &[SoundTrack], heard: SoundChoice) -> Vec<SoundChoice> {
    let usable = || tracks.iter().filter(|track| track.can_decode);
    let whole = usable().map(|track| SoundChoice::of(Tracks::One(track.id)));
    let channels = usable().filter(|track| track.channels > 1).flat_map(|track| {
        let one = |channel| SoundChoice { tracks: Tracks::One(track.id), channel: Some(channel) };
        (0..track.channels.min(MOST_CHANNELS)).map(one)
    });
    whole.chain(channels).filter(|choice| *choice != heard).collect()
}

/// What a first look at a choice has found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    pub sound: SoundChoice,
    /// Seconds in windows with speech.
    pub speech_s: f64,
    /// Root mean square of what was looked at.
    pub level: f64,
}

/// Those with any speech, most of it first; of equals the louder. A whole track goes before its own channels.
pub fn worth_hearing(looks: &[Look]) -> Vec<SoundChoice> {
    let mut found: Vec<&Look> = looks.iter().filter(|look| look.speech_s > 0.0).collect();
    let whole = |look: &Look| look.sound.channel.is_none();
    found.sort_by(|a, b| {
        let speech = b.speech_s.total_cmp(&a.speech_s);
        speech.then(whole(b).cmp(&whole(a))).then(b.level.total_cmp(&a.level))
    });
    found.into_iter().map(|look| look.sound).collect()
}

/// The track to begin with, where several can be decoded: the first, unless in it nearly nobody speaks and in another one
/// somebody does.
pub fn preferred(looks: &[Look]) -> Option<SoundChoice> {
    const LITTLE: f64 = 0.2;
    let first = looks.first()?;
    let best = looks.iter().fold(first, |best, look| if look.speech_s > best.speech_s { look } else { best });
    Some(if first.speech_s < LITTLE * best.speech_s { best.sound } else { first.sound })
}

/// Where a choice lies among the tracks of its file, for whoever tells a person.
pub fn place(tracks: &[SoundTrack], choice: SoundChoice) -> SoundPlace {
    let Tracks::One(id) = choice.tracks else { return SoundPlace::AllTracks };
    let at = tracks.iter().position(|track| track.id == id);
    let track = at.and_then(|at| tracks.get(at));
    SoundPlace::Track {
        number: at.filter(|_| tracks.len() > 1).map(|at| at + 1),
        codec: track.map(|track| track.codec.clone()).unwrap_or_default(),
        channels: track.map_or(0, |track| track.channels),
        channel: choice.channel,
    }
}

/// What there is to say where another place than the first was listened to.
pub fn found_note(tracks: &[SoundTrack], first: SoundChoice, found: SoundChoice) -> Note {
    Note::ListenedElsewhere { usual: place(tracks, first), instead: place(tracks, found) }
}

/// What there is to say where hardly any words were found: what was tried, and what is left.
pub fn silent_note(
    tracks: &[SoundTrack],
    has_words: bool,
    heard: &[SoundChoice],
    looked_at: &[SoundChoice],
) -> Note {
    let looked = |choice: &&SoundChoice| choice.channel.is_none() && !heard.contains(*choice);
    let tried = heard.iter().chain(looked_at.iter().filter(looked));
    let undecodable = tracks.iter().filter(|track| !track.can_decode);
    Note::Silent {
        has_words,
        tried: tried.map(|choice| place(tracks, *choice)).collect(),
        by_channel: looked_at.iter().any(|choice| choice.channel.is_some()),
        undecodable: undecodable.map(|track| place(tracks, SoundChoice::of(Tracks::One(track.id)))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(id: u32, codec: &str, channels: u32, can_decode: bool) -> SoundTrack {
        SoundTrack { id: TrackId(id), codec: codec.into(), channels, language: None, can_decode }
    }

    fn one(id: u32, channel: Option<u32>) -> SoundChoice {
        SoundChoice { tracks: Tracks::One(TrackId(id)), channel }
    }

    #[test]
    fn the_first_that_can_be_decoded_is_used_and_the_others_are_tried() {
        let tracks = [track(3, "AC-3", 6, false), track(7, "AAC", 2, true), track(9, "Opus", 1, true)];
        let first = first_choice(&tracks).unwrap();
        assert_eq!(first, one(7, None));
        let all = [one(9, None), one(7, Some(0)), one(7, Some(1))];
        assert_eq!(others(&tracks, first), all);
        assert_eq!(first_choice(&tracks[..1]), None);
        assert!(others(&[track(1, "AAC", 1, true)], one(1, None)).is_empty());
    }

    #[test]
    fn most_speech_goes_first() {
        let look = |sound, speech_s, level| Look { sound, speech_s, level };
        let looks = [
            look(one(1, None), 0.0, 0.9),
            look(one(2, Some(0)), 20.0, 0.1),
            look(one(2, Some(1)), 20.0, 0.2),
            look(one(2, None), 20.0, 0.05),
            look(one(3, None), 21.0, 0.01),
        ];
        assert_eq!(worth_hearing(&looks), [one(3, None), one(2, None), one(2, Some(1)), one(2, Some(0))]);
        assert_eq!(preferred(&looks), Some(one(3, None)));
        assert_eq!(preferred(&looks[1..]), Some(one(2, Some(0))));
        assert_eq!(preferred(&[]), None);
    }

    #[test]
    fn what_was_tried_is_told() {
        let tracks = [track(3, "AC-3", 6, false), track(7, "AAC", 2, true), track(9, "Opus", 1, true)];
        let named = |number, codec: &str, channels, channel| SoundPlace::Track {
            number,
            codec: codec.into(),
            channels,
            channel,
        };
        let (surround, stereo, mono) = (
            named(Some(1), "AC-3", 6, None),
            named(Some(2), "AAC", 2, None),
            named(Some(3), "Opus", 1, None),
        );
        assert_eq!(
            found_note(&tracks, one(7, None), one(9, None)),
            Note::ListenedElsewhere { usual: stereo.clone(), instead: mono.clone() }
        );
        assert_eq!(
            silent_note(&tracks, false, &[one(7, None)], &others(&tracks, one(7, None))),
            Note::Silent {
                has_words: false,
                tried: vec![stereo, mono],
                by_channel: true,
                undecodable: vec![surround]
            }
        );
        let only = [track(1, "MP3", 1, true)];
        let tried = vec![named(None, "MP3", 1, None)];
        assert_eq!(
            silent_note(&only, true, &[one(1, None)], &[]),
            Note::Silent { has_words: true, tried, by_channel: false, undecodable: vec![] }
        );
        assert_eq!(place(&tracks[1..2], one(7, Some(1))), named(None, "AAC", 2, Some(1)));
        assert_eq!(place(&tracks, SoundChoice::of(Tracks::All)), SoundPlace::AllTracks);
    }
}
