//! What a person wants the clips to be: something they speak about, what matters, who speaks. Every move is seen at once.
//! How the clips follow is the session's.

use super::icon::{Drawn, Icon};
use super::listed::Listed;
use super::show::Show;
use crate::browser;
use crate::reactive::{effect, memo};
use crate::session::session;
use crate::state::jobs::Purpose;
use clip::select::{Slider, Weights};
use leptos::html::Input;
use leptos::prelude::*;
use project::preferences::Preferences as Wanted;
use project::snapshot::Drag;
use text::{decimal, say};

#[component]
pub fn Steering() -> impl IntoView {
    let session = session();
    let can_steer = memo(move || {
        session.state.with(|state| {
            state.file.as_ref().is_some_and(|file| file.is_heard() && !file.clips.now().clips.is_empty())
        })
    });
    view! {
        <Show when=move || can_steer.get()>
            <section class="steering" id="steering" aria-label=say!("clips-wanted")>
                <div class="steering-line">
                    <About/>
                    <WhoSpeaks/>
                </div>
                <AboutState/>
                <Matters/>
            </section>
        </Show>
    }
}

fn wanted() -> Memo<Wanted> {
    let session = session();
    memo(move || {
        session.state.with(|state| {
            state.file.as_ref().map(|file| file.clips.now().preferences.clone()).unwrap_or_default()
        })
    })
}

#[component]
fn About() -> impl IntoView {
    let session = session();
    let input = NodeRef::<Input>::new();
    let wanted = wanted();
    let about = memo(move || wanted.get().about);
    // A step taken back takes the words back as well.
    effect(move || {
        let about = about.get().unwrap_or_default();
        if let Some(input) = input.get() {
            input.set_value(&about);
        }
    });
    view! {
        <form
            class="about"
            role="search"
            aria-label=say!("clips-find")
            on:submit=move |event| {
                event.prevent_default();
                if let Some(input) = input.get_untracked() {
                    session.look_for_clips(&input.value());
                }
            }
        >
            <Drawn icon=Icon::Search/>
            <input
                node_ref=input
                type="search"
                id="about"
                class="about-input"
                aria-label=say!("clips-find-about")
                placeholder=say!("clips-find-placeholder")
                autocomplete="off"
                enterkeyhint="search"
                maxlength="200"
            />
            <button type="submit" id="find-clips" class="button button-small">{say!("clips-find-do")}</button>
        </form>
    }
}

/// What is looked for now, what was found, or why it could not be.
#[component]
fn AboutState() -> impl IntoView {
    let session = session();
    let wanted = wanted();
    let about = memo(move || wanted.get().about);
    let pending = memo(move || session.state.with(|state| state.pending(Purpose::Clips).map(str::to_owned)));
    let failed = memo(move || {
        session.state.with(|state| {
            let (text, failure) = state.file.as_ref()?.questions.failure(Purpose::Clips)?;
            Some((text.to_owned(), text::failure::message(failure)))
        })
    });
    let is_shown =
        move || about.with(Option::is_some) || pending.with(Option::is_some) || failed.with(Option::is_some);
    let words = move || match (pending.get(), failed.get(), about.get()) {
        (Some(text), ..) => say!("clips-about-looking", text = text),
        (_, Some((text, why)), _) => say!("clips-about-failed", text = text, why = why),
        (.., Some(text)) => say!("clips-about", text = text),
        _ => String::new(),
    };
    view! {
        <div class="about-state" hidden=move || !is_shown()>
            <p id="about-state" role="status">{words}</p>
            <Show when=move || failed.with(Option::is_some) && pending.with(Option::is_none)>
                <button
                    type="button"
                    class="button button-small"
                    on:click=move |_| {
                        if let Some((text, _)) = failed.get_untracked() {
                            session.look_for_clips(&text);
                        }
                    }
                >
                    {say!("common-try-again")}
                </button>
            </Show>
            <Show when=is_shown>
                <button
                    type="button"
                    id="clear-about"
                    class="button button-quiet button-small"
                    aria-label=say!("clips-about-clear-label")
                    on:click=move |_| session.look_for_clips("")
                >
                    <Drawn icon=Icon::Close/>
                    {say!("clips-about-clear")}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn WhoSpeaks() -> impl IntoView {
    let session = session();
    let names = memo(move || {
        session.state.with(|state| {
            let Some(file) = &state.file else { return vec![] };
            file.insights().speakers.iter().map(|known| text::speaker(&known.name)).collect::<Vec<_>>()
        })
    });
    let wanted = wanted();
    let speaker = memo(move || wanted.get().speaker);
    view! {
        <Show when=move || { names.with(|names| names.len() > 1) }>
            <label class="who-speaks">
                <span class="for-readers-only">{say!("clips-speaker")}</span>
                <select
                    id="who-speaks"
                    class="select-input"
                    on:change=move |event| {
                        let chosen = event_target_value(&event).parse::<usize>().ok();
                        session.steer(Drag::Single, |steering| steering.speaker = chosen);
                    }
                >
                    <option value="" selected=move || speaker.get().is_none()>{say!("clips-speaker-all")}</option>
                    {move || {
                        names.get().into_iter().enumerate().map(|(index, name)| {
                            view! {
                                <option value=index.to_string() selected=move || speaker.get() == Some(index)>
                                    {say!("clips-speaker-only", name = name)}
                                </option>
                            }
                        }).listed()
                    }}
                </select>
            </label>
        </Show>
    }
}

#[component]
fn Matters() -> impl IntoView {
    let session = session();
    let wanted = wanted();
    let weights = memo(move || wanted.get().weights);
    let is_usual = memo(move || weights.get() == Weights::default());
    view! {
        <details class="matters" id="matters">
            <summary>
                <span>{say!("clips-tune")}</span>
                <Show when=move || !is_usual.get()>
                    <span class="badge">{say!("clips-tune-changed")}</span>
                </Show>
            </summary>
            <div class="sliders">
                {Slider::ALL.map(|slider| view! { <Matter slider weights/> }).listed()}
            </div>
            <div class="matters-end">
                <p class="field-note">{say!("clips-tune-note")}</p>
                <button
                    type="button"
                    id="reset-matters"
                    class="button button-small"
                    disabled=is_usual
                    on:click=move |_| session.steer(Drag::Single, |steering| steering.weights = Weights::default())
                >
                    {say!("clips-tune-reset")}
                </button>
            </div>
        </details>
    }
}

#[component]
fn Matter(slider: Slider, weights: Memo<Weights>) -> impl IntoView {
    let session = session();
    let value = memo(move || weights.get()[slider]);
    let id = format!("matter-{}", slider.name());
    view! {
        <div class="matter">
            <label for=id.clone() class="matter-name">{name_of(slider)}</label>
            <div class="matter-line">
                <span class="field-note" aria-hidden="true">{say!("clips-tune-less")}</span>
                <input
                    type="range"
                    id=id
                    class="slider"
                    min="0"
                    max=Slider::MOST.to_string()
                    step="0.1"
                    aria-valuetext=move || stand(value.get())
                    prop:value=move || format!("{:.1}", value.get())
                    on:input=move |event| {
                        if let Some(value) = browser::number_of(&event) {
                            session.steer(Drag::Sliders, |steering| steering.weights.set(slider, value as f32));
                        }
                    }
                />
                <span class="field-note" aria-hidden="true">{say!("clips-tune-more")}</span>
            </div>
        </div>
    }
}

fn name_of(slider: Slider) -> String {
    match slider {
        Slider::Hook => say!("clips-tune-hook"),
        Slider::Substance => say!("clips-tune-substance"),
        Slider::Energy => say!("clips-tune-energy"),
        Slider::Reaction => say!("clips-tune-reaction"),
        Slider::Dialogue => say!("clips-tune-dialogue"),
        Slider::Feeling => say!("clips-tune-feeling"),
    }
}

/// Where a slider stands, for a screen reader.
fn stand(value: f32) -> String {
    let said = decimal(f64::from(value), 1);
    match (value * 10.0).round() as i32 {
        0 => say!("clips-tune-stands-not"),
        10 => say!("clips-tune-stands-usual"),
        tenths if tenths < 10 => say!("clips-tune-stands-less", value = said),
        _ => say!("clips-tune-stands-more", value = said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_slider_stands_is_said_in_words() {
        let check = |value: f32, expected: &str| assert_eq!(stand(value), expected);
        check(0.0, "does not count");
        check(0.4, "less, 0.4 of 2");
        check(1.0, "as usual");
        check(1.7, "more, 1.7 of 2");
    }
}
