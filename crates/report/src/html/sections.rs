//! The sections between families and documents.

use std::collections::{BTreeMap, HashSet};

use maud::{Markup, html};
use wirecopy_findings::{
    BoilerplateRecord, PairRecord, QuoteGroupRecord, Span, UndeterminedRecord,
};

use super::Page;
use super::families::{open_link, tree};
use super::page::{and_more, document_link, short, words};
use super::pairs::one_pair;
use crate::forest::Forest;
use crate::labels::{self, count, number, percent, size};
use crate::variants::variants;

const MAX_RIVALS: usize = 300;
const MAX_GROUPS: usize = 500;
const MAX_COMMON_TEXTS: usize = 200;
const MAX_EXAMPLES: usize = 12;
const MAX_ERRORS: usize = 1_000;

fn section(id: &str, title: &str, remark: &str, body: &Markup) -> Markup {
    html! {
        section id=(id) {
            h2 { (title) }
            @if !remark.is_empty() { p.remark { (remark) } }
            (body)
        }
    }
}

/// Single documents from outside sources, and undetermined copies across families.
pub(crate) fn elsewhere(page: &Page<'_>) -> Markup {
    let forest = Forest::of_loners(&page.view);
    let family = |id: &str| page.view.document(id).and_then(|d| d.family.as_deref());
    let all = page.view.findings.lineage.undetermined.iter();
    let apart: Vec<&UndeterminedRecord> = all
        .filter(|u| family(&u.a).is_none() || family(&u.a) != family(&u.b))
        .collect();
    if forest.nodes.is_empty() && apart.is_empty() {
        return html! {};
    }
    let body = html! {
        @if !forest.nodes.is_empty() { (tree(page, &forest)) }
        ul {
            @for link in apart.iter().take(MAX_RIVALS) {
                li { (open_link(page, link)) }
            }
        }
        (and_more(apart.len().saturating_sub(MAX_RIVALS)))
    };
    section(
        "elsewhere",
        "Taken from elsewhere",
        "Single documents whose source is not among the documents.",
        &body,
    )
}

pub(crate) fn rivals(page: &Page<'_>) -> Markup {
    let all = page.view.findings.pairs.iter();
    let mut pairs: Vec<&PairRecord> = all.filter(|p| p.relation.is_rivalry()).collect();
    if pairs.is_empty() {
        return html! {};
    }
    pairs.sort_by_key(|p| {
        std::cmp::Reverse(p.passages.iter().map(|p| p.a.end - p.a.start).sum::<u32>())
    });
    let body = html! {
        @for pair in pairs.iter().take(MAX_RIVALS) { (one_pair(page, pair)) }
        (and_more(pairs.len().saturating_sub(MAX_RIVALS)))
    };
    section(
        "rivals",
        "Same words, no copy",
        "Pairs that share what somebody said, a form, or too little to call it copying.",
        &body,
    )
}

pub(crate) fn quotations(page: &Page<'_>) -> Markup {
    let mut groups: Vec<&QuoteGroupRecord> = page.view.findings.quote_groups.iter().collect();
    if groups.is_empty() {
        return html! {};
    }
    groups.sort_by_key(|g| std::cmp::Reverse((g.altered, g.documents)));
    let altered = groups.iter().filter(|g| g.altered).count();
    let remark = format!(
        "{} at several places, {} altered on the way.",
        count(groups.len(), "utterance"),
        number(altered)
    );
    let body = html! {
        @for group in groups.iter().take(MAX_GROUPS) { (one_group(page, group)) }
        (and_more(groups.len().saturating_sub(MAX_GROUPS)))
    };
    section("quotations", "Quotations", &remark, &body)
}

fn one_group(page: &Page<'_>, group: &QuoteGroupRecord) -> Markup {
    let variants = variants(&page.view, group);
    let first = variants
        .first()
        .map(|(quote, _)| short(&quote.text, 120))
        .unwrap_or_default();
    let documents = count(
        usize::try_from(group.documents).unwrap_or(usize::MAX),
        "document",
    );
    html! {
        details.group.searchable {
            summary {
                span.speaker { bdi { (words(group.speaker.as_deref().unwrap_or("speaker not named"))) } }
                " " q { (first) } " " span.count { (documents) }
                @if group.altered { " " span.warning { "altered" } }
            }
            @for (i, (quote, places)) in variants.iter().enumerate() {
                // The heading has the first wording already, if it is short enough.
                @if i > 0 {
                    blockquote { (differences(&variants[0].0.text, &quote.text)) }
                } @else if words(&quote.text) != first {
                    blockquote { (words(&quote.text)) }
                }
                p.remark {
                    @for (j, place) in places.iter().enumerate() {
                        @if j > 0 { ", " }
                        (document_link(page, place))
                    }
                }
            }
        }
    }
}

/// A variant against the main wording: missing ends are a matter of length, what differs inside is marked.
fn differences(main: &str, other: &str) -> Markup {
    use wirecopy_findings::EditKindName::{Added, Cut};
    let pieces = crate::variants::differences(main, other);
    html! {
        @for piece in &pieces {
            @match piece.kind {
                Cut => del { (words_spaced(piece.text)) },
                Added => ins { (words_spaced(piece.text)) },
                _ => (words_spaced(piece.text)),
            }
        }
    }
}

/// Harmless words that keep a space at either end.
fn words_spaced(text: &str) -> String {
    crate::sanitize::harmless(text, crate::sanitize::Charset::Unicode)
}

pub(crate) fn common_texts(page: &Page<'_>) -> Markup {
    let mut groups: Vec<_> = page.view.findings.passage_groups.iter().collect();
    if groups.is_empty() {
        return html! {};
    }
    groups.sort_by_key(|g| std::cmp::Reverse(g.occurrences.len()));
    let body = html! {
        @for group in groups.iter().take(MAX_COMMON_TEXTS) {
            @let documents: HashSet<&str> = group.occurrences.iter().map(|o| &*o.document).collect();
            @let first = group.occurrences.first();
            details {
                summary {
                    strong { @if group.truncated { "more than " } (count(documents.len(), "document")) } " "
                    @if let Some(text) = first.and_then(|o| page.view.words(&o.document, Span { start: o.start, end: o.end })) {
                        q { (short(text, 300)) }
                    }
                }
                p.remark {
                    @for (i, place) in group.occurrences.iter().take(MAX_EXAMPLES).enumerate() {
                        @if i > 0 { ", " }
                        (document_link(page, &place.document))
                    }
                    @if group.occurrences.len() > MAX_EXAMPLES { " and more" }
                }
            }
        }
        (and_more(groups.len().saturating_sub(MAX_COMMON_TEXTS)))
    };
    section("common", "Texts in many documents", "", &body)
}

pub(crate) fn boilerplate(page: &Page<'_>) -> Markup {
    let mut by_type: BTreeMap<_, Vec<&BoilerplateRecord>> = BTreeMap::new();
    for block in &page.view.findings.boilerplate {
        by_type
            .entry((block.class, block.kind))
            .or_default()
            .push(block);
    }
    if by_type.is_empty() {
        return html! {};
    }
    let bytes = |blocks: &[&BoilerplateRecord]| {
        blocks
            .iter()
            .map(|b| u64::from(b.end - b.start))
            .sum::<u64>()
    };
    let body = html! {
        @for ((class, kind), blocks) in &by_type {
            details.searchable {
                summary {
                    strong { (labels::boilerplate(*kind)) } " "
                    span.count { (count(blocks.len(), "block")) ", " (size(bytes(blocks))) } " "
                    span.faint { (labels::class(*class)) }
                }
                ul { @for block in blocks.iter().take(MAX_EXAMPLES) { (example(page, block)) } }
                (and_more(blocks.len().saturating_sub(MAX_EXAMPLES)))
            }
        }
    };
    section(
        "boilerplate",
        "Boilerplate",
        "Text that is not the article's own.",
        &body,
    )
}

fn example(page: &Page<'_>, block: &BoilerplateRecord) -> Markup {
    let text = page.view.words(
        &block.document,
        Span {
            start: block.start,
            end: block.end,
        },
    );
    let cues: Vec<String> = block
        .evidence
        .iter()
        .map(|c| words(&labels::cue(&c.cue)))
        .collect();
    html! {
        li {
            @if let Some(text) = text { q { (short(text, 160)) } " " }
            (document_link(page, &block.document))
            " " span.faint { (percent(block.probability)) @if !cues.is_empty() { ": " (cues.join(", ")) } }
        }
    }
}

pub(crate) fn sites(page: &Page<'_>) -> Markup {
    let sites = &page.view.findings.sites;
    if sites.len() < 2 {
        return html! {};
    }
    let body = html! {
        table.sites {
            thead { tr {
                th scope="col" { "site" } th.number scope="col" { "documents" } th.number scope="col" { "own" }
                th.number scope="col" { "copied" } th.number scope="col" { "boilerplate" }
            } }
            tbody {
                @for site in sites.iter().take(MAX_ERRORS) {
                    tr {
                        th scope="row" { bdi { (words(&site.site)) } }
                        td.number { (site.documents) } td.number { (site.originated) }
                        td.number { (site.copied) } td.number { (percent(site.boilerplate_share)) }
                    }
                }
            }
        }
        (and_more(sites.len().saturating_sub(MAX_ERRORS)))
    };
    section("sites", "Sites", "Who writes and who copies.", &body)
}

pub(crate) fn skipped(page: &Page<'_>) -> Markup {
    let errors = &page.view.findings.errors;
    if errors.is_empty() {
        return html! {};
    }
    let body = html! {
        ul {
            @for error in errors.iter().take(MAX_ERRORS) {
                li {
                    bdi { code { (words(&error.path)) } } " " span.warning { (words(&labels::cue(&error.code))) }
                    @if let Some(at) = error.offset { " at byte " (at) }
                    ": " (words(labels::reason(error)))
                }
            }
        }
        (and_more(errors.len().saturating_sub(MAX_ERRORS)))
    };
    section("skipped", "Skipped or repaired", "", &body)
}
