//! Voices and channels together: who speaks on a channel, of whom there may be several, and who turns up on two.

use media::time::Instant;

use super::channels::Sided;
use super::utterance::Utterance;
use super::{dot, seconds_of, unit, voices};

/// Several people share a channel only where each of them speaks for so long, and for such a part of what is said on it.
const LEAST_S: f64 = 5.0;
const LEAST_PART: f64 = 0.15;
/// Voices that are this alike are of one person, who is heard on two channels.
const ALIKE: f32 = 0.75;

/// A speaker for each piece.
pub fn speakers(sided: &[Sided]) -> Vec<usize> {
    let mut speakers = vec![0; sided.len()];
    let mut known: Vec<Vec<f32>> = Vec::new();
    let sides = sided.iter().map(|sided| sided.side + 1).max().unwrap_or(0);
    for side in 0..sides {
        let own: Vec<usize> = (0..sided.len()).filter(|index| sided[*index].side == side).collect();
        let pieces: Vec<Utterance> = own.iter().map(|index| sided[*index].piece.clone()).collect();
        let found = sharing(&pieces);
        let vectors: Vec<Vec<f32>> = pieces.iter().map(|piece| unit(piece.embedding.clone())).collect();
        let names: Vec<usize> = (0..found.iter().max().map_or(0, |last| last + 1)).collect();
        let before = known.len();
        let mut name_of = Vec::with_capacity(names.len());
        for voice in voices(&vectors, &found, &names) {
            let same = known[..before].iter().position(|other| dot(other, &voice) >= ALIKE);
            name_of.push(same.unwrap_or(known.len()));
            if same.is_none() {
                known.push(voice);
            }
        }
        own.iter().zip(&found).for_each(|(index, found)| speakers[*index] = name_of[*found]);
    }
    speakers
}

/// A speaker for each piece of one channel, numbered from 0 without a gap.
fn sharing(pieces: &[Utterance]) -> Vec<usize> {
    let (found, _) = super::speakers(pieces);
    let mut seconds = vec![0.0; found.iter().max().map_or(0, |last| last + 1)];
    found.iter().zip(pieces).for_each(|(speaker, piece)| seconds[*speaker] += seconds_of(piece));
    let least = LEAST_S.max(LEAST_PART * seconds.iter().sum::<f64>());
    let is_there = |speaker: &usize| seconds[*speaker] > 0.0;
    if (0..seconds.len()).filter(is_there).any(|speaker| seconds[speaker] < least) {
        return vec![0; pieces.len()];
    }
    let names: Vec<usize> = (0..seconds.len()).filter(is_there).collect();
    found.iter().map(|speaker| names.iter().position(|name| name == speaker).unwrap_or(0)).collect()
}

/// Who speaks beside the one of each piece: of those of that channel the one who speaks on it soonest.
pub fn others(sided: &[Sided], speakers: &[usize]) -> Vec<(usize, Instant, Instant)> {
    let mut found: Vec<(usize, Instant, Instant)> = Vec::new();
    for (side, start, end) in sided.iter().flat_map(|sided| &sided.others) {
        let apart = |piece: &Utterance| (piece.start - *end).max(*start - piece.end);
        let own = sided.iter().zip(speakers).filter(|(sided, _)| sided.side == *side);
        let Some((_, speaker)) = own.min_by_key(|(sided, _)| apart(&sided.piece)) else { continue };
        match found.iter_mut().find(|(known, _, until)| known == speaker && until == start) {
            Some(before) => before.2 = *end,
            None => found.push((*speaker, *start, *end)),
        }
    }
    found
}
