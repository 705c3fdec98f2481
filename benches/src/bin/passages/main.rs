//! Finds shared passages, and says how well.
//!
//! - `passages align PATH OUT.json [name=value...]`: PATH is a folder of `.txt` files (all pairs are aligned) or a
//!   `.jsonl` file with `id` and `text` (pairs by the postings); findings go to OUT.
//! - `passages score ARTICLES.jsonl GOLD.jsonl FINDINGS.json`: plagdet and its parts by class, for the half of the
//!   articles that settings are fitted on and for the half that they are tested on.
//! - `passages generate ARTICLES.jsonl|COUNT SEED OUT.jsonl GOLD.jsonl`: passages of given articles, or of COUNT invented
//!   ones, inserted into others by the project's own operators, in the shape that `score` reads.
//! - `passages speed ARTICLES.jsonl`: candidate pairs aligned in a second, and a text of a megabyte against itself, plain
//!   and periodic.
//! - `passages propose PATH FINDINGS.json OUT.tsv`: everything that may be a passage of articles on one thing, measured, with
//!   bodies and quotations from findings of `wirecopy scan`. `scripts/fit-passages` fits the judge to such lines.
//! - `passages candidates ARTICLES.jsonl GOLD.jsonl [name=value...]`: share of the gold passages whose documents are
//!   candidates, by class, and the number of candidates, for a row of bars.
//!
//! The settings of `AlignOptions` can be given as `name=value`. Figures of time go to standard error.

mod articles;
mod candidates;
mod find;
mod generate;
mod gold;
mod propose;
mod report;
mod score;
mod settings;
mod speed;

use std::path::Path;

use anyhow::bail;
use settings::Settings;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let names: Vec<&str> = args.iter().map(String::as_str).collect();
    match names.as_slice() {
        ["align", path, out, ..] => find::align(
            Path::new(path),
            Path::new(out),
            &Settings::parse(&args[3..])?,
        ),
        ["score", articles, gold, findings] => {
            score::score(Path::new(articles), Path::new(gold), Path::new(findings))
        }
        ["generate", base, seed, out, gold] => {
            generate::generate(base, seed.parse()?, Path::new(out), Path::new(gold))
        }
        ["speed", articles] => speed::speed(Path::new(articles)),
        ["propose", path, findings, out, ..] => propose::propose(
            Path::new(path),
            Path::new(findings),
            Path::new(out),
            &Settings::parse(&args[4..])?,
        ),
        ["candidates", articles, gold, ..] => candidates::recall(
            Path::new(articles),
            Path::new(gold),
            &Settings::parse(&args[3..])?,
        ),
        _ => bail!(
            "usage: passages align|score|propose|candidates|generate|speed ... (see the head of this program)"
        ),
    }
}
