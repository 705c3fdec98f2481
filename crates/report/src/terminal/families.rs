//! Families as lineage trees.

use std::collections::HashSet;
use std::io;

use wirecopy_findings::{EdgeRecord, EvidenceRecord, FamilyRecord, UndeterminedRecord};

use super::layout::{Canvas, Text};
use super::limits::{CAPTION_COLUMNS, Limits};
use super::passages::pairs_of_family;
use super::style::Paint;
use crate::forest::Forest;
use crate::index::{View, caption, evidence_by_weight};
use crate::labels::{self, count, percent};

/// All families, the largest first, each with its tree and its passages.
pub(crate) fn families(
    view: &View<'_>,
    limits: &Limits,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    let mut families: Vec<&FamilyRecord> = view.findings.families.iter().collect();
    if families.is_empty() {
        return Ok(());
    }
    families.sort_by_key(|f| std::cmp::Reverse(f.documents.len()));
    canvas.heading(
        "Families",
        "one text and its copies; each copy stands under what it was taken from",
    )?;
    for family in families.iter().take(limits.families) {
        one_family(view, family, limits, canvas)?;
    }
    canvas.and_more("", families.len().saturating_sub(limits.families))
}

fn one_family(
    view: &View<'_>,
    family: &FamilyRecord,
    limits: &Limits,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    canvas.blank()?;
    let size = count(family.documents.len(), "document");
    let mut head = canvas
        .text()
        .add(Paint::Strong, &family.id)
        .add(Paint::Plain, &format!("  {size}  "));
    let forest = Forest::of_family(view, family);
    if let Some(title) = forest.title(view) {
        let room = canvas.style.columns().saturating_sub(head.width() + 2);
        head = head.quote(title, room.max(20));
    }
    canvas.put("", &head)?;
    Tree {
        view,
        forest: &forest,
        limits,
        left: limits.members,
    }
    .draw(canvas)?;
    canvas.and_more("   ", family.documents.len().saturating_sub(limits.members))?;
    open_links(&mut undetermined_in(view, family), (view, limits), canvas)?;
    pairs_of_family(view, family, limits, canvas)
}

/// Documents of no family that were taken from somewhere outside.
pub(crate) fn loners(view: &View<'_>, limits: &Limits, canvas: &mut Canvas<'_>) -> io::Result<()> {
    let forest = Forest::of_loners(view);
    if forest.nodes.is_empty() {
        return Ok(());
    }
    canvas.heading(
        "Taken from elsewhere",
        "single documents whose source is not among the documents",
    )?;
    let documents = forest
        .nodes
        .iter()
        .filter(|n| view.document(n.id).is_some())
        .count();
    Tree {
        view,
        forest: &forest,
        limits,
        left: limits.members,
    }
    .draw(canvas)?;
    canvas.and_more("   ", documents.saturating_sub(limits.members))
}

struct Tree<'v, 'a> {
    view: &'v View<'a>,
    forest: &'v Forest<'a>,
    limits: &'v Limits,
    left: usize,
}

impl Tree<'_, '_> {
    fn draw(&mut self, canvas: &mut Canvas<'_>) -> io::Result<()> {
        for &root in &self.forest.roots {
            self.subtree(root, canvas)?;
        }
        Ok(())
    }

    /// Draws one tree from its root, depth first; an own stack, because a chain of copies may be as long as the input.
    fn subtree(&mut self, root: usize, canvas: &mut Canvas<'_>) -> io::Result<()> {
        let mut open = vec![(root, String::from("   "), Place::Root)];
        while let Some((at, indent, place)) = open.pop() {
            let node = &self.forest.nodes[at];
            if self.view.document(node.id).is_some() {
                if self.left == 0 {
                    continue;
                }
                self.left -= 1;
            }
            let below = place.below(&indent, canvas);
            self.node(at, &self.indents(at, (&indent, place), canvas), canvas)?;
            for (i, &child) in node.children.iter().enumerate().rev() {
                let last = i + 1 == node.children.len();
                let place = if last { Place::Last } else { Place::Inner };
                open.push((child, below.clone(), place));
            }
        }
        Ok(())
    }

    /// What stands before the first line of a node, and before its other lines.
    fn indents(
        &self,
        at: usize,
        (indent, place): (&str, Place),
        canvas: &Canvas<'_>,
    ) -> (String, String) {
        let (glyphs, node) = (canvas.style.glyphs(), &self.forest.nodes[at]);
        let bullet = match place {
            Place::Inner => glyphs.branch,
            Place::Last => glyphs.last_branch,
            Place::Root if self.view.document(node.id).is_some() => glyphs.root,
            Place::Root => glyphs.source,
        };
        let leaf = node.children.is_empty();
        let trunk = if leaf { "   " } else { glyphs.trunk };
        (
            format!("{indent}{bullet}"),
            format!("{}{trunk}", place.below(indent, canvas)),
        )
    }

    fn node(
        &self,
        at: usize,
        (first, rest): &(String, String),
        canvas: &mut Canvas<'_>,
    ) -> io::Result<()> {
        let node = &self.forest.nodes[at];
        let label = self.label(at, canvas);
        let Some(edge) = node.edge else {
            return canvas.hang((first, rest), &label);
        };
        let facts = facts(edge, canvas);
        let indent = first.chars().count().max(rest.chars().count());
        let width = indent + label.width() + 2 + facts.width();
        if width <= canvas.style.columns() {
            canvas.hang((first, rest), &label.add(Paint::Plain, "  ").join(&facts))?;
        } else {
            canvas.hang((first, rest), &label)?;
            canvas.put(rest, &facts)?;
        }
        self.clues(edge, rest, canvas)?;
        for other in &node.also {
            let also = canvas.text().add(Paint::Faint, "and from ");
            let also = also.add(Paint::Name, &self.view.origin_name(&other.from));
            let also = also
                .add(Paint::Faint, self.view.archive_mark(&other.from))
                .add(Paint::Plain, ": ")
                .join(&self::facts(other, canvas));
            canvas.put(rest, &also)?;
        }
        Ok(())
    }

    /// The strongest clues that have words to show; where none has, their names.
    fn clues(&self, edge: &EdgeRecord, indent: &str, canvas: &mut Canvas<'_>) -> io::Result<()> {
        let mut all = evidence_by_weight(edge);
        all.retain(|e| e.weight > 0.0);
        let worded: Vec<_> = all.iter().filter(|e| !e.text.trim().is_empty()).collect();
        for evidence in worded.iter().take(self.limits.evidence) {
            clue(evidence, indent, canvas)?;
        }
        if !worded.is_empty() || all.is_empty() {
            return Ok(());
        }
        let mut names: Vec<String> = all.iter().map(|e| labels::cue(&e.cue)).collect();
        names.dedup();
        let text = canvas
            .text()
            .add(Paint::Faint, &format!("by {}", names.join(", ")));
        canvas.put(indent, &text)
    }

    fn label(&self, at: usize, canvas: &Canvas<'_>) -> Text {
        let node = &self.forest.nodes[at];
        let Some(document) = self.view.document(node.id) else {
            let name = self.view.origin_name(node.id);
            let known = match self.view.source(node.id).map(|s| s.name.is_some()) {
                Some(true) => "  named as the source; not among the documents",
                _ => "  inferred from what its copies share",
            };
            return canvas
                .text()
                .add(Paint::Strong, &name)
                .add(Paint::Faint, known);
        };
        let mut text = canvas.text().add(Paint::Name, node.id);
        text.push(Paint::Faint, self.view.archive_mark(node.id));
        let date = document.day();
        let site = document
            .site
            .as_deref()
            .filter(|site| !node.id.contains(*site));
        for part in [site, date].into_iter().flatten() {
            text.push(Paint::Faint, &format!("  {part}"));
        }
        match caption(document) {
            Some(title) => text.add(Paint::Plain, "  ").quote(title, CAPTION_COLUMNS),
            None => text,
        }
    }
}

/// Where a node stands among its siblings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Inner,
    Last,
}

/// Columns that a tree leaves for words, however deep it is.
const MIN_LABEL_COLUMNS: usize = 34;

impl Place {
    /// The indent of a node's children. A chain of copies stops wandering to the right when words would run out of
    /// room.
    fn below(self, indent: &str, canvas: &Canvas<'_>) -> String {
        let deep = indent.chars().count() + MIN_LABEL_COLUMNS > canvas.style.columns();
        match self {
            Self::Root => indent.to_owned(),
            _ if deep => indent.to_owned(),
            Self::Inner => format!("{indent}{}", canvas.style.glyphs().trunk),
            Self::Last => format!("{indent}   "),
        }
    }
}

/// `lightly edited · 83 % of its words · 98 % sure`.
fn facts(edge: &EdgeRecord, canvas: &Canvas<'_>) -> Text {
    let dot = canvas.style.glyphs().dot;
    let mut text = canvas.text().add(Paint::Strong, labels::edge(edge));
    if let Some(share) = edge.share {
        text.push(
            Paint::Plain,
            &format!(" {dot} {} of its words", percent(share)),
        );
    }
    text.push(
        Paint::Plain,
        &format!(" {dot} {} sure", percent(edge.probability)),
    );
    if edge.direction_probability < 0.9 {
        let direction = format!(
            " {dot} direction {} sure",
            percent(edge.direction_probability)
        );
        text.push(Paint::Warning, &direction);
    }
    text
}

fn clue(evidence: &EvidenceRecord, indent: &str, canvas: &mut Canvas<'_>) -> io::Result<()> {
    let text = canvas
        .text()
        .add(Paint::Faint, &format!("{}: ", labels::cue(&evidence.cue)));
    let taken = indent.chars().count() + text.width() + 2;
    let room = canvas.style.columns().saturating_sub(taken).clamp(24, 110);
    canvas.put(indent, &text.quote(&evidence.text, room))
}

fn undetermined_in<'a>(view: &View<'a>, family: &FamilyRecord) -> Vec<&'a UndeterminedRecord> {
    let members: HashSet<&str> = family.documents.iter().map(String::as_str).collect();
    let all = view.findings.lineage.undetermined.iter();
    all.filter(|u| members.contains(&*u.a) && members.contains(&*u.b))
        .collect()
}

/// Undetermined copies, the surest first.
fn open_links(
    links: &mut [&UndeterminedRecord],
    (view, limits): (&View<'_>, &Limits),
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    links.sort_by(|x, y| y.copy_probability.total_cmp(&x.copy_probability));
    for pair in links.iter().take(limits.open_links) {
        undetermined(view, pair, canvas)?;
    }
    let left = links.len().saturating_sub(limits.open_links);
    if left == 0 {
        return Ok(());
    }
    let ellipsis = canvas.style.glyphs().ellipsis;
    let text = format!(
        "{ellipsis} and {} of unknown direction",
        count(left, "more copy")
    );
    canvas.put("     ", &canvas.text().add(Paint::Faint, &text))
}

/// `? a ↔ b  one copied (93 % sure); who from whom is open: 55 % for a → b`.
fn undetermined(
    view: &View<'_>,
    pair: &UndeterminedRecord,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    let glyphs = canvas.style.glyphs();
    let (first, second, share) = match pair.a_to_b >= 0.5 {
        true => (&pair.a, &pair.b, pair.a_to_b),
        false => (&pair.b, &pair.a, 1.0 - pair.a_to_b),
    };
    let text = canvas
        .text()
        .add(Paint::Name, first)
        .add(Paint::Faint, view.archive_mark(first))
        .add(Paint::Warning, &format!(" {} ", glyphs.both))
        .add(Paint::Name, second)
        .add(Paint::Faint, view.archive_mark(second))
        .add(
            Paint::Plain,
            &format!("  a copy ({} sure)", percent(pair.copy_probability)),
        )
        .add(
            Paint::Warning,
            &format!(
                ", direction open ({} for the first as origin)",
                percent(share)
            ),
        );
    canvas.hang(("   ? ", "     "), &text)
}

/// Undetermined copies outside any family.
pub(crate) fn undetermined_apart(
    view: &View<'_>,
    limits: &Limits,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    let family = |id: &str| view.document(id).and_then(|d| d.family.as_deref());
    let all = view.findings.lineage.undetermined.iter();
    let mut apart: Vec<_> = all
        .filter(|u| family(&u.a).is_none() || family(&u.a) != family(&u.b))
        .collect();
    if apart.is_empty() {
        return Ok(());
    }
    canvas.heading(
        "Undetermined",
        "copies whose direction the texts do not tell",
    )?;
    open_links(&mut apart, (view, limits), canvas)
}
