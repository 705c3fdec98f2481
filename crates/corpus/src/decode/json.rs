//! The fields of a JSON object. Records as most are go through [`flat`], all others through the parser. Only the fields that a
//! document needs are kept; the rest is checked and passed over.

mod fast_path;

use std::borrow::Cow;
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
    if let Some(fields) = fast_path::fields(json, names) {
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
            let numbers = without_odd_numbers(json);
            let (whole, repaired) = without_lone_surrogates(&numbers);
            if repaired == 0 && matches!(numbers, Cow::Borrowed(_)) {
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

/// What an object without a text of its own holds.
pub(crate) enum Inside {
    /// One object with a text.
    Record(Box<JsonFields>),
    /// Several objects with texts; the name of the field that holds them, or the first of them.
    Records(String),
    /// Nothing of the kind.
    Nothing,
}

/// Looks into the object `json`, which has no text of its own: search engines and services wrap records
/// (`{"_id": ..., "_source": {...}}`).
pub(crate) fn inside(json: &str, names: &FieldNames) -> Inside {
    let json = without_odd_numbers(json);
    let object: BTreeMap<String, &RawValue> = serde_json::from_str(&json).unwrap_or_default();
    let with_text = |raw: &str| {
        fields(raw, names)
            .ok()
            .filter(|read| read.fields.has_text())
    };
    let mut only: Option<(String, Box<JsonFields>)> = None;
    for (name, value) in object {
        let raw = value.get();
        if raw.starts_with('{') {
            match (with_text(raw), only.take()) {
                (Some(_), Some((first, _))) => return Inside::Records(first),
                (Some(record), None) => only = Some((name, Box::new(record))),
                (None, before) => only = before,
            }
        } else if raw.starts_with('[') {
            let list: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
            if list.iter().any(|value| with_text(value.get()).is_some()) {
                return Inside::Records(name);
            }
        }
    }
    only.map_or(Inside::Nothing, |(_, record)| Inside::Record(record))
}

/// Names of the object's fields, for an error message.
pub(crate) fn field_names(json: &str) -> String {
    let json = without_odd_numbers(json);
    let object: BTreeMap<String, IgnoredAny> = serde_json::from_str(&json).unwrap_or_default();
    some_names(object.keys().map(String::as_str))
}

fn parse(json: &str, names: &FieldNames) -> Result<Option<Fields>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let fields = ObjectSeed { names }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(fields)
}

/// Replaces numbers that JSON does not have and some writers write (`NaN`, `-Infinity`) by an empty object, which no field
/// takes for a value. Same length.
pub(crate) fn without_odd_numbers(json: &str) -> Cow<'_, str> {
    let mut out: Option<Vec<u8>> = None;
    let mut rest = json;
    while let Some(at) = rest.find(['"', 'n', 'N', 'i', 'I']) {
        let start = json.len() - rest.len() + at;
        rest = rest.get(at..).unwrap_or_default();
        if let Some(string) = rest.strip_prefix('"') {
            rest = behind_string(string);
            continue;
        }
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = behind;
        if ["nan", "inf", "infinity"]
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
        {
            let bytes = out.get_or_insert_with(|| json.as_bytes().to_vec());
            let sign = json
                .get(..start)
                .is_some_and(|before| before.ends_with(['-', '+']));
            let number = bytes.iter_mut().skip(start - usize::from(sign));
            let empty = b"{}".iter().chain(std::iter::repeat(&b' '));
            for (byte, with) in number.zip(empty).take(length + usize::from(sign)) {
                *byte = *with;
            }
        }
    }
    match out.map(String::from_utf8) {
        Some(Ok(json)) => Cow::Owned(json),
        _ => Cow::Borrowed(json),
    }
}

/// What follows a string whose opening mark was passed.
fn behind_string(mut rest: &str) -> &str {
    while let Some(at) = memchr::memchr2(b'"', b'\\', rest.as_bytes()) {
        let (_, mark) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let mut behind = mark.chars();
        let is_end = behind.next() == Some('"');
        if is_end {
            return behind.as_str();
        }
        behind.next();
        rest = behind.as_str();
    }
    ""
}

/// Replaces `\ud8xx` without its other half, and the other way round, by `\ufffd`; returns how many. Same length.
fn without_lone_surrogates(json: &str) -> (String, usize) {
    let mut bytes = json.as_bytes().to_vec();
    let (mut at, mut repaired) = (0, 0);
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        at += found;
        let low_follows = matches!(unit(&bytes, at + 6), Some(0xdc00..=0xdfff));
        match unit(&bytes, at) {
            Some(0xd800..=0xdbff) if low_follows => at += 12,
            Some(0xd800..=0xdfff) => {
                bytes.splice(at + 2..at + 6, *b"fffd");
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
        Some(b'[' | b'{') => {
            let value = serde_json::from_str(raw).unwrap_or_default();
            Ok(Some(match &value {
                serde_json::Value::Array(list) if list.is_empty() => Value::Text(String::new()),
                value => paragraphs(value, 0).map_or(Value::Other, Value::Paragraphs),
            }))
        }
        _ => Ok(Some(Value::Other)),
    }
}

/// Fields in which editors and services keep the text of a paragraph, or the paragraphs of a text.
const PARAGRAPH_FIELDS: [&str; 8] = [
    "text",
    "content",
    "body",
    "value",
    "rendered",
    "html",
    "paragraphs",
    "children",
];

/// The text of a list of paragraphs: strings, or objects with a text of their own, which may be a list again. Parts of one
/// paragraph follow each other as they are. `depth` is the number of lists around `value`.
fn paragraphs(value: &serde_json::Value, depth: usize) -> Option<String> {
    match value {
        serde_json::Value::String(text) if depth > 1 || !text.trim().is_empty() => {
            Some(text.clone())
        }
        serde_json::Value::Array(list) => {
            let texts: Vec<String> = list
                .iter()
                .filter_map(|one| paragraphs(one, depth + 1))
                .collect();
            let between = match list.first() {
                _ if depth == 0 => "\n\n",
                Some(serde_json::Value::String(_)) => " ",
                _ => "",
            };
            (!texts.is_empty()).then(|| texts.join(between))
        }
        serde_json::Value::Object(object) => PARAGRAPH_FIELDS
            .iter()
            .find_map(|name| paragraphs(object.get(*name)?, depth)),
        _ => None,
    }
}

/// What the string `raw`, which is valid JSON, says: written into memory of its size at once, where a parser that does
/// not see its end would grow it. None for escapes of half a character, which are rare and left to the parser.
fn unescaped(raw: &str) -> Option<String> {
    let mut rest = raw.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(rest.len());
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (plain, escape) = rest.split_at_checked(at)?;
        text.push_str(plain);
        let mut behind = escape.chars();
        behind.next();
        let character = match behind.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let (digits, after) = behind.as_str().split_at_checked(4)?;
                behind = after.chars();
                char::from_u32(u16::from_str_radix(digits, 16).ok()?.into())?
            }
            itself => itself,
        };
        text.push(character);
        rest = behind.as_str();
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

    #[test]
    fn numbers_that_json_does_not_have_are_no_values() {
        let json = r#"{"a":NaN,"b":[-Infinity, 1],"c":"NaN \" inf","d": nan ,"e":null,"f":+inf}"#;
        let clean = r#"{"a":{} ,"b":[{}       , 1],"c":"NaN \" inf","d": {}  ,"e":null,"f":{}  }"#;
        assert_eq!(without_odd_numbers(json), clean);
        assert!(matches!(without_odd_numbers(clean), Cow::Borrowed(_)));
        assert!(matches!(
            without_odd_numbers("{\"é\":information}"),
            Cow::Borrowed(_)
        ));
        let names = FieldNames::default();
        let read = fields(r#"{"text":"x","id":NaN,"score":-Infinity}"#, &names).ok();
        assert!(
            read.is_some_and(|mut read| read.fields.has_text() && read.fields.take_id().is_none())
        );
        let read = fields(r#"{"text":NaN}"#, &names).ok();
        assert!(read.is_some_and(|read| !read.fields.has_text()));
    }

    #[test]
    fn texts_in_parts_are_put_together() {
        let text = |raw: &str| match text_value(raw) {
            Ok(Some(Value::Paragraphs(text))) => Some(text),
            _ => None,
        };
        assert_eq!(text(r#"["a", "", "b"]"#).as_deref(), Some("a\n\nb"));
        assert_eq!(
            text(r#"[{"text": "a"}, {"type": "image"}, {"content": "b"}]"#).as_deref(),
            Some("a\n\nb")
        );
        assert_eq!(
            text(r#"{"rendered": "<p>a</p>"}"#).as_deref(),
            Some("<p>a</p>")
        );
        let document = r#"{"type":"doc","content":[{"content":[{"text":"a "},{"text":"b"}]},{"content":[{"text":"c"}]}]}"#;
        assert_eq!(text(document).as_deref(), Some("a b\n\nc"));
        assert_eq!(text(r#"{"a": "b"}"#), None);
    }

    #[test]
    fn records_are_found_in_what_is_put_around_them() {
        let names = FieldNames::default();
        let wrapped = r#"{"_id":"1","url":"u","_source":{"text":"a","title":"t"},"n":NaN}"#;
        assert!(matches!(inside(wrapped, &names), Inside::Record(_)));
        let list = r#"{"ok":1,"articles":[{"n":1},{"text":"a"}]}"#;
        assert!(matches!(inside(list, &names), Inside::Records(name) if name == "articles"));
        let two = r#"{"a":{"text":"a"},"b":{"text":"b"}}"#;
        assert!(matches!(inside(two, &names), Inside::Records(name) if name == "a"));
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
