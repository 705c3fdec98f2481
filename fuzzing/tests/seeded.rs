//! The short form of the search: inputs that failed once, and some hundreds of new ones for each stage, the same each time.

#![allow(clippy::unwrap_used, reason = "a test program")]

use std::path::Path;

use wirecopy_fuzzing::{Case, Fault, Generator, Stage, attempt, bytes_of};

/// Bytes that a case is made from.
const CASE_BYTES: usize = 700;

/// Faults that are known and not mended yet, by the beginning of their kind. To be empty.
const KNOWN: &[&str] = &[];

fn is_known(fault: &Fault) -> bool {
    let kind = fault.kind();
    KNOWN.iter().any(|known| kind.starts_with(known))
}

/// Cases of each stage, by what one costs.
fn cases(stage: Stage) -> u64 {
    match stage {
        Stage::Dates => 20_000,
        Stage::Tokens => 1_000,
        Stage::Quotations | Stage::Provenance => 800,
        Stage::Detect | Stage::Render => 120,
        Stage::Boilerplate | Stage::Templates | Stage::Align | Stage::Dedup => 300,
        Stage::Decode | Stage::Html => 400,
    }
}

#[test]
fn inputs_that_failed_once_are_answered() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/fuzz");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let case: Case = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(attempt(&case), Ok(()), "{}", path.display());
    }
}

#[test]
fn new_inputs_are_answered() {
    let generator = Generator::new().unwrap();
    for stage in Stage::ALL {
        for number in 0..cases(stage) {
            let seed = (stage as u64) << 56 | number;
            let case = generator.case(stage, &bytes_of(seed, CASE_BYTES));
            if let Err(fault) = attempt(&case)
                && !is_known(&fault)
            {
                let shown = serde_json::to_string(&wirecopy_fuzzing::shrink(&case)).unwrap();
                panic!(
                    "{} {number}: {}: {}\n{shown}",
                    stage.name(),
                    fault.kind(),
                    fault.detail()
                );
            }
        }
    }
}
