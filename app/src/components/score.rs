//! What a clip's score is made of, in plain words: what adds to it, what pulls it down, and what the person's taste does.
//! The numbers are `clip::select`'s.

use super::icon::{Drawn, Icon};
use super::listed::Listed;
use super::show::Show;
use crate::reactive::memo;
use crate::session::session;
use clip::edit::ClipId;
use clip::select::{Evidence, Signal, Weights};
use leptos::prelude::*;
use project::verdicts::Verdicts;
use text::{around, say};

/// Points below this are not worth a line.
const LEAST_POINTS: f32 = 0.5;
/// A factor above this pulls nothing down that could be seen.
const WHOLE: f32 = 0.95;

/// What adds to the score has a name; what pulls it down has [`shortcoming`].
fn words_for(signal: Signal) -> Option<String> {
    Some(match signal {
        Signal::Opening => say!("clips-part-opening"),
        Signal::Closing => say!("clips-part-closing"),
        Signal::Body => say!("clips-part-length"),
        Signal::Hook => say!("clips-part-hook"),
        Signal::Density => say!("clips-part-density"),
        Signal::Coherence => say!("clips-part-coherence"),
        Signal::Pace => say!("clips-part-pace"),
        Signal::Flow => say!("clips-part-flow"),
        Signal::Clarity => say!("clips-part-clarity"),
        Signal::Energy => say!("clips-part-energy"),
        Signal::Reaction => say!("clips-part-reaction"),
        Signal::Dialogue => say!("clips-part-dialogue"),
        Signal::Feeling => say!("clips-part-feeling"),
        Signal::Independence
        | Signal::Substance
        | Signal::Unity
        | Signal::Narrative
        | Signal::Topic
        | Signal::Voice => return None,
    })
}

fn shortcoming(signal: Signal) -> Option<String> {
    Some(match signal {
        Signal::Independence => say!("clips-down-independence"),
        Signal::Substance => say!("clips-down-substance"),
        Signal::Unity => say!("clips-down-unity"),
        Signal::Topic => say!("clips-down-topic"),
        Signal::Voice => say!("clips-down-voice"),
        // What it is told for is no fault of a clip.
        Signal::Narrative => return None,
        Signal::Opening
        | Signal::Closing
        | Signal::Body
        | Signal::Hook
        | Signal::Density
        | Signal::Coherence
        | Signal::Pace
        | Signal::Flow
        | Signal::Clarity
        | Signal::Energy
        | Signal::Reaction
        | Signal::Dialogue
        | Signal::Feeling => return None,
    })
}

/// What pulls the whole score down.
fn shortcomings(evidence: &Evidence) -> Vec<String> {
    let less = evidence.signals().into_iter().filter(|(_, value)| *value < WHOLE);
    less.filter_map(|(signal, _)| shortcoming(signal)).collect()
}

/// Score, evidence and wishes of a clip. Of clips that an earlier page suggested only the score is known; a passage of the person's own
/// choice has none, unless it is whole sentences.
fn scored(id: ClipId) -> Memo<Option<(f32, Evidence, Weights)>> {
    let session = session();
    memo(move || {
        session.state.with(|state| {
            let file = state.file.as_ref()?;
            let clip = file.clips.get(id)?;
            Some((clip.claimed_score()?, clip.evidence, file.clips.now().preferences.weights))
        })
    })
}

fn is_known(scored: Option<(f32, Evidence, Weights)>) -> bool {
    scored.is_some_and(|(_, evidence, _)| evidence != Evidence::default())
}

/// The score; pressed, it opens [`ScoreDetails`].
#[component]
pub fn Score(id: ClipId, is_open: RwSignal<bool>) -> impl IntoView {
    let scored = scored(id);
    let score = move || scored.get().map(|(score, ..)| score.round() as i32).unwrap_or_default();
    let is_known = memo(move || is_known(scored.get()));
    let controls = format!("why-{}", id.0);
    let (before, behind) = around!("clips-score", score);
    let (before_why, behind_why) = around!("clips-score-why", score);
    let is_weighed = memo(move || scored.with(Option::is_some));
    view! {
        <Show
            when=move || is_known.get()
            fallback=move || {
                view! {
                    <span class="clip-score" hidden=move || !is_weighed.get() title=say!("clips-score-hint")>
                        <span class="for-readers-only">{before.clone()}</span>
                        {score}
                        <span class="for-readers-only">{behind.clone()}</span>
                    </span>
                }
            }
        >
            <button
                type="button"
                class="clip-score clip-why"
                title=say!("clips-score-hint-press")
                aria-expanded=move || is_open.get().to_string()
                aria-controls=controls.clone()
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                <span class="for-readers-only">{before_why.clone()}</span>
                {score}
                <span class="for-readers-only">{behind_why.clone()}</span>
                <Drawn icon=Icon::Info/>
            </button>
        </Show>
    }
}

/// What the score is made of, beneath everything else that is said of the clip.
#[component]
pub fn ScoreDetails(id: ClipId, is_open: RwSignal<bool>) -> impl IntoView {
    let scored = scored(id);
    let shown = memo(move || scored.get().filter(|_| is_open.get() && is_known(scored.get())));
    view! {
        <div id=format!("why-{}", id.0) class="why" hidden=move || shown.with(Option::is_none)>
            {move || shown.get().map(|(_, evidence, weights)| view! { <Breakdown evidence weights/> })}
        </div>
    }
}

#[component]
fn Breakdown(evidence: Evidence, weights: Weights) -> impl IntoView {
    let session = session();
    let mut parts = evidence.parts(&weights);
    parts.retain(|part| part.points >= LEAST_POINTS);
    let most = parts.first().map_or(1.0, |part| part.points);
    let shortcomings = shortcomings(&evidence);
    let taste = session.verdicts.with(Verdicts::taste).points(&evidence).round() as i32;
    view! {
        <ul class="why-parts" aria-label=say!("clips-why-parts")>
            {parts.into_iter().map(|part| {
                let points = part.points.max(1.0).round();
                let (before, behind) = around!("clips-why-points", points, count = points);
                view! {
                    <li class="why-part">
                        <span class="why-name">{words_for(part.signal)}</span>
                        <span class="why-bar" aria-hidden="true">
                            <span class="why-fill" style:--done=(part.points / most).to_string()></span>
                        </span>
                        <span class="time why-points">
                            <span class="for-readers-only">{before}</span>
                            {points}
                            <span class="for-readers-only">{behind}</span>
                        </span>
                    </li>
                }
            }).listed()}
        </ul>
        {(taste != 0).then(|| view! {
            <p class="why-taste">{say!("clips-why-taste", points = format!("{taste:+}"))}</p>
        })}
        {(!shortcomings.is_empty()).then(|| view! {
            <p class="why-down">{say!("clips-why-down")}</p>
            <ul class="clip-reasons why-shortcomings">
                {shortcomings.into_iter().map(|words| view! { <li>{words}</li> }).listed()}
            </ul>
        })}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_words() {
        for part in Evidence::default().parts(&Weights::default()) {
            assert!(words_for(part.signal).is_some(), "{part:?}");
            assert_eq!(shortcoming(part.signal), None);
        }
    }

    #[test]
    fn points_stand_within_words() {
        let check = |points: f32, expected: (&str, &str)| {
            let (before, behind) = around!("clips-why-points", points, count = points);
            assert_eq!((before.as_str(), behind.as_str()), expected);
        };
        check(1.0, ("", " point"));
        check(12.0, ("", " points"));
        assert_eq!(around!("clips-score-why", score), ("Score ".to_owned(), " of 100, why".to_owned()));
    }

    #[test]
    fn only_what_is_less_than_whole_pulls_down() {
        let whole = Evidence::of(Signal::neutral).with(Signal::Unity, 0.97);
        assert!(shortcomings(&whole).is_empty());
        let half = whole.with(Signal::Unity, 0.5);
        assert_eq!(shortcomings(&half), ["Goes from one topic to another"]);
    }
}
