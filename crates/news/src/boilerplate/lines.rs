//! Cutting a text into lines: the units that chrome comes in.

use wirecopy_core::ByteSpan;

/// The lines of `text` that hold more than white space, in order, without surrounding white space (also no-break
/// and zero-width spaces and byte-order marks). Lines end at LF, CR, and the Unicode line and paragraph separators. O(n).
pub(crate) fn lines(text: &str) -> impl Iterator<Item = ByteSpan> + '_ {
    let base = text.as_ptr() as usize;
    text.split('\n')
        .flat_map(|piece| piece.split('\r'))
        .flat_map(|piece| piece.split('\u{2028}'))
        .flat_map(|piece| piece.split('\u{2029}'))
        .filter_map(move |piece| {
            let line = piece.trim_matches(is_blank);
            let start = line.as_ptr() as usize - base;
            (!line.is_empty()).then(|| ByteSpan::new(start, start + line.len()))
        })
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
