//! From cuts to words.

use std::ops::Range;

use super::boundaries::{Cuts, is_separator, wide_separator};
use super::{PlainWords, Sink};
use crate::ByteSpan;
use crate::fold_char;
use crate::kernel::Kernel;
use crate::normalize::CharClass;

/// Cuts one part of a text into words. Offsets are of `text` until they are handed on, when `base` is added.
pub(super) struct Cutter<'a, S> {
    pub(super) text: &'a str,
    pub(super) base: usize,
    pub(super) sink: &'a mut S,
    /// Scratch.
    pub(super) folded: &'a mut Vec<u8>,
    pub(super) kernel: Kernel,
}

impl<S: Sink> Cutter<'_, S> {
    /// Words of `start..end`, whose cuts are given relative to `start`.
    pub(super) fn section(&mut self, cuts: &Cuts, start: usize, end: usize) {
        let mut special = cuts.special();
        let (mut edge, mut done) = (0, 0);
        while let Some(found) = special.next() {
            let width = wide_separator(&self.text.as_bytes()[start + found..end]);
            if width > 0 {
                special.skip_before(found + width);
                continue;
            }
            let chunk = self.chunk_around(start + found, start + done, end);
            self.plain(
                cuts.words(edge..cuts.edges_before(chunk.start - start)),
                start,
            );
            done = chunk.end - start;
            // A word may end where the chunk does, and none begins there.
            edge = cuts.edges_before(done + 1);
            match Short::of(self.text, chunk.clone()) {
                Some(short) => self.short(&short),
                None => self.chars(chunk.start, chunk.end),
            }
            special.skip_before(done);
        }
        self.plain(cuts.words(edge..cuts.edge_count()), start);
    }

    fn plain(&mut self, words: &[[u32; 2]], origin: usize) {
        self.sink.plain(PlainWords {
            bytes: &self.text.as_bytes()[origin..],
            shift: (self.base + origin) as u32,
            words,
            kernel: self.kernel,
        });
    }

    /// The longest stretch of `low..high` around `at` without a separator.
    fn chunk_around(&self, at: usize, low: usize, high: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let before = bytes[low..at]
            .iter()
            .rev()
            .take_while(|&&b| !is_separator(b))
            .count();
        let after = bytes[at..high]
            .iter()
            .take_while(|&&b| !is_separator(b))
            .count();
        at - before..at + after
    }

    /// Words of a short chunk. The same as [`chars`](Self::chars) says, for a tenth of the work.
    fn short(&mut self, chunk: &Short) {
        let mut folded = [0; Short::CHARS];
        let (mut start, mut end, mut len, mut run) = (None, 0, 0, 0);
        let mut last = Kind::Other;
        for at in 0..=chunk.len {
            let kind = chunk.kind(at);
            if kind.is_word() {
                start.get_or_insert(chunk.places[at]);
                end = chunk.places[at] + 1;
                folded[len] = chunk.bytes[at].to_ascii_lowercase();
                (len, run, last) = (len + 1, run + 1, kind);
            } else if start.is_some() && chunk.joins(at, last, run) {
                run = if kind == Kind::FullStop { 0 } else { run };
                last = kind;
            } else if let Some(start) = start.take() {
                let span = ByteSpan::new(self.base + start as usize, self.base + end as usize);
                self.sink.word(&folded[..len], span);
                (len, run) = (0, 0);
            }
        }
    }

    /// Tokens of `start..end`, which begins and ends between chunks, character by character.
    pub(super) fn chars(&mut self, start: usize, end: usize) {
        let mut word = Word::default();
        let part = self.text.get(start..end).unwrap_or_default();
        let mut chars = part.char_indices();
        while let Some((at, c)) = chars.next() {
            let at = start + at;
            let behind = at + c.len_utf8();
            match CharClass::of(c) {
                CharClass::Ignorable => {}
                CharClass::Mark => word.extend_to(behind),
                CharClass::Alone => {
                    self.close(&mut word);
                    self.take(&mut word, c, at..behind);
                    self.close(&mut word);
                }
                class if class.is_word() => {
                    self.take(&mut word, c, at..behind);
                    word.last = class;
                }
                class if word.joins(class, chars.as_str()) => word.pass(class),
                _ => self.close(&mut word),
            }
        }
        self.close(&mut word);
    }

    /// Adds `c`, which stands at `at`, to the open word, or opens one.
    #[inline]
    fn take(&mut self, word: &mut Word, c: char, at: Range<usize>) {
        word.start.get_or_insert(at.start);
        word.end = at.end;
        word.run += 1;
        let folded = &mut *self.folded;
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase() as u8);
        } else {
            fold_char(c, |f| {
                folded.extend_from_slice(f.encode_utf8(&mut [0; 4]).as_bytes())
            });
        }
    }

    fn close(&mut self, word: &mut Word) {
        if let Some(start) = word.start {
            if !self.folded.is_empty() {
                let span = ByteSpan::new(self.base + start, self.base + word.end);
                self.sink.word(self.folded, span);
                self.folded.clear();
            }
            *word = Word::default();
        }
    }
}

/// A chunk of few characters, all of them ASCII, apostrophes, or such as end a word: nearly every chunk.
struct Short {
    /// The characters, with a straight apostrophe for each apostrophe and a space for each that ends a word.
    bytes: [u8; Self::CHARS + 2],
    /// Where they stand in the text.
    places: [u32; Self::CHARS + 1],
    len: usize,
}

/// What a character of a short chunk is: see [`CharClass`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Apostrophe,
    FullStop,
    Comma,
    Other,
}

impl Kind {
    fn is_word(self) -> bool {
        matches!(self, Self::Letter | Self::Digit)
    }
}

impl Short {
    /// Longer chunks are rare.
    const CHARS: usize = 30;

    /// The chunk that stands in `range`, if it is one of these.
    fn of(text: &str, range: Range<usize>) -> Option<Self> {
        let mut short = Self {
            bytes: [b' '; Self::CHARS + 2],
            places: [0; Self::CHARS + 1],
            len: 0,
        };
        let mut at = range.start;
        while at < range.end {
            let rest = &text.as_bytes()[at..range.end];
            let (byte, width) = match rest {
                [byte, ..] if byte.is_ascii() => (*byte, 1),
                [0xe2, 0x80, 0x98 | 0x99, ..] => (b'\'', 3),
                _ => (b' ', wide_separator(rest)),
            };
            if width == 0 || short.len == Self::CHARS {
                return None;
            }
            short.bytes[short.len] = byte;
            short.places[short.len] = at as u32;
            short.len += 1;
            at += width;
        }
        Some(short)
    }

    /// What stands at `at`; past the end, something that ends a word.
    #[inline]
    fn kind(&self, at: usize) -> Kind {
        match self.bytes[at] {
            b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter,
            b'0'..=b'9' => Kind::Digit,
            b'\'' => Kind::Apostrophe,
            b'.' => Kind::FullStop,
            b',' => Kind::Comma,
            _ => Kind::Other,
        }
    }

    /// Whether the character at `at` stays inside the word before it, whose last character is `last` and which has `run`
    /// characters since its last inner full stop. See [`Word::joins`].
    fn joins(&self, at: usize, last: Kind, run: u32) -> bool {
        use Kind::{Apostrophe, Comma, Digit, FullStop, Letter};
        if at >= self.len {
            return false;
        }
        match (self.kind(at), last, self.kind(at + 1)) {
            (Apostrophe, Letter, Letter) | (Comma | FullStop, Digit, Digit) => true,
            (FullStop, Letter, Letter) => run == 1 && !self.kind(at + 2).is_word(),
            _ => false,
        }
    }
}

/// The word that is open while characters go by.
struct Word {
    /// Its first byte.
    start: Option<usize>,
    /// One past its last byte so far.
    end: usize,
    /// Word characters since its beginning or its last inner full stop.
    run: u32,
    /// Class of its last character, marks left out.
    last: CharClass,
}

impl Default for Word {
    fn default() -> Self {
        Self {
            start: None,
            end: 0,
            run: 0,
            last: CharClass::Other,
        }
    }
}

impl Word {
    /// An accent that ends before `behind` belongs to an open word.
    fn extend_to(&mut self, behind: usize) {
        if self.start.is_some() && self.last.is_word() {
            self.end = behind;
        }
    }

    /// Whether a joiner of class `class` stays inside the word, given the text behind it.
    fn joins(&self, class: CharClass, behind: &str) -> bool {
        use CharClass::{Apostrophe, Comma, Digit, FullStop, Ignorable, Letter, Mark};
        if !matches!(class, Apostrophe | Comma | FullStop) || !matches!(self.last, Letter | Digit) {
            return false;
        }
        let mut classes = behind
            .chars()
            .map(CharClass::of)
            .filter(|&c| c != Ignorable);
        let after = classes.next();
        match (class, self.last, after) {
            (Apostrophe, Letter, Some(Letter)) | (Comma | FullStop, Digit, Some(Digit)) => true,
            (FullStop, Letter, Some(Letter)) => {
                self.run == 1 && !classes.find(|&c| c != Mark).is_some_and(CharClass::is_word)
            }
            _ => false,
        }
    }

    fn pass(&mut self, joiner: CharClass) {
        self.last = joiner;
        if joiner == CharClass::FullStop {
            self.run = 0;
        }
    }
}
