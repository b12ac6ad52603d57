//! `demo`: the tour out of the const tables that firmware links, built after the data was checked, and a sheet of what a
//! kiosk shows of it. Runs on the host.

use std::io::{self, IsTerminal};
use std::path::Path;

use nenpyo_cli::args::Demo;
use nenpyo_cli::{Failure, Home, Page};

use crate::command::Run;

const PACKAGE: &str = "-p nenpyo-cli --features qst";

/// Checks the data, compiles it into a `nenpyo` command of its own, and lets that show the tour.
pub(crate) fn run(args: &Demo, root: &Path, home: &Home) -> Result<(), Failure> {
    let data = home.data.clone().unwrap_or_default();
    let costs = nenpyo_cli::checked(&data)?.costs;
    // Compiling takes longer than a second, so a person sees how far it is.
    if io::stderr().is_terminal() {
        Run::new(root, &format!("cargo build {PACKAGE}")).run()?;
    }
    let mut tour = Run::new(root, &format!("cargo run --quiet {PACKAGE} -- demo"));
    if let Some(today) = args.today {
        tour = tour.arg(format!("--today={today}"));
    }
    for language in &args.look.lang {
        tour = tour.arg(format!("--lang={language}"));
    }
    if args.look.json {
        return tour.arg("--json").run();
    }
    tour.run()?;
    nenpyo_cli::print(&Page::from(nenpyo_cli::costs(&costs)))?;
    let sheet = std::env::temp_dir().join("nenpyo-kiosk.png");
    kiosk(root).arg("--panel=320x240").arg(format!("--contact-sheet={}", sheet.display())).run()
}

/// The program that shows panels on the desk. It compiles the data when it runs, as this one does.
pub(crate) fn kiosk(root: &Path) -> Run {
    // From where it is called, so that files are named from there.
    let manifest = root.join("Cargo.toml");
    let run = Run::new(".", "cargo run --quiet").arg("--manifest-path").arg(manifest.display().to_string());
    ["-p", "nenpyo-desk", "--"].into_iter().fold(run, Run::arg).reading_keys()
}
