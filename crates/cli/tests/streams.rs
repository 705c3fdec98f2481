//! Standard streams that are closed, full or silent, and signals: results are never lost to messages, and a run ends when
//! it is told to.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test program")]

mod common;

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use common::{folder, prose, rows, text, wirecopy};
use serde_json::Value;

/// More than any run of these tests takes on a machine that is busy with others.
const PATIENCE: Duration = Duration::from_secs(120);

/// A device that is always full; none where the system has none.
fn full() -> Option<File> {
    OpenOptions::new().write(true).open("/dev/full").ok()
}

/// A folder with two articles and two files that cannot be read as articles.
fn pile(name: &str) -> String {
    let folder = folder(name);
    for (file, topic) in [("a.txt", "harbour"), ("b.txt", "glacier")] {
        std::fs::write(folder.join(file), prose(topic, 60)).unwrap();
    }
    std::fs::write(folder.join("empty.txt"), "").unwrap();
    std::fs::write(folder.join("bad.json"), "{\"text\": \"cut off").unwrap();
    folder.to_str().unwrap().to_owned()
}

#[test]
fn a_full_or_closed_standard_error_costs_nothing() {
    let pile = pile("full-stderr");
    let runs: [&[&str]; 4] = [
        &["scan", &pile, "--format", "json", "--stats"],
        &["dedup", &pile, "--format", "json", "--stats"],
        &["lineage", &pile, "--format", "json"],
        &["clean", &pile],
    ];
    for args in runs {
        let heard = wirecopy(args).output().unwrap();
        assert!(!heard.stderr.is_empty(), "{args:?} has something to tell");
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "exec \"$0\" \"$@\" 2>&-"])
            .arg(wirecopy(&[]).get_program())
            .args(args);
        let mut unheard = vec![shell.output().unwrap()];
        if let Some(full) = full() {
            unheard.push(wirecopy(args).stderr(full).output().unwrap());
        }
        for output in unheard {
            assert_eq!(output.status.code(), Some(3), "{args:?}");
            assert_eq!(output.stdout, heard.stdout, "{args:?}");
        }
    }
    if let Some(full) = full() {
        let wrong = wirecopy(&["scan", "--no-such-flag"]).stderr(full).output();
        assert_eq!(wrong.unwrap().status.code(), Some(2));
    }
}

#[test]
fn help_goes_where_results_go() {
    let help = wirecopy(&["scan", "--help"]).output().unwrap();
    assert_eq!(help.status.code(), Some(0));
    let said = String::from_utf8(help.stdout).unwrap();
    for part in ["Examples:", "Exit codes", "--fail-on"] {
        assert!(said.contains(part), "{part}");
    }
    assert!(!said.contains('\u{1b}'));
    if let Some(full) = full() {
        let output = wirecopy(&["--help"]).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
    }
    let mut child = wirecopy(&["scan", "--help"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = ended(child);
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}

/// Waits for a process that must end by itself.
fn ended(mut child: Child) -> Output {
    let stdout = child.stdout.take().map(drained);
    let stderr = child.stderr.take().map(drained);
    let begun = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if begun.elapsed() > PATIENCE => {
                child.kill().unwrap();
                panic!("the command did not end");
            }
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    let bytes = |reader: Option<JoinHandle<Vec<u8>>>| reader.map(|r| r.join().unwrap());
    Output {
        status,
        stdout: bytes(stdout).unwrap_or_default(),
        stderr: bytes(stderr).unwrap_or_default(),
    }
}

/// Reads a stream of the command on a thread of its own, so that the command never waits for its reader.
fn drained(mut stream: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        bytes
    })
}

/// Waits until the command has taken over its signals.
fn wait_until_it_listens(child: &Child) {
    let status = format!("/proc/{}/status", child.id());
    if !Path::new(&status).exists() {
        return std::thread::sleep(Duration::from_secs(2));
    }
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let now = std::fs::read_to_string(&status).unwrap();
        let caught = now.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = u64::from_str_radix(caught.unwrap().trim(), 16).unwrap();
        // Bit n - 1 stands for signal n: 2 is SIGINT, 15 SIGTERM.
        if caught & (1 << 1) != 0 && caught & (1 << 14) != 0 {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("the command takes no signals");
}

fn signal(child: &Child, name: &str) {
    let mut kill = Command::new("kill");
    let sent = kill.args([name, &child.id().to_string()]).status();
    assert!(sent.unwrap().success());
}

/// The command on standard input that stays open, after it has taken most of a megabyte from it.
fn reading(args: &[&str]) -> Child {
    let mut child = wirecopy(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_until_it_listens(&child);
    let stdin = child.stdin.as_mut().unwrap();
    for number in 0..300 {
        let text = prose(&format!("mill {number}"), 30);
        let record = serde_json::json!({"id": number, "text": text, "padding": "x".repeat(4_000)});
        writeln!(stdin, "{record}").unwrap();
    }
    stdin.flush().unwrap();
    child
}

/// Whether the one error is that the input was not read to its end.
fn says_that_it_was_stopped(found: &Value) -> bool {
    let codes: Vec<&str> = rows(found, "errors")
        .iter()
        .map(|error| text(error, "code"))
        .collect();
    codes == ["interrupted"]
}

#[test]
fn a_signal_ends_a_read_that_waits() {
    for (name, code) in [("-INT", 130), ("-TERM", 143)] {
        let mut child = reading(&["dedup", "-", "--format", "json"]);
        let stdin = child.stdin.take();
        signal(&child, name);
        let output = ended(child);
        drop(stdin);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{told}");
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        let read = rows(&found, "documents");
        assert!((1..=300).contains(&read.len()), "{}", read.len());
        assert_eq!(text(&read[0], "id"), "0");
        assert!(told.contains("interrupted"), "{told}");
        assert!(says_that_it_was_stopped(&found), "{found}");
    }
    let mut child = reading(&["scan", "-", "--format", "json"]);
    let stdin = child.stdin.take();
    signal(&child, "-INT");
    let output = ended(child);
    drop(stdin);
    assert_eq!(output.status.code(), Some(130));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(!rows(&found, "documents").is_empty());
    assert!(says_that_it_was_stopped(&found), "{found}");
}

#[test]
fn a_signal_before_anything_came_is_no_fault_of_the_input() {
    let mut child = wirecopy(&["scan", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_until_it_listens(&child);
    let stdin = child.stdin.take();
    signal(&child, "-INT");
    let output = ended(child);
    drop(stdin);
    assert_eq!(output.status.code(), Some(130));
}

/// A run that waits for a reader of the pipe that it writes to, and the folder that all of this stands in.
fn waiting_to_write(name: &str) -> (Child, std::path::PathBuf) {
    let folder = folder(name);
    std::fs::write(folder.join("a.txt"), prose("harbour", 60)).unwrap();
    let pipe = folder.join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let input = folder.join("a.txt");
    let args = [
        "dedup",
        input.to_str().unwrap(),
        "--write",
        pipe.to_str().unwrap(),
    ];
    let child = wirecopy(&args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_until_it_listens(&child);
    (child, folder)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn the_second_signal_ends_the_run_at_once_and_leaves_no_file() {
    let (mut child, folder) = waiting_to_write("second-signal");
    // What it says of the first signal says that the second will be its second.
    signal(&child, "-INT");
    let mut heard = String::new();
    let mut stderr = child.stderr.take().unwrap();
    let mut piece = [0; 256];
    while !heard.contains("interrupted") {
        let read = stderr.read(&mut piece).unwrap();
        assert!(read > 0, "{heard}");
        heard.push_str(&String::from_utf8_lossy(piece.get(..read).unwrap()));
    }
    signal(&child, "-INT");
    let output = ended(child);
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(names(&folder), ["a.txt", "pipe"]);
}

#[test]
fn a_run_that_is_told_to_terminate_does_so_whatever_it_waits_for() {
    let (child, folder) = waiting_to_write("terminate");
    signal(&child, "-TERM");
    let output = ended(child);
    assert_eq!(output.status.code(), Some(143));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("there is no result"), "{told}");
    assert_eq!(names(&folder), ["a.txt", "pipe"]);
}

#[test]
fn a_pipe_that_its_reader_closes_is_a_clean_end_for_every_form() {
    let runs: [&[&str]; 5] = [
        &["scan", "fixtures/newsroom/articles"],
        &["scan", "fixtures/newsroom/articles", "--format", "jsonl"],
        &["dedup", "fixtures/newsroom/articles", "--quiet"],
        &["clean", "fixtures/newsroom/articles"],
        &["schema", "findings"],
    ];
    for args in runs {
        let mut child = wirecopy(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = ended(child);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*told), (Some(0), ""), "{args:?}");
    }
}
