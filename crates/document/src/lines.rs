//! Cutting a text into lines. There is one line cutter, so that all that is said of lines speaks of the same ones.

use wirecopy_text::ByteSpan;

/// The characters that end a line: the mandatory breaks of Unicode's line breaking (UAX #14: classes BK, CR, LF and NL).
/// CR LF is one end.
pub const LINE_ENDS: [char; 7] = [
    '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
];

/// The lines of `text` that hold more than white space, in order, without surrounding white space (also no-break
/// and zero-width spaces and byte-order marks). Lines end at [`LINE_ENDS`]. O(n).
pub fn lines(text: &str) -> impl Iterator<Item = ByteSpan> + '_ {
    let mut ends = Ends::new(text.as_bytes());
    let mut at = Some(0);
    let pieces = std::iter::from_fn(move || {
        let start = at?;
        let end = ends.next();
        at = end.map(|(place, length)| place + length);
        let stop = end.map_or(text.len(), |(place, _)| place);
        Some((start, text.get(start..stop).unwrap_or_default()))
    });
    pieces.filter_map(|(start, piece)| {
        let opened = piece.trim_start_matches(is_blank);
        let start = start + piece.len() - opened.len();
        let line = opened.trim_end_matches(is_blank);
        (!line.is_empty()).then(|| ByteSpan::new(start, start + line.len()))
    })
}

/// What stands before the first end of a line in `text`. O(length of the line).
pub fn first_line(text: &str) -> &str {
    text.split(LINE_ENDS).next().unwrap_or_default()
}

/// How many lines end in `text`, where CR LF counts once. O(n).
pub fn line_breaks(text: &str) -> usize {
    let ends = text.matches(LINE_ENDS).count();
    ends - text.matches("\r\n").count()
}

/// White space, and the characters of no width that scrapers leave.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
        )
}

/// The ends of lines, in order, each with its length in bytes. The usual and the rare ones are looked for apart, since
/// three bytes at a time are searched for fastest.
struct Ends<'t> {
    text: &'t [u8],
    at: usize,
    usual: Option<(usize, usize)>,
    rare: Option<(usize, usize)>,
}

impl<'t> Ends<'t> {
    fn new(text: &'t [u8]) -> Self {
        Self {
            text,
            at: 0,
            usual: usual_end(text, 0),
            rare: rare_end(text, 0),
        }
    }
}

impl Iterator for Ends<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        if self.usual.is_some_and(|(place, _)| place < self.at) {
            self.usual = usual_end(self.text, self.at);
        }
        if self.rare.is_some_and(|(place, _)| place < self.at) {
            self.rare = rare_end(self.text, self.at);
        }
        let first = self.usual.into_iter().chain(self.rare).min();
        self.at = first.map_or(self.text.len(), |(place, length)| place + length);
        first
    }
}

/// The first LF, CR, U+2028 or U+2029 from `from` on.
fn usual_end(text: &[u8], from: usize) -> Option<(usize, usize)> {
    // Both separators are E2 80 A8 or A9, and so is much punctuation but for the last byte.
    let found = memchr::memchr3_iter(b'\n', b'\r', 0xe2, text.get(from..)?);
    let mut ends = found.filter_map(|place| match text.get(from + place..)? {
        [b'\n' | b'\r', ..] => Some((from + place, 1)),
        [0xe2, 0x80, 0xa8 | 0xa9, ..] => Some((from + place, 3)),
        _ => None,
    });
    ends.next()
}

/// The first VT, FF or NEL from `from` on.
fn rare_end(text: &[u8], from: usize) -> Option<(usize, usize)> {
    let found = memchr::memchr3_iter(0xb, 0xc, 0x85, text.get(from..)?);
    let mut ends = found.filter_map(|place| {
        let place = from + place;
        match (text.get(place)?, place.checked_sub(1)) {
            // NEL is C2 85; the byte 85 alone is the end of many characters.
            (0x85, Some(before)) => (text.get(before) == Some(&0xc2)).then_some((before, 2)),
            (0x85, None) => None,
            _ => Some((place, 1)),
        }
    });
    ends.next()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<&str> {
        lines(text).map(|span| span.of(text)).collect()
    }

    #[test]
    fn lines_are_trimmed_and_blank_ones_left_out() {
        let text = "\u{feff}One\r\n\r\n \u{a0}\n two \u{200b}\u{2028}three\rfour";
        assert_eq!(found(text), ["One", "two", "three", "four"]);
        assert_eq!(lines("").count() + lines(" \n").count(), 0);
    }

    #[test]
    fn every_mandatory_break_ends_a_line() {
        let text = "a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f\rg\nh\r\ni …\u{445}\u{c5}j";
        let expected = ["a", "b", "c", "d", "e", "f", "g", "h", "i …хÅj"];
        assert_eq!(found(text), expected);
        assert_eq!(line_breaks(text), 8);
    }

    proptest! {
        #[test]
        fn lines_are_those_between_line_ends(text in "[ab …хÅ\n\r\u{b}\u{c}\u{85}\u{2028}\u{2029}\u{a0}]{0,40}") {
            let expected: Vec<&str> = text
                .split(LINE_ENDS)
                .map(|line| line.trim_matches(is_blank))
                .filter(|line| !line.is_empty())
                .collect();
            prop_assert_eq!(found(&text), expected);
        }
    }
}
