//! The main text of a page, and the text of a piece of HTML in a field.

use std::borrow::Cow;

use crate::error::Reason;
use crate::html::PageMetadata;
use crate::html::tags::{Event, Events, Tag, unescape};
use crate::read::{HtmlMode, Markup};

/// A page taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Extracted {
    pub text: String,
    pub metadata: PageMetadata,
}

/// Finds the main text of `page`.
///
/// # Errors
/// [`Reason::PageTooComplex`] for a page above the limits below, [`Reason::NoArticle`] when no text was found.
pub(crate) fn page_text(page: &str, mode: HtmlMode) -> Result<Extracted, Reason> {
    let size = measure(page)?;
    let metadata = PageMetadata::read(page);
    let bare = without_scripts(page);
    let is_large = size > ACCURATE_ELEMENTS || bare.len() > ACCURATE_BYTES;
    let mode = if is_large { HtmlMode::Fast } else { mode };
    let found = library::main_text(&bare, mode, metadata.kind);
    let text = match (found, declared_text(&metadata)) {
        (Ok(found), Some(declared)) if found.trim().len() * 2 >= declared.len() => found,
        (_, Some(declared)) => declared,
        (found, None) => found?,
    };
    let text = text.trim();
    if text.is_empty() {
        Err(Reason::NoArticle)
    } else {
        Ok(Extracted {
            text: text.to_owned(),
            metadata,
        })
    }
}

/// The shortest `articleBody` that may stand for the page's text; shorter ones are abstracts.
const DECLARED_BYTES: usize = 250;

/// The text that the page declares in JSON-LD. It counts where the page itself shows less than half of it, as pages that
/// scripts fill in do.
fn declared_text(metadata: &PageMetadata) -> Option<String> {
    let body = metadata.article_body.as_deref()?.trim();
    if body.len() < DECLARED_BYTES {
        return None;
    }
    let marked_up = body.contains("</") || body.contains("<br") || body.contains("&nbsp;");
    Some(if marked_up {
        fragment_text(body)
    } else {
        body.to_owned()
    })
}

/// The text of a record's field that holds HTML, a whole page or a piece of one; none when it holds plain text.
pub(crate) fn field_text(
    field: &str,
    markup: Markup,
    mode: HtmlMode,
) -> Option<Result<Extracted, Reason>> {
    let start = field.trim_start();
    let tagged = start.starts_with('<') && start.contains("</");
    if is_whole_page(start) && (tagged || markup == Markup::Html) {
        return Some(page_text(field, mode));
    }
    let piece = markup == Markup::Html || (tagged && opens_with_known_element(start));
    piece.then(|| {
        Ok(Extracted {
            text: fragment_text(field),
            metadata: PageMetadata::default(),
        })
    })
}

/// Bytes at the start of a field in which a page says that it is one; comments may stand before.
const PAGE_HEAD_BYTES: usize = 1024;

fn is_whole_page(field: &str) -> bool {
    let head = &field[..field.floor_char_boundary(PAGE_HEAD_BYTES)];
    let head = head.to_ascii_lowercase();
    let opening = ["<!doctype html", "<html", "<head>", "<head ", "<body"];
    opening.iter().any(|tag| head.contains(tag))
}

fn opens_with_known_element(field: &str) -> bool {
    const INLINE: [&str; 4] = ["span", "a", "b", "strong"];
    let mut known = BLOCKS.iter().chain(&INLINE);
    matches!(Events::new(field).next(), Some(Event::Open(tag)) if known.any(|name| tag.is(name)))
}

/// The encoding that a page's first bytes declare.
pub(crate) fn declared_encoding(page: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = page[..page.len().min(DECLARATION_BYTES)].to_ascii_lowercase();
    let after = |key: &[u8]| memchr::memmem::find(&head, key).map(|at| at + key.len());
    let is_xml = head.starts_with(b"<?xml");
    let start = after(b"charset=").or_else(|| if is_xml { after(b"encoding=") } else { None })?;
    let label = head[start..].trim_ascii_start();
    let label = label
        .strip_prefix(b"\"")
        .or_else(|| label.strip_prefix(b"'"))
        .unwrap_or(label);
    let end = label
        .iter()
        .position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b':' | b'.'));
    let declared = encoding_rs::Encoding::for_label(&label[..end.unwrap_or(label.len())])?;
    // A declaration that can be read as ASCII does not stand in UTF-16; browsers take UTF-8 then.
    let is_wide = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].contains(&declared);
    Some(if is_wide {
        encoding_rs::UTF_8
    } else {
        declared
    })
}

/// Browsers look at the first 1024 bytes; some pages put comments and scripts before.
const DECLARATION_BYTES: usize = 4096;

/// `page` without what stands inside scripts and styles, where they make it too long for the libraries.
fn without_scripts(page: &str) -> Cow<'_, str> {
    if page.len() <= ACCURATE_BYTES {
        return page.into();
    }
    let mut out = String::new();
    let mut is_hidden = false;
    let mut kept = 0;
    for event in Events::new(page) {
        match event {
            Event::Open(tag) => is_hidden = tag.is("script") || tag.is("style"),
            Event::Close(_) => is_hidden = false,
            Event::Text(text) if is_hidden => {
                let start = text.as_ptr() as usize - page.as_ptr() as usize;
                out.push_str(&page[kept..start]);
                kept = start + text.len();
            }
            Event::Text(_) => {}
        }
    }
    out.push_str(&page[kept..]);
    out.into()
}

/// Longest page that is taken apart, scripts and styles left out. Article pages have a tenth of a megabyte, live blogs up to a few.
const PAGE_BYTES: usize = 4 << 20;

/// Longest page for the accurate library; longer ones go to the fast one.
const ACCURATE_BYTES: usize = 1 << 20;

/// Most elements, stray closing tags and character references of one page, which bound the time that the fast library
/// takes: far above what article pages have.
const PAGE_ELEMENTS: usize = 40_000;

/// Most of them for the accurate library, which is slower, most of all on flat pages; larger pages go to the fast one.
/// Article pages have a few thousand.
const ACCURATE_ELEMENTS: usize = 10_000;

/// Deepest nesting. Browsers stop at 512; libraries that walk the tree by recursion need a stack for it.
const PAGE_DEPTH: usize = 512;

/// Most attributes of one element: parsers compare each with all before it.
const TAG_ATTRIBUTES: usize = 1000;

/// Counts elements and character references. Refuses pages that are built, or broken, so that taking them apart costs
/// more than linear time or a deep stack, and pages without any text.
fn measure(page: &str) -> Result<usize, Reason> {
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
        if !closes_last && !VOID.iter().any(|name| tag.is(name)) {
            self.open.push(tag.name);
        }
        Ok(())
    }

    /// A tag that closes nothing is work for parsers, too.
    fn close(&mut self, name: &str) {
        self.is_hidden = false;
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

/// Elements without an inside.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that the next of their kind ends.
const SELF_ENDING: [&str; 9] = ["p", "li", "dt", "dd", "tr", "td", "th", "option", "path"];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 20] = [
    "p",
    "div",
    "article",
    "section",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "figure",
    "table",
    "tr",
    "main",
    "header",
    "pre",
];

/// The text of a piece of HTML: blocks on lines of their own, scripts and styles left out.
fn fragment_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut is_hidden = false;
    for event in Events::new(html) {
        match event {
            Event::Open(tag) => {
                is_hidden = tag.is("script") || tag.is("style");
                if tag.is("br") {
                    out.push('\n');
                } else if BLOCKS.iter().any(|name| tag.is(name)) {
                    end_block(&mut out);
                }
            }
            Event::Close(name) => {
                is_hidden = false;
                if BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block)) {
                    end_block(&mut out);
                }
            }
            Event::Text(text) if !is_hidden => push_squeezed(&mut out, &unescape(text)),
            Event::Text(_) => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn end_block(out: &mut String) {
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push_str("\n\n");
    }
}

/// Adds text with each run of white space as one space, as a browser shows it.
fn push_squeezed(out: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_ascii_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

#[cfg(feature = "html")]
mod library {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use crate::error::Reason;
    use crate::html::PageKind;
    use crate::read::HtmlMode;

    /// The main text by the library that `mode` names; the fast one is also asked where the accurate one finds nothing.
    ///
    /// A panic inside a library is that page's error: one page in millions must not end a run.
    pub(super) fn main_text(page: &str, mode: HtmlMode, kind: PageKind) -> Result<String, Reason> {
        let attempt = catch_unwind(AssertUnwindSafe(|| match mode {
            HtmlMode::Accurate => accurate(page, kind).or_else(|| fast(page)),
            HtmlMode::Fast => fast(page),
        }));
        attempt
            .map_err(|_| Reason::PageTooComplex)?
            .ok_or(Reason::NoArticle)
    }

    fn accurate(page: &str, kind: PageKind) -> Option<String> {
        let focus = match kind {
            PageKind::NewsArticle => trafilatura::ExtractionFocus::FavorPrecision,
            PageKind::Article | PageKind::Unknown => trafilatura::ExtractionFocus::Balanced,
        };
        let options = trafilatura::Options::default()
            .with_focus(focus)
            .with_fallback(true)
            .with_exclude_comments(true);
        // Its plain text has no paragraphs; those are in the markup that it keeps.
        let found = trafilatura::extract(page, &options).ok()?;
        let text = super::fragment_text(&found.content_html);
        (!text.is_empty()).then_some(text)
    }

    fn fast(page: &str) -> Option<String> {
        let config = dom_smoothie::Config {
            text_mode: dom_smoothie::TextMode::Formatted,
            ..dom_smoothie::Config::default()
        };
        let text = dom_smoothie::Readability::new(page, None, Some(config))
            .ok()?
            .parse()
            .ok()?
            .text_content;
        (!text.trim().is_empty()).then(|| text.to_string())
    }
}

#[cfg(not(feature = "html"))]
mod library {
    use crate::error::Reason;
    use crate::html::PageKind;
    use crate::read::HtmlMode;

    /// This build has no library for pages.
    pub(super) fn main_text(_: &str, _: HtmlMode, _: PageKind) -> Result<String, Reason> {
        Err(Reason::UnsupportedFormat("html".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_becomes_paragraphs() {
        let got = field_text(
            "<p>The ferry&rsquo;s <b>hull</b>\n held.</p><script>x</script><p>Nobody<br>was hurt.</p>",
            Markup::Detected,
            HtmlMode::Fast,
        );
        assert_eq!(
            got.unwrap().unwrap().text,
            "The ferry’s hull held.\n\nNobody\nwas hurt."
        );
        for plain in [
            "<3 the ferry </3",
            "The <b>ferry</b>",
            "<Lorne Point, Wednesday> The ferry </end>",
        ] {
            let got = field_text(plain, Markup::Detected, HtmlMode::Fast);
            assert!(got.is_none(), "{plain}");
        }
        let told = field_text("Nobody <i>was</i> hurt.", Markup::Html, HtmlMode::Fast);
        assert_eq!(told.unwrap().unwrap().text, "Nobody was hurt.");
    }

    #[test]
    fn the_declared_encoding_is_found() {
        let declared =
            |page: &str| declared_encoding(page.as_bytes()).map(encoding_rs::Encoding::name);
        assert_eq!(declared("<meta charset='koi8-r'>"), Some("KOI8-R"));
        assert_eq!(
            declared("<meta content=\"text/html; charset=Shift_JIS\">"),
            Some("Shift_JIS")
        );
        assert_eq!(
            declared("<?xml version=\"1.0\" encoding=\"iso-8859-2\"?>"),
            Some("ISO-8859-2")
        );
        assert_eq!(declared("<p>encoding=koi8-r"), None);
        assert_eq!(declared("<meta charset=utf-16>"), Some("UTF-8"));
    }

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
