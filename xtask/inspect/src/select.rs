//! `select`: the clips that the page would suggest from a stored transcript, with the evidence for each. Which are good is decided
//! in `clip`.

use crate::conversation::{self, Conversation};
use crate::failure::{Failure, Outcome};
use crate::native::{self, Heard, Wrong};
use clap::Args;
use clip::edit::ClipEdit;
use clip::insights::SoundSignals;
use clip::recording::Recording;
use clip::select::AnalyzeOptions;
use clip::select::{Candidates, RankingOptions, Suggestion};
use clip::sentence::{BySentence, Sentence};
use clip::speakers::Voices;
use clip::topics::likeness;
use clip::transcript::WindowSpan;
use clip::understand::{gathered, texts_to_read};
use clip::writing::{Passage, write_title};
use media::source::SeekSource;
use media::time::Span;
use project::export::transcript_json::TranscriptJson;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use text::reasons;

/// Samples a second that windows are counted in.
const SAMPLE_RATE: f64 = 16_000.0;

/// The only one that is fetched.
const DEFAULT_LLM: &str = "smollm2";

#[derive(Debug, Args)]
pub struct Options {
    /// A transcript as `transcribe --json` prints it.
    transcript: PathBuf,
    /// The file it was made of: how it sounds and who speaks counts too, and no clip goes on after its end.
    #[arg(long)]
    media: Option<PathBuf>,
    /// What the clips should be about, in a few words (English).
    #[arg(long, value_name = "TEXT")]
    topic: Option<String>,
    /// The language model that writes the titles.
    #[arg(long, value_name = "MODEL", num_args = 0..=1, default_missing_value = DEFAULT_LLM, default_value = DEFAULT_LLM)]
    llm: String,
    /// Let the rules write them.
    #[arg(long, conflicts_with = "llm")]
    no_llm: bool,
    /// How many clips at most.
    #[arg(long, default_value_t = 6)]
    clips: u32,
    /// The shortest clip, in seconds.
    #[arg(long, default_value_t = 15.0)]
    shortest: f64,
    /// The longest clip, in seconds.
    #[arg(long, default_value_t = 60.0)]
    longest: f64,
    /// Print the clips as JSON (see docs/CLI.md).
    #[arg(long)]
    json: bool,
}

pub fn select(options: &Options) -> Outcome {
    let name = options.transcript.display();
    let text = std::fs::read_to_string(&options.transcript);
    let text = text.map_err(|error| Failure::Input(format!("cannot read {name}: {error}")))?;
    let read = TranscriptJson::parse(&text).map_err(|error| Failure::Input(format!("{name}: {error}")))?;
    let mut transcript = read.transcript();
    let (mut sound, mut voices) = (SoundSignals::default(), Voices::default());
    if let Some(media) = &options.media {
        let end = duration_of(media)?;
        let end_sample = (end.seconds() * SAMPLE_RATE).round() as u64;
        transcript.windows = vec![WindowSpan { start_sample: 0, end_sample }];
        Heard { sound, voices } = native::voices(media, Wrong::Swallowed)?;
    }
    let recording = Recording::new(transcript);
    let vectors = native::embeddings(&texts_to_read(&recording))?;
    let insights = gathered(&recording, sound, &voices, &vectors);
    let wanted = AnalyzeOptions {
        clips: options.clips,
        shortest: Span::from_seconds(options.shortest),
        longest: Span::from_seconds(options.longest),
        ..AnalyzeOptions::default()
    };
    let likeness =
        options.topic.as_deref().map(|topic| nearness(topic, recording.sentences())).transpose()?;
    let candidates = Candidates::new(&recording, Some(&insights), &wanted);
    let Suggestion { mut clips, note } = candidates.suggest(&RankingOptions::default(), likeness.as_ref());
    if !options.no_llm {
        entitle(&mut clips, recording.sentences(), &options.llm);
    }
    if options.json {
        let clips: Vec<Value> = clips.iter().map(as_json).collect();
        println!("{}", json!({ "clips": clips, "note": note.as_ref().map(reasons::note) }));
        return Ok(());
    }
    for clip in &clips {
        println!(
            "{:8.2} s to {:8.2} s  {:5.1}  {}\n{:>22}{}",
            clip.start().seconds(),
            clip.end().seconds(),
            clip.score,
            clip.title,
            "",
            reasons::reasons(&clip.reasons)
        );
    }
    if let Some(note) = note {
        println!("{}", reasons::note(&note));
    }
    Ok(())
}

/// Titles by a language model, where what it writes or chooses is true to what was said. Without it the clips are the same and have the
/// rules' titles.
fn entitle(clips: &mut [ClipEdit], sentences: &[Sentence], model: &str) {
    let titles = Conversation::start(model).and_then(|model| {
        let title =
            |clip: &ClipEdit| conversation::run(write_title(&Passage::of_clip(sentences, clip), &model));
        let titles = clips.iter().map(title).collect::<Result<Vec<_>, _>>();
        titles.map_err(|failure| Failure::Ours(text::failure::message_and_advice(&failure)))
    });
    match titles {
        Ok(titles) => {
            for (clip, title) in clips.iter_mut().zip(titles) {
                clip.title = title.unwrap_or_else(|| std::mem::take(&mut clip.title));
            }
        }
        Err(failure) => {
            eprintln!("The titles are by rules, as the language model cannot be asked: {failure}")
        }
    }
}

/// How near each sentence comes to `topic`, by meaning.
fn nearness(topic: &str, sentences: &[Sentence]) -> Outcome<BySentence> {
    let texts: Vec<String> =
        std::iter::once(topic.to_owned()).chain(sentences.iter().map(Sentence::text)).collect();
    let vectors = native::embeddings(&texts)?;
    let Some((topic, vectors)) = vectors.split_first() else { return Ok(BySentence::default()) };
    let ids = sentences.iter().map(|sentence| sentence.id);
    Ok(ids.zip(vectors.iter().map(|vector| likeness(topic, vector))).collect())
}

fn duration_of(media: &PathBuf) -> Outcome<Span> {
    let name = media.display();
    let source = SeekSource::open(media).map_err(Failure::ours(format!("cannot read {name}")))?;
    let facts = media::probe::probe(Box::new(source)).map_err(|error| unusable(media, &error))?;
    Ok(facts.duration)
}

fn unusable(media: &Path, error: &media::Error) -> Failure {
    Failure::Input(format!("{}: {}", media.display(), text::media::message_and_advice(error)))
}

fn as_json(clip: &ClipEdit) -> Value {
    let round = |value: f64| (value * 1000.0).round() / 1000.0;
    let evidence: Map<String, Value> = clip
        .evidence
        .signals()
        .into_iter()
        .map(|(signal, value)| (signal.name().to_owned(), json!(round(f64::from(value)))))
        .collect();
    json!({
        "start_s": round(clip.start().seconds()),
        "end_s": round(clip.end().seconds()),
        "title": clip.title,
        "reason": reasons::reasons(&clip.reasons),
        "score": clip.score,
        "evidence": evidence,
    })
}
