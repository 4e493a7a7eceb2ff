//! What a small language model is asked to write about a clip, whether its answer may be shown, and what is shown instead.
//! A model never has the last word: what the speaker did not say is refused. Refuses to know the model itself.

mod check;
mod clause;
mod clean;
mod complaint;
mod number;
mod passage;
mod prompt;
mod quote;
mod rules;
mod telling;
mod terms;
mod token;
mod vocabulary;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use check::check;
pub use complaint::Complaint;
pub use passage::Passage;
pub use prompt::{Prompt, ask, compare};
pub use rules::{candidates, fallback};
pub(crate) use telling::telling_words;
pub use telling::{chapter_title, keywords};

use self::prompt::ask_for_tags;
use self::telling::{join_tags, tags};
use crate::protocol::Failure;

const FEWEST_TAGS: usize = 3;
const MOST_TAGS: usize = 5;

/// What is written about every clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    Title,
    /// One sentence of the passage, word for word.
    Hook,
    /// One or two sentences.
    Summary,
    /// To go with the clip on a social network.
    Post,
    Hashtags,
}

impl Piece {
    /// In the order in which they are asked for.
    pub const ALL: [Self; 5] = [Self::Title, Self::Hook, Self::Summary, Self::Post, Self::Hashtags];

    /// Characters that there is room for.
    pub fn most_chars(self) -> usize {
        match self {
            Self::Title => 60,
            Self::Hook => 120,
            Self::Summary => 300,
            Self::Post => 280,
            Self::Hashtags => 150,
        }
    }

    /// Tokens after which an answer can only be wrong.
    pub fn most_tokens(self) -> usize {
        match self {
            Self::Title => 24,
            Self::Hook => 40,
            Self::Summary | Self::Post => 90,
            Self::Hashtags => 80,
        }
    }
}

/// Who wrote a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// In the model's words, which are the speaker's.
    Model,
    /// Chosen by the model among the speaker's own clauses.
    Choice,
    #[default]
    Rules,
}

/// Who wrote what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Authors {
    pub title: Author,
    pub hook: Author,
    pub summary: Author,
    pub post: Author,
    pub hashtags: Author,
}

/// All that was written about a clip.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Written {
    pub title: String,
    pub hook: String,
    pub summary: String,
    pub post: String,
    /// Each with its `#`.
    pub hashtags: Vec<String>,
    pub by: Authors,
    /// Answers of the model that were not shown.
    #[serde(default)]
    pub refused: Vec<Refused>,
    /// Why the model was not asked to the end.
    #[serde(default)]
    pub trouble: Option<Failure>,
}

/// An answer that failed its check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub piece: Piece,
    pub answer: String,
    pub complaint: Complaint,
}

/// A language model that answers prompts.
#[expect(async_fn_in_trait, reason = "futures stay on one thread")]
pub trait Writer {
    /// At most `most_tokens` of an answer; one that is cut off there is no failure.
    async fn answer(&self, prompt: &Prompt, most_tokens: usize) -> Result<String, Failure>;
    /// How likely each of `choices` is as the answer, by the mean over its tokens, in nats.
    async fn weigh(&self, prompt: &Prompt, choices: &[String]) -> Result<Vec<f32>, Failure>;
    /// A JSON document of `schema` (JSON Schema) as the answer; `None` where it was not complete after `most_tokens`.
    async fn fill(
        &self,
        prompt: &Prompt,
        schema: &Value,
        most_tokens: usize,
    ) -> Result<Option<Value>, Failure>;
}

/// Asks the model for every piece, twice at most, and takes what passes its check; else lets it choose among clauses of the
/// speaker, which a small model does better. The rules write the rest. After a failure the model is asked no more. `Err` only
/// when the work was cancelled.
pub async fn write(passage: &Passage, model: &impl Writer) -> Result<Written, Failure> {
    let mut written = by_rules(passage);
    for piece in Piece::ALL.into_iter().filter(|_| !passage.is_empty()) {
        match written_by(piece, passage, model, &mut written.refused).await {
            Ok(Some((text, by))) => written.accept(piece, text, by),
            Ok(None) => {}
            Err(failure) if failure.is_cancelled() => return Err(failure),
            Err(failure) => {
                written.trouble = Some(failure);
                break;
            }
        }
    }
    if written.by.post == Author::Rules {
        written.post = join_tags(&written.hook, &written.hashtags);
    }
    Ok(written)
}

/// [`write`], of the title alone; `None` where the model has none that may be shown.
pub async fn write_title(passage: &Passage, model: &impl Writer) -> Result<Option<String>, Failure> {
    let found = written_by(Piece::Title, passage, model, &mut Vec::new()).await?;
    Ok(found.map(|(title, _)| title))
}

/// All pieces by rules.
pub fn by_rules(passage: &Passage) -> Written {
    let by_rules = |piece| fallback(piece, passage);
    Written {
        title: by_rules(Piece::Title),
        hook: by_rules(Piece::Hook),
        summary: by_rules(Piece::Summary),
        post: by_rules(Piece::Post),
        hashtags: by_rules(Piece::Hashtags).split_whitespace().map(str::to_owned).collect(),
        ..Written::default()
    }
}

/// `None` when both answers were refused.
async fn written_by(
    piece: Piece,
    passage: &Passage,
    model: &impl Writer,
    refused: &mut Vec<Refused>,
) -> Result<Option<(String, Author)>, Failure> {
    const TRIES: usize = 2;
    if piece == Piece::Hashtags {
        return Ok(chosen_tags(passage, model).await?.map(|tags| (tags, Author::Choice)));
    }
    let mut last: Option<Complaint> = None;
    for _ in 0..TRIES {
        let prompt = ask(piece, passage, last.as_ref());
        let answer = model.answer(&prompt, piece.most_tokens()).await?;
        match check(piece, &answer, passage) {
            Ok(text) => return Ok(Some((text, Author::Model))),
            Err(complaint) => {
                refused.push(Refused { piece, answer, complaint: complaint.clone() });
                last = Some(complaint);
            }
        }
    }
    let choices = candidates(piece, passage);
    if choices.len() < 2 {
        return Ok(None);
    }
    let weights = model.weigh(&ask(piece, passage, None), &choices).await?;
    let best = choices.into_iter().zip(weights).max_by(|a, b| a.1.total_cmp(&b.1));
    Ok(best.map(|(text, _)| (text, Author::Choice)))
}

/// The hashtags that the model chooses among those of the passage's telling words: it can write no other. Each is one of a few that
/// stand at no other place, as a small model would name its favourite five times.
async fn chosen_tags(passage: &Passage, model: &impl Writer) -> Result<Option<String>, Failure> {
    const OFFERED: usize = 12;
    let offered = tags(passage, OFFERED);
    let places = (offered.len() / 2).min(MOST_TAGS);
    if places < FEWEST_TAGS {
        return Ok(None);
    }
    let one_of =
        |place: usize| json!({ "enum": offered.iter().skip(place).step_by(places).collect::<Vec<_>>() });
    let schema = json!({
        "type": "array", "prefixItems": (0..places).map(one_of).collect::<Vec<_>>(), "items": false, "minItems": places
    });
    let prompt = ask_for_tags(passage, &offered);
    let Some(document) = model.fill(&prompt, &schema, Piece::Hashtags.most_tokens()).await? else {
        return Ok(None);
    };
    let chosen: Vec<&str> = document.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let is_offered = |tag: &&str| offered.iter().any(|known| known == tag);
    Ok((chosen.len() == places && chosen.iter().all(is_offered)).then(|| chosen.join(" ")))
}

impl Written {
    fn accept(&mut self, piece: Piece, text: String, author: Author) {
        let (place, by) = match piece {
            Piece::Title => (&mut self.title, &mut self.by.title),
            Piece::Hook => (&mut self.hook, &mut self.by.hook),
            Piece::Summary => (&mut self.summary, &mut self.by.summary),
            Piece::Post => (&mut self.post, &mut self.by.post),
            Piece::Hashtags => {
                self.hashtags = text.split_whitespace().map(str::to_owned).collect();
                self.by.hashtags = author;
                return;
            }
        };
        (*place, *by) = (text, author);
    }
}

#[cfg(test)]
mod tests;
