//! How many words of an alignment only copying explains.

use wirecopy_core::align::{Edit, EditKind, PairAlignment, Passage, PassageKind};
use wirecopy_text::ByteSpan;
use wirecopy_text::span::overlap_with;

use super::RelationOptions;

/// One of two aligned documents.
#[derive(Clone, Copy, Debug)]
pub struct CopiedSide<'d> {
    /// The full text.
    pub text: &'d str,
    /// What of it stands inside quotation marks: ascending, disjoint.
    pub quoted: &'d [ByteSpan],
}

/// Unquoted aligned words that only copying explains: those in long runs of kept words, and those of long reworded
/// passages. O(passages and their edits · log quotations).
#[must_use]
pub fn copied_words(
    alignment: &PairAlignment,
    sides: [CopiedSide<'_>; 2],
    options: &RelationOptions,
) -> u32 {
    alignment
        .passages
        .iter()
        .map(|passage| copied_in(passage, sides, options))
        .sum()
}

fn copied_in(passage: &Passage, sides: [CopiedSide<'_>; 2], options: &RelationOptions) -> u32 {
    match passage.kind {
        PassageKind::QuoteVariant => 0,
        PassageKind::Reworded if passage.aligned_unquoted >= options.reworded_words => {
            passage.aligned_unquoted
        }
        _ => kept_runs(passage, sides, options),
    }
}

/// Words in runs of kept unquoted words, each run at least `run_words` long, that are interrupted by at most
/// `run_gap_words` at one place, and nowhere by a number in the place of another: forms ("the index rose 31 points to
/// 2,540") are filled in like that.
fn kept_runs(passage: &Passage, sides: [CopiedSide<'_>; 2], options: &RelationOptions) -> u32 {
    let (mut total, mut run) = (0, 0);
    let mut close = |run: &mut u32| {
        if *run >= options.run_words {
            total += *run;
        }
        *run = 0;
    };
    for edit in &passage.edits {
        if edit.kind == EditKind::Kept {
            run += unquoted_words(edit, sides);
        } else if edit.words > options.run_gap_words || replaces_a_number(edit, sides) {
            close(&mut run);
        }
    }
    close(&mut run);
    total
}

/// Kept words outside the quotations of either side, by their share of the bytes.
fn unquoted_words(edit: &Edit, [a, b]: [CopiedSide<'_>; 2]) -> u32 {
    let free = |span: ByteSpan, inside: &[ByteSpan]| {
        if span.is_empty() {
            0.0
        } else {
            1.0 - overlap_with(span, inside) as f64 / span.len() as f64
        }
    };
    let share = free(edit.a, a.quoted).min(free(edit.b, b.quoted));
    (f64::from(edit.words) * share).round() as u32
}

/// Whether both sides of the edit have a number, which are not the same.
fn replaces_a_number(edit: &Edit, [a, b]: [CopiedSide<'_>; 2]) -> bool {
    let has_number = |span: ByteSpan, text: &str| span.of(text).contains(char::is_numeric);
    edit.kind == EditKind::Changed && has_number(edit.a, a.text) && has_number(edit.b, b.text)
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
            origin_odds: f32::INFINITY,
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
        let text = "seven ".repeat(200) + "77";
        let side = CopiedSide {
            text: &text,
            quoted: inside,
        };
        copied_words(&alignment, [side; 2], &RelationOptions::default())
    }

    #[test]
    fn a_long_run_counts_and_the_same_run_inside_quotation_marks_does_not() {
        let run = || vec![edit(EditKind::Kept, 0, 40)];
        assert_eq!(copied(run(), &[]), 40);
        assert_eq!(copied(run(), &[ByteSpan::new(0, 240)]), 0);
    }

    #[test]
    fn a_number_in_the_place_of_another_ends_a_run() {
        let number = Edit {
            a: ByteSpan::new(1200, 1202),
            ..edit(EditKind::Changed, 0, 1)
        };
        let number = Edit {
            b: number.a,
            ..number
        };
        let run = |between| {
            vec![
                edit(EditKind::Kept, 0, 10),
                between,
                edit(EditKind::Kept, 66, 10),
            ]
        };
        assert_eq!(copied(run(edit(EditKind::Changed, 60, 1)), &[]), 20);
        assert_eq!(copied(run(number), &[]), 0);
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
