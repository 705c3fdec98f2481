//! The fields of a record as they were written: order, types of values and the digits of numbers stay.

use std::collections::BTreeMap;
use std::{fmt, io};

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use wirecopy_corpus::read::FieldNames;
use wirecopy_corpus::write::OutputFormat;
use wirecopy_corpus::{Locator, RecordWriter, Rereader};
use wirecopy_document::Document;
use wirecopy_findings::DocumentRecord;

/// A JSON object whose values are kept as text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, Box<RawValue>)>);

impl Fields {
    /// The value of a field; of the last of that name, as parsers have it.
    pub(crate) fn get(&self, name: &str) -> Option<&RawValue> {
        let mut fields = self.0.iter().rev();
        fields
            .find(|(known, _)| known == name)
            .map(|(_, value)| &**value)
    }

    /// Gives a field a value: in its old place where there is one, else at the end.
    pub(crate) fn set(&mut self, name: &str, value: Box<RawValue>) {
        match self.0.iter_mut().rev().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Adds a field of ours: under `wirecopy_name` where the record has one of that name.
    pub(crate) fn add(&mut self, name: &str, value: Box<RawValue>) {
        match self.get(name) {
            None => self.set(name, value),
            Some(_) => self.set(&format!("wirecopy_{name}"), value),
        }
    }

    /// The name of the field that the text was read from: the first of the known names that holds some.
    pub(crate) fn text_field<'n>(&self, names: &'n FieldNames) -> Option<&'n str> {
        let holds_text = |name: &&String| {
            let value = self.get(name).map(RawValue::get);
            let text = value.and_then(|value| serde_json::from_str::<String>(value).ok());
            text.is_some_and(|text| !text.trim().is_empty())
        };
        names.text.iter().find(holds_text).map(String::as_str)
    }
}

/// The way back to the records of a run, by document id; for documents that were no records of a container there is none.
#[derive(Default)]
pub(crate) struct Records(BTreeMap<String, Locator>);

impl Records {
    pub(crate) fn new(ways_back: BTreeMap<String, Locator>) -> Self {
        Self(ways_back)
    }

    /// A record's own fields; none for a document that was no record, or one that no strict parser can read.
    ///
    /// # Errors
    /// When the record cannot be read any more.
    pub(crate) fn own_fields(
        &self,
        document: &DocumentRecord,
        reader: &mut Rereader,
    ) -> io::Result<Option<Fields>> {
        let Some(way_back) = self.0.get(&document.id) else {
            return Ok(None);
        };
        let raw = reader.read(way_back).map_err(io::Error::other)?;
        let mut line = Vec::new();
        RecordWriter::new(&mut line, OutputFormat::JsonLines).write(&raw, &Document::default())?;
        Ok(serde_json::from_slice(&line).ok())
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Fields(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::value::to_raw_value;

    #[test]
    fn what_is_not_set_stays_as_it_was_written() {
        let written =
            r#"{"id":7,"n":12345678901234567890.10,"text":"a","removed":[1, 2],"u":"\u00e9"}"#;
        let mut fields: Fields = serde_json::from_str(written).unwrap();
        assert_eq!(fields.text_field(&FieldNames::default()), Some("text"));
        fields.set("text", to_raw_value("b").unwrap());
        fields.add("removed", to_raw_value(&[3]).unwrap());
        assert_eq!(
            serde_json::to_string(&fields).unwrap(),
            written
                .replace("\"a\"", "\"b\"")
                .replace("}", ",\"wirecopy_removed\":[3]}")
        );
    }
}
