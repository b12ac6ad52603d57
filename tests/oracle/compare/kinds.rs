//! What single kinds of record say: sites, people, themes, documents, statements and sources.

use nenpyo::{Edtf, End, Milestone, Period, RecordKind, ReferrerKind};
use toml::Value;

use super::super::dates::{End as OracleEnd, Period as OraclePeriod};
use super::super::{Rec, string};
use super::records::of;
use super::{Pair, View, place};

/// Whether a period says what is written.
pub(crate) fn same_period(got: Period, want: &OraclePeriod) -> bool {
    let same = |got: End, want: &OracleEnd| match (got, want) {
        (End::Unknown, OracleEnd::Unknown) | (End::Open, OracleEnd::Open) => true,
        (End::Date(got), OracleEnd::Date(want)) => got.to_string() == want.text && got.days() == want.days,
        _ => false,
    };
    same(got.from, &want.from) && same(got.to, &want.to)
}

impl<'a> Pair<'a> {
    pub(crate) fn agree_on_other_kinds(&self) {
        let record = |kind: RecordKind, id: u32| self.oracle.record(kind, id);
        let referrers = |kind: RecordKind, id: u32, how: ReferrerKind| of(self.oracle.referrers(kind, id), how);
        for milestone in self.chronicle.milestones() {
            let rec = record(RecordKind::Milestone, milestone.number());
            agree_on_kind(milestone.kind().name(), rec);
            let date = &self.oracle.dates[milestone.number() as usize];
            assert_eq!((milestone.date().to_string(), milestone.date().days()), (date.text.clone(), date.days));
            assert_eq!((milestone.earliest(), milestone.latest()), (date.days.begin_earliest, date.days.end_latest));
            let parts = referrers(RecordKind::Milestone, milestone.number(), ReferrerKind::Part);
            self.same_list(&milestone.parts(), &parts, || format!("parts of {}", rec.slug));
            let consequences = referrers(RecordKind::Milestone, milestone.number(), ReferrerKind::Consequence);
            self.same_list(&milestone.consequences(), &consequences, || format!("consequences of {}", rec.slug));
        }
        for site in self.chronicle.sites() {
            let rec = record(RecordKind::Site, site.number());
            agree_on_kind(site.kind().name(), rec);
            agree_on_existence(site.existence(), rec);
            self.agree_on_reference(site.within(), rec, "within");
            let inside = referrers(RecordKind::Site, site.number(), ReferrerKind::Inside);
            self.same_list(&site.inside(), &inside, || format!("inside {}", rec.slug));
            self.agree_on_list(&site.organizations(), rec, "organizations");
            self.agree_on_list(&site.themes(), rec, "themes");
        }
        for person in self.chronicle.people() {
            let rec = record(RecordKind::Person, person.number());
            self.agree_on_list(&person.organizations(), rec, "organizations");
            self.agree_on_list(&person.themes(), rec, "themes");
        }
        for theme in self.chronicle.themes() {
            let rec = record(RecordKind::Theme, theme.number());
            self.agree_on_reference(theme.broader(), rec, "broader");
            let narrower = referrers(RecordKind::Theme, theme.number(), ReferrerKind::Inside);
            self.same_list(&theme.narrower(), &narrower, || format!("below {}", rec.slug));
        }
        for document in self.chronicle.documents() {
            let rec = record(RecordKind::Document, document.number());
            agree_on_kind(document.kind().name(), rec);
            agree_on_existence(document.existence(), rec);
            self.agree_on_list(&document.organizations(), rec, "organizations");
            self.agree_on_list(&document.themes(), rec, "themes");
        }
        for statement in self.chronicle.statements() {
            let rec = record(RecordKind::Statement, statement.number());
            agree_on_kind(statement.kind().name(), rec);
            self.agree_on_list(&statement.organizations(), rec, "organizations");
            self.agree_on_list(&statement.themes(), rec, "themes");
            self.agree_on_list(&statement.documents(), rec, "documents");
            self.agree_on_list(&statement.people(), rec, "people");
            self.agree_on_list(&statement.sites(), rec, "sites");
            self.agree_on_list(&statement.speaks_of(), rec, "milestones");
        }
        self.agree_on_who_states();
    }

    fn agree_on_who_states(&self) {
        let chronicle = self.chronicle;
        let stated = |kind: RecordKind, id: u32, got: nenpyo::Links<'a, nenpyo::Statement<'a>>| {
            let how = ReferrerKind::Mention(RecordKind::Statement);
            let want = of(self.oracle.referrers(kind, id), how);
            self.same_list(&got, &want, || format!("statements about {}", self.slug(kind, id)));
        };
        chronicle.milestones().iter().for_each(|it| stated(RecordKind::Milestone, it.number(), it.statements()));
        chronicle.organizations().iter().for_each(|it| stated(RecordKind::Organization, it.number(), it.statements()));
        chronicle.sites().iter().for_each(|it| stated(RecordKind::Site, it.number(), it.statements()));
        chronicle.people().iter().for_each(|it| stated(RecordKind::Person, it.number(), it.statements()));
        chronicle.themes().iter().for_each(|it| stated(RecordKind::Theme, it.number(), it.statements()));
        chronicle.documents().iter().for_each(|it| stated(RecordKind::Document, it.number(), it.statements()));
    }

    pub(crate) fn agree_on_sources(&self) {
        for source in self.chronicle.sources() {
            let rec = self.oracle.record(RecordKind::Source, source.number());
            agree_on_kind(source.kind().name(), rec);
            self.agree_on_field(|language| source.title(language), rec, "title");
            self.agree_on_field(|language| source.publisher(language), rec, "publisher");
            self.agree_on_field(|language| source.note(language), rec, "note");
            assert_eq!(source.address(), string(&rec.toml, "address"), "address of {}", rec.slug);
            let date = string(&rec.toml, "date").map(|date| Edtf::parse(date).unwrap());
            assert_eq!(source.date(), date, "date of {}", rec.slug);
            let weak = rec.toml.get("weak").and_then(Value::as_bool).unwrap_or(false);
            assert_eq!(source.is_weak(), weak, "`weak` of {}", rec.slug);
            let want = self.oracle.cited_by(source.number());
            let got: Vec<_> = source.cited_by().map(|any| place(&any)).collect();
            assert_eq!(got, want, "what cites {}", rec.slug);
            assert!(source.cited_by().rev().map(|any| place(&any)).eq(want.into_iter().rev()));
        }
    }

    /// The milestones that name a record of this kind, asked the other way round.
    pub(crate) fn named_in(&self, kind: RecordKind, id: u32) -> Vec<u32> {
        of(self.oracle.referrers(kind, id), ReferrerKind::Mention(<Milestone<'_> as nenpyo::Record>::KIND))
    }
}

fn agree_on_kind(got: &str, record: &Rec) {
    assert_eq!(Some(got), string(&record.toml, "kind"), "kind of {}", record.slug);
}

fn agree_on_existence(got: Option<Period>, record: &Rec) {
    let written = record.toml.get("exists").map(|exists| exists.as_table().unwrap());
    match written.filter(|exists| !exists.is_empty()) {
        None => assert_eq!(got, None, "existence of {}", record.slug),
        Some(exists) => {
            let want = OraclePeriod::of(exists, &OraclePeriod::UNKNOWN);
            assert!(same_period(got.unwrap(), &want), "existence of {}", record.slug);
        }
    }
}
