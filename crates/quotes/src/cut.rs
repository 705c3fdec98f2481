//! Parts of a text by byte offsets, which cannot fail: an offset that lies beyond the text or inside a character gives
//! an empty part.

use wirecopy_document::lines::first_line;

/// What stands before byte `at`.
pub(crate) fn head(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or_default()
}

/// What stands from byte `at` on.
pub(crate) fn tail(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// What stands between two bytes.
pub(crate) fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

/// The line that byte `at` stands in, from there on, without its end.
pub(crate) fn rest_of_line(text: &str, at: usize) -> &str {
    first_line(tail(text, at))
}
