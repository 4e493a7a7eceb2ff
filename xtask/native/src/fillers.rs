//! `native fillers`: what only fills time in a recording: words that were written down as such, and sounds that no word was written for.
//! The file is heard as by `transcribe`; sounds are looked for in it part by part, as the page does clip by clip.

use std::path::PathBuf;
use std::thread;

use clap::Args;
use clip::analyze::{Resume, hear};
use clip::fillers::fills_time;
use clip::hesitation::Search;
use clip::protocol::JobId;
use clip::timeline::SourceRange;
use clip::transcript::{SpeechOptions, Transcript, Word};
use media::time::Span;
use models::whisper::Whisper;
use serde::Serialize;
use speech::{SpectralFrames, SpeechWindows};

use crate::crew::Crew;
use crate::failure::Failure;
use crate::report::Report;
use crate::sound::FileOnDisk;
use crate::transcribe::{Listeners, Order, listener};
use crate::transcript::round_ms;
use crate::world::World;
use crate::{broken, store};

/// As long as clips are at most.
const PART: Span = Span::from_millis(90_000);

/// How far from its sound a filler is written.
const ASTRAY: Span = Span::from_millis(700);

#[derive(Debug, Args)]
pub struct Options {
    /// A sound or video file
    file: PathBuf,
    /// Which model hears the words
    #[arg(long, value_name = "ID", default_value = "tiny.en")]
    model: String,
    /// The language spoken, as an ISO 639 code [default: found out from the first words]
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// Print the result as one JSON object (docs/CLI.md)
    #[arg(long)]
    pub json: bool,
    /// The models folder [default: $INCUT_MODELS, else incut/models in the cache folder]
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Threads [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

#[derive(Debug, Serialize)]
struct Found {
    language: String,
    duration_s: f64,
    seconds: f64,
    fillers: Vec<Filler>,
}

/// Times in seconds from the file's begin.
#[derive(Debug, Serialize)]
struct Filler {
    start_s: f64,
    end_s: f64,
    /// As it was written down; `null` where no word was written for it.
    text: Option<String>,
}

/// Runs the command and prints its result.
pub fn run(options: &Options) -> Result<(), Failure> {
    let file = FileOnDisk::open(&options.file)?;
    let files = store::load(&store::models_dir(options.models.as_deref())?, &options.model)?;
    let whisper = Whisper::load(files, &models::device::flex())?;
    let threads =
        options.threads.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
    let (report, world) = (Report::default(), World::default());
    let order = Order::Windows;
    let found = Crew::lead(
        threads,
        || listener(&whisper, order),
        |crew: &Listeners| pollster::block_on(find(options, &file, crew, &report, &world)),
    )?;
    if options.json {
        println!("{}", serde_json::to_string(&found).map_err(|error| broken(&error.to_string()))?);
        return Ok(());
    }
    for filler in &found.fillers {
        let text = filler.text.as_deref().unwrap_or("–");
        println!("{:9.2} – {:9.2}  {text}", filler.start_s, filler.end_s);
    }
    if found.fillers.is_empty() {
        println!("no fillers found");
    }
    Ok(())
}

async fn find(
    options: &Options,
    file: &FileOnDisk,
    crew: &Listeners,
    report: &Report,
    world: &World,
) -> Result<Found, Failure> {
    let speech = SpeechOptions { language: options.language.clone(), ..SpeechOptions::default() };
    let (job, windows) = (JobId(0), &SpeechWindows::default);
    let ports = world.reporting(report);
    let whole =
        hear(file, None, file.duration(), windows, crew, &speech, Resume::default(), job, ports).await?;
    let (listening, _) = report.listening();
    let transcript = whole.transcript;
    let search = Search {
        file,
        sound: listening.map(|listening| listening.sound),
        windows,
        meter: &SpectralFrames::default(),
        pool: crew,
        speech: &speech,
        job,
        ports: world.ports(),
    };
    let mut fillers = Vec::new();
    for range in parts(&transcript) {
        let words: Vec<Word> = transcript.words().filter(|word| range.holds(word)).cloned().collect();
        let sounds = search.find(range, &words, &transcript.language).await?;
        let written = words.iter().filter(|word| fills_time(word.spoken(), &transcript.language));
        // Where a sound is known nearby, it is that one: models are a second off with such words.
        let is_apart = |word: &&Word| {
            let times = SourceRange { start: word.start - ASTRAY, end: word.end + ASTRAY };
            !sounds.iter().any(|sound| sound.overlap(&times).is_some())
        };
        fillers.extend(written.filter(is_apart).map(|word| Filler {
            start_s: round_ms(word.start.seconds()),
            end_s: round_ms(word.end.seconds()),
            text: Some(word.spoken().to_owned()),
        }));
        fillers.extend(sounds.iter().map(|sound| Filler {
            start_s: round_ms(sound.start.seconds()),
            end_s: round_ms(sound.end.seconds()),
            text: None,
        }));
    }
    fillers.sort_by(|one, other| one.start_s.total_cmp(&other.start_s));
    let duration_s = transcript.windows.last().map_or(0.0, |window| window.end().seconds());
    let seconds = round_ms(clip::port::Clock::now_s(world));
    Ok(Found { language: transcript.language, duration_s: round_ms(duration_s), seconds, fillers })
}

/// Parts of the recording that end in silence, as long as fits.
fn parts(transcript: &Transcript) -> Vec<SourceRange> {
    let mut parts: Vec<SourceRange> = Vec::new();
    for window in &transcript.windows {
        match parts.last_mut().filter(|part| window.end() - part.start <= PART) {
            Some(part) => part.end = window.end(),
            None => parts.push(SourceRange { start: window.start(), end: window.end() }),
        }
    }
    parts
}
