//! The lanes as the domain's ports see them: hear, understand, write. Knows what is asked, not how lanes live and die.

use crate::device::Choice;
use crate::lane::messages::{FromLane, ToLane, out_of_turn};
use crate::lanes::{Lanes, Minds, Others};
use clip::failure::{Failure, FailureClass};
use clip::port::{Heard, PcmWindow, Transcriber, Understander};
use clip::protocol::JobId;
use clip::speakers::utterance::HeardVoices;
use clip::transcript::SpeechOptions;
use clip::writing::{Prompt, Writer};
use models::weights::ModelEntry;
use serde_json::Value;
use std::rc::Rc;

/// The lanes, as long as a model is wanted. Dropping it ends them.
pub struct Pool {
    lanes: Rc<Lanes>,
}

/// The pool in the hands of one job.
pub struct JobLanes {
    lanes: Rc<Lanes>,
    job: JobId,
}

impl Pool {
    /// Starts the chosen number of workers and loads the model in each. Fails with the first failure of any.
    pub async fn start(entry: ModelEntry, others: Others, choice: &Choice) -> Result<Self, Failure> {
        Ok(Self { lanes: Lanes::start(entry, others, choice).await? })
    }

    pub fn for_job(&self, job: JobId) -> JobLanes {
        self.lanes.revive();
        JobLanes { lanes: Rc::clone(&self.lanes), job }
    }

    /// Answers every request of a job with "cancelled".
    pub fn abandon(&self, job: JobId) {
        self.lanes.abandon(job);
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.lanes.close();
    }
}

impl JobLanes {
    /// Asks the first lane that is idle.
    async fn ask(&self, request: &ToLane, samples: Option<&[f32]>) -> Result<FromLane, Failure> {
        self.lanes.ask_idle(|lanes| lanes, self.job, request, samples).await
    }

    /// Asks once more where the lane died or lost its device.
    async fn ask_twice(&self, request: &ToLane, samples: Option<&[f32]>) -> Result<FromLane, Failure> {
        match self.ask(request, samples).await {
            Err(failure) if matches!(failure.class, FailureClass::Crash | FailureClass::DeviceLost) => {
                self.ask(request, samples).await
            }
            outcome => outcome,
        }
    }

    /// Asks the first of all lanes, which alone holds the language model: it is large, and has read the beginning of the prompt.
    async fn ask_writer(&self, request: &ToLane) -> Result<FromLane, Failure> {
        self.lanes.ask_idle(|lanes| &lanes[..lanes.len().min(1)], self.job, request, None).await
    }

    fn writer(&self) -> Result<ModelEntry, Failure> {
        self.lanes.others.writer.clone().ok_or_else(|| Failure::internal("no language model was asked for"))
    }

    fn minds(&self) -> Result<Minds, Failure> {
        self.lanes.others.minds.clone().ok_or_else(|| {
            Failure::new(
                FailureClass::Model,
                "The models for voices and topics are not on this server.",
                "Clips are still chosen by the words; whoever runs the server can add the models.",
            )
        })
    }
}

impl Transcriber for JobLanes {
    fn lanes(&self) -> usize {
        self.lanes.wanted()
    }

    async fn transcribe(&self, window: PcmWindow, speech: &SpeechOptions) -> Result<Heard, Failure> {
        let request = ToLane::Window { speech: speech.clone() };
        match self.ask(&request, Some(&window.samples)).await? {
            FromLane::Heard { language, segments } => Ok(Heard { language, segments }),
            _ => Err(out_of_turn()),
        }
    }
}

impl Understander for JobLanes {
    fn lanes(&self) -> usize {
        self.lanes.wanted()
    }

    async fn voices(&self, samples: Vec<f32>) -> Result<HeardVoices, Failure> {
        let request = ToLane::Voices { model: self.minds()?.voices };
        match self.ask_twice(&request, Some(&samples)).await? {
            FromLane::Voices { utterances, local } => Ok(HeardVoices { pieces: utterances, local }),
            _ => Err(out_of_turn()),
        }
    }

    async fn meanings(&self, texts: Vec<String>) -> Result<Vec<Vec<f32>>, Failure> {
        let request = ToLane::Meanings { model: self.minds()?.sentences, texts };
        match self.ask_twice(&request, None).await? {
            FromLane::Meanings { vectors } => Ok(vectors),
            _ => Err(out_of_turn()),
        }
    }
}

impl Writer for JobLanes {
    async fn answer(&self, prompt: &Prompt, most_tokens: usize) -> Result<String, Failure> {
        let Prompt { system, user } = prompt.clone();
        let request = ToLane::Answer { model: self.writer()?, system, user, max_tokens: most_tokens };
        match self.ask_writer(&request).await? {
            FromLane::Answer { text, .. } => Ok(text),
            _ => Err(out_of_turn()),
        }
    }

    async fn weigh(&self, prompt: &Prompt, choices: &[String]) -> Result<Vec<f32>, Failure> {
        let Prompt { system, user } = prompt.clone();
        let request = ToLane::Weigh { model: self.writer()?, system, user, choices: choices.to_vec() };
        match self.ask_writer(&request).await? {
            FromLane::Weights { weights } => Ok(weights),
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
        match self.ask_writer(&ToLane::Fill { model, system, user, schema, max_tokens }).await? {
            FromLane::Filled { document } => Ok(document),
            _ => Err(out_of_turn()),
        }
    }
}
