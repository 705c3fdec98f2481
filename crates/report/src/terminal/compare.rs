//! Two articles side by side.

use std::io::{self, Write};
use std::ops::Range;

use wirecopy_findings::{DocumentRecord, Findings, PairRecord};

use super::layout::{Canvas, Text, one_line, shorten};
use super::legend::{ONLY_A, ONLY_B, ONLY_EACH, Seen, has_columns, sign};
use super::passages::kinds;
use super::sides::Sides;
use super::style::{Colour, Paint, Style};
use crate::alignment::{self, Marked, Order, Row, Shared, What, mark_quotes, rows};
use crate::diff_runs::{Piece, Side, text_at, tokens};
use crate::index::View;
use crate::labels::{self, count, percent};
use crate::pair_order::swapped;
use crate::texts::Texts;

/// Writes two documents beside each other in the order of the first: words kept, changed, cut, added and moved told
/// apart, text of only one of them dimmed and collapsed. Expects findings on two documents; with more, it shows the
/// first two.
///
/// # Errors
/// When `out` cannot be written.
pub fn compare(
    findings: &Findings,
    texts: &impl Texts,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut canvas = Canvas::new(style, out);
    let [a, b, ..] = &*findings.documents else {
        let text = canvas
            .text()
            .add(Paint::Warning, "Two documents are needed to compare.");
        return canvas.put("", &text);
    };
    let view = View::new(findings, texts);
    let pair = pair_of(findings, a, b);
    header(&view, (a, b), pair.as_ref(), &mut canvas)?;
    let Some((text_a, text_b)) = view.text(&a.id).zip(view.text(&b.id)) else {
        return canvas.put(
            "",
            &canvas
                .text()
                .add(Paint::Warning, "The texts are not at hand."),
        );
    };
    let rows = rows(alignment::Sides {
        passages: pair.as_ref().map_or(&[][..], |pair| &pair.passages),
        texts: (text_a, text_b),
        boilerplate: [view.boilerplate(&a.id), view.boilerplate(&b.id)],
    });
    let sides = Sides::new(&view, (a, b), (text_a, text_b));
    let seen = Seen::of(&rows, &sides, &canvas);
    seen.tally(&mut canvas)?;
    seen.legend(&mut canvas)?;
    for row in &rows {
        sides.row(row, &mut canvas)?;
    }
    Ok(())
}

/// The pair of the two documents with the first document as side a; `None` when they share nothing.
fn pair_of(findings: &Findings, a: &DocumentRecord, b: &DocumentRecord) -> Option<PairRecord> {
    let mut pairs = findings.pairs.iter();
    let found = pairs.find(|p| (&p.a, &p.b) == (&a.id, &b.id) || (&p.a, &p.b) == (&b.id, &a.id));
    found.map(|pair| {
        if pair.a == a.id {
            pair.clone()
        } else {
            swapped(pair)
        }
    })
}

fn header(
    view: &View<'_>,
    documents: (&DocumentRecord, &DocumentRecord),
    pair: Option<&PairRecord>,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    for (name, document) in [("A  ", documents.0), ("B  ", documents.1)] {
        document_line(view, name, document, canvas)?;
    }
    let dot = canvas.style.glyphs().dot;
    let mut text = canvas.text();
    if let Some(pair) = pair.filter(|pair| !pair.passages.is_empty()) {
        text.push(
            Paint::Strong,
            &labels::pair(pair, ["the first", "the second"])
                .replace("the first", "A")
                .replace("the second", "B"),
        );
        let (a, b) = (percent(pair.aligned_a), percent(pair.aligned_b));
        text.push(
            Paint::Plain,
            &format!(" {dot} {a} of A and {b} of B aligned"),
        );
        let shingles = percent(pair.similarity);
        text.push(
            Paint::Plain,
            &format!(
                " {dot} {shingles} of all five-word runs in common {dot} {}",
                kinds(pair)
            ),
        );
    } else if pair.is_some() {
        text.push(Paint::Strong, "nothing in common");
        text.push(Paint::Plain, " but boilerplate");
    } else {
        text.push(Paint::Strong, "nothing in common");
        text.push(Paint::Plain, " but what single words can tell");
    }
    canvas.put("", &text)?;
    lineage_lines(view, documents.0, documents.1, canvas)
}

fn document_line(
    view: &View<'_>,
    name: &str,
    document: &DocumentRecord,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    let words = count(
        usize::try_from(document.words).unwrap_or(usize::MAX),
        "word",
    );
    let mut text = canvas
        .text()
        .add(Paint::Name, &document.id)
        .add(Paint::Faint, &format!("  {words}"));
    for part in [&document.site, &document.published].into_iter().flatten() {
        text.push(Paint::Faint, &format!("  {part}"));
    }
    if let Some(title) = view.title(&document.id) {
        text = text.add(Paint::Plain, "  ").quote(title, 72);
    }
    canvas.hang((name, "   "), &text)
}

fn lineage_lines(
    view: &View<'_>,
    a: &DocumentRecord,
    b: &DocumentRecord,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    let arrow = canvas.style.glyphs().arrow;
    let ids = [&a.id, &b.id];
    for edge in &view.findings.lineage.edges {
        let direct = ids.contains(&&edge.from) && ids.contains(&&edge.to);
        let from = match direct {
            true if edge.from == a.id => "A".to_owned(),
            true => "B".to_owned(),
            false => view.origin_name(&edge.from),
        };
        let to = if edge.to == a.id { "A" } else { "B" };
        let sure = percent(edge.probability);
        let text = canvas
            .text()
            .add(Paint::Strong, &format!("{from} {arrow} {to}  "))
            .add(
                Paint::Plain,
                &format!("{}, {sure} sure", labels::edge(edge)),
            );
        canvas.put("", &text)?;
    }
    Ok(())
}

fn kept_paint(shared: &Shared<'_>, part: &Marked<'_, '_>) -> Paint {
    match (shared.order, part.quote) {
        (Order::Moved, _) => Paint::Moved,
        (Order::Same, Some(_)) => Paint::Quoted,
        (Order::Same, None) => Paint::Plain,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Alike {
    Yes,
    No,
}

impl<'a> Sides<'a> {
    fn row(&self, row: &Row<'_>, canvas: &mut Canvas<'_>) -> io::Result<()> {
        let sign = sign(row);
        match row {
            Row::Shared(shared) => {
                let same = self.plain(shared);
                let left = self.shared(Side::A, shared, canvas);
                let right = self.shared(Side::B, shared, canvas);
                self.put((Some(&left), Some(&right)), (sign, same), canvas)
            }
            Row::Apart { what, a, b } => {
                let text = |side, part: &Option<Range<usize>>| {
                    let part = part.clone()?;
                    Some(self.only(side, (*what, part), canvas))
                };
                let (left, right) = (text(Side::A, a), text(Side::B, b));
                self.put((left.as_ref(), right.as_ref()), (sign, Alike::No), canvas)
            }
        }
    }

    /// Whether both sides read the same letter by letter, so that one of them is enough where space is short.
    fn plain(&self, shared: &Shared<'_>) -> Alike {
        let words = |pieces: &[Piece<'_>]| -> String {
            pieces
                .iter()
                .map(|p| p.text)
                .collect::<String>()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        if words(&shared.a) == words(&shared.b) {
            Alike::Yes
        } else {
            Alike::No
        }
    }

    fn put(
        &self,
        sides: (Option<&Text>, Option<&Text>),
        (sign, alike): (&str, Alike),
        canvas: &mut Canvas<'_>,
    ) -> io::Result<()> {
        if has_columns(canvas) {
            let gutter = format!(" {sign:2} {} ", canvas.style.glyphs().column);
            let column = canvas.column_width(&gutter);
            let wrap = |text: Option<&Text>| text.map(|t| t.wrap(column)).unwrap_or_default();
            canvas.beside(&wrap(sides.0), &wrap(sides.1), &gutter)?;
            let empty = canvas.text();
            return canvas.beside(
                &empty.wrap(column),
                &[],
                &format!("    {} ", canvas.style.glyphs().column),
            );
        }
        if let (Alike::Yes, Some(text)) = (alike, sides.0) {
            canvas.hang((&format!("AB {sign} "), "     "), text)?;
        } else {
            for (name, text, only) in [("A", sides.0, ONLY_A), ("B", sides.1, ONLY_B)] {
                let sign = if sign == ONLY_EACH { only } else { sign };
                if let Some(text) = text {
                    canvas.hang((&format!("{name}  {sign} "), "     "), text)?;
                }
            }
        }
        canvas.blank()
    }

    fn shared(&self, side: Side, shared: &Shared<'_>, canvas: &Canvas<'_>) -> Text {
        let pieces = if side == Side::A {
            &shared.a
        } else {
            &shared.b
        };
        let marked = mark_quotes(pieces, self.of(side).1);
        let mut text = canvas.text();
        match canvas.style.colour {
            Colour::Always => {
                marked
                    .iter()
                    .for_each(|part| text.piece(&part.piece, kept_paint(shared, part)));
            }
            // Without colour quotations show by their own marks alone, and pieces stay whole.
            Colour::Never => pieces
                .iter()
                .for_each(|piece| text.piece(piece, Paint::Plain)),
        }
        let mut speakers: Vec<&str> = Vec::new();
        for speaker in marked
            .iter()
            .filter_map(|part| part.quote?.speaker.as_deref())
        {
            if !speakers.contains(&speaker) {
                speakers.push(speaker);
            }
        }
        if !speakers.is_empty() {
            let spaced = pieces
                .last()
                .is_some_and(|last| last.text.ends_with(char::is_whitespace));
            let space = if spaced { "" } else { " " };
            text.push(Paint::Speaker, &format!("{space}({})", speakers.join("; ")));
        }
        text
    }

    /// Text without a partner: in full while it is short, else its size and how it begins.
    fn only(&self, side: Side, (what, part): (What, Range<usize>), canvas: &Canvas<'_>) -> Text {
        const MAX_SHOWN_WORDS: usize = 25;
        let words = text_at(self.of(side).0, part);
        let mut text = canvas.text();
        if let What::Boilerplate(kind) = what {
            text.push(Paint::Warning, &format!("{}: ", labels::boilerplate(kind)));
        }
        let n = tokens(words).len();
        if n <= MAX_SHOWN_WORDS {
            return text.add(Paint::Faint, words);
        }
        let paragraphs = words.lines().filter(|line| !line.trim().is_empty()).count();
        let size = format!("{}, {}: ", count(paragraphs, "paragraph"), count(n, "word"));
        let ellipsis = canvas.style.glyphs().ellipsis;
        let start = shorten(&one_line(words, &canvas.style), 90, &canvas.style);
        text.add(Paint::Faint, &format!("{ellipsis} {size}{start}"))
    }
}
