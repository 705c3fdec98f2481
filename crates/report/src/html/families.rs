//! Families: the drawn lineage, the members with their evidence, and the pairs.

use std::collections::HashSet;
use std::io::{self, Write};

use maud::{Markup, html};
use wirecopy_findings::{EdgeRecord, EvidenceRecord, FamilyRecord, PairRecord, UndeterminedRecord};

use super::page::{and_more, document_link, short, words};
use super::{Page, graph, pairs};
use crate::forest::{Forest, Node};
use crate::index::evidence_by_weight;
use crate::labels::{self, count, percent};

/// Families shown with their pairs; the others are listed.
const MAX_FAMILIES: usize = 400;
/// Families that are open when the page is.
const OPEN_FAMILIES: usize = 3;
/// A family with more members than this is closed at first, so that the next one can be seen.
const MAX_OPEN_MEMBERS: usize = 25;
/// Members listed.
const MAX_MEMBERS: usize = 300;
/// Undetermined copies shown of one family.
const MAX_OPEN_LINKS: usize = 10;
/// Clues of each kind shown for an edge.
const MAX_CLUES: usize = 4;
/// Pairs shown of one family.
const MAX_PAIRS: usize = 40;

/// Writes the section, family by family.
pub(crate) fn write(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut families: Vec<(usize, &FamilyRecord)> =
        page.view.findings.families.iter().enumerate().collect();
    if families.is_empty() {
        return Ok(());
    }
    families.sort_by_key(|(_, f)| std::cmp::Reverse(f.documents.len()));
    out.write_all(b"<section id=\"families\"><h2>Families</h2><p class=\"remark\">One text and its copies. An arrow leads from a text to what was taken from it.</p>")?;
    for (rank, &(at, family)) in families.iter().take(MAX_FAMILIES).enumerate() {
        let is_short = family.documents.len() <= MAX_OPEN_MEMBERS;
        let fold = if rank < OPEN_FAMILIES && is_short {
            Fold::Open
        } else {
            Fold::Closed
        };
        let markup = one_family(page, (at, family), fold);
        out.write_all(markup.into_string().as_bytes())?;
    }
    out.write_all(
        and_more(families.len().saturating_sub(MAX_FAMILIES))
            .into_string()
            .as_bytes(),
    )?;
    out.write_all(b"</section>")
}

/// Whether a family is unfolded when the page opens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fold {
    Open,
    Closed,
}

fn one_family(page: &Page<'_>, (at, family): (usize, &FamilyRecord), fold: Fold) -> Markup {
    let forest = Forest::of_family(&page.view, family);
    let members: HashSet<&str> = family.documents.iter().map(String::as_str).collect();
    let all = page.view.findings.lineage.undetermined.iter();
    let mut open_links: Vec<&UndeterminedRecord> = all
        .filter(|u| members.contains(&*u.a) && members.contains(&*u.b))
        .collect();
    open_links.sort_by(|x, y| y.copy_probability.total_cmp(&x.copy_probability));
    let pairs = worth_reading(page, family);
    html! {
        details.family.searchable id={ "f" (at) } open[fold == Fold::Open] {
            summary {
                strong { (words(&family.id)) }
                " " span.count { (count(family.documents.len(), "document")) } " "
                @if let Some(title) = forest.title(&page.view) { q { (short(title, 110)) } }
            }
            (graph::drawing(page, &forest, &open_links))
            (tree(page, &forest))
            @if !open_links.is_empty() { (undetermined(page, &open_links)) }
            @for pair in pairs.iter().take(MAX_PAIRS) { (pairs::one_pair(page, pair)) }
            (and_more(pairs.len().saturating_sub(MAX_PAIRS)))
        }
    }
}

/// Pairs along the lineage first, then the closest.
fn worth_reading<'a>(page: &Page<'a>, family: &FamilyRecord) -> Vec<&'a PairRecord> {
    let edges: HashSet<(&str, &str)> = page
        .view
        .findings
        .lineage
        .edges
        .iter()
        .map(|e| (&*e.from, &*e.to))
        .collect();
    let on_edge =
        |p: &PairRecord| edges.contains(&(&*p.a, &*p.b)) || edges.contains(&(&*p.b, &*p.a));
    let closeness = |p: &PairRecord| p.aligned_a.max(p.aligned_b);
    let mut pairs: Vec<&PairRecord> = page
        .view
        .pairs_of(family)
        .filter(|p| p.relation.joins_family())
        .collect();
    pairs.sort_by(|x, y| {
        on_edge(y)
            .cmp(&on_edge(x))
            .then(closeness(y).total_cmp(&closeness(x)))
    });
    pairs
}

/// The members as nested lists, each with how it came about.
pub(crate) fn tree(page: &Page<'_>, forest: &Forest<'_>) -> Markup {
    let mut rows = Vec::new();
    let mut open: Vec<(usize, usize)> = forest.roots.iter().rev().map(|&root| (root, 0)).collect();
    while let Some((at, depth)) = open.pop() {
        rows.push((&forest.nodes[at], depth));
        open.extend(
            forest.nodes[at]
                .children
                .iter()
                .rev()
                .map(|&child| (child, depth + 1)),
        );
    }
    html! {
        ol.tree {
            @for (node, depth) in rows.iter().take(MAX_MEMBERS) {
                li class={ "depth" (depth.min(&8)) } { (member(page, node)) }
            }
        }
        (and_more(rows.len().saturating_sub(MAX_MEMBERS)))
    }
}

fn member(page: &Page<'_>, node: &Node<'_>) -> Markup {
    let document = page.view.document(node.id);
    html! {
        @if let Some(document) = document {
            (document_link(page, node.id))
            @for field in [&document.site, &document.published].into_iter().flatten() {
                " " span.faint { bdi { (words(field)) } }
            }
        } @else {
            strong { bdi { (words(&page.view.origin_name(node.id))) } }
            " " span.faint { "not among the documents" }
        }
        @if let Some(edge) = node.edge { (arrival(edge)) }
        @for edge in &node.also {
            div.edge { "and from " (document_link(page, &edge.from)) ": " (facts(edge)) }
        }
    }
}

/// How a member came about: the edge, its clues in the text's own words, and those without words in one line.
fn arrival(edge: &EdgeRecord) -> Markup {
    let clues = evidence_by_weight(edge);
    let (worded, bare): (Vec<_>, Vec<_>) = clues
        .into_iter()
        .partition(|clue| !clue.text.trim().is_empty());
    html! {
        div.edge { (facts(edge)) }
        ul.evidence {
            @for clue in worded.into_iter().take(MAX_CLUES) {
                li { (name_and_weight(clue)) ": " q { (short(&clue.text, 220)) } }
            }
            @if !bare.is_empty() {
                li {
                    @for (i, clue) in bare.into_iter().take(MAX_CLUES).enumerate() {
                        @if i > 0 { " · " }
                        (name_and_weight(clue))
                    }
                }
            }
        }
    }
}

fn name_and_weight(clue: &EvidenceRecord) -> Markup {
    html! {
        span.faint { (words(&labels::cue(&clue.cue))) }
        " " span.weight title="log-odds" { (format!("{:+.1}", clue.weight)) }
    }
}

fn facts(edge: &EdgeRecord) -> Markup {
    html! {
        strong { (labels::edge(edge)) }
        @if let Some(share) = edge.share { " · " (percent(share)) " of its words" }
        " · " (percent(edge.probability)) " sure"
        @if edge.direction_probability < 0.9 {
            span.warning { " · direction " (percent(edge.direction_probability)) " sure" }
        }
    }
}

fn undetermined(page: &Page<'_>, links: &[&UndeterminedRecord]) -> Markup {
    html! {
        ul.undetermined {
            @for link in links.iter().take(MAX_OPEN_LINKS) { li { (open_link(page, link)) } }
        }
        (and_more(links.len().saturating_sub(MAX_OPEN_LINKS)))
    }
}

/// A copy of unknown direction, the likelier origin first.
pub(crate) fn open_link(page: &Page<'_>, link: &UndeterminedRecord) -> Markup {
    let (first, second, share) = match link.a_to_b >= 0.5 {
        true => (&link.a, &link.b, link.a_to_b),
        false => (&link.b, &link.a, 1.0 - link.a_to_b),
    };
    html! {
        (document_link(page, first)) " ↔ " (document_link(page, second))
        ": a copy (" (percent(link.copy_probability)) " sure), direction open ("
        (percent(share)) " for the first as origin)"
    }
}
