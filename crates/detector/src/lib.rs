//! The way of an article through all stages, and what needs the whole of it: relation, families, `dedup`.
//!
//! [`Detector`] runs over a pile of documents and gives [`Findings`](wirecopy_findings::Findings). [`dedup`] finds
//! near-duplicates alone, at the speed of reading.

#![forbid(unsafe_code)]

pub mod dedup;
pub mod error;
pub mod family;
mod in_memory;
pub mod isolation;
pub mod options;
pub mod relation;
mod scan;
mod scratch_pool;

pub use error::Error;
pub use in_memory::detect;
pub use scan::{Detector, Input, Observer, Record, Role, Run, Silent, Sink, Stage};
