//! Flags checked and turned into what will be done. All conflicts are found here, before anything is read.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wirecopy_corpus::RawRecord;
use wirecopy_corpus::read::{
    FieldNames, HtmlMode, Links, Markup, ReadOptions, SiteField, files_from, is_own_report,
};
use wirecopy_detector::options::{BoilerplateMode, EditDetail, Options, Preset, SameSite};
use wirecopy_findings::{PairRecord, Relation};
use wirecopy_report::terminal::{Charset, Colour, Style};

use crate::args::{
    BoilerplateArg, ColourArg, HtmlModeArg, InputArgs, LookArgs, MatchArgs, PresetArg, RecordArgs,
    RelationArg, RunArgs,
};
use crate::output;
use crate::progress::Verbosity;
use crate::redirected;

/// Columns that text is laid out for where no terminal says otherwise.
const DEFAULT_WIDTH: u16 = 100;

/// What is read.
pub(crate) struct ReadPlan {
    /// PATHs in the order given; those of `--files-from` behind them.
    pub(crate) paths: Vec<PathBuf>,
    /// Records that take the place of all that stands in `paths`.
    pub(crate) picked: Option<Vec<Picked>>,
    /// PATHs of archives.
    pub(crate) against: Vec<PathBuf>,
    /// The list of `--files-from`.
    pub(crate) list: Option<PathBuf>,
    /// How.
    pub(crate) options: ReadOptions,
    /// What earlier runs learned about sites.
    pub(crate) templates: Option<PathBuf>,
}

impl ReadPlan {
    /// Reads nothing yet, in this way.
    pub(crate) fn new(options: ReadOptions) -> Self {
        Self {
            paths: Vec::new(),
            picked: None,
            against: Vec::new(),
            list: None,
            options,
            templates: None,
        }
    }
}

/// One record that was picked, and what it is called in this run.
pub(crate) struct Picked {
    pub(crate) name: String,
    pub(crate) record: RawRecord,
}

/// How the run behaves.
pub(crate) struct RunPlan {
    /// Workers; `None` for one a core.
    pub(crate) threads: Option<usize>,
    /// What standard error gets.
    pub(crate) verbosity: Verbosity,
    /// Whether counts and timings are printed at the end.
    pub(crate) stats: bool,
    /// Whether skipped inputs show in the exit code.
    pub(crate) allow_skips: bool,
}

/// Checks the input flags.
pub(crate) fn read_plan(input: &InputArgs, matching: &MatchArgs) -> Result<ReadPlan> {
    let against = &matching.against;
    let mut paths = input.paths.clone();
    if let Some(list) = &input.files_from {
        if is_stdin(list) && paths.iter().chain(against).any(|p| is_stdin(p)) {
            bail!("standard input cannot be both the list of --files-from and an input");
        }
        paths.extend(files_from(list).context("cannot read the list of --files-from")?);
    }
    if paths
        .iter()
        .chain(against)
        .filter(|path| is_stdin(path))
        .count()
        > 1
    {
        bail!("standard input (-) can be read once only");
    }
    let options = ReadOptions {
        include: input.include.clone(),
        exclude: [&*input.exclude, &redirected::patterns(&paths)].concat(),
        links: if input.follow_links {
            Links::Follow
        } else {
            Links::Report
        },
        ..read_options(&input.records)
    };
    Ok(ReadPlan {
        paths,
        against: against.clone(),
        list: input.files_from.clone(),
        templates: matching.templates.clone(),
        ..ReadPlan::new(options)
    })
}

/// How texts and records are read.
pub(crate) fn read_options(records: &RecordArgs) -> ReadOptions {
    ReadOptions {
        fields: fields(records),
        encoding: records.encoding.clone(),
        html: match records.html_mode {
            HtmlModeArg::Accurate => HtmlMode::Accurate,
            HtmlModeArg::Fast => HtmlMode::Fast,
        },
        ..ReadOptions::default()
    }
}

/// Finds out before the run whether `output` can be written, and that it is nothing that is read.
///
/// # Errors
/// When it cannot be written or is an input, with the names.
pub(crate) fn check_output(read: &ReadPlan, output: &Path) -> Result<()> {
    if output::is_stdout(output) {
        return Ok(());
    }
    spare_inputs(read, output)?;
    output::check(output)
}

/// Refuses to write over what is read: `output` may be none of the inputs and in none of the folders read as files.
fn spare_inputs(read: &ReadPlan, output: &Path) -> Result<()> {
    let Ok(place) = output.canonicalize() else {
        return Ok(()); // nothing is there yet
    };
    let inputs = read.paths.iter().chain(&read.against).chain(&read.list);
    for input in inputs {
        let is_read = match input.canonicalize() {
            _ if is_stdin(input) => is_standard_input(&place),
            Ok(input) if input == place => true,
            // What stands in a folder is read, but for reports of earlier runs.
            Ok(input) => place.is_file() && place.starts_with(&input) && !is_own_report(&place),
            Err(_) => false,
        };
        if is_read {
            let (output, input) = (output.display(), input.display());
            bail!("{output} would overwrite the input {input}");
        }
    }
    Ok(())
}

/// Whether `path` is the file that standard input comes from.
#[cfg(unix)]
fn is_standard_input(path: &Path) -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;
    let stdin = std::io::stdin().as_fd().try_clone_to_owned();
    let stdin = stdin.and_then(|stdin| std::fs::File::from(stdin).metadata());
    let identity = |of: std::fs::Metadata| (of.is_file(), of.dev(), of.ino());
    match (stdin.map(identity), path.metadata().map(identity)) {
        (Ok(stdin), Ok(output)) => output.0 && stdin == output,
        _ => false,
    }
}

/// Whether `path` is the file that standard input comes from.
#[cfg(not(unix))]
fn is_standard_input(_: &Path) -> bool {
    false
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// A field that was named takes the place of the known names.
fn fields(input: &RecordArgs) -> FieldNames {
    let mut names = FieldNames::default();
    if input.html_field.is_some() {
        names.markup = Markup::Html;
    }
    if input.source_field.is_some() {
        names.site = SiteField::Source;
    }
    let text = match &input.html_field {
        Some(_) => &input.html_field,
        None => &input.text_field,
    };
    let overrides = [
        (text, &mut names.text),
        (&input.id_field, &mut names.id),
        (&input.url_field, &mut names.url),
        (&input.title_field, &mut names.title),
        (&input.date_field, &mut names.published),
        (&input.source_field, &mut names.source),
    ];
    for (name, list) in overrides {
        if let Some(name) = name {
            *list = vec![name.clone()];
        }
    }
    names
}

/// The detector's settings.
pub(crate) fn options(matching: &MatchArgs, edits: EditDetail) -> Options {
    let preset = match matching.preset {
        PresetArg::News => Preset::News,
        PresetArg::Strict => Preset::Strict,
        PresetArg::Loose => Preset::Loose,
    };
    let start = Options::preset(preset);
    Options {
        min_words: matching.min_words.unwrap_or(start.min_words),
        max_days: matching.days,
        same_site: if matching.ignore_same_site {
            SameSite::Ignore
        } else {
            SameSite::Compare
        },
        boilerplate: match matching.boilerplate {
            BoilerplateArg::Mask => BoilerplateMode::Mask,
            BoilerplateArg::Strip => BoilerplateMode::Strip,
            BoilerplateArg::Report => BoilerplateMode::Report,
        },
        edits,
        ..start
    }
}

/// Threads that may be asked for. Idle workers look for work at each other's, which takes time by their square: 512 on two
/// cores make a run of five documents take a second, 5,000 more than a minute.
fn most_threads() -> usize {
    const MOST: usize = 256;
    std::thread::available_parallelism().map_or(MOST, |cores| MOST.max(cores.get()))
}

/// Checks the flags of how the run behaves.
pub(crate) fn run_plan(run: &RunArgs) -> Result<RunPlan> {
    let most = most_threads();
    if run
        .threads
        .is_some_and(|threads| !(1..=most).contains(&threads))
    {
        bail!("--threads must be between 1 and {most}");
    }
    Ok(RunPlan {
        threads: run.threads,
        verbosity: if run.quiet {
            Verbosity::Quiet
        } else {
            Verbosity::Normal
        },
        stats: run.stats,
        allow_skips: run.allow_skips,
    })
}

/// How text is laid out.
///
/// # Errors
/// When it is asked to be too narrow.
pub(crate) fn style(look: &LookArgs) -> Result<Style> {
    if look.width.is_some_and(|width| width < 20) {
        bail!("--width must be 20 or more");
    }
    let terminal = terminal_size::terminal_size().map(|(columns, _)| columns.0);
    let seen = terminal.filter(|_| std::io::stdout().is_terminal());
    Ok(Style {
        width: usize::from(look.width.or(seen).unwrap_or(DEFAULT_WIDTH)),
        colour: if wants_colour(look.color) {
            Colour::Always
        } else {
            Colour::Never
        },
        charset: Charset::Unicode,
    })
}

/// Whether standard output gets colours.
pub(crate) fn wants_colour(when: ColourArg) -> bool {
    match when {
        ColourArg::Always => true,
        ColourArg::Never => false,
        ColourArg::Auto => {
            std::io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        }
    }
}

/// Number of pairs whose relation `--fail-on` names.
pub(crate) fn named_pairs(pairs: &[PairRecord], named: &[RelationArg]) -> usize {
    let is_named = |pair: &&PairRecord| named.iter().any(|&arg| names(arg, pair.relation));
    pairs.iter().filter(is_named).count()
}

fn names(arg: RelationArg, relation: Relation) -> bool {
    let one = match arg {
        RelationArg::Copy => return relation.is_copy(),
        RelationArg::Update => Relation::Update,
        RelationArg::Identical => Relation::Identical,
        RelationArg::NearDuplicate => Relation::NearDuplicate,
        RelationArg::Contains => Relation::Contains,
        RelationArg::SharesPassages => Relation::SharesPassages,
        RelationArg::SameForm => Relation::SameForm,
        RelationArg::SharesQuotes => Relation::SharesQuotes,
        RelationArg::SharesBoilerplate => Relation::SharesBoilerplate,
        RelationArg::SameEvent => Relation::SameEvent,
    };
    relation == one
}
