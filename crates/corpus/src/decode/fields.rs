//! The fields of a record, however it was written, and how they make a document.

use wirecopy_document::{Document, TextOrigin};

use crate::error::Reason;
use crate::read::{FieldNames, SiteField};

/// What a field can hold that a document can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A string, or a number as it was written.
    Text(String),
    /// A text put together from the paragraphs that were written.
    Paragraphs(String),
    /// Several names.
    List(Vec<String>),
    /// Anything else.
    Other,
}

/// What a record says, one place for each list of [`FieldNames::lists`]: the rank of the name that gave the value, and
/// the value. Lower ranks win.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    slots: [Option<(usize, Value)>; 8],
    /// A text field was there and had nothing in it.
    has_blank_text: bool,
}

const TEXT: usize = 0;
const ID: usize = 1;
const URL: usize = 2;
const TITLE: usize = 3;
const PUBLISHED: usize = 4;
const SOURCE: usize = 5;
const LANGUAGE: usize = 6;
const AUTHORS: usize = 7;

/// The places that a name can fill, with its rank in each.
pub(crate) fn places(names: &FieldNames, name: &str) -> [Option<usize>; 8] {
    names
        .lists()
        .map(|list| list.iter().position(|known| known == name))
}

/// Whether one of `places` is the text.
pub(crate) fn has_text_place(places: &[Option<usize>; 8]) -> bool {
    places[TEXT].is_some()
}

impl Fields {
    /// Puts `value` into each of `places` where no better name has put one. Blank values count as absent.
    pub(crate) fn put(&mut self, places: [Option<usize>; 8], value: Value) {
        if matches!(&value, Value::Text(text) | Value::Paragraphs(text) if text.trim().is_empty()) {
            self.has_blank_text |= has_text_place(&places);
            return;
        }
        let mut value = Some(value);
        let last = places.iter().rposition(Option::is_some);
        for (at, rank) in places.into_iter().enumerate() {
            let Some(rank) = rank else { continue };
            if self.slots[at]
                .as_ref()
                .is_some_and(|(held, old)| *held < rank && *old != Value::Other)
            {
                continue;
            }
            let value = if Some(at) == last {
                value.take()
            } else {
                value.clone()
            };
            self.slots[at] = value.map(|value| (rank, value));
        }
    }

    /// Whether there is a text.
    pub(crate) fn has_text(&self) -> bool {
        let [text, ..] = &self.slots;
        matches!(text, Some((_, Value::Text(_) | Value::Paragraphs(_))))
    }

    /// Whether no field is named like a text.
    pub(crate) fn lacks_text(&self) -> bool {
        let [text, ..] = &self.slots;
        text.is_none() && !self.has_blank_text
    }

    /// Takes from `outer`, which these fields stand in, what they do not say.
    pub(crate) fn fill_from(&mut self, outer: Self) {
        for (slot, outer) in self.slots.iter_mut().zip(outer.slots) {
            if slot.is_none() {
                *slot = outer;
            }
        }
    }

    /// The record's own id, if it has one.
    pub(crate) fn take_id(&mut self) -> Option<String> {
        self.take(ID)
    }

    /// The document of this record; its key is left open. `found` names the record's fields, for the error.
    pub(crate) fn into_document(
        mut self,
        names: &FieldNames,
        found: impl FnOnce() -> String,
    ) -> Result<Document, Reason> {
        let (text, text_origin) = match self.slots[TEXT].take() {
            Some((_, Value::Text(text))) => (text, TextOrigin::Source),
            Some((_, Value::Paragraphs(text))) => (text, TextOrigin::Derived),
            Some((rank, _)) => return Err(Reason::TextOfWrongType(names.text[rank].clone())),
            None if self.has_blank_text => return Err(Reason::Empty),
            None => {
                return Err(Reason::MissingText {
                    looked_for: names.text.join(", "),
                    found: found(),
                });
            }
        };
        let authors = match self.slots[AUTHORS].take() {
            Some((_, Value::Text(author))) => vec![author],
            Some((_, Value::List(authors))) => authors,
            _ => Vec::new(),
        };
        let source = self.take(SOURCE);
        let site = match names.site {
            SiteField::Source => source.clone(),
            SiteField::Address => None,
        };
        Ok(Document {
            text,
            text_origin,
            title: self.take(TITLE),
            url: self.take(URL),
            source,
            site,
            published: self.take(PUBLISHED),
            language: self.take(LANGUAGE),
            authors,
            ..Document::default()
        })
    }

    /// Gives `document` what these fields say and it does not. Their text and id count for nothing.
    pub(crate) fn fill_in(mut self, document: &mut Document) {
        let authors = match self.slots[AUTHORS].take() {
            Some((_, Value::List(authors))) => authors,
            Some((_, Value::Text(author))) => vec![author],
            _ => Vec::new(),
        };
        if document.authors.is_empty() {
            document.authors = authors;
        }
        for (held, at) in [
            (&mut document.title, TITLE),
            (&mut document.url, URL),
            (&mut document.published, PUBLISHED),
            (&mut document.source, SOURCE),
            (&mut document.language, LANGUAGE),
        ] {
            if held.is_none() {
                *held = self.take(at);
            }
        }
    }

    fn take(&mut self, at: usize) -> Option<String> {
        match self.slots[at].take() {
            Some((_, Value::Text(text) | Value::Paragraphs(text))) => Some(text),
            Some((_, Value::List(list))) => list.into_iter().next(),
            _ => None,
        }
    }
}

/// At most eight names, for an error message.
pub(crate) fn some_names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<String> = names
        .take(9)
        .map(|name| name.chars().take(40).collect())
        .collect();
    if names.is_empty() {
        return "none".to_owned();
    }
    if names.len() == 9 {
        names[8] = "...".to_owned();
    }
    names.join(", ")
}
