//! What there is to see.

use nenpyo::Language;
use nenpyo::Text;

use crate::page::{Page, Survey};
use crate::palette::Look;
use crate::state::{Action, Focus, Keyboard, Place, Zoom};
use crate::words::{self, Words};

use super::{organizations, search, timeline};

static ENTRIES: [&Words; 5] = [&words::TIMELINE, &words::ORGANIZATION, &words::SEARCH, &words::ABOUT, &words::LANGUAGE];

/// Where an entry leads.
fn action(page: &Page<'_>, number: usize) -> Option<Action> {
    Some(match number {
        0 => {
            let milestone = timeline::first(page.kiosk)?;
            Action::Open(Place::Timeline { zoom: Zoom::Decades, milestone })
        }
        1 => Action::Open(Place::Organizations { day: organizations::latest(page.kiosk), focus: Focus::Day }),
        2 => {
            let is_japanese = page.speech().language == Language::JA;
            let keyboard = if is_japanese { Keyboard::Kana } else { Keyboard::Latin };
            let cursor = search::FIRST_KEY;
            Action::Open(Place::Search { keyboard, group: None, cursor, is_among_hits: false })
        }
        3 => Action::Open(Place::About { page: 0 }),
        _ => Action::Language,
    })
}

#[inline(never)]
pub(super) fn compose(page: &mut Page<'_>, cursor: u8) -> Survey {
    let area = if page.kiosk.has_touch() {
        let name = page.chronicle().about().name(page.speech().language);
        page.header_of(name.unwrap_or(Text::from("")), false)
    } else {
        page.header(page.words(&words::MENU))
    };
    let visible = if page.kiosk.has_touch() {
        ENTRIES.len()
    } else {
        usize::from(page.lines_in(area.height, crate::face::Size::Body)).min(ENTRIES.len())
    };
    let first = usize::from(cursor).saturating_sub(visible / 2).min(ENTRIES.len() - visible);
    let gap = i16::from(page.kiosk.has_touch()) * page.margin() / 2;
    let area = area.inset(0, gap);
    for (place, number) in (0_i16..).zip(first..first + visible) {
        let Some(entry) = ENTRIES.get(number) else { break };
        let area = area.row(place, visible as i16).inset(0, gap / 2);
        let is_at_cursor = number == usize::from(cursor);
        let is_chosen = page.kiosk.has_buttons() && is_at_cursor;
        let look = if page.kiosk.has_touch() { Look::BUTTON } else { Look::PLAIN }.or_choice(is_chosen);
        // Where others lead is not worked out unless they can be touched.
        let action = if page.kiosk.has_touch() || is_at_cursor { action(page, number) } else { None };
        page.button(area, look, page.words(entry), action, Some(number as u16));
    }
    Survey::default()
}

pub(super) fn step(cursor: u8, is_down: bool) -> Place {
    let last = ENTRIES.len() as u8 - 1;
    Place::Menu { cursor: if is_down { cursor.saturating_add(1).min(last) } else { cursor.saturating_sub(1) } }
}
