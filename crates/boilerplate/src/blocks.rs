//! Text to blocks with roles: a first guess at what each line of a document is.

use wirecopy_text::ByteSpan;

use crate::{BoilerplateBlock, BoilerplateClass, BoilerplateType, classify_single, final_stop};
use wirecopy_document::lines::lines;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockRole {
    /// The headline: the first line before the body that is neither boilerplate nor a sentence.
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
    /// Site boilerplate.
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
    let mut done = 0;
    for line in lines(text) {
        let inside = rest.partition_point(|block| block.span.start < line.end);
        let (here, below) = rest.split_at(inside);
        done = add_line(text, (done.max(line.start), line.end), here, &mut blocks);
        rest = below;
    }
    name_headline(text, &mut blocks);
    cut_dateline(text, &mut blocks);
    blocks
}

/// Adds what stands in `from..to`, a line or the end of one, cut at the `marked` stretches that start in it. Gives the end
/// of the last of them, which may lie in a later line.
fn add_line(
    text: &str,
    (from, to): (u32, u32),
    marked: &[BoilerplateBlock],
    blocks: &mut Vec<Block>,
) -> u32 {
    let mut at = from;
    for block in marked {
        push_trimmed(text, (at, block.span.start), blocks);
        blocks.push(Block {
            span: block.span,
            role: role_of(block),
        });
        at = block.span.end;
    }
    push_trimmed(text, (at, to), blocks);
    at
}

/// Adds `from..to` of `text` as body, unless it holds nothing.
fn push_trimmed(text: &str, (from, to): (u32, u32), blocks: &mut Vec<Block>) {
    let whole = text.get(from as usize..to as usize).unwrap_or_default();
    let opened = whole.trim_start();
    let part = opened.trim_end();
    if !part.is_empty() {
        let start = from as usize + whole.len() - opened.len();
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
    // Headlines ask and call out, but make no full stop.
    let stated =
        final_stop(line).is_some_and(|c| !matches!(c, '?' | '!' | '？' | '！' | '؟' | '…'));
    if followed
        && line.len() <= HEADLINE_BYTES
        && !stated
        && !line.ends_with([':', ';', ','])
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
    let dateline = ByteSpan::new(span.start as usize, span.start as usize + length);
    blocks[at].span = dateline;
    blocks[at].role = BlockRole::Dateline;
    let mut rest = Vec::new();
    push_trimmed(text, (dateline.end, span.end), &mut rest);
    blocks.splice(at + 1..at + 1, rest);
}

/// Length of a dateline at the start of `line`, dash included: at most 80 bytes of a place in capitals or an agency in
/// parentheses, then a dash.
pub fn dateline_length(line: &str) -> Option<usize> {
    let head = line.get(..line.floor_char_boundary(80))?;
    let (at, dash) = ["—", "–", " - ", "--"]
        .iter()
        .filter_map(|dash| head.find(dash).map(|at| (at, dash.len())))
        .min()?;
    let before = head.get(..at)?.trim();
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
    fn every_character_but_white_space_is_held_whatever_ends_the_lines() {
        let marked = |span| BoilerplateBlock {
            span,
            kind: BoilerplateType::NavMenu,
            class: BoilerplateClass::Chrome,
            probability: 1.0,
            evidence: [].into(),
        };
        for end in wirecopy_document::lines::LINE_ENDS {
            let text = format!("Ann Roe RoeMayor quits{end}Council MORE, she said.{end}Ö (X.)");
            // A mark that runs over the end of its line.
            let span = ByteSpan::new(11, text.find(',').unwrap());
            let blocks = segment_marked(&text, &[marked(span)]);
            let held: String = blocks.iter().map(|block| block.span.of(&text)).collect();
            let dense = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(dense(&held), dense(&text), "{text:?}");
        }
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
