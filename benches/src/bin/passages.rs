//! Finds shared passages and writes them in the shape of findings, for scorers.
//!
//! `passages PATH OUT.json [name=value...]`: PATH is a folder of `.txt` files (all pairs are aligned) or a `.jsonl`
//! file with `id` and `text` (pairs by the postings). The settings of `AlignOptions` can be given as `name=value`.
//! Figures of time go to standard error.

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, bail};
use serde_json::{Value, json};
use wirecopy_core::align::{
    AlignOptions, AlignScratch, Aligner, PairAlignment, PassageKind, Prepared, TextView,
};
use wirecopy_core::candidates::{PostingCaps, Postings};
use wirecopy_core::sketch::{Fingerprinter, Fingerprints};
use wirecopy_core::span::{complement, union};
use wirecopy_core::text::WordMemo;
use wirecopy_core::{ByteSpan, DocId};

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [path, out, settings @ ..] = args.as_slice() else {
        bail!("usage: passages PATH OUT.json [name=value...]")
    };
    let mut run = Run {
        options: AlignOptions::default(),
        candidate_bits: 10.0,
    };
    settings.iter().try_for_each(|s| run.set(s))?;
    let articles = read(Path::new(path))?;
    let pairs = run.pairs(&articles, Path::new(path).is_dir())?;
    let documents: Vec<Value> = articles.iter().map(|(id, _)| json!({ "id": id })).collect();
    let findings = json!({
        "documents": documents, "pairs": pairs, "quotes": [], "boilerplate": [], "families": [],
        "lineage": { "sources": [], "edges": [], "undetermined": [] },
    });
    std::fs::write(out, serde_json::to_string(&findings)?)?;
    Ok(())
}

struct Run {
    options: AlignOptions,
    candidate_bits: f32,
}

impl Run {
    fn set(&mut self, setting: &str) -> anyhow::Result<()> {
        let (name, value) = setting.split_once('=').context("settings are name=value")?;
        let number: f32 = value.parse()?;
        let o = &mut self.options;
        match name {
            "candidate_bits" => self.candidate_bits = number,
            "min_bits" => o.min_bits = number,
            "min_bits_beside" => o.min_bits_beside = number,
            "min_quote_bits" => o.min_quote_bits = number,
            "least_seed_bits" => o.least_seed_bits = number,
            "least_bits" => o.least_bits = number,
            "soft_share" => o.soft_share = number,
            "max_points_per_concept" => o.max_points_per_concept = number as usize,
            "max_step" => o.max_step = number as u32,
            "max_back" => o.max_back = number as u32,
            "skip_cost" => o.skip_cost = number,
            "shift_cost" => o.shift_cost = number,
            "back_cost" => o.back_cost = number,
            "run_bits" => o.run_bits = number,
            "jump_cost" => o.jump_cost = number,
            "name_share" => o.name_share = number,
            "weak_near" => o.weak_near = number as u32,
            "weak_far" => o.weak_far = number as u32,
            "kin_bits" => o.kin_bits = number,
            "min_words" => o.min_words = number as usize,
            "reworded_bits" => o.reworded_bits = number,
            "merge_near" => o.merge_near = number as u32,
            "merge_far" => o.merge_far = number as u32,
            "snap" => o.snap = number as u32,
            "snap_share" => o.snap_share = number,
            other => bail!("no setting named {other}"),
        }
        Ok(())
    }

    fn pairs(&self, articles: &[(String, String)], all: bool) -> anyhow::Result<Vec<Value>> {
        let aligner = Aligner::new(self.options.clone())?;
        let started = Instant::now();
        let bodies = if all {
            whole(articles)
        } else {
            bodies(&aligner, articles)
        };
        let prepared: Vec<Prepared> = articles
            .iter()
            .zip(&bodies)
            .map(|((_, text), body)| prepare(&aligner, text, body))
            .collect();
        report("prepared", articles.len(), started);
        let started = Instant::now();
        let pairs = if all {
            every_pair(articles.len())
        } else {
            self.candidates(&prepared)
        };
        report("candidate pairs", pairs.len(), started);
        let started = Instant::now();
        let mut scratch = AlignScratch::default();
        let mut out = Vec::new();
        for &(a, b) in &pairs {
            let alignment = aligner.align(&prepared[a], &prepared[b], &mut scratch);
            if !alignment.passages.is_empty() {
                out.push(pair(&articles[a].0, &articles[b].0, &alignment));
            }
        }
        report("pairs aligned", pairs.len(), started);
        Ok(out)
    }

    fn candidates(&self, prepared: &[Prepared]) -> Vec<(usize, usize)> {
        let (mut postings, mut prints) = (Postings::default(), Fingerprints::default());
        let mut printer = Fingerprinter::default();
        for (at, document) in prepared.iter().enumerate() {
            printer.fingerprints(document, &mut prints);
            postings.push(DocId::new(at), &prints);
        }
        eprint_line(&format!("{} fingerprints", postings.len()));
        let found = postings.finish(self.candidate_bits, PostingCaps::default());
        found
            .pairs
            .iter()
            .map(|p| (p.a.index(), p.b.index()))
            .collect()
    }
}

fn every_pair(count: usize) -> Vec<(usize, usize)> {
    (0..count)
        .flat_map(|a| (a + 1..count).map(move |b| (a, b)))
        .collect()
}

fn prepare(aligner: &Aligner, text: &str, body: &[ByteSpan]) -> Prepared {
    let mut out = Prepared::default();
    aligner.prepare(
        &TextView {
            text,
            body,
            quotes: &quotes(text),
            language: wirecopy_news::language::detect(text, None),
        },
        &mut WordMemo::default(),
        &mut out,
    );
    out
}

fn whole(articles: &[(String, String)]) -> Vec<Vec<ByteSpan>> {
    articles
        .iter()
        .map(|(_, text)| vec![ByteSpan::new(0, text.len())])
        .collect()
}

/// Articles that hold one sentence from which it counts as boilerplate here: a stand-in for the real detector.
const BOILERPLATE_ARTICLES: u32 = 6;

/// The parts of each article outside sentences that several articles have (digits folded).
fn bodies(aligner: &Aligner, articles: &[(String, String)]) -> Vec<Vec<ByteSpan>> {
    let mut count: HashMap<String, (usize, u32)> = HashMap::new();
    let mut prepared = Prepared::default();
    let mut sentences: Vec<Vec<ByteSpan>> = Vec::new();
    for (at, (_, text)) in articles.iter().enumerate() {
        let body = [ByteSpan::new(0, text.len())];
        aligner.prepare(
            &TextView {
                text,
                body: &body,
                quotes: &[],
                language: wirecopy_news::language::detect(text, None),
            },
            &mut WordMemo::default(),
            &mut prepared,
        );
        for span in prepared.sentences() {
            let seen = count
                .entry(folded(span.of(text)))
                .or_insert((usize::MAX, 0));
            if seen.0 != at {
                *seen = (at, seen.1 + 1);
            }
        }
        sentences.push(prepared.sentences().to_vec());
    }
    let masked = |text: &str, spans: &[ByteSpan]| {
        let common = |s: &&ByteSpan| count[&folded(s.of(text))].1 >= BOILERPLATE_ARTICLES;
        complement(
            &union(spans.iter().filter(common).copied().collect()),
            text.len(),
        )
    };
    articles
        .iter()
        .zip(&sentences)
        .map(|((_, text), spans)| masked(text, spans))
        .collect()
}

fn folded(sentence: &str) -> String {
    sentence
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect()
}

fn pair(a: &str, b: &str, alignment: &PairAlignment) -> Value {
    let passages: Vec<Value> = alignment
        .passages
        .iter()
        .map(|p| {
            json!({
                "a": { "start": p.a.start, "end": p.a.end }, "b": { "start": p.b.start, "end": p.b.end },
                "kind": name(p.kind), "identity": p.identity, "score": p.score, "quoted": p.quoted,
            })
        })
        .collect();
    json!({
        "a": a, "b": b, "relation": "shares_passages", "passages": passages,
        "aligned_a": alignment.share_a(), "aligned_b": alignment.share_b(), "kinship": alignment.kinship,
    })
}

fn name(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Exact => "exact",
        PassageKind::Near => "near",
        PassageKind::Reworded => "reworded",
        PassageKind::QuoteVariant => "quote_variant",
    }
}

/// What stands between double or curly marks of one paragraph; good enough to measure the aligner by itself.
fn quotes(text: &str) -> Vec<ByteSpan> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let opens = !before.is_alphanumeric() && !after.is_whitespace();
        match (c, open) {
            ('\n', _) => open = None,
            ('“', _) => open = Some((at + c.len_utf8(), '”')),
            ('"', None) => open = Some((at + 1, '"')),
            ('‘', None) if opens => open = Some((at + c.len_utf8(), '’')),
            ('\'', None) if opens && after.is_alphabetic() => open = Some((at + 1, '\'')),
            ('”' | '"', Some((start, '”' | '"'))) if at > start => {
                out.push(ByteSpan::new(start, at));
                open = None;
            }
            ('’' | '\'', Some((start, '’' | '\''))) if !after.is_alphanumeric() && at > start =>
            {
                out.push(ByteSpan::new(start, at));
                open = None;
            }
            _ => {}
        }
        before = c;
    }
    out
}

fn read(path: &Path) -> anyhow::Result<Vec<(String, String)>> {
    if path.is_dir() {
        let mut files: Vec<_> = std::fs::read_dir(path)?
            .map(|e| Ok(e?.path()))
            .collect::<std::io::Result<_>>()?;
        files.sort();
        let name = |p: &Path| {
            p.file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default()
        };
        return files
            .iter()
            .map(|p| Ok((name(p), std::fs::read_to_string(p)?)))
            .collect();
    }
    let mut out = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        let field = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        out.push((field("id"), field("text")));
    }
    Ok(out)
}

fn report(what: &str, count: usize, started: Instant) {
    let seconds = started.elapsed().as_secs_f64();
    eprint_line(&format!(
        "{count} {what} in {seconds:.3} s ({:.0} a second)",
        count as f64 / seconds
    ));
}

#[expect(clippy::print_stderr, reason = "a program's report on its own run")]
fn eprint_line(line: &str) {
    eprintln!("{line}");
}
