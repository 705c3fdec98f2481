//! Search for inputs that break something: generators of hostile articles, and what must hold of every answer.
//!
//! A [`Case`] is the input of one [`Stage`]. [`Generator`] makes cases from bytes: pieces of invented articles and every word
//! and phrase that our own sources match on, spliced, cut and disguised. [`check()`] runs the stage and says which rule its
//! answer [broke](Broken). [`attempt()`] does the same and survives a panic. The libFuzzer targets in `fuzz/`, the seeded
//! test of this crate and its binary `hunt` all stand on these three.
//!
//! ```
//! use wirecopy_fuzzing::{Generator, Stage, bytes_of, check};
//!
//! let generator = Generator::new()?;
//! let case = generator.case(Stage::Quotations, &bytes_of(7, 200));
//! assert_eq!(check(&case), Ok(()));
//! # Ok::<(), std::io::Error>(())
//! ```

#![forbid(unsafe_code)]

mod article;
mod attempt;
mod bytes;
mod case;
mod check;
mod disguise;
mod markup;
mod pieces;
mod shrink;

pub use attempt::{Fault, attempt, quiet};
pub use bytes::{Bytes, bytes_of};
pub use case::{Article, Case, Content, Generator, RawFile, Stage};
pub use check::{Broken, check};
pub use shrink::shrink;
