//! The questions that everything is asked, on boards and on the host.

/// All kinds of question.
pub const KINDS: [&str; 8] = ["key", "slug", "id", "surely", "possibly", "organization", "tree", "detail"];

/// What the questions are asked of. Milestones are numbered in order of time, answers are sums of what was read.
pub trait Peer {
    /// A span of days, read.
    type Span;

    /// What it is asked: whoever would have to go through everything may leave a question out.
    const KINDS: &'static [&'static str] = &KINDS;

    /// Reads a span in EDTF, whose first and last day are these.
    fn span(text: &str, days: (i32, i32)) -> Self::Span;

    /// The milestone with this hash of its key, or no number.
    fn by_key(&self, key: u32) -> u32;

    /// The milestone with this key as text.
    fn by_slug(&self, _slug: &str) -> u32 {
        u32::MAX
    }

    /// The kind, the first day and the length of the Japanese title of a milestone.
    fn by_id(&self, id: u32) -> u32;

    /// How many milestones lie surely within a span.
    fn surely(&self, span: &Self::Span) -> u32;

    /// How many milestones lie possibly within a span.
    fn possibly(&self, span: &Self::Span) -> u32;

    /// The milestones in which an organisation took part.
    fn by_organization(&self, _organization: u32) -> u32 {
        u32::MAX
    }

    /// The organisations of a day as a tree that is read from top to bottom, siblings in order of their numbers: which one,
    /// how deep it lies below a root, and how long its name was, one after the other.
    fn tree(&self, _day: i32) -> u32 {
        u32::MAX
    }

    /// The lengths of all texts of a milestone that are not its title, and of their readings.
    fn detail(&self, id: u32) -> u32;
}

impl<P: Peer> Peer for &P {
    type Span = P::Span;

    const KINDS: &'static [&'static str] = P::KINDS;

    fn span(text: &str, days: (i32, i32)) -> P::Span {
        P::span(text, days)
    }

    fn by_key(&self, key: u32) -> u32 {
        P::by_key(self, key)
    }

    fn by_slug(&self, slug: &str) -> u32 {
        P::by_slug(self, slug)
    }

    fn by_id(&self, id: u32) -> u32 {
        P::by_id(self, id)
    }

    fn surely(&self, span: &P::Span) -> u32 {
        P::surely(self, span)
    }

    fn possibly(&self, span: &P::Span) -> u32 {
        P::possibly(self, span)
    }

    fn by_organization(&self, organization: u32) -> u32 {
        P::by_organization(self, organization)
    }

    fn tree(&self, day: i32) -> u32 {
        P::tree(self, day)
    }

    fn detail(&self, id: u32) -> u32 {
        P::detail(self, id)
    }
}
