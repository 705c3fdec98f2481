//! One libFuzzer target for all stages: `FUZZ_STAGE` names the stage, the bytes are choices of the generator.
//!
//! A panic or a broken rule is written to `FUZZ_FOUND` (a folder), one case of each kind, and the search goes on. Without
//! that folder the first fault ends the process, as libFuzzer expects it.

#![no_main]

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use wirecopy_fuzzing::{Case, Fault, Generator, Stage, attempt};

struct Search {
    generator: Generator,
    stage: Stage,
    out: Option<PathBuf>,
    kinds: Mutex<HashSet<String>>,
}

static SEARCH: LazyLock<Search> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_STAGE").expect("FUZZ_STAGE names a stage");
    Search {
        generator: Generator::new().expect("fixtures and sources are there"),
        stage: Stage::named(&name).expect("FUZZ_STAGE names a stage"),
        out: std::env::var_os("FUZZ_FOUND").map(PathBuf::from),
        kinds: Mutex::default(),
    }
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let search = &*SEARCH;
    let case = search.generator.case(search.stage, bytes);
    if let Err(fault) = attempt(&case) {
        match &search.out {
            Some(out) => keep(&case, &fault, out),
            None => {
                eprintln!("{}: {}", fault.kind(), fault.detail());
                std::process::abort();
            }
        }
    }
});

/// Keeps the first case of each kind of fault.
fn keep(case: &Case, fault: &Fault, out: &Path) {
    let kind = fault.kind();
    let is_new = {
        let mut kinds = SEARCH.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        kinds.insert(kind.clone())
    };
    if !is_new {
        return;
    }
    println!("FOUND {} {kind}: {}", case.stage.name(), fault.detail());
    let name: String = kind
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let json = serde_json::to_string_pretty(case).expect("a case is plain data");
    let _ = std::fs::write(out.join(format!("{}-{name}.json", case.stage.name())), json);
}
