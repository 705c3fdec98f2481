//! The fast batch job: which documents of a large pile are copies of which, in bounded memory a document.
//!
//! **First** each document becomes a [`Sketches`] entry: the key of its folded text and a sample of its three-word
//! shingles, eight bytes each; its text is let go. **Then** [`Collection`] brings together documents that share sampled
//! shingles which few others have. **Last** each such pair is read again and compared word by word ([`Verifier`]): no
//! edge rests on an estimate. [`Choice`] says from the edges which documents to keep.
//!
//! Nothing here reads files or starts threads: the caller maps [`Sketcher`] over documents, [`Collection::part`] over
//! parts and [`Verifier`] over pairs.

mod choose;
mod collect;
mod sketch;
mod tile;
mod verify;

pub use choose::{Choice, Preference, Verdict, choose};
pub use collect::{Collection, Meetings, PARTS};
pub use sketch::{Sketcher, Sketches};
pub use verify::{Comparison, Edge, Verifier};
