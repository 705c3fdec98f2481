//! From the bytes of a record to a document: encoding, fields, text. Pure functions, run by the workers.

pub(crate) mod charset;
pub(crate) mod compression;
mod escaped;
pub(crate) mod fields;
mod front_matter;
pub(crate) mod json;
pub(crate) mod table;

use std::borrow::Cow;

use wirecopy_document::page_metadata::{Field, Reliability};
use wirecopy_document::{Document, TextOrigin};

use crate::error::{ReadError, Reason};
use crate::html::{self, Extracted, PageMetadata};
use crate::ids::{IdOrigin, ProposedId};
use crate::read::{Format, RawRecord};
use charset::{Hints, Text};
use json::Inside;

/// A document as it was read, before its id was made unique.
#[derive(Debug)]
pub struct Decoded {
    /// The document. Its key is the proposed id.
    pub document: Document,
    /// The id that it asks for; [`IdAssigner`](crate::IdAssigner) grants it or another.
    pub id: ProposedId,
    /// What was repaired, for the findings' list of errors. The document was kept all the same.
    pub notes: Vec<ReadError>,
}

/// Decodes one record: encoding, fields, text. A pure function of the record. O(bytes).
///
/// Spans of the document's text index the file itself for UTF-8 text files, the value of the text field for JSON and CSV
/// records, and else a text that only the document has ([`TextOrigin::Derived`]).
///
/// # Errors
/// Names the record's place and why it is no document.
pub fn decode(raw: &RawRecord) -> Result<Decoded, ReadError> {
    let parts = match raw.source.format {
        Format::Text => plain_text(raw),
        Format::Html => web_page(raw),
        Format::JsonLines | Format::Json => json_record(raw),
        Format::Csv { .. } => table_row(raw),
    };
    let Parts {
        mut document,
        id,
        notes,
    } = parts.map_err(|reason| raw.error(reason))?;
    let id = match id {
        Some(name) => ProposedId {
            name,
            origin: IdOrigin::Record,
        },
        None => ProposedId {
            name: raw.source.name_of(&raw.source.id, raw.number),
            origin: IdOrigin::Path,
        },
    };
    document.path = Some(raw.path());
    document.key.0.clone_from(&id.name);
    let notes = notes.into_iter().map(|note| raw.error(note)).collect();
    Ok(Decoded {
        document,
        id,
        notes,
    })
}

/// What the decoders of all formats give.
struct Parts {
    document: Document,
    id: Option<String>,
    /// What was repaired or left out.
    notes: Vec<Reason>,
}

impl Parts {
    /// Takes HTML off the text field, where it holds some, and references to characters off the others.
    fn with_fields_unwrapped(mut self, raw: &RawRecord) -> Result<Self, Reason> {
        let options = &raw.source.options;
        let unwrap = |text: &str| html::field_text(text, options.fields.markup, options.html);
        let document = &mut self.document;
        let mut found = unwrap(&document.text);
        if found.is_none()
            && let Some(plain) = escaped::plain(&document.text)
        {
            found = unwrap(&plain);
            document.text = plain;
            document.text_origin = TextOrigin::Derived;
        }
        let names = document.title.iter_mut().chain(&mut document.source);
        for name in names.chain(&mut document.authors) {
            *name = escaped::plain(name).unwrap_or(std::mem::take(name));
        }
        if let Some(extracted) = found {
            let extracted = extracted?;
            fill(&mut self.document, extracted);
        }
        if self.document.text.trim().is_empty() {
            return Err(Reason::Empty);
        }
        Ok(self)
    }
}

/// The note on places that stand for no character, if there are any.
fn repaired(places: usize) -> Vec<Reason> {
    let note = (places > 0).then_some(Reason::Repaired(places));
    note.into_iter().collect()
}

fn plain_text(raw: &RawRecord) -> Result<Parts, Reason> {
    let text = charset::to_text(raw.bytes(), hints(raw)?)?;
    let is_blank = |text: &str| text.trim_start_matches('\u{feff}').trim().is_empty();
    if is_blank(&text.text) {
        return Err(Reason::Empty);
    }
    let mut document = Document {
        text: text.text,
        text_origin: text.origin,
        encoding: encoding_name(text.encoding),
        ..Document::default()
    };
    if raw.source.is_markdown() {
        front_matter::take(&mut document, &raw.source.options.fields);
        if is_blank(&document.text) {
            return Err(Reason::Empty);
        }
    }
    Ok(Parts {
        document,
        id: None,
        notes: repaired(text.repaired),
    })
}

fn web_page(raw: &RawRecord) -> Result<Parts, Reason> {
    let known = Hints {
        declared: html::declared_encoding(raw.bytes()),
        ..hints(raw)?
    };
    let Text {
        text,
        encoding,
        repaired: places,
        ..
    } = charset::to_text(&html::without_nuls(raw.bytes()), known)?;
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(Reason::Empty);
    }
    let extracted = html::page_text(&text, raw.source.options.html)?;
    let encoding = encoding_name(encoding);
    let mut document = Document {
        encoding,
        ..Document::default()
    };
    fill(&mut document, extracted);
    Ok(Parts {
        document,
        id: None,
        notes: repaired(places),
    })
}

/// Gives the document the page's text, and what the page says where the document says nothing.
fn fill(document: &mut Document, extracted: Extracted) {
    let Extracted {
        text,
        metadata: page,
    } = extracted;
    let value = |subject| page.values(subject).next().map(str::to_owned);
    document.text = text;
    document.text_origin = TextOrigin::Derived;
    document.title = document.title.take().or_else(|| value(Field::Title));
    document.url = document.url.take().or_else(|| own_address(&page));
    document.source = document
        .source
        .take()
        .or_else(|| value(Field::Site))
        .or_else(|| value(Field::Publisher));
    document.published = document.published.take().or_else(|| sure_date(&page));
    document.language = document.language.take().or_else(|| value(Field::Language));
    if document.authors.is_empty() {
        document.authors = page.values(Field::Author).map(str::to_owned).collect();
    }
    document.statements = page.statements;
}

/// The date of publication, unless it is one that may be of something else on the page.
fn sure_date(page: &PageMetadata) -> Option<String> {
    let mut dates = page.statements.iter();
    let date = dates.find(|s| s.subject == Field::Published && s.trust > Reliability::Low);
    date.map(|date| date.value.clone())
}

/// The page's own address: the canonical one, unless that is on another host than the one it was served under, which
/// is how a reprint names its source.
fn own_address(page: &PageMetadata) -> Option<String> {
    let served = page.values(Field::Address).next();
    let canonical = page.values(Field::Canonical).next();
    let own = match (served, canonical) {
        (Some(served), Some(canonical)) if host(served) == host(canonical) => Some(canonical),
        (served, canonical) => served.or(canonical),
    };
    own.map(str::to_owned)
}

/// The host in an address, without `www.`.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

fn hints(raw: &RawRecord) -> Result<Hints, Reason> {
    let asked = raw
        .source
        .options
        .encoding
        .as_deref()
        .map(charset::by_label)
        .transpose()?;
    Ok(Hints {
        asked,
        declared: None,
    })
}

fn json_record(raw: &RawRecord) -> Result<Parts, Reason> {
    let names = &raw.source.options.fields;
    let record = record_text(raw)?;
    let read = json::fields(&record.text, names)?;
    let (mut fields, mut places) = (read.fields, read.repaired);
    if fields.lacks_text() {
        match json::inside(&record.text, names) {
            Inside::Record(inner) => {
                let outer = std::mem::replace(&mut fields, inner.fields);
                fields.fill_from(outer);
                places += inner.repaired;
            }
            Inside::Records(name) => return Err(Reason::Nested(name)),
            Inside::Nothing => {}
        }
    }
    let id = fields.take_id();
    let document = fields.into_document(names, || json::field_names(&record.text))?;
    record
        .parts(document, id, repaired(record.repaired + places))
        .with_fields_unwrapped(raw)
}

fn table_row(raw: &RawRecord) -> Result<Parts, Reason> {
    let columns = raw.columns.as_deref().ok_or(Reason::InvalidCsv)?;
    let record = record_text(raw)?;
    let (mut fields, odd) = columns.fields(columns.cells(&record.text)?);
    let id = fields.take_id();
    let found = || fields::some_names(columns.names.iter().map(String::as_str));
    let document = fields.into_document(&raw.source.options.fields, found)?;
    let notes = repaired(record.repaired).into_iter().chain(odd).collect();
    record.parts(document, id, notes).with_fields_unwrapped(raw)
}

/// The name of an encoding as documents give it: WHATWG's, in small letters.
fn encoding_name(encoding: &'static encoding_rs::Encoding) -> Cow<'static, str> {
    if encoding == encoding_rs::UTF_8 {
        return Cow::Borrowed("utf-8");
    }
    Cow::Owned(encoding.name().to_ascii_lowercase())
}

/// The characters of a record, before it is taken apart.
pub(crate) struct RecordText<'a> {
    pub text: Cow<'a, str>,
    encoding: &'static encoding_rs::Encoding,
    repaired: usize,
}

/// The characters of a record of a container.
///
/// # Errors
/// [`Reason::Binary`] when it is no text in any encoding.
pub(crate) fn record_text(raw: &RawRecord) -> Result<RecordText<'_>, Reason> {
    if let Ok(text) = std::str::from_utf8(raw.bytes()) {
        return Ok(RecordText {
            text: text.into(),
            encoding: encoding_rs::UTF_8,
            repaired: 0,
        });
    }
    let Text {
        text,
        encoding,
        repaired,
        ..
    } = charset::to_text(raw.bytes(), Hints::default())?;
    Ok(RecordText {
        text: text.into(),
        encoding,
        repaired,
    })
}

impl RecordText<'_> {
    /// Spans index the value of the text field, which is what the document holds; only a record that was not UTF-8, or one
    /// that was repaired, has a text that its reader cannot have from the record.
    fn parts(&self, document: Document, id: Option<String>, notes: Vec<Reason>) -> Parts {
        let is_repaired = notes.iter().any(|note| matches!(note, Reason::Repaired(_)));
        let is_source = self.encoding == encoding_rs::UTF_8 && !is_repaired;
        let text_origin = if is_source {
            document.text_origin
        } else {
            TextOrigin::Derived
        };
        let encoding = encoding_name(self.encoding);
        Parts {
            document: Document {
                text_origin,
                encoding,
                ..document
            },
            id,
            notes,
        }
    }
}
