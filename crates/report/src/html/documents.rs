//! The documents: what is known of each, and its text with everything found marked on it.

use std::collections::HashMap;
use std::io::{self, Write};

use maud::{Markup, html};
use wirecopy_findings::{DocumentRecord, Span};

use super::Page;
use super::page::{address, and_more, block, short, words};
use crate::labels::{self, count};

/// Documents listed.
const MAX_DOCUMENTS: usize = 5_000;

/// What a stretch of text is marked as.
#[derive(Clone, Debug, PartialEq)]
enum Overlay<'a> {
    Boilerplate(&'static str),
    Quote(Option<&'a str>),
    Shared(&'a str),
}

type Overlays<'a> = HashMap<&'a str, Vec<(Span, Overlay<'a>)>>;

/// Writes the section, document by document.
pub(crate) fn write(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let documents = &page.view.findings.documents;
    if documents.is_empty() {
        return Ok(());
    }
    let overlays = overlays(page);
    out.write_all(b"<section id=\"documents\"><h2>Documents</h2>")?;
    for (at, document) in documents.iter().enumerate().take(MAX_DOCUMENTS) {
        let found = overlays.get(&*document.id).map_or(&[][..], Vec::as_slice);
        out.write_all(
            one_document(page, (at, document), found)
                .into_string()
                .as_bytes(),
        )?;
    }
    out.write_all(
        and_more(documents.len().saturating_sub(MAX_DOCUMENTS))
            .into_string()
            .as_bytes(),
    )?;
    out.write_all(b"</section>")
}

/// Everything that was found, by document.
fn overlays<'a>(page: &Page<'a>) -> Overlays<'a> {
    let findings = page.view.findings;
    let mut out: Overlays<'a> = HashMap::new();
    for pair in findings.pairs.iter().filter(|p| p.relation.joins_family()) {
        for passage in &pair.passages {
            out.entry(&pair.a)
                .or_default()
                .push((passage.a, Overlay::Shared(&pair.b)));
            out.entry(&pair.b)
                .or_default()
                .push((passage.b, Overlay::Shared(&pair.a)));
        }
    }
    for quote in &findings.quotes {
        let span = Span {
            start: quote.start,
            end: quote.end,
        };
        out.entry(&quote.document)
            .or_default()
            .push((span, Overlay::Quote(quote.speaker.as_deref())));
    }
    for block in &findings.boilerplate {
        let span = Span {
            start: block.start,
            end: block.end,
        };
        let name = labels::boilerplate(block.kind);
        out.entry(&block.document)
            .or_default()
            .push((span, Overlay::Boilerplate(name)));
    }
    out
}

fn one_document(
    page: &Page<'_>,
    (at, document): (usize, &DocumentRecord),
    found: &[(Span, Overlay<'_>)],
) -> Markup {
    html! {
        details.record.searchable id={ "d" (at) } {
            summary {
                strong { bdi { (words(&document.id)) } }
                @if let Some(title) = page.view.title(&document.id) { " " q { (short(title, 100)) } }
            }
            p.remark { (facts(page, document)) }
            (text_of(page, document, found))
        }
    }
}

fn facts(page: &Page<'_>, document: &DocumentRecord) -> Markup {
    let family = document.family.as_deref();
    let place = family.and_then(|id| page.view.findings.families.iter().position(|f| f.id == id));
    let size = count(
        usize::try_from(document.words).unwrap_or(usize::MAX),
        "word",
    );
    html! {
        @for field in [document.site.as_deref(), document.published.as_deref(), document.language.as_deref()].into_iter().flatten() {
            bdi { (words(field)) } " · "
        }
        (size)
        @if let (Some(id), Some(place)) = (family, place) { " · family " a href={ "#f" (place) } { (words(id)) } }
        @if document.encoding != "utf-8" && !document.encoding.is_empty() { " · from " (words(&document.encoding)) }
        @if document.archive { " · of the archive" }
        @if let Some(url) = &document.url { " · " (address(url)) }
    }
}

fn text_of(page: &Page<'_>, document: &DocumentRecord, found: &[(Span, Overlay<'_>)]) -> Markup {
    let Some(text) = page.view.text(&document.id) else {
        return html! { p.remark { "The text is not at hand." } };
    };
    if !page.spend(text.len()) {
        return html! { p.remark { "The text is left out to keep this page quick." } };
    }
    html! {
        div.text {
            @for part in parts(text, found) {
                @if part.over.is_empty() { (block(part.text)) }
                @else { span class=(part.classes()) title=(part.title()) { (block(part.text)) } }
            }
        }
    }
}

/// A stretch of text over which the same overlays lie.
struct Part<'t, 'o> {
    text: &'t str,
    over: Vec<&'o Overlay<'o>>,
}

impl Part<'_, '_> {
    fn classes(&self) -> String {
        let class = |overlay: &&Overlay<'_>| match overlay {
            Overlay::Boilerplate(_) => "boilerplate",
            Overlay::Quote(_) => "quoted",
            Overlay::Shared(_) => "shared",
        };
        let mut names: Vec<&str> = self.over.iter().map(class).collect();
        names.sort_unstable();
        names.dedup();
        names.join(" ")
    }

    fn title(&self) -> String {
        const MAX_NAMED: usize = 4;
        let mut out: Vec<String> = Vec::new();
        let mut others: Vec<&str> = Vec::new();
        for overlay in &self.over {
            match overlay {
                Overlay::Boilerplate(name) => out.push((*name).to_owned()),
                Overlay::Quote(Some(speaker)) => out.push(format!("said by {}", words(speaker))),
                Overlay::Quote(None) => {}
                Overlay::Shared(other) if others.contains(other) => {}
                Overlay::Shared(other) => others.push(other),
            }
        }
        if !others.is_empty() {
            let named: Vec<String> = others.iter().take(MAX_NAMED).map(|id| words(id)).collect();
            let left = others.len().saturating_sub(MAX_NAMED);
            let more = if left > 0 {
                format!(" and {left} more")
            } else {
                String::new()
            };
            out.push(format!("also in {}{more}", named.join(", ")));
        }
        out.join("; ")
    }
}

/// Overlays that lie over one place at most; more are not told apart by a reader.
const MAX_OVER: usize = 40;

/// Cuts a text where overlays begin and end. O((text + overlays) log overlays) while few overlap.
fn parts<'t, 'o>(text: &'t str, found: &'o [(Span, Overlay<'o>)]) -> Vec<Part<'t, 'o>> {
    let fits = |span: &Span| {
        text.get(span.start as usize..span.end as usize)
            .is_some_and(|t| !t.is_empty())
    };
    let mut sorted: Vec<_> = found.iter().filter(|(span, _)| fits(span)).collect();
    sorted.sort_by_key(|(span, _)| *span);
    let mut edges: Vec<u32> = sorted
        .iter()
        .flat_map(|(span, _)| [span.start, span.end])
        .collect();
    edges.extend([0, u32::try_from(text.len()).unwrap_or(u32::MAX)]);
    edges.sort_unstable();
    edges.dedup();
    let mut active: Vec<&(Span, Overlay<'o>)> = Vec::new();
    let mut next = sorted.into_iter().peekable();
    let mut out = Vec::new();
    for pair in edges.windows(2) {
        active.retain(|(span, _)| span.end > pair[0]);
        while let Some(entry) = next.next_if(|(span, _)| span.start <= pair[0]) {
            if active.len() < MAX_OVER {
                active.push(entry);
            }
        }
        let Some(words) = text.get(pair[0] as usize..pair[1] as usize) else {
            continue;
        };
        out.push(Part {
            text: words,
            over: active.iter().map(|(_, overlay)| overlay).collect(),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cover_the_text_once_and_know_what_lies_over_them() {
        let span = |start, end| Span { start, end };
        let found = [
            (span(0, 6), Overlay::Shared("b")),
            (span(4, 9), Overlay::Quote(Some("Ann"))),
            (span(5, 50), Overlay::Shared("c")),
        ];
        let parts = parts("some words here", &found);
        let shown: Vec<_> = parts.iter().map(|p| (p.text, p.classes())).collect();
        let expected = [
            ("some", "shared"),
            (" w", "quoted shared"),
            ("ord", "quoted"),
            ("s here", ""),
        ];
        assert_eq!(
            shown,
            expected.map(|(text, classes)| (text, classes.to_owned()))
        );
        assert_eq!(parts[1].title(), "said by Ann; also in b");
    }
}
