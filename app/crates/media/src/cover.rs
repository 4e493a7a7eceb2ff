//! Tells pictures that stand beside a recording (a podcast's artwork, chapter images) from films.
//! Goes by codec, number and rate; opens no picture.

use crate::facts::{Track, TrackKind};

/// More pictures a second than this are meant to move.
const SLOWEST_FILM: f64 = 2.0;

/// Makes still pictures beside sound tracks of another kind: they are no film that could not be played.
pub(crate) fn set_aside(tracks: &mut [Track]) {
    let has_sound = tracks.iter().any(|track| track.kind == TrackKind::Audio && track.sample_count > 0);
    if !has_sound {
        return;
    }
    for track in tracks.iter_mut().filter(|track| track.kind == TrackKind::Video && is_still(track)) {
        track.kind = TrackKind::Other;
        track.video = None;
        track.is_default = false;
    }
}

fn is_still(track: &Track) -> bool {
    match track.codec.name.as_str() {
        "png" | "bmp" | "gif" | "tiff" | "webp" => true,
        "mjpeg" => {
            let seconds = track.duration.seconds();
            track.sample_count <= 1 || seconds > 0.0 && track.sample_count as f64 / seconds < SLOWEST_FILM
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec;
    use crate::facts::{AudioFacts, TrackId};
    use crate::time::{Instant, Span};

    fn track(kind: TrackKind, name: &str, sample_count: u64) -> Track {
        Track {
            id: TrackId(1),
            kind,
            codec: codec::named(name),
            start: Instant::ZERO,
            duration: Span::from_millis(10_000),
            sample_count,
            language: None,
            is_default: true,
            video: None,
            audio: Some(AudioFacts { sample_rate: 48_000, channels: 2 }),
            more: Vec::new(),
        }
    }

    #[test]
    fn artwork_is_no_film() {
        let kind = |name: &str, pictures: u64, sounds: u64| {
            let mut tracks =
                [track(TrackKind::Video, name, pictures), track(TrackKind::Audio, "aac", sounds)];
            set_aside(&mut tracks);
            tracks[0].kind
        };
        assert_eq!(kind("mjpeg", 1, 400), TrackKind::Other);
        assert_eq!(kind("mjpeg", 10, 400), TrackKind::Other);
        assert_eq!(kind("png", 250, 400), TrackKind::Other);
        assert_eq!(kind("mjpeg", 250, 400), TrackKind::Video);
        assert_eq!(kind("mjpeg", 1, 0), TrackKind::Video);
        assert_eq!(kind("h264", 1, 400), TrackKind::Video);
    }
}
