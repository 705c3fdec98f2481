//! The only place with threads, and the only entry that most users need.

mod observer;
mod sink;

pub use observer::{Observer, Silent, Stage};
pub use sink::{Record, Sink};
