//! Where the rows of a table end, also where a quotation mark was forgotten.
//!
//! A cell that begins with `"` ends at a `"` before a delimiter or a line end; any other `"` in it stands for itself, and two,
//! or one behind a backslash as Spark and MySQL write it, for one. Such a cell may hold line breaks, so one mark that is never closed makes the rows behind it a part of the cell.
//! That is found out by what stands inside: where a row that runs over several lines is not what a writer of tables would
//! write, and one of its lines begins a row that is, the rows are divided there.

use memchr::{memchr, memchr_iter, memchr3};

use crate::decode::table;
use crate::read::pieces::{Piece, RecordEnd};

/// State between two bytes of a stream of rows.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    delimiter: u8,
    /// Cells of the header; none before it.
    columns: Option<usize>,
    row: Row,
    /// Bytes of one row above which its quotation marks are doubted although none of them closes it.
    patience: usize,
    /// Rows that must follow each other to divide a row that may yet be closed.
    witnesses: usize,
    /// Nothing comes behind what was handed over.
    is_last: bool,
}

/// What was seen of one row.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    place: Place,
    /// Delimiters so far.
    delimiters: usize,
    /// A quotation mark stood where a writer of tables puts none.
    is_odd: bool,
    /// Line breaks inside quotation marks.
    breaks: usize,
    /// The column whose quotation marks hold the first of them.
    broken_column: usize,
    /// Doubted before, and found to be one row as far as it goes.
    is_trusted: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Just after a delimiter or a line end: a quotation mark here opens a quoted cell.
    #[default]
    Start,
    /// In a cell without quotation marks.
    Plain,
    /// Inside quotation marks.
    Quoted,
    /// After a quotation mark inside a quoted cell, and spaces: the closing one, the first of two, or one of the text.
    Mark,
    /// The same, with spaces between.
    Spaced,
}

/// Usual tables have no row of so many bytes; where nothing was wrong yet, rows are believed as far.
const MOST_PATIENCE: usize = 1 << 20;

/// How far a row is believed where rows before it were wrong.
const LEAST_PATIENCE: usize = 8 << 10;

/// How many rows divide one that may yet be closed: prose has single lines that look like a row, and seldom some together.
const WITNESSES: usize = 3;

/// How far a row is believed where it is known that the stream ends inside quotation marks.
const LAST_PATIENCE: usize = 64 << 10;

/// Bytes of a line that are looked at to see whether it begins a row.
const LOOK_AHEAD: usize = 64 << 10;

impl Rows {
    /// The beginning of a stream of rows whose cells are divided by `delimiter`.
    pub(crate) fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            columns: None,
            row: Row::default(),
            patience: MOST_PATIENCE,
            witnesses: WITNESSES,
            is_last: false,
        }
    }

    /// Looks at `open`, which begins with a row and of which `seen` bytes were looked at before; see
    /// [`Splitter::feed`](crate::read::split::Splitter::feed).
    pub(crate) fn feed(&mut self, open: &[u8], seen: usize, ends: &mut Vec<RecordEnd>) {
        let (mut start, mut at) = (0_usize, seen);
        while at < open.len() {
            let doubted = start.saturating_add(self.patience);
            let is_doubted = !self.row.is_trusted && at >= doubted;
            let limit = if self.row.is_trusted || is_doubted {
                open.len()
            } else {
                open.len().min(doubted)
            };
            let ended = !is_doubted
                && self
                    .row
                    .step(open.get(..limit).unwrap_or(open), &mut at, self.delimiter);
            self.row.is_trusted |= is_doubted;
            let row = open.get(start..at).unwrap_or_default();
            let divided = match (ended, is_doubted && self.row.place == Place::Quoted) {
                (true, _) => self.divide(row, 1),
                (false, true) => self.divide(row, self.witnesses),
                (false, false) => None,
            };
            if let Some((length, piece)) = divided {
                start += length;
                at = start;
                ends.push(RecordEnd { at, piece });
                self.note_division();
            } else if ended {
                self.note_end(row);
                start = at;
                let piece = Piece::Record;
                ends.push(RecordEnd { at, piece });
            }
        }
    }

    /// The last row or rows of the stream, which end with it: `open`, all of which was looked at.
    pub(crate) fn finish(&mut self, open: &[u8], ends: &mut Vec<RecordEnd>) {
        let mut start = 0;
        self.witnesses = 1;
        self.is_last = true;
        self.patience = self.patience.min(LAST_PATIENCE);
        while let Some((length, piece)) = self.divide(open.get(start..).unwrap_or_default(), 1) {
            start += length;
            ends.push(RecordEnd { at: start, piece });
            self.note_division();
            let mut inner = Vec::new();
            self.feed(open.get(start..).unwrap_or_default(), 0, &mut inner);
            ends.extend(inner.into_iter().map(|end| end.after(start)));
            start = ends.last().map_or(start, |end| end.at);
        }
        let piece = if self.row.place == Place::Quoted {
            Piece::Broken
        } else {
            Piece::Record
        };
        let at = open.len();
        ends.push(RecordEnd { at, piece });
    }

    /// A row was divided: the next one is believed less far.
    fn note_division(&mut self) {
        self.row = Row::default();
        self.patience = (self.patience / 4).max(LEAST_PATIENCE);
    }

    /// A row has ended: the first one says how many cells there are.
    fn note_end(&mut self, row: &[u8]) {
        let is_blank = row.iter().all(|byte| matches!(byte, b'\r' | b'\n'));
        if !is_blank {
            self.patience = (self.patience * 2).min(MOST_PATIENCE);
            if self.columns.is_none() && separator_line(row).is_none() {
                self.columns = Some(self.row.delimiters + 1);
            }
        }
        self.row = Row::default();
    }

    /// Where `row`, which is open or has just ended, is to be divided because something is wrong with it: bytes up to the
    /// line that begins another row, and what the part before it is. Looks at nothing but `row`, so that it does not matter
    /// how the stream comes.
    fn divide(&self, row: &[u8], witnesses: usize) -> Option<(usize, Piece)> {
        let columns = self.columns?;
        let is_usual = !self.row.is_odd && self.row.delimiters + 1 == columns;
        if self.row.breaks == 0 || is_usual && self.row.place != Place::Quoted {
            return None;
        }
        let wanted = Wanted {
            delimiter: self.delimiter,
            columns,
            quoted_column: self.row.broken_column,
            kind: Kind::of_first_cell(row, self.delimiter),
            is_last: self.is_last,
        };
        let length = line_starts(row).find(|&start| wanted.runs_on(row, start, witnesses))?;
        let is_one_line = line_starts(row).next() == Some(length);
        let line = String::from_utf8_lossy(row.get(..length)?);
        let piece = if is_one_line && table::fits(&line, self.delimiter, columns) {
            Piece::Record
        } else {
            Piece::Broken
        };
        Some((length, piece))
    }
}

impl Row {
    /// Takes the next bytes of `open`, from `at`; says whether the row ended with them.
    fn step(&mut self, open: &[u8], at: &mut usize, delimiter: u8) -> bool {
        let rest = open.get(*at..).unwrap_or_default();
        if self.place == Place::Quoted {
            *at += self.pass_quoted(rest, open.get(..*at).unwrap_or_default());
            return false;
        }
        let plain = match self.place {
            Place::Plain => memchr3(delimiter, b'\n', b'\r', rest).unwrap_or(rest.len()),
            _ => 0,
        };
        let (passed, rest) = rest.split_at_checked(plain).unwrap_or((rest, &[]));
        self.is_odd |= memchr(b'"', passed).is_some();
        *at += passed.len();
        let Some(&byte) = rest.first() else {
            return false;
        };
        *at += 1;
        self.take(byte, delimiter) && {
            let is_pair = byte == b'\r' && rest.get(1) == Some(&b'\n');
            *at += usize::from(is_pair);
            true
        }
    }

    /// Passes to the next quotation mark of a quoted cell, which goes on with `rest` behind `before`; returns the bytes.
    fn pass_quoted(&mut self, rest: &[u8], before: &[u8]) -> usize {
        let mark = memchr(b'"', rest);
        let inside = rest.get(..mark.unwrap_or(rest.len())).unwrap_or(rest);
        let breaks = memchr_iter(b'\n', inside).count();
        if self.breaks == 0 && breaks > 0 {
            self.broken_column = self.delimiters;
        }
        self.breaks += breaks;
        let backslashes = inside.iter().rev().chain(before.iter().rev());
        let backslashes = backslashes.take_while(|&&byte| byte == b'\\').count();
        if mark.is_some() && backslashes % 2 == 0 {
            self.place = Place::Mark;
        }
        inside.len() + usize::from(mark.is_some())
    }

    /// Takes one byte that is not inside quotation marks.
    fn take(&mut self, byte: u8, delimiter: u8) -> bool {
        let after_mark = matches!(self.place, Place::Mark | Place::Spaced);
        match byte {
            b'\n' | b'\r' => return true,
            _ if byte == delimiter => {
                self.delimiters += 1;
                self.place = Place::Start;
            }
            b'"' if matches!(self.place, Place::Start | Place::Mark) => self.place = Place::Quoted,
            b'"' if self.place == Place::Spaced => {
                self.is_odd = true;
                self.place = Place::Mark;
            }
            b' ' | b'\t' if after_mark => self.place = Place::Spaced,
            _ if after_mark => {
                self.is_odd = true;
                self.place = Place::Quoted;
            }
            _ => {
                self.is_odd |= byte == b'"';
                self.place = Place::Plain;
            }
        }
        false
    }
}

/// What a line must be to begin a row of the table.
struct Wanted {
    delimiter: u8,
    columns: usize,
    /// The column in which the row before it has its open mark.
    quoted_column: usize,
    /// What the first cell of the row before it is.
    kind: Kind,
    /// No line comes behind those that are looked at.
    is_last: bool,
}

/// A line that begins a row of the table.
struct Witness {
    /// Bytes of the row.
    length: usize,
    /// How many such rows must follow each other, this one among them.
    needed: usize,
}

impl Wanted {
    /// Whether rows begin at `start` of `bytes`: so many, or as many as there are where nothing comes behind them.
    fn runs_on(&self, bytes: &[u8], start: usize, witnesses: usize) -> bool {
        let (mut at, mut seen, mut needed) = (start, 0, witnesses);
        while seen < needed {
            match self.row(bytes.get(at..).unwrap_or_default()) {
                Some(row) => (at, needed) = (at + row.length, needed.max(row.needed)),
                None => return seen > 0 && self.is_last && at == bytes.len(),
            }
            seen += 1;
        }
        true
    }

    /// The row that `bytes` begin with, if they do.
    fn row(&self, bytes: &[u8]) -> Option<Witness> {
        let seen = bytes.get(..bytes.len().min(LOOK_AHEAD)).unwrap_or(bytes);
        let (mut row, mut at, mut marked) = (Row::default(), 0, false);
        let mut ended = false;
        while at < seen.len() && !ended {
            let column = row.delimiters;
            ended = row.step(seen, &mut at, self.delimiter);
            marked |= column == self.quoted_column && row.place == Place::Quoted;
        }
        let first_line = line_starts(seen).next().unwrap_or(seen.len());
        let is_open = row.place == Place::Quoted;
        let is_whole = !row.is_odd && !is_open && row.delimiters + 1 == self.columns;
        let line = seen.get(..first_line)?;
        let fits = is_whole || marked && self.is_row_without_mark(line);
        let is_like = match self.kind {
            kind if kind != Kind::of_first_cell(seen, self.delimiter) => {
                marked && self.quoted_column == 0
            }
            Kind::Number | Kind::Code => true,
            _ => {
                marked
                    || self.columns > 2
                    || self.quoted_column == 0 && ends_in_one_word(line, self.delimiter)
            }
        };
        // The first cell says nothing of a row where it is the open one.
        let needed = if marked || self.quoted_column > 0 {
            1
        } else {
            WITNESSES
        };
        let length = if is_whole { at } else { first_line };
        (fits && is_like).then_some(Witness { length, needed })
    }

    /// Whether `line` is a row if the last mark that it opens is closed by its end.
    fn is_row_without_mark(&self, line: &[u8]) -> bool {
        let (mut row, mut at) = (Row::default(), 0);
        while at < line.len() && !row.step(line, &mut at, self.delimiter) {}
        row.delimiters + 1 == self.columns
    }
}

/// What a cell looks like, as far as cells of one column are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Empty,
    Number,
    /// One word with a digit in it: a key, an address, a date.
    Code,
    Word,
    Words,
}

impl Kind {
    fn of_first_cell(row: &[u8], delimiter: u8) -> Self {
        let is_end = |byte: &u8| *byte == delimiter || matches!(byte, b'\n' | b'\r');
        let cell = row.split(is_end).next().unwrap_or_default();
        let cell = cell.trim_ascii().strip_prefix(b"\"").unwrap_or(cell);
        let cell = cell.strip_suffix(b"\"").unwrap_or(cell).trim_ascii();
        if cell.is_empty() {
            Self::Empty
        } else if cell.iter().all(u8::is_ascii_digit) {
            Self::Number
        } else if cell.iter().any(u8::is_ascii_whitespace) {
            Self::Words
        } else if cell.iter().any(u8::is_ascii_digit) {
            Self::Code
        } else {
            Self::Word
        }
    }
}

/// Whether the last cell of `line` is a single word: a name or a key, where prose goes on.
fn ends_in_one_word(line: &[u8], delimiter: u8) -> bool {
    let cell = line.trim_ascii().rsplit(|&byte| byte == delimiter).next();
    cell.is_some_and(|cell| {
        let cell = cell.trim_ascii();
        !cell.is_empty() && !cell.iter().any(u8::is_ascii_whitespace)
    })
}

/// Places in `bytes` behind a line feed.
fn line_starts(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let starts = memchr_iter(b'\n', bytes).map(|at| at + 1);
    starts.filter(|&start| start < bytes.len())
}

/// The delimiter that a first line of `sep=;` names, as Excel writes and reads it; none for any other line.
pub(crate) fn separator_line(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii_end();
    let bare = line.strip_prefix(b"\"").and_then(|l| l.strip_suffix(b"\""));
    let (word, rest) = bare.unwrap_or(line).split_at_checked(4)?;
    match (word.eq_ignore_ascii_case(b"sep="), rest) {
        (true, []) => Some(b'\t'), // trimmed away
        (true, &[delimiter]) if delimiter.is_ascii() => Some(delimiter),
        _ => None,
    }
}
