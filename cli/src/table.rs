//! Tables of aligned columns, with colour, as wide as the terminal. Runs on the host.

use std::fmt::Write as _;

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
/// Plain text.
pub(crate) const PLAIN: Style = Style::new();

/// The text in a style; the escape sequences are taken out again where there is no terminal.
pub(crate) fn paint(style: Style, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{style}{text}{style:#}") }
}

/// A heading over a part of the output.
pub(crate) fn heading(text: &str) -> String {
    format!("{HEADING}{text}{HEADING:#}\n")
}

/// A cell: a text and how it looks.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    text: String,
    style: Style,
    /// What stands before the text, and before each further line of it: the lines of a tree.
    lead: (String, String),
}

impl Cell {
    /// The same cell behind the lines of a tree.
    pub(crate) fn below(self, first: String, rest: String) -> Self {
        Self { lead: (first, rest), ..self }
    }

    fn width(&self) -> usize {
        width::of(&self.lead.0) + width::of(&self.text)
    }

    fn lines(&self, columns: usize) -> Vec<String> {
        let room = columns.saturating_sub(width::of(&self.lead.0)).max(1);
        let lead = |number: usize| if number == 0 { &self.lead.0 } else { &self.lead.1 };
        let lines = width::wrap(&self.text, room).into_iter().enumerate();
        lines.map(|(number, line)| format!("{}{line}", lead(number))).collect()
    }
}

/// A cell of a text.
#[expect(clippy::needless_pass_by_value, reason = "`cell(DATE, milestone.date())` reads better")]
pub(crate) fn cell(style: Style, text: impl ToString) -> Cell {
    Cell { text: text.to_string(), style, lead: (String::new(), String::new()) }
}

/// How a column takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// As wide as its widest cell.
    Fixed,
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
/// Below this a wrapped column is no longer readable, and the line may be longer than the terminal.
const NARROWEST: usize = 24;

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
        let natural: Vec<usize> = (0..self.columns.len()).map(|at| self.natural(at)).collect();
        let (mut widths, mut moved) = (natural.clone(), false);
        if let Some(columns) = columns.map(|columns| columns.saturating_sub(indent))
            && !self.shrink(&mut widths, columns, COMFORTABLE)
        {
            widths = natural;
            moved = self.columns.last() == Some(&Column::Moves);
            widths.truncate(if moved { widths.len() - 1 } else { widths.len() });
            self.shrink(&mut widths, columns, NARROWEST);
        }
        let mut out = String::new();
        if self.header.iter().any(|word| !word.is_empty()) {
            let header: Vec<Cell> = self.header.iter().map(|word| cell(QUIET, word)).collect();
            self.line(&header, &widths, indent, &mut out);
        }
        for row in &self.rows {
            self.line(row, &widths, indent, &mut out);
            if let Some(key) = row.last().filter(|key| moved && !key.text.is_empty()) {
                // The key stands under what it is the key of.
                let wrapped = self.columns.iter().position(|column| *column == Column::Wraps).unwrap_or(0);
                let start: usize = widths.iter().take(wrapped).map(|width| width + GAP).sum();
                let (start, lead) = (" ".repeat(indent + start), row.get(wrapped).map_or("", |cell| &cell.lead.1));
                let _ = writeln!(out, "{start}{lead}{}", paint(key.style, &key.text));
            }
        }
        out
    }

    fn natural(&self, at: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(at)).map(Cell::width);
        cells.chain(self.header.get(at).map(|word| width::of(word))).max().unwrap_or(0)
    }

    /// Lets the widest wrapping column give way, one column of the terminal at a time, and says whether all fits.
    fn shrink(&self, widths: &mut [usize], columns: usize, narrowest: usize) -> bool {
        let gaps = GAP * widths.len().saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > columns {
            let wrapping = widths.iter_mut().zip(&self.columns).filter(|(_, column)| **column == Column::Wraps);
            match wrapping.map(|(width, _)| width).max() {
                Some(width) if *width > narrowest => *width -= 1,
                _ => return false,
            }
        }
        true
    }

    fn line(&self, row: &[Cell], widths: &[usize], indent: usize, out: &mut String) {
        let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, width)| cell.lines(*width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for number in 0..height {
            let mut line = " ".repeat(indent);
            let mut waiting = 0;
            for (at, lines) in cells.iter().enumerate() {
                let (style, width) = (row[at].style, widths[at]);
                let text = lines.get(number).map_or("", String::as_str);
                let room = width.saturating_sub(width::of(text));
                let before = if self.columns[at] == Column::Right { room } else { 0 };
                if !text.is_empty() {
                    line.push_str(&" ".repeat(waiting + before));
                    line.push_str(&paint(style, text));
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
    use super::{Column, PLAIN, Table, cell};

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
}
