//! Site boilerplate must neither make copies nor hide them: invented articles of eight stories, each printed by twelve
//! invented sites inside their boilerplate (odd sites print the first half), with addresses and without.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test program")]

mod common;

use std::collections::BTreeMap;

use common::{folder, json, rows, text, workspace};
use serde_json::{Value, json as value};

const STORIES: [&str; 8] = [
    "meridian-press/ferry-inquiry-bow-door.txt",
    "meridian-press/bank-rate-rise.txt",
    "meridian-press/dam-call.txt",
    "brightwater-echo/ferrier-leaves.txt",
    "tidings-hub-net/cattle-vaccine-recall.txt",
    "zipherald-info/clock-tower.txt",
    "passerine-world/tram-strike.txt",
    "passerine-world/beekeepers.txt",
];
const COPIES: [&str; 4] = ["identical", "near_duplicate", "contains", "shares_passages"];

/// One site's boilerplate: lines above the article, among its paragraphs, and below it.
struct Site {
    head: Vec<String>,
    among: Vec<String>,
    tail: Vec<String>,
}

/// The sites of the labelled articles, from the first article of each.
fn sites() -> Vec<Site> {
    let path = workspace().join("fixtures/boilerplate/test.jsonl");
    let content = std::fs::read_to_string(path).unwrap();
    let records = content
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    records
        .filter(|record| text(record, "id").ends_with("-0"))
        .map(|record| site(&record))
        .collect()
}

fn site(record: &Value) -> Site {
    let content = text(record, "text");
    let marks: Vec<(usize, usize)> = rows(record, "marks")
        .iter()
        .map(|mark| {
            (
                mark["start"].as_u64().unwrap() as usize,
                mark["end"].as_u64().unwrap() as usize,
            )
        })
        .collect();
    let mut lines: Vec<(bool, String)> = Vec::new();
    let mut at = 0;
    for line in content.split('\n') {
        let marked = marks
            .iter()
            .any(|(start, end)| *start < at + line.len() && at < *end);
        if !line.trim().is_empty() {
            lines.push((marked, line.to_owned()));
        }
        at += line.len() + 1;
    }
    let first = lines.iter().position(|(marked, _)| !marked).unwrap();
    let last = lines.iter().rposition(|(marked, _)| !marked).unwrap();
    let of = |part: &[(bool, String)]| -> Vec<String> {
        part.iter()
            .filter(|(marked, _)| *marked)
            .map(|(_, line)| line.clone())
            .collect()
    };
    Site {
        head: of(&lines[..first]),
        among: of(&lines[first..last]),
        tail: of(&lines[last..]),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Boilerplate {
    Kept,
    Left,
}

#[derive(Clone, Copy, PartialEq)]
enum Address {
    Given,
    Missing,
}

fn page(story: &str, number: usize, site: &Site, boilerplate: Boilerplate) -> String {
    let path = workspace().join("fixtures/newsroom/articles").join(story);
    let article = std::fs::read_to_string(path).unwrap();
    let paragraphs: Vec<&str> = article
        .split("\n\n")
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    let kept = if number % 2 == 1 {
        paragraphs.len() / 2
    } else {
        paragraphs.len()
    };
    let mut lines = Vec::new();
    if boilerplate == Boilerplate::Kept {
        lines.extend(site.head.iter().map(String::as_str));
    }
    for (at, paragraph) in paragraphs[..kept].iter().enumerate() {
        lines.push(paragraph);
        if boilerplate == Boilerplate::Kept && at >= 1 {
            lines.extend(site.among.get(at - 1).map(String::as_str));
        }
    }
    if boilerplate == Boilerplate::Kept {
        lines.extend(site.tail.iter().map(String::as_str));
    }
    lines.join("\n\n")
}

/// (pairs of one story called copies, of all; pairs of two stories called copies).
fn copies(
    sites: &[Site],
    boilerplate: Boilerplate,
    address: Address,
) -> (usize, usize, Vec<String>) {
    let path = folder("chrome_copies").join("pages.jsonl");
    let mut records = String::new();
    let mut story_of = BTreeMap::new();
    for (number, site) in sites.iter().enumerate() {
        for (story_number, story) in STORIES.iter().enumerate() {
            let id = format!("{number}-{story_number}");
            let mut record = value!({"id": id, "text": page(story, number, site, boilerplate)});
            if address == Address::Given {
                record["url"] = format!("https://www.paper{number}.com/{story_number}").into();
            }
            records += &format!("{record}\n");
            story_of.insert(id, story_number);
        }
    }
    std::fs::write(&path, records).unwrap();
    let findings = json(&[
        "scan",
        path.to_str().unwrap(),
        "--format",
        "json",
        "--quiet",
    ]);
    let (mut right, mut false_pairs) = (0, Vec::new());
    for pair in rows(&findings, "pairs")
        .iter()
        .filter(|pair| COPIES.contains(&text(pair, "relation")))
    {
        if story_of[text(pair, "a")] == story_of[text(pair, "b")] {
            right += 1;
        } else {
            false_pairs.push(format!(
                "{} {} {}",
                text(pair, "a"),
                text(pair, "b"),
                text(pair, "relation")
            ));
        }
    }
    let of = STORIES.len() * sites.len() * (sites.len() - 1) / 2;
    (right, of, false_pairs)
}

#[test]
fn boilerplate_neither_makes_copies_nor_hides_them() {
    let sites = sites();
    assert!(sites.len() >= 10);
    let (bare, of, bare_false) = copies(&sites, Boilerplate::Left, Address::Given);
    eprintln!(
        "without boilerplate: {bare} of {of} copies found, {} false",
        bare_false.len()
    );
    assert_eq!(bare_false, Vec::<String>::new());
    for address in [Address::Given, Address::Missing] {
        let (right, of, wrong) = copies(&sites, Boilerplate::Kept, address);
        let told = if address == Address::Given {
            "given"
        } else {
            "missing"
        };
        eprintln!(
            "with boilerplate, addresses {told}: {right} of {of} copies found, {} false",
            wrong.len()
        );
        assert_eq!(wrong, Vec::<String>::new());
        assert!(right >= bare, "boilerplate hid copies: {right} of {bare}");
    }
}
