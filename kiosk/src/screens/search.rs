//! The search: what is typed, what is found, and keys to type with.

use nenpyo::AnyRecord;

use crate::area::{Area, fitting, pixels};
use crate::canvas::Picture;
use crate::face::Size;
use crate::kiosk::Kiosk;
use crate::layout::Measure;
use crate::page::{Align, Page, Style, Survey};
use crate::palette::{Look, Role};
use crate::state::{Action, HITS, Keyboard, Place, State};
use crate::words;

use super::dates;
use super::keys::{self, Key};

/// The key that is chosen at first: behind that for the hits, the first row.
pub(super) const FIRST_KEY: u8 = 1;

#[inline(never)]
pub(super) fn compose(
    page: &mut Page<'_>,
    keyboard: Keyboard,
    group: Option<u8>,
    cursor: u8,
    is_among_hits: bool,
) -> Survey {
    let area = page.header(page.words(&words::SEARCH));
    let area = if page.kiosk.has_touch() { area.split_top(4).1 } else { area };
    let pad = if page.kiosk.has_touch() { 4 } else { 0 };
    let (line, rest) = area.split_top(page.face(Size::Body).height() + pad * 2);
    typed(page, line, pad);
    let rest = rest.split_top(if page.kiosk.has_touch() { pad } else { 1 }).1;
    let chosen = |is_hit: bool| (is_hit == is_among_hits).then_some(u16::from(cursor));
    let hits = if page.kiosk.has_touch() {
        let rows = keys::rows(keyboard) as i16;
        let key = (rest.height * 3 / 5).checked_div(rows).unwrap_or(0).min(page.face(Size::Body).height() * 2);
        let (hits, board) = rest.split_bottom(key * rows);
        side_by_side(page, board, keyboard, chosen(false));
        hits.split_bottom(pad).0
    } else {
        let (strip, hits) = rest.split_top(page.face(Size::Body).height() + 2);
        in_rows(page, strip, keyboard, group, chosen(false));
        hits
    };
    let Some(hits_area) = Some(hits).filter(|hits| !hits.is_empty()) else { return Survey::default() };
    found(page, hits_area, chosen(true));
    Survey::default()
}

/// What has been typed, its end if it is long, and a cursor behind it.
#[inline(never)]
fn typed(page: &mut Page<'_>, area: Area, pad: i16) {
    let look = if page.kiosk.has_touch() { Look::BUTTON } else { Look::PLAIN };
    page.act(area, look, None, None);
    let area = area.inset(pad, pad);
    let query = page.state.query.as_str();
    if query.is_empty() {
        let faint = if page.kiosk.has_touch() { Look::HINT } else { Look::FAINT };
        page.say_middle(area, Style::BODY.look(faint), page.words(&words::TYPE_HERE));
        return;
    }
    let face = page.face(Size::Body);
    let mut width = page.width_of(Size::Body, query.trim_end_matches(' '));
    let mut shown = query.chars();
    while width > area.width - 4
        && let Some(first) = shown.next()
    {
        width -= pixels(face.advance(first));
    }
    page.say_middle(area, Style::BODY.look(look), shown.as_str());
    page.fill(Area::new(area.x + width + 1, area.y, 2, area.height), Role::Accent);
}

/// The keys, all of them.
fn side_by_side(page: &mut Page<'_>, area: Area, keyboard: Keyboard, cursor: Option<u16>) {
    let rows = keys::rows(keyboard);
    let mut number = FIRST_KEY.into();
    for row in 0..rows {
        let line = area.row(row as i16, rows as i16);
        for column in 0..keys::COLUMNS {
            let key = keys::at(keyboard, row, column);
            let Some(action) = key.action(keyboard) else { continue };
            let area = line.column(column as i16, keys::COLUMNS as i16).inset(1, 1);
            let look = Look::BUTTON.or_choice(page.kiosk.has_buttons() && cursor == Some(number));
            let label = key.label(keyboard);
            page.button(area, look, &label, Some(action), Some(number));
            number += 1;
        }
    }
}

/// The keys on one line, as many as fit around the one that is chosen.
#[inline(never)]
fn in_rows(page: &mut Page<'_>, area: Area, keyboard: Keyboard, group: Option<u8>, cursor: Option<u16>) {
    let width = page.face(Size::Body).height() * 3 / 2 + 2;
    let count = keys::count_of_rows(keyboard, group) as i16;
    let visible = fitting(area.width, width).min(count.max(1));
    let at = cursor.map_or(0, u16::cast_signed);
    let first = (at - visible / 2).min(count - visible).max(0);
    page.picture(Area { height: 1, ..area }, Look::RULE, Picture::Blank);
    let area = area.split_top(1).1;
    for place in 0..visible {
        let number = (first + place).cast_unsigned();
        let Some(key) = keys::of_rows(keyboard, group, usize::from(number)) else { break };
        let look = Look::PLAIN.or_choice(cursor == Some(number));
        let label = key.label(keyboard);
        page.button(area.column(place, visible), look, &label, key.action(keyboard), Some(number));
    }
}

/// What was found, each on a line.
#[inline(never)]
fn found(page: &mut Page<'_>, area: Area, cursor: Option<u16>) {
    let state = page.state;
    if state.hits.is_empty() {
        if !state.query.is_empty() {
            page.say(area, Style::BODY.look(Look::FAINT).line(), page.words(&words::NOTHING_FOUND));
        }
        return;
    }
    let space = if page.kiosk.has_touch() { page.face(Size::Body).height() / 3 } else { 0 };
    let one = page.line_height(Size::Body) + space;
    let visible = fitting(area.height, one).min(HITS as i16);
    let height = area.row(0, visible).height.min(one * 3 / 2);
    let count = state.hits.len() as i16;
    let at = cursor.map_or(0, u16::cast_signed);
    let first = (at - visible / 2).min(count - visible).max(0);
    let mut row = Area { height, ..area };
    for number in first..first + visible {
        let number = number.cast_unsigned();
        let Some(key) = state.hits.get(usize::from(number)) else { break };
        hit(page, row, *key, cursor, number);
        row.y += height;
    }
}

fn hit(page: &mut Page<'_>, row: Area, key: nenpyo::Key, cursor: Option<u16>, number: u16) {
    let Some(record) = page.chronicle().get(key) else { return };
    let look = Look::PLAIN.or_choice(page.kiosk.has_buttons() && cursor == Some(number));
    let open = Action::Open(Place::Record { key, page: 0, link: 0 });
    page.act(row, look, Some(open), cursor.map(|_| number));
    let row = if page.kiosk.has_touch() { note(page, row, look, &record) } else { row };
    if let Some(title) = record.title(page.language()) {
        page.middle(row, Style::BODY.look(look), title);
    }
}

/// What a hit is, and of milestones when, at the right; what is left beside it.
fn note(page: &mut Page<'_>, row: Area, look: Look, record: &AnyRecord<'_>) -> Area {
    let date = match record {
        AnyRecord::Milestone(milestone) => Some(dates::western(milestone.date(), page.speech())),
        _ => None,
    };
    let kind = page.words(words::record_kind(record.kind()));
    let note = date.as_deref().unwrap_or(kind);
    let (rest, right) = row.split_right(page.width_of(Size::Small, note).min(row.width / 3));
    let look = if look == Look::PLAIN { Look::ACCENT } else { look };
    page.say_middle(right, Style::SMALL.look(look).align(Align::Right), note);
    rest.split_right(6).0
}

/// Types, erases or marks, and looks for what is typed then.
pub(crate) fn act(kiosk: &Kiosk<'_>, state: &mut State, action: Action) {
    let is_room = match action {
        Action::Type(character) => state.query.push(character).is_ok(),
        Action::Erase => state.query.pop().is_some(),
        Action::Mark(mark) => {
            let marked = state.query.chars().next_back().and_then(|last| keys::marked(last, mark));
            marked.is_some_and(|marked| state.query.pop().is_some() && state.query.push(marked).is_ok())
        }
        _ => false,
    };
    if let Place::Search { keyboard, group, cursor, .. } = state.place
        && let Some(row) = group
        && !kiosk.has_touch()
    {
        // Back to the rows, to the one that was open.
        let cursor = if is_room { FIRST_KEY.saturating_add(row) } else { cursor };
        state.place = Place::Search { keyboard, group: None, cursor, is_among_hits: false };
    }
    if is_room {
        look(kiosk, state);
    }
}

/// Looks for what is typed.
#[inline(never)]
fn look(kiosk: &Kiosk<'_>, state: &mut State) {
    state.hits.clear();
    if state.query.is_empty() {
        return;
    }
    let State { query, hits, .. } = state;
    if let Ok(search) = &kiosk.chronicle.search(query) {
        search.hits().each_best(HITS, |hit| {
            // As much room as hits.
            let _ = hits.push(hit.record().key());
        });
    }
}

/// The next key or hit.
#[inline(never)]
pub(super) fn step(
    kiosk: &Kiosk<'_>,
    state: &State,
    keyboard: Keyboard,
    group: Option<u8>,
    cursor: u8,
    is_among_hits: bool,
    is_down: bool,
) -> Place {
    let moved = if is_down { cursor.checked_add(1) } else { cursor.checked_sub(1) };
    let hits = state.hits.len();
    let all_keys = if kiosk.has_touch() {
        let places = (0..keys::rows(keyboard)).flat_map(|row| (0..keys::COLUMNS).map(move |column| (row, column)));
        places.filter(|(row, column)| keys::at(keyboard, *row, *column) != Key::Gap).count() + usize::from(FIRST_KEY)
    } else {
        keys::count_of_rows(keyboard, group)
    };
    let at = |cursor, is_among_hits| Place::Search { keyboard, group, cursor, is_among_hits };
    let first = if kiosk.has_touch() { FIRST_KEY } else { 0 };
    match (is_among_hits, moved) {
        (true, Some(next)) if usize::from(next) < hits => at(next, true),
        // Above the first hit are the keys, and before the first key the hits, where both are seen.
        (true, None) => at(FIRST_KEY, false),
        (false, Some(next)) if usize::from(next) < all_keys && next >= first => at(next, false),
        (false, Some(next)) if next < first && hits > 0 => at(0, true),
        // From the last key on to the first one, and back.
        (false, Some(next)) if next >= first => at(first, false),
        (false, None) => at(u8::try_from(all_keys.saturating_sub(1)).unwrap_or(first), false),
        _ => at(cursor, is_among_hits),
    }
}
