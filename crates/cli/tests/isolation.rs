//! A fault costs one document: of a thousand, in which one makes a step panic, the findings are those of a run on the
//! other 999, and the exit code is 3. The fault is planted; test builds take it from the environment.

#![allow(clippy::unwrap_used, reason = "a test program")]

mod common;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use common::{folder, wirecopy};
use serde_json::Value;

/// What only the text of the faulty document holds.
const MARKER: &str = "zzyzx";
/// Its place.
const FAULTY: u64 = 420;
const DOCUMENTS: u64 = 1_000;

/// Steps in which a fault is planted for the commands that find everything.
const STEPS: [&str; 10] = [
    "decode",
    "analyse",
    "prepare",
    "align",
    "boilerplate",
    "provenance",
    "lineage",
    "quotations",
    "records",
    "corpus",
];

/// A small generator of numbers: the same texts for the same seed.
fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn sentences(seed: u64, count: u64) -> String {
    const SYLLABLES: [&str; 16] = [
        "ka", "lo", "mi", "ter", "van", "sol", "bri", "den", "pu", "ras", "ton", "el", "fi", "gor",
        "hu", "ne",
    ];
    let word = |n: u64| {
        let pick = |shift: u64| SYLLABLES[(mix(n) >> shift) as usize % SYLLABLES.len()];
        [pick(0), pick(8), pick(16)].concat()
    };
    let sentence = |s: u64| {
        let words: Vec<String> = (0..11).map(|w| word(seed << 16 | s << 8 | w)).collect();
        format!("The {}. ", words.join(" "))
    };
    (0..count).map(sentence).collect()
}

/// The text of document `n`: in every ten, the first three tell one story, which the second takes from the first word for
/// word and the third in part, and all three quote one speaker, the third in other words.
fn text(n: u64) -> String {
    let (story, place) = (n / 10, n % 10);
    let mut text = match place {
        0 | 1 => sentences(story, 6),
        2 => sentences(story, 3) + &sentences(5_000 + n, 2),
        _ => sentences(10_000 + n, 5),
    };
    let quotation = match place {
        0 | 1 => {
            "\n\n“We will keep the lanterns of Oldhaven burning until the last harvest cart is home,” said Anna Berg."
        }
        2 => {
            "\n\n“The lanterns must burn at Oldhaven while harvest carts are out,” Anna Berg said."
        }
        _ => "",
    };
    text.push_str(quotation);
    if n == FAULTY {
        text.push_str("\n\nNobody had seen a zzyzx before.");
    }
    text
}

/// A file of all documents, or of all but the faulty one, whose line is empty then.
fn corpus(folder: &Path, name: &str, with: impl Fn(u64) -> bool) -> PathBuf {
    let mut lines = String::new();
    for n in 0..DOCUMENTS {
        if with(n) {
            let record = serde_json::json!({
                "id": format!("d{n}"),
                "text": text(n),
                "title": format!("Story {} from the coast", mix(n)),
                "url": format!("https://paper{}.example/{n}", n % 7),
                "published": format!("2024-03-{:02}", 1 + n % 28),
            });
            write!(lines, "{record}").unwrap();
        }
        lines.push('\n');
    }
    // The same name for both, in folders of their own: paths are part of the findings.
    let folder = folder.join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("news.jsonl");
    std::fs::write(&path, lines).unwrap();
    path
}

struct Ended {
    code: i32,
    stdout: Vec<u8>,
    stderr: String,
}

fn run(args: &[&str], planted: Option<&str>) -> Ended {
    run_with(args, planted.map(|step| format!("{step}:{MARKER}")))
}

/// Runs the command with a fault planted as `step:words of a text`.
fn run_with(args: &[&str], planted: Option<String>) -> Ended {
    let mut command = wirecopy(args);
    command
        .env_remove("WIRECOPY_PANIC")
        .env_remove("RUST_BACKTRACE");
    if let Some(planted) = planted {
        command.env("WIRECOPY_PLANTED_PANIC", planted);
    }
    let output = command.output().unwrap();
    Ended {
        code: output.status.code().unwrap(),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The findings without their errors, as bytes, and the errors.
fn without_errors(stdout: &[u8]) -> (String, Vec<Value>) {
    let mut findings: Value = serde_json::from_slice(stdout).unwrap();
    let errors = findings["errors"].take();
    findings["summary"]["errors"].take();
    let errors = errors.as_array().unwrap().clone();
    (serde_json::to_string(&findings).unwrap(), errors)
}

fn assert_names_it(errors: &[Value], step: &str) {
    let internal: Vec<&Value> = errors.iter().filter(|e| e["code"] == "internal").collect();
    assert_eq!(internal.len(), 1, "{step}: {errors:?}");
    let line = format!("news.jsonl#{}", FAULTY + 1);
    assert_eq!(internal[0]["path"], line.as_str(), "{step}");
    let message = internal[0]["message"].as_str().unwrap();
    for part in [line.as_str(), "planted in", ".rs:", "left out", "report"] {
        assert!(message.contains(part), "{step}: {message}");
    }
}

#[test]
fn a_panic_in_any_step_of_a_scan_costs_one_document() {
    let folder = folder("isolation-scan");
    let all = corpus(&folder, "all", |_| true);
    let rest = corpus(&folder, "rest", |n| n != FAULTY);
    let scan = |path: &Path, threads: &str, planted: Option<&str>| {
        let path = path.to_str().unwrap();
        run(
            &["scan", "--format", "json", "--threads", threads, path],
            planted,
        )
    };
    let whole = scan(&all, "2", None);
    assert_eq!(whole.code, 0, "{}", whole.stderr);
    let expected = scan(&rest, "2", None);
    assert_eq!(expected.code, 0, "{}", expected.stderr);
    let (expected, _) = without_errors(&expected.stdout);
    for step in STEPS {
        for threads in ["1", "2"] {
            let ended = scan(&all, threads, Some(step));
            assert_eq!(ended.code, 3, "{step}: {}", ended.stderr);
            let (findings, errors) = without_errors(&ended.stdout);
            assert_names_it(&errors, step);
            assert!(findings == expected, "{step}, {threads} threads");
            assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
        }
    }
}

/// Only some pairs of quotations come to this step: those of the newsroom do.
#[test]
fn a_panic_over_two_renderings_of_an_utterance_costs_one_article() {
    let newsroom = common::workspace().join("fixtures/newsroom/articles");
    let faulty = Path::new("fenmarch-ledger/river-talks.txt");
    let rest = folder("isolation-newsroom");
    for site in std::fs::read_dir(&newsroom).unwrap() {
        let site = site.unwrap().path();
        let own = rest.join(site.file_name().unwrap());
        std::fs::create_dir_all(&own).unwrap();
        for article in std::fs::read_dir(&site).unwrap() {
            let article = article.unwrap().path();
            if !article.ends_with(faulty) {
                std::fs::copy(&article, own.join(article.file_name().unwrap())).unwrap();
            }
        }
    }
    let scan = |path: &Path, planted: Option<String>| {
        run_with(
            &["scan", "--format", "json", path.to_str().unwrap()],
            planted,
        )
    };
    let ended = scan(&newsroom, Some("renderings:A dam,".to_owned()));
    assert_eq!(ended.code, 3, "{}", ended.stderr);
    let (findings, errors) = without_errors(&ended.stdout);
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0]["path"], faulty.to_str().unwrap());
    assert!(findings == without_errors(&scan(&rest, None).stdout).0);
}

#[test]
fn a_panic_in_a_report_costs_one_document() {
    let folder = folder("isolation-reports");
    let all = corpus(&folder, "all", |_| true);
    let rest = corpus(&folder, "rest", |n| n != FAULTY);
    let [all, rest] = [&all, &rest].map(|path| path.to_str().unwrap());
    for command in [
        &["scan"][..],
        &["clean"],
        &["lineage", "--format", "dot"],
        &["lineage"],
    ] {
        let of = |path| [command, &["--threads", "2", path]].concat();
        let expected = run(&of(rest), None);
        assert_eq!(expected.code, 0, "{}", expected.stderr);
        let ended = run(&of(all), Some("render"));
        assert_eq!(ended.code, 3, "{command:?}: {}", ended.stderr);
        // Text says in its head that something is missing; all else is the same.
        let without_head = |stdout: &[u8]| {
            let text = String::from_utf8(stdout.to_vec()).unwrap();
            let (_, rest) = text.split_once("\n\n").unwrap_or(("", &text));
            rest.to_owned()
        };
        let shown = without_head(&ended.stdout);
        if command == ["scan"] {
            assert!(shown.contains("planted in Render") && !shown.contains(MARKER));
        } else {
            assert!(shown == without_head(&expected.stdout), "{command:?}");
        }
        assert!(
            ended.stderr.contains("planted in Render"),
            "{}",
            ended.stderr
        );
    }
}

#[test]
fn the_other_commands_lose_one_document_too() {
    let folder = folder("isolation-others");
    let all = corpus(&folder, "all", |_| true);
    let rest = corpus(&folder, "rest", |n| n != FAULTY);
    let [all, rest] = [&all, &rest].map(|path| path.to_str().unwrap());
    let cases = [
        (
            &["dedup"][..],
            &["decode", "analyse", "prepare", "align"][..],
        ),
        (&["clean"], &["decode", "analyse", "align", "boilerplate"]),
        (
            &["lineage", "--format", "json"],
            &["analyse", "lineage", "provenance"],
        ),
    ];
    for (command, steps) in cases {
        for threads in ["1", "2"] {
            let of = |path| [command, &["--threads", threads, path]].concat();
            let expected = run(&of(rest), None);
            assert_eq!(expected.code, 0, "{}", expected.stderr);
            for step in steps {
                let ended = run(&of(all), Some(step));
                assert_eq!(ended.code, 3, "{command:?} {step}: {}", ended.stderr);
                assert!(
                    ended.stdout == expected.stdout,
                    "{command:?} {step}, {threads} threads"
                );
                assert!(ended.stderr.contains("planted in"), "{}", ended.stderr);
            }
        }
    }
}

#[test]
fn where_one_of_two_articles_is_lost_there_is_nothing_to_compare() {
    let folder = folder("isolation-compare");
    let path = |name: &str, n: u64| {
        let path = folder.join(name);
        std::fs::write(&path, text(n)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (a, b) = (path("a.txt", FAULTY), path("b.txt", FAULTY + 1));
    for step in ["decode", "analyse", "align", "render"] {
        let ended = run(&["compare", &a, &b], Some(step));
        assert_eq!(ended.code, 2, "{step}: {}", ended.stderr);
        assert!(ended.stdout.is_empty());
        assert!(
            ended.stderr.contains("a.txt: a fault of wirecopy"),
            "{}",
            ended.stderr
        );
        assert!(
            ended.stderr.contains("compare needs two articles"),
            "{}",
            ended.stderr
        );
    }
}

#[test]
fn where_no_document_is_to_blame_the_run_ends_with_a_line() {
    let folder = folder("isolation-ended");
    for n in 0..12 {
        std::fs::write(folder.join(format!("{n:02}.txt")), text(20_000 + n)).unwrap();
    }
    let output = wirecopy(&["scan", "--quiet", folder.to_str().unwrap()])
        .env_remove("WIRECOPY_PANIC")
        .env_remove("RUST_BACKTRACE")
        .env("WIRECOPY_PLANTED_PANIC", "corpus:The ")
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(output.stdout.is_empty());
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    for part in ["ended the run", "planted in Corpus", ".rs:", "report"] {
        assert!(stderr.contains(part), "{stderr}");
    }
}

#[test]
fn threads_that_nobody_has_are_refused() {
    let ended = run(&["scan", "--threads", "5000", "Cargo.toml"], None);
    assert_eq!(ended.code, 2);
    assert!(
        ended.stderr.contains("--threads must be between 1 and"),
        "{}",
        ended.stderr
    );
}

#[test]
fn with_abort_a_panic_ends_the_process() {
    let folder = folder("isolation-abort");
    let path = folder.join("a.txt");
    std::fs::write(&path, text(FAULTY)).unwrap();
    let output = wirecopy(&["scan", path.to_str().unwrap()])
        .env("WIRECOPY_PANIC", "abort")
        .env("WIRECOPY_PLANTED_PANIC", format!("analyse:{MARKER}"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), None, "killed by a signal");
    assert!(output.stdout.is_empty());
}
