//! What a quotation mark looks like, and what stands around it.
//!
//! The main types are [`MarkKind`] and [`Mark`].

use super::cut::head;

/// What a mark looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MarkKind {
    /// `“` or `‟`.
    High,
    /// `”`.
    HighClose,
    /// `„`.
    Low,
    /// `"`.
    Straight,
    /// `«`.
    LeftGuillemet,
    /// `»`.
    RightGuillemet,
    /// `‘`.
    Single,
    /// `’`.
    SingleClose,
    /// `‚`.
    SingleLow,
    /// `'`.
    SingleStraight,
    /// `‹`.
    LeftSingleGuillemet,
    /// `›`.
    RightSingleGuillemet,
    /// `「`, `『` or `〝`.
    CornerOpen,
    /// `」`, `』`, `〞` or `〟`.
    CornerClose,
    /// Two grave accents, as LaTeX and tokenised corpora open a quotation, or two commas before a word.
    Grave,
    /// One grave accent before a word.
    SingleGrave,
}

impl MarkKind {
    pub(crate) fn is_single(self) -> bool {
        matches!(
            self,
            Self::Single
                | Self::SingleClose
                | Self::SingleLow
                | Self::SingleStraight
                | Self::SingleGrave
        )
    }

    /// Whether `self` may close what `open` opened.
    pub(crate) fn closes(self, open: Self) -> bool {
        match open {
            Self::High => matches!(self, Self::HighClose | Self::High | Self::Straight),
            Self::HighClose => self == Self::HighClose,
            Self::Low => matches!(self, Self::High | Self::HighClose | Self::Straight),
            Self::Straight => matches!(self, Self::Straight | Self::HighClose | Self::High),
            Self::LeftGuillemet => self == Self::RightGuillemet,
            Self::RightGuillemet => matches!(self, Self::LeftGuillemet | Self::RightGuillemet),
            Self::Grave => matches!(self, Self::Straight | Self::HighClose),
            Self::Single => matches!(self, Self::SingleClose | Self::SingleStraight),
            Self::SingleLow => matches!(
                self,
                Self::Single | Self::SingleClose | Self::SingleStraight
            ),
            Self::SingleStraight | Self::SingleGrave => {
                matches!(self, Self::SingleStraight | Self::SingleClose)
            }
            Self::LeftSingleGuillemet => self == Self::RightSingleGuillemet,
            Self::RightSingleGuillemet => self == Self::LeftSingleGuillemet,
            Self::CornerOpen => self == Self::CornerClose,
            Self::SingleClose | Self::CornerClose => false,
        }
    }
}

/// One mark with its surroundings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) shape: MarkKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) before: Option<char>,
    pub(crate) after: Option<char>,
    /// Two single marks that stand for one double mark.
    pub(crate) doubled: bool,
}

impl Mark {
    pub(crate) fn space_before(&self) -> bool {
        self.before.is_none_or(|c| {
            c.is_whitespace() || "([{—–-/|*:\u{200b}\u{feff}>".contains(c) || is_mark(c)
        })
    }

    pub(crate) fn space_after(&self) -> bool {
        self.after.is_none_or(char::is_whitespace)
    }

    pub(crate) fn word_before(&self) -> bool {
        self.before.is_some_and(char::is_alphanumeric)
    }

    pub(crate) fn word_after(&self) -> bool {
        self.after.is_some_and(char::is_alphanumeric)
    }

    /// Stands as an opener does: air on its left, text on its right.
    pub(crate) fn looks_open(&self) -> bool {
        self.space_before()
            && !self.space_after()
            && self
                .after
                .is_some_and(|c| !",;.!?)]}".contains(c) || c == '.')
    }

    /// Stands as a closer does: text on its left, no word on its right.
    pub(crate) fn looks_closed(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace()) && !self.word_after()
    }
}

/// Whether the character is a quotation mark or an apostrophe.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\'' | '`') || shape_of(c, "").is_some()
}

/// The shape of the mark that `first` begins; `rest` follows it.
fn shape_of(first: char, rest: &str) -> Option<MarkKind> {
    let twice = rest.starts_with(first);
    Some(match first {
        '“' | '‟' | '❝' => MarkKind::High,
        '”' | '❞' | '″' => MarkKind::HighClose,
        '„' => MarkKind::Low,
        '"' | '＂' => MarkKind::Straight,
        '«' => MarkKind::LeftGuillemet,
        '»' => MarkKind::RightGuillemet,
        '\'' if twice => MarkKind::Straight,
        '‘' if twice => MarkKind::High,
        '’' if twice => MarkKind::HighClose,
        ',' | '`' if twice => MarkKind::Grave,
        '‘' => MarkKind::Single,
        '’' => MarkKind::SingleClose,
        '‚' => MarkKind::SingleLow,
        '\'' => MarkKind::SingleStraight,
        '`' => MarkKind::SingleGrave,
        '‹' => MarkKind::LeftSingleGuillemet,
        '›' => MarkKind::RightSingleGuillemet,
        '「' | '『' | '〝' => MarkKind::CornerOpen,
        '」' | '』' | '〞' | '〟' => MarkKind::CornerClose,
        _ => return None,
    })
}

/// The mark that starts at byte `at`, if any. Two single marks side by side read as one double mark, and so do two
/// commas before a word; three grave accents are a fence around code.
pub(crate) fn mark_at(text: &str, at: usize) -> Option<Mark> {
    let mut chars = text.get(at..)?.chars();
    let first = chars.next()?;
    let shape = shape_of(first, chars.as_str())?;
    let doubled = matches!(first, '\'' | '‘' | '’' | ',' | '`') && !shape.is_single();
    if doubled {
        chars.next();
    }
    let end = text.len() - chars.as_str().len();
    let mark = Mark {
        shape,
        start: at,
        end,
        before: head(text, at).chars().next_back(),
        after: chars.next(),
        doubled,
    };
    let sound = match first {
        ',' => mark.space_before() && mark.word_after(),
        '″' => !mark.before.is_some_and(char::is_numeric),
        '`' => mark.after != Some('`') && mark.before != Some('`') && !mark.word_before(),
        _ => true,
    };
    sound.then_some(mark)
}
