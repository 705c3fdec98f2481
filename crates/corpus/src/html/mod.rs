//! Pages: their main text, and what they say about themselves, each value with where it stood and how far to trust it.
//!
//! [`PageMetadata::read`] is a linear pass of our own over the tags and never fails. For the main text, the page becomes a
//! tree of our own (`tree`), what is not shown is taken off it (`aside`), a library (cargo feature `html`) is asked where
//! the story is (`library`), and the text is written from our tree (`story`, `text`). Before the library runs, the page is
//! measured (`limits`), because a page can be built to take such libraries hours, or the whole stack.

mod aside;
mod consent;
mod element;
mod entities;
mod extract;
mod library;
mod limits;
mod metadata;
mod names;
mod story;
mod tags;
mod text;
mod tree;
mod words;

pub use metadata::{PageKind, PageMetadata};

pub(crate) use entities::unescape;
pub(crate) use extract::{Extracted, declared_encoding, field_text, page_text, without_nuls};
