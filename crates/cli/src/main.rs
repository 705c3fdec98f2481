//! The `wirecopy` command: parse, plan, run, exit code.

#![forbid(unsafe_code)]

mod args;
mod bench;
mod commands;
mod config;
mod dedup;
mod faults;
mod fields;
mod help;
mod interrupt;
mod left_out;
mod limits;
mod outcome;
mod output;
mod plan;
mod print_error;
mod progress;
mod reading;
mod redirected;
mod session;
mod shown;
mod templates;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, FromArgMatches};
use wirecopy_report::{Charset, harmless};

use crate::args::{Cli, ColourArg, Command};
use crate::output::to_stdout;

fn main() -> ExitCode {
    faults::install_hook();
    let ended = faults::isolation().guard(run);
    let ended = ended.unwrap_or_else(|panic| Err(anyhow::Error::msg(faults::ended(&panic))));
    match ended {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            print_error::tell(format_args!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<u8> {
    let command = config::with_defaults(Cli::command())?;
    let typed = command.try_get_matches();
    let cli = match typed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(answer) => return say(&answer),
    };
    match &cli.command {
        Command::Scan(args) => commands::scan::run(args),
        Command::Dedup(args) => commands::dedup::run(args),
        Command::Compare(args) => commands::compare::run(args),
        Command::Lineage(args) => commands::lineage::run(args),
        Command::Clean(args) => commands::clean::run(args),
        Command::Schema(args) => commands::meta::print_schema(args),
        Command::Completions(args) => commands::meta::print_completions(args),
        Command::Bench(args) => commands::bench::run(args),
        Command::Man(args) => commands::meta::print_man(args),
    }
}

/// Prints what the parser answers: help and version as results, everything else as messages, since it repeats what was
/// typed.
fn say(answer: &clap::Error) -> Result<u8> {
    let said = answer.render();
    if answer.use_stderr() {
        let plain = said.to_string();
        let lines = plain
            .lines()
            .map(|line| harmless(line, Charset::Unicode) + "\n");
        print_error::write(&lines.collect::<String>());
    } else if plan::wants_colour(ColourArg::Auto) {
        to_stdout(|out| write!(out, "{}", said.ansi()))?;
    } else {
        to_stdout(|out| write!(out, "{said}"))?;
    }
    Ok(u8::try_from(answer.exit_code()).unwrap_or(2))
}
