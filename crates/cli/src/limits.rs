//! Files that are read whole are read up to a limit: what somebody names by mistake may be endless, or larger than memory.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// The bytes of a file of at most `most_bytes`.
///
/// # Errors
/// What the system says, and [`ErrorKind::FileTooLarge`] for a longer file.
pub(crate) fn bytes_of(path: &Path, most_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path)?
        .take(most_bytes + 1)
        .read_to_end(&mut bytes)?;
    if read as u64 > most_bytes {
        let said = format!("longer than the limit of {} MB", most_bytes >> 20);
        return Err(io::Error::new(ErrorKind::FileTooLarge, said));
    }
    Ok(bytes)
}

/// The text of a file of at most `most_bytes`.
///
/// # Errors
/// As [`bytes_of`], and [`ErrorKind::InvalidData`] where it is not UTF-8.
pub(crate) fn text_of(path: &Path, most_bytes: u64) -> io::Result<String> {
    let text = String::from_utf8(bytes_of(path, most_bytes)?);
    text.map_err(|_| io::Error::new(ErrorKind::InvalidData, "not UTF-8"))
}
