//! The lexicon's tables: what site furniture, captions and credits say in English, German, French, Spanish, Italian
//! and Portuguese.
//!
//! Weights are log-odds against article text. They come in three steps, so that a table can be extended without
//! fitting: [`SURE`] for words that nothing but furniture says, [`LIKELY`] for words that need a little support from
//! shape or place, [`HINT`] for words that articles use too. The steps were chosen on the fitting part of the labelled
//! pages and on the fitting half of a collection of real articles.

use super::Role;
use crate::findings::BoilerplateType;

mod chrome;
mod credit;
mod short;

/// Decides alone.
pub(crate) const SURE: f64 = 9.0;
/// Decides on a short line.
pub(crate) const LIKELY: f64 = 6.0;
/// Decides with support.
pub(crate) const HINT: f64 = 3.0;

/// Where in a line a phrase counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// It is the whole line, but for case, digits and punctuation.
    Line,
    /// The line opens with it. A phrase that ends in a colon wants a colon, dash or bar after it.
    Start,
    /// The line ends with it, but for punctuation.
    End,
    /// Anywhere, at word boundaries.
    Any,
}

/// Phrases that mean the same.
pub(crate) struct Group {
    /// What they mark.
    pub kind: BoilerplateType,
    /// Whose role they speak for.
    pub role: Role,
    /// Where they count.
    pub anchor: Anchor,
    /// Log-odds.
    pub weight: f64,
    /// Lower case; `'` also stands for `’`.
    pub phrases: &'static [&'static str],
}

/// All groups, in a fixed order.
pub(crate) fn groups() -> impl Iterator<Item = &'static Group> {
    chrome::GROUPS
        .iter()
        .chain(short::GROUPS)
        .chain(credit::GROUPS)
}
