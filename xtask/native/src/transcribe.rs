//! `native transcribe`: a file, `clip`'s listening loop, and a crew of threads over one model. Gives the loop its ports and prints what it
//! heard; which sound is heard, where it is cut and in which language it is heard are the loop's to decide.

use std::mem;
use std::path::PathBuf;
use std::thread;

use clap::{Args, ValueEnum};
use clip::analyze::{Resume, Whole, hear};
use clip::failure::Failure as Fault;
use clip::port::{Clock as _, Events, Heard, PcmWindow, Transcriber, Windows};
use clip::protocol::JobId;
use clip::tracks::Tracks;
use clip::transcript::{SpeechOptions, WindowSpan};
use media::time::Instant;
use models::whisper::{Language, Whisper};
use project::export::transcript_json::TranscriptInfo;
use speech::{Names, SpeechWindows, decoding, heard};
use text::reasons;

use crate::crew::Crew;
use crate::failure::{Failure, of_model};
use crate::report::{Report, Shown};
use crate::sound::FileOnDisk;
use crate::transcript::json;
use crate::word_breaks::NetworkWordBreaks;
use crate::world::World;
use crate::{broken, store};

#[derive(Debug, Args)]
pub struct Options {
    /// A sound or video file
    file: PathBuf,
    /// Which model: tiny.en (English only), base (99 languages), or the id of another in the models folder, where
    /// `model-export --from` puts it
    #[arg(long, value_name = "ID", default_value = "tiny.en")]
    model: String,
    /// Where the model runs: the CPU, or a GPU through wgpu
    #[arg(long, value_enum, default_value_t = DeviceKind::Flex)]
    device: DeviceKind,
    /// The language spoken, as an ISO 639 code [default: found out from the first words]
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// The task: write English whatever is spoken (multilingual models) [default: transcribe, words as they are spoken]
    #[arg(long)]
    translate: bool,
    /// Names and words to expect, spelled as you want them
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    prompt: String,
    /// How a long recording is gone through
    #[arg(long, value_enum, default_value_t = Order::Windows)]
    order: Order,
    /// Print the result as one JSON object (docs/CLI.md)
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    machine: Machine,
}

/// What of this machine is used.
#[derive(Debug, Args)]
pub struct Machine {
    /// The models folder [default: $INCUT_MODELS, else incut/models in the cache folder]
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Threads on the CPU [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

impl Machine {
    pub fn models_dir(&self) -> Result<PathBuf, Failure> {
        store::models_dir(self.models.as_deref())
    }

    pub fn threads(&self) -> usize {
        self.threads.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DeviceKind {
    Flex,
    Wgpu,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// Cut in silence into windows that run side by side, as on the page
    Windows,
    /// 30 s after 30 s, as the reference implementation does: for comparing with it
    Sequence,
}

impl DeviceKind {
    fn name(self) -> &'static str {
        match self {
            Self::Flex => "flex",
            Self::Wgpu => "wgpu",
        }
    }
}

/// A window and how it is to be written down.
pub type ToHear = (PcmWindow, SpeechOptions);
/// Those who write it down.
pub type Listeners = Crew<ToHear, Result<Heard, Fault>>;

/// Runs the command and prints its result.
pub fn run(options: &Options) -> Result<(), Failure> {
    let file = FileOnDisk::open(&options.file)?;
    let files = store::load(&options.machine.models_dir()?, &options.model)?;
    let device = match options.device {
        DeviceKind::Flex => models::device::flex(),
        DeviceKind::Wgpu => pollster::block_on(models::device::wgpu())?,
    };
    let whisper = Whisper::load(files, &device)?;
    let speech = SpeechOptions {
        language: options.language.as_deref().map(|code| known(&whisper, code)).transpose()?,
        translate: options.translate,
        names: options.prompt.clone(),
    };
    let (report, world) = (Report::default(), World::default());
    let shown = Shown(&report);
    let events: &dyn Events = if options.json { &report } else { &shown };
    let (duration, job) = (file.duration(), JobId(0));
    let windows = || options.order.windows();
    let whole = Crew::lead(
        options.worker_count(),
        || listener(&whisper, options.order),
        |crew: &Listeners| {
            let ports = world.reporting(events);
            pollster::block_on(hear(
                &file,
                None,
                duration,
                &windows,
                crew,
                &speech,
                Resume::default(),
                job,
                ports,
            ))
        },
    )?;
    let seconds = world.now_s();
    tell_notes(&file, &report, &whole);
    let mut transcript = whole.transcript;
    if transcript.language.is_empty() {
        // Where nobody speaks.
        Language::english().code().clone_into(&mut transcript.language);
    }
    let end = transcript.windows.last().map_or(Instant::ZERO, |window| window.end());
    let making = TranscriptInfo {
        model: &options.model,
        device: options.device.name(),
        duration: end.since_zero(),
        seconds,
    };
    let result = json(&transcript, &making);
    if options.json {
        println!("{}", serde_json::to_string(&result).map_err(|e| broken(&e.to_string()))?);
        return Ok(());
    }
    report.rest().iter().for_each(|line| println!("{line}"));
    if result.text.is_empty() {
        println!("no speech found");
    }
    eprintln!(
        "{:.1} s of sound in {seconds:.1} s ({:.1} × real time), {}, language {}",
        result.duration_s,
        result.duration_s / seconds.max(f64::MIN_POSITIVE),
        result.model,
        result.language,
    );
    Ok(())
}

/// Which sound was used and why, what was left out of it or is damaged.
fn tell_notes(file: &FileOnDisk, report: &Report, whole: &Whole) {
    let (listening, notes) = report.listening();
    let damage = listening.and_then(|listening| match listening.sound.tracks {
        Tracks::One(track) => file.damage(track).filter(|(damaged, _)| *damaged > 0),
        Tracks::All => None,
    });
    if let Some((damaged, packets)) = damage {
        eprintln!("{damaged} of {packets} pieces of sound are damaged");
    }
    for note in notes.iter().chain(&whole.notes) {
        eprintln!("{}", reasons::note(note));
    }
}

/// `code`, if the model knows the language.
pub fn known(whisper: &Whisper, code: &str) -> Result<String, Failure> {
    let known = whisper.languages();
    if known.iter().any(|language| language.code() == code) {
        return Ok(code.to_owned());
    }
    let codes: Vec<_> = known.iter().map(Language::code).collect();
    Err(Failure::Usage(format!(
        "this model does not know the language {code:?}; it knows {}",
        codes.join(" ")
    )))
}

impl Options {
    fn worker_count(&self) -> usize {
        match (self.device, self.order) {
            (DeviceKind::Flex, Order::Windows) => self.machine.threads(),
            // One queue feeds a GPU best, and a whole recording is one window.
            _ => 1,
        }
    }
}

/// What one thread does with a window.
pub fn listener(
    whisper: &Whisper,
    order: Order,
) -> impl FnMut(ToHear, &dyn Fn() -> bool) -> Result<Heard, Fault> {
    let mut names = Names::default();
    move |(window, speech), is_left| {
        let options = decoding(whisper, &speech, &mut names).map_err(|error| of_model(&error))?;
        let samples = &window.samples;
        let said = match order {
            Order::Windows => pollster::block_on(whisper.transcribe_window(samples, &options, is_left)),
            Order::Sequence => pollster::block_on(whisper.transcribe_in_sequence(samples, &options, is_left)),
        };
        said.map(|window| heard(window, &NetworkWordBreaks)).map_err(|error| of_model(&error))
    }
}

impl Transcriber for Listeners {
    fn worker_count(&self) -> usize {
        self.threads()
    }

    async fn transcribe(&self, window: PcmWindow, speech: &SpeechOptions) -> Result<Heard, Fault> {
        self.ask((window, speech.clone())).await?
    }
}

impl Order {
    fn windows(self) -> Cut {
        match self {
            Self::Windows => Cut::InSilence(Box::default()),
            Self::Sequence => Cut::Nowhere(Vec::new()),
        }
    }
}

/// How a recording is cut into what is heard at once.
enum Cut {
    InSilence(Box<SpeechWindows>),
    /// All of it is one window, whether anybody speaks or not.
    Nowhere(Vec<f32>),
}

impl Windows for Cut {
    fn push(&mut self, samples: &[f32]) -> Vec<PcmWindow> {
        match self {
            Self::InSilence(windows) => windows.push(samples),
            Self::Nowhere(all) => {
                all.extend_from_slice(samples);
                Vec::new()
            }
        }
    }

    fn finish(&mut self) -> Vec<PcmWindow> {
        match self {
            Self::InSilence(windows) => windows.finish(),
            Self::Nowhere(all) if all.is_empty() => Vec::new(),
            Self::Nowhere(all) => {
                let samples = mem::take(all);
                let span = WindowSpan { start_sample: 0, end_sample: samples.len() as u64 };
                vec![PcmWindow { span, samples, has_speech: true }]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_that_is_cut_nowhere_is_one_window() {
        let mut cut = Order::Sequence.windows();
        assert!(cut.finish().is_empty());
        assert!(cut.push(&vec![0.0; 40 * 16_000]).is_empty() && cut.push(&[0.5]).is_empty());
        let [window] = cut.finish().try_into().unwrap();
        assert_eq!((window.span.start_sample, window.span.end_sample), (0, 640_001));
        assert!(window.has_speech && window.samples.len() == 640_001);
    }
}
