//! Same inputs, options and seed give the same bytes, whatever the thread count and a folder's listing order.

#![allow(clippy::unwrap_used, reason = "a test program")]

mod common;

use common::{folder, run, workspace};

fn stdout(args: &[&str]) -> Vec<u8> {
    let output = run(args);
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[test]
fn the_thread_count_does_not_show() {
    for format in ["json", "jsonl", "text"] {
        let scan = |n: &str| {
            stdout(&[
                "scan",
                "fixtures/newsroom/articles",
                "--format",
                format,
                "--threads",
                n,
            ])
        };
        let one = scan("1");
        assert_eq!(one, scan("2"), "{format}, 2 threads");
        assert_eq!(one, scan("4"), "{format}, 4 threads");
    }
}

#[test]
fn the_order_in_which_files_were_made_does_not_show() {
    let source = workspace().join("fixtures/newsroom/articles/meridian-press");
    let mut files: Vec<_> = std::fs::read_dir(source)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.sort();
    let mut outputs = Vec::new();
    for round in 0..2 {
        let folder = folder(&format!("order-{round}"));
        for file in &files {
            std::fs::copy(file, folder.join(file.file_name().unwrap())).unwrap();
        }
        outputs.push(stdout(&[
            "scan",
            folder.to_str().unwrap(),
            "--format",
            "json",
        ]));
        files.reverse();
    }
    assert_eq!(outputs[0], outputs[1]);
}
