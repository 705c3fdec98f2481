//! Clues for one copy edge and how much each weighs, in log-odds.
//!
//! Every ordered pair that shares copied text is described by [`CLUES`]. Each clue is a number that grows slowly with
//! the amount of what it names (`ln(1 + n)`), so that no single kind of mark can outvote all others; its weight was
//! fitted. Length alone cannot orient a copy: the clues that do are credits, time (as likelihood, some timestamps are
//! wrong), cut tails, added furniture, and readings that only damage explains.

use wirecopy_core::ByteSpan;

use super::compare::{Comparison, Member, Site, compare};
use super::fluency::Fluency;
use super::{Evidence, FamilyPair, MemberFacts};

/// The clues of an edge from parent to child.
pub const CLUES: [&str; 25] = [
    "copied_share",
    "shared_elsewhere",
    "own_text",
    "left_out",
    "variant_readings",
    "damage_in_child",
    "damage_in_parent",
    "child_tail_cut",
    "parent_tail_cut",
    "child_ends_abruptly",
    "parent_ends_abruptly",
    "published_later",
    "published_earlier",
    "hours_later",
    "credits_parent",
    "credits_another",
    "credited_by_parent",
    "chrome_in_child",
    "chrome_in_parent",
    "equal_bodies",
    "damage_balance",
    "more_readings_than_nearest",
    "misses_more_than_nearest",
    "leaves_out_more_than_nearest",
    "damage_on_both",
];

/// Log-odds for one unit of each clue: maximum likelihood of the forest, fitted on the even-numbered generated
/// cascades. `parent_tail_cut` and `parent_ends_abruptly` are set by hand: free, they learn that the generator counts a
/// cut text as equal to its original.
pub(super) const WEIGHTS: [f64; CLUES.len()] = [
    2.23, -0.81, 0.05, -1.27, -1.06, 1.77, -1.27, 1.56, -0.80, 0.64, 1.00, 1.54, -1.52, -0.39,
    6.13, -1.19, -0.72, 0.15, -1.44, 0.99, -0.61, -0.35, -0.12, -0.00, -0.58,
];

/// Log-odds of having no parent in the input, before any clue.
pub(super) const OUTSIDE: f64 = -1.43;
/// Added when the text credits an outlet that is not among the members.
pub(super) const OUTSIDE_CREDIT: f64 = 2.0;

/// Words of one side after the last shared word from which on the other's tail counts as cut.
const MIN_TAIL_WORDS: usize = 15;
/// Words after the last shared word that a cut text may still have (furniture, a credit).
const MAX_CUT_REST: usize = 14;
/// Words up to which an unshared line is taken for furniture.
const MAX_CHROME_LINE_WORDS: usize = 6;

/// The clues of one possible edge.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgeClues {
    /// Place of the parent in the members.
    pub parent: usize,
    /// Place of the child.
    pub child: usize,
    /// Amount of each clue of [`CLUES`].
    pub amounts: [f64; CLUES.len()],
    /// Share of the child's body words that the parent has, 0..=1.
    pub share: f64,
    /// Differing readings.
    pub readings: usize,
    /// Body words of the child that the parent has not.
    missing: usize,
    /// Body words of the parent that the child has not.
    left_out: usize,
    /// The bytes that clues were read from, with the clue's place in [`CLUES`] and whose text it is.
    spans: Vec<(usize, usize, ByteSpan)>,
}

impl EdgeClues {
    /// Log-odds of the edge, against other edges to the same child.
    #[must_use]
    pub fn log_odds(&self) -> f64 {
        self.amounts
            .iter()
            .zip(WEIGHTS)
            .map(|(amount, weight)| amount * weight)
            .sum()
    }

    /// Whether the bodies are the same word for word.
    pub(super) fn equal_bodies(&self) -> bool {
        self.amounts[19] > 0.0
    }

    /// The clues with a weight, strongest first.
    pub(super) fn evidence(&self, members: &[Member<'_>]) -> Vec<Evidence> {
        let mut out: Vec<Evidence> = Vec::new();
        for (clue, (amount, weight)) in self.amounts.iter().zip(WEIGHTS).enumerate() {
            let weight = amount * weight;
            if weight.abs() < 0.05 {
                continue;
            }
            let place = self.spans.iter().find(|(which, ..)| *which == clue);
            let (member, span) =
                place.map_or((self.child, ByteSpan::default()), |&(_, m, s)| (m, s));
            out.push(Evidence {
                cue: CLUES[clue],
                document: members[member].facts.id,
                span,
                weight,
            });
        }
        out.sort_by(|x, y| {
            y.weight
                .abs()
                .total_cmp(&x.weight.abs())
                .then(x.cue.cmp(y.cue))
        });
        out
    }
}

/// The comparisons of a family, and what they say of each possible edge.
#[derive(Debug)]
pub(super) struct FamilyEvidence<'a> {
    /// Members with their words.
    pub(super) members: Vec<Member<'a>>,
    /// One for each pair, in their order.
    pub(super) comparisons: Vec<Comparison>,
    /// For each member and body word, how many others have it.
    pub(super) support: Vec<Vec<u16>>,
    /// Both directions of each pair: entry `2 i` runs from a to b of pair `i`, entry `2 i + 1` back.
    pub(super) edges: Vec<EdgeClues>,
}

/// Compares all pairs of a family. O(sum over pairs of the words of both sides).
pub(super) fn weigh<'a>(facts: &[MemberFacts<'a>], pairs: &[FamilyPair<'_>]) -> FamilyEvidence<'a> {
    let members: Vec<Member<'a>> = facts.iter().map(|&facts| Member::new(facts)).collect();
    let fluency = Fluency::english();
    let mut comparisons: Vec<Comparison> = pairs
        .iter()
        .map(|pair| compare(&members[pair.a], &members[pair.b], pair, &fluency))
        .collect();
    attest(members.len(), pairs, &mut comparisons);
    let support = support(&members, pairs, &comparisons);
    let profiles: Vec<Profile> = members
        .iter()
        .zip(&support)
        .map(|(m, s)| Profile::of(m, s))
        .collect();
    let mut edges = Vec::with_capacity(pairs.len() * 2);
    for (pair, comparison) in pairs.iter().zip(&comparisons) {
        let view = PairView {
            members: &members,
            support: &support,
            profiles: &profiles,
            comparison,
        };
        edges.push(view.edge(pair.a, pair.b, Direction::AToB));
        edges.push(view.edge(pair.b, pair.a, Direction::BToA));
    }
    add_excess(members.len(), &mut edges);
    FamilyEvidence {
        members,
        comparisons,
        support,
        edges,
    }
}

/// Third texts that are asked for each reading: more say nothing new.
const MAX_WITNESSES: usize = 12;

/// Adds to each differing reading how much more often other members have a's than b's.
fn attest(members: usize, pairs: &[FamilyPair<'_>], comparisons: &mut [Comparison]) {
    let mut partners: Vec<Vec<(usize, usize)>> = vec![Vec::new(); members];
    for (place, pair) in pairs.iter().enumerate() {
        for (member, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
            if partners[member].len() < MAX_WITNESSES {
                partners[member].push((other, place));
            }
        }
    }
    let count = |comparisons: &[Comparison], member: usize, but: usize, span: ByteSpan| {
        let keeps = |&&(other, place): &&(usize, usize)| {
            let comparison = &comparisons[place];
            other != but
                && if pairs[place].a == member {
                    comparison.keeps_a(span)
                } else {
                    comparison.keeps_b(span)
                }
        };
        grow(partners[member].iter().filter(keeps).count() as f64)
    };
    for (place, pair) in pairs.iter().enumerate() {
        let mut sites = std::mem::take(&mut comparisons[place].sites);
        for site in &mut sites {
            site.clues[5] = count(comparisons, pair.a, pair.b, site.a)
                - count(comparisons, pair.b, pair.a, site.b);
        }
        comparisons[place].sites = sites;
    }
}

/// Balance of damage from which on a text may be nearer to the origin than the other (below, it is a descendant).
const MIN_BALANCE: f64 = -0.6;

/// Adds to each edge how far its parent is from the child's nearest.
fn add_excess(members: usize, edges: &mut [EdgeClues]) {
    const MEASURES: usize = 3;
    let measures = |e: &EdgeClues| {
        [
            e.readings as f64,
            e.missing as f64 / 5.0,
            e.left_out as f64 / 5.0,
        ]
    };
    let mut least = vec![[f64::INFINITY; MEASURES]; members];
    for edge in edges
        .iter()
        .filter(|e| e.amounts[19] == 0.0 && e.amounts[20] > MIN_BALANCE)
    {
        for (least, measure) in least[edge.child].iter_mut().zip(measures(edge)) {
            *least = least.min(measure);
        }
    }
    for edge in edges {
        for (at, measure) in measures(edge).into_iter().enumerate() {
            edge.amounts[21 + at] = grow((measure - least[edge.child][at]).max(0.0));
        }
    }
}

fn support(
    members: &[Member<'_>],
    pairs: &[FamilyPair<'_>],
    comparisons: &[Comparison],
) -> Vec<Vec<u16>> {
    let mut support: Vec<Vec<u16>> = members.iter().map(|m| vec![0; m.tokens.len()]).collect();
    for (pair, comparison) in pairs.iter().zip(comparisons) {
        for (member, covered) in [
            (pair.a, &comparison.covered_a),
            (pair.b, &comparison.covered_b),
        ] {
            for (count, &has) in support[member].iter_mut().zip(covered) {
                *count = count.saturating_add(u16::from(has));
            }
        }
    }
    support
}

/// What a member looks like beside the whole family.
#[derive(Debug)]
struct Profile {
    /// Short lines at the head and the tail that no other member has.
    chrome_lines: usize,
    /// Whether the shared text ends in mid-sentence at the end of a line.
    ends_abruptly: bool,
    /// The last shared words.
    end: ByteSpan,
}

impl Profile {
    fn of(member: &Member<'_>, support: &[u16]) -> Self {
        let last = support.iter().rposition(|&n| n > 0);
        let spans = member.tokens.spans();
        let end = last.map_or(ByteSpan::default(), |i| spans[i]);
        let rest = &member.facts.text[end.end as usize..];
        let line = rest.lines().next().unwrap_or("");
        let closed =
            line.contains(['.', '?', '!', '…', '。']) || line.chars().any(char::is_alphanumeric);
        Self {
            chrome_lines: chrome_lines(member, support),
            ends_abruptly: last.is_some() && !closed,
            end,
        }
    }
}

fn chrome_lines(member: &Member<'_>, support: &[u16]) -> usize {
    let mut start = 0;
    let mut found = 0;
    for line in member.facts.text.split_inclusive('\n') {
        let words = member.words_in(ByteSpan::new(start, start + line.len()));
        start += line.len();
        let own = words.clone().all(|word| support[word] == 0);
        let sentence = line.trim_end().ends_with(['.', '?', '!', '”', '"']);
        found += usize::from(
            own && !words.is_empty() && words.len() <= MAX_CHROME_LINE_WORDS && !sentence,
        );
    }
    found + member.facts.chrome.len()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    AToB,
    BToA,
}

/// One pair within its family.
struct PairView<'v, 'a> {
    members: &'v [Member<'a>],
    support: &'v [Vec<u16>],
    profiles: &'v [Profile],
    comparison: &'v Comparison,
}

impl PairView<'_, '_> {
    fn edge(&self, parent: usize, child: usize, direction: Direction) -> EdgeClues {
        let comparison = self.comparison;
        let (have_parent, have_child, sign) = match direction {
            Direction::AToB => (&comparison.covered_a, &comparison.covered_b, 1.0),
            Direction::BToA => (&comparison.covered_b, &comparison.covered_a, -1.0),
        };
        let mut out = EdgeClues {
            parent,
            child,
            amounts: [0.0; CLUES.len()],
            share: covered_share(have_child),
            readings: comparison.sites.len(),
            missing: have_child.iter().filter(|has| !**has).count(),
            left_out: have_parent.iter().filter(|has| !**has).count(),
            spans: Vec::new(),
        };
        self.add_shares(&mut out, have_child);
        self.add_readings(&mut out, sign);
        self.add_tails(&mut out, have_parent, have_child);
        self.add_times(&mut out);
        self.add_credits(&mut out);
        out.amounts[17] = grow(self.profiles[child].chrome_lines as f64);
        out.amounts[18] = grow(self.profiles[parent].chrome_lines as f64);
        out
    }

    fn add_shares(&self, out: &mut EdgeClues, have_child: &[bool]) {
        let missing = have_child
            .iter()
            .zip(&self.support[out.child])
            .filter(|(has, _)| !**has);
        let (mut elsewhere, mut own) = (0_u32, 0_u32);
        for (_, &support) in missing {
            if support > 0 {
                elsewhere += 1
            } else {
                own += 1
            }
        }
        out.amounts[0] = out.share;
        out.amounts[1] = grow(f64::from(elsewhere) / 10.0);
        out.amounts[2] = grow(f64::from(own) / 10.0);
        out.amounts[3] = grow(out.left_out as f64 / 10.0);
        let equal = elsewhere + own == 0 && out.left_out == 0 && out.readings == 0;
        out.amounts[19] = f64::from(u8::from(equal));
    }

    fn add_readings(&self, out: &mut EdgeClues, sign: f64) {
        let (mut child, mut parent) = (0.0, 0.0);
        for site in &self.comparison.sites {
            let confidence = libm::tanh(site.log_odds() * sign / 2.0);
            child += confidence.max(0.0);
            parent += (-confidence).max(0.0);
        }
        out.amounts[4] = grow(self.comparison.sites.len() as f64);
        out.amounts[5] = grow(child);
        out.amounts[6] = grow(parent);
        out.amounts[20] = libm::log((child + 0.5) / (parent + 0.5));
        out.amounts[24] = grow(child.min(parent));
        let strongest = |of: f64| {
            let strength = |site: &&Site| site.log_odds() * sign * of;
            self.comparison
                .sites
                .iter()
                .max_by(|x, y| strength(x).total_cmp(&strength(y)))
        };
        for (clue, member, of) in [(5, out.child, 1.0), (6, out.parent, -1.0)] {
            if let Some(site) = strongest(of) {
                let in_b = (sign > 0.0) == (clue == 5);
                out.spans
                    .push((clue, member, if in_b { site.b } else { site.a }));
            }
        }
    }

    fn add_tails(&self, out: &mut EdgeClues, have_parent: &[bool], have_child: &[bool]) {
        let rest =
            |have: &[bool]| have.len() - have.iter().rposition(|&has| has).map_or(0, |i| i + 1);
        let (rest_parent, rest_child) = (rest(have_parent), rest(have_child));
        let child_cut = rest_parent >= MIN_TAIL_WORDS && rest_child <= MAX_CUT_REST;
        let parent_cut = rest_child >= MIN_TAIL_WORDS && rest_parent <= MAX_CUT_REST;
        for (clue, member, cut) in [(7, out.child, child_cut), (8, out.parent, parent_cut)] {
            if cut {
                let profile = &self.profiles[member];
                out.amounts[clue] = 1.0;
                out.spans.push((clue, member, profile.end));
                out.amounts[clue + 2] = f64::from(u8::from(profile.ends_abruptly));
                out.spans.push((clue + 2, member, profile.end));
            }
        }
    }

    fn add_times(&self, out: &mut EdgeClues) {
        let (parent, child) = (
            &self.members[out.parent].facts,
            &self.members[out.child].facts,
        );
        let (Some(before), Some(after)) = (parent.published, child.published) else {
            return;
        };
        let Some(hours) = before.hours_until(after) else {
            return;
        };
        if hours > 0.0 {
            out.amounts[11] = 1.0;
            out.amounts[13] = grow(hours);
        } else if hours < 0.0 {
            out.amounts[12] = 1.0;
        }
    }

    fn add_credits(&self, out: &mut EdgeClues) {
        let (parent, child) = (&self.members[out.parent], &self.members[out.child]);
        let mut another = None;
        for (cue, name) in child.credits() {
            if parent.outlet.as_deref() == Some(name) {
                out.amounts[14] = 1.0;
                out.spans.push((14, out.child, cue.span));
            } else if child.outlet.as_deref() != Some(name)
                && !parent.cue_outlets.iter().any(|inherited| inherited == name)
            {
                another = another.or(Some(cue.span));
            }
        }
        if let Some(span) = another.filter(|_| out.amounts[14] == 0.0) {
            out.amounts[15] = 1.0;
            out.spans.push((15, out.child, span));
        }
        for (cue, _) in parent
            .credits()
            .filter(|(_, name)| child.outlet.as_deref() == Some(name))
        {
            out.amounts[16] = 1.0;
            out.spans.push((16, out.parent, cue.span));
        }
    }
}

fn covered_share(have: &[bool]) -> f64 {
    if have.is_empty() {
        0.0
    } else {
        have.iter().filter(|has| **has).count() as f64 / have.len() as f64
    }
}

fn grow(amount: f64) -> f64 {
    libm::log1p(amount)
}
