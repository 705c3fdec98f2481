//! Measures relations and lineage by themselves: documents in, findings with pairs, families and lineage out.
//!
//! Usage: `lineage ARTICLES.jsonl|FOLDER [--clues CLUES.jsonl] > findings.json`. With `--clues` the amounts of all
//! clues of all possible edges are written too, for fitting their weights.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use wirecopy_core::align::{
    AlignOptions, AlignScratch, Aligner, Edit, EditKind, PairAlignment, Passage, PassageKind,
    Prepared, TextView,
};
use wirecopy_core::hash::combine;
use wirecopy_core::text::{Tokenizer, Tokens};
use wirecopy_core::{ByteSpan, DocId};
use wirecopy_news::family::{MemberRank, PairRelation, families};
use wirecopy_news::lineage::provenance::{ProvenanceCue, SourceText, read};
use wirecopy_news::lineage::{
    CLUES, FamilyPair, Lineage, LineageOptions, MemberFacts, Origin, Published, edge_clues, infer,
};
use wirecopy_news::relation::{PairFacts, Relation, RelationOptions, decide};

#[derive(Default)]
struct Article {
    id: String,
    text: String,
    outlet: Option<String>,
    url: Option<String>,
    published: Option<String>,
    tokens: Tokens,
    body: Vec<ByteSpan>,
    quotes: Vec<ByteSpan>,
    cues: Vec<ProvenanceCue>,
}

struct Pair {
    a: usize,
    b: usize,
    alignment: PairAlignment,
    relation: Relation,
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut articles = load(Path::new(
        args.first().context("usage: lineage PATH [--clues FILE]")?,
    ))?;
    articles.iter_mut().for_each(prepare);
    let pairs = pairs(&articles);
    let ranks: Vec<MemberRank> = articles
        .iter()
        .map(|a| MemberRank {
            body_tokens: a.tokens.len() as u32,
            published: None,
        })
        .collect();
    let relations: Vec<PairRelation> = pairs
        .iter()
        .map(|p| PairRelation {
            a: DocId::new(p.a),
            b: DocId::new(p.b),
            relation: p.relation,
        })
        .collect();
    let found = families(&ranks, &relations);
    let mut groups: Vec<Vec<usize>> = found
        .iter()
        .map(|f| f.members.iter().map(|d| d.index()).collect())
        .collect();
    let mut alone = vec![true; articles.len()];
    groups.iter().flatten().for_each(|&m| alone[m] = false);
    groups.extend((0..articles.len()).filter(|&i| alone[i]).map(|i| vec![i]));
    let mut records = Records::default();
    let mut clues = Vec::new();
    for group in &groups {
        let members: Vec<MemberFacts<'_>> = group.iter().map(|&i| facts(&articles, i)).collect();
        let inside = inside(group, &pairs);
        records.add(
            &articles,
            &infer(&members, &inside, &LineageOptions::default()),
        );
        if group.len() > 1 {
            let edges: Vec<Value> = edge_clues(&members, &inside)
                .iter()
                .map(|e| json!({"parent": articles[group[e.parent]].id, "child": articles[group[e.child]].id,
                    "sites": e.dbg, "amounts": e.amounts}))
                .collect();
            clues.push(json!({"members": group.iter().map(|&i| &articles[i].id).collect::<Vec<_>>(), "edges": edges}));
        }
    }
    if let Some(at) = args.iter().position(|a| a == "--clues") {
        let mut file = std::fs::File::create(args.get(at + 1).context("--clues FILE")?)?;
        writeln!(file, "{}", json!({"clues": CLUES, "families": clues}))?;
    }
    let families: Vec<Value> = found
        .iter()
        .map(|f| json!({"documents": f.members.iter().map(|d| &articles[d.index()].id).collect::<Vec<_>>()}))
        .collect();
    let pairs: Vec<Value> = pairs
        .iter()
        .map(|p| {
            json!({"a": articles[p.a].id, "b": articles[p.b].id, "relation": name(p.relation),
                "aligned_a": p.alignment.share_a(), "aligned_b": p.alignment.share_b(), "passages": []})
        })
        .collect();
    let out = json!({"families": families, "pairs": pairs, "lineage": records.into_json()});
    writeln!(std::io::stdout(), "{out}")?;
    Ok(())
}

fn name(relation: Relation) -> &'static str {
    match relation {
        Relation::Update => "update",
        Relation::Identical => "identical",
        Relation::NearDuplicate => "near_duplicate",
        Relation::Contains { .. } => "contains",
        Relation::SharesPassages => "shares_passages",
        Relation::SharesQuotes => "shares_quotes",
        Relation::SharesBoilerplate => "shares_boilerplate",
        Relation::None => "none",
    }
}

#[derive(Default)]
struct Records {
    sources: Vec<Value>,
    names: HashMap<String, String>,
    edges: Vec<Value>,
    undetermined: Vec<Value>,
}

impl Records {
    fn add(&mut self, articles: &[Article], lineage: &Lineage) {
        let id = |d: DocId| &articles[d.index()].id;
        let sources: Vec<String> = lineage
            .sources
            .iter()
            .map(|s| self.source(s.name.as_deref()))
            .collect();
        for edge in &lineage.edges {
            let from = match edge.from {
                Origin::Article(d) => id(d).clone(),
                Origin::Source(s) => sources[s].clone(),
            };
            let evidence: Vec<Value> = edge
                .evidence
                .iter()
                .map(|e| {
                    json!({"cue": e.cue, "document": id(e.document), "start": e.span.start, "end": e.span.end,
                        "text": e.span.of(&articles[e.document.index()].text), "weight": e.weight})
                })
                .collect();
            self.edges.push(json!({"from": from, "to": id(edge.to), "relation": edge.relation,
                "probability": edge.probability, "direction_probability": edge.direction_probability,
                "share": edge.share, "evidence": evidence}));
        }
        for u in &lineage.undetermined {
            self.undetermined.push(json!({"a": id(u.a), "b": id(u.b),
                "copy_probability": u.copy_probability, "a_to_b": u.a_to_b}));
        }
    }

    fn source(&mut self, name: Option<&str>) -> String {
        if let Some(known) = name.and_then(|name| self.names.get(name)) {
            return known.clone();
        }
        let id = format!("S{}", self.sources.len() + 1);
        let kind = if name.is_some() { "named" } else { "inferred" };
        self.sources
            .push(json!({"id": id, "name": name, "kind": kind}));
        if let Some(name) = name {
            self.names.insert(name.to_owned(), id.clone());
        }
        id
    }

    fn into_json(self) -> Value {
        json!({"sources": self.sources, "edges": self.edges, "undetermined": self.undetermined})
    }
}

fn facts(articles: &[Article], at: usize) -> MemberFacts<'_> {
    let article = &articles[at];
    MemberFacts {
        id: DocId::new(at),
        text: &article.text,
        body: &article.body,
        quotes: &article.quotes,
        chrome: &[],
        outlet: article.outlet.as_deref(),
        url: article.url.as_deref(),
        published: article.published.as_deref().and_then(Published::parse),
        cues: &article.cues,
    }
}

fn inside<'p>(group: &[usize], pairs: &'p [Pair]) -> Vec<FamilyPair<'p>> {
    let place = |doc: usize| group.binary_search(&doc).ok();
    let pair = |p: &'p Pair| {
        let (a, b) = (place(p.a)?, place(p.b)?);
        p.relation.joins_family().then_some(FamilyPair {
            a,
            b,
            relation: p.relation,
            alignment: &p.alignment,
        })
    };
    pairs.iter().filter_map(pair).collect()
}

// ---- input

fn load(path: &Path) -> Result<Vec<Article>> {
    if path.is_dir() {
        let mut files: Vec<_> = std::fs::read_dir(path)?.collect::<std::io::Result<Vec<_>>>()?;
        files.sort_by_key(std::fs::DirEntry::path);
        let read = |file: std::fs::DirEntry| -> Result<Article> {
            let id = file.file_name().to_string_lossy().into_owned();
            Ok(Article {
                id,
                text: std::fs::read_to_string(file.path())?,
                ..Article::default()
            })
        };
        return files.into_iter().map(read).collect();
    }
    let record = |line: &str| -> Result<Article> {
        let value: Value = serde_json::from_str(line)?;
        let field = |name: &str| value[name].as_str().map(str::to_owned);
        Ok(Article {
            id: field("id").context("id")?,
            text: field("text").unwrap_or_default(),
            outlet: field("source"),
            url: field("url"),
            published: field("published"),
            ..Article::default()
        })
    };
    std::fs::read_to_string(path)?.lines().map(record).collect()
}

fn prepare(article: &mut Article) {
    article.body = vec![ByteSpan::new(0, article.text.len())];
    Tokenizer::default().tokenize(&article.text, &mut article.tokens);
    article.quotes = quotes(&article.text);
    article.cues = read(&SourceText {
        text: &article.text,
        url: article.url.as_deref(),
        outlet: article.outlet.as_deref(),
    });
}

/// Spans between double quotation marks, within a paragraph.
fn quotes(text: &str) -> Vec<ByteSpan> {
    let (mut out, mut open) = (Vec::new(), None);
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('\n', _) => open = None,
            ('“' | '"', None) => open = Some(at + c.len_utf8()),
            ('”' | '"', Some(start)) => {
                out.push(ByteSpan::new(start, at));
                open = None;
            }
            _ => {}
        }
    }
    out
}

// ---- a plain aligner: runs of equal words, seeded by word 4-grams, joined to passages

const SEED_WORDS: usize = 4;
const MIN_SHARED_SEEDS: u32 = 6;
const MAX_GAP_WORDS: usize = 30;

fn grams(tokens: &Tokens) -> Vec<u64> {
    tokens
        .hashes()
        .windows(SEED_WORDS)
        .map(|w| w.iter().fold(0, |h, &t| combine(h, t)))
        .collect()
}

fn pairs(articles: &[Article]) -> Vec<Pair> {
    let seeds: Vec<Vec<u64>> = articles.iter().map(|a| grams(&a.tokens)).collect();
    let mut postings: HashMap<u64, Vec<u32>> = HashMap::new();
    for (doc, seeds) in seeds.iter().enumerate() {
        for &seed in seeds {
            let list = postings.entry(seed).or_default();
            if list.last() != Some(&(doc as u32)) {
                list.push(doc as u32);
            }
        }
    }
    let mut shared: HashMap<(u32, u32), u32> = HashMap::new();
    for list in postings.values().filter(|list| list.len() <= 40) {
        for (i, &a) in list.iter().enumerate() {
            for &b in &list[i + 1..] {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    let mut candidates: Vec<(u32, u32)> = shared
        .into_iter()
        .filter(|&(_, n)| n >= MIN_SHARED_SEEDS)
        .map(|(p, _)| p)
        .collect();
    candidates.sort_unstable();
    let aligner = Aligner::new(AlignOptions::default()).expect("defaults are in range");
    let prepared: Vec<Prepared> = articles
        .iter()
        .map(|article| {
            let mut out = Prepared::default();
            let view = TextView {
                text: &article.text,
                body: &article.body,
                quotes: &article.quotes,
            };
            aligner.prepare(&view, &mut out);
            out
        })
        .collect();
    let mut scratch = AlignScratch::default();
    let plain = std::env::var_os("PLAIN").is_some();
    candidates
        .into_iter()
        .map(|(a, b)| {
            let (a, b) = (a as usize, b as usize);
            let alignment = if plain {
                align(&articles[a], &articles[b], (&seeds[a], &seeds[b]))
            } else {
                aligner.align(&prepared[a], &prepared[b], &mut scratch)
            };
            let relation = relate(articles, (a, b), &alignment);
            Pair {
                a,
                b,
                alignment,
                relation,
            }
        })
        .collect()
}

fn relate(articles: &[Article], (a, b): (usize, usize), alignment: &PairAlignment) -> Relation {
    let facts = PairFacts {
        a: DocId::new(a),
        b: DocId::new(b),
        alignment,
        quoted_a: &articles[a].quotes,
        quoted_b: &articles[b].quotes,
        identical_bodies: articles[a].tokens.hashes() == articles[b].tokens.hashes(),
        same_story_of_one_outlet: false,
        shared_boilerplate: false,
    };
    decide(&facts, &RelationOptions::default())
}

/// Runs `(place in a, place in b, words)`, one to one, longest first.
fn runs(a: &Tokens, b: &Tokens, seeds: (&[u64], &[u64])) -> Vec<(usize, usize, usize)> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (i, &seed) in seeds.1.iter().enumerate() {
        places.entry(seed).or_default().push(i);
    }
    let mut found = Vec::new();
    for (i, seed) in seeds.0.iter().enumerate() {
        for &j in places.get(seed).into_iter().flatten().take(20) {
            if i > 0 && j > 0 && a.hashes()[i - 1] == b.hashes()[j - 1] {
                continue;
            }
            let same = a.hashes()[i..]
                .iter()
                .zip(&b.hashes()[j..])
                .take_while(|(x, y)| x == y)
                .count();
            found.push((i, j, same));
        }
    }
    found.sort_by_key(|&(i, j, n)| (std::cmp::Reverse(n), i.abs_diff(j), i, j));
    let (mut used_a, mut used_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut kept = Vec::new();
    for (i, j, n) in found {
        let mut at = 0;
        while at < n {
            let free = |k: usize| !used_a[i + k] && !used_b[j + k];
            let first = (at..n).find(|&k| free(k)).unwrap_or(n);
            let last = (first..n).find(|&k| !free(k)).unwrap_or(n);
            if last - first >= SEED_WORDS {
                used_a[i + first..i + last].fill(true);
                used_b[j + first..j + last].fill(true);
                kept.push((i + first, j + first, last - first));
            }
            at = last.max(first + 1);
        }
    }
    kept.sort_unstable();
    kept
}

/// Runs that follow each other closely on both sides are one passage; short runs between them are added.
fn align(a: &Article, b: &Article, seeds: (&[u64], &[u64])) -> PairAlignment {
    let runs = runs(&a.tokens, &b.tokens, seeds);
    let mut out = PairAlignment {
        tokens_a: a.tokens.len() as u32,
        tokens_b: b.tokens.len() as u32,
        ..PairAlignment::default()
    };
    let mut at = 0;
    while at < runs.len() {
        let mut chain = vec![runs[at]];
        at += 1;
        while let Some(&(i, j, n)) = runs.get(at) {
            let &(pi, pj, pn) = chain.last().expect("a chain has a run");
            if j < pj + pn
                || i < pi + pn
                || i - (pi + pn) > MAX_GAP_WORDS
                || j - (pj + pn) > MAX_GAP_WORDS
            {
                break;
            }
            fill(
                (pi + pn, i),
                (pj + pn, j),
                (&a.tokens, &b.tokens),
                &mut chain,
            );
            chain.push((i, j, n));
            at += 1;
        }
        out.aligned += chain.iter().map(|r| r.2 as u32).sum::<u32>();
        out.passages.push(passage(&a.tokens, &b.tokens, &chain));
    }
    out.aligned_unquoted = out.aligned;
    out
}

/// Longest common subsequence of a gap.
fn fill(
    gap_a: (usize, usize),
    gap_b: (usize, usize),
    tokens: (&Tokens, &Tokens),
    chain: &mut Vec<(usize, usize, usize)>,
) {
    let x = &tokens.0.hashes()[gap_a.0..gap_a.1];
    let y = &tokens.1.hashes()[gap_b.0..gap_b.1];
    let width = y.len() + 1;
    let mut table = vec![0_u32; (x.len() + 1) * width];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            table[i * width + j] = if x[i] == y[j] {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < x.len() && j < y.len() {
        if x[i] == y[j] {
            let (ai, bj) = (gap_a.0 + i, gap_b.0 + j);
            match chain.last_mut() {
                Some(last) if last.0 + last.2 == ai && last.1 + last.2 == bj => last.2 += 1,
                _ => chain.push((ai, bj, 1)),
            }
            i += 1;
            j += 1;
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

fn passage(a: &Tokens, b: &Tokens, chain: &[(usize, usize, usize)]) -> Passage {
    let span = |tokens: &Tokens, from: usize, to: usize| {
        if from < to {
            tokens.spans()[from].cover(tokens.spans()[to - 1])
        } else {
            ByteSpan::default()
        }
    };
    let mut edits: Vec<Edit> = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    for &(i, j, n) in chain {
        if let Some((pi, pj)) = before {
            let words = (i - pi).max(j - pj) as u32;
            if words > 0 {
                let kind = match (i > pi, j > pj) {
                    (true, true) => EditKind::Changed,
                    (true, false) => EditKind::Cut,
                    _ => EditKind::Added,
                };
                edits.push(Edit {
                    kind,
                    a: span(a, pi, i),
                    b: span(b, pj, j),
                    words,
                });
            }
        }
        edits.push(Edit {
            kind: EditKind::Kept,
            a: span(a, i, i + n),
            b: span(b, j, j + n),
            words: n as u32,
        });
        before = Some((i + n, j + n));
    }
    let (first, last) = (chain[0], chain[chain.len() - 1]);
    let kept: usize = chain.iter().map(|r| r.2).sum();
    Passage {
        a: span(a, first.0, last.0 + last.2),
        b: span(b, first.1, last.1 + last.2),
        kind: PassageKind::Near,
        identity: 1.0,
        score: kept as f64,
        quoted: 0.0,
        aligned_unquoted: kept as u32,
        edits,
    }
}
