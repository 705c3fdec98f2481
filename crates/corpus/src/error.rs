//! What can go wrong while reading: one [`ReadError`] for each input that could not be read as it is.
//!
//! The [`Reason`] has a stable [`code`](Reason::code) that goes into the findings; the message names the file, the
//! place in it and the reason in words.

use std::io;

/// An input, or a part of one, that could not be read as it is. The run goes on without it.
#[derive(Debug, thiserror::Error)]
pub struct ReadError {
    path: String,
    offset: Option<u64>,
    /// Where that is for somebody who looks into the file.
    place: Option<Place>,
    #[source]
    reason: Reason,
}

/// A place in a file of text, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: u64,
    /// The byte in it.
    pub column: u64,
}

impl Place {
    /// The place at which JSON that begins here went wrong.
    fn of_json_error(self, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line() as u64, error.column() as u64);
        match line {
            0 => self,
            1 => Self {
                column: self.column + column.saturating_sub(1),
                ..self
            },
            _ => Self {
                line: self.line + line - 1,
                column,
            },
        }
    }
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.path)?;
        match (self.place, self.offset) {
            (Some(place), _) if matches!(self.reason, Reason::InvalidJson(_)) => {
                write!(f, ", line {}, column {}", place.line, place.column)?;
            }
            (Some(place), _) => write!(f, ", line {}", place.line)?,
            (None, Some(offset)) => write!(f, ", at byte {offset}")?,
            (None, None) => {}
        }
        write!(f, ": {}", self.reason)
    }
}

impl ReadError {
    /// An error about the whole of `path`.
    #[must_use]
    pub fn of_file(path: impl Into<String>, reason: impl Into<Reason>) -> Self {
        Self {
            path: path.into(),
            offset: None,
            place: None,
            reason: reason.into(),
        }
    }

    /// An error about the record that starts at byte `offset` of `path` (counted after decompression).
    #[must_use]
    pub fn at(path: impl Into<String>, offset: u64, reason: impl Into<Reason>) -> Self {
        Self {
            path: path.into(),
            offset: Some(offset),
            place: None,
            reason: reason.into(),
        }
    }

    /// The same error, about what begins at `place`.
    pub(crate) fn on(self, place: Option<Place>) -> Self {
        let place = match &self.reason {
            Reason::InvalidJson(error) => place.map(|place| place.of_json_error(error)),
            _ => place,
        };
        Self { place, ..self }
    }

    /// The same error about another path.
    pub(crate) fn with_path(self, path: String) -> Self {
        Self { path, ..self }
    }

    /// The stable name of the reason, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.reason.code()
    }

    /// Whether the input was left out because of this; else it was kept, renamed or repaired.
    #[must_use]
    pub fn is_skip(&self) -> bool {
        !matches!(
            self.reason,
            Reason::DuplicateId { .. }
                | Reason::Repaired(_)
                | Reason::UnknownDate(_)
                | Reason::ExtraCells(_)
                | Reason::QuoteLeftOpen
                | Reason::UnknownZone(_)
        )
    }

    /// The input that the error is about, as findings name it: relative to the PATH given.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Byte of the file, after decompression, at which the record starts; none when the error is about the file.
    #[must_use]
    pub fn offset(&self) -> Option<u64> {
        self.offset
    }

    /// Why the input could not be read.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.reason
    }
}

/// Why an input could not be read as it is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// No such file or folder, or it vanished before it was read.
    #[error("no such file or folder")]
    NotFound,
    /// The system does not let this user read it.
    #[error("permission denied")]
    PermissionDenied,
    /// A symbolic link that leads back to a folder above it, or to itself.
    #[error("symbolic link leads back to a folder above it")]
    SymlinkLoop,
    /// A symbolic link inside a walked folder; links are followed only on request.
    #[error("symbolic link, not followed")]
    SymlinkNotFollowed,
    /// A pipe, socket or device.
    #[error("not a regular file")]
    NotRegular,
    /// A folder was named and holds no file of a known format.
    #[error("no file of a known format")]
    NothingToRead,
    /// A report that this program wrote.
    #[error("a report of wirecopy, not an article")]
    OwnReport,
    /// Files of walked folders whose format is not read, though it may hold articles.
    #[error("{count} files of a kind that is not read (.{extension})")]
    ForeignFiles {
        /// Their extension.
        extension: String,
        /// How many.
        count: u64,
    },
    /// A list of PATHs, or another file that is read whole, above the limit.
    #[error("longer than the limit of {limit} bytes")]
    TooLong {
        /// The limit.
        limit: u64,
    },
    /// Nothing in it, or nothing but white space.
    #[error("no text in it")]
    Empty,
    /// Bytes that are no text in any encoding.
    #[error("binary, not text")]
    Binary,
    /// The file's format is known and not one that is read.
    #[error("files of this kind ({0}) are not read")]
    UnsupportedFormat(String),
    /// A document above the limit.
    #[error("longer than the limit of {limit} bytes for one document")]
    TooLarge {
        /// The limit that was passed.
        limit: u64,
    },
    /// Decompresses to far more than it should.
    #[error("decompresses to more than {limit} bytes at a ratio above {ratio}:1")]
    Bomb {
        /// Decompressed bytes allowed at such a ratio.
        limit: u64,
        /// Ratio that is still believed.
        ratio: u64,
    },
    /// A compressed file that ends too early.
    #[error("{0} data ends too early")]
    Truncated(Compression),
    /// A compressed file that is damaged.
    #[error("{0} data is damaged")]
    Corrupt(Compression),
    /// Not JSON.
    #[error("not valid JSON: {}", without_place(.0))]
    InvalidJson(#[source] serde_json::Error),
    /// JSON with a string that is not closed in its line.
    #[error("a string is not closed in its line")]
    UnclosedString,
    /// A JSON file that ends inside an array or a value.
    #[error("JSON ends inside an array or a value")]
    UnclosedJson,
    /// JSON, but no object.
    #[error("a JSON value that is no record: an object with a field for the text is wanted")]
    NotAnObject,
    /// A row, or what is left of a table, with a cell whose quotation marks are not closed.
    #[error(
        "a quotation mark that opens a cell is never closed; the row was not read (lines: {lines})"
    )]
    UnclosedQuote {
        /// Lines from the beginning of the row to the next one that is one, or to the end of the table.
        lines: usize,
    },
    /// The same in the last cell of a row, which was taken to end with it; the record was kept.
    #[error(
        "the quotation mark of the last cell is not closed; the cell was taken to end with the line"
    )]
    QuoteLeftOpen,
    /// A row with more cells than the header; the record was kept without them.
    #[error("{0} cells beyond those of the first row were left out")]
    ExtraCells(usize),
    /// A CSV row that cannot be split into fields.
    #[error("not a valid row")]
    InvalidCsv,
    /// A record without any of the text fields.
    #[error(
        "no text field among {found}; --text-field NAME says which it is (looked for {looked_for})"
    )]
    MissingText {
        /// Names that would have been taken.
        looked_for: String,
        /// Names that the record has.
        found: String,
    },
    /// A text field that holds something else than text.
    #[error(
        "field {0} does not hold text: a string, or a list of paragraphs that are strings or objects with a text"
    )]
    TextOfWrongType(String),
    /// A record that holds records.
    #[error(
        "no record but an object that holds some in {0}: one object a line is wanted, a list of them, or one such object \
         as a .json file"
    )]
    Nested(String),
    /// An encoding that nobody knows by that name, or bytes that are not in the encoding asked for.
    #[error("not text in the encoding {0}")]
    InvalidEncoding(String),
    /// The file changed while it was read.
    #[error("changed while it was read")]
    Changed,
    /// A page whose main text could not be found.
    #[error("no article text found on the page")]
    NoArticle,
    /// A page that is nested too deep, or has too many elements, to be taken apart.
    #[error("page too deep or too large to be taken apart")]
    PageTooComplex,
    /// A record id that came before; the later record was renamed.
    #[error("id {id:?} came before; this one is now {renamed:?}")]
    DuplicateId {
        /// The id that both records have.
        id: String,
        /// What the later one is called in this run.
        renamed: String,
    },
    /// Some bytes or escapes stood for no character and were replaced; the document was kept.
    #[error("{0} places stand for no character and were replaced")]
    Repaired(usize),
    /// A date of publication in no form that is understood, or of several readings (`4/12/19`); the document was kept without it.
    #[error(
        "date {0:?} is in no known form, or can be read in several ways; the document counts as undated"
    )]
    UnknownDate(String),
    /// A date of publication whose zone has a name that is unknown, or means several zones; only its day was kept.
    #[error("date {0:?} names a zone that is not known or means several; only its day counts")]
    UnknownZone(String),
    /// A pattern of `--include` or `--exclude` that cannot be understood.
    #[error("bad pattern: {0}")]
    BadPattern(#[source] globset::Error),
    /// No PATH was given.
    #[error("no PATH given")]
    NoPath,
    /// The text of this record is gone: it came from a stream that was not kept.
    #[error("came from a stream that was not kept")]
    NotKept,
    /// The run was told to stop before the input ended: this file, if it is the one that was open, from here on, and those behind
    /// it.
    #[error("told to stop; what follows was not read")]
    Interrupted,
    /// The system reported another error.
    #[error("{0}")]
    Io(#[source] io::Error),
}

impl Reason {
    /// [`Reason::UnclosedQuote`] of `row`.
    pub(crate) fn unclosed_quote(row: &[u8]) -> Self {
        let breaks = memchr::memchr_iter(b'\n', row.trim_ascii_end()).count();
        Self::UnclosedQuote { lines: breaks + 1 }
    }

    /// The stable name of the reason, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::PermissionDenied => "permission_denied",
            Self::SymlinkLoop => "symlink_loop",
            Self::SymlinkNotFollowed => "symlink_not_followed",
            Self::NotRegular => "not_regular_file",
            Self::NothingToRead => "nothing_to_read",
            Self::OwnReport => "own_report",
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::UnsupportedFormat(_) | Self::ForeignFiles { .. } => "unsupported_format",
            Self::TooLarge { .. } | Self::TooLong { .. } => "too_large",
            Self::Bomb { .. } => "bomb",
            Self::Truncated(Compression::Gzip) => "truncated_gzip",
            Self::Truncated(Compression::Zstd) => "truncated_zstd",
            Self::Corrupt(Compression::Gzip) => "corrupt_gzip",
            Self::Corrupt(Compression::Zstd) => "corrupt_zstd",
            Self::InvalidJson(_) | Self::UnclosedJson | Self::UnclosedString => "invalid_json",
            Self::NotAnObject => "not_an_object",
            Self::UnclosedQuote { .. } | Self::InvalidCsv => "invalid_csv",
            Self::MissingText { .. } | Self::TextOfWrongType(_) | Self::Nested(_) => "missing_text",
            Self::ExtraCells(_) => "extra_cells",
            Self::QuoteLeftOpen => "repaired",
            Self::InvalidEncoding(_) => "invalid_encoding",
            Self::Changed => "changed",
            Self::NoArticle => "no_article",
            Self::PageTooComplex => "page_too_complex",
            Self::DuplicateId { .. } => "duplicate_id",
            Self::Repaired(_) => "repaired",
            Self::UnknownDate(_) => "unknown_date",
            Self::UnknownZone(_) => "unknown_zone",
            Self::BadPattern(_) => "bad_pattern",
            Self::NoPath => "no_path",
            Self::NotKept => "not_kept",
            Self::Interrupted => "interrupted",
            Self::Io(_) => "io_error",
        }
    }
}

/// What the parser says, without the place, which it counts from the beginning of the record.
fn without_place(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    said.strip_suffix(&place)
        .map_or(said.clone(), str::to_owned)
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::PermissionDenied,
            io::ErrorKind::IsADirectory => Self::NotRegular,
            _ if is_link_loop(&error) => Self::SymlinkLoop,
            _ => match error.downcast::<Reason>() {
                Ok(reason) => reason,
                Err(error) => Self::Io(error),
            },
        }
    }
}

/// Whether the system gave up on a chain of links (ELOOP), also where a library wrapped its error.
/// `io::ErrorKind::FilesystemLoop` is not stable yet.
fn is_link_loop(error: &io::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::raw_os_error)
            == Some(ELOOP)
        {
            return cfg!(unix);
        }
        cause = error.source();
    }
    false
}

/// ELOOP: 40 on Linux, 62 on the BSDs and macOS.
const ELOOP: i32 = if cfg!(any(target_os = "linux", target_os = "android")) {
    40
} else {
    62
};

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// RFC 1952, one or several members.
    Gzip,
    /// RFC 8878, one or several frames.
    Zstd,
}

impl std::fmt::Display for Compression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        })
    }
}
