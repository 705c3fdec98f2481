//! Everything that can fail in this crate.

/// An error of the text-reuse engine.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A parameter is outside the range that its type documents.
    #[error("{name} is {value}, but must be {expected}")]
    Parameter {
        /// The parameter's name.
        name: &'static str,
        /// What was given.
        value: String,
        /// What is allowed.
        expected: &'static str,
    },
    /// Two sketches were made with different parameters, so that comparing them means nothing.
    #[error("sketches differ in {name}: {left} and {right}")]
    IncompatibleSketches {
        /// The parameter that differs.
        name: &'static str,
        /// Its value on the left.
        left: String,
        /// Its value on the right.
        right: String,
    },
}
