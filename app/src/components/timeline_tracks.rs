//! Beneath the waveform: loudness, pace, reactions, what sentences tell and who speaks, each a thin track over the whole file. Pressing seeks.
//! What is drawn is `project::view::timeline`'s; the same is said in words for those who do not see it.

use super::listed::Listed;
use super::show::Show;
use super::waveform::client_x;
use crate::format;
use crate::reactive::memo;
use crate::session::session;
use leptos::html::Div;
use leptos::prelude::*;
use media::time::{Instant, Span};
use project::export::outline::Outline;
use project::view::timeline::{Reaction, SURE, TimelineTracks as Drawn, Voice};
use text::say;
use web_sys::PointerEvent;

/// The drawings' own measure; they are stretched to the track.
const WIDE: f64 = 1000.0;
const HIGH: f64 = 14.0;
/// Of many reactions, so many are told.
const TOLD: usize = 12;

#[component]
pub fn TimelineTracks(outline: Memo<Option<Outline>>) -> impl IntoView {
    let session = session();
    let frame = NodeRef::<Div>::new();
    let shows_all = RwSignal::new(false);
    let made_of = memo(move || {
        session.state.with(|state| {
            let file = state.file.as_ref().filter(|file| file.is_heard())?;
            Some((file.recording.edition(), file.insight_edition(), file.duration()))
        })
    });
    let drawn = memo(move || {
        made_of.get();
        session.state.with_untracked(|state| {
            state.file.as_ref().filter(|file| file.is_heard()).map(|file| Drawn::of(file)).unwrap_or_default()
        })
    });
    let chapters =
        memo(move || outline.with(|outline| outline.as_ref().map(chapter_starts).unwrap_or_default()));
    let duration = memo(move || made_of.get().map(|(.., duration)| duration).unwrap_or_default());
    let part = memo(move || {
        let seconds = duration.get().seconds().max(0.001);
        format!("{:.2}%", (session.now.get().seconds() / seconds).clamp(0.0, 1.0) * 100.0)
    });
    let seek = move |event: &PointerEvent| {
        let Some(frame) = frame.get_untracked() else { return };
        let area = frame.get_bounding_client_rect();
        if area.width() > 0.0 {
            let part = ((client_x(event) - area.left()) / area.width()).clamp(0.0, 1.0);
            session.seek(Instant::from_seconds(part * duration.get_untracked().seconds()));
        }
    };
    view! {
        <Show when=move || drawn.with(|drawn| !drawn.is_empty())>
            <div class="lanes-part" id="lanes">
                <div
                    node_ref=frame
                    class="lanes"
                    class:lanes-all=shows_all
                    aria-hidden="true"
                    on:pointerdown=move |event| {
                        if event.button() == 0 {
                            seek(&event);
                        }
                    }
                    on:pointermove=move |event| {
                        if event.buttons() & 1 == 1 {
                            seek(&event);
                        }
                    }
                >
                    {move || lanes_of(&drawn.get(), &chapters.get(), duration.get())}
                    <div class="lanes-now" style:left=part></div>
                </div>
                <div class="lanes-end">
                    <Legend drawn/>
                    <button
                        type="button"
                        id="all-lanes"
                        class="button button-quiet button-small"
                        aria-expanded=move || shows_all.get().to_string()
                        on:click=move |_| shows_all.update(|shows_all| *shows_all = !*shows_all)
                    >
                        {move || if shows_all.get() { say!("outline-lanes-fewer") } else { say!("outline-lanes-more") }}
                    </button>
                </div>
                <p class="for-readers-only" id="lanes-words">{move || drawn.with(in_words)}</p>
            </div>
        </Show>
    }
}

/// The first ones are always shown, the others when a person asks for them.
fn lanes_of(drawn: &Drawn, chapters: &[Instant], duration: Span) -> impl IntoView + use<> {
    let scale = WIDE / duration.seconds().max(0.001);
    let reactions = |is_sure: bool| {
        let wanted = drawn.reactions.iter().filter(|one| (one.sure >= SURE) == is_sure);
        boxes(wanted.map(|one| (one.start, one.end)), scale, (1.0, HIGH - 2.0))
    };
    let sound = (!drawn.loudness.is_empty()).then(|| {
        let line = line(&drawn.loudness);
        view! { <Track name=say!("outline-lane-loudness")><path class="lane-line" d=line></path></Track> }
    });
    let pace = (!drawn.pace.is_empty()).then(|| {
        let line = line(&drawn.pace);
        view! { <Track name=say!("outline-lane-pace")><path class="lane-line lane-line-soft" d=line></path></Track> }
    });
    let heard = (!drawn.reactions.is_empty()).then(|| {
        let (sure, unsure) = (reactions(true), reactions(false));
        view! {
            <Track name=say!("outline-lane-reactions")>
                <path class="lane-sure" d=sure></path>
                <path class="lane-unsure" d=unsure></path>
            </Track>
        }
    });
    let told = |name: String, stretches: &[(Instant, Instant)]| {
        let drawing = boxes(stretches.iter().copied(), scale, (3.0, HIGH - 6.0));
        (!stretches.is_empty())
            .then(|| view! { <Track name><path class="lane-told" d=drawing></path></Track> })
    };
    let questions = told(say!("outline-lane-questions"), &drawn.questions);
    let facts = told(say!("outline-lane-facts"), &drawn.facts);
    let feelings = told(say!("outline-lane-feelings"), &drawn.feelings);
    // Each speaker has a row, so that color is not the only thing that tells them apart.
    let row = HIGH / drawn.voices.len().max(1) as f64;
    let voices: Vec<_> = drawn
        .voices
        .iter()
        .enumerate()
        .map(|(index, voice)| {
            let rows = (index as f64 * row, (row - 0.5).max(1.0));
            (voice.color, boxes(voice.stretches.iter().copied(), scale, rows))
        })
        .collect();
    let voices = (!voices.is_empty()).then(|| {
        view! {
            <Track name=say!("outline-lane-speakers")>
                {voices.into_iter().map(|(color, boxes)| view! {
                    <path class=format!("lane-voice voice-{color}") d=boxes></path>
                }).listed()}
            </Track>
        }
    });
    let chapters = chapter_ticks(chapters, duration);
    view! { {voices} {chapters} {heard} {sound} {pace} {questions} {facts} {feelings} }
}

/// Of one chapter there is nothing to show.
fn chapter_starts(outline: &Outline) -> Vec<Instant> {
    let starts = outline.chapters.iter().map(|chapter| chapter.start);
    if outline.chapters.len() > 1 { starts.collect() } else { vec![] }
}

fn chapter_ticks(starts: &[Instant], duration: Span) -> impl IntoView + use<> {
    let scale = WIDE / duration.seconds().max(0.001);
    let ticks = boxes(starts.iter().map(|start| (*start, *start)), scale, (0.0, HIGH));
    (!starts.is_empty())
        .then(|| view! { <Track name=say!("outline-lane-chapters")><path class="lane-chapter" d=ticks></path></Track> })
}

#[component]
fn Track(name: String, children: Children) -> impl IntoView {
    view! {
        <div class="lane">
            <span class="lane-name">{name}</span>
            <svg viewBox=format!("0 0 {WIDE} {HIGH}") preserveAspectRatio="none" focusable="false">{children()}</svg>
        </div>
    }
}

/// Names and colors of those who speak, in the order of their rows.
#[component]
fn Legend(drawn: Memo<Drawn>) -> impl IntoView {
    view! {
        <Show when=move || drawn.with(|drawn| !drawn.voices.is_empty())>
            <ul class="legend" aria-label=say!("outline-lane-speakers")>
                {move || drawn.get().voices.into_iter().map(|voice| view! {
                    <li class="legend-voice">
                        <span class=format!("voice-dot voice-{}", voice.color) aria-hidden="true"></span>
                        <span>{text::speaker(&voice.name)}</span>
                        <span class="time legend-time">{format::length(voice.spoken)}</span>
                    </li>
                }).listed()}
            </ul>
        </Show>
    }
}

/// A line with the area beneath it.
fn line(heights: &[f32]) -> String {
    let step = WIDE / heights.len().saturating_sub(1).max(1) as f64;
    let mut path = format!("M0 {HIGH}");
    for (index, height) in heights.iter().enumerate() {
        let y = HIGH - 1.0 - f64::from(*height) * (HIGH - 2.0);
        path.push_str(&format!("L{:.1} {y:.1}", index as f64 * step));
    }
    path + &format!("L{WIDE} {HIGH}Z")
}

/// Stretches as boxes in rows `(top, height)`; none is too narrow to be seen.
fn boxes(stretches: impl Iterator<Item = (Instant, Instant)>, scale: f64, rows: (f64, f64)) -> String {
    let (top, high) = rows;
    stretches
        .map(|(start, end)| {
            let (x, wide) = (start.seconds() * scale, ((end - start).seconds() * scale).max(1.5));
            format!("M{x:.1} {top:.2}h{wide:.1}v{high:.2}h-{wide:.1}z")
        })
        .collect()
}

fn in_words(drawn: &Drawn) -> String {
    let told = |one: &Reaction| {
        let at = format::position(one.start);
        if one.sure >= SURE { at } else { say!("outline-told-probably", position = at) }
    };
    let share = |voice: &Voice| {
        say!("outline-told-speaker", name = text::speaker(&voice.name), length = format::length(voice.spoken))
    };
    let comma = say!("common-comma");
    let list = |parts: Vec<String>| (!parts.is_empty()).then(|| parts.join(&comma));
    let at = |stretches: &[(Instant, Instant)]| {
        list(stretches.iter().take(TOLD).map(|(start, _)| format::position(*start)).collect())
    };
    let sentences = [
        list(drawn.reactions.iter().take(TOLD).map(told).collect())
            .map(|places| say!("outline-told-reactions", places = places)),
        at(&drawn.questions).map(|places| say!("outline-told-questions", places = places)),
        at(&drawn.facts).map(|places| say!("outline-told-facts", places = places)),
        at(&drawn.feelings).map(|places| say!("outline-told-feelings", places = places)),
        list(drawn.voices.iter().map(share).collect())
            .map(|speakers| say!("outline-told-speakers", speakers = speakers)),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_told_as_well() {
        let reaction = |start: f64, sure: f32| Reaction {
            start: Instant::from_seconds(start),
            end: Instant::from_seconds(start + 2.0),
            sure,
        };
        let voice = |name: &str, seconds: f64| Voice {
            name: name.into(),
            color: 0,
            spoken: Span::from_seconds(seconds),
            stretches: vec![],
        };
        let check = |drawn: &Drawn, expected: &str| assert_eq!(in_words(drawn), expected);
        check(&Drawn::default(), "");
        check(
            &Drawn {
                reactions: vec![reaction(65.0, 0.9), reaction(80.0, 0.6)],
                questions: vec![(Instant::from_seconds(5.0), Instant::from_seconds(7.0))],
                voices: vec![voice("Anna", 70.0), voice("Ben", 5.0)],
                ..Drawn::default()
            },
            "Laughter or applause at: 1:05, probably 1:20. Questions at: 0:05. Spoken by: Anna 1 min 10 s, Ben 5 s.",
        );
    }

    #[test]
    fn drawings_fill_their_lane() {
        assert_eq!(line(&[0.0, 1.0]), "M0 14L0.0 13.0L1000.0 1.0L1000 14Z");
        let at = Instant::from_seconds;
        let drawn = boxes([(at(1.0), at(2.0)), (at(3.0), at(3.0))].into_iter(), 10.0, (0.0, 7.0));
        assert_eq!(drawn, "M10.0 0.00h10.0v7.00h-10.0zM30.0 0.00h1.5v7.00h-1.5z");
    }
}
