//! What stands below the flags in `--help`: examples and exit codes.

/// Examples, and the exit codes of a command that reads articles; `$more` has those that not all of them have.
macro_rules! with_exit_codes {
    ($examples:literal $(, $more:literal)?) => {
        concat!(
            $examples,
            "\n\nExit codes (the first that applies):\n  \
             130, 143  interrupted by SIGINT or SIGTERM\n  \
             2         wrong usage, nothing to read, or an output that could not be written\n  \
             ", $($more,)? "\
             3         done, but some inputs were skipped (--allow-skips makes it 0)\n  \
             0         done, whatever was found"
        )
    };
}

/// Of `wirecopy --help`.
pub(crate) const OVERVIEW: &str = "\
Examples:
  wirecopy scan articles/                    a summary of a folder of articles
  wirecopy dedup news.jsonl --write kept.jsonl
  wirecopy compare a.txt b.txt

Results go to standard output, messages to standard error. Defaults can stand in a wirecopy.toml in the working folder.
`wirecopy COMMAND --help` tells more.";

/// Of `wirecopy scan --help`.
pub(crate) const SCAN: &str = with_exit_codes!(
    "\
Examples:
  wirecopy scan articles/                              a summary for people
  wirecopy scan articles/ --html report.html           the same as a page
  wirecopy scan news.jsonl --format json > found.json  everything, for programs
  wirecopy scan new/ --against archive/                what of new/ stood in archive/ before
  wirecopy scan draft.txt --against archive/ --fail-on copy",
    "1         done, and --fail-on found what it names\n  "
);

/// Of `wirecopy dedup --help`.
pub(crate) const DEDUP: &str = with_exit_codes!(
    "\
Examples:
  wirecopy dedup news.jsonl                            one verdict a line, in input order
  wirecopy dedup news.jsonl --write kept.jsonl         and the records that stay
  zcat news.jsonl.gz | wirecopy dedup - --write -      records in, kept records out
  wirecopy dedup articles/ --list                      ids of what is not needed"
);

/// Of `wirecopy compare --help`.
pub(crate) const COMPARE: &str = with_exit_codes!(
    "\
Examples:
  wirecopy compare a.txt b.txt
  wirecopy compare news.jsonl#17 news.jsonl#af3e       records by number, or by the id that findings print
  wirecopy compare a.txt news.jsonl#17 --format json   with the aligned words",
    "1         done, and --fail-on found what it names\n  "
);

/// Of `wirecopy lineage --help`.
pub(crate) const LINEAGE: &str = with_exit_codes!(
    "\
Examples:
  wirecopy lineage articles/                           trees with the evidence for each step
  wirecopy lineage articles/ --format dot | dot -Tsvg > copies.svg"
);

/// Of `wirecopy clean --help`.
pub(crate) const CLEAN: &str = with_exit_codes!(
    "\
Examples:
  wirecopy clean news.jsonl > clean.jsonl
  wirecopy clean pages/ --templates sites.json         and remember the boilerplate of each site
  wirecopy clean news.jsonl --boilerplate report       texts as they are; boilerplate only listed"
);
