//! Taking marked text out of a document.

use wirecopy_text::ByteSpan;

use super::{BoilerplateBlock, BoilerplateClass};
use wirecopy_document::lines::LINE_ENDS;

/// A text without some of its boilerplate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stripped {
    /// What is left.
    pub text: String,
    /// The blocks that were not taken out; their spans index the new text.
    pub kept: Vec<BoilerplateBlock>,
}

/// Takes the blocks whose class `unwanted` accepts out of `text`. `marked` is ascending and disjoint. Where a block fills
/// its line, the line goes, with the blank ones below it. O(n).
#[must_use]
pub fn strip(
    text: &str,
    marked: &[BoilerplateBlock],
    unwanted: impl Fn(BoilerplateClass) -> bool,
) -> Stripped {
    let mut kept = Vec::new();
    let mut cut = Cut::new(text);
    for block in marked {
        cut.keep_until(block.span.start);
        if unwanted(block.class) {
            cut.remove_until(block.span.end);
        } else {
            let start = cut.left.len();
            cut.keep_until(block.span.end);
            kept.push(BoilerplateBlock {
                span: ByteSpan::new(start, cut.left.len()),
                ..block.clone()
            });
        }
    }
    Stripped {
        text: cut.finish(),
        kept,
    }
}

/// `text` without `spans` (ascending, disjoint), lines as [`strip()`] has it. O(n).
#[must_use]
pub fn without(text: &str, spans: impl Iterator<Item = ByteSpan>) -> String {
    let mut cut = Cut::new(text);
    for span in spans {
        cut.keep_until(span.start);
        cut.remove_until(span.end);
    }
    cut.finish()
}

/// A text while parts are taken out.
struct Cut<'t> {
    text: &'t str,
    /// What was read.
    at: usize,
    left: String,
}

impl<'t> Cut<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            left: String::with_capacity(text.len()),
        }
    }

    fn keep_until(&mut self, end: u32) {
        let end = (end as usize).max(self.at);
        self.left
            .push_str(self.text.get(self.at..end).unwrap_or_default());
        self.at = end;
    }

    fn remove_until(&mut self, end: u32) {
        self.at = end_of_removal(self.text, &self.left, (end as usize).max(self.at));
    }

    fn finish(mut self) -> String {
        self.left
            .push_str(self.text.get(self.at..).unwrap_or_default());
        self.left
    }
}

/// Where the text goes on after a block that ends at `end`, given what was kept `before` it: behind the line's end and
/// blank lines when nothing else stood in the line.
fn end_of_removal(text: &str, before: &str, end: usize) -> usize {
    let line_before = before.rsplit(LINE_ENDS).next().unwrap_or("");
    let rest = text.get(end..).unwrap_or_default();
    let (blank, behind) = rest.split_at(rest.len() - rest.trim_start().len());
    let last = blank
        .char_indices()
        .rev()
        .find(|(_, c)| LINE_ENDS.contains(c));
    match last {
        Some((at, c)) if line_before.trim().is_empty() => end + at + c.len_utf8(),
        None if behind.is_empty() => text.len(),
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BoilerplateType;

    fn block(text: &str, part: &str, class: BoilerplateClass) -> BoilerplateBlock {
        let start = text.find(part).unwrap();
        BoilerplateBlock {
            span: ByteSpan::new(start, start + part.len()),
            kind: BoilerplateType::NavMenu,
            class,
            probability: 1.0,
            evidence: [].into(),
        }
    }

    #[test]
    fn lines_go_whole_and_parts_of_lines_alone() {
        let text =
            "Menu\n\nThe wall fell. Read more\n\nShare this\n\nBy Ann Lee\nIt rained.\nLogin";
        let marked = [
            block(text, "Menu", BoilerplateClass::Chrome),
            block(text, "Read more", BoilerplateClass::Chrome),
            block(text, "Share this", BoilerplateClass::Chrome),
            block(text, "By Ann Lee", BoilerplateClass::Provenance),
            block(text, "Login", BoilerplateClass::Chrome),
        ];
        let left = strip(text, &marked, |class| class == BoilerplateClass::Chrome);
        assert_eq!(left.text, "The wall fell. \n\nBy Ann Lee\nIt rained.\n");
        let kept: Vec<&str> = left.kept.iter().map(|b| b.span.of(&left.text)).collect();
        assert_eq!(kept, ["By Ann Lee"]);
        assert_eq!(strip(text, &[], |_| true).text, text);
        for end in ["\r\n", "\r", "\u{2028}", "\u{2029}"] {
            let text = text.replace('\n', end);
            let marked = [block(&text, "Menu", BoilerplateClass::Chrome)];
            let left = strip(&text, &marked, |_| true).text;
            assert!(left.starts_with("The wall fell."), "{left:?}");
        }
    }
}
