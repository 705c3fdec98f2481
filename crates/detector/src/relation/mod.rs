//! What one aligned pair means: a copy, two reporters at one briefing, or the same site boilerplate.
//!
//! The question that decides is whether the *unquoted* words of one text stand in long runs in the other. Quotations
//! and official statements are anybody's to print; names, titles and formulas ("the United States and its allies")
//! recur in every account of an event, in short scattered runs; only copied text repeats a reporter's own sentences.

mod copied;
mod form;

pub use copied::{CopiedSide, copied_words};
pub use form::FormWords;

use wirecopy_findings::Relation;

/// Everything that the relation of a pair goes by, however it was measured. Counts are body words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairMeasures {
    /// Words of a.
    pub words_a: u32,
    /// Words of b.
    pub words_b: u32,
    /// Words of a, and as many of b, that are aligned one to one, in any order.
    pub aligned: u32,
    /// Words outside quotations, among those that both share, which only copying explains.
    pub copied: u32,
    /// Whether the folded bodies are equal.
    pub bodies: Bodies,
    /// Whether one outlet published both and gave both the same address or the same headline.
    pub same_story_of_one_outlet: bool,
    /// What is shared beside copied words.
    pub shared: Shared,
}

/// The most telling of what two documents share without copying, the least telling first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shared {
    /// Nothing.
    #[default]
    Nothing,
    /// Facts in like words, or a sentence.
    Facts,
    /// Text outside the bodies.
    Boilerplate,
    /// A quotation, word for word or in two renderings.
    Quotation,
}

/// How the bodies of a pair stand to each other as wholes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bodies {
    /// Equal when folded.
    Equal,
    /// One form filled in with other names, numbers and dates ([`FormWords::tells_of_other_things`]).
    OneForm,
    /// Neither.
    #[default]
    Different,
}

impl PairMeasures {
    /// Share of a's words that are aligned, 0..=1.
    #[must_use]
    pub fn share_a(&self) -> f64 {
        share(self.aligned, self.words_a)
    }

    /// Share of b's words that are aligned, 0..=1.
    #[must_use]
    pub fn share_b(&self) -> f64 {
        share(self.aligned, self.words_b)
    }

    /// Whether the pair may be one form filled in twice, as far as counts tell: either side has words of its own.
    #[must_use]
    pub fn may_be_one_form(&self) -> bool {
        let own = |words: u32| words.saturating_sub(self.aligned) >= form::MIN_OWN_FACTS;
        self.bodies != Bodies::Equal && own(self.words_a) && own(self.words_b)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}

/// Where one relation ends and the next begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RelationOptions {
    /// Aligned share of both bodies for a near-duplicate.
    pub near_duplicate_share: f64,
    /// Aligned share of one body for containment.
    pub contained_share: f64,
    /// Aligned share of the shorter body for a later version of the same story.
    pub update_share: f64,
    /// Unquoted aligned words, in runs that count, for a copy: a paragraph, or a long sentence.
    pub copied_words: u32,
    /// Kept unquoted words from which on a run counts.
    pub run_words: u32,
    /// Words other than kept ones that may interrupt a run at one place.
    pub run_gap_words: u32,
    /// Unquoted aligned words of a reworded passage that make a copy by itself.
    pub reworded_words: u32,
}

impl Default for RelationOptions {
    fn default() -> Self {
        Self {
            near_duplicate_share: 0.7,
            contained_share: 0.8,
            update_share: 0.3,
            copied_words: 30,
            run_words: 12,
            run_gap_words: 2,
            reworded_words: 40,
        }
    }
}

/// What a pair of documents means: the first relation that holds, as the contract lists them; `None` where nothing is
/// shared. The one place that decides it, for every command. In [`Relation::Contains`] the whole is the document of which
/// the smaller share is aligned. O(1).
#[must_use]
pub fn decide(measures: &PairMeasures, options: &RelationOptions) -> Option<Relation> {
    let (share_a, share_b) = (measures.share_a(), measures.share_b());
    let (least, most) = (share_a.min(share_b), share_a.max(share_b));
    if measures.bodies == Bodies::Equal {
        return Some(Relation::Identical);
    }
    if measures.same_story_of_one_outlet && most >= options.update_share {
        return Some(Relation::Update);
    }
    let found = if least >= options.near_duplicate_share {
        Relation::NearDuplicate
    } else if most >= options.contained_share {
        Relation::Contains
    } else if is_partial_copy(measures, options) {
        Relation::SharesPassages
    } else {
        match measures.shared {
            Shared::Quotation => Relation::SharesQuotes,
            Shared::Boilerplate => Relation::SharesBoilerplate,
            Shared::Facts => Relation::SameEvent,
            Shared::Nothing => return None,
        }
    };
    if found.is_copy() && measures.bodies == Bodies::OneForm {
        return Some(Relation::SameForm);
    }
    Some(found)
}

/// Which of two documents holds the other where one does ([`Relation::Contains`]): that of which the smaller share is aligned.
#[must_use]
pub fn whole<T>([a, b]: [T; 2], shares: [f64; 2]) -> T {
    if shares[0] > shares[1] { b } else { a }
}

/// Short bodies cannot reach the word count of a copy, so half of a body also suffices.
fn is_partial_copy(measures: &PairMeasures, options: &RelationOptions) -> bool {
    let shorter = measures.words_a.min(measures.words_b);
    let least = options
        .copied_words
        .min(shorter / 2)
        .max(options.run_words.min(5));
    measures.copied >= least
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures(aligned: u32, copied: u32) -> PairMeasures {
        PairMeasures {
            words_a: 400,
            words_b: 200,
            aligned,
            copied,
            shared: if aligned > 0 {
                Shared::Quotation
            } else {
                Shared::Nothing
            },
            ..PairMeasures::default()
        }
    }

    fn relation(measures: PairMeasures) -> Option<Relation> {
        decide(&measures, &RelationOptions::default())
    }

    #[test]
    fn aligned_shares_decide_before_quotations_are_asked_about() {
        assert_eq!(relation(measures(180, 0)), Some(Relation::Contains));
        let equal_sides = PairMeasures {
            words_a: 200,
            ..measures(150, 0)
        };
        assert_eq!(relation(equal_sides), Some(Relation::NearDuplicate));
    }

    #[test]
    fn below_them_words_outside_quotations_make_a_copy() {
        assert_eq!(relation(measures(40, 40)), Some(Relation::SharesPassages));
        assert_eq!(relation(measures(40, 10)), Some(Relation::SharesQuotes));
    }

    #[test]
    fn a_later_version_is_an_update_and_equal_bodies_are_none() {
        let update = PairMeasures {
            same_story_of_one_outlet: true,
            ..measures(190, 190)
        };
        let found = relation(update);
        assert_eq!(found, Some(Relation::Update));
        assert!(Relation::Update.joins_family() && !Relation::Update.is_copy());
        let equal = PairMeasures {
            bodies: Bodies::Equal,
            ..update
        };
        assert_eq!(relation(equal), Some(Relation::Identical));
    }

    #[test]
    fn one_form_with_other_facts_is_no_copy() {
        let form = PairMeasures {
            bodies: Bodies::OneForm,
            ..measures(190, 190)
        };
        assert_eq!(relation(form), Some(Relation::SameForm));
        let weak = PairMeasures {
            bodies: Bodies::OneForm,
            ..measures(40, 10)
        };
        assert_eq!(relation(weak), Some(Relation::SharesQuotes));
        assert!(!Relation::SameForm.joins_family());
    }

    #[test]
    fn nothing_shared_is_none_or_boilerplate() {
        assert_eq!(relation(measures(0, 0)), None);
        let facts = PairMeasures {
            shared: Shared::Facts,
            ..measures(10, 10)
        };
        assert_eq!(relation(facts), Some(Relation::SameEvent));
        let chrome = PairMeasures {
            shared: Shared::Boilerplate,
            ..measures(0, 0)
        };
        assert_eq!(relation(chrome), Some(Relation::SharesBoilerplate));
    }
}
