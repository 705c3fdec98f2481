//! Speech without quotation marks: turns of a dialogue behind dashes, posts of social networks with their signature,
//! and block quotations of plain-text mail and Markdown.

use wirecopy_text::ByteSpan;

use super::cut::{head, part, tail};
use super::inside::{Inside, Proof};
use super::lexicon::{Dialogue, Lexicon};
use super::mark_pairing::{Ending, Marked, nest};
use super::tokens::Kind;
use wirecopy_document::lines::lines;

/// Most bytes of a paragraph that is a turn of a dialogue.
const LONGEST_TURN: usize = 2_000;
/// Most bytes of a post: networks allow 280 to 500 characters, and embedding adds addresses.
const LONGEST_POST: usize = 1_000;
/// Most bytes of the name that signs a post.
const LONGEST_NAME: usize = 80;
/// Share of a stretch, in percent, from which on the marks inside it make it a marked quotation.
const MARKED_SHARE: usize = 60;

/// Adds the speech without marks in `text` to the quotations `found`, outside the byte spans `skip` (ascending,
/// disjoint). What crosses a marked quotation is left out. Sorted as [`nest`] does. O(length + n log n).
pub(crate) fn add(text: &str, lexicon: &Lexicon, skip: &[ByteSpan], found: &mut Vec<Marked>) {
    let rows = clear_lines(text, skip);
    let mut new = turns(text, lexicon, &rows);
    blocks(text, &rows, &mut new);
    posts(text, &rows, &mut new);
    if new.is_empty() {
        return;
    }
    let before = found.len();
    let around: Vec<ByteSpan> = found
        .iter()
        .filter(|m| m.depth == 0)
        .map(|m| m.outer)
        .collect();
    let mut last_end = 0;
    new.sort_unstable_by_key(|m| m.outer.start);
    for marked in new {
        if marked.outer.start >= last_end && is_free(marked.inner, &around) {
            last_end = marked.outer.end;
            found.push(marked);
        }
    }
    if found.len() > before {
        nest(found);
    }
}

/// Whether no marked quotation crosses the stretch or makes up most of it. `around` is ascending and disjoint.
fn is_free(stretch: ByteSpan, around: &[ByteSpan]) -> bool {
    let from = around.partition_point(|m| m.end <= stretch.start);
    let mut marked = 0;
    for other in around
        .iter()
        .skip(from)
        .take_while(|m| m.start < stretch.end)
    {
        if !stretch.contains(*other) {
            return false;
        }
        marked += other.len();
    }
    marked * 100 < MARKED_SHARE * stretch.len()
}

/// The lines of the text that meet no span of `skip`.
fn clear_lines(text: &str, skip: &[ByteSpan]) -> Vec<ByteSpan> {
    let mut skip = skip.iter().peekable();
    lines(text)
        .filter(|line| {
            while skip.next_if(|s| s.end <= line.start).is_some() {}
            skip.peek().is_none_or(|s| s.start >= line.end)
        })
        .collect()
}

fn unmarked(outer: usize, inner: usize, end: usize) -> Marked {
    Marked {
        inner: ByteSpan::new(inner, end),
        outer: ByteSpan::new(outer, end),
        depth: 0,
        ending: Ending::Unmarked,
    }
}

/// One paragraph that a dash opens.
struct Turn {
    /// Number of its line.
    row: usize,
    /// Its speech, attributions left out.
    speech: Vec<Marked>,
    /// Whether it holds an attribution.
    said: bool,
    /// Whether it ends as a sentence, behind a dash that is no hyphen.
    sentence: bool,
}

/// The turns of dialogues. A paragraph with an attribution is one; paragraphs beside it that end as sentences are, too.
/// Lists and signatures have no verb of saying. O(length).
fn turns(text: &str, lexicon: &Lexicon, rows: &[ByteSpan]) -> Vec<Marked> {
    if lexicon.dialogue == Dialogue::Marks {
        return Vec::new();
    }
    let read: Vec<Turn> = rows
        .iter()
        .enumerate()
        .filter_map(|(row, &span)| turn(text, lexicon, span).map(|turn| Turn { row, ..turn }))
        .collect();
    let runs = read.chunk_by(|a, b| a.row + 1 == b.row);
    let spoken = runs.filter(|run| {
        let asks = |t: &Turn| {
            t.speech
                .last()
                .is_some_and(|m| m.inner.of(text).ends_with('?'))
        };
        run.iter().any(|t| t.said)
            || run.len() >= 2 && run.iter().all(|t| t.sentence) && run.iter().any(asks)
    });
    spoken
        .flatten()
        .filter(|turn| turn.said || turn.sentence)
        .flat_map(|turn| turn.speech.iter().copied())
        .collect()
}

/// Reads a line that a dash opens; its number is set by the caller.
fn turn(text: &str, lexicon: &Lexicon, line: ByteSpan) -> Option<Turn> {
    let words = line.of(text);
    let dash = words.chars().next().filter(|c| "—–―-".contains(*c))?;
    let opened = words.trim_start_matches(['—', '–', '―', '-', ' ', '\u{a0}']);
    let tight = words.len() - opened.len() == 1;
    if line.len() > LONGEST_TURN || dash == '-' && tight && opened.starts_with(char::is_numeric) {
        return None;
    }
    let inside = Inside::of(text, line, lexicon);
    let mut speech = Vec::new();
    let mut outer = line.start as usize;
    let mut from = Some(line.end as usize - opened.len());
    let mut at = 1;
    while let Some(found) = inside.next(at, Proof::Verb) {
        if let Some(inner) = from.filter(|&inner| inner < found.speech_end) {
            let said = part(text, inner, found.speech_end).trim_end();
            speech.push(unmarked(outer, inner, inner + said.len()));
        }
        (outer, from, at) = resumed(&inside, found.end);
        if from.is_none() {
            break;
        }
    }
    let said = !speech.is_empty();
    if let Some(inner) = from.filter(|&inner| inner < line.end as usize) {
        speech.push(unmarked(outer, inner, line.end as usize));
    }
    let stop = opened.trim_end_matches(super::mark::is_mark);
    Some(Turn {
        row: 0,
        speech,
        said,
        sentence: dash != '-' && stop.ends_with(['.', '!', '?', '…']),
    })
}

/// Where speech goes on behind an attribution that ends at token `end`: behind a dash or a comma. Gives the byte of that
/// sign, that of the first word, and its token.
fn resumed(inside: &Inside<'_>, end: usize) -> (usize, Option<usize>, usize) {
    let kind = |k: usize| inside.tokens.get(k).map(|t| t.kind);
    let sign = match (kind(end), kind(end + 1)) {
        (Some(Kind::Dash | Kind::Comma), _) => end,
        (Some(Kind::Stop), Some(Kind::Dash)) => end + 1,
        _ => return (0, None, end),
    };
    let word = (sign + 1..sign + 4).find(|&k| kind(k).is_some_and(Kind::is_word));
    let from = word.map(|k| inside.place(k).0);
    (inside.place(sign).0, from, word.unwrap_or(end) + 1)
}

/// Block quotations: lines behind `>`, where they are wrapped, introduced by a colon or signed. Single lines behind an
/// angle are links and bullets.
fn blocks(text: &str, rows: &[ByteSpan], out: &mut Vec<Marked>) {
    let opened = |row: usize| {
        let line = rows.get(row)?;
        let words = line
            .of(text)
            .strip_prefix('>')?
            .trim_start_matches(['>', ' ', '\t']);
        let plain = words.chars().next().is_some_and(|c| !"|<".contains(c));
        plain.then_some((line.end as usize - words.len(), line.end as usize))
    };
    let row_words = |row: usize| rows.get(row).map_or("", |r| r.of(text));
    let (mut row, mut told) = (0, false);
    while row < rows.len() {
        let Some((from, mut to)) = opened(row) else {
            told &= row_words(row).trim_matches(['>', ' ']).is_empty();
            row += 1;
            continue;
        };
        let mut next = row + 1;
        let mut wrapped = false;
        while let Some((start, end)) = opened(next).filter(|o| !is_dash(part(text, o.0, o.1))) {
            let lower = part(text, start, end).starts_with(char::is_lowercase);
            wrapped |= lower && !ends_sentence(part(text, from, to));
            to = end;
            next += 1;
        }
        let colon = row > 0 && row_words(row - 1).ends_with(':');
        let signed = is_dash(row_words(next).trim_start_matches(['>', ' ']));
        told |= wrapped || colon || signed;
        if told && ends_sentence(part(text, from, to)) {
            out.push(unmarked(from, from, to));
        }
        row = next;
    }
}

fn is_dash(words: &str) -> bool {
    words.starts_with(['—', '–', '―', '-'])
}

fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(|c| super::mark::is_mark(c) || c == ')')
        .ends_with(['.', '!', '?', '…'])
}

/// Posts as articles embed them: `words — Name (@handle) March 5, 2024`, the words on the same line or the one above.
fn posts(text: &str, rows: &[ByteSpan], out: &mut Vec<Marked>) {
    for (row, line) in rows.iter().enumerate() {
        let mut from = line.start as usize;
        for (at, _) in line.of(text).match_indices("(@") {
            let Some((name, end)) = signature(text, from, line.start as usize + at) else {
                continue;
            };
            let words = part(text, from, name.start as usize);
            from += tag_length(words);
            let words = part(text, from, name.start as usize)
                .trim_end()
                .trim_end_matches(['—', '–', '―', '-'])
                .trim_end();
            let span = if words.trim_start().is_empty() {
                row.checked_sub(1)
                    .and_then(|above| rows.get(above))
                    .copied()
            } else {
                let start = from + words.len() - words.trim_start().len();
                Some(ByteSpan::new(start, from + words.len()))
            };
            from = end;
            if let Some(span) =
                span.filter(|s| s.len() <= LONGEST_POST && !s.of(text).ends_with(':'))
            {
                out.push(Marked {
                    inner: span,
                    outer: span,
                    depth: 0,
                    ending: Ending::Signed(name),
                });
            }
        }
    }
}

/// Length of the tags that `words` begin with: feeds keep the element that held a post.
fn tag_length(words: &str) -> usize {
    let mut rest = words.trim_start();
    while let Some((_, behind)) = rest.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
        rest = behind.trim_start();
    }
    words.len() - rest.len()
}

/// The name before the handle at byte `at`, behind a dash no further left than `from`, and where the date behind the
/// handle ends.
fn signature(text: &str, from: usize, at: usize) -> Option<(ByteSpan, usize)> {
    let before = part(text, from, at).trim_end();
    let dash = before
        .char_indices()
        .rev()
        .take(LONGEST_NAME)
        .find(|&(i, c)| {
            "—–―-".contains(c) && (i == 0 || head(before, i).ends_with(char::is_whitespace))
        })?;
    let name_at = dash.0 + dash.1.len_utf8();
    let name = tail(before, name_at).trim_start();
    let handle = tail(text, at + "(@".len());
    let length = handle.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.')?;
    let date = tail(handle, length).strip_prefix(')')?;
    let year = year_end(date)?;
    let end = text.len() - date.len() + year;
    let start = from + before.len() - name.len();
    (!name.is_empty()).then(|| (ByteSpan::new(start, from + before.len()), end))
}

/// Where a date ends that `words` begin with: at a year of four digits, behind words, numbers and commas alone.
fn year_end(words: &str) -> Option<usize> {
    let mut digits = 0;
    for (at, c) in words.char_indices().take(40) {
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        let plain = c.is_alphanumeric() || " ,./:-·\u{a0}".contains(c);
        if !plain {
            return None;
        }
        let year = part(words, (at + 1).saturating_sub(4), at + 1);
        let more = tail(words, at + 1).starts_with(|c: char| c.is_ascii_digit());
        if digits == 4 && !more && (year.starts_with("20") || year.starts_with("19")) {
            return Some(at + 1);
        }
    }
    None
}
