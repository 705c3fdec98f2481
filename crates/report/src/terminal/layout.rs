//! Painted text, wrapped to columns and written without a control character of its own.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::style::{Colour, Paint, Style, marks};
use crate::diff_runs::Piece;
use crate::sanitize::{harmless, push_harmless};

/// Text in one paint. It is harmless by construction: see [`Text`].
#[derive(Clone, Debug, PartialEq, Eq)]
struct Span {
    text: String,
    paint: Paint,
}

/// Painted text before it is wrapped. Everything that enters is made harmless.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    style: Style,
    spans: Vec<Span>,
}

/// One line of output.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    spans: Vec<Span>,
    width: usize,
}

impl Text {
    pub(crate) fn new(style: &Style) -> Self {
        Self {
            style: *style,
            spans: Vec::new(),
        }
    }

    /// Appends words of the input or of our own.
    pub(crate) fn add(mut self, paint: Paint, text: &str) -> Self {
        self.push(paint, text);
        self
    }

    pub(crate) fn push(&mut self, paint: Paint, text: &str) {
        match self.spans.last_mut() {
            Some(last) if last.paint == paint => {
                push_harmless(text, self.style.charset, &mut last.text)
            }
            _ => self.spans.push(Span {
                text: harmless(text, self.style.charset),
                paint,
            }),
        }
    }

    /// Appends another text.
    pub(crate) fn join(mut self, other: &Self) -> Self {
        self.spans.extend(other.spans.iter().cloned());
        self
    }

    /// Appends words in quotation marks, on one line and at most `columns` wide.
    pub(crate) fn quote(mut self, text: &str, columns: usize) -> Self {
        let glyphs = self.style.glyphs();
        let short = shorten(&one_line(text, &self.style), columns, &self.style);
        self.push(
            Paint::Quoted,
            &format!("{}{short}{}", glyphs.open, glyphs.close),
        );
        self
    }

    /// Appends a piece of a passage: by colour, or else with marks around it. `kept` paints unchanged words.
    pub(crate) fn piece(&mut self, piece: &Piece<'_>, kept: Paint) {
        let kind_paint = Paint::from(piece.kind);
        let paint = if kind_paint == Paint::Plain {
            kept
        } else {
            kind_paint
        };
        if self.style.colour == Colour::Always || paint == kept {
            return self.push(paint, piece.text);
        }
        let (open, close) = marks(piece.kind);
        let inner = piece.text.trim();
        if inner.is_empty() {
            return self.push(kept, piece.text);
        }
        let (lead, tail) = piece.text.split_once(inner).unwrap_or_default();
        self.push(paint, &format!("{lead}{open}{inner}{close}{tail}"));
    }

    /// Columns that the text takes on one line.
    pub(crate) fn width(&self) -> usize {
        self.spans.iter().map(|s| s.text.width()).sum()
    }

    /// Breaks the text at white space into lines of at most `columns`; a word that is wider is cut. Runs of white space
    /// count as two spaces at most. At least one line comes back. O(characters).
    pub(crate) fn wrap(&self, columns: usize) -> Vec<Line> {
        let mut wrapper = Wrapper {
            columns: columns.max(1),
            ..Wrapper::default()
        };
        for span in &self.spans {
            for c in span.text.chars() {
                wrapper.put(c, span.paint);
            }
        }
        wrapper.finish()
    }
}

#[derive(Default)]
struct Wrapper {
    columns: usize,
    lines: Vec<Line>,
    line: Line,
    word: Line,
    spaces: usize,
}

/// Spaces that are kept between two words: two set fields apart.
const MAX_SPACES: usize = 2;

impl Wrapper {
    fn put(&mut self, c: char, paint: Paint) {
        if c == ' ' {
            self.end_word();
            self.spaces = (self.spaces + 1).min(MAX_SPACES);
            return;
        }
        let width = c.width().unwrap_or(0);
        if self.word.width + width > self.columns {
            self.end_word();
        }
        self.word.put(c, width, paint);
    }

    fn end_word(&mut self) {
        if self.word.spans.is_empty() {
            return;
        }
        let spaces = if self.line.width > 0 {
            std::mem::take(&mut self.spaces)
        } else {
            0
        };
        if self.line.width > 0 && self.line.width + spaces + self.word.width > self.columns {
            self.lines.push(std::mem::take(&mut self.line));
        } else {
            let before = self.line.spans.last().map_or(Paint::Plain, |s| s.paint);
            let same = before == self.word.spans[0].paint;
            for _ in 0..spaces {
                self.line
                    .put(' ', 1, if same { before } else { Paint::Plain });
            }
        }
        self.spaces = 0;
        for span in std::mem::take(&mut self.word).spans {
            self.line.append(span);
        }
    }

    fn finish(mut self) -> Vec<Line> {
        self.end_word();
        if !self.line.spans.is_empty() || self.lines.is_empty() {
            self.lines.push(self.line);
        }
        self.lines
    }
}

impl Line {
    fn put(&mut self, c: char, width: usize, paint: Paint) {
        match self.spans.last_mut() {
            Some(last) if last.paint == paint => last.text.push(c),
            _ => self.spans.push(Span {
                text: c.to_string(),
                paint,
            }),
        }
        self.width += width;
    }

    fn append(&mut self, span: Span) {
        self.width += span.text.width();
        match self.spans.last_mut() {
            Some(last) if last.paint == span.paint => last.text.push_str(&span.text),
            _ => self.spans.push(span),
        }
    }
}

/// All white space as single spaces, harmless.
pub(crate) fn one_line(text: &str, style: &Style) -> String {
    harmless(text, style.charset)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// At most `columns` of the text, with an ellipsis in its middle (a third of the room goes to the end).
pub(crate) fn shorten(text: &str, columns: usize, style: &Style) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let ellipsis = style.glyphs().ellipsis;
    let room = columns.saturating_sub(ellipsis.width() + 2);
    let tail_room = room / 3;
    let tail: String = take_columns(text.chars().rev(), tail_room)
        .chars()
        .rev()
        .collect();
    let tail = tail
        .split_once(' ')
        .map_or("", |(_, whole_words)| whole_words);
    let head = take_columns(text.chars(), room - tail.width());
    let head = head
        .rsplit_once(' ')
        .map_or(&*head, |(whole_words, _)| whole_words);
    if tail.is_empty() {
        format!("{head} {ellipsis}")
    } else {
        format!("{head} {ellipsis} {tail}")
    }
}

fn take_columns(chars: impl Iterator<Item = char>, columns: usize) -> String {
    let mut left = columns;
    chars
        .take_while(|c| {
            let width = c.width().unwrap_or(0);
            let fits = width <= left;
            left = left.saturating_sub(width);
            fits
        })
        .collect()
}

/// Where lines go.
pub(crate) struct Canvas<'o> {
    pub(crate) style: Style,
    out: &'o mut dyn Write,
}

impl<'o> Canvas<'o> {
    pub(crate) fn new(style: &Style, out: &'o mut dyn Write) -> Self {
        Self { style: *style, out }
    }

    pub(crate) fn text(&self) -> Text {
        Text::new(&self.style)
    }

    pub(crate) fn blank(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }

    /// Writes text wrapped to the whole width, every line behind `indent`.
    pub(crate) fn put(&mut self, indent: &str, text: &Text) -> io::Result<()> {
        self.hang((indent, indent), text)
    }

    /// Writes wrapped text: the first line behind the first indent, the others behind the second.
    pub(crate) fn hang(&mut self, (first, rest): (&str, &str), text: &Text) -> io::Result<()> {
        let room = self
            .style
            .columns()
            .saturating_sub(first.width().max(rest.width()));
        for (i, line) in text.wrap(room).iter().enumerate() {
            let indent = if i == 0 { first } else { rest };
            let indent = if line.spans.is_empty() {
                indent.trim_end()
            } else {
                indent
            };
            self.paint(Paint::Faint, indent)?;
            self.line(line)?;
            self.blank()?;
        }
        Ok(())
    }

    /// Writes two blocks beside each other, `gutter` between them in each line.
    pub(crate) fn beside(&mut self, left: &[Line], right: &[Line], gutter: &str) -> io::Result<()> {
        let column = self.column_width(gutter);
        let empty = Line::default();
        for i in 0..left.len().max(right.len()) {
            let (l, r) = (
                left.get(i).unwrap_or(&empty),
                right.get(i).unwrap_or(&empty),
            );
            self.line(l)?;
            write!(
                self.out,
                "{:pad$}",
                "",
                pad = column.saturating_sub(l.width)
            )?;
            self.paint(Paint::Faint, gutter.trim_end())?;
            if !r.spans.is_empty() {
                write!(
                    self.out,
                    "{:pad$}",
                    "",
                    pad = gutter.width() - gutter.trim_end().width()
                )?;
            }
            self.line(r)?;
            self.blank()?;
        }
        Ok(())
    }

    /// Columns of each of two blocks with a gutter between.
    pub(crate) fn column_width(&self, gutter: &str) -> usize {
        (self.style.columns() - gutter.width()) / 2
    }

    fn line(&mut self, line: &Line) -> io::Result<()> {
        for span in &line.spans {
            self.paint(span.paint, &span.text)?;
        }
        Ok(())
    }

    fn paint(&mut self, paint: Paint, text: &str) -> io::Result<()> {
        let sgr = paint.sgr();
        if self.style.colour == Colour::Never || sgr.is_empty() || text.trim().is_empty() {
            return self.out.write_all(text.as_bytes());
        }
        write!(self.out, "\u{1b}[{sgr}m{text}\u{1b}[0m")
    }

    /// A section's heading with a blank line before it.
    pub(crate) fn heading(&mut self, title: &str, remark: &str) -> io::Result<()> {
        self.blank()?;
        let text = self
            .text()
            .add(Paint::Heading, title)
            .add(Paint::Faint, "  ")
            .add(Paint::Faint, remark);
        self.put("", &text)
    }

    /// The line that says that a list goes on elsewhere.
    pub(crate) fn and_more(&mut self, indent: &str, left: usize) -> io::Result<()> {
        if left == 0 {
            return Ok(());
        }
        let (ellipsis, left) = (self.style.glyphs().ellipsis, crate::labels::number(left));
        let text = format!("{ellipsis} and {left} more; --format json has all");
        self.put(indent, &self.text().add(Paint::Faint, &text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &Text, columns: usize) -> Vec<String> {
        let join = |line: &Line| line.spans.iter().map(|s| &*s.text).collect::<String>();
        text.wrap(columns).iter().map(join).collect()
    }

    #[test]
    fn no_line_is_wider_than_asked_and_no_word_is_lost() {
        let style = Style::default();
        let text = Text::new(&style)
            .add(Paint::Plain, "東京 incomprehensibilities a\u{301}bc ")
            .add(Paint::Cut, "de")
            .add(Paint::Added, "fg  hi");
        for columns in 2..30 {
            let wrapped = lines(&text, columns);
            assert!(
                wrapped.iter().all(|l| l.width() <= columns),
                "{columns}: {wrapped:?}"
            );
            let kept: String = wrapped.concat().split_whitespace().collect();
            assert_eq!(kept, "東京incomprehensibilitiesa\u{301}bcdefghi");
        }
        assert_eq!(
            lines(&text, 20),
            ["東京", "incomprehensibilitie", "s a\u{301}bc defg  hi"]
        );
    }

    #[test]
    fn shortened_text_keeps_both_ends() {
        let style = Style::default();
        assert_eq!(
            shorten("one two three four five six seven", 24, &style),
            "one two three … seven"
        );
    }
}
