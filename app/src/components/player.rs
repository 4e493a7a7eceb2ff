//! The opened video as it is. Where the browser cannot play it, everything else goes on without.

use super::icon::{Drawn, Icon};
use super::show::Show;
use crate::format;
use crate::reactive::{effect, memo};
use crate::session::{Session, session};
use leptos::html::Video;
use leptos::prelude::*;
use media::time::Instant;
use text::say;
use web_sys::HtmlMediaElement;

#[component]
pub fn Player() -> impl IntoView {
    let session = session();
    let video = NodeRef::<Video>::new();
    let cannot_play = RwSignal::new(false);
    effect(move || {
        session.media_url.track();
        cannot_play.set(false);
    });
    effect(move || {
        if let Some(video) = video.get() {
            let player: HtmlMediaElement = (*video).clone();
            session.held.update_value(|held| held.player = Some(player));
        }
    });
    on_cleanup(move || {
        session.held.try_update_value(|held| held.player = None);
        session.playing.set(false);
    });
    let follow = move || {
        if let Some(player) = video.get_untracked() {
            session.now.set(Instant::from_seconds(player.current_time()));
        }
    };
    let has_picture = memo(move || {
        session
            .state
            .with(|state| state.file.as_ref().is_none_or(|file| file.facts.is_none() || file.has_picture()))
    });
    let length = memo(move || {
        session.state.with(|state| state.file.as_ref().map(|file| file.end())).unwrap_or_default()
    });
    let position = memo(move || format::position(session.now.get()));
    view! {
        <div class="player">
            <div class="screen" class:screen-without-picture=move || !has_picture.get()>
                <video
                    node_ref=video
                    class="video"
                    playsinline
                    preload="auto"
                    tabindex="-1"
                    aria-label=say!("outline-video")
                    src=move || session.media_url.get()
                    on:click=move |_| session.toggle_playing()
                    on:play=move |_| {
                        session.playing.set(true);
                        follow_every_frame(session, video);
                    }
                    on:pause=move |_| session.playing.set(false)
                    on:ended=move |_| session.playing.set(false)
                    on:seeked=move |_| follow()
                    on:timeupdate=move |_| follow()
                    on:error=move |_| cannot_play.set(session.media_url.with_untracked(Option::is_some))
                ></video>
                <Show when=move || cannot_play.get()>
                    <p class="screen-note">
                        {say!("outline-cannot-play")}
                    </p>
                </Show>
                <Show when=move || !has_picture.get()>
                    <p class="screen-note">{say!("outline-sound-only")}</p>
                </Show>
            </div>
            <div class="player-line">
                <button
                    type="button"
                    id="play"
                    class="button button-round"
                    aria-label=move || if session.playing.get() { say!("common-pause") } else { say!("common-play") }
                    disabled=cannot_play
                    on:click=move |_| session.toggle_playing()
                >
                    {move || {
                        let icon = if session.playing.get() { Icon::Pause } else { Icon::Play };
                        view! { <Drawn icon/> }
                    }}
                </button>
                <p class="time player-time">
                    <span class="player-now">{position}</span>
                    " / "
                    {move || format::position(length.get())}
                </p>
            </div>
        </div>
    }
}

/// While it plays, the position is read once for each frame: `timeupdate` comes only four times a second.
fn follow_every_frame(session: Session, video: NodeRef<Video>) {
    request_animation_frame(move || {
        let Some(player) = video.try_get_untracked().flatten() else { return };
        session.now.set(Instant::from_seconds(player.current_time()));
        if !player.paused() && !player.ended() {
            follow_every_frame(session, video);
        }
    });
}
