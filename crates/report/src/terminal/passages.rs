//! Shared passages of pairs, differences marked.

use std::collections::HashMap;
use std::io;

use wirecopy_news::findings::{
    EditKindName, FamilyRecord, PairRecord, PassageKindName, PassageRecord, RelationName,
};

use super::layout::{Canvas, Text, one_line, shorten};
use super::style::{Colour, Paint};
use super::summary::Limits;
use crate::runs::{Piece, Side, inline, range, runs, side};
use crate::view::View;
use crate::wording::{self, count, percent};

/// The pairs of a family worth reading: those that the tree rests on first, then the closest.
pub(crate) fn pairs_of_family(
    view: &View<'_>,
    family: &FamilyRecord,
    limits: &Limits,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    if limits.pairs == 0 {
        return Ok(());
    }
    let mut pairs: Vec<&PairRecord> = view
        .pairs_of(family)
        .filter(|p| p.relation.joins_family() && !p.passages.is_empty())
        .collect();
    let edges: HashMap<(&str, &str), f64> = (view.findings.lineage.edges.iter())
        .map(|e| ((&*e.from, &*e.to), e.share.unwrap_or(0.0)))
        .collect();
    let tree =
        |p: &PairRecord| edges.contains_key(&(&*p.a, &*p.b)) || edges.contains_key(&(&*p.b, &*p.a));
    pairs.sort_by(|x, y| {
        tree(y)
            .cmp(&tree(x))
            .then(closeness(y).total_cmp(&closeness(x)))
    });
    for pair in pairs.iter().take(limits.pairs) {
        canvas.blank()?;
        one_pair(view, pair, limits, canvas)?;
    }
    let left = pairs.len().saturating_sub(limits.pairs);
    if left > 0 {
        let text = format!(
            "{} {} of this family not shown",
            canvas.style.glyphs().ellipsis,
            count(left, "pair")
        );
        canvas.put("   ", &canvas.text().add(Paint::Faint, &text))?;
    }
    Ok(())
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
    let head = canvas
        .text()
        .add(Paint::Name, &pair.a)
        .add(Paint::Plain, &format!(" {} ", glyphs.both))
        .add(Paint::Name, &pair.b);
    canvas.hang(("   ", "     "), &head)?;
    let relation = relation_words(pair);
    let (a, b) = (percent(pair.aligned_a), percent(pair.aligned_b));
    let facts = canvas
        .text()
        .add(Paint::Strong, &relation)
        .add(
            Paint::Plain,
            &format!(
                " {} {a} of the first and {b} of the second {} ",
                glyphs.dot, glyphs.dot
            ),
        )
        .add(Paint::Plain, &kinds(pair));
    canvas.put("   ", &facts)?;
    let mut best: Vec<&PassageRecord> = pair.passages.iter().collect();
    best.sort_by(|x, y| y.score.total_cmp(&x.score));
    best.truncate(limits.passages);
    best.sort_by_key(|p| (p.a, p.b));
    for passage in &best {
        one_passage(view, pair, passage, canvas)?;
    }
    let left = pair.passages.len() - best.len();
    if left > 0 {
        let text = format!(
            "{} {} not shown",
            glyphs.ellipsis,
            count(left, "shorter passage")
        );
        canvas.put("     ", &canvas.text().add(Paint::Faint, &text))?;
    }
    Ok(())
}

/// What a pair means, with the names of its documents where the relation has sides.
pub(crate) fn relation_words(pair: &PairRecord) -> String {
    match (pair.relation, pair.whole.as_deref()) {
        (RelationName::Contains, Some(whole)) if whole == pair.a => {
            "the first holds the second".into()
        }
        (RelationName::Contains, Some(_)) => "the second holds the first".into(),
        (relation, _) => wording::relation(relation).into(),
    }
}

/// `3 passages (2 exact, 1 near)`, or `3 near passages` where all are of one kind.
pub(crate) fn kinds(pair: &PairRecord) -> String {
    use PassageKindName::{Exact, Near, QuoteVariant, Reworded};
    let of = |kind| pair.passages.iter().filter(|p| p.kind == kind).count();
    let counted =
        [Exact, Near, Reworded, QuoteVariant].map(|kind| (of(kind), wording::passage(kind)));
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

pub(crate) fn one_passage(
    view: &View<'_>,
    pair: &PairRecord,
    passage: &PassageRecord,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    let label = match passage.kind {
        PassageKindName::QuoteVariant => "variant",
        kind => wording::passage(kind),
    };
    let first = format!("     {label:LABEL_COLUMNS$}");
    let rest = " ".repeat(first.len());
    let room = (canvas.style.columns() - first.len()) * MAX_LINES;
    let texts = view.text(&pair.a).zip(view.text(&pair.b));
    let found = texts.and_then(|t| Some((t, runs(passage, t.0, t.1)?)));
    let Some(((text_a, text_b), runs)) = found else {
        let place = format!("bytes {}..{}", passage.a.start, passage.a.end);
        return canvas.hang((&first, &rest), &canvas.text().add(Paint::Faint, &place));
    };
    let (in_a, in_b) = (range(passage.a), range(passage.b));
    if passage.kind == PassageKindName::Exact {
        let short = shorten(&one_line(&text_a[in_a], &canvas.style), room, &canvas.style);
        return canvas.hang((&first, &rest), &canvas.text().add(Paint::Plain, &short));
    }
    if passage.identity >= MIN_INLINE_IDENTITY {
        let pieces = inline(&runs, (text_a, text_b), in_a);
        return canvas.hang((&first, &rest), &elided(&pieces, canvas));
    }
    for (which, part, text, indent) in [
        (Side::A, in_a, text_a, &first),
        (Side::B, in_b, text_b, &rest),
    ] {
        let shown = match canvas.style.colour {
            Colour::Always => elided(&side(&runs, which, part, text), canvas),
            Colour::Never => canvas.text().add(
                Paint::Plain,
                &shorten(&one_line(&text[part], &canvas.style), room, &canvas.style),
            ),
        };
        let name = if which == Side::A { "1 " } else { "2 " };
        canvas.hang((&format!("{indent}{name}"), &format!("{rest}  ")), &shown)?;
    }
    Ok(())
}

/// Words of context that stay around a difference.
const CONTEXT_WORDS: usize = 6;
/// Differences shown in one passage.
const MAX_DIFFERENCES: usize = 14;

/// The pieces with long unchanged stretches shortened in their middle.
pub(crate) fn elided(pieces: &[Piece<'_>], canvas: &Canvas<'_>) -> Text {
    let mut text = canvas.text();
    let mut differences = 0;
    for piece in pieces {
        if piece.kind != EditKindName::Kept {
            differences += 1;
            if differences > MAX_DIFFERENCES {
                continue;
            }
        } else if differences > MAX_DIFFERENCES {
            continue;
        }
        let words: Vec<&str> = piece.text.split_whitespace().collect();
        let ends = if piece.kind == EditKindName::Kept {
            CONTEXT_WORDS
        } else {
            2 * CONTEXT_WORDS
        };
        if words.len() <= 2 * ends + 3 {
            text.piece(piece, Paint::Plain);
            continue;
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
        let head = words[..ends].join(" ");
        let end = words[words.len() - ends..].join(" ");
        let short = format!(
            "{lead}{head} {} {end}{tail}",
            canvas.style.glyphs().ellipsis
        );
        text.piece(
            &Piece {
                text: &short,
                ..*piece
            },
            Paint::Plain,
        );
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
