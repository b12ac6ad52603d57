//! What must hold in any chronicle, on any machine: the lookups agree with one another.

use nenpyo::{AnyRecord, Chronicle, Day, Edtf, Key, Milestone, Record, Records, Text, date};

use super::subject::Subject;

/// All claims. A claim that does not hold panics with its file and line.
pub(crate) fn hold<'a>(chronicle: &'a Chronicle<'a>) {
    every_record_is_found_by_its_id_and_in_both_directions(chronicle);
    let milestones = chronicle.milestones();
    assert!(milestones.iter().is_sorted_by_key(|milestone| milestone.earliest()));
    milestones.iter().for_each(a_milestone_agrees_with_itself);
    for organization in chronicle.organizations() {
        assert!(organization.predecessors().all(|other| other.successors().any(|heir| heir == organization)));
        assert!(organization.lineage().any(|other| other == organization));
    }
    for subject in Subject::all(chronicle, None).step_by(3) {
        selections_are_filters(&subject);
        subject.text.into_iter().for_each(a_text_is_its_segments);
        subject.any.iter().for_each(|record| a_record_is_found_by_its_key(&subject, record));
    }
    // A quarter of a year after the other, from before QST to behind it.
    for month in 0..40 {
        the_tree_is_all_that_exists(chronicle, Day::from_number(16_800 + 91 * month));
    }
}

fn every_record_is_found_by_its_id_and_in_both_directions<'a>(chronicle: &'a Chronicle<'a>) {
    kind(chronicle.milestones());
    kind(chronicle.organizations());
    kind(chronicle.sites());
    kind(chronicle.people());
    kind(chronicle.themes());
    kind(chronicle.documents());
    kind(chronicle.statements());
    kind(chronicle.sources());
}

fn kind<'a, R: Record<'a> + PartialEq>(records: Records<'a, R>) {
    assert_eq!(records.iter().count(), records.len());
    assert_eq!(records.is_empty(), records.iter().next().is_none());
    let pages = (0..records.pages(7)).flat_map(|page| records.page(page, 7));
    assert!(pages.eq(records.iter()));
    let mut backwards = records.iter().rev();
    for at in (0..records.len()).rev() {
        assert!(backwards.next() == records.iter().nth(at));
    }
    assert!(backwards.next().is_none());
    assert!(records.by_key(Key::of("")).is_none());
}

fn a_record_is_found_by_its_key(subject: &Subject<'_>, record: &AnyRecord<'_>) {
    assert!(subject.chronicle.get(record.key()).is_some_and(|found| found == *record));
}

fn a_milestone_agrees_with_itself(milestone: Milestone<'_>) {
    let days = milestone.date().days();
    assert_eq!((milestone.earliest(), milestone.latest()), (days.begin_earliest, days.end_latest));
    let written = heapless_text(milestone.date());
    assert_eq!(Edtf::parse(&written), Ok(milestone.date()), "{written}");
    assert!(date::english(milestone.date()).to_heapless::<{ date::Words::MAX_BYTES }>().is_ok());
    assert!(milestone.participants().all(|participant| milestone.involves(participant.organization.id())));
    assert!(milestone.parts().all(|part| part.part_of() == Some(milestone)));
    assert!(milestone.causes().all(|cause| cause.consequences().any(|effect| effect == milestone)));
    assert!(milestone.sites().all(|site| site.milestones().any(|other| other == milestone)));
    assert!(milestone.themes().all(|theme| theme.milestones().any(|other| other == milestone)));
    assert!(milestone.people().all(|person| person.milestones().any(|other| other == milestone)));
    assert!(milestone.documents().all(|document| document.milestones().any(|other| other == milestone)));
}

/// A date as EDTF writes it.
fn heapless_text(date: Edtf) -> heapless::String<40> {
    let mut text = heapless::String::new();
    assert!(core::fmt::write(&mut text, format_args!("{date}")).is_ok());
    text
}

fn selections_are_filters(subject: &Subject<'_>) {
    let milestones = subject.chronicle.milestones();
    let days = subject.span.days();
    let (from, to) = (days.begin_earliest, days.end_latest);
    let surely = milestones.iter().filter(|milestone| milestone.date().surely_within(from, to));
    assert!(milestones.surely_within(&subject.span).iter().eq(surely));
    let possibly = milestones.iter().filter(|milestone| milestone.date().possibly_within(from, to));
    assert!(milestones.possibly_within(&subject.span).iter().eq(possibly));
    let overlapping = milestones.iter().filter(|milestone| milestone.date().overlaps(from, to));
    assert!(milestones.overlapping(&subject.span).iter().eq(overlapping));
    if let Some(organization) = subject.organization {
        let involved = milestones.iter().filter(|milestone| milestone.involves(organization.id()));
        assert!(milestones.involving(organization.id()).iter().eq(involved));
    }
    if let (Some(site), Some(theme)) = (subject.site, subject.theme) {
        let both = |milestone: &Milestone<'_>| {
            milestone.sites().any(|other| other == site) && milestone.themes().any(|other| other == theme)
        };
        assert!(milestones.at_site(site.id()).about(theme.id()).iter().eq(milestones.iter().filter(both)));
    }
}

fn a_text_is_its_segments(text: Text<'_>) {
    assert!(text.segments().flat_map(|segment| segment.base.chars()).eq(text.chars()));
    assert!(text.segments().all(|segment| !segment.base.is_empty()));
    let aloud = text.segments().map(|segment| segment.reading.unwrap_or(segment.base));
    assert!(text.reading().pieces().eq(aloud));
}

fn the_tree_is_all_that_exists<'a>(chronicle: &'a Chronicle<'a>, day: Day) {
    let organizations = chronicle.organizations();
    let existing = organizations.iter().filter(|organization| organization.at(day).is_some()).count();
    assert_eq!(organizations.tree(day).count(), existing);
    for branch in organizations.tree(day) {
        let organization = branch.organization.organization();
        assert_eq!(organization.ancestors(day).count(), branch.depth as usize);
        assert!(
            branch
                .organization
                .children()
                .all(|child| { child.parent().is_some_and(|parent| parent.value == organization) })
        );
    }
}
