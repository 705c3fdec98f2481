//! Getting documents in and kept records out: folders, text files, JSONL, JSON, CSV, compression, encodings.
//!
//! [`Inputs`] walks the PATHs that a user gave, in an order that does not depend on the file system, and yields
//! [`RawRecord`]s: the bytes of one record and where they stood. That part is cheap and runs on one thread. [`decode()`]
//! turns a raw record into a [`Document`](wirecopy_document::Document); it is a pure function and runs in the workers.
//! [`IdAssigner`] then makes the ids unique, in input order. A text that was let go can be had again through its
//! [`Locator`], and [`RecordWriter`] writes kept records with their own fields untouched.
//!
//! Bad input never ends a run: it is an item ([`ReadError`]) that names the file, the place and the reason.
//!
//! ```
//! use wirecopy_corpus::{Inputs, ReadOptions, decode};
//!
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("a.txt"), "A ferry ran aground off Lorne Point.")?;
//! std::fs::write(folder.path().join("b.jsonl"), "{\"id\": 7, \"text\": \"Nobody was hurt.\"}\nnot JSON\n")?;
//!
//! let inputs = Inputs::open(&[folder.path().to_path_buf()], ReadOptions::default())?;
//! let read: Vec<_> = inputs.map(|record| record.and_then(|raw| decode(&raw))).collect();
//! assert_eq!(read[0].as_ref().map(|d| d.document.text.as_str()).ok(), Some("A ferry ran aground off Lorne Point."));
//! assert_eq!(read[1].as_ref().map(|d| d.id.name.as_str()).ok(), Some("7"));
//! assert_eq!(read[2].as_ref().map_err(|e| e.code()).err(), Some("invalid_json"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod decode;
pub mod error;
pub mod html;
pub mod ids;
pub mod read;
pub mod replace;
pub mod write;

pub use decode::{Decoded, decode};
pub use error::{ReadError, Reason};
pub use ids::{IdAssigner, IdOrigin, ProposedId};
pub use read::{FieldNames, Inputs, Locator, RawRecord, ReadOptions, Rereader};
pub use write::RecordWriter;
