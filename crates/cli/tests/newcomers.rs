//! What people try first: records named as findings name them, cleaned records, flags that do nothing, many errors.

#![allow(clippy::unwrap_used, reason = "a test program")]

mod common;

use std::path::{Path, PathBuf};

use common::{folder, json, prose, rows, run, text, wirecopy};
use serde_json::{Value, json};

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn code(args: &[&str]) -> i32 {
    run(args).status.code().unwrap()
}

fn told(args: &[&str]) -> String {
    String::from_utf8(run(args).stderr).unwrap()
}

#[test]
fn clean_keeps_the_fields_of_records_as_they_were_written() {
    let path = folder("clean-records").join("in.jsonl");
    let story = prose("harbour", 60);
    let [plain, odd] = [
        format!(
            r#"{{"id":7,"n":12345678901234567890,"x":1.50,"text":{},"tags":["a",{{"b":null}}]}}"#,
            json!(story)
        ),
        format!(
            r#"{{"body":{},"removed":true,"views":3e2}}"#,
            json!(format!("{story}\n"))
        ),
    ];
    std::fs::write(&path, format!("{plain}\n{odd}\n")).unwrap();
    let output = run(&["clean", shown(&path)]);
    assert_eq!(output.status.code(), Some(0));
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = lines.lines().collect();
    let added = r#","provenance":[],"removed":[]}"#;
    assert_eq!(
        lines[0],
        plain.strip_suffix('}').unwrap().to_owned() + added
    );
    let added = r##","id":"in.jsonl#2","provenance":[],"wirecopy_removed":[]}"##;
    assert_eq!(lines[1], odd.strip_suffix('}').unwrap().to_owned() + added);
}

#[test]
fn clean_takes_out_boilerplate_and_lists_where_it_stood() {
    let path = folder("clean-rows").join("in.csv");
    let story = prose("harbour", 60);
    let whole = format!("{story}\n\nSign up for our free newsletter.");
    std::fs::write(&path, format!("id,text,desk\n7,\"{whole}\",city\n")).unwrap();
    let cleaned = json(&["clean", shown(&path)]);
    assert_eq!(cleaned["id"], "7");
    assert_eq!(cleaned["desk"], "city");
    assert_eq!(cleaned["text"], story.trim_end());
    let [removed] = rows(&cleaned, "removed") else {
        panic!("{cleaned}");
    };
    let at = |key: &str| usize::try_from(removed[key].as_u64().unwrap()).unwrap();
    let place = whole.get(at("start")..at("end")).unwrap();
    assert!(
        place.contains("Sign up for our free newsletter."),
        "{place}"
    );
}

/// Records with ids of their own, numbers that are ids of others, a repeated id, and none.
fn archive(name: &str) -> PathBuf {
    let path = folder(name).join("news#1.jsonl");
    let line = |id: Option<&str>, topic: &str| {
        let mut record = json!({"text": prose(topic, 40)});
        if let Some(id) = id {
            record["id"] = id.into();
        }
        record.to_string() + "\n"
    };
    let lines = [
        line(Some("3"), "harbour"),
        line(Some("a#b"), "glacier"),
        line(Some("x"), "quarry"),
        line(Some("x"), "harbour"),
        line(None, "glacier"),
    ];
    std::fs::write(&path, lines.concat()).unwrap();
    path
}

#[test]
fn records_are_compared_by_the_names_that_findings_print() {
    let path = archive("compare-records");
    let named = |name: &str| format!("{}#{name}", shown(&path));
    for (a, b, same) in [
        ("3", "x#2", true),
        ("a#b", "5", true),
        ("5", "a#b", true),
        ("2", "news#1.jsonl#5", true),
        ("x", "3", false),
        ("1", "4", true),
    ] {
        let [a, b] = [a, b].map(named);
        let found = json(&["compare", &a, &b, "--format", "json"]);
        let documents = rows(&found, "documents");
        let ids = [text(&documents[0], "id"), text(&documents[1], "id")];
        assert_eq!(ids, [&*a, &*b]);
        let related = rows(&found, "pairs")
            .iter()
            .any(|p| text(p, "relation") == "identical");
        assert_eq!(related, same, "{a} {b}");
    }
}

#[test]
fn files_and_records_can_be_compared_and_what_is_missing_is_named() {
    let path = archive("compare-mixed");
    let article = path.with_file_name("one#x.txt");
    std::fs::write(&article, prose("quarry", 40)).unwrap();
    let record = format!("{}#3", shown(&path));
    let third = format!("{}#x", shown(&path));
    let found = json(&["compare", shown(&article), &third, "--format", "json"]);
    assert_eq!(text(&rows(&found, "pairs")[0], "relation"), "identical");
    assert_eq!(
        code(&["compare", shown(&article), &third, "--fail-on", "copy"]),
        1
    );
    assert_eq!(
        code(&["compare", shown(&article), &record, "--fail-on", "copy"]),
        0
    );
    let missing = format!("{}#nobody", shown(&path));
    assert!(told(&["compare", &missing, &record]).contains("has no record nobody"));
    let cut = path.with_file_name("cut.jsonl.gz");
    std::fs::write(&cut, b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b").unwrap();
    let unread = told(&["compare", &format!("{}#x", shown(&cut)), &record]);
    assert!(unread.contains("among those that can be read"), "{unread}");
    assert!(told(&["compare", shown(&path), &record]).contains("several articles"));
    assert!(told(&["compare", shown(&path), shown(&article)]).contains("FILE#ID"));
}

#[test]
fn fail_on_takes_lists_and_a_word_for_all_copies() {
    let folder = folder("fail-on");
    let story = prose("harbour", 80);
    std::fs::write(folder.join("a.txt"), &story).unwrap();
    std::fs::write(folder.join("b.txt"), &story).unwrap();
    let with = |relation: &str| code(&["scan", shown(&folder), "--fail-on", relation]);
    assert_eq!(with("copy"), 1);
    assert_eq!(with("identical"), 1);
    assert_eq!(with("update,identical"), 1);
    assert_eq!(with("shares_quotes,near-duplicate"), 0);
    assert_eq!(with("copies"), 2);
    let twice = [
        "scan",
        shown(&folder),
        "--fail-on",
        "update",
        "--fail-on",
        "copy",
    ];
    assert_eq!(code(&twice), 1);
}

#[test]
fn a_flag_that_would_do_nothing_is_refused() {
    let file = "fixtures/newsroom/articles";
    for args in [
        vec!["scan", file, "--seed", "1"],
        vec!["lineage", file, "--seed", "1"],
        vec!["clean", file, "--seed", "1"],
        vec!["clean", file, "--width", "80"],
        vec!["clean", file, "--color", "never"],
        vec!["dedup", file, "--width", "80"],
        vec!["dedup", file, "--color", "never"],
        vec!["scan", file, "--csv-raw"],
        vec!["lineage", file, "--fail-on", "copy"],
        vec!["compare", file, file, "--against", file],
    ] {
        let output = run(&args);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(told.contains("unexpected argument"), "{args:?}: {told}");
    }
}

#[test]
fn many_errors_of_one_kind_are_counted() {
    let path = folder("many-errors").join("in.jsonl");
    let mut lines: String = (0..300)
        .map(|n| format!("{{\"id\": {n}, \"words\": \"x\"}}\n"))
        .collect();
    lines += "no JSON\n";
    lines += &json!({"id": "good", "text": prose("harbour", 40)}).to_string();
    std::fs::write(&path, lines).unwrap();
    for command in ["scan", "dedup", "clean", "lineage"] {
        let output = run(&[command, shown(&path), "--quiet"]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{told}");
        let lines: Vec<&str> = told.lines().collect();
        assert!((3..=25).contains(&lines.len()), "{told}");
        assert!(
            lines
                .iter()
                .any(|line| line.contains("290 more of this kind: missing text")),
            "{told}"
        );
        assert!(
            lines.iter().any(|line| line.contains("not valid JSON")),
            "{told}"
        );
    }
    let found = json(&["scan", shown(&path), "--format", "json"]);
    assert_eq!(rows(&found, "errors").len(), 301);
}

#[test]
fn the_archive_is_told_apart_in_text() {
    let folder = folder("archive-mark");
    let story = prose("harbour", 80);
    std::fs::create_dir(folder.join("old")).unwrap();
    std::fs::write(folder.join("new.txt"), &story).unwrap();
    std::fs::write(folder.join("old/twin.txt"), &story).unwrap();
    let [new, old] = ["new.txt", "old"].map(|name| folder.join(name));
    let output = run(&["scan", shown(&new), "--against", shown(&old)]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("twin.txt (archive)"), "{said}");
    assert!(!said.contains("new.txt (archive)"), "{said}");
    assert!(
        said.starts_with("1 document and 1 of the archive"),
        "{said}"
    );
}

#[test]
fn files_that_are_read_whole_have_a_limit() {
    let folder = folder("limits");
    std::fs::write(folder.join("a.txt"), prose("harbour", 40)).unwrap();
    let in_folder = |args: &[&str]| {
        let output = wirecopy(args).current_dir(&folder).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    if Path::new("/dev/zero").exists() {
        for args in [
            ["dedup", "a.txt", "--templates", "/dev/zero"],
            ["scan", "a.txt", "--templates", "/dev/zero"],
        ] {
            let (code, told) = in_folder(&args);
            assert_eq!(code, Some(2), "{told}");
            assert!(
                told.contains("/dev/zero") && told.contains("limit"),
                "{told}"
            );
        }
    }
    std::fs::write(folder.join("wirecopy.toml"), "# ".repeat(1 << 20)).unwrap();
    let (code, told) = in_folder(&["scan", "a.txt"]);
    assert_eq!(code, Some(2), "{told}");
    assert!(
        told.contains("wirecopy.toml") && told.contains("limit"),
        "{told}"
    );
}

#[test]
fn a_fault_in_the_configuration_is_told_in_one_line_with_its_place() {
    let folder = folder("config-line");
    std::fs::write(folder.join("wirecopy.toml"), "days = 3\nmin-words = \n").unwrap();
    let output = wirecopy(&["scan", "x"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told.starts_with("wirecopy: wirecopy.toml, line 2: "),
        "{told}"
    );
    assert_eq!(told.lines().count(), 1);
}

#[test]
fn findings_of_one_record_name_a_place_that_compare_takes() {
    let path = archive("places");
    let found: Value = json(&["scan", shown(&path), "--format", "json"]);
    let place = text(&rows(&found, "documents")[1], "path").to_owned();
    let output = wirecopy(&[
        "compare",
        &place,
        &place.replace("#2", "#5"),
        "--format",
        "json",
    ])
    .current_dir(path.parent().unwrap())
    .output()
    .unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(text(&rows(&found, "pairs")[0], "relation"), "identical");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_the_run_itself_is_redirected_to_is_no_input() {
    let folder = folder("redirected");
    std::fs::write(folder.join("a.txt"), prose("harbour", 40)).unwrap();
    std::fs::create_dir(folder.join("sub")).unwrap();
    // A file of the same name elsewhere is an input as any other.
    std::fs::write(folder.join("sub/o{u}t,[1].jsonl"), "").unwrap();
    for name in ["o{u}t,[1].jsonl", "sub/*.txt"] {
        let out = std::fs::File::create(folder.join(name)).unwrap();
        let log = std::fs::File::create(folder.join("log.txt")).unwrap();
        let status = wirecopy(&["scan", ".", "--format", "json"])
            .current_dir(&folder)
            .stdout(out)
            .stderr(log)
            .status();
        assert_eq!(status.unwrap().code(), Some(3));
        let found = std::fs::read(folder.join(name)).unwrap();
        let found: Value = serde_json::from_slice(&found).unwrap();
        assert_eq!(rows(&found, "documents").len(), 1);
        let [error] = rows(&found, "errors") else {
            panic!("{found}");
        };
        assert_eq!(text(error, "path"), "sub/o{u}t,[1].jsonl");
        std::fs::remove_file(folder.join(name)).unwrap();
    }
}

#[test]
fn nothing_was_taken_out_of_a_text_that_came_as_another_was_left() {
    let file = folder("strip-twin").join("a.jsonl");
    let story = prose("harbour", 60);
    let prompt = "Get The Harbour Letter In Your Inbox";
    let mut texts = vec![format!(
        "{story}\n\nSubscribe to our newsletter\n{prompt}\n"
    )];
    texts.extend((0..600).map(|n| prose(&format!("filler {n}"), 5)));
    let left = |texts: &[String]| {
        let lines: Vec<String> = texts
            .iter()
            .map(|text| serde_json::json!({ "text": text }).to_string())
            .collect();
        std::fs::write(&file, lines.join("\n")).unwrap();
        json(&[
            "scan",
            shown(&file),
            "--boilerplate",
            "strip",
            "--format",
            "json",
        ])
    };
    let found = left(&texts);
    let first = &rows(&found, "documents")[0];
    assert!(first["stripped_bytes"].as_u64().unwrap() > 0, "{first}");
    texts.push(text(first, "text").to_owned());
    let found = left(&texts);
    let last = rows(&found, "documents").last().unwrap();
    // None is not listed.
    assert!(last["stripped_bytes"].is_null(), "{last}");
}

#[test]
fn facts_alone_are_a_pair_where_they_are_asked_for() {
    let one = "The ferry Lady Anwen sank off Gull Head on Tuesday night with 31 people aboard. Helicopters flew low over the bay \
               until dawn, and relatives waited in a school hall on the quay of Port Selwyn. Nobody had expected it, said the \
               Institute for Harbour and Coastal Studies in Port Selwyn. Sailings to Skerrow stay cancelled until the weekend, \
               the company said.";
    let other = "Nine passengers of the Lady Anwen are missing. Of the 31 people on the ferry to Skerrow most were picked up near \
                 Gull Head by boats from Port Selwyn before midnight. In the evening the Institute for Harbour and Coastal \
                 Studies in Port Selwyn had more to tell. The owners were not to be reached on Wednesday.";
    let path = folder("facts_alone").join("articles.jsonl");
    let lines = [one, other].map(|text| format!("{}\n", serde_json::json!({ "text": text })));
    std::fs::write(&path, lines.concat()).unwrap();
    let scan = |flags: &[&str]| {
        let all = [
            "scan",
            path.to_str().unwrap(),
            "--format",
            "json",
            "--quiet",
        ];
        let found = json(&[&all[..], flags].concat());
        let pairs = rows(&found, "pairs").iter();
        pairs
            .map(|pair| text(pair, "relation").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(scan(&[]), Vec::<String>::new());
    assert_eq!(scan(&["--report-events"]), ["same_event"]);
}
