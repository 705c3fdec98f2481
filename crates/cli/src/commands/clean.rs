//! `wirecopy clean`: articles without their chrome, captions and credits, one JSON record a line, with what was taken
//! out. Stock background stays: it is the outlet's own text, which comparisons make little of and nothing takes out.

use std::io::{self, Write};

use anyhow::Result;
use serde::Serialize;
use wirecopy_core::ByteSpan;
use wirecopy_news::boilerplate;
use wirecopy_news::findings::{BoilerplateClass, BoilerplateRecord, DocumentRecord};
use wirecopy_news::options::{BoilerplateMode, EditDetail};

use crate::args::CleanArgs;
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

/// One cleaned article.
#[derive(Serialize)]
struct Cleaned<'a> {
    id: &'a str,
    title: Option<&'a str>,
    url: Option<&'a str>,
    site: Option<&'a str>,
    published: Option<&'a str>,
    text: String,
    provenance: Vec<&'a str>,
    removed: Vec<&'a BoilerplateRecord>,
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
    let mut session = session::run(read, options, &run)?;
    // Once for nobody, so that a document that cannot be shown is known before the first is written.
    session.show(|shown| Ok(write_all(shown, text, &mut io::sink())?))?;
    let shown = (&session.findings, &session.texts);
    to_stdout(|out| write_all(shown, text, out))?;
    Ok(session.outcome.code())
}

/// The documents in input order. Boilerplate is in the same order, so each document's is one run of it.
fn write_all(
    (findings, texts): Shown<'_>,
    wanted: CleanText,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rest = &findings.boilerplate[..];
    for document in findings
        .documents
        .iter()
        .filter(|document| !document.archive)
    {
        let own = rest
            .iter()
            .take_while(|block| block.document == document.id)
            .count();
        let (blocks, others) = rest.split_at(own);
        rest = others;
        let text = texts.get(&document.id).map_or("", String::as_str);
        serde_json::to_writer(&mut *out, &clean(document, (text, wanted), blocks))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn clean<'a>(
    document: &'a DocumentRecord,
    (text, wanted): (&'a str, CleanText),
    blocks: &'a [BoilerplateRecord],
) -> Cleaned<'a> {
    let removed: Vec<&BoilerplateRecord> = blocks
        .iter()
        .filter(|block| block.class != BoilerplateClass::Stock)
        .collect();
    let provenance = removed
        .iter()
        .filter(|block| block.class == BoilerplateClass::Provenance);
    Cleaned {
        id: &document.id,
        title: document.title.as_deref(),
        url: document.url.as_deref(),
        site: document.site.as_deref(),
        published: document.published.as_deref(),
        text: match wanted {
            CleanText::Whole => text.to_owned(),
            CleanText::Stripped => without(text, &removed),
        },
        provenance: provenance
            .filter_map(|block| text.get(block.start as usize..block.end as usize))
            .collect(),
        removed,
    }
}

/// The text without `removed` (ascending, disjoint) and without the blank lines that they leave.
fn without(text: &str, removed: &[&BoilerplateRecord]) -> String {
    let spans = removed
        .iter()
        .map(|block| ByteSpan::new(block.start as usize, block.end as usize));
    boilerplate::without(text, spans).trim().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy_news::findings::BoilerplateType;

    #[test]
    fn stock_background_stays_and_the_rest_goes() {
        let text = "The dam was filled in May. The two states have quarrelled since 1961.\nSubscribe now!\n";
        let block = |words: &str, kind, class| {
            let start = text.find(words).unwrap();
            let at = |place: usize| u32::try_from(place).unwrap();
            BoilerplateRecord {
                document: "a".into(),
                start: at(start),
                end: at(start + words.len()),
                kind,
                class,
                probability: 0.9,
                evidence: Vec::new(),
            }
        };
        let blocks = [
            block(
                "The two states have quarrelled since 1961.",
                BoilerplateType::StockBackground,
                BoilerplateClass::Stock,
            ),
            block(
                "Subscribe now!",
                BoilerplateType::NewsletterPrompt,
                BoilerplateClass::Chrome,
            ),
        ];
        let document = DocumentRecord::default();
        let cleaned = clean(&document, (text, CleanText::Stripped), &blocks);
        assert_eq!(
            cleaned.text,
            "The dam was filled in May. The two states have quarrelled since 1961.\n"
        );
        assert_eq!(cleaned.removed, [&blocks[1]]);
    }
}
