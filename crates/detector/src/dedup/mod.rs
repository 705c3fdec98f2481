//! The fast batch job: which documents of a large pile are copies of which, in bounded memory a document.
//!
//! **First** each document becomes a [`Sketches`] entry: the key of its folded text and a sample of its four-word
//! shingles, eight bytes each; its text is let go. **Then** [`Collection`] brings together documents that share sampled
//! shingles which few others have. **Last** each such pair is read again and compared word by word ([`Verifier`]): no
//! edge rests on an estimate. [`Selection`] says from the edges which documents to keep. In families too
//! large for all pairs, members are compared with the one to be kept in a few more rounds.
//!
//! [`Engine`] runs these over any source of texts, as maps over batches, parts and pairs; nothing here reads files.

mod candidates;
mod choose;
mod collect;
mod engine;
mod losses;
mod min_shared;
mod refinement;
mod sketch;
mod tile;
mod verify;
mod worker;

pub use crate::in_memory::{InMemory, dedup};
pub use choose::{Order, Preference, Selection, Verdict, choose};
pub use collect::Collection;
pub use engine::{Decision, Documents, Engine, Reloaded};
pub use sketch::{Sketcher, Sketches};
pub use verify::{Comparison, Edge, Side, Verifier, WordOrder};
