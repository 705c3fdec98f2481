//! The invented newsroom against its truth: every family right, none false, every rival pair apart, and the evidence
//! that the README promises.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test program")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{json, rows, text, workspace};
use serde_json::Value;

const COPIES: [&str; 4] = ["identical", "near_duplicate", "contains", "shares_passages"];

fn findings() -> Value {
    json(&["scan", "fixtures/newsroom/articles", "--format", "json"])
}

fn truth() -> Value {
    let path = workspace().join("fixtures/newsroom/truth.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn names(value: &Value) -> BTreeSet<String> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_str().unwrap().to_owned())
        .collect()
}

fn pair_of(value: &Value) -> (String, String) {
    let names: Vec<String> = names(value).into_iter().collect();
    (names[0].clone(), names[1].clone())
}

#[test]
fn every_family_is_right_and_none_is_false() {
    let found: BTreeSet<BTreeSet<String>> = rows(&findings(), "families")
        .iter()
        .map(|f| names(&f["documents"]))
        .collect();
    let wanted: BTreeSet<BTreeSet<String>> = rows(&truth(), "families").iter().map(names).collect();
    assert_eq!(found, wanted);
}

#[test]
fn no_independent_pair_is_called_a_copy() {
    let (findings, truth) = (findings(), truth());
    let apart: BTreeSet<(String, String)> = rows(&truth, "rivals")
        .iter()
        .chain(rows(&truth, "independent_in_family"))
        .map(pair_of)
        .collect();
    assert!(apart.len() >= 15);
    for pair in rows(&findings, "pairs") {
        let (a, b) = (text(pair, "a").to_owned(), text(pair, "b").to_owned());
        let key = if a < b { (a, b) } else { (b, a) };
        let relation = text(pair, "relation");
        assert!(
            !(apart.contains(&key) && COPIES.contains(&relation)),
            "{key:?} is {relation}"
        );
    }
}

#[test]
fn unrelated_articles_share_nothing_but_boilerplate() {
    let truth = truth();
    let alone: BTreeSet<&String> = truth["documents"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, d)| d["kind"] == "unrelated")
        .map(|(k, _)| k)
        .collect();
    for pair in rows(&findings(), "pairs") {
        if alone.contains(&text(pair, "a").to_owned())
            || alone.contains(&text(pair, "b").to_owned())
        {
            assert_eq!(text(pair, "relation"), "shares_boilerplate", "{pair}");
        }
    }
}

/// Share of `wanted` rows that `hit` accepts, with the misses printed.
fn recall<'v>(wanted: &'v [Value], hit: impl Fn(&'v Value) -> bool) -> f64 {
    let missed: Vec<&Value> = wanted.iter().filter(|row| !hit(row)).collect();
    for row in &missed {
        eprintln!("missed: {row}");
    }
    (wanted.len() - missed.len()) as f64 / wanted.len() as f64
}

fn span(value: &Value, start: &str, end: &str) -> (u64, u64) {
    (value[start].as_u64().unwrap(), value[end].as_u64().unwrap())
}

/// Start and end of a passage in each of its two documents.
type Sides = [(u64, u64); 2];

fn overlap(x: (u64, u64), y: (u64, u64)) -> u64 {
    x.1.min(y.1).saturating_sub(x.0.max(y.0))
}

#[test]
fn the_listed_passages_are_found_on_both_sides() {
    let (findings, truth) = (findings(), truth());
    let mut found: BTreeMap<(&str, &str), Vec<Sides>> = BTreeMap::new();
    for pair in rows(&findings, "pairs") {
        for p in rows(pair, "passages") {
            let (a, b) = (span(&p["a"], "start", "end"), span(&p["b"], "start", "end"));
            found
                .entry((text(pair, "a"), text(pair, "b")))
                .or_default()
                .push([a, b]);
            found
                .entry((text(pair, "b"), text(pair, "a")))
                .or_default()
                .push([b, a]);
        }
    }
    for (kind, least) in [
        ("exact", 0.95),
        ("near", 0.9),
        ("reworded", 0.7),
        ("quote_variant", 0.6),
    ] {
        let wanted: Vec<Value> = rows(&truth, "passages")
            .iter()
            .filter(|p| p["kind"] == kind)
            .cloned()
            .collect();
        let share = recall(&wanted, |row| {
            let (a, b) = (span(row, "a_start", "a_end"), span(row, "b_start", "b_end"));
            let met: Vec<&[(u64, u64); 2]> = found
                .get(&(text(row, "a"), text(row, "b")))
                .into_iter()
                .flatten()
                .filter(|p| overlap(p[0], a) > 0 && overlap(p[1], b) > 0)
                .collect();
            let covered = |side: usize, whole: (u64, u64)| {
                met.iter().map(|p| overlap(p[side], whole)).sum::<u64>() * 2 >= whole.1 - whole.0
            };
            covered(0, a) && covered(1, b)
        });
        assert!(share >= least, "{kind}: {share} < {least}");
    }
}

#[test]
fn quotations_have_their_words_and_speakers() {
    let (findings, truth) = (findings(), truth());
    let mut found: BTreeMap<(&str, u64, u64), &Value> = BTreeMap::new();
    for quote in rows(&findings, "quotes") {
        let (start, end) = span(quote, "start", "end");
        found.insert((text(quote, "document"), start, end), quote);
    }
    let wanted: Vec<Value> = rows(&truth, "quotes")
        .iter()
        .filter(|q| q["optional"] != Value::Bool(true))
        .cloned()
        .collect();
    let at = |row: &Value| {
        let (start, end) = span(row, "start", "end");
        found
            .get(&(row["document"].as_str().unwrap(), start, end))
            .copied()
    };
    assert!(recall(&wanted, |row| at(row).is_some()) >= 0.93);
    let spoken: Vec<Value> = wanted
        .iter()
        .filter(|row| at(row).is_some())
        .cloned()
        .collect();
    let right = recall(&spoken, |row| {
        let said = at(row).and_then(|q| q["speaker"].as_str());
        let also = row["also_right"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        row["speaker"]
            .as_str()
            .into_iter()
            .chain(also)
            .any(|name| same_name(said, name))
            || (row["speaker"].is_null() && said.is_none())
    });
    assert!(right >= 0.8, "speakers: {right}");
}

/// The same last word, or unnamed officials both.
fn same_name(found: Option<&str>, wanted: &str) -> bool {
    let Some(found) = found else { return false };
    if wanted.starts_with("unnamed") {
        return found.contains("official");
    }
    found.split_whitespace().last() == wanted.split_whitespace().last()
}

#[test]
fn boilerplate_is_found_and_no_sentence_is_taken_for_it() {
    let (findings, truth) = (findings(), truth());
    let marked: Vec<(&str, (u64, u64))> = rows(&findings, "boilerplate")
        .iter()
        .filter(|b| text(b, "class") != "stock")
        .map(|b| (text(b, "document"), span(b, "start", "end")))
        .collect();
    let wanted = rows(&truth, "boilerplate");
    let covered = |document: &str, whole: (u64, u64)| -> u64 {
        marked
            .iter()
            .filter(|(d, _)| *d == document)
            .map(|(_, s)| overlap(*s, whole))
            .sum()
    };
    let share = recall(wanted, |row| {
        let whole = span(row, "start", "end");
        covered(text(row, "document"), whole) * 10 >= (whole.1 - whole.0) * 9
    });
    assert!(share >= 0.85, "boilerplate: {share}");
    let listed = |document: &str, whole: (u64, u64)| -> u64 {
        wanted
            .iter()
            .filter(|row| row["document"] == document)
            .map(|row| overlap(span(row, "start", "end"), whole))
            .sum()
    };
    let body: u64 = marked
        .iter()
        .map(|(d, s)| (s.1 - s.0).saturating_sub(listed(d, *s)))
        .sum();
    assert!(body <= 60, "{body} bytes of body are marked");
}

/// The parents of each document, from the edges; sources outside the input under their names.
fn parents(findings: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let lineage = &findings["lineage"];
    let names: BTreeMap<&str, &str> = rows(lineage, "sources")
        .iter()
        .map(|s| (text(s, "id"), s["name"].as_str().unwrap_or("")))
        .collect();
    let mut parents: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for edge in rows(lineage, "edges") {
        let from = text(edge, "from");
        let from = names.get(from).copied().unwrap_or(from).to_owned();
        let of = parents.entry(text(edge, "to").to_owned()).or_default();
        of.insert(from);
    }
    parents
}

/// Whether `document` is of the outlet `name`: its folder is the name in small letters, perhaps shortened.
fn is_of(document: &str, name: &str) -> bool {
    let folder = document.split('/').next().unwrap().replace('-', " ");
    document.contains('/') && name.to_lowercase().starts_with(&folder)
}

#[test]
fn named_origins_are_named_or_stand_among_the_ancestors() {
    let (findings, truth) = (findings(), truth());
    let parents = parents(&findings);
    let ancestors = |document: &str| {
        let mut met = BTreeSet::new();
        let mut open = vec![document.to_owned()];
        while let Some(at) = open.pop() {
            let fresh = parents.get(&at).into_iter().flatten();
            open.extend(fresh.filter(|p| met.insert((*p).clone())).cloned());
        }
        met
    };
    let wanted: Vec<Value> = rows(&truth, "origins")
        .iter()
        .filter(|row| !is_of(text(row, "document"), text(row, "name")))
        .cloned()
        .collect();
    assert!(wanted.len() >= 10);
    let share = recall(&wanted, |row| {
        let name = text(row, "name");
        let mut met = ancestors(text(row, "document")).into_iter();
        met.any(|from| from.eq_ignore_ascii_case(name) || is_of(&from, name))
    });
    assert!(share >= 0.9, "origins: {share}");
}

#[test]
fn parents_are_found_the_right_way_round() {
    let (parents, truth) = (parents(&findings()), truth());
    let none = BTreeSet::new();
    let (mut wanted, mut found) = (0, 0);
    for (document, told) in truth["documents"].as_object().unwrap() {
        let right: Vec<&str> = rows(told, "parents")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let mine = parents.get(document).unwrap_or(&none);
        wanted += right.len();
        found += right
            .iter()
            .filter(|parent| mine.contains(**parent))
            .count();
        for parent in right {
            let reversed = parents.get(parent).is_some_and(|p| p.contains(document));
            assert!(!reversed, "{parent} is said to come from {document}");
        }
        if matches!(text(told, "kind"), "wire" | "rival" | "unrelated") {
            let inside = mine.iter().find(|parent| parent.contains('/'));
            assert_eq!(inside, None, "{document} copied from nobody here");
        }
    }
    assert!(found >= 10, "{found} of {wanted} parents");
}

#[test]
fn pairs_of_one_outlet_are_told() {
    let findings = findings();
    let outlet = |id: &str| id.split('/').next().map(str::to_owned);
    let mut within = 0;
    for pair in rows(&findings, "pairs") {
        let same = outlet(text(pair, "a")) == outlet(text(pair, "b"));
        assert_eq!(pair["same_outlet"], same, "{pair}");
        within += usize::from(same);
    }
    assert!(within > 0);
}
