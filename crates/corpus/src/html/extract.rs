//! The main text of a page, and the text of a piece of HTML in a field.

use std::borrow::Cow;

use wirecopy_document::page_metadata::Field;

use crate::error::Reason;
use crate::html::PageMetadata;
use crate::html::aside::set_aside;
use crate::html::element::lookup;
use crate::html::library;
use crate::html::limits::{ACCURATE_BYTES, ACCURATE_ELEMENTS, measure};
use crate::html::story::{prose, story};
use crate::html::tags::{Event, Events};
use crate::html::text::{Block, blocks, join};
use crate::html::tree::Tree;
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
    let (tree, blocks) = set_aside(Tree::parse(page));
    let shown = Shown {
        tree: &tree,
        blocks: &blocks,
        size,
    };
    let found = main_text(shown, mode, &metadata);
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

/// What a page shows.
#[derive(Clone, Copy)]
struct Shown<'t, 'p> {
    tree: &'t Tree<'p>,
    blocks: &'t [Block],
    /// Elements and character references of the whole page.
    size: usize,
}

/// The main text of the page, by the library that `mode` names where the page is small enough for it.
fn main_text(
    page: Shown<'_, '_>,
    mode: HtmlMode,
    metadata: &PageMetadata,
) -> Result<String, Reason> {
    let title = metadata.values(Field::Title).next().unwrap_or_default();
    let markup = library::markup(page.tree, page.blocks, title);
    let is_large = page.size > ACCURATE_ELEMENTS || markup.len() > ACCURATE_BYTES;
    let mode = if is_large { HtmlMode::Fast } else { mode };
    match library::main_text(&markup, mode, metadata.kind) {
        Ok(found) => Ok(story(page.tree, page.blocks, &found).unwrap_or(found)),
        Err(Reason::NoArticle) => prose(page.tree, page.blocks).ok_or(Reason::NoArticle),
        Err(reason) => Err(reason),
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
    let head = field
        .get(..field.floor_char_boundary(PAGE_HEAD_BYTES))
        .unwrap_or(field);
    let head = head.to_ascii_lowercase();
    let opening = ["<!doctype html", "<html", "<head>", "<head ", "<body"];
    opening.iter().any(|tag| head.contains(tag))
}

fn opens_with_known_element(field: &str) -> bool {
    const INLINE: [&str; 4] = ["span", "a", "b", "strong"];
    matches!(
        Events::new(field).next(),
        Some(Event::Open(tag)) if lookup(tag.name).1.breaks() || INLINE.iter().any(|name| tag.is(name))
    )
}

/// The text of a piece of HTML: blocks parted by empty lines.
fn fragment_text(html: &str) -> String {
    join(blocks(&Tree::parse(html)).iter())
}

/// `page` without zero bytes, where those are few: browsers skip them. Many of them are a sign of binary data, or of an
/// encoding of two bytes a character, and stay.
pub(crate) fn without_nuls(page: &[u8]) -> Cow<'_, [u8]> {
    let count = memchr::memchr_iter(0, page).count();
    if count == 0 || count * NUL_SHARE > page.len() {
        return page.into();
    }
    page.iter().copied().filter(|byte| *byte != 0).collect()
}

/// One zero byte in so many is damage and no encoding.
const NUL_SHARE: usize = 100;

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
}
