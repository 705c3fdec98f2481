//! A document and what its text says of itself: dates, sites, outlets and agencies, credits, language, damage.
//!
//! These are the readings that boilerplate, quotations and lineage share, so that one article has one dateline and one
//! credit whoever asks. Nothing here compares two documents.

#![forbid(unsafe_code)]

pub mod agencies;
pub mod credit;
pub mod damage;
pub mod date;
pub mod document;
pub mod language;
pub mod lines;
pub mod outlets;
pub mod page_metadata;
pub mod shortcodes;
pub mod site;

pub use document::{DocKey, Document, TextOrigin};
