//! `probe`: the native demuxer's facts about one file. What the facts are is `media`'s, and the words for
//! what is wrong are `text`'s; this prints them.

use crate::failure::{Failure, Outcome};
use clap::Args;
use media::source::SeekSource;
use std::fmt::Write as _;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Options {
    /// The file to look at.
    file: PathBuf,
    /// Print the facts, or what is wrong, as JSON (see docs/CLI.md).
    #[arg(long)]
    json: bool,
}

pub fn probe(options: &Options) -> Outcome {
    let name = options.file.display();
    if !options.file.is_file() {
        return Err(Failure::Usage(format!("{name} is not a file")));
    }
    let source = SeekSource::open(&options.file).map_err(Failure::ours(format!("cannot read {name}")))?;
    let found = media::probe::probe(Box::new(source));
    match found {
        Ok(facts) => {
            if options.json {
                println!("{}", media::probe::facts_json(&facts));
            } else {
                print!("{}", in_words(&facts));
            }
            Ok(())
        }
        Err(error) => {
            let message = text::media::message_and_advice(&error);
            if !options.json {
                return Err(Failure::Input(message));
            }
            println!("{}", media::probe::error_json(&error, &message));
            eprintln!("xtask: {message}");
            Err(Failure::Said(1))
        }
    }
}

fn in_words(facts: &media::facts::Facts) -> String {
    let mut text = format!("{}, {:.3} s\n", facts.container.name(), facts.duration.seconds());
    for track in &facts.tracks {
        let mut line = format!("  track {}: {:?} {}", track.id.0, track.kind, track.codec.name);
        if let Some(video) = &track.video {
            let rate = video.frame_rate.map_or(String::new(), |rate| format!(" at {rate:.3} frames/s"));
            let _ = write!(
                line,
                " {}\u{d7}{}{rate}, turned by {}\u{b0}",
                video.width,
                video.height,
                video.orientation.rotation()
            );
        }
        if let Some(audio) = &track.audio {
            let _ = write!(line, " {} Hz, {} channels", audio.sample_rate, audio.channels);
        }
        let _ = write!(line, ", {} samples", track.sample_count);
        if let Some(language) = &track.language {
            let _ = write!(line, ", {language}");
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}
