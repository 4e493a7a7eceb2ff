//! What is there while a condition holds: Leptos's own component of that name, but in the page once and not once for each condition.

use leptos::children::{ChildrenFn, ViewFn};
use leptos::either::Either;
use leptos::prelude::*;

/// `fallback` is there otherwise.
#[component(transparent)]
pub fn Show<W: Fn() -> bool + Send + Sync + 'static>(
    when: W,
    children: ChildrenFn,
    #[prop(optional, into)] fallback: ViewFn,
) -> impl IntoView {
    either(Box::new(when), children, fallback)
}

fn either(when: Box<dyn Fn() -> bool + Send + Sync>, children: ChildrenFn, fallback: ViewFn) -> AnyView {
    let holds = ArcMemo::new(move |_| when());
    let shown = move || match holds.get() {
        true => Either::Left(children()),
        false => Either::Right(fallback.run()),
    };
    shown.into_any()
}
