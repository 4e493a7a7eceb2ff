//! What is said about the clips as a whole when more is known than was: first picks, better ones that were found, and clips that were
//! carried over to words that were heard once more. Nothing changes before the person says so.

use crate::session::session;
use crate::state::clips::Drag;
use crate::state::ranking::Occasion;
use leptos::prelude::*;

/// What there is to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    FirstPicks,
    Better(usize),
    HeardAgain,
}

#[component]
pub fn Picks() -> impl IntoView {
    let session = session();
    // The number of the step after which nobody wants to be told any more.
    let dismissed = RwSignal::new(None::<u32>);
    let said = Memo::new(move |_| {
        session.state.with(|state| {
            let file = state.file.as_ref()?;
            match file.better {
                0 if file.clips.was_heard_again() && dismissed.get() != Some(file.hearing) => {
                    Some(Word::HeardAgain)
                }
                0 if file.has_first_picks && file.understanding.job().is_some() => Some(Word::FirstPicks),
                0 => None,
                better => Some(Word::Better(better)),
            }
        })
    });
    let heard = move || session.state.with_untracked(|state| state.file.as_ref().map(|file| file.hearing));
    move || {
        match said.get() {
        None => ().into_any(),
        Some(Word::FirstPicks) => view! {
            <p class="field-note picks-note" id="first-picks">
                "First picks. They stay; if better ones are found, you are asked."
            </p>
        }
        .into_any(),
        Some(Word::Better(count)) => {
            let found = match count {
                1 => "A better clip was found.".to_owned(),
                count => format!("{count} better clips were found."),
            };
            view! {
                <div class="notice picks" role="status" id="better-clips">
                    <p><strong>{found}</strong>" What you opened, changed, kept or exported stays in any case."</p>
                    <div class="alert-actions">
                        <button
                            type="button"
                            id="show-better"
                            class="button button-primary button-small"
                            on:click=move |_| session.rank(Occasion::Asked(Drag::Single))
                        >
                            "Show them"
                        </button>
                        <button
                            type="button"
                            id="keep-first"
                            class="button button-small"
                            on:click=move |_| session.keep_first_picks()
                        >
                            "Keep these"
                        </button>
                    </div>
                </div>
            }
            .into_any()
        }
        Some(Word::HeardAgain) => view! {
            <div class="notice picks" role="status" id="heard-again">
                <p><strong>"Transcribed again."</strong>" Your titles, crops, verdicts and speaker names were carried over."</p>
                <div class="alert-actions">
                    <button type="button" id="old-words" class="button button-small" on:click=move |_| session.undo()>
                        "Bring back the old transcript"
                    </button>
                    <button type="button" class="button button-small" on:click=move |_| dismissed.set(heard())>
                        "Good"
                    </button>
                </div>
            </div>
        }
        .into_any(),
    }
    }
}
