//! The accuracy gate: passages that the articles of fixtures/events share, against their truth, in a table that is checked in.
//! No threshold and no rule was set on the `test` half. A row is hit when passages that meet it on both sides cover half of each
//! side; a passage is false when less than half of a side lies in rows that it meets. Precision is that of reported bytes, each
//! counted once for a pair and side.

#![allow(clippy::unwrap_used, reason = "a test program")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;
use std::path::Path;

use common::{json, rows, text, workspace};
use serde_json::Value;

const KINDS: [&str; 5] = ["exact", "near", "reworded", "quote_variant", "decoy"];

/// The bytes of a passage in both articles of a pair.
type Sides = [Range<u64>; 2];

/// Two articles by their file names, in that order.
type Pair = (String, String);

#[derive(Default)]
struct Total {
    hit: BTreeMap<String, u64>,
    of: BTreeMap<String, u64>,
    reported: u64,
    wrong: u64,
    bytes_shown: u64,
    bytes_right: u64,
}

fn meet(x: &Sides, y: &Sides) -> bool {
    x.iter()
        .zip(y)
        .all(|(s, t)| s.start.max(t.start) < s.end.min(t.end))
}

/// The bytes of both sides of `x` that lie in those of `others` that it meets.
fn covered(x: &Sides, others: &[Sides]) -> [BTreeSet<u64>; 2] {
    let mut out = [BTreeSet::new(), BTreeSet::new()];
    for y in others.iter().filter(|y| meet(x, y)) {
        for ((out, s), t) in out.iter_mut().zip(x).zip(y) {
            out.extend(s.start.max(t.start)..s.end.min(t.end));
        }
    }
    out
}

/// Whether at least half of each side is covered.
fn mostly(x: &Sides, covered: &[BTreeSet<u64>; 2]) -> bool {
    let half = |(side, bytes): (&Range<u64>, &BTreeSet<u64>)| {
        2 * bytes.len() as u64 >= side.end - side.start
    };
    x.iter().zip(covered).all(half)
}

/// What `scan` reports, by pair.
fn reported(articles: &Path) -> BTreeMap<Pair, Vec<Sides>> {
    let found = json(&["scan", articles.to_str().unwrap(), "--format", "json"]);
    let mut out: BTreeMap<Pair, Vec<Sides>> = BTreeMap::new();
    for pair in rows(&found, "pairs") {
        for passage in rows(pair, "passages") {
            let side = |name: &str| {
                let end = |what: &str| passage[name][what].as_u64().unwrap();
                (text(pair, name).to_owned(), end("start")..end("end"))
            };
            let mut sides = [side("a"), side("b")];
            sides.sort_by(|x, y| x.0.cmp(&y.0));
            let [(a, left), (b, right)] = sides;
            out.entry((a, b)).or_default().push([left, right]);
        }
    }
    out
}

fn score(event: &Path, total: &mut Total) {
    let truth = std::fs::read_to_string(event.join("truth.jsonl")).unwrap();
    let found = reported(&event.join("articles"));
    let mut shared: BTreeMap<Pair, Vec<Sides>> = BTreeMap::new();
    for line in truth.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let at = |name: &str| row[name].as_u64().unwrap();
        let here: Sides = [at("a_start")..at("a_end"), at("b_start")..at("b_end")];
        let pair = (text(&row, "a").to_owned(), text(&row, "b").to_owned());
        let kind = text(&row, "kind").to_owned();
        let is_hit = mostly(
            &here,
            &covered(&here, found.get(&pair).map_or(&[], Vec::as_slice)),
        );
        if !row["optional"].as_bool().unwrap() {
            *total.of.entry(kind.clone()).or_default() += 1;
            *total.hit.entry(kind.clone()).or_default() += u64::from(is_hit);
        }
        if kind != "decoy" {
            shared.entry(pair).or_default().push(here);
        }
    }
    for (pair, passages) in &found {
        let rows = shared.get(pair).map_or(&[][..], Vec::as_slice);
        let (mut shown, mut right) = (
            [BTreeSet::new(), BTreeSet::new()],
            [BTreeSet::new(), BTreeSet::new()],
        );
        for passage in passages {
            let parts = covered(passage, rows);
            total.reported += 1;
            total.wrong += u64::from(!mostly(passage, &parts));
            for (side, part) in parts.into_iter().enumerate() {
                shown[side].extend(passage[side].clone());
                right[side].extend(part);
            }
        }
        let bytes = |sides: &[BTreeSet<u64>; 2]| sides.iter().map(|s| s.len() as u64).sum::<u64>();
        total.bytes_shown += bytes(&shown);
        total.bytes_right += bytes(&right);
    }
}

#[test]
fn passages_of_invented_events_are_found_as_before() {
    let mut table = String::from(
        "# cargo test --test events; hits of the truth's rows by kind, then what is reported\n",
    );
    for half in ["dev", "test"] {
        let folder = workspace().join("fixtures/events").join(half);
        let mut events: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        events.sort();
        assert_eq!(events.len(), 3);
        let mut total = Total::default();
        events.iter().for_each(|event| score(event, &mut total));
        for kind in KINDS {
            writeln!(
                table,
                "{half} {kind} {}/{}",
                total.hit[kind], total.of[kind]
            )
            .unwrap();
        }
        let precision = total.bytes_right as f64 / total.bytes_shown as f64;
        writeln!(table, "{half} false {}/{}", total.wrong, total.reported).unwrap();
        writeln!(table, "{half} byte_precision {precision:.3}").unwrap();
    }
    let path = workspace().join("fixtures/expected/events.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    assert_eq!(table, std::fs::read_to_string(&path).unwrap());
}
