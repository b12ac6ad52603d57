//! Milestones: of any date and kind, and the changes that go with the reforms of the organisations.

use std::fmt::Write as _;

use super::Writer;
use super::organizations::{Life, Reforms};
use super::writing;

const KINDS: [&str; 6] = ["agreement", "opening", "achievement", "state", "visit", "naming"];
const ROLES: [&str; 5] = ["subject", "party", "host", "guest", "participant"];

impl Writer<'_> {
    pub(super) fn milestones(&mut self, reforms: &Reforms) {
        let mut depths = Vec::new();
        for (at, slug) in self.slugs.milestones.clone().into_iter().enumerate() {
            let (first, last) = writing::range(self.plan.years);
            let reform = reforms.days.get(at).copied().filter(|_| !reforms.lives.is_empty());
            let (date, kind, mut participants) = match reform {
                Some(day) => (self.pen.bound(day), "reorganization", self.change(day, reforms)),
                None => (self.pen.date(first, last), self.pen.dice.of(&KINDS), Vec::new()),
            };
            for organization in self.some_organizations(3) {
                let role = self.pen.dice.of(&ROLES);
                participants.push(format!("{{ organization = \"{organization}\", role = \"{role}\" }}"));
            }
            let mut text = format!("date = \"{date}\"\nkind = \"{kind}\"\n");
            self.pen.text(&mut text, "title");
            self.pen.text(&mut text, "summary");
            if !participants.is_empty() {
                let _ = writeln!(text, "participants = [{}]", participants.join(", "));
            }
            self.list(&mut text, "sites", |slugs| &slugs.sites, 2);
            self.list(&mut text, "themes", |slugs| &slugs.themes, 3);
            self.list(&mut text, "people", |slugs| &slugs.people, 2);
            self.list(&mut text, "documents", |slugs| &slugs.documents, 2);
            if let Some(larger) = self.larger(&mut depths, 20, 60) {
                let _ = writeln!(text, "part_of = \"{}\"", self.slugs.milestones[larger]);
            }
            let causes = if at == 0 { Vec::new() } else { self.pen.dice.some(at, 3) };
            if !causes.is_empty() {
                let causes: Vec<String> =
                    causes.into_iter().map(|cause| format!("\"{}\"", self.slugs.milestones[cause])).collect();
                let _ = writeln!(text, "because_of = [{}]", causes.join(", "));
            }
            self.dated_citations(&mut text, &date);
            self.put("milestones", &slug, &text);
        }
    }

    /// Some organisations, each once.
    fn some_organizations(&mut self, most: usize) -> Vec<String> {
        let count = self.slugs.organizations.len();
        if count == 0 {
            return Vec::new();
        }
        self.pen.dice.some(count, most).into_iter().map(|at| self.slugs.organizations[at].clone()).collect()
    }

    /// What changed on the day of a reform: those that ended the day before, those that began, some that went on.
    fn change(&mut self, day: i32, reforms: &Reforms) -> Vec<String> {
        let chosen = |writer: &mut Self, percent: usize, fits: &dyn Fn(&Life) -> bool| -> Vec<String> {
            let lives = reforms.lives.iter().zip(&writer.slugs.organizations);
            let fitting: Vec<String> = lives.filter(|(life, _)| fits(life)).map(|(_, slug)| slug.clone()).collect();
            fitting.into_iter().filter(|_| writer.pen.dice.chance(percent)).take(8).collect()
        };
        let ended = chosen(self, 80, &|life| life.end == day - 1);
        let begun = chosen(self, 80, &|life| life.begin == day);
        let lasting = chosen(self, 10, &|life| life.holds(day - 1) && life.holds(day));
        let originals: Vec<&String> = ended.iter().chain(&lasting).collect();
        let mut rows: Vec<String> =
            originals.iter().map(|slug| format!("{{ organization = \"{slug}\", role = \"original\" }}")).collect();
        for slug in begun.iter().chain(&lasting) {
            let mut from = String::new();
            if !originals.is_empty() && self.pen.dice.chance(50) {
                let named: Vec<String> = self
                    .pen
                    .dice
                    .some(originals.len(), 2)
                    .into_iter()
                    .map(|at| format!("\"{}\"", originals[at]))
                    .collect();
                if !named.is_empty() {
                    from = format!(", from = [{}]", named.join(", "));
                }
            }
            rows.push(format!("{{ organization = \"{slug}\", role = \"resulting\"{from} }}"));
        }
        self.pen.dice.shuffle(&mut rows);
        rows
    }

    /// Sources with dates: one gives the chosen date, others what they like, and then a note stands beside.
    fn dated_citations(&mut self, text: &mut String, date: &str) {
        let count = self.slugs.sources.len();
        let mut rows = vec![(self.pen.dice.below(count), Some(date.to_owned()))];
        let (first, last) = writing::range(self.plan.years);
        for source in self.pen.dice.some(count, 3) {
            let other = self.pen.dice.chance(50).then(|| self.pen.date(first, last));
            if !rows.iter().any(|(already, _)| *already == source) {
                rows.push((source, other));
            }
        }
        let noted = rows.len() > 1 || self.pen.dice.chance(20);
        if noted {
            self.pen.text(text, "note");
        }
        self.pen.dice.shuffle(&mut rows);
        let rows: Vec<String> = rows
            .into_iter()
            .map(|(source, date)| {
                let certainty = self.pen.dice.of(if noted { &["A", "B", "C"] } else { &["A", "A", "B"] });
                let date = date.map_or(String::new(), |date| format!(", date = \"{date}\""));
                format!("{{ source = \"{}\", certainty = \"{certainty}\"{date} }}", self.slugs.sources[source])
            })
            .collect();
        let _ = writeln!(text, "sources = [{}]", rows.join(", "));
    }
}
