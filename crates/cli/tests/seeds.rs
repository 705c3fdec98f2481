//! The five real articles that the project started from, scored where they lie beside the checkout. The figures stand
//! in a checked-in table that changes only on purpose.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test program")]

mod common;

use std::path::Path;
use std::process::Command;

use common::{folder, run, shared, workspace};
use serde_json::Value;

#[test]
fn the_seed_figures_are_those_of_the_table() {
    let Some(seeds) = shared("seeds") else { return };
    let articles = seeds.join("articles");
    let scan = run(&[
        "scan",
        articles.to_str().unwrap(),
        "--format",
        "json",
        "--quiet",
    ]);
    assert!(
        scan.status.success(),
        "{}",
        String::from_utf8_lossy(&scan.stderr)
    );
    let findings = folder("seeds").join("findings.json");
    std::fs::write(&findings, &scan.stdout).unwrap();
    let Ok(score) = Command::new("python3")
        .arg(seeds.join("score.py"))
        .arg(&findings)
        .output()
    else {
        eprintln!("skipped: there is no python3 to run the scorer with");
        return;
    };
    assert!(
        score.status.success(),
        "{}",
        String::from_utf8_lossy(&score.stderr)
    );
    let figures = String::from_utf8(score.stdout).unwrap();
    let table = workspace().join("fixtures/expected/seeds.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&table, &figures).unwrap();
    }
    assert_eq!(
        figures,
        std::fs::read_to_string(&table).unwrap(),
        "UPDATE_EXPECTED=1 rewrites {}",
        table.display()
    );
}

/// Inside the list of edits, the run of each passage that the truth calls exact begins and ends on the right byte: it holds
/// the passage's first and last letter, and goes on beyond them by as many bytes in one article as in the other.
#[test]
fn runs_of_exact_rows_begin_and_end_on_the_right_byte() {
    let Some(seeds) = shared("seeds") else { return };
    let rows = std::fs::read_to_string(seeds.join("truth/passages.jsonl")).unwrap();
    let rows = rows
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let exact: Vec<Value> = rows
        .filter(|row| row["kind"] == "exact" && row["optional"] == false)
        .collect();
    let off = exact.iter().filter(|row| {
        let runs = kept_runs(&seeds.join("articles"), row);
        !runs.iter().any(|run| run.fits(row))
    });
    // The words of one headline stand twice in the other article, and are aligned with the other place.
    assert!(off.count() <= 1);
    assert_eq!(exact.len(), 10);
}

/// A run of kept words: its bytes in both articles of a row of the truth.
#[derive(Clone, Copy, Debug)]
struct Run {
    a: (i64, i64),
    b: (i64, i64),
}

impl Run {
    fn fits(&self, row: &Value) -> bool {
        let text = row["a_text"].as_str().unwrap();
        let letters = text.trim_matches(|c: char| !c.is_alphanumeric());
        let first = text.find(letters).unwrap() as i64;
        let last = first + letters.len() as i64;
        let at = |name: &str| row[name].as_i64().unwrap();
        let (from, to) = (self.a.0 - at("a_start"), self.a.1 - at("a_start"));
        let same = from == self.b.0 - at("b_start") && to == self.b.1 - at("b_start");
        same && from <= first && last <= to
    }
}

/// The runs of kept words of the two articles of `row`.
fn kept_runs(articles: &Path, row: &Value) -> Vec<Run> {
    let path = |side: &str| articles.join(row[side].as_str().unwrap());
    let (a, b) = (path("a"), path("b"));
    let compare = run(&[
        "compare",
        a.to_str().unwrap(),
        b.to_str().unwrap(),
        "--format",
        "json",
    ]);
    let findings: Value = serde_json::from_slice(&compare.stdout).unwrap();
    let span = |side: &Value| {
        (
            side["start"].as_i64().unwrap(),
            side["end"].as_i64().unwrap(),
        )
    };
    let passages = findings["pairs"][0]["passages"].as_array().unwrap();
    let edits = passages.iter().flat_map(|p| p["edits"].as_array().unwrap());
    let kept = edits.filter(|edit| edit["kind"] == "kept");
    kept.map(|edit| Run {
        a: span(&edit["a"]),
        b: span(&edit["b"]),
    })
    .collect()
}
