//! Opening files without being fooled: regular files only, never blocking on a pipe, and noticing when a file changed
//! while it was read.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::error::Reason;

/// What tells one version of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    inode: u64,
}

impl Stamp {
    fn new(metadata: &Metadata) -> Self {
        Self {
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
            inode: inode(metadata),
        }
    }

    /// Bytes of that version.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The version that `file` shows now.
    pub(crate) fn of(file: &File) -> Result<Self, Reason> {
        Ok(Self::new(&file.metadata()?))
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

/// Opens a regular file for reading.
///
/// # Errors
/// [`Reason::NotRegular`] for a folder, pipe, socket or device; what the system says otherwise.
pub(crate) fn open_regular(path: &Path) -> Result<(File, Stamp), Reason> {
    let mut options = OpenOptions::new();
    options.read(true);
    do_not_block(&mut options);
    let file = open_patiently(&options, path).map_err(|error| match std::fs::metadata(path) {
        // A socket cannot be opened at all; say what it is.
        Ok(metadata) if !metadata.is_file() => Reason::NotRegular,
        _ => error.into(),
    })?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(Reason::NotRegular);
    }
    Ok((file, Stamp::new(&metadata)))
}

/// Opens a file. Where too many are open, other threads of this run close theirs soon.
fn open_patiently(options: &OpenOptions, path: &Path) -> io::Result<File> {
    for _ in 0..OPEN_RETRIES {
        match options.open(path) {
            Err(error) if is_too_many(&error) => std::thread::sleep(OPEN_PAUSE),
            other => return other,
        }
    }
    options.open(path)
}

/// Two seconds in all: workers have a file open for milliseconds.
const OPEN_RETRIES: usize = 200;
const OPEN_PAUSE: Duration = Duration::from_millis(10);

#[cfg(unix)]
fn is_too_many(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::EMFILE | libc::ENFILE))
}

#[cfg(not(unix))]
fn is_too_many(_: &io::Error) -> bool {
    false
}

/// Opening a pipe that nobody writes to would wait for ever.
#[cfg(unix)]
fn do_not_block(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.custom_flags(libc::O_NONBLOCK);
}

#[cfg(not(unix))]
fn do_not_block(_: &mut OpenOptions) {}

/// Fills `bytes` from byte `offset` of `file`, whatever else reads it.
#[cfg(unix)]
pub(crate) fn read_exact_at(file: &File, bytes: &mut [u8], offset: u64) -> Result<(), Reason> {
    Ok(std::os::unix::fs::FileExt::read_exact_at(
        file, bytes, offset,
    )?)
}

/// Fills `bytes` from byte `offset` of `file`, whatever else reads it.
#[cfg(windows)]
pub(crate) fn read_exact_at(
    file: &File,
    mut bytes: &mut [u8],
    mut offset: u64,
) -> Result<(), Reason> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
        if read == 0 {
            return Err(Reason::Changed);
        }
        bytes = &mut bytes[read..];
        offset += read as u64;
    }
    Ok(())
}

/// Writes `bytes` at byte `offset` of `file`, whatever else writes to it.
#[cfg(unix)]
pub(crate) fn write_all_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

/// Writes `bytes` at byte `offset` of `file`, whatever else writes to it.
#[cfg(windows)]
pub(crate) fn write_all_at(file: &File, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, offset)?;
        bytes = bytes.get(written..).unwrap_or_default();
        offset += written as u64;
    }
    Ok(())
}
