//! Flags checked and turned into what will be done. All conflicts are found here, before anything is read.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wirecopy_corpus::read::{
    FieldNames, HtmlMode, Links, Markup, ReadOptions, SiteField, files_from,
};
use wirecopy_news::findings::RelationName;
use wirecopy_news::options::{BoilerplateMode, EditDetail, Options, Preset, SameSite};
use wirecopy_report::terminal::{Charset, Colour, Style};

use crate::args::{
    BoilerplateArg, ColourArg, HtmlModeArg, InputArgs, MatchArgs, PresetArg, RelationArg, RunArgs,
};
use crate::progress::Verbosity;

/// Columns that text is laid out for where no terminal says otherwise.
const DEFAULT_WIDTH: u16 = 100;

/// What is read.
pub(crate) struct ReadPlan {
    /// PATHs in the order given; those of `--files-from` behind them.
    pub(crate) paths: Vec<PathBuf>,
    /// PATHs of archives.
    pub(crate) against: Vec<PathBuf>,
    /// How.
    pub(crate) options: ReadOptions,
    /// What earlier runs learned about sites.
    pub(crate) templates: Option<PathBuf>,
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
    /// How text is laid out.
    pub(crate) style: Style,
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
        exclude: input.exclude.clone(),
        fields: fields(input),
        links: if input.follow_links {
            Links::Follow
        } else {
            Links::Report
        },
        encoding: input.encoding.clone(),
        html: match input.html_mode {
            HtmlModeArg::Accurate => HtmlMode::Accurate,
            HtmlModeArg::Fast => HtmlMode::Fast,
        },
        ..ReadOptions::default()
    };
    Ok(ReadPlan {
        paths,
        against: against.clone(),
        options,
        templates: matching.templates.clone(),
    })
}

/// Refuses to write over what is read: `output` may be none of the inputs and in none of the folders read as files.
///
/// # Errors
/// When it is, with the names of both.
pub(crate) fn spare_inputs(read: &ReadPlan, output: &Path) -> Result<()> {
    let Ok(output) = output.canonicalize() else {
        return Ok(()); // nothing is there yet
    };
    for path in read.paths.iter().chain(&read.against) {
        let input = path.canonicalize();
        if input
            .is_ok_and(|input| input == output || output.is_file() && output.starts_with(&input))
        {
            bail!(
                "{} would overwrite the input {}",
                output.display(),
                path.display()
            );
        }
    }
    Ok(())
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// A field that was named takes the place of the known names.
fn fields(input: &InputArgs) -> FieldNames {
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
        seed: matching.seed,
        ..start
    }
}

/// Checks the flags of how the run behaves.
pub(crate) fn run_plan(run: &RunArgs) -> Result<RunPlan> {
    if run.threads == Some(0) {
        bail!("--threads must be 1 or more");
    }
    if run.width.is_some_and(|width| width < 20) {
        bail!("--width must be 20 or more");
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
        style: style(run),
    })
}

fn style(run: &RunArgs) -> Style {
    let stdout = std::io::stdout();
    let coloured = match run.color {
        ColourArg::Always => true,
        ColourArg::Never => false,
        ColourArg::Auto => {
            stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        }
    };
    let terminal = terminal_size::terminal_size().map(|(columns, _)| columns.0);
    let seen = terminal.filter(|_| stdout.is_terminal());
    Style {
        width: usize::from(run.width.or(seen).unwrap_or(DEFAULT_WIDTH)),
        colour: if coloured {
            Colour::Always
        } else {
            Colour::Never
        },
        charset: Charset::Unicode,
    }
}

/// The relation that `--fail-on` names.
pub(crate) fn relation(arg: RelationArg) -> RelationName {
    match arg {
        RelationArg::Update => RelationName::Update,
        RelationArg::Identical => RelationName::Identical,
        RelationArg::NearDuplicate => RelationName::NearDuplicate,
        RelationArg::Contains => RelationName::Contains,
        RelationArg::SharesPassages => RelationName::SharesPassages,
        RelationArg::SharesQuotes => RelationName::SharesQuotes,
        RelationArg::SharesBoilerplate => RelationName::SharesBoilerplate,
    }
}
