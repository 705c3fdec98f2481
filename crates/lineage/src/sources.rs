//! Origins outside the input: named by the text of an article, or inferred because several articles that have no parent
//! among the members share text.

use wirecopy_core::disjoint_sets::DisjointSets;

use super::compare::Member;
use super::evidence::{EdgeFeatures, FamilyEvidence, OUTSIDE_CREDIT, ROOT_LOG_ODDS};
use super::provenance::{CueKind, ProvenanceCue, same_outlet};
use super::{CopyEdge, Evidence, Lineage, Origin, Source};
use wirecopy_findings::{EdgeRelation, SourceKind};

/// Pieces of evidence that are listed for an inferred source.
const MAX_INFERRED_EVIDENCE: usize = 4;

/// Log-odds that `member` has no parent in the input, on the scale of an edge's log-odds: more when it alone credits
/// an outlet that is not among the members. A credit that others carry too came along with the text.
pub(super) fn outside_log_odds(evidence: &FamilyEvidence<'_>, member: usize) -> f64 {
    let elsewhere = |name: &str| {
        evidence.members.iter().enumerate().any(|(other, m)| {
            m.outlet.as_deref() == Some(name)
                || (other != member && m.cue_outlets.iter().any(|outlet| outlet == name))
        })
    };
    let credited = evidence.members[member]
        .credits()
        .any(|(_, name)| !elsewhere(name));
    let unseen = credited || needs_third_text(evidence, member);
    ROOT_LOG_ODDS
        + if credited { OUTSIDE_CREDIT } else { 0.0 }
        + if unseen { 0.0 } else { NO_THIRD_TEXT }
}

/// Whether `member` shares text with others that its nearest has not, or both have readings the other cannot have made.
fn needs_third_text(evidence: &FamilyEvidence<'_>, member: usize) -> bool {
    let mut into = evidence
        .edges
        .iter()
        .filter(|e| e.child == member)
        .peekable();
    into.peek().is_some() && into.all(EdgeFeatures::lacks_common_text)
}

/// Added to the log-odds of having no parent when nothing of the text calls for a third that is not at hand. Set by
/// judgement: an editor who has the wire story on the table should not be told of an unseen one.
const NO_THIRD_TEXT: f64 = -2.0;

/// Adds the sources that the text of `member` names: outlets outside the family, since one of the family is a parent
/// or none. A credit that its likeliest parent among the members has in the same words came along with the text.
pub(super) fn report_named(
    evidence: &FamilyEvidence<'_>,
    (member, parent): (usize, Option<usize>),
    out: &mut Lineage,
) {
    let parent = parent.map(|parent| &evidence.members[parent]);
    let within = |name: &str| {
        let mut outlets = evidence.members.iter().filter_map(|m| m.outlet.as_deref());
        outlets.any(|outlet| same_outlet(outlet, name))
    };
    let member = &evidence.members[member];
    let mut names: Vec<&str> = Vec::new();
    for (cue, name) in member.credits() {
        let came_along = parent.is_some_and(|parent| carries(parent, member, cue));
        if names.contains(&name) || within(name) || came_along {
            continue;
        }
        names.push(name);
        let from = source(&cue.name, out);
        out.edges.push(from_named(from, member, name));
    }
}

/// Whether `parent` has the credit `cue` of `member` in the same words.
fn carries(parent: &Member<'_>, member: &Member<'_>, cue: &ProvenanceCue) -> bool {
    let words = cue.span.of(member.facts.text);
    let same = |other: &ProvenanceCue| other.span.of(parent.facts.text) == words;
    !words.is_empty() && parent.facts.cues.iter().any(same)
}

/// The edge from the source called `name`, with all credits of it.
fn from_named(from: usize, member: &Member<'_>, name: &str) -> CopyEdge {
    let cues = || {
        let all = member.facts.cues.iter().zip(&member.cue_outlets);
        all.filter(move |(_, outlet)| *outlet == name)
            .map(|(cue, _)| cue)
    };
    let odds: f64 = cues().map(|cue| cue.weight).sum();
    let evidence = cues()
        .map(|cue| Evidence {
            cue: cue.kind.name(),
            document: member.facts.id,
            span: cue.span,
            weight: cue.weight,
        })
        .collect();
    let whole = |kind: CueKind| {
        !matches!(
            kind,
            CueKind::Contributor | CueKind::PhotoCredit | CueKind::OwnReporting
        )
    };
    CopyEdge {
        relation: if cues().any(|cue| whole(cue.kind)) {
            EdgeRelation::Verbatim
        } else {
            EdgeRelation::Partial
        },
        ..from_outside(from, member, 1.0 / (1.0 + libm::exp(-odds)), evidence)
    }
}

/// The place of the source called `name`, new or known.
fn source(name: &str, out: &mut Lineage) -> usize {
    let known = out.sources.iter().position(|s| {
        s.name
            .as_deref()
            .is_some_and(|known| same_outlet(known, name))
    });
    known.unwrap_or_else(|| {
        out.sources.push(Source {
            name: Some(name.to_owned()),
            kind: SourceKind::Named,
        });
        out.sources.len() - 1
    })
}

/// Adds a source for each set of `roots` that share copied text and name no source: none took it from another. What a
/// root says of its source explains it already.
/// `probabilities` are those of having no parent, by member.
pub(super) fn report_inferred(
    evidence: &FamilyEvidence<'_>,
    roots: &[usize],
    probabilities: &[f64],
    out: &mut Lineage,
) {
    let mut sets = DisjointSets::new(evidence.members.len());
    for pair in evidence.edges.chunks(2) {
        let ends = [pair[0].parent, pair[0].child];
        if ends.iter().all(|end| roots.binary_search(end).is_ok()) {
            sets.union(ends[0], ends[1]);
        }
    }
    let named = |root: usize| {
        let id = evidence.members[root].facts.id;
        out.edges.iter().any(|edge| edge.to == id)
    };
    let mut groups = sets.groups();
    for group in &mut groups {
        group.retain(|&root| !named(root));
    }
    for group in groups.iter().filter(|group| group.len() > 1) {
        infer_source(evidence, group, probabilities, out);
    }
}

/// Adds one source of all `roots`.
fn infer_source(
    evidence: &FamilyEvidence<'_>,
    roots: &[usize],
    probabilities: &[f64],
    out: &mut Lineage,
) {
    let source = out.sources.len();
    out.sources.push(Source {
        name: None,
        kind: SourceKind::Inferred,
    });
    for &root in roots {
        let member = &evidence.members[root];
        let against = evidence
            .edges
            .iter()
            .filter(|e| e.child == root && roots.contains(&e.parent));
        let mut clues: Vec<Evidence> = against
            .flat_map(|edge| edge.evidence(&evidence.members))
            .filter(|clue| clue.weight < 0.0)
            .map(|clue| Evidence {
                weight: -clue.weight,
                ..clue
            })
            .collect();
        clues.sort_by(|x, y| y.weight.total_cmp(&x.weight).then(x.cue.cmp(y.cue)));
        clues.truncate(MAX_INFERRED_EVIDENCE);
        out.edges
            .push(from_outside(source, member, probabilities[root], clues));
    }
}

fn from_outside(
    source: usize,
    member: &Member<'_>,
    probability: f64,
    evidence: Vec<Evidence>,
) -> CopyEdge {
    CopyEdge {
        from: Origin::Source(source),
        to: member.facts.id,
        relation: EdgeRelation::Partial,
        probability,
        direction_probability: 1.0,
        share: None,
        evidence,
    }
}
