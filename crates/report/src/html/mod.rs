//! One self-contained page.

use std::io::{self, Write};

use wirecopy_news::findings::Findings;

use crate::texts::Texts;

/// Writes the page.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(findings: &Findings, texts: &impl Texts, out: &mut dyn Write) -> io::Result<()> {
    let _ = (findings, texts);
    out.write_all(b"")
}
