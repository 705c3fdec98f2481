//! What a quotation mark looks like, and what stands around it.
//!
//! The main types are [`Shape`] and [`Mark`].

/// What a mark looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
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
    /// `「` or `『`.
    CornerOpen,
    /// `」` or `』`.
    CornerClose,
}

impl Shape {
    pub(crate) fn is_single(self) -> bool {
        matches!(
            self,
            Self::Single | Self::SingleClose | Self::SingleLow | Self::SingleStraight
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
            Self::RightGuillemet => self == Self::LeftGuillemet,
            Self::Single => matches!(self, Self::SingleClose | Self::SingleStraight),
            Self::SingleLow => matches!(
                self,
                Self::Single | Self::SingleClose | Self::SingleStraight
            ),
            Self::SingleStraight => matches!(self, Self::SingleStraight | Self::SingleClose),
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
    pub(crate) shape: Shape,
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

pub(crate) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‘'
            | '’'
            | '‚'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

/// The mark that starts at byte `at`, if any. Two single marks side by side read as one double mark.
pub(crate) fn mark_at(text: &str, at: usize) -> Option<Mark> {
    if !text.is_char_boundary(at) {
        return None;
    }
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let shape = match first {
        '“' | '‟' => Shape::High,
        '”' => Shape::HighClose,
        '„' => Shape::Low,
        '"' => Shape::Straight,
        '«' => Shape::LeftGuillemet,
        '»' => Shape::RightGuillemet,
        '\'' if rest.starts_with("''") => Shape::Straight,
        '‘' if rest.starts_with("‘‘") => Shape::High,
        '’' if rest.starts_with("’’") => Shape::HighClose,
        '‘' => Shape::Single,
        '’' => Shape::SingleClose,
        '‚' => Shape::SingleLow,
        '\'' => Shape::SingleStraight,
        '‹' => Shape::LeftSingleGuillemet,
        '›' => Shape::RightSingleGuillemet,
        '「' | '『' => Shape::CornerOpen,
        '」' | '』' => Shape::CornerClose,
        _ => return None,
    };
    let doubled = matches!(first, '\'' | '‘' | '’') && !shape.is_single();
    let end = at + first.len_utf8() * if doubled { 2 } else { 1 };
    let before = text[..at].chars().next_back();
    Some(Mark {
        shape,
        start: at,
        end,
        before,
        after: text[end..].chars().next(),
        doubled,
    })
}
