//! Same inputs, options and seed give the same bytes, whatever the thread count and a folder's listing order.

#![allow(clippy::unwrap_used, reason = "a test program")]

mod common;

use std::collections::BTreeSet;

use common::{folder, run, workspace};
use serde_json::{Value, json};

fn stdout(args: &[&str]) -> Vec<u8> {
    let output = run(args);
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[test]
fn the_thread_count_does_not_show() {
    for format in ["json", "jsonl", "text"] {
        let scan = |n: &str| {
            stdout(&[
                "scan",
                "fixtures/newsroom/articles",
                "--format",
                format,
                "--threads",
                n,
            ])
        };
        let one = scan("1");
        assert_eq!(one, scan("2"), "{format}, 2 threads");
        assert_eq!(one, scan("4"), "{format}, 4 threads");
    }
}

#[test]
fn the_order_in_which_files_were_made_does_not_show() {
    let source = workspace().join("fixtures/newsroom/articles/meridian-press");
    let mut files: Vec<_> = std::fs::read_dir(source)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.sort();
    let mut outputs = Vec::new();
    for round in 0..2 {
        let folder = folder(&format!("order-{round}"));
        for file in &files {
            std::fs::copy(file, folder.join(file.file_name().unwrap())).unwrap();
        }
        outputs.push(stdout(&[
            "scan",
            folder.to_str().unwrap(),
            "--format",
            "json",
        ]));
        files.reverse();
    }
    assert_eq!(outputs[0], outputs[1]);
}

/// The articles of the newsroom as JSON lines, each with its path for an id, in the order that `order` gives to their places.
fn records(order: impl Fn(usize) -> u64) -> String {
    let top = workspace().join("fixtures/newsroom/articles");
    let mut paths: Vec<_> = std::fs::read_dir(&top)
        .unwrap()
        .map(|folder| folder.unwrap().path())
        .filter(|path| path.is_dir())
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    let mut placed: Vec<(u64, String)> = Vec::new();
    for (place, path) in paths.iter().enumerate() {
        let id = path.strip_prefix(&top).unwrap().to_str().unwrap();
        let site = id.split('/').next().unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let record = json!({ "id": id, "source": site, "text": text });
        placed.push((order(place), record.to_string()));
    }
    placed.sort();
    placed
        .into_iter()
        .map(|(_, record)| record + "\n")
        .collect()
}

/// Findings without their order and numbering: pairs by their ids, and groups by what they hold.
fn without_order(findings: &Value) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for pair in findings["pairs"].as_array().unwrap() {
        let ends = BTreeSet::from([pair["a"].to_string(), pair["b"].to_string()]);
        let shares = BTreeSet::from([pair["aligned_a"].to_string(), pair["aligned_b"].to_string()]);
        let passages = pair["passages"].as_array().unwrap().len();
        facts.insert(format!(
            "{ends:?} {} {shares:?} {passages}",
            pair["relation"]
        ));
    }
    let place = |quote: &Value| format!("{} {}", quote["document"], quote["start"]);
    let quotes = findings["quotes"].as_array().unwrap();
    let of_id = |id: &Value| quotes.iter().find(|quote| quote["id"] == *id).map(place);
    for group in findings["quote_groups"].as_array().unwrap() {
        let held: BTreeSet<_> = group["quotes"]
            .as_array()
            .unwrap()
            .iter()
            .map(of_id)
            .collect();
        facts.insert(format!("{held:?} {}", group["speaker"]));
    }
    let sources = findings["lineage"]["sources"].as_array().unwrap();
    let name = |id: &Value| {
        let source = sources.iter().find(|source| source["id"] == *id);
        source.map_or_else(|| id.to_string(), |source| source["name"].to_string())
    };
    for edge in findings["lineage"]["edges"].as_array().unwrap() {
        let ends = (name(&edge["from"]), edge["to"].to_string());
        facts.insert(format!(
            "{ends:?} {} {}",
            edge["relation"], edge["probability"]
        ));
    }
    for family in findings["families"].as_array().unwrap() {
        let members: BTreeSet<String> = family["documents"]
            .as_array()
            .unwrap()
            .iter()
            .map(Value::to_string)
            .collect();
        facts.insert(format!("{members:?} {}", family["representative"]));
    }
    facts
}

#[test]
fn the_order_of_the_input_does_not_show() {
    let folder = folder("shuffled");
    let scan = |name: &str, order: &dyn Fn(usize) -> u64| {
        let file = folder.join(name);
        std::fs::write(&file, records(order)).unwrap();
        let printed = stdout(&["scan", file.to_str().unwrap(), "--format", "json"]);
        without_order(&serde_json::from_slice(&printed).unwrap())
    };
    let sorted = scan("sorted.jsonl", &|place| place as u64);
    assert!(sorted.len() > 60, "{}", sorted.len());
    assert_eq!(sorted, scan("turned.jsonl", &|place| 1_000 - place as u64));
    // A multiplication modulo a prime is a permutation.
    assert_eq!(
        sorted,
        scan("mixed.jsonl", &|place| (place as u64 + 1) * 17 % 101)
    );
}

#[test]
fn equal_records_are_a_star_around_the_smallest_id() {
    let text = std::fs::read_to_string(
        workspace().join("fixtures/newsroom/articles/meridian-press/ferry-inquiry-bow-door.txt"),
    )
    .unwrap();
    let record = |n: u32| {
        let day = format!("2024-03-{:02}", 28 - n % 28);
        json!({ "id": n.to_string(), "published": day, "text": text }).to_string() + "\n"
    };
    let file = folder("equal-records").join("equal.jsonl");
    std::fs::write(&file, (0..60).map(record).collect::<String>()).unwrap();
    let printed = stdout(&["scan", file.to_str().unwrap(), "--format", "json"]);
    let findings: Value = serde_json::from_slice(&printed).unwrap();
    let pairs = findings["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 59);
    assert!(pairs.iter().all(|pair| pair["relation"] == "identical"));
    assert!(pairs.iter().all(|pair| pair["a"] == "0"));
    assert_eq!(findings["families"].as_array().unwrap().len(), 1);
}
