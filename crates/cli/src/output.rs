//! Where results go: standard output, whose reader may close the pipe when it has seen enough, and files, of which nobody
//! finds half.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use wirecopy_corpus::replace::PendingFile;

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

/// Whether an output's name stands for standard output.
pub(crate) fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}

/// Finds out whether `path` can be written, before the work that gives what is to be written. Nothing is changed there.
///
/// # Errors
/// When it cannot; names the file.
pub(crate) fn check(path: &Path) -> Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        bail!(
            "cannot write {}: there is no folder {}",
            path.display(),
            folder.display()
        );
    }
    // Opening a pipe waits for its reader, so that is left for when there is something to write.
    let is_special = |path: &Path| {
        path.metadata()
            .is_ok_and(|found| !found.is_file() && !found.is_dir())
    };
    if is_special(path) {
        return Ok(());
    }
    PendingFile::create(path)
        .map(drop)
        .with_context(|| cannot_write(path))
}

/// Writes a file, or standard output where `path` is `-`. What stood in its place stays as it was when that fails.
///
/// # Errors
/// When it cannot be written; names the file.
pub(crate) fn to_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    if is_stdout(path) {
        return to_stdout(write);
    }
    whole_file(path, write).with_context(|| cannot_write(path))
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

/// Files that were begun and have not taken their place yet. Whoever ends the process removes them.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    // A list of paths is whole whatever became of the thread that held it.
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn whole_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let (mut file, beside) = {
        let mut unfinished = unfinished();
        let file = PendingFile::create(path)?;
        let beside = file.beside().map(Path::to_path_buf);
        unfinished.extend(beside.clone());
        (file, beside)
    };
    let written = write(&mut file).and_then(|()| file.flush());
    let mut unfinished = unfinished();
    let done = match written {
        Ok(()) => file.commit(),
        Err(error) => {
            drop(file);
            Err(error)
        }
    };
    unfinished.retain(|path| Some(path) != beside.as_ref());
    done
}

/// Ends the process at once, and leaves no file behind that was begun.
pub(crate) fn abort(code: i32) -> ! {
    // Held to the end, so that no other file is begun. Where a file is begun or moved just now and does not get on, as a
    // pipe without a reader, there is none to remove.
    let held = (0..10).find_map(|_| {
        let unfinished = UNFINISHED.try_lock().ok();
        if unfinished.is_none() {
            std::thread::sleep(Duration::from_millis(20));
        }
        unfinished
    });
    if let Some(unfinished) = &held {
        remove(unfinished);
    }
    signal_hook::low_level::exit(code)
}

fn remove(unfinished: &[PathBuf]) {
    for path in unfinished {
        // What is half written is of no use, and nobody is left to hear that it cannot be removed.
        let _left = std::fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_begun_is_removed_by_who_ends_the_process() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.txt");
        let files = || std::fs::read_dir(folder.path()).unwrap().count();
        let written = whole_file(&path, |out| {
            out.write_all(b"half")?;
            out.flush()?;
            assert_eq!(files(), 1);
            remove(&unfinished());
            assert_eq!(files(), 0);
            Ok(())
        });
        assert!(written.is_err(), "what was removed cannot take its place");
        whole_file(&path, |out| out.write_all(b"whole")).unwrap();
        remove(&unfinished());
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
    }
}
