//! Lineage: no circles, parts of several parents disjoint, every claim with its words.

use std::collections::{BTreeMap, BTreeSet};

use wirecopy_findings::{EdgeRecord, SourceKind};
use wirecopy_text::ByteSpan;

use super::findings::Answer;
use super::{Checked, hold, share};

/// What rounding may add to a sum of shares, for each of them.
const ROUNDING: f64 = 5e-5 + 1e-9;

pub(super) fn lineage(answer: &Answer<'_>) -> Checked {
    let lineage = &answer.findings.lineage;
    let sources: BTreeSet<&str> = lineage.sources.iter().map(|source| &*source.id).collect();
    for source in &lineage.sources {
        let named = source
            .name
            .as_ref()
            .is_some_and(|name| !name.trim().is_empty());
        hold(
            named == (source.kind == SourceKind::Named),
            "named sources have a name",
            || format!("{source:?}"),
        )?;
        let is_used = lineage.edges.iter().any(|edge| edge.from == source.id);
        hold(is_used, "a source has an edge", || format!("{source:?}"))?;
    }
    let mut explained: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for edge in &lineage.edges {
        if !sources.contains(&*edge.from) {
            answer.place(&edge.from)?;
        }
        answer.place(&edge.to)?;
        self::edge(answer, edge)?;
        if let Some(part) = edge.share {
            share(part, "what a parent explains is a share")?;
            let sum = explained.entry(&edge.to).or_default();
            *sum = (sum.0 + part, sum.1 + ROUNDING);
        }
    }
    for (child, (sum, rounding)) in explained {
        hold(
            sum <= 1.0 + rounding,
            "parents explain disjoint parts",
            || format!("{sum} of {child}"),
        )?;
    }
    let distinct: BTreeSet<_> = lineage.edges.iter().map(|e| (&e.from, &e.to)).collect();
    hold(
        distinct.len() == lineage.edges.len(),
        "an edge stands once",
        String::new,
    )?;
    no_circle(&lineage.edges)?;
    for open in &lineage.undetermined {
        hold(
            answer.place(&open.a)? < answer.place(&open.b)?,
            "an open pair is in the order of the input",
            || format!("{open:?}"),
        )?;
        share(open.copy_probability, "edges have probabilities")?;
        share(open.a_to_b, "edges have probabilities")?;
        let known =
            distinct.contains(&(&open.a, &open.b)) || distinct.contains(&(&open.b, &open.a));
        hold(!known, "an open pair has no edge", || format!("{open:?}"))?;
    }
    Ok(())
}

fn edge(answer: &Answer<'_>, edge: &EdgeRecord) -> Checked {
    share(edge.probability, "edges have probabilities")?;
    share(edge.direction_probability, "edges have probabilities")?;
    for clue in &edge.evidence {
        hold(clue.weight.is_finite(), "clues have finite weights", || {
            format!("{clue:?}")
        })?;
        let text = answer.text(&clue.document);
        answer.place(&clue.document)?;
        let words = text.get(
            ByteSpan {
                start: clue.start,
                end: clue.end,
            }
            .range(),
        );
        let holds = words.is_some_and(|words| words == clue.text || words.is_empty());
        hold(holds, "a clue has the words of its place", || {
            format!("{clue:?}")
        })?;
    }
    Ok(())
}

/// Takes away what nobody of the rest was copied from, until nothing is left.
fn no_circle(edges: &[EdgeRecord]) -> Checked {
    let mut left: Vec<&EdgeRecord> = edges.iter().collect();
    loop {
        let parents: BTreeSet<&str> = left.iter().map(|edge| &*edge.from).collect();
        let before = left.len();
        left.retain(|edge| parents.contains(&*edge.to));
        if left.len() == before {
            break;
        }
    }
    hold(left.is_empty(), "lineage has no circles", || {
        let shown = left
            .iter()
            .map(|edge| format!("{} -> {}", edge.from, edge.to));
        shown.collect::<Vec<_>>().join(", ")
    })
}
