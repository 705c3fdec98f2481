//! How the terminal is to be used: width, colour, character set.

use wirecopy_findings::EditKindName;

use crate::sanitize::Charset;

/// Whether ANSI colour codes are written. The caller decides by `NO_COLOR` and by whether the output is a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// No codes; differences carry marks.
    #[default]
    Never,
    /// SGR codes of the sixteen basic colours, which follow the reader's own theme.
    Always,
}

/// What the reader's terminal can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns; taken as at least 40.
    pub width: usize,
    /// Colour codes.
    pub colour: Colour,
    /// Characters.
    pub charset: Charset,
}

impl Default for Style {
    /// 80 columns of Unicode without colour: what a pipe gets.
    fn default() -> Self {
        Self {
            width: 80,
            colour: Colour::Never,
            charset: Charset::Unicode,
        }
    }
}

/// What a stretch of output is, which decides how it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Paint {
    #[default]
    Plain,
    Faint,
    Strong,
    Heading,
    Name,
    Speaker,
    Quoted,
    Warning,
    Changed,
    Cut,
    Added,
    Moved,
}

impl Paint {
    /// The parameters of the SGR code; empty for plain text.
    pub(crate) fn sgr(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Faint => "2",
            Self::Strong => "1",
            Self::Heading => "1;4",
            Self::Name => "36",
            Self::Speaker => "1;36",
            Self::Quoted => "3;94",
            Self::Warning => "33",
            // Shape tells these apart too, for readers who do not see the colours: bold, struck out, underlined, slanted.
            Self::Changed => "1;33",
            Self::Cut => "9;31",
            Self::Added => "4;32",
            Self::Moved => "3;35",
        }
    }
}

impl From<EditKindName> for Paint {
    fn from(kind: EditKindName) -> Self {
        match kind {
            EditKindName::Kept => Self::Plain,
            EditKindName::Changed => Self::Changed,
            EditKindName::Cut => Self::Cut,
            EditKindName::Added => Self::Added,
            EditKindName::Moved => Self::Moved,
        }
    }
}

/// Our own drawing characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glyphs {
    pub(crate) branch: &'static str,
    pub(crate) last_branch: &'static str,
    pub(crate) trunk: &'static str,
    pub(crate) source: &'static str,
    pub(crate) root: &'static str,
    pub(crate) arrow: &'static str,
    pub(crate) both: &'static str,
    pub(crate) dot: &'static str,
    pub(crate) ellipsis: &'static str,
    pub(crate) column: &'static str,
    pub(crate) rule: &'static str,
    pub(crate) open: &'static str,
    pub(crate) close: &'static str,
}

const UNICODE: Glyphs = Glyphs {
    branch: "├─ ",
    last_branch: "└─ ",
    trunk: "│  ",
    source: "◆ ",
    root: "● ",
    arrow: "→",
    both: "↔",
    dot: "·",
    ellipsis: "…",
    column: "│",
    rule: "─",
    open: "“",
    close: "”",
};

const ASCII: Glyphs = Glyphs {
    branch: "|- ",
    last_branch: "`- ",
    trunk: "|  ",
    source: "# ",
    root: "* ",
    arrow: "->",
    both: "<->",
    dot: "|",
    ellipsis: "...",
    column: "|",
    rule: "-",
    open: "\"",
    close: "\"",
};

impl Style {
    pub(crate) fn glyphs(&self) -> &'static Glyphs {
        match self.charset {
            Charset::Unicode => &UNICODE,
            Charset::Ascii => &ASCII,
        }
    }

    pub(crate) fn columns(&self) -> usize {
        self.width.max(40)
    }
}

/// What stands around a run of words where there is no colour: as in wdiff, with two more pairs.
pub(crate) fn marks(kind: EditKindName) -> (&'static str, &'static str) {
    match kind {
        EditKindName::Kept => ("", ""),
        EditKindName::Changed => ("[~", "~]"),
        EditKindName::Cut => ("[-", "-]"),
        EditKindName::Added => ("{+", "+}"),
        EditKindName::Moved => ("[>", "<]"),
    }
}
