//! Template residue inside lines: shortcodes, leaked markup, and lists of links glued to a name.

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

/// The longest list of links that is looked at: three or four headlines.
const LONGEST_LINKS: usize = 600;

/// How far before a glued word the name that it repeats may stand.
const NAME_REACH: usize = 80;

/// Headlines of other articles that a page glued to a name and closed with *MORE* (`Ann Roe Ann RoeMayor quits over
/// ferry Council to meet MORE`), ascending and disjoint, from the glued headline on. O(n).
pub(crate) fn glued_links(text: &str) -> Vec<ByteSpan> {
    const CLOSE: &str = " MORE";
    let mut out: Vec<ByteSpan> = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), CLOSE) {
        let end = at + CLOSE.len();
        if text[end..].starts_with(char::is_alphanumeric) {
            continue;
        }
        let from = text.ceil_char_boundary(at.saturating_sub(LONGEST_LINKS));
        let paragraph = text[from..at]
            .rfind('\n')
            .map_or(from, |line| from + line + 1);
        let first = out
            .last()
            .map_or(paragraph, |last| paragraph.max(last.end as usize));
        if let Some(start) = glued_headline(text, first, at) {
            out.push(ByteSpan::new(start, end));
        }
    }
    out
}

/// Where, in `text[from..to]`, a capital is glued to a word that stands shortly before as well: its place.
fn glued_headline(text: &str, from: usize, to: usize) -> Option<usize> {
    let mut start = from;
    for word in text[from..to].split_inclusive(char::is_whitespace) {
        let glued = word
            .char_indices()
            .zip(word.chars().skip(1))
            .find(|&((_, left), right)| left.is_lowercase() && right.is_uppercase())
            .map(|((at, left), _)| at + left.len_utf8());
        if let Some(at) = glued.filter(|&at| at >= 3) {
            let before = &text[text.ceil_char_boundary(start.saturating_sub(NAME_REACH))..start];
            let name = word[..at].trim_start_matches(|c: char| !c.is_alphanumeric());
            if before
                .split(|c: char| !c.is_alphanumeric())
                .any(|w| w == name)
            {
                return Some(start + at);
            }
        }
        start += word.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_glued_to_a_name_are_links() {
        let text = "The mayor, Ann Roe Ann RoeMayor quits over ferry Council to meet MORE (X.), spoke to YouTube once MORE.";
        let links: Vec<&str> = glued_links(text).into_iter().map(|s| s.of(text)).collect();
        assert_eq!(links, ["Mayor quits over ferry Council to meet MORE"]);
        assert!(glued_links("McDonald met McDonaldson. ONCE MORE").is_empty());
    }

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
