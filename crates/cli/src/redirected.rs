//! Files that standard output and standard error were redirected to. The shell makes them before the command starts, so
//! that `wirecopy scan . > found.json` finds an empty `found.json` in the folder that it reads: it is no input.

use std::path::{Path, PathBuf};

/// Characters that mean something in a pattern.
const SPECIAL: [char; 9] = ['*', '?', '[', ']', '{', '}', '!', ',', '\\'];

/// Patterns that leave these files out of the folders among `paths`. None where the system does not say what they are.
pub(crate) fn patterns(paths: &[PathBuf]) -> Vec<String> {
    let streams =
        ["/proc/self/fd/1", "/proc/self/fd/2"].map(|stream| Path::new(stream).read_link());
    let files = streams.into_iter().flatten().filter(|path| path.is_file());
    let inside = |file: PathBuf| {
        let folders = paths.iter().filter_map(|path| path.canonicalize().ok());
        let below = folders.filter_map(|folder| Some(file.strip_prefix(folder).ok()?.to_owned()));
        below.collect::<Vec<_>>()
    };
    let below = files.flat_map(inside);
    below
        .filter_map(|below| Some(pattern_of(below.to_str()?)))
        .collect()
}

/// The pattern of one path below a folder. A slash in it keeps it from matching names elsewhere.
fn pattern_of(path: &str) -> String {
    let mut literal = String::new();
    for c in path.chars() {
        if SPECIAL.contains(&c) {
            literal.push('\\');
        }
        literal.push(c);
    }
    format!("{{{literal},{literal}/}}")
}
