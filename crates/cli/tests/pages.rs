//! Pages: text with its offsets, what pages say of themselves, hostile ones.

#![allow(clippy::unwrap_used, reason = "a test program")]

mod common;

use std::time::{Duration, Instant};

use common::{folder, json, prose, rows, run, text};
use serde_json::Value;

/// A page of `paragraphs` with boilerplate around them.
fn page(title: &str, head: &str, paragraphs: &str) -> String {
    let body: String = paragraphs
        .lines()
        .map(|line| format!("<p>{line}</p>\n"))
        .collect();
    format!(
        "<!doctype html><html lang=en><head><title>{title} | Lorne Courier</title>\
         <meta property='og:site_name' content='Lorne Courier'>{head}</head><body><nav><a href=/>Home</a>\
         <a href=/sport>Sport</a></nav><article><h1>{title}</h1>{body}</article>\
         <footer><a href=/privacy>Privacy policy</a></footer></body></html>"
    )
}

fn paragraphs(topic: &str) -> String {
    (0..4)
        .map(|n| prose(&format!("{topic}{n}"), 60) + "\n")
        .collect()
}

#[test]
fn a_page_is_read_with_its_text_and_what_it_says_of_itself() {
    let dir = folder("pages-read");
    let head = "<link rel=canonical href='https://www.reuters.com/ferry'>\
                <meta property='og:url' content='https://www.lorne-courier.org/ferry'>\
                <meta property='article:published_time' content='2024-05-01T08:00:00Z'>";
    std::fs::write(
        dir.join("a.html"),
        page("Ferry aground", head, &paragraphs("ferry")),
    )
    .unwrap();
    std::fs::write(dir.join("b.txt"), paragraphs("ferry")).unwrap();
    let findings = json(&["scan", dir.to_str().unwrap(), "--format", "json"]);
    let document = &rows(&findings, "documents")[0];
    let body = text(document, "text");
    assert!(
        body.contains("ferry0 crew") && !body.contains("Privacy"),
        "{body}"
    );
    assert_eq!(text(document, "url"), "https://www.lorne-courier.org/ferry");
    assert_eq!(text(document, "site"), "lorne-courier.org");
    assert_eq!(text(document, "published"), "2024-05-01T08:00:00Z");
    let canonical = rows(document, "statements")
        .iter()
        .find(|s| s["subject"] == "canonical")
        .unwrap();
    assert_eq!(
        (text(canonical, "origin"), text(canonical, "trust")),
        ("link", "high")
    );
    let pair = &rows(&findings, "pairs")[0];
    let passage = &rows(pair, "passages")[0]["a"];
    let (start, end) = (
        passage["start"].as_u64().unwrap() as usize,
        passage["end"].as_u64().unwrap() as usize,
    );
    assert!(
        body.get(start..end)
            .is_some_and(|words| words.contains("ferry0 crew")),
        "spans index the text that is given"
    );
    let sources = rows(&findings["lineage"], "sources");
    assert!(
        sources.iter().any(|s| s["name"] == "Reuters"),
        "{sources:?}"
    );
}

#[test]
fn pages_in_a_field_are_read_in_either_mode() {
    let dir = folder("pages-field");
    let file = dir.join("a.jsonl");
    let record =
        serde_json::json!({"id": "x", "blob": page("Ferry aground", "", &paragraphs("ferry"))});
    std::fs::write(&file, format!("{record}\n")).unwrap();
    for mode in ["accurate", "fast"] {
        let args = [
            "scan",
            file.to_str().unwrap(),
            "--html-field",
            "blob",
            "--html-mode",
            mode,
            "--format",
            "json",
        ];
        let findings = json(&args);
        let body = text(&rows(&findings, "documents")[0], "text");
        assert!(
            body.contains("ferry3 crew") && !body.contains("Privacy"),
            "{mode}: {body}"
        );
    }
}

#[test]
fn pages_built_to_hurt_end_soon_with_an_answer_or_a_named_error() {
    let dir = folder("pages-hostile");
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
    let pages = [
        ("nested", "<div>".repeat(200_000)),
        ("open", "<p>word ".repeat(125_000)),
        ("attributes", format!("<p{attributes}>text")),
        (
            "scripts",
            "<script>if (a < b) { '</p>' }</script>".repeat(25_000),
        ),
        ("comment", "<!-- <p>".repeat(120_000)),
    ];
    for (name, body) in pages {
        let file = dir.join(format!("{name}.html"));
        std::fs::write(&file, format!("<html><body>{body}")).unwrap();
        let started = Instant::now();
        let findings = json(&[
            "scan",
            file.to_str().unwrap(),
            "--format",
            "json",
            "--quiet",
        ]);
        // The 2 s are the reader's; the rest is for a busy machine.
        assert!(started.elapsed() < Duration::from_secs(8), "{name}");
        let answered = rows(&findings, "documents").len() == 1;
        let code = rows(&findings, "errors")
            .first()
            .map(|e| text(e, "code").to_owned());
        let named = matches!(code.as_deref(), Some("page_too_complex" | "no_article"));
        assert!(answered || named, "{name}: {code:?}");
    }
}

/// An article with boilerplate that its own cues show, and a line that only recurrence can.
fn article(n: usize) -> String {
    format!(
        "{}\nSign up for our newsletter\n{}\nHarbour Desk Evening Bulletin Extra\n{}\n",
        prose(&format!("quay{n}"), 60),
        prose(&format!("mole{n}"), 60),
        prose(&format!("dune{n}"), 60)
    )
}

#[test]
fn stripped_text_is_given_and_indexed() {
    let dir = folder("boilerplate-modes");
    let file = dir.join("a.txt");
    std::fs::write(&file, article(0)).unwrap();
    let path = file.to_str().unwrap();
    let findings = json(&["scan", path, "--boilerplate", "strip", "--format", "json"]);
    let document = &rows(&findings, "documents")[0];
    assert!(!text(document, "text").contains("Sign up"));
    assert_eq!(document["stripped_bytes"], 27);
    let clean = |mode: &str| -> Value {
        let output = run(&["clean", path, "--boilerplate", mode]);
        serde_json::from_slice(&output.stdout).unwrap()
    };
    assert!(text(&clean("report"), "text").contains("Sign up"));
    assert_eq!(rows(&clean("report"), "removed").len(), 1);
    assert!(!text(&clean("strip"), "text").contains("Sign up"));
}

#[test]
fn templates_of_a_batch_serve_later_runs() {
    let dir = folder("boilerplate-templates");
    let site = dir.join("batch/bell");
    std::fs::create_dir_all(&site).unwrap();
    for n in 0..8 {
        std::fs::write(site.join(format!("{n}.txt")), article(n)).unwrap();
    }
    let later = dir.join("later/bell");
    std::fs::create_dir_all(&later).unwrap();
    std::fs::write(later.join("9.txt"), article(9)).unwrap();
    let path = |part: &str| dir.join(part).to_str().unwrap().to_owned();
    let (batch, later, file) = (path("batch"), path("later"), path("t.json"));
    let learned_cues = |findings: &Value| {
        let blocks = rows(findings, "boilerplate").iter();
        let mut cues = blocks.flat_map(|block| rows(block, "evidence"));
        cues.any(|cue| text(cue, "cue").starts_with("corpus:stories"))
    };
    let before = json(&["scan", &later, "--format", "json"]);
    json(&["scan", &batch, "--templates", &file, "--format", "json"]);
    let learned = std::fs::read(&file).unwrap();
    json(&["scan", &batch, "--templates", &file, "--format", "json"]);
    assert_eq!(
        std::fs::read(&file).unwrap(),
        learned,
        "a batch is learned once"
    );
    let after = json(&["scan", &later, "--templates", &file, "--format", "json"]);
    assert_eq!((learned_cues(&before), learned_cues(&after)), (false, true));
    std::fs::write(&file, "{}").unwrap();
    let refused = run(&["dedup", &later, "--templates", &file]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("t.json"));
}
