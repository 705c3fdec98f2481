//! A stream of records, read in blocks: a block is filled, split at the records' ends, and shared by its records.
//! Reading costs one copy; memory stays at one block and one record, however long the stream or its lines are.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::Arc;

use crate::decode::table::Columns;
use crate::error::{ReadError, Reason};
use crate::read::Format;
use crate::read::file::Stamp;
use crate::read::record::{RawRecord, Source, WayBack};
use crate::read::split::{JsonState, RowState, Splitter};

/// Bytes read at once: some hundred articles, so that the cost of a block spreads over many records, and little enough
/// to hold for every stream.
const BLOCK_BYTES: usize = 1 << 20;

/// Bytes read at once from a stream that someone may be typing into.
const STREAM_BLOCK_BYTES: usize = 64 << 10;

/// How to read a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Fill whole blocks.
    Blocks,
    /// Give what there is as soon as it is there.
    AsItComes,
}

/// Where the bytes come from.
pub(crate) struct Stream {
    pub reader: Box<dyn Read + Send>,
    pub pace: Pace,
    /// The file and its version when it was opened; none for streams.
    pub file: Option<(File, Stamp)>,
}

/// Reads one container and gives its records.
pub(crate) struct Blocks {
    source: Arc<Source>,
    stream: Stream,
    splitter: Splitter,
    columns: Option<Arc<Columns>>,
    /// Bytes after the last record's end: the beginning of the next.
    open: Vec<u8>,
    /// Byte of the stream at which `open` begins.
    offset: u64,
    /// Records numbered so far.
    number: u64,
    /// Set while the rest of a record that was too long is passed over.
    passing_over: bool,
    /// What ended the stream, to be reported after the records that were read before it.
    failure: Option<Reason>,
    gave_anything: bool,
    ends: Vec<usize>,
}

/// What a block gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// There may be more.
    More,
    /// The stream has ended.
    Ended,
}

type Items = VecDeque<Result<RawRecord, ReadError>>;

impl Blocks {
    /// What findings call the stream.
    pub(crate) fn shown(&self) -> &str {
        &self.source.shown
    }

    pub(crate) fn new(source: Arc<Source>, stream: Stream) -> Self {
        let splitter = match source.format {
            Format::Json => Splitter::Json(JsonState::default()),
            Format::Csv { delimiter } => Splitter::Rows(RowState::new(delimiter)),
            Format::JsonLines | Format::Text | Format::Html => Splitter::Lines,
        };
        Self {
            source,
            stream,
            splitter,
            columns: None,
            open: Vec::new(),
            offset: 0,
            number: 0,
            passing_over: false,
            failure: None,
            gave_anything: false,
            ends: Vec::new(),
        }
    }

    /// Reads on and adds the records that became complete, and what went wrong, to `items`.
    pub(crate) fn advance(&mut self, items: &mut Items) -> Progress {
        let seen = self.open.len();
        if self.failure.is_none()
            && let Err(reason) = self.read_block()
        {
            self.failure = Some(reason);
        }
        let progress = if self.open.len() > seen {
            self.split(seen, items)
        } else if let Some(reason) = self.failure.take() {
            items.push_back(Err(self.source.error_at(self.offset + seen as u64, reason)));
            Progress::Ended
        } else {
            self.finish(items);
            Progress::Ended
        };
        self.gave_anything |= !items.is_empty();
        progress
    }

    /// Appends the next bytes to `open`: none at the end. An error leaves what was read before it.
    fn read_block(&mut self) -> Result<(), Reason> {
        let before = self.open.len();
        let read = match self.stream.pace {
            Pace::Blocks => {
                self.open.reserve(self.room());
                self.stream
                    .reader
                    .by_ref()
                    .take(BLOCK_BYTES as u64)
                    .read_to_end(&mut self.open)
            }
            Pace::AsItComes => {
                self.open.resize(before + STREAM_BLOCK_BYTES, 0);
                let read = read_once(&mut self.stream.reader, &mut self.open[before..]);
                self.open.truncate(before + *read.as_ref().unwrap_or(&0));
                read
            }
        };
        self.spool(before)?;
        if self.offset == 0 && before == 0 && self.open.starts_with(BOM) {
            // The mark counts in the stream's offsets and belongs to no record.
            self.open.drain(..BOM.len());
            self.offset = BOM.len() as u64;
        }
        Ok(read.map(drop)?)
    }

    /// Memory to set aside for the next block: less where a plain file holds less.
    fn room(&self) -> usize {
        match (&self.source.way_back, &self.stream.file) {
            (WayBack::Slice { .. }, Some((_, stamp))) => {
                BLOCK_BYTES.min(stamp.bytes().saturating_add(1) as usize)
            }
            _ => BLOCK_BYTES,
        }
    }

    fn spool(&self, from: usize) -> Result<(), Reason> {
        match &self.source.way_back {
            WayBack::Spool(file) => {
                let mut file = file;
                Ok(file.write_all(&self.open[from..])?)
            }
            _ => Ok(()),
        }
    }

    /// Splits `open`, of which the first `seen` bytes were looked at before.
    fn split(&mut self, seen: usize, items: &mut Items) -> Progress {
        let mut ends = std::mem::take(&mut self.ends);
        ends.clear();
        self.splitter.feed(&self.open[seen..], seen, &mut ends);
        let last = ends.last().copied().unwrap_or(0);
        let mut progress = Progress::More;
        if last > 0 {
            let tail = self.open[last..].to_vec();
            let block = Arc::new(std::mem::replace(&mut self.open, tail));
            let mut start = 0;
            for &end in &ends {
                if let Err(error) = self.give(&block, start..end, items) {
                    items.push_back(Err(error));
                    progress = Progress::Ended;
                    break;
                }
                start = end;
            }
            self.offset += last as u64;
        }
        self.ends = ends;
        self.drop_what_is_too_long(items);
        progress
    }

    /// Adds the record that stands in `range` of `block`. An error ends the container.
    fn give(
        &mut self,
        block: &Arc<Vec<u8>>,
        range: std::ops::Range<usize>,
        items: &mut Items,
    ) -> Result<(), ReadError> {
        let inner = self.splitter.trim(&block[range.clone()]);
        let was_too_long = std::mem::take(&mut self.passing_over);
        if matches!(self.splitter, Splitter::Lines) || !inner.is_empty() || was_too_long {
            self.number += 1;
        }
        if inner.is_empty() || was_too_long {
            return Ok(());
        }
        let offset = self.offset + (range.start + inner.start) as u64;
        let range = range.start + inner.start..range.start + inner.end;
        if let (Format::Csv { delimiter }, None) = (self.source.format, &self.columns) {
            let columns = Columns::of_header(&block[range], delimiter, &self.source.options.fields);
            self.columns = Some(Arc::new(
                columns.map_err(|reason| self.source.error_at(offset, reason))?,
            ));
            self.number = 0;
            return Ok(());
        }
        items.push_back(
            if range.len() as u64 > self.source.options.max_document_bytes {
                Err(self.too_large(offset))
            } else {
                let (source, columns) = (Arc::clone(&self.source), self.columns.clone());
                Ok(RawRecord {
                    source,
                    columns,
                    number: self.number,
                    offset,
                    block: Arc::clone(block),
                    range,
                })
            },
        );
        Ok(())
    }

    /// Keeps the open record below the limit: what is longer is reported once and passed over to its end.
    fn drop_what_is_too_long(&mut self, items: &mut Items) {
        let is_too_long = self.open.len() as u64 > self.source.options.max_document_bytes;
        if !is_too_long && !self.passing_over {
            return;
        }
        if !self.passing_over {
            items.push_back(Err(self.too_large(self.offset)));
        }
        self.passing_over = true;
        self.offset += self.open.len() as u64;
        self.open.clear();
        self.open.shrink_to(BLOCK_BYTES);
    }

    fn too_large(&self, offset: u64) -> ReadError {
        self.source.error_at(
            offset,
            Reason::TooLarge {
                limit: self.source.options.max_document_bytes,
            },
        )
    }

    /// The last record, which no boundary ended, and what the end of the stream says.
    fn finish(&mut self, items: &mut Items) {
        let block = Arc::new(std::mem::take(&mut self.open));
        let inner = self.splitter.trim(&block);
        match self.splitter.at_end() {
            Some(reason) => {
                let at = self.offset + inner.start as u64;
                items.push_back(Err(self.source.error_at(at, reason)));
            }
            None => {
                if let Err(error) = self.give(&block, 0..block.len(), items) {
                    items.push_back(Err(error));
                }
            }
        }
        self.offset += block.len() as u64;
        if !self.gave_anything && items.is_empty() {
            items.push_back(Err(ReadError::of_file(
                self.source.shown.as_str(),
                Reason::Empty,
            )));
        }
        if let Some((file, stamp)) = &self.stream.file
            && Stamp::of(file).ok().as_ref() != Some(stamp)
        {
            items.push_back(Err(ReadError::of_file(
                self.source.shown.as_str(),
                Reason::Changed,
            )));
        }
    }
}

const BOM: &[u8] = b"\xef\xbb\xbf";

fn read_once(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
