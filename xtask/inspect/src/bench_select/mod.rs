//! `bench select`: how many of the highlights that an editor marked are among the suggested clips, beside two baselines. What is
//! suggested is decided in `clip`; the talks are invented and lie in `xtask/inspect/talks`.

mod baseline;
mod talk;

use self::talk::{Talk, parse};
use crate::conversation::{self, Conversation};
use crate::failure::{Failure, Outcome};
use crate::native;
use clap::Args;
use clip::edit::ClipEdit;
use clip::insights::{Insights, SoundSignals};
use clip::port::Writer as _;
use clip::select::AnalyzeOptions;
use clip::select::{Candidates, RankingOptions};
use clip::speakers::Voices;
use clip::understand::{gathered, texts_to_read};
use clip::writing::{Author, Passage, Piece, check, compare, write};
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
    /// Let a language model rank them pair by pair, and write the texts, which are all checked against what was said.
    #[arg(long, value_name = "MODEL", num_args = 0..=1, default_missing_value = "smollm2")]
    llm: Option<String>,
}

type Found = Vec<(Instant, Instant)>;

pub fn bench(options: &Options) -> Outcome {
    let talks: &[(&str, &str)] = if options.held_out { &HELD_OUT } else { &OPEN };
    let model = options.llm.as_deref().map(Conversation::start).transpose()?;
    let mut texts = Texts::default();
    let mut sums = [(0, 0); 5];
    let mut marked = 0;
    println!("{:24} {:>6}  found among the first {FIRST} (near)", "", "marked");
    let ways = ["even", "TextTiling", "words", "everything", "with model"];
    let ways = ways.map(|way| format!(" {way:>12}"));
    println!("{:31}{}", "", ways[..4 + usize::from(model.is_some())].concat());
    for (name, text) in talks {
        let talk = parse(text);
        let insights = with_meaning(&talk)?;
        let mut ways: Vec<Found> = vec![
            baseline::evenly_spaced(talk.recording.transcript().windows[0].end(), FIRST),
            baseline::text_tiling(talk.recording.sentences(), FIRST),
            times(&suggested(&talk, None)),
            times(&suggested(&talk, Some(&insights))),
        ];
        if let Some(model) = &model {
            let clips = suggested(&talk, Some(&insights));
            ways.push(times(&ranked(&talk, clips.clone(), model)?));
            texts.write(&talk, &clips, model)?;
        }
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
    for (same, near) in &sums[..4 + usize::from(model.is_some())] {
        print!(" {:>12}", format!("{same} ({near})"));
    }
    println!();
    if model.is_some() {
        println!("{texts}");
    }
    Ok(())
}

/// The insights of a talk with topics and narrative by the vectors of its sentences.
fn with_meaning(talk: &Talk) -> Outcome<Insights> {
    let vectors = native::embeddings(&texts_to_read(&talk.recording))?;
    let read = gathered(&talk.recording, SoundSignals::default(), &Voices::default(), &vectors);
    Ok(Insights { topic_shifts: read.topic_shifts, narrative: read.narrative, ..talk.insights.clone() })
}

fn suggested(talk: &Talk, insights: Option<&Insights>) -> Vec<ClipEdit> {
    let candidates = Candidates::new(&talk.recording, insights, &AnalyzeOptions::default());
    candidates.suggest(&RankingOptions::default(), None).clips
}

fn times(clips: &[ClipEdit]) -> Found {
    clips.iter().take(FIRST).map(|clip| (clip.start(), clip.end())).collect()
}

/// The clips by how many others each beats in the model's eyes, both ways around; of equals the better by rule first.
fn ranked(talk: &Talk, mut clips: Vec<ClipEdit>, model: &Conversation) -> Outcome<Vec<ClipEdit>> {
    let sentences = talk.recording.sentences();
    let passages: Vec<Passage> = clips.iter().map(|clip| Passage::of_clip(sentences, clip)).collect();
    let choices = ["A".to_owned(), "B".to_owned()];
    let mut wins = vec![0.0; clips.len()];
    for (a, one) in passages.iter().enumerate() {
        for (b, other) in passages.iter().enumerate().filter(|(b, _)| *b != a) {
            let weights = conversation::run(model.weigh(&compare(one, other), &choices));
            let weights =
                weights.map_err(|failure| Failure::Ours(text::failure::message_and_advice(&failure)))?;
            wins[a] += weights[0] - weights[1];
            wins[b] += weights[1] - weights[0];
        }
    }
    let mut order: Vec<usize> = (0..clips.len()).collect();
    order.sort_by(|a, b| wins[*b].total_cmp(&wins[*a]));
    let sorted = order.into_iter().map(|index| clips[index].clone()).collect();
    clips.clear();
    Ok(sorted)
}

/// Who wrote the texts of all clips, and how many of them are not true to what was said.
#[derive(Default)]
struct Texts {
    by_model: usize,
    by_choice: usize,
    by_rules: usize,
    refused: usize,
    untrue: Vec<String>,
}

impl Texts {
    fn write(&mut self, talk: &Talk, clips: &[ClipEdit], model: &Conversation) -> Outcome {
        let sentences = talk.recording.sentences();
        for clip in clips {
            let passage = Passage::of_clip(sentences, clip);
            let written = conversation::run(write(&passage, model));
            let written =
                written.map_err(|failure| Failure::Ours(text::failure::message_and_advice(&failure)))?;
            let by = written.by;
            for author in [by.title, by.hook, by.summary, by.post, by.hashtags] {
                match author {
                    Author::Model => self.by_model += 1,
                    Author::Choice => self.by_choice += 1,
                    Author::Rules => self.by_rules += 1,
                }
            }
            self.refused += written.refused.len();
            let said = [
                (Piece::Title, &written.title),
                (Piece::Hook, &written.hook),
                (Piece::Summary, &written.summary),
            ];
            for (piece, text) in said {
                // A title that was cut short says so with a mark that nobody spoke.
                if let Err(rejection) = check(piece, text.trim_end_matches('…'), &passage) {
                    self.untrue.push(format!("{piece:?}: {text} ({})", rejection.reason()));
                }
            }
        }
        Ok(())
    }
}

impl std::fmt::Display for Texts {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { by_model, by_choice, by_rules, refused, untrue } = self;
        write!(
            out,
            "texts: {by_model} by the model, {by_choice} chosen by it, {by_rules} by rules; {refused} answers refused; "
        )?;
        write!(out, "{} shown that fail the test", untrue.len())?;
        untrue.iter().try_for_each(|text| write!(out, "\n    {text}"))
    }
}

fn overlap(a: &(Instant, Instant), b: &(Instant, Instant)) -> f64 {
    let shared = (a.1.min(b.1) - a.0.max(b.0)).seconds().max(0.0);
    shared / ((a.1 - a.0).seconds() + (b.1 - b.0).seconds() - shared)
}

fn print_clips(talk: &Talk, clips: &[(Instant, Instant)]) {
    for clip in clips {
        let best = talk.highlights.iter().map(|mark| overlap(mark, clip)).fold(0.0, f64::max);
        let words: Vec<&str> = talk
            .recording
            .transcript()
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
