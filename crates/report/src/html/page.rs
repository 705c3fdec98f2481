//! The page around its sections: policy, style, script, totals, navigation, and small parts used everywhere.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use wirecopy_findings::Findings;

use super::Page;
use crate::index::caption;
use crate::labels::{count, size};
use crate::sanitize::{Charset, harmless, lines};

/// The arrow head that all drawings use.
pub(crate) fn arrow_head() -> Markup {
    html! {
        svg.defs width="0" height="0" role="presentation" {
            defs {
                marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8"
                    orient="auto-start-reverse" { path d="M0 0L8 4L0 8z" {} }
            }
        }
    }
}

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// SHA-256 of `style.css`, as the content security policy wants it; a test holds it against the file.
const STYLE_HASH: &str = "LgaODXgWgfTYQLCkGs46x3hbDcd3+GW1cq25YY8WNqQ=";
/// SHA-256 of `script.js`, likewise.
const SCRIPT_HASH: &str = "xN3L6cBvhtknsUKEK/GcPo3JeiIG/Ifn14OQTO2L+8E=";

pub(crate) const FOOT: &str = "</main></body></html>\n";

/// Everything before the first section.
pub(crate) fn head(findings: &Findings) -> Markup {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{STYLE_HASH}'; script-src 'sha256-{SCRIPT_HASH}'; \
         base-uri 'none'; form-action 'none'"
    );
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="referrer" content="no-referrer";
            meta name="generator" content="wirecopy";
            title { "wirecopy: " (count(findings.documents.len(), "document")) }
            style { (PreEscaped(STYLE)) }
            script { (PreEscaped(SCRIPT)) }
        }
        (PreEscaped("<body>"))
        (arrow_head())
        a.skip href="#main" { "Skip to the findings" }
        header {
            h1 { "wirecopy" }
            (totals(findings))
            (navigation(findings))
            p.tools {
                input #filter type="search" placeholder="Filter families and documents ( / )"
                    aria-label="Filter families and documents";
                button type="button" data-all="open" { "Open all" }
                button type="button" data-all="close" { "Close all" }
            }
            (legend())
        }
        (PreEscaped("<main id=\"main\">"))
    }
}

fn totals(findings: &Findings) -> Markup {
    let summary = &findings.summary;
    let plural = |n: u64, noun| count(usize::try_from(n).unwrap_or(usize::MAX), noun);
    html! {
        ul.totals {
            li { (plural(summary.documents, "document")) }
            li { (plural(summary.families, "family")) }
            li { (plural(summary.pairs, "related pair")) }
            li { (plural(summary.quotes, "quotation")) }
            li { (size(summary.boilerplate_bytes)) " of boilerplate" }
            @if summary.errors > 0 { li.warning { (plural(summary.errors, "problem")) } }
        }
    }
}

fn navigation(findings: &Findings) -> Markup {
    let rivals = findings.pairs.iter().any(|p| p.relation.is_rivalry());
    let entries = [
        ("families", "Families", !findings.families.is_empty()),
        ("rivals", "Same words, no copy", rivals),
        (
            "quotations",
            "Quotations",
            !findings.quote_groups.is_empty(),
        ),
        (
            "boilerplate",
            "Boilerplate",
            !findings.boilerplate.is_empty(),
        ),
        ("sites", "Sites", findings.sites.len() > 1),
        ("skipped", "Skipped", !findings.errors.is_empty()),
        ("documents", "Documents", !findings.documents.is_empty()),
    ];
    html! {
        nav aria-label="Sections" {
            @for (id, title, _) in entries.iter().filter(|e| e.2) {
                a href={ "#" (id) } { (title) }
            }
        }
    }
}

fn legend() -> Markup {
    html! {
        p.legend {
            "Differences from left to right: "
            span.changed { "changed" } " "
            del { "cut" } " "
            ins { "added" } " "
            span.moved { "moved" }
            " · In documents: "
            span.shared { "shared with another" } " "
            q { "quoted" } " "
            span.boilerplate { "boilerplate" }
        }
    }
}

/// Words of the input on one line.
pub(crate) fn words(text: &str) -> String {
    harmless(text, Charset::Unicode)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Words of the input, at most about `chars` long.
pub(crate) fn short(text: &str, chars: usize) -> String {
    let line = words(text);
    match line.char_indices().nth(chars) {
        Some((at, _)) => {
            let head = line.get(..at).unwrap_or(&line);
            let whole_words = head.rsplit_once(' ').map_or(head, |(whole, _)| whole);
            format!("{whole_words} …")
        }
        None => line,
    }
}

/// Text of the input with its lines.
pub(crate) fn block(text: &str) -> String {
    lines(text)
}

/// A document's name, linked to its place on the page; with its headline where the name tells nothing.
pub(crate) fn document_link(page: &Page<'_>, id: &str) -> Markup {
    let Some(at) = page.view.position(id) else {
        return html! { bdi { (words(&page.view.origin_name(id))) } };
    };
    let title = caption(&page.view.findings.documents[at]);
    html! {
        a.document href={ "#d" (at) } { bdi { (words(id)) } }
        @if let Some(title) = title { " " span.faint { bdi { (short(title, 60)) } } }
    }
}

/// An address as a link if it is one that a browser may follow, else as text.
pub(crate) fn address(url: &str) -> Markup {
    let scheme = url
        .split_once("://")
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    let clean = !url.contains(|c: char| c.is_control() || c.is_whitespace());
    match scheme.as_deref() {
        Some("http" | "https") if clean => {
            html! { a rel="noopener noreferrer" href=(url) { bdi { (words(url)) } } }
        }
        _ => html! { bdi { (words(url)) } },
    }
}

/// The line that says that a list goes on elsewhere.
pub(crate) fn and_more(left: usize) -> Markup {
    html! {
        @if left > 0 {
            p.more { "… and " (crate::labels::number(left)) " more; " code { "--format json" } " has all" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = String::new();
        for three in bytes.chunks(3) {
            let n = (0..3).fold(0u32, |n, i| n << 8 | u32::from(*three.get(i).unwrap_or(&0)));
            for i in 0..4 {
                let digit = char::from(DIGITS[(n >> (18 - 6 * i) & 63) as usize]);
                out.push(if i <= three.len() { digit } else { '=' });
            }
        }
        out
    }

    #[test]
    fn the_policy_names_the_hashes_of_style_and_script() {
        assert_eq!(
            base64(&Sha256::digest(STYLE)),
            STYLE_HASH,
            "style.css changed: name its hash"
        );
        assert_eq!(
            base64(&Sha256::digest(SCRIPT)),
            SCRIPT_HASH,
            "script.js changed: name its hash"
        );
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert!(
            address("https://a.example/x?y=\"z")
                .into_string()
                .contains("href=\"https://a.example/x?y=&quot;z\"")
        );
        for bad in [
            "javascript:alert(1)",
            "java\nscript://x",
            " https://a",
            "data://x",
            "x",
        ] {
            assert!(!address(bad).into_string().contains("href"), "{bad:?}");
        }
    }
}
