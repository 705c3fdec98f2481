//! Flags exactly as typed. Nothing is checked here that `clap` cannot check by itself; see [`crate::plan`].

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::help;

/// Near-duplicates, shared passages, quotations, boilerplate and lineage of news articles.
#[derive(Debug, Parser)]
#[command(name = "wirecopy", version, about, max_term_width = 100, after_help = help::OVERVIEW)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The main job: families, shared passages, quotations, boilerplate and lineage of a pile of articles
    #[command(after_help = help::SCAN)]
    Scan(ScanArgs),
    /// The fast batch job: which documents of a large pile to keep
    ///
    /// Nothing is deleted: `dedup` says of each document whether it is needed, and `--write` puts the kept records into
    /// a file of their own.
    #[command(after_help = help::DEDUP)]
    Dedup(DedupArgs),
    /// Two articles side by side: what was kept, changed, cut, moved and added
    #[command(after_help = help::COMPARE)]
    Compare(CompareArgs),
    /// The copy graph alone: who took what from whom
    #[command(after_help = help::LINEAGE)]
    Lineage(LineageArgs),
    /// How fast this machine hashes: words, shingles, sketches, pairs
    Bench(crate::commands::bench::BenchArgs),
    /// Articles without site boilerplate, captions and credits, one JSON record a line, with what was taken out
    ///
    /// A JSON record or a row of a table keeps its own fields, as they were written; its text is what is left, and two
    /// fields are added: `removed` (what was taken out, with its place in the text as it came) and `provenance` (the words
    /// of credits). Text files and pages become records of `id`, `title`, `url`, `site`, `published` and `text`.
    ///
    /// Stock background (what an outlet says again from story to story) is the outlet's own text: it stays. `scan` lists
    /// it, and makes little of it in comparisons.
    #[command(after_help = help::CLEAN)]
    Clean(CleanArgs),
    /// Prints the JSON Schema of an output format
    Schema(SchemaArgs),
    /// Prints a completion script for a shell
    Completions(CompletionsArgs),
    /// Prints the manual page
    Man(ManArgs),
}

/// What is read, and how.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct InputArgs {
    /// Files, folders (walked) or `-` for standard input
    ///
    /// In folders, images, styles, programs, hidden files and reports of earlier runs are passed over; other files of a
    /// format that is not read are counted by extension among the errors.
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    pub(crate) paths: Vec<PathBuf>,

    /// Read the list of PATHs from FILE, one a line (`-`: from standard input); PATHs given as well are read first
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,

    /// In folders, read only files whose path matches GLOB (repeatable)
    #[arg(long, value_name = "GLOB")]
    pub(crate) include: Vec<String>,

    /// In folders, leave out files whose path matches GLOB (repeatable)
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,

    /// Follow symbolic links in folders
    #[arg(long)]
    pub(crate) follow_links: bool,

    #[command(flatten)]
    pub(crate) records: RecordArgs,
}

/// How texts and records are read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct RecordArgs {
    /// Encoding of text files that is used instead of detection (a WHATWG label, as windows-1252)
    #[arg(long, value_name = "LABEL")]
    pub(crate) encoding: Option<String>,

    /// Field of the text in JSON and CSV records
    #[arg(long, value_name = "NAME")]
    pub(crate) text_field: Option<String>,

    /// Field that holds a page, or a piece of HTML, in JSON and CSV records
    #[arg(long, value_name = "NAME", conflicts_with = "text_field")]
    pub(crate) html_field: Option<String>,

    /// How the main text of a page is found
    #[arg(long, value_enum, default_value_t = HtmlModeArg::Accurate, env = "WIRECOPY_HTML_MODE")]
    pub(crate) html_mode: HtmlModeArg,

    /// Field of the id
    #[arg(long, value_name = "NAME")]
    pub(crate) id_field: Option<String>,

    /// Field of the address
    #[arg(long, value_name = "NAME")]
    pub(crate) url_field: Option<String>,

    /// Field of the headline
    #[arg(long, value_name = "NAME")]
    pub(crate) title_field: Option<String>,

    /// Field of the publication date
    #[arg(long, value_name = "NAME")]
    pub(crate) date_field: Option<String>,

    /// Field of the publisher or site; it then says which site a record belongs to, against the address
    #[arg(long, value_name = "NAME")]
    pub(crate) source_field: Option<String>,
}

/// What is compared, and how.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Matching")]
pub(crate) struct MatchArgs {
    /// Settings to start from
    #[arg(long, value_enum, default_value_t = PresetArg::News, env = "WIRECOPY_PRESET")]
    pub(crate) preset: PresetArg,

    /// List documents with fewer words outside boilerplate, and do not compare them
    #[arg(long, value_name = "N", env = "WIRECOPY_MIN_WORDS")]
    pub(crate) min_words: Option<u32>,

    /// Do not compare documents published more than N days apart
    #[arg(long, value_name = "N", env = "WIRECOPY_DAYS")]
    pub(crate) days: Option<u32>,

    /// Do not compare documents of one site with each other
    #[arg(long, env = "WIRECOPY_IGNORE_SAME_SITE")]
    pub(crate) ignore_same_site: bool,

    /// What boilerplate does: `mask` keeps it out of similarity and lineage, `strip` takes chrome and captions out of
    /// the text beforehand, `report` only lists it
    #[arg(long, value_enum, default_value_t = BoilerplateArg::Mask, env = "WIRECOPY_BOILERPLATE")]
    pub(crate) boilerplate: BoilerplateArg,

    /// What earlier runs learned about sites; `scan`, `lineage` and `clean` add what they learn (`dedup` only reads)
    #[arg(long, value_name = "FILE", env = "WIRECOPY_TEMPLATES")]
    pub(crate) templates: Option<PathBuf>,

    /// An archive to compare with: its documents are matched, not reported on (repeatable)
    #[arg(long, value_name = "PATH")]
    pub(crate) against: Vec<PathBuf>,
}

/// How the run behaves.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Running")]
pub(crate) struct RunArgs {
    /// Worker threads (default: one for each core); the answer does not depend on it
    #[arg(long, value_name = "N", env = "WIRECOPY_THREADS")]
    pub(crate) threads: Option<usize>,

    /// Say nothing on standard error but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// Print counts and timings on standard error at the end
    #[arg(long)]
    pub(crate) stats: bool,

    /// Exit with 0 even if inputs were skipped
    #[arg(long)]
    pub(crate) allow_skips: bool,
}

/// How text for people looks.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct LookArgs {
    /// When to colour the output
    #[arg(long, value_enum, default_value_t = ColourArg::Auto, value_name = "WHEN")]
    pub(crate) color: ColourArg,

    /// Columns to lay the text out for (default: the terminal's, else 100)
    #[arg(long, value_name = "N")]
    pub(crate) width: Option<u16>,
}

/// `wirecopy scan`.
#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) matching: MatchArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,

    /// What to print
    #[arg(long, value_enum, default_value_t = ScanFormat::Text, help_heading = "Output")]
    pub(crate) format: ScanFormat,

    /// Also write the report as one self-contained page (`-`: to standard output, and nothing else)
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) html: Option<PathBuf>,

    /// Write everything (findings.json with the aligned words, findings.jsonl, report.html, summary.txt) to DIR
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    pub(crate) out: Option<PathBuf>,

    /// List pairs as well that share nothing but facts: two reports of one event, each in its own words
    #[arg(long, help_heading = "Output")]
    pub(crate) report_events: bool,

    /// Exit with 1 if a pair of this relation was found (repeatable, or several with commas between)
    #[arg(
        long,
        value_enum,
        value_name = "RELATION",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    pub(crate) fail_on: Vec<RelationArg>,

    #[command(flatten)]
    pub(crate) look: LookArgs,
}

/// `wirecopy dedup`.
#[derive(Debug, Args)]
pub(crate) struct DedupArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) matching: MatchArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,

    /// Which document of those that make each other needless stays
    #[arg(long, value_enum, default_value_t = KeepArg::Longest, env = "WIRECOPY_KEEP", help_heading = "Output")]
    pub(crate) keep: KeepArg,

    /// What to print: one record for each document, in input order
    #[arg(long, value_enum, default_value_t = DedupFormat::Jsonl, help_heading = "Output")]
    pub(crate) format: DedupFormat,

    /// Also write the kept records, as they came, to FILE: as CSV where it is named .csv or .tsv, else as JSON lines. `-`
    /// writes them to standard output, in place of the verdicts
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) write: Option<PathBuf>,

    /// With `--format csv`: write cells as they are. Otherwise a cell that a spreadsheet would take for a formula (it
    /// begins with = + - @, a tab or a carriage return) gets an apostrophe in front
    #[arg(long, help_heading = "Output")]
    pub(crate) csv_raw: bool,

    /// Seed of the sketches' hash functions
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        env = "WIRECOPY_SEED",
        help_heading = "Matching"
    )]
    pub(crate) seed: u64,

    /// Print ids alone: of the documents that are not needed, or with `--list=keep` of those that stay. Control
    /// characters in ids are left out
    #[arg(
        long,
        value_enum,
        value_name = "WHICH",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "drop",
        conflicts_with = "format",
        help_heading = "Output"
    )]
    pub(crate) list: Option<ListArg>,
}

/// `wirecopy compare`.
#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// The first article: a file, `-`, or a record of a file as FILE#ID or FILE#NUMBER
    pub(crate) a: PathBuf,
    /// The second article
    pub(crate) b: PathBuf,
    #[command(flatten)]
    pub(crate) records: RecordArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// What to print
    #[arg(long, value_enum, default_value_t = CompareFormat::Text, help_heading = "Output")]
    pub(crate) format: CompareFormat,
    /// Exit with 1 if the two are related in this way (repeatable, or several with commas between)
    #[arg(
        long,
        value_enum,
        value_name = "RELATION",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    pub(crate) fail_on: Vec<RelationArg>,
    #[command(flatten)]
    pub(crate) look: LookArgs,
}

/// `wirecopy lineage`.
#[derive(Debug, Args)]
pub(crate) struct LineageArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) matching: MatchArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// What to print
    #[arg(long, value_enum, default_value_t = LineageFormat::Text, help_heading = "Output")]
    pub(crate) format: LineageFormat,
    #[command(flatten)]
    pub(crate) look: LookArgs,
}

/// `wirecopy clean`.
#[derive(Debug, Args)]
pub(crate) struct CleanArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) matching: MatchArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// `wirecopy schema`.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Which format
    #[arg(value_enum, default_value_t = SchemaName::Findings)]
    pub(crate) name: SchemaName,
}

/// `wirecopy man`.
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The command (default: the overview)
    #[arg(value_name = "COMMAND")]
    pub(crate) name: Option<String>,
}

/// `wirecopy completions`.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// Which shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Presets.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PresetArg {
    /// For news as it comes
    News,
    /// Fewer and surer answers
    Strict,
    /// More answers
    Loose,
}

/// How the main text of a page is found.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum HtmlModeArg {
    /// By the library that looks longest; very large pages are read as with `fast`
    Accurate,
    /// By a library that is some four times as fast and a little less accurate
    Fast,
}

/// What boilerplate does.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum BoilerplateArg {
    /// Kept out of similarity and lineage
    Mask,
    /// Chrome and captions taken out of the text before it is looked at; the rest as with `mask`
    Strip,
    /// Only listed
    Report,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColourArg {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Output of `scan`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScanFormat {
    /// A summary for people
    Text,
    /// The findings document
    Json,
    /// The same records, one a line
    Jsonl,
}

/// Which document stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeepArg {
    /// The one with the most words, then the one read first
    Longest,
    /// The one published first; undated ones last
    Earliest,
    /// The one read first
    First,
}

/// Output of `dedup`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DedupFormat {
    /// One JSON object a line
    Jsonl,
    /// One JSON object with counts and records
    Json,
    /// A table with a heading
    Csv,
}

/// Ids that `dedup --list` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListArg {
    /// Of documents that are not needed
    Drop,
    /// Of documents that stay
    Keep,
}

/// Output of `compare`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    /// Side by side for people
    Text,
    /// The findings document of the two, with the aligned words
    Json,
}

/// Output of `lineage`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LineageFormat {
    /// Trees for people
    Text,
    /// The lineage record
    Json,
    /// Graphviz
    Dot,
    /// GraphML
    Graphml,
}

/// Relations that `--fail-on` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum RelationArg {
    /// Any of the four that say that text was copied: identical, near_duplicate, contains, shares_passages
    Copy,
    /// A later version by the same outlet
    Update,
    /// The same words
    Identical,
    /// Nearly the same words
    #[value(alias = "near-duplicate")]
    NearDuplicate,
    /// One holds the other
    Contains,
    /// Passages are shared, outside quotations
    #[value(alias = "shares-passages")]
    SharesPassages,
    /// One form filled in with other names, numbers and dates
    #[value(alias = "same-form")]
    SameForm,
    /// Only quotations are shared
    #[value(alias = "shares-quotes")]
    SharesQuotes,
    /// Only boilerplate of the site is shared
    #[value(alias = "shares-boilerplate")]
    SharesBoilerplate,
    /// Facts or a sentence are shared: too little to tell of copying
    #[value(alias = "same-event")]
    SameEvent,
}

/// Output formats that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaName {
    /// `scan --format json`
    Findings,
    /// One line of `scan --format jsonl`
    Record,
}
