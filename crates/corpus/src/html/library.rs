//! The libraries that find a page's main text, and the page as they are given it.

use super::element::Class;
use super::names::attribute;
use super::text::Block;
use super::tree::{Element, Kind, Link, Tree};

/// Markup of `tree` for a library: every end tag in its place, no scripts, bare prose in paragraphs, of the attributes
/// those that libraries read. At most in proportion to the page.
pub(crate) fn markup(tree: &Tree<'_>, blocks: &[Block], title: &str) -> String {
    let mut writer = Writer {
        out: "<!DOCTYPE html><html><head><title>".to_owned(),
        open: Vec::new(),
        in_link: false,
        wraps: false,
    };
    writer.escaped(title);
    writer.out.push_str("</title></head><body>");
    let mut bare = blocks
        .iter()
        .filter(|block| is_bare_prose(tree, block))
        .peekable();
    let mut ends = usize::MAX;
    for (at, node) in tree.nodes.iter().enumerate() {
        writer.leave(at);
        if at >= ends {
            writer.end_paragraph();
            ends = usize::MAX;
        }
        while bare.next_if(|block| block.to <= at).is_some() {}
        if let Some(block) = bare.next_if(|block| block.from <= at) {
            writer.begin_paragraph();
            ends = block.to;
        }
        match node.kind {
            Kind::Element(element) => writer.element(element, node.end, node.breaks),
            Kind::Text { raw, link } => writer.text(raw, link),
            Kind::Label(_) => {}
        }
    }
    writer.leave(usize::MAX);
    writer.end_paragraph();
    writer.out.push_str("</body></html>");
    writer.out
}

/// Whether the block is sentences that stand in no paragraph, as text after a heading does. Libraries lose it.
fn is_bare_prose(tree: &Tree<'_>, block: &Block) -> bool {
    let class = block
        .element
        .and_then(|at| tree.element(at))
        .map(|element| element.class);
    let is_bare = matches!(
        class,
        None | Some(Class::Block | Class::Inline | Class::Cell)
    );
    is_bare && block.letters >= BARE_LETTERS && block.linked * 2 < block.letters
}

/// Fewest letters of bare text that is given to libraries as a paragraph.
const BARE_LETTERS: usize = 30;

/// Attributes whose values tell libraries what an element is.
const KEPT: [&str; 5] = ["id", "class", "role", "itemprop", "style"];

struct Writer {
    out: String,
    /// Where open elements end, and their names as written.
    open: Vec<(usize, &'static str)>,
    in_link: bool,
    /// Whether a paragraph that the page does not have is open.
    wraps: bool,
}

impl Writer {
    fn leave(&mut self, at: usize) {
        while let Some((_, name)) = self.open.pop_if(|(end, _)| *end <= at) {
            self.end_link();
            if name != "span" {
                self.end_paragraph();
            }
            self.tag("</", name);
        }
    }

    fn begin_paragraph(&mut self) {
        self.end_paragraph();
        self.out.push_str("<p>");
        self.wraps = true;
    }

    fn end_paragraph(&mut self) {
        self.end_link();
        if std::mem::take(&mut self.wraps) {
            self.out.push_str("</p>");
        }
    }

    fn tag(&mut self, opening: &str, name: &str) {
        self.out.push_str(opening);
        self.out.push_str(name);
        self.out.push('>');
    }

    fn element(&mut self, element: Element<'_>, end: usize, breaks: bool) {
        self.end_link();
        if element.class == Class::Void {
            if matches!(element.name, "br" | "hr" | "img" | "input" | "embed") {
                self.tag("<", element.name);
            }
            return;
        }
        let is_paragraph = |(_, name): &(usize, &str)| matches!(*name, "p" | "h1" | "h2" | "h3");
        let name = match element.class {
            Class::Mute if !matches!(element.name, "iframe" | "video" | "object") => return,
            Class::Inline if breaks && !self.open.last().is_some_and(is_paragraph) => "div",
            Class::Inline | Class::Quote | Class::Reading => "span",
            _ => element.name,
        };
        if name != "span" {
            self.end_paragraph();
        }
        self.out.push('<');
        self.out.push_str(name);
        for key in KEPT {
            if let Some(value) = attribute(element.tag, key).filter(|v| v.len() <= LONGEST_VALUE) {
                self.out.extend([" ", key, "=\""]);
                self.out.push_str(&value.replace('"', "&quot;"));
                self.out.push('"');
            }
        }
        self.out.push('>');
        self.open.push((end, name));
    }

    fn text(&mut self, raw: &str, link: Link) {
        if (link != Link::No) != self.in_link {
            self.end_link();
            if link != Link::No {
                let within = link == Link::Within;
                self.out.push_str(if within {
                    "<a href=\"#x\">"
                } else {
                    "<a href=\"/x\">"
                });
                self.in_link = true;
            }
        }
        self.escaped(raw);
    }

    fn end_link(&mut self) {
        if std::mem::take(&mut self.in_link) {
            self.out.push_str("</a>");
        }
    }

    /// Adds text as written: references stay, loose marks become references.
    fn escaped(&mut self, raw: &str) {
        for part in raw.split_inclusive(['<', '\0']) {
            let kept = part.trim_end_matches(['<', '\0']);
            self.out.push_str(kept);
            if part.ends_with('<') {
                self.out.push_str("&lt;");
            }
        }
    }
}

/// Longest value of an attribute that libraries are given; names and styles have some hundred bytes.
const LONGEST_VALUE: usize = 1000;

#[cfg(feature = "html")]
mod found {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use crate::error::Reason;
    use crate::html::PageKind;
    use crate::html::text::{blocks, join};
    use crate::html::tree::Tree;
    use crate::read::HtmlMode;

    /// The main text by the library that `mode` names; the fast one is also asked where the accurate one finds nothing.
    ///
    /// A panic inside a library is that page's error: one page in millions must not end a run.
    pub(crate) fn main_text(page: &str, mode: HtmlMode, kind: PageKind) -> Result<String, Reason> {
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
        let text = join(blocks(&Tree::parse(&found.content_html)).iter());
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
mod found {
    use crate::error::Reason;
    use crate::html::PageKind;
    use crate::read::HtmlMode;

    /// This build has no library for pages.
    pub(crate) fn main_text(_: &str, _: HtmlMode, _: PageKind) -> Result<String, Reason> {
        Err(Reason::UnsupportedFormat("html".into()))
    }
}

pub(crate) use found::main_text;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::text::blocks;

    #[test]
    fn bare_prose_becomes_paragraphs_and_tags_are_balanced() {
        let page = "<div class=story data-x=1><h1>Fish</h1>The board of Linfield voted on <b>Tuesday <i>to</b> close it.<br><br>\
            The vote was <a href=/x>seven to four</a> after a long debate.<ul><li>a</div>5 < 6<script>x</script>";
        let tree = Tree::parse(page);
        assert_eq!(
            markup(&tree, &blocks(&tree), "Fish"),
            "<!DOCTYPE html><html><head><title>Fish</title></head><body><div class=\"story\"><h1>Fish</h1>\
             <p>The board of Linfield voted on Tuesday to close it.</p><br><br>\
             <p>The vote was <a href=\"/x\">seven to four</a> after a long debate.</p><ul><li>a</li></ul></div>5 &lt; 6</body></html>"
        );
    }
}
