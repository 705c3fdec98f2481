//! From PATHs to raw records, in a fixed order. One thread reads; decoding is left to the workers, and so is the opening
//! of files by those who ask for it ([`Inputs::next_unread`]).
//!
//! The main type is [`Inputs`]. A file that cannot be read, and a record that is none, are items of the iterator.

mod chunks;
mod envelope;
mod file;
mod format;
mod left_out;
mod list;
mod load;
mod options;
mod own;
mod pieces;
mod record;
mod rows;
mod run;
mod split;
mod spool;
mod stream;
mod values;
mod walk;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

pub use format::Format;
pub use left_out::{LeftOut, Tally};
pub use list::files_from;
pub use load::UnreadFile;
pub use options::{FieldNames, HtmlMode, Keep, Links, Markup, ReadOptions, SiteField};
pub use own::is_own_report;
pub use record::{Locator, RawRecord, Rereader};

use crate::error::{ReadError, Reason};
use chunks::{Blocks, Progress};
use load::{Loaded, load};
use run::Run;
use walk::{Found, Walk, with_ids};

/// Iterator over the raw records of the inputs, in input order.
///
/// The order is: PATHs as given; within a folder by the bytes of the names, depth first; within a file from its
/// beginning. Memory is one block (1 MiB) and one record, and the list of files when several PATHs were given.
pub struct Inputs {
    walk: Walk,
    /// The files that were listed before reading, when several PATHs were given.
    listed: Option<std::vec::IntoIter<Result<(Found, String), ReadError>>>,
    options: Arc<Run>,
    container: Option<Blocks>,
    ready: VecDeque<Result<RawRecord, ReadError>>,
    /// The run was told to stop, and an item said what is left: no file is opened any more.
    is_over: bool,
}

impl Inputs {
    /// Prepares to read `paths`: files, folders, or `-` for standard input.
    ///
    /// # Errors
    /// [`Reason::NoPath`] when `paths` is empty and [`Reason::BadPattern`] for a pattern that cannot be understood.
    /// Everything else that goes wrong is an item of the iterator.
    pub fn open(paths: &[PathBuf], options: ReadOptions) -> Result<Self, ReadError> {
        if paths.is_empty() {
            return Err(ReadError::of_file("PATH", Reason::NoPath));
        }
        let mut walk = Walk::new(paths, &options)?;
        let listed = (paths.len() > 1).then(|| with_ids(&mut walk).into_iter());
        Ok(Self {
            walk,
            listed,
            options: Arc::new(Run::new(options)),
            container: None,
            ready: VecDeque::new(),
            is_over: false,
        })
    }

    /// What walked folders held and was left out so far.
    #[must_use]
    pub fn left_out(&self) -> LeftOut {
        self.options.left_out.so_far()
    }

    /// Passes over the rest of the file that is open, if one is, and names it: for who found that reading it goes wrong.
    pub fn abandon(&mut self) -> Option<String> {
        Some(self.container.take()?.shown().to_owned())
    }

    fn next_file(&mut self) -> Option<Result<(Found, String), ReadError>> {
        if self.is_over {
            return None;
        }
        let next = match &mut self.listed {
            Some(listed) => listed.next(),
            None => self.walk.next().map(|next| {
                next.map(|found| {
                    let id = found.shown.clone();
                    (found, id)
                })
            }),
        }?;
        if !self.options.is_stopped() {
            return Some(next);
        }
        self.is_over = true;
        Some(next.and_then(|(found, _)| Err(ReadError::of_file(found.shown, Reason::Interrupted))))
    }
}

impl Iterator for Inputs {
    type Item = Result<RawRecord, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.next_ready() {
                return Some(item);
            }
            match self.next_file()? {
                Err(error) => return Some(Err(error)),
                Ok((found, id)) => {
                    if let Some(item) = self.load(&found, id) {
                        return Some(item);
                    }
                }
            }
        }
    }
}

/// What comes next of the inputs.
#[derive(Clone, Debug)]
pub enum Deferred {
    /// A record of a file that is open.
    Record(RawRecord),
    /// A file that anybody may open and read.
    File(UnreadFile),
}

impl Inputs {
    /// The same as [`Iterator::next`], but files that are one document, and small ones of records, are only found: opening
    /// and reading them is most of the work in a folder of many, and can be done by several threads.
    pub fn next_unread(&mut self) -> Option<Result<Deferred, ReadError>> {
        loop {
            if let Some(item) = self.next_ready() {
                return Some(item.map(Deferred::Record));
            }
            let unread = match self.next_file()? {
                Err(error) => return Some(Err(error)),
                Ok((found, id)) => UnreadFile::new(found, id, &self.options),
            };
            match unread {
                Ok(file) => return Some(Ok(Deferred::File(file))),
                Err((found, id)) => {
                    if let Some(item) = self.load(&found, id) {
                        return Some(item.map(Deferred::Record));
                    }
                }
            }
        }
    }

    /// The next record of the file that is open, if there is one.
    fn next_ready(&mut self) -> Option<Result<RawRecord, ReadError>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            let progress = self.container.as_mut()?.advance(&mut self.ready);
            if progress == Progress::Ended {
                self.container = None;
            } else if !self.ready.is_empty() && self.options.is_stopped() {
                self.end_file();
            }
        }
    }

    /// Passes over what is left of the file that is open. If that is anything, reading is over, and the last item says so.
    fn end_file(&mut self) {
        let Some(mut file) = self.container.take() else {
            return;
        };
        let mut rest = VecDeque::new();
        while rest.is_empty() && file.advance(&mut rest) != Progress::Ended {}
        if !rest.is_empty() {
            let cut = ReadError::of_file(file.shown(), Reason::Interrupted);
            self.ready.push_back(Err(cut));
            self.is_over = true;
        }
    }

    /// Opens a file: its record if it is one, or nothing yet.
    fn load(&mut self, found: &Found, id: String) -> Option<Result<RawRecord, ReadError>> {
        match load(found, id, &self.options) {
            Ok(Loaded::Document(record)) => Some(Ok(record)),
            Err(error) => Some(Err(error)),
            Ok(Loaded::OwnReport) => None,
            Ok(Loaded::Container(blocks)) => {
                self.container = Some(*blocks);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reader may live on a thread of its own, and records go to the workers.
    #[test]
    fn inputs_and_records_can_be_sent_between_threads() {
        fn can_be_sent<T: Send>() {}
        can_be_sent::<Inputs>();
        can_be_sent::<RawRecord>();
        can_be_sent::<Locator>();
        can_be_sent::<ReadError>();
        can_be_sent::<Deferred>();
    }

    /// What `lines` records of one file, and a second file, give when the run is told to stop after `taken` items: the number of
    /// records, and the codes of the errors.
    fn stopped_after(taken: usize, lines: usize) -> (usize, Vec<&'static str>) {
        let folder = tempfile::tempdir().unwrap();
        let text = "a ferry ran aground off the point ".repeat(40);
        let record = format!("{{\"text\": \"{text}\"}}\n");
        std::fs::write(folder.path().join("a.jsonl"), record.repeat(lines)).unwrap();
        std::fs::write(folder.path().join("b.jsonl"), &record).unwrap();
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(taken == 0));
        let options = ReadOptions {
            stop: Some(Arc::clone(&stop)),
            ..ReadOptions::default()
        };
        let inputs = Inputs::open(&[folder.path().to_path_buf()], options).unwrap();
        let mut read = 0;
        let mut codes = Vec::new();
        for (item, number) in inputs.zip(1..) {
            match item {
                Ok(_) => read += 1,
                Err(error) => codes.push(error.code()),
            }
            stop.store(number >= taken, std::sync::atomic::Ordering::Relaxed);
        }
        (read, codes)
    }

    #[test]
    fn a_stop_says_that_something_is_left_where_it_is() {
        // 7,000 records are some ten megabytes, and blocks have one.
        let (read, codes) = stopped_after(10, 7_000);
        assert!((10..7_000).contains(&read), "{read}");
        assert_eq!(codes, ["interrupted"]);
        // The first file was read to its end, and there is another.
        assert_eq!(stopped_after(3, 3), (3, vec!["interrupted"]));
        assert_eq!(stopped_after(0, 3), (0, vec!["interrupted"]));
        // All was read when the stop came.
        assert_eq!(stopped_after(4, 3), (4, vec![]));
    }

    #[test]
    fn a_locator_is_small() {
        assert_eq!(size_of::<Locator>(), 40);
    }
}
