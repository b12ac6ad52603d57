//! Asks a chronicle everything there is to ask, without allocating, and stops if there is no end to it.

use std::fmt::{self, Write as _};

use nenpyo::{
    AnyRecord, Change, Chronicle, Citations, Day, Details, Edtf, Key, Language, Milestone, MilestoneId, MilestoneKind,
    Organization, OrganizationAt, OrganizationId, Record, Records, Referrers, Selection, SiteId, Text, date,
};

/// Where what is written goes: it is counted.
struct Sink(u64);

impl fmt::Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len() as u64;
        Ok(())
    }
}

/// A walk through a chronicle.
pub(crate) struct Walk<'a> {
    chronicle: &'a Chronicle<'a>,
    sink: Sink,
    steps: u64,
    budget: u64,
}

/// Spans that meet everything, nothing, much and little.
const SPANS: [&str; 8] =
    ["2016-04-01", "2019-04", "2016", "1950/2030", "../1990", "2020/..", "[2016-04..2019-04]", "-9999/9999?"];

/// Asks everything; panics after `budget` steps. Returns how many were taken.
pub(crate) fn everything<'a>(chronicle: &'a Chronicle<'a>, budget: u64) -> u64 {
    let mut walk = Walk { chronicle, sink: Sink(0), steps: 0, budget };
    walk.about();
    walk.records();
    walk.keys();
    walk.dates();
    walk.filters();
    walk.organizations();
    assert!(walk.steps > 0 || walk.sink.0 > 0 || chronicle.milestones().is_empty());
    walk.steps
}

/// The days on which organisations are looked at.
fn days() -> [Day; 6] {
    let day = |year, month, at| Day::from_ymd(year, month, at).unwrap_or(Day::MIN);
    [Day::MIN, day(1960, 1, 1), day(2016, 4, 1), day(2019, 5, 31), day(2024, 5, 31), Day::MAX]
}

impl<'a> Walk<'a> {
    fn through<T>(&mut self, items: impl Iterator<Item = T>, mut each: impl FnMut(&mut Self, T)) {
        for item in items {
            self.steps += 1;
            assert!(self.steps < self.budget, "no end after {} steps", self.steps);
            each(self, item);
        }
    }

    fn text(&mut self, text: Option<Text<'a>>) {
        let Some(text) = text else { return };
        text.write_to(&mut self.sink).unwrap();
        write!(self.sink, "{text} {text:?} {}", text.is_empty()).unwrap();
        self.through(text.chars().rev(), |_, _| ());
        self.through(text.segments(), |walk, segment| {
            segment.base.write_to(&mut walk.sink).unwrap();
            if let Some(reading) = segment.reading {
                reading.write_to(&mut walk.sink).unwrap();
            }
        });
        text.reading().write_to(&mut self.sink).unwrap();
    }

    fn texts(&mut self, text: impl Fn(Language) -> Option<Text<'a>>) {
        self.through(self.chronicle.languages(), |walk, language| walk.text(text(language)));
        assert!(Language::new("zxx").and_then(text).is_none());
    }

    fn date(&mut self, date: Edtf) {
        write!(self.sink, "{date}").unwrap();
        date::japanese(date).write_to(&mut self.sink).unwrap();
        date::japanese_era(date).write_to(&mut self.sink).unwrap();
        date::english(date).write_to(&mut self.sink).unwrap();
        assert!(date::english(date).to_heapless::<{ date::Words::MAX_BYTES }>().is_ok());
    }

    fn about(&mut self) {
        let about = self.chronicle.about();
        self.texts(|language| about.name(language));
        self.texts(|language| about.credit(language));
        self.texts(|language| about.notice(language));
        self.text(about.licence());
        write!(self.sink, "{:?} {:?} {:?}", about.version(), about.subject(), self.chronicle).unwrap();
        if let Some(date) = about.as_of() {
            self.date(date);
        }
    }

    fn details(&mut self, details: Option<Details<'a>>) {
        let Some(details) = details else { return };
        self.texts(|language| details.summary(language));
        self.texts(|language| details.note(language));
        self.texts(|language| details.address(language));
        write!(self.sink, "{}", details.is_descriptive(Language::EN)).unwrap();
        self.through(details.claims(), |walk, claim| {
            walk.date(claim.date);
            write!(walk.sink, "{:?} {:?}", claim.source, claim.certainty).unwrap();
        });
    }

    fn any(&mut self, record: &AnyRecord<'a>) {
        write!(self.sink, "{:?} {:?} {:?}", record.kind(), record.key(), record.slug()).unwrap();
        self.texts(|language| record.title(language));
    }

    fn record(&mut self, citations: Citations<'a>, referrers: Referrers<'a>) {
        self.through(citations, |walk, row| write!(walk.sink, "{:?} {:?}", row.source, row.certainty).unwrap());
        self.through(referrers.clone().rev(), |_, _| ());
        self.through(referrers, |walk, (how, record)| {
            write!(walk.sink, "{how:?}").unwrap();
            walk.any(&record);
        });
    }

    fn linked<T: fmt::Debug>(&mut self, links: impl Iterator<Item = T>) {
        self.through(links, |walk, record| write!(walk.sink, "{record:?}").unwrap());
    }

    fn collection<R: Record<'a> + fmt::Debug>(&mut self, records: Records<'a, R>) {
        self.linked(records.iter().rev());
        self.linked(records.page(1, 7));
        write!(self.sink, "{} {} {records:?}", records.len(), records.pages(7)).unwrap();
    }

    fn records(&mut self) {
        let chronicle = self.chronicle;
        self.collection(chronicle.milestones());
        self.collection(chronicle.organizations());
        self.collection(chronicle.sites());
        self.collection(chronicle.people());
        self.collection(chronicle.themes());
        self.collection(chronicle.documents());
        self.collection(chronicle.statements());
        self.collection(chronicle.sources());
        self.through(chronicle.milestones().iter(), Self::milestone);
        self.through(chronicle.sites().iter(), |walk, site| {
            walk.texts(|language| site.name(language));
            walk.details(site.details());
            walk.record(site.sources(), site.referrers());
            walk.linked(site.inside());
            walk.linked(site.organizations());
            walk.linked(site.themes());
            walk.linked(site.milestones());
            walk.linked(site.statements());
            write!(walk.sink, "{:?} {:?} {:?}", site.kind(), site.within(), site.existence()).unwrap();
        });
        self.through(chronicle.people().iter(), |walk, person| {
            walk.texts(|language| person.name(language));
            walk.details(person.details());
            walk.record(person.sources(), person.referrers());
            walk.linked(person.organizations());
            walk.linked(person.statements());
        });
        self.through(chronicle.themes().iter(), |walk, theme| {
            walk.texts(|language| theme.name(language));
            walk.details(theme.details());
            walk.record(theme.sources(), theme.referrers());
            walk.linked(theme.narrower());
            write!(walk.sink, "{:?}", theme.broader()).unwrap();
        });
        self.through(chronicle.documents().iter(), |walk, document| {
            walk.texts(|language| document.name(language));
            walk.details(document.details());
            walk.record(document.sources(), document.referrers());
            walk.linked(document.organizations());
            write!(walk.sink, "{:?} {:?}", document.kind(), document.existence()).unwrap();
        });
        self.through(chronicle.statements().iter(), |walk, statement| {
            walk.texts(|language| statement.title(language));
            walk.details(statement.details());
            walk.record(statement.sources(), statement.referrers());
            walk.linked(statement.speaks_of());
            walk.linked(statement.documents());
            walk.linked(statement.people());
            walk.linked(statement.sites());
            write!(walk.sink, "{:?}", statement.kind()).unwrap();
        });
        self.through(chronicle.sources().iter(), |walk, source| {
            walk.texts(|language| source.title(language));
            walk.texts(|language| source.publisher(language));
            walk.texts(|language| source.note(language));
            walk.through(source.cited_by(), |walk, record| walk.any(&record));
            write!(walk.sink, "{:?} {:?} {}", source.kind(), source.address(), source.is_weak()).unwrap();
            if let Some(date) = source.date() {
                walk.date(date);
            }
        });
    }

    fn milestone(&mut self, milestone: Milestone<'a>) {
        self.texts(|language| milestone.title(language));
        self.details(milestone.details());
        self.record(milestone.sources(), milestone.referrers());
        self.date(milestone.date());
        write!(self.sink, "{:?} {:?}", milestone.earliest(), milestone.latest()).unwrap();
        write!(self.sink, "{:?} {:?}", milestone.kind(), milestone.participants()).unwrap();
        self.linked(milestone.participants().rev());
        self.linked(milestone.sites());
        self.linked(milestone.themes());
        self.linked(milestone.people());
        self.linked(milestone.documents());
        self.linked(milestone.parts());
        self.linked(milestone.causes());
        self.linked(milestone.consequences());
        self.linked(milestone.statements());
        self.linked(milestone.milestones());
        // Whoever shows what a milestone is a part of follows it to the top.
        self.through(std::iter::successors(milestone.part_of(), Milestone::part_of), |_, _| ());
        assert!(!milestone.involves(OrganizationId(u32::MAX)));
        assert!(!milestone.involves_unit_of(OrganizationId(u32::MAX)));
    }

    fn keys(&mut self) {
        for hash in [0, 1, u32::MAX / 2, u32::MAX] {
            if let Some(record) = self.chronicle.get(Key::from_hash(hash)) {
                self.any(&record);
            }
        }
        self.through(self.chronicle.milestones().iter(), |walk, milestone| {
            let found = walk.chronicle.get(milestone.key());
            write!(walk.sink, "{found:?} {:?}", walk.chronicle.milestones().by_key(milestone.key())).unwrap();
        });
        assert!(self.chronicle.milestones().get(MilestoneId(u32::MAX)).is_none());
    }

    fn selection(&mut self, selection: Selection<'a>) {
        self.linked(selection.iter());
        self.linked(selection.iter().rev());
        self.linked(selection.page(1, 3));
    }

    fn dates(&mut self) {
        for span in SPANS {
            let span = Edtf::parse(span).unwrap();
            let milestones = self.chronicle.milestones();
            self.selection(milestones.surely_within(&span));
            self.selection(milestones.possibly_within(&span).of_kind(MilestoneKind::State));
            self.selection(milestones.overlapping(&span));
            self.linked(milestones.nearest_before(&span).into_iter());
            self.linked(milestones.nearest_after(&span).into_iter());
        }
        for (month, day) in [(4, Some(1)), (2, Some(30)), (0, None), (4, None), (255, Some(255))] {
            self.selection(self.chronicle.milestones().on_this_day(month, day));
        }
    }

    fn filters(&mut self) {
        let (chronicle, milestones) = (self.chronicle, self.chronicle.milestones());
        let span = Edtf::parse("2000/2020").unwrap();
        for kind in MilestoneKind::ALL {
            self.selection(milestones.of_kind(*kind));
        }
        self.through(chronicle.organizations().iter(), |walk, organization| {
            walk.selection(milestones.involving(organization.id()).overlapping(&span));
            walk.selection(milestones.involving_units_of(organization.id()));
        });
        self.through(chronicle.sites().iter(), |walk, site| walk.selection(milestones.at_site(site.id())));
        self.through(chronicle.themes().iter(), |walk, theme| walk.selection(milestones.about(theme.id())));
        self.through(chronicle.people().iter(), |walk, person| walk.selection(milestones.with_person(person.id())));
        self.through(chronicle.documents().iter(), |walk, paper| walk.selection(milestones.with_document(paper.id())));
        self.selection(milestones.at_site(SiteId(u32::MAX)).involving(OrganizationId(u32::MAX)));
    }

    fn organizations(&mut self) {
        let organizations = self.chronicle.organizations();
        self.through(organizations.iter(), |walk, organization| {
            walk.organization(organization);
            for day in days() {
                walk.linked(organization.ancestors(day));
                if let Some(at) = organization.at(day) {
                    walk.organization_at(at);
                }
            }
        });
        for day in days() {
            self.linked(organizations.tree(day));
            for other in days() {
                self.through(organizations.differences(day, other), |walk, change| match change {
                    Change::Added(at) | Change::Gone(at) => write!(walk.sink, "{at:?}").unwrap(),
                    change => write!(walk.sink, "{change:?}").unwrap(),
                });
            }
        }
    }

    fn organization(&mut self, organization: Organization<'a>) {
        self.texts(|language| organization.name(language));
        self.texts(|language| organization.short_name(language));
        self.details(organization.details());
        self.record(organization.sources(), organization.referrers());
        self.through(self.chronicle.languages(), |walk, language| {
            walk.through(organization.names(language), |walk, held| walk.text(Some(held.value)));
        });
        self.linked(organization.kinds());
        self.linked(organization.parents().rev());
        self.linked(organization.supervisors());
        self.linked(organization.supervised());
        self.linked(organization.predecessors());
        self.linked(organization.successors());
        self.linked(organization.lineage());
        self.linked(organization.statements());
        write!(self.sink, "{:?}", organization.existence()).unwrap();
    }

    fn organization_at(&mut self, at: OrganizationAt<'a>) {
        self.texts(|language| at.name(language).map(|name| name.value));
        write!(self.sink, "{:?} {:?} {:?}", at.kind(), at.parent(), at.relation()).unwrap();
        write!(self.sink, "{} {}", at.is_certain(), at.is_descriptive(Language::JA)).unwrap();
        self.linked(at.supervisors());
        self.linked(at.children());
        self.linked(at.tree());
    }
}
