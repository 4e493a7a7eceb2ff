//! Voices and meanings behind the domain's port: threads over one model of each kind.

use clip::failure::Failure;
use clip::port::Understander;
use clip::speakers::utterance::HeardVoices;
use models::sentence::SentenceEncoder;
use models::speaker::SpeakerEncoder;

use crate::crew::Crew;
use crate::failure::of_model;

/// The models that a command has loaded.
#[derive(Default)]
pub struct Minds {
    pub voices: Option<SpeakerEncoder>,
    pub sentences: Option<SentenceEncoder>,
}

pub enum Asked {
    Voices(Vec<f32>),
    Meanings(Vec<String>),
}

pub enum Told {
    Voices(HeardVoices),
    Meanings(Vec<Vec<f32>>),
}

/// Those who answer.
pub type Thinkers = Crew<Asked, Result<Told, Failure>>;

impl Minds {
    /// Runs `lead` with a thread for each core at its side.
    pub fn lead<T>(&self, lead: impl FnOnce(&Thinkers) -> T) -> T {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Crew::lead(threads, || |asked, _: &dyn Fn() -> bool| self.answer(asked), lead)
    }

    fn answer(&self, asked: Asked) -> Result<Told, Failure> {
        match asked {
            Asked::Voices(samples) => {
                let model = self.voices.as_ref().ok_or(Failure::NoEmbeddingModels)?;
                Ok(Told::Voices(speech::voices(model, &samples)))
            }
            Asked::Meanings(texts) => {
                let model = self.sentences.as_ref().ok_or(Failure::NoEmbeddingModels)?;
                let vectors = texts.iter().map(|text| model.embed(text)).collect::<Result<_, _>>();
                vectors.map(Told::Meanings).map_err(|error| of_model(&error))
            }
        }
    }
}

fn out_of_turn() -> Failure {
    Failure::internal("a thread answered something that was not asked")
}

impl Understander for Thinkers {
    fn lanes(&self) -> usize {
        self.threads()
    }

    async fn voices(&self, samples: Vec<f32>) -> Result<HeardVoices, Failure> {
        match self.ask(Asked::Voices(samples)).await?? {
            Told::Voices(voices) => Ok(voices),
            Told::Meanings(_) => Err(out_of_turn()),
        }
    }

    async fn meanings(&self, texts: Vec<String>) -> Result<Vec<Vec<f32>>, Failure> {
        match self.ask(Asked::Meanings(texts)).await?? {
            Told::Meanings(vectors) => Ok(vectors),
            Told::Voices(_) => Err(out_of_turn()),
        }
    }
}
