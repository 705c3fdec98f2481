//! Files: pages that are a soup of tags, JSON and CSV with faults, other encodings, compressed and cut.

use std::io::Write;

use serde_json::json;

use crate::article::Writer;
use crate::bytes::Bytes;
use crate::case::{Article, RawFile};
use crate::disguise::{change, odd};

const TAGS: [&str; 40] = [
    "p",
    "div",
    "span",
    "a",
    "article",
    "main",
    "section",
    "header",
    "footer",
    "nav",
    "aside",
    "h1",
    "h2",
    "ul",
    "li",
    "ol",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "q",
    "b",
    "i",
    "em",
    "br",
    "img",
    "figure",
    "figcaption",
    "ruby",
    "rt",
    "pre",
    "form",
    "iframe",
    "noscript",
    "template",
    "svg",
];

const ATTRIBUTES: [&str; 16] = [
    "class=\"article-body\"",
    "class=\"comments cookie-notice\"",
    "id=content",
    "href=\"https://a.example/x?y=1&z=2\"",
    "style='display:none'",
    "hidden",
    "itemprop=\"articleBody\"",
    "itemprop='datePublished' content=\"9999-12-31\"",
    "datetime=\"2024-05-03T10:00:00+25:00\"",
    "lang=xx-",
    "title=\"a > b\"",
    "alt='",
    "=\"",
    "class",
    "rel=canonical href=//b.example",
    "aria-hidden=true",
];

const HEAD: [&str; 14] = [
    "<meta charset=windows-1252>",
    "<meta http-equiv=content-type content=\"text/html; charset=shift_jis\">",
    "<title>Ferry aground &amp; safe | Tribune</title>",
    "<meta property=og:title content=\"Ferry &quot;aground&quot;\">",
    "<meta name=date content=\"31 Feb 2024\">",
    "<meta property='article:published_time' content='2024-05-03T10:00:00Z'>",
    "<link rel=canonical href=\"https://b.example/ferry\">",
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\",\"author\":[{\"name\":\"M\"}],\"datePublished\":\"2024\"}</script>",
    "<script type=\"application/ld+json\">[{\"@graph\":[{\"@graph\":[[]]}</script>",
    "<script>if (a</b) document.write(\"<p>\")</script>",
    "<style>p > a { }</style>",
    "<!-- <p> --",
    "<![CDATA[ x ]]>",
    "<html lang=de><body>",
];

const ENTITIES: [&str; 12] = [
    "&amp;",
    "&nbsp;",
    "&#0;",
    "&#x110000;",
    "&#xD800;",
    "&quot;",
    "&lt;p&gt;",
    "&rsquo",
    "&#8220;",
    "&notanentity;",
    "&",
    "&#x2028;",
];

const NAMES: [&str; 22] = [
    "a.txt",
    "a.md",
    "a.html",
    "a.json",
    "a.jsonl",
    "a.csv",
    "a.tsv",
    "a.ndjson",
    "a",
    "a.xml",
    "a.txt.gz",
    "a.jsonl.gz",
    "a.csv.zst",
    "a.html.zst",
    "a.json.gz",
    "a.warc",
    "a.eml",
    "a.log",
    "a.parquet",
    "a.rss",
    "a.mbox",
    "a.htm",
];

/// Longest file that is made, in bytes.
const LONGEST_FILE: usize = 16 << 10;

/// A file of any format.
pub(crate) fn file(writer: &mut Writer<'_, '_>, is_raw: bool) -> RawFile {
    let name = (*writer.choices.pick(&NAMES)).to_owned();
    if is_raw {
        return RawFile {
            content: writer.choices.rest().to_vec().into(),
            name,
        };
    }
    let kind = if writer.choices.chance(24) {
        *writer.choices.pick(&NAMES)
    } else {
        &name
    };
    let count = 1 + writer.choices.below(4);
    let mut bytes = match kind {
        kind if kind.contains("htm") || kind.contains("xml") => page(writer).into_bytes(),
        kind if kind.contains("js") => {
            json_lines(writer, count, kind.contains(".json.") || kind == "a.json")
        }
        kind if kind.contains("csv") => table(writer, count, ","),
        kind if kind.contains("tsv") => table(writer, count, "\t"),
        _ => writer.text().into_bytes(),
    };
    bytes.truncate(LONGEST_FILE);
    recode(&mut bytes, &mut writer.choices);
    damage(&mut bytes, &mut writer.choices);
    if name.contains(".gz") || name.contains(".zst") {
        bytes = compressed(&bytes, &name);
        damage(&mut bytes, &mut writer.choices);
    }
    RawFile {
        content: bytes.into(),
        name,
    }
}

/// A page, or a record whose text field holds one.
pub(crate) fn page_file(writer: &mut Writer<'_, '_>, is_raw: bool) -> RawFile {
    if is_raw {
        return RawFile {
            name: "a.html".to_owned(),
            content: writer.choices.rest().to_vec().into(),
        };
    }
    let page = page(writer);
    if writer.choices.chance(64) {
        let record = json!({ "id": 7, "text": page, "url": "https://a.example/x" });
        return RawFile {
            name: "a.jsonl".to_owned(),
            content: record.to_string().into_bytes().into(),
        };
    }
    let mut bytes = page.into_bytes();
    recode(&mut bytes, &mut writer.choices);
    damage(&mut bytes, &mut writer.choices);
    RawFile {
        name: "a.html".to_owned(),
        content: bytes.into(),
    }
}

/// What an earlier run learned, with faults.
pub(crate) fn templates_file(writer: &mut Writer<'_, '_>, is_raw: bool) -> RawFile {
    let bytes = if is_raw {
        writer.choices.rest().to_vec()
    } else {
        // The check writes the templates of the articles; this is what is done to them.
        let mut bytes = Vec::new();
        (0..8).for_each(|_| bytes.push(writer.choices.byte()));
        bytes
    };
    RawFile {
        name: if is_raw { "raw" } else { "damage" }.to_owned(),
        content: crate::case::Content::Bytes(bytes),
    }
}

/// A soup of tags around the lines of an article.
fn page(writer: &mut Writer<'_, '_>) -> String {
    let mut out = String::new();
    for _ in 0..writer.choices.below(5) {
        out += *writer.choices.pick(&HEAD);
    }
    let text = writer.text();
    let mut open: Vec<&str> = Vec::new();
    for line in text.lines() {
        for _ in 0..1 + writer.choices.below(3) {
            let tag = *writer.choices.pick(&TAGS);
            out += "<";
            out += tag;
            for _ in 0..writer.choices.below(3) {
                out += " ";
                out += *writer.choices.pick(&ATTRIBUTES);
            }
            out += ">";
            open.push(tag);
        }
        if writer.choices.chance(40) {
            out += *writer.choices.pick(&ENTITIES);
        }
        out += line;
        if writer.choices.chance(40) {
            out += &odd(&mut writer.choices);
        }
        for _ in 0..writer.choices.below(4) {
            // Mostly the innermost one, sometimes another: browsers and libraries differ there.
            let tag = if writer.choices.chance(40) {
                *writer.choices.pick(&TAGS)
            } else {
                open.pop().unwrap_or("p")
            };
            out += "</";
            out += tag;
            out += ">";
        }
        out += "\n";
    }
    out
}

fn json_lines(writer: &mut Writer<'_, '_>, count: usize, is_array: bool) -> Vec<u8> {
    let records: Vec<String> = (0..count)
        .map(|number| json_record(writer, number))
        .collect();
    let out = if is_array && writer.choices.chance(128) {
        format!("[{}]", records.join(",\n"))
    } else {
        records.join(*writer.choices.pick(&["\n", "\n", "\r\n", "\n\n", " ", ""]))
    };
    out.into_bytes()
}

fn json_record(writer: &mut Writer<'_, '_>, number: usize) -> String {
    let text = writer.text();
    let Article {
        text,
        title,
        url,
        published,
        ..
    } = writer.record(text);
    let id = match writer.choices.below(5) {
        0 => json!(number),
        1 => json!(format!("../{number}")),
        2 => json!(1e99),
        3 => json!(null),
        _ => json!(format!("id-{number}")),
    };
    let key = *writer
        .choices
        .pick(&["text", "text", "body", "content", "maintext"]);
    let mut out =
        json!({ "id": id, key: text, "title": title, "url": url, "date": published }).to_string();
    match writer.choices.below(16) {
        7 | 8 => change(&mut out, &mut writer.choices),
        0 => out = out.replace("\\n", "\\ud800"),
        1 => out = out.replacen('}', ",\"n\":NaN}", 1),
        2 => out = out.replacen('{', "{\"text\":null,", 1),
        3 => out = out.replace('"', "'"),
        4 => out = format!("{}{out}", "[".repeat(200)),
        5 => out = out.replacen(',', ",,", 1),
        6 => out.push_str(" // comment"),
        _ => {}
    }
    out
}

fn table(writer: &mut Writer<'_, '_>, count: usize, divider: &str) -> Vec<u8> {
    let header = *writer.choices.pick(&[
        "id,text,title",
        "text",
        "title,body,url",
        "a,b",
        "\u{feff}id,text",
        "",
    ]);
    let mut out = header.replace(',', divider);
    if writer.choices.chance(96) {
        change(&mut out, &mut writer.choices);
    }
    if writer.choices.chance(24) {
        out = format!("sep={divider}\n{out}");
    }
    let end = *writer.choices.pick(&["\n", "\r\n", "\r"]);
    out += end;
    for number in 0..count {
        let text = writer.text();
        let cell = format!("\"{}\"", text.replace('"', "\"\""));
        let cell = if writer.choices.chance(32) {
            text
        } else {
            cell
        };
        out += &match writer.choices.below(6) {
            0 => cell,
            1 => format!("{number}{divider}{cell}{divider}t{divider}extra"),
            2 => format!("\"{number}{divider}{cell}"),
            _ => format!("{number}{divider}{cell}{divider}=1+1"),
        };
        out += end;
    }
    out.into_bytes()
}

/// Writes the text in another encoding, where it is one.
fn recode(bytes: &mut Vec<u8>, choices: &mut Bytes<'_>) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let wide = |text: &str, little: bool| -> Vec<u8> {
        let units = text.encode_utf16();
        units
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    };
    *bytes = match choices.below(24) {
        0 => [&[0xff, 0xfe][..], &wide(text, true)].concat(),
        1 => [&[0xfe, 0xff][..], &wide(text, false)].concat(),
        2 => wide(text, true),
        3 => text
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
            .collect(),
        4 => [&[0xef, 0xbb, 0xbf][..], text.as_bytes()].concat(),
        _ => return,
    };
}

/// Flips, drops or repeats bytes, rarely.
fn damage(bytes: &mut Vec<u8>, choices: &mut Bytes<'_>) {
    if !choices.chance(64) || bytes.is_empty() {
        return;
    }
    for _ in 0..=choices.below(3) {
        let at = choices.below(bytes.len().max(1));
        match choices.below(6) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, choices.byte()),
            2 => {
                let end = (at + choices.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => bytes.extend_from_within(at..),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << choices.below(8);
                }
            }
        }
    }
}

fn compressed(bytes: &[u8], name: &str) -> Vec<u8> {
    if name.contains(".gz") {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let written = writer.write_all(bytes);
        return written.and_then(|()| writer.finish()).unwrap_or_default();
    }
    zstd::encode_all(bytes, 1).unwrap_or_default()
}
