//! Half-open ranges, one type for each coordinate system, so that bytes and tokens cannot be mixed up.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in the text of one document. It always lies on character boundaries.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct ByteSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl ByteSpan {
    /// The span `start..end`.
    ///
    /// # Panics
    /// When `end < start` or either does not fit 32 bits (a document is at most 4 GiB long).
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span does not end before it starts");
        let fit = |n: usize| u32::try_from(n).expect("a document is shorter than 4 GiB");
        Self {
            start: fit(start),
            end: fit(end),
        }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same range for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The bytes of `text` that the span names.
    ///
    /// # Panics
    /// When the span does not belong to `text` (out of range, or inside a character).
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range())
            .expect("a span lies on characters of its own text")
    }

    /// What of `text` stands between this span and a later one; nothing where they meet.
    #[must_use]
    pub fn until(self, later: Self, text: &str) -> &str {
        text.get(self.end as usize..later.start as usize)
            .unwrap_or_default()
    }

    /// What of `text` stands before the span.
    #[must_use]
    pub fn before(self, text: &str) -> &str {
        text.get(..self.start as usize).unwrap_or_default()
    }

    /// What of `text` stands behind the span.
    #[must_use]
    pub fn behind(self, text: &str) -> &str {
        text.get(self.end as usize..).unwrap_or_default()
    }

    /// Number of bytes that both spans hold.
    #[must_use]
    pub fn overlap(self, other: Self) -> usize {
        self.end
            .min(other.end)
            .saturating_sub(self.start.max(other.start)) as usize
    }

    /// Whether `other` lies wholly inside this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// The place of a token in the token columns of one document (0-based).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenIndex(pub u32);

/// A half-open range of tokens of one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenSpan {
    /// First token.
    pub start: TokenIndex,
    /// One past the last token.
    pub end: TokenIndex,
}

impl TokenSpan {
    /// The span `start..end`.
    ///
    /// # Panics
    /// When `end < start` or either does not fit 32 bits.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span does not end before it starts");
        let fit =
            |n: usize| TokenIndex(u32::try_from(n).expect("a document has fewer than 2^32 tokens"));
        Self {
            start: fit(start),
            end: fit(end),
        }
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end.0 - self.start.0) as usize
    }

    /// Whether the span holds no token.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same range for slicing columns.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start.0 as usize..self.end.0 as usize
    }
}

/// Sorts spans and joins those that meet or overlap. The result is ascending and disjoint. O(n log n).
#[must_use]
pub fn union(mut spans: Vec<ByteSpan>) -> Vec<ByteSpan> {
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable();
    let mut out: Vec<ByteSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// What of `0..len` lies outside `holes` (ascending and disjoint). O(holes).
#[must_use]
pub fn complement(holes: &[ByteSpan], len: usize) -> Vec<ByteSpan> {
    let mut out = Vec::with_capacity(holes.len() + 1);
    let mut at = 0;
    for hole in holes {
        if hole.start as usize > at {
            out.push(ByteSpan::new(at, hole.start as usize));
        }
        at = at.max(hole.end as usize);
    }
    if at < len {
        out.push(ByteSpan::new(at, len));
    }
    out
}

/// Bytes of `span` that lie inside `spans` (ascending and disjoint). O(log spans + overlaps).
#[must_use]
pub fn overlap_with(span: ByteSpan, spans: &[ByteSpan]) -> usize {
    let first = spans.partition_point(|s| s.end <= span.start);
    spans[first..]
        .iter()
        .take_while(|s| s.start < span.end)
        .map(|s| s.overlap(span))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_span_is_never_cut_inside_a_character() {
        let text = "“é” ü";
        let (first, second) = (s(3, 5), s(9, 11));
        assert_eq!(first.until(second, text), "” ");
        assert_eq!(second.until(first, text), "");
        assert_eq!((first.before(text), second.before(text)), ("“", "“é” "));
        assert_eq!((first.behind(text), second.behind(text)), ("” ü", ""));
        assert_eq!(s(1, 2).before(text), "");
    }

    fn s(start: usize, end: usize) -> ByteSpan {
        ByteSpan::new(start, end)
    }

    #[test]
    fn union_joins_touching_spans_and_complement_inverts_it() {
        let joined = union(vec![s(5, 7), s(0, 2), s(2, 3), s(6, 9), s(4, 4)]);
        assert_eq!(joined, [s(0, 3), s(5, 9)]);
        assert_eq!(complement(&joined, 12), [s(3, 5), s(9, 12)]);
        assert_eq!(overlap_with(s(2, 6), &joined), 2);
    }
}
