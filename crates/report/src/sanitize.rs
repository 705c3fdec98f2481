//! Making input text harmless for a terminal: no control character of an article is ever sent to it.

use unicode_normalization::UnicodeNormalization;

/// Which characters the reader's terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Charset {
    /// All of Unicode; boxes and arrows are drawn with it.
    #[default]
    Unicode,
    /// ASCII only: typographic marks become plain ones, accents are dropped, and other letters become `?`.
    Ascii,
}

/// Appends `text` made harmless; see [`harmless`]. O(bytes).
pub(crate) fn push_harmless(text: &str, charset: Charset, out: &mut String) {
    for c in text.chars() {
        match c {
            ' '..='~' => out.push(c),
            _ if c.is_whitespace() => out.push(' '),
            _ if is_invisible(c) => {}
            _ if c.is_control() => out.push(stand_in(c, charset)),
            _ if charset == Charset::Unicode => out.push(c),
            _ => push_ascii(c, out),
        }
    }
}

/// `text` on one line, with everything neutralised that could steer a terminal or reorder a line: C0 and C1 controls
/// become visible stand-ins, bidirectional overrides, tags and other invisible formats vanish; white space becomes
/// spaces. Whatever comes from an input goes through here before a person sees it. O(bytes).
#[must_use]
pub fn harmless(text: &str, charset: Charset) -> String {
    let mut out = String::with_capacity(text.len());
    push_harmless(text, charset, &mut out);
    out
}

/// `text` for a page: as [`harmless`] in Unicode, but lines stay lines.
pub(crate) fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        push_harmless(
            line.strip_suffix('\r').unwrap_or(line),
            Charset::Unicode,
            &mut out,
        );
    }
    out
}

/// Marks of direction, zero-width marks that hide words, tag characters and interlinear annotations. The joiners
/// U+200C and U+200D stay: scripts and emoji need them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn stand_in(c: char, charset: Charset) -> char {
    match (charset, c) {
        (Charset::Ascii, _) => '?',
        // Unicode has a picture for each C0 control, in order.
        (_, '\u{0}'..='\u{1f}') => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        _ => '\u{fffd}',
    }
}

fn push_ascii(c: char, out: &mut String) {
    let plain = match c {
        '‘' | '’' | '‚' | '′' => "'",
        '“' | '”' | '„' | '«' | '»' | '″' => "\"",
        '–' | '‒' | '‐' | '‑' | '−' => "-",
        '—' | '―' => "--",
        '•' | '·' => "*",
        _ => "",
    };
    if !plain.is_empty() {
        return out.push_str(plain);
    }
    let before = out.len();
    out.extend(
        std::iter::once(c)
            .nfkd()
            .filter(char::is_ascii)
            .filter(|d| !d.is_control()),
    );
    if out.len() == before && unicode_width::UnicodeWidthChar::width(c) != Some(0) {
        out.push('?');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_overrides_never_pass() {
        let every: String = (0..=0x11_0000).filter_map(char::from_u32).collect();
        for charset in [Charset::Unicode, Charset::Ascii] {
            let out = harmless(&every, charset);
            assert!(!out.chars().any(|c| c.is_control() || is_invisible(c)));
        }
        assert!(harmless(&every, Charset::Ascii).is_ascii());
    }

    #[test]
    fn escapes_stay_visible_and_typography_survives_in_ascii() {
        assert_eq!(
            harmless("a\u{1b}[31mb\r\nc", Charset::Unicode),
            "a␛[31mb  c"
        );
        assert_eq!(
            harmless("“Café — l’été…” 東", Charset::Ascii),
            "\"Cafe -- l'ete...\" ?"
        );
        assert_eq!(harmless("abc\u{202e}def", Charset::Unicode), "abcdef");
    }
}
