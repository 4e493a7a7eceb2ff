//! What a model needs to hold a conversation: its chat template, the tokens that end a turn, and how templates spell the first and the
//! last token. Plain functions over what the files say.

use super::settings::EndTokens;
use crate::ExportError;

const MOST_TEMPLATE_BYTES: usize = 1 << 20;

/// How ChatML-trained models are talked to; the template that they have where none is written down.
const CHAT_ML: &str = "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' \
                       + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

/// Tokens that end a turn wherever the template writes them: a base model's settings often name only the end of a text.
const TURN_ENDS: [&str; 2] = ["<|im_end|>", "<|eot_id|>"];

/// The template a model brings, or ChatML where its tokens show that it was trained with it; `id_of` finds a token by its spelling.
///
/// # Errors
/// [`ExportError::Input`] where there is none.
pub fn chat_template(
    theirs: Option<String>,
    id_of: &dyn Fn(&str) -> Option<u32>,
    origin: &str,
) -> Result<String, ExportError> {
    let is_chat_ml = ["<|im_start|>", "<|im_end|>"].iter().all(|token| id_of(token).is_some());
    match theirs.filter(|template| !template.trim().is_empty()) {
        Some(template) if template.len() > MOST_TEMPLATE_BYTES => {
            Err(ExportError::input(origin, format!("a chat template of {} bytes", template.len())))
        }
        Some(template) => Ok(template),
        None if is_chat_ml => Ok(CHAT_ML.to_owned()),
        None => Err(ExportError::input(
            origin,
            "there is no chat template, so nobody knows how to ask it; take the model that was trained to follow instructions",
        )),
    }
}

/// The tokens that end an answer: those named, and the turn ends that the template writes, each once.
///
/// # Errors
/// [`ExportError::Input`] where there is none that the vocabulary holds.
pub fn end_tokens(
    named: impl IntoIterator<Item = u32>,
    template: &str,
    id_of: &dyn Fn(&str) -> Option<u32>,
    vocabulary: usize,
    origin: &str,
) -> Result<EndTokens, ExportError> {
    let written =
        TURN_ENDS.iter().filter(|token| template.contains(**token)).filter_map(|token| id_of(token));
    let mut ends = Vec::new();
    for id in named.into_iter().chain(written) {
        if (id as usize) < vocabulary && !ends.contains(&id) {
            ends.push(id);
        }
    }
    match ends.as_slice() {
        [] => Err(ExportError::input(origin, "no token is named that would end an answer")),
        [one] => Ok(EndTokens::One(*one)),
        _ => Ok(EndTokens::Many(ends)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_of(name: &str) -> Option<u32> {
        ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
            .iter()
            .position(|token| *token == name)
            .map(|id| id as u32)
    }

    #[test]
    fn a_template_is_theirs_or_chat_ml_or_missing() {
        let own = chat_template(Some("{{ messages }}".into()), &id_of, "a test");
        assert_eq!(own.unwrap(), "{{ messages }}");
        for none in [None, Some(" \n".to_owned())] {
            assert_eq!(chat_template(none.clone(), &id_of, "a test").unwrap(), CHAT_ML);
            let error = chat_template(none, &|_| None, "a test").unwrap_err();
            assert!(error.to_string().contains("no chat template"), "{error}");
        }
        let long = "x".repeat(MOST_TEMPLATE_BYTES + 1);
        assert!(chat_template(Some(long), &id_of, "a test").is_err());
    }

    #[test]
    fn answers_end_with_what_is_named_and_with_turns() {
        let ends = |named: &[u32], template: &str| {
            end_tokens(named.iter().copied(), template, &id_of, 100, "a test")
        };
        assert_eq!(ends(&[7], "").unwrap(), EndTokens::One(7));
        assert_eq!(ends(&[0], CHAT_ML).unwrap(), EndTokens::Many(vec![0, 2]));
        assert_eq!(ends(&[2, 2], CHAT_ML).unwrap(), EndTokens::One(2));
        assert_eq!(ends(&[7], "<|eot_id|>").unwrap(), EndTokens::One(7), "a token that is not there");
        assert!(ends(&[100], "").is_err() && ends(&[], "").is_err());
    }
}
