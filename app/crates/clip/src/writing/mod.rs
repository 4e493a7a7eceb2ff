//! What a small language model is asked to write about a clip, whether its answer may be shown, and what is shown instead.
//! A model never has the last word: what the speaker did not say is refused. Refuses to know the model itself.

mod check;
mod clause;
mod clean;
mod hashtags;
mod number;
mod passage;
mod piece;
mod prompt;
mod quotation;
mod rejection;
mod rules;
mod terms;
mod token;
mod vocabulary;
mod write;

pub use check::check;
pub(crate) use hashtags::keyphrase_of;
pub use hashtags::{chapter_title, keywords};
pub use passage::Passage;
pub use piece::{Author, Authors, Piece, Refused, Written};
pub use prompt::{Prompt, ask, compare};
pub use rejection::Rejection;
pub use rules::{candidates, fallback};
pub use write::{by_rules, write, write_title};

#[cfg(test)]
mod tests;
