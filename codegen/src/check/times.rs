//! Periods as days: what is certain of them and what is not. Host only.

use nenpyo_schema::Day;

use crate::model::{EndToml, PeriodToml};
use crate::problem::quoted;
use crate::read::Gaps;

/// The days on which something can have begun or ended.
#[derive(Clone, Copy)]
pub(super) struct Range {
    pub(super) earliest: Day,
    pub(super) latest: Day,
}

/// The days on which a period can have begun and ended.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) from: Range,
    pub(super) to: Range,
}

/// Why one period cannot lie within another.
pub(super) struct Outside {
    /// Which end of the inner period.
    pub(super) inner_from: bool,
    /// Which end of the outer period.
    pub(super) outer_from: bool,
}

const UNKNOWN: Range = Range { earliest: Day::MIN, latest: Day::MAX };

impl Span {
    /// The existence of something: what is left out is unknown.
    pub(super) fn of_existence(gaps: &Gaps, period: &PeriodToml) -> Self {
        Self::of(gaps, period, &Self { from: UNKNOWN, to: UNKNOWN })
    }

    /// A period of something: what is left out is the beginning or end of the thing itself, and what could not be
    /// read is unknown.
    pub(super) fn of(gaps: &Gaps, period: &PeriodToml, existence: &Self) -> Self {
        let from = match &period.from {
            _ if !gaps.is_read(period.place, "from") => UNKNOWN,
            EndToml::Unsaid => existence.from,
            EndToml::Open(_) => Range { earliest: Day::MIN, latest: Day::MIN },
            EndToml::Date(date) => {
                let days = date.value.days();
                Range { earliest: days.begin_earliest, latest: days.begin_latest }
            }
        };
        let to = match &period.to {
            _ if !gaps.is_read(period.place, "to") => UNKNOWN,
            EndToml::Unsaid => existence.to,
            EndToml::Open(_) => Range { earliest: Day::MAX, latest: Day::MAX },
            EndToml::Date(date) => {
                let days = date.value.days();
                Range { earliest: days.end_earliest, latest: days.end_latest }
            }
        };
        Self { from, to }
    }

    /// Whether it ends before it begins, whatever days its ends mean.
    pub(super) fn is_reversed(&self) -> bool {
        self.from.earliest > self.to.latest
    }

    /// Why it cannot lie within another period, if that is certain.
    pub(super) fn outside(&self, outer: &Self) -> Option<Outside> {
        let at = |inner_from, outer_from| Some(Outside { inner_from, outer_from });
        if self.from.latest < outer.from.earliest {
            at(true, true)
        } else if self.to.earliest > outer.to.latest {
            at(false, false)
        } else if self.from.earliest > outer.to.latest {
            at(true, false)
        } else if self.to.latest < outer.from.earliest {
            at(false, true)
        } else {
            None
        }
    }
}

/// An end of a period as it is written, or as the thing itself has it.
pub(super) fn shown(end: &EndToml, of_existence: &EndToml) -> String {
    match end {
        EndToml::Open(_) => "`..`".to_owned(),
        EndToml::Date(date) => quoted(&date.value.to_string()),
        EndToml::Unsaid => match of_existence {
            EndToml::Unsaid => "an unknown day".to_owned(),
            known => shown(known, &EndToml::Unsaid),
        },
    }
}

/// `from` or `to` of a period with its date: `from 2016-04-01`.
pub(super) fn shown_side(period: &PeriodToml, existence: &PeriodToml, from: bool) -> String {
    if from {
        format!("from {}", shown(&period.from, &existence.from))
    } else {
        format!("to {}", shown(&period.to, &existence.to))
    }
}
