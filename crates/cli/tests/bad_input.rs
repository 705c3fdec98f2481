//! Bad input gets a named error; the rest of the run is unharmed; exit codes say what happened.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test program")]

mod common;

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use common::{folder, json, prose, rows, run, text, wirecopy};
use serde_json::Value;

fn scan(path: &Path, more: &[&str]) -> (Value, i32, String) {
    let mut args = vec!["scan", path.to_str().unwrap(), "--format", "json"];
    args.extend_from_slice(more);
    let output = run(&args);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    (
        serde_json::from_slice(&output.stdout).unwrap_or(Value::Null),
        output.status.code().unwrap(),
        stderr,
    )
}

fn codes(findings: &Value) -> Vec<(String, String)> {
    rows(findings, "errors")
        .iter()
        .map(|e| (text(e, "path").to_owned(), text(e, "code").to_owned()))
        .collect()
}

#[test]
fn each_bad_file_is_named_and_the_good_ones_are_read() {
    let folder = folder("bad-files");
    std::fs::write(folder.join("a.txt"), prose("harbour", 60)).unwrap();
    std::fs::write(folder.join("b.txt"), prose("harbour", 60)).unwrap();
    std::fs::write(folder.join("empty.txt"), "").unwrap();
    std::fs::write(folder.join("blank.txt"), " \n\n\t ").unwrap();
    std::fs::write(folder.join("binary.txt"), b"\x7fELF\0\0\0\x01\x02\0\0\0").unwrap();
    std::fs::write(folder.join("bad.json"), "{\"text\": \"cut off").unwrap();
    let (findings, code, stderr) = scan(&folder, &[]);
    assert_eq!(code, 3, "{stderr}");
    let expected = [
        ("bad.json", "invalid_json"),
        ("binary.txt", "binary"),
        ("blank.txt", "empty"),
        ("empty.txt", "empty"),
    ];
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|(p, c)| ((*p).into(), (*c).into()))
        .collect();
    assert_eq!(codes(&findings), expected);
    assert_eq!(rows(&findings, "documents").len(), 2);
    assert_eq!(text(&rows(&findings, "pairs")[0], "relation"), "identical");
    for (path, _) in expected {
        assert!(stderr.contains(&path), "stderr names {path}: {stderr}");
    }
    assert_eq!(scan(&folder, &["--allow-skips"]).1, 0);
}

#[test]
fn bad_records_of_a_file_are_named_by_their_place() {
    let path = folder("bad-records").join("news.jsonl");
    let good = serde_json::json!({"id": "x", "text": prose("lighthouse", 40)});
    let lines = format!("{good}\n{{\"id\": \"y\"}}\nnot json\n{good}\n\n");
    std::fs::write(&path, &lines).unwrap();
    let (findings, code, stderr) = scan(&path, &[]);
    assert_eq!(code, 3, "{stderr}");
    let ids: Vec<&str> = rows(&findings, "documents")
        .iter()
        .map(|d| text(d, "id"))
        .collect();
    assert_eq!(ids, ["x", "x#2"]);
    let errors = rows(&findings, "errors");
    let found: Vec<&str> = errors.iter().map(|e| text(e, "code")).collect();
    assert_eq!(found, ["missing_text", "invalid_json", "duplicate_id"]);
    assert_eq!(
        errors[1]["offset"].as_u64().unwrap() as usize,
        lines.find("not json").unwrap()
    );
}

#[test]
fn encodings_are_told_apart() {
    let folder = folder("encodings");
    let body = "Über die Brücke fuhr der Zug, sagte die Bürgermeisterin von Königshöhe: „Wir hätten früher prüfen \
                müssen, wie groß die Schäden wären.“ Später erklärte sie, die Züge würden künftig täglich geprüft.";
    std::fs::write(folder.join("utf8.txt"), body).unwrap();
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(body.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    std::fs::write(folder.join("utf16.txt"), utf16).unwrap();
    let windows: Vec<u8> = body
        .chars()
        .map(|c| match c {
            '„' => 0x84,
            '“' => 0x93,
            other => u8::try_from(u32::from(other)).expect("Latin-1"),
        })
        .collect();
    std::fs::write(folder.join("windows.txt"), windows).unwrap();
    let (findings, code, stderr) = scan(&folder, &[]);
    assert_eq!(code, 0, "{stderr}");
    let seen: Vec<(&str, bool)> = rows(&findings, "documents")
        .iter()
        .map(|d| {
            (
                text(d, "encoding"),
                d["text"]
                    .as_str()
                    .is_some_and(|t| t.trim_start_matches('\u{feff}') == body),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [("utf-16le", true), ("utf-8", false), ("windows-1252", true)]
    );
    assert!(
        rows(&findings, "pairs")
            .iter()
            .all(|p| text(p, "relation") == "identical")
    );
}

#[test]
fn a_huge_line_is_only_slow_in_proportion() {
    let folder = folder("huge-line");
    std::fs::write(folder.join("one-line.txt"), prose("granary", 200_000)).unwrap();
    std::fs::write(folder.join("one-word.txt"), "a".repeat(3_000_000)).unwrap();
    let (findings, code, stderr) = scan(&folder, &[]);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(rows(&findings, "documents").len(), 2);
}

#[test]
fn nothing_to_read_is_wrong_usage() {
    let empty = folder("nothing");
    assert_eq!(scan(&empty, &[]).1, 2);
    let (_, code, stderr) = scan(&empty.join("absent.txt"), &[]);
    assert_eq!(code, 2);
    assert!(stderr.contains("absent.txt"), "{stderr}");
    assert_eq!(run(&["scan"]).status.code(), Some(2));
    assert_eq!(run(&["scan", ".", "--no-such-flag"]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn symlink_loops_and_unreadable_things_are_named() {
    let folder = folder("links");
    std::fs::write(folder.join("a.txt"), prose("tannery", 40)).unwrap();
    std::fs::create_dir(folder.join("sub")).unwrap();
    std::os::unix::fs::symlink("..", folder.join("sub/loop")).unwrap();
    std::os::unix::fs::symlink("absent", folder.join("dangling.txt")).unwrap();
    let (findings, code, stderr) = scan(&folder, &["--follow-links"]);
    assert_eq!(code, 3, "{stderr}");
    assert_eq!(
        codes(&findings),
        [
            ("dangling.txt".into(), "not_found".into()),
            ("sub/loop".into(), "symlink_loop".into())
        ]
    );
    assert_eq!(rows(&findings, "documents").len(), 1);
}

#[test]
fn standard_input_is_read_and_a_closed_pipe_is_a_clean_end() {
    let record = serde_json::json!({"id": "s", "text": prose("bakery", 40)});
    let mut child = wirecopy(&["scan", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{record}").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(text(&rows(&findings, "documents")[0], "id"), "s");

    let mut child = wirecopy(&["scan", "fixtures/newsroom/articles", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_full_disk_is_an_error() {
    if !Path::new("/dev/full").exists() {
        eprintln!("skipped: this system has no /dev/full");
        return;
    }
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = wirecopy(&["scan", "fixtures/newsroom/articles", "--format", "json"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(2),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[cfg(unix)]
#[test]
fn sigint_finishes_with_what_was_read() {
    let mut child = wirecopy(&["scan", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let record = serde_json::json!({"id": "s", "text": prose("chapel", 40)});
    writeln!(stdin, "{record}").unwrap();
    stdin.flush().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(400));
    let signalled = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(signalled.success());
    std::thread::sleep(std::time::Duration::from_millis(200));
    writeln!(stdin, "{record}").ok();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(130),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(!rows(&findings, "documents").is_empty());
}

#[test]
fn defaults_come_from_the_configuration_file_and_give_way_to_flags_and_environment() {
    let folder = folder("config");
    std::fs::write(folder.join("a.txt"), "one two three").unwrap();
    let options = |args: &[&str], days: Option<&str>| -> serde_json::Value {
        let mut command = wirecopy(args);
        command.current_dir(&folder);
        if let Some(days) = days {
            command.env("WIRECOPY_DAYS", days);
        }
        let output = command.output().unwrap();
        let findings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        findings["options"]["max_days"].clone()
    };
    let scan = ["scan", "a.txt", "--format", "json"];
    assert_eq!(options(&scan, None), serde_json::Value::Null);
    std::fs::write(
        folder.join("wirecopy.toml"),
        "days = 9\n[dedup]\nkeep = \"first\"\n",
    )
    .unwrap();
    assert_eq!(options(&scan, None), 9);
    assert_eq!(options(&scan, Some("8")), 8);
    assert_eq!(
        options(
            &["scan", "a.txt", "--format", "json", "--days", "7"],
            Some("8")
        ),
        7
    );
}

#[test]
fn a_wrong_configuration_file_is_named_with_the_key() {
    let folder = folder("wrong_config");
    std::fs::write(folder.join("a.txt"), "one two three").unwrap();
    for (config, said) in [
        ("dayz = 9", "dayz"),
        ("days = \"soon\"", "soon"),
        ("days = [1, 2]", "one value"),
        ("[scann]\ndays = 1", "scann"),
        ("[scan]\nkeep = \"first\"", "keep"),
        ("days =", "wirecopy.toml"),
    ] {
        std::fs::write(folder.join("wirecopy.toml"), config).unwrap();
        let output = wirecopy(&["scan", "a.txt"])
            .current_dir(&folder)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{config}: {told}");
        assert!(
            told.contains(said) && told.contains("wirecopy.toml"),
            "{config}: {told}"
        );
    }
}

#[test]
fn no_output_is_written_over_an_input() {
    let folder = folder("overwrite");
    let article = folder.join("a.txt");
    std::fs::write(&article, "one two three").unwrap();
    let path = article.to_str().unwrap();
    for args in [
        vec!["scan", path, "--html", path],
        vec!["scan", folder.to_str().unwrap(), "--html", path],
        vec!["dedup", path, "--write", path],
    ] {
        let output = run(&args);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(std::fs::read_to_string(&article).unwrap(), "one two three");
    }
}

#[test]
fn an_archive_is_matched_and_not_reported_on() {
    let folder = folder("archive");
    let story = "LISBON (Harbour Wire) — The harbour was shut on Monday after a crane fell across the quay and \\
        crushed two empty lorries, the port authority said in a short statement to reporters there.";
    std::fs::create_dir(folder.join("old")).unwrap();
    std::fs::write(folder.join("new.txt"), story).unwrap();
    std::fs::write(folder.join("old/same.txt"), story).unwrap();
    std::fs::write(
        folder.join("old/other.txt"),
        "Ann Low of the Valley Herald contributed to this report.\nA kettle of soup was spilled at the fair.",
    )
    .unwrap();
    let [new, old] = ["new.txt", "old"].map(|name| folder.join(name));
    let findings = json(&[
        "scan",
        new.to_str().unwrap(),
        "--against",
        old.to_str().unwrap(),
        "--format",
        "json",
    ]);
    let listed: Vec<&str> = rows(&findings, "documents")
        .iter()
        .map(|d| text(d, "id"))
        .collect();
    assert_eq!(listed.len(), 2, "the article and its twin: {listed:?}");
    let sources: Vec<&str> = rows(&findings["lineage"], "sources")
        .iter()
        .map(|s| text(s, "id"))
        .collect();
    for edge in rows(&findings["lineage"], "edges") {
        assert!(listed.contains(&text(edge, "to")), "{edge}");
        let from = text(edge, "from");
        assert!(listed.contains(&from) || sources.contains(&from), "{edge}");
    }
}

#[test]
fn short_documents_are_listed_and_not_compared() {
    let folder = folder("short");
    for name in ["a.txt", "b.txt"] {
        std::fs::write(folder.join(name), "The same few words.").unwrap();
    }
    let path = folder.to_str().unwrap();
    let few = json(&["scan", path, "--format", "json"]);
    assert_eq!(
        (rows(&few, "documents").len(), rows(&few, "pairs").len()),
        (2, 0)
    );
    let all = json(&["scan", path, "--format", "json", "--min-words", "2"]);
    assert_eq!(rows(&all, "pairs").len(), 1);
}

#[test]
fn a_run_does_not_read_what_another_wrote() {
    let folder = folder("own-reports");
    std::fs::write(folder.join("a.txt"), prose("harbour", 60)).unwrap();
    std::fs::write(folder.join("b.txt"), prose("lighthouse", 60)).unwrap();
    let path = folder.to_str().unwrap();
    let out = folder.join("out");
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    run(&[
        "scan",
        path,
        "--out",
        out.to_str().unwrap(),
        "--templates",
        &at("known.json"),
    ]);
    let kept = run(&["dedup", path, "--format", "csv"]).stdout;
    std::fs::write(folder.join("kept.csv"), kept).unwrap();
    let (findings, code, stderr) = scan(&folder, &[]);
    assert_eq!((code, codes(&findings)), (0, vec![]), "{stderr}");
    assert_eq!(rows(&findings, "documents").len(), 2);
    assert!(
        stderr.contains("6 files written by earlier runs were passed over"),
        "{stderr}"
    );
}

#[test]
fn files_of_formats_that_are_not_read_are_named_by_extension() {
    let folder = folder("foreign");
    std::fs::write(folder.join("a.txt"), prose("harbour", 60)).unwrap();
    for name in ["b.pdf", "c.pdf", "d.docx", "e.png", ".f.txt"] {
        std::fs::write(folder.join(name), "x").unwrap();
    }
    let (findings, code, stderr) = scan(&folder, &["--stats"]);
    assert_eq!(code, 3, "{stderr}");
    let found: Vec<String> = codes(&findings).into_iter().map(|(_, code)| code).collect();
    assert_eq!(found, ["unsupported_format", "unsupported_format"]);
    for said in [
        "1 files of a kind that is not read (.docx)",
        "2 files of a kind that is not read (.pdf)",
        "not read: 1 .png, 1 hidden",
    ] {
        assert!(stderr.contains(said), "{said}: {stderr}");
    }
}

#[test]
fn a_list_of_files_may_have_a_mark_and_bad_names() {
    let folder = folder("list");
    std::fs::write(folder.join("a.txt"), prose("harbour", 60)).unwrap();
    std::fs::write(folder.join("b.txt"), prose("lighthouse", 60)).unwrap();
    std::fs::write(
        folder.join("list.txt"),
        b"\xef\xbb\xbfa.txt\r\nno\xffname.txt\r\nb.txt\r\n",
    )
    .unwrap();
    let output = wirecopy(&["scan", "--files-from", "list.txt", "--format", "json"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3));
    let ids: Vec<&str> = rows(&findings, "documents")
        .iter()
        .map(|d| text(d, "id"))
        .collect();
    assert_eq!(ids, ["a.txt", "b.txt"]);
    assert_eq!(rows(&findings, "errors").len(), 1);
    assert_eq!(text(&rows(&findings, "errors")[0], "code"), "not_found");
}

#[test]
fn rows_and_records_of_one_text_give_the_same_findings() {
    let folder = folder("forms");
    let stories: Vec<(String, String)> = (0..6)
        .map(|n| {
            (
                format!("s{n}"),
                format!(
                    "\"{}\" she said, and left; it's late.\n\n{}",
                    prose("mill", 12),
                    prose(if n % 2 == 0 { "harbour" } else { "dam" }, 80)
                ),
            )
        })
        .collect();
    let lines: String = stories
        .iter()
        .map(|(id, text)| format!("{}\n", serde_json::json!({"id": id, "text": text})))
        .collect();
    let row = |(id, text): &(String, String)| format!("{id};\"{}\"\r\n", text.replace('"', "\"\""));
    let table = format!(
        "sep=;\r\nid;text\r\n{}",
        stories.iter().map(row).collect::<String>()
    );
    let objects: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let answer = serde_json::json!({"status": "ok", "articles": objects});
    let findings: Vec<Value> = [
        ("a.jsonl", lines),
        ("a.csv", table),
        ("a.json", answer.to_string()),
    ]
    .into_iter()
    .map(|(name, text)| {
        std::fs::write(folder.join(name), text).unwrap();
        let (mut findings, code, stderr) = scan(&folder.join(name), &[]);
        assert_eq!(code, 0, "{stderr}");
        for document in findings["documents"].as_array_mut().unwrap() {
            document["path"] = Value::Null;
        }
        findings
    })
    .collect();
    assert!(!rows(&findings[0], "pairs").is_empty() && !rows(&findings[0], "quotes").is_empty());
    assert_eq!(findings[0], findings[1]);
    assert_eq!(findings[0], findings[2]);
}

#[test]
fn the_answer_of_a_service_is_read_from_standard_input() {
    let articles: Vec<Value> = (0..3)
        .map(|n| serde_json::json!({"id": n.to_string(), "body": prose("mill", 30 + n)}))
        .collect();
    let answer = serde_json::json!({"response": {"found": 3, "docs": articles}, "facets": []});
    for answer in [answer.to_string(), format!("{answer:#}")] {
        let mut child = wirecopy(&["scan", "-", "--format", "json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(answer.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
        let documents = rows(&findings, "documents");
        let ids: Vec<&str> = documents.iter().map(|d| text(d, "id")).collect();
        assert_eq!(ids, ["0", "1", "2"]);
    }
}

#[test]
fn kept_rows_of_another_encoding_keep_their_letters() {
    let folder = folder("latin");
    let row = |n: usize| {
        format!(
            "{n},\"Größe, sagte der Bürgermeister. {}\"\r\n",
            prose("dam", 30 * n)
        )
    };
    let table = format!("id,text\r\n{}{}", row(1), row(2));
    let latin: Vec<u8> = table
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    std::fs::write(folder.join("a.csv"), &latin).unwrap();
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    for out in ["o.jsonl", "o.csv"] {
        let output = run(&["dedup", &at("a.csv"), "--write", &at(out)]);
        assert_eq!(output.status.code(), Some(0));
    }
    let lines = std::fs::read_to_string(folder.join("o.jsonl")).unwrap();
    assert!(
        lines.contains("Größe, sagte der Bürgermeister.") && !lines.contains('\u{fffd}'),
        "{lines}"
    );
    let kept = std::fs::read(folder.join("o.csv")).unwrap();
    assert!(kept.windows(5).any(|bytes| bytes == b"Gr\xf6\xdfe"));
}
