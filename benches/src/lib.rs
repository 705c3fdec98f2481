//! Benchmarks: corpora with known copies, and what is measured on them.

#![forbid(unsafe_code)]

pub mod corpus;
