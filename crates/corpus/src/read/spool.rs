//! Copies of what cannot be read twice, in one temporary file for a whole run: a file for each would use up what the system
//! lets a process hold open.

use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::error::Reason;
use crate::read::file::{read_exact_at, write_all_at};

/// The temporary file of a run. Nothing is taken out of it before the run ends.
#[derive(Debug, Default)]
pub(crate) struct Spool {
    file: OnceLock<File>,
    end: AtomicU64,
}

impl Spool {
    /// Appends `bytes` and says where they stand. Any number of threads may append at once.
    fn append(&self, bytes: &[u8]) -> io::Result<u64> {
        let file = match self.file.get() {
            Some(file) => file,
            None => {
                let new = tempfile::tempfile()?;
                self.file.get_or_init(|| new)
            }
        };
        let at = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        write_all_at(file, bytes, at)?;
        Ok(at)
    }

    fn read_exact_at(&self, bytes: &mut [u8], at: u64) -> Result<(), Reason> {
        let file = self.file.get().ok_or(Reason::NotKept)?;
        read_exact_at(file, bytes, at)
    }
}

/// The copy of one stream: pieces of the run's file.
#[derive(Debug)]
pub(crate) struct Spooled {
    spool: Arc<Spool>,
    pieces: Mutex<Vec<Extent>>,
}

/// Bytes of the stream that stand together in the file.
#[derive(Clone, Copy, Debug)]
struct Extent {
    /// Where they begin in the stream.
    start: u64,
    /// Where in the file.
    at: u64,
    bytes: u64,
}

impl Spooled {
    /// An empty copy in `spool`.
    pub(crate) fn new(spool: &Arc<Spool>) -> Self {
        Self {
            spool: Arc::clone(spool),
            pieces: Mutex::default(),
        }
    }

    /// Copies the next `bytes` of the stream.
    pub(crate) fn append(&self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let at = self.spool.append(bytes)?;
        // A list of extents is whole whatever became of a thread that held it.
        let mut pieces = self.pieces.lock().unwrap_or_else(PoisonError::into_inner);
        let more = bytes.len() as u64;
        match pieces.last_mut() {
            Some(last) if last.at + last.bytes == at => last.bytes += more,
            last => {
                let start = last.map_or(0, |last| last.start + last.bytes);
                let bytes = more;
                pieces.push(Extent { start, at, bytes });
            }
        }
        Ok(())
    }

    /// Fills `bytes` from byte `offset` of the stream.
    pub(crate) fn read_exact_at(&self, bytes: &mut [u8], offset: u64) -> Result<(), Reason> {
        let pieces = self.pieces.lock().unwrap_or_else(PoisonError::into_inner);
        let first = pieces.partition_point(|piece| piece.start + piece.bytes <= offset);
        let mut wanted = bytes;
        let mut offset = offset;
        for piece in pieces.iter().skip(first) {
            if wanted.is_empty() {
                break;
            }
            let passed = offset - piece.start;
            let here = (piece.bytes - passed).min(wanted.len() as u64);
            let (part, rest) = wanted.split_at_mut(here as usize);
            self.spool.read_exact_at(part, piece.at + passed)?;
            offset += here;
            wanted = rest;
        }
        if wanted.is_empty() {
            Ok(())
        } else {
            Err(Reason::NotKept)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_that_are_copied_side_by_side_come_back_apart() {
        let spool = Arc::default();
        let (a, b) = (Spooled::new(&spool), Spooled::new(&spool));
        for n in 0..20_u8 {
            a.append(&[n; 7]).unwrap();
            a.append(&[]).unwrap();
            b.append(&[100 + n; 3]).unwrap();
            b.append(&[200; 2]).unwrap();
        }
        let mut read = [0; 15];
        a.read_exact_at(&mut read, 5).unwrap();
        assert_eq!(read, [0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
        let mut read = [0; 7];
        b.read_exact_at(&mut read, 94).unwrap_err();
        b.read_exact_at(&mut read, 93).unwrap();
        assert_eq!(read, [200, 200, 119, 119, 119, 200, 200]);
    }
}
