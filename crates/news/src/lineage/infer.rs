//! The best-supported copy edges of one family.

use super::{FamilyPair, Lineage, MemberFacts};

/// Settings of [`infer`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineageOptions {
    /// Direction probability from which on an edge is directed.
    pub directed_from: f64,
}

impl Default for LineageOptions {
    fn default() -> Self {
        Self { directed_from: 0.7 }
    }
}

/// The lineage of one family (or of one document alone, with no pairs).
#[must_use]
pub fn infer(
    _members: &[MemberFacts<'_>],
    _pairs: &[FamilyPair<'_>],
    _options: &LineageOptions,
) -> Lineage {
    Lineage::default()
}
