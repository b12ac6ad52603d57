//! Building programs for boards with cargo.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use crate::{Board, Failure, Result};

/// What this process has built. Where one build puts its program the next one puts another, so that one is taken away
/// before the next begins.
static BUILT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A folder of the repository.
#[must_use]
pub fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Where everything for boards is built, beside what is built for the host.
pub(crate) fn built() -> PathBuf {
    folder("target/firmware")
}

/// A package that is built for a target.
struct Build<'a> {
    package: &'a str,
    target: &'a str,
    args: &'a [&'a str],
    /// Replaces the level of optimisation of the profile.
    opt_level: &'a str,
    env: &'a [(&'a str, String)],
}

impl Build<'_> {
    /// Where the result lies.
    fn results(&self) -> PathBuf {
        built().join(self.target).join("release")
    }

    /// Builds it; gives the folder in which its build script has written.
    fn run(&self) -> Result<Option<PathBuf>> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(folder(self.package)).args(["build", "--quiet", "--release", "--locked"]);
        // The compiler of chronicles runs for each choice of sections, and is built once.
        command.args(["--config", "profile.release.package.nenpyo-codegen.opt-level=1"]);
        command
            .args(["--target", self.target])
            .args(self.args)
            .arg("--message-format=json-render-diagnostics")
            .stderr(Stdio::inherit());
        command.env("CARGO_TARGET_DIR", built()).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level);
        // What is measured must not depend on whose machine it is: no flags come before these, which are none.
        command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", "");
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        let output = command.output().map_err(|error| Failure::rust("cargo", error))?;
        if !output.status.success() {
            let (args, target) = (self.args.join(" "), self.target);
            return Err(Failure::Build(format!(
                "cargo build --release --target {target} {args} (in {})",
                self.package
            )));
        }
        let messages = String::from_utf8_lossy(&output.stdout);
        let out = |line: &str| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            let is_ours = message["package_id"].as_str()?.contains("nenpyo-programs");
            let is_script = message["reason"] == "build-script-executed";
            (is_ours && is_script).then(|| message["out_dir"].as_str().map(PathBuf::from))?
        };
        Ok(messages.lines().find_map(out))
    }
}

/// Copies a file so that whoever has the old one open keeps it, and says which if that fails.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let failed = |error: std::io::Error| Failure::Other(format!("{} to {}: {error}", from.display(), to.display()));
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let beside = to.with_extension(format!("{}.tmp", std::process::id()));
    std::fs::copy(from, &beside).and_then(|_| std::fs::rename(&beside, to)).map_err(failed)
}

/// Builds a program of `firmware/programs` for a board, with the features that an image wants.
///
/// # Errors
///
/// If it cannot be built.
pub fn program(board: &Board, name: &str, features: &[&str]) -> Result<PathBuf> {
    linked(board, name, features, board.flash.kibibytes)
}

/// Like [`program`], linked for a board of this family with so much flash, to see how large it would be.
///
/// Its linker map lies beside it, with the extension `map`.
///
/// # Errors
///
/// If it cannot be built.
pub fn linked(board: &Board, name: &str, features: &[&str], flash_kibibytes: u32) -> Result<PathBuf> {
    let list = features.join(",");
    let image = built().join("images").join(&board.name);
    let image = image.join(format!("{name}-{}-{flash_kibibytes}", features.join("-"))).with_extension("elf");
    let mut known = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if known.contains(&image) {
        return Ok(image);
    }
    let build = Build {
        package: "firmware/programs",
        target: &board.target,
        args: &["--bin", name, "--features", &list],
        // Of all programs this one has the least room; what it answers is the same.
        opt_level: if name == "digests" && board.flash.kibibytes < 512 { "z" } else { "s" },
        env: &[("NENPYO_BOARD", board.name.clone()), ("NENPYO_FLASH_KIBIBYTES", flash_kibibytes.to_string())],
    };
    let out = build.run()?.ok_or_else(|| Failure::Other("cargo does not say where the map is".to_owned()))?;
    copy(&build.results().join(name), &image)?;
    copy(&out.join(name).with_extension("map"), &image.with_extension("map"))?;
    known.insert(image.clone());
    Ok(image)
}

/// Builds an alternative to nenpyo for a board, with the data in a folder, linked as if it had flash for it
/// (`benches/peers`).
///
/// # Errors
///
/// If it cannot be built.
pub fn peer(board: &Board, name: &str, data: &Path, flash_kibibytes: u32) -> Result<PathBuf> {
    let build = Build {
        package: "benches/peers/programs",
        target: &board.target,
        args: &["--bin", "peer", "--features", name],
        opt_level: "s",
        env: &[
            ("NENPYO_BOARD", board.name.clone()),
            ("NENPYO_FLASH_KIBIBYTES", flash_kibibytes.to_string()),
            ("NENPYO_PEERS", data.display().to_string()),
        ],
    };
    let image = built().join("images").join(&board.name).join(format!("peer-{name}")).with_extension("elf");
    build.run()?;
    copy(&build.results().join("peer"), &image)?;
    Ok(image)
}

/// Builds a program of `firmware/panels` for a board, with these features.
///
/// # Errors
///
/// If it cannot be built.
pub fn panel(board: &Board, name: &str, features: &str, opt_level: &str) -> Result<PathBuf> {
    let image = built().join("images").join(&board.name).join(format!("panel-{name}")).with_extension("elf");
    let mut known = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if known.contains(&image) {
        return Ok(image);
    }
    let build = Build {
        package: "firmware/panels",
        target: &board.target,
        args: &["--bin", name, "--features", features],
        opt_level,
        env: &[("NENPYO_BOARD", board.name.clone())],
    };
    build.run()?;
    copy(&build.results().join(name), &image)?;
    known.insert(image.clone());
    Ok(image)
}

/// Builds the library of all lookups, each a symbol of its own, with these features.
///
/// # Errors
///
/// If it cannot be built.
pub fn proofs(target: &str, opt_level: &str, features: &[&str]) -> Result<PathBuf> {
    let list = features.join(",");
    let build = Build { package: "firmware/proofs", target, args: &["--features", &list], opt_level, env: &[] };
    let library = build.results().join(format!("proofs-{}", features.join("-"))).with_extension("a");
    let mut known = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if !known.contains(&library) {
        build.run()?;
        copy(&build.results().join("libnenpyo_proofs.a"), &library)?;
        known.insert(library.clone());
    }
    Ok(library)
}

/// Builds the examples for a board that people own, all of which are linked at once; gives one of them.
///
/// # Errors
///
/// If one cannot be built.
pub fn example(board: &str, target: &str, program: &str) -> Result<PathBuf> {
    let package = format!("firmware/{board}");
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let results = built().join(board);
    command.current_dir(folder(&package)).args(["build", "--quiet", "--release", "--locked"]);
    // Its own `.cargo/config.toml` says how it is linked.
    command.env("CARGO_TARGET_DIR", &results).env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    let status = command.status().map_err(|error| Failure::rust("cargo", error))?;
    if !status.success() {
        return Err(Failure::Build(format!("cargo build --release (in {package})")));
    }
    Ok(results.join(target).join("release").join(program))
}

/// The compiler and its version.
///
/// # Errors
///
/// If there is none.
pub fn compiler() -> Result<String> {
    let output = Command::new("rustc").arg("--version").output().map_err(|error| Failure::rust("rustc", error))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The linker that comes with Rust.
///
/// # Errors
///
/// If the compiler does not say where it is.
pub fn linker() -> Result<PathBuf> {
    let output = Command::new("rustc").args(["--print", "target-libdir"]).output();
    let output = output.map_err(|error| Failure::rust("rustc", error))?;
    let folder = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let linker = folder.join("../bin/rust-lld");
    if linker.is_file() { Ok(linker) } else { Err(Failure::Other(format!("there is no {}", linker.display()))) }
}
