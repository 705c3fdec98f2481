//! `wirecopy schema`, `completions` and `man`: for people and tools.

use anyhow::{Context, Result};
use clap::CommandFactory;
use wirecopy_report::schema;

use crate::args::{Cli, CompletionsArgs, ManArgs, SchemaArgs, SchemaName};
use crate::output::to_stdout;

/// Prints a JSON Schema.
pub(crate) fn print_schema(args: &SchemaArgs) -> Result<u8> {
    let schema = match args.name {
        SchemaName::Findings => schema::findings(),
        SchemaName::Record => schema::findings_line(),
    };
    to_stdout(|out| {
        serde_json::to_writer_pretty(&mut *out, &schema)?;
        writeln!(out)
    })?;
    Ok(0)
}

/// Prints a completion script.
pub(crate) fn print_completions(args: &CompletionsArgs) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "wirecopy", &mut script);
    to_stdout(|out| out.write_all(&script))?;
    Ok(0)
}

/// Prints the manual page, of one command or of the whole.
///
/// # Errors
/// When there is no such command.
pub(crate) fn print_man(args: &ManArgs) -> Result<u8> {
    let mut command = Cli::command();
    command.build();
    if let Some(name) = &args.name {
        let found = command.find_subcommand(name).cloned();
        command = found.with_context(|| format!("there is no command {name:?}"))?;
    }
    to_stdout(|out| clap_mangen::Man::new(command).render(out))?;
    Ok(0)
}
