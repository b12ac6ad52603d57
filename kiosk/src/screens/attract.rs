//! What is shown while nobody is there: what happened on this day, the latest milestones, and statements, one after the
//! other.

use nenpyo::{Milestone, Statement, Text};

use crate::canvas::Picture;
use crate::face::Size;
use crate::kiosk::Kiosk;
use crate::page::{Align, Page, Style, Survey};
use crate::palette::Look;
use crate::state::{Action, Place, State};
use crate::words::{self, Words};

use super::dates;

/// How long each is shown, in milliseconds.
const EACH: u32 = 8_000;

/// How many of the latest milestones are shown.
const LATEST: usize = 6;

/// What is shown at a time.
enum Slide<'a> {
    OnThisDay(Milestone<'a>),
    Latest(Milestone<'a>),
    Statement(Statement<'a>),
}

impl<'a> Slide<'a> {
    /// The one that is shown now.
    fn at(kiosk: &Kiosk<'a>, state: &State) -> Option<Self> {
        let chronicle = kiosk.chronicle;
        let (milestones, statements) = (chronicle.milestones(), chronicle.statements());
        let on_this_day = state.now.today.map(|today| {
            let (_, month, day) = today.ymd();
            milestones.on_this_day(month, Some(day))
        });
        let today = on_this_day.map_or(0, |selection| selection.iter().count());
        let latest = milestones.len().min(LATEST);
        // Of a board that nobody touches for seven weeks, the low bits tell as well.
        let passed = state.now.milliseconds.wrapping_sub(state.since) as u32;
        let count = today + latest + statements.len();
        let number = ((passed / EACH) as usize).checked_rem(count)?;
        if let Some(number) = number.checked_sub(today) {
            let statement = number.checked_sub(latest);
            return match statement {
                Some(number) => statements.iter().nth(number).map(Slide::Statement),
                None => milestones.iter().rev().nth(number).map(Slide::Latest),
            };
        }
        on_this_day?.iter().nth(number).map(Slide::OnThisDay)
    }
}

#[inline(never)]
pub(super) fn compose(page: &mut Page<'_>) -> Survey {
    let speech = page.speech();
    let panel = page.kiosk.panel;
    page.act(panel, Look::PLAIN, Some(Action::Open(Place::Menu { cursor: 0 })), Some(0));
    let margin = page.margin();
    let area = panel.inset(margin, margin / 2);
    let hint: &Words = if page.kiosk.has_touch() { &words::TOUCH_HERE } else { &words::PRESS_HERE };
    // On small panels there is no room to say what to do, nor need to: they have buttons.
    let is_small = area.height < page.line_height(Size::Body) * 8;
    let (area, foot) = area.split_bottom(if is_small { 0 } else { page.line_height(Size::Small) });
    let slide = Slide::at(page.kiosk, page.state);
    let (label, title, date, body) = match &slide {
        Some(Slide::OnThisDay(milestone) | Slide::Latest(milestone)) => {
            let label = if matches!(slide, Some(Slide::OnThisDay(_))) { &words::ON_THIS_DAY } else { &words::LATEST };
            let summary = milestone.details().and_then(|details| details.summary(speech.language));
            (label, milestone.title(speech.language), Some(milestone.date()), summary)
        }
        Some(Slide::Statement(statement)) => {
            let label = words::statement_kind(statement.kind());
            let summary = statement.details().and_then(|details| details.summary(speech.language));
            (label, statement.title(speech.language), None, summary)
        }
        None => (&words::TIMELINE, page.chronicle().about().name(speech.language), None, None),
    };
    if !is_small {
        page.text(foot, Style::SMALL.look(Look::FAINT).align(Align::Center).lines(1), hint.of(speech));
    }
    let (head, area) = area.split_top(page.line_height(Size::Small) + 1);
    let label = label.of(speech);
    let width = page.width_of(Size::Small, label);
    page.text(head, Style::SMALL.look(Look::ACCENT).lines(1), label);
    let (_, line) = head.split_left(width + 4);
    let line = crate::area::Area { y: line.y + page.face(Size::Small).height() / 2, height: 1, ..line };
    page.picture(line, Look::RULE, Picture::Blank);
    let Some(title) = title else { return Survey::default() };
    let (_, area) = area.split_top(margin / 2);

    let date = date.map(|date| dates::western(date, speech));
    let date = date.as_ref().map(|date| Text::from(date.as_str()));
    let date_style = Style::BODY.look(Look::ACCENT).lines(1);
    let between = (margin / 2).max(1);
    let date_height = date.map_or(0, |date| page.height_of(area.width, date_style, date) + between);
    // In the larger letters, unless only the smaller ones leave room for all of it.
    let room = area.height - date_height;
    let fits = page.height_of(area.width, Style::TITLE, title) <= room;
    let title_style = if fits { Style::TITLE } else { Style::BODY };
    let title_height = page.height_of(area.width, title_style, title).min(room);
    let body_style = Style::BODY.look(Look::FAINT);
    let room = room - title_height - margin;
    let body = body.filter(|_| room >= page.line_height(Size::Body) * 2);
    let body_height = body.map_or(0, |body| margin + page.height_of(area.width, body_style, body).min(room));
    // A little above the middle of what is left free.
    let free = area.height - date_height - title_height - body_height;
    let (_, area) = area.split_top(if is_small { 0 } else { free.max(0) * 2 / 5 });
    if let Some(date) = date {
        page.text(area, date_style, date);
    }
    let (_, area) = area.split_top(date_height);
    page.text(area, title_style, title);
    if let Some(body) = body {
        page.text(area.split_top(title_height + margin).1, body_style, body);
    }
    Survey::default()
}

/// Any button begins.
pub(super) fn step(_: &Kiosk<'_>, state: &mut State, _: bool) {
    state.open(Place::Menu { cursor: 0 });
}
