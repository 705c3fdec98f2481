//! Fingerprint to documents: an inverted index built by sorting one column.

use super::window_score::{Local, SharedPosting};
use crate::sketch::Fingerprints;
use wirecopy_text::DocId;

/// Two documents that share enough bits to be aligned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedPair {
    /// The smaller id.
    pub a: DocId,
    /// The larger id.
    pub b: DocId,
    /// Bits of the distinct words of `a` under shared fingerprints.
    pub bits: f32,
}

/// A fingerprint of words in a row that stands in more documents than [`PostingCaps::max_documents`].
#[derive(Clone, Debug, PartialEq)]
pub struct SharedKey {
    /// The fingerprint.
    pub key: u64,
    /// Bits that it is worth.
    pub bits: f32,
    /// Words in a row that it covers.
    pub len: u32,
    /// Documents that hold it, ascending, with the first token of its first occurrence there.
    pub documents: Vec<(DocId, u32)>,
}

/// What the postings found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidates {
    /// By (a, b), each pair once.
    pub pairs: Vec<SharedPair>,
    /// Fingerprints of very many documents, by smallest document and then by key.
    pub groups: Vec<SharedKey>,
}

/// Limits that keep the result linear in the input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PostingCaps {
    /// A fingerprint in more documents than this pairs each of them with the one of smallest id only, and is listed
    /// in [`Candidates::groups`] when it is one of words in a row.
    pub max_documents: usize,
    /// Of those, fingerprints worth fewer bits are formulas and pair nothing.
    pub min_group_bits: f32,
}

impl Default for PostingCaps {
    /// 32 documents a fingerprint (496 pairs); 16 bits is three or four content words in a row.
    fn default() -> Self {
        Self {
            max_documents: 32,
            min_group_bits: 16.0,
        }
    }
}

/// One fingerprint of one document. `place` packs the first token (23 bits, saturating), the length (3 bits) and
/// the bits (6 bits, whole bits rounded down, saturating): evidence needs no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: u64,
    document: u32,
    place: u32,
}

impl Entry {
    fn token(&self) -> u32 {
        self.place >> 9
    }

    fn len(&self) -> u32 {
        self.place >> 6 & 7
    }

    fn bits(&self) -> u32 {
        self.place & 63
    }
}

/// The inverted index of one batch.
#[derive(Clone, Debug, Default)]
pub struct Postings {
    entries: Vec<Entry>,
}

impl Postings {
    /// Adds a document. Each id is added once. O(fingerprints).
    pub fn push(&mut self, document: DocId, fingerprints: &Fingerprints) {
        let id = document.index() as u32;
        let places = fingerprints.places();
        self.entries
            .extend(fingerprints.keys().iter().zip(places).map(|(&key, place)| {
                let bits = place.bits.clamp(0.0, 63.0) as u32;
                let packed =
                    place.token.min(0x7f_ffff) << 9 | u32::from(place.len.min(7)) << 6 | bits;
                Entry {
                    key,
                    document: id,
                    place: packed,
                }
            }));
    }

    /// Forgets the fingerprints of the documents for which `keeps` does not hold. O(fingerprints).
    pub fn retain(&mut self, keeps: impl Fn(DocId) -> bool) {
        self.entries
            .retain(|entry| keeps(DocId::new(entry.document as usize)));
    }

    /// Gives each document another number: entry `i` of `numbers` is that of document `i`. O(fingerprints).
    ///
    /// # Panics
    /// When a document that was added has no entry.
    pub fn renumber(&mut self, numbers: &[DocId]) {
        for entry in &mut self.entries {
            entry.document = numbers[entry.document as usize].index() as u32;
        }
    }

    /// Number of fingerprints added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The pairs that share at least `min_bits`, and the fingerprints that too many documents share.
    /// O(n log n + shared entries × `max_documents`).
    #[must_use]
    pub fn finish(self, min_bits: f32, caps: PostingCaps) -> Candidates {
        let met = self.deal(1).into_iter().map(|part| part.meet(caps));
        let meetings = Matches::gather(met.collect(), 1);
        let pairs = meetings.parts.into_iter().map(|part| part.pairs(min_bits));
        Candidates {
            pairs: pairs.flatten().collect(),
            groups: meetings.groups,
        }
    }

    /// Deals the fingerprints to so many parts by key, for workers: [`PostingPart::meet`] of each, then
    /// [`Matches::gather`], then [`MeetingPart::pairs`] of each are what [`Postings::finish`] does. O(n).
    ///
    /// # Panics
    /// When `parts` is 0.
    #[must_use]
    pub fn deal(self, parts: usize) -> Vec<PostingPart> {
        assert!(parts > 0, "there is a part at least");
        let documents = 1 + self.entries.iter().map(|e| e.document).max().unwrap_or(0);
        let part = |entries| PostingPart { entries, documents };
        if parts == 1 {
            return vec![part(self.entries)];
        }
        let mut dealt = vec![Vec::with_capacity(self.entries.len() / parts); parts];
        for entry in self.entries {
            let to = ((u128::from(spread(entry.key)) * parts as u128) >> u64::BITS) as usize;
            dealt[to].push(entry);
        }
        dealt.into_iter().map(part).collect()
    }
}

/// Of winnowed keys, the upper bits are small; of these, they are not.
fn spread(key: u64) -> u64 {
    key.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The entries of some keys, all of each.
#[derive(Clone, Debug)]
pub struct PostingPart {
    entries: Vec<Entry>,
    /// Number of documents in all parts.
    documents: u32,
}

impl PostingPart {
    /// What the documents share under the keys of this part.
    /// O(n log n + shared entries × `max_documents`).
    #[must_use]
    pub fn meet(mut self, caps: PostingCaps) -> PartMatches {
        self.drop_singles();
        self.entries.sort_unstable();
        let mut met = PartMatches::default();
        let mut holders = Vec::new();
        for run in self.entries.chunk_by(|x, y| x.key == y.key) {
            if run[0].document == run[run.len() - 1].document {
                continue;
            }
            holders.clear();
            holders.extend_from_slice(run);
            holders.dedup_by_key(|e| e.document);
            let bits = evidence(holders[0].bits() as f32, holders.len(), self.documents);
            if holders.len() <= caps.max_documents {
                all_pairs(&holders, bits, &mut met.hits);
            } else if holders[0].bits() as f32 >= caps.min_group_bits {
                star(&holders, bits, &mut met.hits);
                if holders[0].len() > 0 {
                    met.groups.push(group(&holders));
                }
            }
        }
        met
    }

    /// Drops most entries whose key stands once: they pair nothing, and to sort them would cost more. Keys are counted by
    /// a hash, which another key may have, too. O(n).
    fn drop_singles(&mut self) {
        let bits = (2 * self.entries.len())
            .next_power_of_two()
            .trailing_zeros();
        // The upper bits say which part this is.
        let place = |entry: &Entry| spread(entry.key.rotate_left(32)) >> (u64::BITS - bits);
        let place = |entry: &Entry| place(entry) as usize;
        let mut seen = vec![false; 1 << bits];
        let mut again = vec![false; 1 << bits];
        for entry in &self.entries {
            let place = place(entry);
            again[place] |= seen[place];
            seen[place] = true;
        }
        self.entries.retain(|entry| again[place(entry)]);
    }
}

/// What documents share under some of the keys.
#[derive(Clone, Debug, Default)]
pub struct PartMatches {
    hits: Vec<SharedPosting>,
    groups: Vec<SharedKey>,
}

/// What documents share under all keys, dealt to parts by pair.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    /// Every pair is in one part, and the pairs of a part stand before those of the next.
    pub parts: Vec<MeetingPart>,
    /// Fingerprints of very many documents, by smallest document and then by key.
    pub groups: Vec<SharedKey>,
}

impl Matches {
    /// Gathers what the parts of all keys found, and deals it to about so many parts of like size. O(shared entries).
    ///
    /// # Panics
    /// When `parts` is 0.
    #[must_use]
    pub fn gather(met: Vec<PartMatches>, parts: usize) -> Self {
        assert!(parts > 0, "there is a part at least");
        let mut groups: Vec<SharedKey> = Vec::new();
        let mut sizes: Vec<usize> = Vec::new();
        for hit in met.iter().flat_map(|met| &met.hits) {
            let first = hit.documents().0.index();
            if first >= sizes.len() {
                sizes.resize(first + 1, 0);
            }
            sizes[first] += 1;
        }
        let room = sizes.iter().sum::<usize>() / parts + 1;
        let mut sum = 0;
        let part_of: Vec<usize> = sizes
            .iter()
            .map(|size| {
                sum += size;
                (sum - size) / room
            })
            .collect();
        let mut dealt = vec![MeetingPart::default(); parts];
        for met in met {
            groups.extend(met.groups);
            for hit in met.hits {
                dealt[part_of[hit.documents().0.index()]].hits.push(hit);
            }
        }
        groups.sort_by_key(|g| (g.documents[0], g.key));
        Self {
            parts: dealt,
            groups,
        }
    }
}

/// What the pairs of some documents share.
#[derive(Clone, Debug, Default)]
pub struct MeetingPart {
    hits: Vec<SharedPosting>,
}

impl MeetingPart {
    /// The pairs that share at least `min_bits`, by (a, b). O(n log n).
    #[must_use]
    pub fn pairs(mut self, min_bits: f32) -> Vec<SharedPair> {
        pairs(&mut self.hits, min_bits)
    }
}

/// Documents that the background table was counted over, as far as it weighs against the corpus at hand.
const BACKGROUND_DOCUMENTS: f32 = 4096.0;

/// Bits that sharing a key is worth to two of the `holders` documents of a corpus of `documents` that have it, by how
/// many others have it too: the share of documents is that of the background table (`bits`), drawn towards the
/// corpus at hand as far as the corpus is large (the mean of a gamma prior's posterior).
fn evidence(bits: f32, holders: usize, documents: u32) -> f32 {
    let expected = BACKGROUND_DOCUMENTS * libm::exp2f(-bits);
    let others = (holders - 2) as f32;
    let share = (others + expected) / (documents as f32 + BACKGROUND_DOCUMENTS);
    bits.min(-libm::log2f(share))
}

fn all_pairs(holders: &[Entry], bits: f32, hits: &mut Vec<SharedPosting>) {
    for (at, x) in holders.iter().enumerate() {
        hits.extend(holders[at + 1..].iter().map(|y| hit(x, y, bits)));
    }
}

fn star(holders: &[Entry], bits: f32, hits: &mut Vec<SharedPosting>) {
    hits.extend(holders[1..].iter().map(|y| hit(&holders[0], y, bits)));
}

fn hit(x: &Entry, y: &Entry, bits: f32) -> SharedPosting {
    SharedPosting::new(
        (x.document, y.document),
        (x.token(), y.token()),
        x.len(),
        bits,
    )
}

fn group(holders: &[Entry]) -> SharedKey {
    SharedKey {
        key: holders[0].key,
        bits: holders[0].bits() as f32,
        len: holders[0].len(),
        documents: holders
            .iter()
            .map(|e| (DocId::new(e.document as usize), e.token()))
            .collect(),
    }
}

fn pairs(hits: &mut [SharedPosting], min_bits: f32) -> Vec<SharedPair> {
    hits.sort_unstable();
    let mut pairs = Vec::new();
    let mut local = Local::default();
    for run in hits.chunk_by(|x, y| x.pair == y.pair) {
        let bits = local.bits(run);
        if bits >= min_bits {
            let (a, b) = run[0].documents();
            pairs.push(SharedPair { a, b, bits });
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::{AlignOptions, Aligner, AnalysedText, TextView};
    use crate::sketch::Fingerprinter;
    use wirecopy_text::ByteSpan;
    use wirecopy_text::{Language, TermCache};

    fn candidates(texts: &[&str], caps: PostingCaps) -> Candidates {
        postings(texts).finish(12.0, caps)
    }

    fn postings(texts: &[&str]) -> Postings {
        let aligner = Aligner::new(AlignOptions::default()).unwrap();
        let mut postings = Postings::default();
        let (mut prepared, mut prints) = (AnalysedText::default(), Fingerprints::default());
        for (at, text) in texts.iter().enumerate() {
            let body = [ByteSpan::new(0, text.len())];
            aligner.prepare(
                &TextView {
                    text,
                    body: &body,
                    quotes: &[],
                    language: Language::English,
                },
                &mut TermCache::default(),
                &mut prepared,
            );
            Fingerprinter::default().fingerprints(&prepared, &mut prints);
            postings.push(DocId::new(at), &prints);
        }
        postings
    }

    const SHARED: &str = "The ferry captain blamed a broken rudder for drifting onto the sandbank near the lighthouse.";

    #[test]
    fn documents_that_share_a_sentence_are_a_pair() {
        let other =
            "Nobody at the orchard expected frost before the cherry harvest was over this week.";
        let found = candidates(&[SHARED, other, SHARED], PostingCaps::default());
        assert_eq!(found.pairs.len(), 1);
        assert_eq!((found.pairs[0].a.index(), found.pairs[0].b.index()), (0, 2));
        assert!(found.pairs[0].bits > 30.0);
    }

    #[test]
    fn parts_together_find_what_one_finds() {
        let texts = [
            SHARED,
            SHARED,
            "A cherry harvest was lost to frost near the lighthouse this week.",
            SHARED,
        ];
        let postings = postings(&texts);
        let caps = PostingCaps::default();
        let whole = postings.clone().finish(3.0, caps);
        assert!(whole.pairs.len() >= 3);
        let met = postings.deal(3).into_iter().map(|part| part.meet(caps));
        let meetings = Matches::gather(met.collect(), 2);
        let pairs = meetings.parts.into_iter().flat_map(|part| part.pairs(3.0));
        assert_eq!(pairs.collect::<Vec<_>>(), whole.pairs);
        assert_eq!(meetings.groups, whole.groups);
    }

    #[test]
    fn a_sentence_in_very_many_documents_is_a_star_and_a_group() {
        let caps = PostingCaps {
            max_documents: 3,
            min_group_bits: 10.0,
        };
        let found = candidates(&[SHARED; 6], caps);
        assert_eq!(
            found.pairs.iter().map(|p| p.a.index()).collect::<Vec<_>>(),
            [0; 5]
        );
        assert!(found.groups.iter().all(|g| g.documents.len() == 6));
        assert!(!found.groups.is_empty());
    }
}
