//! What nobody sees on an empty page: the workbench, the editor, the settings. They are a WebAssembly module of their own, which is fetched
//! when the page has been shown. `cargo xtask build` cuts it out: all that can only be reached from [`tools`].

use super::chapters::Chapters;
use super::clips::Clips;
use super::editor::Editor;
use super::icon::{Drawn, Icon};
use super::picks::Picks;
use super::player::Player;
use super::progress::Progress;
use super::settings::Settings;
use super::show::Show;
use super::sound_tracks::SoundTracks;
use super::switching::Switching;
use super::timeline_tracks::TimelineTracks;
use super::transcript::Transcript;
use super::understanding::Understanding;
use super::waveform::{Waveform, watch_size};
use crate::browser;
use crate::reactive::memo;
use crate::session::session;
use clip::failure::Failure;
use leptos::html::Section;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use project::export::outline::Outline;
use text::failure::{advice, message};
use text::say;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

/// Between two tries to fetch the module.
const FIRST_PAUSE_MS: u32 = 1_000;
const LONGEST_PAUSE_MS: u32 = 30_000;

/// Makes the parts of the page that came with the module.
#[derive(Debug, Clone, Copy)]
pub struct Tools {
    pub workbench: fn() -> AnyView,
    /// What opens over the page: editor and settings.
    pub dialogs: fn() -> AnyView,
}

/// How far the module has come.
#[derive(Clone, Copy)]
pub struct Fetching {
    pub tools: RwSignal<Option<Tools>>,
    /// Whether it did not come so far.
    pub is_missing: RwSignal<bool>,
}

/// Begins to fetch the tools at once, and again and again where that fails.
pub fn bring() -> Fetching {
    let fetching = Fetching { tools: RwSignal::new(None), is_missing: RwSignal::new(false) };
    spawn_local(async move {
        let mut pause_ms = FIRST_PAUSE_MS;
        loop {
            if let Ok(tools) = tools().await {
                fetching.is_missing.set(false);
                break fetching.tools.set(Some(tools));
            }
            fetching.is_missing.set(true);
            browser::sleep_ms(pause_ms).await;
            pause_ms = LONGEST_PAUSE_MS.min(2 * pause_ms);
        }
    });
    fetching
}

/// Says that the tools did not come, for as long as that is so: nobody can put it away.
#[component]
pub fn Missing(is_missing: RwSignal<bool>) -> impl IntoView {
    let failure = Failure::PageIncomplete;
    view! {
        <Show when=move || is_missing.get()>
            <div class="alert" role="alert" id="tools-missing">
                <span class="alert-sign"><Drawn icon=Icon::Warning/></span>
                <div class="alert-words">
                    <p class="alert-message">{message(&failure)}</p>
                    <p>{advice(&failure)}</p>
                </div>
            </div>
        </Show>
    }
}

/// Fetches the module, unless it is there.
///
/// # Errors
/// Where it could not be fetched. The next call tries again.
#[wasm_split(studio, wasm_split_path = leptos::wasm_split, fallible)]
fn tools() -> Result<Tools, SplitLoaderError> {
    Ok(Tools { workbench, dialogs })
}

fn workbench() -> AnyView {
    view! { <Workbench/> }.into_any()
}

fn dialogs() -> AnyView {
    view! {
        <Editor/>
        <Settings/>
    }
    .into_any()
}

#[component]
fn Workbench() -> impl IntoView {
    let session = session();
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
