//! A language model of Llama's, Qwen2's or Qwen3's family, on the CPU or a GPU: text in, text out. It knows tokens and their
//! likelihoods; what is asked, and whether the answer is true, is decided elsewhere.

mod agreement;
mod chat;
mod config;
mod cpu;
mod gpu;
mod grammar;
mod layer_names;
mod layers;
mod sampling;

use std::sync::OnceLock;

use burn::tensor::Device;

use crate::Error;
use crate::kernel::KvCache;
use crate::tokenizer::{TextEncoder, Tokenizer};
use crate::weights::{ModelFiles, Reader};
use chat::Template;
use config::Config;
use grammar::{Constraint, Grammars};
use sampling::{Sampler, log_probability};

pub use chat::{Message, Role};
pub use layers::Precision;
pub use sampling::Sampling;

/// One model on one device.
pub struct Llm {
    config: Config,
    network: Network,
    encoder: TextEncoder,
    tokenizer: Tokenizer,
    template: Template,
    /// Made when it is first asked for: most answers are free.
    grammars: OnceLock<Grammars>,
}

enum Network {
    Cpu(Box<cpu::Network>),
    Gpu(Box<gpu::Network>),
}

/// Of which rows logits are wanted: they cost as much as several layers.
#[derive(Clone, Copy)]
enum Wanted {
    Nothing,
    Last,
    All,
}

impl Wanted {
    /// Rows from the end, of `count`.
    fn rows(self, count: usize) -> usize {
        match self {
            Wanted::Nothing => 0,
            Wanted::Last => 1.min(count),
            Wanted::All => count,
        }
    }
}

/// What a model has read so far.
pub struct Context {
    kept: Kept,
    length: usize,
}

enum Kept {
    Cpu(Vec<KvCache>),
    Gpu(Box<gpu::Caches>),
}

impl Context {
    /// Tokens read.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }
}

/// The last prompt as it was read, so that of the next one only what differs is read: prompts about one passage begin alike.
#[derive(Default)]
pub struct PrefixCache {
    tokens: Vec<u32>,
    context: Option<Context>,
}

impl Llm {
    /// Loads the weights for the CPU. The files are taken, so that each shard is freed as soon as it has been read.
    ///
    /// # Errors
    /// `Malformed` or `Weights` where the files do not fit together.
    pub fn load(files: ModelFiles, precision: Precision) -> Result<Llm, Error> {
        Llm::load_by(files, |config, reader| {
            Ok(Network::Cpu(Box::new(cpu::Network::load(config, reader, precision)?)))
        })
    }

    /// Loads the weights onto a GPU, where they stay in four and eight bits.
    ///
    /// # Errors
    /// As [`Llm::load`]; `Unsupported` where a graphics processor cannot compute with such sizes.
    pub fn load_on(files: ModelFiles, device: &Device) -> Result<Llm, Error> {
        Llm::load_by(files, |config, reader| {
            Ok(Network::Gpu(Box::new(gpu::Network::load(config, reader, device)?)))
        })
    }

    fn load_by(
        files: ModelFiles,
        network: impl FnOnce(&Config, &mut Reader) -> Result<Network, Error>,
    ) -> Result<Llm, Error> {
        let config = Config::from_json(&files.config_json)?;
        Ok(Llm {
            encoder: TextEncoder::from_json(&files.tokenizer_json)?,
            tokenizer: Tokenizer::from_json(&files.tokenizer_json)?,
            template: Template::new(&config)?,
            network: network(&config, &mut Reader::new(files.shards)?)?,
            config,
            grammars: OnceLock::new(),
        })
    }

    /// Whether `device` computes what the CPU computes, for a small made-up model whose heads are those of `files`: a driver that gets
    /// a shader wrong gives words too.
    ///
    /// # Errors
    /// `Malformed` where the files describe no model; `Device` where the device fails.
    pub async fn agrees_with_cpu(files: &ModelFiles, device: &Device) -> Result<bool, Error> {
        agreement::agrees_with_cpu(&Config::from_json(&files.config_json)?, device).await
    }

    /// Nothing read yet.
    pub fn context(&self) -> Context {
        let kept = match &self.network {
            Network::Cpu(network) => Kept::Cpu(network.caches()),
            Network::Gpu(network) => Kept::Gpu(Box::new(network.caches())),
        };
        Context { kept, length: 0 }
    }

    /// Forgets what was read after the first `length` tokens.
    fn truncate(&self, context: &mut Context, length: usize) {
        context.length = context.length.min(length);
        // A GPU's caches are as long as they are; what lies behind the end is written again before it is read.
        if let (Network::Cpu(network), Kept::Cpu(kept)) = (&self.network, &mut context.kept) {
            network.truncate(kept, context.length);
        }
    }

    /// The tokens of `text`; what is spelled as a special token is text like any other.
    ///
    /// # Errors
    /// `Malformed` where the tokenizer cannot encode.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>, Error> {
        self.encoder.encode(text)
    }

    /// The text of `tokens`, special ones left out.
    pub fn decode(&self, tokens: &[u32]) -> String {
        self.tokenizer.decode(tokens)
    }

    /// The tokens of a conversation, up to where the model is to answer.
    ///
    /// # Errors
    /// `Malformed` where the model's template or tokenizer does not work.
    pub fn prompt(&self, messages: &[Message]) -> Result<Vec<u32>, Error> {
        let mut tokens = Vec::new();
        for piece in self.template.render(messages)? {
            match piece {
                chat::Piece::Said(text) => tokens.extend(self.encoder.encode(&text)?),
                chat::Piece::Form(text) => tokens.extend(self.encode_form(&text)?),
            }
        }
        Ok(tokens)
    }

    /// Text of the template, in which special tokens are spelled.
    fn encode_form(&self, mut text: &str) -> Result<Vec<u32>, Error> {
        let mut tokens = Vec::new();
        while !text.is_empty() {
            let found =
                self.tokenizer.specials().filter_map(|(name, id)| Some((text.find(name)?, name.len(), id)));
            // The first, and of those that begin there the longest.
            let Some((at, length, id)) = found.min_by_key(|(at, length, _)| (*at, usize::MAX - length))
            else {
                tokens.extend(self.encoder.encode(text)?);
                break;
            };
            tokens.extend(self.encoder.encode(&text[..at])?);
            tokens.push(id);
            text = &text[at + length..];
        }
        Ok(tokens)
    }

    /// Reads on and gives the logits of what may follow each of `tokens`, `[tokens, vocabulary]`.
    ///
    /// # Errors
    /// `Input` for a token that there is not, or for more than the model can hold in mind; `Device` where the device fails.
    pub async fn read_all(&self, tokens: &[u32], context: &mut Context) -> Result<Vec<f32>, Error> {
        self.read_some(tokens, context, Wanted::All).await
    }

    /// Reads on and gives the logits of what may follow the last of `tokens`, `[vocabulary]`.
    ///
    /// # Errors
    /// As [`Llm::read_all`]; `Input` where there is no token.
    pub async fn read(&self, tokens: &[u32], context: &mut Context) -> Result<Vec<f32>, Error> {
        let at_once = match self.network {
            Network::Cpu(_) => cpu::READ_AT_ONCE,
            Network::Gpu(_) => gpu::READ_AT_ONCE,
        };
        let last = tokens.len().div_ceil(at_once).checked_sub(1);
        let last = last.ok_or_else(|| Error::Input("nothing to read".into()))?;
        for tokens in tokens.chunks(at_once).take(last) {
            self.read_some(tokens, context, Wanted::Nothing).await?;
        }
        self.read_some(&tokens[last * at_once..], context, Wanted::Last).await
    }

    async fn read_some(
        &self,
        tokens: &[u32],
        context: &mut Context,
        wanted: Wanted,
    ) -> Result<Vec<f32>, Error> {
        let first = context.length;
        if first + tokens.len() > self.config.max_position_embeddings {
            return Err(Error::Input(format!(
                "the model holds {} tokens in mind, not more",
                self.config.max_position_embeddings
            )));
        }
        if let Some(token) = tokens.iter().find(|token| **token as usize >= self.config.vocab_size) {
            return Err(Error::Input(format!("there is no token {token}")));
        }
        let logits = match (&self.network, &mut context.kept) {
            (Network::Cpu(network), Kept::Cpu(kept)) => network.read(tokens, kept, first, wanted)?,
            (Network::Gpu(network), Kept::Gpu(kept)) => network.read(tokens, kept, first, wanted).await?,
            _ => return Err(Error::Input("what was read was read by another model".into())),
        };
        context.length += tokens.len();
        Ok(logits)
    }

    /// What the model writes after `prompt`, up to the end token or as many tokens as asked for. `cancelled` is asked before each.
    ///
    /// # Errors
    /// As [`Llm::read`]; `Cancelled`.
    pub async fn generate(
        &self,
        prompt: &[u32],
        sampling: &Sampling,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<u32>, Error> {
        self.generate_after(prompt, sampling, &mut PrefixCache::default(), cancelled).await
    }

    /// [`Llm::generate`], reading only what the prompt does not share with the one before.
    ///
    /// # Errors
    /// As [`Llm::generate`].
    pub async fn generate_after(
        &self,
        prompt: &[u32],
        sampling: &Sampling,
        prefix: &mut PrefixCache,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<u32>, Error> {
        self.write(prompt, sampling, None, prefix, cancelled).await
    }

    /// A JSON document that the model writes after `prompt`, which can be no other than one that `schema` (JSON Schema) allows: at each
    /// step only tokens are chosen from that can go on to one. `None` where as many tokens as asked for did not bring it to its end.
    /// Reads only what the prompt does not share with the one before.
    ///
    /// # Errors
    /// As [`Llm::generate`]; `Input` where the schema is none.
    pub async fn generate_json(
        &self,
        prompt: &[u32],
        schema: &serde_json::Value,
        sampling: &Sampling,
        prefix: &mut PrefixCache,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<serde_json::Value>, Error> {
        let constraint = self.grammars()?.json(schema)?;
        let said = self.write(prompt, sampling, Some(constraint), prefix, cancelled).await?;
        Ok(serde_json::from_str(&self.decode(&said)).ok())
    }

    fn grammars(&self) -> Result<&Grammars, Error> {
        if let Some(grammars) = self.grammars.get() {
            return Ok(grammars);
        }
        let made = Grammars::new(&self.tokenizer, self.config.vocab_size, self.config.eos_token_id.first())?;
        Ok(self.grammars.get_or_init(|| made))
    }

    async fn write(
        &self,
        prompt: &[u32],
        sampling: &Sampling,
        mut constraint: Option<Constraint>,
        prefix: &mut PrefixCache,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<u32>, Error> {
        let (mut logits, mut context) = self.read_prompt(prompt, prefix).await?;
        let mut sampler = Sampler::new(sampling);
        let mut said = Vec::new();
        while said.len() < sampling.max_tokens {
            if cancelled() {
                return Err(Error::Cancelled);
            }
            if let Some(constraint) = &mut constraint {
                constraint.restrict(&mut logits)?;
            }
            let token = sampler.choose(&logits);
            said.push(token);
            if self.config.eos_token_id.contains(token) || said.len() == sampling.max_tokens {
                break;
            }
            if let Some(constraint) = &mut constraint {
                constraint.take(token)?;
            }
            logits = self.read(&[token], &mut context).await?;
        }
        self.keep(prompt, context, prefix);
        Ok(said)
    }

    /// What may follow `prompt`, and the context that holds it, taken out of `prefix`.
    async fn read_prompt(
        &self,
        prompt: &[u32],
        prefix: &mut PrefixCache,
    ) -> Result<(Vec<f32>, Context), Error> {
        let same = prefix.tokens.iter().zip(prompt).take_while(|(one, other)| one == other).count();
        let mut context = prefix.context.take().unwrap_or_else(|| self.context());
        // The last token is always read: what may follow it is asked for.
        let shared = same.min(prompt.len().saturating_sub(1)).min(context.length);
        self.truncate(&mut context, shared);
        let logits = self.read(&prompt[shared..], &mut context).await?;
        Ok((logits, context))
    }

    /// Puts the context back for the next prompt, without what was read after this one.
    fn keep(&self, prompt: &[u32], mut context: Context, prefix: &mut PrefixCache) {
        self.truncate(&mut context, prompt.len());
        prompt.clone_into(&mut prefix.tokens);
        prefix.context = Some(context);
    }

    /// How likely the model is to answer with each of `choices` after `prompt`, as logarithms of probabilities in nats: a question with
    /// closed answers is one that a small model answers best. The prompt is read once.
    ///
    /// # Errors
    /// As [`Llm::read`]; `Input` for an empty choice.
    pub async fn score_choices(&self, prompt: &[u32], choices: &[Vec<u32>]) -> Result<Vec<f32>, Error> {
        self.score_choices_after(prompt, choices, &mut PrefixCache::default()).await
    }

    /// [`Llm::score_choices`], reading only what the prompt does not share with the one before.
    ///
    /// # Errors
    /// As [`Llm::score_choices`].
    pub async fn score_choices_after(
        &self,
        prompt: &[u32],
        choices: &[Vec<u32>],
        prefix: &mut PrefixCache,
    ) -> Result<Vec<f32>, Error> {
        let (logits, mut context) = self.read_prompt(prompt, prefix).await?;
        let mut scores = Vec::with_capacity(choices.len());
        for choice in choices {
            let (first, rest) = choice.split_first().ok_or_else(|| Error::Input("an empty choice".into()))?;
            let mut sum = log_probability(&logits, *first);
            if !rest.is_empty() {
                self.truncate(&mut context, prompt.len());
                let after = self.read_all(&choice[..rest.len()], &mut context).await?;
                let rows = after.chunks_exact(self.config.vocab_size).zip(rest);
                sum += rows.map(|(logits, token)| log_probability(logits, *token)).sum::<f32>();
            }
            scores.push(sum);
        }
        self.keep(prompt, context, prefix);
        Ok(scores)
    }
}
