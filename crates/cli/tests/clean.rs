//! `clean` takes out what is marked, keeps the rest, and loses no article.

mod common;

use common::{rows, run, text};
use serde_json::Value;

#[test]
fn articles_come_out_without_chrome_and_with_their_credits_as_fields() {
    let output = run(&["clean", "fixtures/newsroom/articles"]);
    assert_eq!(output.status.code(), Some(0));
    let records: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), 24);
    let scrape = records.iter().find(|r| text(r, "id") == "tidings-hub-net/ferry-engineer.txt").unwrap();
    let body = text(scrape, "text");
    assert!(body.contains("By the end I was writing to a wall."));
    for gone in ["Get The Tidings Hub Letter", "Sourced From", "Terms Of Use"] {
        assert!(!body.contains(gone), "{gone}");
    }
    let credits: Vec<&str> = rows(scrape, "provenance").iter().filter_map(Value::as_str).collect();
    assert!(credits.iter().any(|credit| credit.starts_with("Sourced From: www.harrow-courier.example")), "{credits:?}");
}
