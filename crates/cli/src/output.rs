//! Standard output: a reader who closes the pipe has seen enough; anything else that goes wrong is an error.

use std::io::{self, BufWriter, ErrorKind, Write};

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
