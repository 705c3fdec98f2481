//! From PATHs to files, in an order that depends on names alone: PATHs as given, and within each folder by the bytes of
//! the names, whatever order the file system lists them in.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::{Path, PathBuf};

use wirecopy_text::hash::hash_bytes_128;

use crate::error::{ReadError, Reason};
use crate::read::format::{ByName, by_name, is_beside_articles};
use crate::read::left_out::Tally;
use crate::read::options::{Links, Patterns, ReadOptions, Wanted};

/// A file to be read.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Where it is; none for standard input.
    pub path: Option<PathBuf>,
    /// What findings call it: the path below the PATH given.
    pub shown: String,
    /// The PATH given.
    pub root: String,
    /// What its name says.
    pub named: ByName,
}

impl Found {
    /// Whether the file was named itself, and not met in a folder.
    pub(crate) fn is_named_itself(&self) -> bool {
        self.path
            .as_deref()
            .is_none_or(|path| display_root(path) == self.root)
    }
}

/// Iterator over the files below the PATHs.
pub(crate) struct Walk {
    roots: VecDeque<PathBuf>,
    folder: Option<Folder>,
    rules: Rules,
}

struct Folder {
    root: PathBuf,
    entries: ignore::Walk,
    gave_nothing: bool,
    /// Files that may hold articles in a format that is not read, by extension; told when the folder ends.
    foreign: BTreeMap<String, u64>,
}

struct Rules {
    patterns: Patterns,
    links: Links,
    left_out: Tally,
}

impl Walk {
    pub(crate) fn new(paths: &[PathBuf], options: &ReadOptions) -> Result<Self, ReadError> {
        let rules = Rules {
            patterns: Patterns::new(options)?,
            links: options.links,
            left_out: options.left_out.clone(),
        };
        Ok(Self {
            roots: paths.iter().cloned().collect(),
            folder: None,
            rules,
        })
    }

    fn open_root(&mut self, root: PathBuf) -> Option<Result<Found, ReadError>> {
        let root_name = display_root(&root);
        if is_stream(&root) {
            let path = (root_name != "-").then_some(root);
            return Some(Ok(Found {
                path,
                shown: root_name.clone(),
                root: root_name,
                named: ByName::Silent,
            }));
        }
        match std::fs::metadata(&root) {
            Err(error) => Some(Err(ReadError::of_file(root_name, error))),
            Ok(metadata) if metadata.is_dir() => {
                self.folder = Some(Folder::new(root, &self.rules));
                None
            }
            Ok(_) => {
                let name = root
                    .file_name()
                    .map_or(root_name.clone(), |n| n.to_string_lossy().into_owned());
                let named = by_name(&root);
                Some(Ok(Found {
                    path: Some(root),
                    shown: name,
                    root: root_name,
                    named,
                }))
            }
        }
    }
}

impl Iterator for Walk {
    type Item = Result<Found, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(folder) = &mut self.folder {
                match folder.next(&mut self.rules) {
                    Some(item) => return Some(item),
                    None => self.folder = None,
                }
            }
            let root = self.roots.pop_front()?;
            if let Some(item) = self.open_root(root) {
                return Some(item);
            }
        }
    }
}

impl Folder {
    fn new(root: PathBuf, rules: &Rules) -> Self {
        let left_out = rules.left_out.clone();
        let entries = ignore::WalkBuilder::new(&root)
            .standard_filters(false)
            .follow_links(rules.links == Links::Follow)
            .sort_by_file_name(std::ffi::OsStr::cmp)
            .filter_entry(move |entry| {
                let is_hidden =
                    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
                left_out.add(|counts| counts.hidden += u64::from(is_hidden));
                !is_hidden
            })
            .build();
        Self {
            root,
            entries,
            gave_nothing: true,
            foreign: BTreeMap::new(),
        }
    }

    fn next(&mut self, rules: &mut Rules) -> Option<Result<Found, ReadError>> {
        for entry in self.entries.by_ref() {
            let judged = match entry {
                Ok(entry) => rules.judge(&self.root, &entry, &mut self.foreign),
                Err(error) => Some(Err(from_walk(&self.root, error))),
            };
            if judged.is_some() {
                self.gave_nothing = false;
                return judged;
            }
        }
        let root = display_root(&self.root);
        if let Some((extension, count)) = self.foreign.pop_first() {
            self.gave_nothing = false;
            let reason = Reason::ForeignFiles { extension, count };
            return Some(Err(ReadError::of_file(root, reason)));
        }
        std::mem::take(&mut self.gave_nothing)
            .then(|| Err(ReadError::of_file(root, Reason::NothingToRead)))
    }
}

impl Rules {
    /// What to do with one entry of a walked folder: read it, report it, or leave it out (none).
    /// Files that are left out though they may hold articles are counted in `foreign`.
    fn judge(
        &mut self,
        root: &Path,
        entry: &ignore::DirEntry,
        foreign: &mut BTreeMap<String, u64>,
    ) -> Option<Result<Found, ReadError>> {
        let kind = entry.file_type()?;
        if kind.is_dir() {
            return None;
        }
        let path = entry.path();
        let below = path.strip_prefix(root).unwrap_or(path);
        let named = by_name(path);
        match (self.patterns.judge(below), &named) {
            (Wanted::No, _) => {
                self.left_out.add(|counts| counts.excluded += 1);
                return None;
            }
            (Wanted::IfKnown, ByName::Foreign(extension)) => {
                self.leave_out(extension, foreign);
                return None;
            }
            _ => {}
        }
        let shown = display(below);
        if kind.is_symlink() {
            return Some(Err(ReadError::of_file(shown, why_not_followed(path))));
        }
        if !kind.is_file() {
            return Some(Err(ReadError::of_file(shown, Reason::NotRegular)));
        }
        Some(Ok(Found {
            path: Some(path.to_path_buf()),
            shown,
            root: display_root(root),
            named,
        }))
    }
}

impl Rules {
    /// Counts a file of a format that is not read: among the errors of its folder where it may hold an article.
    fn leave_out(&self, extension: &str, foreign: &mut BTreeMap<String, u64>) {
        let count = |counts: &mut BTreeMap<String, u64>| {
            *counts.entry(extension.to_owned()).or_default() += 1;
        };
        if is_beside_articles(extension) {
            self.left_out.add(|left_out| count(&mut left_out.foreign));
        } else {
            count(foreign);
        }
    }
}

/// What there is to say about a symbolic link that was met in a walked folder.
fn why_not_followed(link: &Path) -> Reason {
    match std::fs::canonicalize(link) {
        Err(error) => error.into(),
        Ok(target) => match link.parent().map(std::fs::canonicalize) {
            Some(Ok(folder)) if folder.starts_with(&target) => Reason::SymlinkLoop,
            _ => Reason::SymlinkNotFollowed,
        },
    }
}

fn from_walk(root: &Path, error: ignore::Error) -> ReadError {
    match error {
        ignore::Error::WithPath { path, err } => {
            let inner = from_walk(root, *err);
            let below = path.strip_prefix(root).unwrap_or(&path);
            let shown = if below.as_os_str().is_empty() {
                display_root(root)
            } else {
                display(below)
            };
            inner.with_path(shown)
        }
        ignore::Error::WithDepth { err, .. } => from_walk(root, *err),
        ignore::Error::Loop { child, .. } => {
            let below = child.strip_prefix(root).unwrap_or(&child);
            ReadError::of_file(display(below), Reason::SymlinkLoop)
        }
        ignore::Error::Io(error) => ReadError::of_file(display_root(root), error),
        other => ReadError::of_file(display_root(root), std::io::Error::other(other)),
    }
}

/// Standard input and open descriptors: read once, from the beginning to the end.
pub(crate) fn is_stream(path: &Path) -> bool {
    path == Path::new("-")
        || path == Path::new("/dev/stdin")
        || path.starts_with("/dev/fd")
        || path.starts_with("/proc/self/fd")
}

/// A relative path with `/` between its parts on every system.
fn display(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

fn display_root(root: &Path) -> String {
    let name = root.to_string_lossy();
    let bare = name.trim_end_matches('/');
    if bare.is_empty() {
        name.into_owned()
    } else {
        bare.to_owned()
    }
}

/// Gives files their ids: the path below the PATH, with the PATH in front where two PATHs would collide.
///
/// One PATH cannot collide with itself, so it is walked as it is read; several are listed first (some 300 bytes a
/// file).
pub(crate) fn with_ids(walk: &mut Walk) -> Vec<Result<(Found, String), ReadError>> {
    let found: Vec<_> = walk.collect();
    let mut times: HashMap<u128, u32> = HashMap::new();
    for file in found.iter().flatten() {
        *times
            .entry(hash_bytes_128(file.shown.as_bytes()))
            .or_default() += 1;
    }
    let id = |file: Found| {
        let collides = times
            .get(&hash_bytes_128(file.shown.as_bytes()))
            .is_some_and(|&n| n > 1);
        let id = if collides {
            with_root(&file)
        } else {
            file.shown.clone()
        };
        (file, id)
    };
    found.into_iter().map(|file| file.map(id)).collect()
}

/// The path with the PATH in front. A file that was named itself is its own PATH.
fn with_root(file: &Found) -> String {
    if file.is_named_itself() {
        file.root.clone()
    } else {
        format!("{}/{}", file.root, file.shown)
    }
}
