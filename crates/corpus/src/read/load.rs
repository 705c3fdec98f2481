//! Opens one found file: decompresses, finds the format, reads it whole if it is one document, else hands its stream to
//! the splitter.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::decode::charset;
use crate::decode::compression::{GrowthLimit, decompressed, is_compressed};
use crate::error::{Compression, ReadError, Reason};
use crate::read::chunks::{Blocks, Progress, ReadLimits, Stream};
use crate::read::envelope::{Envelope, envelope};
use crate::read::file::{Stamp, open_regular};
use crate::read::format::{ByName, SNIFFED_BYTES, is_unreadable, settle};
use crate::read::own;
use crate::read::record::{RawRecord, Source, SourceLocation};
use crate::read::run::Run;
use crate::read::spool::Spooled;
use crate::read::stream::Stoppable;
use crate::read::walk::{Found, is_stream};
use crate::read::{Format, Keep, ReadOptions};

/// Files of records up to this size are read by one worker each: some hundred articles.
const SMALL_CONTAINER_BYTES: u64 = 1 << 20;

/// What a file turned out to be.
pub(crate) enum Loaded {
    /// One document.
    Document(RawRecord),
    /// A stream of records.
    Container(Box<Blocks>),
    /// A report of an earlier run, met in a folder.
    OwnReport,
}

/// Opens `found`, whose documents' ids begin with `id`.
pub(crate) fn load(found: &Found, id: String, options: &Arc<Run>) -> Result<Loaded, ReadError> {
    let name = |reason: Reason| ReadError::of_file(found.shown.as_str(), reason);
    match read_file(found, id, options) {
        Err(Reason::OwnReport) if !found.is_named_itself() => {
            options.left_out.add(|counts| counts.own_reports += 1);
            Ok(Loaded::OwnReport)
        }
        other => other.map_err(name),
    }
}

fn read_file(found: &Found, id: String, options: &Arc<Run>) -> Result<Loaded, Reason> {
    if let ByName::Foreign(extension) = &found.named
        && is_unreadable(extension)
    {
        return Err(Reason::UnsupportedFormat(extension.clone()));
    }
    if let ByName::Known(format @ (Format::Text | Format::Html)) = found.named
        && let Some(path) = &found.path
        && let Some((bytes, stamp)) = unchanging_file(path, options)?
    {
        own::refuse(&bytes, found)?;
        let path = path.clone();
        let source = source(
            found,
            id,
            (format, SourceLocation::Whole { path, stamp }),
            options,
        );
        return Ok(Loaded::Document(whole_record(source, bytes)));
    }
    let opened = Opened::new(found, options)?;
    own::refuse(&opened.head, found)?;
    match opened.format {
        Format::Text | Format::Html => opened.document(found, id, options),
        _ => opened.container(found, id, options),
    }
}

/// A file that was found and not opened yet. Whoever reads it need not be who found it.
#[derive(Clone, Debug)]
pub struct UnreadFile {
    found: Found,
    id: String,
    options: Arc<Run>,
}

impl UnreadFile {
    /// `found`, if it may be read by anybody: a file that is one document, or a small one of records. Given back where not.
    pub(crate) fn new(
        found: Found,
        id: String,
        options: &Arc<Run>,
    ) -> Result<Self, (Found, String)> {
        let path = found.path.as_deref().filter(|path| !is_stream(path));
        let is_small = |path: &Path| {
            std::fs::metadata(path)
                .is_ok_and(|of| of.is_file() && of.len() <= SMALL_CONTAINER_BYTES)
        };
        let may = match (&found.named, path) {
            (ByName::Known(Format::Text | Format::Html), Some(_)) => true,
            (ByName::Known(_), Some(path)) => is_small(path),
            _ => false,
        };
        if !may {
            return Err((found, id));
        }
        Ok(Self {
            found,
            id,
            options: Arc::clone(options),
        })
    }

    /// What findings call it.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.found.shown
    }

    /// Hands its records to `each`, in order, and what went wrong: what [`Inputs`](crate::Inputs) gives for this file.
    /// Memory is one block and one record.
    pub fn read(self, mut each: impl FnMut(Result<RawRecord, ReadError>)) {
        match load(&self.found, self.id, &self.options) {
            Ok(Loaded::Document(record)) => each(Ok(record)),
            Err(error) => each(Err(error)),
            Ok(Loaded::OwnReport) => {}
            Ok(Loaded::Container(mut blocks)) => {
                let mut items = VecDeque::new();
                let mut progress = Progress::More;
                while progress == Progress::More {
                    progress = blocks.advance(&mut items);
                    items.drain(..).for_each(&mut each);
                }
            }
        }
    }
}

/// A file whose first bytes were looked at.
struct Opened {
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
    compression: Option<Compression>,
    /// The file and its version when it was opened; none for streams.
    file: Option<(File, Stamp)>,
    format: Format,
    wide: Option<&'static encoding_rs::Encoding>,
}

impl Opened {
    fn new(found: &Found, options: &ReadOptions) -> Result<Self, Reason> {
        if let Some(path) = &found.path
            && let Some(PlainFile { bytes, file, stamp }) =
                PlainFile::read(path, SMALL_CONTAINER_BYTES)?
        {
            let (head, file) = (bytes, Some((file, stamp)));
            return Self::known(
                (found, options),
                (head, Box::new(io::empty())),
                (file, None),
            );
        }
        let (raw, file) = open_source(found, options)?;
        let (mut rest, compression) = decompressed(raw, growth_limit(options))?;
        let mut head = Vec::new();
        let was_read = match file {
            Some(_) => fill_head(&mut rest, &mut head),
            None => fill_head_from_stream(&mut rest, &mut head),
        };
        if let Err(error) = was_read {
            // What was read before it is still to be split into records.
            rest = Box::new(Failed(Some(error)));
        }
        Self::known((found, options), (head, rest), (file, compression))
    }

    /// A file that begins with `head` and goes on with `rest`.
    fn known(
        (found, options): (&Found, &ReadOptions),
        (head, rest): (Vec<u8>, Box<dyn Read + Send>),
        (file, compression): (Option<(File, Stamp)>, Option<Compression>),
    ) -> Result<Self, Reason> {
        let start = head.get(..SNIFFED_BYTES).unwrap_or(&head);
        let wide = container_encoding(start, options)?;
        let sniffed = match wide {
            Some(encoding) => encoding.decode(start).0.into_owned().into_bytes(),
            None => Vec::new(),
        };
        let visible = if wide.is_some() { &sniffed } else { start };
        let assumed = options.stdin_format.filter(|_| file.is_none());
        let format = assumed.unwrap_or_else(|| settle(&found.named, visible, &options.fields.text));
        Ok(Self {
            head,
            rest,
            compression,
            file,
            format,
            wide,
        })
    }

    fn document(mut self, found: &Found, id: String, options: &Arc<Run>) -> Result<Loaded, Reason> {
        let mut bytes = self.whole(options)?;
        for _ in 0..RETRIES {
            if !self.has_changed() {
                break;
            }
            self = Self::new(found, options)?;
            bytes = self.whole(options)?;
        }
        if self.has_changed() {
            return Err(Reason::Changed);
        }
        let way_back = match (&self.file, &found.path, options.keep) {
            (Some((_, stamp)), Some(path), _) => SourceLocation::Whole {
                path: path.clone(),
                stamp: *stamp,
            },
            (_, _, Keep::Once) => SourceLocation::Gone,
            (_, _, Keep::Rereadable) => {
                let copy = Spooled::new(&options.spool);
                copy.append(&bytes)?;
                SourceLocation::Spool(copy)
            }
        };
        let source = source(found, id, (self.format, way_back), options);
        Ok(Loaded::Document(whole_record(source, bytes)))
    }

    /// All bytes of a file that is one document.
    fn whole(&mut self, options: &ReadOptions) -> Result<Vec<u8>, Reason> {
        let limit = options.max_document_bytes;
        let mut bytes = std::mem::take(&mut self.head);
        let left = (limit + 1).saturating_sub(bytes.len() as u64);
        self.rest.by_ref().take(left).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            Err(Reason::TooLarge { limit })
        } else {
            Ok(bytes)
        }
    }

    fn has_changed(&self) -> bool {
        self.file
            .as_ref()
            .is_some_and(|(file, stamp)| Stamp::of(file).ok().as_ref() != Some(stamp))
    }

    /// Where the records stand, if the first bytes show an envelope.
    fn envelope(&self, options: &ReadOptions) -> Option<Envelope> {
        if self.format != Format::Json {
            return None;
        }
        let decoded = self.wide.map(|encoding| encoding.decode(&self.head).0);
        let head = match &decoded {
            Some(text) => text.as_bytes(),
            None => &self.head,
        };
        envelope(head, &options.fields.text)
    }

    fn container(self, found: &Found, id: String, options: &Arc<Run>) -> Result<Loaded, Reason> {
        let start = self.head.get(..BINARY_HEAD_BYTES).unwrap_or(&self.head);
        if self.wide.is_none() && charset::is_binary_head(start) {
            return Err(Reason::Binary);
        }
        let envelope = self.envelope(options);
        let is_plain = self.compression.is_none() && self.wide.is_none();
        let way_back = match (&self.file, &found.path, options.keep) {
            (Some((_, stamp)), Some(path), _) if is_plain => SourceLocation::Slice {
                path: path.clone(),
                stamp: *stamp,
            },
            (_, _, Keep::Once) => SourceLocation::Gone,
            (_, _, Keep::Rereadable) => SourceLocation::Spool(Spooled::new(&options.spool)),
        };
        let pace = if self.file.is_some() {
            ReadLimits::Blocks
        } else {
            ReadLimits::AsItComes
        };
        let head = io::Cursor::new(self.head).chain(self.rest);
        let reader: Box<dyn Read + Send> = match self.wide {
            Some(encoding) => Box::new(charset::Transcoder::new(head, encoding)),
            None => Box::new(head),
        };
        let source = source(found, id, (self.format, way_back), options);
        Ok(Loaded::Container(Box::new(Blocks::new(
            source,
            Stream {
                reader,
                pace,
                file: self.file,
                envelope,
            },
        ))))
    }
}

/// The record of a file that is one document.
fn whole_record(source: Arc<Source>, bytes: Vec<u8>) -> RawRecord {
    RawRecord {
        source,
        columns: None,
        number: 1,
        offset: 0,
        place: None,
        range: 0..bytes.len(),
        block: Arc::new(bytes),
    }
}

/// A file that is not compressed, read whole with as few calls to the system as can be: folders hold very many of them.
struct PlainFile {
    bytes: Vec<u8>,
    file: File,
    stamp: Stamp,
}

impl PlainFile {
    /// The file at `path`; none for one that is compressed or larger than `limit`: those go the other way.
    fn read(path: &Path, limit: u64) -> Result<Option<Self>, Reason> {
        if is_stream(path) {
            return Ok(None);
        }
        let (mut file, stamp) = open_regular(path)?;
        if stamp.bytes() > limit {
            return Ok(None);
        }
        // One byte more than there should be, so that the end is seen without memory being grown.
        let mut bytes = Vec::with_capacity(stamp.bytes() as usize + 1);
        Read::by_ref(&mut file)
            .take(limit)
            .read_to_end(&mut bytes)?;
        let is_whole = bytes.len() as u64 == stamp.bytes() && !is_compressed(&bytes);
        Ok(is_whole.then_some(Self { bytes, file, stamp }))
    }
}

/// A plain file that is one document, and its version; none for what [`PlainFile::read`] leaves, or what changed meanwhile.
fn unchanging_file(path: &Path, options: &ReadOptions) -> Result<Option<(Vec<u8>, Stamp)>, Reason> {
    let Some(PlainFile { bytes, file, stamp }) = PlainFile::read(path, options.max_document_bytes)?
    else {
        return Ok(None);
    };
    Ok((Stamp::of(&file)? == stamp).then_some((bytes, stamp)))
}

fn growth_limit(options: &ReadOptions) -> GrowthLimit {
    GrowthLimit {
        bytes: options.max_decompressed_bytes,
        ratio: options.max_ratio,
    }
}

/// A file that changed while it was read is read once more.
const RETRIES: usize = 1;

/// Bytes at the start of a container that say whether it is one.
const BINARY_HEAD_BYTES: usize = 1024;

fn source(
    found: &Found,
    id: String,
    kind: (Format, SourceLocation),
    options: &Arc<Run>,
) -> Arc<Source> {
    let (format, way_back) = kind;
    Arc::new(Source {
        shown: found.shown.clone(),
        id,
        format,
        way_back,
        options: Arc::clone(options),
    })
}

type RawSource = (Box<dyn Read + Send>, Option<(File, Stamp)>);

fn open_source(found: &Found, options: &ReadOptions) -> Result<RawSource, Reason> {
    match &found.path {
        None => Ok((stream(io::stdin(), options)?, None)),
        Some(path) if is_stream(path) => Ok((stream(File::open(path)?, options)?, None)),
        Some(path) => {
            let (file, stamp) = open_regular(path)?;
            Ok((Box::new(file.try_clone()?), Some((file, stamp))))
        }
    }
}

fn stream(
    from: impl Read + Send + 'static,
    options: &ReadOptions,
) -> io::Result<Box<dyn Read + Send>> {
    Ok(match &options.stop {
        Some(stop) => Box::new(Stoppable::new(from, Arc::clone(stop))?),
        None => Box::new(from),
    })
}

/// A stream that has failed: gives its error once.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Reads the first bytes of a file into `head`. An error leaves what was read before it.
fn fill_head(reader: &mut impl Read, head: &mut Vec<u8>) -> io::Result<()> {
    reader
        .take(SNIFFED_BYTES as u64)
        .read_to_end(head)
        .map(drop)
}

/// The same for a stream: no more than a line, so that a record is answered before the next is written; JSON that goes on
/// in the next line is read further, since its first line says too little.
fn fill_head_from_stream(reader: &mut impl Read, head: &mut Vec<u8>) -> io::Result<()> {
    let mut piece = vec![0; SNIFFED_BYTES];
    while head.len() < SNIFFED_BYTES && !has_telling_line(head) {
        match reader.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => head.extend(piece.iter().take(read)),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Whether the first line of a stream that begins with `head` is there and says what the stream is.
fn has_telling_line(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    let Some(end) = memchr::memchr(b'\n', head) else {
        return false;
    };
    let line = head.get(..end).unwrap_or(head).trim_ascii_end();
    let is_json = matches!(line.first(), Some(b'{' | b'['));
    !(is_json && matches!(line.last(), Some(b'{' | b'[' | b',' | b':')))
}

/// The encoding that a container must be turned from before it can be split; none for UTF-8 and its kin.
fn container_encoding(
    head: &[u8],
    options: &ReadOptions,
) -> Result<Option<&'static encoding_rs::Encoding>, Reason> {
    let asked = options
        .encoding
        .as_deref()
        .map(charset::by_label)
        .transpose()?;
    let encoding = asked.or_else(|| charset::wide_encoding(head));
    Ok(encoding.filter(|encoding| *encoding != encoding_rs::UTF_8))
}

/// The bytes of a file that is one document, once more.
pub(crate) fn whole_again(path: &Path, options: &ReadOptions) -> Result<(Vec<u8>, Stamp), Reason> {
    if let Some(read) = unchanging_file(path, options)? {
        return Ok(read);
    }
    let (file, stamp) = open_regular(path)?;
    let (reader, _) = decompressed(file, growth_limit(options))?;
    let mut bytes = Vec::new();
    reader
        .take(options.max_document_bytes)
        .read_to_end(&mut bytes)?;
    Ok((bytes, stamp))
}
