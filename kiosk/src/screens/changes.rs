//! What changed in the organisation on a day.

use nenpyo::{Change, Day, Edtf};

use crate::flow::{Flow, Note};
use crate::page::{Page, Style, Survey};
use crate::palette::Look;
use crate::state::Place;
use crate::words;

use super::forest::Forest;

#[inline(never)]
pub(super) fn compose(page: &mut Page<'_>, day: Day, wanted: u16, chosen: u16) -> Survey {
    let language = page.language();
    let area = page.header_of_pages(&words::CHANGED);
    let (area, pager) = page.above_pager(area);
    let kiosk = page.kiosk;
    let mut flow = Flow::new(page, area, wanted, chosen);
    if let Some(date) = Edtf::from_day(day) {
        flow.date(Style::BODY.look(Look::ACCENT), date);
    }
    Forest::of(kiosk).each_change(day, &mut |change| {
        let (note, at) = match change {
            Change::Added(at) => (&words::ADDED, at),
            Change::Gone(at) => (&words::GONE, at),
            Change::Moved { organization, .. } => (&words::MOVED, organization),
            Change::Renamed { after, .. } => (&words::RENAMED, after),
        };
        if let Some(name) = at.name(language) {
            flow.link(Note::Words(note), name.value, at.organization().key());
        }
    });
    let survey = flow.end();
    page.pages(pager, wanted, survey.pages, |page| Place::Changes { day, page, link: 0 });
    survey
}
