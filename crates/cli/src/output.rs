//! Where results go: standard output, whose reader may close the pipe when it has seen enough, and files, of which nobody
//! finds half.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result};

/// Writes to standard output, buffered, and flushes. A closed pipe is a clean end.
///
/// # Errors
/// When the output cannot be written for another reason, as a full disk.
pub(crate) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let written = write(&mut out).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {
            // The buffer still holds what nobody wants; dropping it must not try to write again.
            let _unwritten = out.into_parts();
            Ok(())
        }
        other => other.context("cannot write to standard output"),
    }
}

/// What `write` writes, in memory.
///
/// # Errors
/// Those of `write`.
pub(crate) fn in_memory(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    Ok(bytes)
}

/// Writes a file. A regular file, or one that is not there yet, is written beside its place and then takes it: what stood
/// there stays as it was when the writing fails.
///
/// # Errors
/// When it cannot be written; names the file.
pub(crate) fn to_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let is_special = path.metadata().is_ok_and(|found| !found.is_file());
    let written = if is_special {
        fill(path, write)
    } else {
        let mut name = path.as_os_str().to_owned();
        name.push(".part");
        let beside = Path::new(&name);
        let moved = fill(beside, write).and_then(|()| std::fs::rename(beside, path));
        moved.inspect_err(|_| {
            // What is half written is of no use; that it cannot be removed is not what went wrong.
            let _left = std::fs::remove_file(beside);
        })
    };
    written.with_context(|| format!("cannot write {}", path.display()))
}

fn fill(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    write(&mut out)?;
    out.flush()
}
