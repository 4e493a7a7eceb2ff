//! `native transcribe`: file → sound → windows → a pool of threads over one model → segments in order. Knows the pipeline;
//! leaves decoding of sound, cutting and the model to their own modules.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use clap::{Args, ValueEnum};
use clip::tracks::SoundChoice;
use media::source::SeekSource;
use models::mel::SAMPLE_RATE;
use models::vad::{Window, WindowPlanner};
use models::whisper::{DecodeOptions, Language, Task, Whisper};

use crate::failure::Failure;
use crate::transcript::{Segment, Transcript, joined, round_ms};
use crate::{broken, choosing, store};

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
    /// The models folder [default: $INCUT_MODELS, else incut/models in the cache folder]
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Threads on the CPU [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DeviceKind {
    Flex,
    Wgpu,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
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

/// A window with its sound, on its way to a thread.
struct Job {
    index: usize,
    start_s: f64,
    pcm: Vec<f32>,
    language: Language,
}

/// A file and what of its sound is heard.
type Chosen = (SeekSource<File>, Option<SoundChoice>);

/// What the threads give back.
type Heard = Result<(usize, Vec<Segment>), Failure>;

/// What the one pass over the file found out.
struct Pass {
    duration_s: f64,
    language: Language,
}

/// Runs the command and prints its result.
pub fn run(options: &Options) -> Result<(), Failure> {
    choosing::open(&options.file)?;
    let files = store::load(&store::models_dir(options.models.as_deref())?, &options.model)?;
    let device = match options.device {
        DeviceKind::Flex => models::device::flex(),
        DeviceKind::Wgpu => pollster::block_on(models::device::wgpu())?,
    };
    let whisper = Whisper::load(files, &device)?;
    let language = options.language.as_deref().map(|code| language_of(&whisper, code)).transpose()?;
    let decode = DecodeOptions {
        language,
        task: if options.translate { Task::Translate } else { Task::Transcribe },
        prompt: whisper.encode(&options.prompt)?,
        ..DecodeOptions::default()
    };

    #[expect(clippy::disallowed_methods, reason = "a native command, which reports how long it took")]
    let began = Instant::now();
    let (pass, segments) = choosing::hear(&options.file, |choice| {
        let sound = (choosing::open(&options.file)?, choice);
        let heard = match options.order {
            Order::Windows => transcribe(&whisper, options, decode.clone(), sound)?,
            Order::Sequence => transcribe_in_sequence(&whisper, options, &decode, sound)?,
        };
        let words = heard.1.iter().map(|segment| segment.words.len()).sum();
        Ok((heard, words))
    })?;
    let seconds = began.elapsed().as_secs_f64();
    let transcript = Transcript {
        model: options.model.clone(),
        device: options.device.name().to_owned(),
        language: pass.language.code().to_owned(),
        duration_s: round_ms(pass.duration_s),
        seconds: round_ms(seconds),
        rtf: round_ms(seconds / pass.duration_s.max(f64::MIN_POSITIVE)),
        text: joined(&segments),
        segments,
    };
    if options.json {
        let json = serde_json::to_string(&transcript).map_err(|e| broken(&e.to_string()))?;
        println!("{json}");
    } else {
        if transcript.text.is_empty() {
            println!("no speech found");
        }
        eprintln!(
            "{:.1} s of sound in {seconds:.1} s ({:.1} × real time), {}, language {}",
            pass.duration_s,
            pass.duration_s / seconds.max(f64::MIN_POSITIVE),
            transcript.model,
            transcript.language,
        );
    }
    Ok(())
}

fn language_of(whisper: &Whisper, code: &str) -> Result<Language, Failure> {
    let known = whisper.languages();
    let found = known.iter().find(|language| language.code() == code).cloned();
    found.ok_or_else(|| {
        let codes: Vec<_> = known.iter().map(Language::code).collect();
        Failure::Usage(format!(
            "this model does not know the language {code:?}; it knows {}",
            codes.join(" ")
        ))
    })
}

/// One thread decodes the sound and cuts windows, others transcribe them, this one puts their segments in order.
fn transcribe(
    whisper: &Whisper,
    options: &Options,
    mut decode: DecodeOptions,
    sound: Chosen,
) -> Result<(Pass, Vec<Segment>), Failure> {
    let language = decode.language.take();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = match options.device {
        DeviceKind::Flex => options.threads.map_or(cores, usize::from),
        // One queue feeds a GPU best.
        DeviceKind::Wgpu => 1,
    };
    // A bounded queue: the decoder waits rather than fill memory with a long file's sound.
    let (to_workers, jobs) = sync_channel::<Job>(threads);
    let jobs = Mutex::new(jobs);
    let (to_us, heard) = channel::<Heard>();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (to_us, jobs, stop, decode) = (to_us.clone(), &jobs, &stop, &decode);
            scope.spawn(move || work(whisper, decode, jobs, &to_us, stop));
        }
        drop(to_us);
        let listener = scope.spawn(|| listen(whisper, sound, language, to_workers, &stop));
        let segments = gather(&heard, options, &stop);
        let pass = listener.join().map_err(|_| broken("the thread that decodes sound panicked"))?;
        // A worker's failure is why the listener stopped, so it is told first.
        let segments = segments?;
        Ok((pass?, segments))
    })
}

/// All at once, by one thread, as [`Whisper::transcribe_in_sequence`] does it.
fn transcribe_in_sequence(
    whisper: &Whisper,
    options: &Options,
    decode: &DecodeOptions,
    sound: Chosen,
) -> Result<(Pass, Vec<Segment>), Failure> {
    let mut pcm = Vec::new();
    let summary = choosing::decode(sound.0, sound.1, &mut |part: &[f32]| pcm.extend_from_slice(part))?;
    let heard = pollster::block_on(whisper.transcribe_in_sequence(&pcm, decode, &|| false))?;
    let segments: Vec<Segment> = heard.segments.into_iter().map(|s| Segment::placed(s, 0.0)).collect();
    if !options.json {
        segments.iter().for_each(|segment| println!("{}", segment.line()));
    }
    Ok((Pass { duration_s: summary.samples as f64 / SAMPLE_RATE as f64, language: heard.language }, segments))
}

/// Decodes the file and queues its windows with speech.
fn listen(
    whisper: &Whisper,
    sound: Chosen,
    language: Option<Language>,
    queue: SyncSender<Job>,
    stop: &AtomicBool,
) -> Result<Pass, Failure> {
    let mut planner = WindowPlanner::new();
    let mut windows = Windows { whisper, queue, language, pending: Pending::default(), next_index: 0 };
    let mut failure = None;
    // The decoder does not ask whether to go on; after a failure what it still gives is dropped.
    let mut take = |pcm: &[f32]| {
        if failure.is_none() && !stop.load(Ordering::Relaxed) {
            windows.pending.samples.extend_from_slice(pcm);
            failure = windows.send(planner.push(pcm)).err();
        }
    };
    let summary = choosing::decode(sound.0, sound.1, &mut take)?;
    failure.map_or(Ok(()), Err)?;
    windows.send(planner.finish())?;
    if summary.damaged_packets > 0 {
        eprintln!("{} of {} pieces of sound are damaged", summary.damaged_packets, summary.packets);
    }
    Ok(Pass {
        duration_s: summary.samples as f64 / SAMPLE_RATE as f64,
        language: windows.language.unwrap_or_else(Language::english),
    })
}

/// Windows on their way from the planner to the workers.
struct Windows<'a> {
    whisper: &'a Whisper,
    queue: SyncSender<Job>,
    /// Found out from the first window with speech, where it was not given.
    language: Option<Language>,
    pending: Pending,
    next_index: usize,
}

impl Windows<'_> {
    fn send(&mut self, windows: Vec<Window>) -> Result<(), Failure> {
        for window in windows {
            let pcm = self.pending.take(window.end_sample);
            if !window.has_speech {
                continue;
            }
            let language = match &self.language {
                Some(language) => language.clone(),
                None => self.language.insert(first_language(self.whisper, &pcm)?).clone(),
            };
            let start_s = window.start_sample as f64 / SAMPLE_RATE as f64;
            let job = Job { index: self.next_index, start_s, pcm, language };
            // Workers empty the queue until it is closed, even after a failure.
            self.queue.send(job).map_err(|_| broken("the threads that transcribe are gone"))?;
            self.next_index += 1;
        }
        Ok(())
    }
}

fn first_language(whisper: &Whisper, pcm: &[f32]) -> Result<Language, Failure> {
    let guesses = pollster::block_on(whisper.detect_language(pcm))?;
    Ok(guesses.into_iter().next().map_or_else(Language::english, |(language, _)| language))
}

/// Sound that no window has claimed yet.
#[derive(Default)]
struct Pending {
    /// Index of the first sample in the file.
    start: u64,
    samples: Vec<f32>,
}

impl Pending {
    /// Removes everything before the sample `end`.
    fn take(&mut self, end: u64) -> Vec<f32> {
        let len =
            usize::try_from(end.saturating_sub(self.start)).unwrap_or(usize::MAX).min(self.samples.len());
        let rest = self.samples.split_off(len);
        self.start += len as u64;
        std::mem::replace(&mut self.samples, rest)
    }
}

/// One thread: windows in, segments out, until the queue is closed or something failed.
fn work(
    whisper: &Whisper,
    options: &DecodeOptions,
    jobs: &Mutex<Receiver<Job>>,
    to_us: &Sender<Heard>,
    stop: &AtomicBool,
) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        if stop.load(Ordering::Relaxed) {
            // The queue is emptied, so that the listener does not wait for room in it.
            continue;
        }
        let decode = DecodeOptions { language: Some(job.language), ..options.clone() };
        let cancelled = || stop.load(Ordering::Relaxed);
        let heard = pollster::block_on(whisper.transcribe_window(&job.pcm, &decode, &cancelled));
        let placed = heard
            .map(|window| window.segments.into_iter().map(|s| Segment::placed(s, job.start_s)).collect())
            .map(|segments| (job.index, segments))
            .map_err(Failure::from);
        if to_us.send(placed).is_err() {
            return;
        }
    }
}

/// Segments in the order of their windows. Without --json, each is printed as soon as all before it are there.
fn gather(heard: &Receiver<Heard>, options: &Options, stop: &AtomicBool) -> Result<Vec<Segment>, Failure> {
    let mut early: BTreeMap<usize, Vec<Segment>> = BTreeMap::new();
    let mut segments = Vec::new();
    let mut next = 0;
    let mut failure = None;
    for result in heard {
        match result {
            Ok((index, found)) => _ = early.insert(index, found),
            Err(error) => {
                stop.store(true, Ordering::Relaxed);
                failure = failure.or(Some(error));
            }
        }
        while let Some(found) = early.remove(&next) {
            if !options.json {
                found.iter().for_each(|segment| println!("{}", segment.line()));
            }
            segments.extend(found);
            next += 1;
        }
    }
    failure.map_or(Ok(segments), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pending_sound_is_handed_out_once() {
        let mut pending = Pending { start: 0, samples: (0..10).map(|i| i as f32).collect() };
        assert_eq!(pending.take(4), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(pending.start, 4);
        assert_eq!(pending.take(4), [0.0; 0]);
        pending.samples.push(10.0);
        assert_eq!(pending.take(99).len(), 7);
        assert_eq!(pending.start, 11);
    }
}
