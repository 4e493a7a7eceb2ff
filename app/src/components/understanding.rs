//! One small line about what is found out beside the work: how far, time left, a way to stop it, and what became of it.
//! It asks for nothing: the page is whole without.

use super::job_line::{Failed, Running, Wording};
use super::show::Show;
use crate::reactive::memo;
use crate::session::{Session, session};
use crate::state::jobs::{Kind, Outcome};
use leptos::prelude::*;
use text::failure::message;
use text::say;

const WORDING: Wording = Wording {
    id: "understanding",
    doing: || say!("clips-finding"),
    cancel_id: "cancel-understanding",
    cancel: || say!("clips-finding-cancel"),
};

#[component]
pub fn Understanding() -> impl IntoView {
    let session = session();
    let job = session.running(Kind::is_understanding);
    let outcome = memo(move || {
        session
            .state
            .with(|state| state.file.as_ref().map(|file| file.understanding.clone()).unwrap_or_default())
    });
    let why = memo(move || match outcome.get() {
        Outcome::Failed(failure) => Some(say!("clips-finding-failed", why = message(&failure))),
        _ => None,
    });
    view! {
        <Running job wording=WORDING cancel=Session::stop_understanding/>
        <Show when=move || outcome.with(|outcome| *outcome == Outcome::Stopped)>
            <div class="errand" id="understanding-stopped">
                <p class="errand-line">{say!("clips-finding-skipped")}</p>
                <button
                    type="button"
                    class="button button-small"
                    on:click=move |_| session.understand_again()
                >
                    {say!("clips-finding-again")}
                </button>
            </div>
        </Show>
        <Failed why id="understanding-failed" again=Session::understand_again/>
    }
}
