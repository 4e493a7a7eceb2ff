//! `native fillers`: what only fills time in a recording: words that were written down as such, and sounds that no word was written for.
//! The file is heard as by `transcribe`; sounds are looked for in it part by part.

use std::path::PathBuf;

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
use crate::transcribe::{Listeners, Machine, Order, known, listener};
use crate::transcript::round_ms;
use crate::world::World;
use crate::{broken, store};

/// What is usual in a sound is measured in as much of it at once.
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
    #[command(flatten)]
    machine: Machine,
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
    /// The word that was written nearby; `null` where none was.
    text: Option<String>,
}

/// Runs the command and prints its result.
pub fn run(options: &Options) -> Result<(), Failure> {
    let file = FileOnDisk::open(&options.file)?;
    let files = store::load(&options.machine.models_dir()?, &options.model)?;
    let whisper = Whisper::load(files, &models::device::flex())?;
    let (report, world) = (Report::default(), World::default());
    let language = options.language.as_deref().map(|code| known(&whisper, code)).transpose()?;
    let speech = SpeechOptions { language, ..SpeechOptions::default() };
    let found = Crew::lead(
        options.machine.threads(),
        || listener(&whisper, Order::Windows),
        |crew: &Listeners| pollster::block_on(find(speech, &file, crew, &report, &world)),
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
    mut speech: SpeechOptions,
    file: &FileOnDisk,
    crew: &Listeners,
    report: &Report,
    world: &World,
) -> Result<Found, Failure> {
    let (job, windows) = (JobId(0), &SpeechWindows::default);
    let ports = world.reporting(report);
    let whole =
        hear(file, None, file.duration(), windows, crew, &speech, Resume::default(), job, ports).await?;
    let (listening, _) = report.listening();
    let transcript = whole.transcript;
    // A piece alone might be taken for another language.
    speech.language = Some(transcript.language.clone()).filter(|code| !code.is_empty());
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
        fillers.extend(told(&sounds, &written.collect::<Vec<_>>()));
    }
    fillers.sort_by(|one, other| one.start_s.total_cmp(&other.start_s));
    let duration_s = transcript.windows.last().map_or(0.0, |window| window.end().seconds());
    let seconds = round_ms(clip::port::Clock::now_s(world));
    Ok(Found { language: transcript.language, duration_s: round_ms(duration_s), seconds, fillers })
}

/// Each filler once: a word that was written near a sound is that sound, whose times are better known.
fn told(sounds: &[SourceRange], written: &[&Word]) -> Vec<Filler> {
    let is_near = |sound: &SourceRange, word: &Word| {
        let times = SourceRange { start: word.start - ASTRAY, end: word.end + ASTRAY };
        sound.overlap(&times).is_some()
    };
    let filler = |range: SourceRange, word: Option<&Word>| Filler {
        start_s: round_ms(range.start.seconds()),
        end_s: round_ms(range.end.seconds()),
        text: word.map(|word| word.spoken().to_owned()),
    };
    let heard =
        sounds.iter().map(|sound| filler(*sound, written.iter().find(|word| is_near(sound, word)).copied()));
    let apart = written.iter().filter(|word| !sounds.iter().any(|sound| is_near(sound, word)));
    heard
        .chain(apart.map(|word| filler(SourceRange { start: word.start, end: word.end }, Some(word))))
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use clip::transcript::WindowSpan;
    use media::time::Instant;

    fn range(start_s: f64, end_s: f64) -> SourceRange {
        SourceRange { start: Instant::from_seconds(start_s), end: Instant::from_seconds(end_s) }
    }

    #[test]
    fn a_word_and_its_sound_are_one_filler() {
        let SourceRange { start, end } = range(5.0, 5.3);
        let word = Word { text: " Um,".into(), start, end, confidence: 0.5 };
        let told = |sounds: &[SourceRange]| {
            let told = told(sounds, &[&word]).into_iter();
            told.map(|filler| (filler.start_s, filler.end_s, filler.text)).collect::<Vec<_>>()
        };
        let um = Some("Um,".to_owned());
        assert_eq!(told(&[range(5.6, 6.0), range(9.0, 9.4)]), [(5.6, 6.0, um.clone()), (9.0, 9.4, None)]);
        assert_eq!(told(&[range(9.0, 9.4)]), [(9.0, 9.4, None), (5.0, 5.3, um)]);
    }

    #[test]
    fn parts_are_windows_together_as_far_as_they_fit() {
        let window =
            |start: u64, end: u64| WindowSpan { start_sample: start * 16_000, end_sample: end * 16_000 };
        let windows = vec![window(0, 30), window(30, 55), window(55, 80), window(80, 100), window(100, 110)];
        let transcript = Transcript { windows, ..Transcript::default() };
        assert_eq!(parts(&transcript), [range(0.0, 80.0), range(80.0, 110.0)]);
        assert!(parts(&Transcript::default()).is_empty());
    }
}
