//! `diarize`: who speaks when in a file. The native program hears the voices, `clip` tells the speakers apart; this prints the turns.

use crate::failure::Outcome;
use crate::native::{self, Wrong};
use clap::Args;
use clip::insights::Turn;
use clip::speakers::turns_of_all;
use media::time::Instant;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Options {
    /// A sound or video file.
    file: PathBuf,
    /// Print the turns, or what is wrong, as JSON (see docs/CLI.md).
    #[arg(long)]
    json: bool,
}

pub fn diarize(options: &Options) -> Outcome {
    let wrong = if options.json { Wrong::Printed } else { Wrong::Swallowed };
    let turns = turns_of_all(&native::voices(&options.file, wrong)?.voices);
    let speakers = turns.iter().map(|turn| turn.speaker + 1).max().unwrap_or(0);
    if options.json {
        println!(
            "{}",
            json!({ "speakers": speakers, "turns": turns.iter().map(as_json).collect::<Vec<_>>() })
        );
    } else {
        for Turn { start, end, speaker } in &turns {
            println!("{:9.2} s to {:9.2} s  speaker {}", start.seconds(), end.seconds(), speaker + 1);
        }
        println!("{speakers} speakers, {} turns", turns.len());
    }
    Ok(())
}

fn as_json(turn: &Turn) -> serde_json::Value {
    let round = |instant: Instant| (instant.seconds() * 1000.0).round() / 1000.0;
    json!({
        "start_s": round(turn.start),
        "end_s": round(turn.end),
        "speaker": format!("speaker {}", turn.speaker + 1),
    })
}
