//! What stands in records and in names of files never acts: not in a terminal, not in a spreadsheet, not as a line more.

#![allow(clippy::unwrap_used, reason = "a test program")]

mod common;

use std::path::PathBuf;

use common::{folder, prose, run};

/// Clears a screen, sets a title by ESC and by a C1 control, turns the direction of a line, rings, and begins a line.
const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\u{2066}\r\nwirecopy: all good";

fn is_harmless(said: &str) -> bool {
    let acts = |c: char| {
        c != '\n'
            && (c.is_control()
                || ('\u{202a}'..='\u{202e}').contains(&c)
                || ('\u{2066}'..='\u{2069}').contains(&c))
    };
    !said.contains(acts) && !said.contains("\nwirecopy: all good")
}

fn records(name: &str, ids: &[String]) -> PathBuf {
    let path = folder(name).join("in.jsonl");
    let line = |id: &String| {
        let text = format!("{HOSTILE} {}", prose("harbour", 60));
        serde_json::json!({"id": id, "title": id, "site": id, "text": text}).to_string() + "\n"
    };
    std::fs::write(&path, ids.iter().map(line).collect::<String>()).unwrap();
    path
}

#[test]
fn lists_and_reports_for_people_hold_no_control_character_of_the_input() {
    let ids = [format!("a{HOSTILE}"), format!("b{HOSTILE}")];
    let path = records("hostile-ids", &ids);
    let path = path.to_str().unwrap();
    for args in [
        vec!["dedup", path, "--list"],
        vec!["dedup", path, "--list=keep"],
        vec!["scan", path],
        vec!["lineage", path],
        vec!["scan", path, "--against", path],
    ] {
        let output = run(&args);
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(is_harmless(&shown), "{args:?}: {shown:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(is_harmless(&told), "{args:?}: {told:?}");
    }
    let list = run(&["dedup", path, "--list"]);
    assert_eq!(String::from_utf8(list.stdout).unwrap().lines().count(), 1);
}

#[cfg(unix)]
#[test]
fn names_of_files_and_wrong_flags_cannot_speak_as_messages() {
    let folder = folder("hostile-names");
    let bare = HOSTILE.replace('/', "");
    std::fs::write(folder.join(format!("a{bare}.txt")), "").unwrap();
    std::fs::write(folder.join(format!("b{bare}.json")), "{").unwrap();
    std::fs::write(folder.join("c.txt"), prose("harbour", 60)).unwrap();
    let absent = format!("absent{bare}");
    let unwritable = format!("{absent}/out.jsonl");
    let wrong_value = format!("--keep={}", HOSTILE.replace('\n', ""));
    let folder = folder.to_str().unwrap();
    for (args, code) in [
        (vec!["scan", folder], 3),
        (vec!["dedup", folder], 3),
        (vec!["scan", &absent], 2),
        (vec!["compare", &absent, &absent], 2),
        (vec!["dedup", folder, "--write", &unwritable], 2),
        (vec!["dedup", folder, &wrong_value], 2),
        (vec!["scan", folder, &absent], 3),
        (vec!["man", HOSTILE], 2),
    ] {
        let output = run(&args);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {told}");
        assert!(is_harmless(&told), "{args:?}: {told:?}");
    }
}

#[test]
fn cells_that_begin_a_formula_are_disarmed() {
    let starts = ["=", "+", "-", "@", "\t", "\r", " =", "＝"];
    let ids: Vec<String> = starts
        .iter()
        .map(|s| format!("{s}cmd|' /C calc'!A0"))
        .collect();
    let path = records("formulas", &ids);
    let path = path.to_str().unwrap();
    let table = |more: &[&str]| {
        let mut args = vec!["dedup", path, "--format", "csv"];
        args.extend_from_slice(more);
        String::from_utf8(run(&args).stdout).unwrap()
    };
    let (usual, raw) = (table(&[]), table(&["--csv-raw"]));
    for id in &ids {
        assert!(
            usual.contains(&format!("\n\"'{id}\",")),
            "{id:?} in {usual}"
        );
        assert!(!raw.contains(&format!("'{id}")), "{id:?} in {raw}");
        assert!(raw.contains(&**id));
    }
    // `duplicate_of` names the one with the smallest id.
    let kept = ids.iter().min().unwrap();
    assert!(
        usual.contains(&format!("F1,\"'{kept}\",identical")),
        "{usual}"
    );
}
