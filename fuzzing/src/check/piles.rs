//! Runs over several articles: threads and order do not show.

use std::collections::BTreeSet;

use wirecopy_detector::dedup::Edge;
use wirecopy_findings::Findings;
use wirecopy_text::DocId;

use super::findings::{Answer, findings};
use super::run::{decide, documents, options, plain_id, run};
use super::{Checked, hold, share};
use crate::case::Article;

/// One in so many cases is run again with other threads, and with another order.
const AGAIN: u8 = 8;

pub(super) fn detect(articles: &[Article], variant: u8) -> Checked {
    let found = run(documents(articles, plain_id), variant, 1)?;
    let answer = Answer::new(&found.findings, &found.texts);
    findings(&answer, &options(variant).relations())?;
    if !variant.is_multiple_of(AGAIN) {
        return Ok(());
    }
    for threads in [2, 4] {
        let again = run(documents(articles, plain_id), variant, threads)?;
        hold(
            again.findings == found.findings,
            "the thread count does not show",
            || format!("{threads} threads"),
        )?;
    }
    let mut turned = documents(articles, plain_id);
    turned.reverse();
    let again = run(turned, variant, 1)?;
    let (one, other) = (orderless(&found.findings), orderless(&again.findings));
    hold(one == other, "the order of the input does not show", || {
        let difference = one.symmetric_difference(&other);
        difference.cloned().collect::<Vec<_>>().join(" | ")
    })
}

/// The findings as a set of statements that name documents by id and say nothing of order.
fn orderless(findings: &Findings) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for pair in &findings.pairs {
        let mut sides = [
            (
                &pair.a,
                pair.aligned_a,
                pair.containment_a,
                pair.passages.iter().map(|p| p.a).collect(),
            ),
            (
                &pair.b,
                pair.aligned_b,
                pair.containment_b,
                pair.passages.iter().map(|p| p.b).collect::<Vec<_>>(),
            ),
        ];
        sides.iter_mut().for_each(|side| side.3.sort());
        sides.sort_by_key(|side| side.0);
        out.insert(format!(
            "pair {:?} {:?} {} {sides:?}",
            pair.relation, pair.whole, pair.similarity
        ));
    }
    for family in &findings.families {
        let members: BTreeSet<_> = family.documents.iter().collect();
        out.insert(format!("family {members:?} {}", family.representative));
    }
    let place = |id: &String| {
        let quote = findings.quotes.iter().find(|quote| &quote.id == id);
        quote.map(|quote| (&quote.document, quote.start, quote.end))
    };
    for quote in &findings.quotes {
        let told = (
            &quote.document,
            quote.start,
            quote.end,
            quote.form,
            &quote.speaker,
            &quote.relayed_by,
        );
        out.insert(format!("quote {told:?}"));
    }
    for group in &findings.quote_groups {
        let members: BTreeSet<_> = group.quotes.iter().map(place).collect();
        out.insert(format!(
            "quotations {:?} {} {members:?}",
            group.speaker, group.altered
        ));
    }
    for block in &findings.boilerplate {
        out.insert(format!("boilerplate {block:?}"));
    }
    let source = |id: &String| {
        let source = findings
            .lineage
            .sources
            .iter()
            .find(|source| &source.id == id);
        source.map_or_else(|| id.clone(), |source| format!("{:?}", source.name))
    };
    for edge in &findings.lineage.edges {
        let told = (source(&edge.from), &edge.to, edge.relation, edge.share);
        out.insert(format!(
            "edge {told:?} {} {}",
            edge.probability, edge.direction_probability
        ));
    }
    out
}

pub(super) fn dedup(articles: &[Article], variant: u8) -> Checked {
    let (decision, collection) = decide(articles, variant, 1)?;
    decision
        .edges
        .iter()
        .try_for_each(|edge| self::edge(edge, articles.len()))?;
    let verdicts = &decision.choice.verdicts;
    hold(
        verdicts.len() == articles.len(),
        "each document has a verdict",
        || verdicts.len().to_string(),
    )?;
    for (number, verdict) in verdicts.iter().enumerate() {
        let Some((of, relation, aligned)) = verdict.duplicate_of else {
            continue;
        };
        share(aligned, "no word counts twice in dedup")?;
        let kept = verdicts
            .get(of.index())
            .is_some_and(|v| v.duplicate_of.is_none());
        hold(
            kept && of.index() != number,
            "what goes is held by a kept document",
            || format!("{number} by {of:?}"),
        )?;
        let first = |d: DocId| collection.equal_to(d).unwrap_or(d);
        let (one, other) = (first(DocId::new(number)), first(of));
        let direct = |e: &Edge| (e.a, e.b) == (one.min(other), one.max(other));
        hold(
            one == other || decision.edges.iter().any(direct),
            "what goes has a direct edge",
            || format!("{number} and {of:?}, {relation:?}"),
        )?;
    }
    if variant.is_multiple_of(AGAIN) {
        for threads in [2, 4] {
            let again = decide(articles, variant, threads)?;
            hold(
                again.0 == decision,
                "the thread count does not show",
                || format!("{threads} threads"),
            )?;
        }
    }
    Ok(())
}

fn edge(edge: &Edge, count: usize) -> Checked {
    let found = &edge.comparison;
    let detail = || format!("{edge:?}");
    hold(
        edge.a < edge.b && edge.b.index() < count,
        "an edge joins two documents in order",
        detail,
    )?;
    share(found.share_a(), "no word counts twice in dedup")?;
    share(found.share_b(), "no word counts twice in dedup")?;
    hold(
        found.unquoted <= found.aligned,
        "unquoted words are some of the aligned",
        detail,
    )
}
