//! Defaults from a `wirecopy.toml` in the working folder. Flags win over the environment, and both over the file.
//!
//! A key is the long name of a flag, with `-` or `_`; at the top it holds for every command that has the flag, in a
//! table of a command's name for that command alone:
//!
//! ```toml
//! min-words = 30
//! include = ["*.txt"]
//!
//! [dedup]
//! keep = "earliest"
//! ```

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use clap::{Arg, ArgAction, Command};
use toml::{Table, Value};

use crate::limits::text_of;

/// Name of the file.
const FILE: &str = "wirecopy.toml";

/// Longest file that is read; one that names every flag of every command takes a few thousand bytes.
const MOST_BYTES: u64 = 1 << 20;

/// `command` with the defaults of the file, where there is one.
///
/// # Errors
/// When the file cannot be read, or names a flag that no command has, or a value that the flag does not take.
pub(crate) fn with_defaults(command: Command) -> Result<Command> {
    let path = Path::new(FILE);
    if !path.exists() {
        return Ok(command);
    }
    let text = text_of(path, MOST_BYTES).with_context(|| format!("cannot read {FILE}"))?;
    let table: Table = toml::from_str(&text).map_err(|error| unreadable(&text, &error))?;
    table.iter().try_fold(command, apply)
}

/// Says in one line what is wrong where.
fn unreadable(text: &str, error: &toml::de::Error) -> anyhow::Error {
    let before = error.span().and_then(|span| text.get(..span.start));
    let place = before.map(|before| format!(", line {}", 1 + before.matches('\n').count()));
    anyhow!("{FILE}{}: {}", place.unwrap_or_default(), error.message())
}

fn apply(command: Command, (key, value): (&String, &Value)) -> Result<Command> {
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    if let Value::Table(own) = value {
        if !names.contains(key) {
            bail!("{FILE}: there is no command {key:?}");
        }
        let name = std::slice::from_ref(key);
        return own.iter().try_fold(command, |command, (key, value)| {
            set(command, name, (key, value))
        });
    }
    set(command, &names, (key, value))
}

/// Sets the default of a flag in those of the commands `names` that have it.
fn set(mut command: Command, names: &[String], (key, value): (&str, &Value)) -> Result<Command> {
    let long = key.replace('_', "-");
    let values = words(key, value)?;
    let mut known = false;
    for name in names {
        let Some(flag) = flag(&command, name, &long) else {
            continue;
        };
        known = true;
        check(&flag, &values)?;
        command = command.mut_subcommand(name, |sub| {
            sub.mut_arg(flag.get_id().as_str(), |flag| {
                flag.default_values(values.clone())
            })
        });
    }
    if known {
        Ok(command)
    } else {
        bail!("{FILE}: there is no flag {key:?} for {}", names.join(", "))
    }
}

/// The flag `--long` of the command `name`.
fn flag(command: &Command, name: &str, long: &str) -> Option<Arg> {
    let mut flags = command.find_subcommand(name)?.get_arguments();
    flags.find(|flag| flag.get_long() == Some(long)).cloned()
}

/// A value as it would be typed.
fn words(key: &str, value: &Value) -> Result<Vec<String>> {
    let word = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Integer(number) => Ok(number.to_string()),
        Value::Boolean(set) => Ok(set.to_string()),
        _ => bail!(
            "{FILE}: {key} is neither a text nor a whole number, true, false or a list of them"
        ),
    };
    match value {
        Value::Array(list) => list.iter().map(word).collect(),
        other => Ok(vec![word(other)?]),
    }
}

/// Lets the flag's own parser judge the values.
fn check(flag: &Arg, values: &[String]) -> Result<()> {
    let name = flag.get_long().unwrap_or_default();
    let alone = Command::new("wirecopy").arg(
        Arg::new("value")
            .long(name.to_owned())
            .value_parser(flag.get_value_parser().clone())
            .action(ArgAction::Append),
    );
    let typed = values.iter().map(|value| format!("--{name}={value}"));
    let typed = std::iter::once("wirecopy".to_owned()).chain(typed);
    if let Err(error) = alone.try_get_matches_from(typed) {
        let said = error.render().to_string();
        let first = said.lines().next().unwrap_or_default();
        bail!("{FILE}: {}", first.trim_start_matches("error: "));
    }
    if values.len() > 1 && !matches!(flag.get_action(), ArgAction::Append) {
        bail!("{FILE}: {name} takes one value");
    }
    Ok(())
}
