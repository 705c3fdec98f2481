//! What stands around a doubtful unit: prose, entries of the same build, or nothing. Bodies of short lines (results,
//! interviews, live posts) are told from menus by it.

use super::segmentation::Units;
use super::shape::Shape;
use super::unit_features::UnitFeatures;

/// The unit at a distance from another.
pub(crate) enum Neighbour<'a> {
    /// It is in doubt, too.
    UnitFeatures(&'a UnitFeatures),
    /// Article text beyond doubt.
    Text,
    /// There is none.
    Boundary,
}

impl<'a> Neighbour<'a> {
    pub(crate) fn of(units: &Units, drafts: &'a [UnitFeatures], at: usize, offset: isize) -> Self {
        let Some(unit) = drafts[at].unit.checked_add_signed(offset) else {
            return Self::Boundary;
        };
        if unit >= units.list.len() {
            return Self::Boundary;
        }
        // Drafts ascend by unit, so that its draft, if it has one, is the first on that side not nearer than it.
        let draft = if offset < 0 {
            drafts[..at].iter().rev().find(|draft| draft.unit <= unit)
        } else {
            drafts[at..].iter().find(|draft| draft.unit >= unit)
        };
        let draft = draft.filter(|draft| draft.unit == unit);
        draft.map_or(Self::Text, Self::UnitFeatures)
    }

    pub(crate) fn is_prose(&self) -> bool {
        match self {
            Self::UnitFeatures(draft) => draft.is_prose(),
            Self::Text => true,
            Self::Boundary => false,
        }
    }
}

/// The outline of a line: what entries of one list have in common, whatever they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent observations of one line, not states"
)]
pub(crate) struct LineTemplate {
    opens: Opening,
    /// A colon or a dash between words.
    pub label: bool,
    /// Brackets around all of it.
    pub bracketed: bool,
    numbers: bool,
    comma: bool,
    stop: bool,
    /// Words, coarsely: 1, 2 to 4, 5 to 9, more.
    words: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    Digit,
    Capital,
    Small,
    Mark,
}

/// Words of an entry whose label is looked for.
const MOST_ENTRY_WORDS: u32 = 20;

impl LineTemplate {
    pub(crate) fn of(line: &str, shape: &Shape) -> Self {
        let opens = match line.chars().next() {
            Some(c) if c.is_ascii_digit() => Opening::Digit,
            Some(c) if c.is_uppercase() => Opening::Capital,
            Some(c) if c.is_lowercase() => Opening::Small,
            _ => Opening::Mark,
        };
        Self {
            opens,
            label: shape.words <= MOST_ENTRY_WORDS && has_label(line),
            bracketed: line.starts_with(['(', '[']),
            numbers: shape.numbers > 0,
            comma: line.contains(','),
            stop: shape.stop,
            words: match shape.words {
                0 | 1 => 0,
                2..=4 => 1,
                5..=9 => 2,
                _ => 3,
            },
        }
    }

    /// Whether the line has the build of an entry: a number, a comma or a label, and no stop.
    pub(crate) fn is_entry(self) -> bool {
        !self.stop && (self.numbers || self.comma || self.label || self.opens == Opening::Mark)
    }
}

/// Whether a colon or a dash stands within `line`.
fn has_label(line: &str) -> bool {
    let bytes = line.trim_end_matches(':').as_bytes();
    memchr::memchr3_iter(b':', 0xe2, b'-', bytes).any(|at| match bytes[at..] {
        [b':', ..] | [0xe2, 0x80, 0x93 | 0x94, ..] => true,
        [b'-', b' ', ..] => at > 0 && bytes[at - 1] == b' ',
        _ => false,
    })
}
