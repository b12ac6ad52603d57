//! Tables of what was measured, one for each question and place, with what is known to limit it.

use std::fmt::Write as _;

use nenpyo_emulator::board;

use crate::figures::{Figures, HOST};

/// Everyone, in the order of the tables.
const PEERS: [&str; 16] = [
    "nenpyo",
    "dense",
    "structs",
    "phf",
    "databake",
    "zerovec",
    "rkyv",
    "flatbuffers",
    "postcard",
    "postcard-each",
    "json",
    "sqlite-file",
    "sqlite-memory",
    "tantivy",
    "fst",
    "memmem",
];

/// What is asked, what it is called, and what is to be known of it.
const QUESTIONS: [(&str, &str, &str); 13] = [
    (
        "open",
        "Opening, once",
        "What is in the program is there. A file is read and checked: nenpyo's by its checksum, and so that no bytes can make a \
         lookup go wrong; `zerovec`, `rkyv` and FlatBuffers see that their own lookups stay within bounds, `postcard` and JSON \
         copy everything into memory (`postcard-each` only the places of its columns), SQLite and Tantivy read their schema. `sqlite-memory` copies the whole file.",
    ),
    (
        "key",
        "By key (hash)",
        "A perfect hash needs two loads of which one depends on the other, the displacement and the entry, and a comparison: \
         nothing that has to look can do with less. What `phf` is measured with is nearly all its hash, SipHash in 64 bits. The \
         others search a sorted list. nenpyo has the two loads, where the list of the lowest bits of a hash begins and ends, and \
         some two keys to compare then, of all kinds of record.",
    ),
    (
        "slug",
        "By key (text)",
        "nenpyo hashes what was typed and compares one text; `zerovec` and `databake` walk a trie, `fst` a transducer, the \
         others compare texts in a sorted list.",
    ),
    (
        "id",
        "By id: kind, first day, title",
        "The limit is a handful of loads. nenpyo is not first: a title is a stretch of a pool in which equal texts stand once, and \
         a stretch is checked at both ends each time. Of dense texts all characters are decoded here, to count their bytes.",
    ),
    (
        "surely",
        "Surely within a span of days",
        "All have milestones in order of their first days and find both ends by binary search; dates between are compared one \
         by one.",
    ),
    (
        "possibly",
        "Possibly within a span of days",
        "What began before may last until then, so that whoever has no more than an order reads from the beginning. nenpyo has \
         the latest day so far in each row, and a list of the very long ones.",
    ),
    (
        "organization",
        "With an organisation",
        "nenpyo and SQLite have a list of what each organisation took part in; the others go through all participants. Nobody \
         keeps them from having that list too, for some bytes and the code that makes it.",
    ),
    (
        "tree",
        "Organisation tree as of a day, from top to bottom",
        "Everybody but nenpyo looks up once what each belongs to and makes lists of children in memory, three numbers an \
         organisation: they are in the column of stack. nenpyo needs no memory that grows, and pays for it in instructions. \
         SQLite is asked by a recursive query. Of half a million organisations it is two days instead of six.",
    ),
    (
        "detail",
        "All texts of one milestone that are not its title, with their ruby",
        "nenpyo unpacks a record of postcard and finds each text and its readings in pools where equal ones stand once; the \
         others have each text beside its record. `postcard-each` copies exactly these texts out of a record; `postcard` and JSON had \
         theirs in lists before they were asked.",
    ),
    (
        "search of two",
        "Search: all milestones that have two characters",
        "Compared are the numbers of all milestones whose title, summary or note has them. FTS5 has trigrams, so that two \
         characters are a `LIKE` over everything. Tantivy has grams of two and three characters, of which a query of two or three \
         is one list.",
    ),
    (
        "search of more",
        "Search: all milestones that have three to four characters",
        "FTS5 and Tantivy index texts as they stand. nenpyo finds these too when they are typed in kana, in Latin letters or with \
         old characters, and compares all that its index proposes; what is asked here uses none of that.",
    ),
    (
        "first of two",
        "Search: the first eight, two characters",
        "`LIKE` and `memmem` give the first in order of time, the others the best: nenpyo by where and how it was found, Tantivy \
         by BM25.",
    ),
    (
        "first of more",
        "Search: the first eight, three to four characters",
        "FTS5 gives the best by BM25, for which it goes through all.",
    ),
];

/// A table under construction: its head and its rows, of which those without figures are left out.
struct Table {
    heads: Vec<String>,
    rows: Vec<(String, Vec<Option<String>>)>,
}

impl Table {
    fn new(heads: impl IntoIterator<Item = String>) -> Self {
        Self { heads: heads.into_iter().collect(), rows: Vec::new() }
    }

    fn row(&mut self, name: &str, cells: Vec<Option<String>>) {
        if cells.iter().any(Option::is_some) {
            self.rows.push((name.to_owned(), cells));
        }
    }

    /// As Markdown; nothing if there are no rows.
    fn markdown(&self) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let mut text = format!("\n| | {} |\n|---|{}\n", self.heads.join(" | "), "---:|".repeat(self.heads.len()));
        for (name, cells) in &self.rows {
            let cells: Vec<&str> = cells.iter().map(|cell| cell.as_deref().unwrap_or("–")).collect();
            let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
        }
        text
    }
}

/// A number with commas between its thousands; small ones with what is behind the point.
fn number(number: f64) -> String {
    if number.fract() != 0.0 && number < 1.0 {
        return format!("{number:.3}");
    }
    if number.fract() != 0.0 && number < 100.0 {
        return format!("{number:.1}");
    }
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn size(milestones: usize) -> String {
    if milestones == 0 { "QST".to_owned() } else { number(milestones as f64) }
}

/// All tables.
pub(crate) fn markdown(figures: &Figures, compiler: &str) -> String {
    let boards = figures.boards();
    let sizes = figures.sizes(HOST);
    let mut text =
        format!("<!-- @generated by `cargo xtask bench`. Do not edit. -->\n\n{HEAD}Measured with {compiler}.\n");
    text += &built(figures, &boards, &sizes);
    for (question, name, about) in QUESTIONS {
        let _ = write!(text, "\n## {name}\n\n{about}\n");
        text += &on_boards(figures, &boards, question);
        text += &on_host(figures, &sizes, question);
    }
    text
}

fn family(name: &str) -> String {
    board(name).family.replace(" code", "")
}

/// Instructions and stack on boards.
fn on_boards(figures: &Figures, boards: &[(String, usize)], question: &str) -> String {
    let heads = boards.iter().map(|(board, milestones)| format!("{}, {}", family(board), size(*milestones)));
    let mut table = Table::new(heads.chain(["stack, bytes".to_owned()]));
    for peer in PEERS {
        let place = |(board, milestones): &(String, usize)| {
            let value = |measure| figures.number((board, *milestones), peer, question, measure);
            let (median, most) = (value("instructions")?, value("instructions at most")?);
            Some(if median < most { format!("{} ({})", number(median), number(most)) } else { number(most) })
        };
        let mut cells: Vec<Option<String>> = boards.iter().map(place).collect();
        let stacks = boards
            .iter()
            .filter_map(|(board, milestones)| figures.number((board, *milestones), peer, question, "stack"));
        let deepest = stacks.reduce(f64::max);
        cells.push(deepest.map(|bytes| if bytes > DEEPEST { "> 9,700".to_owned() } else { number(bytes) }));
        table.row(peer, cells);
    }
    let table = table.markdown();
    if table.is_empty() {
        table
    } else {
        format!("\nInstructions on boards, the median and in brackets the most:\n{table}")
    }
}

/// How deep a stack is looked at on boards.
const DEEPEST: f64 = 9_728.0;

/// Instructions, time and ratio on the host.
fn on_host(figures: &Figures, sizes: &[usize], question: &str) -> String {
    let counted: Vec<usize> = sizes
        .iter()
        .copied()
        .filter(|size| figures.number((HOST, *size), "nenpyo", question, "instructions").is_some())
        .collect();
    let Some(largest) = sizes.last().copied() else { return String::new() };
    let instructions = counted.iter().map(|milestones| format!("instructions, {}", size(*milestones)));
    let times = sizes.iter().map(|milestones| format!("ns, {}", size(*milestones)));
    let ratio = (question != "open").then(|| format!("nenpyo's time of its, {}", size(largest)));
    let mut table = Table::new(instructions.chain(times).chain(ratio));
    for peer in PEERS {
        let value = |milestones: usize, measure| figures.number((HOST, milestones), peer, question, measure);
        let mut cells: Vec<Option<String>> =
            counted.iter().map(|milestones| value(*milestones, "instructions").map(number)).collect();
        cells.extend(sizes.iter().map(|milestones| value(*milestones, "nanoseconds").map(number)));
        if question != "open" {
            let ratio = |milestones: usize| {
                let of = |measure| value(milestones, measure);
                let [middle, low, high] = [of("ratio")?, of("low ratio")?, of("high ratio")?];
                // Whoever could not be built with so many has it where it was last.
                let at = if milestones < largest { format!(" at {}", size(milestones)) } else { String::new() };
                Some(format!("{} ({}–{}){at}", times_of(middle), times_of(low), times_of(high)))
            };
            cells.push(sizes.iter().rev().find_map(|milestones| ratio(*milestones)));
        }
        table.row(peer, cells);
    }
    let table = table.markdown();
    if table.is_empty() { table } else { format!("\nOn a host:\n{table}") }
}

/// A ratio with two digits that mean something.
fn times_of(ratio: f64) -> String {
    match ratio {
        0.0..0.001 => format!("{ratio:.5}"),
        0.001..0.1 => format!("{ratio:.3}"),
        0.1..10.0 => format!("{ratio:.2}"),
        _ => number(ratio.round()),
    }
}

/// Bytes, memory and what it takes to build.
fn built(figures: &Figures, boards: &[(String, usize)], sizes: &[usize]) -> String {
    let on_boards = |what: &str| {
        let heads = boards.iter().map(|(board, milestones)| format!("{}, {}", family(board), size(*milestones)));
        let mut table = Table::new(heads);
        for peer in PEERS {
            let place = |(board, milestones): &(String, usize)| {
                figures.number((board, *milestones), peer, what, "bytes").map(number)
            };
            table.row(peer, boards.iter().map(place).collect());
        }
        table.markdown()
    };
    let on_host = |what: &str, rows: &[(&str, &str, &str)], peers: &[&str], scale: f64| {
        let mut table = Table::new(sizes.iter().map(|milestones| size(*milestones)));
        for peer in peers {
            let cell = |milestones: &usize| {
                let stopped = figures.text((HOST, *milestones), peer, "build", "stopped");
                let value =
                    figures.number((HOST, *milestones), peer, what, rows[0].2).map(|value| number(value / scale));
                value.or_else(|| stopped.map(|why| format!("stopped: {why}")))
            };
            table.row(peer, sizes.iter().map(cell).collect());
        }
        for (name, peer, measure) in &rows[1..] {
            let cell = |milestones: &usize| figures.number((HOST, *milestones), peer, what, measure).map(number);
            table.row(name, sizes.iter().map(cell).collect());
        }
        table.markdown()
    };
    let mut text = format!("\n## Bytes\n\n{BYTES}\n\nFlash on boards, data and code:\n{}", on_boards("file"));
    let limits = [
        ("", "", "bytes"),
        ("nenpyo with search", "nenpyo", "bytes with search"),
        ("sqlite-file with search", "sqlite-file", "bytes with search"),
        ("all texts once", "texts", "bytes"),
        ("all texts once, `xz -9`", "texts", "bytes by xz -9"),
        ("nenpyo's file, `xz -9`", "nenpyo", "bytes by xz -9"),
    ];
    let _ = write!(
        text,
        "\nFiles on a host, and what the program is larger for having the data:\n{}",
        on_host("file", &limits, &PEERS, 1.0)
    );
    let _ = write!(text, "\nMemory that is kept on boards, bytes:\n{}", on_boards("memory"));
    let kibibytes = [("", "", "kibibytes")];
    let _ = write!(
        text,
        "\nMemory on a host when all was asked, kibibytes, files that were read included:\n{}",
        on_host("memory", &kibibytes, &PEERS, 1.0)
    );
    let _ = write!(
        text,
        "\n## Building\n\n{BUILDING}\n\nSeconds:\n{}",
        on_host("build", &[("", "", "seconds")], &PEERS, 1.0)
    );
    let _ = write!(
        text,
        "\nMebibytes of memory at most:\n{}",
        on_host("build", &[("", "", "kibibytes at most")], &PEERS, 1024.0)
    );
    text
}

const BYTES: &str = "\
Everyone has the same: all records with their keys, kinds, texts in two languages with ruby, addresses, links, periods, and \
what sources say of dates; not the sources themselves. nenpyo has besides who refers to each record, and who descends from \
whom. The limit is the entropy of the texts: `xz -9`, which cannot be read at a place without unpacking everything, \
and takes too long for the largest.";

const BUILDING: &str = "\
nenpyo reads a TOML file for each record, checks all of them, and makes the rows that everyone else is given, its index \
included. The others are timed from these rows on; what is in a program by the compiler, with the crates below built before. \
Seconds are those of the processors. Whoever needs more than 120 s or 8 GB is stopped and not measured from there on, and \
`phf` with `structs`, which its program has in it. nenpyo is not stopped, because everyone's rows are read off what it makes.";

/// What stands above the tables.
const HEAD: &str = "\
# nenpyo and its alternatives

The same records, asked the same questions; whoever answers otherwise fails the run.

- *dense* is nenpyo with dense texts, which count as read when all their characters are decoded.
- *structs* are constant structs in slices, keys by binary search; *phf* the same with perfect hashes.
- *databake* and *zerovec* are columns as ICU4X has them, with a trie for keys as text: as constants that databake wrote, and in \
a file of postcard.
- *rkyv* and *flatbuffers* are files that are checked when they are opened and read where they lie.
- *postcard* and *json* (serde-json-core) are read into lists: of heapless vectors on boards, that grow on a host.
- *postcard-each* has columns of what is compared and reads one record when it is asked for, into strings of its own: on boards \
heapless ones with room for the longest there is, on a host those of the heap. What would read all records it is not asked.
- *sqlite* has tables with indexes, statements that are prepared once and FTS5 with trigrams; in a file, or copied to memory.
- *tantivy*, *fst* and *memmem* (a scan of all texts one after the other) only do what they are for.

On boards instructions are exact, `opt-level = \"s\"` with fat LTO. On a host they are counted by callgrind, `opt-level = 3`, \
the median of the questions, less what it takes to ask; nanoseconds are the mean of all questions in the fastest batch. Times \
are taken in turns with nenpyo's, batch by batch, and the ratio is the median of all pairs with the tenth and the ninetieth \
percentile in brackets: below one nenpyo is faster. nenpyo's row has it beside a second process of itself: so much is noise. \
[peers.svg](peers.svg) has the times as curves; [peers-boards.csv](peers-boards.csv) and [peers-host.csv](peers-host.csv) have \
every figure.

";
