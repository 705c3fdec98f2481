//! One record as it stood in its file, and the way back to it.

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::decode::table::Columns;
use crate::error::{Place, ReadError, Reason};
use crate::read::Format;
use crate::read::file::{Stamp, open_regular, read_exact_at};
use crate::read::format::is_markdown;
use crate::read::load;
use crate::read::run::Run;
use crate::read::spool::Spooled;

/// The bytes of one record and where they stood. Cheap to make and to send: the bytes are borrowed from a block that
/// many records share. Decoding is [`decode()`](crate::decode())'s work.
#[derive(Clone, Debug)]
pub struct RawRecord {
    pub(crate) source: Arc<Source>,
    pub(crate) columns: Option<Arc<Columns>>,
    pub(crate) number: u64,
    pub(crate) offset: u64,
    /// Where that is in the file's lines; none for a file that is one document, and after reading again.
    pub(crate) place: Option<Place>,
    pub(crate) block: Arc<Vec<u8>>,
    pub(crate) range: Range<usize>,
}

impl RawRecord {
    /// The record's bytes, decompressed, otherwise as they stand in the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.block.get(self.range.clone()).unwrap_or_default()
    }

    /// The record's place in its container, counted from 1: its line for JSON lines, else its number. 1 for a file that
    /// is one document.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Byte of the file, after decompression, at which the record starts.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// What findings call the record's place: the file's path below the PATH, with `#number` in a container.
    #[must_use]
    pub fn path(&self) -> String {
        self.source.name_of(&self.source.shown, self.number)
    }

    /// Whether the record is one of a file that holds several, or could.
    #[must_use]
    pub fn is_in_container(&self) -> bool {
        self.source.is_container()
    }

    /// The way back to this record, for when it was dropped.
    #[must_use]
    pub fn locator(&self) -> Locator {
        Locator {
            source: Arc::clone(&self.source),
            columns: self.columns.clone(),
            number: self.number,
            offset: self.offset,
            bytes: self.range.len(),
        }
    }

    /// An error about this record.
    #[must_use]
    pub fn error(&self, reason: impl Into<Reason>) -> ReadError {
        self.source.error_at(self.offset, reason).on(self.place)
    }
}

/// The file or stream that records came from.
#[derive(Debug)]
pub(crate) struct Source {
    /// What findings call it.
    pub shown: String,
    /// What the ids of its documents begin with.
    pub id: String,
    pub format: Format,
    pub way_back: SourceLocation,
    pub options: Arc<Run>,
}

/// How to read from a source once more.
#[derive(Debug)]
pub(crate) enum SourceLocation {
    /// The file is one document.
    Whole { path: PathBuf, stamp: Stamp },
    /// The file is a plain container.
    Slice { path: PathBuf, stamp: Stamp },
    /// The stream was copied here.
    Spool(Spooled),
    /// There is none.
    Gone,
}

impl Source {
    fn is_container(&self) -> bool {
        !matches!(self.format, Format::Text | Format::Html)
    }

    /// Whether its name says that it is Markdown.
    pub(crate) fn is_markdown(&self) -> bool {
        self.format == Format::Text && is_markdown(Path::new(&self.shown))
    }

    pub(crate) fn name_of(&self, base: &str, number: u64) -> String {
        if self.is_container() {
            format!("{base}#{number}")
        } else {
            base.to_owned()
        }
    }

    /// An error about the record at `offset`, or about the whole file where that is the document.
    pub(crate) fn error_at(&self, offset: u64, reason: impl Into<Reason>) -> ReadError {
        if self.is_container() {
            ReadError::at(self.shown.as_str(), offset, reason)
        } else {
            ReadError::of_file(self.shown.as_str(), reason)
        }
    }
}

/// The way back to one record: small enough to keep for every document of a run (40 bytes and shared parts).
#[derive(Clone, Debug)]
pub struct Locator {
    source: Arc<Source>,
    columns: Option<Arc<Columns>>,
    number: u64,
    offset: u64,
    bytes: usize,
}

impl Locator {
    /// Reads the record once more, from its file or from the copy of its stream. O(record).
    ///
    /// # Errors
    /// [`Reason::Changed`] when the file is not the one that was read, [`Reason::NotKept`] for a stream that was read
    /// with [`Keep::Once`](crate::read::Keep::Once), and what the system says.
    pub fn read_again(&self) -> Result<RawRecord, ReadError> {
        Rereader::default().read(self)
    }

    /// The text of the document once more, equal to the one that was decoded first.
    ///
    /// # Errors
    /// As [`Locator::read_again`].
    pub fn text_again(&self) -> Result<String, ReadError> {
        Ok(crate::decode(&self.read_again()?)?.document.text)
    }

    fn slice_of(&self, file: &File) -> Result<Vec<u8>, Reason> {
        let mut bytes = vec![0; self.bytes];
        read_exact_at(file, &mut bytes, self.offset)?;
        Ok(bytes)
    }
}

/// Reads records once more, many of one file: keeps the last container open.
#[derive(Debug, Default)]
pub struct Rereader {
    open: Option<(Arc<Source>, File)>,
}

impl Rereader {
    /// Reads the record that `locator` leads to. O(record).
    ///
    /// # Errors
    /// As [`Locator::read_again`].
    pub fn read(&mut self, locator: &Locator) -> Result<RawRecord, ReadError> {
        let bytes = self
            .bytes(locator)
            .map_err(|reason| locator.source.error_at(locator.offset, reason))?;
        Ok(RawRecord {
            source: Arc::clone(&locator.source),
            columns: locator.columns.clone(),
            number: locator.number,
            offset: locator.offset,
            place: None,
            range: 0..bytes.len(),
            block: Arc::new(bytes),
        })
    }

    fn bytes(&mut self, locator: &Locator) -> Result<Vec<u8>, Reason> {
        match &locator.source.way_back {
            SourceLocation::Whole { path, stamp } => {
                let (bytes, now) = load::whole_again(path, &locator.source.options)?;
                if now == *stamp {
                    Ok(bytes)
                } else {
                    Err(Reason::Changed)
                }
            }
            SourceLocation::Slice { path, stamp } => {
                let file = self.container(&locator.source, path)?;
                if Stamp::of(file)? == *stamp {
                    locator.slice_of(file)
                } else {
                    Err(Reason::Changed)
                }
            }
            SourceLocation::Spool(spooled) => {
                let mut bytes = vec![0; locator.bytes];
                spooled.read_exact_at(&mut bytes, locator.offset)?;
                Ok(bytes)
            }
            SourceLocation::Gone => Err(Reason::NotKept),
        }
    }

    /// The file of `source`, which stands at `path`: the open one, or opened now.
    fn container(&mut self, source: &Arc<Source>, path: &Path) -> Result<&File, Reason> {
        let kept = self.open.take();
        let open = match kept.filter(|(of, _)| Arc::ptr_eq(of, source)) {
            Some(open) => open,
            None => (Arc::clone(source), open_regular(path)?.0),
        };
        Ok(&self.open.insert(open).1)
    }
}
