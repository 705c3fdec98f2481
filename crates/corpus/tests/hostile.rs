//! Hostile inputs and what is said about each: one table, and the cases that need a file system of their own.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files has nothing to say"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use wirecopy_corpus::read::{Keep, Links};
use wirecopy_corpus::{Decoded, IdAssigner, Inputs, ReadError, ReadOptions, decode};
use wirecopy_document::TextOrigin;

const ARTICLE: &str =
    "The ferry Halcyon ran aground off Lorne Point on Wednesday. Nobody was hurt.\n";

fn read(paths: &[PathBuf], options: ReadOptions) -> Vec<Result<Decoded, ReadError>> {
    Inputs::open(paths, options)
        .unwrap()
        .map(|raw| raw.and_then(|raw| decode(&raw)))
        .collect()
}

/// `id` for a document, `code path` or `code path@offset` for an error.
fn summary(items: &[Result<Decoded, ReadError>]) -> Vec<String> {
    let line = |item: &Result<Decoded, ReadError>| match item {
        Ok(decoded) => decoded.id.name.clone(),
        Err(error) => match error.offset() {
            Some(offset) => format!("{} {}@{offset}", error.code(), error.path()),
            None => format!("{} {}", error.code(), error.path()),
        },
    };
    items.iter().map(line).collect()
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn each_hostile_file_has_its_code_and_harms_no_other() {
    let whole = gzip(ARTICLE.repeat(40).as_bytes());
    let lines = format!("{}\n", r#"{"text": "A ferry ran aground."}"#).repeat(300);
    let lines_gz = gzip(lines.as_bytes());
    let deep = format!(
        "{{\"text\": {}1{}}}",
        "[".repeat(1_000_000),
        "]".repeat(1_000_000)
    );
    let digits = format!(
        "{{\"id\": {}, \"text\": \"A ferry.\"}}",
        "7".repeat(100_000)
    );
    let cases: Vec<(&str, Vec<u8>, Vec<&str>)> = vec![
        ("ok.txt", ARTICLE.into(), vec!["ok.txt"]),
        ("empty.txt", vec![], vec!["empty empty.txt"]),
        ("blank.md", b" \n\t\n".to_vec(), vec!["empty blank.md"]),
        ("mark.txt", "\u{feff} ".into(), vec!["empty mark.txt"]),
        ("zeros.txt", vec![0; 5000], vec!["binary zeros.txt"]),
        ("cut.txt.gz", whole[..whole.len() - 9].to_vec(), vec!["truncated_gzip cut.txt.gz"]),
        ("junk.txt.gz", [&whole[..], b"junk after the end"].concat(), vec!["corrupt_gzip junk.txt.gz"]),
        ("nested.txt.gz", gzip(&whole), vec!["binary nested.txt.gz"]),
        ("magic.txt.gz", vec![0x1f, 0x8b, 8, 0], vec!["truncated_gzip magic.txt.gz"]),
        ("empty.jsonl", vec![], vec!["empty empty.jsonl"]),
        ("blank.jsonl", b"\n\n \n".to_vec(), vec!["empty blank.jsonl"]),
        ("lines.jsonl", b"{\"text\":\"a b\"}\r\n\r\nnope\n{\"text\":\"c d\"".to_vec(), vec!["lines.jsonl#1", "invalid_json lines.jsonl@18", "invalid_json lines.jsonl@23"]),
        ("kinds.jsonl", b"3\n\"text\"\nnull\n{\"a\":1}\n{\"text\":5}\n{\"text\":\" \"}\n{\"text\":null,\"body\":\"x\",\"id\":9}\n".to_vec(), vec![
            "not_an_object kinds.jsonl@0", "not_an_object kinds.jsonl@2", "not_an_object kinds.jsonl@9", "missing_text kinds.jsonl@14",
            "missing_text kinds.jsonl@22", "empty kinds.jsonl@33", "9"]),
        ("deep.jsonl", format!("{deep}\n{{\"text\":\"x\"}}").into_bytes(), vec!["missing_text deep.jsonl@0", "deep.jsonl#2"]),
        ("huge.jsonl", b"{\"text\":\"x\",\"n\":1e999,\"id\":1e999}".to_vec(), vec!["1e999"]),
        ("digits.jsonl", digits.clone().into_bytes(), vec![digits.get(7..100_007).expect("ASCII")]),
        ("comment.jsonl", b"{\"text\":\"x\"} // no\n{\"text\":\"x\",}\n{'text':'x'}\n{\"text\":\"a\",\"text\":\"b\"}".to_vec(), vec![
            "invalid_json comment.jsonl@0", "invalid_json comment.jsonl@19", "invalid_json comment.jsonl@33", "comment.jsonl#4"]),
        ("list.json", b"[{\"text\":\"a b\"},\n {\"id\":\"n\",\"text\":\"c d\"}, 4,]".to_vec(), vec!["list.json#1", "n", "not_an_object list.json@43"]),
        ("open.json", b"[{\"text\":\"a b\"},{\"text\":".to_vec(), vec!["open.json#1", "invalid_json open.json@16"]),
        ("one.json", b"\xef\xbb\xbf{\n\"text\": \"a b\"\n}\n".to_vec(), vec!["one.json#1"]),
        ("brackets.json", vec![b'['; 100_000], vec!["invalid_json brackets.json@100000"]),
        ("table.csv", b"id,text\n1,\"a, \"\"b\"\"\nc\"\n2,\n3\n4,d,e\n".to_vec(), vec!["1", "empty table.csv@23", "missing_text table.csv@26", "4"]),
        ("semi.csv", "id;text\n1;caf\u{e9}\n".into(), vec!["1"]),
        ("open.csv", b"id,text\n1,a\n2,\"b\n3,c\n".to_vec(), vec!["1", "2", "3"]),
        ("prices.csv", b"id,price\n1,2\n".to_vec(), vec!["missing_text prices.csv@0"]),
        ("header.tsv", b"id\ttext\n".to_vec(), vec!["empty header.tsv"]),
        ("cut.jsonl.gz", lines_gz[..lines_gz.len() - 4].to_vec(), vec![]),
        ("utf16.jsonl", "\u{feff}{\"text\":\"a b\"}\n{\"text\":\"c\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect(), vec!["utf16.jsonl#1", "utf16.jsonl#2"]),
        ("binary.jsonl", vec![0; 5000], vec!["binary binary.jsonl"]),
        ("noext", ARTICLE.into(), vec!["noext"]),
    ];
    let mut wrong = Vec::new();
    for (name, bytes, expected) in &cases {
        let folder = folder(&[(name, bytes), ("zz/last.txt", ARTICLE.as_bytes())]);
        let got = summary(&read(&[folder.path().into()], ReadOptions::default()));
        assert_eq!(
            got.last().map(String::as_str),
            Some("zz/last.txt"),
            "{name}"
        );
        if !expected.is_empty() && got[..got.len() - 1] != expected[..] {
            wrong.push((name, got));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let folder = folder(&[("cut.jsonl.gz", &lines_gz[..lines_gz.len() - 4])]);
    let got = summary(&read(&[folder.path().into()], ReadOptions::default()));
    assert_eq!(
        (got.len(), got[300].as_str()),
        (
            301,
            format!("truncated_gzip cut.jsonl.gz@{}", lines.len()).as_str()
        )
    );
}

#[test]
fn lone_surrogates_and_bad_bytes_are_repaired_and_noted() {
    let folder = folder(&[("r.jsonl", b"{\"text\":\"a \\ud83d\\ude00 \\ud800 \\udc00x \\\\ud800\"}\n{\"text\":\"caf\xe9 noir\"}\n{\"text\":\"ok\"}")]);
    let items = read(&[folder.path().into()], ReadOptions::default());
    let docs: Vec<_> = items.iter().map(|item| item.as_ref().unwrap()).collect();
    assert_eq!(
        docs[0].document.text,
        "a \u{1f600} \u{fffd} \u{fffd}x \\ud800"
    );
    assert_eq!(
        docs[0].notes[0].to_string(),
        "r.jsonl, line 1: 2 places stand for no character and were replaced"
    );
    assert!(!docs[0].notes[0].is_skip());
    assert_eq!(
        (
            docs[1].document.text.as_str(),
            docs[1].document.encoding.as_ref()
        ),
        ("café noir", "windows-1252")
    );
    let origins: Vec<_> = docs.iter().map(|d| d.document.text_origin).collect();
    assert_eq!(
        origins,
        [TextOrigin::Derived, TextOrigin::Derived, TextOrigin::Source]
    );
}

#[test]
fn a_line_above_the_limit_is_passed_over() {
    let long = format!("{{\"text\":\"{}\"}}\n", "x ".repeat(3_000_000));
    let lines = format!("{{\"text\":\"a\"}}\n{long}{long}{{\"text\":\"b\"}}\n");
    for name in ["long.jsonl", "long.json", "long.jsonl.gz"] {
        let bytes = if name.ends_with("gz") {
            gzip(lines.as_bytes())
        } else {
            lines.clone().into_bytes()
        };
        let folder = folder(&[(name, &bytes)]);
        let options = ReadOptions {
            max_document_bytes: 3 << 20,
            ..ReadOptions::default()
        };
        let got = summary(&read(&[folder.path().into()], options));
        let second = 13 + long.len();
        let expected = [
            format!("{name}#1"),
            format!("too_large {name}@13"),
            format!("too_large {name}@{second}"),
            format!("{name}#4"),
        ];
        let got: Vec<_> = got
            .iter()
            .map(|line| {
                line.replace(&format!("@{}", second - 1), &format!("@{second}"))
                    .replace("@12", "@13")
            })
            .collect();
        assert_eq!(got, expected);
    }
    let folder = folder(&[("long.txt", lines.as_bytes())]);
    let options = ReadOptions {
        max_document_bytes: 1 << 20,
        ..ReadOptions::default()
    };
    assert_eq!(
        summary(&read(&[folder.path().into()], options)),
        ["too_large long.txt"]
    );
}

#[test]
fn a_bomb_is_named_and_stopped() {
    let folder = folder(&[
        ("bomb.jsonl.gz", &gzip(&vec![b' '; 64 << 20])),
        ("bomb.txt.gz", &gzip(&vec![b' '; 64 << 20])),
    ]);
    let options = ReadOptions {
        max_decompressed_bytes: 16 << 20,
        ..ReadOptions::default()
    };
    let got = read(&[folder.path().into()], options);
    let codes: Vec<_> = got
        .iter()
        .map(|item| item.as_ref().map_err(ReadError::code).err())
        .collect();
    assert_eq!(codes, [Some("bomb"), Some("bomb")]);
}

#[test]
fn order_and_ids_do_not_depend_on_the_order_of_creation() {
    let names = [
        "b/2.txt", "a.txt", "b/10.txt", "c.txt", "b.txt", "B.txt", "ä.txt",
    ];
    let list = |names: &[&str]| {
        let files: Vec<_> = names
            .iter()
            .map(|name| (*name, ARTICLE.as_bytes()))
            .collect();
        let folder = folder(&files);
        summary(&read(&[folder.path().into()], ReadOptions::default()))
    };
    let forward = list(&names);
    assert_eq!(
        forward,
        [
            "B.txt", "a.txt", "b/10.txt", "b/2.txt", "b.txt", "c.txt", "ä.txt"
        ]
    );
    let mut backward = names;
    backward.reverse();
    assert_eq!(list(&backward), forward);
}

#[test]
fn two_paths_that_would_collide_stand_in_front() {
    let folder = folder(&[
        ("a/1.txt", b"one"),
        ("a/2.txt", b"two"),
        ("b/1.txt", b"three"),
        ("b/3.jsonl", b"{\"text\":\"x\"}"),
    ]);
    let at = |name: &str| folder.path().join(name);
    let shown = |name: &str| at(name).to_string_lossy().into_owned();
    let got = summary(&read(&[at("a/"), at("b")], ReadOptions::default()));
    assert_eq!(
        got,
        [
            shown("a/1.txt"),
            "2.txt".into(),
            shown("b/1.txt"),
            "3.jsonl#1".into()
        ]
    );
    let got = summary(&read(
        &[at("a/1.txt"), at("b/1.txt"), at("nowhere.txt")],
        ReadOptions::default(),
    ));
    assert_eq!(
        got,
        [
            shown("a/1.txt"),
            shown("b/1.txt"),
            format!("not_found {}", shown("nowhere.txt"))
        ]
    );
}

#[test]
fn repeated_ids_are_renamed_and_noted() {
    let folder = folder(&[("d.jsonl", b"{\"id\":\"x\",\"text\":\"a\"}\n{\"id\":\"x\",\"text\":\"b\"}\n{\"id\":\"\",\"text\":\"c\"}\n")]);
    let mut ids = IdAssigner::default();
    let mut keys = Vec::new();
    for item in read(&[folder.path().into()], ReadOptions::default()) {
        let Decoded {
            mut document, id, ..
        } = item.unwrap();
        let note = ids.assign(&mut document, &id);
        keys.push((document.key.0, note.map(|note| note.code())));
    }
    assert_eq!(
        keys,
        [
            ("x".into(), None),
            ("x#2".into(), Some("duplicate_id")),
            ("d.jsonl#3".into(), None)
        ]
    );
}

#[test]
fn foreign_and_hidden_files_are_counted_and_a_folder_of_them_is_nothing_to_read() {
    let folder = folder(&[
        ("x/a.png", b"\x89PNG"),
        ("x/b.py", b"pass"),
        ("x/.git/c.txt", b"no"),
        ("y/d.txt", b"text"),
        ("y/e.txt", b"no"),
    ]);
    let options = ReadOptions {
        exclude: vec!["e.*".into()],
        ..ReadOptions::default()
    };
    let x = folder.path().join("x");
    let mut inputs = Inputs::open(&[x.clone(), folder.path().join("y")], options).unwrap();
    let items: Vec<_> = inputs
        .by_ref()
        .map(|raw| raw.and_then(|raw| decode(&raw)))
        .collect();
    assert_eq!(
        summary(&items),
        [format!("nothing_to_read {}", x.display()), "d.txt".into()]
    );
    let left_out = inputs.left_out();
    assert_eq!(
        (
            left_out.foreign["png"],
            left_out.foreign["py"],
            left_out.hidden,
            left_out.excluded
        ),
        (1, 1, 1, 1)
    );
    let named = summary(&read(
        &[x.join("a.png"), x.join("b.py")],
        ReadOptions::default(),
    ));
    assert_eq!(named[1], "b.py");
    assert!(Inputs::open(&[], ReadOptions::default()).is_err());
}

#[cfg(unix)]
#[test]
fn links_pipes_and_devices_are_named_and_never_hang() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("in/a.txt", b"text"), ("out/b.txt", b"elsewhere")]);
    let inside = folder.path().join("in");
    symlink(&inside, inside.join("loop")).unwrap();
    symlink(inside.join("self.txt"), inside.join("self.txt")).unwrap();
    symlink(folder.path().join("out"), inside.join("other")).unwrap();
    symlink("nowhere.txt", inside.join("dangling.txt")).unwrap();
    symlink("a.txt", inside.join("twin.txt")).unwrap();
    symlink("/dev/zero", inside.join("zero.txt")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(inside.join("socket.txt")).unwrap();
    assert!(
        std::process::Command::new("mkfifo")
            .arg(inside.join("pipe.txt"))
            .status()
            .unwrap()
            .success()
    );
    let got = summary(&read(std::slice::from_ref(&inside), ReadOptions::default()));
    let expected = [
        "a.txt",
        "not_found dangling.txt",
        "symlink_loop loop",
        "symlink_not_followed other",
        "not_regular_file pipe.txt",
        "symlink_loop self.txt",
        "not_regular_file socket.txt",
        "symlink_not_followed twin.txt",
        "symlink_not_followed zero.txt",
    ];
    assert_eq!(got, expected);
    let options = ReadOptions {
        links: Links::Follow,
        ..ReadOptions::default()
    };
    let got = summary(&read(std::slice::from_ref(&inside), options));
    let expected = [
        "a.txt",
        "not_found dangling.txt",
        "symlink_loop loop",
        "other/b.txt",
        "not_regular_file pipe.txt",
        "symlink_loop self.txt",
        "not_regular_file socket.txt",
        "twin.txt",
        "not_regular_file zero.txt",
    ];
    assert_eq!(got, expected);
    let named = [
        inside.join("pipe.txt"),
        inside.join("socket.txt"),
        inside.join("twin.txt"),
        PathBuf::from("/dev/zero"),
    ];
    let got = summary(&read(&named, ReadOptions::default()));
    assert_eq!(
        got,
        [
            "not_regular_file pipe.txt",
            "not_regular_file socket.txt",
            "twin.txt",
            "not_regular_file zero"
        ]
    );
}

#[test]
fn texts_are_had_again_from_every_kind_of_input() {
    let lines = b"{\"text\":\"one \\u00e9\"}\n\n{\"text\":\"two\"}\n";
    let marked = "\u{feff}{\"text\":\"three\"}\n{\"text\":\"four\"}";
    let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let folder = folder(&[
        ("a.jsonl", lines),
        ("b.jsonl.gz", &gzip(lines)),
        ("c.txt", b"caf\xe9"),
        ("d.txt.gz", &gzip(b"five")),
        ("e.csv", b"text,id\n\"six\n6\",1\n"),
        ("f.json", b"[{\"text\": \"seven\"}]"),
        ("g.jsonl", &wide),
        ("h.jsonl", marked.as_bytes()),
    ]);
    let raws: Vec<_> = Inputs::open(&[folder.path().into()], ReadOptions::default())
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(raws.len(), 12);
    for raw in &raws {
        assert_eq!(
            raw.locator().text_again().unwrap(),
            decode(raw).unwrap().document.text,
            "{}",
            raw.path()
        );
    }
    fs::write(folder.path().join("a.jsonl"), b"{\"text\":\"another\"}").unwrap();
    assert_eq!(
        raws[0].locator().text_again().unwrap_err().code(),
        "changed"
    );
    fs::remove_file(folder.path().join("c.txt")).unwrap();
    assert_eq!(
        raws[4].locator().text_again().unwrap_err().code(),
        "not_found"
    );
    let once = ReadOptions {
        keep: Keep::Once,
        ..ReadOptions::default()
    };
    let raw = Inputs::open(&[folder.path().join("b.jsonl.gz")], once)
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(raw.locator().text_again().unwrap_err().code(), "not_kept");
}

#[test]
fn blocks_cut_anywhere_lose_no_record() {
    let mut lines = String::new();
    for n in 0..60_000 {
        lines.push_str(&format!(
            "{{\"id\":{n},\"text\":\"{}\"}}\n",
            "ferry ".repeat(n % 23 + 1).trim_end()
        ));
    }
    for (name, bytes) in [
        ("a.jsonl", lines.clone().into_bytes()),
        ("a.json", lines.clone().into_bytes()),
        ("a.jsonl.gz", gzip(lines.as_bytes())),
    ] {
        let folder = folder(&[(name, &bytes)]);
        let raws: Vec<_> = Inputs::open(&[folder.path().into()], ReadOptions::default())
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let naive: Vec<_> = lines.lines().collect();
        assert_eq!(raws.len(), naive.len());
        for (raw, line) in raws.iter().zip(&naive) {
            assert_eq!(raw.bytes(), line.as_bytes());
            assert_eq!(
                &lines.as_bytes()[raw.offset() as usize..][..line.len()],
                line.as_bytes()
            );
        }
    }
}

#[test]
fn very_many_compressed_files_are_read_and_had_again() {
    // More than a process may usually hold open.
    const FILES: usize = 1500;
    let folder = tempfile::tempdir().unwrap();
    for n in 0..FILES {
        let line = format!("{{\"id\":\"{n}\",\"text\":\"ferry {n}\"}}\n");
        let name = format!("{n:04}.jsonl.gz");
        fs::write(folder.path().join(name), gzip(line.repeat(2).as_bytes())).unwrap();
    }
    let inputs = Inputs::open(&[folder.path().into()], ReadOptions::default()).unwrap();
    let raws: Vec<_> = inputs.map(Result::unwrap).collect();
    assert_eq!(raws.len(), 2 * FILES);
    for raw in raws.iter().step_by(97) {
        let text = decode(raw).unwrap().document.text;
        assert_eq!(raw.locator().text_again().unwrap(), text);
    }
}

#[test]
fn reports_of_earlier_runs_are_passed_over_in_folders_only() {
    let page = "<!DOCTYPE html><html><head><meta name=\"generator\" content=\"wirecopy\"><title>x</title></head><body><p>A</p></body></html>";
    let folder = folder(&[
        ("a.txt", ARTICLE.as_bytes()),
        (
            "out/findings.json",
            b"{\n  \"schema\": \"wirecopy.findings/1\",\n  \"documents\": []\n}",
        ),
        (
            "out/findings.jsonl",
            b"{\"record\":\"summary\",\"schema\":\"wirecopy.findings/1\"}\n",
        ),
        ("out/report.html", page.as_bytes()),
        ("out/summary.txt", b"2 documents"),
        (
            "out2/kept.csv",
            b"id,keep,family,duplicate_of,relation,aligned\na,true,,,,\n",
        ),
        (
            "out2/kept.jsonl",
            b"{\"id\":\"a\",\"keep\":true,\"family\":null}\n",
        ),
        (
            "out2/templates.json",
            b"{\n  \"schema\": \"wirecopy.templates/1\"\n}",
        ),
        ("out3/summary.txt", ARTICLE.as_bytes()),
    ]);
    let mut inputs = Inputs::open(&[folder.path().into()], ReadOptions::default()).unwrap();
    let items: Vec<_> = inputs
        .by_ref()
        .map(|raw| raw.and_then(|raw| decode(&raw)))
        .collect();
    assert_eq!(summary(&items), ["a.txt", "out3/summary.txt"]);
    assert_eq!(inputs.left_out().own_reports, 7);
    let named = [folder.path().join("out/report.html")];
    assert_eq!(
        summary(&read(&named, ReadOptions::default())),
        ["own_report report.html"]
    );
}

#[test]
fn files_that_may_hold_articles_are_not_left_out_in_silence() {
    let folder = folder(&[
        ("a.txt", ARTICLE.as_bytes()),
        ("b.pdf", b"%PDF"),
        ("c/d.pdf", b"%PDF"),
        ("e.story", b"text"),
        ("f.css", b"p {}"),
        ("g.JPG", b"\xff\xd8"),
        ("h.parquet", b"PAR1"),
    ]);
    let mut inputs = Inputs::open(&[folder.path().into()], ReadOptions::default()).unwrap();
    let items: Vec<_> = inputs
        .by_ref()
        .map(|raw| raw.and_then(|raw| decode(&raw)))
        .collect();
    let root = folder.path().display().to_string();
    let error = format!("unsupported_format {root}");
    assert_eq!(summary(&items), ["a.txt", &error, &error, &error]);
    assert_eq!(
        items[2].as_ref().unwrap_err().to_string(),
        format!("{root}: 2 files of a kind that is not read (.pdf)")
    );
    let foreign = inputs.left_out().foreign;
    assert_eq!((foreign["css"], foreign["jpg"], foreign.len()), (1, 1, 2));
}

#[test]
fn kept_records_of_other_encodings_lose_no_letter() {
    use wirecopy_corpus::write::{OutputFormat, RecordWriter};
    let table = "id,text,note\n1,\"Größe und Übermut, sagte der Bürgermeister von Königshöhe.\",früh,zu viel\n";
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(table);
    let wide: Vec<u8> = format!("\u{feff}{table}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = folder(&[("a.csv", &latin), ("b.csv", &wide)]);
    let write = |name: &str, format| {
        let mut writer = RecordWriter::new(Vec::new(), format);
        for raw in Inputs::open(&[folder.path().join(name)], ReadOptions::default()).unwrap() {
            let raw = raw.unwrap();
            writer.write(&raw, &decode(&raw).unwrap().document).unwrap();
        }
        writer.finish().unwrap()
    };
    let object = "{\"id\":\"1\",\"text\":\"Größe und Übermut, sagte der Bürgermeister von Königshöhe.\",\"note\":\"früh\",\"extra_cells\":[\"zu viel\"]}\n";
    for name in ["a.csv", "b.csv"] {
        let lines = String::from_utf8(write(name, OutputFormat::JsonLines)).unwrap();
        assert_eq!(lines, object, "{name}");
    }
    assert_eq!(write("a.csv", OutputFormat::Csv), &*latin);
    assert_eq!(write("b.csv", OutputFormat::Csv), table.as_bytes());
}

#[test]
fn kept_records_come_out_as_they_came_in() {
    use wirecopy_corpus::write::{OutputFormat, RecordWriter};
    let folder = folder(&[
        (
            "a.jsonl",
            b"{ \"text\":\"x\", \"n\": 1.50, \"z\":null }\r\n",
        ),
        ("b.json", b"[{\n  \"text\": \"y\\n\"\n}]"),
        ("c.csv", b"text,n\n\"p, q\",1.0\n"),
        ("d.txt", b"plain"),
    ]);
    let write = |name: &str, format| {
        let mut writer = RecordWriter::new(Vec::new(), format);
        for raw in Inputs::open(&[folder.path().join(name)], ReadOptions::default()).unwrap() {
            let raw = raw.unwrap();
            writer.write(&raw, &decode(&raw).unwrap().document)?;
        }
        writer
            .finish()
            .map(|bytes| String::from_utf8(bytes).unwrap())
    };
    assert_eq!(
        write("a.jsonl", OutputFormat::JsonLines).unwrap(),
        "{ \"text\":\"x\", \"n\": 1.50, \"z\":null }\n"
    );
    assert_eq!(
        write("b.json", OutputFormat::JsonLines).unwrap(),
        "{  \"text\": \"y\\n\"}\n"
    );
    assert_eq!(
        write("c.csv", OutputFormat::JsonLines).unwrap(),
        "{\"text\":\"p, q\",\"n\":\"1.0\"}\n"
    );
    assert_eq!(
        write("c.csv", OutputFormat::Csv).unwrap(),
        "text,n\n\"p, q\",1.0\n"
    );
    assert_eq!(
        write("d.txt", OutputFormat::JsonLines).unwrap(),
        "{\"id\":\"d.txt\",\"path\":\"d.txt\",\"text\":\"plain\"}\n"
    );
    assert!(write("a.jsonl", OutputFormat::Csv).is_err());
}

#[test]
fn a_list_of_paths_is_read_by_lines_or_zeros() {
    let folder = folder(&[("l", b"a b.txt\r\n\nc.txt\n"), ("z", b"a\nb.txt\0c.txt\0")]);
    let list = |name: &str| wirecopy_corpus::read::files_from(&folder.path().join(name)).unwrap();
    assert_eq!(list("l"), [Path::new("a b.txt"), Path::new("c.txt")]);
    assert_eq!(list("z"), [Path::new("a\nb.txt"), Path::new("c.txt")]);
    assert_eq!(
        wirecopy_corpus::read::files_from(Path::new("/nowhere"))
            .unwrap_err()
            .code(),
        "not_found"
    );
}
