//! Tables of numbers in Markdown: written for a reviewer, read again to see what has grown.

use std::fmt::{self, Write as _};

/// A document of such tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its tables.
    pub tables: Vec<Table>,
}

/// A table: a name and numbers in each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its heading.
    pub title: String,
    /// What the numbers are.
    pub text: String,
    /// What stands above each column.
    pub columns: Vec<String>,
    /// The rows: what they are about, and their numbers.
    pub rows: Vec<(String, Vec<Option<u64>>)>,
}

/// A number that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which number: row and column.
    pub what: String,
    /// What it was; `None` if it was not there.
    pub before: Option<u64>,
    /// What it is; `None` if it is not there any more.
    pub after: Option<u64>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |number: Option<u64>| number.map_or_else(|| "nothing".to_owned(), |number| number.to_string());
        write!(f, "{}: {} instead of {}", self.what, number(self.after), number(self.before))
    }
}

impl Document {
    /// Reads what [`Display`](fmt::Display) has written.
    #[must_use]
    pub fn parse(markdown: &str) -> Self {
        let mut document = Self::default();
        for line in markdown.lines() {
            if let Some(title) = line.strip_prefix("## ") {
                document.tables.push(Table { title: title.to_owned(), ..Table::default() });
            }
            let Some(table) = document.tables.last_mut() else { continue };
            let Some(cells) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) else {
                if !line.is_empty() && !line.starts_with("## ") && !line.starts_with("|---") {
                    table.text.push_str(line);
                    table.text.push('\n');
                }
                continue;
            };
            let mut cells = cells.split(" | ").map(str::trim);
            let name = cells.next().unwrap_or_default().trim_matches('`').replace("\\|", "|");
            if table.columns.is_empty() {
                table.columns = cells.map(str::to_owned).collect();
            } else {
                table.rows.push((name, cells.map(|cell| cell.parse().ok()).collect()));
            }
        }
        document
    }

    /// The numbers in which `self` differs from `before` by more than two in a hundred, and those that only one of them
    /// has. What has shrunk counts, too: it could grow back unseen.
    #[must_use]
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        let (new, old) = (self.numbers(), before.numbers());
        let of = |numbers: &[(String, Option<u64>)], what: &str| {
            numbers.iter().find(|(other, _)| other == what).and_then(|(_, number)| *number)
        };
        let mut changes = Vec::new();
        for (what, after) in &new {
            let before = of(&old, what);
            let differs = match (before, after) {
                (Some(before), Some(after)) => before.abs_diff(*after) * 100 > before * 2,
                (before, after) => before.is_some() != after.is_some(),
            };
            if differs {
                changes.push(Change { what: what.clone(), before, after: *after });
            }
        }
        let gone = old.iter().filter(|(what, _)| !new.iter().any(|(other, _)| other == what));
        changes.extend(gone.map(|(what, before)| Change { what: what.clone(), before: *before, after: None }));
        changes
    }

    fn numbers(&self) -> Vec<(String, Option<u64>)> {
        let mut numbers = Vec::new();
        for table in &self.tables {
            for (row, cells) in &table.rows {
                for (column, cell) in table.columns.iter().zip(cells) {
                    numbers.push((format!("{}: {row}, {column}", table.title), *cell));
                }
            }
        }
        numbers
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for table in &self.tables {
            write!(f, "\n## {}\n\n{}\n{table}", table.title, table.text)?;
        }
        Ok(())
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = String::from("| of |");
        for column in &self.columns {
            let _ = write!(line, " {column} |");
        }
        writeln!(f, "{line}\n|---|{}", "---:|".repeat(self.columns.len()))?;
        for (name, cells) in &self.rows {
            let mut line = format!("| `{}` |", name.replace('|', "\\|"));
            for cell in cells {
                let _ = write!(line, " {} |", cell.map_or_else(|| "–".to_owned(), |number| number.to_string()));
            }
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Document, Table};

    fn document(cells: &[(&str, Option<u64>)]) -> Document {
        let rows = cells.iter().map(|(name, number)| ((*name).to_owned(), vec![*number])).collect();
        let table = Table { title: "T".to_owned(), text: "Text.\n".to_owned(), columns: vec!["c".to_owned()], rows };
        Document { tables: vec![table] }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let written = document(&[("<&T as A>::b", Some(5)), ("c", None)]);
        assert_eq!(Document::parse(&format!("# Head\n\nIntroduction.\n{written}")), written);
    }

    #[test]
    fn changes_are_what_differs_by_more_than_two_in_a_hundred() {
        let before = document(&[("a", Some(100)), ("b", Some(100)), ("c", Some(100)), ("gone", Some(1))]);
        let after = document(&[("a", Some(102)), ("b", Some(103)), ("c", Some(97)), ("new", Some(1))]);
        let change = |what: &str, before, after| Change { what: format!("T: {what}, c"), before, after };
        let expected = [
            change("b", Some(100), Some(103)),
            change("c", Some(100), Some(97)),
            change("new", None, Some(1)),
            change("gone", Some(1), None),
        ];
        assert_eq!(after.changes_from(&before), expected);
        assert_eq!(before.changes_from(&before), []);
    }
}
