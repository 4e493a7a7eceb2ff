//! A language model of Llama's family, on the CPU: text in, text out. It knows tokens and their likelihoods; what is asked, and
//! whether the answer is true, is decided elsewhere.

mod attention;
mod chat;
mod config;
mod layers;
mod sampling;

use crate::Error;
use crate::tokenizer::{TextEncoder, Tokenizer};
use crate::weights::{ModelFiles, Reader};
use attention::{Attention, KvCache};
use chat::Template;
use config::Config;
use layers::{Matrix, RmsNorm, swiglu};
use sampling::{Sampler, log_probability};

pub use chat::{Message, Role};
pub use layers::Precision;
pub use sampling::Sampling;

/// Tokens that are read at one go: more would only take more memory.
const READ_AT_ONCE: usize = 64;

/// One model on the CPU.
pub struct Llm {
    config: Config,
    embedding: Matrix,
    layers: Vec<Layer>,
    attention: Attention,
    norm: RmsNorm,
    /// Where it is not the embedding.
    head: Option<Matrix>,
    encoder: TextEncoder,
    tokenizer: Tokenizer,
    template: Template,
}

struct Layer {
    attention_norm: RmsNorm,
    query_key_value: Matrix,
    attention_out: Matrix,
    feed_norm: RmsNorm,
    gate_up: Matrix,
    down: Matrix,
}

/// What a model has read so far. A copy can be read on in another way: the common beginning of prompts is read once.
#[derive(Clone)]
pub struct Context {
    layers: Vec<KvCache>,
    length: usize,
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

    /// Forgets what was read after the first `length` tokens.
    fn truncate(&mut self, length: usize) {
        if length < self.length {
            self.layers.iter_mut().for_each(|kept| kept.truncate(length, self.length));
            self.length = length;
        }
    }
}

/// The last prompt as it was read, so that of the next one only what differs is read: prompts about one passage begin alike.
#[derive(Default)]
pub struct PrefixCache {
    tokens: Vec<u32>,
    context: Option<Context>,
}

impl Llm {
    /// Loads the weights. The files are taken, so that each shard is freed as soon as it has been read.
    ///
    /// # Errors
    /// `Malformed` or `Weights` where the files do not fit together.
    pub fn load(files: ModelFiles, precision: Precision) -> Result<Llm, Error> {
        let config = Config::from_json(&files.config_json)?;
        let mut reader = Reader::new(files.shards)?;
        let width = config.hidden_size;
        let norm = |reader: &mut Reader, name: &str| -> Result<RmsNorm, Error> {
            let weight = reader.take(name, &[width])?.into_f32();
            Ok(RmsNorm { weight, epsilon: config.rms_norm_eps })
        };
        let embedding_name = ("model.embed_tokens.weight".to_owned(), config.vocab_size);
        let embedding = Matrix::load(&mut reader, precision, &[embedding_name], width)?;
        let (queries, keys, inner) = (config.query_width(), config.key_width(), config.intermediate_size);
        let layers = (0..config.num_hidden_layers)
            .map(|layer| {
                let named =
                    |part: &str, outputs: usize| (format!("model.layers.{layer}.{part}.weight"), outputs);
                let mut matrix = |parts: &[(String, usize)], inputs: usize| {
                    Matrix::load(&mut reader, precision, parts, inputs)
                };
                let query_key_value = matrix(
                    &[
                        named("self_attn.q_proj", queries),
                        named("self_attn.k_proj", keys),
                        named("self_attn.v_proj", keys),
                    ],
                    width,
                )?;
                let attention_out = matrix(&[named("self_attn.o_proj", width)], queries)?;
                let gate_up = matrix(&[named("mlp.gate_proj", inner), named("mlp.up_proj", inner)], width)?;
                let down = matrix(&[named("mlp.down_proj", width)], inner)?;
                Ok(Layer {
                    attention_norm: norm(&mut reader, &named("input_layernorm", 0).0)?,
                    query_key_value,
                    attention_out,
                    feed_norm: norm(&mut reader, &named("post_attention_layernorm", 0).0)?,
                    gate_up,
                    down,
                })
            })
            .collect::<Result<_, Error>>()?;
        let head_name = ("lm_head.weight".to_owned(), config.vocab_size);
        let head = match config.tie_word_embeddings {
            true => None,
            false => Some(Matrix::load(&mut reader, precision, &[head_name], width)?),
        };
        Ok(Llm {
            embedding,
            layers,
            attention: Attention::new(&config),
            norm: norm(&mut reader, "model.norm.weight")?,
            head,
            encoder: TextEncoder::from_json(&files.tokenizer_json)?,
            tokenizer: Tokenizer::from_json(&files.tokenizer_json)?,
            template: Template::new(&config.chat_template)?,
            config,
        })
    }

    /// Nothing read yet.
    pub fn context(&self) -> Context {
        Context { layers: vec![KvCache::default(); self.layers.len()], length: 0 }
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
    /// `Input` for a token that there is not, or for more than the model can hold in mind.
    pub fn read_all(&self, tokens: &[u32], context: &mut Context) -> Result<Vec<f32>, Error> {
        let hidden = self.hidden(tokens, context)?;
        Ok(self.logits(&hidden))
    }

    /// Reads on and gives the logits of what may follow the last of `tokens`, `[vocabulary]`.
    ///
    /// # Errors
    /// As [`Llm::read_all`]; `Input` where there is no token.
    pub fn read(&self, tokens: &[u32], context: &mut Context) -> Result<Vec<f32>, Error> {
        let mut last = Vec::new();
        for tokens in tokens.chunks(READ_AT_ONCE) {
            last = self.hidden(tokens, context)?;
        }
        let first = last.len().checked_sub(self.config.hidden_size);
        let first = first.ok_or_else(|| Error::Input("nothing to read".into()))?;
        Ok(self.logits(&last[first..]))
    }

    /// What the model writes after `prompt`, up to the end token or as many tokens as asked for. `cancelled` is asked before each.
    ///
    /// # Errors
    /// As [`Llm::read`]; `Cancelled`.
    pub fn generate(
        &self,
        prompt: &[u32],
        sampling: &Sampling,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<u32>, Error> {
        self.generate_after(prompt, sampling, &mut PrefixCache::default(), cancelled)
    }

    /// [`Llm::generate`], reading only what the prompt does not share with the one before.
    ///
    /// # Errors
    /// As [`Llm::generate`].
    pub fn generate_after(
        &self,
        prompt: &[u32],
        sampling: &Sampling,
        prefix: &mut PrefixCache,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<u32>, Error> {
        let (mut logits, mut context) = self.read_prompt(prompt, prefix)?;
        let mut sampler = Sampler::new(sampling);
        let mut said = Vec::new();
        while said.len() < sampling.max_tokens {
            if cancelled() {
                return Err(Error::Cancelled);
            }
            let token = sampler.choose(&logits);
            said.push(token);
            if token == self.config.eos_token_id || said.len() == sampling.max_tokens {
                break;
            }
            logits = self.read(&[token], &mut context)?;
        }
        Ok(said)
    }

    /// What may follow `prompt`, and the context that holds it.
    fn read_prompt(&self, prompt: &[u32], prefix: &mut PrefixCache) -> Result<(Vec<f32>, Context), Error> {
        let same = prefix.tokens.iter().zip(prompt).take_while(|(one, other)| one == other).count();
        let mut context = prefix.context.take().unwrap_or_else(|| self.context());
        // The last token is always read: what may follow it is asked for.
        let shared = same.min(prompt.len().saturating_sub(1)).min(context.length);
        context.truncate(shared);
        let logits = self.read(&prompt[shared..], &mut context)?;
        prompt.clone_into(&mut prefix.tokens);
        prefix.context = Some(context.clone());
        Ok((logits, context))
    }

    /// How likely the model is to answer with each of `choices` after `prompt`, as logarithms of probabilities in nats: a question with
    /// closed answers is one that a small model answers best. The prompt is read once.
    ///
    /// # Errors
    /// As [`Llm::read`]; `Input` for an empty choice.
    pub fn score_choices(&self, prompt: &[u32], choices: &[Vec<u32>]) -> Result<Vec<f32>, Error> {
        self.score_choices_after(prompt, choices, &mut PrefixCache::default())
    }

    /// [`Llm::score_choices`], reading only what the prompt does not share with the one before.
    ///
    /// # Errors
    /// As [`Llm::score_choices`].
    pub fn score_choices_after(
        &self,
        prompt: &[u32],
        choices: &[Vec<u32>],
        prefix: &mut PrefixCache,
    ) -> Result<Vec<f32>, Error> {
        let (logits, context) = self.read_prompt(prompt, prefix)?;
        let score = |choice: &Vec<u32>| {
            let (first, rest) = choice.split_first().ok_or_else(|| Error::Input("an empty choice".into()))?;
            let mut sum = log_probability(&logits, *first);
            if !rest.is_empty() {
                let read = &choice[..rest.len()];
                let after = self.read_all(read, &mut context.clone())?;
                let rows = after.chunks_exact(self.config.vocab_size).zip(rest);
                sum += rows.map(|(logits, token)| log_probability(logits, *token)).sum::<f32>();
            }
            Ok(sum)
        };
        choices.iter().map(score).collect()
    }

    fn hidden(&self, tokens: &[u32], context: &mut Context) -> Result<Vec<f32>, Error> {
        let (width, inner) = (self.config.hidden_size, self.config.intermediate_size);
        if context.length + tokens.len() > self.config.max_position_embeddings {
            return Err(Error::Input(format!(
                "the model holds {} tokens in mind, not more",
                self.config.max_position_embeddings
            )));
        }
        let mut x = Vec::with_capacity(tokens.len() * width);
        for &token in tokens {
            if token as usize >= self.config.vocab_size {
                return Err(Error::Input(format!("there is no token {token}")));
            }
            x.extend(self.embedding.row(token as usize)?);
        }
        let add = |x: &mut [f32], y: Vec<f32>| x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
        for (layer, kept) in self.layers.iter().zip(&mut context.layers) {
            let mut projected = layer.query_key_value.multiply(&layer.attention_norm.forward(&x), width);
            let found = self.attention.attend(&mut projected, kept, context.length);
            add(&mut x, layer.attention_out.multiply(&found, self.config.query_width()));
            let fed = swiglu(&layer.gate_up.multiply(&layer.feed_norm.forward(&x), width), inner);
            add(&mut x, layer.down.multiply(&fed, inner));
        }
        context.length += tokens.len();
        Ok(x)
    }

    /// `[rows, width]` → `[rows, vocabulary]`.
    fn logits(&self, hidden: &[f32]) -> Vec<f32> {
        let head = self.head.as_ref().unwrap_or(&self.embedding);
        head.multiply(&self.norm.forward(hidden), self.config.hidden_size)
    }
}
