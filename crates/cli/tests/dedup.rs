//! `wirecopy dedup`: what stays, what goes and why, in every form of output.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use common::{folder, json, prose, rows, run, text, wirecopy, workspace};
use serde_json::{Value, json};

const ARTICLES: &str = "fixtures/newsroom/articles";

fn stdout(args: &[&str]) -> String {
    let output = run(args);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

fn records(args: &[&str]) -> Vec<Value> {
    stdout(args)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn dropped(args: &[&str]) -> Vec<(String, String, String)> {
    let gone = records(args)
        .into_iter()
        .filter(|record| record["keep"] == false);
    gone.map(|r| {
        (
            text(&r, "id").into(),
            text(&r, "duplicate_of").into(),
            text(&r, "relation").into(),
        )
    })
    .collect()
}

/// Writes records as JSON lines into a folder of the test's own.
fn lines(name: &str, records: &[Value]) -> PathBuf {
    let path = folder(name).join("articles.jsonl");
    let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
    std::fs::write(&path, lines).unwrap();
    path
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Words of `text` from the `from`th to before the `to`th.
fn cut(text: &str, from: usize, to: usize) -> String {
    text.split(' ')
        .skip(from)
        .take(to - from)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A story, its reprint, a version with a changed word, its first half, and a story of its own.
fn pile() -> Vec<Value> {
    let story = prose("harbour", 300);
    // Backwards, no two words of the invented sentences stand as they do in the other story.
    let other: String = prose("glacier", 300)
        .split(' ')
        .rev()
        .map(|word| format!("{word} "))
        .collect();
    vec![
        json!({"id": "half", "text": cut(&story, 0, 150), "date": "2021-03-01"}),
        json!({"id": "original", "text": story, "date": "2021-03-03", "extra": [1, {"kept": true}]}),
        json!({"id": "reprint", "text": story, "date": "2021-03-02"}),
        json!({"id": "tampered", "text": story.replacen("waited", "sang", 3), "date": "2021-03-09"}),
        json!({"id": "other", "text": other}),
    ]
}

fn names(found: &[(String, String, String)]) -> Vec<(&str, &str, &str)> {
    found
        .iter()
        .map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str()))
        .collect()
}

#[test]
fn each_document_has_a_line_in_input_order_and_copies_name_what_replaces_them() {
    let path = lines("dedup-lines", &pile());
    let found = records(&["dedup", shown(&path)]);
    let ids: Vec<&str> = found.iter().map(|record| text(record, "id")).collect();
    assert_eq!(ids, ["half", "original", "reprint", "tampered", "other"]);
    let fields: Vec<&String> = found[0].as_object().unwrap().keys().collect();
    assert_eq!(
        fields,
        [
            "id",
            "keep",
            "family",
            "duplicate_of",
            "relation",
            "aligned"
        ]
    );
    let wanted = [
        ("half", "original", "contains"),
        ("reprint", "original", "identical"),
        ("tampered", "original", "near_duplicate"),
    ];
    assert_eq!(names(&dropped(&["dedup", shown(&path)])), wanted);
    assert!(found[..4].iter().all(|record| record["family"] == "F1"));
    assert_eq!(found[4]["family"], Value::Null);
    assert_eq!(found[0]["aligned"], 1.0);
}

#[test]
fn the_rule_says_which_stays_and_a_whole_is_never_replaced_by_its_part() {
    let path = lines("dedup-keep", &pile());
    let first = dropped(&["dedup", "--keep", "first", shown(&path)]);
    assert_eq!(
        names(&first),
        [
            ("reprint", "original", "identical"),
            ("tampered", "original", "near_duplicate")
        ]
    );
    let earliest = dropped(&["dedup", "--keep", "earliest", shown(&path)]);
    assert_eq!(
        names(&earliest),
        [
            ("original", "reprint", "identical"),
            ("tampered", "reprint", "near_duplicate")
        ]
    );
}

#[test]
fn ids_alone_and_the_other_formats_say_the_same() {
    let path = lines("dedup-formats", &pile());
    assert_eq!(
        stdout(&["dedup", "--list", shown(&path)]),
        "half\nreprint\ntampered\n"
    );
    assert_eq!(
        stdout(&["dedup", "--list=keep", shown(&path)]),
        "original\nother\n"
    );
    let spaced = run(&["dedup", "--list", "keep", shown(&path)]);
    assert_eq!(spaced.status.code(), Some(2));
    let told = String::from_utf8_lossy(&spaced.stderr);
    assert!(told.contains("--list=keep"), "{told}");
    let whole = json(&["dedup", "--format", "json", shown(&path)]);
    assert_eq!(rows(&whole, "documents"), records(&["dedup", shown(&path)]));
    assert_eq!(
        (&whole["summary"]["keep"], &whole["summary"]["drop"]),
        (&json!(2), &json!(3))
    );
    let table = stdout(&["dedup", "--format", "csv", shown(&path)]);
    assert_eq!(
        table.lines().next(),
        Some("id,keep,family,duplicate_of,relation,aligned")
    );
    assert_eq!(
        table.lines().nth(3),
        Some("reprint,false,F1,original,identical,1")
    );
}

#[test]
fn kept_records_are_written_as_they_came() {
    let pile = pile();
    let path = lines("dedup-write", &pile);
    let kept = path.with_file_name("kept.jsonl");
    stdout(&["dedup", "--write", shown(&kept), shown(&path)]);
    let written = std::fs::read_to_string(&kept).unwrap();
    assert_eq!(written, format!("{}\n{}\n", pile[1], pile[4]));
    let refused = run(&["dedup", "--write", shown(&path), shown(&path)]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(std::fs::read_to_string(&path).unwrap().lines().count() == pile.len());
}

#[test]
fn a_file_stays_as_it_was_when_nothing_can_be_written_to_it() {
    let pile = pile();
    let path = lines("dedup-spared", &pile);
    let missing = path.with_file_name("missing.jsonl");
    for (input, name) in [(&missing, "old.jsonl"), (&path, "old.csv")] {
        let old = path.with_file_name(name);
        std::fs::write(&old, "precious").unwrap();
        let failed = run(&["dedup", shown(input), "--write", shown(&old)]);
        assert_eq!(failed.status.code(), Some(2), "{name}");
        assert_eq!(std::fs::read_to_string(&old).unwrap(), "precious", "{name}");
        let part = path.with_file_name(format!("{name}.part"));
        assert!(!part.exists(), "{name}");
    }
}

#[test]
fn an_archive_is_matched_and_not_listed() {
    let pile = pile();
    let path = lines("dedup-new", &pile[2..]);
    let archive = lines("dedup-archive", &pile[..2]);
    let args = ["dedup", shown(&path), "--against", shown(&archive)];
    assert_eq!(records(&args).len(), 3);
    assert_eq!(
        names(&dropped(&args)),
        [
            ("reprint", "original", "identical"),
            ("tampered", "original", "near_duplicate")
        ]
    );
}

#[test]
fn documents_far_apart_or_of_one_site_are_not_compared() {
    let story = prose("orchard", 120);
    let record = |id: &str, day: &str, site: &str| json!({"id": id, "text": story, "date": day, "source": site});
    let pile = [
        record("a", "2021-01-01", "One"),
        record("b", "2021-01-03", "One"),
        record("c", "2021-02-01", "Two"),
    ];
    let path = lines("dedup-limits", &pile);
    let gone = |args: &[&str]| -> Vec<String> {
        let args: Vec<&str> = ["dedup", shown(&path)]
            .iter()
            .chain(args)
            .copied()
            .collect();
        dropped(&args).into_iter().map(|found| found.0).collect()
    };
    assert_eq!(gone(&[]), ["b", "c"]);
    assert_eq!(gone(&["--days", "7"]), ["b"]);
    assert_eq!(gone(&["--ignore-same-site"]), ["c"]);
    assert_eq!(gone(&["--min-words", "500"]), [""; 0]);
}

#[test]
fn standard_input_gives_the_same_as_the_file() {
    let path = lines("dedup-stdin", &pile());
    let mut child = wirecopy(&["dedup", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(&std::fs::read(&path).unwrap())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        stdout(&["dedup", shown(&path)])
    );
}

#[test]
fn a_folder_of_files_gives_the_same_as_one_file() {
    let pile = pile();
    let one = lines("dedup-one-file", &pile);
    let many = folder("dedup-many-files");
    for (number, record) in pile.iter().enumerate() {
        std::fs::write(many.join(format!("{number:03}.json")), record.to_string()).unwrap();
    }
    let wanted = stdout(&["dedup", shown(&one)]);
    assert_eq!(stdout(&["dedup", shown(&many)]), wanted);
    assert_eq!(stdout(&["dedup", "--threads", "1", shown(&many)]), wanted);
}

#[test]
fn what_cannot_be_read_is_told_and_shows_in_the_exit_code() {
    let path = folder("dedup-bad").join("articles.jsonl");
    std::fs::write(
        &path,
        format!("{}\nno JSON\n", json!({"id": 1, "text": prose("kite", 60)})),
    )
    .unwrap();
    let output = run(&["dedup", shown(&path)]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(
        output.stdout.iter().filter(|&&byte| byte == b'\n').count(),
        1
    );
    assert!(String::from_utf8_lossy(&output.stderr).contains("articles.jsonl"));
    let whole = run(&["dedup", "--format", "json", shown(&path)]);
    let whole: Value = serde_json::from_slice(&whole.stdout).unwrap();
    let errors: Vec<(&str, &str)> = rows(&whole, "errors")
        .iter()
        .map(|error| {
            (
                error["path"].as_str().unwrap(),
                error["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(errors, [("articles.jsonl", "invalid_json")]);
    assert_eq!(
        run(&["dedup", "--allow-skips", shown(&path)]).status.code(),
        Some(0)
    );
    assert_eq!(run(&["dedup", "no/such/folder"]).status.code(), Some(2));
}

#[test]
fn the_thread_count_does_not_show() {
    let mut pile = pile();
    pile.extend((0..300).map(
        |n| json!({"id": format!("n{n}"), "text": prose(&format!("topic{}", n / 3), 40 + n % 50)}),
    ));
    let path = lines("dedup-threads", &pile);
    for input in [shown(&path), ARTICLES] {
        let with = |threads: &str| stdout(&["dedup", input, "--threads", threads]);
        let one = with("1");
        assert_eq!(one, with("2"));
        assert_eq!(one, with("4"));
    }
}

#[test]
fn in_the_newsroom_only_copies_go() {
    let truth = std::fs::read(workspace().join("fixtures/newsroom/truth.json")).unwrap();
    let truth: Value = serde_json::from_slice(&truth).unwrap();
    let set = |value: &Value| -> BTreeSet<String> {
        value
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap().to_owned())
            .collect()
    };
    let families: Vec<BTreeSet<String>> = rows(&truth, "families").iter().map(set).collect();
    let gone = dropped(&["dedup", ARTICLES]);
    assert!(gone.len() >= 5);
    for (id, of, relation) in &gone {
        assert!(
            families.iter().any(|f| f.contains(id) && f.contains(of)),
            "{id} {relation} {of}"
        );
    }
}

#[test]
fn what_dedup_drops_is_a_copy_to_scan() {
    let scanned = json(&["scan", ARTICLES, "--format", "json", "--quiet"]);
    let relations: BTreeMap<BTreeSet<&str>, &str> = rows(&scanned, "pairs")
        .iter()
        .map(|pair| {
            let ends = BTreeSet::from([text(pair, "a"), text(pair, "b")]);
            (ends, text(pair, "relation"))
        })
        .collect();
    let dropped = dropped(&["dedup", ARTICLES]);
    assert!(dropped.len() >= 5, "{dropped:?}");
    for (id, of, relation) in &dropped {
        let scanned = relations.get(&BTreeSet::from([id.as_str(), of.as_str()]));
        // Boilerplate that is counted over all articles moves a pair across the bar between the two.
        let is_one = scanned.is_some_and(|scanned| match relation.as_str() {
            "identical" => *scanned == "identical",
            _ => ["near_duplicate", "contains", "update"].contains(scanned),
        });
        assert!(
            is_one,
            "{id} of {of}: {relation}, but scan says {scanned:?}"
        );
    }
}
