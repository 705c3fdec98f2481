//! What is special to news: quotations, boilerplate, relations, families and lineage of articles.
//!
//! The engine of `wirecopy_core` knows tokens; this crate knows what a headline, a speaker and a wire credit are. It
//! does no input or output.

#![forbid(unsafe_code)]

mod agencies;
pub mod article;
pub mod blocks;
pub mod boilerplate;
mod credit;
pub mod date;
pub mod dedup;
pub mod detector;
pub mod error;
pub mod family;
pub mod findings;
pub mod isolation;
pub mod language;
pub mod lineage;
mod lines;
pub mod marks;
pub mod options;
mod pool;
pub mod quote;
pub mod relation;
pub mod site;

pub use error::Error;
