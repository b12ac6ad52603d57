//! The milestones in order, by decades, years, or one by one.

use heapless::String;
use heapless::string::StringView;
use nenpyo::{Day, Edtf, Key, Language, Milestone};

use crate::area::{Area, fitting};
use crate::canvas::Picture;
use crate::face::Size;
use crate::kiosk::Kiosk;
use crate::numbers::number;
use crate::page::{Align, Page, Style, Survey};
use crate::palette::{Look, Role};
use crate::state::{Action, Place, Speech, Zoom};
use crate::words;

/// The first milestone of all.
pub(super) fn first(kiosk: &Kiosk<'_>) -> Option<Key> {
    Some(kiosk.chronicle.milestones().iter().next()?.key())
}

/// The first year of the row that a milestone is in, and how many years that holds.
fn years(zoom: Zoom, milestone: &Milestone<'_>) -> (i32, i32) {
    let (year, _, _) = milestone.earliest().ymd();
    match zoom {
        Zoom::Decades => (year - year.rem_euclid(10), 10),
        Zoom::Years | Zoom::Milestones => (year, 1),
    }
}

/// The first milestone that begins in this year or later.
fn first_since<'a>(kiosk: &Kiosk<'a>, year: i32) -> Option<Milestone<'a>> {
    let day = Day::from_ymd(year, 1, 1)?.previous();
    kiosk.chronicle.milestones().nearest_after(&Edtf::from_day(day)?)
}

/// The milestone that begins the row after that of this one.
#[inline(never)]
fn next<'a>(kiosk: &Kiosk<'a>, zoom: Zoom, milestone: &Milestone<'a>) -> Option<Milestone<'a>> {
    if zoom == Zoom::Milestones {
        return kiosk.chronicle.milestones().get(nenpyo::MilestoneId(milestone.id().0.checked_add(1)?));
    }
    let (year, count) = years(zoom, milestone);
    first_since(kiosk, year + count)
}

/// The same of the row before.
#[inline(never)]
fn previous<'a>(kiosk: &Kiosk<'a>, zoom: Zoom, milestone: &Milestone<'a>) -> Option<Milestone<'a>> {
    let milestones = kiosk.chronicle.milestones();
    let before = |one: &Milestone<'a>| milestones.get(nenpyo::MilestoneId(one.id().0.checked_sub(1)?));
    if zoom == Zoom::Milestones {
        return before(milestone);
    }
    let (year, _) = years(zoom, milestone);
    let last = before(&first_since(kiosk, year)?)?;
    let (year, _) = years(zoom, &last);
    first_since(kiosk, year)
}

/// The milestone that begins the row of this one.
fn begin<'a>(kiosk: &Kiosk<'a>, zoom: Zoom, milestone: Milestone<'a>) -> Milestone<'a> {
    let (year, _) = years(zoom, &milestone);
    if zoom == Zoom::Milestones { milestone } else { first_since(kiosk, year).unwrap_or(milestone) }
}

/// What a date says of how well it is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A day.
    Day,
    /// A month, a year, some day of several, or one that is doubted.
    Vague,
    /// From one day to another.
    Lasting,
}

impl Mark {
    fn of(date: Edtf) -> Self {
        match () {
            () if date.certain_day().is_some() => Self::Day,
            () if date.is_lasting() => Self::Lasting,
            () => Self::Vague,
        }
    }
}

/// How rows are laid out.
struct Rows {
    /// The height of each, and how many are seen.
    height: i16,
    visible: i16,
}

fn rows(page: &Page<'_>, zoom: Zoom, area: Area) -> Rows {
    let space = if page.kiosk.has_touch() { page.face(Size::Small).height() / 2 } else { 0 };
    let one = match zoom {
        Zoom::Milestones => page.line_height(Size::Small) + page.line_height(Size::Body) + 1 + space,
        _ => page.line_height(Size::Body) + 1 + space * 2,
    };
    let visible = fitting(area.height, one);
    Rows { height: area.row(0, visible).height, visible }
}

#[inline(never)]
pub(super) fn compose(page: &mut Page<'_>, zoom: Zoom, key: Key) -> Survey {
    let kiosk = page.kiosk;
    let Some(cursor) = kiosk.chronicle.milestones().by_key(key) else {
        page.header(page.words(&words::TIMELINE));
        return Survey::default();
    };
    let area = header(page, zoom, &cursor);
    let (area, pager) = page.above_pager(area);
    let rows = rows(page, zoom, area);
    let cursor = begin(kiosk, zoom, cursor);
    let mut one = Some(first_seen(kiosk, zoom, cursor, rows.visible));
    let mut area = Area { height: rows.height, ..area };
    for _ in 0..rows.visible {
        let Some(milestone) = one else { break };
        let following = next(kiosk, zoom, &milestone);
        let row = Row { area, is_chosen: milestone.id() == cursor.id(), is_last: following.is_none() };
        match zoom {
            Zoom::Milestones => of_milestone(page, &row, milestone),
            _ => of_years(page, &row, zoom, milestone, following),
        }
        area.y += rows.height;
        one = following;
    }
    let page_of = |step: fn(&Kiosk<'_>, Zoom, Key, bool) -> Option<Key>, is_down: bool| {
        let mut at = key;
        let mut has_moved = false;
        for _ in 0..rows.visible.max(2) - 1 {
            let Some(next) = step(kiosk, zoom, at, is_down) else { break };
            at = next;
            has_moved = true;
        }
        has_moved.then_some(Place::Timeline { zoom, milestone: at })
    };
    if page.kiosk.has_touch() {
        let (up, down) = (page_of(moved, false), page_of(moved, true));
        page.pager(pager, (0, 1), up, down);
    }
    Survey::default()
}

/// The header, which among milestones says of which year they are.
#[inline(never)]
fn header(page: &mut Page<'_>, zoom: Zoom, cursor: &Milestone<'_>) -> Area {
    let speech = page.speech();
    if zoom != Zoom::Milestones {
        return page.header(page.words(&words::TIMELINE));
    }
    let mut title = String::<32>::new();
    let (year, _) = years(zoom, cursor);
    write_year(&mut title, year, 1, speech);
    page.header(&title)
}

/// The first of the rows that are seen: half of them are before the cursor, or more if there are not enough behind it.
#[inline(never)]
fn first_seen<'a>(kiosk: &Kiosk<'a>, zoom: Zoom, cursor: Milestone<'a>, visible: i16) -> Milestone<'a> {
    let (mut first, mut last) = (cursor, cursor);
    let mut behind = 1;
    while behind < visible
        && let Some(one) = next(kiosk, zoom, &last)
    {
        last = one;
        behind += 1;
    }
    for _ in 0..(visible / 2).max(visible - behind) {
        let Some(one) = previous(kiosk, zoom, &first) else { break };
        first = one;
    }
    first
}

/// A row that is drawn.
struct Row {
    area: Area,
    is_chosen: bool,
    is_last: bool,
}

impl Row {
    /// The row without the axis at its left, on which there is a mark.
    #[inline(never)]
    fn axis(&self, page: &mut Page<'_>, look: Look, mark: Mark) -> Area {
        let height = page.face(Size::Small).height();
        let (axis, rest) = self.area.split_left(height + 2);
        let side = (height * 3 / 5).max(5) | 1;
        let x = axis.x + (axis.width - side) / 2;
        let middle = x + side / 2;
        let y = axis.y + (page.line_height(Size::Small).max(side) - side) / 2 + 1;
        let rule = Look::RULE;
        let end = if self.is_last { y } else { axis.bottom() };
        let thickness = if page.kiosk.panel.width >= 480 { 3 } else { 1 };
        page.picture(Area::new(middle - thickness / 2, axis.y, thickness, end - axis.y), rule, Picture::Blank);
        // A lasting one is as high as there is room for.
        let mark_area = Area::new(x, y, side, side);
        let ground = Look { ground: look.ground, ink: if self.is_chosen { look.ink } else { Role::Accent } };
        match mark {
            Mark::Day => page.picture(mark_area, ground, Picture::Disc),
            Mark::Vague => page.picture(mark_area, ground, Picture::Ring),
            Mark::Lasting => {
                let bar = Area { height: (axis.bottom() - y - 2).max(side), ..mark_area.inset(side / 4, 0) };
                page.picture(bar, Look { ground: ground.ink, ink: ground.ink }, Picture::Blank);
            }
        }
        rest
    }

    fn look(&self, page: &Page<'_>) -> Look {
        Look::PLAIN.or_choice(self.is_chosen && page.kiosk.has_buttons())
    }
}

#[inline(never)]
fn of_milestone(page: &mut Page<'_>, row: &Row, milestone: Milestone<'_>) {
    let look = row.look(page);
    let open = Place::Record { key: milestone.key(), page: 0, link: 0 };
    page.act(row.area, look, Some(Action::Open(open)), row.is_chosen.then_some(0));
    let area = row.axis(page, look, Mark::of(milestone.date()));
    let above = (area.height - page.line_height(Size::Small) - page.line_height(Size::Body) - 1).max(0) / 3;
    let (date, title) = area.split_top(above).1.split_top(page.line_height(Size::Small) + 1);
    let accent = if look == Look::PLAIN { Look::ACCENT } else { look };
    page.date(date, Style::SMALL.look(accent).line(), milestone.date());
    if let Some(text) = milestone.title(page.language()) {
        page.text(title, Style::BODY.look(look).line(), text);
    }
}

/// A decade or year: its name, how many milestones it has, and a bar as long as these are many.
#[inline(never)]
fn of_years(page: &mut Page<'_>, row: &Row, zoom: Zoom, milestone: Milestone<'_>, next: Option<Milestone<'_>>) {
    let speech = page.speech();
    let look = row.look(page);
    let inner = if zoom == Zoom::Decades { Zoom::Years } else { Zoom::Milestones };
    let open = Place::Timeline { zoom: inner, milestone: milestone.key() };
    page.act(row.area, look, Some(Action::Turn(open)), row.is_chosen.then_some(0));
    let area = row.area.inset(2, 0);
    let (year, count) = years(zoom, &milestone);
    let mut name = String::<32>::new();
    write_year(&mut name, year, count, speech);
    let widest = if speech.language == Language::JA { "0000年代" } else { "0000s" };
    let (label, area) = area.split_left(page.width_of(Size::Body, widest) + 4);
    page.say_middle(label, Style::BODY.look(look), &name);
    let end = next.map_or(page.chronicle().milestones().len() as u32, |next| next.id().0);
    let many = end.saturating_sub(milestone.id().0);
    let mut figure = String::<10>::new();
    let (bar, count) = area.split_right(page.width_of(Size::Body, "000") + 2);
    number(&mut figure, many);
    page.say_middle(count, Style::BODY.look(look).align(Align::Right), &figure);
    // A quarter of the milestones fills a decade's bar, an eighth a year's.
    let full = (page.chronicle().milestones().len() as u32 / if zoom == Zoom::Decades { 3 } else { 8 }).max(1);
    let long = u32::from(bar.width.unsigned_abs()).saturating_mul(many.min(full)).checked_div(full).unwrap_or(0);
    let height = (page.face(Size::Body).height() / 3).max(3);
    let bar = Area { y: bar.y + (bar.height - height) / 2, height, width: (long as i16).max(2), ..bar };
    let ink = if look == Look::PLAIN { Role::Accent } else { look.ink };
    page.picture(bar, Look { ground: ink, ink }, Picture::Blank);
}

/// `2010年代`, `2016年`, `2010s`, `2016`.
#[inline(never)]
fn write_year(out: &mut StringView, year: i32, count: i32, speech: Speech) {
    // There is room for any.
    if year < 0 {
        let _ = out.push('-');
    }
    number(out, year.unsigned_abs());
    let _ = out.push_str(match (speech.language == Language::JA, count > 1) {
        (true, true) => "年代",
        (true, false) => "年",
        (false, true) => "s",
        (false, false) => "",
    });
}

/// The row before or after this one.
fn moved(kiosk: &Kiosk<'_>, zoom: Zoom, key: Key, is_down: bool) -> Option<Key> {
    let milestone = kiosk.chronicle.milestones().by_key(key)?;
    let next = if is_down { next(kiosk, zoom, &milestone) } else { previous(kiosk, zoom, &milestone) };
    Some(next?.key())
}

#[inline(never)]
pub(super) fn step(kiosk: &Kiosk<'_>, zoom: Zoom, key: Key, is_down: bool) -> Place {
    Place::Timeline { zoom, milestone: moved(kiosk, zoom, key, is_down).unwrap_or(key) }
}
