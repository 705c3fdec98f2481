//! Quotation marks: which of them open, which close, and what lies between.
//!
//! The main type is [`Marked`]. [`scan`] walks over the marks of a text once, with a small stack, and knows curly,
//! straight, low-high and single marks, guillemets in both directions and corner brackets. Apostrophes are no marks.
//! Nothing that is left open stops the reading: an open mark is given up where the reading shows that its closer is
//! missing.

use wirecopy_core::ByteSpan;

use super::DoubledMarks;
use super::shape::{Mark, Shape, is_mark, mark_at};

/// Nesting that is followed: deeper marks are taken for damage.
const MAX_DEPTH: usize = 4;
/// Bytes after which an open double mark is given up, when paragraph ends lie between. Long enough for a speech of
/// three paragraphs without marks between them.
const MAX_ACROSS_PARAGRAPHS: usize = 3_000;
/// Bytes after which an open single mark is given up: it was an apostrophe.
const MAX_SINGLE: usize = 1_500;
/// Most bytes of a quoted paragraph that was joined to the next one: quoted paragraphs in news are shorter.
const MAX_JOINED: usize = 1_500;

/// One stretch of text between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// Between the marks.
    pub(crate) inner: ByteSpan,
    /// With the marks. Ends where `inner` does when the closer is missing.
    pub(crate) outer: ByteSpan,
    /// Number of quotations around this one.
    pub(crate) depth: u8,
    /// Whether the next paragraph goes on with the same words.
    pub(crate) continued: bool,
}

/// A mark that waits for its closer.
#[derive(Clone, Copy, Debug)]
struct Open {
    shape: Shape,
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
    doubled: DoubledMarks,
    open: Vec<Open>,
    found: Vec<Marked>,
}

/// Finds what stands between quotation marks in `text`, outside the byte spans `skip` (ascending, disjoint; a reading
/// never crosses one). Sorted by start, outer before inner. Spans lie on character boundaries. O(length).
#[must_use]
pub(crate) fn scan(text: &str, skip: &[ByteSpan], doubled: DoubledMarks) -> Vec<Marked> {
    let mut reader = Reader {
        text,
        doubled,
        open: Vec::with_capacity(MAX_DEPTH),
        found: Vec::new(),
    };
    let mut skip = skip.iter().peekable();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|&b| may_start_mark(b)) {
        at += step;
        while skip.next_if(|s| s.end as usize <= at).is_some() {
            reader.give_up();
        }
        if let Some(hole) = skip.peek().filter(|s| s.start as usize <= at) {
            reader.give_up();
            at = hole.end as usize;
            continue;
        }
        if bytes[at] == b'\n' {
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
        if !mark.doubled || reader.doubled == DoubledMarks::Read {
            reader.read(mark);
        }
    }
    if skip.peek().is_some() {
        reader.give_up();
    }
    reader.finished()
}

/// First bytes of the marks in UTF-8, and the line end.
fn may_start_mark(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'\n' | 0xC2 | 0xE2 | 0xE3)
}

impl Reader<'_> {
    /// All that was found, the outer before the inner.
    fn finished(mut self) -> Vec<Marked> {
        self.finish(self.text.len());
        let mut found = self.found;
        found.sort_unstable_by_key(|m| (m.outer.start, std::cmp::Reverse(m.outer.end)));
        set_depths(&mut found);
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
            Shape::CornerOpen | Shape::Low => self.push(mark),
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
            Shape::High if open.shape != Shape::Low => self.second_opener(mark, place),
            Shape::Straight => self.second_straight(mark, place),
            _ => self.close(place, mark),
        }
    }

    fn open_double(&mut self, mark: Mark) {
        let opens = match mark.shape {
            Shape::High => {
                mark.after.is_some()
                    && !mark.space_after()
                    && (mark.word_after() || !mark.word_before())
            }
            Shape::LeftGuillemet | Shape::LeftSingleGuillemet => true,
            Shape::Straight => mark.looks_open(),
            Shape::HighClose | Shape::RightGuillemet | Shape::RightSingleGuillemet => {
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
        let nested = self.open[place].shape == Shape::Straight && mark.looks_open();
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
            && !self.text[..mark.start].ends_with(is_mark);
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
        if mark.word_before() && mark.word_after() && mark.shape != Shape::SingleLow {
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
            Shape::SingleLow => mark.space_before() && mark.word_after(),
            Shape::Single => {
                !mark.space_after()
                    && mark.after.is_some()
                    && !mark.word_before()
                    && !self.is_elision(mark)
            }
            Shape::SingleStraight => mark.looks_open() && !self.is_elision(mark),
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
        let rest = &self.text[mark.end..];
        let mut next = rest.chars();
        if next.next() != Some(' ') || !next.next().is_some_and(char::is_lowercase) {
            return false;
        }
        let window = &rest[..rest.floor_char_boundary(200)];
        let line = window.split('\n').next().unwrap_or_default();
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
        let rest = &self.text[mark.end..];
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
        let before = self.text[..mark.start].trim_end_matches([' ', '\t', '\u{a0}', '\u{feff}']);
        let leads = before.is_empty() || before.ends_with('\n');
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
        self.emit(open, mark.start, mark.end);
    }

    fn emit(&mut self, open: Open, inner_end: usize, outer_end: usize) {
        let words = &self.text[open.inner..inner_end];
        if words.chars().any(char::is_alphanumeric) {
            let inner = ByteSpan::new(open.inner, inner_end);
            let outer = ByteSpan::new(open.outer, outer_end);
            let continued = inner_end == outer_end;
            self.found.push(Marked {
                inner,
                outer,
                depth: 0,
                continued,
            });
        }
    }

    /// The closer of the open mark at `place` is missing. What led its paragraph is kept up to the paragraph's end, and
    /// what ends as a sentence right before the next opener: scrapers join the paragraphs of a long quotation.
    fn abandon(&mut self, place: usize, limit: usize) {
        let open = self.open[place];
        self.open.truncate(place);
        let line = self.text[open.inner..limit]
            .split('\n')
            .next()
            .unwrap_or_default()
            .trim_end();
        let joined = !open.broken && is_joined(line, open.shape);
        if (open.leads && open.broken && line.len() > 1) || joined {
            let end = open.inner + line.len();
            self.emit(open, end, end);
        }
    }

    fn give_up(&mut self) {
        self.open.clear();
    }

    /// At a line end: single marks are given up; an open double mark continues when the next paragraph leads with its
    /// opener, and is given up when the gap grows too long. Returns the byte to go on from.
    fn line_end(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let next = at + (rest.len() - rest.trim_start().len());
        self.open.retain(|o| !o.shape.is_single());
        if let Some(open) = self.open.first().copied() {
            let opener = &self.text[open.outer..open.inner];
            let same = self.text[next..].starts_with(opener);
            if same
                && !(open.shape == Shape::Straight
                    && self.text[next + opener.len()..].starts_with(char::is_whitespace))
            {
                let end = open.inner + self.text[open.inner..at].trim_end().len();
                let end = self.text[open.inner..end]
                    .find('\n')
                    .map_or(end, |cut| open.inner + cut);
                self.emit(open, end, end);
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
fn is_joined(line: &str, opener: Shape) -> bool {
    let words =
        line.trim_end_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{200d}');
    opener == Shape::High && words.len() <= MAX_JOINED && words.ends_with(['.', '?', '!', '…'])
}

/// Counts the quotations around each; `found` is sorted, outer first.
fn set_depths(found: &mut [Marked]) {
    let mut around: Vec<u32> = Vec::with_capacity(MAX_DEPTH);
    for marked in found {
        while around.last().is_some_and(|&end| end <= marked.outer.start) {
            around.pop();
        }
        marked.depth = u8::try_from(around.len()).unwrap_or(u8::MAX);
        around.push(marked.outer.end);
    }
}
