//! Small stand-ins for documents, by which similar ones find one another.

mod fingerprints;

pub use fingerprints::{Fingerprinter, Fingerprints, Place};
