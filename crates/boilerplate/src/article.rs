//! A document seen as news.

use wirecopy_text::ByteSpan;

use crate::blocks::{Block, BlockRole};

/// The headline in `text`, whose blocks are `blocks` (from [`segment`](crate::blocks::segment)); `None` where the text
/// starts with its body. The span is that of a whole block. O(blocks).
#[must_use]
pub fn headline(text: &str, blocks: &[Block]) -> Option<ByteSpan> {
    let found = blocks
        .iter()
        .find(|block| block.role == BlockRole::Headline)?;
    (found.span.end as usize <= text.len()).then_some(found.span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::segment;

    #[test]
    fn a_text_without_a_headline_has_none() {
        let text = "The harbour wall gave way on Sunday.\n\nFour boats are lost.";
        assert_eq!(headline(text, &segment(text)), None);
        let text = "Harbour wall gives way\n\nThe harbour wall gave way on Sunday.";
        assert_eq!(headline(text, &segment(text)), Some(ByteSpan::new(0, 22)));
    }
}
