//! Text to blocks with roles: a first guess at what each line of a document is.

use wirecopy_core::ByteSpan;

use crate::boilerplate::lines::lines;
use crate::boilerplate::{BoilerplateBlock, BoilerplateClass, BoilerplateType, classify_single};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockRole {
    /// The headline: the first line before the body that is neither furniture nor a sentence.
    Headline,
    /// Authors, dates and other particulars of publication.
    Byline,
    /// Place and agency before the first sentence, as "OSLO (AP) —".
    Dateline,
    /// Contributors, wire credits and source lines.
    Credit,
    /// The article's own words.
    Body,
    /// Picture captions and picture credits.
    Caption,
    /// Site furniture.
    Chrome,
    /// Shortcodes and leaked markup.
    TemplateResidue,
}

/// One line, or one part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its bytes in the text, without surrounding white space.
    pub span: ByteSpan,
    /// What it is.
    pub role: BlockRole,
}

/// The blocks of `text`, ascending and disjoint; together they hold every byte of the text but white space.
///
/// Roles are those that one document alone shows. A dateline is a block of its own, and so is a credit or prompt at the
/// end of a paragraph. O(n).
#[must_use]
pub fn segment(text: &str) -> Vec<Block> {
    segment_marked(text, &classify_single(text, None, None))
}

/// The same for a text whose boilerplate is already marked: `marked` is ascending and disjoint. O(n).
#[must_use]
pub fn segment_marked(text: &str, marked: &[BoilerplateBlock]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = marked;
    for line in lines(text) {
        let inside = rest.partition_point(|block| block.span.start < line.end);
        add_line(text, line, &rest[..inside], &mut blocks);
        rest = &rest[inside..];
    }
    name_headline(text, &mut blocks);
    cut_dateline(text, &mut blocks);
    blocks
}

/// Adds one line, cut at the `marked` stretches inside it.
fn add_line(text: &str, line: ByteSpan, marked: &[BoilerplateBlock], blocks: &mut Vec<Block>) {
    let mut at = line.start as usize;
    for block in marked {
        push_trimmed(text, at, block.span.start as usize, blocks);
        blocks.push(Block {
            span: block.span,
            role: role_of(block),
        });
        at = block.span.end as usize;
    }
    push_trimmed(text, at, line.end as usize, blocks);
}

fn push_trimmed(text: &str, start: usize, end: usize, blocks: &mut Vec<Block>) {
    let part = text[start..end].trim();
    if !part.is_empty() {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        blocks.push(Block {
            span: ByteSpan::new(start, start + part.len()),
            role: BlockRole::Body,
        });
    }
}

fn role_of(block: &BoilerplateBlock) -> BlockRole {
    match (block.class, block.kind) {
        (_, BoilerplateType::Shortcode) => BlockRole::TemplateResidue,
        (BoilerplateClass::Chrome, _) => BlockRole::Chrome,
        (BoilerplateClass::Caption, _) => BlockRole::Caption,
        (BoilerplateClass::Provenance, BoilerplateType::Byline) => BlockRole::Byline,
        (BoilerplateClass::Provenance, _) => BlockRole::Credit,
        (BoilerplateClass::Stock, _) => BlockRole::Body,
    }
}

/// A headline is at most this long; 99.9 % of titles of real articles are (measured over 5,297).
const HEADLINE_BYTES: usize = 220;

fn name_headline(text: &str, blocks: &mut [Block]) {
    let Some(at) = blocks
        .iter()
        .position(|block| block.role == BlockRole::Body)
    else {
        return;
    };
    let line = blocks[at].span.of(text);
    let followed = blocks[at + 1..]
        .iter()
        .any(|block| block.role == BlockRole::Body);
    if followed
        && line.len() <= HEADLINE_BYTES
        && !line.ends_with(['.', ':', ';', ','])
        && dateline_length(line).is_none()
    {
        blocks[at].role = BlockRole::Headline;
    }
}

fn cut_dateline(text: &str, blocks: &mut Vec<Block>) {
    let Some(at) = blocks
        .iter()
        .position(|block| block.role == BlockRole::Body)
    else {
        return;
    };
    let span = blocks[at].span;
    let Some(length) = dateline_length(span.of(text)) else {
        return;
    };
    let cut = span.start as usize + length;
    blocks[at].span = ByteSpan::new(span.start as usize, cut);
    blocks[at].role = BlockRole::Dateline;
    let mut rest = Vec::new();
    push_trimmed(text, cut, span.end as usize, &mut rest);
    blocks.splice(at + 1..at + 1, rest);
}

/// Length of a dateline at the start of `line`, dash included: at most 80 bytes of a place in capitals or an agency in
/// parentheses, then a dash.
pub(crate) fn dateline_length(line: &str) -> Option<usize> {
    let head = &line[..line.floor_char_boundary(80)];
    let (at, dash) = ["—", "–", " - ", "--"]
        .iter()
        .filter_map(|dash| head.find(dash).map(|at| (at, dash.len())))
        .min()?;
    let before = head[..at].trim();
    let capitals = |word: &str| {
        word.len() >= 3
            && word
                .chars()
                .all(|c| c.is_uppercase() || matches!(c, '.' | '-' | ',' | '\''))
    };
    let place = before.split_whitespace().next().is_some_and(capitals);
    let agency = before.ends_with(')') && before.contains('(');
    (before.len() >= 3 && (place || agency)).then_some(at + dash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(text: &str) -> Vec<(&str, BlockRole)> {
        segment(text)
            .into_iter()
            .map(|block| (block.span.of(text), block.role))
            .collect()
    }

    #[test]
    fn a_small_article_falls_into_its_blocks() {
        let text = "Harbour wall gives way\nBy Ann Lee\n\nOSLO (AP) — The harbour wall gave way on Sunday, and the \
                    sea took four boats and a part of the fish market with it.\nSee also: Ferry stuck\n\nAnn B. Ode in \
                    Bergen contributed to this report.\n";
        let found = roles(text);
        assert_eq!(found[0], ("Harbour wall gives way", BlockRole::Headline));
        assert_eq!(
            found[1],
            ("By Ann Lee", BlockRole::Byline),
            "{:?}",
            classify_single(text, None, None)
        );
        assert_eq!(found[2], ("OSLO (AP) —", BlockRole::Dateline));
        assert_eq!(found[3].1, BlockRole::Body);
        assert_eq!(found[4], ("See also: Ferry stuck", BlockRole::Chrome));
        assert_eq!(found[5].1, BlockRole::Credit);
    }
}
