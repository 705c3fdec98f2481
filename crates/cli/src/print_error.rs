//! The one way to standard error. Messages are for people and never the result: where standard error is full or closed,
//! they are lost and the run goes on.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Write;

use wirecopy_findings::ErrorRecord;
use wirecopy_report::{Charset, harmless};

/// Inputs of one kind of error that are told one by one; the rest are counted. Enough to see what is wrong.
const MOST_TOLD: usize = 10;

/// Says one line. What steers a terminal, and line breaks (in a file's name, say), are made harmless.
pub(crate) fn tell(line: impl Display) {
    let line = harmless(&format!("wirecopy: {line}"), Charset::Unicode);
    write(&(line + "\n"));
}

/// Writes `text`, which has no more than our own control characters, to standard error.
pub(crate) fn write(text: &str) {
    let _unheard = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Says what could not be read as it is: the first inputs of each kind, and how many more there are.
pub(crate) fn tell_errors(errors: &[ErrorRecord]) {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for error in errors {
        let times = times.entry(&error.code).or_default();
        *times += 1;
        if *times <= MOST_TOLD {
            tell(&error.message);
        }
    }
    for (code, times) in times {
        if let Some(more @ 1..) = times.checked_sub(MOST_TOLD) {
            let of_kind = code.replace('_', " ");
            tell(format_args!("... and {more} more of this kind: {of_kind}"));
        }
    }
}
