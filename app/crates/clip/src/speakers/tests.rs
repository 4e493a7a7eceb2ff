use super::utterance::HeardVoices;
use super::*;
use media::time::Instant;

/// Pieces of 0.4 s end to end: who speaks, how often; a pause of a second where it is `None`.
fn talk(runs: &[(Option<usize>, usize)]) -> Vec<Utterance> {
    let mut pieces = Vec::new();
    let mut noise = 1u32;
    let mut at = Instant::from_seconds(0.0);
    for (speaker, count) in runs {
        for _ in 0..*count {
            let Some(speaker) = speaker else {
                at += Span::from_millis(1_000);
                continue;
            };
            let vector: Vec<f32> = (0..48)
                .map(|axis| {
                    noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    0.3 * (noise >> 8) as f32 / (1 << 24) as f32 + f32::from(u8::from(axis / 12 == *speaker))
                })
                .collect();
            let embedding = unit(vector);
            let end = at + Span::from_millis(400);
            pieces.push(Utterance { start: at, end, embedding, is_overlapped: false });
            at += Span::from_millis(400);
        }
    }
    pieces
}

fn heard(pieces: Vec<Utterance>) -> Voices {
    Voices { pieces, ..Voices::default() }
}

fn check(runs: &[(Option<usize>, usize)], expected: &[(usize, f64, f64)]) {
    let found: Vec<(usize, f64, f64)> = turns(&heard(talk(runs)))
        .iter()
        .map(|turn| (turn.speaker, turn.start.seconds(), turn.end.seconds()))
        .collect();
    assert_eq!(found, expected, "{runs:?}");
}

#[test]
fn speakers_are_told_apart_and_numbered_by_who_speaks_first() {
    check(&[(Some(2), 20), (Some(0), 20), (Some(2), 10)], &[(0, 0.0, 8.0), (1, 8.0, 16.0), (0, 16.0, 20.0)]);
    check(
        &[(Some(1), 12), (Some(0), 12), (Some(3), 12), (Some(1), 12)],
        &[(0, 0.0, 4.8), (1, 4.8, 9.6), (2, 9.6, 14.4), (0, 14.4, 19.2)],
    );
}

#[test]
fn one_voice_is_one_speaker_however_long() {
    check(&[(Some(0), 50)], &[(0, 0.0, 20.0)]);
    check(&[(Some(0), 3)], &[(0, 0.0, 1.2)]);
    check(&[(Some(0), 10), (None, 1), (Some(0), 10)], &[(0, 0.0, 4.0), (0, 5.0, 9.0)]);
    check(&[], &[]);
}

/// A laugh is nobody, a question is somebody.
#[test]
fn who_speaks_long_enough_counts() {
    check(&[(Some(0), 20), (Some(1), 3), (Some(0), 20)], &[(0, 0.0, 17.2)]);
    check(&[(Some(0), 20), (Some(1), 8), (Some(0), 20)], &[(0, 0.0, 8.0), (1, 8.0, 11.2), (0, 11.2, 19.2)]);
}

/// A question too brief for a cluster of its own, whom the network tells from the speaker around it.
#[test]
fn who_is_told_apart_within_seconds_is_somebody() {
    let pieces = talk(&[(Some(0), 20), (Some(1), 3), (Some(0), 20)]);
    let asks = LocalSpeaker {
        embedding: unit((0..48).map(|axis| if axis / 12 == 1 { 1.0 } else { -0.2 }).collect()),
        alone: Span::from_millis(1_200),
        spans: vec![(Instant::from_seconds(8.0), Instant::from_seconds(9.2))],
    };
    let told = Voices { pieces, local: vec![asks], ..Voices::default() };
    let found = |turns: Vec<Turn>| -> Vec<(usize, f64, f64)> {
        turns.iter().map(|turn| (turn.speaker, turn.start.seconds(), turn.end.seconds())).collect()
    };
    assert_eq!(found(turns(&told)), [(0, 0.0, 8.0), (1, 8.0, 9.2), (0, 9.2, 17.2)]);
    assert_eq!(found(turns_of_all(&told)), [(0, 0.0, 8.0), (1, 8.0, 9.2), (0, 9.2, 17.2)]);
    let later = HeardVoices { pieces: told.pieces, local: told.local }.later(Span::from_millis(500));
    let later = Voices { pieces: later.pieces, local: later.local, ..Voices::default() };
    assert_eq!(found(turns(&later)), [(0, 0.5, 8.5), (1, 8.5, 9.7), (0, 9.7, 17.7)]);
}

#[test]
fn where_two_speak_at_once_turns_overlap() {
    let mut pieces = talk(&[(Some(0), 12), (Some(1), 12)]);
    pieces[11].is_overlapped = true;
    assert_eq!(turns(&heard(pieces.clone())).len(), 2);
    let found: Vec<(usize, f64, f64)> = turns_of_all(&heard(pieces))
        .iter()
        .map(|turn| (turn.speaker, turn.start.seconds(), turn.end.seconds()))
        .collect();
    assert_eq!(found, [(0, 0.0, 4.8), (1, 4.4, 9.6)]);
    let mut alone = talk(&[(Some(0), 12)]);
    alone[5].is_overlapped = true;
    assert_eq!(turns_of_all(&heard(alone.clone())).len(), 1);
    // Whoever is heard beside the only speaker for longer is somebody.
    alone[6].is_overlapped = true;
    alone[7].is_overlapped = true;
    let speakers: Vec<usize> = turns_of_all(&heard(alone)).iter().map(|turn| turn.speaker).collect();
    assert_eq!(speakers, [0, 1]);
}

#[test]
fn an_hour_is_clustered_by_means() {
    let found = turns(&heard(talk(&[(Some(0), 3_000), (Some(1), 3_000), (Some(0), 3_000)])));
    assert_eq!(found.iter().map(|turn| turn.speaker).collect::<Vec<_>>(), [0, 1, 0]);
}

/// Pieces of one voice all along; who is left, who right, for how many pieces. What leaks into the other channel is 12 dB quieter.
fn call(runs: &[(usize, usize)], gains: [i8; 2]) -> Voices {
    let pieces = talk(&[(Some(0), runs.iter().map(|run| run.1).sum())]);
    let mut channels = vec![Vec::new(); 2];
    for (side, count) in runs {
        for frame in 0..count * 20 {
            let wave = (frame % 7) as i8;
            channels[*side].push(-20 - wave + gains[*side]);
            channels[1 - side].push(-32 - wave + gains[1 - side]);
        }
    }
    Voices { pieces, levels: Levels { channels }, ..Voices::default() }
}

fn check_call(voices: &Voices, expected: &[(usize, f64, f64)]) {
    let rounded = |at: Instant| (at.seconds() * 10.0).round() / 10.0;
    let found: Vec<(usize, f64, f64)> =
        turns(voices).iter().map(|turn| (turn.speaker, rounded(turn.start), rounded(turn.end))).collect();
    assert_eq!(found, expected);
}

/// However alike two people sound, and however different their microphones are.
#[test]
fn who_has_a_channel_is_told_by_it() {
    let runs = [(0, 10), (1, 5), (0, 5), (1, 10)];
    let expected = [(0, 0.0, 4.0), (1, 4.0, 6.0), (0, 6.0, 8.0), (1, 8.0, 12.0)];
    // Two people whose voices are not told apart would be one.
    for gains in [[0, 0], [0, -15], [10, -10]] {
        let mut heard = call(&runs, gains);
        heard.pieces.iter_mut().skip(10).for_each(|piece| piece.embedding.rotate_right(9));
        check_call(&heard, &expected);
    }
}

/// A microphone that hums is not the loudest in the pauses of another.
#[test]
fn noise_on_a_channel_is_nobody() {
    let mut heard = call(&[(0, 20), (1, 10), (0, 10)], [0, -10]);
    heard.pieces.iter_mut().skip(20).take(10).for_each(|piece| piece.embedding.rotate_right(12));
    heard.levels.channels[1].iter_mut().for_each(|level| *level = (*level).max(-38));
    for (frame, level) in heard.levels.channels[0].iter_mut().enumerate() {
        // Soft speech on the other.
        if frame % 40 < 10 && !(400..600).contains(&frame) {
            *level = -36;
        }
    }
    check_call(&heard, &[(0, 0.0, 8.0), (1, 8.0, 12.0), (0, 12.0, 16.0)]);
}

#[test]
fn ordinary_stereo_tells_nobody_apart() {
    let mut heard = call(&[(0, 20), (1, 20)], [0, 0]);
    let left = heard.levels.channels[0].clone();
    heard.levels.channels[1] = left.iter().map(|level| level - 3).collect();
    check_call(&heard, &[(0, 0.0, 16.0)]);
    heard.levels.channels[1] = vec![-100; left.len()];
    check_call(&heard, &[(0, 0.0, 16.0)]);
    heard.levels.channels.truncate(1);
    check_call(&heard, &[(0, 0.0, 16.0)]);
    heard.levels.channels.clear();
    check_call(&heard, &[(0, 0.0, 16.0)]);
}

/// One voice that wanders from one channel to the other stays one speaker.
#[test]
fn one_voice_on_two_channels_is_one_speaker() {
    check_call(&call(&[(0, 20), (1, 20)], [0, 0]), &[(0, 0.0, 16.0)]);
}

#[test]
fn people_who_share_a_channel_are_told_apart_by_their_voices() {
    let mut heard = call(&[(0, 60), (1, 30)], [0, 0]);
    let voices = talk(&[(Some(1), 30), (Some(2), 30), (Some(3), 30)]);
    heard.pieces.iter_mut().zip(voices).for_each(|(piece, voice)| piece.embedding = voice.embedding);
    check_call(&heard, &[(0, 0.0, 12.0), (1, 12.0, 24.0), (2, 24.0, 36.0)]);
}

#[test]
fn who_speaks_into_the_other_channel_at_the_same_time_is_heard_too() {
    let mut heard = call(&[(0, 20), (1, 20)], [0, 0]);
    heard.pieces.iter_mut().skip(20).for_each(|piece| piece.embedding.rotate_right(12));
    heard.levels.channels[1][200..300].fill(-22);
    let found: Vec<(usize, f64, f64)> = turns_of_all(&heard)
        .iter()
        .map(|turn| (turn.speaker, turn.start.seconds(), turn.end.seconds()))
        .collect();
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[1].0 == 1 && (found[1].1 - 4.0).abs() < 0.1 && (found[1].2 - 6.0).abs() < 0.1, "{found:?}");
}
