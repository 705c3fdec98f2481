//! How large and how deep a page may be.

use crate::error::Reason;

use super::element::{Class, lookup};
use super::tags::{Event, Events, Tag};

/// Longest page that is taken apart, scripts and styles left out. Article pages have a tenth of a megabyte, live blogs up to a few.
const PAGE_BYTES: usize = 4 << 20;

/// Longest page for the accurate library; longer ones go to the fast one.
pub(crate) const ACCURATE_BYTES: usize = 1 << 20;

/// Most elements, stray closing tags and character references of one page, which bound the time that the fast library
/// takes: far above what article pages have.
const PAGE_ELEMENTS: usize = 40_000;

/// Most of them for the accurate library, which is slower, most of all on flat pages; larger pages go to the fast one.
/// Article pages have a few thousand.
pub(crate) const ACCURATE_ELEMENTS: usize = 10_000;

/// Deepest nesting. Browsers stop at 512; libraries that walk the tree by recursion need a stack for it.
const PAGE_DEPTH: usize = 512;

/// Most attributes of one element: parsers compare each with all before it.
const TAG_ATTRIBUTES: usize = 1000;

/// Counts elements and character references. Refuses pages that are built, or broken, so that taking them apart costs
/// more than linear time or a deep stack, and pages without any text.
pub(crate) fn measure(page: &str) -> Result<usize, Reason> {
    let mut size = Size::default();
    for event in Events::new(page) {
        match event {
            Event::Open(tag) => size.open(tag)?,
            Event::Close(name) => size.close(name),
            Event::Text(text) => size.text(text),
        }
        if size.open.len() > PAGE_DEPTH || size.elements > PAGE_ELEMENTS {
            return Err(Reason::PageTooComplex);
        }
    }
    match (page.len() - size.hidden_bytes > PAGE_BYTES, size.has_text) {
        (true, _) => Err(Reason::PageTooComplex),
        (false, false) => Err(Reason::NoArticle),
        (false, true) => Ok(size.elements),
    }
}

/// What was counted of a page so far.
#[derive(Default)]
struct Size<'p> {
    /// Elements that are open, outermost first.
    open: Vec<&'p str>,
    /// Elements and character references.
    elements: usize,
    /// Whether the scanner is inside a script or style.
    is_hidden: bool,
    /// Bytes of scripts and styles.
    hidden_bytes: usize,
    has_text: bool,
}

impl<'p> Size<'p> {
    fn open(&mut self, tag: Tag<'p>) -> Result<(), Reason> {
        self.is_hidden = tag.is("script") || tag.is("style");
        self.elements += 1;
        if tag.attributes().take(TAG_ATTRIBUTES + 1).count() > TAG_ATTRIBUTES {
            return Err(Reason::PageTooComplex);
        }
        let closes_last = self.open.last().is_some_and(|last| tag.is(last))
            && SELF_ENDING.iter().any(|name| tag.is(name));
        if !closes_last
            && !matches!(
                lookup(tag.name).1,
                Class::Void | Class::Transparent | Class::Link
            )
        {
            self.open.push(tag.name);
        }
        Ok(())
    }

    /// A tag that closes nothing is work for parsers, too.
    fn close(&mut self, name: &str) {
        self.is_hidden = false;
        if matches!(lookup(name).1, Class::Transparent | Class::Link) {
            return;
        }
        let mut open = self.open.iter();
        match open.rposition(|last| last.eq_ignore_ascii_case(name)) {
            Some(at) => self.open.truncate(at),
            None => self.elements += 1,
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_hidden {
            self.hidden_bytes += text.len();
        } else {
            self.has_text |= !text.trim().is_empty();
            // Loose marks: each ends a run of text for the parser.
            self.elements += memchr::memchr2_iter(b'&', b'<', text.as_bytes()).count();
        }
    }
}

/// Elements that the next of their kind ends.
const SELF_ENDING: [&str; 9] = ["p", "li", "dt", "dd", "tr", "td", "th", "option", "path"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::page_text;
    use crate::read::HtmlMode;

    #[test]
    fn pages_built_to_hurt_are_refused_soon() {
        let attributes: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
        let many: String = (0..120_000).map(|n| format!("<font a={n}>")).collect();
        let hostile = [
            "<div>".repeat(200_000),
            many,
            format!("<p{attributes}>"),
            "<b></b>".repeat(160_000),
            format!("<p>{}", "<a href=\"x ".repeat(100_000)),
            "<".repeat(1_000_000),
            "</div></p>".repeat(100_000),
        ];
        for page in &hostile {
            let start = std::time::Instant::now();
            let got = page_text(page, HtmlMode::Accurate).map_err(|r| r.code());
            assert!(got.is_err(), "{:.20}", page);
            assert!(start.elapsed().as_secs() < 2, "{:.20}", page);
        }
        assert!(
            measure(&format!(
                "<table>{}",
                "<tr><td>a<td>b<p>c</td>".repeat(2000)
            ))
            .is_ok()
        );
    }
}
