//! The text of a page as blocks: what a browser would show as paragraphs, headings, items, rows of a table.

use super::element::Class;
use super::entities::unescape;
use super::tree::{Kind, Link, Tree};
use super::words::{is_prose, words};

/// A paragraph or what stands like one. Lines inside are parted by `\n`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    pub text: String,
    /// Index of the first node after the last break.
    pub from: usize,
    /// Index after the last node with text.
    pub to: usize,
    /// The innermost element around all of it that stands on lines of its own; none at the top.
    pub element: Option<usize>,
    /// Letters and digits.
    pub letters: usize,
    /// Those that are links.
    pub linked: usize,
    /// Numbers of its words, as [`words`] gives them.
    pub words: Vec<u64>,
    /// Whether it has the length and the stops of prose.
    pub is_prose: bool,
}

/// The blocks of `tree` in its order. O(page).
pub(crate) fn blocks(tree: &Tree<'_>) -> Vec<Block> {
    let mut writer = Writer::default();
    for (at, node) in tree.nodes.iter().enumerate() {
        writer.leave(at);
        match node.kind {
            Kind::Element(element) if element.class == Class::Void => match element.name {
                "br" => writer.line_breaks += 1,
                "hr" => writer.end_block(at + 1),
                _ => {}
            },
            Kind::Element(element) => {
                let joins = match element.class {
                    Class::Row if is_row_of_facts(tree, at) => {
                        writer.row_end = node.end;
                        false
                    }
                    Class::Cell | Class::Paragraph => at < writer.row_end,
                    _ => false,
                };
                let breaks = node.breaks && !joins;
                if joins {
                    writer.space();
                }
                writer.open.push(Around {
                    at,
                    end: node.end,
                    breaks,
                });
                if breaks {
                    writer.end_block(at + 1);
                }
                writer.preformatted += usize::from(is_preformatted(element.name));
                writer.names.push(element.name);
            }
            Kind::Text { raw, link } => writer.text(at, &unescape(raw), link),
            Kind::Label(_) => {}
        }
    }
    writer.leave(usize::MAX);
    writer.end_block(tree.nodes.len());
    writer.blocks
}

/// The texts of blocks as one text, parted by empty lines.
pub(crate) fn join<'b>(blocks: impl Iterator<Item = &'b Block>) -> String {
    let mut out = String::new();
    for block in blocks {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&block.text);
    }
    out
}

/// Longest row of a table, in bytes, whose cells are read as one line. Longer ones are columns of a layout.
const LONGEST_ROW: usize = 400;

/// Whether the row holds a few words in each of two cells or more, and nothing but words.
fn is_row_of_facts(tree: &Tree<'_>, row: usize) -> bool {
    let (mut bytes, mut cells) = (0, 0);
    let inside = row + 1..tree.nodes.get(row).map_or(0, |row| row.end);
    for node in tree.nodes.get(inside).unwrap_or_default() {
        match node.kind {
            Kind::Element(element) if element.class == Class::Cell => cells += 1,
            Kind::Element(element)
                if element.class.breaks() && element.class != Class::Paragraph =>
            {
                return false;
            }
            Kind::Text { raw, .. } => bytes += raw.len(),
            Kind::Element(_) | Kind::Label(_) => {}
        }
        if bytes > LONGEST_ROW {
            return false;
        }
    }
    cells > 1
}

fn is_preformatted(name: &str) -> bool {
    matches!(name, "pre" | "listing" | "xmp")
}

/// An open element.
#[derive(Clone, Copy, Debug)]
struct Around {
    at: usize,
    end: usize,
    breaks: bool,
}

#[derive(Debug, Default)]
struct Writer {
    blocks: Vec<Block>,
    current: Block,
    open: Vec<Around>,
    names: Vec<&'static str>,
    /// Open elements whose line breaks count.
    preformatted: usize,
    /// Where the row of facts around ends.
    row_end: usize,
    /// Line breaks since the last text.
    line_breaks: usize,
}

impl Writer {
    /// Leaves the elements that end at node `at` or before.
    fn leave(&mut self, at: usize) {
        while let Some(last) = self.open.pop_if(|last| last.end <= at) {
            if last.breaks {
                self.end_block(last.end);
            }
            let name = self.names.pop().unwrap_or_default();
            self.preformatted -= usize::from(is_preformatted(name));
        }
    }

    fn end_block(&mut self, next: usize) {
        self.line_breaks = 0;
        let block = std::mem::take(&mut self.current);
        let text = block.text.trim();
        if !text.is_empty() {
            let text = text.to_owned();
            let words = words(&text);
            let is_prose = is_prose(&text, words.len());
            self.blocks.push(Block {
                text,
                words,
                is_prose,
                ..block
            });
        }
        self.current.from = next;
        let mut around = self.open.iter().rev();
        self.current.element = around.find(|around| around.breaks).map(|around| around.at);
    }

    fn space(&mut self) {
        let text = &mut self.current.text;
        if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }

    fn text(&mut self, at: usize, text: &str, link: Link) {
        if self.preformatted == 0 {
            return self.line(at, text, link);
        }
        for (number, line) in text.split('\n').enumerate() {
            self.line_breaks += usize::from(number > 0);
            self.line(at, line, link);
        }
    }

    /// Adds text with each run of white space as one space, as a browser shows it.
    fn line(&mut self, at: usize, text: &str, link: Link) {
        if self.line_breaks > 0 {
            if text.trim().is_empty() {
                return;
            }
            if self.line_breaks > 1 {
                self.end_block(at);
            } else {
                let kept = self.current.text.trim_end().len();
                self.current.text.truncate(kept);
                self.current.text.push('\n');
            }
            self.line_breaks = 0;
        }
        for part in text.split_inclusive(|c: char| c.is_ascii_whitespace() || c == '\0') {
            let word = part.trim_end_matches(|c: char| c.is_ascii_whitespace() || c == '\0');
            let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
            self.current.letters += letters;
            self.current.linked += if link == Link::No { 0 } else { letters };
            self.current.text.push_str(word);
            if part.ends_with(|c: char| c.is_ascii_whitespace()) {
                self.space();
            }
        }
        self.current.to = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(page: &str) -> Vec<String> {
        blocks(&Tree::parse(page))
            .into_iter()
            .map(|block| block.text)
            .collect()
    }

    #[test]
    fn blocks_are_what_a_browser_shows() {
        assert_eq!(
            shown(
                "<h1>Fish</h1>The <b>board</b>\n voted.<br> <br>It&rsquo;s over.<br>Now.<p>a</p>b<hr>c"
            ),
            [
                "Fish",
                "The board voted.",
                "It’s over.\nNow.",
                "a",
                "b",
                "c"
            ]
        );
        assert_eq!(
            shown("<dl><dt>Yes<dd>seven<dt>No<dd>four</dl><pre>one\ntwo\n\nthree</pre>"),
            ["Yes", "seven", "No", "four", "one\ntwo", "three"]
        );
        assert_eq!(
            shown(
                "<span style='display: block'>a</span><span class='x d-block'>b</span><span>c</span>"
            ),
            ["a", "b", "c"]
        );
    }

    #[test]
    fn cells_of_facts_are_words_of_a_line_and_columns_are_blocks() {
        assert_eq!(
            shown(
                "<table><tr><th>Member</th><th>Vote</th></tr><tr><td><p>Rita</p></td><td>for</td></tr></table>"
            ),
            ["Member Vote", "Rita for"]
        );
        let story = "The board voted to close it. ".repeat(20);
        assert_eq!(
            shown(&format!(
                "<table><tr><td>Home<br>News</td><td>{story}</td></tr></table>"
            )),
            ["Home\nNews", story.trim()]
        );
    }
}
