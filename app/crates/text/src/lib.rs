//! All words that Incut says to people, in every language of its page: messages of Project Fluent, one folder of `locales/` per
//! language and one file in it per room of the page. Code names a message with [`say!`]; that each is there in all languages, with the
//! same arguments, and that none is left over, is what `tests/` holds. Knows no page; of what the words are
//! about it knows the kinds of others that it has words for.

mod given;
mod language;
mod messages;
mod number;
mod rooms;
mod speaker;
mod words;

pub mod failure;
pub mod media;
pub mod reasons;

pub use given::Given;
pub use language::Language;
pub use number::decimal;
pub use rooms::source;
pub use speaker::speaker;
pub use words::{around, english, in_english, language, say, use_language};

/// The message `id` in the language in use, with its arguments by name: `say!("clips-count", count = 3)`.
#[macro_export]
macro_rules! say {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::say($id, &[$((stringify!($name), $crate::Given::from($value))),*])
    };
}

/// The words before and behind the one argument that the page shows as an element of its own, say a name in bold:
/// `around!("expected-choose", name)` for `Choose { $name } again`. Further arguments follow it.
#[macro_export]
macro_rules! around {
    ($id:literal, $shown:ident $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::around($id, stringify!($shown), &[$((stringify!($name), $crate::Given::from($value))),*])
    };
}
