//! What went wrong, in plain words, with what to do about it and buttons that do it.

use super::icon::{Drawn, Icon};
use super::show::Show;
use crate::reactive::memo;
use crate::session::session;
use crate::state::loading::Loading;
use clip::failure::{Failure, FailureClass};
use clip::protocol::DevicePreference;
use leptos::prelude::*;
use text::failure::{advice, message};
use text::say;

/// Whether the same may work the next time. A file without sound stays without.
fn may_pass(class: FailureClass) -> bool {
    matches!(
        class,
        FailureClass::Model
            | FailureClass::DeviceLost
            | FailureClass::TakenBack
            | FailureClass::OutOfRoom
            | FailureClass::OutOfMemory
            | FailureClass::Crash
            | FailureClass::Internal
    )
}

#[component]
pub fn Alert() -> impl IntoView {
    let session = session();
    let failure = memo(move || session.state.with(|state| state.failure.clone()));
    view! {
        <Show when=move || failure.with(Option::is_some)>
            {move || failure.get().map(|failure| view! { <Message failure/> })}
        </Show>
    }
}

#[component]
fn Message(failure: Failure) -> impl IntoView {
    let session = session();
    let class = failure.class();
    let (engine_is_well, has_open_file, can_go_on) = session.state.with_untracked(|state| {
        let is_open = state.file.as_ref().is_some_and(|file| file.facts.is_some());
        (!matches!(state.loading, Loading::Broken(_)), is_open, state.is_unfinished())
    });
    let hopeless = class == FailureClass::Browser && !engine_is_well;
    let can_retry = !hopeless && (!engine_is_well || can_go_on && may_pass(class));
    let cpu_may_help =
        !hopeless && session.device() != DevicePreference::Cpu && class == FailureClass::DeviceLost;
    let wants_room = class == FailureClass::OutOfRoom;
    view! {
        <div class="alert" role="alert" id="error-message" data-class=class.name()>
            <span class="alert-sign"><Drawn icon=Icon::Warning/></span>
            <div class="alert-words">
                <p class="alert-message">{message(&failure)}</p>
                <p>{advice(&failure)}</p>
                <div class="alert-actions">
                    <Show when=move || can_retry>
                        <button type="button" class="button button-primary" on:click=move |_| session.try_again()>
                            {say!("common-try-again")}
                        </button>
                    </Show>
                    <Show when=move || cpu_may_help>
                        <button type="button" class="button" on:click=move |_| session.try_again_on_cpu()>
                            {say!("page-use-cpu")}
                        </button>
                    </Show>
                    <Show when=move || wants_room>
                        <button type="button" class="button" on:click=move |_| session.settings_open.set(true)>
                            {say!("common-see-stored")}
                        </button>
                    </Show>
                    <Show when=move || !hopeless && engine_is_well>
                        <button type="button" class="button" on:click=move |_| {
                            session.dismiss_failure();
                            session.choose_file();
                        }>
                            {say!("page-choose-another")}
                        </button>
                    </Show>
                </div>
            </div>
            <Show when=move || engine_is_well || has_open_file>
                <button
                    type="button"
                    class="button button-quiet button-round button-small"
                    aria-label=say!("page-close-message")
                    on:click=move |_| session.dismiss_failure()
                >
                    <Drawn icon=Icon::Close/>
                </button>
            </Show>
        </div>
    }
}
