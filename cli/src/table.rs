//! Tables of aligned columns, with colour, as wide as the terminal. Runs on the host.

use std::fmt::Write as _;
use std::ops::Range;

use anstyle::{AnsiColor, Style};

use crate::width;

/// Headings.
pub(crate) const HEADING: Style = Style::new().bold();
/// What stands back: labels, kinds, lines of a tree.
pub(crate) const QUIET: Style = Style::new().dimmed();
/// Keys of records.
pub(crate) const KEY: Style = AnsiColor::Cyan.on_default();
/// Dates.
pub(crate) const DATE: Style = AnsiColor::Green.on_default();
/// What is doubtful or stale.
pub(crate) const DOUBT: Style = AnsiColor::Yellow.on_default();
/// What went.
pub(crate) const GONE: Style = AnsiColor::Red.on_default();
/// What came.
pub(crate) const NEW: Style = AnsiColor::Green.on_default().bold();
/// What was looked for, where it stands.
pub(crate) const FOUND: Style = AnsiColor::Magenta.on_default().bold();
/// Plain text.
pub(crate) const PLAIN: Style = Style::new();

/// The text in a style; the escape sequences are taken out again where there is no terminal.
pub(crate) fn paint(style: Style, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{style}{text}{style:#}") }
}

/// A cell: a text and how it looks.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    text: String,
    style: Style,
    /// What stands before the text, and before each further line of it: the lines of a tree.
    lead: (String, String),
    /// Which bytes of the text are what was looked for.
    found: Range<usize>,
}

impl Cell {
    /// The same cell with these bytes of its text in the colour of what was looked for.
    pub(crate) fn with_found(self, found: Range<usize>) -> Self {
        Self { found, ..self }
    }

    /// The same cell behind the lines of a tree.
    pub(crate) fn below(self, first: String, rest: String) -> Self {
        Self { lead: (first, rest), ..self }
    }

    fn width(&self) -> usize {
        width::of(&self.lead.0) + width::of(&self.text)
    }

    /// Its lines in at most so many columns: how wide each is, and the line in its colours.
    fn lines(&self, columns: usize) -> Vec<(usize, String)> {
        let room = columns.saturating_sub(width::of(&self.lead.0)).max(1);
        let mut end = 0;
        let mut lines = Vec::new();
        for line in width::wrap(&self.text, room) {
            // Lines hold all of the text but the spaces between them.
            let start = end + self.text[end..].find(&line).unwrap_or(0);
            end = start + line.len();
            let lead = if lines.is_empty() { &self.lead.0 } else { &self.lead.1 };
            lines.push((width::of(lead) + width::of(&line), self.painted(lead, start..end)));
        }
        lines
    }

    /// Some bytes of its text in colour, behind the lines of a tree.
    fn painted(&self, lead: &str, bytes: Range<usize>) -> String {
        let from = self.found.start.clamp(bytes.start, bytes.end);
        let to = self.found.end.clamp(from, bytes.end);
        let before = format!("{lead}{}", &self.text[bytes.start..from]);
        let after = paint(self.style, &self.text[to..bytes.end]);
        paint(self.style, &before) + &paint(FOUND, &self.text[from..to]) + &after
    }
}

/// A cell of a text.
#[expect(clippy::needless_pass_by_value, reason = "`cell(DATE, milestone.date())` reads better")]
pub(crate) fn cell(style: Style, text: impl ToString) -> Cell {
    let text = text.to_string();
    // Nothing was looked for: nothing, behind the text.
    let found = text.len()..text.len();
    Cell { text, style, lead: (String::new(), String::new()), found }
}

/// How a column takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// As wide as its widest cell, unless nothing else can give way.
    Fixed,
    /// The same, and left out where the terminal is too narrow.
    Extra,
    /// The same, with the text at its right end: numbers.
    Right,
    /// Wrapped into several lines where the terminal is narrow.
    Wraps,
    /// The last column, whose cells move to a line of their own where the terminal is narrow: keys, which are
    /// copied and so stay whole.
    Moves,
}

/// Rows of cells under a header.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    header: Vec<&'static str>,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

const GAP: usize = 2;
/// A wrapped column is read with ease down to this width; before it gets narrower, keys move away.
const COMFORTABLE: usize = 40;
/// Below this a wrapped column is hard to read; before it gets narrower, columns are left out.
const READABLE: usize = 24;
/// Before a wrapped column gets narrower than this, the other columns are wrapped too.
const NARROW: usize = 12;

impl Table {
    /// A table of these columns; without a header if all its words are empty.
    pub(crate) fn new(columns: &[(&'static str, Column)]) -> Self {
        let (header, columns) = columns.iter().copied().unzip();
        Self { header, columns, rows: Vec::new() }
    }

    /// Adds a row; it has a cell for each column.
    pub(crate) fn row(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// The table in lines that fit the width, each beginning with `indent` spaces.
    pub(crate) fn render(&self, indent: usize, columns: Option<usize>) -> String {
        let room = columns.map_or(usize::MAX, |columns| columns.saturating_sub(indent));
        let has_keys = self.columns.last() == Some(&Column::Moves);
        // Each plan gives up a little more, until all fits.
        let plans = [(COMFORTABLE, false, false), (READABLE, has_keys, false), (NARROW, has_keys, true)];
        let (mut shown, mut widths, mut moved) = (Vec::new(), Vec::new(), false);
        for (narrowest, moving, leaving) in plans {
            moved = moving;
            shown = (0..self.columns.len())
                .filter(|at| match self.columns[*at] {
                    Column::Moves => !moving,
                    Column::Extra => !leaving,
                    _ => true,
                })
                .collect();
            widths = shown.iter().map(|at| self.natural(*at)).collect();
            if self.shrink(&shown, &mut widths, room, narrowest) {
                break;
            }
        }
        let mut out = String::new();
        if self.header.iter().any(|word| !word.is_empty()) {
            let header: Vec<Cell> = self.header.iter().map(|word| cell(QUIET, word)).collect();
            self.line(&header, &shown, &widths, indent, &mut out);
        }
        for row in &self.rows {
            self.line(row, &shown, &widths, indent, &mut out);
            if let Some(key) = row.last().filter(|key| moved && !key.text.is_empty()) {
                // The key stands under what it is the key of.
                let wraps = |at: &usize| self.columns[*at] == Column::Wraps;
                let wrapped = shown.iter().position(wraps).unwrap_or(0);
                let start: usize = widths.iter().take(wrapped).map(|width| width + GAP).sum();
                let lead = shown.get(wrapped).and_then(|at| row.get(*at)).map_or("", |cell| &cell.lead.1);
                let before = format!("{}{lead}", " ".repeat(start));
                let over = (width::of(&before) + width::of(&key.text)).saturating_sub(room);
                // A long key begins further to the left; only one that is longer than a line is broken.
                let before = if over > 0 { " ".repeat(width::of(&before).saturating_sub(over)) } else { before };
                for line in width::wrap(&key.text, room) {
                    let _ = writeln!(out, "{}{before}{}", " ".repeat(indent), paint(key.style, &line));
                }
            }
        }
        out
    }

    fn natural(&self, at: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(at)).map(Cell::width);
        cells.chain(self.header.get(at).map(|word| width::of(word))).max().unwrap_or(0)
    }

    /// Lets the widest wrapping column give way, one column of the terminal at a time, and says whether all fits. Where
    /// it must, every column gives way.
    fn shrink(&self, shown: &[usize], widths: &mut [usize], room: usize, narrowest: usize) -> bool {
        let gaps = GAP * widths.len().saturating_sub(1);
        while widths.iter().sum::<usize>().saturating_add(gaps) > room {
            let wraps = |at: usize| self.columns[at] == Column::Wraps;
            let wrapping = widths.iter_mut().zip(shown).filter(|(_, at)| wraps(**at)).map(|(width, _)| width).max();
            match wrapping {
                Some(width) if *width > narrowest => *width -= 1,
                _ if narrowest > NARROW => return false,
                _ => match widths.iter_mut().max() {
                    Some(width) if *width > 1 => *width -= 1,
                    _ => return false,
                },
            }
        }
        true
    }

    fn line(&self, row: &[Cell], shown: &[usize], widths: &[usize], indent: usize, out: &mut String) {
        let cells: Vec<Vec<(usize, String)>> = shown
            .iter()
            .zip(widths)
            .map(|(at, width)| row.get(*at).map_or_else(Vec::new, |cell| cell.lines(*width)))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for number in 0..height {
            let mut line = " ".repeat(indent);
            let mut waiting = 0;
            for ((lines, at), width) in cells.iter().zip(shown).zip(widths) {
                let (taken, text) = lines.get(number).map_or((0, ""), |(taken, text)| (*taken, text.as_str()));
                let room = width.saturating_sub(taken);
                let before = if self.columns[*at] == Column::Right { room } else { 0 };
                if !text.is_empty() {
                    line.push_str(&" ".repeat(waiting + before));
                    line.push_str(text);
                    waiting = 0;
                }
                waiting += if text.is_empty() { width + GAP } else { room - before + GAP };
            }
            out.push_str(&line);
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, FOUND, PLAIN, QUIET, Table, cell, paint};

    #[test]
    fn columns_stand_under_each_other_and_lines_have_no_space_at_the_end() {
        let mut table = Table::new(&[("key", Column::Fixed), ("name", Column::Wraps), ("bytes", Column::Right)]);
        table.row(vec![cell(PLAIN, "a"), cell(PLAIN, "量子"), cell(PLAIN, 7)]);
        table.row(vec![cell(PLAIN, "long"), cell(PLAIN, "x"), cell(PLAIN, "1234567")]);
        table.row(vec![cell(PLAIN, "b"), cell(PLAIN, ""), cell(PLAIN, "")]);
        let plain = anstream::adapter::strip_str(&table.render(1, None)).to_string();
        assert_eq!(plain, " key   name    bytes\n a     量子        7\n long  x     1234567\n b\n");
    }

    #[test]
    fn a_narrow_terminal_wraps_the_wrapping_column() {
        let mut table = Table::new(&[("", Column::Fixed), ("", Column::Wraps)]);
        table.row(vec![cell(PLAIN, "2016"), cell(PLAIN, "量子科学技術研究開発機構が発足した年の春")]);
        let plain = anstream::adapter::strip_str(&table.render(0, Some(30))).to_string();
        assert_eq!(plain, "2016  量子科学技術研究開発機構\n      が発足した年の春\n");
    }

    #[test]
    fn what_was_looked_for_is_in_its_colour_on_each_line_it_stands_on() {
        let mut table = Table::new(&[("", Column::Wraps)]);
        table.row(vec![cell(QUIET, "the quantum scalpel of Chiba").with_found(4..19)]);
        let (quiet, found) = (|text| paint(QUIET, text), |text| paint(FOUND, text));
        let expected = format!("{}{}\n{}{}\n", quiet("the "), found("quantum"), found("scalpel"), quiet(" of"));
        assert_eq!(table.render(0, Some(12)), format!("{expected}{}\n", quiet("Chiba")));
        let whole = format!("{}{}{}\n", quiet("the "), found("quantum scalpel"), quiet(" of Chiba"));
        assert_eq!(table.render(0, None), whole);
    }

    #[test]
    fn keys_move_below_before_titles_become_narrow() {
        let mut table = Table::new(&[("", Column::Fixed), ("", Column::Wraps), ("", Column::Moves)]);
        let tree = |text: &str| cell(PLAIN, text).below("└─ ".to_owned(), "   ".to_owned());
        table.row(vec![
            cell(PLAIN, "2016"),
            tree("量子科学技術研究開発機構が発足した"),
            cell(PLAIN, "qst-established"),
        ]);
        let plain = anstream::adapter::strip_str(&table.render(0, Some(40))).to_string();
        let expected = "2016  └─ 量子科学技術研究開発機構が発足\n         した\n         qst-established\n";
        assert_eq!(plain, expected);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let columns = [Column::Fixed, Column::Extra, Column::Wraps, Column::Wraps, Column::Moves];
        let mut table = Table::new(&columns.map(|column| ("word", column)));
        let row =
            ["2017-07-25/2017-07-26", "reorganization", "量子科学技術研究開発機構が発足した", "It is founded", "key"];
        table.row(row.iter().map(|text| cell(PLAIN, text)).collect());
        for columns in 20..100 {
            let plain = anstream::adapter::strip_str(&table.render(0, Some(columns))).to_string();
            assert!(plain.lines().all(|line| crate::width::of(line) <= columns), "{columns}: {plain}");
            assert!(plain.contains("key") && (columns < 80 || plain.contains("reorganization")), "{columns}: {plain}");
        }
    }
}
