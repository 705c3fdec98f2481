//! Extends a passage over text outside the bodies that was copied with it: the caption before a copied paragraph, the note
//! after it.
//!
//! Such text is no evidence of copying, since sites repeat it; beside a passage that is a copy by itself it belongs to
//! what was copied.

use super::AnalysedText;
use super::passage::{Edit, EditKind, Passage, PassageKind};
use super::word_alignment::{Pair, SpanPair};
use wirecopy_text::ByteSpan;
use wirecopy_text::{Tokenizer, Tokens};

/// Fewest aligned words outside quotation marks of a passage that is extended: it must be a copy by itself.
const LEAST_COPIED: u32 = 30;
/// Bytes that are looked at on either side of a passage: about sixty words, the length of captions and notes.
const FARTHEST_BYTES: u32 = 480;
/// Least alignment score (equal words minus all others) by which a passage is extended.
const LEAST_CARRIED: i32 = 2;

/// Which end of a passage.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Front,
    Back,
}

/// Lengthens `passage`, whose body words are those of `window`, over text outside the bodies that stands beside it in
/// both documents, a few words changed at most. Bounded by [`FARTHEST_BYTES`] squared.
pub(super) fn carry(sides: Pair, window: SpanPair, passage: &mut Passage) {
    if passage.aligned_unquoted < LEAST_COPIED {
        return;
    }
    for end in [End::Front, End::Back] {
        let (a, b) = (
            beside(sides.a, (window.a, passage.a), end),
            beside(sides.b, (window.b, passage.b), end),
        );
        if a.leaves_body || b.leaves_body {
            lengthen(passage, (&a.words, &b.words), end);
        }
    }
    if passage.a.of(&sides.a.text) == passage.b.of(&sides.b.text) {
        passage.kind = PassageKind::Exact;
    } else if passage.kind == PassageKind::Exact {
        passage.kind = PassageKind::Near;
    }
}

/// The words beside one end of a passage in one document, nearest first.
struct Flank {
    words: Words,
    /// Whether the nearest one lies outside the body.
    leaves_body: bool,
}

/// Hashes and bytes of words, nearest to the passage first.
struct Words {
    hashes: Vec<u64>,
    spans: Vec<ByteSpan>,
}

fn beside(side: &AnalysedText, (tokens, bytes): ((u32, u32), ByteSpan), end: End) -> Flank {
    let text = &side.text;
    let part = match end {
        End::Front => ByteSpan {
            start: boundary(text, bytes.start.saturating_sub(FARTHEST_BYTES)),
            end: bytes.start,
        },
        End::Back => ByteSpan {
            start: bytes.end,
            end: boundary(
                text,
                bytes
                    .end
                    .saturating_add(FARTHEST_BYTES)
                    .min(text.len() as u32),
            ),
        },
    };
    let mut found = Tokens::default();
    Tokenizer::default().tokenize_parts(text, &[part], &mut found);
    let (mut hashes, mut spans) = (found.hashes().to_vec(), found.spans().to_vec());
    let next = match end {
        End::Front => {
            hashes.reverse();
            spans.reverse();
            tokens.0.checked_sub(1)
        }
        End::Back => Some(tokens.1),
    };
    let next = next.and_then(|at| side.spans().get(at as usize));
    Flank {
        leaves_body: !spans.is_empty() && next != spans.first(),
        words: Words { hashes, spans },
    }
}

/// The next place from `at` on that is the start of a character.
fn boundary(text: &str, at: u32) -> u32 {
    let at = (at as usize..text.len()).find(|&i| text.is_char_boundary(i));
    at.unwrap_or(text.len()) as u32
}

/// One step of the alignment, away from the passage.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Kept,
    Changed,
    Cut,
    Added,
}

fn lengthen(passage: &mut Passage, (a, b): (&Words, &Words), end: End) {
    let steps = best_steps(&a.hashes, &b.hashes);
    let (mut i, mut j) = (0, 0);
    for step in steps {
        let (of_a, of_b) = match step {
            Step::Kept | Step::Changed => (Some(a.spans[i]), Some(b.spans[j])),
            Step::Cut => (Some(a.spans[i]), None),
            Step::Added => (None, Some(b.spans[j])),
        };
        (i, j) = (
            i + usize::from(of_a.is_some()),
            j + usize::from(of_b.is_some()),
        );
        let edge = |span: ByteSpan| match end {
            End::Front => ByteSpan {
                start: span.start,
                end: span.start,
            },
            End::Back => ByteSpan {
                start: span.end,
                end: span.end,
            },
        };
        let edit = Edit {
            kind: match step {
                Step::Kept => EditKind::Kept,
                Step::Changed => EditKind::Changed,
                Step::Cut => EditKind::Cut,
                Step::Added => EditKind::Added,
            },
            a: of_a.unwrap_or(edge(passage.a)),
            b: of_b.unwrap_or(edge(passage.b)),
            words: 1,
        };
        passage.a = passage.a.cover(edit.a);
        passage.b = passage.b.cover(edit.b);
        attach(&mut passage.edits, edit, end);
    }
}

/// Adds an edit in front or behind; to the outermost one when both keep words and that one is the outermost in b too.
fn attach(edits: &mut Vec<Edit>, edit: Edit, end: End) {
    let outermost = match end {
        End::Front => edits.first().copied(),
        End::Back => edits.last().copied(),
    };
    let grows = outermost.filter(|last| {
        let beyond = |other: &Edit| match end {
            End::Front => other.b.start < last.b.start,
            End::Back => other.b.end > last.b.end,
        };
        last.kind == EditKind::Kept && edit.kind == EditKind::Kept && !edits.iter().any(beyond)
    });
    let edit = grows.map_or(edit, |last| Edit {
        a: last.a.cover(edit.a),
        b: last.b.cover(edit.b),
        words: last.words + 1,
        ..last
    });
    let at = match end {
        End::Front => 0,
        End::Back => edits.len(),
    };
    let replaced = match (grows, end) {
        (None, _) => at..at,
        (_, End::Front) => 0..1,
        (_, End::Back) => at - 1..at,
    };
    edits.splice(replaced, [edit]);
}

/// The alignment from the passage's edge outwards with the most equal words less the others, by a full table; empty
/// when that is less than [`LEAST_CARRIED`].
fn best_steps(a: &[u64], b: &[u64]) -> Vec<Step> {
    let stride = b.len() + 1;
    let mut table = vec![0_i32; (a.len() + 1) * stride];
    let mut best = (LEAST_CARRIED - 1, (0, 0));
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if (i, j) == (0, 0) {
                continue;
            }
            let cell = reached(&table, stride, (a, b), (i, j));
            table[i * stride + j] = cell;
            let ends_equal = i > 0 && j > 0 && a[i - 1] == b[j - 1];
            if ends_equal && cell > best.0 {
                best = (cell, (i, j));
            }
        }
    }
    let mut steps = Vec::new();
    let (mut i, mut j) = best.1;
    while (i, j) != (0, 0) {
        let here = table[i * stride + j];
        let diagonal =
            i > 0 && j > 0 && here == table[(i - 1) * stride + j - 1] + pairing(a, b, (i, j));
        let step = if diagonal {
            if a[i - 1] == b[j - 1] {
                Step::Kept
            } else {
                Step::Changed
            }
        } else if i > 0 && here == table[(i - 1) * stride + j] - 1 {
            Step::Cut
        } else {
            Step::Added
        };
        steps.push(step);
        i -= usize::from(step != Step::Added);
        j -= usize::from(step != Step::Cut);
    }
    steps.reverse();
    steps
}

fn reached(table: &[i32], stride: usize, (a, b): (&[u64], &[u64]), (i, j): (usize, usize)) -> i32 {
    let mut best = i32::MIN;
    if i > 0 && j > 0 {
        best = best.max(table[(i - 1) * stride + j - 1] + pairing(a, b, (i, j)));
    }
    if i > 0 {
        best = best.max(table[(i - 1) * stride + j] - 1);
    }
    if j > 0 {
        best = best.max(table[i * stride + j - 1] - 1);
    }
    best
}

fn pairing(a: &[u64], b: &[u64], (i, j): (usize, usize)) -> i32 {
    if a[i - 1] == b[j - 1] { 1 } else { -1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(a: &[u64], b: &[u64]) -> usize {
        best_steps(a, b)
            .iter()
            .filter(|&&s| s == Step::Kept)
            .count()
    }

    #[test]
    fn words_that_are_carried_along_join_no_edit_that_others_stand_before_in_b() {
        let kept = |a: usize, b: usize| Edit {
            kind: EditKind::Kept,
            a: ByteSpan::new(a, a + 4),
            b: ByteSpan::new(b, b + 4),
            words: 1,
        };
        let mut apart = vec![kept(10, 30), kept(20, 10)];
        attach(&mut apart, kept(5, 5), End::Front);
        assert_eq!(apart, [kept(5, 5), kept(10, 30), kept(20, 10)]);
        let mut beside = vec![kept(10, 10), kept(20, 30)];
        attach(&mut beside, kept(5, 5), End::Front);
        attach(&mut beside, kept(25, 35), End::Back);
        let grown = |a: (usize, usize), b: (usize, usize)| Edit {
            a: ByteSpan::new(a.0, a.1),
            b: ByteSpan::new(b.0, b.1),
            words: 2,
            ..kept(0, 0)
        };
        assert_eq!(beside, [grown((5, 14), (5, 14)), grown((20, 29), (30, 39))]);
    }

    #[test]
    fn equal_words_are_carried_and_others_end_it() {
        assert_eq!(kept(&[1, 2, 3, 7, 8], &[1, 2, 3, 9]), 3);
        assert_eq!(kept(&[1, 2, 3, 4], &[1, 5, 3, 4]), 3);
        assert_eq!(kept(&[1], &[1]), 0);
        assert_eq!(kept(&[], &[1, 2]), 0);
        assert_eq!(kept(&[5, 6, 1, 2], &[7, 8, 3, 2]), 0);
    }
}
