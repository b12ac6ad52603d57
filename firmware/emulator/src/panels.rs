//! The kiosk's firmware on emulated panels: walks through all screens, takes a picture of each, and counts.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use embedded_graphics_core::geometry::Size;
use embedded_graphics_core::pixelcolor::{Gray4, Rgb565, Rgb888, RgbColor as _};
use nenpyo::Chronicle;
use nenpyo_codegen::Compiled;
use nenpyo_desk::{Depth, Panel, Picture};

use crate::elf::Program;
use crate::image::compiled;
use crate::run::{instructions, shift};
use crate::table::{Document, Table};
use crate::{Board, Failure, Result, board, build, failed};

/// How long nothing may happen.
const LIMIT: Duration = Duration::from_mins(1);

/// How long a button is pressed: longer than a firmware is busy that an emulator runs.
const PRESS: Duration = Duration::from_millis(500);

/// How texts are shown, in the order in which the language button goes through them.
pub const SPEECHES: [&str; 3] = ["ja", "furigana", "en"];

/// A panel of an emulated board, and the firmware of `firmware/panels` that drives it.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Its name, that of the feature that says what its programs hold.
    pub name: &'static str,
    /// The board.
    pub board: &'static str,
    /// What else the emulator must be told.
    devices: &'static [&'static str],
    /// What it shows.
    pub panel: Panel,
    /// How many pixels of the emulator's picture a pixel of the panel is wide and high.
    scale: u32,
    /// How the firmware is optimised.
    opt_level: &'static str,
    /// Which sections its chronicle has; the texts may be dense, which nobody sees.
    sections: &'static [&'static str],
}

/// Both panels.
pub const SCREENS: [Screen; 2] = [
    Screen {
        name: "oled",
        board: "lm3s6965evb",
        devices: &[],
        panel: Panel { size: Size::new(128, 64), depth: Depth::Grey },
        scale: 4,
        opt_level: "z",
        sections: &["ja", "en", "details", "search", "glyphs-12"],
    },
    Screen {
        name: "tft",
        board: "virt",
        devices: &["-device", "bochs-display,romfile="],
        panel: Panel { size: Size::new(800, 480), depth: Depth::Color },
        scale: 1,
        opt_level: "s",
        sections: &[
            "ja",
            "en",
            "details",
            "sources",
            "search",
            "search-index",
            "glyphs-8",
            "glyphs-12",
            "glyphs-16-grey",
            "glyphs-24-grey",
            "glyphs-32-grey",
        ],
    },
];

/// What a stop of the walk has cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The presses since the stop before.
    pub presses: u64,
    /// The deepest stack of these, in bytes below the firmware's main function.
    pub stack: u64,
    /// The instructions of the longest press, answered and drawn.
    pub press: Option<u64>,
    /// Those of the longest press that has changed what is searched.
    pub key: Option<u64>,
    /// Those of drawing all of the screen.
    pub whole: u64,
}

/// A stop of the walk.
#[derive(Clone, Debug)]
pub struct Stop {
    /// The name of the screen.
    pub name: String,
    /// What the panel shows, if it was asked.
    pub picture: Option<Picture>,
    /// What led there.
    pub cost: Cost,
}

impl Screen {
    /// Its board.
    #[must_use]
    pub fn board(&self) -> Board {
        board(self.board)
    }

    /// The chronicle that its firmware has, its texts not dense.
    ///
    /// # Errors
    ///
    /// If the data does not compile.
    pub fn compiled(&self) -> Result<Arc<Compiled>> {
        compiled(self.sections)
    }

    /// Does something with the chronicle that its firmware has.
    ///
    /// # Errors
    ///
    /// If the data does not compile.
    pub fn with_chronicle<T>(&self, work: impl FnOnce(&Chronicle<'_>) -> T) -> Result<T> {
        let file = self.compiled()?.blob();
        Ok(work(&Chronicle::open(&file).map_err(failed)?))
    }

    /// Builds what a visitor holds.
    ///
    /// # Errors
    ///
    /// If it cannot be built.
    pub fn firmware(&self) -> Result<PathBuf> {
        build::panel(&self.board(), self.name, self.name, self.opt_level)
    }

    /// Presses buttons of what a visitor holds, each when the panel shows what it is to show after the one before: a button
    /// (`""` of none, at first) and a picture. What it shows instead, and after which, if it does not within a minute.
    ///
    /// # Errors
    ///
    /// If the firmware cannot be built or run.
    pub fn hold(&self, presses: &[(&str, Picture)]) -> Result<Option<(usize, Picture)>> {
        let mut emulator = Emulator::start(self, &self.firmware()?, None)?;
        // Until they are let go for the first time, the emulator's buttons are pressed.
        emulator.press(&["up", "down", "left", "right", "ctrl"])?;
        thread::sleep(PRESS * 2);
        for (number, (button, expected)) in presses.iter().enumerate() {
            if !button.is_empty() {
                emulator.press(&[button])?;
            }
            let begin = Instant::now();
            loop {
                let seen = self.seen(&emulator.picture()?)?;
                if &seen == expected {
                    // It is let go before the next one is pressed.
                    thread::sleep(PRESS * 2);
                    break;
                }
                if begin.elapsed() > LIMIT {
                    return Ok(Some((number, seen)));
                }
                thread::sleep(Duration::from_millis(50));
            }
        }
        Ok(None)
    }

    /// What the main function of what a visitor holds keeps on the stack, in bytes: where the stack ends while it waits.
    ///
    /// # Errors
    ///
    /// If the firmware cannot be built or run.
    pub fn waits(&self) -> Result<u64> {
        let mut emulator = Emulator::start(self, &self.firmware()?, None)?;
        let ram = self.board().ram;
        let end = u64::from(ram.origin) + ram.bytes();
        let mut least = u64::MAX;
        for _ in 0..40 {
            // Now and then it is not waiting.
            thread::sleep(Duration::from_millis(50));
            least = least.min(end - emulator.stack_pointer()?);
        }
        Ok(least)
    }

    /// Walks through all screens after so many presses of the language button.
    ///
    /// # Errors
    ///
    /// If the firmware fails, hangs, or says something unknown.
    pub fn walk(&self, presses: usize, takes_pictures: bool) -> Result<Vec<Stop>> {
        let name = format!("{}-walk", self.name);
        let firmware = build::panel(&self.board(), &name, &format!("{},walk", self.name), self.opt_level)?;
        let mut stops = Vec::new();
        let mut emulator = Emulator::start(self, &firmware, Some(presses))?;
        let known = [emulator.count("KNOWN")?, emulator.count("KNOWN")?];
        if known[1].checked_sub(known[0]) != Some(8_000_000) {
            return Err(Failure::Other(format!("8,000,000 instructions are not counted: {known:?}")));
        }
        loop {
            let line = emulator.line()?;
            if line == "END" {
                return emulator.end().map(|()| stops);
            }
            let name = line.strip_prefix("READY ").and_then(|rest| rest.split_once(' '));
            let Some((_, name)) = name else { return Err(emulator.unknown(&line)) };
            let picture = if takes_pictures { Some(self.seen(&emulator.picture()?)?) } else { None };
            emulator.go_on()?;
            let line = emulator.line()?;
            let numbers = line.strip_prefix("COST ").and_then(|rest| rest.split_once(' '));
            let numbers = numbers.and_then(|(presses, stack)| Some((presses.parse().ok()?, stack.parse().ok()?)));
            let Some((presses, stack)) = numbers else { return Err(emulator.unknown(&line)) };
            let [press, key, whole] = [emulator.count("TICKS")?, emulator.count("TICKS")?, emulator.count("TICKS")?];
            let some = |count: u64| (count > 0).then_some(count);
            let cost = Cost { presses, stack, press: some(press), key: some(key), whole };
            stops.push(Stop { name: name.to_owned(), picture, cost });
        }
    }

    /// What the panel shows by the emulator's picture: its own pixels, in the colours as the host has them.
    fn seen(&self, picture: &Picture) -> Result<Picture> {
        let Size { width, height } = self.panel.size;
        let size = (picture.width, picture.height);
        if size != (width * self.scale, height * self.scale) {
            return Err(Failure::Other(format!("{}: the emulator shows {size:?} pixels", self.name)));
        }
        let color = |[r, g, b]: [u8; 3]| -> Rgb888 {
            match self.panel.depth {
                // Sixteen greys, each a multiple of 17.
                Depth::Grey => Gray4::new(g >> 4).into(),
                _ => Rgb565::new(r >> 3, g >> 2, b >> 3).into(),
            }
        };
        let mut seen = Picture::new(width, height, [0; 3]);
        for (at, bytes) in (0..).zip(seen.bytes.chunks_exact_mut(3)) {
            let pixel = picture.pixel(at % width * self.scale, at / width * self.scale);
            let color = color(pixel);
            bytes.copy_from_slice(&[color.r(), color.g(), color.b()]);
        }
        // Pixels are as large as they should be, and greys are grey.
        let even = |x: u32, y: u32| {
            let pixel = picture.pixel(x, y);
            let is_grey = pixel[0].is_multiple_of(17) && pixel[0] == pixel[1] && pixel[0] == pixel[2];
            picture.pixel(x - x % self.scale, y - y % self.scale) == pixel
                && (self.panel.depth != Depth::Grey || is_grey)
        };
        if (0..picture.height).all(|y| (0..picture.width).all(|x| even(x, y))) {
            Ok(seen)
        } else {
            Err(Failure::Other(format!("{}: the emulator shows other pixels than the panel has", self.name)))
        }
    }
}

/// What the firmware of the OLED may have of flash, in bytes: of 256 KB some are left for another chronicle.
pub const FLASH: u64 = 240 * 1024;
/// What of that may be code.
pub const CODE: u64 = 64 * 1024;
/// What it may have of memory, a frame buffer of 4 KB and the stack included.
pub const RAM: u64 = 8 * 1024;
/// How many instructions a key of the search may take until what is found is seen.
pub const KEY: u64 = 3_000_000;

/// What a column of the table of stops shows, and its number.
type Kind = (&'static str, fn(&Cost) -> Option<u64>);

/// What the firmware of the OLED costs.
#[derive(Clone, Debug, Default)]
pub struct Costs {
    /// Bytes of code.
    pub code: u64,
    /// Bytes of tables and constants.
    pub read_only: u64,
    /// Bytes of static memory.
    pub static_memory: u64,
    /// Bytes of the stack of the main function.
    pub main: u64,
    /// The stops, each with its costs in the order of [`SPEECHES`].
    pub stops: Vec<(String, [Cost; 3])>,
}

impl Costs {
    /// Measures the firmware.
    ///
    /// # Errors
    ///
    /// If it cannot be built or run.
    pub fn measure() -> Result<Self> {
        let screen = &SCREENS[0];
        let mut costs = Self::of(screen)?;
        for (presses, _) in SPEECHES.iter().enumerate() {
            costs.add(presses, screen.walk(presses, false)?);
        }
        Ok(costs)
    }

    /// What the firmware of a screen takes, before any walk.
    ///
    /// # Errors
    ///
    /// If it cannot be built.
    pub fn of(screen: &Screen) -> Result<Self> {
        let program = Program::read(&screen.firmware()?)?;
        Ok(Self {
            code: program.code,
            read_only: program.read_only.len() as u64 + program.data,
            static_memory: program.data + program.bss,
            main: screen.waits()?,
            stops: Vec::new(),
        })
    }

    /// Puts the stops of a walk beside those of the others.
    pub fn add(&mut self, presses: usize, stops: Vec<Stop>) {
        for (number, stop) in stops.into_iter().enumerate() {
            if number == self.stops.len() {
                self.stops.push((stop.name, [Cost::default(); 3]));
            }
            self.stops[number].1[presses] = stop.cost;
        }
    }

    /// Bytes of flash.
    #[must_use]
    pub fn flash(&self) -> u64 {
        self.code + self.read_only
    }

    /// The deepest stack.
    #[must_use]
    pub fn stack(&self) -> u64 {
        self.main + self.all().map(|cost| cost.stack).max().unwrap_or(0)
    }

    /// The instructions of the longest key of a search.
    #[must_use]
    pub fn key(&self) -> u64 {
        self.all().filter_map(|cost| cost.key).max().unwrap_or(0)
    }

    fn all(&self) -> impl Iterator<Item = &Cost> {
        self.stops.iter().flat_map(|(_, costs)| costs)
    }

    /// The same in tables.
    #[must_use]
    pub fn document(&self) -> Document {
        let whole = [
            ("code", self.code, Some(CODE)),
            ("tables and constants", self.read_only, None),
            ("flash", self.flash(), Some(FLASH)),
            ("static memory, with the frame buffer", self.static_memory, None),
            ("stack", self.stack(), None),
            ("memory", self.static_memory + self.stack(), Some(RAM)),
            ("instructions of a key of the search", self.key(), Some(KEY)),
        ];
        let rows = whole.map(|(name, number, limit)| (name.to_owned(), vec![Some(number), limit]));
        let text = "Bytes, and instructions where it says so, at opt-level `z`, beside what each is to be at most. The \
                    firmware has all texts but those of sources, dense, and glyphs of 12 pixels, and is moved by five \
                    buttons. The stack is what its main function keeps and the deepest below that of all presses of a walk \
                    through all screens, by painting, in all three ways to show texts.\n";
        let title = "The OLED's firmware on lm3s6965evb (Cortex-M3)".to_owned();
        let columns = ["is", "at most"].map(str::to_owned).to_vec();
        let first = Table { title, text: text.to_owned(), columns, rows: rows.to_vec() };

        let kinds: [Kind; 4] = [
            ("all of it", |cost| Some(cost.whole)),
            ("longest press", |cost| cost.press),
            ("longest key", |cost| cost.key),
            ("stack", |cost| Some(cost.stack)),
        ];
        let columns = kinds.iter().flat_map(|(kind, _)| SPEECHES.map(|speech| format!("{kind}, {speech}")));
        let row = |(name, costs): &(String, [Cost; 3])| {
            let numbers = kinds.iter().flat_map(|(_, number)| costs.iter().map(number));
            (name.clone(), numbers.collect())
        };
        let text = "Instructions until the screen is on the panel, of each stop of `kiosk/tour.txt`: of drawing all of it; \
                    of the longest press on the way there, answered and drawn as far as the panel changes; and of the \
                    longest that changed what is searched. The stack is in bytes below the main function, of all presses on the way.\n";
        let title = "Every screen of the OLED".to_owned();
        let rows = self.stops.iter().map(row).collect();
        let second = Table { title, text: text.to_owned(), columns: columns.collect(), rows };
        Document { tables: vec![first, second] }
    }
}

/// An emulator that runs a panel's firmware.
struct Emulator {
    board: Board,
    child: Child,
    lines: Receiver<String>,
    /// What it has printed, for whoever must see what went wrong.
    printed: String,
    control: Control,
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Emulator {
    /// Starts it: with so many presses of the language button and a clock that counts instructions, or with buttons and in
    /// real time.
    fn start(screen: &Screen, firmware: &Path, presses: Option<usize>) -> Result<Self> {
        let board = screen.board();
        // The emulator calls back: so it needs no port that might be taken, and no file.
        let listener = TcpListener::bind("127.0.0.1:0").map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        let mut command = Command::new(&board.emulator);
        command.args(["-display", "none", "-serial", "none", "-monitor", "none", "-machine", &board.machine]);
        if let Some(cpu) = &board.cpu {
            command.args(["-cpu", cpu]);
        } else {
            command.args(["-bios", "none"]);
        }
        command.args(screen.devices);
        if let Some(presses) = presses {
            command.args(["-icount", &format!("shift={}", shift(board.counter))]);
            command.args(["-chardev", "stdio,id=host,signal=off"]);
            let semihosting = format!("enable=on,target=native,chardev=host,arg=panel,arg={presses}");
            command.args(["-semihosting-config", &semihosting]);
        }
        command.args(["-qmp", &format!("tcp:127.0.0.1:{port}")]);
        command.arg("-kernel").arg(firmware);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let missing =
            |error| Failure::Missing { program: board.emulator.clone(), error, advice: nenpyo_boards::INSTALL };
        let mut child = command.spawn().map_err(missing)?;
        let out = child.stdout.take();
        let (sender, lines) = channel();
        thread::spawn(move || {
            // Until either of both ends.
            let lines = out.into_iter().flat_map(|out| BufReader::new(out).lines());
            lines.map_while(std::result::Result::ok).all(|line| sender.send(line).is_ok())
        });
        let control = match Control::accept(&listener, &mut child) {
            Ok(control) => control,
            Err(failure) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(failure);
            }
        };
        Ok(Self { board, child, lines, printed: String::new(), control })
    }

    /// The next line that it prints.
    fn line(&mut self) -> Result<String> {
        match self.lines.recv_timeout(LIMIT) {
            Ok(line) => {
                self.printed.push_str(&line);
                self.printed.push('\n');
                Ok(line)
            }
            Err(RecvTimeoutError::Timeout) => Err(Failure::Hung { limit: LIMIT, printed: self.printed.clone() }),
            Err(RecvTimeoutError::Disconnected) => {
                let code = self.child.wait().ok().and_then(|status| status.code());
                Err(Failure::Failed { code, printed: self.printed.clone() })
            }
        }
    }

    fn unknown(&self, line: &str) -> Failure {
        Failure::Other(format!("the firmware said {line:?} after\n{}", self.printed))
    }

    /// Instructions by a line with this word, ticks and wraps.
    fn count(&mut self, word: &str) -> Result<u64> {
        let line = self.line()?;
        let numbers = line.strip_prefix(word).and_then(|rest| rest.trim().split_once(' '));
        let number = |text| u64::from_str_radix(text, 16).ok();
        let numbers = numbers.and_then(|(ticks, wraps)| Some((number(ticks)?, number(wraps)?)));
        let (ticks, wraps) = numbers.ok_or_else(|| self.unknown(&line))?;
        Ok(instructions(self.board.counter, ticks, wraps))
    }

    /// Where the stack of a Cortex-M ends now.
    fn stack_pointer(&mut self) -> Result<u64> {
        let command = serde_json::json!({ "command-line": "info registers" });
        let answer =
            self.control.ask(&serde_json::json!({ "execute": "human-monitor-command", "arguments": command }))?;
        let number =
            answer.as_str().and_then(|text| u64::from_str_radix(text.split("R13=").nth(1)?.get(..8)?, 16).ok());
        number.ok_or_else(|| Failure::Other(format!("the emulator shows no registers: {answer}")))
    }

    /// Presses buttons and lets them go.
    fn press(&mut self, buttons: &[&str]) -> Result<()> {
        let keys: Vec<_> =
            buttons.iter().map(|button| serde_json::json!({ "type": "qcode", "data": button })).collect();
        let press = serde_json::json!({ "keys": keys, "hold-time": PRESS.as_millis() as u64 });
        self.control.ask(&serde_json::json!({ "execute": "send-key", "arguments": press })).map(drop)
    }

    fn go_on(&mut self) -> Result<()> {
        let mut input = self.child.stdin.as_ref();
        input.as_mut().map_or(Ok(()), |input| input.write_all(b"\n").and_then(|()| input.flush())).map_err(failed)
    }

    /// What the panel shows.
    fn picture(&mut self) -> Result<Picture> {
        let path = build::folder("target/firmware/panels");
        std::fs::create_dir_all(&path).map_err(failed)?;
        let path = path.join(format!("screen-{}.ppm", self.child.id()));
        self.control.ask(&serde_json::json!({
            "execute": "screendump",
            "arguments": { "filename": path },
        }))?;
        let bytes = std::fs::read(&path).map_err(failed)?;
        // Whether it can be removed or not, the next one is written over it.
        let _ = std::fs::remove_file(&path);
        portable_pixmap(&bytes).ok_or_else(|| Failure::Other("the emulator's picture is none".to_owned()))
    }

    /// Waits until it has ended.
    fn end(mut self) -> Result<()> {
        let status = self.child.wait().map_err(failed)?;
        if status.success() {
            return Ok(());
        }
        Err(Failure::Failed { code: status.code(), printed: std::mem::take(&mut self.printed) })
    }
}

/// A picture as the emulator writes it: `P6`, width, height and 255, then red, green and blue of each pixel.
fn portable_pixmap(bytes: &[u8]) -> Option<Picture> {
    let mut words = bytes.splitn(5, u8::is_ascii_whitespace);
    let mut word = || words.next();
    let is_ours = word()? == b"P6";
    let number = |bytes: &[u8]| std::str::from_utf8(bytes).ok()?.parse().ok();
    let (width, height): (u32, u32) = (number(word()?)?, number(word()?)?);
    let is_ours = is_ours && word()? == b"255";
    let bytes = word()?.to_vec();
    (is_ours && bytes.len() == (width * height * 3) as usize).then_some(Picture { width, height, bytes })
}

/// What an emulator is told besides, line by line.
struct Control {
    stream: TcpStream,
    lines: BufReader<TcpStream>,
}

impl Control {
    /// Waits until the emulator calls.
    fn accept(listener: &TcpListener, child: &mut Child) -> Result<Self> {
        listener.set_nonblocking(true).map_err(failed)?;
        let begin = Instant::now();
        let stream = loop {
            match listener.accept() {
                Ok((stream, _)) => break stream,
                Err(error) if error.kind() != std::io::ErrorKind::WouldBlock => return Err(failed(error)),
                Err(_) if begin.elapsed() > LIMIT => {
                    return Err(Failure::Hung { limit: LIMIT, printed: String::new() });
                }
                Err(_) => {
                    if let Some(status) = child.try_wait().map_err(failed)? {
                        return Err(Failure::Failed { code: status.code(), printed: String::new() });
                    }
                    thread::sleep(Duration::from_millis(5));
                }
            }
        };
        stream.set_nonblocking(false).map_err(failed)?;
        stream.set_read_timeout(Some(LIMIT)).map_err(failed)?;
        let lines = BufReader::new(stream.try_clone().map_err(failed)?);
        let mut control = Self { stream, lines };
        control.ask(&serde_json::json!({ "execute": "qmp_capabilities" }))?;
        Ok(control)
    }

    /// Tells the emulator to do something, waits until it has, and gives its answer.
    fn ask(&mut self, command: &serde_json::Value) -> Result<serde_json::Value> {
        self.stream.write_all(format!("{command}\n").as_bytes()).map_err(failed)?;
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line).map_err(failed)? == 0 {
                return Err(Failure::Other("the emulator does not listen any more".to_owned()));
            }
            let mut answer: serde_json::Value = serde_json::from_str(&line).map_err(failed)?;
            // Besides, it greets, and tells of what happens.
            if !answer["return"].is_null() {
                return Ok(answer["return"].take());
            }
            if !answer["error"].is_null() {
                return Err(Failure::Other(format!("the emulator does not {command}: {}", answer["error"])));
            }
        }
    }
}
