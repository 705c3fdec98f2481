//! The HTML page: self-contained, and immune to what articles hold.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a page that cannot be written is a failed test"
)]

mod common;

use std::collections::BTreeMap;

use common::{findings, texts};
use wirecopy_findings::Findings;
use wirecopy_report::{NoTexts, Texts, html};

fn page(findings: &Findings, texts: &impl Texts) -> String {
    let mut out = Vec::new();
    html::write(findings, texts, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// One tag of a page: name and attributes.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

/// The tags of a page. It reads the markup as a browser would and stops at whatever is not plain markup.
fn tags(page: &str) -> Vec<Tag> {
    let mut out = Vec::new();
    let mut rest = page;
    while let Some((_, behind)) = rest.split_once('<') {
        let (inside, behind) = behind.split_at(tag_end(behind));
        let tag = parse(inside);
        rest = behind.strip_prefix('>').expect("a tag ends there");
        if tag.name == "style" || tag.name == "script" {
            let close = rest.find(&format!("</{}>", tag.name));
            rest = rest.split_at(close.expect("raw text ends")).1;
        }
        out.push(tag);
    }
    out
}

fn tag_end(rest: &str) -> usize {
    let mut quoted = false;
    for (at, c) in rest.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            '<' if !quoted => panic!("a tag opens inside a tag: {}", rest.split_at(at).0),
            _ => {}
        }
    }
    panic!("a tag does not end")
}

fn parse(inside: &str) -> Tag {
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let stop = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (key, after) = rest.split_at(stop);
        let Some(value) = after.strip_prefix("=\"") else {
            attributes.push((key.to_owned(), String::new()));
            rest = after;
            continue;
        };
        let (value, behind) = value
            .split_once('"')
            .expect("attribute values are in double quotes");
        attributes.push((key.to_owned(), value.to_owned()));
        rest = behind;
    }
    Tag {
        name: name.to_owned(),
        attributes,
    }
}

const ELEMENTS: &[&str] = &[
    "!DOCTYPE",
    "html",
    "head",
    "meta",
    "title",
    "style",
    "script",
    "body",
    "header",
    "main",
    "nav",
    "section",
    "h1",
    "h2",
    "p",
    "a",
    "ul",
    "ol",
    "li",
    "div",
    "span",
    "strong",
    "q",
    "bdi",
    "code",
    "blockquote",
    "del",
    "ins",
    "details",
    "summary",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "input",
    "button",
    "svg",
    "defs",
    "marker",
    "g",
    "path",
    "rect",
    "text",
];

const ATTRIBUTES: &[&str] = &[
    "html",
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "id",
    "href",
    "rel",
    "type",
    "placeholder",
    "aria-label",
    "role",
    "tabindex",
    "data-all",
    "open",
    "scope",
    "title",
    "xmlns",
    "width",
    "height",
    "viewBox",
    "refX",
    "refY",
    "markerWidth",
    "markerHeight",
    "orient",
    "d",
    "marker-end",
    "x",
    "y",
    "rx",
    "text-anchor",
];

fn assert_harmless(page: &str) {
    for tag in tags(page) {
        let name = tag.name.trim_start_matches('/');
        assert!(ELEMENTS.contains(&name), "element {name:?}");
        for (key, value) in &tag.attributes {
            assert!(
                ATTRIBUTES.contains(&key.as_str()),
                "attribute {key:?} of {name}"
            );
            if key == "href" {
                let inside = value.starts_with('#');
                assert!(
                    inside || value.starts_with("https://") || value.starts_with("http://"),
                    "{value:?}"
                );
                let rel = tag
                    .attributes
                    .iter()
                    .find(|(key, _)| key == "rel")
                    .map(|(_, value)| &**value);
                assert!(inside || rel == Some("noopener noreferrer"));
            }
        }
    }
    let hidden = |c: char| {
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || (c.is_control() && c != '\n')
    };
    assert!(!page.chars().any(hidden));
}

#[test]
fn the_page_is_whole_and_plain() {
    let page = page(&findings(), &texts());
    assert_harmless(&page);
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</main></body></html>\n"));
    assert!(page.contains("default-src 'none'"));
    assert!(page.contains("Northfleet News"));
    let (mut opened, mut closed) = (0, 0);
    for tag in tags(&page)
        .iter()
        .filter(|t| ["details", "/details"].contains(&&*t.name))
    {
        if tag.name.starts_with('/') {
            closed += 1
        } else {
            opened += 1
        }
    }
    assert_eq!(opened, closed);
    assert_harmless(&self::page(&findings(), &NoTexts));
    assert_harmless(&self::page(&Findings::default(), &NoTexts));
}

#[test]
fn no_payload_in_any_field_becomes_markup() {
    let payloads = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "\" autofocus onfocus=\"alert(1)",
        "</title></style></script><svg/onload=alert(1)>",
        "</details></main><iframe src=//evil.example>",
        "javascript:alert(1)",
        "<!--",
        "]]>",
        "&lt;b&gt;&#60;b>",
        "\u{202e}<b>\u{0}\u{1b}[31m",
        "{{7*7}}${7*7}<%= 7 %>",
    ];
    for payload in payloads {
        let (found, texts) = poisoned(payload);
        assert_harmless(&page(&found, &texts));
    }
}

/// The sample with the payload in every string, and at the end of each line of each text.
fn poisoned(payload: &str) -> (Findings, BTreeMap<String, String>) {
    let name = |id: &str| format!("{id}{payload}");
    let mut json = serde_json::to_value(findings()).unwrap();
    poison(&mut json, payload);
    let found = serde_json::from_value(json).unwrap();
    let texts = texts()
        .into_iter()
        .map(|(id, text)| (name(&id), text.replace(' ', &format!(" {payload}"))))
        .collect();
    (found, texts)
}

fn poison(value: &mut serde_json::Value, payload: &str) {
    use serde_json::Value;
    const NAMES_OF_VARIANTS: [&str; 5] = ["relation", "kind", "form", "type", "class"];
    match value {
        Value::String(text) => text.push_str(payload),
        Value::Array(all) => all.iter_mut().for_each(|v| poison(v, payload)),
        Value::Object(fields) => {
            for (key, field) in fields.iter_mut() {
                if key == "url" {
                    *field = Value::String(payload.to_owned());
                } else if !NAMES_OF_VARIANTS.contains(&key.as_str()) {
                    poison(field, payload);
                }
            }
        }
        _ => {}
    }
}
