//! `wirecopy clean`: articles without their chrome, one JSON record a line, with what was taken out.

use std::io::{self, Write};

use anyhow::Result;
use serde::Serialize;
use wirecopy_news::findings::{BoilerplateClass, BoilerplateRecord, DocumentRecord};
use wirecopy_news::options::EditDetail;

use crate::args::CleanArgs;
use crate::output::to_stdout;
use crate::plan;
use crate::session::{self, Session};

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
    let read = plan::read_plan(&args.input, &args.matching.against)?;
    let run = plan::run_plan(&args.run)?;
    let session = session::run(read, plan::options(&args.matching, EditDetail::Passages), &run)?;
    to_stdout(|out| write_all(&session, out))?;
    Ok(session.outcome.code())
}

/// The documents in input order. Boilerplate is in the same order, so each document's is one run of it.
fn write_all(session: &Session, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = &session.findings.boilerplate[..];
    for document in session.findings.documents.iter().filter(|document| !document.archive) {
        let own = rest.iter().take_while(|block| block.document == document.id).count();
        let (blocks, others) = rest.split_at(own);
        rest = others;
        let text = session.texts.get(&document.id).map_or("", String::as_str);
        serde_json::to_writer(&mut *out, &clean(document, text, blocks))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn clean<'a>(document: &'a DocumentRecord, text: &'a str, blocks: &'a [BoilerplateRecord]) -> Cleaned<'a> {
    let removed: Vec<&BoilerplateRecord> = blocks.iter().filter(|block| block.class != BoilerplateClass::Stock).collect();
    let provenance = removed.iter().filter(|block| block.class == BoilerplateClass::Provenance);
    Cleaned {
        id: &document.id,
        title: document.title.as_deref(),
        url: document.url.as_deref(),
        site: document.site.as_deref(),
        published: document.published.as_deref(),
        text: without(text, &removed),
        provenance: provenance.map(|block| &text[block.start as usize..block.end as usize]).collect(),
        removed,
    }
}

/// The text without `removed` (ascending, disjoint) and without the blank lines that they leave.
fn without(text: &str, removed: &[&BoilerplateRecord]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for block in removed {
        kept.push_str(&text[at..block.start as usize]);
        at = block.end as usize;
    }
    kept.push_str(&text[at..]);
    let mut out = String::with_capacity(kept.len());
    let mut blank = 0;
    for line in kept.trim().lines().map(str::trim_end) {
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
