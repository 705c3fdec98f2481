//! Character references.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The named references of the HTML standard (WHATWG, section 13.5): name, `-` where it may stand without its semicolon,
/// and its code points in base 16.
const NAMED: &str = include_str!("entities.txt");

/// Longest reference that is looked at, its semicolon included.
const LONGEST_REFERENCE: usize = 33;

/// What a named reference stands for, and whether it needs its semicolon.
struct Named {
    characters: String,
    needs_semicolon: bool,
}

/// Resolves character references, as browsers do. O(n).
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    let Some((before, after)) = text.split_once('&') else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(before);
    let mut rest = after;
    loop {
        rest = resolve(rest, &mut out);
        match rest.split_once('&') {
            Some((before, after)) => {
                out.push_str(before);
                rest = after;
            }
            None => break,
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Adds what the reference at the start of `text` (its `&` taken off) stands for; gives what follows it.
fn resolve<'t>(text: &'t str, out: &mut String) -> &'t str {
    let found = match text.strip_prefix('#') {
        Some(number) => numeric(number, out),
        None => named(text, out),
    };
    found.unwrap_or_else(|| {
        out.push('&');
        text
    })
}

fn named<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let letters = text
        .bytes()
        .take(LONGEST_REFERENCE)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let (name, rest) = text.split_at_checked(letters)?;
    let named = table().get(name)?;
    let rest = match rest.strip_prefix(';') {
        Some(rest) => rest,
        // In addresses, `&copy=1` is no sign of copyright.
        None if named.needs_semicolon || rest.starts_with('=') => return None,
        None => rest,
    };
    out.push_str(&named.characters);
    Some(rest)
}

fn numeric<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let (digits, base) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    let length = digits
        .chars()
        .take(LONGEST_REFERENCE)
        .take_while(|c| c.is_digit(base))
        .count();
    let (number, rest) = digits.split_at_checked(length)?;
    if number.is_empty() {
        return None;
    }
    let code = u32::from_str_radix(number, base).unwrap_or(u32::MAX);
    out.push(character(code));
    Some(rest.strip_prefix(';').unwrap_or(rest))
}

/// The character of a numeric reference: 128 to 159 are read as windows-1252, as the standard says.
fn character(code: u32) -> char {
    match u8::try_from(code) {
        Ok(0) => char::REPLACEMENT_CHARACTER,
        Ok(byte @ 0x80..=0x9f) => {
            let (text, _, _) = encoding_rs::WINDOWS_1252.decode(std::slice::from_ref(&byte));
            text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

fn table() -> &'static HashMap<&'static str, Named> {
    static TABLE: OnceLock<HashMap<&'static str, Named>> = OnceLock::new();
    TABLE.get_or_init(|| NAMED.lines().filter_map(entry).collect())
}

fn entry(line: &'static str) -> Option<(&'static str, Named)> {
    let mut fields = line.split(' ');
    let name = fields.next()?;
    let needs_semicolon = fields.next()? == ";";
    let characters = fields
        .filter_map(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?))
        .collect();
    Some((
        name,
        Named {
            characters,
            needs_semicolon,
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn references_are_resolved() {
        assert_eq!(
            unescape("caf&eacute; &#8212; &#x201C;A&amp;B&rdquo; &nosuch; & &#0;"),
            "café — “A&B” &nosuch; & \u{fffd}"
        );
        assert_eq!(
            unescape("&Scaron;koda &#146;s &nbsp x&copy 5 &ccaron;&#xffffffffff;&#;&"),
            "Škoda ’s \u{a0} x© 5 č\u{fffd}&#;&"
        );
        assert_eq!(unescape("?a=1&copy=2&lt;"), "?a=1&copy=2<");
    }

    proptest! {
        #[test]
        fn any_text_is_resolved(text in "[&#;a-z0-9ä]{0,40}") {
            let got = unescape(&text);
            prop_assert!(text.contains('&') || got == text);
        }
    }
}
