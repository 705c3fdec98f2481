//! How many words of an alignment only copying explains.

use wirecopy_core::align::{Edit, EditKind, PairAlignment, Passage, PassageKind};
use wirecopy_text::ByteSpan;
use wirecopy_text::span::overlap_with;

use super::RelationOptions;

/// What stands inside quotation marks on either side: ascending, disjoint spans of the two texts.
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'q> {
    /// Quotations of a.
    pub a: &'q [ByteSpan],
    /// Quotations of b.
    pub b: &'q [ByteSpan],
}

/// Unquoted aligned words that only copying explains: those in long runs of kept words, and those of long reworded
/// passages. O(passages and their edits · log quotations).
#[must_use]
pub fn copied_words(
    alignment: &PairAlignment,
    quoted: Quoted<'_>,
    options: &RelationOptions,
) -> u32 {
    alignment
        .passages
        .iter()
        .map(|passage| copied_in(passage, quoted, options))
        .sum()
}

fn copied_in(passage: &Passage, quoted: Quoted<'_>, options: &RelationOptions) -> u32 {
    match passage.kind {
        PassageKind::QuoteVariant => 0,
        PassageKind::Reworded if passage.aligned_unquoted >= options.reworded_words => {
            passage.aligned_unquoted
        }
        _ => kept_runs(passage, quoted, options),
    }
}

/// Words in runs of kept unquoted words, each run at least `run_words` long, that are interrupted by at most
/// `run_gap_words` at one place.
fn kept_runs(passage: &Passage, quoted: Quoted<'_>, options: &RelationOptions) -> u32 {
    let (mut total, mut run) = (0, 0);
    let mut close = |run: &mut u32| {
        if *run >= options.run_words {
            total += *run;
        }
        *run = 0;
    };
    for edit in &passage.edits {
        if edit.kind == EditKind::Kept {
            run += unquoted_words(edit, quoted);
        } else if edit.words > options.run_gap_words {
            close(&mut run);
        }
    }
    close(&mut run);
    total
}

/// Kept words outside the quotations of either side, by their share of the bytes.
fn unquoted_words(edit: &Edit, quoted: Quoted<'_>) -> u32 {
    let free = |span: ByteSpan, inside: &[ByteSpan]| {
        if span.is_empty() {
            0.0
        } else {
            1.0 - overlap_with(span, inside) as f64 / span.len() as f64
        }
    };
    let share = free(edit.a, quoted.a).min(free(edit.b, quoted.b));
    (f64::from(edit.words) * share).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy_core::align::Counted;

    fn edit(kind: EditKind, start: usize, words: u32) -> Edit {
        let span = ByteSpan::new(start, start + words as usize * 6);
        Edit {
            kind,
            a: span,
            b: span,
            words,
        }
    }

    fn copied(edits: Vec<Edit>, inside: &[ByteSpan]) -> u32 {
        let whole = edits.iter().fold(edits[0].a, |all, e| all.cover(e.a));
        let passage = Passage {
            a: whole,
            b: whole,
            kind: PassageKind::Near,
            identity: 0.9,
            score: 50.0,
            quoted: 0.0,
            named: 0.0,
            aligned_unquoted: 0,
            aligned: 0,
            counted: Counted::default(),
            edits,
        };
        let alignment = PairAlignment {
            passages: vec![passage],
            ..PairAlignment::default()
        };
        let quoted = Quoted {
            a: inside,
            b: inside,
        };
        copied_words(&alignment, quoted, &RelationOptions::default())
    }

    #[test]
    fn a_long_run_counts_and_the_same_run_inside_quotation_marks_does_not() {
        let run = || vec![edit(EditKind::Kept, 0, 40)];
        assert_eq!(copied(run(), &[]), 40);
        assert_eq!(copied(run(), &[ByteSpan::new(0, 240)]), 0);
    }

    #[test]
    fn scattered_short_runs_count_nothing() {
        let edits = (0..10).flat_map(|i| {
            [
                edit(EditKind::Kept, i * 100, 6),
                edit(EditKind::Changed, i * 100 + 40, 5),
            ]
        });
        assert_eq!(copied(edits.collect(), &[]), 0);
    }
}
