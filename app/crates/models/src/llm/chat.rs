//! A conversation as the text that a model was trained on. What people and transcripts say is kept apart from the form around it, so
//! that nothing in it can pass for a special token.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Value, context};

use super::config::Config;
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

/// A model's chat template, in Jinja as Hugging Face renders it.
pub(super) struct Template {
    environment: Environment<'static>,
}

const NAME: &str = "chat";
/// Stands for the contents of messages while the template is rendered. From a private use area: no template has it.
const MARK: char = '\u{F8FE}';

impl Template {
    /// # Errors
    /// `Malformed` where it is no template.
    pub fn new(config: &Config) -> Result<Template, Error> {
        let mut environment = Environment::new();
        // Templates are written for Python's Jinja, where values have Python's methods.
        environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        environment.add_function("raise_exception", raise_exception);
        // As Hugging Face renders them.
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(malformed)?);
        let global = |text: &Option<String>| text.clone().unwrap_or_default();
        environment.add_global("bos_token", global(&config.bos_token));
        environment.add_global("eos_token", global(&config.eos_token));
        // Models that can think aloud first are asked not to: what they write is read by nobody.
        environment.add_global("enable_thinking", false);
        environment.add_template_owned(NAME, config.chat_template.clone()).map_err(malformed)?;
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

fn raise_exception(message: String) -> Result<String, minijinja::Error> {
    Err(minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, message))
}

fn malformed(error: minijinja::Error) -> Error {
    Error::malformed(format!("the chat template: {error}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::config::testing::config;
    use super::*;

    fn template(source: &str) -> Result<Template, Error> {
        Template::new(&config(json!({"chat_template": source, "bos_token": "<s>"})))
    }

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
        assert_eq!(template(CHAT_ML).unwrap().render(&messages).unwrap(), expected);
    }

    #[test]
    fn a_template_that_is_none_is_refused() {
        assert!(matches!(template("{% for"), Err(Error::Malformed(_))));
        let fails = template("{{ messages.none.at_all }}").unwrap();
        assert!(matches!(fails.render(&[]), Err(Error::Malformed(_))));
    }

    /// What templates of the families use beyond loops: namespaces, slices, Python's methods, macros, tests for what is not there, and
    /// a refusal of their own.
    #[test]
    fn templates_use_what_python_has() {
        let source = "{{- bos_token }}{%- macro named(role) %}[{{ role.upper() }}]{% endmacro %}\
            {%- set ns = namespace(last=-1) %}{%- for message in messages[::-1] %}{%- if ns.last < 0 and message.role == 'user' \
            and message.content is string and not message.content.startswith('<tool>') %}\
            {%- set ns.last = (messages | length - 1) - loop.index0 %}{%- endif %}{%- endfor %}\
            {%- for message in messages %}{{- named(message['role']) + message.content.strip() }}\
            {%- if loop.index0 == ns.last %}!{% endif %}{%- endfor %}{%- if tools is defined %}{{ tools | tojson }}{% endif %}\
            {%- if enable_thinking is defined and enable_thinking is false %}<quiet>{% endif %}";
        let say = |role, content: &str| Message { role, content: content.into() };
        let pieces = template(source).unwrap();
        let pieces = pieces.render(&[say(Role::System, "Be brief."), say(Role::User, "Why?")]).unwrap();
        let form = |text: &str| Piece::Form(text.into());
        let said = |text: &str| Piece::Said(text.into());
        assert_eq!(
            pieces,
            [form("<s>[SYSTEM]"), said("Be brief."), form("[USER]"), said("Why?"), form("!<quiet>")]
        );
        let refuses = template("{{ raise_exception('roles must alternate') }}").unwrap();
        let error = refuses.render(&[]).unwrap_err().to_string();
        assert!(error.contains("roles must alternate"), "{error}");
    }
}
