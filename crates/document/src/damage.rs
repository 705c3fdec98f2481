//! Marks of damage that a text took on its way: cut ends, broken encodings, template residue, machine translation.
//!
//! Damage does not heal, so a mark is evidence of direction: the text that carries it is the copy.

use wirecopy_text::{ByteSpan, span};

use crate::lines::lines;
use crate::shortcodes::shortcodes;

/// What kind of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DamageKind {
    /// The body ends within a sentence.
    CutMidSentence,
    /// Characters that were decoded with the wrong table, replaced, or left as entities.
    EncodingDamage,
    /// Shortcodes and braces of a template.
    TemplateResidue,
    /// Spacing and case that machines leave and editors do not.
    MachineTranslation,
}

/// One mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DamageMark {
    /// What it is.
    pub kind: DamageKind,
    /// Where it is, in the text.
    pub span: ByteSpan,
    /// Log-odds that the text was damaged in copying.
    pub weight: f64,
}

/// At most this many marks of one kind are listed: one is evidence, a hundred are the same evidence.
const MARKS_PER_KIND: usize = 8;

/// The marks in `text`, by place. `body` holds the spans that are the article's own words, ascending and disjoint; only
/// template residue is looked for outside them. O(n).
#[must_use]
pub fn marks(text: &str, body: &[ByteSpan]) -> Vec<DamageMark> {
    let mut out = Vec::new();
    add(
        &mut out,
        DamageKind::TemplateResidue,
        shortcodes(text).into_iter().map(|span| (span, 2.5)),
    );
    let parts = || {
        body.iter()
            .flat_map(|span| lines(span.of(text)).map(move |line| shift(line, span.start)))
    };
    add(
        &mut out,
        DamageKind::EncodingDamage,
        parts().flat_map(|line| encoding_damage(text, line)),
    );
    add(
        &mut out,
        DamageKind::MachineTranslation,
        parts().flat_map(|line| translation_marks(text, line)),
    );
    add(
        &mut out,
        DamageKind::CutMidSentence,
        parts()
            .last()
            .and_then(|line| cut_end(text, line))
            .into_iter(),
    );
    out.sort_by_key(|mark| (mark.span, mark.kind));
    out
}

fn shift(span: ByteSpan, by: u32) -> ByteSpan {
    ByteSpan {
        start: span.start + by,
        end: span.end + by,
    }
}

fn add(out: &mut Vec<DamageMark>, kind: DamageKind, found: impl Iterator<Item = (ByteSpan, f64)>) {
    out.extend(
        found
            .take(MARKS_PER_KIND)
            .map(|(span, weight)| DamageMark { kind, span, weight }),
    );
}

/// Two-character remains of UTF-8 read as Windows-1252, entities, and the replacement character.
const BROKEN: &[&str] = &[
    "â€™",
    "â€œ",
    "â€\u{9d}",
    "â€“",
    "â€”",
    "â€¦",
    "Ã©",
    "Ã¨",
    "Ã¼",
    "Ã¶",
    "Ã¤",
    "Ã±",
    "Ã³",
    "Ã¡",
    "Ã§",
    "Â ",
    "\u{fffd}",
    "&amp;",
    "&quot;",
    "&nbsp;",
    "&#8217;",
    "&#8220;",
    "&#8221;",
    "&#8211;",
    "&#39;",
    "&rsquo;",
    "&lt;",
    "&gt;",
];

fn encoding_damage(text: &str, line: ByteSpan) -> Vec<(ByteSpan, f64)> {
    let content = line.of(text);
    if !content.contains(['Ã', 'â', 'Â', '\u{fffd}', '&']) {
        return Vec::new();
    }
    let found = BROKEN
        .iter()
        .filter_map(|broken| content.find(broken).map(|at| (at, broken.len())));
    found
        .map(|(at, length)| (shift(ByteSpan::new(at, at + length), line.start), 2.0))
        .collect()
}

/// Spaces before a stop, doubled stops with a space between, small letters after a stop, quotation marks that open
/// where they should close.
fn translation_marks(text: &str, line: ByteSpan) -> Vec<(ByteSpan, f64)> {
    let content = line.of(text);
    let mut out = Vec::new();
    for (at, found) in content
        .match_indices(". ")
        .chain(content.match_indices(" ,"))
        .take(200)
    {
        let Some((before, rest)) = content.split_at_checked(at) else {
            continue;
        };
        let rest = rest.strip_prefix(found).unwrap_or(rest);
        let mark = if found == " ," {
            Some(1.0)
        } else {
            after_stop(before, rest)
        };
        if let Some(weight) = mark {
            let end = at + found.len() + rest.chars().next().map_or(0, char::len_utf8);
            out.push((shift(ByteSpan::new(at, end), line.start), weight));
        }
    }
    if content.ends_with(" “") || content.ends_with(", \"") {
        let at = content.len() - content.chars().next_back().map_or(0, char::len_utf8);
        out.push((shift(ByteSpan::new(at, content.len()), line.start), 1.5));
    }
    out
}

/// What follows a stop and a space: another stop, or a small letter after a word of some length.
fn after_stop(before: &str, rest: &str) -> Option<f64> {
    let next = rest.chars().next()?;
    if next == '.' && !rest.starts_with("..") && !rest.starts_with(". .") && !before.ends_with('.')
    {
        return Some(1.5);
    }
    let word = before.rsplit(' ').next().unwrap_or("");
    let plain = word.len() >= 5 && word.chars().all(char::is_lowercase);
    (next.is_lowercase() && plain).then_some(1.2)
}

/// The last body line, when it has at least eight words and ends in a small letter or a comma.
fn cut_end(text: &str, line: ByteSpan) -> Option<(ByteSpan, f64)> {
    let content = line.of(text);
    let last = content.split_whitespace().next_back()?;
    let open = last.ends_with(|c: char| c.is_lowercase() || c == ',') && !last.contains(['/', '@']);
    let words = content.split_whitespace().take(8).count();
    let at = content.len() - last.len();
    (open && words == 8).then(|| (shift(ByteSpan::new(at, content.len()), line.start), 3.0))
}

/// The body spans of a text of `length` bytes, given the `marked` ones (ascending and disjoint).
#[must_use]
pub fn body_spans(marked: &[ByteSpan], length: usize) -> Vec<ByteSpan> {
    span::complement(marked, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(DamageKind, &str)> {
        let body = [ByteSpan::new(0, text.len())];
        marks(text, &body)
            .into_iter()
            .map(|mark| (mark.kind, mark.span.of(text)))
            .collect()
    }

    #[test]
    fn each_kind_of_damage_is_found_in_its_place() {
        assert_eq!(
            kinds("The wall stood for years and the harbour had not decided"),
            [(DamageKind::CutMidSentence, "decided")]
        );
        assert_eq!(
            kinds("It wasnâ€™t so."),
            [(DamageKind::EncodingDamage, "â€™")]
        );
        assert_eq!(
            kinds("So it was. . The end."),
            [(DamageKind::MachineTranslation, ". .")]
        );
        assert_eq!(
            kinds("None may be placed. the alliance said so."),
            [(DamageKind::MachineTranslation, ". t")]
        );
        assert_eq!(
            kinds("Here.[player id=\"3\"]"),
            [(DamageKind::TemplateResidue, "[player id=\"3\"]")]
        );
    }

    #[test]
    fn sound_text_carries_no_mark() {
        assert_eq!(
            kinds("The U.S. team met at 5 p.m. on Sunday. Nobody spoke."),
            []
        );
        assert_eq!(kinds("Harbour wall gives way"), []);
        assert_eq!(kinds(""), []);
    }
}
