//! The `wirecopy` command: parse, plan, run, exit code.

#![forbid(unsafe_code)]

mod args;
mod bench;
mod commands;
mod config;
mod dedup;
mod interrupt;
mod left_out;
mod outcome;
mod output;
mod plan;
mod progress;
mod session;
mod templates;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, FromArgMatches};

use crate::args::{Cli, Command};

fn main() -> ExitCode {
    match run() {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            anstream::eprintln!("wirecopy: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<u8> {
    let matches = config::with_defaults(Cli::command())?.get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match &cli.command {
        Command::Scan(args) => commands::scan::run(args),
        Command::Dedup(args) => commands::dedup::run(args),
        Command::Compare(args) => commands::compare::run(args),
        Command::Lineage(args) => commands::lineage::run(args),
        Command::Clean(args) => commands::clean::run(args),
        Command::Schema(args) => commands::papers::print_schema(args),
        Command::Completions(args) => commands::papers::print_completions(args),
        Command::Bench(args) => commands::bench::run(args),
        Command::Man(args) => commands::papers::print_man(args),
    }
}
