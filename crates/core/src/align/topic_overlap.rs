//! Whether two documents speak of one thing, whatever one of them took from the other.

use super::AnalysedText;
use super::chain::Chain;
use super::term_weights::TOPIC_BITS;

/// Bits of telling words that the documents as a whole weigh beside what is left of them without their chains: where
/// little is left, as of a copy, that little says nothing.
const WHOLE_BITS: f32 = 100.0;

/// Distinct concepts, ascending, with their bits by document frequency.
type Topics = [(u32, f32)];

/// How far two documents speak of one thing: the bits of the telling concepts that both have, over those of the
/// document that has fewer, 0..=1. O(n + m).
pub(super) fn topic_overlap(a: &AnalysedText, b: &AnalysedText) -> f32 {
    let (shared, least) = in_common(&a.topics, &b.topics);
    if least > 0.0 { shared / least } else { 0.0 }
}

/// The same outside `copied`: a passage that was put into an article on another subject makes neither speak of the
/// other's. Of documents of which the chains leave little, `whole` (their topic overlap) is what counts. O(n log n + m log m).
pub(super) fn topic_overlap_outside(
    (a, b): (&AnalysedText, &AnalysedText),
    copied: &[&Chain],
    whole: f32,
) -> f32 {
    let rest_a = topics_outside(a, copied.iter().map(|chain| chain.a));
    let rest_b = topics_outside(b, copied.iter().map(|chain| chain.b));
    let (shared, least) = in_common(&rest_a, &rest_b);
    (shared + WHOLE_BITS * whole) / (least + WHOLE_BITS)
}

/// The telling concepts of the tokens that lie in none of `ranges`.
fn topics_outside(
    side: &AnalysedText,
    ranges: impl Iterator<Item = (u32, u32)>,
) -> Vec<(u32, f32)> {
    let mut held = vec![false; side.len()];
    for (from, to) in ranges {
        held[from as usize..to as usize].fill(true);
    }
    let words = side.concepts.iter().zip(&side.background).zip(&held);
    let topics = words.filter(|&((_, &bits), &held)| !held && bits >= TOPIC_BITS);
    let mut topics: Vec<(u32, f32)> = topics.map(|((&c, &bits), _)| (c, bits)).collect();
    topics.sort_by_key(|topic| topic.0);
    topics.dedup_by_key(|topic| topic.0);
    topics
}

/// Bits of the concepts that both have, and bits of the one that has fewer.
fn in_common(a: &Topics, b: &Topics) -> (f32, f32) {
    let total = |side: &Topics| side.iter().map(|topic| topic.1).sum::<f32>();
    let (mut x, mut y) = (a.iter().peekable(), b.iter().peekable());
    let mut shared = 0.0;
    while let (Some(p), Some(q)) = (x.peek(), y.peek()) {
        match p.0.cmp(&q.0) {
            std::cmp::Ordering::Less => _ = x.next(),
            std::cmp::Ordering::Greater => _ = y.next(),
            std::cmp::Ordering::Equal => {
                shared += p.1.min(q.1);
                x.next();
                y.next();
            }
        }
    }
    (shared, total(a).min(total(b)))
}
