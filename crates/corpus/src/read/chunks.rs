//! A stream of records, read in blocks: a block is filled, split at the records' ends, and shared by its records.
//! Reading costs one copy; memory stays at one block and one record, however long the stream or its lines are.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use crate::decode::table::Columns;
use crate::error::{Place, ReadError, Reason};
use crate::read::Format;
use crate::read::envelope::Envelope;
use crate::read::file::Stamp;
use crate::read::pieces::{Piece, RecordEnd};
use crate::read::record::{RawRecord, Source, SourceLocation};
use crate::read::rows::{Rows, separator_line};
use crate::read::split::{Lines, Splitter};
use crate::read::values::Values;

/// Bytes read at once: some hundred articles, so that the cost of a block spreads over many records, and little enough
/// to hold for every stream.
const BLOCK_BYTES: usize = 1 << 20;

/// Bytes read at once from a stream that someone may be typing into.
const STREAM_BLOCK_BYTES: usize = 64 << 10;

/// How to read a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadLimits {
    /// Fill whole blocks.
    Blocks,
    /// Give what there is as soon as it is there.
    AsItComes,
}

/// Where the bytes come from.
pub(crate) struct Stream {
    pub reader: Box<dyn Read + Send>,
    pub pace: ReadLimits,
    /// The file and its version when it was opened; none for streams.
    pub file: Option<(File, Stamp)>,
    /// Where the records stand, if they stand in an envelope.
    pub envelope: Option<Envelope>,
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
    ends: Vec<RecordEnd>,
    lines: LineCount,
}

/// Counts the lines of a stream as its records are taken from it.
#[derive(Clone, Copy, Debug)]
struct LineCount {
    /// The place of the next byte.
    next: Place,
}

impl LineCount {
    fn pass(&mut self, bytes: &[u8]) {
        let feeds = memchr::memchr_iter(b'\n', bytes).count() as u64;
        self.next.line += feeds;
        self.next.column = match memchr::memrchr(b'\n', bytes) {
            Some(last) => (bytes.len() - last) as u64,
            None => self.next.column + bytes.len() as u64,
        };
    }
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
            Format::Json => Splitter::Json(Values::new(stream.envelope)),
            Format::Csv { delimiter } => Splitter::Rows(Rows::new(delimiter)),
            Format::JsonLines | Format::Text | Format::Html => Splitter::Lines(Lines::default()),
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
            lines: LineCount {
                next: Place { line: 1, column: 1 },
            },
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
            ReadLimits::Blocks => {
                self.open.reserve(self.room());
                self.stream
                    .reader
                    .by_ref()
                    .take(BLOCK_BYTES as u64)
                    .read_to_end(&mut self.open)
            }
            ReadLimits::AsItComes => {
                self.open.resize(before + STREAM_BLOCK_BYTES, 0);
                let room = self.open.get_mut(before..).unwrap_or_default();
                let read = read_once(&mut self.stream.reader, room);
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
            (SourceLocation::Slice { .. }, Some((_, stamp))) => {
                BLOCK_BYTES.min(stamp.bytes().saturating_add(1) as usize)
            }
            _ => BLOCK_BYTES,
        }
    }

    fn spool(&self, from: usize) -> Result<(), Reason> {
        match &self.source.way_back {
            SourceLocation::Spool(spooled) => {
                Ok(spooled.append(self.open.get(from..).unwrap_or_default())?)
            }
            _ => Ok(()),
        }
    }

    /// Splits `open`, of which the first `seen` bytes were looked at before.
    fn split(&mut self, seen: usize, items: &mut Items) -> Progress {
        let mut ends = std::mem::take(&mut self.ends);
        ends.clear();
        self.splitter.feed(&self.open, seen, &mut ends);
        let last = ends.last().map_or(0, |end| end.at);
        let mut progress = Progress::More;
        if last > 0 {
            let tail = self.open.split_off(last);
            let block = Arc::new(std::mem::replace(&mut self.open, tail));
            progress = self.give_all(&block, &ends, items);
        }
        self.ends = ends;
        self.drop_what_is_too_long(items);
        progress
    }

    /// Adds the records that end at `ends` in `block`.
    fn give_all(
        &mut self,
        block: &Arc<Vec<u8>>,
        ends: &[RecordEnd],
        items: &mut Items,
    ) -> Progress {
        let mut start = 0;
        for end in ends {
            if let Err(error) = self.give(block, (start..end.at, end.piece), items) {
                items.push_back(Err(error));
                return Progress::Ended;
            }
            self.lines
                .pass(block.get(start..end.at).unwrap_or_default());
            start = end.at;
        }
        self.offset += start as u64;
        Progress::More
    }

    /// Adds the record that stands in `range` of `block`. An error ends the container.
    fn give(
        &mut self,
        block: &Arc<Vec<u8>>,
        (range, piece): (std::ops::Range<usize>, Piece),
        items: &mut Items,
    ) -> Result<(), ReadError> {
        let bytes = block.get(range.clone()).unwrap_or_default();
        let inner = self.splitter.trim(bytes);
        let was_too_long = std::mem::take(&mut self.passing_over);
        let counts = matches!(self.splitter, Splitter::Lines(_)) || !inner.is_empty();
        if piece != Piece::Nothing && (counts || was_too_long) {
            self.number += 1;
        }
        if inner.is_empty() || was_too_long || piece == Piece::Nothing {
            return Ok(());
        }
        let mut lines = self.lines;
        lines.pass(bytes.get(..inner.start).unwrap_or_default());
        let record = RawRecord {
            source: Arc::clone(&self.source),
            columns: self.columns.clone(),
            number: self.number,
            offset: self.offset + (range.start + inner.start) as u64,
            place: Some(lines.next),
            block: Arc::clone(block),
            range: range.start + inner.start..range.start + inner.end,
        };
        if piece == Piece::Broken {
            let why = self.splitter.why_broken(record.bytes());
            items.push_back(Err(record.error(why)));
        } else if let (Format::Csv { delimiter }, None) = (self.source.format, &self.columns) {
            self.read_header(&record, delimiter)?;
        } else if record.bytes().len() as u64 > self.source.options.max_document_bytes {
            items.push_back(Err(record.error(self.too_large())));
        } else {
            items.push_back(Ok(record));
        }
        Ok(())
    }

    /// Takes the columns of a table from its first row, or passes over the line before it that names the delimiter.
    fn read_header(&mut self, row: &RawRecord, delimiter: u8) -> Result<(), ReadError> {
        self.number = 0;
        if separator_line(row.bytes()).is_none() {
            let columns = Columns::of_header(row.bytes(), delimiter, &self.source.options.fields);
            self.columns = Some(Arc::new(columns.map_err(|reason| row.error(reason))?));
        }
        Ok(())
    }

    /// Keeps the open record below the limit: what is longer is reported once and passed over to its end.
    fn drop_what_is_too_long(&mut self, items: &mut Items) {
        let is_too_long = self.open.len() as u64 > self.source.options.max_document_bytes;
        if !is_too_long && !self.passing_over {
            return;
        }
        if !self.passing_over {
            let error = self.source.error_at(self.offset, self.too_large());
            items.push_back(Err(error.on(Some(self.lines.next))));
        }
        self.passing_over = true;
        self.lines.pass(&self.open);
        self.offset += self.open.len() as u64;
        self.open.clear();
        self.open.shrink_to(BLOCK_BYTES);
    }

    fn too_large(&self) -> Reason {
        Reason::TooLarge {
            limit: self.source.options.max_document_bytes,
        }
    }

    /// The last record, which no boundary ended, and what the end of the stream says.
    fn finish(&mut self, items: &mut Items) {
        let block = Arc::new(std::mem::take(&mut self.open));
        let mut ends = Vec::new();
        let finished = self.splitter.finish(&block, &mut ends);
        let start = self.offset;
        self.give_all(&block, &ends, items);
        if let Err(reason) = finished {
            let inner = self.splitter.trim(&block);
            self.lines
                .pass(block.get(..inner.start).unwrap_or_default());
            let error = self.source.error_at(start + inner.start as u64, reason);
            items.push_back(Err(error.on(Some(self.lines.next))));
        }
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
