//! Commands and what they print. Each `golden/NAME.cmd` holds the arguments, one a line; `golden/NAME.stdout` what comes
//! out. `UPDATE_EXPECTED=1` rewrites the latter; read the difference before it is committed.

mod common;

use std::path::{Path, PathBuf};

use common::{run, workspace};

fn commands() -> Vec<PathBuf> {
    let folder = workspace().join("crates/cli/tests/golden");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "cmd"));
    paths.sort();
    paths
}

/// The first line that differs, for a message that can be read.
fn difference(found: &str, wanted: &str) -> Option<String> {
    let (mut found, mut wanted) = (found.lines(), wanted.lines());
    (1..).find_map(|number| match (found.next(), wanted.next()) {
        (None, None) => Some(None),
        (f, w) if f == w => None,
        (f, w) => Some(Some(format!("line {number}:\n  printed:  {f:?}\n  expected: {w:?}"))),
    })?
}

fn check(command: &Path) -> Result<(), String> {
    let arguments = std::fs::read_to_string(command).unwrap();
    let arguments: Vec<&str> = arguments.lines().collect();
    let output = run(&arguments);
    let printed = String::from_utf8(output.stdout).unwrap();
    if !output.status.success() {
        return Err(format!("{arguments:?}: {}: {}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    let expected = command.with_extension("stdout");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&expected, &printed).unwrap();
    }
    match difference(&printed, &std::fs::read_to_string(&expected).unwrap_or_default()) {
        None => Ok(()),
        Some(at) => Err(format!("{}: {at}", expected.file_name().unwrap().display())),
    }
}

#[test]
fn commands_print_what_is_expected() {
    let commands = commands();
    assert!(commands.len() >= 5);
    let failures: Vec<String> = commands.iter().filter_map(|command| check(command).err()).collect();
    assert!(failures.is_empty(), "{}\nUPDATE_EXPECTED=1 rewrites the expected output", failures.join("\n"));
}
