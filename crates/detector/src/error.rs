//! Everything that can fail in this crate.

/// An error of the news engine.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A setting of the text-reuse engine is out of its range.
    #[error("a setting is out of its range")]
    Engine(#[from] wirecopy_core::Error),
}
