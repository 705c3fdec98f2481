//! The fields of a CSV row.

use csv_core::{ReadRecordResult, ReaderBuilder};

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
        let names: Vec<String> = cells(row, delimiter)?
            .iter()
            .map(|name| name.trim().to_owned())
            .collect();
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

    /// Reads a `row` of the table. Cells beyond the header's are dropped, missing ones are absent.
    pub(crate) fn fields(&self, row: &[u8]) -> Result<Fields, Reason> {
        let mut fields = Fields::default();
        for (cell, places) in cells(row, self.delimiter)?.into_iter().zip(&self.places) {
            if places.iter().any(Option::is_some) {
                fields.put(*places, Value::Text(cell));
            }
        }
        Ok(fields)
    }
}

/// The cells of one row, quotation marks taken away.
pub(crate) fn cells(row: &[u8], delimiter: u8) -> Result<Vec<String>, Reason> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let mut output = vec![0; row.len() + 1];
    let mut ends = vec![0; memchr::memchr_iter(delimiter, row).count() + 2];
    let (mut result, read, mut written, mut found) =
        reader.read_record(row, &mut output, &mut ends);
    if result == ReadRecordResult::InputEmpty {
        // The row has no line feed of its own; an empty input says that it ends here.
        let (end, _, more_written, more_found) =
            reader.read_record(&row[read..], &mut output[written..], &mut ends[found..]);
        (result, written, found) = (end, written + more_written, found + more_found);
    }
    if result != ReadRecordResult::Record {
        return Err(Reason::InvalidCsv);
    }
    let text = std::str::from_utf8(&output[..written]).map_err(|_| Reason::InvalidCsv)?;
    let mut start = 0;
    let cut = |&end: &usize| {
        let cell = text[start..end].to_owned();
        start = end;
        cell
    };
    Ok(ends[..found].iter().map(cut).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_lose_their_quotation_marks() {
        let row = b"1,\"a \"\"b\"\",\nc\",,5\" pipe,";
        assert_eq!(
            cells(row, b',').unwrap(),
            ["1", "a \"b\",\nc", "", "5\" pipe", ""]
        );
        assert_eq!(cells(b"a", b'\t').unwrap(), ["a"]);
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
