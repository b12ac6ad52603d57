//! What was measured, read back: on which place, with how many milestones, of whom, of what.

use std::collections::BTreeMap;

/// A host among the places; the others are boards.
pub(crate) const HOST: &str = "host";

/// All figures.
pub(crate) struct Figures {
    values: BTreeMap<Figure, String>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Figure {
    place: String,
    milestones: usize,
    peer: String,
    what: String,
    measure: String,
}

impl Figures {
    /// Reads rows, with or without heads.
    pub(crate) fn read(rows: &str) -> Self {
        let row = |row: &str| {
            // Measures may have commas of their own; who and what have none, and neither have values.
            let (rest, value) = row.rsplit_once(',')?;
            let mut words = rest.splitn(5, ',').map(str::to_owned);
            let mut word = || words.next();
            let (place, milestones) = (word()?, word()?.parse().ok()?);
            let figure = Figure { place, milestones, peer: word()?, what: word()?, measure: word()? };
            Some((figure, value.to_owned()))
        };
        Self { values: rows.lines().filter_map(row).collect() }
    }

    /// A figure as it was written.
    pub(crate) fn text(&self, at: (&str, usize), peer: &str, what: &str, measure: &str) -> Option<&str> {
        let figure = Figure {
            place: at.0.to_owned(),
            milestones: at.1,
            peer: peer.to_owned(),
            what: what.to_owned(),
            measure: measure.to_owned(),
        };
        self.values.get(&figure).map(String::as_str)
    }

    pub(crate) fn number(&self, at: (&str, usize), peer: &str, what: &str, measure: &str) -> Option<f64> {
        self.text(at, peer, what, measure)?.parse().ok()
    }

    /// How many milestones were measured on a place, in order; 0 is QST's chronicle.
    pub(crate) fn sizes(&self, place: &str) -> Vec<usize> {
        let mut sizes: Vec<usize> =
            self.values.keys().filter(|figure| figure.place == place).map(|figure| figure.milestones).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    /// The boards and how many milestones were measured on each.
    pub(crate) fn boards(&self) -> Vec<(String, usize)> {
        let boards = self.values.keys().filter(|figure| figure.place != HOST);
        let mut boards: Vec<(String, usize)> = boards.map(|figure| (figure.place.clone(), figure.milestones)).collect();
        boards.sort();
        boards.dedup();
        boards
    }
}
