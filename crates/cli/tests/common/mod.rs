//! What the whole-program tests share: running the command, and folders of their own to run it in.

#![allow(dead_code, reason = "each test program uses a part of this module")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The top of the workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the workspace is there")
}

/// The evaluation sets that may lie beside the checkout. Says plainly when they do not.
pub(crate) fn shared(part: &str) -> Option<PathBuf> {
    let path = workspace().join("../shared").join(part);
    if path.exists() {
        return Some(path);
    }
    eprintln!(
        "skipped: ../shared/{part} is not beside this checkout, so its figures are not checked"
    );
    None
}

/// The command with `args`, not yet run.
pub(crate) fn wirecopy(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command
        .args(args)
        .env_remove("NO_COLOR")
        // A panic is to fail the test, and not to cost one document.
        .env("WIRECOPY_PANIC", "abort")
        .current_dir(workspace());
    command
}

/// Runs the command.
pub(crate) fn run(args: &[&str]) -> Output {
    wirecopy(args).output().expect("the command starts")
}

/// Runs the command and reads its JSON, whatever the exit code.
pub(crate) fn json(args: &[&str]) -> Value {
    let output = run(args);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!(
            "{args:?} printed no JSON ({error}); stderr: {}",
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

/// A folder of a test's own, emptied at the start, under cargo's folder for such.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        std::fs::remove_dir_all(&path).expect("an old folder of this test can be removed");
    }
    std::fs::create_dir_all(&path).expect("the test's folder can be made");
    path
}

/// The string under `key`.
pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} is a string in {value}"))
}

/// The array under `key`.
pub(crate) fn rows<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key]
        .as_array()
        .unwrap_or_else(|| panic!("{key} is an array in {value}"))
}

/// Invented text of about `words` words that no other `topic` shares a sentence with.
pub(crate) fn prose(topic: &str, words: usize) -> String {
    const VERBS: [&str; 7] = [
        "measured", "painted", "counted", "ferried", "mended", "weighed", "sketched",
    ];
    const THINGS: [&str; 8] = [
        "lanterns",
        "barrels",
        "hedgerows",
        "violins",
        "turbines",
        "ledgers",
        "kites",
        "orchards",
    ];
    const PLACES: [&str; 5] = [
        "upstream",
        "indoors",
        "by moonlight",
        "in the old mill",
        "near the quay",
    ];
    let mut out = String::new();
    let mut n = topic
        .bytes()
        .fold(7usize, |h, b| h.wrapping_mul(31).wrapping_add(b as usize));
    let mut count = 0;
    while count < words {
        n = n
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let pick = |list: &[&str], shift: u32| list[(n >> shift) % list.len()].to_owned();
        let sentence = format!(
            "The {topic} crew {} {} {} {} while number {} waited. ",
            pick(&VERBS, 17),
            (n >> 33) % 977,
            pick(&THINGS, 23),
            pick(&PLACES, 29),
            (n >> 41) % 7919,
        );
        count += sentence.split_whitespace().count();
        out.push_str(&sentence);
    }
    out
}
