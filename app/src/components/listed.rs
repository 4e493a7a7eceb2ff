//! Views of a list, whatever they are of one type: what puts lists into the page, and takes them out, is then in it once.

use leptos::prelude::*;

pub trait Listed {
    fn listed(self) -> Vec<AnyView>;
}

impl<V: IntoView + 'static, I: IntoIterator<Item = V>> Listed for I {
    fn listed(self) -> Vec<AnyView> {
        self.into_iter().map(IntoAny::into_any).collect()
    }
}
