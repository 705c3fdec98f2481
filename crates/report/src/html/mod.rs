//! One self-contained page: families with their lineage drawn, passages side by side, quotations, boilerplate on the
//! documents' texts, and what was skipped.
//!
//! The page needs no network and allows none (its content security policy names the hashes of its own style and
//! script, and nothing else). Input text enters only as escaped text and attribute values; an address becomes a link
//! only if it is http or https.

mod documents;
mod families;
mod graph;
mod page;
mod pairs;
mod sections;

use std::cell::Cell;
use std::io::{self, Write};

use wirecopy_findings::Findings;

use crate::index::View;
use crate::texts::Texts;

/// Bytes of article text that a page holds at most. A browser stays quick up to here; what is left out is said.
const MAX_TEXT_BYTES: usize = 12_000_000;

/// What the parts of a page share while it is written.
pub(crate) struct Page<'a> {
    view: View<'a>,
    text_left: Cell<usize>,
}

impl Page<'_> {
    /// Takes `bytes` from what is left for article text; false when there is not enough left.
    fn spend(&self, bytes: usize) -> bool {
        let enough = self.text_left.get() >= bytes;
        if enough {
            self.text_left.set(self.text_left.get() - bytes);
        }
        enough
    }
}

/// Writes the findings as one HTML page. Parts are written as they are made, so memory is that of the largest family.
/// Above some thousand documents, texts and pairs beyond fixed caps are left out, and the page says so.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(findings: &Findings, texts: &impl Texts, out: &mut dyn Write) -> io::Result<()> {
    let page = Page {
        view: View::new(findings, texts),
        text_left: Cell::new(MAX_TEXT_BYTES),
    };
    out.write_all(page::head(findings).into_string().as_bytes())?;
    families::write(&page, out)?;
    for section in [
        sections::elsewhere(&page),
        sections::rivals(&page),
        sections::quotations(&page),
        sections::common_texts(&page),
        sections::boilerplate(&page),
        sections::sites(&page),
        sections::skipped(&page),
    ] {
        out.write_all(section.into_string().as_bytes())?;
    }
    documents::write(&page, out)?;
    out.write_all(page::FOOT.as_bytes())
}
