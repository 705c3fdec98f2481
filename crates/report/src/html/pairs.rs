//! One pair: its aligned passages beside each other.

use maud::{Markup, html};
use wirecopy_findings::{EditKindName, PairRecord, QuoteRecord};

use super::Page;
use super::page::{block, document_link, short, words};
use crate::alignment::{Marked, Order, Row, Shared, Sides, What, mark_quotes, rows};
use crate::diff_runs::{Piece, tokens};
use crate::labels::{self, count, percent};
use crate::pair_order::{Direction, OrderedPair};

/// Rows of one pair.
const MAX_ROWS: usize = 400;

pub(crate) fn one_pair<'a>(page: &Page<'a>, pair: &'a PairRecord) -> Markup {
    let reading = OrderedPair::of(&page.view, pair);
    let pair = &*reading.pair;
    let arrow = match reading.way {
        Direction::Down => " → ",
        Direction::Open => " ↔ ",
    };
    html! {
        details.pair.searchable {
            summary {
                (document_link(page, &pair.a)) (arrow) (document_link(page, &pair.b)) " "
                strong { (labels::pair(pair, ["the left", "the right"])) }
                " · " (percent(pair.aligned_a)) " of the left and " (percent(pair.aligned_b)) " of the right · "
                (count(pair.passages.len(), "passage"))
            }
            (body(page, pair))
        }
    }
}

fn body(page: &Page<'_>, pair: &PairRecord) -> Markup {
    let view = &page.view;
    let Some((text_a, text_b)) = view.text(&pair.a).zip(view.text(&pair.b)) else {
        return html! { p.remark { "The texts are not at hand." } };
    };
    let shared: u32 = pair
        .passages
        .iter()
        .map(|p| p.a.end - p.a.start + p.b.end - p.b.start)
        .sum();
    if !page.spend(shared as usize) {
        return html! { p.remark { "Left out to keep this page quick; " code { "wirecopy compare" } " shows it." } };
    }
    let quotes: (Vec<_>, Vec<_>) = (
        view.quotes_of(&pair.a).collect(),
        view.quotes_of(&pair.b).collect(),
    );
    let rows = rows(Sides {
        passages: &pair.passages,
        texts: (text_a, text_b),
        boilerplate: [view.boilerplate(&pair.a), view.boilerplate(&pair.b)],
    });
    html! {
        table.aligned {
            thead { tr { th scope="col" { (document_link(page, &pair.a)) } th scope="col" { (document_link(page, &pair.b)) } } }
            tbody {
                @for row in rows.iter().take(MAX_ROWS) {
                    @match row {
                        Row::Shared(shared) => (shared_row(shared, (&quotes.0, &quotes.1))),
                        Row::Apart { what, a, b } => tr.apart {
                            td { (only(*what, a.clone().and_then(|part| text_a.get(part)))) }
                            td { (only(*what, b.clone().and_then(|part| text_b.get(part)))) }
                        },
                    }
                }
            }
        }
        @if rows.len() > MAX_ROWS { p.more { "… and " (count(rows.len() - MAX_ROWS, "more row")) } }
    }
}

fn shared_row(shared: &Shared<'_>, quotes: (&[&QuoteRecord], &[&QuoteRecord])) -> Markup {
    let class = match (shared.order, shared.is_kept()) {
        (Order::Moved, _) => "elsewhere",
        (Order::Same, true) => "kept",
        (Order::Same, false) => "edited",
    };
    html! {
        tr class=(class) {
            td { (cell(&shared.a, quotes.0)) }
            td {
                @if shared.order == Order::Moved { span.note { "stands elsewhere on this side" } }
                (cell(&shared.b, quotes.1))
            }
        }
    }
}

fn cell(pieces: &[Piece<'_>], quotes: &[&QuoteRecord]) -> Markup {
    let marked = mark_quotes(pieces, quotes);
    let mut speakers: Vec<&str> = Vec::new();
    for speaker in marked.iter().filter_map(|m| m.quote?.speaker.as_deref()) {
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    html! {
        @for (i, part) in marked.iter().enumerate() {
            @let text = part.piece.text;
            @let text = if i == 0 { text.trim_start() } else { text };
            (piece(part, if i + 1 == marked.len() { text.trim_end() } else { text }))
        }
        @if !speakers.is_empty() { span.speaker { bdi { (words(&speakers.join("; "))) } } }
    }
}

fn piece(part: &Marked<'_, '_>, text: &str) -> Markup {
    let text = block(text);
    let text = html! { @if part.quote.is_some() { span.quoted { (text) } } @else { (text) } };
    match part.piece.kind {
        EditKindName::Kept => text,
        EditKindName::Changed => html! { span.changed { (text) } },
        EditKindName::Cut => html! { del { (text) } },
        EditKindName::Added => html! { ins { (text) } },
        EditKindName::Moved => html! { span.moved { (text) } },
    }
}

/// Text without a partner: in full while it is short, else its size and how it begins.
fn only(what: What, text: Option<&str>) -> Markup {
    const MAX_SHOWN_WORDS: usize = 30;
    let Some(text) = text else { return html! {} };
    let n = tokens(text).len();
    let mut notes = match what {
        What::Own => Vec::new(),
        What::Again => vec!["its partner stands beside another place".to_owned()],
        What::Boilerplate(kind) => vec![labels::boilerplate(kind).to_owned()],
    };
    if n > MAX_SHOWN_WORDS {
        let paragraphs = text.lines().filter(|line| !line.trim().is_empty()).count();
        let here = if what == What::Own { " only here" } else { "" };
        let size = format!(
            "{}, {}{here}",
            count(paragraphs, "paragraph"),
            count(n, "word")
        );
        notes.push(size);
    }
    let shown = match n > MAX_SHOWN_WORDS {
        true => short(text, 140),
        false => block(text),
    };
    html! {
        @if !notes.is_empty() { span.note { (notes.join(" · ")) } }
        @if matches!(what, What::Boilerplate(_)) { span.boilerplate { (shown) } } @else { (shown) }
    }
}
