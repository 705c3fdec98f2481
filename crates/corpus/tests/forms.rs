//! One article in several forms is one document: as a CSV row, a JSON line, an element of an array, and in an envelope; with
//! any line ends, quotation marks and delimiters.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files has nothing to say"
)]

use proptest::prelude::*;
use serde_json::json;
use wirecopy_corpus::{Inputs, ReadError, ReadOptions, decode};
use wirecopy_document::Document;

fn read(name: &str, bytes: &[u8]) -> Vec<Result<Document, ReadError>> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let inputs = Inputs::open(&[folder.path().into()], ReadOptions::default()).unwrap();
    let document = |raw: &_| decode(raw).map(|decoded| decoded.document);
    inputs
        .map(|raw| raw.and_then(|raw| document(&raw)))
        .collect()
}

/// Id, title, text of each document, and the code of each error.
fn told(name: &str, bytes: &[u8]) -> Vec<(String, String, String)> {
    let told = |item: Result<Document, ReadError>| match item {
        Ok(Document {
            key, title, text, ..
        }) => (key.0, title.unwrap_or_default(), text),
        Err(error) => (error.code().to_owned(), String::new(), error.to_string()),
    };
    read(name, bytes).into_iter().map(told).collect()
}

fn cell(text: &str, quoted: Quoted, delimiter: char) -> String {
    let must = text.contains([delimiter, '"', '\n', '\r']) || text.starts_with(' ');
    if must || quoted == Quoted::Always {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quoted {
    Always,
    WhereNeeded,
}

proptest! {
    #[test]
    fn rows_lines_arrays_and_envelopes_say_the_same(
        records in prop::collection::vec(("[a-z]{1,4}[0-9]{1,3}", "[A-Za-z ,;\"é]{0,12}x", "[A-Za-z ,;\"“”&<\n\u{2028}’é漢]{0,40}x"), 1..6),
        always in any::<bool>(), delimiter in prop::sample::select(vec![',', ';', '\t', '|']), marked in any::<bool>(),
    ) {
        let quoted = if always { Quoted::Always } else { Quoted::WhereNeeded };
        let objects: Vec<_> = records.iter().map(|(id, title, text)| json!({"id": id, "title": title, "text": text})).collect();
        let lines: String = objects.iter().map(|object| format!("{object}\n")).collect();
        let of_lines = told("a.jsonl", lines.as_bytes());
        prop_assert_eq!(of_lines.len(), records.len());
        let d = delimiter;
        let mut table = format!("{}id{d}title{d}text\r\n", if marked { "\u{feff}" } else { "" });
        for (id, title, text) in &records {
            table += &format!("{id}{d}{}{d}{}\r\n", cell(title, quoted, d), cell(text, quoted, d));
        }
        let name = if d == '\t' { "a.tsv" } else { "a.csv" };
        prop_assert_eq!(&told(name, table.as_bytes()), &of_lines, "{}", table);
        let array = serde_json::to_string_pretty(&objects).unwrap();
        prop_assert_eq!(&told("a.json", array.as_bytes()), &of_lines);
        prop_assert_eq!(&told("a.json", lines.replace('\n', "\r").as_bytes()), &of_lines);
        let envelope = json!({"status": "ok", "found": records.len(), "articles": objects, "next": ["x"]});
        prop_assert_eq!(&told("a.json", envelope.to_string().as_bytes()), &of_lines);
        prop_assert_eq!(&told("a.json", format!("\u{feff} {envelope}").as_bytes()), &of_lines);
        let wide: Vec<u8> = format!("\u{feff}{envelope}").encode_utf16().flat_map(u16::to_be_bytes).collect();
        prop_assert_eq!(&told("a.json", &wide), &of_lines);
        let wrapped: String = objects.iter().map(|object| format!("{}\n", json!({"_score": 1, "_source": object}))).collect();
        prop_assert_eq!(&told("a.jsonl", wrapped.as_bytes()), &of_lines);
    }

    #[test]
    fn any_bytes_are_records_or_errors(
        text in "(\\{\"text\":|\"|id,text\n|sep=|---\n|title: |&quot;|<br>|NaN|[\\[\\]{}\",:;=\\\\ \r\n\\x00é漢a-c&<>#|-]){0,60}",
        name in prop::sample::select(vec!["a.csv", "a.tsv", "a.json", "a.jsonl", "a.md", "a"]),
    ) {
        let once = told(name, text.as_bytes());
        prop_assert!(!once.is_empty());
        prop_assert!(once.len() <= text.len() + 1, "no byte is two records");
    }

    #[test]
    fn a_mark_left_open_costs_no_other_row(
        texts in prop::collection::vec("[A-Za-z][A-Za-z ]{4,29}", 3..9), at in any::<prop::sample::Index>(),
        quoted in any::<bool>(), end in prop::sample::select(vec!["", "”", "'", "«"]),
    ) {
        let at = at.index(texts.len() - 1);
        let mark = if quoted { "\"" } else { "" };
        let mut table = "id,text,note\n".to_owned();
        for (n, text) in texts.iter().enumerate() {
            table += &if n == at { format!("{n},\"{text}{end},x\n") } else { format!("{n},{mark}{text}{mark},x\n") };
        }
        let read = told("a.csv", table.as_bytes());
        prop_assert_eq!(read.len(), texts.len());
        for (n, (id, _, text)) in read.iter().enumerate() {
            if n == at {
                prop_assert_eq!(id, "invalid_csv");
                let line = format!("a.csv, line {}: ", n + 2);
                prop_assert!(text.starts_with(&line), "{}", text);
            } else {
                prop_assert_eq!((id, text), (&n.to_string(), &texts[n]));
            }
        }
    }
}

#[test]
fn no_row_is_lost_in_silence() {
    let ids = |name: &str, bytes: &[u8]| -> Vec<String> {
        told(name, bytes).into_iter().map(|(id, ..)| id).collect()
    };
    // The last cell closed by a printer's mark: it ends with its line.
    let table = "id,text\n1,\"It was over, he said.”\n2,\"Nobody, she said.\"\n";
    let read = told("a.csv", table.as_bytes());
    assert_eq!(read[0].2, "It was over, he said.”");
    assert_eq!(
        read[1],
        ("2".into(), String::new(), "Nobody, she said.".into())
    );
    // Excel's first line, a zero byte, cells that are UTF-8 together and not alone, old line ends.
    assert_eq!(
        ids("a.csv", b"sep=;\r\nid;text\r\n1;a\r\n2;b, c\r\n"),
        ["1", "2"]
    );
    assert_eq!(ids("a.csv", b"id,text\n1,\"a\0b\"\n2,c\n"), ["1", "2"]);
    let zeros: String = (0..40)
        .map(|n| format!("{n},a ferry ran aground off the point\0 on Wednesday\n"))
        .collect();
    assert_eq!(
        ids("a.csv", format!("id,text\n{zeros}").as_bytes()).len(),
        40
    );
    assert_eq!(
        ids("a.csv", b"text,\xe2,\x80\x99,id\nsome words,2,3,7\n"),
        ["7"]
    );
    assert_eq!(ids("a.csv", b"id,text\r1,a\r2,b\r"), ["1", "2"]);
    // More cells than columns.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, "id,text\n1,a,b\n2,c,,\n").unwrap();
    let inputs = Inputs::open(&[path], ReadOptions::default()).unwrap();
    let notes: Vec<Vec<String>> = inputs
        .map(|raw| decode(&raw.unwrap()).unwrap())
        .map(|read| read.notes.iter().map(ToString::to_string).collect())
        .collect();
    let note = "a.csv, line 2: 1 cells beyond those of the first row were left out";
    assert_eq!(notes, [vec![note.to_owned()], vec![]]);
}

#[test]
fn one_bad_line_costs_one_record_whatever_the_name() {
    let line = |n: usize| format!("{{\"id\": \"{n}\", \"text\": \"A ferry, {n}.\"}}\n");
    for bad in [
        "{\"id\": \"x\", \"text\": \"never closed\n",
        "{\"id\": \"x\", \"text\": \"no bracket\"\n",
        "{\"id\": \"x\", \"text\": \"too many\"}]}\n",
        "not JSON\n",
        "{'id': 'x'}\n",
    ] {
        let mut lines: String = (0..6).map(line).collect();
        lines.insert_str(line(0).len() * 3, bad);
        for name in ["a.json", "a.jsonl", "a.ndjson", "a"] {
            let read = told(name, lines.as_bytes());
            let ids: Vec<&str> = read.iter().map(|(id, ..)| id.as_str()).collect();
            assert_eq!(
                ids,
                ["0", "1", "2", "invalid_json", "3", "4", "5"],
                "{name} {bad}"
            );
            let place = format!("{name}, line 4, column ");
            assert!(read[3].2.starts_with(&place), "{}", read[3].2);
        }
    }
    // In an array over many lines, and first in it.
    let array = "[\n  {\n    \"text\": \"open,\n    \"id\": \"1\"\n  },\n  {\n    \"text\": \"b\",\n    \"id\": \"2\"\n  }\n]\n";
    let read = told("a.json", array.as_bytes());
    let ids: Vec<&str> = read.iter().map(|(id, ..)| id.as_str()).collect();
    assert_eq!(ids, ["invalid_json", "2"]);
}

#[test]
fn places_of_errors_are_those_of_the_file() {
    let message = |name: &str, text: &str| {
        let read = read(name, text.as_bytes());
        let errors = read.iter().filter_map(|item| item.as_ref().err());
        errors.map(ToString::to_string).collect::<Vec<_>>()
    };
    let pretty = "[\n  {\"text\": \"a\"},\n  {\n    \"text\": \"b\",\n    \"n\": [1,, 2]\n  }\n]";
    assert_eq!(
        message("a.json", pretty),
        ["a.json, line 5, column 13: not valid JSON: expected value"]
    );
    assert_eq!(
        message("a.jsonl", "{\"text\": \"a\"}\n\n  {\"text\" \"b\"}\n"),
        ["a.jsonl, line 3, column 11: not valid JSON: expected `:`"]
    );
    assert_eq!(
        message("a.csv", "id,text\n1,\"a\nb\"\n2,\n"),
        ["a.csv, line 4: no text in it"]
    );
}

#[test]
fn numbers_and_ids_of_any_kind_are_read() {
    let lines = "{\"id\": 7, \"text\": \"a\", \"score\": NaN}\n\
        {\"id\": 1.50, \"text\": \"b\", \"n\": {\"x\": [-Infinity, Infinity]}}\n\
        {\"id\": -3, \"text\": \"c\"}\n\
        {\"id\": true, \"text\": \"d\"}\n\
        {\"id\": null, \"text\": \"e\"}\n\
        {\"id\": {\"$oid\": \"5f\"}, \"text\": \"f\"}\n\
        {\"id\": [\"x\", \"y\"], \"text\": \"g\"}\n\
        {\"id\": \" \", \"text\": \"h\"}\n\
        {\"id\": 12345678901234567890123, \"text\": \"i\"}\n\
        {\"id\": NaN, \"text\": \"j\"}\n\
        {\"id\": \"k\", \"text\": NaN}\n";
    let ids: Vec<String> = told("a.jsonl", lines.as_bytes())
        .into_iter()
        .map(|(id, ..)| id)
        .collect();
    let expected = [
        "7",
        "1.50",
        "-3",
        "a.jsonl#4",
        "a.jsonl#5",
        "a.jsonl#6",
        "x",
        "a.jsonl#8",
        "12345678901234567890123",
        "a.jsonl#10",
        "missing_text",
    ];
    assert_eq!(ids, expected);
}

#[test]
fn what_cannot_be_read_says_which_shape_is_wanted() {
    let lines = "{\"ok\": 1, \"articles\": [{\"text\": \"a\"}]}\n{\"ok\": 1, \"articles\": [{\"text\": \"b\"}]}\n";
    let read = told("a.jsonl", lines.as_bytes());
    assert!(
        read[0].2.contains("an object that holds some in articles"),
        "{}",
        read[0].2
    );
    let read = told("a.jsonl", b"{\"text\": 5}\n");
    assert!(read[0].2.contains("a list of paragraphs"), "{}", read[0].2);
}

#[test]
fn escaped_and_broken_fields_are_one_text() {
    let lines = "{\"id\": \"1\", \"title\": \"Wall &amp; &quot;water&quot;\", \"text\": \"It held.\\n\\n&quot;It&#39;s good,&quot; she said.\"}\n\
        {\"id\": \"2\", \"title\": \"Wall & \\\"water\\\"\", \"text\": \"It held.\\n\\n\\\"It's good,\\\" she said.\"}\n\
        {\"id\": \"3\", \"title\": \"Wall &#38; &#34;water&#34;\", \"text\": \"It held.<br><br>\\\"It's good,\\\" she said.\"}\n\
        {\"id\": \"4\", \"title\": \"Wall & \\\"water\\\"\", \"text\": [\"It held.\", \"\\\"It's good,\\\" she said.\"]}\n";
    let read = told("a.jsonl", lines.as_bytes());
    for one in &read {
        assert_eq!((&one.1, &one.2), (&read[1].1, &read[1].2), "{}", one.0);
    }
}
