//! Where JSON values end: side by side, in an array, or in an array inside the answer of a service.

use memchr::{memchr, memchr3};

use crate::read::envelope::Envelope;
use crate::read::pieces::{Piece, RecordEnd};

/// State between two bytes of a stream of JSON values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    /// Inside an outermost array, whose elements are the records.
    in_array: bool,
    /// Open brackets of the current record.
    depth: u64,
    place: Place,
    /// Bytes of the stream before the records, where they stand in an envelope.
    to_skip: u64,
    /// Objects that are open around the array of records.
    envelope: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Between records, or between the tokens of one.
    #[default]
    Outside,
    /// Inside a number, a name or garbage that is a record of its own.
    Scalar,
    /// Inside a string.
    Text,
    /// After a backslash in a string.
    Escape,
    /// Behind a line feed in a string.
    LineInText,
    /// In a line behind a record whose string was not closed in its line.
    LostInLine,
    /// At the beginning of such a line: an object here is a record again.
    LostAtStart,
}

impl Values {
    /// The beginning of a stream, whose records may stand in an envelope.
    pub(crate) fn new(envelope: Option<Envelope>) -> Self {
        let Envelope { before, depth } = envelope.unwrap_or_default();
        Self {
            to_skip: before,
            envelope: depth,
            in_array: depth > 0,
            ..Self::default()
        }
    }

    /// Whether the stream may not end here.
    pub(crate) fn is_open(&self) -> bool {
        self.in_array
            || self.depth > 0
            || self.envelope > 0
            || matches!(self.place, Place::Text | Place::Escape | Place::LineInText)
    }

    /// Whether what was read last belongs to no record.
    pub(crate) fn is_lost(&self) -> bool {
        matches!(self.place, Place::LostInLine | Place::LostAtStart)
    }

    pub(crate) fn feed(&mut self, piece: &[u8], base: usize, ends: &mut Vec<RecordEnd>) {
        let mut at = 0;
        if self.to_skip > 0 {
            let to_skip = usize::try_from(self.to_skip).unwrap_or(usize::MAX);
            at = piece.len().min(to_skip);
            self.to_skip -= at as u64;
            end(ends, base + at, Piece::Nothing);
        }
        while let Some(&byte) = piece.get(at) {
            let rest = piece.get(at..).unwrap_or_default();
            at += match self.place {
                Place::Outside => {
                    self.outside(byte, base + at + 1, ends);
                    1
                }
                Place::Text => self.in_text(rest, base + at, ends),
                Place::Escape => {
                    self.place = Place::Text;
                    1
                }
                Place::LineInText => self.after_line(byte, base + at, ends),
                Place::Scalar => self.in_scalar(byte, base + at, ends),
                Place::LostInLine | Place::LostAtStart => self.lost(rest, base + at, ends),
            };
        }
    }

    /// Goes to the end of the string, or of the piece; returns the bytes passed.
    fn in_text(&mut self, rest: &[u8], base: usize, ends: &mut Vec<RecordEnd>) -> usize {
        let Some(at) = memchr3(b'"', b'\\', b'\n', rest) else {
            return rest.len();
        };
        self.place = match rest.get(at) {
            Some(b'\\') => Place::Escape,
            Some(b'\n') => Place::LineInText,
            _ => Place::Outside,
        };
        if self.place == Place::Outside && self.depth == 0 && self.is_among_records() {
            end(ends, base + at + 1, Piece::Record);
        }
        at + 1
    }

    /// A line begins inside a string, which JSON does not have. If it begins as lines outside of strings do, the string was
    /// not closed, and its record is given up so that it costs no other.
    fn after_line(&mut self, byte: u8, at: usize, ends: &mut Vec<RecordEnd>) -> usize {
        match byte {
            _ if byte.is_ascii_whitespace() => return 1,
            b'{' | b'}' | b']' => {
                self.place = Place::LostAtStart;
                self.depth = 0;
                end(ends, at, Piece::Broken);
            }
            _ => self.place = Place::Text,
        }
        0
    }

    fn in_scalar(&mut self, byte: u8, at: usize, ends: &mut Vec<RecordEnd>) -> usize {
        if !is_delimiter(byte) {
            return 1;
        }
        self.place = Place::Outside;
        end(ends, at, Piece::Record);
        0
    }

    /// Goes on to the next line, or to the object that begins this one.
    fn lost(&mut self, rest: &[u8], at: usize, ends: &mut Vec<RecordEnd>) -> usize {
        if self.place == Place::LostInLine {
            let line = memchr(b'\n', rest);
            if line.is_some() {
                self.place = Place::LostAtStart;
            }
            return line.map_or(rest.len(), |line| line + 1);
        }
        match rest.first() {
            Some(b'{') => {
                end(ends, at, Piece::Nothing);
                self.place = Place::Outside;
            }
            Some(b']') if self.in_array => self.place = Place::Outside,
            Some(byte) if byte.is_ascii_whitespace() || *byte == b',' => return 1,
            _ => self.place = Place::LostInLine,
        }
        0
    }

    /// Whether values at depth 0 are records, and not the rest of an envelope.
    fn is_among_records(&self) -> bool {
        self.in_array || self.envelope == 0
    }

    fn outside(&mut self, byte: u8, behind: usize, ends: &mut Vec<RecordEnd>) {
        if !self.is_among_records() {
            return self.in_envelope(byte, behind, ends);
        }
        match byte {
            b'"' => self.place = Place::Text,
            b'[' if self.depth == 0 && !self.in_array => self.in_array = true,
            b']' if self.depth == 0 => self.in_array = false,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    end(ends, behind, Piece::Record);
                }
            }
            _ if self.depth > 0 || byte == b',' || byte.is_ascii_whitespace() => {}
            _ => self.place = Place::Scalar,
        }
    }

    /// Behind the array of records: up to the end of the envelope.
    fn in_envelope(&mut self, byte: u8, behind: usize, ends: &mut Vec<RecordEnd>) {
        match byte {
            b'"' => self.place = Place::Text,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 0 => self.depth -= 1,
            b'}' => {
                self.envelope -= 1;
                if self.envelope == 0 {
                    end(ends, behind, Piece::Nothing);
                }
            }
            _ => {}
        }
    }
}

fn end(ends: &mut Vec<RecordEnd>, at: usize, piece: Piece) {
    ends.push(RecordEnd { at, piece });
}

fn is_delimiter(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b'"')
}
