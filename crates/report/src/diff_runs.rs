//! The differences inside one passage: runs of words from the findings' edits, or from a small word diff.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};
use wirecopy_findings::{EditKindName, EditRecord, PassageRecord, Span};
use wirecopy_text::ByteSpan;
use wirecopy_text::{Tokenizer, Tokens};

/// One run of words: what happened to it on the way from a to b, and its bytes in both documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) kind: EditKindName,
    pub(crate) a: Range<usize>,
    pub(crate) b: Range<usize>,
}

/// A stretch of one text and what is to be shown about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    pub(crate) kind: EditKindName,
    pub(crate) text: &'t str,
    /// The document that the text stands in; none for a space that stands in neither.
    pub(crate) from: Option<Side>,
    /// Byte offset of the text in that document.
    pub(crate) at: usize,
}

/// Which document of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    A,
    B,
}

pub(crate) fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

/// The words at a place; none where it is no place of this text.
pub(crate) fn text_at(text: &str, place: Range<usize>) -> &str {
    text.get(place).unwrap_or_default()
}

impl Run {
    pub(crate) fn on(&self, side: Side) -> &Range<usize> {
        match side {
            Side::A => &self.a,
            Side::B => &self.b,
        }
    }
}

/// The runs of a passage in the order of a, additions in between. The findings' own edits where they fit the texts,
/// else a histogram diff of the folded words. None when a span does not belong to its text.
pub(crate) fn runs(passage: &PassageRecord, text_a: &str, text_b: &str) -> Option<Vec<Run>> {
    let (a, b) = (range(passage.a), range(passage.b));
    let (words_a, words_b) = (text_a.get(a.clone())?, text_b.get(b.clone())?);
    let fits =
        |e: &EditRecord| text_a.get(range(e.a)).is_some() && text_b.get(range(e.b)).is_some();
    if let Some(edits) = passage
        .edits
        .as_ref()
        .filter(|e| !e.is_empty() && e.iter().all(fits))
    {
        return Some(from_edits(edits));
    }
    let mut runs = word_diff(words_a, words_b);
    for run in &mut runs {
        run.a = run.a.start + a.start..run.a.end + a.start;
        run.b = run.b.start + b.start..run.b.end + b.start;
    }
    Some(runs)
}

fn from_edits(edits: &[EditRecord]) -> Vec<Run> {
    edits
        .iter()
        .map(|e| Run {
            kind: e.kind,
            a: range(e.a),
            b: range(e.b),
        })
        .collect()
}

/// Runs of equal and unequal words of two texts; offsets index the two texts. Near-linear: the diff gives up exactness
/// on hopeless input before it becomes slow.
pub(crate) fn word_diff(a: &str, b: &str) -> Vec<Run> {
    let (tokens_a, tokens_b) = (tokens(a), tokens(b));
    let mut input = InternedInput::default();
    input.update_before(tokens_a.hashes().iter().copied());
    input.update_after(tokens_b.hashes().iter().copied());
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_no_heuristic(&input);
    let mut out = Vec::new();
    let mut push = |kind, in_a: Range<usize>, in_b: Range<usize>| {
        if !in_a.is_empty() || !in_b.is_empty() {
            let (a, b) = (
                bytes(&tokens_a, in_a, a.len()),
                bytes(&tokens_b, in_b, b.len()),
            );
            out.push(Run { kind, a, b });
        }
    };
    let (mut at_a, mut at_b) = (0, 0);
    for hunk in diff.hunks() {
        let in_a = hunk.before.start as usize..hunk.before.end as usize;
        let in_b = hunk.after.start as usize..hunk.after.end as usize;
        push(EditKindName::Kept, at_a..in_a.start, at_b..in_b.start);
        (at_a, at_b) = (in_a.end, in_b.end);
        push(kind_of(&in_a, &in_b), in_a, in_b);
    }
    push(
        EditKindName::Kept,
        at_a..tokens_a.len(),
        at_b..tokens_b.len(),
    );
    out
}

/// The bytes of a range of words; for an empty range, the place before its first word (`end` behind the last).
fn bytes(tokens: &Tokens, words: Range<usize>, end: usize) -> Range<usize> {
    let spans = tokens.spans();
    if words.is_empty() {
        let at = spans
            .get(words.start)
            .map_or(end, |span| span.range().start);
        return at..at;
    }
    spans[words.start].range().start..spans[words.end - 1].range().end
}

fn kind_of(in_a: &Range<usize>, in_b: &Range<usize>) -> EditKindName {
    match (in_a.is_empty(), in_b.is_empty()) {
        (true, _) => EditKindName::Added,
        (_, true) => EditKindName::Cut,
        _ => EditKindName::Changed,
    }
}

pub(crate) fn tokens(text: &str) -> Tokens {
    let mut tokens = Tokens::default();
    Tokenizer::default().tokenize(text, &mut tokens);
    tokens
}

/// Places of a word, or of a run of words, in a and in b.
pub(crate) type WordPair = (Range<usize>, Range<usize>);

/// A run as pairs of places: word by word where its words are equal, else as a whole.
pub(crate) fn word_pairs(run: &Run, texts: (&str, &str)) -> Vec<WordPair> {
    let whole = vec![(run.a.clone(), run.b.clone())];
    if run.kind != EditKindName::Kept {
        return whole;
    }
    let words = (texts.0.get(run.a.clone()), texts.1.get(run.b.clone()));
    let (Some(a), Some(b)) = words else {
        return whole;
    };
    let (a, b) = (tokens(a), tokens(b));
    if a.len() != b.len() {
        return whole;
    }
    let shift = |s: &ByteSpan, by: usize| s.range().start + by..s.range().end + by;
    let both = a.spans().iter().zip(b.spans());
    both.map(|(x, y)| (shift(x, run.a.start), shift(y, run.b.start)))
        .collect()
}

/// The runs that have words on one side, by their place there.
pub(crate) fn ordered(runs: &[Run], side: Side) -> Vec<&Run> {
    let mut ordered: Vec<&Run> = runs.iter().filter(|r| !r.on(side).is_empty()).collect();
    ordered.sort_by_key(|r| r.on(side).start);
    ordered
}

/// The text of one side over `part`, cut where the kind changes; `ordered` is of the same side. Linear in the pieces. Marks and spaces between two runs count as kept,
/// unless both neighbours had the same thing happen to them. Words between runs (boilerplate, which is not aligned) stand
/// on this side only: cut from a, or added in b.
pub(crate) fn side<'t>(
    ordered: &[&Run],
    side: Side,
    part: Range<usize>,
    text: &'t str,
) -> Vec<Piece<'t>> {
    let mut out: Vec<Piece<'t>> = Vec::new();
    let mut at = part.start;
    let mut before = None;
    let first = ordered.partition_point(|run| run.on(side).end <= part.start);
    let runs = ordered.iter().skip(first);
    for run in runs.take_while(|run| run.on(side).start < part.end) {
        let (start, end) = (run.on(side).start.max(at), run.on(side).end.min(part.end));
        if start >= end {
            continue;
        }
        let same = if before == Some(run.kind) {
            run.kind
        } else {
            EditKindName::Kept
        };
        let gap = between(text, at..start, side, same);
        push(&mut out, gap, at..start, (side, text));
        push(&mut out, run.kind, start..end, (side, text));
        (at, before) = (end, Some(run.kind));
    }
    let rest = between(text, at..part.end, side, EditKindName::Kept);
    push(&mut out, rest, at..part.end, (side, text));
    out
}

/// What the text between two runs counts as: `marks` when it holds no word.
fn between(text: &str, gap: Range<usize>, side: Side, marks: EditKindName) -> EditKindName {
    let worded = text
        .get(gap)
        .is_some_and(|gap| gap.contains(char::is_alphanumeric));
    match (worded, side) {
        (false, _) => marks,
        (true, Side::A) => EditKindName::Cut,
        (true, Side::B) => EditKindName::Added,
    }
}

/// Appends a part of one document's text, joined to the last piece where that is the text right before it.
fn push<'t>(
    out: &mut Vec<Piece<'t>>,
    kind: EditKindName,
    part: Range<usize>,
    (side, text): (Side, &'t str),
) {
    let Some(words) = text.get(part.clone()).filter(|words| !words.is_empty()) else {
        return;
    };
    if let Some(last) = out.last_mut()
        && (last.kind, last.from) == (kind, Some(side))
        && last.at + last.text.len() == part.start
        && let Some(joined) = text.get(last.at..part.end)
    {
        last.text = joined;
        return;
    }
    out.push(Piece {
        kind,
        text: words,
        from: Some(side),
        at: part.start,
    });
}

/// Both sides in one text: a's words, with what b has instead right behind them (as cut and added). Words between runs
/// (boilerplate, which is not aligned) count as cut.
pub(crate) fn inline<'t>(
    runs: &[Run],
    texts: (&'t str, &'t str),
    part: Range<usize>,
) -> Vec<Piece<'t>> {
    use EditKindName::{Added, Changed, Cut, Kept};
    let (mut out, mut at) = (Vec::new(), part.start);
    for run in runs {
        let kind = if run.kind == Changed { Cut } else { run.kind };
        if run.a.start >= at && !run.a.is_empty() {
            let gap = between(texts.0, at..run.a.start, Side::A, Kept);
            push(&mut out, gap, at..run.a.start, (Side::A, texts.0));
            push(&mut out, kind, run.a.clone(), (Side::A, texts.0));
            at = run.a.end;
        }
        if run.kind == Added {
            let closing = closing_marks(texts.0.get(at..part.end).unwrap_or_default());
            push(&mut out, Kept, at..at + closing, (Side::A, texts.0));
            at += closing;
        }
        if matches!(run.kind, Changed | Added) {
            out.push(space(" "));
            push(&mut out, Added, run.b.clone(), (Side::B, texts.1));
            out.push(space(glue(&texts, run, at)));
        }
    }
    let rest = between(texts.0, at..part.end, Side::A, Kept);
    push(&mut out, rest, at..part.end, (Side::A, texts.0));
    out
}

/// White space that stands in neither document.
fn space(text: &'static str) -> Piece<'static> {
    Piece {
        kind: EditKindName::Kept,
        text,
        from: None,
        at: 0,
    }
}

/// Bytes of the marks that belong to the word before them, as the comma in `he said, adding`.
fn closing_marks(text: &str) -> usize {
    let closes = |c: char| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '”' | '’' | '"' | ')');
    text.find(|c| !closes(c)).unwrap_or(text.len())
}

/// A space behind added words, unless what follows in a brings its own or is punctuation.
fn glue(texts: &(&str, &str), run: &Run, at: usize) -> &'static str {
    let rest = texts.0.get(at..).unwrap_or_default();
    let touches = rest.starts_with(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
    let ends_part = run.b.end >= texts.1.len();
    if touches || ends_part { "" } else { " " }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy_findings::PassageKindName;

    fn passage(a: &str, b: &str) -> PassageRecord {
        let whole = |text: &str| Span {
            start: 0,
            end: u32::try_from(text.len()).unwrap(),
        };
        let kind = PassageKindName::Near;
        PassageRecord {
            a: whole(a),
            b: whole(b),
            kind,
            identity: 0.9,
            score: 30.0,
            quoted: 0.0,
            edits: None,
        }
    }

    fn shown(pieces: &[Piece<'_>]) -> String {
        let mark = |p: &Piece<'_>| match p.kind {
            EditKindName::Kept => p.text.to_owned(),
            EditKindName::Cut => format!("[-{}-]", p.text),
            EditKindName::Added => format!("{{+{}+}}", p.text),
            _ => format!("<{}>", p.text),
        };
        pieces.iter().map(mark).collect()
    }

    #[test]
    fn a_word_diff_marks_what_changed_on_both_sides_and_inline() {
        let a = "The lamp had become a standing joke, Crane said.";
        let b = "The lamp had long become a running joke, Mr Crane said.";
        let runs = runs(&passage(a, b), a, b).unwrap();
        assert_eq!(
            shown(&side(&ordered(&runs, Side::B), Side::B, 0..b.len(), b)),
            "The lamp had {+long+} become a <running> joke, {+Mr+} Crane said."
        );
        assert_eq!(
            shown(&inline(&runs, (a, b), 0..a.len()))
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            "The lamp had {+long+} become a [-standing-] {+running+} joke, {+Mr+} Crane said."
        );
    }

    #[test]
    fn pieces_of_a_side_hold_its_whole_text() {
        let (a, b) = ("x y z, w “q”", "y x z");
        let runs = runs(&passage(a, b), a, b).unwrap();
        let whole = |side_of, text: &str| -> String {
            side(&ordered(&runs, side_of), side_of, 0..text.len(), text)
                .iter()
                .map(|p| p.text)
                .collect()
        };
        assert_eq!(
            (whole(Side::A, a), whole(Side::B, b)),
            (a.to_owned(), b.to_owned())
        );
    }

    #[test]
    fn pieces_of_one_text_are_never_joined_to_those_of_the_other() {
        // The added words end one byte before the place of a that follows them, in both texts' own counts.
        for (a, b) in [
            ("x é y", "x w y"),
            ("x, é y, z", "x, w v, z"),
            ("ab cd ef", "ab xyz ef"),
            ("日 本 語", "日 é 語"),
            ("a é. b", "a ö, b"),
        ] {
            let runs = runs(&passage(a, b), a, b).unwrap();
            for piece in inline(&runs, (a, b), 0..a.len()) {
                let place = piece.at..piece.at + piece.text.len();
                match piece.from {
                    Some(Side::A) => assert_eq!(a.get(place), Some(piece.text)),
                    Some(Side::B) => assert_eq!(b.get(place), Some(piece.text)),
                    None => assert!(piece.text.trim().is_empty()),
                }
            }
            let of = |side| -> String {
                let pieces = inline(&runs, (a, b), 0..a.len()).into_iter();
                let own = pieces.filter(|piece| piece.from == Some(side));
                own.map(|piece| piece.text).collect()
            };
            assert_eq!(of(Side::A), a);
        }
    }

    #[test]
    fn a_span_that_does_not_belong_to_the_text_gives_nothing() {
        assert_eq!(runs(&passage("long enough", "b"), "é", "b"), None);
    }
}
