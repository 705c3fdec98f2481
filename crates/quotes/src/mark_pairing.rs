//! Quotation marks: which of them open, which close, and what lies between.
//!
//! The main type is [`Marked`]. [`scan`] walks over the marks of a text once, with a small stack, and knows curly,
//! straight, low-high and single marks, guillemets in both directions, corner brackets and the grave accents of LaTeX.
//! Apostrophes are no marks. A double mark with a space on either side opens where a closer follows on its line, or, where
//! it leads its line, where the next mark leads its own and the sentence goes on in small letters.
//! Nothing that is left open stops the reading: an open mark is given up where the reading shows that its closer is
//! missing.

use std::ops::Range;
use wirecopy_document::lines::LINE_ENDS;

use wirecopy_text::ByteSpan;

use super::cut::{head, part, rest_of_line, tail};
use super::mark::{Mark, MarkKind, is_mark, mark_at};

/// Nesting that is followed: deeper marks are taken for damage.
const MAX_DEPTH: usize = 4;
/// Bytes after which an open double mark is given up, when paragraph ends lie between. Long enough for a speech of
/// three paragraphs without marks between them.
const MAX_ACROSS_PARAGRAPHS: usize = 3_000;
/// Bytes after which an open single mark is given up: it was an apostrophe.
const MAX_SINGLE: usize = 1_500;
/// Bytes that a closer is looked for in, behind a mark with a space on either side.
const MAX_LOOSE: usize = 1_500;
/// Most bytes of a quoted paragraph that was joined to the next one: quoted paragraphs in news are shorter.
const MAX_JOINED: usize = 1_500;

/// How the end of a stretch of speech is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// By its closing mark.
    Closed,
    /// The next paragraph goes on with the same words, behind an opener of its own.
    Continued,
    /// By the end of its paragraph: the closing mark is missing.
    Missing,
    /// It has no quotation marks: a turn behind a dash, or a block quotation.
    Unmarked,
    /// A post of a social network, whose author's name stands behind it.
    Signed(ByteSpan),
}

/// One stretch of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// Between the marks.
    pub(crate) inner: ByteSpan,
    /// With the marks. Ends where `inner` does when the closer is missing.
    pub(crate) outer: ByteSpan,
    /// Number of quotations around this one.
    pub(crate) depth: u8,
    /// How its end is known.
    pub(crate) ending: Ending,
}

/// A mark that waits for its closer.
#[derive(Clone, Copy, Debug)]
struct Open {
    shape: MarkKind,
    outer: usize,
    inner: usize,
    /// Whether a line end was passed since.
    broken: bool,
    /// Whether the mark stood at the start of its paragraph.
    leads: bool,
}

/// State of one reading.
struct Reader<'t> {
    text: &'t str,
    open: Vec<Open>,
    found: Vec<Marked>,
}

/// Finds what stands between quotation marks in `text`, outside the byte spans `skip` (ascending, disjoint; a reading
/// never crosses one). Sorted by start, outer before inner. Spans lie on character boundaries. O(length).
#[must_use]
pub(crate) fn scan(text: &str, skip: &[ByteSpan]) -> Vec<Marked> {
    let mut reader = Reader {
        text,
        open: Vec::with_capacity(MAX_DEPTH),
        found: Vec::new(),
    };
    let mut skip = skip.iter().peekable();
    let bytes = text.as_bytes();
    let mut at = 0;
    let next = |at: usize| {
        let step = bytes.get(at..)?.iter().position(|&b| may_start_mark(b));
        step.map(|step| at + step)
    };
    while let Some(found) = next(at) {
        at = found;
        while skip.next_if(|s| s.end as usize <= at).is_some() {
            reader.give_up();
        }
        if let Some(hole) = skip.peek().filter(|s| s.start as usize <= at) {
            reader.give_up();
            at = hole.end as usize;
            continue;
        }
        if matches!(bytes[at], b'\n' | b'\r') || is_separator(text, at) {
            at = reader.line_end(at);
            continue;
        }
        let clear = |mark: &Mark| {
            skip.peek()
                .is_none_or(|hole| mark.end <= hole.start as usize)
        };
        let Some(mark) = mark_at(text, at).filter(clear) else {
            at += 1;
            continue;
        };
        at = mark.end;
        reader.read(mark);
    }
    if skip.peek().is_some() {
        reader.give_up();
    }
    reader.finished()
}

/// First bytes of the marks in UTF-8, and the line end.
fn may_start_mark(byte: u8) -> bool {
    matches!(
        byte,
        b'"' | b'\'' | b'`' | b',' | b'\n' | b'\r' | 0xC2 | 0xE2 | 0xE3 | 0xEF
    )
}

/// Whether a Unicode line or paragraph separator stands at byte `at`.
fn is_separator(text: &str, at: usize) -> bool {
    tail(text, at).starts_with(['\u{2028}', '\u{2029}'])
}

impl Reader<'_> {
    /// All that was found, the outer before the inner.
    fn finished(mut self) -> Vec<Marked> {
        self.finish(self.text.len());
        let mut found = self.found;
        nest(&mut found);
        found
    }

    fn read(&mut self, mark: Mark) {
        if self
            .open
            .iter()
            .any(|o| o.shape.is_single() && mark.start - o.outer > MAX_SINGLE)
        {
            self.open.retain(|o| !o.shape.is_single());
        }
        match mark.shape {
            s if s.is_single() => self.single(mark),
            MarkKind::Straight if mark.doubled => self.double_straight(mark),
            MarkKind::CornerOpen | MarkKind::Low | MarkKind::Grave => self.push(mark),
            _ => self.double(mark),
        }
    }

    /// Double marks: a closer if the stack has what it closes and it does not stand as an opener.
    fn double(&mut self, mark: Mark) {
        let Some(place) = self.open.iter().rposition(|o| mark.shape.closes(o.shape)) else {
            return self.open_double(mark);
        };
        let open = self.open[place];
        match mark.shape {
            MarkKind::High if open.shape != MarkKind::Low => self.second_opener(mark, place),
            MarkKind::RightGuillemet if open.shape == mark.shape && !mark.looks_closed() => {
                self.open_double(mark);
            }
            MarkKind::Straight => self.second_straight(mark, place),
            _ => self.close(place, mark),
        }
    }

    /// `''` closes what two grave accents or two commas opened, and behind a stop or comma any high mark. Elsewhere it is
    /// markup for italics.
    fn double_straight(&mut self, mark: Mark) {
        let stopped = mark.before.is_some_and(|c| ",.!?…".contains(c)) && !mark.word_after();
        let opened = |o: &Open| {
            let high = matches!(o.shape, MarkKind::High | MarkKind::Straight);
            o.shape == MarkKind::Grave || high && stopped
        };
        if let Some(place) = self.open.iter().rposition(opened) {
            self.close(place, mark);
        }
    }

    /// Whether a mark with a space on either side opens: the next double mark of the line could close it, and no number
    /// stands before it, whose unit it would be.
    fn opens_loosely(&self, mark: Mark) -> bool {
        let measure = head(self.text, mark.start)
            .trim_end()
            .ends_with(|c: char| c.is_numeric());
        if !mark.space_before() || !mark.space_after() || measure {
            return false;
        }
        let rest = tail(self.text, mark.end);
        let window = head(rest, rest.floor_char_boundary(MAX_LOOSE));
        let closer = window.find(['"', '”', '“', '«', '»', '„']);
        let Some(at) = closer.filter(|&at| head(window, at).contains(char::is_alphanumeric)) else {
            return false;
        };
        let is_in_line = at < rest_of_line(window, 0).len();
        mark_at(self.text, mark.end + at).is_some_and(|next| {
            let stands = next.looks_closed() || next.space_before() && !next.word_after();
            let closes = next.shape.closes(mark.shape) && next.shape != MarkKind::High && stands;
            closes && (is_in_line || self.leads_line(mark) && self.leads_on(next))
        })
    }

    /// Whether nothing but spaces stands before the mark in its line.
    fn leads_line(&self, mark: Mark) -> bool {
        let before = head(self.text, mark.start).trim_end_matches([' ', '\t', '\u{a0}']);
        before.is_empty() || before.ends_with(LINE_ENDS)
    }

    /// Whether a mark opens its line, and the sentence around the quotation goes on behind it (`" the mayor said.`).
    fn leads_on(&self, mark: Mark) -> bool {
        let goes_on = tail(self.text, mark.end).trim_start_matches(' ');
        self.leads_line(mark) && goes_on.starts_with(char::is_lowercase)
    }

    fn open_double(&mut self, mark: Mark) {
        let opens = match mark.shape {
            MarkKind::High => {
                mark.after.is_some()
                    && !mark.space_after()
                    && (mark.word_after() || !mark.word_before())
                    || self.opens_loosely(mark)
            }
            MarkKind::LeftGuillemet | MarkKind::LeftSingleGuillemet => true,
            MarkKind::Straight => mark.looks_open() || self.opens_loosely(mark),
            MarkKind::HighClose | MarkKind::RightGuillemet | MarkKind::RightSingleGuillemet => {
                mark.looks_open() && mark.word_after()
            }
            _ => false,
        };
        if opens {
            self.push(mark);
        }
    }

    /// `“` while a high or straight quotation is open: before lower case, a space or punctuation it is a damaged
    /// closer; before a new sentence the closer of the first is missing.
    fn second_opener(&mut self, mark: Mark, place: usize) {
        let starts = mark
            .after
            .is_some_and(|c| c.is_uppercase() || c.is_numeric() || c == '‘' || c == '\'');
        let lower = mark.after.is_some_and(char::is_lowercase);
        let nested = self.open[place].shape == MarkKind::Straight && mark.looks_open();
        let glued = mark.before.is_some_and(|c| ",.!?".contains(c)) || mark.space_before();
        if !nested && !starts && (!lower || glued) {
            self.close(place, mark);
        } else {
            if !nested {
                self.abandon(place, mark.start);
            }
            self.push(mark);
        }
    }

    /// `"` while one is open. Air before and a capital after, with no air before the closer, is a new opener.
    fn second_straight(&mut self, mark: Mark, place: usize) {
        let fresh = mark.looks_open()
            && !mark.looks_closed()
            && !head(self.text, mark.start).ends_with(is_mark);
        let capital = mark.after.is_some_and(char::is_uppercase);
        if fresh && (capital || self.open[place].broken) {
            self.abandon(place, mark.start);
            self.push(mark);
        } else {
            self.close(place, mark);
        }
    }

    /// Single marks: an apostrophe unless it stands as a mark does.
    fn single(&mut self, mark: Mark) {
        if mark.word_before() && mark.word_after() && mark.shape != MarkKind::SingleLow {
            return;
        }
        let place = self.open.iter().rposition(|o| mark.shape.closes(o.shape));
        let closable = !mark.word_after() && mark.before.is_some_and(|c| !c.is_whitespace());
        if let Some(place) = place.filter(|_| closable) {
            if !self.is_plural_possessive(mark) {
                self.close(place, mark);
            }
            return;
        }
        let opens = match mark.shape {
            MarkKind::SingleLow => mark.space_before() && mark.word_after(),
            MarkKind::Single => {
                !mark.space_after()
                    && mark.after.is_some()
                    && !mark.word_before()
                    && !self.is_elision(mark)
            }
            MarkKind::SingleStraight => mark.looks_open() && !self.is_elision(mark),
            MarkKind::SingleGrave => mark.looks_open() && mark.word_after(),
            _ => false,
        };
        if opens && place.is_none() {
            self.push(mark);
        }
    }

    /// `workers’ rights’`: a mark after `s` before a lower-case word, with another closer later in the line.
    fn is_plural_possessive(&self, mark: Mark) -> bool {
        if !matches!(mark.before, Some('s' | 'S' | 'x' | 'z')) {
            return false;
        }
        let rest = tail(self.text, mark.end);
        let mut next = rest.chars();
        if next.next() != Some(' ') || !next.next().is_some_and(char::is_lowercase) {
            return false;
        }
        let line = rest_of_line(head(rest, rest.floor_char_boundary(200)), 0);
        let mut previous = ' ';
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            if matches!(c, '“' | '‘' | '"' | '”') {
                return false;
            }
            let closes = matches!(c, '\'' | '’') && !previous.is_whitespace();
            if closes && !chars.peek().is_some_and(|n| n.is_alphanumeric()) {
                return true;
            }
            previous = c;
        }
        false
    }

    /// `'90s`, `'em`, `'til`: letters were left out.
    fn is_elision(&self, mark: Mark) -> bool {
        let rest = tail(self.text, mark.end);
        let word: String = rest
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .take(8)
            .collect();
        let short = [
            "em", "til", "till", "cause", "n", "tis", "twas", "bout", "s", "t", "ll", "re", "ve",
            "d", "m",
        ];
        let decade = word.ends_with('s')
            && word
                .as_bytes()
                .get(..2)
                .is_some_and(|two| two.iter().all(u8::is_ascii_digit));
        decade || short.contains(&word.to_lowercase().as_str())
    }

    fn push(&mut self, mark: Mark) {
        if self.open.len() == MAX_DEPTH {
            self.open.remove(0);
        }
        let before =
            head(self.text, mark.start).trim_end_matches([' ', '\t', '\u{a0}', '\u{feff}']);
        let leads = before.is_empty() || before.ends_with(LINE_ENDS);
        self.open.push(Open {
            shape: mark.shape,
            outer: mark.start,
            inner: mark.end,
            broken: false,
            leads,
        });
    }

    /// Closes the open mark at `place`; what was opened after it is dropped.
    fn close(&mut self, place: usize, mark: Mark) {
        let open = self.open[place];
        self.open.truncate(place);
        self.emit(open, mark.start..mark.end, Ending::Closed);
    }

    /// Notes the words from the open mark to the `closer`, which is empty where none stands.
    fn emit(&mut self, open: Open, closer: Range<usize>, ending: Ending) {
        let words = part(self.text, open.inner, closer.start);
        if words.chars().any(char::is_alphanumeric) {
            self.found.push(Marked {
                inner: ByteSpan::new(open.inner, closer.start),
                outer: ByteSpan::new(open.outer, closer.end),
                depth: 0,
                ending,
            });
        }
    }

    /// The closer of the open mark at `place` is missing. What led its paragraph is kept up to the paragraph's end, and
    /// what ends as a sentence right before the next opener: scrapers join the paragraphs of a long quotation.
    fn abandon(&mut self, place: usize, limit: usize) {
        let open = self.open[place];
        self.open.truncate(place);
        let line = rest_of_line(part(self.text, open.inner, limit), 0).trim_end();
        let joined = !open.broken && is_joined(line, open.shape);
        if (open.leads && open.broken && line.len() > 1) || joined {
            let end = open.inner + line.len();
            let ending = if joined {
                Ending::Continued
            } else {
                Ending::Missing
            };
            self.emit(open, end..end, ending);
        }
    }

    fn give_up(&mut self) {
        self.open.clear();
    }

    /// At a line end: single marks are given up; an open double mark continues when the next paragraph leads with its
    /// opener, and is given up when the gap grows too long. Returns the byte to go on from.
    fn line_end(&mut self, at: usize) -> usize {
        let rest = tail(self.text, at);
        let next = at + (rest.len() - rest.trim_start().len());
        self.open.retain(|o| !o.shape.is_single());
        if let Some(open) = self.open.first().copied() {
            let opener = part(self.text, open.outer, open.inner);
            let again = tail(self.text, next).strip_prefix(opener);
            if again.is_some_and(|words| {
                open.shape != MarkKind::Straight || !words.starts_with(char::is_whitespace)
            }) {
                let line = rest_of_line(part(self.text, open.inner, at), 0).trim_end();
                let end = open.inner + line.len();
                let ending = if open.broken {
                    Ending::Missing
                } else {
                    Ending::Continued
                };
                self.emit(open, end..end, ending);
                self.open.clear();
            } else if at - open.outer > MAX_ACROSS_PARAGRAPHS {
                self.abandon(0, at);
            } else {
                self.open.iter_mut().for_each(|o| o.broken = true);
            }
        }
        next.max(at + 1)
    }

    fn finish(&mut self, len: usize) {
        if let Some(open) = self.open.first_mut() {
            open.broken = true;
            self.abandon(0, len);
        }
    }
}

/// Whether a line from an opener to the next is a quoted paragraph: whole sentences, between marks that cannot be closers.
fn is_joined(line: &str, opener: MarkKind) -> bool {
    let words =
        line.trim_end_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{200d}');
    opener == MarkKind::High && words.len() <= MAX_JOINED && words.ends_with(['.', '?', '!', '…'])
}

/// Sorts stretches by place, the outer before the inner, and counts those around each. One that begins inside another and
/// ends behind it (where the outer one's closing mark is missing) goes.
pub(crate) fn nest(found: &mut Vec<Marked>) {
    found.sort_unstable_by_key(|m| (m.outer.start, std::cmp::Reverse(m.outer.end)));
    let mut around: Vec<u32> = Vec::with_capacity(MAX_DEPTH);
    found.retain_mut(|marked| {
        while around.last().is_some_and(|&end| end <= marked.outer.start) {
            around.pop();
        }
        if around.last().is_some_and(|&end| end < marked.outer.end) {
            return false;
        }
        marked.depth = u8::try_from(around.len()).unwrap_or(u8::MAX);
        around.push(marked.outer.end);
        true
    });
}
