//! All sketches of a run, and what is known of each document.

use hashbrown::HashMap;
use wirecopy_core::DocId;

use super::meet::Need;
use super::sketch::{Head, Sketches};

/// The sketches of all documents, in input order. Some 80 bytes a document and eight a sampled shingle: about a quarter of the
/// text.
#[derive(Debug, Default)]
pub struct Collection {
    heads: Vec<Head>,
    first_of: HashMap<u128, u32>,
    /// For a document that says the same as an earlier one: that one.
    equals: Vec<Option<DocId>>,
    batches: Vec<Placed>,
    collapse: Collapse,
}

/// Whether documents that say the same count as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Collapse {
    /// They do: only the first is compared with others.
    #[default]
    EqualTexts,
    /// They do not, because some of them must not be compared: each meets its equals like any others.
    Never,
}

/// A batch and the number of its first document.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) first: u32,
    pub(super) sketches: Sketches,
}

impl Collection {
    /// An empty collection.
    #[must_use]
    pub fn new(collapse: Collapse) -> Self {
        Self {
            collapse,
            ..Self::default()
        }
    }

    /// Adds a batch behind those that came before. O(documents), and O(entries) of a batch in which a document says the
    /// same as an earlier one.
    ///
    /// # Panics
    /// When there are 2^32 - 1 documents or more.
    pub fn push(&mut self, mut batch: Sketches) {
        let base = u32::try_from(self.heads.len()).expect("a run holds fewer than 2^32 documents");
        let mut any_equal = false;
        for (number, head) in (base..).zip(&batch.heads) {
            let first = match self.collapse {
                Collapse::EqualTexts if head.is_compared => {
                    *self.first_of.entry(head.key).or_insert(number)
                }
                _ => number,
            };
            any_equal |= first != number;
            self.equals
                .push((first != number).then(|| DocId::new(first as usize)));
        }
        self.heads.append(&mut batch.heads);
        if any_equal {
            batch.retain(|place| self.equals[(base + place) as usize].is_none());
        }
        self.batches.push(Placed {
            first: base,
            sketches: batch,
        });
    }

    /// Number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is no document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Words of a document.
    #[must_use]
    pub fn words(&self, document: DocId) -> u32 {
        self.heads[document.index()].tokens
    }

    /// The first document with the same folded text, where that is another one.
    #[must_use]
    pub fn equal_to(&self, document: DocId) -> Option<DocId> {
        self.equals[document.index()]
    }

    /// Whether a document has words enough to be compared.
    #[must_use]
    pub fn is_compared(&self, document: DocId) -> bool {
        self.heads[document.index()].is_compared
    }

    /// Takes the entries out. The collection keeps everything else.
    pub(super) fn take_batches(&mut self) -> Vec<Placed> {
        self.first_of = HashMap::new();
        std::mem::take(&mut self.batches)
    }

    /// How many shared shingles make a pair with each document worth reading.
    pub(super) fn needs(&self) -> Vec<Need> {
        self.heads
            .iter()
            .map(|head| Need::of(head.prints))
            .collect()
    }
}
