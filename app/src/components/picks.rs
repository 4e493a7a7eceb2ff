//! What is asked and told about the words and the clips as a whole: first picks, better ones that were found, words that were heard once
//! more, and another speech model that could. Nothing that is shown changes before the person says so.

use crate::catalogue;
use crate::format;
use crate::languages::language_name;
use crate::reactive::memo;
use crate::session::{Session, session};
use crate::state::jobs::Kind;
use leptos::prelude::*;
use text::say;

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
type Act = (&'static str, String, fn(Session));

#[component]
pub fn Picks() -> impl IntoView {
    let session = session();
    let word = memo(move || word(session));
    move || match word.get() {
        None => ().into_any(),
        Some(Word::FirstPicks) => view! {
            <p class="field-note" id="first-picks">{say!("picks-first")}</p>
        }
        .into_any(),
        Some(Word::Foreign { is_guessed }) => foreign(session, is_guessed),
        Some(Word::NewModel) => new_model(session),
        Some(Word::HeardAgain) => notice(
            "heard-again",
            &say!("picks-again"),
            &say!("picks-again-more"),
            &[
                ("good-words", say!("picks-again-good"), |session| session.settle_words()),
                ("old-words", say!("picks-again-back"), |session| session.undo()),
            ],
        ),
        Some(Word::Better(count)) => notice(
            "better-clips",
            &say!("picks-better", count = count),
            &say!("picks-better-more"),
            &[
                ("show-better", say!("picks-show-better", count = count), Session::show_better),
                ("keep-first", say!("picks-keep-these"), |session| session.keep_first_picks()),
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
        let is_free = !state.is_working();
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
            0 if file.has_first_picks && state.jobs.runs(Kind::is_understanding) => Some(Word::FirstPicks),
            0 => None,
            better => Some(Word::Better(better)),
        }
    })
}

fn new_model(session: Session) -> AnyView {
    let (only, heard) = untrack(|| {
        let heard = session.state.with(|state| Some(state.file.as_ref()?.transcript().language.clone()));
        (session.only_language(), heard.unwrap_or_default())
    });
    let title = untrack(|| session.model_title());
    let more = match only.filter(|only| !heard.is_empty() && *only != heard) {
        Some(only) => cannot_know(&title, &language_name(&only), &language_name(&heard)),
        None => say!("picks-model-more"),
    };
    notice(
        "new-model",
        &say!("picks-model"),
        &more,
        &[
            ("new-words", say!("picks-model-again"), |session| session.hear_again()),
            ("keep-words", say!("picks-model-keep"), |session| session.settle_words()),
        ],
    )
}

/// Of a model of one language, for words of another.
fn cannot_know(title: &str, only: &str, heard: &str) -> String {
    say!("picks-cannot-know", model = name_of(title), only = only, heard = heard)
}

/// A model's title without what follows in it: how many languages it knows.
fn name_of(title: &str) -> &str {
    title.split(',').next().unwrap_or(title)
}

fn offered(title: &str, languages: usize, size: &str) -> String {
    say!("picks-offer", model = name_of(title), count = languages, size = size)
}

/// What was heard is of a language that the model does not know, as far as one can tell from guesses, or from silence.
fn foreign(session: Session, is_guessed: bool) -> AnyView {
    let (what, why) = match is_guessed {
        true => (say!("picks-foreign"), say!("picks-foreign-why")),
        false => (say!("picks-no-english"), say!("picks-no-english-why")),
    };
    // Silence looks the same to the model.
    let silence = (!is_guessed).then(|| say!("picks-silence"));
    let mut acts: Vec<Act> = Vec::new();
    let offer = match session.model_of_languages() {
        Some(model) => {
            acts.push(("other-language", say!("picks-use-model"), Session::start_over_in_other_languages));
            offered(&catalogue::model_name(&model.title), model.languages.len(), &format::size(model.bytes))
        }
        None => say!("picks-no-offer"),
    };
    let more = [Some(why), Some(offer), silence].into_iter().flatten().collect::<Vec<_>>().join(" ");
    if is_guessed {
        acts.push(("its-language", say!("picks-is-english"), Session::language_is_right));
    }
    notice("foreign", &what, &more, &acts)
}

fn notice(id: &'static str, what: &str, more: &str, acts: &[Act]) -> AnyView {
    let session = session();
    let button = |(id, words, act): &Act| {
        let (id, words, act) = (*id, words.clone(), *act);
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
