//! `cargo xtask …`: the `nenpyo` command on this repository's data, `test`, which runs everything,
//! `cost` and `bench`. Runs on the host.
//!
//! The data is compiled in memory and never baked in: a broken data folder must not keep `check` from running.

mod command;
mod demo;
mod test;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use nenpyo_cli::{Command, Failure, Home};

use command::Run;

/// Looks after this repository: its data, what is generated from it, and its tests.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true, max_term_width = 100)]
struct Xtask {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one of it in a run")]
enum Task {
    #[command(flatten)]
    Data(Command),
    /// Run everything: format, lints, all tests, docs, the targets, the packages; installs what it needs
    Test {
        /// Only this step
        #[arg(value_parser = clap::builder::PossibleValuesParser::new(test::names()))]
        step: Option<String>,
    },
    /// Show what visitors see on a panel, in the terminal or as pictures; `--help` says how
    #[command(disable_help_flag = true)]
    Kiosk {
        /// What it is asked
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTIONS")]
        args: Vec<String>,
    },
    /// Measure flash, stack and instructions of everything on emulated boards, and write `generated/firmware.md`
    Cost {
        /// Write nothing; fail if something has grown by more than 2 %
        #[arg(long)]
        check: bool,
    },
    /// Measure lookups beside their alternatives and search beside a scan, and write `generated/peers.*` and
    /// `generated/search.md`, in half an hour; needs valgrind and xz, and 20 GB of disk
    Bench {
        /// Write nothing; measure a part of it, in three minutes once everything is built
        #[arg(long)]
        quick: bool,
        /// Write nothing; only see whether it runs
        #[arg(long, conflicts_with = "quick")]
        smoke: bool,
    },
}

fn main() -> ExitCode {
    let home = Home { command: "cargo xtask", data: Some(below(&root(), "data")) };
    nenpyo_cli::exit(run(Xtask::parse().task, &home))
}

fn run(task: Task, home: &Home) -> Result<(), Failure> {
    match task {
        Task::Test { step: None } => test::run(&root(), home),
        Task::Test { step: Some(step) } => test::only(&step, &root(), home),
        Task::Kiosk { args } => args.iter().fold(demo::kiosk(&root()), Run::arg).run(),
        Task::Cost { check } => test::cost(&root(), check),
        Task::Bench { quick, smoke } => {
            let how = match (quick, smoke) {
                (true, _) => test::Bench::Quick,
                (_, true) => test::Bench::Smoke,
                _ => test::Bench::Whole,
            };
            test::bench(&root(), how)
        }
        Task::Data(Command::Demo(args)) if args.look.folder.data.is_none() => demo::run(&args, &root(), home),
        Task::Data(command) => nenpyo_cli::execute(command, home),
    }
}

/// The repository.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A folder of the repository as it is called from here, so that messages show `data/…` and not a long path.
fn below(root: &Path, name: &str) -> PathBuf {
    let path = root.join(name);
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(path)
}
