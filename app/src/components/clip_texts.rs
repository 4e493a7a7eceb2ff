//! What was written about the clip in the editor: title, hook, summary, post and hashtags, who wrote each, and ways to use them.

use super::copying;
use super::icon::{Drawn, Icon};
use super::listed::Listed;
use super::transport::Transport;
use crate::reactive::memo;
use crate::session::session;
use crate::state::jobs::Kind;
use clip::writing::{Author, Written};
use leptos::prelude::*;
use text::say;

/// One text of a clip, as it is shown.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    /// Also part of ids.
    name: &'static str,
    title: String,
    /// What the button says that copies it.
    copy: String,
    text: String,
    by: Author,
}

/// Those that say something.
fn shown(written: &Written) -> Vec<Shown> {
    let piece = |name, title, copy, text: &str, by| Shown { name, title, copy, text: text.to_owned(), by };
    let by = &written.by;
    let mut pieces = vec![
        piece("title", say!("editor-texts-title"), say!("editor-texts-copy-title"), &written.title, by.title),
        piece("hook", say!("editor-texts-hook"), say!("editor-texts-copy-hook"), &written.hook, by.hook),
        piece(
            "summary",
            say!("editor-texts-summary"),
            say!("editor-texts-copy-summary"),
            &written.summary,
            by.summary,
        ),
        piece("post", say!("editor-texts-post"), say!("editor-texts-copy-post"), &written.post, by.post),
        piece(
            "hashtags",
            say!("editor-texts-hashtags"),
            say!("editor-texts-copy-hashtags"),
            &written.hashtags.join(" "),
            by.hashtags,
        ),
    ];
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// What there is to say of how it was written.
fn notes(written: &Written) -> Vec<String> {
    let untrue = written.refused.iter().filter(|refused| refused.rejection.is_untrue()).count();
    let trouble = written.trouble.as_ref();
    let mut notes = vec![
        refused_words(untrue),
        unfit_words(written.refused.len() - untrue),
        trouble
            .map(|why| say!("editor-texts-stopped", why = text::failure::message(why)))
            .unwrap_or_default(),
    ];
    notes.retain(|note| !note.is_empty());
    notes
}

/// Who wrote a piece, in plain words.
fn author_words(by: Author) -> String {
    match by {
        Author::Model => say!("editor-texts-by-model"),
        Author::Choice => say!("editor-texts-by-choice"),
        Author::Rules => say!("editor-texts-by-rules"),
    }
}

/// That answers were left out; empty where none was.
fn refused_words(count: usize) -> String {
    if count == 0 { String::new() } else { say!("editor-texts-refused", count = count) }
}

/// The same of answers that only did not fit their place.
fn unfit_words(count: usize) -> String {
    if count == 0 { String::new() } else { say!("editor-texts-unfit", count = count) }
}

#[component]
pub fn ClipTexts(transport: Transport) -> impl IntoView {
    let session = session();
    let written = memo(move || {
        session.state.with(|state| {
            let file = state.file.as_ref()?;
            file.texts.of(file.clips.get(state.chosen?)?).cloned()
        })
    });
    let pieces = memo(move || written.with(|written| written.as_ref().map(shown).unwrap_or_default()));
    let notes = move || written.with(|written| written.as_ref().map(notes).unwrap_or_default());
    let is_written = memo(move || written.with(Option::is_some));
    let may_write = memo(move || session.may_write());
    let is_running = memo(move || session.state.with(|state| state.jobs.runs(Kind::is_writing)));
    let words = move || match (is_running.get(), is_written.get()) {
        (true, _) => say!("editor-texts-writing"),
        (false, true) => say!("editor-texts-rewrite"),
        (false, false) => say!("editor-texts-write"),
    };
    view! {
        <details class="matters texts" id="clip-texts">
            <summary>{say!("editor-texts")}</summary>
            <div class="texts-body">
                {move || pieces.get().into_iter().map(|piece| view! { <Piece piece transport/> }).listed()}
                {move || {
                    notes().into_iter().map(|note| view! { <p class="field-note written-note">{note}</p> }).listed()
                }}
                <button
                    type="button"
                    id="write-clip"
                    class="button button-small"
                    disabled=move || !may_write.get()
                    on:click=move |_| {
                        if let Some(id) = transport.clip.with_untracked(|clip| clip.as_ref().map(|clip| clip.id)) {
                            session.write(&[id]);
                        }
                    }
                >
                    <Drawn icon=Icon::Pencil/>
                    {words}
                </button>
            </div>
        </details>
    }
}

#[component]
fn Piece(piece: Shown, transport: Transport) -> impl IntoView {
    let session = session();
    let told = RwSignal::new(String::new());
    let Shown { name, title, copy, text, by } = piece;
    let (copied, used) = (text.clone(), text.clone());
    let use_as_title = (name == "title").then(|| {
        view! {
            <button
                type="button"
                id="use-title"
                class="button button-small"
                on:click=move |_| {
                    if let Some(id) = transport.clip.with_untracked(|clip| clip.as_ref().map(|clip| clip.id)) {
                        session.edit_clip(id, |clip, _| clip.title.clone_from(&used));
                        copying::tell(told, say!("editor-texts-used"));
                    }
                }
            >
                {say!("editor-texts-use-title")}
            </button>
        }
    });
    view! {
        <div class="text-piece" role="group" aria-label=title>
            <p class="text-head">
                <span class="field-label">{title.clone()}</span>
                <span class="field-note" id=format!("author-{name}")>{author_words(by)}</span>
            </p>
            <p class="text-words" dir="auto" id=format!("written-{name}")>{text}</p>
            <div class="downloads">
                <button
                    type="button"
                    id=format!("copy-{name}")
                    class="button button-small"
                    aria-label=copy
                    on:click=move |_| copying::copy(copied.clone(), told)
                >
                    <Drawn icon=Icon::Copy/>
                    {say!("common-copy")}
                </button>
                {use_as_title}
                <span class="field-note" role="status">{told}</span>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clip::writing::{Authors, Piece, Refused, Rejection};

    #[test]
    fn says_what_there_is_and_who_wrote_it() {
        let check = |written: Written, names: &[&str], said: &[&str]| {
            let shown: Vec<_> = shown(&written).into_iter().map(|piece| piece.name).collect();
            assert_eq!(shown, names);
            assert_eq!(notes(&written), said);
        };
        check(Written::default(), &[], &[]);
        let refused = Refused { piece: Piece::Title, answer: "No.".into(), rejection: Rejection::NotQuoted };
        let written = Written {
            title: "Ask".into(),
            hashtags: vec!["#ask".into(), "#more".into()],
            by: Authors { title: Author::Model, ..Authors::default() },
            refused: vec![refused.clone(), Refused { rejection: Rejection::Unfinished, ..refused }],
            ..Written::default()
        };
        assert_eq!(shown(&written)[1].text, "#ask #more");
        check(
            written,
            &["title", "hashtags"],
            &[
                "1 draft did not match the transcript and was dropped.",
                "1 draft was unfinished or too long and was dropped.",
            ],
        );
    }

    #[test]
    fn says_how_many_were_refused() {
        let check = |count, expected: &str| assert_eq!(refused_words(count), expected);
        check(0, "");
        check(1, "1 draft did not match the transcript and was dropped.");
        check(3, "3 drafts did not match the transcript and were dropped.");
    }
}
