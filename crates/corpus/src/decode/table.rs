//! The cells of the rows of tables.

use memchr::memchr;

use crate::decode::charset::{Hints, to_text};
use crate::decode::fields::{Fields, Value, has_text_place, places, some_names};
use crate::error::Reason;
use crate::read::FieldNames;

/// The columns of one table: what its header row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    pub delimiter: u8,
    pub names: Vec<String>,
    /// The header row as it stands in the file.
    pub row: Vec<u8>,
    places: Vec<[Option<usize>; 8]>,
}

impl Columns {
    /// Reads the header `row`.
    ///
    /// # Errors
    /// [`Reason::MissingText`] when no column is named like a text field: then no row can be an article.
    pub(crate) fn of_header(
        row: &[u8],
        delimiter: u8,
        fields: &FieldNames,
    ) -> Result<Self, Reason> {
        let text = to_text(row, Hints::default())?.text;
        let Cells { cells, .. } = cells(&text, delimiter, None)?;
        let names: Vec<String> = cells.iter().map(|name| name.trim().to_owned()).collect();
        let places: Vec<_> = names.iter().map(|name| places(fields, name)).collect();
        if !places.iter().any(has_text_place) {
            let found = some_names(names.iter().map(String::as_str)) + " (the first row)";
            return Err(Reason::MissingText {
                looked_for: fields.text.join(", "),
                found,
            });
        }
        Ok(Self {
            delimiter,
            names,
            row: row.to_vec(),
            places,
        })
    }

    /// The cells of a `row` of the table.
    ///
    /// # Errors
    /// [`Reason::UnclosedQuote`] where a quotation mark is never closed and the row has not as many cells as the header.
    pub(crate) fn cells(&self, row: &str) -> Result<Cells, Reason> {
        cells(row, self.delimiter, Some(self.names.len()))
    }

    /// The fields of a row that has `cells`; missing ones are absent. The second value says what is odd about the row.
    pub(crate) fn fields(&self, cells: Cells) -> (Fields, Vec<Reason>) {
        let mut fields = Fields::default();
        let beyond = cells.cells.iter().skip(self.places.len());
        let beyond = beyond.filter(|cell| !cell.trim().is_empty()).count();
        for (cell, places) in cells.cells.into_iter().zip(&self.places) {
            if places.iter().any(Option::is_some) {
                fields.put(*places, Value::Text(cell));
            }
        }
        let mut odd = Vec::new();
        if beyond > 0 {
            odd.push(Reason::ExtraCells(beyond));
        }
        if cells.end == End::Open {
            odd.push(Reason::QuoteLeftOpen);
        }
        (fields, odd)
    }
}

/// The cells of a row, quotation marks taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cells {
    pub cells: Vec<String>,
    end: End,
}

/// How the last cell of a row ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// As it should.
    Closed,
    /// Inside quotation marks.
    Open,
}

/// What a quotation mark inside a quoted cell is, where neither a delimiter nor a line end nor another mark follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LoneMark {
    /// A mark of the text that its writer did not double.
    OfTheText,
    /// The end of the quotation: the cell goes on without.
    EndsQuotation,
}

/// Whether `row` can be read as one of `columns` cells.
pub(crate) fn fits(row: &str, delimiter: u8, columns: usize) -> bool {
    cells(row, delimiter, Some(columns)).is_ok_and(|read| read.cells.len() == columns)
}

/// The cells of one row, of which `columns` are expected.
///
/// Where the row was not written by the rules, that reading is taken which gives as many cells.
fn cells(row: &str, delimiter: u8, columns: Option<usize>) -> Result<Cells, Reason> {
    let row = row.trim_end_matches(['\r', '\n']);
    let usual = cut(row, delimiter, LoneMark::OfTheText);
    let fits = |read: &Cells| columns.is_none_or(|columns| read.cells.len() == columns);
    if usual.end == End::Closed && fits(&usual) {
        return Ok(usual);
    }
    let other = cut(row, delimiter, LoneMark::EndsQuotation);
    if other.end == End::Closed && fits(&other) {
        return Ok(other);
    }
    if usual.end == End::Open && !fits(&usual) {
        return Err(Reason::unclosed_quote(row.as_bytes()));
    }
    Ok(usual)
}

fn cut(row: &str, delimiter: u8, lone: LoneMark) -> Cells {
    let mut cells = Vec::with_capacity(memchr::memchr_iter(delimiter, row.as_bytes()).count() + 1);
    let mut rest = Some(row);
    let mut end = End::Closed;
    while let Some(row) = rest {
        let cell;
        (cell, rest, end) = match row.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted, delimiter, lone),
            None => {
                let (cell, rest) = until_delimiter(row, delimiter);
                (cell.to_owned(), rest, End::Closed)
            }
        };
        cells.push(cell);
    }
    Cells { cells, end }
}

/// What stands before the next delimiter, and what behind it if there is one.
fn until_delimiter(row: &str, delimiter: u8) -> (&str, Option<&str>) {
    match memchr(delimiter, row.as_bytes()).and_then(|at| row.split_at_checked(at)) {
        Some((cell, rest)) => (cell, rest.get(1..)),
        None => (row, None),
    }
}

/// The rest of a cell that began with a quotation mark, and of the row.
fn quoted_cell(row: &str, delimiter: u8, lone: LoneMark) -> (String, Option<&str>, End) {
    let (mut cell, mut rest) = (String::new(), row);
    while let Some((text, after)) = rest.split_once('"') {
        let bare = text.trim_end_matches('\\');
        if (text.len() - bare.len()) % 2 == 1 {
            cell.push_str(text.strip_suffix('\\').unwrap_or(text));
            cell.push('"');
            rest = after;
            continue;
        }
        cell.push_str(text);
        let behind = after.trim_start_matches(|c| matches!(c, ' ' | '\t') && c as u8 != delimiter);
        match behind.as_bytes().first() {
            None => return (cell, None, End::Closed),
            Some(&byte) if byte == delimiter => return (cell, behind.get(1..), End::Closed),
            _ => {}
        }
        if let Some(after) = after.strip_prefix('"') {
            cell.push('"');
            rest = after;
        } else if lone == LoneMark::EndsQuotation {
            let (more, rest) = until_delimiter(after, delimiter);
            return (cell + more, rest, End::Closed);
        } else {
            cell.push('"');
            rest = after;
        }
    }
    (cell + rest, None, End::Open)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(row: &str, columns: usize) -> Vec<String> {
        cells(row, b',', Some(columns)).unwrap().cells
    }

    #[test]
    fn cells_lose_their_quotation_marks() {
        assert_eq!(
            read("1,\"a \"\"b\"\",\nc\",,5\" pipe,", 5),
            ["1", "a \"b\",\nc", "", "5\" pipe", ""]
        );
        assert_eq!(read("\"\",\"\"\"\",\"a\" ,b\r\n", 4), ["", "\"", "a", "b"]);
        assert_eq!(
            read("1,\"so \\\"no\\\", she\",\"c:\\\\\"", 3),
            ["1", "so \"no\", she", "c:\\\\"]
        );
        let one = cells("a", b'\t', None).unwrap();
        assert_eq!((one.cells, one.end), (vec!["a".to_owned()], End::Closed));
    }

    #[test]
    fn marks_that_nobody_doubled_are_read_so_that_the_row_fits() {
        assert_eq!(
            read("1,\"Ann said \"yes\" and, at last, left\"", 2),
            ["1", "Ann said \"yes\" and, at last, left"]
        );
        assert_eq!(
            read("\"Yes\" says mayor,text,7", 3),
            ["Yes says mayor", "text", "7"]
        );
        let open = cells("1,\"It was, he said, over.”", b',', Some(2)).unwrap();
        assert_eq!(open.end, End::Open);
        assert_eq!(open.cells[1], "It was, he said, over.”");
        assert!(cells("1,\"a,b", b',', Some(3)).is_err());
    }

    #[test]
    fn a_header_may_hold_any_bytes() {
        let header =
            Columns::of_header(b"text,\xe2,\x80\x99", b',', &FieldNames::default()).unwrap();
        assert_eq!((header.names.len(), header.names[0].as_str()), (3, "text"));
    }

    #[test]
    fn a_table_without_text_is_refused() {
        let error = Columns::of_header(b"id,price", b',', &FieldNames::default()).unwrap_err();
        assert_eq!(error.code(), "missing_text");
        assert!(
            error
                .to_string()
                .contains("among id, price (the first row);"),
            "{error}"
        );
    }
}
