//! `test`: everything that must hold, in steps that stop at the first failure. Runs on the host.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use nenpyo_cli::args::{Check, Folder, Rewrite};
use nenpyo_cli::{Command, Failure, Home};

use crate::command::Run;

/// Targets without an operating system: of the boards, of the examples, and the one on which the Cortex-M4 is proved.
fn targets() -> Vec<String> {
    let mut targets: Vec<String> = nenpyo_boards::boards().into_iter().map(|board| board.target).collect();
    targets.push("thumbv7em-none-eabi".to_owned());
    targets.sort();
    targets.dedup();
    targets
}

/// The emulators of the boards.
fn emulators() -> Vec<String> {
    let mut emulators: Vec<String> = nenpyo_boards::boards().into_iter().map(|board| board.emulator).collect();
    emulators.sort();
    emulators.dedup();
    emulators
}

/// Features of `nenpyo` that are linted alone: each section of the tables without the others, and none.
const SECTIONS: [&str; 12] = [
    "",
    "qst",
    "qst,ja",
    "qst,en",
    "qst,details",
    "qst,sources",
    "qst,slugs",
    "qst,search",
    "qst,ja,details,slugs",
    "qst,ja,details,search-index",
    "qst,glyphs-8",
    "qst,ja,glyphs-12,glyphs-16-grey",
];

/// Of these, with which the examples run: none, all that most have, and one that has what it needs.
const EXAMPLES: [&str; 6] =
    ["", "qst", "qst,ja", "qst,en,sources", "qst,ja,details,search-index", "qst,glyphs-12,glyphs-16-grey"];

/// Packages outside the workspace, which would switch features on in it.
const OUTSIDE: [&str; 14] = [
    "benches/scale",
    "benches/search",
    "benches/peers",
    "benches/peers/host",
    "benches/peers/programs",
    "tests/own-data",
    "tests/baked",
    "firmware/boards",
    "firmware/programs",
    "firmware/proofs",
    "firmware/emulator",
    "firmware/pico",
    "firmware/stm32f4",
    "firmware/esp32c3",
];

/// A step and what it does.
type Step<'a> = (&'static str, Box<dyn Fn() -> Result<(), Failure> + 'a>);

/// Runs all steps.
pub(crate) fn run(root: &Path, home: &Home) -> Result<(), Failure> {
    let steps = steps(root, home);
    let begin = Instant::now();
    let mut times = Vec::new();
    for (number, (name, step)) in steps.iter().enumerate() {
        anstream::println!("\n\x1b[1m── {}/{} {name} ──\x1b[0m", number + 1, steps.len());
        let start = Instant::now();
        step().map_err(|failure| stopped(name, failure))?;
        times.push((name, start.elapsed()));
        anstream::println!("\x1b[2m{name}: {}\x1b[0m", seconds(start.elapsed()));
    }
    anstream::println!();
    for (name, time) in times {
        anstream::println!("{:>8}  {name}", seconds(time));
    }
    anstream::println!("\x1b[1;32mok\x1b[0m: all {} steps passed in {}", steps.len(), seconds(begin.elapsed()));
    Ok(())
}

/// The problems of the data are shown as they are; anything else says in which step it came up.
fn stopped(step: &str, failure: Failure) -> Failure {
    match failure {
        Failure::Other(message) => Failure::Other(format!("the step \"{step}\" stopped: {message}")),
        failure => failure,
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn steps<'a>(root: &'a Path, home: &'a Home) -> Vec<Step<'a>> {
    vec![
        ("tools and targets", Box::new(move || install(root))),
        ("the data", Box::new(move || data(home))),
        ("format", Box::new(move || format(root))),
        ("lints", Box::new(move || lints(root))),
        // Random queries run a minute by themselves, and half an hour where one asks for it.
        (
            "tests of the workspace",
            Box::new(move || Run::new(root, "cargo test --workspace").env("NENPYO_FUZZ_SECONDS", "20").run()),
        ),
        // Features change nothing in them.
        (
            "tests with all features",
            Box::new(move || {
                Run::new(root, "cargo test -p nenpyo --all-features").env("NENPYO_FUZZ_SECONDS", "2").run()
            }),
        ),
        (
            "tests with the baked command",
            Box::new(move || Run::new(root, "cargo test -p nenpyo-cli --features qst --test qst").run()),
        ),
        ("examples with some sections alone", Box::new(move || sections(root))),
        ("docs", Box::new(move || docs(root))),
        ("own data", Box::new(move || outside(root, "tests/own-data", "test"))),
        ("baked chronicles", Box::new(move || outside(root, "tests/baked", "test"))),
        ("boards", Box::new(move || outside(root, EMULATOR, "test"))),
        ("what boards cost", Box::new(move || cost(root, true))),
        ("the benches still run", Box::new(move || bench(root, Bench::Smoke))),
        ("packages", Box::new(move || packages(root))),
    ]
}

/// The package that runs programs on emulated boards.
const EMULATOR: &str = "firmware/emulator";

/// Measures what everything costs on boards and writes it down, or compares it with what is written down.
pub(crate) fn cost(root: &Path, check: bool) -> Result<(), Failure> {
    install(root)?;
    outside(root, EMULATOR, if check { "run --quiet -- --check" } else { "run --quiet" })
}

/// The packages that measure lookups beside their alternatives, search beside a scan, and compiling by size.
const BENCHES: [&str; 3] = ["benches/peers", "benches/search", "benches/scale"];

/// The alternatives that only a host has. It builds databases and search engines, for which the tests have no time.
const HOST_BENCH: &str = "benches/peers/host";

/// How much is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bench {
    /// Everything, which is written down.
    Whole,
    /// Some of it, which is shown.
    Quick,
    /// As little as shows that it still can be.
    Smoke,
}

/// Measures everything beside something else.
pub(crate) fn bench(root: &Path, how: Bench) -> Result<(), Failure> {
    install(root)?;
    let begin = Instant::now();
    // What is smoked is built as what runs the boards is, and beside it, so that it is built once.
    let smoke = |bench| timed(bench, || outside_in(root, bench, EMULATOR, "run --quiet -- --smoke"));
    match how {
        Bench::Smoke => BENCHES.into_iter().try_for_each(smoke)?,
        Bench::Quick => {
            timed(HOST_BENCH, || outside(root, HOST_BENCH, "run --quiet --release -- --quick"))?;
            timed(BENCHES[0], || outside_in(root, BENCHES[0], EMULATOR, "run --quiet -- --quick"))?;
            smoke(BENCHES[1])?;
        }
        // The tables of the first one are also of what was measured on the host.
        Bench::Whole => {
            let whole = |bench| timed(bench, || outside(root, bench, "run --quiet --release"));
            whole(HOST_BENCH)?;
            BENCHES.into_iter().try_for_each(whole)?;
        }
    }
    eprintln!("all of it took {}", seconds(begin.elapsed()));
    Ok(())
}

/// Does something that takes long, and says how long.
fn timed(what: &str, work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    let begin = Instant::now();
    work()?;
    eprintln!("{what} took {}", seconds(begin.elapsed()));
    Ok(())
}

/// Installs the targets, components and emulators that are not there yet.
fn install(root: &Path) -> Result<(), Failure> {
    install_targets(root)?;
    for (tool, component) in [("cargo fmt --version", "rustfmt"), ("cargo clippy --version", "clippy")] {
        if !Run::new(root, tool).succeeds() {
            Run::new(root, &format!("rustup component add {component}")).run()?;
        }
    }
    install_emulators(root)
}

fn install_targets(root: &Path) -> Result<(), Failure> {
    let has = |target: &String| library(root, target).is_some_and(|folder| Path::new(folder.trim()).is_dir());
    let missing: Vec<String> = targets().into_iter().filter(|target| !has(target)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(" ");
    if Run::new(root, "rustup --version").succeeds() {
        return Run::new(root, &format!("rustup target add {missing}")).run();
    }
    Err(Failure::Other(format!(
        "`rustup` is not there to install {missing}; get it from https://rustup.rs, or install these targets the way your \
         Rust was installed"
    )))
}

/// Installs the emulators from the packages of Debian or Ubuntu, or says what to install.
fn install_emulators(root: &Path) -> Result<(), Failure> {
    let missing = || emulators().into_iter().find(|name| !Run::new(root, &format!("{name} --version")).succeeds());
    if missing().is_none() {
        return Ok(());
    }
    // As root, or as someone who may become root without being asked.
    let before = if is_root(root) { "" } else { "sudo --non-interactive " };
    let apt = |line: &str| Run::new(root, &format!("{before}apt-get {line}")).env("DEBIAN_FRONTEND", "noninteractive");
    if apt("--version").succeeds() {
        apt("update").run()?;
        // RISC-V has a package of its own since Debian 13; before, it was among the rest.
        for riscv in ["qemu-system-riscv", "qemu-system-misc"] {
            let line = format!("install --yes --no-install-recommends qemu-system-arm {riscv}");
            if missing().is_some() && apt(&format!("--simulate {line}")).succeeds() {
                apt(&line).run()?;
            }
        }
    }
    let advice = nenpyo_boards::INSTALL;
    missing().map_or(Ok(()), |name| Err(Failure::Other(format!("`{name}` is not there: {advice}"))))
}

fn is_root(root: &Path) -> bool {
    Run::new(root, "id -u").output().is_ok_and(|id| id.trim() == "0")
}

/// Where the compiler has the libraries of a target, if it is installed.
fn library(root: &Path, target: &str) -> Option<String> {
    Run::new(root, &format!("rustc --print target-libdir --target {target}")).output().ok()
}

/// The data is sound, its readings are written, and what is generated from it is up to date.
fn data(home: &Home) -> Result<(), Failure> {
    let rewrite = || Rewrite { check: true, folder: Folder::default(), json: false };
    nenpyo_cli::execute(Command::Check(Check { folder: Folder::default(), json: false }), home)?;
    nenpyo_cli::execute(Command::Ruby(rewrite()), home)?;
    nenpyo_cli::execute(Command::Regen(rewrite()), home)
}

fn format(root: &Path) -> Result<(), Failure> {
    Run::new(root, "cargo fmt --all --check").run()?;
    OUTSIDE.iter().try_for_each(|package| Run::new(there(root, package)?, "cargo fmt --check").run())
}

fn lints(root: &Path) -> Result<(), Failure> {
    let clippy = |line: &str| Run::new(root, &format!("cargo clippy {line} -- -D warnings")).run();
    clippy("--workspace --all-targets")?;
    clippy("-p nenpyo --all-targets --all-features")?;
    clippy("-p nenpyo-cli --all-targets --features qst")?;
    SECTIONS
        .iter()
        .try_for_each(|features| clippy(&format!("-p nenpyo --lib --no-default-features --features={features}")))?;
    BENCHES.iter().try_for_each(|bench| outside_in(root, bench, EMULATOR, "clippy -- -D warnings"))?;
    outside(root, "tests/own-data", "clippy --all-targets -- -D warnings")?;
    outside(root, EMULATOR, "clippy --all-targets -- -D warnings")?;
    outside(root, "firmware/proofs", "clippy --release --target thumbv6m-none-eabi -- -D warnings")?;
    for target in ["thumbv6m-none-eabi", "riscv32imac-unknown-none-elf"] {
        for features in ["baked,ja", "ja"] {
            let line = format!("clippy --release --target {target} --bins --features {features} -- -D warnings");
            outside(root, "firmware/programs", &line)?;
        }
    }
    Ok(())
}

/// Each example in the documentation says of which sections it needs, so all run with any of them.
fn sections(root: &Path) -> Result<(), Failure> {
    EXAMPLES.iter().try_for_each(|features| {
        Run::new(root, &format!("cargo test -p nenpyo --doc --no-default-features --features={features}")).run()
    })
}

fn docs(root: &Path) -> Result<(), Failure> {
    let doc =
        |line: &str| Run::new(root, &format!("cargo doc --no-deps {line}")).env("RUSTDOCFLAGS", "-Dwarnings").run();
    // `xtask` is a program for this repository alone, and `nenpyo` is documented with everything it has.
    doc("--workspace --exclude nenpyo --exclude xtask --lib")?;
    doc("-p nenpyo --all-features")
}

/// Runs cargo in a package outside the workspace, with its output beside that of the workspace.
fn outside(root: &Path, package: &str, line: &str) -> Result<(), Failure> {
    outside_in(root, package, package, line)
}

/// The same, built beside another package.
fn outside_in(root: &Path, package: &str, beside: &str, line: &str) -> Result<(), Failure> {
    let target = std::env::var("CARGO_TARGET_DIR").map_or_else(|_| root.join("target"), |folder| root.join(folder));
    let target = target.join(beside.replace('/', "-"));
    let run = Run::new(there(root, package)?, &format!("cargo {line}"));
    run.env("CARGO_TARGET_DIR", target.display().to_string()).run()
}

/// The folder of a package that must be there.
fn there(root: &Path, package: &str) -> Result<std::path::PathBuf, Failure> {
    let folder = root.join(package);
    if folder.join("Cargo.toml").is_file() {
        Ok(folder)
    } else {
        Err(Failure::Other(format!("there is no package `{package}`")))
    }
}

/// Every data file is in the package, and the packages build from what is in them alone.
fn packages(root: &Path) -> Result<(), Failure> {
    let listed = Run::new(root, "cargo package --list --allow-dirty -p nenpyo").output()?;
    let listed: Vec<&str> = listed.lines().collect();
    let files = nenpyo_cli::data_files(&root.join("data"))?;
    let missing: Vec<&String> =
        files.iter().filter(|file| !listed.contains(&format!("data/{file}").as_str())).collect();
    if let Some(first) = missing.first() {
        let count = missing.len();
        return Err(Failure::Other(format!(
            "{count} data files are not in the package, the first one is data/{first}"
        )));
    }
    println!("all {} data files are in the package", files.len());
    // Cargo unpacks what it would publish by the path of the target folder and takes what lies there already for the
    // same version: in a folder used before, an older `nenpyo-schema` would be compiled instead of this one.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
    let folder = root.join(format!("target/publish-{now}"));
    let line = "cargo publish --dry-run --workspace --allow-dirty";
    let published = Run::new(root, line).env("CARGO_TARGET_DIR", folder.display().to_string()).run();
    // A folder that stays behind does no harm.
    let _ = std::fs::remove_dir_all(&folder);
    published
}
