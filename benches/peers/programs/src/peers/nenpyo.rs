//! nenpyo: a file in flash, opened; its texts may be dense.

use nenpyo::{Chronicle, Day, Edtf, Key, Language, MilestoneId, OrganizationId, Span, Text};

use crate::Peer;
use crate::rows;

pub type Opened = Chronicle<'static>;

pub fn open() -> Option<Opened> {
    #[cfg(feature = "dense")]
    return Chronicle::open(crate::file!("dense.nenpyo")).ok();
    #[cfg(not(feature = "dense"))]
    Chronicle::open(crate::file!("chronicle.nenpyo")).ok()
}

/// The bytes of a text as UTF-8: of a dense one it takes all characters.
fn length(text: Text<'_>) -> usize {
    text.as_str().map_or_else(|| text.chars().map(char::len_utf8).sum(), str::len)
}

fn text(text: Option<Text<'_>>) -> u32 {
    let part = |segment: nenpyo::Segment<'_>| rows::segment(length(segment.base), segment.reading.map_or(0, length));
    text.iter().flat_map(Text::segments).map(part).fold(0, u32::wrapping_add)
}

impl Peer for Opened {
    type Span = Span;

    fn span(text: &str, _: (i32, i32)) -> Span {
        Span::from(&Edtf::parse(text).unwrap_or(Edtf::from_year(0)))
    }

    fn by_key(&self, key: u32) -> u32 {
        self.milestones().by_key(Key::from_hash(key)).map_or(u32::MAX, |milestone| milestone.id().0)
    }

    fn by_slug(&self, slug: &str) -> u32 {
        let found = self.milestones().by_key(Key::of(slug));
        found.filter(|milestone| milestone.slug() == Some(slug)).map_or(u32::MAX, |milestone| milestone.id().0)
    }

    fn by_id(&self, id: u32) -> u32 {
        let Some(milestone) = self.milestones().get(MilestoneId(id)) else { return 0 };
        let title = milestone.title(Language::JA).map_or(0, length);
        rows::hot(milestone.kind() as u8, milestone.earliest().number(), title)
    }

    fn surely(&self, span: &Span) -> u32 {
        self.milestones().surely_within(*span).iter().count() as u32
    }

    fn possibly(&self, span: &Span) -> u32 {
        self.milestones().possibly_within(*span).iter().count() as u32
    }

    fn by_organization(&self, organization: u32) -> u32 {
        let found = self.milestones().involving(OrganizationId(organization));
        found.iter().fold(0, |sum, milestone| sum.wrapping_add(milestone.id().0 + 1))
    }

    fn tree(&self, day: i32) -> u32 {
        let mut answer = 0;
        for branch in self.organizations().tree(Day::from_number(day)) {
            let name = branch.organization.name(Language::JA).map_or(0, |name| length(name.value));
            let id = branch.organization.organization().id().0;
            answer = rows::branch(answer, id, branch.depth, name as u32);
        }
        answer
    }

    fn detail(&self, id: u32) -> u32 {
        let Some(details) = self.milestones().get(MilestoneId(id)).and_then(|milestone| milestone.details()) else {
            return 0;
        };
        let texts = [Language::JA, Language::EN].into_iter();
        let texts = texts.flat_map(|language| [details.summary(language), details.note(language)]);
        texts.fold(0, |sum, one| sum.wrapping_add(text(one)))
    }
}
