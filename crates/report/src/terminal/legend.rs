//! What stands above two articles side by side: how much of what, and the marks and signs that their rows use.

use std::io;

use wirecopy_findings::EditKindName;

use super::layout::{Canvas, Text};
use super::sides::Sides;
use super::style::{Colour, Paint, marks};
use crate::alignment::{Order, Row, Shared, What, mark_quotes};
use crate::diff_runs::{Side, text_at, tokens};
use crate::labels::{self, number};

/// What the rows hold, so that nothing is counted or explained that is not there.
#[derive(Default)]
pub(super) struct Seen {
    /// Words in shared rows by what happened to them.
    words: [usize; 5],
    /// Words of a and of b that have no partner.
    alone: [usize; 2],
    /// Words of both that are boilerplate.
    boilerplate: usize,
    /// Kinds of runs that carry marks of their own.
    marked: [bool; 5],
    signs: Vec<&'static str>,
    has_speakers: bool,
}

const KINDS: [EditKindName; 5] = [
    EditKindName::Kept,
    EditKindName::Changed,
    EditKindName::Cut,
    EditKindName::Added,
    EditKindName::Moved,
];

impl Seen {
    pub(super) fn of(rows: &[Row<'_>], sides: &Sides<'_>, canvas: &Canvas<'_>) -> Self {
        let mut seen = Self::default();
        for row in rows {
            match sign(row) {
                ONLY_EACH if !has_columns(canvas) => seen.signs.extend([ONLY_A, ONLY_B]),
                sign => seen.signs.push(sign),
            }
            match row {
                Row::Shared(shared) => seen.shared(shared, sides),
                Row::Apart { what, a, b } => {
                    for (at, part) in [a, b].into_iter().enumerate() {
                        let text = [sides.texts.0, sides.texts.1][at];
                        let n = part
                            .clone()
                            .map_or(0, |part| tokens(text_at(text, part)).len());
                        match what {
                            What::Boilerplate(_) => seen.boilerplate += n,
                            What::Own | What::Again => seen.alone[at] += n,
                        }
                    }
                }
            }
        }
        seen
    }

    fn shared(&mut self, shared: &Shared<'_>, sides: &Sides<'_>) {
        use EditKindName::{Added, Kept, Moved};
        let added = shared.b.iter().filter(|piece| piece.kind == Added);
        for piece in shared.a.iter().chain(added) {
            let kind = match (shared.order, piece.kind) {
                (Order::Moved, Kept) => Moved,
                (_, kind) => kind,
            };
            self.words[kind as usize] += tokens(piece.text).len();
            self.marked[piece.kind as usize] = true;
        }
        for (side, pieces) in [(Side::A, &shared.a), (Side::B, &shared.b)] {
            let marked = mark_quotes(pieces, sides.of(side).1);
            let mut quotes = marked.iter().filter_map(|part| part.quote);
            self.has_speakers |= quotes.any(|quote| quote.speaker.is_some());
        }
    }

    /// How many words were kept, changed, cut, added and moved, and how many have no partner.
    pub(super) fn tally(&self, canvas: &mut Canvas<'_>) -> io::Result<()> {
        let dot = canvas.style.glyphs().dot;
        let mut text = canvas.text().add(Paint::Plain, "words: ");
        let mut parts: Vec<(Paint, String)> = Vec::new();
        for kind in KINDS {
            let n = self.words[kind as usize];
            if n > 0 {
                parts.push((kind.into(), format!("{} {}", number(n), labels::edit(kind))));
            }
        }
        for (name, n) in ["in A only", "in B only", "boilerplate"].iter().zip([
            self.alone[0],
            self.alone[1],
            self.boilerplate,
        ]) {
            if n > 0 {
                parts.push((Paint::Plain, format!("{} {name}", number(n))));
            }
        }
        for (i, (paint, part)) in parts.iter().enumerate() {
            if i > 0 {
                text.push(Paint::Faint, &format!(" {dot} "));
            }
            text.push(*paint, part);
        }
        canvas.put("", &text)
    }

    /// The marks and signs that the rows use.
    pub(super) fn legend(&self, canvas: &mut Canvas<'_>) -> io::Result<()> {
        let mut parts: Vec<(Paint, String)> = Vec::new();
        for kind in KINDS.into_iter().skip(1) {
            if self.marked[kind as usize] {
                let (open, close) = match canvas.style.colour {
                    Colour::Always => ("", ""),
                    Colour::Never => marks(kind),
                };
                let mark = format!("{open}{}{close}", labels::edit(kind));
                parts.push((kind.into(), mark));
            }
        }
        if self.has_speakers {
            if canvas.style.colour == Colour::Always {
                parts.push((Paint::Quoted, "quoted".into()));
            }
            parts.push((Paint::Speaker, "(speaker)".into()));
        }
        for (sign, meaning) in SIGNS {
            if self.signs.contains(&sign) {
                parts.push((Paint::Plain, format!("{sign} {meaning}")));
            }
        }
        // A sign and its meaning stay on one line.
        let (first, rest) = ("legend: ", "        ");
        let mut lines = vec![canvas.text()];
        for (paint, part) in &parts {
            let width = lines.last().map_or(0, Text::width);
            if width > 0 && first.len() + width + 2 + part.len() > canvas.style.columns() {
                lines.push(canvas.text());
            }
            if let Some(line) = lines.last_mut() {
                let space = if line.width() > 0 { "  " } else { "" };
                line.push(Paint::Plain, space);
                line.push(*paint, part);
            }
        }
        for (i, line) in lines.iter().enumerate().filter(|_| !parts.is_empty()) {
            canvas.put(if i == 0 { first } else { rest }, line)?;
        }
        let rule = canvas.style.glyphs().rule.repeat(canvas.style.columns());
        canvas.put("", &canvas.text().add(Paint::Faint, &rule))
    }
}

/// From this width on, the documents stand in two columns; below, their texts alternate.
const MIN_COLUMNS_WIDTH: usize = 100;

/// Whether the documents stand beside each other.
pub(super) fn has_columns(canvas: &Canvas<'_>) -> bool {
    canvas.style.columns() >= MIN_COLUMNS_WIDTH
}

/// What stands in the gutter, and what it means.
const SIGNS: [(&str, &str); 8] = [
    (KEPT, "same"),
    (EDITED, "differs"),
    (MOVED, "moved"),
    (ONLY_A, "in A only"),
    (ONLY_B, "in B only"),
    (ONLY_EACH, "each its own"),
    (AGAIN, "partner in another row"),
    (BOILERPLATE, "boilerplate"),
];
const KEPT: &str = "=";
const EDITED: &str = "~";
const MOVED: &str = ">";
pub(super) const ONLY_A: &str = "-";
pub(super) const ONLY_B: &str = "+";
pub(super) const ONLY_EACH: &str = "-+";
const AGAIN: &str = "^";
const BOILERPLATE: &str = "#";

pub(super) fn sign(row: &Row<'_>) -> &'static str {
    match row {
        Row::Shared(shared) => match (shared.order, shared.is_kept()) {
            (Order::Moved, _) => MOVED,
            (Order::Same, true) => KEPT,
            (Order::Same, false) => EDITED,
        },
        Row::Apart { what, a, b } => match (what, a, b) {
            (What::Boilerplate(_), ..) => BOILERPLATE,
            (What::Again, ..) => AGAIN,
            (What::Own, Some(_), Some(_)) => ONLY_EACH,
            (What::Own, Some(_), None) => ONLY_A,
            (What::Own, None, _) => ONLY_B,
        },
    }
}
