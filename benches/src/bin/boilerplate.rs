//! Measures boilerplate marking on files that are given as arguments.
//!
//! ```text
//! boilerplate mark PATH [--single]      findings-shaped JSON on standard output (folder of .txt, or JSONL)
//! boilerplate lines PATH                one JSON object a marked span: id, source, class, type, p, text, evidence
//! boilerplate recall PATH               recall on lines that recur in five or more stories of a source, by source
//! boilerplate labelled PATH             character precision, recall and loss on labelled records, single document; classes and types
//! boilerplate speed PATH                MB/s of one core, three runs
//! boilerplate features PATH             what the fitted model sees of each unit, with labels: input of scripts/fit-boilerplate
//! boilerplate reliability PATH          probabilities against labelled records, by bins, and the expected error
//! boilerplate body PATH                 share of the article's own bytes that are marked, by the stand-in below
//! ```
//!
//! JSONL records have `id`, `text` and, where known, `title`, `url`, `source`; labelled ones have `marks`, a list of
//! `{start, end, class}`. `--part fit|test` takes the sources of one half, by a hash of their name. Stories are taken from a stand-in: documents that share a line of 120 bytes or more which
//! stands in at most 20 documents, or a title.

use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use wirecopy_boilerplate::{
    BoilerplateBlock, BoilerplateClass, CorpusCounts, CorpusMember, CueRecord, LineColumns,
    classify_in_corpus, classify_single, measure_units, probabilities,
};
use wirecopy_document::site::site_of;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [verb, path, rest @ ..] = &args[..] else {
        bail!("usage: boilerplate VERB PATH [--single]")
    };
    let mut records = read(Path::new(path))?;
    if let Some(at) = rest.iter().position(|arg| arg == "--part") {
        let part = rest.get(at + 1).context("--part fit|test")?;
        records.retain(|record| part_of(record) == part);
    }
    let mut out = std::io::stdout().lock();
    let single = rest.iter().any(|arg| arg == "--single");
    let marks = || {
        if single {
            mark_singly(&records)
        } else {
            mark_in_corpus(&records)
        }
    };
    match verb.as_str() {
        "mark" => writeln!(out, "{}", findings(&records, &marks()))?,
        "lines" => write_lines(&mut out, &records, &marks())?,
        "recall" => write_recall(&mut out, &records, &marks())?,
        "labelled" => write_labelled(&mut out, &records)?,
        "speed" => write_speed(&mut out, &records)?,
        "features" => write_features(&mut out, &records)?,
        "reliability" => write_reliability(&mut out, &records)?,
        "body" => write_body(&mut out, &records, &marks())?,
        _ => bail!("unknown verb {verb}"),
    }
    Ok(())
}

#[derive(Default)]
struct Record {
    id: String,
    text: String,
    title: Option<String>,
    site: Option<String>,
    marks: Vec<(usize, usize, String)>,
    /// Types of the marks where the labels name them, in the order of `marks`.
    types: Vec<Option<String>>,
    group: String,
}

fn read(path: &Path) -> Result<Vec<Record>> {
    if path.is_dir() {
        let mut files: Vec<_> = std::fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        files.sort();
        let record = |file: &std::path::PathBuf| -> Result<Record> {
            let id = file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            Ok(Record {
                id,
                text: std::fs::read_to_string(file)?,
                ..Record::default()
            })
        };
        return files.iter().map(record).collect();
    }
    let content = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    content
        .lines()
        .map(|line| Ok(record_of(&serde_json::from_str(line)?)))
        .collect()
}

fn record_of(value: &Value) -> Record {
    let field = |name: &str| value[name].as_str().map(str::to_owned);
    let mark = |mark: &Value| {
        let number = |name: &str| mark[name].as_u64().unwrap_or(0) as usize;
        (
            number("start"),
            number("end"),
            mark["class"].as_str().unwrap_or("").to_owned(),
        )
    };
    Record {
        id: field("id").unwrap_or_default(),
        text: field("text").unwrap_or_default(),
        title: field("title"),
        site: site_of(None, field("source").as_deref(), None)
            .or_else(|| site_of(field("url").as_deref(), None, None)),
        marks: value["marks"]
            .as_array()
            .map(|marks| marks.iter().map(mark).collect())
            .unwrap_or_default(),
        types: value["marks"]
            .as_array()
            .map(|marks| {
                marks
                    .iter()
                    .map(|mark| mark["type"].as_str().map(str::to_owned))
                    .collect()
            })
            .unwrap_or_default(),
        group: field("language").unwrap_or_default(),
    }
}

/// The half that a record's source belongs to: by the parity of the sum of the bytes' products with their places.
fn part_of(record: &Record) -> &'static str {
    let name = record.site.as_deref().unwrap_or(&record.id);
    let sum: usize = (1..)
        .zip(name.bytes())
        .map(|(place, byte)| place * usize::from(byte))
        .sum();
    if (sum % 7).is_multiple_of(2) {
        "fit"
    } else {
        "test"
    }
}

fn mark_singly(records: &[Record]) -> Vec<Vec<BoilerplateBlock>> {
    records
        .iter()
        .map(|record| classify_single(&record.text, record.title.as_deref(), None))
        .collect()
}

fn mark_in_corpus(records: &[Record]) -> Vec<Vec<BoilerplateBlock>> {
    let stories = stand_in_stories(records);
    let columns: Vec<_> = records
        .iter()
        .map(|record| LineColumns::of(&record.text, record.title.as_deref()))
        .collect();
    let members: Vec<_> = records
        .iter()
        .zip(&columns)
        .zip(&stories)
        .map(|((record, columns), &story)| CorpusMember {
            columns,
            story,
            site: record.site.as_deref(),
        })
        .collect();
    let counts = CorpusCounts::build(&members);
    let mark = |(record, &story): (&Record, &u32)| {
        classify_in_corpus(
            &record.text,
            record.title.as_deref(),
            &counts,
            (story, record.site.as_deref()),
        )
    };
    records.iter().zip(&stories).map(mark).collect()
}

/// Joins documents that share a long line of few documents, or a title.
fn stand_in_stories(records: &[Record]) -> Vec<u32> {
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, record) in records.iter().enumerate() {
        let long = record
            .text
            .lines()
            .map(str::trim)
            .filter(|line| line.len() >= 120);
        long.chain(record.title.as_deref())
            .for_each(|line| holders.entry(line).or_default().push(number));
    }
    let mut parent: Vec<usize> = (0..records.len()).collect();
    for group in holders.values().filter(|group| group.len() <= 20) {
        for pair in group.windows(2) {
            let (a, b) = (root(&mut parent, pair[0]), root(&mut parent, pair[1]));
            parent[a.max(b)] = a.min(b);
        }
    }
    (0..records.len())
        .map(|number| root(&mut parent, number) as u32)
        .collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

fn findings(records: &[Record], marks: &[Vec<BoilerplateBlock>]) -> Value {
    let rows = records.iter().zip(marks).flat_map(|(record, blocks)| {
        blocks.iter().map(|block| {
            let cue = |cue: &CueRecord| json!({"cue": cue.cue, "weight": cue.weight});
            let evidence: Vec<Value> = block.evidence.iter().map(cue).collect();
            json!({"document": record.id, "start": block.span.start, "end": block.span.end, "type": block.kind,
                   "class": block.class, "probability": block.probability, "evidence": evidence})
        })
    });
    json!({"schema": "wirecopy.findings/1", "boilerplate": rows.collect::<Vec<_>>()})
}

fn write_lines(
    out: &mut impl std::io::Write,
    records: &[Record],
    marks: &[Vec<BoilerplateBlock>],
) -> Result<()> {
    for (record, blocks) in records.iter().zip(marks) {
        for block in blocks {
            let evidence: Vec<_> = block
                .evidence
                .iter()
                .map(|cue| json!([cue.cue, cue.weight]))
                .collect();
            let row = json!({"id": record.id, "source": record.site, "class": block.class, "type": block.kind, "bytes": block.span.len(),
                             "p": (block.probability * 1000.0).round() / 1000.0, "text": block.span.of(&record.text), "evidence": evidence});
            writeln!(out, "{row}")?;
        }
    }
    let bytes: usize = records.iter().map(|record| record.text.len()).sum();
    let of = |class| -> usize {
        let blocks = marks.iter().flatten().filter(|block| block.class == class);
        blocks.map(|block| block.span.len()).sum()
    };
    for class in [
        BoilerplateClass::Chrome,
        BoilerplateClass::Caption,
        BoilerplateClass::Provenance,
        BoilerplateClass::Stock,
    ] {
        writeln!(
            out,
            "{}",
            json!({"total": class, "share_percent": 100.0 * of(class) as f64 / bytes as f64})
        )?;
    }
    Ok(())
}

/// A template: a line, digits folded and case ignored, in at least five stories of one source. Recalled: an occurrence
/// of which at least nine tenths of the bytes are marked, in any class.
fn write_recall(
    out: &mut impl std::io::Write,
    records: &[Record],
    marks: &[Vec<BoilerplateBlock>],
) -> Result<()> {
    let stories = stand_in_stories(records);
    let mut seen: HashMap<(String, String), Vec<u32>> = HashMap::new();
    for (record, &story) in records.iter().zip(&stories) {
        for (_, line) in lines_of(&record.text) {
            seen.entry((record.site.clone().unwrap_or_default(), folded(line)))
                .or_default()
                .push(story);
        }
    }
    let recurs = |stories: &mut Vec<u32>| {
        stories.sort_unstable();
        stories.dedup();
        stories.len() >= 5
    };
    seen.retain(|_, stories| recurs(stories));
    let mut table: BTreeMap<String, (usize, usize, BTreeMap<String, usize>)> = BTreeMap::new();
    for (record, blocks) in records.iter().zip(marks) {
        let site = record.site.clone().unwrap_or_default();
        for (start, line) in lines_of(&record.text) {
            if !seen.contains_key(&(site.clone(), folded(line))) {
                continue;
            }
            let row = table.entry(site.clone()).or_default();
            row.1 += 1;
            if covered(blocks, start, start + line.len()) * 10 >= line.len() * 9 {
                row.0 += 1;
            } else {
                *row.2.entry(folded(line)).or_default() += 1;
            }
        }
    }
    let (mut hit, mut all) = (0, 0);
    for (site, (found, total, missed)) in &table {
        writeln!(
            out,
            "{site:30} {found:5} of {total:5} = {:.3}",
            *found as f64 / *total as f64
        )?;
        missed.iter().for_each(|(line, count)| {
            _ = writeln!(
                out,
                "      missed {count:4} {}",
                line.chars().take(140).collect::<String>()
            )
        });
        hit += found;
        all += total;
    }
    writeln!(out, "all {hit} of {all} = {:.4}", hit as f64 / all as f64)?;
    Ok(())
}

fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text
        .split('\n')
        .map(str::trim)
        .filter(|line| line.chars().any(char::is_alphanumeric));
    lines.map(|line| (line.as_ptr() as usize - text.as_ptr() as usize, line))
}

fn folded(line: &str) -> String {
    let mut out = String::new();
    for c in line.chars().flat_map(char::to_lowercase) {
        let c = if c.is_ascii_digit() { '0' } else { c };
        if !(c == '0' && out.ends_with('0')) {
            out.push(c);
        }
    }
    out
}

fn covered(blocks: &[BoilerplateBlock], start: usize, end: usize) -> usize {
    let part = |block: &BoilerplateBlock| {
        (block.span.end as usize)
            .min(end)
            .saturating_sub((block.span.start as usize).max(start))
    };
    blocks.iter().map(part).sum()
}

/// Counts over letters and digits, so that spaces and rules between blocks count for nobody.
#[derive(Default)]
struct Score {
    true_marked: usize,
    false_marked: usize,
    missed: usize,
    body: usize,
    class_right: usize,
    typed: usize,
    type_right: usize,
}

fn write_labelled(out: &mut impl std::io::Write, records: &[Record]) -> Result<()> {
    let mut table: BTreeMap<String, Score> = BTreeMap::new();
    for record in records {
        let blocks = classify_single(&record.text, record.title.as_deref(), None);
        for name in ["all", &record.group] {
            score_record(record, &blocks, table.entry(name.to_owned()).or_default());
        }
        if std::env::var_os("SHOW_ERRORS").is_some() {
            show_errors(out, record, &blocks)?;
        }
    }
    for (name, score) in &table {
        let marked = (score.true_marked + score.false_marked).max(1) as f64;
        let wanted = (score.true_marked + score.missed).max(1) as f64;
        let (p, r) = (
            score.true_marked as f64 / marked,
            score.true_marked as f64 / wanted,
        );
        let loss = 100.0 * score.false_marked as f64 / score.body.max(1) as f64;
        let class = score.class_right as f64 / score.true_marked.max(1) as f64;
        writeln!(
            out,
            "{name:6} P {p:.3} R {r:.3} F1 {:.3}  article lost {loss:.2} %  class right {class:.3}{}",
            2.0 * p * r / (p + r),
            match score.typed {
                0 => String::new(),
                typed => format!("  type right {:.3}", score.type_right as f64 / typed as f64),
            }
        )?;
    }
    Ok(())
}

fn class_name(class: BoilerplateClass) -> &'static str {
    match class {
        BoilerplateClass::Chrome => "chrome",
        BoilerplateClass::Caption => "caption",
        BoilerplateClass::Provenance => "provenance",
        BoilerplateClass::Stock => "stock",
    }
}

fn score_record(record: &Record, blocks: &[BoilerplateBlock], score: &mut Score) {
    for (at, c) in record
        .text
        .char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
    {
        let _ = c;
        let gold = record
            .marks
            .iter()
            .zip(&record.types)
            .find(|((start, end, _), _)| (*start..*end).contains(&at));
        let found = blocks.iter().find(|block| block.span.range().contains(&at));
        match (gold, found) {
            (Some(((_, _, class), kind)), Some(block)) => {
                score.true_marked += 1;
                score.class_right += usize::from(class_name(block.class) == class);
                if let Some(kind) = kind {
                    score.typed += 1;
                    score.type_right += usize::from(json!(block.kind) == json!(kind));
                }
            }
            (Some(_), None) => score.missed += 1,
            (None, Some(_)) => score.false_marked += 1,
            (None, None) => {}
        }
        score.body += usize::from(gold.is_none());
    }
}

fn show_errors(
    out: &mut impl std::io::Write,
    record: &Record,
    blocks: &[BoilerplateBlock],
) -> Result<()> {
    for (start, end, class) in &record.marks {
        if covered(blocks, *start, *end) * 2 < end - start {
            writeln!(
                out,
                "missed {class:10} {}: {}",
                record.id,
                record.text.get(*start..*end).unwrap_or_default()
            )?;
        }
    }
    for block in blocks {
        let (start, end) = (block.span.start as usize, block.span.end as usize);
        let inside: usize = record
            .marks
            .iter()
            .map(|(s, e, _)| (*e).min(end).saturating_sub((*s).max(start)))
            .sum();
        if inside * 2 < end - start {
            writeln!(
                out,
                "false  {:10} {}: {} {:?}",
                class_name(block.class),
                record.id,
                block.span.of(&record.text),
                block.evidence
            )?;
        }
    }
    Ok(())
}

/// A unit in doubt: 1 boilerplate, 0 article text, -1 unknown; -2 is a paragraph beyond doubt. Without marks, labels come
/// from the collection: a line that several stories of its source carry is boilerplate, one that is marked for other
/// reasons alone is unknown.
fn write_features(out: &mut impl std::io::Write, records: &[Record]) -> Result<()> {
    let labelled = records.iter().any(|record| !record.marks.is_empty());
    let marks = if labelled {
        Vec::new()
    } else {
        mark_in_corpus(records)
    };
    for (at, record) in records.iter().enumerate() {
        for unit in measure_units(&record.text, record.title.as_deref()) {
            let label = if unit.features.is_empty() {
                -2
            } else if labelled {
                i32::from(gold_share(record, unit.span.range()) > 0.5)
            } else {
                silver_label(&marks[at], unit.span.range())
            };
            write!(out, "{}\t{}\t{label}\t", record.id, part_of(record))?;
            let values: Vec<String> = unit
                .features
                .iter()
                .map(|(_, value)| value.to_string())
                .collect();
            writeln!(out, "{}", values.join(" "))?;
        }
    }
    Ok(())
}

/// Share of the letters and digits of `range` that the labels name.
fn gold_share(record: &Record, range: std::ops::Range<usize>) -> f64 {
    let marked = |at: usize| {
        record
            .marks
            .iter()
            .any(|(start, end, _)| (*start..*end).contains(&at))
    };
    let letters = record
        .text
        .get(range.clone())
        .unwrap_or_default()
        .char_indices()
        .filter(|(_, c)| c.is_alphanumeric());
    let (mut hit, mut all) = (0, 0);
    for (at, _) in letters {
        all += 1;
        hit += usize::from(marked(range.start + at));
    }
    f64::from(hit as u32) / f64::from(all.max(1) as u32)
}

fn silver_label(blocks: &[BoilerplateBlock], range: std::ops::Range<usize>) -> i32 {
    let over = |block: &&BoilerplateBlock| {
        (block.span.start as usize) < range.end && range.start < block.span.end as usize
    };
    let recurs = |block: &BoilerplateBlock| {
        block
            .evidence
            .iter()
            .any(|cue| cue.cue.starts_with("corpus:") && cue.weight >= 4.0)
    };
    match blocks.iter().find(over) {
        None => 0,
        Some(block) if recurs(block) => 1,
        Some(_) => -1,
    }
}

/// Bins of probability against the share of labelled units that are boilerplate, and the expected calibration error:
/// the mean distance of the two, weighted by units.
fn write_reliability(out: &mut impl std::io::Write, records: &[Record]) -> Result<()> {
    let mut bins = [(0usize, 0.0, 0.0); 10];
    for record in records {
        for unit in probabilities(&record.text, record.title.as_deref()) {
            let (span, probability) = unit;
            let bin = &mut bins[((probability * 10.0) as usize).min(9)];
            bin.0 += 1;
            bin.1 += probability;
            bin.2 += f64::from(u8::from(gold_share(record, span.range()) > 0.5));
        }
    }
    let total: usize = bins.iter().map(|bin| bin.0).sum();
    let mut error = 0.0;
    for (at, (units, said, true_share)) in bins.iter().enumerate() {
        let count = (*units).max(1) as f64;
        error += (said - true_share).abs() / total.max(1) as f64;
        writeln!(
            out,
            ".{at} to .{}: {units:6} units, said {:.3}, boilerplate {:.3}",
            at + 1,
            said / count,
            true_share / count
        )?;
    }
    writeln!(
        out,
        "expected calibration error {error:.4} over {total} units"
    )?;
    Ok(())
}

/// Share of body bytes that are marked. Body is what the collection cannot know as boilerplate: lines of 80 bytes or more
/// that end a sentence and stand in one story only. Lists of links glued to a name within such a line are told apart:
/// they are boilerplate, and the stand-in cannot know it.
fn write_body(
    out: &mut impl std::io::Write,
    records: &[Record],
    marks: &[Vec<BoilerplateBlock>],
) -> Result<()> {
    let stories = stand_in_stories(records);
    let mut seen: HashMap<&str, Option<u32>> = HashMap::new();
    for (record, &story) in records.iter().zip(&stories) {
        for (_, line) in lines_of(&record.text) {
            let owner = seen.entry(line).or_insert(Some(story));
            *owner = owner.filter(|owner| *owner == story);
        }
    }
    let recurring = recurring_marks(records, marks, &stories);
    let is_body = |line: &str| {
        line.len() >= 80 && line.ends_with(['.', '”', '"', '?']) && seen[line].is_some()
    };
    let (mut all, mut lost) = (0, BTreeMap::<&str, usize>::new());
    for (record, blocks) in records.iter().zip(marks) {
        for (start, line) in lines_of(&record.text).filter(|(_, line)| is_body(line)) {
            all += line.len();
            for block in blocks {
                let marked = block.span.of(&record.text).trim();
                if recurring.contains(marked) {
                    continue;
                }
                let part = covered(std::slice::from_ref(block), start, start + line.len());
                let glued = block
                    .evidence
                    .iter()
                    .any(|cue| cue.cue == "shape:links glued to a name");
                let name = if glued {
                    "glued links"
                } else {
                    class_name(block.class)
                };
                *lost.entry(name).or_default() += part;
            }
        }
    }
    for (class, bytes) in &lost {
        writeln!(
            out,
            "{class:11} {bytes:8} of {all} bytes of body lines = {:.4} %",
            100.0 * *bytes as f64 / all as f64
        )?;
    }
    Ok(())
}

/// Marked texts that stand in several stories: sentences of boilerplate within lines that are otherwise the article's.
fn recurring_marks<'a>(
    records: &'a [Record],
    marks: &[Vec<BoilerplateBlock>],
    stories: &[u32],
) -> std::collections::HashSet<&'a str> {
    let mut owners: HashMap<&str, Option<u32>> = HashMap::new();
    for ((record, blocks), &story) in records.iter().zip(marks).zip(stories) {
        for block in blocks {
            let owner = owners
                .entry(block.span.of(&record.text).trim())
                .or_insert(Some(story));
            *owner = owner.filter(|owner| *owner == story);
        }
    }
    owners
        .into_iter()
        .filter(|(_, owner)| owner.is_none())
        .map(|(text, _)| text)
        .collect()
}

/// Processor time of this thread in seconds where the system tells (Linux), else wall time: other work on the machine
/// must not count.
fn seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = stat
        .split(' ')
        .next()
        .and_then(|field| field.parse::<f64>().ok());
    let wall = || {
        std::time::SystemTime::UNIX_EPOCH
            .elapsed()
            .map_or(0.0, |time| time.as_secs_f64())
    };
    nanos.map_or_else(wall, |nanos| nanos / 1e9)
}

fn write_speed(out: &mut impl std::io::Write, records: &[Record]) -> Result<()> {
    let bytes: usize = records.iter().map(|record| record.text.len()).sum();
    for _ in 0..3 {
        let start = seconds();
        let marked: usize = mark_singly(records).iter().map(Vec::len).sum();
        let single = seconds() - start;
        let start = seconds();
        let columns: usize = records
            .iter()
            .map(|record| LineColumns::of(&record.text, record.title.as_deref()).len())
            .sum();
        let keys = seconds() - start;
        let rate = |seconds: f64| bytes as f64 / 1e6 / seconds;
        let (single, keys) = (rate(single), rate(keys));
        writeln!(
            out,
            "{bytes} bytes: classify_single {single:.0} MB/s ({marked} blocks), line columns {keys:.0} MB/s ({columns} entries)"
        )?;
    }
    Ok(())
}
