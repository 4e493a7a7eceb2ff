//! Titles and posts of all clips: how far their writing is, and what became of it.

use super::job_line::{Failed, Running, Wording};
use crate::reactive::memo;
use crate::session::{Session, session};
use crate::state::jobs::{Kind, Outcome};
use leptos::prelude::*;
use text::failure::message;
use text::say;

const WORDING: Wording = Wording {
    id: "writing",
    doing: || say!("clips-writing"),
    cancel_id: "cancel-writing",
    cancel: || say!("clips-writing-cancel"),
};

#[component]
pub fn Writing() -> impl IntoView {
    let session = session();
    let job = session.running(Kind::is_writing);
    let why = memo(move || {
        session.state.with(|state| match &state.file.as_ref()?.writing {
            Outcome::Failed(failure) => Some(say!("clips-writing-failed", why = message(failure))),
            _ => None,
        })
    });
    let is_done = memo(move || {
        session.state.with(|state| state.file.as_ref().is_some_and(|file| file.writing == Outcome::Done))
    });
    view! {
        <Running job wording=WORDING cancel=Session::stop_writing/>
        <Failed why id="writing-failed" again=Session::write_all/>
        <p class="field-note" id="writing-done" role="status">
            {move || is_done.get().then(|| say!("clips-writing-done"))}
        </p>
    }
}
