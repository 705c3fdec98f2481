//! Writing files of which nobody finds half: filled beside their place, under a name that nobody else has, and then moved
//! there. Whoever writes a file of results writes it through [`PendingFile`].

use std::fs::{File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempPath};

/// How the names of files begin that were not moved to their place yet. They are hidden, so walked folders leave them out.
const PENDING_PREFIX: &str = ".wirecopy-";

/// Most links that lead from one to the next before a path is given up (the limit of Linux).
const MAX_LINKS: usize = 40;

/// A file that is being written. What stands in its place stays as it was until [`commit`](Self::commit) has succeeded;
/// dropping it leaves nothing behind.
///
/// - A symbolic link stays a link: what it leads to is replaced. Other hard links of the old file keep the old content.
/// - The new file has the permissions, and where the system allows it the owner, of the old one.
/// - Pipes, devices and descriptors (`/dev/stdout`) are written to as they are.
#[derive(Debug)]
pub struct PendingFile {
    out: BufWriter<File>,
    place: Option<(TempPath, PathBuf)>,
}

impl PendingFile {
    /// Gets ready to write to `path`: nothing is changed there yet. An output that cannot be written is found out here,
    /// before the work that fills it.
    ///
    /// # Errors
    /// When `path` is a folder, or no file can be made beside it.
    pub fn create(path: &Path) -> io::Result<Self> {
        if let Some(out) = open_special(path)? {
            let out = BufWriter::new(out);
            return Ok(Self { out, place: None });
        }
        let target = follow(path)?;
        let folder = target.parent().filter(|f| !f.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let beside = new_file(folder)?;
        if let Ok(old) = target.metadata() {
            take_after(beside.as_file(), &old)?;
        }
        let (out, beside) = beside.into_parts();
        Ok(Self {
            out: BufWriter::new(out),
            place: Some((beside, target)),
        })
    }

    /// The file beside its place that is filled until then; none for a pipe or device. Who ends the process without
    /// unwinding removes it.
    #[must_use]
    pub fn beside(&self) -> Option<&Path> {
        self.place.as_ref().map(|(beside, _)| &**beside)
    }

    /// Moves what was written to its place.
    ///
    /// # Errors
    /// What the system says; the place is then as it was.
    pub fn commit(mut self) -> io::Result<()> {
        self.out.flush()?;
        match self.place.take() {
            None => Ok(()),
            Some((beside, target)) => Ok(beside.persist(target)?),
        }
    }
}

impl Write for PendingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes the file at `path` through `write`, whole or not at all; see [`PendingFile`].
///
/// # Errors
/// What `write` or the system reports; the place is then as it was.
pub fn write_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut file = PendingFile::create(path)?;
    write(&mut file)?;
    file.commit()
}

/// A pipe, device or descriptor, opened for writing; none for a regular file and for what is not there.
fn open_special(path: &Path) -> io::Result<Option<File>> {
    let is_descriptor = path.starts_with("/dev") || path.starts_with("/proc");
    match path.metadata() {
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if is_descriptor || !found.is_file() => {
            File::options().write(true).open(path).map(Some)
        }
        _ => Ok(None),
    }
}

/// Where the links at `path` lead, whether a file stands there or not.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        match target.read_link() {
            // A relative link starts from its own folder; an absolute one takes the place of the whole.
            Ok(next) => target = target.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

/// A new file in `folder`, with the permissions that any new file gets.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PENDING_PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask
    builder.tempfile_in(folder)
}

/// Gives `file` the owner and the permissions of `old`.
fn take_after(file: &File, old: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        // Only the owner of both, or root, may: for others the new file stays their own.
        let _not_allowed = fchown(file, Some(old.uid()), Some(old.gid()));
    }
    file.set_permissions(old.permissions())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(path: &Path, text: &str) -> io::Result<()> {
        write_file(path, |out| out.write_all(text.as_bytes()))
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_failure_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        put(&path, "old").unwrap();
        let failed = write_file(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("no more"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        drop(PendingFile::create(&path).unwrap());
        put(&path, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(names(folder.path()), ["out.jsonl"]);
        assert!(put(folder.path(), "x").is_err());
        assert!(put(&folder.path().join("no/such/folder"), "x").is_err());
    }

    #[test]
    fn neighbours_of_any_name_are_spared() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["x.jsonl.part", "x.jsonl.tmp", "x.jsonl~"] {
            std::fs::write(folder.path().join(name), name).unwrap();
        }
        put(&folder.path().join("x.jsonl"), "new").unwrap();
        for name in ["x.jsonl.part", "x.jsonl.tmp", "x.jsonl~"] {
            let kept = std::fs::read_to_string(folder.path().join(name)).unwrap();
            assert_eq!(kept, name);
        }
        assert_eq!(names(folder.path()).len(), 4);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("real")).unwrap();
        symlink("real/a", at("to-a")).unwrap();
        symlink("to-a", at("to-to-a")).unwrap();
        symlink("round", at("round")).unwrap();
        put(&at("to-to-a"), "one").unwrap();
        std::fs::set_permissions(at("real/a"), PermissionsExt::from_mode(0o640)).unwrap();
        std::fs::hard_link(at("real/a"), at("twin")).unwrap();
        put(&at("to-a"), "two").unwrap();
        assert_eq!(std::fs::read_to_string(at("real/a")).unwrap(), "two");
        assert_eq!(std::fs::read_to_string(at("twin")).unwrap(), "one");
        assert!(at("to-a").is_symlink() && at("to-to-a").is_symlink());
        let mode = at("real/a").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert!(put(&at("round"), "x").is_err());
        put(Path::new("/dev/null"), "x").unwrap();
    }
}
