//! Reports that this program wrote, met among its inputs: a run with `--out` into the folder that is read must not read them
//! the next time.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::error::Reason;
use crate::read::walk::Found;

/// Bytes at the start of a file in which a report says that it is one.
const HEAD_BYTES: usize = 1024;

/// What stands in the heads of reports, and how their files begin.
const MARKS: [(&str, &str); 7] = [
    ("{", "\"schema\": \"wirecopy."),
    ("{\"record\":", "\"schema\":\"wirecopy."),
    (
        "<!DOCTYPE html>",
        "<meta name=\"generator\" content=\"wirecopy\">",
    ),
    ("id,keep,family,duplicate_of,relation,aligned", ""),
    ("{\"id\":", ",\"keep\":true,\"family\":"),
    ("{\"id\":", ",\"keep\":false,\"family\":"),
    (
        "{\n  \"summary\": {\n    \"documents\": ",
        "\"near_duplicate\": ",
    ),
];

/// Names of the report that says nothing of itself, and of one beside it that does.
const SUMMARY: &str = "summary.txt";
const BESIDE: &str = "findings.json";

/// Refuses a file that is a report of this program.
///
/// # Errors
/// [`Reason::OwnReport`] if it is.
pub(crate) fn refuse(head: &[u8], found: &Found) -> Result<(), Reason> {
    let is_beside = || found.path.as_deref().is_some_and(is_summary);
    if is_report(head) || is_beside() {
        Err(Reason::OwnReport)
    } else {
        Ok(())
    }
}

fn is_report(head: &[u8]) -> bool {
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    MARKS.iter().any(|(start, mark)| {
        head.starts_with(start.as_bytes()) && memchr::memmem::find(head, mark.as_bytes()).is_some()
    })
}

/// Whether the file at `path` is the summary of a run that wrote everything to its folder.
fn is_summary(path: &Path) -> bool {
    if path.file_name().is_none_or(|name| name != SUMMARY) {
        return false;
    }
    let mut head = Vec::new();
    let beside = File::open(path.with_file_name(BESIDE));
    let read = beside.and_then(|file| file.take(HEAD_BYTES as u64).read_to_end(&mut head));
    read.is_ok() && is_report(&head)
}
