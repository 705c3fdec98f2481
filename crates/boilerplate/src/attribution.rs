//! Lines below a quotation that name who said it: they look like bylines and are none.

use wirecopy_text::ByteSpan;

use super::BoilerplateBlock;
use wirecopy_findings::BoilerplateType;

/// Marks that close a quotation in one language or another.
const CLOSING: [char; 7] = ['”', '“', '"', '»', '«', '’', '」'];
/// What an attribution on a line of its own may begin with.
const DASHES: [char; 5] = ['-', '–', '—', '―', '~'];

/// Whether `block` is a line of names, or one behind a dash, right below a line that a closing quotation mark ends.
pub(super) fn names_speaker(text: &str, block: &BoilerplateBlock) -> bool {
    let ByteSpan { start, .. } = block.span;
    let above = text.get(..start as usize).unwrap_or_default();
    let gap = above.len() - above.trim_end().len();
    let ends_quotation = above.trim_end().ends_with(CLOSING);
    let one_break = above
        .get(above.len() - gap..)
        .is_some_and(|gap| wirecopy_document::lines::line_breaks(gap) == 1);
    let named = block.kind == BoilerplateType::Byline || block.span.of(text).starts_with(DASHES);
    ends_quotation && one_break && named
}

#[cfg(test)]
mod tests {
    use crate::classify_single;

    #[test]
    fn names_right_below_quotations_are_no_bylines() {
        let letters = "What readers told us about the ferry\n\nWe asked how the new times have worked out.\n\n\
            “My son now leaves home at six and comes back at five.”\nPaula Ortman, Dunmere\n\n\
            “The captain waits for the little ones.”\nSamuel Acker, Fell Row\n\n\
            “I would like somebody to ride along just once.”\n– Anonymous\n";
        assert_eq!(classify_single(letters, None, None), []);
    }
}
