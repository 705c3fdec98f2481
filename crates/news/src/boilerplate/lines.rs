//! Cutting a text into lines: the units that chrome comes in.

use wirecopy_core::ByteSpan;

/// The lines of `text` that hold more than white space, in order, without surrounding white space (also no-break
/// and zero-width spaces and byte-order marks). Lines end at LF, CR, and the Unicode line and paragraph separators. O(n).
pub(crate) fn lines(text: &str) -> impl Iterator<Item = ByteSpan> + '_ {
    let mut at = 0;
    let pieces = std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let (length, divider) = line_end(rest.as_bytes());
        let piece = (at, &rest[..length]);
        // Past the last line, one beyond the text.
        at += length + divider.max(1);
        Some(piece)
    });
    pieces.filter_map(|(start, piece)| {
        let opened = piece.trim_start_matches(is_blank);
        let start = start + piece.len() - opened.len();
        let line = opened.trim_end_matches(is_blank);
        (!line.is_empty()).then(|| ByteSpan::new(start, start + line.len()))
    })
}

/// Bytes of the first line of `text`, and of what divides it from the next: 0 where there is no next.
fn line_end(text: &[u8]) -> (usize, usize) {
    let mut from = 0;
    // Both separators are E2 80 A8 or A9, and so is much punctuation but for the last byte.
    while let Some(found) = memchr::memchr3(b'\n', b'\r', 0xe2, &text[from..]) {
        let at = from + found;
        if text[at] != 0xe2 {
            return (at, 1);
        }
        if matches!(text.get(at..at + 3), Some([0xe2, 0x80, 0xa8 | 0xa9])) {
            return (at, 3);
        }
        from = at + 1;
    }
    (text.len(), 0)
}

/// White space, and the characters of no width that scrapers leave.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_blank_ones_left_out() {
        let text = "\u{feff}One\r\n\r\n \u{a0}\n two \u{200b}\u{2028}three\rfour";
        let found: Vec<&str> = lines(text).map(|span| span.of(text)).collect();
        assert_eq!(found, ["One", "two", "three", "four"]);
        assert_eq!(lines("").count() + lines(" \n").count(), 0);
    }
}
