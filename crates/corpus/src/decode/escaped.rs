//! Fields that were escaped for HTML and hold no HTML otherwise: `&quot;We built it,&quot; she said`, or lines that `<br>`
//! divides.

use crate::html::unescape;

/// The text that `field` was escaped from; none where it is plain text, or may be a text about HTML.
///
/// References to characters are decoded once. Tags that only break lines become line breaks; a field with other tags is
/// left as it is.
pub(crate) fn plain(field: &str) -> Option<String> {
    memchr::memchr2(b'&', b'<', field.as_bytes())?;
    let broken = with_line_breaks(field);
    let text = broken.as_deref().unwrap_or(field);
    let seen = References::of(text);
    if seen.count == 0 && broken.is_none() {
        return None;
    }
    if seen.are_mentioned() || talks_of_markup(field, &seen) {
        return None;
    }
    if seen.count > 0 {
        Some(unescape(text).into_owned())
    } else {
        broken
    }
}

/// Longest reference that is looked at.
const LONGEST_REFERENCE: usize = 12;

/// What was seen of the references in a text, and of the characters that would have been references had it been escaped.
#[derive(Clone, Copy, Debug, Default)]
struct References {
    count: usize,
    /// Those with white space on both sides.
    apart: usize,
    ampersands: usize,
    brackets: usize,
    /// Ampersands that are none, but in addresses.
    bare_ampersands: usize,
    bare_brackets: usize,
    /// References between quotation marks or round brackets.
    enclosed: usize,
}

impl References {
    fn of(text: &str) -> Self {
        let mut seen = Self {
            bare_brackets: text.matches(['<', '>']).count(),
            ..Self::default()
        };
        for (at, _) in text.match_indices('&') {
            if let Some((before, rest)) = text.split_at_checked(at) {
                seen.add(before, rest);
            }
        }
        seen
    }

    /// Adds what begins with the ampersand at the start of `rest`.
    fn add(&mut self, before: &str, rest: &str) {
        let end = rest
            .bytes()
            .take(LONGEST_REFERENCE)
            .position(|byte| byte == b';');
        let parts = end.and_then(|end| rest.split_at_checked(end + 1));
        let decoded = parts.map(|(reference, after)| (unescape(reference), reference, after));
        let Some((decoded, _, after)) = decoded.filter(|(decoded, written, _)| decoded != written)
        else {
            self.bare_ampersands += usize::from(!is_in_address(rest));
            return;
        };
        self.count += 1;
        let (before, after) = (before.chars().next_back(), after.chars().next());
        let is_apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
        self.apart += usize::from(is_apart(before) && is_apart(after));
        self.enclosed += usize::from(encloses(before, after));
        match &*decoded {
            "&" => self.ampersands += 1,
            "<" | ">" => self.brackets += 1,
            _ => {}
        }
    }

    /// Whether the text speaks of references: who escapes a text escapes all of it.
    fn are_mentioned(&self) -> bool {
        self.enclosed > 0
            || self.ampersands > 0 && self.bare_ampersands > 0
            || self.brackets > 0 && self.bare_brackets > 0
    }
}

/// Whether an ampersand divides the parameters of an address: `&page=2`.
fn is_in_address(rest: &str) -> bool {
    let name = rest.trim_start_matches('&');
    let behind = name.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
    behind.len() < name.len() && behind.starts_with('=')
}

/// Marks that stand around what is mentioned.
fn encloses(before: Option<char>, after: Option<char>) -> bool {
    matches!(
        (before, after),
        (Some('"'), Some('"'))
            | (Some('\''), Some('\''))
            | (Some('`'), Some('`'))
            | (Some('('), Some(')'))
            | (Some('“' | '”' | '„'), Some('”' | '“'))
            | (Some('‘' | '‚'), Some('’' | '‘'))
            | (Some('«'), Some('»'))
    )
}

/// Whether a text that names markup shows some of it: most of its references stand apart, as words do.
fn talks_of_markup(field: &str, seen: &References) -> bool {
    const WORDS: [&str; 5] = ["html", "xml", "markup", "ampersand", "line break"];
    let is_shown = seen.apart * 2 >= seen.count;
    is_shown && {
        let lower = field.to_lowercase();
        WORDS.iter().any(|word| lower.contains(word))
    }
}

/// `field` with line breaks for the tags that break lines; none where it has no such tag, or others.
fn with_line_breaks(field: &str) -> Option<String> {
    let mut out: Option<String> = None;
    let mut rest = field;
    while let Some((before, after)) = rest.split_once('<') {
        match line_break(after) {
            Some((breaks, behind)) => {
                let out = out.get_or_insert_default();
                out.push_str(before);
                out.push_str(breaks);
                rest = behind;
            }
            None if after
                .starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!')) =>
            {
                return None;
            }
            None => {
                let out = out.get_or_insert_default();
                out.push_str(before);
                out.push('<');
                rest = after;
            }
        }
    }
    let mut out = out.filter(|out| out.len() + rest.len() != field.len())?;
    out.push_str(rest);
    Some(out)
}

/// The line breaks that a tag stands for, whose name `tag` begins with, and what follows it.
fn line_break(tag: &str) -> Option<(&'static str, &str)> {
    let (name, behind) = tag.split_once('>')?;
    let name = name
        .trim_start_matches('/')
        .trim_end_matches('/')
        .trim_ascii();
    match name {
        "br" | "BR" | "Br" => Some(("\n", behind)),
        "p" | "P" => Some(("\n\n", behind)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_fields_are_decoded_once() {
        for (field, text) in [
            (
                "&quot;It&#39;s held,&quot; she said. &ldquo;Good.&rdquo;",
                "\"It's held,\" she said. “Good.”",
            ),
            ("Wall &amp; water", "Wall & water"),
            ("AT&amp;T&#8217;s plan", "AT&T’s plan"),
            (
                "AT&T said it&#39;s late: http://a.example/?x=1&y=2",
                "AT&T said it's late: http://a.example/?x=1&y=2",
            ),
            ("one&amp;quot;", "one&quot;"),
            ("one.<br><br/>two<BR />three", "one.\n\ntwo\nthree"),
            ("one.<br>She said &quot;no&quot;", "one.\nShe said \"no\""),
            (
                "La &eacute;lite&nbsp;: &laquo;no&raquo;",
                "La élite\u{a0}: «no»",
            ),
            (
                "Fish &amp; chips: &quot;HTML&#8217;s end&quot;",
                "Fish & chips: \"HTML’s end\"",
            ),
        ] {
            assert_eq!(plain(field).as_deref(), Some(text), "{field}");
        }
    }

    #[test]
    fn plain_fields_and_texts_about_html_are_left() {
        for field in [
            "AT&T, Marks & Spencer; R&D",
            "Write &amp; instead of & in HTML.",
            "A quotation mark is written \"&quot;\" in an attribute.",
            "In HTML, < is written &lt; and > is written &gt; .",
            "The tag <br> and the <b>bold</b> one.",
            "Use <br> where HTML needs a line break.",
            "a < b and b > c",
            "http://a.example/?a=1&copy=2&lt=3",
            "The entity &nosuch; is unknown.",
        ] {
            assert_eq!(plain(field), None, "{field}");
        }
    }
}
