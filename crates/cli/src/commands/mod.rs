//! One module for each verb.

pub(crate) mod bench;
pub(crate) mod clean;
pub(crate) mod compare;
pub(crate) mod dedup;
pub(crate) mod lineage;
pub(crate) mod meta;
pub(crate) mod scan;
