//! All sketches of a run, and which documents they bring together.

use hashbrown::HashMap;
use wirecopy_core::DocId;
use wirecopy_core::radix::{Entry, groups, sort_by_key};

use super::sketch::{Head, Sketches};

/// Parts that shingles are dealt to by hash. Each is sorted on its own, by any thread, beside scratch of its own size: a
/// sixteenth of all.
pub const PARTS: usize = 16;

/// Documents that may share a shingle for all their pairs to meet. Above, each meets the one before it in the input, so
/// that meetings stay linear; the engine compares the members of a large family with the one to be kept afterwards.
const ALL_PAIRS: usize = 12;

/// Shingles that more documents share are formulas, unless a document consists of them: see [`HOT_SHARE`].
const MOST_DOCUMENTS: usize = 512;

/// Share of the smaller document's sampled shingles that a pair must share if it meets in shingles of more than
/// [`MOST_DOCUMENTS`] documents. Two copies of a story with a tenth of the words changed in each share half.
const HOT_SHARE: f64 = 0.2;

/// Shared sampled shingles that make a pair worth reading: fewer than three are chance in news.
const FEWEST_SHARED: u32 = 3;

/// Share of the smaller document's sampled shingles that must be shared.
const SMALLEST_SHARE: f64 = 0.04;

/// The sketches of all documents, in input order. 24 to 32 bytes a document and eight a sampled shingle: about two bytes
/// for five of text.
#[derive(Debug, Default)]
pub struct Collection {
    heads: Vec<Head>,
    first_of: HashMap<u128, u32>,
    /// For a document that says the same as an earlier one: that one.
    equals: Vec<Option<DocId>>,
    parts: [Vec<Vec<Entry>>; PARTS],
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

/// Pairs that met in one part, one entry a meeting, in no order: the smaller number in the high half.
#[derive(Clone, Debug, Default)]
pub struct Meetings {
    rare: Vec<u64>,
    /// Through shingles of more than [`MOST_DOCUMENTS`] documents.
    hot: Vec<u64>,
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

    /// Adds a batch behind those that came before. O(shingles).
    ///
    /// # Panics
    /// When there are 2^32 - 1 documents or more.
    pub fn push(&mut self, batch: Sketches) {
        let base = u32::try_from(self.heads.len()).expect("a run holds fewer than 2^32 documents");
        for (number, head) in (base..).zip(&batch.heads) {
            let first = match self.collapse {
                Collapse::EqualTexts if head.is_compared => {
                    *self.first_of.entry(head.key).or_insert(number)
                }
                _ => number,
            };
            self.equals
                .push((first != number).then(|| DocId::new(first as usize)));
        }
        let own = |entry: &Entry| self.equals[(base + entry.payload()) as usize].is_none();
        for (part, prints) in self.parts.iter_mut().zip(batch.prints) {
            let kept = prints.iter().filter(|entry| own(entry));
            let mut piece = Vec::with_capacity(prints.len());
            piece.extend(kept.map(|entry| Entry::new(entry.key(), base + entry.payload())));
            part.push(piece);
        }
        self.heads.extend(batch.heads);
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

    /// Takes the parts out, to be worked on in any order. The collection keeps everything else.
    #[must_use]
    pub fn take_parts(&mut self) -> Vec<Vec<Vec<Entry>>> {
        self.first_of = HashMap::new();
        self.parts.iter_mut().map(std::mem::take).collect()
    }

    /// Whether a document has words enough to be compared.
    #[must_use]
    pub fn is_compared(&self, document: DocId) -> bool {
        self.heads[document.index()].is_compared
    }

    /// The meetings of one part. O(shingles), whatever is shared by how many.
    #[must_use]
    pub fn part(pieces: Vec<Vec<Entry>>) -> Meetings {
        let mut entries: Vec<Entry> = Vec::with_capacity(pieces.iter().map(Vec::len).sum());
        pieces.into_iter().for_each(|piece| entries.extend(piece));
        sort_by_key(&mut entries, &mut Vec::new());
        entries.dedup();
        let mut meetings = Meetings::default();
        for group in groups(&entries).filter(|group| group.len() > 1) {
            meetings.add(group);
        }
        meetings
    }

    /// Pairs that are worth reading, ascending. O(meetings log meetings).
    #[must_use]
    pub fn candidates(&self, parts: Vec<Meetings>) -> Vec<(DocId, DocId)> {
        let mut rare: Vec<u64> = Vec::with_capacity(parts.iter().map(|part| part.rare.len()).sum());
        let mut hot: Vec<u64> = Vec::with_capacity(parts.iter().map(|part| part.hot.len()).sum());
        for part in parts {
            rare.extend(part.rare);
            hot.extend(part.hot);
        }
        let mut pairs = self.worth_reading_of(rare, SMALLEST_SHARE);
        let known = pairs.len();
        pairs.extend(self.worth_reading_of(hot, HOT_SHARE));
        if pairs.len() > known {
            pairs.sort_unstable();
            pairs.dedup();
        }
        pairs
    }

    fn worth_reading_of(&self, mut met: Vec<u64>, least_share: f64) -> Vec<(DocId, DocId)> {
        met.sort_unstable();
        let runs = met.chunk_by(|left, right| left == right);
        runs.filter_map(|run| self.worth_reading(run, least_share))
            .collect()
    }

    fn worth_reading(&self, run: &[u64], least_share: f64) -> Option<(DocId, DocId)> {
        let (a, b) = ((run[0] >> 32) as usize, (run[0] & 0xffff_ffff) as usize);
        let fewest = self.heads[a].prints.min(self.heads[b].prints);
        let shared = run.len() as u32;
        let few = shared < FEWEST_SHARED.min(1 + fewest / 4);
        let little = f64::from(shared) < least_share * f64::from(fewest);
        (!few && !little).then(|| (DocId::new(a), DocId::new(b)))
    }
}

impl Meetings {
    /// Adds the meetings of the documents that share one shingle.
    fn add(&mut self, group: &[Entry]) {
        let met = if group.len() <= MOST_DOCUMENTS {
            &mut self.rare
        } else {
            &mut self.hot
        };
        let at_once = if group.len() <= ALL_PAIRS {
            group.len()
        } else {
            1
        };
        for (i, one) in group.iter().enumerate().skip(1) {
            let partners = &group[i.saturating_sub(at_once)..i];
            met.extend(
                partners
                    .iter()
                    .map(|other| pack(other.payload(), one.payload())),
            );
        }
    }
}

/// Documents come by ascending number, so `earlier` is the smaller one.
fn pack(earlier: u32, later: u32) -> u64 {
    (u64::from(earlier) << 32) | u64::from(later)
}
