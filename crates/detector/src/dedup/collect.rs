//! All sketches of a run, and what is known of each document.

use super::min_shared::MinShared;
use hashbrown::HashMap;
use wirecopy_text::DocId;

use super::sketch::{DocumentSummary, Sketches};

/// The sketches of all documents, in input order. Some 80 bytes a document and eight a sampled shingle: about a quarter of the
/// text.
#[derive(Debug, Default)]
pub struct Collection {
    heads: Vec<DocumentSummary>,
    first_of: HashMap<u128, u32>,
    /// For a document that says the same as an earlier one: that one.
    equals: Vec<Option<DocId>>,
    /// See [`Collection::break_ties`].
    ties: Vec<u32>,
    batches: Vec<Placed>,
}

/// A batch and the number of its first document.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) first: u32,
    pub(super) sketches: Sketches,
}

/// The documents of each text: those that say the same, under the first of them.
pub(super) struct Equals {
    /// Entry `i + 1`: where the set of the first document `i` begins in `members`.
    ends: Vec<u32>,
    members: Vec<DocId>,
}

/// Documents of one text that are looked at where some must not be compared: a page that stands a thousand times in a
/// pile must not make it a thousand times slower.
const MOST_MEMBERS: usize = 64;

impl Equals {
    /// The documents that say the same as `first`, ascending, itself in front: the first [`MOST_MEMBERS`] of them. None for
    /// a document that says the same as an earlier one.
    pub(super) fn of(&self, first: DocId) -> &[DocId] {
        let start = self.ends[first.index() + 1] as usize;
        let end = self.ends.get(first.index() + 2);
        let end = end.map_or(self.members.len(), |&end| end as usize);
        &self.members[start..end.min(start + MOST_MEMBERS)]
    }

    /// For each of the documents that say the same as `a`, the first of those that say the same as `b` with which it
    /// `may` be compared.
    pub(super) fn collisions(
        &self,
        [a, b]: [DocId; 2],
        may: impl Fn(DocId, DocId) -> bool,
    ) -> impl Iterator<Item = (DocId, DocId)> {
        self.of(a).iter().filter_map(move |&one| {
            let other = self
                .of(b)
                .iter()
                .find(|&&other| other != one && may(one, other))?;
            Some((one, *other))
        })
    }
}

impl Collection {
    /// Adds a batch behind those that came before. O(documents), and O(entries) of a batch in which a document says the
    /// same as an earlier one.
    ///
    /// # Panics
    /// When there are 2^32 - 1 documents or more.
    pub fn push(&mut self, mut batch: Sketches) {
        let base = u32::try_from(self.heads.len()).expect("a run holds fewer than 2^32 documents");
        let mut any_equal = false;
        for (number, head) in (base..).zip(&batch.heads) {
            let first = if head.is_compared {
                *self.first_of.entry(head.key).or_insert(number)
            } else {
                number
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

    /// Says in which order documents go that are alike in all that decides: by name, so that the order of the input makes no
    /// difference. Those whose names differ only behind a `#`, as records without ids do, and all while nobody asked, go
    /// in input order. O(n log n).
    pub(super) fn break_ties<'n>(&mut self, name: impl Fn(DocId) -> &'n str) {
        let stem = |document: usize| {
            let name = name(DocId::new(document));
            name.rsplit_once('#').map_or(name, |(stem, _)| stem)
        };
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|&document| stem(document));
        self.ties = vec![0; order.len()];
        for (rank, document) in (0..).zip(order) {
            self.ties[document] = rank;
        }
    }

    /// The place of a document in the order that breaks ties.
    pub(super) fn tie(&self, document: usize) -> u32 {
        self.ties.get(document).copied().unwrap_or(document as u32)
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

    /// The documents by what they say. O(documents).
    pub(super) fn equals(&self) -> Equals {
        let first = |document: usize| self.equals[document].map_or(document, DocId::index);
        let mut ends = vec![0; self.len() + 1];
        (0..self.len()).for_each(|document| ends[first(document) + 1] += 1);
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        // Filling them from the back leaves each end where its set begins, and the members ascending.
        let mut members = vec![DocId::new(0); self.len()];
        for document in (0..self.len()).rev() {
            let end = &mut ends[first(document) + 1];
            *end -= 1;
            members[*end as usize] = DocId::new(document);
        }
        Equals { ends, members }
    }

    /// For each document its place in an order that goes by what the documents say: that of the keys of their texts; equal
    /// texts keep the input order. O(n log n).
    pub(super) fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<(u128, u32)> = (0..)
            .zip(&self.heads)
            .map(|(n, head)| (head.key, n))
            .collect();
        order.sort_unstable();
        let mut ranks = vec![0; order.len()];
        for (rank, (_, document)) in (0..).zip(order) {
            ranks[document as usize] = rank;
        }
        ranks
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
    pub(super) fn needs(&self) -> Vec<MinShared> {
        self.heads
            .iter()
            .map(|head| MinShared::of(head.fingerprints))
            .collect()
    }
}
