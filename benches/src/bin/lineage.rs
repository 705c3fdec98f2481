//! Findings of a pile of articles for the scorers of relations and lineage, and the clues that lineage weighs.
//!
//! Usage: `lineage ARTICLES.jsonl|FOLDER FINDINGS.json [CLUES.jsonl]`. The third path gets a line for each family: its
//! members, and for each possible edge the amounts of all clues, to fit their weights on.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use wirecopy_core::align::{
    AlignOptions, AlignScratch, Aligner, AnalysedText, PairAlignment, TextView,
};
use wirecopy_detector::options::Options;
use wirecopy_detector::{Detector, Input, Role, Silent};
use wirecopy_document::date::Published;
use wirecopy_document::{DocKey, Document};
use wirecopy_findings::Relation;
use wirecopy_findings::{BoilerplateClass, ErrorRecord, Findings};
use wirecopy_lineage::provenance::{ProvenanceCue, SourceText, read};
use wirecopy_lineage::{EdgeFeature, FamilyPair, MemberFacts, edge_clues};
use wirecopy_text::TermCache;
use wirecopy_text::span::{complement, union};
use wirecopy_text::{ByteSpan, DocId};

fn main() -> Result<()> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [input, findings_path, rest @ ..] = paths.as_slice() else {
        anyhow::bail!("usage: lineage ARTICLES.jsonl|FOLDER FINDINGS.json [CLUES.jsonl]")
    };
    let (documents, findings) = detect(load(Path::new(input))?)?;
    std::fs::write(findings_path, serde_json::to_string(&findings)?)?;
    if let Some(path) = rest.first() {
        let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
        let families = Families::new(&documents, &findings)?;
        writeln!(
            file,
            "{}",
            json!({ "clues": EdgeFeature::all().map(EdgeFeature::name).collect::<Vec<_>>() })
        )?;
        for family in &findings.families {
            writeln!(file, "{}", families.clues(&family.documents))?;
        }
    }
    Ok(())
}

fn load(path: &Path) -> Result<Vec<Document>> {
    if path.is_dir() {
        let mut files: Vec<_> = std::fs::read_dir(path)?.collect::<std::io::Result<Vec<_>>>()?;
        files.sort_by_key(std::fs::DirEntry::path);
        let read = |file: std::fs::DirEntry| -> Result<Document> {
            let key = DocKey(file.file_name().to_string_lossy().into_owned());
            let text = std::fs::read_to_string(file.path())?;
            Ok(Document {
                key,
                text,
                ..Document::default()
            })
        };
        return files.into_iter().map(read).collect();
    }
    let record = |line: &str| -> Result<Document> {
        let value: Value = serde_json::from_str(line)?;
        let field = |name: &str| value[name].as_str().map(str::to_owned);
        Ok(Document {
            key: DocKey(field("id").context("a record without an id")?),
            text: field("text").unwrap_or_default(),
            title: field("title"),
            source: field("source"),
            url: field("url"),
            published: field("published"),
            ..Document::default()
        })
    };
    std::fs::read_to_string(path)?.lines().map(record).collect()
}

fn detect(documents: Vec<Document>) -> Result<(Vec<Document>, Findings)> {
    let detector = Detector::new(Options::default())?;
    let mut records = documents.into_iter().map(Ok::<Document, ErrorRecord>);
    let input = Input {
        records: &mut records,
        decode: &|document| Ok((document, ())),
        name: &mut |_, ()| Vec::new(),
        role: Role::Reported,
    };
    let (findings, run) = detector.detect(vec![input], &Silent);
    Ok((run.documents, findings))
}

/// What lineage reads from one document, taken back from the findings.
struct Member<'d> {
    document: &'d Document,
    body: Vec<ByteSpan>,
    quotes: Vec<ByteSpan>,
    chrome: Vec<ByteSpan>,
    cues: Vec<ProvenanceCue>,
    prepared: AnalysedText,
}

struct Families<'d> {
    aligner: Aligner,
    members: HashMap<&'d str, Member<'d>>,
}

impl<'d> Families<'d> {
    fn new(documents: &'d [Document], findings: &Findings) -> Result<Self> {
        let aligner = Aligner::new(AlignOptions::default())?;
        let mut members: HashMap<&str, Member<'d>> = documents
            .iter()
            .map(|d| (d.key.0.as_str(), Member::new(d)))
            .collect();
        for block in findings
            .boilerplate
            .iter()
            .filter(|b| b.class != BoilerplateClass::Stock)
        {
            let member = members
                .get_mut(block.document.as_str())
                .context("a block without document")?;
            member.chrome.push(ByteSpan {
                start: block.start,
                end: block.end,
            });
        }
        for quote in &findings.quotes {
            let member = members
                .get_mut(quote.document.as_str())
                .context("a quote without document")?;
            member.quotes.push(ByteSpan {
                start: quote.start,
                end: quote.end,
            });
        }
        for document in documents {
            if let Some(member) = members.get_mut(document.key.0.as_str()) {
                member.prepare(&aligner);
            }
        }
        Ok(Self { aligner, members })
    }

    fn clues(&self, ids: &[String]) -> Value {
        let members: Vec<&Member<'_>> = ids.iter().map(|id| &self.members[id.as_str()]).collect();
        let facts: Vec<MemberFacts<'_>> = members
            .iter()
            .enumerate()
            .map(|(i, m)| m.facts(i))
            .collect();
        let mut scratch = AlignScratch::default();
        let mut alignments: Vec<(usize, usize, PairAlignment)> = Vec::new();
        for a in 0..members.len() {
            for b in a + 1..members.len() {
                let shared =
                    self.aligner
                        .align(&members[a].prepared, &members[b].prepared, &mut scratch);
                if !shared.passages.is_empty() {
                    alignments.push((a, b, shared));
                }
            }
        }
        let pairs: Vec<FamilyPair<'_>> = alignments
            .iter()
            .map(|(a, b, alignment)| FamilyPair {
                a: *a,
                b: *b,
                relation: Relation::SharesPassages,
                alignment,
            })
            .collect();
        let edges: Vec<Value> = edge_clues(&facts, &pairs)
            .iter()
            .map(
                |e| json!({ "parent": ids[e.parent], "child": ids[e.child], "amounts": e.amounts }),
            )
            .collect();
        json!({ "members": ids, "edges": edges })
    }
}

impl<'d> Member<'d> {
    fn new(document: &'d Document) -> Self {
        let source = SourceText {
            text: &document.text,
            url: document.url.as_deref(),
            outlet: document.source.as_deref(),
        };
        Self {
            document,
            body: Vec::new(),
            quotes: Vec::new(),
            chrome: Vec::new(),
            cues: read(&source),
            prepared: AnalysedText::default(),
        }
    }

    fn prepare(&mut self, aligner: &Aligner) {
        self.chrome = union(std::mem::take(&mut self.chrome));
        self.quotes = union(std::mem::take(&mut self.quotes));
        self.body = complement(&self.chrome, self.document.text.len());
        let view = TextView {
            text: &self.document.text,
            body: &self.body,
            quotes: &self.quotes,
            language: wirecopy_document::language::detect(&self.document.text, None),
        };
        aligner.prepare(&view, &mut TermCache::default(), &mut self.prepared);
    }

    fn facts(&self, place: usize) -> MemberFacts<'_> {
        MemberFacts {
            id: DocId::new(place),
            text: &self.document.text,
            body: &self.body,
            quotes: &self.quotes,
            chrome: &self.chrome,
            outlet: self.document.source.as_deref(),
            url: self.document.url.as_deref(),
            published: self
                .document
                .published
                .as_deref()
                .and_then(Published::parse),
            cues: &self.cues,
        }
    }
}
