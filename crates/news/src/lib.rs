//! What is special to news: quotations, boilerplate, relations, families and lineage of articles.
//!
//! The engine of `wirecopy_core` knows tokens; this crate knows what a headline, a speaker and a wire credit are. It
//! does no input or output.

#![forbid(unsafe_code)]

pub mod detector;
pub mod family;
pub mod findings;
pub mod lineage;
pub mod options;
pub mod language;
pub mod quote;
pub mod relation;
pub mod article;
pub mod blocks;
pub mod boilerplate;
pub mod findings;
pub mod marks;
pub mod site;
