//! All about one record: what it is, when, its summary, and everything it is connected with.

use heapless::string::StringView;
use nenpyo::{
    AnyRecord, Citations, Day, Details, Edtf, End, Key, Language, Links, Milestone, Organization, Participant, Period,
    Record, Source, Text,
};

use crate::face::Size;
use crate::flow::{Flow, Note};
use crate::page::{Page, Style, Survey};
use crate::palette::Look;
use crate::state::{Place, Speech};
use crate::words::{self, Words};

use super::dates;

#[inline(never)]
pub(super) fn compose(page: &mut Page<'_>, key: Key, wanted: u16, chosen: u16) -> Survey {
    let speech = page.speech();
    let Some(record) = page.chronicle().get(key) else {
        page.header(page.words(&words::NOTHING_FOUND));
        return Survey::default();
    };
    let name = match record {
        AnyRecord::Milestone(milestone) => words::milestone_kind(milestone.kind()),
        AnyRecord::Statement(statement) => words::statement_kind(statement.kind()),
        record => words::record_kind(record.kind()),
    };
    let area = page.header_of_pages(name);
    let (area, pager) = page.above_pager(area);
    let mut card = Card { flow: Flow::new(page, area, wanted, chosen), speech, heading: None, last: None };
    card.record(record);
    let survey = card.flow.end();
    page.pages(pager, wanted, survey.pages, |page| Place::Record { key, page, link: 0 });
    survey
}

struct Card<'f, 'p> {
    flow: Flow<'f, 'p>,
    speech: Speech,
    /// What stands above the last link, and where that leads.
    heading: Option<&'static Words>,
    last: Option<Key>,
}

// Each part by itself, so that not all of them are on the stack while one is laid out.
impl Card<'_, '_> {
    #[inline(never)]
    fn record(&mut self, record: AnyRecord<'_>) {
        if let AnyRecord::Milestone(milestone) = record {
            self.date(milestone.date());
        }
        if let Some(title) = record.title(self.speech.language) {
            self.flow.text(Style::TITLE, title);
            self.space();
        }
        self.details(&record);
        match record {
            AnyRecord::Milestone(one) => self.milestone(one),
            AnyRecord::Organization(one) => self.organization(one),
            AnyRecord::Statement(one) => self.links(&words::MILESTONES, one.speaks_of(), AnyRecord::Milestone),
            AnyRecord::Source(one) => self.source(one),
            _ => {}
        }
        if let Some(milestones) = milestones(&record) {
            self.links(&words::MILESTONES, milestones, AnyRecord::Milestone);
        }
        if let Some(citations) = citations(&record) {
            for citation in citations {
                self.link(&words::SOURCES, AnyRecord::Source(citation.source));
            }
        }
    }

    #[inline(never)]
    fn paragraph(&mut self, text: Option<Text<'_>>) {
        if let Some(text) = text {
            self.flow.text(Style::BODY, text);
            self.space();
        }
    }

    fn space(&mut self) {
        let space = self.flow.page.face(Size::Body).height() / 3;
        self.flow.gap(space);
    }

    /// In both calendars.
    #[inline(never)]
    fn date(&mut self, date: Edtf) {
        self.flow.date(Style::BODY.look(Look::ACCENT), date);
        if let Some(era) = dates::era(date, self.speech) {
            self.flow.say(Style::SMALL.look(Look::FAINT), &era);
        }
        self.space();
    }

    #[inline(never)]
    fn details(&mut self, record: &AnyRecord<'_>) {
        let Some(details) = details(record) else { return };
        let language = self.speech.language;
        self.paragraph(details.summary(language));
        self.paragraph(details.note(language));
        self.paragraph(details.address(language));
    }

    #[inline(never)]
    fn milestone(&mut self, milestone: Milestone<'_>) {
        for participant in milestone.participants() {
            self.participant(participant, milestone.earliest());
        }
        self.links(&words::PLACES, milestone.sites(), AnyRecord::Site);
        self.links(&words::PEOPLE, milestone.people(), AnyRecord::Person);
        if let Some(one) = milestone.part_of() {
            self.link(&words::PART_OF, AnyRecord::Milestone(one));
        }
        self.links(&words::PARTS, milestone.parts(), AnyRecord::Milestone);
        self.links(&words::CAUSES, milestone.causes(), AnyRecord::Milestone);
        self.links(&words::CONSEQUENCES, milestone.consequences(), AnyRecord::Milestone);
        self.links(&words::DOCUMENTS, milestone.documents(), AnyRecord::Document);
        self.links(&words::THEMES, milestone.themes(), AnyRecord::Theme);
    }

    /// Under the name that it had then.
    #[inline(never)]
    fn participant(&mut self, Participant { organization, role }: Participant<'_>, day: Day) {
        let language = self.speech.language;
        let then = organization.at(day).and_then(|then| then.name(language)).map(|name| name.value);
        if let Some(name) = then.or_else(|| organization.name(language)) {
            self.head(&words::PARTICIPANTS);
            self.flow.link(Note::Words(words::role(role)), name, organization.key());
        }
    }

    #[inline(never)]
    fn organization(&mut self, organization: Organization<'_>) {
        self.head(&words::NAMES);
        for held in organization.names(self.speech.language) {
            self.period(&held.period);
            self.flow.text(Style::BODY, held.value);
        }
        organization.parents().for_each(|held| self.link(&words::PARENT, AnyRecord::Organization(held.value.0)));
        self.links(&words::PREDECESSORS, organization.predecessors(), AnyRecord::Organization);
        self.links(&words::SUCCESSORS, organization.successors(), AnyRecord::Organization);
    }

    /// `2016年4月1日〜2019年3月31日`; nothing of a period of which nothing is known.
    #[inline(never)]
    fn period(&mut self, period: &Period) {
        if period.from.date().is_none() && period.to.date().is_none() {
            return;
        }
        let mut words = heapless::String::<{ 2 * nenpyo::date::Words::MAX_BYTES + 8 }>::new();
        write_end(&mut words, &period.from, self.speech);
        // There is room for any.
        let _ = words.push_str(if self.speech.language == Language::JA { "〜" } else { " – " });
        write_end(&mut words, &period.to, self.speech);
        self.flow.say(Style::SMALL.look(Look::FAINT), &words);
    }

    /// Puts a heading, unless it stands above the last link.
    fn head(&mut self, heading: &'static Words) {
        if !self.heading.is_some_and(|last| core::ptr::eq(last, heading)) {
            self.flow.heading(heading);
            (self.heading, self.last) = (Some(heading), None);
        }
    }

    #[inline(never)]
    fn links<'a, R: Record<'a>>(&mut self, heading: &'static Words, links: Links<'a, R>, any: fn(R) -> AnyRecord<'a>) {
        for one in links {
            self.link(heading, any(one));
        }
    }

    /// A link under a heading.
    #[inline(never)]
    fn link(&mut self, heading: &'static Words, record: AnyRecord<'_>) {
        self.head(heading);
        let key = record.key();
        // The same one may stand there for several reasons.
        if self.last.replace(key) == Some(key) {
            return;
        }
        let Some(title) = record.title(self.speech.language) else { return };
        let note = match record {
            AnyRecord::Milestone(milestone) => Note::Date(milestone.date()),
            #[cfg(feature = "qr")]
            AnyRecord::Source(source) => source.address().map_or(Note::Nothing, Note::Address),
            _ => Note::Nothing,
        };
        self.flow.link(note, title, key);
    }

    #[inline(never)]
    fn source(&mut self, source: Source<'_>) {
        let language = self.speech.language;
        if let Some(publisher) = source.publisher(language) {
            self.flow.text(Style::BODY.look(Look::FAINT), publisher);
        }
        if let Some(date) = source.date() {
            self.flow.date(Style::SMALL.look(Look::ACCENT), date);
        }
        self.space();
        if let Some(note) = source.note(language) {
            self.flow.text(Style::BODY, note);
        }
        self.space();
        if let Some(address) = source.address() {
            #[cfg(feature = "qr")]
            self.flow.code(address);
            self.space();
            self.flow.say(Style::SMALL.look(Look::FAINT), address);
        }
    }
}

/// What is known of a record beside its title.
#[inline(never)]
pub(super) fn details<'a>(record: &AnyRecord<'a>) -> Option<Details<'a>> {
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

fn write_end(out: &mut StringView, end: &End, speech: Speech) {
    match end {
        End::Date(date) => dates::write(out, *date, speech),
        // There is room for any.
        End::Unknown => _ = out.push('?'),
        End::Open => {}
    }
}
