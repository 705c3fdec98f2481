//! Template residue inside lines: shortcodes and leaked markup.

use wirecopy_core::ByteSpan;
use wirecopy_core::span::union;

/// The longest bracket that is looked at: shortcodes carry addresses, but not paragraphs.
const LONGEST_CODE: usize = 1_000;

/// Shortcodes (`[gallery ids="1"]`, `[/caption]`) and template braces (`{{ad.slot}}`) in `text`, ascending and
/// disjoint. Editors' brackets such as `[sic]` and `[the mayor]` are not shortcodes. O(n) for texts with few brackets.
pub(crate) fn shortcodes(text: &str) -> Vec<ByteSpan> {
    let mut out: Vec<ByteSpan> = Vec::new();
    for at in memchr::memchr2_iter(b'[', b'{', text.as_bytes()) {
        let rest = &text[at..];
        let length = bracket_code(rest).or_else(|| brace_code(rest));
        out.extend(length.map(|length| ByteSpan::new(at, at + length)));
    }
    union(out)
}

/// The length of the shortcode that `text` starts with, brackets included.
fn bracket_code(text: &str) -> Option<usize> {
    if !text.starts_with('[') {
        return None;
    }
    let limit = text.floor_char_boundary(LONGEST_CODE);
    let end = text[..limit].find([']', '\n', '\r', '\u{2028}', '\u{2029}'])?;
    let inner = text[1..end].trim();
    let closed = text.as_bytes()[end] == b']' && is_shortcode(inner);
    closed.then_some(end + 1)
}

fn is_shortcode(inner: &str) -> bool {
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, inner.trim_end_matches('/')),
    };
    let mut words = inner.split_whitespace();
    let name = words.next().unwrap_or("");
    let legal = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
    if !legal {
        return inner.eq_ignore_ascii_case("embedded content");
    }
    let attributes = words.clone().count() > 0 && words.any(has_attribute);
    let known = [
        "gallery",
        "caption",
        "embed",
        "video",
        "audio",
        "playlist",
        "youtube",
        "twitter",
        "tweet",
        "instagram",
        "quote",
        "adsense",
        "ad",
        "ads",
        "slideshow",
        "poll",
        "iframe",
        "sidebar",
    ];
    closing
        || attributes
        || name.contains('_')
        || (known.contains(&name) && inner.len() == name.len())
}

fn has_attribute(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, value)| {
        !value.is_empty()
            && !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    })
}

/// The length of a `{{...}}` or `{%...%}` that `text` starts with.
fn brace_code(text: &str) -> Option<usize> {
    let close = if text.starts_with("{{") {
        "}}"
    } else if text.starts_with("{%") {
        "%}"
    } else {
        return None;
    };
    let limit = text.floor_char_boundary(LONGEST_CODE);
    let end = text[..limit].find(close)?;
    (!text[..end].contains(['\n', '\r', '\u{2028}', '\u{2029}'])).then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        shortcodes(text)
            .into_iter()
            .map(|span| span.of(text))
            .collect()
    }

    #[test]
    fn shortcodes_are_told_from_editors_brackets() {
        let text = "He [the mayor] said [sic] so.[time-player not-x=”true”] [/caption] {{ad.slot}} [gallery] [a b=] [vc_row]";
        assert_eq!(
            found(text),
            [
                "[time-player not-x=”true”]",
                "[/caption]",
                "{{ad.slot}}",
                "[gallery]",
                "[vc_row]"
            ]
        );
        assert_eq!(found("[open x=1\nnext]"), Vec::<&str>::new());
    }
}
