//! The page as a whole: which part is shown when, what is always there: file input, editor,
//! settings, keys.

use super::alert::Alert;
use super::chapters::Chapters;
use super::clips::Clips;
use super::editor::Editor;
use super::focusing;
use super::header::Header;
use super::kept::{NotKept, Said};
use super::keys;
use super::live_regions::LiveRegions;
use super::picks::Picks;
use super::player::Player;
use super::progress::Progress;
use super::queue::{Arrived, InLine};
use super::settings::Settings;
use super::show::Show;
use super::sound_tracks::SoundTracks;
use super::start::Start;
use super::switching::Switching;
use super::timeline_tracks::TimelineTracks;
use super::transcript::Transcript;
use super::understanding::Understanding;
use super::waveform::{Waveform, watch_size};
use crate::browser;
use crate::reactive::memo;
use crate::session::{Session, session};
use leptos::ev;
use leptos::html::{Input, Section};
use leptos::prelude::*;
use project::export::outline::Outline;
use text::say;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, File, HtmlElement};

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
    // Another language is another page over the same session.
    move || {
        session.language.track();
        view! { <WholePage dragging/> }
    }
}

#[component]
fn WholePage(dragging: RwSignal<bool>) -> impl IntoView {
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
    let made_of = memo(move || {
        session.state.with(|state| {
            let file = state.file.as_ref().filter(|file| file.is_heard())?;
            Some((file.label.clone(), file.recording.edition(), file.insight_edition()))
        })
    });
    let outline = memo(move || {
        made_of.get()?;
        session.state.with_untracked(|state| state.file.as_ref().map(|file| Outline::of(file)))
    });

    let source = NodeRef::<Section>::new();
    watch_size(move || source.get().map(Into::into), move || tell_height(source));

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
            <Alert/>
            <NotKept/>
            <Show when=move || has_file.get() fallback=|| view! { <Start/> }>
                <h1 id="view-title" class="for-readers-only" tabindex="-1">{move || say!("page-clips-from", name = name.get())}</h1>
                <div class="workbench">
                    <section node_ref=source class="source" aria-label=say!("page-video")>
                        <Player/>
                        <Waveform/>
                        <SoundTracks/>
                        <TimelineTracks outline/>
                    </section>
                    <section class="outcome" aria-label=say!("page-clips")>
                        <Progress/>
                        <Switching id="switching"/>
                        <Understanding/>
                        <Picks/>
                        <Clips/>
                        <Chapters outline/>
                    </section>
                    <Transcript/>
                </div>
            </Show>
        </main>
        <Said/>
        <LiveRegions in_editor=false/>
        <Editor/>
        <Settings/>
        <div class="drop-veil" class:drop-veil-shown=dragging aria-hidden="true">
            <p>{say!("page-drop")}</p>
        </div>
    }
}

/// The transcript takes the height that the player leaves of the screen.
fn tell_height(source: NodeRef<Section>) {
    let source = source.try_get_untracked().flatten();
    let bench = source.as_ref().and_then(|source| source.parent_element()?.dyn_into::<HtmlElement>().ok());
    if let (Some(source), Some(bench)) = (source, bench) {
        // A length is a valid value.
        let _ = bench.style().set_property("--source-height", &format!("{}px", source.offset_height()));
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
