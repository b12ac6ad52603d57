//! All about one record: what it is, when, its summary, and everything it is connected with.

use nenpyo::{AnyRecord, Citations, Details, Edtf, End, Key, Links, Milestone, Organization, Period, Source, Text};

use crate::face::Size;
use crate::flow::Flow;
use crate::page::{Page, Style, Survey};
use crate::palette::Look;
use crate::state::{Place, Speech};
use crate::words::{self, Words};

use super::dates;

#[inline(never)]
pub(super) fn compose(page: &mut Page<'_>, key: Key, wanted: u16, chosen: u16) -> Survey {
    let speech = page.speech();
    let Some(record) = page.chronicle().get(key) else {
        page.header(words::NOTHING_FOUND.of(speech));
        return Survey::default();
    };
    let name = match record {
        AnyRecord::Milestone(milestone) => words::milestone_kind(milestone.kind()),
        AnyRecord::Statement(statement) => words::statement_kind(statement.kind()),
        record => words::record_kind(record.kind()),
    };
    let area = page.header_of_pages(name.of(speech));
    let (area, pager) = page.above_pager(area);
    let mut card = Card { flow: Flow::new(page, area, wanted, chosen), speech };
    card.record(record);
    let survey = card.flow.end();
    page.pages(pager, wanted, survey.pages, |page| Place::Record { key, page, link: 0 });
    survey
}

struct Card<'f, 'p> {
    flow: Flow<'f, 'p>,
    speech: Speech,
}

impl Card<'_, '_> {
    fn record(&mut self, record: AnyRecord<'_>) {
        if let AnyRecord::Milestone(milestone) = record {
            self.date(milestone.date());
        }
        if let Some(title) = record.title(self.speech.language) {
            self.flow.text(Style::TITLE, title);
            self.space();
        }
        self.details(details(&record));
        match record {
            AnyRecord::Milestone(one) => self.milestone(&one),
            AnyRecord::Organization(one) => self.organization(&one),
            AnyRecord::Statement(one) => self.links(&words::MILESTONES, &mut one.speaks_of().map(AnyRecord::Milestone)),
            AnyRecord::Source(one) => self.source(&one),
            _ => {}
        }
        if let Some(milestones) = milestones(&record) {
            self.links(&words::MILESTONES, &mut milestones.map(AnyRecord::Milestone));
        }
        if let Some(citations) = citations(&record) {
            self.links(&words::SOURCES, &mut citations.map(|citation| AnyRecord::Source(citation.source)));
        }
    }

    fn space(&mut self) {
        let space = self.flow.page.face(Size::Body).height() / 3;
        self.flow.gap(space);
    }

    /// In both calendars.
    fn date(&mut self, date: Edtf) {
        let style = Style::BODY.look(Look::ACCENT);
        let western = dates::western(date, self.speech);
        self.flow.text(style, Text::from(western.as_str()));
        if let Some(era) = dates::era(date, self.speech) {
            self.flow.text(Style::SMALL.look(Look::FAINT), Text::from(era.as_str()));
        }
        self.space();
    }

    fn details(&mut self, details: Option<Details<'_>>) {
        let Some(details) = details else { return };
        let language = self.speech.language;
        let texts = [details.summary(language), details.note(language), details.address(language)];
        for text in texts.into_iter().flatten() {
            self.flow.text(Style::BODY, text);
            self.space();
        }
    }

    fn milestone(&mut self, milestone: &Milestone<'_>) {
        let speech = self.speech;
        let mut has_heading = false;
        for participant in milestone.participants() {
            let then = participant.organization.at(milestone.earliest());
            let then = then.and_then(|then| then.name(speech.language)).map(|name| name.value);
            let Some(name) = then.or_else(|| participant.organization.name(speech.language)) else { continue };
            if !core::mem::replace(&mut has_heading, true) {
                self.flow.heading(words::PARTICIPANTS.of(speech));
            }
            let role = words::role(participant.role).of(speech);
            self.flow.link(Some(role), name, participant.organization.key());
        }
        self.links(&words::PLACES, &mut milestone.sites().map(AnyRecord::Site));
        self.links(&words::PEOPLE, &mut milestone.people().map(AnyRecord::Person));
        self.links(&words::PART_OF, &mut milestone.part_of().into_iter().map(AnyRecord::Milestone));
        self.links(&words::PARTS, &mut milestone.parts().map(AnyRecord::Milestone));
        self.links(&words::CAUSES, &mut milestone.causes().map(AnyRecord::Milestone));
        self.links(&words::CONSEQUENCES, &mut milestone.consequences().map(AnyRecord::Milestone));
        self.links(&words::DOCUMENTS, &mut milestone.documents().map(AnyRecord::Document));
        self.links(&words::THEMES, &mut milestone.themes().map(AnyRecord::Theme));
    }

    fn organization(&mut self, organization: &Organization<'_>) {
        let speech = self.speech;
        self.flow.heading(words::NAMES.of(speech));
        for held in organization.names(speech.language) {
            let mut period = heapless::String::<{ 2 * nenpyo::date::Words::MAX_BYTES + 8 }>::new();
            if write_period(&mut period, &held.period, speech).is_ok() && !period.is_empty() {
                self.flow.text(Style::SMALL.look(Look::FAINT), Text::from(period.as_str()));
            }
            self.flow.text(Style::BODY, held.value);
        }
        self.links(&words::PARENT, &mut organization.parents().map(|held| AnyRecord::Organization(held.value.0)));
        self.links(&words::PREDECESSORS, &mut organization.predecessors().map(AnyRecord::Organization));
        self.links(&words::SUCCESSORS, &mut organization.successors().map(AnyRecord::Organization));
    }

    #[inline(never)]
    fn links(&mut self, heading: &Words, records: &mut dyn Iterator<Item = AnyRecord<'_>>) {
        let mut before = None;
        for record in records {
            // The same one may stand there for several reasons.
            if before == Some(record) {
                continue;
            }
            if before.is_none() {
                self.flow.heading(heading.of(self.speech));
            }
            self.link(&record);
            before = Some(record);
        }
    }

    #[inline(never)]
    fn link(&mut self, record: &AnyRecord<'_>) {
        let Some(title) = record.title(self.speech.language) else { return };
        match record {
            AnyRecord::Milestone(milestone) => {
                let date = dates::western(milestone.date(), self.speech);
                self.flow.link(Some(Text::from(date.as_str())), title, record.key());
            }
            _ => self.flow.link(None, title, record.key()),
        }
    }

    fn source(&mut self, source: &Source<'_>) {
        let language = self.speech.language;
        if let Some(publisher) = source.publisher(language) {
            self.flow.text(Style::BODY.look(Look::FAINT), publisher);
        }
        if let Some(date) = source.date() {
            let date = dates::western(date, self.speech);
            self.flow.text(Style::SMALL.look(Look::ACCENT), Text::from(date.as_str()));
        }
        self.space();
        if let Some(note) = source.note(language) {
            self.flow.text(Style::BODY, note);
        }
        self.space();
        if let Some(address) = source.address() {
            #[cfg(feature = "qr")]
            crate::code::put(&mut self.flow, address);
            self.space();
            self.flow.text(Style::SMALL.look(Look::FAINT), Text::from(address));
        }
    }
}

/// What is known of a record beside its title.
#[inline(never)]
fn details<'a>(record: &AnyRecord<'a>) -> Option<Details<'a>> {
    match record {
        AnyRecord::Milestone(one) => one.details(),
        AnyRecord::Organization(one) => one.details(),
        AnyRecord::Site(one) => one.details(),
        AnyRecord::Person(one) => one.details(),
        AnyRecord::Theme(one) => one.details(),
        AnyRecord::Document(one) => one.details(),
        AnyRecord::Statement(one) => one.details(),
        _ => None,
    }
}

/// The milestones that name a record.
#[inline(never)]
fn milestones<'a>(record: &AnyRecord<'a>) -> Option<Links<'a, Milestone<'a>>> {
    match record {
        AnyRecord::Organization(one) => Some(one.milestones()),
        AnyRecord::Site(one) => Some(one.milestones()),
        AnyRecord::Person(one) => Some(one.milestones()),
        AnyRecord::Theme(one) => Some(one.milestones()),
        AnyRecord::Document(one) => Some(one.milestones()),
        _ => None,
    }
}

/// Where a record is from.
#[inline(never)]
fn citations<'a>(record: &AnyRecord<'a>) -> Option<Citations<'a>> {
    match record {
        AnyRecord::Milestone(one) => Some(one.sources()),
        AnyRecord::Organization(one) => Some(one.sources()),
        AnyRecord::Site(one) => Some(one.sources()),
        AnyRecord::Person(one) => Some(one.sources()),
        AnyRecord::Theme(one) => Some(one.sources()),
        AnyRecord::Document(one) => Some(one.sources()),
        AnyRecord::Statement(one) => Some(one.sources()),
        _ => None,
    }
}

/// `2016年4月1日〜2019年3月31日`; nothing of a period of which nothing is known.
fn write_period(out: &mut impl core::fmt::Write, period: &Period, speech: Speech) -> core::fmt::Result {
    if period.from.date().is_none() && period.to.date().is_none() {
        return Ok(());
    }
    write_end(out, &period.from, speech)?;
    out.write_str(if speech.language == nenpyo::Language::JA { "〜" } else { " – " })?;
    write_end(out, &period.to, speech)
}

fn write_end(out: &mut impl core::fmt::Write, end: &End, speech: Speech) -> core::fmt::Result {
    match end {
        End::Date(date) => out.write_str(&dates::western(*date, speech)),
        End::Unknown => out.write_str("?"),
        End::Open => Ok(()),
    }
}
