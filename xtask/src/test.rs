//! `test`: everything that must hold, in two lanes of steps that stop at the first failure. Runs on the host.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
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
const SECTIONS: [&str; 13] = [
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
    "qst,ja,details,search-index-small",
    "qst,glyphs-8",
    "qst,ja,glyphs-12,glyphs-16-grey",
];

/// Of these, with which the examples run: none, what most have, and one that has what it needs.
const EXAMPLES: [&str; 5] =
    ["", "qst,ja", "qst,en,sources", "qst,ja,details,search-index", "qst,glyphs-12,glyphs-16-grey"];

/// Packages outside the workspace, which would switch features on in it.
const OUTSIDE: [&str; 15] = [
    "benches/scale",
    "benches/search",
    "benches/peers",
    "benches/peers/host",
    "benches/peers/programs",
    "tests/own-data",
    "tests/baked",
    "firmware/boards",
    "firmware/programs",
    "firmware/panels",
    "firmware/proofs",
    "firmware/emulator",
    "firmware/pico",
    "firmware/stm32f4",
    "firmware/esp32c3",
];

/// A step and what it does.
type Step = (&'static str, fn(&Path, &Home) -> Result<(), Failure>);

/// What comes before everything else.
const FIRST: [Step; 3] = [
    ("tools and targets", |root, _| install(root)),
    ("the data", |_, home| data(home)),
    ("format", |root, _| format(root)),
];

/// Two lanes of steps, one beside the other: linking for boards and emulating them leaves a processor idle. What is built
/// in one folder stands in one lane, or so late that it is there.
const LANES: [&[Step]; 2] = [
    &[
        ("lints", |root, _| lints(root)),
        ("tests with all features", |root, _| all_features(root)),
        ("tests with default features", |root, _| default_features(root)),
        ("examples with some sections alone", |root, _| sections(root)),
        ("docs", |root, _| docs(root)),
        ("own data", |root, _| own_data(root)),
        ("baked chronicles", |root, _| outside(root, "tests/baked", "test")),
        ("packages", |root, _| packages(root)),
        // Beside what is measured on boards, whose folder they share, because they come when that is built.
        ("the benches still run", |root, _| bench(root, Bench::Smoke)),
        ("lints of boards and benches", |root, _| outside_lints(root)),
    ],
    &[("boards", |root, _| outside(root, EMULATOR, "test")), ("what boards cost", |root, _| cost(root, true))],
];

/// The names of all steps.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    steps().map(|(name, _)| *name)
}

fn steps() -> impl Iterator<Item = &'static Step> {
    FIRST.iter().chain(LANES.into_iter().flatten())
}

/// Runs all steps.
pub(crate) fn run(root: &Path, home: &Home) -> Result<(), Failure> {
    let begin = Instant::now();
    let mut times = Vec::new();
    for (name, step) in &FIRST {
        let start = Instant::now();
        head(name);
        step(root, home).map_err(|failure| stopped(name, failure))?;
        times.push((*name, start.elapsed()));
    }
    let failed = AtomicBool::new(false);
    let lanes = thread::scope(|scope| {
        let threads = LANES.map(|steps| scope.spawn(|| lane(steps, &failed)));
        threads
            .map(|thread| thread.join().unwrap_or_else(|_| Err(Failure::Other("a lane of steps panicked".to_owned()))))
    });
    for lane in lanes {
        times.extend(lane?);
    }
    anstream::println!();
    for (name, time) in &times {
        anstream::println!("{:>8}  {name}", seconds(*time));
    }
    anstream::println!("\x1b[1;32mok\x1b[0m: all {} steps passed in {}", times.len(), seconds(begin.elapsed()));
    Ok(())
}

/// Runs one step.
pub(crate) fn only(name: &str, root: &Path, home: &Home) -> Result<(), Failure> {
    let step = steps().find(|(other, _)| *other == name);
    step.map_or_else(|| Err(Failure::Other(format!("there is no step \"{name}\""))), |(_, step)| step(root, home))
}

/// Runs steps one after the other, each as a process of its own whose output is shown whole when it ends, until one of
/// them fails here or beside; says how long each took.
fn lane(steps: &[Step], failed: &AtomicBool) -> Result<Vec<(&'static str, Duration)>, Failure> {
    let mut times = Vec::new();
    for (name, _) in steps {
        if failed.load(Ordering::Relaxed) {
            break;
        }
        anstream::println!("{name} …");
        let start = Instant::now();
        let (printed, succeeds) = step(name).map_err(|error| Failure::Other(format!("{name}: {error}")))?;
        // Shown in one piece, whatever the other lane has to say.
        let mut out = std::io::stdout().lock();
        head(name);
        // Whoever does not listen any more misses nothing.
        let _ = out.write_all(&printed).and_then(|()| out.flush());
        anstream::println!("\x1b[2m{name}: {}\x1b[0m", seconds(start.elapsed()));
        if !succeeds {
            failed.store(true, Ordering::Relaxed);
            return Err(Failure::Other(format!("the step \"{name}\" stopped; alone: `cargo xtask test \"{name}\"`")));
        }
        times.push((*name, start.elapsed()));
    }
    Ok(times)
}

/// Runs one step as a process; gives what it prints, and whether it succeeds.
fn step(name: &str) -> std::io::Result<(Vec<u8>, bool)> {
    let (mut reader, writer) = std::io::pipe()?;
    let mut process = std::process::Command::new(std::env::current_exe()?);
    // What is built once need not be ready to be built a bit differently.
    process
        .args(["test", name])
        .env("CARGO_INCREMENTAL", "0")
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    let mut child = process.spawn()?;
    // With it go the ends of the pipe that are here: it ends when the step does.
    drop(process);
    let mut printed = Vec::new();
    reader.read_to_end(&mut printed)?;
    Ok((printed, child.wait()?.success()))
}

fn head(name: &str) {
    anstream::println!("\n\x1b[1m── {name} ──\x1b[0m");
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

/// All tests with everything that is there, so that texts are dense; random queries run a minute by themselves, and half
/// an hour where one asks for it.
fn all_features(root: &Path) -> Result<(), Failure> {
    // This program, which has no tests, is left as it is: it starts the steps.
    let line = "cargo test --workspace --exclude xtask --all-features";
    Run::new(root, line).env("NENPYO_FUZZ_SECONDS", "10").run()
}

/// What features change, as it is by default: texts in UTF-8, the command without a chronicle. The kiosk shows both
/// codings alike, and the larger of the emulated panels shows texts in UTF-8.
fn default_features(root: &Path) -> Result<(), Failure> {
    Run::new(root, "cargo test -p nenpyo -p nenpyo-cli").env("NENPYO_FUZZ_SECONDS", "2").run()
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
            let [boards, search, scale] = BENCHES;
            whole(HOST_BENCH)?;
            // Both count instructions and measure no time, so one runs beside the other.
            thread::scope(|scope| {
                let search = scope.spawn(|| whole(search));
                let boards = whole(boards);
                search.join().unwrap_or_else(|_| Err(Failure::Other("a bench panicked".to_owned()))).and(boards)
            })?;
            whole(scale)?;
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

/// For what is checked and not run: the compiler of chronicles runs for a second longer and is built 30 seconds sooner.
const UNOPTIMISED: &str = "--config profile.dev.package.nenpyo-codegen.opt-level=0";

fn lints(root: &Path) -> Result<(), Failure> {
    let clippy = |line: &str| Run::new(root, &format!("cargo clippy {line} -- -D warnings")).run();
    // The others have no features, or none that change what is linted.
    clippy("-p nenpyo -p nenpyo-cli -p nenpyo-kiosk --all-targets")?;
    clippy(&format!("{UNOPTIMISED} --workspace --all-targets --all-features"))?;
    SECTIONS.iter().try_for_each(|features| {
        clippy(&format!("{UNOPTIMISED} -p nenpyo --lib --no-default-features --features={features}"))
    })
}

/// Lints of packages outside the workspace that are for boards, or run them.
fn outside_lints(root: &Path) -> Result<(), Failure> {
    BENCHES.iter().try_for_each(|bench| outside_in(root, bench, EMULATOR, "clippy -- -D warnings"))?;
    outside(root, EMULATOR, "clippy --all-targets -- -D warnings")?;
    let boards = |package, line: &str| {
        outside_in(root, package, "firmware/programs", &format!("clippy --release {line} -- -D warnings"))
    };
    boards("firmware/proofs", "--target thumbv6m-none-eabi")?;
    for target in ["thumbv6m-none-eabi", "riscv32imac-unknown-none-elf"] {
        for features in ["baked,ja", "ja"] {
            boards("firmware/programs", &format!("--target {target} --bins --features {features}"))?;
        }
    }
    for (program, features, target) in [
        ("oled", "oled", "thumbv7m-none-eabi"),
        ("oled-walk", "oled,walk", "thumbv7m-none-eabi"),
        ("tft-walk", "tft,walk", "riscv32imac-unknown-none-elf"),
    ] {
        let line = format!("clippy --release --target {target} --lib --bin {program} --features {features}");
        let line = format!("{line} -- -D warnings");
        outside(root, "firmware/panels", &line)?;
    }
    Ok(())
}

fn own_data(root: &Path) -> Result<(), Failure> {
    outside(root, "tests/own-data", "clippy --all-targets -- -D warnings")?;
    outside(root, "tests/own-data", "test")
}

/// Each example in the documentation says of which sections it needs, so all run with any of them.
fn sections(root: &Path) -> Result<(), Failure> {
    EXAMPLES.iter().try_for_each(|sections| {
        let features: Vec<String> = sections.split_terminator(',').map(|name| format!("nenpyo/{name}")).collect();
        // With the command, which has few examples, dependencies have the features that they have in the other tests.
        let line = "cargo test -p nenpyo -p nenpyo-cli --doc --no-default-features --features=";
        Run::new(root, &format!("{line}{}", features.join(","))).run()
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
