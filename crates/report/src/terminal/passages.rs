//! Shared passages of pairs, differences marked.

use std::collections::HashSet;
use std::io;

use wirecopy_findings::{EditKindName, FamilyRecord, PairRecord, PassageKindName, PassageRecord};

use super::layout::{Canvas, Text, one_line, shorten};
use super::limits::{CAPTION_COLUMNS, Limits};
use super::style::{Colour, Paint};
use crate::diff_runs::{Piece, Side, inline, ordered, range, runs, side, text_at};
use crate::index::{View, caption};
use crate::labels::{self, count, percent};
use crate::pair_order::{Direction, OrderedPair};

/// The pairs of a family worth reading: those that its links rest on, else the closest. What the others share follows
/// from these.
pub(crate) fn pairs_of_family(
    view: &View<'_>,
    family: &FamilyRecord,
    limits: &Limits,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    if limits.pairs == 0 {
        return Ok(());
    }
    let mut pairs: Vec<&PairRecord> = (view.pairs_of(family))
        .filter(|p| p.relation.joins_family() && !p.passages.is_empty())
        .collect();
    let links = links(view);
    let linked =
        |p: &PairRecord| links.contains(&(&*p.a, &*p.b)) || links.contains(&(&*p.b, &*p.a));
    pairs.sort_by(|x, y| {
        linked(y)
            .cmp(&linked(x))
            .then(closeness(y).total_cmp(&closeness(x)))
    });
    let shown = pairs
        .iter()
        .filter(|p| linked(p))
        .count()
        .max(1)
        .min(limits.pairs);
    for pair in pairs.iter().take(shown) {
        canvas.blank()?;
        one_pair(view, pair, limits, canvas)?;
    }
    let left = pairs.len().saturating_sub(shown);
    if left > 0 {
        let ellipsis = canvas.style.glyphs().ellipsis;
        let text = format!("{ellipsis} and {} of this family", count(left, "more pair"));
        canvas.put("   ", &canvas.text().add(Paint::Faint, &text))?;
    }
    Ok(())
}

/// Pairs that an edge or an undetermined copy joins.
fn links<'a>(view: &View<'a>) -> HashSet<(&'a str, &'a str)> {
    let lineage = &view.findings.lineage;
    let edges = lineage.edges.iter().map(|e| (&*e.from, &*e.to));
    edges
        .chain(lineage.undetermined.iter().map(|u| (&*u.a, &*u.b)))
        .collect()
}

fn closeness(pair: &PairRecord) -> f64 {
    pair.aligned_a.max(pair.aligned_b)
}

fn one_pair(
    view: &View<'_>,
    pair: &PairRecord,
    limits: &Limits,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    let glyphs = canvas.style.glyphs();
    let reading = OrderedPair::of(view, pair);
    let pair = &*reading.pair;
    let head = both_names(view, pair, reading.way, canvas);
    canvas.hang(("   ", "     "), &head)?;
    let (a, b) = (percent(pair.aligned_a), percent(pair.aligned_b));
    let (dot, kinds) = (glyphs.dot, kinds(pair));
    let facts = canvas.text().add(
        Paint::Strong,
        &labels::pair(pair, ["the first", "the second"]),
    );
    let shares = format!(" {dot} {a} of the first and {b} of the second {dot} {kinds}");
    canvas.put("   ", &facts.add(Paint::Plain, &shares))?;
    let best = best_passages(pair, limits);
    for passage in &best {
        one_passage(view, pair, passage, canvas)?;
    }
    let left = pair.passages.len() - best.len();
    if left > 0 {
        let text = format!(
            "{} {} not shown",
            glyphs.ellipsis,
            count(left, "weaker passage")
        );
        canvas.put("     ", &canvas.text().add(Paint::Faint, &text))?;
    }
    Ok(())
}

/// The two ids, with headlines where the ids tell nothing.
pub(crate) fn both_names(
    view: &View<'_>,
    pair: &PairRecord,
    way: Direction,
    canvas: &Canvas<'_>,
) -> Text {
    let glyphs = canvas.style.glyphs();
    let arrow = match way {
        Direction::Down => glyphs.arrow,
        Direction::Open => glyphs.both,
    };
    let mut text = canvas.text();
    for (i, id) in [&pair.a, &pair.b].into_iter().enumerate() {
        if i > 0 {
            text.push(Paint::Plain, &format!(" {arrow} "));
        }
        text.push(Paint::Name, id);
        text.push(Paint::Faint, view.archive_mark(id));
        if let Some(title) = view.document(id).and_then(caption) {
            text = text.add(Paint::Plain, " ").quote(title, CAPTION_COLUMNS);
        }
    }
    text
}

/// Times as much evidence that the strongest passage may have: of a pair with long passages, scraps are not shown.
const WEAKEST_SHOWN: f64 = 25.0;

/// The passages with the most evidence, in the order of the first document.
fn best_passages<'p>(pair: &'p PairRecord, limits: &Limits) -> Vec<&'p PassageRecord> {
    let mut best: Vec<&PassageRecord> = pair.passages.iter().collect();
    best.sort_by(|x, y| y.score.total_cmp(&x.score));
    best.truncate(limits.passages);
    let most = best.first().map_or(0.0, |passage| passage.score);
    best.retain(|passage| passage.score * WEAKEST_SHOWN >= most);
    best.sort_by_key(|p| (p.a, p.b));
    best
}

/// `3 passages (2 exact, 1 near)`, or `3 near passages` where all are of one kind.
pub(crate) fn kinds(pair: &PairRecord) -> String {
    use PassageKindName::{Exact, Near, QuoteVariant, Reworded};
    let of = |kind| pair.passages.iter().filter(|p| p.kind == kind).count();
    let counted =
        [Exact, Near, Reworded, QuoteVariant].map(|kind| (of(kind), labels::passage(kind)));
    let present: Vec<_> = counted.into_iter().filter(|(n, _)| *n > 0).collect();
    if let [(n, name)] = present[..] {
        return count(n, &format!("{name} passage"));
    }
    let parts: Vec<String> = present
        .iter()
        .map(|(n, name)| format!("{n} {name}"))
        .collect();
    format!(
        "{} ({})",
        count(pair.passages.len(), "passage"),
        parts.join(", ")
    )
}

const LABEL_COLUMNS: usize = 10;
/// A passage takes about this many lines at most; the differences in it are kept.
const MAX_LINES: usize = 4;
/// Passages less alike than this are shown as two texts: marks in one text would outnumber its words.
const MIN_INLINE_IDENTITY: f64 = 0.6;

/// One passage behind the name of its kind, a few lines long: in one text with marks where the sides are much alike,
/// else as two texts.
fn one_passage(
    view: &View<'_>,
    pair: &PairRecord,
    passage: &PassageRecord,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    let label = match passage.kind {
        PassageKindName::QuoteVariant => "variant",
        kind => labels::passage(kind),
    };
    let first = format!("     {label:LABEL_COLUMNS$}");
    let rest = " ".repeat(first.len());
    let texts = view.text(&pair.a).zip(view.text(&pair.b));
    let found = texts.and_then(|t| Some((t, runs(passage, t.0, t.1)?)));
    let Some((texts, runs)) = found else {
        let place = format!("bytes {}..{}", passage.a.start, passage.a.end);
        return canvas.hang((&first, &rest), &canvas.text().add(Paint::Faint, &place));
    };
    let (in_a, in_b) = (range(passage.a), range(passage.b));
    if passage.kind == PassageKindName::Exact {
        return canvas.hang(
            (&first, &rest),
            &plain(text_at(texts.0, in_a), first.len(), canvas),
        );
    }
    if passage.identity >= MIN_INLINE_IDENTITY {
        let pieces = inline(&runs, texts, in_a);
        return canvas.hang((&first, &rest), &elided(&pieces, canvas));
    }
    for (which, part, text) in [(Side::A, in_a, texts.0), (Side::B, in_b, texts.1)] {
        let shown = match canvas.style.colour {
            Colour::Always => elided(&side(&ordered(&runs, which), which, part, text), canvas),
            Colour::Never => plain(text_at(text, part), first.len() + 2, canvas),
        };
        let name = if which == Side::A {
            format!("{first}1 ")
        } else {
            format!("{rest}2 ")
        };
        canvas.hang((&name, &format!("{rest}  ")), &shown)?;
    }
    Ok(())
}

/// A text on a few lines behind an indent, shortened in its middle.
fn plain(text: &str, indent: usize, canvas: &Canvas<'_>) -> Text {
    let room = (canvas.style.columns() - indent) * MAX_LINES;
    let short = shorten(&one_line(text, &canvas.style), room, &canvas.style);
    canvas.text().add(Paint::Plain, &short)
}

/// Words of context that stay around a difference.
const CONTEXT_WORDS: usize = 6;
/// Differences shown in one passage.
const MAX_DIFFERENCES: usize = 10;

/// The pieces with long unchanged stretches shortened in their middle.
pub(crate) fn elided(pieces: &[Piece<'_>], canvas: &Canvas<'_>) -> Text {
    let mut text = canvas.text();
    let mut differences = 0;
    for piece in pieces {
        differences += usize::from(piece.kind != EditKindName::Kept);
        if differences > MAX_DIFFERENCES {
            continue;
        }
        match middle_cut(piece, canvas) {
            Some(short) => text.piece(
                &Piece {
                    text: &short,
                    ..*piece
                },
                Paint::Plain,
            ),
            None => text.piece(piece, Paint::Plain),
        }
    }
    if differences > MAX_DIFFERENCES {
        let left = count(differences - MAX_DIFFERENCES, "more difference");
        text.push(
            Paint::Faint,
            &format!(" {} {left}", canvas.style.glyphs().ellipsis),
        );
    }
    text
}

/// The words at both ends of a long piece; none when it is short enough.
fn middle_cut(piece: &Piece<'_>, canvas: &Canvas<'_>) -> Option<String> {
    let words: Vec<&str> = piece.text.split_whitespace().collect();
    let kept = piece.kind == EditKindName::Kept;
    let ends = if kept {
        CONTEXT_WORDS
    } else {
        2 * CONTEXT_WORDS
    };
    // Three words more take no more room than the ellipsis is worth.
    if words.len() <= 2 * ends + 3 {
        return None;
    }
    let lead = if piece.text.starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let tail = if piece.text.ends_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let (head, rest) = words.split_at(ends);
    let (head, end) = (head.join(" "), rest.split_at(rest.len() - ends).1.join(" "));
    Some(format!(
        "{lead}{head} {} {end}{tail}",
        canvas.style.glyphs().ellipsis
    ))
}
