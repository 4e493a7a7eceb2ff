//! The page as a whole: which part is shown when, what is always there: file input, editor,
//! settings, keys.

use super::alert::Alert;
use super::focusing;
use super::header::Header;
use super::kept::{NotKept, Said};
use super::keys;
use super::live_regions::LiveRegions;
use super::queue::{Arrived, InLine};
use super::show::Show;
use super::start::Start;
use super::studio::{self, Fetching, Missing};
use crate::browser;
use crate::reactive::memo;
use crate::session::{Session, session};
use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use text::say;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, File};

#[component]
pub fn App() -> impl IntoView {
    let session = Session::start();
    provide_context(session);
    let dragging = RwSignal::new(false);
    whole_page_is_a_drop_target(session, dragging);
    keys::keys_that_work_everywhere(session);
    keys::listen_to_the_list(session);
    focusing::keep_the_focus(session);
    if let Some(splash) =
        browser::the_window().and_then(|window| window.document()?.get_element_by_id("splash"))
    {
        splash.remove();
    }
    let fetching = studio::bring();
    // Another language is another page over the same session.
    move || {
        session.language.track();
        view! { <WholePage dragging fetching/> }
    }
}

#[component]
fn WholePage(dragging: RwSignal<bool>, fetching: Fetching) -> impl IntoView {
    let Fetching { tools, is_missing } = fetching;
    let session = session();
    let input = NodeRef::<Input>::new();
    let take = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let files = input.files().map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect());
        let files: Vec<File> = files.unwrap_or_default();
        session.take_files(files.into_iter().map(|file| (file, None)).collect());
        // So that the same file can be chosen again.
        input.set_value("");
    };
    let has_file = memo(move || session.state.with(|state| state.file.is_some()));
    let name = memo(move || {
        session
            .state
            .with(|state| state.file.as_ref().map(|file| file.label.name.clone()).unwrap_or_default())
    });
    view! {
        <a class="skip-link" href="#main">{say!("page-skip")}</a>
        <Header/>
        <main id="main" class="main" class:main-working=has_file tabindex="-1">
            <input
                type="file"
                id="file-input"
                class="for-readers-only"
                tabindex="-1"
                multiple
                aria-label=say!("page-files")
                accept=OPENED
                node_ref=input
                on:change=take
            />
            <Arrived/>
            <InLine/>
            <Missing is_missing/>
            <Alert/>
            <NotKept/>
            <Show when=move || has_file.get() fallback=|| view! { <Start/> }>
                <h1 id="view-title" class="for-readers-only" tabindex="-1">{move || say!("page-clips-from", name = name.get())}</h1>
                {move || match tools.get() {
                    Some(tools) => (tools.workbench)(),
                    None => view! { <p class="tools-note">{say!("page-tools")}</p> }.into_any(),
                }}
            </Show>
        </main>
        <Said/>
        <LiveRegions in_editor=false/>
        {move || tools.get().map(|tools| (tools.dialogs)())}
        <div class="drop-veil" class:drop-veil-shown=dragging aria-hidden="true">
            <p>{say!("page-drop")}</p>
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
