//! The `nenpyo` command: what `nenpyo_cli::main` does, for a data folder given with `--data`. Runs on the host.

use std::process::ExitCode;

fn main() -> ExitCode {
    nenpyo_cli::main()
}
