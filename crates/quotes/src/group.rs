//! The same utterance at several places: variants, fragments and translations of one quotation.
//!
//! [`group`] reads the quotations from the longest to the shortest, and hangs each on the best longer one that holds
//! it (equal ones of one speaker on the first of them), so that every group is a tree from fragments to one root and a fragment never ties two roots together. The
//! measure is the weight of the shorter one's words that the longer one has, in order (for anybody) or in any order
//! (for the same speaker, whose words may have been translated). Candidates come from postings of the rarest stems.

use super::bag_of_words::QuoteIn;

use super::QuoteForm;
use super::bag_of_words::{Bag, Bags, Voices, same_speaker};

/// Rarest stems of a quotation that candidates are looked up by.
const KEYS: usize = 6;
/// Entries of a posting list that are looked at, from its newest end: bounds the work for a stem that very many share.
const POSTINGS: usize = 48;
/// Candidates that are aligned.
const ALIGNED: usize = 12;
/// Weighted share of the shorter one's words that must be found in order in the longer one.
const IN_ORDER: f64 = 0.55;
/// As above, when the speakers differ: only the same words, misattributed, do that.
const IN_ORDER_OTHER: f64 = 0.8;
/// Weighted share in any order that suffices when the speakers are the same (translations keep about half of it).
const ANY_ORDER: f64 = 0.45;
/// As above within one document, where one speaker's sentences share their topic's words.
const ANY_ORDER_WITHIN: f64 = 0.75;
/// Words up to which a fragment needs the same speaker and [`FRAGMENT_CONTENT`].
const FRAGMENT: usize = 3;
/// Different content words that a fragment needs: everybody says `no` and `it is`.
const FRAGMENT_CONTENT: usize = 2;
/// Spellings of a speaker that are counted in one group.
const MAX_NAMES: usize = 64;
/// Weight that two content words must have, each, for a fragment of them to join without a speaker.
const TELLING: f64 = 0.6;

/// Quotations of one utterance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteGroup {
    /// Places in the input, ascending; at least two.
    pub members: Vec<usize>,
    /// The speaker that most members name, as most of them write it.
    pub speaker: Option<String>,
    /// Whether members differ in more than length and punctuation.
    pub altered: bool,
}

/// Brings the variants of each utterance together. Groups of two or more, by first member; the same input gives the
/// same groups. O(n · (stems + candidates · words²)) with the candidates of a quotation bounded.
#[must_use]
pub fn group(quotes: &[QuoteIn<'_>]) -> Vec<QuoteGroup> {
    let index = QuoteIndex::new(quotes);
    let mut scratch = ParentScratch::default();
    let parents: Vec<Option<usize>> = (0..quotes.len())
        .map(|i| index.parent(i, &mut scratch))
        .collect();
    index.groups(quotes, &parents)
}

/// Rank of a quotation that is not grouped.
const UNRANKED: u32 = u32::MAX;

/// Quotations made ready for grouping: [`QuoteIndex::parent`] of each may be asked in any order and by any worker, and
/// [`QuoteIndex::groups`] turns the answers into groups. [`group`] does both in turn.
pub struct QuoteIndex {
    bags: Bags,
    /// Of those that say enough to be grouped, the first of each text and speaker, from the longest to the shortest.
    order: Vec<u32>,
    /// Place of each quotation in `order`, or [`UNRANKED`].
    rank: Vec<u32>,
    /// Ranks of the quotations that hold each stem, ascending.
    postings: Vec<Vec<u32>>,
}

/// Memory of one worker, reused from quotation to quotation.
#[derive(Clone, Debug, Default)]
pub struct ParentScratch {
    keys: Vec<u32>,
    met: Vec<(u32, f64)>,
    shared: Shared,
    table: Vec<f64>,
}

/// Which stems of one quotation another one has.
#[derive(Clone, Debug, Default)]
struct Shared {
    /// For each stem of the one, in the order of its words, its place among the distinct ones.
    places: Vec<u8>,
    /// For each of the distinct ones, whether the other has it.
    held: Vec<bool>,
}

impl Shared {
    /// Makes ready for `part`.
    fn begin(&mut self, part: &Bag) {
        let place = |stem| {
            let place = part.sorted.partition_point(|other| other < stem);
            u8::try_from(place).expect("a bag has fewer than 256 words")
        };
        self.places.clear();
        self.places.extend(part.stems.iter().map(place));
    }

    /// Asks which stems of the part `whole` has, too. Both are ascending. O(stems of both).
    fn find(&mut self, part: &[u32], mut whole: &[u32]) {
        self.held.clear();
        self.held.extend(part.iter().map(|stem| {
            let before = whole.iter().take_while(|other| *other < stem).count();
            whole = &whole[before..];
            whole.first() == Some(stem)
        }));
    }

    /// Whether the whole has each word of the part, in its order.
    fn by_word(&self) -> impl Iterator<Item = bool> + '_ {
        self.places
            .iter()
            .map(|&place| self.held[usize::from(place)])
    }
}

impl QuoteIndex {
    /// Reads the quotations. O(words).
    #[must_use]
    pub fn new(quotes: &[QuoteIn<'_>]) -> Self {
        let bags = Bags::read(quotes);
        let grouped = |&i: &u32| {
            bags.first[i as usize] == i
                && quotes[i as usize].form != QuoteForm::Title
                && says_enough(&bags, i as usize)
        };
        let count = u32::try_from(quotes.len()).expect("quotations fit 32 bits");
        let mut order: Vec<u32> = (0..count).filter(grouped).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(bags.of(i as usize).stems.len()), i));
        let mut rank = vec![UNRANKED; quotes.len()];
        let mut postings = vec![Vec::new(); bags.weights.len()];
        for (place, &i) in (0_u32..).zip(&order) {
            rank[i as usize] = place;
            let bag = &bags.of(i as usize);
            let short = bag.stems.len() <= FRAGMENT;
            for &stem in &bag.sorted {
                if bags.content[stem as usize] || short {
                    postings[stem as usize].push(place);
                }
            }
        }
        Self {
            bags,
            order,
            rank,
            postings,
        }
    }

    /// The first quotation that is equal to quotation `i`, if it is an earlier one and says enough for both to be one utterance;
    /// else the longer one that holds it best, if any does. Bounded work: see [`KEYS`] and its kin.
    ///
    /// # Panics
    /// When there is no quotation `i`.
    #[must_use]
    pub fn parent(&self, i: usize, scratch: &mut ParentScratch) -> Option<usize> {
        let first = self.bags.first[i] as usize;
        if self.rank[first] == UNRANKED {
            return None;
        }
        scratch.shared.begin(self.bags.of(first));
        let ParentScratch { shared, table, .. } = scratch;
        if first != i && self.score(first, first, (shared, table)) > 0.0 {
            return Some(first);
        }
        self.collect_candidates(first, scratch);
        let ParentScratch {
            met, shared, table, ..
        } = scratch;
        let mut best: Option<(f64, usize)> = None;
        for &(place, _) in met.iter() {
            let candidate = self.order[place as usize] as usize;
            let score = self.score(first, candidate, (shared, table));
            if score > 0.0 && best.is_none_or(|b| score > b.0) {
                best = Some((score, candidate));
            }
        }
        best.map(|b| b.1)
    }

    /// Groups from the parent of each quotation. O(n).
    #[must_use]
    pub fn groups(&self, quotes: &[QuoteIn<'_>], parents: &[Option<usize>]) -> Vec<QuoteGroup> {
        let mut root: Vec<usize> = (0..quotes.len()).collect();
        // Longer ones first, and those that are equal to one of them last.
        let equal = (0..quotes.len()).filter(|&i| self.bags.first[i] as usize != i);
        let distinct = self.order.iter().map(|&i| i as usize);
        for i in distinct.chain(equal) {
            if let Some(parent) = parents[i] {
                root[i] = root[parent];
            }
        }
        collect(quotes, &self.bags, &root)
    }

    /// Leaves in `scratch.met` the ranks of the longer quotations that share most with quotation `i` (with the weight
    /// shared), the best first.
    fn collect_candidates(&self, i: usize, scratch: &mut ParentScratch) {
        let weights = &self.bags.weights;
        let ParentScratch { keys, met, .. } = scratch;
        keys.clone_from(&self.bags.of(i).sorted);
        keys.sort_by(|&a, &b| {
            weights[b as usize]
                .total_cmp(&weights[a as usize])
                .then(a.cmp(&b))
        });
        met.clear();
        for &key in keys.iter().take(KEYS) {
            let holders = &self.postings[key as usize];
            let longer = holders.partition_point(|&place| place < self.rank[i]);
            let newest = &holders[longer.saturating_sub(POSTINGS)..longer];
            met.extend(newest.iter().map(|&place| (place, weights[key as usize])));
        }
        met.sort_by_key(|c| c.0);
        met.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        let number = |place: u32| self.order[place as usize];
        let better = |a: &(u32, f64), b: &(u32, f64)| {
            b.1.total_cmp(&a.1).then(number(a.0).cmp(&number(b.0)))
        };
        if met.len() > ALIGNED {
            met.select_nth_unstable_by(ALIGNED, better);
            met.truncate(ALIGNED);
        }
        met.sort_unstable_by(better);
    }

    /// How well the longer quotation `whole` holds `part`; 0 when they are not variants of one utterance.
    fn score(
        &self,
        part: usize,
        whole: usize,
        (shared, table): (&mut Shared, &mut Vec<f64>),
    ) -> f64 {
        let (a, b) = (&self.bags.of(part), &self.bags.of(whole));
        let same_speaker = same_speaker(a, b);
        shared.find(&a.sorted, &b.sorted);
        // Equal words have equal stems.
        let exact = shared.held.iter().all(|&held| held) && holds(&b.words, &a.words);
        if a.stems.len() <= FRAGMENT && same_speaker != Voices::Same {
            let telling = exact && same_speaker == Voices::Unknown && self.is_telling(part);
            return if telling { 1.0 } else { 0.0 };
        }
        if exact && (same_speaker != Voices::Different || a.stems.len() > FRAGMENT + 2) {
            return 2.0 + f64::from(u8::from(same_speaker == Voices::Same));
        }
        let total = self.bags.weight(&a.stems);
        let (any_order, content) = self.overlap(part, shared);
        let within = a.doc == b.doc;
        let bar = if within { ANY_ORDER_WITHIN } else { ANY_ORDER };
        let enough =
            content >= 2 || a.stems.len() <= FRAGMENT && content >= 1 && any_order >= 0.99 * total;
        if same_speaker == Voices::Same && enough && any_order >= bar * total {
            return 1.0 + any_order / total;
        }
        if any_order < IN_ORDER * total || content < 3 {
            return 0.0;
        }
        let in_order = self.in_order(part, whole, (shared, table)) / total;
        let bar = if same_speaker == Voices::Different || within {
            IN_ORDER_OTHER
        } else {
            IN_ORDER
        };
        if in_order >= bar { in_order } else { 0.0 }
    }

    /// Whether a fragment holds two content words that few other quotations have.
    fn is_telling(&self, part: usize) -> bool {
        let telling =
            |&&s: &&u32| self.bags.content[s as usize] && self.bags.weights[s as usize] >= TELLING;
        self.bags.of(part).stems.iter().filter(telling).count() >= 2
    }

    /// Weight of the stems that both have, and the number of distinct ones that are content words.
    fn overlap(&self, part: usize, shared: &Shared) -> (f64, usize) {
        let bag = &self.bags.of(part);
        let mut weight = 0.0;
        for (&stem, held) in bag.stems.iter().zip(shared.by_word()) {
            if held {
                weight += self.bags.weights[stem as usize];
            }
        }
        let distinct = bag.sorted.iter().zip(&shared.held);
        let content = distinct.filter(|&(&stem, &held)| held && self.bags.content[stem as usize]);
        (weight, content.count())
    }

    /// Greatest weight of a common subsequence. Row by row; an entry of the table is the greatest weight up to there, so that
    /// a row changes nothing before its first match, and behind a match no more than what is less than it.
    fn in_order(
        &self,
        part: usize,
        whole: usize,
        (shared, table): (&Shared, &mut Vec<f64>),
    ) -> f64 {
        let (a, b) = (&self.bags.of(part).stems, &self.bags.of(whole).stems);
        table.clear();
        table.resize(b.len() + 1, 0.0);
        let held = a.iter().zip(shared.by_word());
        for (&x, _) in held.filter(|(_, held)| *held) {
            let weight = self.bags.weights[x as usize];
            // From the end, so that what stands before a match is of the row above.
            let mut left = b.len();
            while let Some(j) = b[..left].iter().rposition(|&y| y == x) {
                let best = table[j] + weight;
                let less = table[j + 1..].iter_mut().take_while(|held| **held < best);
                less.for_each(|held| *held = best);
                left = j;
            }
        }
        table[b.len()]
    }
}

/// Whether quotation `i` says enough to be known again elsewhere.
fn says_enough(bags: &Bags, i: usize) -> bool {
    let words = bags.of(i).stems.len();
    words > FRAGMENT || bags.content_words(i) >= FRAGMENT_CONTENT
}

/// Turns the trees into groups.
fn collect(quotes: &[QuoteIn<'_>], bags: &Bags, root: &[usize]) -> Vec<QuoteGroup> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); root.len()];
    for (i, &r) in root.iter().enumerate() {
        members[r].push(i);
    }
    let mut groups: Vec<QuoteGroup> = members
        .into_iter()
        .enumerate()
        .filter(|(_, members)| members.len() >= 2)
        .map(|(r, members)| QuoteGroup {
            speaker: speaker(quotes, &members),
            altered: members
                .iter()
                .any(|&m| !holds(&bags.of(r).words, &bags.of(m).words)),
            members,
        })
        .collect();
    groups.sort_by_key(|g| g.members[0]);
    groups
}

/// The speaker that most members name; ties go to the first.
fn speaker(quotes: &[QuoteIn<'_>], members: &[usize]) -> Option<String> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for name in members.iter().filter_map(|&m| quotes[m].speaker) {
        if let Some(count) = counts.iter_mut().find(|c| c.0 == name) {
            count.1 += 1;
        } else if counts.len() < MAX_NAMES {
            counts.push((name, 1));
        }
    }
    let best = counts
        .iter()
        .enumerate()
        .max_by_key(|(i, c)| (c.1, std::cmp::Reverse(*i)))?;
    Some(best.1.0.to_owned())
}

/// Whether `part` stands in `whole` as it is.
fn holds(whole: &[u32], part: &[u32]) -> bool {
    let Some((first, rest)) = part.split_first() else {
        return true;
    };
    let Some(starts) = whole.len().checked_sub(rest.len()) else {
        return false;
    };
    (0..starts).any(|at| whole[at] == *first && whole[at + 1..at + part.len()] == *rest)
}
