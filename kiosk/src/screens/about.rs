//! Whose chronicle this is, as of when, and that it is not official.

use heapless::String;
use nenpyo::Text;

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
    let mut flow = Flow::new(page, area, wanted, 0);
    let faint = Style::BODY.look(Look::FAINT);
    paragraph(&mut flow, Style::TITLE, about.name(language));
    paragraph(&mut flow, Style::BODY, about.notice(language));
    paragraph(&mut flow, faint, about.credit(language));
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
    let space = flow.page.face(Size::Body).height() / 2;
    flow.gap(space);
    paragraph(&mut flow, faint, about.licence());
    let survey = flow.end();
    page.pages(pager, wanted, survey.pages, |page| Place::About { page });
    survey
}

/// A text, and room behind it.
#[inline(never)]
fn paragraph(flow: &mut Flow<'_, '_>, style: Style, text: Option<Text<'_>>) {
    if let Some(text) = text {
        flow.text(style, text);
    }
    flow.gap(flow.page.face(Size::Body).height() / 2);
}
