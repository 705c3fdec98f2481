//! Opens one found file: decompresses, finds the format, reads it whole if it is one document, else hands its stream to
//! the splitter.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use crate::decode::charset;
use crate::decode::compression::{GrowthLimit, decompressed};
use crate::error::{Compression, ReadError, Reason};
use crate::read::blocks::{Blocks, Pace, Stream};
use crate::read::file::{Stamp, open_regular};
use crate::read::format::{ByName, SNIFFED_BYTES, settle};
use crate::read::record::{RawRecord, Source, WayBack};
use crate::read::walk::{Found, is_stream};
use crate::read::{Format, Keep, ReadOptions};

/// What a file turned out to be.
pub(crate) enum Loaded {
    /// One document.
    Document(RawRecord),
    /// A stream of records.
    Container(Blocks),
}

/// Formats that hold articles and are not read, by extension: named themselves, they are refused rather than taken for
/// plain text.
const UNSUPPORTED: [&str; 14] = [
    "pdf", "doc", "docx", "odt", "rtf", "epub", "xml", "rss", "atom", "parquet", "warc", "tar",
    "zip", "db",
];

/// Opens `found`, whose documents' ids begin with `id`.
pub(crate) fn load(
    found: &Found,
    id: String,
    options: &Arc<ReadOptions>,
) -> Result<Loaded, ReadError> {
    let name = |reason: Reason| ReadError::of_file(found.given(), reason);
    if let ByName::Foreign(extension) = &found.named
        && UNSUPPORTED.contains(&extension.as_str())
    {
        return Err(name(Reason::UnsupportedFormat(extension.clone())));
    }
    let opened = Opened::new(found, options).map_err(name)?;
    match opened.format {
        Format::Text | Format::Html => opened.document(found, id, options).map_err(name),
        _ => opened.container(found, id, options).map_err(name),
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
        let (raw, file) = open_source(found)?;
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
        let wide = container_encoding(&head, options)?;
        let assumed = options.stdin_format.filter(|_| file.is_none());
        let format = assumed.unwrap_or_else(|| {
            let visible = wide.map(|encoding| encoding.decode(&head).0.into_owned().into_bytes());
            let visible = visible.as_deref().unwrap_or(&head);
            settle(&found.named, visible, &options.fields.text)
        });
        Ok(Self {
            head,
            rest,
            compression,
            file,
            format,
            wide,
        })
    }

    fn document(
        mut self,
        found: &Found,
        id: String,
        options: &Arc<ReadOptions>,
    ) -> Result<Loaded, Reason> {
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
        let way_back = self.way_back_to_document(found, options, &bytes)?;
        let source = source(found, id, (self.format, way_back), options);
        let range = 0..bytes.len();
        Ok(Loaded::Document(RawRecord {
            source,
            columns: None,
            number: 1,
            offset: 0,
            block: Arc::new(bytes),
            range,
        }))
    }

    fn way_back_to_document(
        &self,
        found: &Found,
        options: &ReadOptions,
        bytes: &[u8],
    ) -> Result<WayBack, Reason> {
        Ok(match (&self.file, &found.path, options.keep) {
            (Some((_, stamp)), Some(path), _) => WayBack::Whole {
                path: path.clone(),
                stamp: *stamp,
            },
            (_, _, Keep::Once) => WayBack::Gone,
            (_, _, Keep::Rereadable) => {
                let mut spool = tempfile::tempfile()?;
                spool.write_all(bytes)?;
                WayBack::Spool(spool)
            }
        })
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

    fn container(
        self,
        found: &Found,
        id: String,
        options: &Arc<ReadOptions>,
    ) -> Result<Loaded, Reason> {
        if self.wide.is_none() && is_binary(&self.head) {
            return Err(Reason::Binary);
        }
        let way_back = self.way_back_to_records(found, options)?;
        let pace = if self.file.is_some() {
            Pace::Blocks
        } else {
            Pace::AsItComes
        };
        let head = io::Cursor::new(self.head).chain(self.rest);
        let reader: Box<dyn Read + Send> = match self.wide {
            Some(encoding) => Box::new(charset::Transcoder::new(head, encoding)),
            None => Box::new(head),
        };
        let source = source(found, id, (self.format, way_back), options);
        Ok(Loaded::Container(Blocks::new(
            source,
            Stream {
                reader,
                pace,
                file: self.file,
            },
        )))
    }
}

impl Opened {
    fn way_back_to_records(&self, found: &Found, options: &ReadOptions) -> Result<WayBack, Reason> {
        let is_plain = self.compression.is_none() && self.wide.is_none();
        Ok(match (&self.file, &found.path, options.keep) {
            (Some((_, stamp)), Some(path), _) if is_plain => WayBack::Slice {
                path: path.clone(),
                stamp: *stamp,
            },
            (_, _, Keep::Once) => WayBack::Gone,
            (_, _, Keep::Rereadable) => WayBack::Spool(tempfile::tempfile()?),
        })
    }
}

fn is_binary(head: &[u8]) -> bool {
    head.iter().take(BINARY_HEAD_BYTES).any(|&byte| byte == 0)
}

fn growth_limit(options: &ReadOptions) -> GrowthLimit {
    GrowthLimit {
        bytes: options.max_decompressed_bytes,
        ratio: options.max_ratio,
    }
}

/// A file that changed while it was read is read once more.
const RETRIES: usize = 1;

/// A zero byte among the first bytes of a container says that it is none.
const BINARY_HEAD_BYTES: usize = 1024;

fn source(
    found: &Found,
    id: String,
    kind: (Format, WayBack),
    options: &Arc<ReadOptions>,
) -> Arc<Source> {
    let (format, way_back) = kind;
    Arc::new(Source {
        shown: found.shown.clone(),
        given: found.given(),
        id,
        format,
        way_back,
        options: Arc::clone(options),
    })
}

type RawSource = (Box<dyn Read + Send>, Option<(File, Stamp)>);

fn open_source(found: &Found) -> Result<RawSource, Reason> {
    match &found.path {
        None => Ok((Box::new(io::stdin()), None)),
        Some(path) if is_stream(path) => Ok((Box::new(File::open(path)?), None)),
        Some(path) => {
            let (file, stamp) = open_regular(path)?;
            Ok((Box::new(file.try_clone()?), Some((file, stamp))))
        }
    }
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

/// The same for a stream: no more than a line, so that a record is answered before the next is written.
fn fill_head_from_stream(reader: &mut impl Read, head: &mut Vec<u8>) -> io::Result<()> {
    let mut piece = vec![0; SNIFFED_BYTES];
    while head.len() < SNIFFED_BYTES && !head.trim_ascii_start().contains(&b'\n') {
        match reader.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => head.extend_from_slice(&piece[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
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
    let (file, stamp) = open_regular(path)?;
    let (reader, _) = decompressed(file, growth_limit(options))?;
    let mut bytes = Vec::new();
    reader
        .take(options.max_document_bytes)
        .read_to_end(&mut bytes)?;
    Ok((bytes, stamp))
}
