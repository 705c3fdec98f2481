//! Streams that keep their reader waiting, as standard input that nobody types into: read by a thread of their own, so
//! that a run can be told to end while nothing comes.

use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use crate::error::Reason;

/// Bytes read at once, and pieces that may wait to be taken.
const PIECE_BYTES: usize = 64 << 10;
const MOST_WAITING: usize = 4;

/// How long it takes at most until a wish to stop is noticed.
const PATIENCE: Duration = Duration::from_millis(50);

/// A stream that ends when it ends, and fails with [`Reason::Interrupted`] once it is told to stop before.
pub(crate) struct Stoppable {
    pieces: Receiver<io::Result<Vec<u8>>>,
    piece: Cursor<Vec<u8>>,
    stop: Arc<AtomicBool>,
}

impl Stoppable {
    /// Reads `stream` until its end; fails once `stop` is set. The thread that reads may outlive this, waiting.
    ///
    /// # Errors
    /// When there can be no thread more.
    pub(crate) fn new(
        stream: impl Read + Send + 'static,
        stop: Arc<AtomicBool>,
    ) -> io::Result<Self> {
        let (give, pieces) = sync_channel(MOST_WAITING);
        let mut stream = stream;
        let read_on = move || {
            // It ends with the stream, or when nobody takes the pieces any more.
            while let Some(piece) = next_piece(&mut stream) {
                if give.send(piece).is_err() {
                    break;
                }
            }
        };
        std::thread::Builder::new().spawn(read_on)?;
        Ok(Self {
            pieces,
            piece: Cursor::default(),
            stop,
        })
    }
}

/// What a stream gives next; none at its end.
fn next_piece(stream: &mut impl Read) -> Option<io::Result<Vec<u8>>> {
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        match stream.read(&mut piece) {
            Ok(0) => return None,
            Ok(read) => {
                piece.truncate(read);
                return Some(Ok(piece));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Some(Err(error)),
        }
    }
}

impl Read for Stoppable {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.piece.read(out)?;
            if read > 0 || out.is_empty() {
                return Ok(read);
            }
            let is_stopped = self.stop.load(Ordering::Relaxed);
            let patience = if is_stopped { Duration::ZERO } else { PATIENCE };
            match self.pieces.recv_timeout(patience) {
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
                _ if is_stopped => return Err(io::Error::other(Reason::Interrupted)),
                Ok(piece) => self.piece = Cursor::new(piece?),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives what it holds and then waits for ever.
    struct Waiting(Cursor<Vec<u8>>);

    impl Read for Waiting {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            match self.0.read(out)? {
                0 => loop {
                    std::thread::park();
                },
                read => Ok(read),
            }
        }
    }

    #[test]
    fn a_stream_is_read_to_its_end() {
        let bytes: Vec<u8> = (0..300_000u32).map(|n| (n % 251) as u8).collect();
        let mut read = Vec::new();
        let stop = Arc::default();
        let mut stream = Stoppable::new(Cursor::new(bytes.clone()), stop).unwrap();
        stream.read_to_end(&mut read).unwrap();
        assert!(read == bytes);
    }

    #[test]
    fn a_stream_that_waits_ends_when_it_is_told_to() {
        let stop = Arc::new(AtomicBool::new(false));
        let waiting = Waiting(Cursor::new(b"what came".to_vec()));
        let mut stream = Stoppable::new(waiting, Arc::clone(&stop)).unwrap();
        let mut read = [0; 9];
        stream.read_exact(&mut read).unwrap();
        stop.store(true, Ordering::Relaxed);
        assert_eq!(&read, b"what came");
        let error = stream.read(&mut [0; 9]).unwrap_err();
        assert_eq!(Reason::from(error).code(), "interrupted");
    }

    #[test]
    fn a_stream_that_has_ended_is_not_cut_by_a_stop() {
        let stop = Arc::new(AtomicBool::new(false));
        let mut stream = Stoppable::new(Cursor::new(b"all".to_vec()), Arc::clone(&stop)).unwrap();
        let mut read = Vec::new();
        stream.read_to_end(&mut read).unwrap();
        stop.store(true, Ordering::Relaxed);
        assert_eq!(stream.read(&mut [0; 9]).unwrap(), 0);
    }
}
