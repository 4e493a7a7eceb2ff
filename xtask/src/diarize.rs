//! `diarize`: who speaks when in a file. The native program hears the voices, `clip` tells the speakers apart; this prints the turns.

use crate::failure::{Failure, Outcome};
use crate::models;
use crate::shell::command;
use clap::Args;
use clip::speakers::{Turn, Utterance, turns};
use media::time::Instant;
use serde::Deserialize;
use serde_json::json;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;

const MODEL: &str = "ge2e";

#[derive(Debug, Args)]
pub struct Options {
    /// A sound or video file.
    file: PathBuf,
    /// Print the turns, or what is wrong, as JSON (see docs/CLI.md).
    #[arg(long)]
    json: bool,
}

/// What `native voices` prints.
#[derive(Deserialize)]
struct Voices {
    pieces: Vec<Piece>,
}

#[derive(Deserialize)]
struct Piece {
    start_s: f64,
    end_s: f64,
    embedding: Vec<f32>,
}

pub fn diarize(options: &Options) -> Outcome {
    models::ensure(&[MODEL], models::Scope::Programs)?;
    models::build_programs(models::Scope::Native)?;
    let mut native = command(models::program("native"));
    native.current_dir(std::env::current_dir().map_err(Failure::ours("no current folder"))?);
    native.env("INCUT_MODELS", models::folder()?).arg("voices").arg(&options.file);
    let failed = || Failure::ours("cannot run the native program".to_owned());
    let output = native.stderr(Stdio::inherit()).output().map_err(failed())?;
    if !output.status.success() {
        // What is wrong it has said itself, as JSON.
        if options.json {
            let _ = std::io::stdout().write_all(&output.stdout);
        }
        let code = output.status.code().and_then(|code| u8::try_from(code).ok());
        return Err(Failure::Said(code.unwrap_or(3)));
    }
    let voices: Voices = serde_json::from_slice(&output.stdout)
        .map_err(|error| Failure::Ours(format!("the native program's answer: {error}")))?;
    let piece = |piece: Piece| Utterance {
        start: Instant::from_seconds(piece.start_s),
        end: Instant::from_seconds(piece.end_s),
        embedding: piece.embedding,
    };
    let turns = turns(&voices.pieces.into_iter().map(piece).collect::<Vec<_>>());
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
