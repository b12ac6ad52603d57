//! Titles, summaries, notes and addresses, plain and with ruby; the dates that sources give.

use nenpyo::{Edtf, RecordKind, Records, Text};
use toml::{Table, Value};

use super::super::text::{plain, reading, segments};
use super::super::{Oracle, Rec};
use super::{Described, Pair, View};

/// A text in one language: characters, ruby and reading.
pub(crate) fn agree_on_text(got: Option<Text<'_>>, marked: Option<&str>, what: impl Fn() -> String) {
    let Some(marked) = marked else {
        assert!(got.is_none(), "{} should not be there", what());
        return;
    };
    let got = got.unwrap_or_else(|| panic!("{} is missing", what()));
    let want = plain(marked);
    assert_eq!(got, want.as_str(), "{}", what());
    assert!(got.as_str().is_none_or(|got| got == want) && got.is_empty() == want.is_empty());
    assert_eq!(format!("{got:>12.8}|{got:^7}|{got:*<3.2}"), format!("{want:>12.8}|{want:^7}|{want:*<3.2}"));
    assert_eq!(got.to_string(), want);
    assert!(got.chars().eq(want.chars()) && got.chars().rev().eq(want.chars().rev()));
    agree_on_pieces(got, &want);
    let got_segments: Vec<_> = got
        .segments()
        .map(|segment| (segment.base.to_string(), segment.reading.map(|reading| reading.to_string())))
        .collect();
    assert_eq!(got_segments, segments(marked), "ruby of {}", what());
    assert_eq!(got.reading().to_string(), reading(marked), "reading of {}", what());
    assert_eq!(got.reading().pieces().count(), got_segments.len());
}

/// From both ends at once, and in stretches of stretches.
fn agree_on_pieces(got: Text<'_>, want: &str) {
    let (mut got_chars, mut want_chars) = (got.chars(), want.chars());
    for step in 0.. {
        let back = step * 7 % 5 < 2;
        let got = if back { got_chars.next_back() } else { got_chars.next() };
        assert_eq!(got, if back { want_chars.next_back() } else { want_chars.next() }, "{want}");
        if got.is_none() {
            break;
        }
    }
    for step in [1, 2, 3, 5, 11] {
        for from in (0..want.len() + 2).step_by(step * 3) {
            let range = from..from + step * step;
            let piece = got.get(range.clone());
            assert_eq!(piece.map(|piece| piece.to_string()).as_deref(), want.get(range.clone()), "{want} {range:?}");
            let (Some(piece), Some(want)) = (piece, want.get(range)) else { continue };
            assert!(piece.chars().rev().eq(want.chars().rev()) && piece.is_empty() == want.is_empty());
            for within in [0..want.len(), 0..3, 1..4, 3..want.len()] {
                if within.start <= within.end {
                    let inner = piece.get(within.clone()).map(|inner| inner.to_string());
                    assert_eq!(inner.as_deref(), want.get(within.clone()), "{want} {within:?}");
                }
            }
        }
    }
}

impl<'a> Pair<'a> {
    /// A text that may be left out, in every language.
    pub(crate) fn agree_on_field(&self, got: impl Fn(nenpyo::Language) -> Option<Text<'a>>, record: &Rec, field: &str) {
        for (tag, language) in self.languages() {
            let marked = record.toml.get(field).and_then(|text| text.get(tag)).and_then(Value::as_str);
            agree_on_text(got(language), marked, || format!("`{field}` of {} in {tag}", record.slug));
        }
    }

    pub(crate) fn agree_on_details<R: Described<'a>>(&self, records: Records<'a, R>) {
        for view in records {
            let record = self.oracle.record(R::KIND, view.number());
            let details = view.detailed().unwrap_or_else(|| panic!("{} has no details", record.slug));
            self.agree_on_field(|language| details.summary(language), record, "summary");
            self.agree_on_field(|language| details.note(language), record, "note");
            self.agree_on_field(|language| details.address(language), record, "address");
            match R::KIND {
                RecordKind::Organization => self.agree_on_latest_name(view, record),
                RecordKind::Milestone | RecordKind::Statement => {
                    self.agree_on_field(|language| view.called(language), record, "title");
                }
                _ => self.agree_on_field(|language| view.called(language), record, "name"),
            }
            for (tag, language) in self.languages() {
                let ours = Oracle::is_descriptive(&record.toml, tag);
                assert_eq!(details.is_descriptive(language), ours, "`descriptive` of {} in {tag}", record.slug);
            }
            if R::KIND == RecordKind::Milestone {
                self.agree_on_claims(&details, record);
            } else {
                assert_eq!(details.claims().count(), 0, "claims of {}", record.slug);
            }
        }
    }

    fn agree_on_latest_name<R: Described<'a>>(&self, view: R, record: &Rec) {
        let names = super::super::tables(&record.toml, "names");
        let latest: Option<&Table> = names.last().copied();
        for (tag, language) in self.languages() {
            let marked = latest.and_then(|name| name.get(tag)).and_then(Value::as_str);
            agree_on_text(view.called(language), marked, || format!("latest name of {} in {tag}", record.slug));
        }
    }

    fn agree_on_claims(&self, details: &nenpyo::Details<'a>, record: &Rec) {
        let got: Vec<(Edtf, Option<u32>, &str)> = details
            .claims()
            .map(|claim| (claim.date, claim.source.map(|source| source.number()), claim.certainty.name()))
            .collect();
        let claims = self.oracle.claims(record);
        let want: Vec<_> = claims
            .iter()
            .map(|(date, source, certainty)| (Edtf::parse(date).unwrap(), Some(*source), certainty.as_str()))
            .collect();
        assert_eq!(got, want, "dates of {}", record.slug);
    }
}
