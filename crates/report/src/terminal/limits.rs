//! How much is shown.

/// Columns that a headline takes beside an id.
pub(crate) const CAPTION_COLUMNS: usize = 44;

/// How much of each list is shown. What is left out is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) families: usize,
    pub(crate) members: usize,
    pub(crate) open_links: usize,
    pub(crate) pairs: usize,
    pub(crate) passages: usize,
    pub(crate) evidence: usize,
    pub(crate) groups: usize,
    pub(crate) rivals: usize,
    pub(crate) errors: usize,
}

/// Up to this many documents a reader wants to see everything at once.
const FEW_DOCUMENTS: u64 = 60;

impl Limits {
    pub(crate) fn summary(documents: u64) -> Self {
        let few = Self {
            families: 20,
            members: 40,
            open_links: 6,
            pairs: 6,
            passages: 4,
            evidence: 1,
            groups: 10,
            rivals: 12,
            errors: 20,
        };
        match documents {
            0..=FEW_DOCUMENTS => few,
            _ => Self {
                families: 8,
                members: 8,
                open_links: 2,
                pairs: 1,
                passages: 2,
                groups: 6,
                rivals: 6,
                errors: 10,
                ..few
            },
        }
    }

    pub(crate) const fn lineage() -> Self {
        Self {
            families: usize::MAX,
            members: usize::MAX,
            open_links: usize::MAX,
            pairs: 0,
            passages: 0,
            evidence: 3,
            groups: 0,
            rivals: 0,
            errors: 0,
        }
    }
}
