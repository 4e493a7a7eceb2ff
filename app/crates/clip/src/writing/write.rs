//! Asking a language model for each piece, and what is shown where it has none. The model is a port: [`Writer`].

use serde_json::{Value, json};

use super::check::check;
use super::hashtags::{join_tags, tags};
use super::passage::Passage;
use super::piece::{Author, FEWEST_TAGS, MOST_TAGS, Piece, Refused, Written};
use super::prompt::{ask, ask_for_tags};
use super::rejection::Rejection;
use super::rules::{candidates, fallback};
use crate::failure::Failure;
use crate::port::Writer;

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
    let mut last: Option<Rejection> = None;
    for _ in 0..TRIES {
        let prompt = ask(piece, passage, last.as_ref());
        let answer = model.answer(&prompt, piece.most_tokens()).await?;
        match check(piece, &answer, passage) {
            Ok(text) => return Ok(Some((text, Author::Model))),
            Err(rejection) => {
                refused.push(Refused { piece, answer, rejection: rejection.clone() });
                last = Some(rejection);
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

/// The hashtags that the model chooses among those of the passage's content words: it can write no other. Each is one of a few that
/// stand at no other place, as a small model would name its favorite five times.
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
