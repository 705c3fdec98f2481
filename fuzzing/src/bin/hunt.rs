//! Looks for inputs that panic or break a rule, by seeds, for as long as it is told; replays and shrinks what was found.
//!
//! ```text
//! hunt run [--stage NAME]... [--seconds N] [--seed N] [--out DIR]
//! hunt replay FILE...
//! hunt shrink FILE
//! ```

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use wirecopy_fuzzing::{Case, Fault, Generator, Stage, attempt, bytes_of, shrink};

/// Bytes that a case is made from.
const CASE_BYTES: usize = 700;
/// Time between two reports.
const REPORT_EVERY: Duration = Duration::from_secs(60);
/// A case that takes longer is told of.
const SLOW: Duration = Duration::from_secs(5);
/// Time that one stage has before the next one has its turn. Stages get equal time, not equal counts.
const TURN: Duration = Duration::from_secs(2);

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.split_first() {
        Some((command, rest)) if command == "run" => run(&Plan::read(rest)?),
        Some((command, files)) if command == "replay" => {
            files.iter().try_for_each(|f| replay(Path::new(f)))
        }
        Some((command, [file])) if command == "shrink" => {
            println!(
                "{}",
                serde_json::to_string_pretty(&shrink(&read(Path::new(file))?))?
            );
            Ok(())
        }
        _ => bail!(
            "usage: hunt run [--stage NAME]... [--seconds N] [--seed N] [--out DIR] | replay FILE... | shrink FILE"
        ),
    }
}

struct Plan {
    stages: Vec<Stage>,
    time: Duration,
    seed: u64,
    out: Option<PathBuf>,
}

impl Plan {
    fn read(args: &[String]) -> Result<Self> {
        let mut plan = Self {
            stages: Vec::new(),
            time: Duration::from_secs(60),
            seed: 1,
            out: None,
        };
        for option in args.chunks(2) {
            let [name, value] = option else {
                bail!("{option:?} has no value");
            };
            match &**name {
                "--stage" => plan
                    .stages
                    .push(Stage::named(value).context("no such stage")?),
                "--seconds" => plan.time = Duration::from_secs(value.parse()?),
                "--seed" => plan.seed = value.parse()?,
                "--out" => plan.out = Some(value.into()),
                _ => bail!("unknown option {name}"),
            }
        }
        if plan.stages.is_empty() {
            plan.stages = Stage::ALL.to_vec();
        }
        Ok(plan)
    }
}

/// What was tried and found so far.
#[derive(Default)]
struct Tally {
    runs: BTreeMap<Stage, (u64, Duration)>,
    faults: BTreeMap<(Stage, String), u64>,
}

fn run(plan: &Plan) -> Result<()> {
    let generator = Generator::new()?;
    if let Some(out) = &plan.out {
        std::fs::create_dir_all(out)?;
    }
    let (started, mut told) = (Instant::now(), Instant::now());
    let mut tally = Tally::default();
    let mut next: HashMap<Stage, u64> = HashMap::new();
    while started.elapsed() < plan.time {
        for &stage in &plan.stages {
            let turn = Instant::now();
            while turn.elapsed() < TURN && started.elapsed() < plan.time {
                let number = next.entry(stage).or_default();
                *number += 1;
                let seed = plan.seed << 40 ^ *number ^ (stage as u64) << 56;
                one(
                    &generator.case(stage, &bytes_of(seed, CASE_BYTES)),
                    plan,
                    &mut tally,
                )?;
            }
        }
        if told.elapsed() > REPORT_EVERY {
            tell(&tally, started);
            told = Instant::now();
        }
    }
    tell(&tally, started);
    Ok(())
}

fn one(case: &Case, plan: &Plan, tally: &mut Tally) -> Result<()> {
    let started = Instant::now();
    let answer = attempt(case);
    let took = started.elapsed();
    let counts = tally.runs.entry(case.stage).or_default();
    *counts = (counts.0 + 1, counts.1 + took);
    let kind = match &answer {
        Err(fault) => fault.kind(),
        Ok(()) if took > SLOW && is_slow(case) => "slow".to_owned(),
        Ok(()) => return Ok(()),
    };
    let seen = tally.faults.entry((case.stage, kind.clone())).or_default();
    *seen += 1;
    if *seen == 1 {
        let detail = answer.as_ref().err().map_or("", Fault::detail);
        println!("{} {kind}: {}", case.stage.name(), brief(detail));
        if let Some(out) = &plan.out {
            keep(case, &kind, out)?;
        }
    }
    Ok(())
}

/// Whether the case is slow a second time: the machine may have been busy.
fn is_slow(case: &Case) -> bool {
    let started = Instant::now();
    attempt(case).is_ok() && started.elapsed() > SLOW
}

/// Keeps the case, and a smaller one with the same fault.
fn keep(case: &Case, kind: &str, out: &Path) -> Result<()> {
    let name: String = kind
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let path = out.join(format!("{}-{name}.json", case.stage.name()));
    if !path.exists() {
        std::fs::write(&path, serde_json::to_string_pretty(case)?)?;
        std::fs::write(&path, serde_json::to_string_pretty(&shrink(case))?)?;
    }
    Ok(())
}

fn tell(tally: &Tally, started: Instant) {
    let all: u64 = tally.runs.values().map(|runs| runs.0).sum();
    let faults = |panics: bool| -> usize {
        let kinds = tally.faults.keys();
        kinds
            .filter(|kind| kind.1.starts_with("panic") == panics)
            .count()
    };
    println!(
        "after {} s: {all} executions, {} panics, {} broken rules",
        started.elapsed().as_secs(),
        faults(true),
        faults(false)
    );
    for (stage, (runs, took)) in &tally.runs {
        let each = took.as_secs_f64() * 1e6 / *runs as f64;
        println!(
            "  {:12} {runs:>10} executions, {each:.0} microseconds each",
            stage.name()
        );
    }
    for ((stage, kind), count) in &tally.faults {
        println!("  {count:>8} x {} {kind}", stage.name());
    }
}

fn read(path: &Path) -> Result<Case> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

fn replay(path: &Path) -> Result<()> {
    match attempt(&read(path)?) {
        Ok(()) => println!("{}: sound", path.display()),
        Err(fault) => println!(
            "{}: {}: {}",
            path.display(),
            fault.kind(),
            brief(fault.detail())
        ),
    }
    Ok(())
}

fn brief(detail: &str) -> String {
    detail.chars().take(400).collect()
}
