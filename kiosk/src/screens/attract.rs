//! What is shown while nobody is there: what happened on this day, the latest milestones, and statements, one after the
//! other.

use nenpyo::{AnyRecord, Day, Edtf, Milestone, Text};

use crate::area::Area;
use crate::canvas::Picture;
use crate::face::Size;
use crate::kiosk::Kiosk;
use crate::page::{Align, Page, Style, Survey};
use crate::palette::Look;
use crate::state::{Action, Place, State};
use crate::words::{self, Words};

use super::record;

/// How long each is shown, in milliseconds.
const EACH: u32 = 8_000;

/// How many of the latest milestones are shown.
const LATEST: usize = 6;

/// The milestone of a month and day with this number among all of any year, or how many there are if these are fewer.
#[inline(never)]
fn on_this_day<'a>(kiosk: &Kiosk<'a>, today: Day, mut number: usize) -> Result<Milestone<'a>, usize> {
    let (_, month, day) = today.ymd();
    let mut count = 0;
    for milestone in kiosk.chronicle.milestones() {
        if milestone.date().month_and_day() == Some((month, Some(day))) {
            if number == 0 {
                return Ok(milestone);
            }
            number = number.wrapping_sub(1);
            count += 1;
        }
    }
    Err(count)
}

/// What is shown now, and what stands above it.
#[inline(never)]
fn slide<'a>(kiosk: &Kiosk<'a>, state: &State) -> Option<(&'static Words, AnyRecord<'a>)> {
    let (milestones, statements) = (kiosk.chronicle.milestones(), kiosk.chronicle.statements());
    let of_today = |number| state.now.today.map_or(Err(0), |today| on_this_day(kiosk, today, number));
    let today = of_today(usize::MAX).err().unwrap_or(0);
    let latest = milestones.len().min(LATEST);
    // Of a board that nobody touches for seven weeks, the low bits tell as well.
    let passed = state.now.milliseconds.wrapping_sub(state.since) as u32;
    let number = ((passed / EACH) as usize).checked_rem(today + latest + statements.len())?;
    let Some(number) = number.checked_sub(today) else {
        return Some((&words::ON_THIS_DAY, AnyRecord::Milestone(of_today(number).ok()?)));
    };
    if let Some(number) = number.checked_sub(latest) {
        let statement = statements.iter().nth(number)?;
        return Some((words::statement_kind(statement.kind()), AnyRecord::Statement(statement)));
    }
    let last = milestones.len().checked_sub(1)?.checked_sub(number)?;
    Some((&words::LATEST, AnyRecord::Milestone(milestones.iter().nth(last)?)))
}

#[inline(never)]
pub(super) fn compose(page: &mut Page<'_>) -> Survey {
    let panel = page.kiosk.panel;
    page.act(panel, Look::PLAIN, Some(Action::Open(Place::Menu { cursor: 0 })), Some(0));
    let margin = page.margin();
    let mut area = panel.inset(margin, margin / 2);
    // On small panels there is no room to say what to do, nor need to: they have buttons.
    let is_small = area.height < page.line_height(Size::Body) * 8;
    if !is_small {
        let hint: &Words = if page.kiosk.has_touch() { &words::TOUCH_HERE } else { &words::PRESS_HERE };
        let (rest, foot) = area.split_bottom(page.line_height(Size::Small));
        area = rest;
        page.say(foot, Style::SMALL.look(Look::FAINT).align(Align::Center), page.words(hint));
    }
    let slide = slide(page.kiosk, page.state);
    let area = label(page, area, slide.map_or(&words::TIMELINE, |(label, _)| label));
    let (_, area) = area.split_top(margin / 2);
    match slide {
        Some((_, record)) => of_record(page, area, is_small, &record),
        None => of_texts(page, area, is_small, None, page.chronicle().about().name(page.language()), None),
    }
    Survey::default()
}

/// What stands above all, with a line behind it; what is left below.
#[inline(never)]
fn label(page: &mut Page<'_>, area: Area, label: &Words) -> Area {
    let (head, area) = area.split_top(page.line_height(Size::Small) + 1);
    let label = page.words(label);
    page.say(head, Style::SMALL.look(Look::ACCENT).line(), label);
    let (_, line) = head.split_left(page.width_of(Size::Small, label) + 4);
    let line = Area { y: line.y + page.face(Size::Small).height() / 2, height: 1, ..line };
    page.picture(line, Look::RULE, Picture::Blank);
    area
}

fn of_record(page: &mut Page<'_>, area: Area, is_small: bool, record: &AnyRecord<'_>) {
    let language = page.language();
    let date = if let AnyRecord::Milestone(milestone) = record { Some(milestone.date()) } else { None };
    let summary = record::details(record).and_then(|details| details.summary(language));
    of_texts(page, area, is_small, date, record.title(language), summary);
}

/// A date, a title and what there is to say, a little above the middle of what is left free.
#[inline(never)]
fn of_texts(
    page: &mut Page<'_>,
    area: Area,
    is_small: bool,
    date: Option<Edtf>,
    title: Option<Text<'_>>,
    body: Option<Text<'_>>,
) {
    let Some(title) = title else { return };
    let margin = page.margin();
    let date_style = Style::BODY.look(Look::ACCENT).line();
    let date_height = if date.is_some() { page.face(Size::Body).height() + (margin / 2).max(1) } else { 0 };
    // In the larger letters, unless only the smaller ones leave room for all of it.
    let room = area.height - date_height;
    let mut title_style = Style::TITLE;
    let mut title_height = page.height_of(area.width, title_style.size, u16::MAX, title);
    if title_height > room {
        title_style = Style::BODY;
        title_height = page.height_of(area.width, title_style.size, u16::MAX, title).min(room);
    }
    let body_style = Style::BODY.look(Look::FAINT);
    let room = room - title_height - margin;
    let body = body.filter(|_| room >= page.line_height(Size::Body) * 2);
    let body_height = body.map_or(0, |body| margin + page.height_of(area.width, Size::Body, u16::MAX, body).min(room));
    let free = area.height - date_height - title_height - body_height;
    let (_, area) = area.split_top(if is_small { 0 } else { free.max(0) * 2 / 5 });
    if let Some(date) = date {
        page.date(area, date_style, date);
    }
    let (_, area) = area.split_top(date_height);
    page.text(area, title_style, title);
    if let Some(body) = body {
        page.text(area.split_top(title_height + margin).1, body_style, body);
    }
}

/// Any button begins.
pub(super) fn step(_: &Kiosk<'_>, state: &mut State, _: bool) {
    state.open(Place::Menu { cursor: 0 });
}
