//! The screens: what each shows, and what buttons do on it.

mod about;
mod attract;
mod changes;
pub(crate) mod dates;
mod forest;
pub(crate) mod keys;
mod menu;
mod organizations;
mod record;
pub(crate) mod search;
mod timeline;

use crate::canvas::{Item, Sink};
use crate::kiosk::Kiosk;
use crate::page::{Page, Survey};
use crate::state::{Focus, Place, State, Zoom};

/// Puts the screen together that is shown.
pub(crate) fn compose(page: &mut Page<'_>) -> Survey {
    match page.state.place {
        Place::Attract => attract::compose(page),
        Place::Menu { cursor } => menu::compose(page, cursor),
        Place::Timeline { zoom, milestone } => timeline::compose(page, zoom, milestone),
        Place::Record { key, page: number, link } => record::compose(page, key, number, link),
        Place::Organizations { day, focus } => organizations::compose(page, day, focus),
        Place::Changes { day, page: number, link } => changes::compose(page, day, number, link),
        Place::Search { keyboard, group, cursor, is_among_hits } => {
            search::compose(page, keyboard, group, cursor, is_among_hits)
        }
        Place::About { page: number } => about::compose(page, number),
    }
}

/// The number of what is chosen, among what buttons go through.
pub(crate) fn chosen(state: &State) -> u16 {
    match state.place {
        Place::Menu { cursor } | Place::Search { cursor, .. } => u16::from(cursor),
        Place::Record { link, .. } | Place::Changes { link, .. } => link,
        Place::Attract | Place::Timeline { .. } | Place::Organizations { .. } | Place::About { .. } => 0,
    }
}

/// Goes to what is below what is chosen, or above it.
pub(crate) fn step(kiosk: &Kiosk<'_>, state: &mut State, is_down: bool) {
    state.place = match state.place {
        Place::Attract => return attract::step(kiosk, state, is_down),
        Place::Menu { cursor } => menu::step(cursor, is_down),
        Place::Timeline { zoom, milestone } => timeline::step(kiosk, zoom, milestone, is_down),
        Place::Organizations { day, focus } => organizations::step(kiosk, day, focus, is_down),
        Place::Record { .. } | Place::Changes { .. } | Place::About { .. } => turn(kiosk, state, is_down),
        Place::Search { keyboard, group, cursor, is_among_hits } => {
            search::step(kiosk, state, keyboard, group, cursor, is_among_hits, is_down)
        }
    };
}

/// Whether `Back` goes back within a screen; it has done so then.
pub(crate) fn back(kiosk: &Kiosk<'_>, state: &mut State) -> bool {
    let place = match state.place {
        Place::Timeline { zoom: Zoom::Milestones, milestone } => Place::Timeline { zoom: Zoom::Years, milestone },
        Place::Timeline { zoom: Zoom::Years, milestone } => Place::Timeline { zoom: Zoom::Decades, milestone },
        Place::Organizations { day, focus: Focus::Slider } => Place::Organizations { day, focus: Focus::Day },
        Place::Search { keyboard, group: Some(_), cursor: _, is_among_hits: false } if !kiosk.has_touch() => {
            Place::Search { keyboard, group: None, cursor: search::FIRST_KEY, is_among_hits: false }
        }
        Place::Search { keyboard, group, is_among_hits: true, .. } => {
            Place::Search { keyboard, group, cursor: search::FIRST_KEY, is_among_hits: false }
        }
        _ => return false,
    };
    state.place = place;
    true
}

/// On screens of several pages: the next link, or else the next page.
#[inline(never)]
fn turn(kiosk: &Kiosk<'_>, state: &mut State, is_down: bool) -> Place {
    let place = state.place;
    let (page, link) = match place {
        Place::Record { page, link, .. } | Place::Changes { page, link, .. } => (page, link),
        Place::About { page } => (page, 0),
        place => return place,
    };
    let at = |page: u16, link: u16| match place {
        Place::Record { key, .. } => Place::Record { key, page, link },
        Place::Changes { day, .. } => Place::Changes { day, page, link },
        _ => Place::About { page },
    };
    let Survey { pages, links } = kiosk.compose(state, &mut Nowhere);
    match is_down {
        true if link.saturating_add(1) < links => at(page, link.saturating_add(1)),
        true if page.saturating_add(1) < pages => at(page.saturating_add(1), 0),
        false if link > 0 => at(page, link.min(links).saturating_sub(1)),
        false if page > 0 => {
            let before = page.saturating_sub(1);
            state.place = at(before, 0);
            let Survey { links, .. } = kiosk.compose(state, &mut Nowhere);
            at(before, links.saturating_sub(1))
        }
        _ => place,
    }
}

/// For what is gone through only to learn something of it.
pub(crate) struct Nowhere;

impl Sink for Nowhere {
    fn put(&mut self, _: &Item<'_>) {}
}

/// The first day on which something changed in the organisation.
#[cfg(test)]
pub(crate) fn first_day(kiosk: &Kiosk<'_>) -> Option<nenpyo::Day> {
    forest::Forest::of(kiosk).turn(nenpyo::Day::MIN, true)
}

/// The next one.
#[cfg(test)]
pub(crate) fn next_day(kiosk: &Kiosk<'_>, day: nenpyo::Day) -> Option<nenpyo::Day> {
    forest::Forest::of(kiosk).turn(day, true)
}
