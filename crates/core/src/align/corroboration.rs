//! Passages that need one another, between documents that speak of different things: names with their titles and lists of
//! names agree whoever wrote them, and are a shared passage only where more is shared.

use super::passage::{PairAlignment, Passage};

/// Share inside quotation marks from which a passage is a quotation.
pub(super) const QUOTED: f64 = 0.5;
/// Bits that words outside names must tell in a passage that stands by itself: lists of countries and of senators do not.
/// This bar and the next one were set by reading passages of unseen news.
const BITS_BESIDE_NAMES: f64 = 12.0;
/// Bits that all passages of two documents must tell together for those to stay that cannot stand by themselves: half
/// as much again as a passage between documents on different subjects.
const BITS_TOGETHER: f64 = 84.0;

/// Drops the passages that cannot stand by themselves where all together tell too little, and their words from the counts.
pub(super) fn retain_supported(alignment: &mut PairAlignment) {
    let together: f64 = alignment.passages.iter().map(|p| p.score).sum();
    if together >= BITS_TOGETHER {
        return;
    }
    let passages = std::mem::take(&mut alignment.passages);
    let (kept, dropped): (Vec<_>, Vec<_>) = passages.into_iter().partition(stands_alone);
    alignment.passages = kept;
    dropped.iter().for_each(|p| alignment.discount(p.counted));
}

fn stands_alone(passage: &Passage) -> bool {
    passage.quoted >= QUOTED || passage.score * (1.0 - passage.named) >= BITS_BESIDE_NAMES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::{Counted, PassageKind};
    use wirecopy_text::ByteSpan;

    fn passage(score: f64, named: f64, quoted: f64) -> Passage {
        Passage {
            a: ByteSpan::new(0, 40),
            b: ByteSpan::new(0, 40),
            kind: PassageKind::Near,
            identity: 0.9,
            score,
            origin_odds: f32::INFINITY,
            quoted,
            named,
            aligned_unquoted: 6,
            aligned: 6,
            counted: Counted {
                words: 5,
                unquoted: 4,
            },
            edits: Vec::new(),
        }
    }

    fn kept(passages: &[Passage]) -> Vec<f64> {
        let mut alignment = PairAlignment {
            passages: passages.to_vec(),
            aligned: 60,
            aligned_unquoted: 60,
            ..PairAlignment::default()
        };
        retain_supported(&mut alignment);
        let dropped = (passages.len() - alignment.passages.len()) as u32;
        let counts = (alignment.aligned, alignment.aligned_unquoted);
        assert_eq!(counts, (60 - 5 * dropped, 60 - 4 * dropped));
        alignment.passages.iter().map(|p| p.score).collect()
    }

    #[test]
    fn names_alone_are_a_passage_only_beside_others() {
        let names = passage(60.0, 0.9, 0.0);
        assert_eq!(kept(std::slice::from_ref(&names)), [] as [f64; 0]);
        assert_eq!(kept(&[names, passage(58.0, 0.1, 0.0)]), [60.0, 58.0]);
        assert_eq!(kept(&[passage(60.0, 0.9, 1.0)]), [60.0]);
        assert_eq!(kept(&[passage(60.0, 0.5, 0.0)]), [60.0]);
    }
}
