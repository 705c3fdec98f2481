//! `wirecopy clean`: articles without their chrome, captions and credits, one JSON record a line, with what was taken
//! out. Stock background stays: it is the outlet's own text, which comparisons make little of and nothing takes out.

use std::io::{self, Write};

use anyhow::Result;
use serde_json::value::{RawValue, to_raw_value};
use wirecopy_boilerplate as boilerplate;
use wirecopy_corpus::read::{FieldNames, Rereader};
use wirecopy_detector::options::{BoilerplateMode, EditDetail};
use wirecopy_findings::{BoilerplateClass, BoilerplateRecord, DocumentRecord};
use wirecopy_text::ByteSpan;

use crate::args::CleanArgs;
use crate::fields::{Fields, Records};
use crate::output::to_stdout;
use crate::plan;
use crate::session;
use crate::shown::Shown;

/// What becomes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CleanText {
    /// Boilerplate is taken out and listed.
    Stripped,
    /// Boilerplate is only listed.
    Whole,
}

/// Runs it and gives the exit code.
pub(crate) fn run(args: &CleanArgs) -> Result<u8> {
    let read = plan::read_plan(&args.input, &args.matching)?;
    let run = plan::run_plan(&args.run)?;
    let mut options = plan::options(&args.matching, EditDetail::Passages);
    let text = match options.boilerplate {
        BoilerplateMode::Report => CleanText::Whole,
        BoilerplateMode::Mask | BoilerplateMode::Strip => CleanText::Stripped,
    };
    // What is taken out is to be listed with its place in the text as it came.
    if options.boilerplate == BoilerplateMode::Strip {
        options.boilerplate = BoilerplateMode::Mask;
    }
    let names = read.options.fields.clone();
    let mut session = session::run(read, options, &run)?;
    let records = std::mem::take(&mut session.records);
    let frames = (text, &names, &records);
    // Once for nobody, so that a document that cannot be shown is known before the first is written.
    session.show(|shown| Ok(write_all(shown, frames, &mut io::sink())?))?;
    let shown = (&session.findings, &session.texts);
    to_stdout(|out| write_all(shown, frames, out))?;
    Ok(session.outcome.code())
}

/// The documents in input order. Boilerplate is in the same order, so each document's is one run of it.
fn write_all(
    (findings, texts): Shown<'_>,
    (wanted, names, records): (CleanText, &FieldNames, &Records),
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rest = &findings.boilerplate[..];
    let mut reader = Rereader::default();
    let documents = findings.documents.iter();
    for document in documents.filter(|document| !document.archive) {
        let own = rest
            .iter()
            .take_while(|block| block.document == document.id)
            .count();
        let (blocks, others) = rest.split_at(own);
        rest = others;
        let text = texts.get(&document.id).map_or("", String::as_str);
        let fields = match records.own_fields(document, &mut reader)? {
            Some(own) => of_record(own, names, document)?,
            None => of_document(document)?,
        };
        let cleaned = clean(fields, (text, wanted), blocks)?;
        serde_json::to_writer(&mut *out, &cleaned)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A record's own fields, and where its text goes.
struct Frame {
    fields: Fields,
    text: String,
    /// What the text field holds as it came, where that is the text itself.
    as_it_came: Option<Box<RawValue>>,
}

/// The frame of a JSON record or a row of a table: all of its fields, and an id where it has none.
fn of_record(
    mut fields: Fields,
    names: &FieldNames,
    document: &DocumentRecord,
) -> io::Result<Frame> {
    let text = fields.text_field(names).unwrap_or("text").to_owned();
    let as_it_came = fields
        .get(&text)
        .filter(|_| document.text.is_none())
        .map(ToOwned::to_owned);
    if !names.id.iter().any(|name| fields.get(name).is_some()) {
        fields.set("id", to_raw_value(&document.id)?);
    }
    Ok(Frame {
        fields,
        text,
        as_it_came,
    })
}

/// The frame of a document that had no fields: what is known of it.
fn of_document(document: &DocumentRecord) -> io::Result<Frame> {
    let mut fields = Fields::default();
    fields.set("id", to_raw_value(&document.id)?);
    fields.set("title", to_raw_value(&document.title)?);
    fields.set("url", to_raw_value(&document.url)?);
    fields.set("site", to_raw_value(&document.site)?);
    fields.set("published", to_raw_value(&document.published)?);
    Ok(Frame {
        fields,
        text: "text".to_owned(),
        as_it_came: None,
    })
}

/// Puts the text that is left into the frame, and what was taken out behind it.
fn clean(
    frame: Frame,
    (text, wanted): (&str, CleanText),
    blocks: &[BoilerplateRecord],
) -> io::Result<Fields> {
    let removed: Vec<&BoilerplateRecord> = blocks
        .iter()
        .filter(|block| block.class != BoilerplateClass::Stock)
        .collect();
    let spans = removed.iter().map(|block| span(block));
    let left = match wanted {
        CleanText::Whole => text.to_owned(),
        CleanText::Stripped => without(text, spans),
    };
    let credits = removed
        .iter()
        .filter(|block| block.class == BoilerplateClass::Provenance);
    let provenance: Vec<&str> = credits.map(|block| span(block).of(text)).collect();
    let Frame {
        mut fields,
        text: name,
        as_it_came,
    } = frame;
    let value = match as_it_came.filter(|_| left == text) {
        Some(value) => value,
        None => to_raw_value(&left)?,
    };
    fields.set(&name, value);
    fields.add("provenance", to_raw_value(&provenance)?);
    fields.add("removed", to_raw_value(&removed)?);
    Ok(fields)
}

fn span(block: &BoilerplateRecord) -> ByteSpan {
    ByteSpan::new(block.start as usize, block.end as usize)
}

/// The text without `removed` (ascending, disjoint) and the blank lines that they leave. Otherwise the text stays as it
/// is, to the white space at its ends.
fn without(text: &str, removed: impl Iterator<Item = ByteSpan> + Clone) -> String {
    if removed.clone().next().is_none() {
        return text.to_owned();
    }
    let bare = text.trim();
    let (before, behind) = text.split_once(bare).unwrap_or_default();
    let left = boilerplate::without(text, removed);
    format!("{before}{}{behind}", left.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy_findings::BoilerplateType;

    fn block(text: &str, words: &str, class: BoilerplateClass) -> BoilerplateRecord {
        let start = text.find(words).unwrap();
        let at = |place: usize| u32::try_from(place).unwrap();
        BoilerplateRecord {
            document: "a".into(),
            start: at(start),
            end: at(start + words.len()),
            kind: BoilerplateType::NewsletterPrompt,
            class,
            probability: 0.9,
            evidence: [].into(),
        }
    }

    #[test]
    fn stock_background_stays_and_the_rest_goes() {
        let text = "The dam was filled in May. The two states have quarrelled since 1961.\nSubscribe now!\n";
        let blocks = [
            block(
                text,
                "The two states have quarrelled since 1961.",
                BoilerplateClass::Stock,
            ),
            block(text, "Subscribe now!", BoilerplateClass::Chrome),
        ];
        let frame = of_document(&DocumentRecord::default()).unwrap();
        let cleaned = clean(frame, (text, CleanText::Stripped), &blocks).unwrap();
        let cleaned = serde_json::to_value(&cleaned).unwrap();
        assert_eq!(
            cleaned["text"],
            "The dam was filled in May. The two states have quarrelled since 1961.\n"
        );
        assert_eq!(cleaned["removed"], serde_json::json!([blocks[1]]));
    }

    #[test]
    fn white_space_at_the_ends_is_neither_added_nor_lost() {
        for (text, left) in [
            ("A story.", "A story."),
            ("\n A story.\n\n", "\n A story.\n\n"),
            ("A story.\n\nSubscribe now!", "A story."),
            ("Subscribe now!\n\nA story.\n", "A story.\n"),
            ("One.\n\nSubscribe now!\n\nTwo.", "One.\n\nTwo."),
        ] {
            let found = text.find("Subscribe now!");
            let span = found.map(|at| ByteSpan::new(at, at + "Subscribe now!".len()));
            assert_eq!(without(text, span.into_iter()), left);
        }
    }
}
