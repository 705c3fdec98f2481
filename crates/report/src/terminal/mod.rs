//! Findings in a terminal.
//!
//! The caller says how wide it is, whether colour is wanted and whether it can show Unicode; nothing here looks at the
//! environment. Differences are told apart by colour where there is colour, else by marks.

mod compare;
mod families;
mod layout;
mod legend;
mod limits;
mod passages;
mod sections;
mod sides;
mod style;
mod summary;

pub use crate::sanitize::Charset;
pub use compare::compare;
pub use style::{Colour, Style};
pub use summary::{lineage, summary};
