//! The workers as the domain's ports see them: hear, understand, write. Knows what is asked, not how workers live and die.

use crate::models::device::Choice;
use crate::models::worker::messages::{FromWorker, ToWorker, out_of_turn};
use crate::models::workers::{EmbeddingModels, ModelWorkers, OtherModels};
use clip::failure::{Failure, FailureClass};
use clip::port::{Heard, PcmWindow, Transcriber, Understander, Writer};
use clip::protocol::JobId;
use clip::speakers::utterance::HeardVoices;
use clip::transcript::SpeechOptions;
use clip::writing::Prompt;
use models::weights::ModelEntry;
use serde_json::Value;
use std::rc::Rc;

/// The workers, as long as a model is wanted. Dropping it ends them.
pub struct Pool {
    workers: Rc<ModelWorkers>,
}

/// The pool in the hands of one job.
pub struct JobWorkers {
    workers: Rc<ModelWorkers>,
    job: JobId,
}

impl Pool {
    /// Starts the chosen number of workers and loads the model in each. Fails with the first failure of any.
    pub async fn start(entry: ModelEntry, others: OtherModels, choice: &Choice) -> Result<Self, Failure> {
        Ok(Self { workers: ModelWorkers::start(entry, others, choice).await? })
    }

    pub fn for_job(&self, job: JobId) -> JobWorkers {
        self.workers.revive();
        JobWorkers { workers: Rc::clone(&self.workers), job }
    }

    /// The model that finds faces, which no worker holds.
    pub fn face_model(&self) -> Option<&ModelEntry> {
        self.workers.others.faces.as_ref()
    }

    /// Answers every request of a job with "cancelled".
    pub fn abandon(&self, job: JobId) {
        self.workers.abandon(job);
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.workers.close();
    }
}

impl JobWorkers {
    /// Asks the first worker that is idle.
    async fn ask(&self, request: &ToWorker, samples: Option<&[f32]>) -> Result<FromWorker, Failure> {
        self.workers.ask_idle(|workers| workers, self.job, request, samples).await
    }

    /// Asks once more where the worker died or lost its device.
    async fn ask_twice(&self, request: &ToWorker, samples: Option<&[f32]>) -> Result<FromWorker, Failure> {
        match self.ask(request, samples).await {
            Err(failure) if matches!(failure.class(), FailureClass::Crash | FailureClass::DeviceLost) => {
                self.ask(request, samples).await
            }
            outcome => outcome,
        }
    }

    /// Asks the first of all workers, which alone holds the language model: it is large, and has read the beginning of the prompt.
    async fn ask_writer(&self, request: &ToWorker) -> Result<FromWorker, Failure> {
        self.workers.ask_idle(|workers| &workers[..workers.len().min(1)], self.job, request, None).await
    }

    fn writer(&self) -> Result<ModelEntry, Failure> {
        self.workers.others.writer.clone().ok_or_else(|| Failure::internal("no language model was asked for"))
    }

    fn embedding_models(&self) -> Result<EmbeddingModels, Failure> {
        self.workers.others.embedding.clone().ok_or(Failure::NoEmbeddingModels)
    }
}

impl Transcriber for JobWorkers {
    fn worker_count(&self) -> usize {
        self.workers.wanted()
    }

    async fn transcribe(&self, window: PcmWindow, speech: &SpeechOptions) -> Result<Heard, Failure> {
        let request = ToWorker::Window { speech: speech.clone() };
        match self.ask(&request, Some(&window.samples)).await? {
            FromWorker::Heard { language, segments } => Ok(Heard { language, segments }),
            _ => Err(out_of_turn()),
        }
    }
}

impl Understander for JobWorkers {
    fn worker_count(&self) -> usize {
        self.workers.wanted()
    }

    async fn voices(&self, samples: Vec<f32>) -> Result<HeardVoices, Failure> {
        let request = ToWorker::Voices { model: self.embedding_models()?.voices };
        match self.ask_twice(&request, Some(&samples)).await? {
            FromWorker::Voices { utterances, local } => Ok(HeardVoices { pieces: utterances, local }),
            _ => Err(out_of_turn()),
        }
    }

    async fn embeddings(&self, texts: Vec<String>) -> Result<Vec<Vec<f32>>, Failure> {
        let request = ToWorker::Embeddings { model: self.embedding_models()?.sentences, texts };
        match self.ask_twice(&request, None).await? {
            FromWorker::Embeddings { vectors } => Ok(vectors),
            _ => Err(out_of_turn()),
        }
    }
}

impl Writer for JobWorkers {
    async fn answer(&self, prompt: &Prompt, most_tokens: usize) -> Result<String, Failure> {
        let Prompt { system, user } = prompt.clone();
        let request = ToWorker::Answer { model: self.writer()?, system, user, max_tokens: most_tokens };
        match self.ask_writer(&request).await? {
            FromWorker::Answer { text, .. } => Ok(text),
            _ => Err(out_of_turn()),
        }
    }

    async fn weigh(&self, prompt: &Prompt, choices: &[String]) -> Result<Vec<f32>, Failure> {
        let Prompt { system, user } = prompt.clone();
        let request = ToWorker::Weigh { model: self.writer()?, system, user, choices: choices.to_vec() };
        match self.ask_writer(&request).await? {
            FromWorker::Weights { weights } => Ok(weights),
            _ => Err(out_of_turn()),
        }
    }

    async fn fill(
        &self,
        prompt: &Prompt,
        schema: &Value,
        most_tokens: usize,
    ) -> Result<Option<Value>, Failure> {
        let Prompt { system, user } = prompt.clone();
        let (model, schema, max_tokens) = (self.writer()?, schema.clone(), most_tokens);
        match self.ask_writer(&ToWorker::Fill { model, system, user, schema, max_tokens }).await? {
            FromWorker::Filled { document } => Ok(document),
            _ => Err(out_of_turn()),
        }
    }
}
