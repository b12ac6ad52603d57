//! Whose chronicle this is, as of when, and that it is not official.

use heapless::String;

use crate::face::Size;
use crate::flow::Flow;
use crate::numbers::number;
use crate::page::{Page, Style, Survey};
use crate::palette::Look;
use crate::state::Place;
use crate::words;

#[inline(never)]
pub(super) fn compose(page: &mut Page<'_>, wanted: u16) -> Survey {
    let language = page.language();
    let area = page.header_of_pages(&words::ABOUT);
    let (area, pager) = page.above_pager(area);
    let about = page.chronicle().about();
    let space = page.face(Size::Body).height() / 2;
    let mut flow = Flow::new(page, area, wanted, 0);
    if let Some(name) = about.name(language) {
        flow.text(Style::TITLE, name);
    }
    flow.gap(space);
    if let Some(notice) = about.notice(language) {
        flow.text(Style::BODY, notice);
    }
    flow.gap(space);
    if let Some(credit) = about.credit(language) {
        flow.text(Style::BODY.look(Look::FAINT), credit);
    }
    flow.gap(space);
    if let Some(as_of) = about.as_of() {
        flow.heading(&words::AS_OF);
        flow.date(Style::BODY, as_of);
    }
    let (major, minor, patch) = about.version();
    let mut version = String::<20>::new();
    for (part, behind) in [(major, "."), (minor, "."), (patch, "")] {
        number(&mut version, u32::from(part));
        // There is room for the longest.
        let _ = version.push_str(behind);
    }
    flow.heading(&words::VERSION);
    flow.say(Style::BODY, &version);
    if let Some(licence) = about.licence() {
        flow.gap(space);
        flow.text(Style::BODY.look(Look::FAINT), licence);
    }
    let survey = flow.end();
    page.pages(pager, wanted, survey.pages, |page| Place::About { page });
    survey
}
