//! The page as a whole: which part is shown when, what is always there (file input, editor, settings), and the keys
//! that work everywhere.

use super::alert::Alert;
use super::chapters::Chapters;
use super::clips::Clips;
use super::editor::Editor;
use super::header::Header;
use super::kept::{NotKept, Said};
use super::lanes::Lanes;
use super::player::Player;
use super::progress::Progress;
use super::queue::{Arrived, InLine};
use super::settings::Settings;
use super::sound_tracks::SoundTracks;
use super::start::Start;
use super::transcript::Transcript;
use super::understanding::Understanding;
use super::waveform::Waveform;
use crate::browser;
use crate::projects;
use crate::session::Session;
use crate::state::outline::Outline;
use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, Element, File, KeyboardEvent};

#[component]
pub fn App() -> impl IntoView {
    let session = Session::start();
    provide_context(session);
    let dragging = RwSignal::new(false);
    whole_page_is_a_drop_target(session, dragging);
    keys_that_work_everywhere(session);
    if let Some(splash) =
        browser::the_window().and_then(|window| window.document()?.get_element_by_id("splash"))
    {
        splash.remove();
    }

    let input = NodeRef::<Input>::new();
    let take = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let files = input.files().map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect());
        let files: Vec<File> = files.unwrap_or_default();
        session.take_files(files.into_iter().map(|file| (file, None)).collect());
        // So that the same file can be chosen again.
        input.set_value("");
    };
    let has_file = Memo::new(move |_| session.state.with(|state| state.file.is_some()));
    let name = Memo::new(move |_| {
        session
            .state
            .with(|state| state.file.as_ref().map(|file| file.label.name.clone()).unwrap_or_default())
    });
    let made_of = Memo::new(move |_| {
        session.state.with(|state| {
            let file = state.file.as_ref().filter(|file| file.is_heard())?;
            Some((file.label.clone(), file.transcript_edition, file.insight_edition()))
        })
    });
    let outline = Memo::new(move |_| {
        made_of.get()?;
        session.state.with_untracked(|state| state.file.as_ref().map(Outline::of))
    });

    view! {
        <a class="skip-link" href="#main">"Skip to the content"</a>
        <Header/>
        <main id="main" class="main" class:main-working=has_file tabindex="-1">
            <input
                type="file"
                id="file-input"
                class="for-readers-only"
                tabindex="-1"
                multiple
                aria-label="Video or audio files"
                accept=OPENED
                node_ref=input
                on:change=take
            />
            <Arrived/>
            <InLine/>
            <Alert/>
            <NotKept/>
            <Show when=move || has_file.get() fallback=|| view! { <Start/> }>
                <h1 class="for-readers-only">"Clips from "{name}</h1>
                <div class="workbench">
                    <section class="source" aria-label="Video">
                        <Player/>
                        <SoundTracks/>
                        <Waveform/>
                        <Lanes outline/>
                    </section>
                    <section class="outcome" aria-label="Clips">
                        <Progress/>
                        <Understanding/>
                        <Clips/>
                        <Chapters outline/>
                    </section>
                    <Transcript/>
                </div>
            </Show>
        </main>
        <Said/>
        <Editor/>
        <Settings/>
        <div class="drop-veil" class:drop-veil-shown=dragging aria-hidden="true">
            <p>"Drop it anywhere"</p>
        </div>
    }
}

/// What can be opened, for file pickers that know no media type of some of these names.
const OPENED: &str = "video/*,audio/*,.mp4,.m4v,.mov,.qt,.qta,.3gp,.3g2,.m4a,.m4b,.m4r,.mkv,.mka,.mk3d,.webm,.weba,\
                      .mp3,.mp2,.aac,.adts,.wav,.wave,.bwf,.rf64,.w64,.aiff,.aif,.aifc,.caf,.flac,.ogg,.oga,.ogx,.opus";

fn whole_page_is_a_drop_target(session: Session, dragging: RwSignal<bool>) {
    window_event_listener(ev::dragover, move |event: DragEvent| {
        event.prevent_default();
        dragging.set(true);
    });
    window_event_listener(ev::dragleave, move |event: DragEvent| {
        if event.related_target().is_none() {
            dragging.set(false);
        }
    });
    window_event_listener(ev::drop, move |event: DragEvent| {
        event.prevent_default();
        dragging.set(false);
        let Some(transfer) = event.data_transfer() else { return };
        let Some(files) = transfer.files() else { return };
        // The handles must be asked for before the event is over; their answers may come later.
        let items = transfer.items();
        let asked: Vec<_> = (0..files.length())
            .filter_map(|at| {
                let promise = items.get(at).and_then(|item| browser::begin(&item, "getAsFileSystemHandle"));
                Some((files.get(at)?, promise))
            })
            .collect();
        spawn_local(async move {
            let mut taken = Vec::new();
            for (file, asked) in asked {
                let handle = match asked {
                    Some(promise) => JsFuture::from(promise).await.ok().filter(JsValue::is_object),
                    None => None,
                };
                taken.push((file, handle));
            }
            session.take_files(taken);
        });
    });
}

fn keys_that_work_everywhere(session: Session) {
    window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let on_text =
            event.target().and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(|element| {
                element
                    .matches("input:not([type=radio]):not([type=range]), textarea, select")
                    .unwrap_or(false)
            });
        if on_text || event.default_prevented() {
            return;
        }
        let command = event.ctrl_key() || event.meta_key();
        let on_nothing = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|element| element.matches("body, main").unwrap_or(false));
        match event.key().to_lowercase().as_str() {
            " " if on_nothing && session.state.with_untracked(|state| state.file.is_some()) => {
                session.toggle_playing()
            }
            "z" if command && projects::can_undo(session) => projects::undo(session),
            "z" if command && event.shift_key() => session.edit_clips(|clips, _| clips.redo()),
            "y" if command => session.edit_clips(|clips, _| clips.redo()),
            "z" if command => session.edit_clips(|clips, _| clips.undo()),
            _ => return,
        }
        event.prevent_default();
    });
}
