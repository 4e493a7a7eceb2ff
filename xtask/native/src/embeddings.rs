//! Vectors of voices and of sentences behind the domain's port: threads over one model of each kind.

use clip::failure::Failure;
use clip::port::Understander;
use clip::speakers::utterance::HeardVoices;
use models::speaker::SpeakerEncoder;
use models::text_embedding::SentenceEncoder;

use crate::crew::Crew;
use crate::failure::of_model;

/// The models that a command has loaded.
#[derive(Default)]
pub struct EmbeddingModels {
    pub voices: Option<SpeakerEncoder>,
    pub sentences: Option<SentenceEncoder>,
}

pub enum Request {
    Voices(Vec<f32>),
    Embeddings(Vec<String>),
}

pub enum Answer {
    Voices(HeardVoices),
    Embeddings(Vec<Vec<f32>>),
}

/// Those who answer.
pub type EmbeddingWorkers = Crew<Request, Result<Answer, Failure>>;

impl EmbeddingModels {
    /// Runs `lead` with a thread for each core at its side.
    pub fn lead<T>(&self, lead: impl FnOnce(&EmbeddingWorkers) -> T) -> T {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Crew::lead(threads, || |request, _: &dyn Fn() -> bool| self.answer(request), lead)
    }

    fn answer(&self, request: Request) -> Result<Answer, Failure> {
        match request {
            Request::Voices(samples) => {
                let model = self.voices.as_ref().ok_or(Failure::NoEmbeddingModels)?;
                Ok(Answer::Voices(speech::voices(model, &samples)))
            }
            Request::Embeddings(texts) => {
                let model = self.sentences.as_ref().ok_or(Failure::NoEmbeddingModels)?;
                let vectors = texts.iter().map(|text| model.embed(text)).collect::<Result<_, _>>();
                vectors.map(Answer::Embeddings).map_err(|error| of_model(&error))
            }
        }
    }
}

fn out_of_turn() -> Failure {
    Failure::internal("a thread answered something that was not asked")
}

impl Understander for EmbeddingWorkers {
    fn worker_count(&self) -> usize {
        self.threads()
    }

    async fn voices(&self, samples: Vec<f32>) -> Result<HeardVoices, Failure> {
        match self.ask(Request::Voices(samples)).await?? {
            Answer::Voices(voices) => Ok(voices),
            Answer::Embeddings(_) => Err(out_of_turn()),
        }
    }

    async fn embeddings(&self, texts: Vec<String>) -> Result<Vec<Vec<f32>>, Failure> {
        match self.ask(Request::Embeddings(texts)).await?? {
            Answer::Embeddings(vectors) => Ok(vectors),
            Answer::Voices(_) => Err(out_of_turn()),
        }
    }
}
