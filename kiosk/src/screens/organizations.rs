//! The organisation as it was on a day, with a slider for the day and what changed on it.

use core::ops::ControlFlow;

use nenpyo::{Branch, Day, Edtf};

use crate::area::{Area, fitting};
use crate::canvas::Picture;
use crate::face::Size;
use crate::kiosk::Kiosk;
use crate::numbers::number;
use crate::page::{Align, Page, Style, Survey};
use crate::palette::{Look, Role};
use crate::state::{Action, Focus, Place};
use crate::words;

use super::forest::Forest;

/// The last day on which something changed: what it is like now.
pub(super) fn latest(kiosk: &Kiosk<'_>) -> Day {
    Forest::of(kiosk).span().1
}

#[inline(never)]
pub(super) fn compose(page: &mut Page<'_>, day: Day, focus: Focus) -> Survey {
    let kiosk = page.kiosk;
    let area = page.header(page.words(&words::ORGANIZATION));
    let area = slider(page, area, day, focus);
    let (area, pager) = page.above_pager(area);

    let space = if kiosk.has_touch() { page.face(Size::Body).height() / 3 } else { 1 };
    let height = page.line_height(Size::Body) + space;
    let visible = fitting(area.height, height);
    let height = area.row(0, visible).height;
    let visible = i32::from(visible);

    let forest = Forest::of(kiosk);
    let key = if let Focus::Row(key) = focus { Some(key) } else { None };
    let (count, cursor) = forest.count(day, key);
    if count == 0 {
        page.say(area, Style::BODY.look(Look::FAINT), page.words(&words::NOTHING_THEN));
    }
    let first = cursor.map_or(0, |cursor| (cursor - visible / 2).min((count - visible).max(0)).max(0));
    let mut number = 0_i32.wrapping_sub(first);
    let mut row = Area { height, ..area };
    forest.each_row(day, &mut |branch| {
        if number >= 0 {
            of_branch(page, row, &branch, focus);
            row.y += height;
        }
        number += 1;
        if number < visible { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    if kiosk.has_touch() && count > visible {
        let row = |number: i32| {
            let key = forest.row(day, number.min(count - 1).max(0))?;
            Some(Place::Organizations { day, focus: Focus::Row(key) })
        };
        let middle = first + visible / 2;
        let before = (first > 0).then(|| row(middle - visible)).flatten();
        let next = (first + visible < count).then(|| row(middle + visible)).flatten();
        let pages = (count + visible - 1).checked_div(visible).unwrap_or(1);
        let number = if next.is_none() { pages - 1 } else { first.checked_div(visible).unwrap_or(0) };
        let short = |number: i32| u16::try_from(number).unwrap_or(0);
        page.pager(pager, (short(number), short(pages)), before, next);
    }
    Survey::default()
}

/// An organisation, further to the right the deeper it is.
#[inline(never)]
fn of_branch(page: &mut Page<'_>, row: Area, branch: &Branch<'_>, focus: Focus) {
    let indent = page.face(Size::Body).height() / 2;
    let key = branch.organization.organization().key();
    let is_chosen = page.kiosk.has_buttons() && focus == Focus::Row(key);
    let look = Look::PLAIN.or_choice(is_chosen);
    page.act(row, look, Some(Action::Open(Place::Record { key, page: 0, link: 0 })), is_chosen.then_some(0));
    let depth = i16::try_from(branch.depth).unwrap_or(0).min(6);
    let (_, row) = row.split_left(depth * indent);
    let (mark, row) = row.split_left(indent);
    if branch.depth > 0 {
        let middle = mark.y + mark.height / 2;
        page.picture(Area::new(mark.x + 1, mark.y, 1, middle - mark.y), Look::RULE, Picture::Blank);
        page.picture(Area::new(mark.x + 1, middle, indent - 3, 1), Look::RULE, Picture::Blank);
    }
    let Some(name) = branch.organization.name(page.language()) else { return };
    let mut row = row;
    if !(name.certain && branch.organization.is_certain()) {
        let words = page.words(&words::UNCERTAIN);
        let faint = if is_chosen { look } else { Look::FAINT };
        page.say_middle(row, Style::SMALL.look(faint).align(Align::Right), words);
        row = row.split_right(page.width_of(Size::Small, words) + 2).0;
    }
    page.middle(row, Style::BODY.look(look), name.value);
}

/// The day, a track of all days with a knob on it, and how much changed; what is left below.
#[inline(never)]
fn slider(page: &mut Page<'_>, area: Area, day: Day, focus: Focus) -> Area {
    let has_touch = page.kiosk.has_touch();
    let line = page.line_height(Size::Body) + if has_touch { 12 } else { 0 };
    let (head, rest) = area.split_top(if has_touch { 4 } else { 0 }).1.split_top(line);
    let (track, rest) = rest.split_top(if has_touch { 18 } else { 4 });
    let head = arrows(page, head, day);
    let head = changes(page, head, day, focus);
    date(page, head, day, focus);
    track_of_days(page, track, day);
    rest.split_top(2).1
}

/// Earlier and later, where they are touched; what is left between them.
fn arrows(page: &mut Page<'_>, head: Area, day: Day) -> Area {
    if !page.kiosk.has_touch() {
        return head;
    }
    let (left, rest) = head.split_left(head.height + 8);
    let (middle, right) = rest.split_right(head.height + 8);
    let forest = Forest::of(page.kiosk);
    for (area, arrow, is_later) in [(left, "←", false), (right, "→", true)] {
        if let Some(day) = forest.turn(day, is_later) {
            let action = Action::Turn(Place::Organizations { day, focus: Focus::Day });
            page.button(area, Look::BUTTON, arrow, Some(action), None);
        }
    }
    middle
}

/// How much changed on the day, which leads to what it was; what is left beside it.
#[inline(never)]
fn changes(page: &mut Page<'_>, area: Area, day: Day, focus: Focus) -> Area {
    let has_touch = page.kiosk.has_touch();
    let count = Forest::of(page.kiosk).changes(day);
    if count == 0 {
        return area;
    }
    let mut many = heapless::String::<13>::new();
    // There is room for any.
    let _ = many.push('◆');
    number(&mut many, count);
    let (rest, area) = area.split_right(page.width_of(Size::Body, &many) + if has_touch { 24 } else { 3 });
    let is_chosen = focus == Focus::Changes;
    let look = if has_touch { Look::BUTTON } else { Look::ACCENT };
    let look = look.or_choice(is_chosen && page.kiosk.has_buttons());
    let action = Action::Open(Place::Changes { day, page: 0, link: 0 });
    page.button(area, look, &many, Some(action), is_chosen.then_some(0));
    rest
}

/// The day itself, between arrows while it is changed.
#[inline(never)]
fn date(page: &mut Page<'_>, area: Area, day: Day, focus: Focus) {
    let has_touch = page.kiosk.has_touch();
    let is_chosen = matches!(focus, Focus::Day | Focus::Slider);
    let look = if has_touch { Look::PLAIN } else { Look::ACCENT };
    let look = look.or_choice(is_chosen && page.kiosk.has_buttons());
    let to = if focus == Focus::Slider { Focus::Day } else { Focus::Slider };
    page.act(area, look, Some(Action::Turn(Place::Organizations { day, focus: to })), is_chosen.then_some(0));
    let (mut area, mut style) = (area, Style::BODY.look(look));
    if has_touch {
        style = style.align(Align::Center);
    }
    if focus == Focus::Slider {
        page.say_middle(area, style.align(Align::Left), "▲");
        page.say_middle(area, style.align(Align::Right), "▼");
        area = area.inset(page.width_of(Size::Body, "▼") + 1, 0);
        style = style.align(Align::Center);
    }
    if let Some(date) = Edtf::from_day(day) {
        page.date_middle(area, style, date);
    }
}

/// All days on which something changed, as far as a panel is touched, and a knob at this one.
#[inline(never)]
fn track_of_days(page: &mut Page<'_>, track: Area, day: Day) {
    let kiosk = page.kiosk;
    let has_touch = kiosk.has_touch();
    let forest = Forest::of(kiosk);
    let (from, to) = forest.span();
    // Of ages, many days are counted as one, so that nothing overflows.
    let days = to.number().saturating_sub(from.number()).max(0);
    let shift = if days >> 20 > 0 { 12 } else { 0 };
    let place = |day: Day| {
        let passed = day.number().saturating_sub(from.number()).min(days).max(0) >> shift;
        let free = i32::from(track.width - track.height);
        track.x + (passed * free).checked_div(days >> shift).unwrap_or(free) as i16
    };
    let rule = Look::RULE;
    let thickness = if has_touch { 4 } else { 1 };
    let bar = Area { y: track.y + (track.height - thickness) / 2, height: thickness, ..track };
    page.picture(bar, rule, Picture::Blank);
    if has_touch {
        // Where one touches the track, the last change before that is shown.
        let mut stop = Some(from);
        while let Some(one) = stop {
            let next = forest.turn(one, true);
            let end = next.map_or(track.right(), place);
            let x = place(one);
            let go = Action::Turn(Place::Organizations { day: one, focus: Focus::Day });
            let notch = Area::new(x + track.height / 2 - 1, track.y + 3, 2, track.height - 6);
            page.picture(notch, rule, Picture::Blank);
            page.touch(Area::new(x, track.y - 2, (end - x).max(1), track.height + 4), go);
            stop = next;
        }
    }
    let knob = Area { x: place(day), width: track.height, ..track };
    page.picture(knob, Look { ground: Role::Ground, ink: Role::Accent }, Picture::Disc);
}

#[inline(never)]
pub(super) fn step(kiosk: &Kiosk<'_>, day: Day, focus: Focus, is_down: bool) -> Place {
    let forest = Forest::of(kiosk);
    let has_changes = || forest.changes(day) > 0;
    let row = |number: i32| forest.row(day, number).map(Focus::Row);
    let next = match (focus, is_down) {
        (Focus::Slider, _) => {
            let day = forest.turn(day, is_down).unwrap_or(day);
            return Place::Organizations { day, focus };
        }
        (Focus::Day, false) => Some(focus),
        (Focus::Day, true) if has_changes() => Some(Focus::Changes),
        (Focus::Day | Focus::Changes, true) => row(0),
        (Focus::Changes, false) => Some(Focus::Day),
        (Focus::Row(key), _) => {
            let (_, at) = forest.count(day, Some(key));
            match (at, is_down) {
                (Some(at), true) => row(at + 1),
                (Some(0) | None, false) if has_changes() => Some(Focus::Changes),
                (Some(0) | None, _) => Some(Focus::Day),
                (Some(at), false) => row(at - 1),
            }
        }
    };
    Place::Organizations { day, focus: next.unwrap_or(focus) }
}
