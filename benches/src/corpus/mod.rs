//! Corpora with known copies: base texts, the ways in which copies differ from them, and the truth about both.

mod alter;
mod base;
mod build;
mod insert;
mod random;

pub use alter::CopyClass;
pub use base::{BaseText, invented, replicate};
pub use build::{Corpus, InjectedCopy, RivalPair, Truth, build};
pub use insert::{InsertedPassage, Rewrite, insert_passages};
pub use random::Random;
