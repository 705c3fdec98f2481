//! The five real articles that the project started from, scored where they lie beside the checkout. The figures stand
//! in a checked-in table that changes only on purpose.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test program")]

mod common;

use std::process::Command;

use common::{folder, run, shared, workspace};

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
