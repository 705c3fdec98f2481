//! Decompression by content, with a guard against files that decompress to absurd amounts.

use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Compression, Reason};

/// How much a compressed file may grow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GrowthLimit {
    /// Decompressed bytes that are always allowed.
    pub bytes: u64,
    /// Ratio that must hold above them.
    pub ratio: u64,
}

/// Wraps `reader` so that it gives decompressed bytes; the first bytes of the file decide. The second value says how
/// it was compressed, if it was.
///
/// The reader's errors hold a [`Reason`] where the compressed data is to blame.
pub(crate) fn decompressed(
    mut reader: impl Read + Send + 'static,
    limit: GrowthLimit,
) -> io::Result<(Box<dyn Read + Send>, Option<Compression>)> {
    let mut magic = Vec::with_capacity(4);
    reader.by_ref().take(4).read_to_end(&mut magic)?;
    let Some(compression) = compression(&magic) else {
        return Ok((Box::new(io::Cursor::new(magic).chain(reader)), None));
    };
    let consumed = Arc::new(AtomicU64::new(0));
    let counted = Counted {
        inner: io::Cursor::new(magic).chain(reader),
        count: Arc::clone(&consumed),
    };
    let buffered = BufReader::with_capacity(64 << 10, counted);
    let inner: Box<dyn Read + Send> = match compression {
        Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(buffered)),
        Compression::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(buffered)?),
    };
    Ok((
        Box::new(Guarded {
            inner,
            compression,
            consumed,
            produced: 0,
            limit,
        }),
        Some(compression),
    ))
}

/// How a file that begins with `head` was compressed, if it was.
fn compression(head: &[u8]) -> Option<Compression> {
    match head {
        [0x1f, 0x8b, 8, _, ..] => Some(Compression::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Compression::Zstd),
        _ => None,
    }
}

/// Whether a file that begins with `head` was compressed.
pub(crate) fn is_compressed(head: &[u8]) -> bool {
    compression(head).is_some()
}

/// Counts the bytes that went through.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Gives the decoder's errors their names and stops absurd growth.
struct Guarded {
    inner: Box<dyn Read + Send>,
    compression: Compression,
    consumed: Arc<AtomicU64>,
    produced: u64,
    limit: GrowthLimit,
}

impl Read for Guarded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer).map_err(|error| self.name(error))?;
        self.produced += read as u64;
        let believed = self
            .consumed
            .load(Ordering::Relaxed)
            .saturating_mul(self.limit.ratio);
        if self.produced > self.limit.bytes && self.produced > believed {
            let GrowthLimit {
                bytes: limit,
                ratio,
            } = self.limit;
            return Err(io::Error::other(Reason::Bomb { limit, ratio }));
        }
        Ok(read)
    }
}

impl Guarded {
    /// The decoders report damage as invalid input or data, or without a kind; anything with a system error number
    /// comes from the file below.
    fn name(&self, error: io::Error) -> io::Error {
        match error.kind() {
            io::ErrorKind::Interrupted => error,
            io::ErrorKind::UnexpectedEof => io::Error::other(Reason::Truncated(self.compression)),
            _ if error.raw_os_error().is_some() => error,
            _ => io::Error::other(Reason::Corrupt(self.compression)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const LIMIT: GrowthLimit = GrowthLimit {
        bytes: 1 << 20,
        ratio: 200,
    };

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: Vec<u8>) -> Result<Vec<u8>, &'static str> {
        let code = |error: io::Error| Reason::from(error).code();
        let (mut reader, _) = decompressed(io::Cursor::new(bytes), LIMIT).map_err(code)?;
        let mut out = Vec::new();
        reader.read_to_end(&mut out).map_err(code)?;
        Ok(out)
    }

    #[test]
    fn members_and_frames_are_joined() {
        let mut two = gzip(b"The ferry ");
        two.extend(gzip(b"sank."));
        assert_eq!(read(two).unwrap(), b"The ferry sank.");
        let mut frames = zstd::encode_all(&b"The ferry "[..], 3).unwrap();
        frames.extend(zstd::encode_all(&b"sank."[..], 3).unwrap());
        assert_eq!(read(frames).unwrap(), b"The ferry sank.");
        assert_eq!(read(b"The".to_vec()).unwrap(), b"The");
    }

    #[test]
    fn damage_has_a_name() {
        let whole = gzip(&b"The ferry sank off the point. ".repeat(50));
        assert_eq!(
            read(whole[..whole.len() / 2].to_vec()),
            Err("truncated_gzip")
        );
        let mut junk = whole.clone();
        junk.extend(b"junk after the end");
        assert_eq!(read(junk), Err("corrupt_gzip"));
        let mut flipped = whole;
        let at = flipped.len() - 6;
        flipped[at] ^= 0x40;
        assert_eq!(read(flipped), Err("corrupt_gzip"));
        let frame = zstd::encode_all(&b"The ferry sank off the point. ".repeat(50)[..], 3).unwrap();
        assert_eq!(
            read(frame[..frame.len() - 5].to_vec()),
            Err("truncated_zstd")
        );
        let mut bad = frame;
        bad[6] ^= 0xff;
        assert_eq!(read(bad), Err("corrupt_zstd"));
    }

    #[test]
    fn absurd_growth_is_stopped_and_honest_growth_is_not() {
        assert_eq!(read(gzip(&vec![b' '; 8 << 20])), Err("bomb"));
        assert_eq!(
            read(gzip(&vec![b' '; 1 << 20])).map(|out| out.len()),
            Ok(1 << 20)
        );
        let mut state = 1_u64;
        let noise: Vec<u8> = (0..3 << 20)
            .map(|_| {
                state = wirecopy_text::hash::mix(state);
                b'a' + (state % 26) as u8
            })
            .collect();
        assert_eq!(read(gzip(&noise)).map(|out| out.len()), Ok(noise.len()));
    }
}
