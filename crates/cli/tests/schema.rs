//! The machine formats against their schemas.

mod common;

use boon::{Compiler, SchemaIndex, Schemas};
use common::{json, run};
use serde_json::Value;

fn compiled(name: &str) -> (Schemas, SchemaIndex) {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.add_resource("schema.json", json(&["schema", name])).unwrap();
    let index = compiler.compile("schema.json", &mut schemas).unwrap();
    (schemas, index)
}

#[test]
fn the_findings_document_keeps_its_schema() {
    let (schemas, index) = compiled("findings");
    let mut findings = json(&["scan", "fixtures/newsroom/articles", "--format", "json"]);
    schemas.validate(&findings, index).unwrap();
    findings["pairs"][0]["relation"] = "cousins".into();
    assert!(schemas.validate(&findings, index).is_err(), "the schema must be able to say no");
}

#[test]
fn each_line_keeps_its_schema() {
    let (schemas, index) = compiled("record");
    let output = run(&["scan", "fixtures/newsroom/articles", "--format", "jsonl"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    assert!(lines.lines().count() > 300);
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        schemas.validate(&record, index).unwrap_or_else(|error| panic!("{error}\n{line}"));
    }
}
