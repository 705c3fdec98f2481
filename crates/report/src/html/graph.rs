//! The lineage of a family as an SVG drawing: a tidy tree from left to right, other links as curves across it.

use maud::{Markup, html};
use wirecopy_findings::{DocumentRecord, EdgeRecord, UndeterminedRecord};

use super::Page;
use super::page::{short, words};
use crate::forest::Forest;
use crate::index::caption;
use crate::labels::{self, percent};

/// A drawing with more boxes than this helps nobody; the list below it says the same.
const MAX_NODES: usize = 60;
const BOX_WIDTH: usize = 236;
const BOX_HEIGHT: usize = 42;
const COLUMN: usize = BOX_WIDTH + 136;
const ROW: usize = BOX_HEIGHT + 16;
const MARGIN: usize = 8;
/// How far the curve of an undetermined copy goes beyond the boxes.
const BULGE: usize = 60;
/// Characters of a name that fit a box.
const NAME_CHARS: usize = 28;

/// Wider drawings are not made to fit their frame (their letters would be too small) but scrolled.
const MAX_FITTED_WIDTH: usize = 1_600;

/// Top left corner of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Corner {
    x: usize,
    y: usize,
}

impl Corner {
    fn middle(self) -> usize {
        self.y + BOX_HEIGHT / 2
    }
}

/// The drawing; nothing when there is no link to draw, or too much of them.
pub(crate) fn drawing(
    page: &Page<'_>,
    forest: &Forest<'_>,
    open_links: &[&UndeterminedRecord],
) -> Markup {
    let linked = forest.nodes.iter().any(|n| n.edge.is_some()) || !open_links.is_empty();
    if !linked || forest.nodes.len() > MAX_NODES {
        return html! {};
    }
    let corners = layout(forest);
    let beyond = if open_links.is_empty() {
        MARGIN
    } else {
        BULGE + MARGIN
    };
    let width = corners.iter().map(|c| c.x + BOX_WIDTH).max().unwrap_or(0) + beyond;
    let height = corners.iter().map(|c| c.y + BOX_HEIGHT).max().unwrap_or(0) + MARGIN;
    html! {
        div.drawing tabindex="0" role="group" aria-label="Lineage graph" {
            svg.wide[width > MAX_FITTED_WIDTH] xmlns="http://www.w3.org/2000/svg"
                width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) }
                role="img" aria-label="Who copied whom" {
                (links(forest, &corners, open_links))
                @for (node, &corner) in forest.nodes.iter().zip(&corners) {
                    (node_box(page, node.id, corner))
                }
            }
        }
    }
}

fn links(forest: &Forest<'_>, corners: &[Corner], open_links: &[&UndeterminedRecord]) -> Markup {
    let place = |id: &str| {
        forest
            .nodes
            .iter()
            .position(|n| n.id == id)
            .map(|at| corners[at])
    };
    html! {
        @for (node, &to) in forest.nodes.iter().zip(corners) {
            @if let (Some(edge), Some(from)) = (node.edge, node.edge.and_then(|e| place(&e.from))) {
                (link(from, to, edge, "edge"))
            }
            @for edge in &node.also {
                @if let Some(from) = place(&edge.from) { (link(from, to, edge, "edge also")) }
            }
        }
        @for open in open_links {
            @if let (Some(a), Some(b)) = (place(&open.a), place(&open.b)) { (open_link(a, b, open)) }
        }
        @for (node, &to) in forest.nodes.iter().zip(corners) {
            @if let (Some(edge), Some(from)) = (node.edge, node.edge.and_then(|e| place(&e.from))) {
                (link_label(from, to, edge))
            }
        }
    }
}

/// A row for each leaf in tree order; a parent stands at the middle of its first and last child.
fn layout(forest: &Forest<'_>) -> Vec<Corner> {
    let mut corners = vec![Corner::default(); forest.nodes.len()];
    let mut open: Vec<(usize, usize)> = forest.roots.iter().rev().map(|&root| (root, 0)).collect();
    let mut order = Vec::new();
    while let Some((at, depth)) = open.pop() {
        corners[at].x = MARGIN + depth * COLUMN;
        order.push(at);
        open.extend(
            forest.nodes[at]
                .children
                .iter()
                .rev()
                .map(|&child| (child, depth + 1)),
        );
    }
    let mut next_row = MARGIN;
    for &at in &order {
        if forest.nodes[at].children.is_empty() {
            corners[at].y = next_row;
            next_row += ROW;
        }
    }
    for &at in order.iter().rev() {
        let children = &forest.nodes[at].children;
        if let (Some(&first), Some(&last)) = (children.first(), children.last()) {
            corners[at].y = usize::midpoint(corners[first].y, corners[last].y);
        }
    }
    corners
}

fn link(from: Corner, to: Corner, edge: &EdgeRecord, class: &str) -> Markup {
    let label = link_words(edge);
    let (x1, x2) = (from.x + BOX_WIDTH, to.x);
    html! {
        path class=(class) d=(curve((x1, from.middle()), (x2, to.middle()))) marker-end="url(#arrow)" {
            title { (label) ", " (percent(edge.probability)) " sure" }
        }
    }
}

/// The words beside an arrow head, drawn over all lines, on the side that their own line does not come from.
fn link_label(from: Corner, to: Corner, edge: &EdgeRecord) -> Markup {
    let y = match to.middle() > from.middle() {
        true => to.middle() + 14,
        false => to.middle().saturating_sub(5),
    };
    html! {
        text.label x=(to.x.saturating_sub(12)) y=(y) text-anchor="end" {
            (link_words(edge))
        }
    }
}

fn link_words(edge: &EdgeRecord) -> String {
    let share = edge.share.map(|s| format!(" {}", percent(s)));
    format!("{}{}", edge_label(edge), share.unwrap_or_default())
}

fn edge_label(edge: &EdgeRecord) -> &'static str {
    use wirecopy_findings::EdgeRelation::Translation;
    if edge.relation == Translation {
        "translated"
    } else {
        labels::edge(edge)
    }
}

fn open_link(a: Corner, b: Corner, open: &UndeterminedRecord) -> Markup {
    let (x1, x2) = (a.x + BOX_WIDTH, b.x + BOX_WIDTH);
    let bulge = x1.max(x2) + BULGE;
    let (y1, y2) = (a.middle(), b.middle());
    html! {
        path.open d={ "M" (x1) " " (y1) "C" (bulge) " " (y1) " " (bulge) " " (y2) " " (x2) " " (y2) } {
            title { "a copy (" (percent(open.copy_probability)) " sure), direction open" }
        }
    }
}

fn curve((x1, y1): (usize, usize), (x2, y2): (usize, usize)) -> String {
    let half = usize::midpoint(x1, x2.max(x1));
    format!("M{x1} {y1}C{half} {y1} {half} {y2} {x2} {y2}")
}

fn node_box(page: &Page<'_>, id: &str, at: Corner) -> Markup {
    let (x, y) = (at.x, at.y);
    let Some(position) = page.view.position(id) else {
        let name = page
            .view
            .source(id)
            .and_then(|s| s.name.as_deref())
            .unwrap_or("an unseen text");
        let name = end_of(name);
        return html! {
            g.source {
                rect x=(x) y=(y) width=(BOX_WIDTH) height=(BOX_HEIGHT) rx="21" {}
                text.name x=(x + 18) y=(y + 18) { (name) }
                text.meta x=(x + 18) y=(y + 34) { "not among the documents" }
            }
        };
    };
    let document = &page.view.findings.documents[position];
    let date = document.day();
    let meta = [document.site.as_deref(), date]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    html! {
        a href={ "#d" (position) } {
            rect x=(x) y=(y) width=(BOX_WIDTH) height=(BOX_HEIGHT) rx="5" {}
            text.name x=(x + 10) y=(y + 18) { (name_of(document)) }
            text.meta x=(x + 10) y=(y + 34) { (end_of(&meta)) }
            title { (words(id)) @if let Some(title) = page.view.title(id) { ": " (words(title)) } }
        }
    }
}

/// The id, or the headline where the id tells nothing.
fn name_of(document: &DocumentRecord) -> String {
    caption(document).map_or_else(
        || end_of(&document.id),
        |title| short(title, NAME_CHARS - 2),
    )
}

/// The end of a name says most: the file without its folders, and of a long one its end.
fn end_of(name: &str) -> String {
    let name = words(name);
    if name.chars().count() <= NAME_CHARS {
        return name;
    }
    let file = name.rsplit_once('/').map_or(&*name, |(_, file)| file);
    let chars = file.chars().count();
    if chars < NAME_CHARS {
        return format!("…{file}");
    }
    let tail: String = file.chars().skip(chars + 1 - NAME_CHARS).collect();
    format!("…{tail}")
}
