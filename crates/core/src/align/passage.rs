//! The result of aligning two documents.

use wirecopy_text::ByteSpan;

/// How a shared passage differs between its two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassageKind {
    /// The same bytes.
    Exact,
    /// Case, punctuation or a few words differ.
    Near,
    /// The same sentence in other words.
    Reworded,
    /// Two renderings of one quoted utterance.
    QuoteVariant,
}

/// What happened to a run of words on the way from side a to side b.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EditKind {
    /// The same words on both sides.
    Kept,
    /// Words of a stand as other words in b.
    Changed,
    /// Words of a are missing in b (`b` is empty).
    Cut,
    /// Words of b are not in a (`a` is empty).
    Added,
    /// The same words, at another place of the passage.
    Moved,
}

/// One run of aligned words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What happened.
    pub kind: EditKind,
    /// Bytes of document a; empty (at the place of insertion) for [`EditKind::Added`].
    pub a: ByteSpan,
    /// Bytes of document b; empty for [`EditKind::Cut`].
    pub b: ByteSpan,
    /// Aligned words in the run (of the longer side).
    pub words: u32,
}

/// A passage that two documents share.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Bytes of document a.
    pub a: ByteSpan,
    /// Bytes of document b.
    pub b: ByteSpan,
    /// How the sides differ.
    pub kind: PassageKind,
    /// Share of the words, of both sides together, that are equal after folding and stand aligned, 0..=1.
    pub identity: f64,
    /// Bits of evidence beyond chance.
    pub score: f64,
    /// Log-odds, in bits, that both sides have one origin; infinite where nobody doubted it.
    pub origin_odds: f32,
    /// Share of the passage's bytes (of both sides together) inside quotation marks, 0..=1.
    pub quoted: f64,
    /// Share of what its aligned words tell that words of names tell, 0..=1.
    pub named: f64,
    /// Words of a and of b that are aligned one to one (kept, moved, or changed into each other), and not quoted.
    pub aligned_unquoted: u32,
    /// Words of the bodies that are aligned one to one, quoted or not; what was carried along outside them is not counted.
    pub aligned: u32,
    /// Those of them that [`PairAlignment`] counts for this passage.
    pub counted: Counted,
    /// Aligned words in text order of a.
    pub edits: Vec<Edit>,
}

/// Log-odds, in bits, from which something is true nine times in ten: log2 9.
const NINE_IN_TEN: f32 = 3.17;

impl Passage {
    /// Whether both sides have one origin, nine times in ten.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.origin_odds >= NINE_IN_TEN
    }

    /// Whether one of `passages` at least has one origin, nine times in ten: the chance that none has is the product of theirs.
    pub fn one_is_sure<'p>(passages: impl IntoIterator<Item = &'p Self>) -> bool {
        let wrong = |passage: &Self| 1.0 / (1.0 + libm::exp2f(passage.origin_odds));
        let none = passages.into_iter().map(wrong).product::<f32>();
        none * (1.0 + libm::exp2f(NINE_IN_TEN)) <= 1.0
    }

    /// Makes side b side a, and the other way round.
    pub(super) fn swap(&mut self) {
        std::mem::swap(&mut self.a, &mut self.b);
        self.edits.iter_mut().for_each(Edit::swap);
        self.edits.sort_by_key(|e| (e.a.start, e.b.start));
    }
}

impl Edit {
    fn swap(&mut self) {
        std::mem::swap(&mut self.a, &mut self.b);
        self.kind = match self.kind {
            EditKind::Cut => EditKind::Added,
            EditKind::Added => EditKind::Cut,
            kept => kept,
        };
    }
}

/// Aligned words that the counts of a pair owe to one passage: none of clauses and short
/// pieces between articles on one event, which rivals may both have written, and
/// only the first passage's where two meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Words of either side.
    pub words: u32,
    /// Of these, those outside quotation marks.
    pub unquoted: u32,
}

/// Everything that two documents share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PairAlignment {
    /// Passages by their place in a, then in b.
    pub passages: Vec<Passage>,
    /// How far both speak of one thing: share of the telling words of the one with fewer that the other has too.
    pub topic_overlap: f64,
    /// Body tokens of a.
    pub tokens_a: u32,
    /// Body tokens of b.
    pub tokens_b: u32,
    /// Body tokens of a (and as many of b) that are aligned one to one, in any order.
    pub aligned: u32,
    /// Of these, those outside quotation marks on both sides.
    pub aligned_unquoted: u32,
}

impl PairAlignment {
    /// The same alignment seen from the other side: a and b change places. O(passages log passages).
    #[must_use]
    pub fn swapped(mut self) -> Self {
        std::mem::swap(&mut self.tokens_a, &mut self.tokens_b);
        self.passages.iter_mut().for_each(Passage::swap);
        self.passages.sort_by_key(|p| (p.a, p.b));
        self
    }

    /// Takes from the counts what they owe to a passage that is dropped.
    pub fn discount(&mut self, counted: Counted) {
        self.aligned -= counted.words;
        self.aligned_unquoted -= counted.unquoted;
    }

    /// Share of a's body tokens that are aligned with b's, 0..=1 (0 for an empty body).
    #[must_use]
    pub fn share_a(&self) -> f64 {
        share(self.aligned, self.tokens_a)
    }

    /// Share of b's body tokens that are aligned with a's, 0..=1 (0 for an empty body).
    #[must_use]
    pub fn share_b(&self) -> f64 {
        share(self.aligned, self.tokens_b)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 {
        0.0
    } else {
        f64::from(part) / f64::from(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(origin_odds: f32) -> Passage {
        Passage {
            a: ByteSpan::default(),
            b: ByteSpan::default(),
            kind: PassageKind::Exact,
            identity: 1.0,
            score: 20.0,
            origin_odds,
            quoted: 1.0,
            named: 0.0,
            aligned_unquoted: 0,
            aligned: 0,
            counted: Counted::default(),
            edits: Vec::new(),
        }
    }

    #[test]
    fn several_likely_passages_make_one_sure() {
        // Two to one each: none is right once in nine, then once in twenty-seven.
        let likely = passage(1.0);
        assert!(!likely.is_sure());
        let two = [likely.clone(), likely.clone()];
        assert!(!Passage::one_is_sure(&two));
        assert!(Passage::one_is_sure(two.iter().chain([&likely])));
        assert!(!Passage::one_is_sure([]));
        assert!(Passage::one_is_sure([&passage(f32::INFINITY)]));
        assert!(Passage::one_is_sure([&passage(NINE_IN_TEN)]));
    }
}
