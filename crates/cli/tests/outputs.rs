//! Files that are written: never over an input, whole or not at all, and found wanting before the work.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test program")]

mod common;

use std::fs::File;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Stdio;

use common::{folder, prose, run, wirecopy};

/// Three records of which two are one text.
fn records() -> String {
    let line = |id: &str, topic: &str| {
        serde_json::json!({"id": id, "text": prose(topic, 60)}).to_string() + "\n"
    };
    line("a", "harbour") + &line("b", "harbour") + &line("c", "glacier")
}

/// What `dedup` keeps of them.
fn kept() -> String {
    let all = records();
    let lines: Vec<&str> = all.lines().collect();
    format!("{}\n{}\n", lines[0], lines[2])
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn inputs_and_neighbours_of_any_name_survive() {
    let folder = folder("part-input");
    let [input, output] = ["x.jsonl.part", "x.jsonl"].map(|name| folder.join(name));
    std::fs::write(&input, records()).unwrap();
    for _ in 0..2 {
        let written = run(&["dedup", shown(&input), "--write", shown(&output)]);
        assert_eq!(written.status.code(), Some(0));
        assert_eq!(read(&input), records());
        assert_eq!(read(&output), kept());
    }
    let names = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(names, 2);
}

#[test]
fn links_are_written_through_and_permissions_stay() {
    let folder = folder("links-and-modes");
    let [input, output, link] = ["in.jsonl", "out.jsonl", "link"].map(|name| folder.join(name));
    std::fs::write(&input, records()).unwrap();
    std::fs::write(&output, "old").unwrap();
    std::fs::set_permissions(&output, PermissionsExt::from_mode(0o640)).unwrap();
    symlink("out.jsonl", &link).unwrap();
    let written = run(&["dedup", shown(&input), "--write", shown(&link)]);
    assert_eq!(written.status.code(), Some(0));
    assert!(link.is_symlink());
    assert_eq!(read(&output), kept());
    let mode = output.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

/// Runs the command on standard input that never ends: only a fault that is found before reading ends it.
fn refused(args: &[&str]) -> String {
    let mut child = wirecopy(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stdin = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(stdin);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{args:?}: {told}");
    assert!(output.stdout.is_empty());
    told
}

#[test]
fn an_output_that_cannot_be_written_is_found_before_anything_is_read() {
    let folder = folder("checked-before");
    let absent = folder.join("absent/out.jsonl");
    let file = folder.join("file");
    std::fs::write(&file, "x").unwrap();
    let (folder, absent, file) = (shown(&folder), shown(&absent), shown(&file));
    let below_file = format!("{file}/out");
    for (args, said) in [
        (vec!["dedup", "-", "--write", absent], "no folder"),
        (vec!["dedup", "-", "--write", folder], "cannot write"),
        (vec!["dedup", "-", "--write", &below_file], "cannot write"),
        (vec!["scan", "-", "--html", absent], "no folder"),
        (vec!["scan", "-", "--out", file], "cannot make the folder"),
        (vec!["scan", "-", "--out", "-"], "--out wants a folder"),
        (vec!["scan", "-", "--templates", absent], "no folder"),
        (
            vec!["dedup", "-", "--write", "-", "--list"],
            "standard output",
        ),
    ] {
        let told = refused(&args);
        assert!(told.contains(said), "{args:?}: {told}");
    }
}

#[test]
fn what_is_read_is_not_written_over_whatever_it_is_called() {
    let folder = folder("over-inputs");
    let [input, link, list] = ["in.jsonl", "link.jsonl", "list"].map(|name| folder.join(name));
    std::fs::write(&input, records()).unwrap();
    symlink("in.jsonl", &link).unwrap();
    std::fs::write(&list, format!("{}\n", shown(&input))).unwrap();
    let inside = folder.join("../over-inputs/in.jsonl");
    for args in [
        vec!["dedup", shown(&input), "--write", shown(&link)],
        vec!["dedup", shown(&link), "--write", shown(&inside)],
        vec![
            "dedup",
            "--files-from",
            shown(&list),
            "--write",
            shown(&list),
        ],
        vec![
            "dedup",
            "--files-from",
            shown(&list),
            "--write",
            shown(&input),
        ],
        vec![
            "scan",
            shown(&list),
            "--against",
            shown(&input),
            "--html",
            shown(&input),
        ],
        vec!["scan", shown(&input), "--templates", shown(&input)],
    ] {
        let output = run(&args);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(told.contains("would overwrite the input"), "{told}");
    }
    let redirected = wirecopy(&["dedup", "-", "--write", shown(&input)])
        .stdin(File::open(&input).unwrap())
        .output()
        .unwrap();
    assert_eq!(redirected.status.code(), Some(2));
    assert_eq!(read(&input), records());
}

#[test]
fn a_dash_is_standard_output() {
    let folder = folder("dash");
    let input = folder.join("in.jsonl");
    std::fs::write(&input, records()).unwrap();
    let output = wirecopy(&["dedup", "in.jsonl", "--write", "-"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), kept());
    let page = wirecopy(&["scan", "in.jsonl", "--html", "-"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(page.status.code(), Some(0));
    let page = String::from_utf8(page.stdout).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    assert!(!folder.join("-").exists());
}

#[test]
fn a_device_is_written_as_it_is() {
    let folder = folder("device");
    let input = folder.join("in.jsonl");
    std::fs::write(&input, records()).unwrap();
    let nothing = run(&["dedup", shown(&input), "--write", "/dev/null"]);
    assert_eq!(nothing.status.code(), Some(0));
    if Path::new("/dev/full").exists() {
        let full = run(&["dedup", shown(&input), "--write", "/dev/full"]);
        let told = String::from_utf8_lossy(&full.stderr);
        assert_eq!(full.status.code(), Some(2));
        assert!(told.contains("cannot write /dev/full"), "{told}");
    }
}

#[test]
fn reports_in_the_folder_that_is_read_are_written_anew() {
    let folder = folder("reports-inside");
    for (name, topic) in [("a.txt", "harbour"), ("b.txt", "glacier")] {
        std::fs::write(folder.join(name), prose(topic, 60)).unwrap();
    }
    let [out, page] = ["out", "page.html"].map(|name| folder.join(name));
    for _ in 0..2 {
        let args = [
            "scan",
            shown(&folder),
            "--out",
            shown(&out),
            "--html",
            shown(&page),
        ];
        let output = run(&args);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{told}");
        let findings = read(&out.join("findings.json"));
        let findings: serde_json::Value = serde_json::from_str(&findings).unwrap();
        assert_eq!(findings["summary"]["documents"], 2);
    }
    // What only looks like one by its name is an article.
    std::fs::write(&page, format!("<p>{}</p>", prose("quarry", 60))).unwrap();
    let refused = run(&["scan", shown(&folder), "--html", shown(&page)]);
    assert_eq!(refused.status.code(), Some(2));
}
