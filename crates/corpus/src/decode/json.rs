//! The fields of a JSON object. Records as most are go through [`flat`], all others through the parser. Only the fields that a document needs are kept; the rest is checked and passed over.

mod flat;

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::decode::fields::{Fields, Value, has_text_place, places, some_names};
use crate::error::Reason;
use crate::read::FieldNames;

/// What a JSON object says.
pub(crate) struct JsonFields {
    pub fields: Fields,
    /// Escapes that stand for half a character and were replaced by U+FFFD.
    pub repaired: usize,
}

/// Reads one JSON object.
///
/// # Errors
/// [`Reason::InvalidJson`], [`Reason::NotAnObject`].
pub(crate) fn fields(json: &str, names: &FieldNames) -> Result<JsonFields, Reason> {
    if let Some(fields) = flat::fields(json, names) {
        return Ok(JsonFields {
            fields,
            repaired: 0,
        });
    }
    match parse(json, names) {
        Ok(fields) => Ok(JsonFields {
            fields: fields.ok_or(Reason::NotAnObject)?,
            repaired: 0,
        }),
        Err(error) => {
            let (whole, repaired) = without_lone_surrogates(json);
            if repaired == 0 {
                return Err(Reason::InvalidJson(error));
            }
            let fields = parse(&whole, names).map_err(Reason::InvalidJson)?;
            Ok(JsonFields {
                fields: fields.ok_or(Reason::NotAnObject)?,
                repaired,
            })
        }
    }
}

/// Names of the object's fields, for an error message.
pub(crate) fn field_names(json: &str) -> String {
    let object: BTreeMap<String, IgnoredAny> = serde_json::from_str(json).unwrap_or_default();
    some_names(object.keys().map(String::as_str))
}

fn parse(json: &str, names: &FieldNames) -> Result<Option<Fields>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let fields = ObjectSeed { names }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(fields)
}

/// Replaces `\ud8xx` without its other half, and the other way round, by `\ufffd`; returns how many. Same length.
fn without_lone_surrogates(json: &str) -> (String, usize) {
    let mut bytes = json.as_bytes().to_vec();
    let (mut at, mut repaired) = (0, 0);
    while let Some(found) = memchr::memchr(b'\\', &bytes[at..]) {
        at += found;
        let low_follows = matches!(unit(&bytes, at + 6), Some(0xdc00..=0xdfff));
        match unit(&bytes, at) {
            Some(0xd800..=0xdbff) if low_follows => at += 12,
            Some(0xd800..=0xdfff) => {
                bytes[at + 2..at + 6].copy_from_slice(b"fffd");
                repaired += 1;
                at += 6;
            }
            _ => at = (at + 2).min(bytes.len()),
        }
    }
    (
        String::from_utf8(bytes).unwrap_or_else(|_| json.to_owned()),
        repaired,
    )
}

/// The unit that the escape `\uXXXX` at `at` stands for.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let escape = bytes.get(at..at + 6)?;
    let digits = std::str::from_utf8(escape.strip_prefix(b"\\u")?).ok()?;
    u16::from_str_radix(digits, 16).ok()
}

/// Reads an object into [`Fields`]; none for any other value.
struct ObjectSeed<'n> {
    names: &'n FieldNames,
}

impl<'de> DeserializeSeed<'de> for ObjectSeed<'_> {
    type Value = Option<Fields>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed<'_> {
    type Value = Option<Fields>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Fields::default();
        while let Some(places) = map.next_key_seed(KeySeed { names: self.names })? {
            if has_text_place(&places) {
                let raw: &RawValue = map.next_value()?;
                let value = text_value(raw.get()).map_err(serde::de::Error::custom)?;
                fields.put(places, value.unwrap_or(Value::Text(String::new())));
            } else if places.iter().any(Option::is_some) {
                let raw: &RawValue = map.next_value()?;
                if let Some(value) = short_value(raw.get()) {
                    fields.put(places, value);
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Some(fields))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// Reads a key into the places that it can fill, without keeping it.
struct KeySeed<'n> {
    names: &'n FieldNames,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = [Option<usize>; 8];

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = [Option<usize>; 8];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(places(self.names, name))
    }
}

/// The value of a text field; none for null, and [`Value::Other`] for anything but a string.
///
/// # Errors
/// An escape that stands for no character.
fn text_value(raw: &str) -> Result<Option<Value>, serde_json::Error> {
    match raw.as_bytes().first() {
        Some(b'"') => Ok(Some(Value::Text(match unescaped(raw) {
            Some(text) => text,
            None => serde_json::from_str(raw)?,
        }))),
        Some(b'n') => Ok(None),
        _ => Ok(Some(Value::Other)),
    }
}

/// What the string `raw`, which is valid JSON, says: written into memory of its size at once, where a parser that does
/// not see its end would grow it. None for escapes of half a character, which are rare and left to the parser.
fn unescaped(raw: &str) -> Option<String> {
    let mut rest = raw.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(rest.len());
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let (character, behind) = match rest.as_bytes()[at + 1] {
            b'n' => ('\n', at + 2),
            b't' => ('\t', at + 2),
            b'r' => ('\r', at + 2),
            b'b' => ('\u{8}', at + 2),
            b'f' => ('\u{c}', at + 2),
            b'u' => (char::from_u32(unit(rest.as_bytes(), at)?.into())?, at + 6),
            itself => (itself.into(), at + 2),
        };
        text.push(character);
        rest = &rest[behind..];
    }
    text.push_str(rest);
    Some(text)
}

/// The value of a field other than the text; none for null. Numbers keep the digits that were written.
fn short_value(raw: &str) -> Option<Value> {
    match raw.as_bytes().first()? {
        b'n' => None,
        b'"' => serde_json::from_str(raw).ok().map(Value::Text),
        b'-' | b'0'..=b'9' => Some(Value::Text(raw.to_owned())),
        b'[' => {
            let list: Vec<serde_json::Value> = serde_json::from_str(raw).ok()?;
            Some(Value::List(list.iter().filter_map(name_of).collect()))
        }
        b'{' => serde_json::from_str(raw)
            .ok()
            .as_ref()
            .and_then(name_of)
            .map(Value::Text),
        _ => Some(Value::Other),
    }
}

/// The name that a value stands for: a string, or an object's `name` (publishers and authors are often objects).
fn name_of(value: &serde_json::Value) -> Option<String> {
    let name = match value {
        serde_json::Value::Object(object) => ["name", "title", "uri", "id"]
            .iter()
            .find_map(|key| object.get(*key)?.as_str()),
        other => other.as_str(),
    };
    name.filter(|name| !name.trim().is_empty())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn half_a_character_is_left_to_the_parser() {
        assert_eq!(unescaped(r#""pair \ud83d\ude00""#), None);
        assert_eq!(
            unescaped(r#""\u2019\/\"\\\n""#).as_deref(),
            Some("’/\"\\\n")
        );
        assert!(text_value(r#""\ud83d""#).is_err());
        assert!(matches!(text_value("null"), Ok(None)));
        assert!(matches!(text_value("[1]"), Ok(Some(Value::Other))));
    }

    proptest! {
        #[test]
        fn strings_say_what_the_parser_says(text in any::<String>(), ascii in any::<bool>()) {
            let mut raw = serde_json::to_string(&text).unwrap();
            if ascii {
                let escaped = |c: char| match c.is_ascii() {
                    true => c.to_string(),
                    false => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
                };
                raw = raw.chars().map(escaped).collect();
            }
            let Ok(Some(Value::Text(read))) = text_value(&raw) else {
                panic!("{raw} is a string");
            };
            prop_assert_eq!(read, text);
        }
    }
}
