//! The same utterance at several places: variants, fragments and translations of one quotation.
//!
//! [`group`] reads the quotations from the longest to the shortest, and hangs each on the best longer one that holds
//! it, so that every group is a tree from fragments to one root and a fragment never ties two roots together. The
//! measure is the weight of the shorter one's words that the longer one has, in order (for anybody) or in any order
//! (for the same speaker, whose words may have been translated). Candidates come from postings of the rarest stems.

use wirecopy_core::DocId;

use super::QuoteForm;
use super::bag::{Bags, Voices, voices};

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

/// One quotation to be grouped.
#[derive(Clone, Copy, Debug)]
pub struct QuoteIn<'t> {
    /// Where it stands.
    pub doc: DocId,
    /// The words inside the marks.
    pub text: &'t str,
    /// Who said it.
    pub speaker: Option<&'t str>,
    /// Who passed it on.
    pub relayed_by: Option<&'t str>,
    /// What it is; titles are not grouped.
    pub form: QuoteForm,
}

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
    let bags = Bags::read(quotes);
    let mut order: Vec<usize> = (0..quotes.len())
        .filter(|&i| says_enough(&bags, i))
        .collect();
    order.retain(|&i| quotes[i].form != QuoteForm::Title);
    order.sort_by_key(|&i| (std::cmp::Reverse(bags.quotes[i].stems.len()), i));
    let mut root: Vec<usize> = (0..quotes.len()).collect();
    let mut finder = Finder::new(&bags);
    for i in order {
        if let Some(parent) = finder.parent(i) {
            root[i] = root[parent];
        }
        finder.add(i);
    }
    collect(quotes, &bags, &root)
}

/// Whether quotation `i` says enough to be known again elsewhere.
fn says_enough(bags: &Bags, i: usize) -> bool {
    let words = bags.quotes[i].stems.len();
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
                .any(|&m| !holds(&bags.quotes[r].words, &bags.quotes[m].words)),
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
    part.is_empty() || whole.windows(part.len()).any(|w| w == part)
}

/// Finds the best longer quotation for each.
struct Finder<'b> {
    bags: &'b Bags,
    postings: Vec<Vec<u32>>,
    /// Weight shared with the quotation at hand, by earlier quotation.
    shared: Vec<f64>,
    /// Which of `shared` are in use.
    touched: Vec<u32>,
    table: Vec<f64>,
}

impl<'b> Finder<'b> {
    fn new(bags: &'b Bags) -> Self {
        let postings = vec![Vec::new(); bags.weights.len()];
        Self {
            bags,
            postings,
            shared: vec![0.0; bags.quotes.len()],
            touched: Vec::new(),
            table: Vec::new(),
        }
    }

    /// Distinct stems of quotation `i`, rarest first.
    fn keys(&self, i: usize) -> Vec<u32> {
        let mut keys = self.bags.quotes[i].sorted.clone();
        keys.sort_by(|&a, &b| {
            self.bags.weights[b as usize]
                .total_cmp(&self.bags.weights[a as usize])
                .then(a.cmp(&b))
        });
        keys
    }

    fn add(&mut self, i: usize) {
        let short = self.bags.quotes[i].stems.len() <= FRAGMENT;
        for &key in &self.bags.quotes[i].sorted {
            if self.bags.content[key as usize] || short {
                self.postings[key as usize].push(i as u32);
            }
        }
    }

    /// The best of the quotations added so far that holds quotation `i`.
    fn parent(&mut self, i: usize) -> Option<usize> {
        for key in self.keys(i).into_iter().take(KEYS) {
            let weight = self.bags.weights[key as usize];
            for &other in self.postings[key as usize].iter().rev().take(POSTINGS) {
                if self.shared[other as usize] == 0.0 {
                    self.touched.push(other);
                }
                self.shared[other as usize] += weight;
            }
        }
        let mut candidates: Vec<(u32, f64)> = self
            .touched
            .drain(..)
            .map(|c| (c, self.shared[c as usize]))
            .collect();
        candidates
            .iter()
            .for_each(|c| self.shared[c.0 as usize] = 0.0);
        let by_weight = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if candidates.len() > ALIGNED {
            candidates.select_nth_unstable_by(ALIGNED, by_weight);
            candidates.truncate(ALIGNED);
        }
        candidates.sort_unstable_by(by_weight);
        let mut best: Option<(f64, usize)> = None;
        for (candidate, _) in candidates {
            let score = self.score(i, candidate as usize);
            if score > 0.0 && best.is_none_or(|b| score > b.0) {
                best = Some((score, candidate as usize));
            }
        }
        best.map(|b| b.1)
    }

    /// How well the longer quotation `whole` holds `part`; 0 when they are not variants of one utterance.
    fn score(&mut self, part: usize, whole: usize) -> f64 {
        let (a, b) = (&self.bags.quotes[part], &self.bags.quotes[whole]);
        let voices = voices(a, b);
        let exact = holds(&b.words, &a.words);
        if a.stems.len() <= FRAGMENT && voices != Voices::Same {
            let telling = exact && voices == Voices::Unknown && self.is_telling(part);
            return if telling { 1.0 } else { 0.0 };
        }
        if exact && (voices != Voices::Different || a.stems.len() > FRAGMENT + 2) {
            return 2.0 + f64::from(u8::from(voices == Voices::Same));
        }
        let total = self.bags.weight(&a.stems);
        let (any_order, content) = self.overlap(part, whole);
        let within = a.doc == b.doc;
        let bar = if within { ANY_ORDER_WITHIN } else { ANY_ORDER };
        let enough =
            content >= 2 || a.stems.len() <= FRAGMENT && content >= 1 && any_order >= 0.99 * total;
        if voices == Voices::Same && enough && any_order >= bar * total {
            return 1.0 + any_order / total;
        }
        if any_order < IN_ORDER * total || content < 3 {
            return 0.0;
        }
        let in_order = self.in_order(part, whole) / total;
        let bar = if voices == Voices::Different || within {
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
        self.bags.quotes[part].stems.iter().filter(telling).count() >= 2
    }

    /// Weight and number of the distinct stems that both have; the number counts content words only.
    fn overlap(&self, part: usize, whole: usize) -> (f64, usize) {
        let (a, free) = (
            &self.bags.quotes[part].stems,
            &self.bags.quotes[whole].sorted,
        );
        let mut weight = 0.0;
        let mut content = 0;
        for (k, &stem) in a.iter().enumerate() {
            if free.binary_search(&stem).is_ok() {
                weight += self.bags.weights[stem as usize];
                content += usize::from(self.bags.content[stem as usize] && !a[..k].contains(&stem));
            }
        }
        (weight, content)
    }

    /// Greatest weight of a common subsequence.
    fn in_order(&mut self, part: usize, whole: usize) -> f64 {
        let (a, b) = (
            &self.bags.quotes[part].stems,
            &self.bags.quotes[whole].stems,
        );
        self.table.clear();
        self.table.resize(b.len() + 1, 0.0);
        for &x in a {
            let weight = self.bags.weights[x as usize];
            let mut diagonal = 0.0;
            for (j, &y) in b.iter().enumerate() {
                let above = self.table[j + 1];
                let best = if x == y {
                    diagonal + weight
                } else {
                    above.max(self.table[j])
                };
                diagonal = above;
                self.table[j + 1] = best.max(above);
            }
        }
        self.table[b.len()]
    }
}
