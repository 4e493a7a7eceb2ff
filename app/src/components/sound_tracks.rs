//! Which sound track is listened to, where a file has several, and why it is not the one that one would expect.
//! Choosing another has its words heard again.

use super::listed::Listed;
use super::show::Show;
use crate::components::icon::{Drawn, Icon};
use crate::languages::language_name;
use crate::reactive::memo;
use crate::session::moments::MomentSound;
use crate::session::session;
use clip::tracks::{SoundTrack, Tracks};
use leptos::prelude::*;
use text::say;

const ALL: &str = "all";

/// "2 · Deutsch · AAC, stereo"
fn label(number: usize, track: &SoundTrack) -> String {
    let language = track.language.as_deref().filter(|code| !code.is_empty() && *code != "und");
    let mut parts = vec![number.to_string()];
    parts.extend(language.map(language_name));
    parts.push(text::reasons::form(&track.codec, track.channels));
    if !track.can_decode {
        parts.push(say!("tracks-cannot-be-read"));
    }
    parts.join(" · ")
}

#[component]
pub fn SoundTracks() -> impl IntoView {
    let session = session();
    let sound = memo(move || {
        session
            .state
            .with(|state| state.file.as_ref().map(|file| file.listening().sound.clone()))
            .unwrap_or_default()
    });
    let is_busy = session.is_working;
    let choose = move |event: leptos::ev::Event| {
        let value = event_target_value(&event);
        let at = value.parse::<usize>().ok();
        let tracks = sound.with_untracked(|sound| match at.and_then(|at| sound.tracks.get(at)) {
            Some(track) => Some(Tracks::One(track.id)),
            None => (value == ALL).then_some(Tracks::All),
        });
        if let Some(tracks) = tracks {
            session.choose_sound(tracks);
        }
    };
    let playing = move || match session.moment.get()?.sound {
        MomentSound::Playing(url) => Some(url),
        _ => None,
    };
    let said = move || {
        let moment = session.moment.get()?;
        let track = |track: &SoundTrack| moment.tracks == Tracks::One(track.id);
        let number = sound.with(|sound| sound.tracks.iter().position(track))? + 1;
        match moment.sound {
            MomentSound::Silent => Some(say!("tracks-silent", number = number)),
            MomentSound::Failed(why) => {
                Some(say!("tracks-failed", number = number, why = text::failure::message(&why)))
            }
            MomentSound::AskedFor | MomentSound::Playing(_) => None,
        }
    };
    let is_all = move || sound.with(|sound| sound.in_use() == Some(Tracks::All));
    view! {
        <Show when=move || { sound.with(|sound| sound.tracks.len() > 1) }>
            <div class="sound-tracks">
                <label for="sound-track">
                    {move || say!("tracks-count", count = sound.with(|sound| sound.tracks.len()))}
                </label>
                <select
                    id="sound-track"
                    class="select-input"
                    title=say!("tracks-which")
                    disabled=is_busy
                    on:change=choose
                >
                    {move || {
                        let sound = sound.get();
                        let in_use = sound.in_use();
                        sound.tracks.into_iter().enumerate().map(|(at, track)| {
                            let is_used = in_use == Some(Tracks::One(track.id));
                            view! {
                                <option value=at.to_string() selected=is_used disabled=!track.can_decode>
                                    {label(at + 1, &track)}
                                </option>
                            }
                        }).listed()
                    }}
                    <Show when=move || { sound.with(|sound| sound.can_mix()) }>
                        <option value=ALL selected=is_all>{say!("tracks-all")}</option>
                    </Show>
                </select>
                <div class="moments" role="group" aria-label=say!("tracks-moments")>
                    {move || {
                        sound.get().tracks.into_iter().enumerate().filter(|(_, track)| track.can_decode)
                            .map(|(at, track)| view! { <MomentOf number=at + 1 tracks=Tracks::One(track.id) /> })
                            .listed()
                    }}
                </div>
                <p class="moment-note" role="status">{said}</p>
                {move || playing().map(|url| view! {
                    <audio src=url autoplay=true on:ended=move |_| session.end_moment()></audio>
                }.into_any())}
            </div>
        </Show>
        {move || {
            let said = text::reasons::notes(&sound.get().notes);
            (!said.is_empty()).then(|| view! { <p class="sound-note" id="sound-note" role="status">{said}</p> }.into_any())
        }}
    }
}

/// Plays a few loud seconds of a track, and stops them.
#[component]
fn MomentOf(number: usize, tracks: Tracks) -> impl IntoView {
    let session = session();
    let sound = memo(move || {
        session.moment.with(|moment| {
            moment.as_ref().filter(|moment| moment.tracks == tracks).map(|moment| moment.sound.clone())
        })
    });
    let plays = move || matches!(sound.get(), Some(MomentSound::Playing(_)));
    view! {
        <button
            type="button"
            class="moment"
            aria-label=move || match plays() {
                true => say!("tracks-stop-moment", number = number),
                false => say!("tracks-play-moment", number = number),
            }
            aria-busy=move || (sound.get() == Some(MomentSound::AskedFor)).to_string()
            on:click=move |_| session.hear_moment(tracks)
        >
            {move || view! { <Drawn icon=if plays() { Icon::Pause } else { Icon::Play } /> }}
            <span aria-hidden="true">{number}</span>
        </button>
    }
}
