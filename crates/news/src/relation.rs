//! What one aligned pair means: a copy, two reporters at one briefing, or the same site furniture.
//!
//! The question that decides is whether the *unquoted* words of one text stand in long runs in the other. Quotations
//! and official statements are anybody's to print; names, titles and formulas ("the United States and its allies")
//! recur in every account of an event, in short scattered runs; only copied text repeats a reporter's own sentences.

use wirecopy_core::align::{Edit, EditKind, PairAlignment, Passage, PassageKind};
use wirecopy_core::span::overlap_with;
use wirecopy_core::{ByteSpan, DocId};

/// What a pair means. The first that holds, in this order, after [`Relation::Update`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// A later version of the same story by the same outlet.
    Update,
    /// Equal folded bodies.
    Identical,
    /// Most of both bodies is aligned.
    NearDuplicate,
    /// Most of one body is aligned.
    Contains {
        /// The document that holds the other.
        whole: DocId,
    },
    /// Unquoted text is shared.
    SharesPassages,
    /// Quotations, official statements or facts in formulas are shared, or other words too few to tell of copying.
    SharesQuotes,
    /// Only boilerplate is shared.
    SharesBoilerplate,
    /// Nothing is shared.
    None,
}

impl Relation {
    /// Whether the pair is a copy: it joins a family and counts in lineage.
    #[must_use]
    pub fn is_copy(self) -> bool {
        matches!(
            self,
            Self::Identical | Self::NearDuplicate | Self::Contains { .. } | Self::SharesPassages
        )
    }

    /// Whether the pair joins two documents to one family.
    #[must_use]
    pub fn joins_family(self) -> bool {
        self.is_copy() || self == Self::Update
    }
}

/// Everything that the relation of one pair depends on.
#[derive(Clone, Copy, Debug)]
pub struct PairFacts<'a> {
    /// The first document.
    pub a: DocId,
    /// The second document.
    pub b: DocId,
    /// What their bodies share.
    pub alignment: &'a PairAlignment,
    /// Quotations of a, and passages of it that are known official statements: ascending, disjoint byte spans.
    pub quoted_a: &'a [ByteSpan],
    /// The same of b.
    pub quoted_b: &'a [ByteSpan],
    /// Whether the folded bodies are equal.
    pub identical_bodies: bool,
    /// Whether one outlet published both and gave both the same address or the same headline.
    pub same_story_of_one_outlet: bool,
    /// Whether text outside the bodies (boilerplate) is shared.
    pub shared_boilerplate: bool,
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
    /// Unquoted aligned words, in runs that count, for a copy that makes up `copied_share` of the shorter body.
    pub copied_words: u32,
    /// Share of the shorter body that such words must make up, unless there are `copied_words_alone`.
    pub copied_share: f64,
    /// Unquoted aligned words that make a copy in bodies of any length. A statement whose quotation marks were lost
    /// stays below it: both this and `copied_share` were set on generated rivals, all of which were seen.
    pub copied_words_alone: u32,
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
            copied_share: 0.13,
            copied_words_alone: 80,
            run_words: 12,
            run_gap_words: 2,
            reworded_words: 40,
        }
    }
}

/// What the pair means. O(passages and their edits · log quotations).
#[must_use]
pub fn decide(facts: &PairFacts<'_>, options: &RelationOptions) -> Relation {
    let alignment = facts.alignment;
    let (share_a, share_b) = (alignment.share_a(), alignment.share_b());
    if facts.same_story_of_one_outlet
        && (facts.identical_bodies || share_a.max(share_b) >= options.update_share)
    {
        return Relation::Update;
    }
    if facts.identical_bodies {
        return Relation::Identical;
    }
    let copied = copied_words(facts, options);
    if is_copy(copied, alignment, options) {
        if share_a.min(share_b) >= options.near_duplicate_share {
            return Relation::NearDuplicate;
        }
        if share_a.max(share_b) >= options.contained_share {
            return Relation::Contains {
                whole: if share_a > share_b { facts.b } else { facts.a },
            };
        }
        return Relation::SharesPassages;
    }
    if !alignment.passages.is_empty() {
        Relation::SharesQuotes
    } else if facts.shared_boilerplate {
        Relation::SharesBoilerplate
    } else {
        Relation::None
    }
}

/// Few copied words count by their share of the shorter body: two long accounts of one event meet in a sentence or two.
/// Short bodies cannot reach the word count of a copy, so half of a body also suffices.
fn is_copy(copied: u32, alignment: &PairAlignment, options: &RelationOptions) -> bool {
    let shorter = alignment.tokens_a.min(alignment.tokens_b);
    let least = options
        .copied_words
        .min(shorter / 2)
        .max(options.run_words.min(5));
    let share = f64::from(copied) / f64::from(shorter.max(1));
    copied >= options.copied_words_alone || (copied >= least && share >= options.copied_share)
}

/// Unquoted aligned words that only copying explains: those in long runs of kept words, and those of long reworded
/// passages. O(passages and their edits · log quotations).
#[must_use]
pub fn copied_words(facts: &PairFacts<'_>, options: &RelationOptions) -> u32 {
    facts
        .alignment
        .passages
        .iter()
        .map(|passage| copied_in(passage, facts, options))
        .sum()
}

fn copied_in(passage: &Passage, facts: &PairFacts<'_>, options: &RelationOptions) -> u32 {
    match passage.kind {
        PassageKind::QuoteVariant => 0,
        PassageKind::Reworded if passage.aligned_unquoted >= options.reworded_words => {
            passage.aligned_unquoted
        }
        _ => kept_runs(passage, facts, options),
    }
}

/// Words in runs of kept unquoted words, each run at least `run_words` long, that are interrupted by at most
/// `run_gap_words` at one place.
fn kept_runs(passage: &Passage, facts: &PairFacts<'_>, options: &RelationOptions) -> u32 {
    let (mut total, mut run) = (0, 0);
    let mut close = |run: &mut u32| {
        if *run >= options.run_words {
            total += *run;
        }
        *run = 0;
    };
    for edit in &passage.edits {
        if edit.kind == EditKind::Kept {
            run += unquoted_words(edit, facts);
        } else if edit.words > options.run_gap_words {
            close(&mut run);
        }
    }
    close(&mut run);
    total
}

/// Kept words outside the quotations of either side, by their share of the bytes.
fn unquoted_words(edit: &Edit, facts: &PairFacts<'_>) -> u32 {
    let free = |span: ByteSpan, quoted: &[ByteSpan]| {
        if span.is_empty() {
            0.0
        } else {
            1.0 - overlap_with(span, quoted) as f64 / span.len() as f64
        }
    };
    let share = free(edit.a, facts.quoted_a).min(free(edit.b, facts.quoted_b));
    (f64::from(edit.words) * share).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(kind: EditKind, start: usize, words: u32) -> Edit {
        let span = ByteSpan::new(start, start + words as usize * 6);
        Edit {
            kind,
            a: span,
            b: span,
            words,
        }
    }

    fn passage(edits: Vec<Edit>) -> Passage {
        let whole = edits.iter().fold(edits[0].a, |all, e| all.cover(e.a));
        Passage {
            a: whole,
            b: whole,
            kind: PassageKind::Near,
            identity: 0.9,
            score: 50.0,
            quoted: 0.0,
            named: 0.0,
            aligned_unquoted: 0,
            aligned: 0,
            counted: wirecopy_core::align::Counted::default(),
            edits,
        }
    }

    fn alignment(passages: Vec<Passage>, aligned: u32) -> PairAlignment {
        PairAlignment {
            passages,
            tokens_a: 400,
            tokens_b: 200,
            aligned,
            aligned_unquoted: aligned,
            ..PairAlignment::default()
        }
    }

    fn facts<'a>(alignment: &'a PairAlignment, quoted: &'a [ByteSpan]) -> PairFacts<'a> {
        PairFacts {
            a: DocId::new(0),
            b: DocId::new(1),
            alignment,
            quoted_a: quoted,
            quoted_b: quoted,
            identical_bodies: false,
            same_story_of_one_outlet: false,
            shared_boilerplate: false,
        }
    }

    #[test]
    fn a_long_unquoted_run_is_a_copy_and_the_same_run_inside_quotation_marks_is_not() {
        let shared = alignment(vec![passage(vec![edit(EditKind::Kept, 0, 40)])], 40);
        let options = RelationOptions::default();
        assert_eq!(
            decide(&facts(&shared, &[]), &options),
            Relation::SharesPassages
        );
        let quoted = [ByteSpan::new(0, 240)];
        assert_eq!(
            decide(&facts(&shared, &quoted), &options),
            Relation::SharesQuotes
        );
    }

    #[test]
    fn one_shared_sentence_of_two_long_accounts_is_no_copy() {
        let mut shared = alignment(vec![passage(vec![edit(EditKind::Kept, 0, 40)])], 40);
        shared.tokens_a = 900;
        shared.tokens_b = 700;
        let options = RelationOptions::default();
        assert_eq!(
            decide(&facts(&shared, &[]), &options),
            Relation::SharesQuotes
        );
        shared.passages = vec![passage(vec![edit(EditKind::Kept, 0, 90)])];
        assert_eq!(
            decide(&facts(&shared, &[]), &options),
            Relation::SharesPassages
        );
    }

    #[test]
    fn scattered_short_runs_are_no_copy() {
        let edits = (0..10).flat_map(|i| {
            [
                edit(EditKind::Kept, i * 100, 6),
                edit(EditKind::Changed, i * 100 + 40, 5),
            ]
        });
        let shared = alignment(vec![passage(edits.collect())], 60);
        assert_eq!(
            decide(&facts(&shared, &[]), &RelationOptions::default()),
            Relation::SharesQuotes
        );
    }

    #[test]
    fn the_larger_document_is_the_whole() {
        let shared = alignment(vec![passage(vec![edit(EditKind::Kept, 0, 180)])], 180);
        let relation = decide(&facts(&shared, &[]), &RelationOptions::default());
        assert_eq!(
            relation,
            Relation::Contains {
                whole: DocId::new(0)
            }
        );
        assert!(relation.is_copy());
    }

    #[test]
    fn a_later_version_is_an_update_and_no_copy() {
        let shared = alignment(vec![passage(vec![edit(EditKind::Kept, 0, 190)])], 190);
        let update = PairFacts {
            same_story_of_one_outlet: true,
            ..facts(&shared, &[])
        };
        let relation = decide(&update, &RelationOptions::default());
        assert_eq!(relation, Relation::Update);
        assert!(relation.joins_family() && !relation.is_copy());
    }

    #[test]
    fn nothing_shared_is_none_or_boilerplate() {
        let nothing = alignment(Vec::new(), 0);
        let options = RelationOptions::default();
        assert_eq!(decide(&facts(&nothing, &[]), &options), Relation::None);
        let chrome = PairFacts {
            shared_boilerplate: true,
            ..facts(&nothing, &[])
        };
        assert_eq!(decide(&chrome, &options), Relation::SharesBoilerplate);
    }
}
