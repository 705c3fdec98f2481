//! Where the records of a stream end, and what stands between.

/// A boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecordEnd {
    /// The place behind the last byte.
    pub at: usize,
    /// What ends there.
    pub piece: Piece,
}

impl RecordEnd {
    /// The same boundary in bytes that begin `by` earlier.
    pub(crate) fn after(self, by: usize) -> Self {
        Self {
            at: self.at + by,
            ..self
        }
    }
}

/// What stands between two boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A record, or white space.
    Record,
    /// What was to be a record and is none: quotation marks are not closed in it.
    Broken,
    /// What stands around records.
    Nothing,
}
