//! Objects whose values are strings and plain numbers, as records of articles are: read in one pass over their bytes.
//!
//! Whatever this does not know, valid or not, it leaves to the parser, so it never decides what is wrong with a record.

use super::{short_value, unit};
use crate::decode::fields::{Fields, Value, has_text_place, places};
use crate::read::FieldNames;

/// The fields of the object `json`; none for what the parser must look at.
pub(super) fn fields(json: &str, names: &FieldNames) -> Option<Fields> {
    let mut reader = Reader { json, at: 0 };
    let mut fields = Fields::default();
    reader.expect(b'{')?;
    loop {
        reader.expect(b'"')?;
        let places = places(names, reader.plain_string()?);
        reader.expect(b':')?;
        let is_text = has_text_place(&places);
        match reader.peek()? {
            b'"' => {
                reader.at += 1;
                if is_text {
                    let left = reader.json.len() - reader.at;
                    fields.put(places, Value::Text(reader.string(left)?));
                } else if places.iter().any(Option::is_some) {
                    fields.put(places, Value::Text(reader.string(0)?));
                } else {
                    reader.string(0)?;
                }
            }
            b'n' | b'0'..=b'9' if !is_text => {
                if let Some(value) = short_value(reader.scalar()?) {
                    fields.put(places, value);
                }
            }
            _ => return None,
        }
        match reader.next()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    reader.peek().is_none().then_some(fields)
}

/// A place in a record.
struct Reader<'j> {
    json: &'j str,
    at: usize,
}

impl<'j> Reader<'j> {
    /// What was not passed over yet.
    fn rest(&self) -> &'j str {
        self.json.get(self.at..).unwrap_or_default()
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.rest().as_bytes();
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        let spaces = rest.iter().position(|byte| !is_space(byte))?;
        self.at += spaces;
        rest.get(spaces).copied()
    }

    /// The same, passed over.
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        (self.next()? == wanted).then_some(())
    }

    /// The rest of a string without escapes, and what ends it passed over.
    fn plain_string(&mut self) -> Option<&'j str> {
        let rest = self.rest();
        let end = memchr::memchr2(b'"', b'\\', rest.as_bytes())?;
        let (string, mark) = rest.split_at_checked(end)?;
        if !mark.starts_with('"') || has_control(string.as_bytes()) {
            return None;
        }
        self.at += end + 1;
        Some(string)
    }

    /// What the rest of a string says, and what ends it passed over. `room` bytes are set aside at once, so that a long
    /// text does not move while it grows. None for escapes of half a character.
    fn string(&mut self, room: usize) -> Option<String> {
        let mut text = String::with_capacity(room);
        loop {
            let rest = self.rest();
            let stop = memchr::memchr2(b'"', b'\\', rest.as_bytes())?;
            let (plain, mark) = rest.split_at_checked(stop)?;
            if has_control(plain.as_bytes()) {
                return None;
            }
            text.push_str(plain);
            self.at += stop + 1;
            if mark.starts_with('"') {
                return Some(text);
            }
            text.push(self.escaped()?);
        }
    }

    /// The character that the rest of an escape stands for.
    fn escaped(&mut self) -> Option<char> {
        let bytes = self.json.as_bytes();
        let (character, width) = match bytes.get(self.at)? {
            b'n' => ('\n', 1),
            b't' => ('\t', 1),
            b'r' => ('\r', 1),
            b'b' => ('\u{8}', 1),
            b'f' => ('\u{c}', 1),
            b'u' => (char::from_u32(unit(bytes, self.at - 1)?.into())?, 5),
            itself @ (b'"' | b'\\' | b'/') => ((*itself).into(), 1),
            _ => return None,
        };
        self.at += width;
        Some(character)
    }

    /// `null`, or a whole number without a sign.
    fn scalar(&mut self) -> Option<&'j str> {
        let rest = self.rest();
        let is_inside =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-');
        let end = rest.as_bytes().iter().position(|byte| !is_inside(byte))?;
        let (scalar, _) = rest.split_at_checked(end)?;
        let is_number = scalar.bytes().all(|byte| byte.is_ascii_digit())
            && (scalar.len() == 1 || !scalar.starts_with('0'));
        self.at += end;
        (scalar == "null" || is_number).then_some(scalar)
    }
}

/// Whether there is a character that must be escaped in a string. Looks at all bytes, which is quicker than stopping.
fn has_control(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .fold(false, |found, &byte| found | (byte < 0x20))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parse;
    use super::*;

    /// What either way makes of a record.
    fn both(json: &str) -> (Option<String>, Option<String>) {
        let names = FieldNames::default();
        let parsed = parse(json, &names).ok().flatten();
        let told = |fields: Fields| format!("{fields:?}");
        (fields(json, &names).map(told), parsed.map(told))
    }

    #[test]
    fn usual_records_need_no_parser() {
        for json in [
            r#"{"id": "a", "text": "one\ntwo \u2019 \"three\""}"#,
            r#" {"id":17,"title":null,"text":"","other":"x","body":"y"} "#,
        ] {
            let (flat, parsed) = both(json);
            assert!(flat.is_some() && flat == parsed, "{json}");
        }
    }

    #[test]
    fn what_is_not_flat_or_not_valid_is_left_to_the_parser() {
        for json in [
            "",
            "{",
            "{}",
            "[1]",
            "{\"a\":01}",
            "{\"text\":\"a\nb\"}",
            "{\"text\":\"\\x\"}",
            "{\"text\":\"\\ud800\"}",
            "{\"a\":{}}",
            "{\"a\":1.5}",
            "{\"text\":\"x\"}}",
            "{\"text\":\"x\"",
            "{\"text\":\"x\",}",
            "{\"text\":null}",
            "{\"text\":5}",
            "{\"a\":nul}",
            "{\"te\\u0078t\":\"x\"}",
        ] {
            assert_eq!(both(json).0, None, "{json}");
        }
    }

    proptest! {
        #[test]
        fn flat_says_what_the_parser_says(
            pairs in prop::collection::vec(("id|text|body|title|url|x", "[a-z\\\\\"/\n\u{e9}\u{1f600} ]{0,12}"), 1..5),
            ascii in any::<bool>(), damage in prop::option::of((any::<prop::sample::Index>(), "[\\\\\"{},:0-9a]")),
        ) {
            let string = |text: &str| {
                let json = serde_json::to_string(text).unwrap();
                let escaped = |c: char| match c.is_ascii() {
                    true => c.to_string(),
                    false => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
                };
                if ascii { json.chars().map(escaped).collect() } else { json }
            };
            let pairs: Vec<String> = pairs.iter().map(|(k, v)| format!("{}: {}", string(k), string(v))).collect();
            let mut json = format!("{{{}}}", pairs.join(", "));
            if let Some((place, with)) = damage {
                let place = place.index(json.len());
                if json.is_char_boundary(place) {
                    json.insert_str(place, &with);
                }
            }
            let (flat, parsed) = both(&json);
            prop_assert!(flat.is_none() || flat == parsed, "{} {:?} {:?}", json, flat, parsed);
        }
    }
}
