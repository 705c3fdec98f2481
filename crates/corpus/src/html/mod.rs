//! Pages: their main text, and what they say about themselves, each value with where it stood and how far to trust it.
//!
//! [`PageMetadata::read`] is a linear pass of our own over the tags and never fails. The main text is found by a library
//! (cargo feature `html`); before it runs, the page is measured, because a page can be built to take such libraries
//! hours, or the whole stack.

mod extract;
mod metadata;
mod tags;

pub use metadata::{PageKind, PageMetadata};

pub(crate) use extract::{Extracted, declared_encoding, field_text, page_text};
pub(crate) use tags::unescape;
