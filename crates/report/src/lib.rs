//! Showing findings: the machine format, the terminal, one HTML page, and graph files.
//!
//! Every renderer consumes the same [`Findings`](wirecopy_findings::Findings) and, to show words, the documents'
//! [`Texts`]. Nothing here looks at an article with eyes of its own: a number or a claim is shown only if it is in the
//! findings. Text of documents is hostile until proven otherwise, so no renderer lets it act: the terminal gets no
//! control character, and the page no markup, from it.
//!
//! ```
//! use wirecopy_findings::Findings;
//! use wirecopy_report::{NoTexts, terminal};
//!
//! let mut out = Vec::new();
//! terminal::summary(&Findings::default(), &NoTexts, &terminal::Style::default(), &mut out)?;
//! assert!(String::from_utf8_lossy(&out).starts_with("0 documents"));
//! # Ok::<(), std::io::Error>(())
//! ```

#![forbid(unsafe_code)]

mod alignment;
mod diff_runs;
mod forest;
pub mod graph;
pub mod html;
mod index;
pub mod json;
mod labels;
mod overlap;
mod pair_order;
mod sanitize;
pub mod schema;
pub mod terminal;
mod texts;
mod variants;

pub use sanitize::{Charset, harmless};
pub use texts::{NoTexts, Texts};
