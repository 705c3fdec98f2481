//! `wirecopy compare`: two articles side by side.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wirecopy_corpus::read::ReadOptions;
use wirecopy_corpus::{Decoded, IdAssigner, Inputs, RawRecord};
use wirecopy_detector::options::{EditDetail, Options};
use wirecopy_report::json::{self, Layout};
use wirecopy_report::terminal;

use crate::args::{CompareArgs, CompareFormat};
use crate::output::{in_memory, to_stdout};
use crate::plan::{self, Picked, ReadPlan};
use crate::session::{self, decode_guarded};

/// Runs it and gives the exit code.
pub(crate) fn run(args: &CompareArgs) -> Result<u8> {
    let run = plan::run_plan(&args.run)?;
    let style = plan::style(&args.look)?;
    if let Some(folder) = [&args.a, &args.b].into_iter().find(|arg| arg.is_dir()) {
        bail!(
            "compare wants two articles, and {} is a folder",
            folder.display()
        );
    }
    let options = plan::read_options(&args.records);
    let picked = pick(&[&args.a, &args.b], &options)?;
    let read = ReadPlan {
        paths: vec![args.a.clone(), args.b.clone()],
        picked,
        ..ReadPlan::new(options)
    };
    // Two articles that somebody names are compared however short they are.
    let options = Options {
        min_words: 1,
        edits: EditDetail::Words,
        report_events: true,
        ..Options::default()
    };
    let mut session = session::run(read, options, &run)?;
    let shown = session.show(|(findings, texts)| {
        in_memory(|out| match args.format {
            CompareFormat::Text if findings.documents.len() != 2 => Ok(()),
            CompareFormat::Text => terminal::compare(findings, texts, &style, out),
            CompareFormat::Json => json::write(findings, Layout::Pretty, out),
        })
    })?;
    let found = session.findings.documents.len();
    if found != 2 && session.outcome.interrupted.is_none() {
        bail!(
            "compare needs two articles, and {found} could be read{}",
            match found {
                0 | 1 => "",
                _ => "; a record of a file is named as FILE#ID or FILE#NUMBER",
            }
        );
    }
    session.outcome.named_pairs = plan::named_pairs(&session.findings.pairs, &args.fail_on);
    to_stdout(|out| out.write_all(&shown))?;
    Ok(session.outcome.code())
}

/// The records that the arguments name, each called as it was typed, where one of them names a record of a file; none
/// where all of them name files.
///
/// # Errors
/// When a file has no such record, or an argument names a file of several.
fn pick(args: &[&PathBuf], options: &ReadOptions) -> Result<Option<Vec<Picked>>> {
    let places: Vec<Option<(&Path, &str)>> = args.iter().map(|arg| record_place(arg)).collect();
    if places.iter().all(Option::is_none) {
        return Ok(None);
    }
    let one = |(arg, place): (&&PathBuf, Option<(&Path, &str)>)| {
        let record = match place {
            Some((file, name)) => find(file, name, options)?,
            None => only(arg, options)?,
        };
        let name = arg.to_string_lossy().into_owned();
        Ok(Picked { name, record })
    };
    args.iter()
        .zip(places)
        .map(one)
        .collect::<Result<_>>()
        .map(Some)
}

/// A file and the name of a record in it, where `arg` is `FILE#NAME` and no file itself. Both may hold a `#`.
fn record_place(arg: &Path) -> Option<(&Path, &str)> {
    if arg.exists() {
        return None;
    }
    let arg = arg.to_str()?;
    let mut cuts = arg.match_indices('#').map(|(at, _)| at);
    cuts.find_map(|at| {
        let (file, name) = arg.split_at_checked(at)?;
        let file = Path::new(file);
        file.is_file().then_some((file, name.strip_prefix('#')?))
    })
}

/// The record of `file` whose id, as findings print it, is `name`; else the one of that number.
fn find(file: &Path, name: &str, options: &ReadOptions) -> Result<RawRecord> {
    let mut ids = IdAssigner::default();
    let (mut numbered, mut unread) = (None, None);
    for raw in Inputs::open(&[file.to_path_buf()], options.clone())? {
        let raw = match raw {
            Ok(raw) => raw,
            Err(error) => {
                unread.get_or_insert(error);
                continue;
            }
        };
        if name.parse() == Ok(raw.number()) {
            numbered.get_or_insert_with(|| raw.clone());
        }
        // What cannot be decoded has no id, and may still be meant by its number.
        let is_meant = |mut decoded: Decoded| {
            ids.assign(&mut decoded.document, &decoded.id);
            decoded.document.key.0 == name
        };
        if decode_guarded(&raw, is_meant).unwrap_or(false) {
            return Ok(raw);
        }
    }
    match (numbered, unread) {
        (Some(raw), _) => Ok(raw),
        (None, Some(error)) => Err(error).with_context(|| {
            let file = file.display();
            format!("{file} has no record {name} among those that can be read")
        }),
        (None, None) => bail!("{} has no record {name}", file.display()),
    }
}

/// The record of a file that is one document, or has one record.
fn only(path: &Path, options: &ReadOptions) -> Result<RawRecord> {
    let mut records = Inputs::open(&[path.to_path_buf()], options.clone())?;
    match (records.next(), records.next()) {
        (Some(first), None) => Ok(first?),
        (None, _) => bail!("{}: nothing to read", path.display()),
        _ => bail!(
            "{0} holds several articles; one of them is named as {0}#ID or {0}#NUMBER",
            path.display()
        ),
    }
}
