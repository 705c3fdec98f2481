//! The best-supported copy edges of one family, and the sources outside it.

use wirecopy_core::span::overlap_with;

use super::branching::{WeightedEdge, best_forest};
use super::evidence::{EdgeClues, FamilyEvidence, OUTSIDE, OUTSIDE_CREDIT, credits, weigh};
use super::forest::edge_probabilities;
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
        for child in 0..self.evidence.members.len() {
            let Some(edge) = self.parent_edge(child) else {
                continue;
            };
            let pair = &pairs[edge / 2];
            let clues = &self.evidence.edges[edge];
            let (there, back) = (self.probability(edge), self.probability(edge ^ 1));
            let direction = there / (there + back).max(f64::MIN_POSITIVE);
            let ids = [pair.a, pair.b].map(|m| self.evidence.members[m].facts.id);
            if direction < options.directed_from {
                let a_to_b = if clues.parent == pair.a {
                    direction
                } else {
                    1.0 - direction
                };
                let copy_probability = (there + back).min(1.0);
                out.undetermined.push(Undetermined {
                    a: ids[0],
                    b: ids[1],
                    copy_probability,
                    a_to_b,
                });
                continue;
            }
            out.edges.push(CopyEdge {
                from: Origin::Article(self.evidence.members[clues.parent].facts.id),
                to: self.evidence.members[child].facts.id,
                relation: edge_relation(pair.relation, clues),
                probability: self.with_twins(edge),
                direction_probability: direction,
                share: Some(self.unquoted_share(edge)),
                evidence: clues.evidence(&self.evidence.members),
            });
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

    fn unquoted_share(&self, edge: usize) -> f64 {
        let comparison = &self.evidence.comparisons[edge / 2];
        let covered = if edge % 2 == 0 {
            &comparison.covered_b
        } else {
            &comparison.covered_a
        };
        let child = &self.evidence.members[self.evidence.edges[edge].child];
        let (mut part, mut whole) = (0_u32, 0_u32);
        for (span, &has) in child.tokens.spans().iter().zip(covered) {
            if overlap_with(*span, child.facts.quotes) == 0 {
                whole += 1;
                part += u32::from(has);
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
    let credited = credits(facts).any(|cue| !inside(&cue.name));
    OUTSIDE + if credited { OUTSIDE_CREDIT } else { 0.0 }
}

fn edge_relation(relation: Relation, clues: &EdgeClues) -> EdgeRelation {
    match () {
        () if relation == Relation::Update => EdgeRelation::Update,
        () if clues.share < 0.7 => EdgeRelation::Partial,
        () if clues.readings == 0 => EdgeRelation::Verbatim,
        () => EdgeRelation::LightEdit,
    }
}
