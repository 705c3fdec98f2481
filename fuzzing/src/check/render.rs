//! Reports: what articles hold cannot act in them.

use std::collections::BTreeMap;

use wirecopy_findings::Findings;
use wirecopy_report::terminal::{Charset, Colour, Style};
use wirecopy_report::{graph, html, json, terminal};

use super::run::{documents, run};
use super::{Broken, Checked, hold};
use crate::case::Article;

/// What the fields of a record may hold to act in a report.
const PAYLOADS: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "\u{1b}]8;;http://a.example\u{7}x\u{1b}]8;;\u{7}",
    "\u{1b}[2J\u{9b}31m",
    "javascript:alert(1)",
    "]]><svg onload=alert(1)>",
    "\u{202e}txt.exe\u{2066}",
    "\"]; a -> b; [label=\"",
    "\\\"",
    "' onclick='alert(1)",
    "&lt;script&gt;",
    "a\r\nb\u{2028}c\0",
];

pub(super) fn render(articles: &[Article], variant: u8) -> Checked {
    let payload = |number: usize| PAYLOADS[(number + usize::from(variant)) % PAYLOADS.len()];
    let mut hostile = articles.to_vec();
    for (number, article) in hostile.iter_mut().enumerate() {
        let words = payload(number + 1);
        match (usize::from(variant) + number) % 5 {
            0 => article.title = Some(words.to_owned()),
            1 => article.source = Some(words.to_owned()),
            2 => article.url = Some(format!("https://a.example/{words}")),
            3 => article.text = format!("{words}\n\n{}\n{words}", article.text),
            _ => article.authors = vec![words.to_owned()],
        }
    }
    // Words of passages are shown in every report.
    let variant = variant | 8;
    let id = |number| format!("{}{number}", payload(number));
    let found = run(documents(&hostile, id), variant, 1)?;
    machine(&found.findings)?;
    page(&found.findings, &found.texts)?;
    graphs(&found.findings)?;
    terminals(&found.findings, &found.texts)
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Result<String, Broken> {
    let mut out = Vec::new();
    let broken = |detail: String| Broken {
        rule: "a report is written, in UTF-8",
        detail,
    };
    write(&mut out).map_err(|error| broken(error.to_string()))?;
    String::from_utf8(out).map_err(|error| broken(error.to_string()))
}

fn machine(findings: &Findings) -> Checked {
    for layout in [json::Layout::Compact, json::Layout::Pretty] {
        let text = written(|out| json::write(findings, layout, out))?;
        let again = serde_json::from_str::<Findings>(&text);
        hold(
            again.as_ref().ok() == Some(findings),
            "findings are read again as they were written",
            || format!("{:?}", again.err()),
        )?;
    }
    let lines = written(|out| json::write_jsonl(findings, out))?;
    for line in lines.lines() {
        let record = serde_json::from_str::<serde_json::Value>(line);
        hold(record.is_ok(), "each line is a record", || line.to_owned())?;
    }
    Ok(())
}

fn page(findings: &Findings, texts: &BTreeMap<String, String>) -> Checked {
    let page = written(|out| html::write(findings, texts, out))?;
    let hostile = ["<img", "<script>alert", "href=\"javascript", "<svg onload"];
    for words in hostile {
        hold(
            !page.contains(words),
            "a page shows payloads, it does not run them",
            || words.to_owned(),
        )?;
    }
    markup(&page, "a page is well-formed")?;
    hold(
        !page.contains(is_control),
        "a page has no control characters",
        || shown_control(&page, is_control),
    )
}

fn graphs(findings: &Findings) -> Checked {
    let graphml = graph::graphml(findings);
    markup(&graphml, "a graph is well-formed")?;
    hold(
        !graphml.contains(is_control),
        "a graph has no control characters",
        || shown_control(&graphml, is_control),
    )?;
    let dot = graph::dot(findings);
    let mut open = false;
    let mut escaped = false;
    for c in dot.chars() {
        match c {
            '"' if !escaped => open = !open,
            '\n' if open => break,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    hold(!open, "strings of a graph end", || dot)
}

fn terminals(findings: &Findings, texts: &BTreeMap<String, String>) -> Checked {
    for (colour, charset, width) in [
        (Colour::Never, Charset::Unicode, 80),
        (Colour::Always, Charset::Unicode, 200),
        (Colour::Never, Charset::Ascii, 40),
    ] {
        let style = Style {
            width,
            colour,
            charset,
        };
        let all = [
            written(|out| terminal::summary(findings, texts, &style, out))?,
            written(|out| terminal::lineage(findings, texts, &style, out))?,
            written(|out| terminal::compare(findings, texts, &style, out))?,
        ];
        for text in &all {
            harmless(text, &style)?;
        }
    }
    Ok(())
}

fn harmless(text: &str, style: &Style) -> Checked {
    let plain = match style.colour {
        Colour::Never => text.to_owned(),
        Colour::Always => without_colours(text),
    };
    hold(
        !plain.contains(acts),
        "no character of an article acts on a terminal",
        || shown_control(&plain, acts),
    )?;
    hold(
        style.charset != Charset::Ascii || plain.is_ascii(),
        "ASCII is kept to",
        || plain.chars().filter(|c| !c.is_ascii()).take(9).collect(),
    )
}

/// `text` without the codes that set colours.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        match rest.strip_prefix('m') {
            Some(rest) => out += rest,
            None => {
                out.push('\u{1b}');
                out += part;
            }
        }
    }
    out
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}

/// Controls and marks of direction.
fn acts(c: char) -> bool {
    let directs =
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    c.is_control() && c != '\n' || directs
}

fn shown_control(text: &str, is: impl Fn(char) -> bool) -> String {
    let at = text.find(is).unwrap_or(0);
    let from = text.floor_char_boundary(at.saturating_sub(60));
    let to = text.floor_char_boundary(at + 30);
    format!("{:?}", text.get(from..to).unwrap_or_default())
}

/// Tags open and close, attributes are in double quotes, and no text holds a bare `<`.
fn markup(page: &str, rule: &'static str) -> Checked {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((tag, behind)) = tag(after) else {
            let shown = after.chars().take(60).collect::<String>();
            return hold(false, rule, || format!("no tag: <{shown}"));
        };
        rest = behind;
        let mut outside_values = tag.split('"').step_by(2);
        hold(
            outside_values.all(|part| !part.contains(" on")),
            rule,
            || format!("a handler: <{tag}>"),
        )?;
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        if let Some(closed) = tag.strip_prefix('/') {
            let opened = open.pop();
            hold(opened == Some(closed.trim()), rule, || {
                format!("</{closed}> closes {opened:?}")
            })?;
        } else if ["script", "style"].contains(&name) {
            let end = format!("</{name}>");
            rest = rest.split_once(&*end).map_or("", |(_, rest)| rest);
        } else if !is_void(tag, name) {
            open.push(name);
        }
    }
    hold(open.is_empty(), rule, || format!("not closed: {open:?}"))
}

fn is_void(tag: &str, name: &str) -> bool {
    tag.starts_with(['!', '?'])
        || tag.ends_with('/')
        || ["meta", "input", "br", "link", "hr", "wbr", "col"].contains(&name)
}

/// What stands between `<` and its `>`, and what follows.
fn tag(after: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (at, c) in after.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '<' if !quoted => return None,
            '>' if !quoted => {
                let (tag, rest) = after.split_at_checked(at)?;
                let starts =
                    tag.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
                return Some((tag, rest.get(1..)?)).filter(|_| starts);
            }
            _ => {}
        }
    }
    None
}
