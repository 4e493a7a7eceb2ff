//! What can be told from vectors of meaning, one a sentence: where the topic changes, what comes near to a question, and what is
//! told for its own sake.
use crate::order;

/// Sentences on each side of a gap that are compared.
const AROUND: usize = 4;

/// What people say when they tell something that is worth hearing by itself.
pub const NARRATIVE: [&str; 14] = [
    "I learned something that changed how I think.",
    "That was the moment everything changed for me.",
    "I was wrong, and this is what it taught me.",
    "The truth is the opposite of what people believe.",
    "Here is a surprising fact that almost nobody knows.",
    "I was afraid, and I did it anyway.",
    "The most important thing in life is this.",
    "He told me something that I will never forget.",
    "Imagine standing there and seeing it with your own eyes.",
    "That is why it matters to all of us.",
    "It happened one night a long time ago, and nobody believed it.",
    "You can do this yourself, starting today.",
    "She was the only one who understood what was happening.",
    "In the end people matter more than things.",
];

/// What people say to get through an evening.
pub const HOUSEKEEPING: [&str; 18] = [
    "Welcome to the show, thanks for listening.",
    "This episode is brought to you by our sponsor, use the code for a discount.",
    "Can everybody hear me at the back?",
    "The homework is due on Thursday.",
    "Lunch is in the hall and coffee is outside.",
    "Please subscribe and leave a review.",
    "Next slide, please.",
    "As you can see on this diagram here.",
    "Where was I? What were we talking about?",
    "Let me check my notes, sorry, one second.",
    "Please put your phones away and find a seat.",
    "Tickets and opening times are on the website.",
    "Any questions? Yes, the lady over there.",
    "First we need this, then that one, and this goes on top of it.",
    "The microphone is not working properly.",
    "Thank you very much, that is all from us today.",
    "The box contains a cable, a plug, a screw and a manual.",
    "I will come back to that later.",
];

/// Sentences to each side that one is read together with.
const CONTEXT: usize = 2;

/// For each sentence how much it is told for its own sake, 0 to 1, against the rest of the talk: whether it comes nearer to
/// `narrative` ([`NARRATIVE`]) or to `housekeeping` ([`HOUSEKEEPING`]), read with its neighbors. 0.5: as much as the rest.
pub fn narrative(sentences: &[Vec<f32>], narrative: &[Vec<f32>], housekeeping: &[Vec<f32>]) -> Vec<f32> {
    let nearest_two = |sentence: &[f32], anchors: &[Vec<f32>]| {
        let mut near: Vec<f32> = anchors.iter().map(|anchor| likeness(sentence, anchor)).collect();
        order::sort_by(&mut near, |a, b| b.total_cmp(a));
        near.iter().take(2).sum::<f32>()
    };
    let leaning: Vec<f32> = sentences
        .iter()
        .map(|sentence| nearest_two(sentence, narrative) - nearest_two(sentence, housekeeping))
        .collect();
    let read: Vec<f32> = (0..leaning.len())
        .map(|at| {
            let around = &leaning[at.saturating_sub(CONTEXT)..(at + CONTEXT + 1).min(leaning.len())];
            around.iter().sum::<f32>() / around.len() as f32
        })
        .collect();
    let count = read.len().max(1) as f32;
    let mean = read.iter().sum::<f32>() / count;
    let deviation = (read.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / count).sqrt().max(0.01);
    // Nearly all lie within two deviations.
    read.iter().map(|value| (0.5 + 0.25 * (value - mean) / deviation).clamp(0.0, 1.0)).collect()
}

/// Cosine of two vectors of length 1.
pub fn likeness(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// For each gap before a sentence, and one after the last: 0 (the same topic goes on) to 1 (something else begins). What comes
/// before is held against what comes after, as TextTiling does with words (M. Hearst, 1997); a gap is as deep as it lies below
/// the peaks beside it.
pub fn topic_shifts(vectors: &[Vec<f32>]) -> Vec<f32> {
    let count = vectors.len();
    let alike: Vec<f32> = (0..=count)
        .map(|gap| {
            let before = sum(&vectors[gap.saturating_sub(AROUND)..gap]);
            let after = sum(&vectors[gap..(gap + AROUND).min(count)]);
            cosine(&before, &after)
        })
        .collect();
    let inner = 1..count;
    let depth = |gap: usize| {
        let own = alike[gap];
        let before = climb((1..gap).rev().map(|at| alike[at]), own);
        let after = climb((gap + 1..count).map(|at| alike[at]), own);
        before + after - 2.0 * own
    };
    let depths: Vec<f32> = inner.clone().map(depth).collect();
    let mut sorted = depths.clone();
    order::sort_by(&mut sorted, f32::total_cmp);
    let deep = sorted.get(sorted.len() * 9 / 10).copied().unwrap_or_default().max(0.15);
    let mut shifts = vec![1.0; count + 1];
    for (gap, depth) in inner.zip(depths) {
        shifts[gap] = (depth / deep).clamp(0.0, 1.0);
    }
    shifts
}

/// The last value of those that do not fall, from `first` on.
fn climb(values: impl Iterator<Item = f32>, first: f32) -> f32 {
    let mut peak = first;
    for value in values {
        if value < peak {
            break;
        }
        peak = value;
    }
    peak
}

fn sum(vectors: &[Vec<f32>]) -> Vec<f32> {
    let mut sum = vec![0.0; vectors.first().map_or(0, Vec::len)];
    for vector in vectors {
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
    }
    sum
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let length = (likeness(a, a) * likeness(b, b)).sqrt();
    if length > 0.0 { likeness(a, b) / length } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_topic_changes_where_vectors_turn() {
        // Three topics of six sentences, each sentence a little its own.
        let vector = |at: usize| {
            let mut vector = vec![0.0; 8];
            vector[at / 6] = 1.0;
            vector[3 + at % 5] = 0.5;
            vector
        };
        let shifts = topic_shifts(&(0..18).map(vector).collect::<Vec<_>>());
        assert_eq!(shifts.len(), 19);
        let sharp: Vec<usize> = (0..=18).filter(|gap| shifts[*gap] > 0.7).collect();
        assert_eq!(sharp, [0, 6, 12, 18], "{shifts:?}");
    }

    #[test]
    fn what_is_told_stands_out_among_housekeeping() {
        let (story, chore) = (vec![1.0, 0.0, 0.2], vec![0.0, 1.0, 0.2]);
        let talk: Vec<Vec<f32>> =
            (0..20).map(|at| if (8..14).contains(&at) { story.clone() } else { chore.clone() }).collect();
        let told = narrative(&talk, &[vec![1.0, 0.0, 0.0]], &[vec![0.0, 1.0, 0.0]]);
        assert!(told[10] > 0.8 && told[2] < 0.4 && told[18] < 0.4, "{told:?}");
        assert_eq!(narrative(&[story.clone(), story], &[], &[]), [0.5; 2]);
        assert!(narrative(&[], &[], &[]).is_empty());
    }

    #[test]
    fn few_sentences_have_bounds_too() {
        for count in 0..3 {
            assert_eq!(topic_shifts(&vec![vec![1.0, 0.0]; count]).len(), count + 1);
        }
        assert!((likeness(&[0.6, 0.8], &[0.8, 0.6]) - 0.96).abs() < 1e-6);
    }
}
