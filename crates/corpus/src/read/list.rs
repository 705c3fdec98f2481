//! Lists of PATHs.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::decode::charset;
use crate::error::{ReadError, Reason};

/// The longest list that is read: some million PATHs.
const MOST_BYTES: u64 = 256 << 20;

/// The PATHs that a list names (`--files-from`): one on each line, or divided by zero bytes if there is one. `-` reads
/// the list from standard input. A byte-order mark is passed over, and UTF-16 is read; other bytes are names as they stand.
///
/// # Errors
/// What the system says about the list itself, and [`Reason::TooLong`] for one above 256 MB.
pub fn files_from(list: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let read = if list == Path::new("-") {
        bounded(io::stdin().lock(), MOST_BYTES)
    } else {
        let file = File::open(list).map_err(Reason::from);
        file.and_then(|file| bounded(file, MOST_BYTES))
    };
    let bytes = read.map_err(|reason| ReadError::of_file(list.to_string_lossy(), reason))?;
    Ok(paths(&bytes))
}

fn bounded(reader: impl Read, limit: u64) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        Err(Reason::TooLong { limit })
    } else {
        Ok(bytes)
    }
}

fn paths(bytes: &[u8]) -> Vec<PathBuf> {
    // Names divided by zero bytes look like UTF-16 to none but a byte-order mark.
    let is_marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let wide = charset::wide_encoding(bytes).filter(|_| is_marked);
    let decoded = wide.map(|encoding| encoding.decode(bytes).0);
    let bytes = decoded.as_ref().map_or(bytes, |text| text.as_bytes());
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let divider = [0, b'\n', b'\r']
        .into_iter()
        .find(|byte| bytes.contains(byte));
    let lines = bytes.split(|&byte| Some(byte) == divider);
    lines
        .map(|line| match divider {
            Some(b'\n') => line.strip_suffix(b"\r").unwrap_or(line),
            _ => line,
        })
        .filter(|line| !line.is_empty())
        .map(path_of)
        .collect()
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_any_editor_name_the_same_files() {
        let two = [PathBuf::from("a b.txt"), PathBuf::from("ä.txt")];
        let text = "a b.txt\nä.txt\n";
        let wide: Vec<u8> = format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let lists: [Vec<u8>; 6] = [
            text.into(),
            format!("\u{feff}{text}").into(),
            text.replace('\n', "\r\n").into(),
            text.replace('\n', "\r").into(),
            text.replace('\n', "\0").into(),
            wide,
        ];
        for list in lists {
            assert_eq!(paths(&list), two, "{list:?}");
        }
        assert_eq!(
            paths(b"a\nb.txt\0c.txt\0"),
            [PathBuf::from("a\nb.txt"), "c.txt".into()]
        );
        assert!(matches!(
            bounded(io::repeat(b'x'), 9),
            Err(Reason::TooLong { .. })
        ));
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_is_a_name() {
        use std::os::unix::ffi::OsStrExt;
        let paths = paths(b"a.txt\nb\xff.txt\n");
        assert_eq!(paths[1].as_os_str().as_bytes(), b"b\xff.txt");
    }
}
