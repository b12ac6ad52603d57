//! The `nenpyo` command as a library, so that `cargo xtask` is the same command. Runs on the host.
//!
//! A subcommand is a module and a function that returns what is to be printed; [`execute`] prints it.
//! Everything that reads data compiles the folder in memory and then asks the very lookups that firmware uses.
//!
#![doc = include_str!("../README.md")]

pub mod args;
mod check;
mod demo;
mod demo_trees;
mod failure;
mod find;
mod generated;
mod json_schema;
mod list;
mod opened;
mod orgs;
mod page;
mod progress;
mod rewrite;
mod search;
mod show;
mod table;
mod timeline;
mod width;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

pub use args::Command;
pub use check::{Checked, checked, data_files};
pub use demo::costs;
pub use failure::Failure;
pub use opened::Opened;
pub use page::{Page, print};

/// Who is being run, and on which data: what differs between `nenpyo` and `cargo xtask`.
#[derive(Clone, Debug)]
pub struct Home {
    /// The command that messages name, for example `cargo xtask`.
    pub command: &'static str,
    /// The data folder where none is given.
    pub data: Option<PathBuf>,
}

/// Looks after the data of a chronicle and shows what is in it.
#[derive(Debug, Parser)]
#[command(name = "nenpyo", version, arg_required_else_help = true, max_term_width = 100)]
struct Nenpyo {
    #[command(subcommand)]
    command: Command,
}

/// The `nenpyo` command: reads its arguments, does what they say, and gives the exit code.
pub fn main() -> ExitCode {
    let home = Home { command: "nenpyo", data: None };
    exit(execute(Nenpyo::parse().command, &home))
}

/// Does what a command says and prints the outcome.
///
/// # Errors
///
/// What [`exit`] turns into a message and an exit code.
pub fn execute(command: Command, home: &Home) -> Result<(), Failure> {
    print(&run(command, home)?)
}

/// Prints the failure, if it is one, and gives the exit code: 0, 1 for what is wrong with the data, 2 for what is
/// wrong with the arguments.
pub fn exit(outcome: Result<(), Failure>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(command: Command, home: &Home) -> Result<Page, Failure> {
    match command {
        Command::Check(args) => check::run(&args, home),
        Command::Regen(args) => generated::run(&args, home),
        Command::Ruby(args) => rewrite::run(&args, home),
        Command::List(args) => list::run(&args, home),
        Command::Show(args) => show::run(&args, home),
        Command::Timeline(args) => timeline::run(&args, home),
        Command::Orgs(args) => orgs::run(&args, home),
        Command::Search(args) => search::run(&args, home),
        Command::Demo(args) => demo::run(&args, home),
    }
}
