//! What is asked and told about the words and the clips as a whole: first picks, better ones that were found, words that were heard once
//! more, and another speech model that could. Nothing that is shown changes before the person says so.

use crate::languages::language_name;
use crate::phrasing;
use crate::session::{Session, session};
use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// What was heard are guesses, or nothing.
    Foreign {
        is_guessed: bool,
    },
    NewModel,
    HeardAgain,
    Better(usize),
    FirstPicks,
}

/// A button's name, its words and what it does.
type Act = (&'static str, &'static str, fn(Session));

#[component]
pub fn Picks() -> impl IntoView {
    let session = session();
    let word = Memo::new(move |_| word(session));
    move || match word.get() {
        None => ().into_any(),
        Some(Word::FirstPicks) => view! {
            <p class="field-note" id="first-picks">
                "First picks. They stay; if better ones are found, you are asked."
            </p>
        }
        .into_any(),
        Some(Word::Foreign { is_guessed }) => foreign(session, is_guessed),
        Some(Word::NewModel) => new_model(session),
        Some(Word::HeardAgain) => notice(
            "heard-again",
            "Transcribed again.",
            "Your titles, crops, verdicts and speaker names were carried over.",
            &[
                ("good-words", "Good", |session| session.settle_words()),
                ("old-words", "Bring back the old transcript", |session| session.undo()),
            ],
        ),
        Some(Word::Better(count)) => notice(
            "better-clips",
            &match count {
                1 => "1 better clip was found.".to_owned(),
                count => format!("{count} better clips were found."),
            },
            "What you opened, changed, kept or exported stays.",
            &[
                ("show-better", if count == 1 { "Show it" } else { "Show them" }, Session::show_better),
                ("keep-first", "Keep these", |session| session.keep_first_picks()),
            ],
        ),
    }
}

/// Whether it is asked here if the new model shall hear the file: nobody is asked twice at once.
pub fn asks_about_the_model(session: Session) -> bool {
    word(session) == Some(Word::NewModel)
}

fn word(session: Session) -> Option<Word> {
    let would_differ = session.would_hear_otherwise();
    let doubts = session.doubts_the_language();
    let knows_one = session.only_language().is_some();
    session.state.with(|state| {
        let file = state.file.as_ref().filter(|file| file.is_attached)?;
        let is_free = state.work.is_none();
        let asks = is_free && file.asks_to_hear_again && would_differ;
        match file.better {
            _ if doubts && state.switching.is_none() && file.begins_unsure() => {
                Some(Word::Foreign { is_guessed: true })
            }
            // A model of many languages that was chosen since is not offered once more.
            _ if asks && !knows_one => Some(Word::NewModel),
            _ if doubts && state.switching.is_none() && is_free && file.is_without_words() => {
                Some(Word::Foreign { is_guessed: false })
            }
            _ if asks => Some(Word::NewModel),
            0 if is_free && file.tells_of_hearing && file.clips.was_heard_again() => Some(Word::HeardAgain),
            0 if file.has_first_picks && file.understanding.job().is_some() => Some(Word::FirstPicks),
            0 => None,
            better => Some(Word::Better(better)),
        }
    })
}

fn new_model(session: Session) -> AnyView {
    let (only, heard) = untrack(|| {
        let heard = session.state.with(|state| Some(state.file.as_ref()?.transcript.language.clone()));
        (session.only_language(), heard.unwrap_or_default())
    });
    let title = untrack(|| session.model_title());
    let more = match only.filter(|only| !heard.is_empty() && *only != heard) {
        Some(only) => cannot_know(&title, &language_name(&only), &language_name(&heard)),
        None => "Your transcript and clips stay until the new one is whole.".to_owned(),
    };
    notice(
        "new-model",
        "Transcribe this file again with the new model?",
        &more,
        &[
            ("new-words", "Transcribe again", |session| session.hear_again()),
            ("keep-words", "Keep this transcript", |session| session.settle_words()),
        ],
    )
}

/// Of a model of one language, for words of another.
fn cannot_know(title: &str, only: &str, heard: &str) -> String {
    format!("{} knows {only} only, and this is {heard}: most words would be guesses.", name_of(title))
}

/// A model's title without what follows in it: how many languages it knows.
fn name_of(title: &str) -> &str {
    title.split(',').next().unwrap_or(title)
}

fn offered(title: &str, languages: usize, size: &str) -> String {
    format!("{} knows {languages} languages and is downloaded once ({size}).", name_of(title))
}

/// What was heard is of a language that the model does not know, as far as one can tell from guesses, or from silence.
fn foreign(session: Session, is_guessed: bool) -> AnyView {
    let (what, why) = match is_guessed {
        true => ("This does not sound like English.", "Most words so far are guesses."),
        false => ("No English was heard.", "Is another language spoken?"),
    };
    // Silence looks the same to the model.
    let silence = if is_guessed { "" } else { " If nobody speaks in it, choose another video." };
    let mut acts: Vec<Act> = Vec::new();
    let more = match session.model_of_languages() {
        Some(model) => {
            acts.push(("other-language", "Use that model", Session::start_over_in_other_languages));
            let offer = offered(&model.title, model.languages.len(), &phrasing::size(model.bytes));
            format!("{why} {offer}{silence}")
        }
        None => format!("{why} This server offers no model of other languages.{silence}"),
    };
    if is_guessed {
        acts.push(("its-language", "It is English", Session::language_is_right));
    }
    notice("foreign", what, &more, &acts)
}

fn notice(id: &'static str, what: &str, more: &str, acts: &[Act]) -> AnyView {
    let session = session();
    let button = |&(id, words, act): &Act| {
        view! { <button type="button" id=id class="button button-small" on:click=move |_| act(session)>{words}</button> }
    };
    let buttons: Vec<_> = acts.iter().map(button).collect();
    view! {
        <div class="notice picks" role="status" id=id>
            <p><strong>{what.to_owned()}</strong>" "{more.to_owned()}</p>
            <div class="alert-actions">{buttons}</div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_model_knows_is_said_once() {
        let said = offered("Whisper base, 99 languages", 99, "98 MB");
        assert_eq!(said, "Whisper base knows 99 languages and is downloaded once (98 MB).");
        assert_eq!(offered("Base", 2, "1 MB"), "Base knows 2 languages and is downloaded once (1 MB).");
    }

    #[test]
    fn a_model_that_does_not_know_the_language_is_not_offered_without_a_word() {
        let said = cannot_know("Whisper tiny, English", "English", "Spanish");
        assert_eq!(
            said,
            "Whisper tiny knows English only, and this is Spanish: most words would be guesses."
        );
    }
}
