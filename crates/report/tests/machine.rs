//! The machine formats: one document, one record a line, graphs, and their schemas.

#![allow(
    clippy::unwrap_used,
    reason = "output that cannot be written is a failed test"
)]

mod common;

use common::findings;
use serde_json::Value;
use wirecopy_findings::Findings;
use wirecopy_report::{graph, json, schema};

#[test]
fn json_comes_back_as_it_was() {
    for layout in [json::Layout::Pretty, json::Layout::Compact] {
        let mut out = Vec::new();
        json::write(&findings(), layout, &mut out).unwrap();
        assert_eq!(out.last(), Some(&b'\n'));
        let back: Findings = serde_json::from_slice(&out).unwrap();
        assert_eq!(back, findings());
    }
}

#[test]
fn each_line_is_a_record_and_all_records_are_there() {
    let mut out = Vec::new();
    json::write_jsonl(&findings(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let names: Vec<&str> = lines
        .iter()
        .map(|l| l["record"].as_str().unwrap())
        .collect();
    let count = |name: &str| names.iter().filter(|n| **n == name).count();
    assert_eq!(names[0], "summary");
    assert_eq!(lines[0]["schema"], "wirecopy.findings/1");
    let found = findings();
    assert_eq!(count("document"), found.documents.len());
    assert_eq!(count("edge"), found.lineage.edges.len());
    assert_eq!(count("error"), found.errors.len());
    assert_eq!(
        lines.len(),
        1 + 5 + 3 + 1 + 4 + 1 + 5 + 2 + 3 + 1 + 4 + 1 + 2
    );
    let mut pair = lines
        .iter()
        .find(|l| l["record"] == "pair")
        .unwrap()
        .clone();
    pair.as_object_mut().unwrap().remove("record");
    assert_eq!(pair, serde_json::to_value(&found.pairs[0]).unwrap());
}

#[test]
fn the_line_schema_knows_every_record_name() {
    let mut out = Vec::new();
    json::write_jsonl(&findings(), &mut out).unwrap();
    let schema = schema::findings_line();
    let variants = schema["oneOf"].as_array().unwrap();
    let known: Vec<&str> = variants
        .iter()
        .map(|v| v["properties"]["record"]["const"].as_str().unwrap())
        .collect();
    assert_eq!(known.len(), 13);
    for line in String::from_utf8(out).unwrap().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        assert!(known.contains(&record["record"].as_str().unwrap()));
    }
}

#[test]
fn the_schema_names_the_fields_of_the_findings() {
    let schema = schema::findings();
    let written = serde_json::to_value(findings()).unwrap();
    for field in written.as_object().unwrap().keys() {
        assert!(schema["properties"].get(field).is_some(), "{field}");
    }
}

#[test]
fn graphs() {
    insta::assert_snapshot!("lineage_dot", graph::dot(&findings()));
    insta::assert_snapshot!("lineage_graphml", graph::graphml(&findings()));
}

#[test]
fn names_cannot_break_out_of_a_graph() {
    let mut found = findings();
    found.lineage.sources[0].name = Some("x\"]; evil [label=\"</data>&\u{0}\\".into());
    let dot = graph::dot(&found);
    assert!(dot.contains(r#"label="x\"]; evil [label=\"</data>&␀\\""#));
    let graphml = graph::graphml(&found);
    assert!(graphml.contains("x&quot;]; evil [label=&quot;&lt;/data&gt;&amp;\u{fffd}\\"));
}
