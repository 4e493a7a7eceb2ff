//! The domain of Incut: transcript, selection, captions, edit, project document, the page–engine protocol, and the
//! two long loops (analyze, export) written over ports.
//! Refuses to know the browser, codecs and models: those come in through [`port`].

pub mod edit;
pub mod frame;
pub mod port;
pub mod protocol;
pub mod transcript;
