//! The file of `--templates`: what runs learn about sites.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};
use wirecopy_boilerplate::Templates;

use crate::limits::text_of;
use crate::output::to_file;

/// Longest file that is read: what is learned of a hundred thousand sites takes a tenth.
const MOST_BYTES: u64 = 256 << 20;

/// Reads what earlier runs learned. A file that is not there yet holds nothing.
pub(crate) fn read_or_new(path: &Path) -> Result<Templates> {
    match text_of(path, MOST_BYTES) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Templates::default()),
        json => parse(json, path),
    }
}

/// Reads what earlier runs learned.
pub(crate) fn read(path: &Path) -> Result<Templates> {
    parse(text_of(path, MOST_BYTES), path)
}

fn parse(json: std::io::Result<String>, path: &Path) -> Result<Templates> {
    let json = json.with_context(|| format!("cannot read the templates {}", path.display()))?;
    Templates::from_json(&json).with_context(|| format!("{}", path.display()))
}

/// Writes the file anew. It is written beside the old one and then takes its place, so that nobody finds half a file.
pub(crate) fn write(path: &Path, templates: &Templates) -> Result<()> {
    to_file(path, |out| {
        out.write_all(templates.to_json().as_bytes())?;
        out.write_all(b"\n")
    })
    .context("the templates")
}
