//! Links nenpyo into a program without standard library, allocator, start-up or memory, one lookup of each kind.
//!
//! It is built and linked, not run. If any panic is left after optimisation, linking fails: see [`panicked`].
#![no_std]
#![no_main]

use core::fmt::{self, Write};
use core::hint::black_box;

use nenpyo::{Change, Chronicle, Day, Edtf, Key, Language, MilestoneKind, QST, Text, date, key};

unsafe extern "C" {
    /// Nowhere defined: whoever calls it cannot be linked.
    fn a_panic_is_left_in_the_program() -> !;
}

#[panic_handler]
fn panicked(_: &core::panic::PanicInfo<'_>) -> ! {
    // SAFETY: there is no such function, so no program that links ever comes here.
    unsafe { a_panic_is_left_in_the_program() }
}

/// A screen that counts what it would show.
struct Screen(u32);

impl Write for Screen {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.wrapping_add(black_box(text).len() as u32);
        Ok(())
    }
}

impl Screen {
    fn show(&mut self, text: Option<Text<'_>>) {
        let Some(text) = text else { return };
        let _ = text.write_to(self);
        for segment in text.segments() {
            let _ = segment.base.write_to(self);
            if let Some(reading) = segment.reading {
                let _ = reading.write_to(self);
            }
        }
    }

    fn count(&mut self, items: impl Iterator) {
        self.0 = self.0.wrapping_add(black_box(items.count()) as u32);
    }

    fn date(&mut self, date: Edtf) {
        let _ = date::japanese(date).write_to(self);
        let _ = date::japanese_era(date).write_to(self);
        if let Ok(words) = date::english(date).to_heapless::<64>() {
            let _ = self.write_str(&words);
        }
    }

    fn milestones(&mut self, chronicle: &Chronicle<'_>) {
        let milestones = chronicle.milestones();
        let (Ok(span), Ok(day)) = (Edtf::parse(black_box("2016/2019")), Edtf::parse(black_box("2019-04-01"))) else {
            return;
        };
        self.count(milestones.iter().rev());
        self.count(milestones.page(black_box(1), 10));
        self.count(milestones.surely_within(&span).iter());
        self.count(milestones.possibly_within(&span).of_kind(MilestoneKind::Agreement).iter().rev());
        self.count(milestones.overlapping(&day).page(0, 5));
        self.count(milestones.on_this_day(black_box(4), Some(1)).iter());
        if let Some(milestone) = milestones.nearest_before(&day).or(milestones.nearest_after(&day)) {
            self.date(milestone.date());
        }
        let Some(milestone) = milestones.by_key(black_box(key::QST_ESTABLISHED)) else { return };
        self.show(milestone.title(Language::JA));
        self.show(milestone.title(Language::EN));
        self.count(milestone.participants());
        self.count(milestone.parts().chain(milestone.causes()).chain(milestone.consequences()));
        self.count(milestone.sources());
        self.count(milestone.referrers());
        if let Some(site) = milestone.sites().next() {
            self.count(milestones.at_site(site.id()).iter());
            self.show(site.name(Language::JA));
        }
        if let Some(theme) = milestone.themes().next() {
            self.count(milestones.about(theme.id()).iter());
        }
        if let Some(person) = milestone.people().next() {
            self.count(milestones.with_person(person.id()).iter());
        }
        if let Some(document) = milestone.documents().next() {
            self.count(milestones.with_document(document.id()).iter());
        }
        if let Some(details) = milestone.details() {
            self.show(details.summary(Language::JA));
            self.show(details.note(Language::EN));
            self.count(details.claims());
        }
    }

    fn organizations(&mut self, chronicle: &Chronicle<'_>) {
        let organizations = chronicle.organizations();
        let (Some(day), Some(later)) = (Day::from_ymd(black_box(2019), 5, 31), Day::from_ymd(black_box(2021), 5, 31))
        else {
            return;
        };
        for branch in organizations.tree(day) {
            self.show(branch.organization.name(Language::JA).map(|name| name.value));
        }
        for change in organizations.differences(day, later) {
            if let Change::Renamed { after, .. } = change {
                self.show(after.name(Language::EN).map(|name| name.value));
            }
        }
        let Some(organization) = organizations.by_key(black_box(key::NIRS)) else { return };
        self.count(organization.lineage());
        self.count(organization.ancestors(day));
        self.count(chronicle.milestones().involving(organization.id()).iter());
        self.count(chronicle.milestones().involving_units_of(organization.id()).iter());
        if let Some(at) = organization.at(day) {
            self.show(at.parent().and_then(|parent| parent.value.short_name(Language::JA)));
            self.count(at.children());
            self.count(at.supervisors());
            black_box(at.kind());
        }
    }

    fn others(&mut self, chronicle: &Chronicle<'_>) {
        let about = chronicle.about();
        self.show(about.name(Language::JA));
        self.show(about.notice(Language::EN));
        self.count(chronicle.people().iter());
        self.count(chronicle.themes().iter());
        self.count(chronicle.documents().iter());
        for statement in chronicle.statements() {
            self.show(statement.title(Language::JA));
        }
        for source in chronicle.sources() {
            self.show(source.publisher(Language::EN));
            self.count(source.cited_by());
        }
        if let Some(record) = chronicle.get(Key::from_hash(black_box(2016))) {
            self.show(record.title(Language::EN));
        }
    }

    fn everything(&mut self, chronicle: &Chronicle<'_>) {
        self.milestones(chronicle);
        self.organizations(chronicle);
        self.others(chronicle);
    }
}

/// Where a board begins.
#[unsafe(no_mangle)]
#[unsafe(link_section = ".text._start")]
pub extern "C" fn _start() -> ! {
    let mut screen = Screen(0);
    screen.everything(black_box(&QST));
    // A pack as it may come over a wire: any bytes.
    let bytes: &[u8] = black_box(&[0; 16]);
    if let Ok(chronicle) = Chronicle::open(bytes) {
        screen.everything(&chronicle);
    }
    loop {
        black_box(screen.0);
    }
}
