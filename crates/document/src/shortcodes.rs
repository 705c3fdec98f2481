//! Template residue inside lines: shortcodes, leaked markup, and lists of links glued to a name.

use wirecopy_text::ByteSpan;
use wirecopy_text::span::union;

use crate::lines::LINE_ENDS;

/// The longest bracket that is looked at: shortcodes carry addresses, but not paragraphs.
const LONGEST_CODE: usize = 1_000;

/// Shortcodes (`[gallery ids="1"]`, `[/caption]`) and template braces (`{{ad.slot}}`) in `text`, ascending and
/// disjoint. Editors' brackets such as `[sic]` and `[the mayor]` are not shortcodes. O(n).
pub fn shortcodes(text: &str) -> Vec<ByteSpan> {
    let mut out: Vec<ByteSpan> = Vec::new();
    let mut ends = [Ahead::new("}}"), Ahead::new("%}")];
    for at in memchr::memchr2_iter(b'[', b'{', text.as_bytes()) {
        let (before, rest) = text.split_at(at);
        // A heap of braces is one opening: its first stands for it.
        if before.ends_with('{') && rest.starts_with('{') {
            continue;
        }
        let length = bracket_code(rest).or_else(|| brace_code(text, at, &mut ends));
        out.extend(length.map(|length| ByteSpan::new(at, at + length)));
    }
    union(out)
}

/// The next place of a mark in a text that is asked about in order, so that each stretch is searched once.
struct Ahead {
    mark: &'static str,
    /// The place that was found last: the first from the place on that was asked for. The length of the text for none.
    found: Option<usize>,
}

impl Ahead {
    fn new(mark: &'static str) -> Self {
        Self { mark, found: None }
    }

    /// The first place of the mark in `text` from `at` on. O(1) on average.
    fn next(&mut self, text: &str, at: usize) -> Option<usize> {
        if self.found.is_none_or(|found| found < at) {
            let found = text.get(at..).and_then(|rest| rest.find(self.mark));
            self.found = Some(found.map_or(text.len(), |found| at + found));
        }
        self.found.filter(|&found| found < text.len())
    }
}

/// The length of the shortcode that `text` starts with, brackets included. No bracket stands within one: WordPress allows
/// none in attributes (Shortcode API, "Square braces").
fn bracket_code(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('[')?;
    let limit = inside.floor_char_boundary(LONGEST_CODE);
    let inside = inside.get(..limit)?;
    let end = inside.find(|c| matches!(c, '[' | ']') || LINE_ENDS.contains(&c))?;
    let (inner, behind) = inside.split_at_checked(end)?;
    let closed = behind.starts_with(']') && is_shortcode(inner.trim());
    closed.then_some(end + 2)
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

/// The length of a `{{...}}` or `{%...%}` that starts at `at` of `text`. `ends` are the places of what closes the two.
fn brace_code(text: &str, at: usize, ends: &mut [Ahead; 2]) -> Option<usize> {
    let rest = text.get(at..)?;
    let [braces, percent] = ends;
    let close = if rest.starts_with("{{") {
        braces
    } else if rest.starts_with("{%") {
        percent
    } else {
        return None;
    };
    let length = close.next(text, at + 2)? + 2 - at;
    let code = rest.get(..length).filter(|_| length <= LONGEST_CODE)?;
    (!code.contains(LINE_ENDS)).then_some(length)
}

/// The longest list of links that is looked at: three or four headlines.
const LONGEST_LINKS: usize = 600;

/// How far before a glued word the name that it repeats may stand.
const NAME_REACH: usize = 80;

/// Headlines of other articles that a page glued to a name and closed with *MORE* (`Ann Roe Ann RoeMayor quits over
/// ferry Council to meet MORE`), ascending and disjoint, from the glued headline on, each within its line. O(n).
pub fn glued_links(text: &str) -> Vec<ByteSpan> {
    const CLOSE: &str = " MORE";
    let mut out: Vec<ByteSpan> = Vec::new();
    let mut searched = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), CLOSE) {
        let end = at + CLOSE.len();
        let goes_on = |rest: &str| rest.starts_with(char::is_alphanumeric);
        if text.get(end..).is_none_or(goes_on) {
            continue;
        }
        let from = text.ceil_char_boundary(at.saturating_sub(LONGEST_LINKS).max(searched));
        searched = at;
        let before = text.get(from..at).unwrap_or_default();
        let line = before.rsplit(LINE_ENDS).next().unwrap_or_default();
        if let Some(start) = glued_headline(text, line, at) {
            out.push(ByteSpan::new(start, end));
        }
    }
    out
}

/// Where, in `line`, which ends at `to` of `text`, a capital is glued to a word that stands shortly before as well: its
/// place in `text`.
fn glued_headline(text: &str, line: &str, to: usize) -> Option<usize> {
    let mut start = to - line.len();
    for word in line.split_inclusive(char::is_whitespace) {
        let reach = text.ceil_char_boundary(start.saturating_sub(NAME_REACH));
        let before = text.get(reach..start).unwrap_or_default();
        let joints = word
            .char_indices()
            .zip(word.chars().skip(1))
            .filter(|&((_, left), right)| {
                left.is_lowercase() && (right.is_uppercase() || right.is_numeric())
            })
            .map(|((at, left), _)| at + left.len_utf8());
        let repeats = |&at: &usize| {
            let name = word.get(..at).unwrap_or_default();
            let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
            at >= 3 && has_word(before, name)
        };
        if let Some(at) = joints.into_iter().find(repeats) {
            return Some(start + at);
        }
        start += word.len();
    }
    None
}

/// Whether `word` stands in `text` with neither a letter nor a digit before it or behind it.
fn has_word(text: &str, word: &str) -> bool {
    let is_inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(at, found)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + found.len()..);
        !is_inner(before) && !is_inner(behind.and_then(|behind| behind.chars().next()))
    })
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
        let text = "Ian McRoe Ian B. McRoeQuay shut MORE and Eva Lund-Berg Eva Lund-BergFerry late MORE left";
        let links: Vec<&str> = glued_links(text).into_iter().map(|s| s.of(text)).collect();
        assert_eq!(links, ["Quay shut MORE", "Ferry late MORE"]);
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
        for end in crate::lines::LINE_ENDS {
            let open = format!("[open x=1{end}next]{{{{a{end}b}}}}");
            assert_eq!(found(&open), Vec::<&str>::new());
        }
        assert_eq!(found("[[gallery] {{{x}}} {{a"), ["[gallery]", "{{{x}}"]);
    }

    #[test]
    fn glued_links_end_with_their_line() {
        for end in crate::lines::LINE_ENDS {
            let text =
                format!("Ann Roe Ann RoeMayor quits over ferry{end}Council to meet MORE (X.)");
            assert_eq!(glued_links(&text), [], "{text:?}");
        }
    }
}
