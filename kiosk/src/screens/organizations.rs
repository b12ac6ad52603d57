//! The organisation as it was on a day, with a slider for the day and what changed on it.

use core::ops::ControlFlow;

use nenpyo::{Branch, Day, Edtf, Text};

use crate::area::Area;
use crate::canvas::Picture;
use crate::face::Size;
use crate::kiosk::Kiosk;
use crate::numbers::number;
use crate::page::{Align, Page, Style, Survey};
use crate::palette::{Look, Role};
use crate::state::{Action, Focus, Place};
use crate::words;

use super::{dates, forest};

/// The last day on which something changed: what it is like now.
pub(super) fn latest(kiosk: &Kiosk<'_>) -> Day {
    forest::span(kiosk).1
}

#[inline(never)]
pub(super) fn compose(page: &mut Page<'_>, day: Day, focus: Focus) -> Survey {
    let kiosk = page.kiosk;
    let speech = page.speech();
    let area = page.header(words::ORGANIZATION.of(speech));
    let area = slider(page, area, day, focus);
    let (area, pager) = page.above_pager(area);

    let space = if kiosk.has_touch() { page.face(Size::Body).height() / 3 } else { 1 };
    let height = page.line_height(Size::Body) + space;
    let visible = area.height.checked_div(height).unwrap_or(1).max(1);
    let height = area.height.checked_div(visible).unwrap_or(height);
    let visible = i32::from(visible);

    let key = if let Focus::Row(key) = focus { Some(key) } else { None };
    let (count, cursor) = forest::count(kiosk, day, key);
    if count == 0 {
        page.text(area, Style::BODY.look(Look::FAINT), words::NOTHING_THEN.of(speech));
    }
    let first = cursor.map_or(0, |cursor| (cursor - visible / 2).min((count - visible).max(0)).max(0));
    let mut number = 0_i32.wrapping_sub(first);
    let mut row = Area { height, ..area };
    forest::each_row(kiosk, day, &mut |branch| {
        if number >= 0 {
            of_branch(page, row, &branch, focus);
            row.y += height;
        }
        number += 1;
        if number < visible { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    if kiosk.has_touch() && count > visible {
        let row = |number: i32| {
            let key = forest::row(kiosk, day, number.min(count - 1).max(0))?;
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
fn of_branch(page: &mut Page<'_>, row: Area, branch: &Branch<'_>, focus: Focus) {
    let speech = page.speech();
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
    let Some(name) = branch.organization.name(speech.language) else { return };
    let is_certain = name.certain && branch.organization.is_certain();
    let (row, doubt) = if is_certain {
        (row, Area::default())
    } else {
        row.split_right(page.width_of(Size::Small, words::UNCERTAIN.of(speech)) + 2)
    };
    page.middle(row, Style::BODY.look(look), name.value);
    if !doubt.is_empty() {
        let faint = if is_chosen { look } else { Look::FAINT };
        page.middle(doubt, Style::SMALL.look(faint).align(Align::Right), words::UNCERTAIN.of(speech));
    }
}

/// The day, a track of all days with a knob on it, and how much changed; what is left below.
fn slider(page: &mut Page<'_>, area: Area, day: Day, focus: Focus) -> Area {
    let kiosk = page.kiosk;
    let speech = page.speech();
    let has_touch = kiosk.has_touch();
    let buttons = |look: Look, is_chosen: bool| look.or_choice(is_chosen && kiosk.has_buttons());
    let line = page.line_height(Size::Body) + if has_touch { 12 } else { 0 };
    let (head, rest) = area.split_top(if has_touch { 4 } else { 0 }).1.split_top(line);
    let is_day = matches!(focus, Focus::Day | Focus::Slider);
    let plain = if has_touch { Look::BUTTON } else { Look::ACCENT };

    // Earlier and later, where they are touched.
    let track = rest.split_top(if has_touch { 18 } else { 4 }).0;
    let below = rest.split_top(track.height + 2).1;
    let mut middle = head;
    if has_touch {
        let (left, rest) = head.split_left(head.height + 8);
        let (rest, right) = rest.split_right(head.height + 8);
        middle = rest;
        for (area, arrow, is_later) in [(left, "←", false), (right, "→", true)] {
            if let Some(day) = forest::turn(kiosk, day, is_later) {
                let action = Action::Turn(Place::Organizations { day, focus: Focus::Day });
                page.button(area, Look::BUTTON, Text::from(arrow), Some(action), None);
            }
        }
    }

    // How much changed on the day, which leads to what it was.
    let mut many = heapless::String::<12>::new();
    let count = forest::changes(kiosk, day).count() as u32;
    if count > 0 {
        // There is room for any.
        let _ = many.push('◆');
        number(&mut many, count);
        let text = Text::from(many.as_str());
        let (date, changes) = middle.split_right(page.width_of(Size::Body, text) + if has_touch { 24 } else { 3 });
        middle = date;
        let is_chosen = focus == Focus::Changes;
        let action = Action::Open(Place::Changes { day, page: 0, link: 0 });
        page.button(changes, buttons(plain, is_chosen), text, Some(action), is_chosen.then_some(0));
    }
    let look = buttons(if has_touch { Look::PLAIN } else { Look::ACCENT }, is_day);
    let to = if focus == Focus::Slider { Focus::Day } else { Focus::Slider };
    page.act(middle, look, Some(Action::Turn(Place::Organizations { day, focus: to })), is_day.then_some(0));
    let words = Edtf::from_day(day).map(|date| dates::western(date, speech));
    let words = words.as_ref().map_or(Text::from(""), |words| Text::from(words.as_str()));
    let style = Style::BODY.look(look).align(if has_touch { Align::Center } else { Align::Left });
    if focus == Focus::Slider {
        // Between arrows while it is changed.
        let (middle, later) = middle.split_right(page.width_of(Size::Body, Text::from("▼")) + 1);
        let (earlier, middle) = middle.split_left(later.width);
        page.middle(earlier, style.align(Align::Left), Text::from("▲"));
        page.middle(later, style.align(Align::Right), Text::from("▼"));
        page.middle(middle, style.align(Align::Center), words);
    } else {
        page.middle(middle, style, words);
    }

    let (from, to) = forest::span(kiosk);
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
            let next = forest::turn(kiosk, one, true);
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
    below
}

#[inline(never)]
pub(super) fn step(kiosk: &Kiosk<'_>, day: Day, focus: Focus, is_down: bool) -> Place {
    let has_changes = || forest::changes(kiosk, day).next().is_some();
    let row = |number: i32| forest::row(kiosk, day, number).map(Focus::Row);
    let next = match (focus, is_down) {
        (Focus::Slider, _) => {
            let day = forest::turn(kiosk, day, is_down).unwrap_or(day);
            return Place::Organizations { day, focus };
        }
        (Focus::Day, false) => Some(focus),
        (Focus::Day, true) if has_changes() => Some(Focus::Changes),
        (Focus::Day | Focus::Changes, true) => row(0),
        (Focus::Changes, false) => Some(Focus::Day),
        (Focus::Row(key), _) => {
            let (_, at) = forest::count(kiosk, day, Some(key));
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
