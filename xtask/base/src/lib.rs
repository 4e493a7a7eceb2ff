//! What the developer's programs have in common: how a command fails, how other programs are run, where the models lie and how they
//! come there. It depends on next to nothing, so that `cargo xtask` is compiled soon.

pub mod failure;
pub mod models;
pub mod shell;
