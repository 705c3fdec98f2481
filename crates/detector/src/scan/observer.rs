//! Watching a run, and stopping it.

/// A part of the run that takes time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Reading, tokenising, sketching. Units: documents.
    Read,
    /// Bringing equal fingerprints together. Units: none.
    Candidates,
    /// Aligning candidate pairs. Units: pairs.
    Align,
    /// Boilerplate counted over the corpus. Units: documents.
    Boilerplate,
    /// Relations, families, quotations and lineage. Units: none.
    Lineage,
}

/// Told how a run goes. All methods may be called from any worker.
pub trait Observer: Sync {
    /// A stage begins; `total` units lie ahead, where that is known.
    fn begin(&self, stage: Stage, total: Option<u64>);

    /// `units` more are done.
    fn advance(&self, units: u64);

    /// Whether to leave out the pairs that were not compared yet, and finish with those that were. The findings are
    /// then incomplete.
    fn stop_comparing(&self) -> bool {
        false
    }
}

/// Watches nothing and never stops a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Observer for Silent {
    fn begin(&self, _stage: Stage, _total: Option<u64>) {}

    fn advance(&self, _units: u64) {}
}
