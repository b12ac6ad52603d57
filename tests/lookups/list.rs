//! The one list: every public function of nenpyo by its path, and how it is asked of a [`Subject`](super::subject).
//!
//! `tests/proved.rs` compares it with the sources, so that no new function is forgotten.
//! A path with a remark in brackets is a second way to ask the same function.

/// Hands the list to a macro that makes something of each `"path" => |subject| answer;`.
macro_rules! lookups {
    ($each:ident) => {
        $each! {
            // What the chronicle is, and the way in.
            "Chronicle::about" => |s| s.whole()?.about().version();
            "Chronicle::baked" => |_s| Chronicle::baked(nenpyo::tables::Tables::EMPTY).milestones().len();
            "Chronicle::languages" => |s| all(s.whole()?.languages());
            "Chronicle::open" => |s| Chronicle::open(s.file?).map(|chronicle| chronicle.milestones().len());
            "Chronicle::get" => |s| s.chronicle.get(s.key);
            "Chronicle::milestones" => |s| s.whole()?.milestones().len();
            "Chronicle::organizations" => |s| s.whole()?.organizations().len();
            "Chronicle::sites" => |s| s.whole()?.sites().len();
            "Chronicle::people" => |s| s.whole()?.people().len();
            "Chronicle::themes" => |s| s.whole()?.themes().len();
            "Chronicle::documents" => |s| s.whole()?.documents().len();
            "Chronicle::statements" => |s| s.whole()?.statements().len();
            "Chronicle::sources" => |s| s.whole()?.sources().len();
            "About::name" => |s| s.whole()?.about().name(s.language);
            "About::credit" => |s| s.whole()?.about().credit(s.language);
            "About::notice" => |s| s.whole()?.about().notice(s.language);
            "About::licence" => |s| s.whole()?.about().licence();
            "About::version" => |s| s.whole()?.about().version();
            "About::as_of" => |s| s.whole()?.about().as_of();
            "About::subject" => |s| s.whole()?.about().subject();
            "<Chronicle as Debug>::fmt" => |s| debugged(s.whole()?);

            // Records of a kind.
            "Records::len" => |s| s.whole()?.milestones().len();
            "Records::is_empty" => |s| s.whole()?.sources().is_empty();
            "Records::get" => |s| s.chronicle.milestones().get(s.milestone?.id());
            "Records::by_key" => |s| s.chronicle.milestones().by_key(s.key);
            "Records::iter" => |s| all(s.whole()?.milestones().iter());
            "Records::page" => |s| all(s.chronicle.milestones().page(u32::from(s.month.0), 5));
            "Records::pages" => |s| s.chronicle.milestones().pages(u32::from(s.month.0));
            "Records::nearest_before" => |s| s.chronicle.milestones().nearest_before(&s.date);
            "Records::nearest_after" => |s| s.chronicle.milestones().nearest_after(&s.date);
            "Records::tree" => |s| all(s.whole()?.organizations().tree(s.day));
            "Records::differences" => |s| all(s.whole()?.organizations().differences(s.day, s.later));
            "Records::surely_within" => |s| all(s.whole()?.milestones().surely_within(&s.span));
            "Records::possibly_within" => |s| all(s.whole()?.milestones().possibly_within(&s.span));
            "Records::overlapping" => |s| all(s.whole()?.milestones().overlapping(&s.span));
            "Records::on_this_day" => |s| all(s.chronicle.milestones().on_this_day(s.month.0, s.month.1));
            "Records::of_kind" => |s| all(s.chronicle.milestones().of_kind(s.milestone?.kind()));
            "Records::involving" => |s| all(s.chronicle.milestones().involving(s.organization?.id()));
            "Records::involving_units_of" => |s| all(s.chronicle.milestones().involving_units_of(s.organization?.id()));
            "Records::at_site" => |s| all(s.chronicle.milestones().at_site(s.site?.id()));
            "Records::about" => |s| all(s.chronicle.milestones().about(s.theme?.id()));
            "Records::with_person" => |s| all(s.chronicle.milestones().with_person(s.person?.id()));
            "Records::with_document" => |s| all(s.chronicle.milestones().with_document(s.document?.id()));
            "Records::by_key (sources)" => |s| s.chronicle.sources().by_key(s.source?.key());
            "<Records as IntoIterator>::into_iter" => |s| all(s.whole()?.people());
            "<&Records as IntoIterator>::into_iter" => |s| all(&s.whole()?.themes());
            "<Records as Debug>::fmt" => |s| debugged(s.chronicle.organizations());
            "<Iter as Iterator>::next" => |s| s.chronicle.documents().iter().next();
            "<Iter as Iterator>::size_hint" => |s| s.chronicle.documents().iter().size_hint().0;
            "<Iter as Iterator>::nth" => |s| s.chronicle.milestones().iter().nth(usize::from(s.month.0));
            "<Iter as DoubleEndedIterator>::next_back" => |s| all(s.whole()?.statements().iter().rev());
            "<Iter as ExactSizeIterator>::len" => |s| s.chronicle.sites().iter().len();
            "<Iter as Debug>::fmt" => |s| debugged(s.whole()?.sites().iter());

            // Selections of milestones.
            "Selection::surely_within" => |s| all(s.chronicle.milestones().of_kind(s.milestone?.kind()).surely_within(&s.span));
            "Selection::possibly_within" => |s| all(s.chronicle.milestones().of_kind(s.milestone?.kind()).possibly_within(&s.span));
            "Selection::overlapping" => |s| all(s.chronicle.milestones().of_kind(s.milestone?.kind()).overlapping(&s.span));
            "Selection::on_this_day" => |s| all(s.chronicle.milestones().overlapping(&s.span).on_this_day(s.month.0, s.month.1));
            "Selection::of_kind" => |s| all(s.chronicle.milestones().overlapping(&s.span).of_kind(s.milestone?.kind()));
            "Selection::involving" => |s| all(s.chronicle.milestones().overlapping(&s.span).involving(s.organization?.id()));
            "Selection::involving_units_of" => |s| all(s.chronicle.milestones().overlapping(&s.span).involving_units_of(s.organization?.id()));
            "Selection::at_site" => |s| all(s.chronicle.milestones().overlapping(&s.span).at_site(s.site?.id()));
            "Selection::about" => |s| all(s.chronicle.milestones().overlapping(&s.span).about(s.theme?.id()));
            "Selection::with_person" => |s| all(s.chronicle.milestones().overlapping(&s.span).with_person(s.person?.id()));
            "Selection::with_document" => |s| all(s.chronicle.milestones().overlapping(&s.span).with_document(s.document?.id()));
            "Selection::iter" => |s| all(s.whole()?.milestones().overlapping(&s.span).iter());
            "Selection::page" => |s| all(s.whole()?.milestones().overlapping(&s.span).page(1, 3));
            "Selection::pages" => |s| s.whole()?.milestones().overlapping(&s.span).pages(3);
            "<Selection as IntoIterator>::into_iter" => |s| all(s.whole()?.milestones().overlapping(&s.span));
            "<&Selection as IntoIterator>::into_iter" => |s| all(&s.whole()?.milestones().overlapping(&s.span));
            "<Selection as Debug>::fmt" => |s| debugged(s.whole()?.milestones().overlapping(&s.span));
            "<SelectionIter as Iterator>::next" => |s| s.whole()?.milestones().overlapping(&s.span).iter().next();
            "<SelectionIter as Iterator>::fold" => |s| {
                let found = s.whole()?.milestones().overlapping(&s.span).iter();
                found.fold(0_u32, |sum, milestone| sum.wrapping_add(u32::from(milestone.id())))
            };
            "<SelectionIter as DoubleEndedIterator>::next_back" => |s| all(s.whole()?.milestones().overlapping(&s.span).iter().rev());
            "<SelectionIter as Debug>::fmt" => |s| debugged(s.whole()?.milestones().overlapping(&s.span).iter());

            // Milestones.
            "Milestone::id" => |s| u32::from(s.milestone?.id());
            "Milestone::key" => |s| s.milestone?.key();
            "Milestone::slug" => |s| s.milestone?.slug();
            "Milestone::title" => |s| s.milestone?.title(s.language);
            "Milestone::details" => |s| s.milestone?.details();
            "Milestone::sources" => |s| all(s.milestone?.sources());
            "Milestone::referrers" => |s| all(s.milestone?.referrers());
            "Milestone::milestones" => |s| all(s.milestone?.milestones());
            "Milestone::statements" => |s| all(s.milestone?.statements());
            "Milestone::kind" => |s| s.milestone?.kind();
            "<Milestone as PartialEq>::eq" => |s| s.milestone? == s.chronicle.milestones().iter().next()?;
            "<Milestone as Debug>::fmt" => |s| debugged(s.milestone?);
            "Milestone::date" => |s| s.milestone?.date();
            "Milestone::earliest" => |s| s.milestone?.earliest();
            "Milestone::latest" => |s| s.milestone?.latest();
            "Milestone::part_of" => |s| s.milestone?.part_of();
            "Milestone::participants" => |s| all(s.milestone?.participants());
            "Milestone::sites" => |s| all(s.milestone?.sites());
            "Milestone::themes" => |s| all(s.milestone?.themes());
            "Milestone::people" => |s| all(s.milestone?.people());
            "Milestone::documents" => |s| all(s.milestone?.documents());
            "Milestone::parts" => |s| all(s.milestone?.parts());
            "Milestone::causes" => |s| all(s.milestone?.causes());
            "Milestone::consequences" => |s| all(s.milestone?.consequences());
            "Milestone::involves" => |s| s.milestone?.involves(s.organization?.id());
            "Milestone::involves_unit_of" => |s| s.milestone?.involves_unit_of(s.organization?.id());
            "<Participants as Iterator>::next" => |s| s.milestone?.participants().next();
            "<Participants as Iterator>::size_hint" => |s| s.milestone?.participants().len();
            "<Participants as DoubleEndedIterator>::next_back" => |s| all(s.milestone?.participants().rev());
            "<Participants as Debug>::fmt" => |s| debugged(s.milestone?.participants());

            // Organisations, their names, kinds, parents and lineage.
            "Organization::id" => |s| u32::from(s.organization?.id());
            "Organization::key" => |s| s.organization?.key();
            "Organization::slug" => |s| s.organization?.slug();
            "Organization::name" => |s| s.organization?.name(s.language);
            "Organization::details" => |s| s.organization?.details();
            "Organization::sources" => |s| all(s.organization?.sources());
            "Organization::referrers" => |s| all(s.organization?.referrers());
            "Organization::milestones" => |s| all(s.organization?.milestones());
            "Organization::statements" => |s| all(s.organization?.statements());
            "<Organization as PartialEq>::eq" => |s| s.organization? == s.chronicle.organizations().iter().next()?;
            "<Organization as Debug>::fmt" => |s| debugged(s.organization?);
            "Organization::at" => |s| s.organization?.at(s.day);
            "Organization::existence" => |s| s.organization?.existence();
            "Organization::names" => |s| all(s.organization?.names(s.language));
            "Organization::short_name" => |s| s.organization?.short_name(s.language);
            "Organization::kinds" => |s| all(s.organization?.kinds());
            "Organization::parents" => |s| all(s.organization?.parents());
            "Organization::supervisors" => |s| all(s.organization?.supervisors());
            "Organization::predecessors" => |s| all(s.organization?.predecessors());
            "Organization::successors" => |s| all(s.organization?.successors());
            "Organization::lineage" => |s| all(s.organization?.lineage());
            "Organization::supervised" => |s| all(s.organization?.supervised());
            "Organization::ancestors" => |s| all(s.organization?.ancestors(s.day));
            "<Ancestors as Iterator>::next" => |s| s.organization?.ancestors(s.day).next();
            "OrganizationAt::day" => |s| s.at?.day();
            "OrganizationAt::is_certain" => |s| s.at?.is_certain();
            "OrganizationAt::organization" => |s| s.at?.organization();
            "OrganizationAt::kind" => |s| s.at?.kind();
            "OrganizationAt::parent" => |s| s.at?.parent();
            "OrganizationAt::relation" => |s| s.at?.relation();
            "OrganizationAt::name" => |s| s.at?.name(s.language);
            "OrganizationAt::is_descriptive" => |s| all(s.chronicle.languages().filter_map(|one| Some(s.at?.is_descriptive(one))));
            "OrganizationAt::supervisors" => |s| all(s.at?.supervisors());
            "OrganizationAt::children" => |s| all(s.at?.children());
            "OrganizationAt::tree" => |s| all(s.at?.tree());
            "<Tree as Iterator>::next" => |s| s.at?.tree().next();
            "<Tree as Iterator>::size_hint" => |s| s.at?.tree().size_hint().1;
            "<Differences as Iterator>::next" => |s| s.whole()?.organizations().differences(s.later, s.day).next();
            "<AsOf as Display>::fmt" => |s| shown(s.at?.name(s.language)?);
            "Period::contains" => |s| s.organization?.existence().contains(s.day);
            "End::date" => |s| s.organization?.existence().from.date();

            // Sites, people, themes, documents, statements and sources.
            "Site::id" => |s| u32::from(s.site?.id());
            "Site::key" => |s| s.site?.key();
            "Site::slug" => |s| s.site?.slug();
            "Site::name" => |s| s.site?.name(s.language);
            "Site::details" => |s| s.site?.details();
            "Site::sources" => |s| all(s.site?.sources());
            "Site::referrers" => |s| all(s.site?.referrers());
            "Site::milestones" => |s| all(s.site?.milestones());
            "Site::statements" => |s| all(s.site?.statements());
            "Site::organizations" => |s| all(s.site?.organizations());
            "Site::themes" => |s| all(s.site?.themes());
            "Site::kind" => |s| s.site?.kind();
            "<Site as PartialEq>::eq" => |s| s.site? == s.chronicle.sites().iter().next()?;
            "<Site as Debug>::fmt" => |s| debugged(s.site?);
            "Site::within" => |s| s.site?.within();
            "Site::existence" => |s| s.site?.existence();
            "Site::inside" => |s| all(s.site?.inside());
            "Person::id" => |s| u32::from(s.person?.id());
            "Person::key" => |s| s.person?.key();
            "Person::slug" => |s| s.person?.slug();
            "Person::name" => |s| s.person?.name(s.language);
            "Person::details" => |s| s.person?.details();
            "Person::sources" => |s| all(s.person?.sources());
            "Person::referrers" => |s| all(s.person?.referrers());
            "Person::milestones" => |s| all(s.person?.milestones());
            "Person::statements" => |s| all(s.person?.statements());
            "Person::organizations" => |s| all(s.person?.organizations());
            "Person::themes" => |s| all(s.person?.themes());
            "<Person as PartialEq>::eq" => |s| s.person? == s.chronicle.people().iter().next()?;
            "<Person as Debug>::fmt" => |s| debugged(s.person?);
            "Theme::id" => |s| u32::from(s.theme?.id());
            "Theme::key" => |s| s.theme?.key();
            "Theme::slug" => |s| s.theme?.slug();
            "Theme::name" => |s| s.theme?.name(s.language);
            "Theme::details" => |s| s.theme?.details();
            "Theme::sources" => |s| all(s.theme?.sources());
            "Theme::referrers" => |s| all(s.theme?.referrers());
            "Theme::milestones" => |s| all(s.theme?.milestones());
            "Theme::statements" => |s| all(s.theme?.statements());
            "<Theme as PartialEq>::eq" => |s| s.theme? == s.chronicle.themes().iter().next()?;
            "<Theme as Debug>::fmt" => |s| debugged(s.theme?);
            "Theme::broader" => |s| s.theme?.broader();
            "Theme::narrower" => |s| all(s.theme?.narrower());
            "Document::id" => |s| u32::from(s.document?.id());
            "Document::key" => |s| s.document?.key();
            "Document::slug" => |s| s.document?.slug();
            "Document::name" => |s| s.document?.name(s.language);
            "Document::details" => |s| s.document?.details();
            "Document::sources" => |s| all(s.document?.sources());
            "Document::referrers" => |s| all(s.document?.referrers());
            "Document::milestones" => |s| all(s.document?.milestones());
            "Document::statements" => |s| all(s.document?.statements());
            "Document::organizations" => |s| all(s.document?.organizations());
            "Document::themes" => |s| all(s.document?.themes());
            "Document::kind" => |s| s.document?.kind();
            "<Document as PartialEq>::eq" => |s| s.document? == s.chronicle.documents().iter().next()?;
            "<Document as Debug>::fmt" => |s| debugged(s.document?);
            "Document::existence" => |s| s.document?.existence();
            "Statement::id" => |s| u32::from(s.statement?.id());
            "Statement::key" => |s| s.statement?.key();
            "Statement::slug" => |s| s.statement?.slug();
            "Statement::title" => |s| s.statement?.title(s.language);
            "Statement::details" => |s| s.statement?.details();
            "Statement::sources" => |s| all(s.statement?.sources());
            "Statement::referrers" => |s| all(s.statement?.referrers());
            "Statement::milestones" => |s| all(s.statement?.milestones());
            "Statement::organizations" => |s| all(s.statement?.organizations());
            "Statement::themes" => |s| all(s.statement?.themes());
            "Statement::kind" => |s| s.statement?.kind();
            "<Statement as PartialEq>::eq" => |s| s.statement? == s.chronicle.statements().iter().next()?;
            "<Statement as Debug>::fmt" => |s| debugged(s.statement?);
            "Statement::documents" => |s| all(s.statement?.documents());
            "Statement::people" => |s| all(s.statement?.people());
            "Statement::sites" => |s| all(s.statement?.sites());
            "Statement::speaks_of" => |s| all(s.statement?.speaks_of());
            "Source::id" => |s| u32::from(s.source?.id());
            "Source::key" => |s| s.source?.key();
            "Source::slug" => |s| s.source?.slug();
            "Source::kind" => |s| s.source?.kind();
            "<Source as PartialEq>::eq" => |s| s.source? == s.chronicle.sources().iter().next()?;
            "<Source as Debug>::fmt" => |s| debugged(s.source?);
            "Source::title" => |s| s.source?.title(s.language);
            "Source::publisher" => |s| s.source?.publisher(s.language);
            "Source::note" => |s| s.source?.note(s.language);
            "Source::address" => |s| s.source?.address();
            "Source::date" => |s| s.source?.date();
            "Source::is_weak" => |s| s.source?.is_weak();
            "Source::cited_by" => |s| all(s.source?.cited_by());

            // Records of any kind, and what binds them.
            "AnyRecord::kind" => |s| s.any?.kind();
            "AnyRecord::key" => |s| s.any?.key();
            "AnyRecord::slug" => |s| s.any?.slug();
            "AnyRecord::title" => |s| s.any?.title(s.language);
            "<u32 as From<MilestoneId>>::from" => |s| u32::from(s.milestone?.id());
            "<u32 as From<OrganizationId>>::from" => |s| u32::from(s.organization?.id());
            "<u32 as From<SiteId>>::from" => |s| u32::from(s.site?.id());
            "<u32 as From<PersonId>>::from" => |s| u32::from(s.person?.id());
            "<u32 as From<ThemeId>>::from" => |s| u32::from(s.theme?.id());
            "<u32 as From<DocumentId>>::from" => |s| u32::from(s.document?.id());
            "<u32 as From<StatementId>>::from" => |s| u32::from(s.statement?.id());
            "<u32 as From<SourceId>>::from" => |s| u32::from(s.source?.id());
            "<Links as Iterator>::next" => |s| s.site?.milestones().next();
            "<Links as Iterator>::size_hint" => |s| s.site?.milestones().len();
            "<Links as DoubleEndedIterator>::next_back" => |s| all(s.site?.milestones().rev());
            "<Links as Debug>::fmt" => |s| debugged(s.site?.milestones());
            "<Referrers as Iterator>::next" => |s| s.theme?.referrers().next();
            "<Referrers as Iterator>::size_hint" => |s| s.theme?.referrers().len();
            "<Referrers as DoubleEndedIterator>::next_back" => |s| all(s.theme?.referrers().rev());
            "<Referrers as Debug>::fmt" => |s| debugged(s.theme?.referrers());
            "<Citations as Iterator>::next" => |s| s.milestone?.sources().next();
            "<Citations as Iterator>::size_hint" => |s| s.milestone?.sources().len();
            "<Citations as Debug>::fmt" => |s| debugged(s.milestone?.sources());

            // Details, decoded when they are asked for.
            "Details::summary" => |s| s.details?.summary(s.language);
            "Details::note" => |s| s.details?.note(s.language);
            "Details::address" => |s| s.details?.address(s.language);
            "Details::is_descriptive" => |s| s.details?.is_descriptive(s.language);
            "Details::claims" => |s| all(s.details?.claims());
            "<Claims as Iterator>::next" => |s| s.milestone?.details()?.claims().next();

            // Texts and their readings.
            "Text::as_str" => |s| s.text?.as_str();
            "Text::chars" => |s| all(s.text?.chars());
            "Text::get" => |s| s.text?.get(0..s.text?.chars().next()?.len_utf8());
            "Text::is_empty" => |s| s.text?.is_empty();
            "Text::write_to" => |s| written(s.text?);
            "Text::segments" => |s| all(s.text?.segments());
            "<Segments as Iterator>::next" => |s| s.text?.segments().next();
            "Text::reading" => |s| all(s.text?.reading().pieces());
            "Reading::pieces" => |s| s.text?.reading().pieces().next();
            "Reading::write_to" => |s| written(s.text?.reading());
            "<Text as Display>::fmt" => |s| shown(s.text?);
            "<Text as Debug>::fmt" => |s| debugged(s.text?);
            "<Reading as Display>::fmt" => |s| shown(s.text?.reading());
            "<Text as PartialEq>::eq" => |s| s.text? == s.milestone?.title(s.language)?;
            "<Text as PartialEq<str>>::eq" => |s| s.text? == *"QST";
            "<Text as PartialEq<&str>>::eq" => |s| s.text? == "QST";

            // Dates, in EDTF and in words.
            "japanese" => |s| written(date::japanese(s.date));
            "japanese_era" => |s| written(date::japanese_era(s.date));
            "english" => |s| written(date::english(s.date));
            "Words::write_to" => |s| written(date::english(s.span));
            "Words::to_heapless" => |s| date::japanese(s.date).to_heapless::<{ Words::MAX_BYTES }>().map_or(0, |words| words.len());
            "<Words as Display>::fmt" => |s| shown(date::japanese_era(s.span));
            "<Words as Debug>::fmt" => |s| debugged(date::english(s.date));
            "Era::of" => |s| Era::of(s.day).map(|(era, year)| (era.japanese(), year));
            "Era::first_day" => |s| Era::of(s.day)?.0.first_day();
            "Era::counted_from" => |s| Era::of(s.day)?.0.counted_from();
            "Era::japanese" => |s| Era::of(s.day)?.0.japanese();
            "EraDate::of" => |s| EraDate::of(s.day).map(|date| (date.year, (date.month, date.leap, date.day)));
            "<EraDate as Display>::fmt" => |s| shown(EraDate::of(s.day)?);
            "Day::from_number" => |s| Day::from_number(s.day.number());
            "Day::number" => |s| s.day.number();
            "Day::from_ymd" => |s| Day::from_ymd(s.day.ymd().0, s.month.0, s.month.1?);
            "Day::ymd" => |s| s.day.ymd();
            "Day::next" => |s| s.day.next();
            "Day::previous" => |s| s.day.previous();
            "Day::days_in_month" => |s| Day::days_in_month(s.day.ymd().0, s.month.0);
            "Point::is_date" => |s| s.span.first().is_date();
            "Point::is_open" => |s| s.span.first().is_open();
            "Point::is_unknown" => |s| s.span.first().is_unknown();
            "Point::year" => |s| s.span.first().year();
            "Point::unspecified_year_digits" => |s| s.span.first().unspecified_year_digits();
            "Point::month" => |s| s.span.first().month();
            "Point::season" => |s| s.span.first().season();
            "Point::day" => |s| s.span.first().day();
            "Point::is_month_unspecified" => |s| s.span.first().is_month_unspecified();
            "Point::is_day_unspecified" => |s| s.span.first().is_day_unspecified();
            "Point::qualifier" => |s| s.span.first().qualifier();
            "Point::years" => |s| s.span.first().years();
            "Point::days" => |s| s.span.first().days();
            "Edtf::from_ymd" => |s| { let (year, month, day) = s.day.ymd(); Edtf::from_ymd(year, month, day) };
            "Edtf::from_ym" => |s| Edtf::from_ym(s.day.ymd().0, s.month.0);
            "Edtf::from_year" => |s| Edtf::from_year(s.day.ymd().0);
            "Edtf::from_day" => |s| Edtf::from_day(s.day);
            "Edtf::parse" => |s| Edtf::parse(s.written);
            "<Span as From<&Edtf>>::from" => |s| Span::from(&s.span).last;
            "<Span as From<RangeInclusive<Day>>>::from" => |s| Span::from(s.day..=s.later).first;
            "<Span as PartialEq>::eq" => |s| Span::from(&s.span) == Span::from(s.day..=s.later);
            "<Span as Debug>::fmt" => |s| debugged(Span::from(&s.span));
            "<Edtf as FromStr>::from_str" => |s| s.written.parse::<Edtf>();
            "Edtf::form" => |s| s.span.form();
            "Edtf::first" => |s| s.span.first();
            "Edtf::last" => |s| s.span.last();
            "Edtf::days" => |s| s.span.days();
            "Edtf::qualifier" => |s| s.span.qualifier();
            "Edtf::is_lasting" => |s| s.span.is_lasting();
            "Edtf::as_of" => |s| s.span.as_of();
            "Edtf::month_and_day" => |s| s.span.month_and_day();
            "Edtf::certain_day" => |s| s.span.certain_day();
            "Edtf::surely_within" => |s| s.date.surely_within(s.day, s.later);
            "Edtf::possibly_within" => |s| s.date.possibly_within(s.day, s.later);
            "Edtf::overlaps" => |s| s.date.overlaps(s.day, s.later);
            "Edtf::pack" => |s| s.date.pack().is_some();
            "Edtf::write_to" => |s| written(s.span);
            "<Edtf as Display>::fmt" => |s| shown(s.span);
            "EdtfError::offset" => |s| Edtf::parse(s.wrong).err()?.offset();
            "<EdtfError as Display>::fmt" => |s| shown(Edtf::parse(s.wrong).err()?);
            "<OpenError as Display>::fmt" => |_s| shown(Chronicle::open(&[]).err()?);

            // Search.
            "Chronicle::search" => |s| s.search().and(s.chronicle.search("").ok())?.len();
            "Search::push" => |s| after(s.search()?, |search| search.push('子').is_ok());
            "Search::pop" => |s| after(s.search()?, |search| search.pop().is_some());
            "Search::clear" => |s| after(s.search()?, |search| { search.clear(); true });
            "Search::len" => |s| s.search()?.len();
            "Search::is_empty" => |s| s.search()?.is_empty();
            "Search::characters" => |s| s.search()?.characters().count();
            "Search::hits" => |s| all(s.search()?.hits().take(3));
            "Search::complete" => |s| all(s.search()?.complete::<3>());
            "<Search as Debug>::fmt" => |s| debugged(s.search()?);
            "Hits::of_kind" => |s| all(s.search()?.hits().of_kind(nenpyo::RecordKind::Site).take(3));
            "Hits::in_language" => |s| all(s.search()?.hits().in_language(s.language).take(3));
            "Hits::among" => |s| all(s.search()?.hits().among(&s.chronicle.milestones().overlapping(&s.span)).take(3));
            "Hits::best" => |s| all(s.search()?.hits().best::<8>());
            "Hits::each_best" => |s| {
                let (search, mut last) = (s.search()?, None);
                search.hits().each_best(8, |hit| last = Some(hit));
                last?
            };
            "<Hits as Iterator>::next" => |s| s.search()?.hits().next();
            "<Hits as Debug>::fmt" => |s| debugged(s.search()?.hits().in_language(Language::NONE));
            "Hit::record" => |s| s.search()?.hits().next()?.record();
            "Hit::field" => |s| s.search()?.hits().next()?.field();
            "Hit::language" => |s| s.search()?.hits().next()?.language();
            "Hit::text" => |s| s.search()?.hits().next()?.text();
            "Hit::range" => |s| s.search()?.hits().next()?.range().len();
            "Hit::score" => |s| u32::from(s.search()?.hits().next()?.score());
            "<SearchError as Display>::fmt" => |_s| shown(nenpyo::SearchError::TooLong);

            // Glyphs.
            "Chronicle::glyphs" => |s| s.chronicle.glyphs(s.glyph_size)?.len();
            "Glyphs::size" => |s| s.chronicle.glyphs(s.glyph_size)?.size().byte();
            "Glyphs::depth" => |s| s.chronicle.glyphs(s.glyph_size)?.depth();
            "Glyphs::height" => |s| s.chronicle.glyphs(s.glyph_size)?.height();
            "Glyphs::baseline" => |s| s.chronicle.glyphs(s.glyph_size)?.baseline();
            "Glyphs::len" => |s| s.chronicle.glyphs(s.glyph_size)?.len();
            "Glyphs::is_empty" => |s| s.chronicle.glyphs(s.glyph_size)?.is_empty();
            "Glyphs::get" => |s| drawn(s.chronicle.glyphs(s.glyph_size)?.get(s.character)?);
            "Glyphs::advance" => |s| s.chronicle.glyphs(s.glyph_size)?.advance(s.character);
            "<Glyphs as Debug>::fmt" => |s| debugged(s.chronicle.glyphs(s.glyph_size)?);
            "Glyph::width" => |s| s.chronicle.glyphs(s.glyph_size)?.get(s.character)?.width();
            "Glyph::height" => |s| s.chronicle.glyphs(s.glyph_size)?.get(s.character)?.height();
            "Glyph::pixel" => |s| s.chronicle.glyphs(s.glyph_size)?.get(s.character)?.pixel(s.month.0, s.month.1.unwrap_or(7));
            "Glyph::pixels" => |s| all(s.chronicle.glyphs(s.glyph_size)?.get(s.character)?.pixels());
            "<Glyph as Debug>::fmt" => |s| debugged(s.chronicle.glyphs(s.glyph_size)?.get(s.character)?);
            "<Pixels as Iterator>::next" => |s| s.chronicle.glyphs(s.glyph_size)?.get(s.character)?.pixels().next();
            "<Pixels as Iterator>::size_hint" => |s| s.chronicle.glyphs(s.glyph_size)?.get(s.character)?.pixels().size_hint().0;
            "<Pixels as Debug>::fmt" => |s| debugged(s.chronicle.glyphs(s.glyph_size)?.get(s.character)?.pixels());
            "GlyphSize::pixels" => |s| s.glyph_size.pixels();
            "GlyphSize::depth" => |s| s.glyph_size.depth();

            // Where lines break.
            "Chronicle::breaks" => |s| s.chronicle.breaks().class(s.character).0;
            "Breaks::class" => |s| s.chronicle.breaks().class(s.character).0;
            "Breaks::properties" => |s| s.chronicle.breaks().properties(s.chronicle.breaks().class(s.character)).0;
            "Breaks::between_classes" => |s| {
                let breaks = s.chronicle.breaks();
                let before = Before::NOTHING.then(breaks.class(s.character));
                breaks.between_classes(before, breaks.class('の')) as u8
            };
            "Breaks::between" => |s| {
                let (breaks, mut rest) = (s.chronicle.breaks(), s.text?.chars());
                let (before, after) = (rest.next()?, rest.next()?);
                let before = Before::NOTHING.then(breaks.class(before));
                breaks.between(before, after, breaks.class(after), || rest.clone()) as u8
            };

            // Keys and languages.
            "Key::of" => |s| Key::of(s.written);
            "Key::hash" => |s| s.key.hash();
            "Key::from_hash" => |s| Key::from_hash(s.key.hash());
            "Language::new" => |s| Language::new(s.language.tag());
            "Language::is_spaced" => |s| s.language.is_spaced();
            "Language::tag" => |s| s.language.tag().len();
            "Language::to_bytes" => |s| u32::from_le_bytes(s.language.to_bytes());
            "Language::from_bytes" => |s| Language::from_bytes(s.language.to_bytes());
            "<Language as Display>::fmt" => |s| shown(s.language);
        }
    };
}

pub(crate) use lookups;

/// The names that the list uses.
pub(crate) mod names {
    pub(crate) use nenpyo::date::{self, Era, EraDate, Words};
    pub(crate) use nenpyo::{Before, Chronicle, Day, Edtf, Key, Language, Span};

    pub(crate) use super::super::answer::{after, all, debugged, drawn, shown, written};
}
