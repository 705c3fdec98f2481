//! The verdicts, as lines, as one object, as a table, and as the kept records themselves.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;
use wirecopy_corpus::write::OutputFormat;
use wirecopy_corpus::{RecordWriter, decode};
use wirecopy_detector::dedup::Decision;
use wirecopy_document::DocKey;
use wirecopy_findings::{ErrorRecord, Relation};
use wirecopy_report::{Charset, harmless};
use wirecopy_text::DocId;

use super::document_table::Catalogue;

/// Decimals of an aligned share.
const SHARE_SCALE: f64 = 1e4;

/// The documents of a run, and what becomes of them.
pub(crate) struct Verdicts {
    catalogue: Catalogue,
    decision: Decision,
    /// Number of each family, by its smallest document.
    families: HashMap<DocId, usize>,
    errors: Vec<ErrorRecord>,
}

/// One line of output.
#[derive(Debug, Serialize)]
pub(crate) struct Record<'v> {
    id: &'v str,
    keep: bool,
    /// Documents that copies join, as `F1`; null for a document without a copy.
    family: Option<String>,
    /// The kept document that makes this one needless.
    duplicate_of: Option<&'v str>,
    /// How this one is related to it. In `contains`, the other holds this one.
    relation: Option<Relation>,
    /// Share of this document's words that stand in the other one, 0..=1.
    aligned: Option<f64>,
}

/// Counts of a run.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Summary {
    documents: usize,
    keep: usize,
    drop: usize,
    identical: usize,
    near_duplicate: usize,
    contains: usize,
    families: usize,
}

impl Verdicts {
    pub(super) fn new(catalogue: Catalogue, decision: Decision, errors: Vec<ErrorRecord>) -> Self {
        let mut families = HashMap::new();
        for verdict in decision.choice.verdicts.iter().take(catalogue.reported()) {
            if let Some(family) = verdict.family {
                let next = families.len() + 1;
                families.entry(family).or_insert(next);
            }
        }
        Self {
            catalogue,
            decision,
            families,
            errors,
        }
    }

    /// Number of documents that are reported on.
    pub(crate) fn len(&self) -> usize {
        self.numbers().count()
    }

    /// Those documents, ascending.
    fn numbers(&self) -> impl Iterator<Item = usize> {
        let out = &self.decision.left_out;
        (0..self.catalogue.reported())
            .filter(|&number| out.binary_search(&DocId::new(number)).is_err())
    }

    /// Bytes of text that were read.
    pub(super) fn bytes(&self) -> u64 {
        self.catalogue.bytes()
    }

    /// The lines, in input order.
    pub(crate) fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.numbered().map(|(_, record)| record)
    }

    fn numbered(&self) -> impl Iterator<Item = (usize, Record<'_>)> {
        self.numbers().map(|number| (number, self.record(number)))
    }

    fn record(&self, document: usize) -> Record<'_> {
        let verdict = &self.decision.choice.verdicts[document];
        let of = verdict.duplicate_of.as_ref();
        Record {
            id: self.catalogue.name(document),
            keep: of.is_none(),
            family: verdict
                .family
                .map(|family| format!("F{}", self.families[&family])),
            duplicate_of: of.map(|of| self.catalogue.name(of.0.index())),
            relation: of.map(|of| of.1),
            aligned: of.map(|of| (of.2 * SHARE_SCALE).round() / SHARE_SCALE),
        }
    }

    /// The counts.
    pub(crate) fn counts(&self) -> Summary {
        let mut counts = Summary {
            documents: self.len(),
            families: self.families.len(),
            ..Summary::default()
        };
        for number in self.numbers() {
            let verdict = &self.decision.choice.verdicts[number];
            match verdict.duplicate_of.as_ref().map(|of| of.1) {
                None => counts.keep += 1,
                Some(Relation::Identical) => counts.identical += 1,
                Some(Relation::Contains) => counts.contains += 1,
                Some(_) => counts.near_duplicate += 1,
            }
        }
        counts.drop = counts.documents - counts.keep;
        counts
    }

    /// The counts in a sentence.
    pub(crate) fn summary(&self) -> String {
        let Summary {
            documents,
            keep,
            drop,
            identical,
            near_duplicate,
            contains,
            families,
        } = self.counts();
        let many =
            |n: usize, one: &'static str, more: &'static str| if n == 1 { one } else { more };
        let [documents_in, near_duplicates, in_families] = [
            many(documents, "document", "documents"),
            many(near_duplicate, "near-duplicate", "near-duplicates"),
            many(families, "family", "families"),
        ];
        format!(
            "{documents} {documents_in} in, {keep} to keep, {drop} not needed ({identical} identical, {near_duplicate} \
             {near_duplicates}, {contains} contained in another); {families} {in_families}"
        )
    }

    /// Ids of the documents that stay, or of those that go, one a line, in input order. What could steer a terminal, or
    /// make two lines of one, is made harmless.
    pub(crate) fn write_ids(&self, keep: Disposition, out: &mut dyn Write) -> io::Result<()> {
        let wanted = self
            .records()
            .filter(|record| record.keep == (keep == Disposition::Keep));
        wanted
            .into_iter()
            .try_for_each(|record| writeln!(out, "{}", harmless(record.id, Charset::Unicode)))
    }

    /// One JSON object a line.
    pub(crate) fn write_jsonl(&self, out: &mut dyn Write) -> io::Result<()> {
        for record in self.records() {
            serde_json::to_writer(&mut *out, &record)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// One JSON object with the counts, all records, and what could not be read as it is.
    pub(crate) fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let records: Vec<Record<'_>> = self.records().collect();
        let whole = serde_json::json!({
            "summary": self.counts(),
            "documents": records,
            "errors": self.errors,
        });
        serde_json::to_writer_pretty(&mut *out, &whole)?;
        out.write_all(b"\n")
    }

    /// A table with a heading (RFC 4180); null is an empty cell.
    pub(crate) fn write_csv(&self, how: Cells, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "id,keep,family,duplicate_of,relation,aligned")?;
        for record in self.records() {
            let relation = record.relation.map(serde_json::to_value).transpose()?;
            let cells = [
                how.cell(record.id),
                record.keep.to_string(),
                record.family.unwrap_or_default(),
                how.cell(record.duplicate_of.unwrap_or_default()),
                relation
                    .as_ref()
                    .and_then(|name| name.as_str())
                    .unwrap_or_default()
                    .to_owned(),
                record
                    .aligned
                    .map_or_else(String::new, |share| share.to_string()),
            ];
            writeln!(out, "{}", cells.join(","))?;
        }
        Ok(())
    }

    /// The kept records, their own fields untouched, in input order.
    pub(crate) fn write_kept(&self, format: OutputFormat, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = RecordWriter::new(out, format);
        for (document, record) in self.numbered().filter(|(_, record)| record.keep) {
            let raw = self
                .catalogue
                .locator(document)
                .read_again()
                .map_err(io::Error::other)?;
            let mut decoded = decode(&raw).map_err(io::Error::other)?.document;
            decoded.key = DocKey(record.id.to_owned());
            writer.write(&raw, &decoded)?;
        }
        writer.finish().map(drop)
    }
}

/// What becomes of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disposition {
    /// It stays.
    Keep,
    /// It is not needed.
    Drop,
}

/// How the cells of a table are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cells {
    pub(crate) formulas: Formulas,
    pub(crate) controls: Controls,
}

/// What becomes of cells that a spreadsheet would take for a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Formulas {
    /// They get an apostrophe in front, and are text then (OWASP, "CSV injection").
    Disarmed,
    /// They stay.
    AsTheyAre,
}

/// What becomes of characters that steer a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Controls {
    /// They become visible or vanish.
    Harmless,
    /// They stay.
    AsTheyAre,
}

impl Cells {
    /// One cell, quoted where a comma, a mark or a line break says so.
    fn cell(self, text: &str) -> String {
        let mark = match self.formulas {
            Formulas::Disarmed if begins_formula(text) => "'",
            _ => "",
        };
        let text = match self.controls {
            Controls::Harmless => Cow::Owned(harmless(text, Charset::Unicode)),
            Controls::AsTheyAre => Cow::Borrowed(text),
        };
        if text.contains([',', '"', '\n', '\r']) || !mark.is_empty() {
            format!("\"{mark}{}\"", text.replace('"', "\"\""))
        } else {
            text.into_owned()
        }
    }
}

/// Whether a spreadsheet would take `text` for a formula: it passes over white space before it, and reads signs of full
/// width as plain ones.
fn begins_formula(text: &str) -> bool {
    let signs = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'];
    text.trim_start_matches([' ', '\n', '\u{feff}'])
        .starts_with(signs)
}

#[cfg(test)]
mod tests {
    use super::{Cells, Controls, Formulas};

    const USUAL: Cells = Cells {
        formulas: Formulas::Disarmed,
        controls: Controls::AsTheyAre,
    };

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(USUAL.cell("plain id"), "plain id");
        assert_eq!(USUAL.cell("a, \"b\""), "\"a, \"\"b\"\"\"");
    }

    #[test]
    fn formulas_are_disarmed_unless_they_are_wanted() {
        let raw = Cells {
            formulas: Formulas::AsTheyAre,
            ..USUAL
        };
        for first in [
            "=",
            "+",
            "-",
            "@",
            "\t",
            "\r",
            " =",
            "\n=",
            "＝",
            "\u{feff}=",
            "\0=",
        ] {
            let id = format!("{first}1+1");
            assert_eq!(USUAL.cell(&id), format!("\"'{id}\""), "{id:?}");
            assert!(!raw.cell(&id).contains('\''), "{id:?}");
        }
        for harmless in ["a=1", "1-2", "é", "", "'x"] {
            assert!(
                !USUAL
                    .cell(harmless)
                    .trim_start_matches('"')
                    .starts_with("''")
            );
        }
    }

    #[test]
    fn a_terminal_gets_no_control_character() {
        let shown = Cells {
            controls: Controls::Harmless,
            ..USUAL
        };
        let cell = shown.cell("a\u{1b}[31m\u{9b}2J\u{202e}b\u{7}");
        assert!(
            !cell.chars().any(|c| c.is_control() || c == '\u{202e}'),
            "{cell:?}"
        );
    }
}
