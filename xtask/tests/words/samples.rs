//! Samples of sources, and what the finder finds in them.

use super::find::{test_modules, words_for_people};
use std::collections::BTreeSet;

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    let classes: BTreeSet<String> =
        ["button", "button-small", "time", "voice-1", "voice-dot"].map(str::to_owned).into();
    let found: Vec<String> =
        words_for_people(source, &classes, &[]).into_iter().map(|found| found.words).collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn whatever_a_view_shows_is_found() {
    check(r#"view! { <p>"Save again"</p> }"#, &["Save again"]);
    check(r#"view! { <p class="time">"saved"</p> }"#, &["saved"]);
    check(r#"view! { <p>Save <b>it</b></p> }"#, &["Save", "it"]);
    check(r#"view! { <Show when=move || is_there()>"Really?"</Show> <br/> "there" }"#, &["Really?", "there"]);
    check(r#"view! { <p>{say!("editor-save")} " now"</p> }"#, &[" now"]);
    check(r#"move || view! { <ul>{items.map(|one| view! { <li>"of"{one}</li> })}</ul> }"#, &["of"]);
    check(r#"view! { <For each=move || all() let(item)><i>"Item"</i></For> }"#, &["Item"]);
    check(r#"view! { <b on:click=move |_| go(a) title="x"/> <kbd>"Ctrl Z"</kbd> }"#, &["Ctrl Z"]);
    check(r#"view! { <kbd>"K"</kbd> " " <i>" · "</i> "Incut" {count} <p>{move || text.get()}</p> }"#, &[]);
}

#[test]
fn labels_are_found_in_whatever_form_they_are_given() {
    check(r#"view! { <button class="button" aria-label="Close"/> }"#, &["Close"]);
    check(r#"view! { <button title=move || undo() + " (Ctrl+Z)" id="undo"/> }"#, &[" (Ctrl+Z)"]);
    check(
        r#"view! { <img alt=format!("of {name}") class=format!("voice-dot voice-{n}")/> }"#,
        &["of {name}"],
    );
    check(r#"view! { <input placeholder=move || { if is_new { "name" } else { "" } }/> }"#, &["name"]);
    check(r#"view! { <button aria-label=say!("common-close") type="button" prop:value=number/> }"#, &[]);
    check(r#"button.set_attribute("aria-label", "Close");"#, &["Close"]);
    check(r#"let title = Act { words: "Save again".into(), ..act };"#, &["Save again"]);
}

#[test]
fn prose_is_found_wherever_it_stands() {
    check(r#"let words = format!("Saved {count}");"#, &["Saved {count}"]);
    check(r#"let words = format!("{count} of {all} clips");"#, &["{count} of {all} clips"]);
    check(r#"match step { Step::Undone => "undone again", _ => "" }"#, &["undone again"]);
    check(r#"match style { Style::Bold => "Bold", Style::Plate => "plate" }"#, &["Bold"]);
    check(r#"const DONE: &str = "done.";"#, &["done."]);
    check(r##"let words = r#"She said "no" again"#;"##, &[r#"She said "no" again"#]);
    check("let words = \"one line \\\n   and another\";", &["one line     and another"]);
    check(r#"speak("schließen"); speak("閉じる");"#, &["schließen", "閉じる"]);
    check(r#"log::warn!("not for people"); tell("Told aloud to them");"#, &["Told aloud to them"]);
    // A block within an argument is not the argument.
    check(r#"run(internal(|| { tell("for people") }));"#, &["for people"]);
}

#[test]
fn what_machines_and_programmers_read_is_left_alone() {
    check(r#"#[error("the file {0} is damaged")] Damaged(String),"#, &[]);
    check(r#"#![expect(clippy::unwrap_used, reason = "a test that failed")]"#, &[]);
    check("/// Not for \"all people\" here.\nfn f() {} // \"nor here\"", &[]);
    check(r#"Err(Failure::internal(format!("no clip {id:?}")))"#, &[]);
    check(r#"js_sys::Error::new("the canvas is gone"); panic!("that cannot be"); b"RIFF of WAVE";"#, &[]);
    check(r#"let list = Act::new("button button-small", "voice-dot voice-{n}");"#, &[]);
    check(r#"focus("button, input[type=text], #menu > .time"); channel("incut projects");"#, &[]);
    check(r#"path("M4 7h9 M17 7h3"); key("Escape"); field("avg_logprob"); format!("{at:.3} s")"#, &[]);
    check(r#"#[cfg(test)] mod tests { fn f() { tell("for people") } }"#, &[]);
    check(r#"say!("editor-save", name = "some name"); around!("page-left", name);"#, &[]);
}

#[test]
fn files_for_tests_are_known_by_their_declaration() {
    let source = r#"
        mod told;
        #[cfg(test)]
        mod tests;
        #[cfg(any(test, feature = "fixtures"))]
        pub mod fixtures;
        #[cfg(not(test))]
        mod real;
        #[cfg(test)]
        mod inner { }
    "#;
    assert_eq!(test_modules(source), ["tests", "fixtures"]);
}

#[test]
fn a_find_names_its_line() {
    let found = words_for_people("fn f() {\n}\nconst A: &str = \"two words\";", &BTreeSet::new(), &[]);
    assert_eq!(found.iter().map(|found| found.line).collect::<Vec<_>>(), [3]);
}
