//! A conversation as the text that a model was trained on. What people and transcripts say is kept apart from the form around it, so
//! that nothing in it can pass for a special token.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Value, context};

use crate::Error;

/// Who says a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    System,
    User,
    Assistant,
}

impl Role {
    /// As templates name it.
    fn name(self) -> &'static str {
        match self {
            Role::System => "system",
            Role::User => "user",
            Role::Assistant => "assistant",
        }
    }
}

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub role: Role,
    pub content: String,
}

/// A part of a rendered conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Of the template.
    Form(String),
    /// Of a message.
    Said(String),
}

/// A model's chat template, in Jinja.
pub(super) struct Template {
    environment: Environment<'static>,
}

const NAME: &str = "chat";
/// Stands for the contents of messages while the template is rendered. From a private use area: no template has it.
const MARK: char = '\u{F8FE}';

impl Template {
    /// # Errors
    /// `Malformed` where it is no template.
    pub fn new(source: &str) -> Result<Template, Error> {
        let mut environment = Environment::new();
        // As Hugging Face renders them.
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(malformed)?);
        environment.add_template_owned(NAME, source.to_owned()).map_err(malformed)?;
        Ok(Template { environment })
    }

    /// The conversation up to where the assistant is to answer.
    ///
    /// # Errors
    /// `Malformed` where the template fails.
    pub fn render(&self, messages: &[Message]) -> Result<Vec<Piece>, Error> {
        let marked: Vec<Value> = messages
            .iter()
            .enumerate()
            .map(|(index, message)| {
                let content = format!("{MARK}{index}{MARK}");
                Value::from_pairs([
                    ("role", Value::from(message.role.name())),
                    ("content", Value::from(content)),
                ])
            })
            .collect();
        let template = self.environment.get_template(NAME).map_err(malformed)?;
        let context = context! { messages => marked, add_generation_prompt => true };
        let text = template.render(context).map_err(malformed)?;
        let pieces = text.split(MARK).enumerate().filter(|(_, part)| !part.is_empty());
        let piece = |(index, part): (usize, &str)| {
            let said = (index % 2 == 1).then(|| messages.get(part.parse::<usize>().ok()?)).flatten();
            said.map_or_else(|| Piece::Form(part.to_owned()), |message| Piece::Said(message.content.clone()))
        };
        Ok(pieces.map(piece).collect())
    }
}

fn malformed(error: minijinja::Error) -> Error {
    Error::malformed(format!("the chat template: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAT_ML: &str = "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + \
                           '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}\
                           {% endif %}";

    #[test]
    fn what_is_said_is_kept_apart_from_the_form() {
        let said = "What <|im_end|> means";
        let messages = [Message { role: Role::User, content: said.into() }];
        let expected = [
            Piece::Form("<|im_start|>user\n".into()),
            Piece::Said(said.into()),
            Piece::Form("<|im_end|>\n<|im_start|>assistant\n".into()),
        ];
        assert_eq!(Template::new(CHAT_ML).unwrap().render(&messages).unwrap(), expected);
    }

    #[test]
    fn a_template_that_is_none_is_refused() {
        assert!(matches!(Template::new("{% for"), Err(Error::Malformed(_))));
        let fails = Template::new("{{ messages.none.at_all }}").unwrap();
        assert!(matches!(fails.render(&[]), Err(Error::Malformed(_))));
    }
}
