//! The best-supported copy edges of one family, and the sources outside it.

use wirecopy_core::disjoint_sets::DisjointSets;
use wirecopy_text::span::overlap_with;

use super::arborescence::{WeightedEdge, best_forest};
use super::circles::on_circle;
use super::edge_marginals::edge_probabilities;
use super::evidence::{EdgeFeatures, FamilyEvidence, weigh};
use super::features::EdgeFeature;
use super::segmentation::{ChildSide, Parts, divide, word_costs};
use super::sources::{outside_log_odds, report_inferred, report_named};
use super::{CopyEdge, FamilyPair, Lineage, MemberFacts, Origin, Undetermined};
use wirecopy_findings::EdgeRelation;
use wirecopy_findings::Relation;

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

/// Log-odds are scaled by this before they become probabilities; 1 is the fit itself, no calibration has been added.
const TEMPERATURE: f64 = 1.0;

/// Probability below which nothing is called an edge.
const MIN_PROBABILITY: f64 = 0.5;
/// Probability from which on a parent of the first round counts in the second.
const SURE: f64 = 0.8;
/// Gain that makes a further parent e times less doubtful (a guess, not calibrated).
const MERGE_GAIN: f64 = 4.0;
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
    let mut evidence = weigh(members, &copies);
    let descent = Forest::grow(&evidence).sure_parents();
    evidence.discount(&copies, &descent);
    let forest = Forest::grow(&evidence);
    let mut out = Lineage::default();
    forest.report_edges(&copies, options, &mut out);
    let roots: Vec<usize> = (0..members.len())
        .filter(|&member| forest.parent_edge(member).is_none())
        .collect();
    for member in 0..members.len() {
        let parent = forest
            .parent_edge(member)
            .map(|edge| evidence.edges[edge].parent);
        report_named(&evidence, (member, parent), &mut out);
    }
    if roots.len() > 1 {
        report_inferred(&evidence, &roots, &forest.roots, &mut out);
    }
    out
}

/// The clues of every possible edge between `members`, for calibration: what [`infer`] weighs before it chooses.
/// Complexity as [`infer`].
#[must_use]
pub fn edge_clues(members: &[MemberFacts<'_>], pairs: &[FamilyPair<'_>]) -> Vec<EdgeFeatures> {
    weigh(members, pairs).edges
}

/// The edges from all parents of a child, and what each explains.
type Divided = (Vec<usize>, Parts);

/// The chosen parents.
struct Forest<'e, 'a> {
    evidence: &'e FamilyEvidence<'a>,
    /// For each edge of the evidence, its probability over all forests.
    probabilities: Vec<f64>,
    /// For each member, the probability of having no parent in the input.
    roots: Vec<f64>,
    /// For each member the place of its chosen edge: first one "from outside" for each member, then the evidence's.
    chosen: Vec<usize>,
    /// For each member the first of those with an equal body.
    twin: Vec<usize>,
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
        let mut roots = edge_probabilities(nodes, &edges);
        let probabilities = roots.split_off(nodes);
        let chosen = best_forest(nodes, &edges);
        let mut twins = DisjointSets::new(nodes);
        for clues in evidence.edges.iter().filter(|clues| clues.equal_bodies()) {
            twins.union(clues.parent, clues.child);
        }
        let twin = (0..nodes).map(|member| twins.find(member)).collect();
        Self {
            evidence,
            probabilities,
            roots,
            chosen,
            twin,
        }
    }

    /// The place among the evidence of the edge that was chosen into `child`.
    fn parent_edge(&self, child: usize) -> Option<usize> {
        self.chosen[child].checked_sub(self.evidence.members.len())
    }

    /// For each member its chosen parent, where there is little doubt.
    fn sure_parents(&self) -> Vec<Option<usize>> {
        let sure = |&edge: &usize| self.probability(edge) >= SURE;
        (0..self.evidence.members.len())
            .map(|child| self.parent_edge(child).filter(sure))
            .map(|edge| edge.map(|edge| self.evidence.edges[edge].parent))
            .collect()
    }

    fn probability(&self, edge: usize) -> f64 {
        self.probabilities[edge]
    }

    fn report_edges(&self, pairs: &[FamilyPair<'_>], options: &LineageOptions, out: &mut Lineage) {
        let incoming = self.incoming();
        let divided = self.divided(&incoming);
        for ((child, incoming), divided) in incoming.iter().enumerate().zip(divided) {
            let Some((first, (edges, parts))) = self.parent_edge(child).zip(divided) else {
                continue;
            };
            for (place, &edge) in edges.iter().enumerate() {
                let direction = self.direction(edge);
                let merged = (1.0 - libm::exp(-parts.gain / MERGE_GAIN)) * direction;
                let probability = if edge == first {
                    self.with_twins(edge, incoming).max(merged)
                } else {
                    merged
                };
                let sure = direction >= options.directed_from && probability >= MIN_PROBABILITY;
                if sure {
                    let share = self.unquoted_share(edge, &parts.owner, place);
                    let copy = self.copy_edge(edge, pairs[edge / 2].relation);
                    out.edges.push(CopyEdge {
                        probability,
                        share: Some(share),
                        ..copy
                    });
                } else if edge == first {
                    out.undetermined
                        .push(self.undetermined(edge, &pairs[edge / 2]));
                }
            }
        }
    }

    /// The edge as the evidence has it; its share and probability are filled in by the caller.
    fn copy_edge(&self, edge: usize, relation: Relation) -> CopyEdge {
        let clues = &self.evidence.edges[edge];
        let member = |place: usize| &self.evidence.members[place];
        let (comparison, child) = (&self.evidence.comparisons[edge / 2], member(clues.child));
        let changed = match child_side(edge) {
            ChildSide::A => comparison.changed_a(child),
            ChildSide::B => comparison.changed_b(child),
        };
        CopyEdge {
            from: Origin::Article(member(clues.parent).facts.id),
            to: child.facts.id,
            relation: match () {
                () if relation == Relation::Update => EdgeRelation::Update,
                () => edge_relation(clues, changed),
            },
            probability: 0.0,
            direction_probability: self.direction(edge),
            share: None,
            evidence: clues.evidence(&self.evidence.members),
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

    /// For each member that has a parent, all of its parents. No circles: of the edges beside the tree that close one, the
    /// least supported is given up until none is left.
    fn divided(&self, incoming: &[Vec<usize>]) -> Vec<Option<Divided>> {
        let mut barred = vec![false; self.evidence.edges.len()];
        let divide = |child: usize, barred: &[bool]| {
            let first = self.parent_edge(child)?;
            Some(self.parents(first, &incoming[child], barred))
        };
        let mut divided: Vec<Option<Divided>> = (0..self.evidence.members.len())
            .map(|child| divide(child, &barred))
            .collect();
        while let Some(edge) = self.weakest_on_circle(&divided) {
            barred[edge] = true;
            let child = self.evidence.edges[edge].child;
            divided[child] = divide(child, &barred);
        }
        divided
    }

    /// Of the edges beside the tree's that lie on a circle, the least supported.
    fn weakest_on_circle(&self, divided: &[Option<Divided>]) -> Option<usize> {
        let edges: Vec<usize> = divided
            .iter()
            .flatten()
            .flat_map(|(edges, _)| edges.iter().copied())
            .collect();
        let clues = |edge: usize| &self.evidence.edges[edge];
        let ends: Vec<(usize, usize)> = edges
            .iter()
            .map(|&edge| (clues(edge).parent, clues(edge).child))
            .collect();
        let circular = on_circle(divided.len(), &ends);
        let beside = |&edge: &usize| self.parent_edge(clues(edge).child) != Some(edge);
        edges
            .into_iter()
            .zip(circular)
            .filter_map(|(edge, circular)| circular.then_some(edge))
            .filter(beside)
            .min_by(|&x, &y| clues(x).log_odds().total_cmp(&clues(y).log_odds()))
    }

    /// The edges from all parents of a child, that of the tree first, and what each explains. Descendants of the child,
    /// texts equal to it or to its parent, and `barred` edges are no candidates.
    fn parents(&self, first: usize, incoming: &[usize], barred: &[bool]) -> Divided {
        let child = self.evidence.edges[first].child;
        let parent = self.evidence.edges[first].parent;
        let mut candidates = vec![first];
        let mut ranked: Vec<usize> = incoming
            .iter()
            .copied()
            .filter(|&e| {
                let clues = &self.evidence.edges[e];
                e != first
                    && !barred[e]
                    && self.twin[clues.parent] != self.twin[child]
                    && self.twin[clues.parent] != self.twin[parent]
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
                let side = child_side(e);
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
    fn with_twins(&self, edge: usize, incoming: &[usize]) -> f64 {
        let clues = &self.evidence.edges[edge];
        let wanted = [self.twin[clues.parent], self.twin[clues.child]];
        let twins = incoming
            .iter()
            .filter(|&&e| wanted.contains(&self.twin[self.evidence.edges[e].parent]));
        twins.map(|&e| self.probability(e)).sum::<f64>().min(1.0)
    }

    fn unquoted_share(&self, edge: usize, owner: &[usize], place: usize) -> f64 {
        let comparison = &self.evidence.comparisons[edge / 2];
        let covered = if edge.is_multiple_of(2) {
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
}

/// Entry `2 i` of the edges runs from a to b of pair `i`.
fn child_side(edge: usize) -> ChildSide {
    if edge.is_multiple_of(2) {
        ChildSide::B
    } else {
        ChildSide::A
    }
}

/// Share of the child that a parent must explain for the copy to be more than a part.
const WHOLE_SHARE: f64 = 0.7;
/// Share of the copied words that were changed from which on an edit is a rewrite: a desk changes one word in ten.
const REWRITE_SHARE: f64 = 0.15;
/// Amount of [`EdgeFeature::MachineMarksInChild`] for a translation: two marks more than the parent has.
const TRANSLATION_MARKS: f64 = 1.0;

fn edge_relation(clues: &EdgeFeatures, changed: f64) -> EdgeRelation {
    let marks = clues.amounts[EdgeFeature::MachineMarksInChild as usize];
    match () {
        () if clues.share < WHOLE_SHARE => EdgeRelation::Partial,
        () if clues.readings == 0 => EdgeRelation::Verbatim,
        () if changed < REWRITE_SHARE => EdgeRelation::LightEdit,
        () if marks >= TRANSLATION_MARKS => EdgeRelation::Translation,
        () => EdgeRelation::Rewrite,
    }
}
