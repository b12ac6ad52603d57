//! Measures everything: what it takes to be built, its bytes, its instructions, and its time beside nenpyo's.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use nenpyo_emulator::Result;
use nenpyo_emulator::build::folder;

use crate::failed;
use crate::measured::Measured;
use session::{Session, pairs};
use watch::{BUILDING, MAKING, Outcome, watch};

mod session;
mod watch;

/// What is measured.
pub(crate) struct Plan<'p> {
    /// With how many milestones, in order; 0 is QST's chronicle.
    pub(crate) milestones: &'p [usize],
    /// With how many at most instructions are counted, which is some fifty times slower than the question.
    pub(crate) counted: usize,
    /// Whether it is written down.
    pub(crate) writes: bool,
}

pub(crate) const ALL: Plan<'_> =
    Plan { milestones: &[0, 100, 1_000, 10_000, 100_000, 1_000_000], counted: 10_000, writes: true };
pub(crate) const QUICK: Plan<'_> = Plan { milestones: &[0, 1_000], counted: 0, writes: false };

/// How an alternative comes to its data.
enum Data {
    /// It is what all rows were read from.
    Chronicle,
    /// A file.
    File(&'static str),
    /// What another one has.
    Shared(&'static str),
    /// It is in the program, by this feature.
    Program(&'static str),
}

/// Everyone, nenpyo first.
const PEERS: [(&str, Data); 15] = [
    ("nenpyo", Data::Chronicle),
    ("structs", Data::Program("structs")),
    ("phf", Data::Program("phf")),
    ("databake", Data::Program("databake-baked")),
    ("zerovec", Data::File("zerovec.bin")),
    ("rkyv", Data::File("rkyv.bin")),
    ("flatbuffers", Data::File("flatbuffers.bin")),
    ("postcard", Data::File("postcard.bin")),
    ("postcard-each", Data::File("each.bin")),
    ("json", Data::File("story.json")),
    ("sqlite-file", Data::File("chronicle.sqlite")),
    ("sqlite-memory", Data::Shared("sqlite-file")),
    ("tantivy", Data::File("tantivy")),
    ("fst", Data::File("slugs.fst")),
    ("memmem", Data::File("memmem.bin")),
];

/// Up to how many milestones texts are compressed: `xz -9` takes a second for some two megabytes.
const COMPRESSED: usize = 100_000;

/// Measures everything that is planned.
pub(crate) fn measure(plan: &Plan<'_>) -> Result<()> {
    let mut measured = Measured::default();
    let mut stopped = Vec::new();
    for milestones in plan.milestones {
        let place =
            Place { milestones: *milestones, folder: folder("target/bench/peers-host").join(milestones.to_string()) };
        place.measure(plan, &mut measured, &mut stopped)?;
        // Of a million milestones everyone's files are ten gigabytes.
        std::fs::remove_dir_all(&place.folder).map_err(failed)?;
        if plan.writes {
            measured.write()?;
        }
    }
    if !plan.writes {
        measured.print();
    }
    Ok(())
}

/// A program of this package, and whose data it has or is to read.
struct Program {
    file: PathBuf,
    peer: &'static str,
}

/// A chronicle of some size.
struct Place {
    milestones: usize,
    folder: PathBuf,
}

/// What a process that builds something prints, or why it was stopped.
type Figures = std::result::Result<BTreeMap<String, f64>, String>;

/// Lines of a name and a number, as what runs by itself prints them.
fn figures(printed: &str) -> BTreeMap<String, f64> {
    let pair = |line: &str| {
        let (name, number) = line.split_once('\t')?;
        Some((name.to_owned(), number.parse().ok()?))
    };
    printed.lines().filter_map(pair).collect()
}

/// The bytes of a file, or of all files in a folder.
fn bytes(path: &Path) -> u64 {
    let Ok(files) = std::fs::read_dir(path) else { return path.metadata().map_or(0, |file| file.len()) };
    files.flatten().map(|file| bytes(&file.path())).sum()
}

fn this() -> Result<PathBuf> {
    std::env::current_exe().map_err(failed)
}

impl Place {
    fn measure(&self, plan: &Plan<'_>, measured: &mut Measured, stopped: &mut Vec<&'static str>) -> Result<()> {
        let mut command = Command::new(this()?);
        command.arg("make").arg(self.milestones.to_string()).arg(&self.folder);
        // Everybody's rows are read off what is compiled: without it nobody is measured.
        let made = match self.timed("made", || watch(command, &MAKING))? {
            Outcome::Done { printed, .. } => figures(&printed),
            Outcome::Stopped(why) => {
                self.stop("nenpyo", &why, measured);
                return Ok(());
            }
        };
        // What the first two of those in the program have in common is written before them.
        let none = ["structs", "phf"].iter().all(|peer| stopped.contains(peer));
        let structs = if none { Ok(BTreeMap::new()) } else { self.write("structs")? };
        // Beside one another: of what is built, processor time is measured.
        let (made, structs) = (&made, &structs);
        let works = PEERS.iter().filter(|(peer, _)| !stopped.contains(peer)).map(|(peer, data)| {
            move || {
                let mut own = Measured::default();
                let file = self.build(peer, data, made, structs, &mut own)?;
                Ok((*peer, data, file, own))
            }
        });
        let packed = thread::scope(|scope| {
            let packed = scope.spawn(|| self.timed("texts packed", || self.texts()));
            let built = side_by_side(works);
            Ok::<_, nenpyo_emulator::Failure>((packed.join().map_err(|_| failed("nothing was packed"))??, built?))
        });
        let (packed, built) = packed?;
        measured.extend(&packed);
        let mut programs = Vec::new();
        for (peer, data, file, own) in built {
            measured.extend(&own);
            let is_there = !matches!(data, Data::Shared(other) if stopped.contains(other));
            match file.filter(|_| is_there) {
                Some(file) => programs.push(Program { file, peer }),
                None => stopped.push(peer),
            }
        }
        self.ask(&programs, measured)?;
        if self.milestones <= plan.counted {
            self.count(&programs, measured)?;
        }
        Ok(())
    }

    /// Builds what an alternative answers from; gives the program to ask, or nothing if it was stopped.
    fn build(
        &self,
        peer: &'static str,
        data: &Data,
        made: &BTreeMap<String, f64>,
        structs: &Figures,
        measured: &mut Measured,
    ) -> Result<Option<PathBuf>> {
        self.timed(&format!("{peer} built"), || match data {
            Data::Chronicle => Ok(self.built(peer, "chronicle.nenpyo", made, measured)),
            Data::Shared(_) => this().map(Some),
            Data::File(file) => Ok(match self.write(peer)? {
                Ok(written) => self.built(peer, file, &written, measured),
                Err(why) => self.stop(peer, &why, measured),
            }),
            Data::Program(feature) => self.compile(peer, feature, structs, measured),
        })
    }

    /// Does something, and tells whoever waits how long it took.
    fn timed<T>(&self, what: &str, work: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let done = work();
        eprintln!("{:>7} milestones, {:>6.1} s: {what}", self.milestones, begin.elapsed().as_secs_f64());
        done
    }

    /// What nobody can be without: the texts, and how small they can be made.
    fn texts(&self) -> Result<Measured> {
        let mut measured = Measured::default();
        let [texts, nenpyo] = ["texts.txt", "lookups.nenpyo"].map(|file| self.folder.join(file));
        measured.add(self.milestones, "texts", "file", "bytes", bytes(&texts));
        if self.milestones > COMPRESSED {
            return Ok(measured);
        }
        let packing = |file: &Path| {
            let mut command = Command::new("xz");
            command.args(["-9", "--stdout"]).arg(file).stdout(Stdio::piped()).spawn().map_err(failed)
        };
        // Side by side: nothing is timed now.
        let packed = [("texts", packing(&texts)?), ("nenpyo", packing(&nenpyo)?)]
            .map(|(name, packing)| (name, thread::spawn(|| packing.wait_with_output())));
        for (name, packed) in packed {
            let packed = packed.join().map_err(|_| failed("xz was not waited for"))?.map_err(failed)?;
            measured.add(self.milestones, name, "file", "bytes by xz -9", packed.stdout.len());
        }
        Ok(measured)
    }

    /// Writes down what a file took.
    fn built(
        &self,
        peer: &str,
        file: &str,
        figures: &BTreeMap<String, f64>,
        measured: &mut Measured,
    ) -> Option<PathBuf> {
        let whole = bytes(&self.folder.join(file));
        let without = figures.get("without search").map_or(whole, |bytes| *bytes as u64);
        measured.add(self.milestones, peer, "file", "bytes", without);
        if without < whole {
            measured.add(self.milestones, peer, "file", "bytes with search", whole);
        }
        for (figure, measure) in [("seconds", "seconds"), ("kibibytes", "kibibytes at most")] {
            measured.add(self.milestones, peer, "build", measure, figures.get(figure).copied().unwrap_or_default());
        }
        this().ok()
    }

    fn stop(&self, peer: &str, why: &str, measured: &mut Measured) -> Option<PathBuf> {
        measured.add(self.milestones, peer, "build", "stopped", why);
        eprintln!("{} milestones: {peer} stops: {why}", self.milestones);
        None
    }

    /// Writes the file of an alternative in a process of its own, or says why it was stopped.
    fn write(&self, peer: &str) -> Result<Figures> {
        let mut command = Command::new(this()?);
        command.arg("build").arg(peer).arg(&self.folder);
        Ok(match watch(command, &BUILDING)? {
            Outcome::Done { printed, .. } => Ok(figures(&printed)),
            Outcome::Stopped(why) => Err(why),
        })
    }

    /// Compiles an alternative whose data is in the program.
    fn compile(
        &self,
        peer: &'static str,
        feature: &'static str,
        structs: &Figures,
        measured: &mut Measured,
    ) -> Result<Option<PathBuf>> {
        // With perfect hashes for keys the rest is structs.
        let own = if peer == "structs" { None } else { Some(self.write(peer)?) };
        let of_structs = Some(structs).filter(|_| peer != "databake");
        if let Some(Err(why)) = of_structs.into_iter().chain(&own).find(|written| written.is_err()) {
            return Ok(self.stop(peer, why, measured));
        }
        let Outcome::Done { .. } = cargo("", peer, &self.folder)? else {
            return Err(failed("the program without data was not built"));
        };
        let base = flash(&baked(peer))?;
        // What it depends on is built before; another way to say the same folder makes cargo build the program again.
        if self.milestones == 0 {
            cargo(feature, peer, &self.folder)?;
        }
        match cargo(feature, peer, &self.folder.join("."))? {
            Outcome::Stopped(why) => Ok(self.stop(peer, &why, measured)),
            Outcome::Done { seconds, kibibytes, .. } => {
                let program = self.folder.join(peer);
                std::fs::copy(baked(peer), &program).map_err(failed)?;
                measured.add(self.milestones, peer, "file", "bytes", flash(&program)?.saturating_sub(base));
                measured.add(self.milestones, peer, "build", "seconds", format!("{seconds:.2}"));
                measured.add(self.milestones, peer, "build", "kibibytes at most", kibibytes);
                Ok(Some(program))
            }
        }
    }

    /// Asks everyone everything, and sees that they say the same.
    fn ask(&self, programs: &[Program], measured: &mut Measured) -> Result<()> {
        let mut nenpyo = Session::start(&this()?, "nenpyo", &self.folder)?;
        let nothing = Session::start(&this()?, "nothing", &self.folder)?.memory;
        let mut kinds: Vec<(String, usize)> = Vec::new();
        for (kind, _) in &nenpyo.answers {
            match kinds.last_mut() {
                Some((last, count)) if last == kind => *count += 1,
                _ => kinds.push((kind.clone(), 1)),
            }
        }
        for program in programs {
            self.timed(&format!("{} asked", program.peer), || {
                self.ask_one(program, &mut nenpyo, &kinds, nothing, measured)
            })?;
        }
        Ok(())
    }

    fn ask_one(
        &self,
        program: &Program,
        nenpyo: &mut Session,
        kinds: &[(String, usize)],
        nothing: u64,
        measured: &mut Measured,
    ) -> Result<()> {
        let peer = program.peer;
        let mut session = Session::start(&program.file, peer, &self.folder)?;
        let mut answered: Vec<&str> = session.answers.iter().map(|(kind, _)| kind.as_str()).collect();
        answered.dedup();
        let answered: Vec<String> = answered.into_iter().map(str::to_owned).collect();
        let expected = nenpyo.answers.iter().filter(|(kind, _)| answered.contains(kind));
        if let Some((got, expected)) = session.answers.iter().zip(expected).find(|(got, expected)| got != expected) {
            return Err(failed(format!("{peer} answers {got:?}, nenpyo {expected:?}")));
        }
        let memory = session.memory.saturating_sub(nothing);
        measured.add(self.milestones, peer, "memory", "kibibytes", memory);
        measured.add(self.milestones, peer, "open", "nanoseconds", session.opened);
        for (kind, count) in kinds.iter().filter(|(kind, _)| answered.contains(kind)) {
            let times = pairs(nenpyo, &mut session, kind)?;
            let mut own: Vec<f64> = times.iter().map(|(_, peer)| *peer / *count as f64).collect();
            let mut ratios: Vec<f64> = times.iter().map(|(nenpyo, peer)| nenpyo / peer).collect();
            // The fastest batch is the one that was disturbed least.
            own.sort_by(f64::total_cmp);
            ratios.sort_by(f64::total_cmp);
            let at = |list: &[f64], tenths: usize| list[(list.len() - 1) * tenths / 10];
            measured.add(self.milestones, peer, kind, "nanoseconds", format!("{:.1}", own[0]));
            for (tenths, measure) in [(5, "ratio"), (1, "low ratio"), (9, "high ratio")] {
                measured.add(self.milestones, peer, kind, measure, format!("{:.4}", at(&ratios, tenths)));
            }
        }
        Ok(())
    }

    /// Counts the instructions of each question.
    fn count(&self, programs: &[Program], measured: &mut Measured) -> Result<()> {
        let nothing = self.counts(&Program { file: this()?, peer: "nothing" })?;
        let counted = self.timed("counted", || self.counts_of_all(programs))?;
        for (peer, kind, mut counts) in counted {
            counts.sort_unstable();
            // What it takes to ask is no part of it.
            let base = if kind == "open" { 0 } else { nothing[&kind].first().copied().unwrap_or(0) };
            let (median, most) = (counts[counts.len() / 2], counts[counts.len() - 1]);
            for (measure, count) in [("instructions", median), ("instructions at most", most)] {
                measured.add(self.milestones, peer, &kind, measure, count.saturating_sub(base));
            }
        }
        Ok(())
    }

    /// Of everyone and of each kind of question the instructions; counted side by side, which does not change them.
    fn counts_of_all(&self, programs: &[Program]) -> Result<Vec<(&'static str, String, Vec<u64>)>> {
        let counted = side_by_side(programs.iter().map(|program| || Ok((program.peer, self.counts(program)?))))?;
        let kinds = |(peer, kinds): (&'static str, BTreeMap<String, Vec<u64>>)| {
            kinds.into_iter().map(move |(kind, counts)| (peer, kind, counts))
        };
        Ok(counted.into_iter().flat_map(kinds).collect())
    }

    /// Runs a program under callgrind, which writes what each call of a function named `counted_…` took into a file of its own.
    fn counts(&self, program: &Program) -> Result<BTreeMap<String, Vec<u64>>> {
        let results = folder("target/bench/callgrind-peers").join(program.peer);
        let _ = std::fs::remove_dir_all(&results);
        std::fs::create_dir_all(&results).map_err(failed)?;
        let mut command = Command::new("valgrind");
        command.arg("--tool=callgrind");
        // Functions are called after the program that they are in. Of two patterns that are the same callgrind forgets one.
        let name = if program.file == this()? { "host" } else { "baked" };
        command.arg("--toggle-collect=*ask::counted_*").arg(format!("--dump-after={name}::ask::counted_*"));
        command.arg(format!("--callgrind-out-file={}", results.join("out").display()));
        command.arg(&program.file).arg("count").arg(program.peer).arg(&self.folder);
        let output = command.stdout(Stdio::null()).output();
        let output = output.map_err(|error| failed(format!("valgrind does not start ({error}): install it")))?;
        if !output.status.success() {
            return Err(failed(format!("valgrind {}: {}", program.peer, String::from_utf8_lossy(&output.stderr))));
        }
        let mut counts = Vec::new();
        while let Ok(text) = std::fs::read_to_string(results.join(format!("out.{}", counts.len() + 1))) {
            let line = text.lines().find_map(|line| line.strip_prefix("summary: ").or(line.strip_prefix("totals: ")));
            let count: Option<u64> = line.and_then(|count| count.trim().parse().ok());
            counts.push(count.ok_or_else(|| failed("callgrind counted nothing"))?);
        }
        let session = Session::start(&program.file, program.peer, &self.folder)?;
        let answered = &session.answers;
        if counts.len() != answered.len() + 1 {
            return Err(failed(format!("{} questions gave {} counts", answered.len(), counts.len())));
        }
        let mut of: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        of.insert("open".to_owned(), vec![counts[0]]);
        for ((kind, _), count) in answered.iter().zip(&counts[1..]) {
            of.entry(kind.clone()).or_default().push(*count);
        }
        Ok(of)
    }
}

/// Does what there is to do, as much at a time as there are processors; gives what comes of it in the same order.
fn side_by_side<T: Send, W: FnOnce() -> Result<T>>(works: impl Iterator<Item = W> + Send) -> Result<Vec<T>> {
    let works = Mutex::new(works.enumerate());
    let next = || works.lock().unwrap_or_else(PoisonError::into_inner).next();
    let worker = || {
        let mut done = Vec::new();
        while let Some((number, work)) = next() {
            done.push((number, work()?));
        }
        Ok(done)
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let mut done = thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(worker)).collect();
        let joined = threads.into_iter().map(|thread| thread.join().map_err(|_| failed("a thread panicked"))?);
        Ok::<_, nenpyo_emulator::Failure>(
            joined.collect::<Result<Vec<Vec<(usize, T)>>>>()?.into_iter().flatten().collect::<Vec<_>>(),
        )
    })?;
    done.sort_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, done)| done).collect())
}

/// Compiles the program with the data of an alternative in it, or with none.
fn cargo(feature: &str, peer: &str, data: &Path) -> Result<Outcome> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder("benches/peers/host")).args(["build", "--quiet", "--release", "--locked"]);
    command.args(["--bin", "baked", "--no-default-features", "--features", feature]);
    command.env("CARGO_TARGET_DIR", target(peer)).env("NENPYO_PEERS", data);
    watch(command, &BUILDING)
}

/// Where it is built: two are at a time.
fn target(peer: &str) -> PathBuf {
    folder("target/bench/peers-baked").join(peer)
}

/// Where cargo puts it.
fn baked(peer: &str) -> PathBuf {
    target(peer).join("release/baked")
}

/// What of a program is loaded: its code and its data.
fn flash(program: &Path) -> Result<u64> {
    let output = Command::new("size").arg(program).output().map_err(failed)?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let numbers = printed.lines().nth(1).unwrap_or_default().split_whitespace();
    Ok(numbers.take(2).filter_map(|number| number.parse::<u64>().ok()).sum())
}
