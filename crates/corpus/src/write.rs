//! Kept records out again, their own fields untouched.

use std::io::{self, Write};
use std::sync::Arc;

use wirecopy_document::Document;

use crate::decode::record_text;
use crate::decode::table::Columns;
use crate::read::{Format, RawRecord};

/// What to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputFormat {
    /// One JSON object on each line. JSON records come out byte for byte, in the encoding of their file (line feeds between
    /// their tokens apart), rows of tables as objects of strings, text files and pages as `{"id", "path", "text"}`; what is
    /// not JSON already becomes UTF-8.
    #[default]
    JsonLines,
    /// The rows as they came, byte for byte in the encoding of their file, under the header as it came. Only for records of tables with one header.
    Csv,
}

/// Writes records that are kept.
#[derive(Debug)]
pub struct RecordWriter<W> {
    out: W,
    format: OutputFormat,
    header: Option<Arc<Columns>>,
}

impl<W: Write> RecordWriter<W> {
    /// A writer to `out`, which should be buffered.
    #[must_use]
    pub fn new(out: W, format: OutputFormat) -> Self {
        Self {
            out,
            format,
            header: None,
        }
    }

    /// Writes one record. `document` is what it was decoded to; a text file's id and text are taken from it.
    ///
    /// # Errors
    /// What `out` reports; [`io::ErrorKind::InvalidInput`] when CSV was asked for and the record is no row of the table
    /// that the first one came from.
    pub fn write(&mut self, raw: &RawRecord, document: &Document) -> io::Result<()> {
        match (self.format, raw.source.format) {
            (OutputFormat::Csv, _) => self.write_row(raw),
            (_, Format::JsonLines) => self.line(raw.bytes()),
            (_, Format::Json) => self.line(&on_one_line(raw.bytes())),
            (_, Format::Csv { .. }) => self.write_row_as_object(raw),
            (_, Format::Text | Format::Html) => self.write_text(document),
        }
    }

    /// Flushes and gives back the output.
    ///
    /// # Errors
    /// What flushing reports.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    fn line(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.out.write_all(b"\n")
    }

    fn write_row(&mut self, raw: &RawRecord) -> io::Result<()> {
        let mismatch = |why: &str| io::Error::new(io::ErrorKind::InvalidInput, why);
        let columns = raw
            .columns
            .as_ref()
            .ok_or_else(|| mismatch("only rows of tables can be written as CSV"))?;
        match &self.header {
            Some(header)
                if header.names != columns.names || header.delimiter != columns.delimiter =>
            {
                return Err(mismatch(
                    "tables with different headers cannot be written as one CSV file",
                ));
            }
            Some(_) => {}
            None => {
                self.line(&columns.row)?;
                self.header = Some(Arc::clone(columns));
            }
        }
        self.line(raw.bytes())
    }

    /// A row as an object of strings, in the order of the columns. Cells beyond them are a list of their own.
    fn write_row_as_object(&mut self, raw: &RawRecord) -> io::Result<()> {
        let Some(columns) = &raw.columns else {
            return Ok(());
        };
        let text = record_text(raw).map_err(io::Error::other)?;
        let cells = columns.cells(&text.text).map_err(io::Error::other)?.cells;
        let mut cells = cells.into_iter();
        let mut object = String::from("{");
        for (name, cell) in columns.names.iter().zip(cells.by_ref()) {
            let comma = if object.len() > 1 { "," } else { "" };
            object += &format!("{comma}{}:{}", string(name), string(&cell));
        }
        let beyond: Vec<String> = cells.map(|cell| string(&cell)).collect();
        if !beyond.is_empty() {
            object += &format!(",\"{EXTRA_CELLS}\":[{}]", beyond.join(","));
        }
        object.push('}');
        self.line(object.as_bytes())
    }

    fn write_text(&mut self, document: &Document) -> io::Result<()> {
        let object =
            serde_json::json!({"id": document.key.0, "path": document.path, "text": document.text});
        self.line(object.to_string().as_bytes())
    }
}

/// The field of the cells for which a table has no column.
const EXTRA_CELLS: &str = "extra_cells";

/// `text` as a JSON string.
fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// JSON without the line breaks between its tokens; inside strings they are escaped already.
fn on_one_line(json: &[u8]) -> Vec<u8> {
    json.iter()
        .copied()
        .filter(|byte| !matches!(byte, b'\n' | b'\r'))
        .collect()
}
