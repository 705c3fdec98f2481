//! What stands inside quotation marks, roughly: whose words a shared stretch is.

use wirecopy_core::ByteSpan;

/// A quotation that is longer was not closed: news quotes a paragraph at most.
const LONGEST_QUOTATION: usize = 1_500;

/// What stands inside quotation marks, ascending and disjoint: between an opening and a closing mark, or between two
/// straight marks of one paragraph. Rough, and enough to tell whose words are shared. O(bytes).
pub(super) fn quoted_spans(text: &str) -> Vec<ByteSpan> {
    let mut reader = Reader::default();
    for (at, mark) in marks(text.as_bytes()) {
        reader.pass(text.as_bytes(), at);
        reader.meet(at, mark);
    }
    reader.pass(text.as_bytes(), text.len());
    reader.spans
}

/// What is known while marks go by.
#[derive(Default)]
struct Reader {
    spans: Vec<ByteSpan>,
    /// The mark that may open a quotation, and its place.
    open: Option<(usize, Mark)>,
}

impl Reader {
    /// Tells the open quotation of the first paragraph end before `at`. Nobody else asks for paragraphs.
    fn pass(&mut self, bytes: &[u8], at: usize) {
        if let Some((start, _)) = self.open {
            let mut ends = memchr::memchr_iter(b'\n', &bytes[start..at]).map(|end| start + end);
            if let Some(end) = ends.find(|end| bytes.get(end + 1) == Some(&b'\n')) {
                self.meet(end, Mark::ParagraphEnd);
            }
        }
    }

    fn meet(&mut self, at: usize, mark: Mark) {
        let near = self
            .open
            .filter(|&(start, _)| at - start <= LONGEST_QUOTATION);
        let pairs = near.is_some_and(|(_, opening)| opening.is_closed_by(mark));
        if let (Some((start, _)), true) = (near, pairs) {
            self.spans.push(ByteSpan::new(start, at));
        }
        let begins = mark.begins() && !(pairs && mark.ends());
        let over = pairs || mark == Mark::ParagraphEnd;
        self.open = if begins {
            Some((at, mark))
        } else {
            near.filter(|_| !over)
        };
    }
}

/// What quotations begin and end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Straight,
    /// Opens in English, closes in German.
    HighLeft,
    HighRight,
    Low,
    AngleLeft,
    AngleRight,
    ParagraphEnd,
}

impl Mark {
    fn begins(self) -> bool {
        matches!(
            self,
            Self::Straight | Self::HighLeft | Self::Low | Self::AngleLeft
        )
    }

    fn ends(self) -> bool {
        !matches!(self, Self::Low | Self::AngleLeft)
    }

    fn is_closed_by(self, mark: Self) -> bool {
        match self {
            Self::Straight => mark == Self::Straight,
            Self::HighLeft => matches!(mark, Self::HighRight | Self::ParagraphEnd),
            Self::Low => matches!(mark, Self::HighLeft | Self::HighRight | Self::ParagraphEnd),
            Self::AngleLeft => matches!(mark, Self::AngleRight | Self::ParagraphEnd),
            Self::HighRight | Self::AngleRight | Self::ParagraphEnd => false,
        }
    }
}

/// The quotation marks of a text, with their first bytes.
fn marks(bytes: &[u8]) -> impl Iterator<Item = (usize, Mark)> + '_ {
    memchr::memchr3_iter(b'"', 0xe2, 0xc2, bytes)
        .filter_map(|at| Some((at, mark(bytes[at], &bytes[at + 1..])?)))
}

/// The mark that begins with `byte` and goes on with `rest`.
fn mark(byte: u8, rest: &[u8]) -> Option<Mark> {
    match (byte, rest) {
        (b'"', _) => Some(Mark::Straight),
        (0xe2, [0x80, 0x9c, ..]) => Some(Mark::HighLeft),
        (0xe2, [0x80, 0x9d, ..]) => Some(Mark::HighRight),
        (0xe2, [0x80, 0x9e, ..]) => Some(Mark::Low),
        (0xc2, [0xab, ..]) => Some(Mark::AngleLeft),
        (0xc2, [0xbb, ..]) => Some(Mark::AngleRight),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_of_either_kind_are_found() {
        let found = |text: &str| {
            quoted_spans(text)
                .iter()
                .map(|s| s.of(text).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("He “said so” and \"left\" early."),
            ["“said so", "\"left"]
        );
        assert_eq!(found("„Ja“, sagte er."), ["„Ja"]);
        assert_eq!(found("An inch is 1\" long.\n\n\"Yes\""), ["\"Yes"]);
    }
}
