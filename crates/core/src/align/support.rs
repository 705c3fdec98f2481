//! Passages that need one another. Documents that speak of one thing have names, titles and turns of phrase in common
//! whoever wrote them; a few common words are a shared passage there only where more is shared.

use super::passage::{PairAlignment, Passage, PassageKind};

/// Bits from which a passage stands by itself. This bar and the next ones were set by reading passages of unseen news: below
/// them, lone ones are names with their titles, dates and phrases of the trade four times in five.
const LONE_BITS: f64 = 40.0;
/// The same for a quotation: who quotes means to repeat.
const LONE_QUOTED_BITS: f64 = 20.0;
/// Share inside quotation marks from which a passage is a quotation.
pub(super) const QUOTED: f64 = 0.5;
/// Bits that words outside names must tell in a passage that stands by itself: lists of countries and of senators do not.
const BITS_BESIDE_NAMES: f64 = 12.0;
/// The same for a weak passage among others. Names with titles were a tenth of the passages read in unseen news.
const LEAST_BESIDE_NAMES: f64 = 8.0;
/// Bits below which words in a row, next to none of them quoted, are a turn of phrase between documents of which neither was
/// copied: of 35 such passages read in news, 28 were names, stock phrases and descriptions that everybody uses.
const PHRASE_BITS: f64 = 35.0;
/// Share inside quotation marks from which they are more than that.
const PHRASE_QUOTED: f64 = 0.2;
/// Bits of a passage outside quotations from which one document was copied in part: then short pieces were, too.
const COPIED_BITS: f64 = 112.0;
/// Bits that all passages of two documents must tell together for those to stay that cannot stand by themselves: half
/// as much again as a passage between documents on different subjects.
const BITS_TOGETHER: f64 = 84.0;

/// Drops the passages that cannot stand by themselves where all together tell too little, and their words from the counts.
pub(super) fn retain_supported(alignment: &mut PairAlignment) {
    let together: f64 = alignment.passages.iter().map(|p| p.score).sum();
    let together = together >= BITS_TOGETHER;
    let copied = alignment
        .passages
        .iter()
        .any(|p| p.quoted < QUOTED && p.score >= COPIED_BITS);
    let stays = |passage: &Passage| {
        stands_alone(passage) || (together && !is_name(passage) && (copied || !is_phrase(passage)))
    };
    let passages = std::mem::take(&mut alignment.passages);
    let (kept, dropped): (Vec<_>, Vec<_>) = passages.into_iter().partition(stays);
    alignment.passages = kept;
    dropped.iter().for_each(|p| alignment.discount(p.counted));
}

/// Whether a passage is a turn of phrase: a few words in a row, of the writers' own.
fn is_phrase(passage: &Passage) -> bool {
    let in_a_row = matches!(passage.kind, PassageKind::Exact | PassageKind::Near);
    in_a_row && passage.quoted < PHRASE_QUOTED && passage.score < PHRASE_BITS
}

/// Whether a weak passage is little more than names with their titles, which whoever writes of their bearers uses.
fn is_name(passage: &Passage) -> bool {
    passage.quoted < QUOTED
        && passage.score < LONE_BITS
        && beside_names(passage) < LEAST_BESIDE_NAMES
}

/// Bits that the words outside names tell.
fn beside_names(passage: &Passage) -> f64 {
    passage.score * (1.0 - passage.named)
}

fn stands_alone(passage: &Passage) -> bool {
    if passage.quoted >= QUOTED {
        return passage.score >= LONE_QUOTED_BITS;
    }
    passage.score >= LONE_BITS && beside_names(passage) >= BITS_BESIDE_NAMES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ByteSpan;
    use crate::align::Counted;

    fn passage(kind: PassageKind, score: f64) -> Passage {
        Passage {
            a: ByteSpan::new(0, 40),
            b: ByteSpan::new(0, 40),
            kind,
            identity: 1.0,
            score,
            quoted: 0.0,
            named: 0.1,
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
    fn a_turn_of_phrase_stays_only_beside_copied_text() {
        let phrase = passage(PassageKind::Exact, 30.0);
        let copied = passage(PassageKind::Near, 200.0);
        let reworded = passage(PassageKind::Reworded, 90.0);
        assert_eq!(kept(&[phrase.clone(), copied]), [30.0, 200.0]);
        assert_eq!(kept(&[phrase, reworded]), [90.0]);
    }

    #[test]
    fn names_with_titles_are_dropped_and_short_quotations_stay() {
        let name = Passage {
            named: 0.9,
            ..passage(PassageKind::Reworded, 38.0)
        };
        let quotation = Passage {
            quoted: 1.0,
            ..passage(PassageKind::Exact, 21.0)
        };
        let copied = passage(PassageKind::Near, 200.0);
        assert_eq!(kept(&[name, quotation.clone(), copied]), [21.0, 200.0]);
        assert_eq!(kept(&[quotation]), [21.0]);
    }
}
