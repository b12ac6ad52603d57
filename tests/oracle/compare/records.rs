//! What all kinds of record have in common: collections, keys, links, referrers, citations.

use nenpyo::{Edtf, Key, Language, Links, RecordKind, Records, ReferrerKind, Role};

use super::super::{Rec, fnv, string, strings};
use super::texts::agree_on_text;
use super::{Described, Pair, View, place};

impl<'a> Pair<'a> {
    pub(crate) fn agree_on_the_manifest(&self) {
        let about = self.chronicle.about();
        let manifest = &self.oracle.manifest;
        for (tag, language) in self.languages() {
            for (field, text) in
                [("name", about.name(language)), ("credit", about.credit(language)), ("notice", about.notice(language))]
            {
                let want = manifest[field][tag].as_str();
                agree_on_text(text, want, || format!("`{field}` of the manifest in {tag}"));
            }
        }
        assert_eq!(about.licence().unwrap(), string(manifest, "licence").unwrap());
        let (major, minor, patch) = about.version();
        assert_eq!(format!("{major}.{minor}.{patch}"), string(manifest, "version").unwrap());
        assert_eq!(about.as_of(), Edtf::parse(string(manifest, "as_of").unwrap()).ok());
        let subject = string(manifest, "subject").map(fnv);
        assert_eq!(about.subject().map(|organization| organization.key().hash()), subject);
        let languages: Vec<_> = self.chronicle.languages().map(|language| language.to_string()).collect();
        assert_eq!(languages, self.oracle.languages);
        assert!(about.name(Language::new("zxx").unwrap()).is_none(), "no chronicle is in no language");
    }

    pub(crate) fn agree_on_a_collection<R: View<'a>>(&self, records: Records<'a, R>) {
        let expected = self.oracle.records(R::KIND);
        let count = expected.len();
        assert_eq!((records.len(), records.iter().len(), records.is_empty()), (count, count, count == 0));
        let forwards: Vec<R> = records.iter().collect();
        let ids: Vec<u32> = (0..count as u32).collect();
        self.same_list(&records.iter(), &ids, || format!("all records of kind {}", R::KIND.name()));
        assert_eq!(forwards, records.into_iter().collect::<Vec<_>>());
        assert_eq!(records.iter().nth(count / 2), forwards.get(count / 2).copied());
        for size in [1_u32, 7, 10, u32::MAX] {
            let pages = records.pages(size);
            assert_eq!(pages as usize, count.div_ceil(size as usize));
            let one_by_one: Vec<R> = (0..pages).flat_map(|page| records.page(page, size)).collect();
            assert_eq!(one_by_one, forwards, "pages of {size}");
            assert_eq!(records.page(pages, size).len(), 0, "behind the last page of {size}");
        }
        assert_eq!((records.pages(0), records.page(3, 0).len()), (0, 0));
        for outside in [count as u32, u32::MAX] {
            assert!(records.get(R::id_from(outside)).is_none());
        }
        for (id, record) in expected.iter().enumerate() {
            let view = records.by_key(Key::of(&record.slug)).unwrap();
            assert_eq!((view.number(), Some(view)), (id as u32, records.get(R::id_from(id as u32))), "{}", record.slug);
            assert_eq!(view.hash().hash(), fnv(&record.slug), "the key of {}", record.slug);
            assert!(view.word().is_none_or(|slug| slug == record.slug), "the slug of {}", record.slug);
            let any = self.chronicle.get(view.hash()).unwrap();
            assert_eq!(place(&any), (R::KIND, id as u32), "{} by key of any kind", record.slug);
            assert_eq!((any.key(), any.slug()), (view.hash(), view.word()));
            for alias in strings(record.toml.get("aliases")) {
                assert_eq!(records.by_key(Key::of(&alias)), Some(view), "{} by its older key {alias}", record.slug);
                let any = self.chronicle.get(Key::of(&alias)).unwrap();
                assert_eq!(place(&any), (R::KIND, id as u32), "{} by its older key {alias}", record.slug);
            }
        }
    }

    /// A key is asked for in every kind; only its own answers.
    pub(crate) fn agree_that_keys_answer_for_their_kind_only(&self) {
        let chronicle = self.chronicle;
        for kind in RecordKind::ALL.iter().copied() {
            for record in self.oracle.records(kind) {
                let key = Key::of(&record.slug);
                let answers = [
                    chronicle.milestones().by_key(key).is_some(),
                    chronicle.organizations().by_key(key).is_some(),
                    chronicle.sites().by_key(key).is_some(),
                    chronicle.people().by_key(key).is_some(),
                    chronicle.themes().by_key(key).is_some(),
                    chronicle.documents().by_key(key).is_some(),
                    chronicle.statements().by_key(key).is_some(),
                    chronicle.sources().by_key(key).is_some(),
                ];
                let right = RecordKind::ALL.iter().zip(answers).all(|(other, answer)| answer == (*other == kind));
                assert!(right, "{} answers as {answers:?}", record.slug);
            }
        }
        for absent in ["no-such-record", "", "milestone"] {
            assert!(self.oracle.find(absent).is_none() && chronicle.get(Key::of(absent)).is_none());
        }
    }

    pub(crate) fn agree_on_links_of_milestones(&self) {
        for milestone in self.chronicle.milestones() {
            let id = milestone.number();
            let record = self.oracle.record(RecordKind::Milestone, id);
            let got: Vec<(u32, Role)> =
                milestone.participants().map(|row| (row.organization.number(), row.role)).collect();
            assert_eq!(got, self.oracle.participants(id), "participants of {}", record.slug);
            assert_eq!(milestone.participants().len(), got.len());
            let backwards = milestone.participants().rev().map(|row| (row.organization.number(), row.role));
            assert!(backwards.eq(got.iter().rev().copied()), "participants of {} from behind", record.slug);
            for (organization, _) in got {
                assert!(milestone.involves(nenpyo::OrganizationId(organization)));
            }
            assert!(!milestone.involves(nenpyo::OrganizationId(u32::MAX)));
            self.agree_on_list(&milestone.sites(), record, "sites");
            self.agree_on_list(&milestone.themes(), record, "themes");
            self.agree_on_list(&milestone.people(), record, "people");
            self.agree_on_list(&milestone.documents(), record, "documents");
            self.agree_on_list(&milestone.causes(), record, "because_of");
            self.agree_on_reference(milestone.part_of(), record, "part_of");
        }
    }

    /// A list of references, in the order it is written.
    pub(crate) fn agree_on_list<R: View<'a>>(&self, got: &Links<'a, R>, record: &Rec, field: &str) {
        let want = self.oracle.refs(record, field, R::KIND);
        self.same_list(got, &want, || format!("`{field}` of {}", record.slug));
    }

    /// One reference.
    pub(crate) fn agree_on_reference<R: View<'a>>(&self, got: Option<R>, record: &Rec, field: &str) {
        let want: Vec<u32> = self.oracle.reference(record, field, R::KIND).into_iter().collect();
        self.same(got, &want, || format!("`{field}` of {}", record.slug));
    }

    pub(crate) fn agree_on_referrers<R: Described<'a>>(&self, records: Records<'a, R>) {
        for view in records {
            let slug = self.slug(R::KIND, view.number());
            let want = self.oracle.referrers(R::KIND, view.number());
            let got: Vec<(ReferrerKind, u32)> = view.referred().map(|(how, any)| (how, place(&any).1)).collect();
            assert_eq!(got, want, "referrers of {slug}");
            assert!(view.referred().all(|(how, any)| any.kind() == how.source(R::KIND)), "their kinds, of {slug}");
            let backwards = view.referred().rev().map(|(how, any)| (how, place(&any).1));
            assert!(backwards.eq(want.iter().rev().copied()), "referrers of {slug} from behind");
            let milestones = of(want, ReferrerKind::Mention(RecordKind::Milestone));
            self.same_list(&view.in_milestones(), &milestones, || format!("milestones of {slug}"));
        }
    }

    pub(crate) fn agree_on_citations<R: Described<'a>>(&self, records: Records<'a, R>) {
        for view in records {
            let record = self.oracle.record(R::KIND, view.number());
            let got: Vec<(u32, String)> =
                view.cited().map(|row| (row.source.number(), row.certainty.name().to_owned())).collect();
            assert_eq!(got, self.oracle.citations(record), "sources of {}", record.slug);
            assert_eq!(view.cited().len(), got.len());
        }
    }
}

/// Of all referrers those of one kind.
pub(crate) fn of(referrers: &[(ReferrerKind, u32)], wanted: ReferrerKind) -> Vec<u32> {
    referrers.iter().filter(|(how, _)| *how == wanted).map(|(_, id)| *id).collect()
}
