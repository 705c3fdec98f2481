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
    /// What of it is body: ascending, disjoint.
    pub body: &'d [ByteSpan],
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
/// `run_gap_words` at one place; nowhere by a number in the place of another, since forms ("the index rose 31 points to
/// 2,540") are filled in like that; and nowhere by boilerplate of both sides, between which a line or two are more of it.
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
            let (pieces, side) = pieces(edit, sides);
            let bytes: usize = pieces.iter().map(|piece| piece.len()).sum();
            let words = unquoted_words(edit, sides) / bytes.max(1) as f64;
            for (number, piece) in pieces.iter().enumerate() {
                if number > 0 {
                    close(&mut run);
                }
                let words = (words * piece.len() as f64).round() as u32;
                let is_more = pieces.len() > 1 && words < options.copied_words;
                if !(is_more && stands_alone(*piece, side)) {
                    run += words;
                }
            }
        } else if edit.words > options.run_gap_words || replaces_a_number(edit, sides) {
            close(&mut run);
        }
    }
    close(&mut run);
    total
}

/// Kept words outside the quotations of either side, by their share of the bytes.
fn unquoted_words(edit: &Edit, [a, b]: [CopiedSide<'_>; 2]) -> f64 {
    let free = |span: ByteSpan, inside: &[ByteSpan]| {
        if span.is_empty() {
            0.0
        } else {
            1.0 - overlap_with(span, inside) as f64 / span.len() as f64
        }
    };
    let share = free(edit.a, a.quoted).min(free(edit.b, b.quoted));
    f64::from(edit.words) * share
}

/// Whether a piece is all that stands between two stretches of boilerplate.
fn stands_alone(piece: ByteSpan, side: CopiedSide<'_>) -> bool {
    let at = side.body.partition_point(|part| part.end <= piece.start);
    let is_blank = |start: u32, end: u32| ByteSpan { start, end }.of(side.text).trim().is_empty();
    side.body.get(at).is_some_and(|part| {
        let is_inner = part.start > 0 && (part.end as usize) < side.text.len();
        is_inner && is_blank(part.start, piece.start) && is_blank(piece.end, part.end)
    })
}

/// The parts of an edit between boilerplate that stands inside it on both sides, in the bytes of the side that has more of them
/// (of the lesser text where both have as many, so that the order of the documents does not matter); else all of it.
fn pieces<'d>(edit: &Edit, [a, b]: [CopiedSide<'d>; 2]) -> (Vec<ByteSpan>, CopiedSide<'d>) {
    let [of_a, of_b] = [(edit.a, a), (edit.b, b)].map(|(span, side)| parts(span, side.body));
    if of_a.len().min(of_b.len()) < 2 {
        (vec![edit.a], a)
    } else if (of_b.len(), a.text) <= (of_a.len(), b.text) {
        (of_a, a)
    } else {
        (of_b, b)
    }
}

/// What of `span` is body.
fn parts(span: ByteSpan, body: &[ByteSpan]) -> Vec<ByteSpan> {
    let first = body.partition_point(|part| part.end <= span.start);
    let parts = body.iter().skip(first);
    let cut = |part: &ByteSpan| ByteSpan {
        start: part.start.max(span.start),
        end: part.end.min(span.end),
    };
    parts
        .take_while(|part| part.start < span.end)
        .map(cut)
        .collect()
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
        copied_of_body(edits, inside, &[ByteSpan::new(0, 1202)])
    }

    fn copied_of_body(edits: Vec<Edit>, inside: &[ByteSpan], body: &[ByteSpan]) -> u32 {
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
            body,
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
    fn boilerplate_of_both_sides_ends_a_run() {
        let run = || vec![edit(EditKind::Kept, 0, 22)];
        let body = [ByteSpan::new(0, 60), ByteSpan::new(72, 1202)];
        assert_eq!(copied_of_body(run(), &[], &body), 0);
        let body = [ByteSpan::new(0, 12), ByteSpan::new(24, 1202)];
        assert_eq!(copied_of_body(run(), &[], &body), 20);
        let run = || vec![edit(EditKind::Kept, 0, 60)];
        let body = [(0, 90), (96, 246), (252, 1202)].map(|(start, end)| ByteSpan::new(start, end));
        assert_eq!(copied_of_body(run(), &[], &body), 16 + 19);
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
