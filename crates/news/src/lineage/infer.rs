//! The best-supported copy edges of one family, and the sources outside it.

use wirecopy_core::ByteSpan;
use wirecopy_core::span::overlap_with;

use super::branching::{WeightedEdge, best_forest};
use super::evidence::{EdgeClues, FamilyEvidence, OUTSIDE, OUTSIDE_CREDIT, credits, weigh};
use super::forest::edge_probabilities;
use super::parts::{ChildSide, Parts, divide, word_costs};
use super::provenance::same_outlet;
use super::{CopyEdge, Evidence, FamilyPair, Lineage, MemberFacts, Origin, Source, Undetermined};
use crate::findings::{EdgeRelation, SourceKind};
use crate::relation::Relation;

/// Settings of [`infer`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineageOptions {
    /// Direction probability from which on an edge is directed.
    pub directed_from: f64,
}

impl Default for LineageOptions {
    fn default() -> Self {
        Self { directed_from: 0.7 }
    }
}

/// Log-odds are scaled by this before they become probabilities (fitted on the even-numbered generated cascades).
const TEMPERATURE: f64 = 1.0;

/// Gain in explained words that makes a further parent e times less doubtful.
const MERGE_GAIN: f64 = 6.0;
/// Further parents that are tried, the most probable first.
const MAX_CANDIDATES: usize = 6;

/// The lineage of one family, or of one document alone (with no pairs). Pairs that are no copies take no part.
/// O(words of all pairs + rounds of contraction · pairs), plus the third power of the members up to 64.
#[must_use]
pub fn infer(
    members: &[MemberFacts<'_>],
    pairs: &[FamilyPair<'_>],
    options: &LineageOptions,
) -> Lineage {
    let copies: Vec<FamilyPair<'_>> = pairs
        .iter()
        .filter(|pair| pair.relation.joins_family())
        .copied()
        .collect();
    let evidence = weigh(members, &copies);
    let forest = Forest::grow(&evidence);
    let mut out = Lineage::default();
    forest.report_edges(&copies, options, &mut out);
    forest.report_sources(&mut out);
    out
}

/// The clues of every possible edge between `members`, for calibration: what [`infer`] weighs before it chooses.
/// Complexity as [`infer`].
#[must_use]
pub fn edge_clues(members: &[MemberFacts<'_>], pairs: &[FamilyPair<'_>]) -> Vec<EdgeClues> {
    weigh(members, pairs).edges
}

/// The chosen parents.
struct Forest<'e, 'a> {
    evidence: &'e FamilyEvidence<'a>,
    edges: Vec<WeightedEdge>,
    probabilities: Vec<f64>,
    /// For each member the place of its edge in `edges`.
    chosen: Vec<usize>,
}

impl<'e, 'a> Forest<'e, 'a> {
    fn grow(evidence: &'e FamilyEvidence<'a>) -> Self {
        let nodes = evidence.members.len();
        let mut edges: Vec<WeightedEdge> = (0..nodes)
            .map(|to| WeightedEdge {
                from: None,
                to,
                weight: outside_log_odds(evidence, to) * TEMPERATURE,
            })
            .collect();
        edges.extend(evidence.edges.iter().map(|clues| WeightedEdge {
            from: Some(clues.parent),
            to: clues.child,
            weight: clues.log_odds() * TEMPERATURE,
        }));
        let probabilities = edge_probabilities(nodes, &edges);
        let chosen = best_forest(nodes, &edges);
        Self {
            evidence,
            edges,
            probabilities,
            chosen,
        }
    }

    /// The place among the evidence of the edge that was chosen into `child`.
    fn parent_edge(&self, child: usize) -> Option<usize> {
        self.chosen[child].checked_sub(self.evidence.members.len())
    }

    fn probability(&self, edge: usize) -> f64 {
        self.probabilities[self.evidence.members.len() + edge]
    }

    fn report_edges(&self, pairs: &[FamilyPair<'_>], options: &LineageOptions, out: &mut Lineage) {
        let incoming = self.incoming();
        for child in 0..self.evidence.members.len() {
            let Some(edge) = self.parent_edge(child) else {
                continue;
            };
            let (edges, parts) = self.parents(edge, &incoming[child]);
            for (place, &edge) in edges.iter().enumerate() {
                let direction = self.direction(edge);
                if direction < options.directed_from {
                    out.undetermined
                        .push(self.undetermined(edge, &pairs[edge / 2]));
                    continue;
                }
                let clues = &self.evidence.edges[edge];
                let merged = if place == 0 {
                    1.0
                } else {
                    1.0 - libm::exp(-parts.gain / MERGE_GAIN)
                };
                out.edges.push(CopyEdge {
                    from: Origin::Article(self.evidence.members[clues.parent].facts.id),
                    to: self.evidence.members[child].facts.id,
                    relation: edge_relation(pairs[edge / 2].relation, clues),
                    probability: if place == 0 {
                        self.with_twins(edge)
                    } else {
                        merged * direction
                    },
                    direction_probability: direction,
                    share: Some(self.unquoted_share(edge, &parts.owner, place)),
                    evidence: clues.evidence(&self.evidence.members),
                });
            }
        }
    }

    /// For each member the edges into it.
    fn incoming(&self) -> Vec<Vec<usize>> {
        let mut incoming = vec![Vec::new(); self.evidence.members.len()];
        for (place, edge) in self.evidence.edges.iter().enumerate() {
            incoming[edge.child].push(place);
        }
        incoming
    }

    /// The edges from all parents of a child, that of the tree first, and what each explains. Descendants of the child
    /// and texts equal to it or to its parent are no candidates.
    fn parents(&self, first: usize, incoming: &[usize]) -> (Vec<usize>, Parts) {
        let child = self.evidence.edges[first].child;
        let parent = self.evidence.edges[first].parent;
        let mut candidates = vec![first];
        let mut ranked: Vec<usize> = incoming
            .iter()
            .copied()
            .filter(|&e| {
                let clues = &self.evidence.edges[e];
                e != first
                    && clues.amounts[19] == 0.0
                    && !self.equal(clues.parent, parent)
                    && !self.descends(clues.parent, child)
                    && self.direction(e) >= 0.5
            })
            .collect();
        let odds = |e: &usize| self.evidence.edges[*e].log_odds();
        ranked.sort_by(|x, y| odds(y).total_cmp(&odds(x)).then(x.cmp(y)));
        candidates.extend(ranked.into_iter().take(MAX_CANDIDATES));
        let costs: Vec<Vec<f64>> = candidates
            .iter()
            .map(|&e| {
                let side = if e % 2 == 0 {
                    ChildSide::B
                } else {
                    ChildSide::A
                };
                let member = &self.evidence.members[child];
                word_costs(
                    member,
                    &self.evidence.comparisons[e / 2],
                    side,
                    &self.evidence.support[child],
                )
            })
            .collect();
        let parts = divide(&costs, 0);
        (
            parts.parents.iter().map(|&p| candidates[p]).collect(),
            parts,
        )
    }

    fn descends(&self, member: usize, ancestor: usize) -> bool {
        let mut at = member;
        while let Some(edge) = self.parent_edge(at) {
            at = self.evidence.edges[edge].parent;
            if at == ancestor {
                return true;
            }
        }
        false
    }

    /// That an edge runs this way, given that it runs one way.
    fn direction(&self, edge: usize) -> f64 {
        let (there, back) = (self.probability(edge), self.probability(edge ^ 1));
        there / (there + back).max(f64::MIN_POSITIVE)
    }

    fn undetermined(&self, edge: usize, pair: &FamilyPair<'_>) -> Undetermined {
        let id = |member: usize| self.evidence.members[member].facts.id;
        let direction = self.direction(edge);
        let forward = self.evidence.edges[edge].parent == pair.a;
        Undetermined {
            a: id(pair.a),
            b: id(pair.b),
            copy_probability: (self.probability(edge) + self.probability(edge ^ 1)).min(1.0),
            a_to_b: if forward { direction } else { 1.0 - direction },
        }
    }

    /// The probability of an edge from the parent or from a member with an equal body.
    fn with_twins(&self, edge: usize) -> f64 {
        let clues = &self.evidence.edges[edge];
        let twin = |other: &EdgeClues| {
            other.child == clues.child
                && (other.parent == clues.parent
                    || other.amounts[19] > 0.0
                    || self.equal(other.parent, clues.parent))
        };
        let total: f64 = (0..self.evidence.edges.len())
            .filter(|&i| twin(&self.evidence.edges[i]))
            .map(|i| self.probability(i))
            .sum();
        total.min(1.0)
    }

    fn equal(&self, a: usize, b: usize) -> bool {
        self.evidence
            .edges
            .iter()
            .any(|e| e.parent == a && e.child == b && e.amounts[19] > 0.0)
    }

    fn unquoted_share(&self, edge: usize, owner: &[usize], place: usize) -> f64 {
        let comparison = &self.evidence.comparisons[edge / 2];
        let covered = if edge % 2 == 0 {
            &comparison.covered_b
        } else {
            &comparison.covered_a
        };
        let child = &self.evidence.members[self.evidence.edges[edge].child];
        let (mut part, mut whole) = (0_u32, 0_u32);
        for ((span, &has), &owner) in child.tokens.spans().iter().zip(covered).zip(owner) {
            if overlap_with(*span, child.facts.quotes) == 0 {
                whole += 1;
                part += u32::from(has && owner == place);
            }
        }
        if whole == 0 {
            0.0
        } else {
            f64::from(part) / f64::from(whole)
        }
    }

    fn report_sources(&self, out: &mut Lineage) {
        let roots: Vec<usize> = (0..self.evidence.members.len())
            .filter(|&m| self.parent_edge(m).is_none())
            .collect();
        for &root in &roots {
            self.report_named(root, out);
        }
        if roots.len() > 1 {
            let source = out.sources.len();
            out.sources.push(Source {
                name: None,
                kind: SourceKind::Inferred,
            });
            for &root in &roots {
                out.edges.push(CopyEdge {
                    from: Origin::Source(source),
                    to: self.evidence.members[root].facts.id,
                    relation: EdgeRelation::Partial,
                    probability: self.probabilities[self.chosen[root]],
                    direction_probability: 1.0,
                    share: None,
                    evidence: Vec::new(),
                });
            }
        }
    }

    fn report_named(&self, root: usize, out: &mut Lineage) {
        let facts = &self.evidence.members[root].facts;
        let mut names: Vec<&str> = Vec::new();
        for cue in credits(facts) {
            let own = facts
                .outlet
                .is_some_and(|outlet| same_outlet(outlet, &cue.name));
            if !own && !names.iter().any(|name| same_outlet(name, &cue.name)) {
                names.push(&cue.name);
            }
        }
        for name in names {
            let cues = || facts.cues.iter().filter(|cue| same_outlet(&cue.name, name));
            let evidence: Vec<Evidence> = cues()
                .map(|cue| Evidence {
                    cue: cue.kind.name(),
                    document: facts.id,
                    span: cue.span,
                    weight: cue.weight,
                })
                .collect();
            let odds: f64 = cues().map(|cue| cue.weight).sum();
            let known = out
                .sources
                .iter()
                .position(|s| s.name.as_deref().is_some_and(|n| same_outlet(n, name)));
            let source = known.unwrap_or(out.sources.len());
            if known.is_none() {
                out.sources.push(Source {
                    name: Some(name.to_owned()),
                    kind: SourceKind::Named,
                });
            }
            out.edges.push(CopyEdge {
                from: Origin::Source(source),
                to: facts.id,
                relation: EdgeRelation::Verbatim,
                probability: 1.0 / (1.0 + libm::exp(-odds)),
                direction_probability: 1.0,
                share: None,
                evidence,
            });
        }
    }
}

/// Log-odds that a member has no parent in the input, on the scale of [`EdgeClues::log_odds`].
fn outside_log_odds(evidence: &FamilyEvidence<'_>, member: usize) -> f64 {
    let facts = &evidence.members[member].facts;
    let inside = |name: &str| {
        evidence.members.iter().any(|m| {
            m.facts
                .outlet
                .is_some_and(|outlet| same_outlet(outlet, name))
        })
    };
    let credited = credits(facts).any(|cue| !inside(&cue.name) && own(evidence, member, cue.span));
    OUTSIDE + if credited { OUTSIDE_CREDIT } else { 0.0 }
}

/// Whether no other member has the words of `span`: a credit that came along with the text tells nothing of this copy.
fn own(evidence: &FamilyEvidence<'_>, member: usize, span: ByteSpan) -> bool {
    let words = evidence.members[member].words_in(span);
    evidence.support[member][words]
        .iter()
        .all(|&support| support == 0)
}

fn edge_relation(relation: Relation, clues: &EdgeClues) -> EdgeRelation {
    match () {
        () if relation == Relation::Update => EdgeRelation::Update,
        () if clues.share < 0.7 => EdgeRelation::Partial,
        () if clues.readings == 0 => EdgeRelation::Verbatim,
        () => EdgeRelation::LightEdit,
    }
}
