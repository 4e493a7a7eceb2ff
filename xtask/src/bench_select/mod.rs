//! `bench select`: how many of the highlights that an editor marked are among the suggested clips, beside two baselines. What is
//! suggested is decided in `clip`; the talks are invented and lie in `xtask/talks`.

mod baseline;
mod talk;

use self::talk::{Talk, parse};
use crate::failure::Outcome;
use crate::native;
use clap::Args;
use clip::insights::{Insights, SoundSignals};
use clip::protocol::AnalyzeOptions;
use clip::select::{Passages, Wishes};
use clip::understand::{gathered, texts_to_read};
use media::time::Instant;

/// Clips that count: what a person sees first.
const FIRST: usize = 5;
/// Overlap (intersection over union) from which a clip is the highlight.
const SAME: f64 = 0.6;

/// Talks that changes may be judged by.
const OPEN: [(&str, &str); 4] = [
    ("podcast-bees", include_str!("../../talks/podcast-bees.txt")),
    ("lecture-tides", include_str!("../../talks/lecture-tides.txt")),
    ("keynote-offline-maps", include_str!("../../talks/keynote-offline-maps.txt")),
    ("interview-violin-maker", include_str!("../../talks/interview-violin-maker.txt")),
];
/// Talks that are looked at for the final figure only.
const HELD_OUT: [(&str, &str); 2] = [
    ("heldout-night-nurse", include_str!("../../talks/heldout-night-nurse.txt")),
    ("heldout-bread-workshop", include_str!("../../talks/heldout-bread-workshop.txt")),
];

#[derive(Debug, Args)]
pub struct Options {
    /// Measure on the held-out talks: for the figure that is published, never for tuning.
    #[arg(long)]
    held_out: bool,
    /// Say which clips were suggested.
    #[arg(long)]
    clips: bool,
}

type Found = Vec<(Instant, Instant)>;

pub fn bench(options: &Options) -> Outcome {
    let talks: &[(&str, &str)] = if options.held_out { &HELD_OUT } else { &OPEN };
    let mut sums = [(0, 0); 4];
    let mut marked = 0;
    println!("{:24} {:>6}  found among the first {FIRST} (near)", "", "marked");
    println!("{:24} {:>6} {:>12} {:>12} {:>12} {:>12}", "", "", "even", "TextTiling", "words", "everything");
    for (name, text) in talks {
        let talk = parse(text);
        let by_rule = suggested(&talk, None);
        let insights = with_meaning(&talk)?;
        let ways: [Found; 4] = [
            baseline::evenly_spaced(talk.transcript.windows[0].end(), FIRST),
            baseline::text_tiling(&talk.transcript, FIRST),
            by_rule,
            suggested(&talk, Some(&insights)),
        ];
        marked += talk.highlights.len();
        print!("{name:24} {:>6}", talk.highlights.len());
        for (found, sum) in ways.iter().zip(&mut sums) {
            let hits = |least: f64| {
                talk.highlights
                    .iter()
                    .filter(|mark| found.iter().any(|clip| overlap(mark, clip) >= least))
                    .count()
            };
            let (same, near) = (hits(SAME), hits(SAME / 2.0));
            (sum.0, sum.1) = (sum.0 + same, sum.1 + near);
            print!(" {:>12}", format!("{same} ({near})"));
        }
        println!();
        if options.clips {
            print_clips(&talk, &ways[3]);
        }
    }
    print!("{:24} {marked:>6}", "all");
    for (same, near) in sums {
        print!(" {:>12}", format!("{same} ({near})"));
    }
    println!();
    Ok(())
}

/// The insights of a talk with shifts by the vectors of its sentences.
fn with_meaning(talk: &Talk) -> Outcome<Insights> {
    let vectors = native::meanings(&texts_to_read(&talk.transcript))?;
    let read = gathered(&talk.transcript, SoundSignals::default(), &[], &vectors);
    Ok(Insights { shifts: read.shifts, telling: read.telling, ..talk.insights.clone() })
}

fn suggested(talk: &Talk, insights: Option<&Insights>) -> Found {
    let passages = Passages::new(&talk.transcript, insights, &AnalyzeOptions::default());
    let clips = passages.suggest(&Wishes::default(), None).clips;
    clips.iter().take(FIRST).map(|clip| (clip.start, clip.end)).collect()
}

fn overlap(a: &(Instant, Instant), b: &(Instant, Instant)) -> f64 {
    let shared = (a.1.min(b.1) - a.0.max(b.0)).seconds().max(0.0);
    shared / ((a.1 - a.0).seconds() + (b.1 - b.0).seconds() - shared)
}

fn print_clips(talk: &Talk, clips: &[(Instant, Instant)]) {
    for clip in clips {
        let best = talk.highlights.iter().map(|mark| overlap(mark, clip)).fold(0.0, f64::max);
        let words: Vec<&str> = talk
            .transcript
            .words()
            .filter(|word| word.start >= clip.0)
            .map(|word| word.spoken())
            .take(10)
            .collect();
        println!(
            "    {:7.1} to {:7.1}  {best:.2}  {} …",
            clip.0.seconds(),
            clip.1.seconds(),
            words.join(" ")
        );
    }
    for mark in &talk.highlights {
        let best = clips.iter().map(|clip| overlap(mark, clip)).fold(0.0, f64::max);
        println!("    mark {:7.1} to {:7.1}  {best:.2}", mark.0.seconds(), mark.1.seconds());
    }
}
