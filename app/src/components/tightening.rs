//! A clip said in less time: its pauses made shorter, and the words that only fill time cut out. What would go is said before it goes, and
//! comes back by a press. Where pauses are is `project::pauses`' matter, what fills time `clip::fillers`'.

use super::act::{Act, act};
use super::choices::choice;
use super::icon::Icon;
use super::show::Show;
use super::transport::Transport;
use crate::format;
use crate::reactive::memo;
use crate::session::{Session, session};
use clip::fillers;
use clip::timeline::{SourceRange, Timeline};
use clip::transcript::WordId;
use leptos::prelude::*;
use media::time::{Instant, Span};
use project::cut::{Change, cut};
use project::pauses;
use project::pauses::{Pace, as_they_were, shortened, without};
use project::project::Project;
use text::{decimal, say};

/// What could go now.
#[derive(Debug, Clone, PartialEq, Default)]
struct Found {
    pauses: Vec<SourceRange>,
    fillers: Vec<WordId>,
    /// The fillers as they were said.
    said: String,
    /// Whether pauses were made shorter already.
    is_shorter: bool,
}

impl Found {
    fn of(file: &Project, timeline: &Timeline, pace: Pace) -> Self {
        let transcript = file.transcript();
        let fillers = fillers::found(timeline, transcript);
        let said = transcript.numbered_words().filter(|(id, _)| fillers.contains(id));
        let mut words: Vec<&str> = Vec::new();
        for (_, word) in said {
            let bare = word.spoken().trim_matches(|letter: char| !letter.is_alphanumeric());
            if !words.iter().any(|other| other.eq_ignore_ascii_case(bare)) {
                words.push(bare);
            }
        }
        Self {
            pauses: shortened(timeline, transcript, &file.waveform, pace),
            said: words.join(", "),
            fillers,
            is_shorter: as_they_were(timeline, transcript) != *timeline,
        }
    }

    fn gain(&self) -> Span {
        self.pauses.iter().fold(Span::ZERO, |sum, pause| sum + pause.duration())
    }
}

#[component]
pub fn Tightening(transport: Transport) -> impl IntoView {
    let session = session();
    let clip = transport.clip;
    let pace = RwSignal::new(Pace::NATURAL);
    let timeline = memo(move || clip.with(|clip| clip.as_ref().map(|clip| clip.timeline.clone())));
    let edition = memo(move || session.edition());
    let sound = memo(move || {
        session.state.with(|state| state.file.as_ref().map(|file| file.waveform.edition).unwrap_or_default())
    });
    let found = memo(move || {
        edition.get();
        sound.get();
        let pace = pace.get();
        timeline.with(|timeline| {
            let timeline = timeline.as_ref()?;
            session
                .state
                .with_untracked(|state| Some(Found::of(&state.file.as_ref()?.project, timeline, pace)))
        })
    });
    let with = move |ask: fn(&Found) -> bool| move || found.with(|found| found.as_ref().is_some_and(ask));
    let told = move || {
        found.with(|found| {
            let found = found.as_ref()?;
            Some(match found.pauses.len() {
                0 => say!("editor-pauses-none", seconds = decimal(pace.get().longest.seconds(), 1)),
                count => {
                    let seconds = decimal(found.gain().seconds(), 1);
                    say!("editor-pauses-found", count = count, seconds = seconds)
                }
            })
        })
    };
    let choose = move |value: Pace, words: String| {
        choice("pace", words, move || pace.get() == value, move || pace.set(value))
    };
    let shorten = Act {
        id: Some("shorten-pauses"),
        is_busy: Signal::derive(move || !with(|found| !found.pauses.is_empty())()),
        ..Act::new(
            "button button-small",
            Icon::Scissors,
            say!("editor-pauses-shorten"),
            Callback::new(move |_| shorten(session, found.get_untracked())),
        )
    };
    let back = Act {
        id: Some("pauses-back"),
        is_busy: Signal::derive(move || !with(|found| found.is_shorter)()),
        ..Act::new(
            "button button-small",
            Icon::Restore,
            say!("editor-pauses-back"),
            Callback::new(move |_| bring_back(session)),
        )
    };
    let fillers = move || {
        let (count, said) =
            found.with(|found| found.as_ref().map(|found| (found.fillers.len(), found.said.clone())))?;
        let cut = Act {
            id: Some("cut-fillers"),
            ..Act::new(
                "button button-small",
                Icon::Scissors,
                say!("editor-fillers-cut"),
                Callback::new(move |_| cut_fillers(session, found.get_untracked())),
            )
        };
        Some(view! {
            <div class="words-acts">
                {act(cut)}
                <p class="field-note" id="fillers-note">{say!("editor-fillers", count = count, words = said)}</p>
            </div>
        })
    };
    let has_words = memo(move || {
        edition.get();
        session
            .state
            .with_untracked(|state| state.file.as_ref().is_some_and(|file| file.transcript().has_words()))
    });
    view! {
        <Show when=move || has_words.get()>
            <fieldset class="field field-set" id="pauses" aria-describedby="pauses-note">
                <legend class="field-label">{say!("editor-pauses")}</legend>
                <div class="choices">
                    {choose(Pace::NATURAL, say!("editor-pauses-natural"))}
                    {choose(Pace::TIGHT, say!("editor-pauses-tight"))}
                    {choose(Pace::FAST, say!("editor-pauses-fast"))}
                </div>
                <div class="words-acts">
                    {act(shorten.clone())} {act(back.clone())}
                    <p class="field-note" id="pauses-note">{told}</p>
                </div>
                <Show when=with(|found| !found.fillers.is_empty())>{fillers}</Show>
            </fieldset>
        </Show>
    }
}

/// One step, told with the length that is left.
fn change(session: Session, timeline: Timeline, told: impl FnOnce(String) -> String) {
    let Some(id) = session.chosen() else { return };
    let length = format::position(Instant::ZERO + timeline.duration());
    session.edit_clip(id, |clip, _| clip.timeline = timeline);
    if session.may_change() {
        session.tell_edit(&told(length));
    }
}

fn timeline_of(session: Session) -> Option<Timeline> {
    let id = session.chosen()?;
    session.state.with_untracked(|state| Some(state.file.as_ref()?.clips.get(id)?.timeline.clone()))
}

fn shorten(session: Session, found: Option<Found>) {
    let (Some(found), Some(timeline)) = (found, timeline_of(session)) else { return };
    let count = found.pauses.len();
    change(session, without(&timeline, &found.pauses), |length| {
        say!("editor-told-pauses", count = count, length = length)
    });
}

fn bring_back(session: Session) {
    let Some(timeline) = timeline_of(session) else { return };
    let back = session.state.with_untracked(|state| {
        state.file.as_ref().map(|file| pauses::as_they_were(&timeline, file.transcript()))
    });
    if let Some(back) = back {
        change(session, back, |length| say!("editor-told-pauses-back", length = length));
    }
}

/// From the last one on: a cut moves nothing before it.
fn cut_fillers(session: Session, found: Option<Found>) {
    let (Some(found), Some(timeline)) = (found, timeline_of(session)) else { return };
    let rest = session.state.with_untracked(|state| {
        let transcript = state.file.as_ref()?.transcript();
        let without = |timeline: Timeline, id: &WordId| match cut(&timeline, transcript, &(*id..=*id)) {
            Ok(Some(Change { timeline, .. })) => timeline,
            // The clip would be too short without it.
            _ => timeline,
        };
        Some(found.fillers.iter().rev().fold(timeline, without))
    });
    if let Some(rest) = rest {
        change(session, rest, |length| say!("editor-told-cut", words = found.said, length = length));
    }
}
